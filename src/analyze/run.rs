//! From a stored call to its scorecard: answers from the store or an analyst, verified, scored, kept.

use std::cell::OnceCell;

use anyhow::Context as _;
use jiff::Timestamp;

use super::cast::{self, CastRequest};
use super::previous::previous_action;
use super::{Analysis, Prepared, RoleSource, keys, local};
use crate::model::answers::{AnalystKind, Answers, EvidenceCount, Usage};
use crate::model::call::Call;
use crate::model::ids::CallRef;
use crate::model::party::SideSource;
use crate::model::scorecard::{DimensionScore, DimensionStatus, OverallScore};
use crate::model::transcript::Transcript;
use crate::rubric::{Role, Rubric, RubricSet};
use crate::scoring::evidence::Hearing;
use crate::scoring::measured::Measurements;
use crate::scoring::{score, verify};
use crate::speech::conversation::Conversation;
use crate::store::{
    AnswersId, NewAnswers, NewScore, NewScores, OVERALL, Rep, RepId, RubricStamp, Standing, Store, StoredCall,
    TranscriptId,
};

/// How a call is to be scored.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Who is ours and who is coached.
    pub cast: CastRequest,
    /// Only these dimensions; empty means all.
    pub dimensions: Vec<String>,
    /// The role to score as, if one was given.
    pub role: Option<String>,
    /// The role of people about whom nothing is known.
    pub default_role: String,
    /// Stored answers are used again if they are not older than this; `None` asks anew.
    pub answers_since: Option<Timestamp>,
    /// Whether a result with a given role becomes the one that counts.
    pub make_current: bool,
}

/// Scores one stored call.
///
/// # Errors
/// When the call has no words, nobody can be coached ([`cast::CastError`]), a role or dimension does not exist, or the
/// database fails.
pub async fn run(
    store: &Store,
    set: &RubricSet,
    call_ref: CallRef,
    request: &Request,
    now: Timestamp,
) -> anyhow::Result<Analysis> {
    let stored = store.call(call_ref).await?;
    let version = stored.transcript.clone().with_context(|| format!("{call_ref} has no transcript yet"))?;
    let transcript = store.transcript(version.id).await?;
    let prepared = prepare(set, stored, transcript, &request.cast)?;
    keep_sides(store, &prepared).await?;
    let rep = store.rep_of_party(call_ref, prepared.rep).await?;
    let (role, role_source) = role_of(set, &rep, request)?;
    let run = Run { store, set, request, now, prepared, rep: rep.id, transcript: version.id, role, role_source };
    run.score().await
}

/// Decides the sides of a call and measures it.
///
/// # Errors
/// When nobody can be coached.
pub fn prepare(
    set: &RubricSet,
    stored: StoredCall,
    transcript: Transcript,
    request: &CastRequest,
) -> Result<Prepared, cast::CastError> {
    let talk = word_shares(&stored.call, &transcript);
    let cast = cast::cast(&stored.call.parties, &talk, request)?;
    Ok(Prepared::new(stored.call_ref, stored.call, transcript, cast, set))
}

/// Each party's part of the attributed words, 0–1.
fn word_shares(call: &Call, transcript: &Transcript) -> Vec<f64> {
    let mut words = vec![0.0; call.parties.len()];
    for line in &transcript.lines {
        if let Some(count) = line.party.and_then(|party| words.get_mut(party)) {
            *count += line.text.split_whitespace().count() as f64;
        }
    }
    let all: f64 = words.iter().sum();
    words.iter().map(|count| if all > 0.0 { count / all } else { 0.0 }).collect()
}

/// What a person said about the sides stays with the call, so that nobody has to say it twice.
async fn keep_sides(store: &Store, prepared: &Prepared) -> anyhow::Result<()> {
    let told = |source: SideSource| matches!(source, SideSource::Flag | SideSource::Asked);
    let sides: Vec<_> = prepared
        .call
        .parties
        .iter()
        .enumerate()
        .filter_map(|(n, party)| Some((n, party.side, party.side_source.filter(|source| told(*source))?)))
        .collect();
    if !sides.is_empty() {
        store.set_sides(prepared.call_ref, &sides).await?;
    }
    Ok(())
}

fn role_of(set: &RubricSet, rep: &Rep, request: &Request) -> anyhow::Result<(Role, RoleSource)> {
    let (id, source) = match (&request.role, &rep.role) {
        (Some(given), _) => (given, RoleSource::Flag),
        (None, Some(stored)) => (stored, RoleSource::Roster),
        (None, None) => (&request.default_role, RoleSource::Assumed),
    };
    let known = || set.roles.iter().map(|role| role.id.as_str()).collect::<Vec<_>>();
    let role = set.roles.find(id).ok_or_else(|| UnknownName::new("role", id, known()))?;
    Ok((role.clone(), source))
}

/// A role or dimension that no rubric file describes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no {what} `{name}`; there are {}", .known.join(", "))]
pub struct UnknownName {
    /// "role" or "dimension".
    pub what: &'static str,
    /// The name as given.
    pub name: String,
    /// The names that exist.
    pub known: Vec<String>,
}

impl UnknownName {
    fn new(what: &'static str, name: &str, known: Vec<&str>) -> Self {
        UnknownName { what, name: name.to_owned(), known: known.into_iter().map(str::to_owned).collect() }
    }
}

/// Everything that scoring one call needs.
struct Run<'a> {
    store: &'a Store,
    set: &'a RubricSet,
    request: &'a Request,
    now: Timestamp,
    prepared: Prepared,
    rep: RepId,
    transcript: TranscriptId,
    role: Role,
    role_source: RoleSource,
}

/// One dimension's answers with their place in the store.
struct Answered<'a> {
    rubric: &'a Rubric,
    id: AnswersId,
    answers: Answers,
    cached: bool,
}

impl Run<'_> {
    async fn score(self) -> anyhow::Result<Analysis> {
        let mut answered = Vec::new();
        if self.prepared.not_scored.is_none() {
            // Preparing the words takes longer than answering: once, and only when somebody has to listen.
            let conversation = OnceCell::new();
            let listen = || conversation.get_or_init(|| self.prepared.conversation(self.set));
            for rubric in self.asked()? {
                answered.push(self.answers(rubric, listen).await?);
            }
        }
        let corrections = self.store.corrections(self.prepared.call_ref, self.rep).await?;
        let objections: Vec<_> = answered.iter().flat_map(|one| one.answers.objections.clone()).collect();
        let measurements = Measurements {
            metrics: &self.prepared.metrics,
            guidelines: &self.set.guidelines,
            call_type: self.prepared.call.call_type,
            duration_ms: self.prepared.duration_ms,
            words: self.prepared.transcript.words(),
        };
        let mut evidence = EvidenceCount::default();
        let mut dimensions = Vec::new();
        for one in &answered {
            let mut checks = one.answers.checks.clone();
            checks.extend(measurements.answer(one.rubric));
            score::correct(&mut checks, &corrections);
            // Without the dimension that owns the objections nobody knows whether there was one.
            let has_objection = !objections.is_empty() || !answered.iter().any(|one| one.rubric.collects_objections);
            dimensions.push(score::dimension(one.rubric, &self.role, &checks, has_objection));
            evidence += one.answers.evidence;
        }
        let overall = score::overall(&self.role, &dimensions);
        let cached = !answered.is_empty() && answered.iter().all(|one| one.cached);
        if !dimensions.is_empty() {
            self.keep(&answered, &dimensions, &overall).await?;
        }
        let previous = self.previous(&dimensions).await?;
        Ok(Analysis {
            role: self.role,
            role_source: self.role_source,
            dimensions,
            overall,
            objections,
            evidence,
            analyst: AnalystKind::Local,
            model: local::VERSION.to_owned(),
            cached,
            // The answers were found under, or given for, these very words and questions.
            stale: false,
            previous,
            notes: Vec::new(),
            prepared: self.prepared,
        })
    }

    /// The dimensions to score, in the order of the rubrics.
    fn asked(&self) -> anyhow::Result<Vec<&Rubric>> {
        let known = || self.set.dimensions.iter().map(|rubric| rubric.id.as_str()).collect::<Vec<_>>();
        for wanted in &self.request.dimensions {
            if self.set.dimension(wanted).is_none() {
                return Err(UnknownName::new("dimension", wanted, known()).into());
            }
        }
        let wanted =
            |rubric: &&Rubric| self.request.dimensions.is_empty() || self.request.dimensions.contains(&rubric.id);
        Ok(self.set.dimensions.iter().filter(wanted).collect())
    }

    async fn answers<'b, 'c>(
        &'c self,
        rubric: &'b Rubric,
        listen: impl FnOnce() -> &'c Conversation<'c>,
    ) -> anyhow::Result<Answered<'b>> {
        let key = keys::local(&self.prepared, self.set, rubric);
        let of = (self.prepared.call_ref, self.rep);
        if let Some(since) = self.request.answers_since
            && let Some(stored) = self.store.newest_answers(&key, of, &rubric.id, Some(since)).await?
        {
            return Ok(Answered { rubric, id: stored.id, answers: stored.answers, cached: true });
        }
        let claims = local::answer(listen(), rubric);
        let hearing = Hearing {
            transcript: &self.prepared.transcript,
            shown: &self.prepared.transcript,
            parties: &self.prepared.call.parties,
            rep: self.prepared.rep,
        };
        let asked = verify::Asked { call_type: self.prepared.call.call_type, has_facts: false };
        let answers = verify::verify(rubric, &claims, &hearing, asked);
        let new = NewAnswers {
            answers_key: key,
            call: self.prepared.call_ref,
            transcript: self.transcript,
            rep: self.rep,
            dimension: rubric.id.clone(),
            analyst: AnalystKind::Local,
            model: local::VERSION.to_owned(),
            questions_hash: self.set.questions_hash(rubric),
            prompt_hash: None,
            answers,
            usage: Usage::default(),
            request_id: None,
        };
        let id = self.store.append_answers(&new, self.now).await?;
        Ok(Answered { rubric, id, answers: new.answers, cached: false })
    }

    async fn keep(
        &self,
        answered: &[Answered<'_>],
        dimensions: &[DimensionScore],
        overall: &OverallScore,
    ) -> anyhow::Result<()> {
        let hash = self.set.hash();
        let stamp = |id: &str, version: &str| RubricStamp {
            id: id.to_owned(),
            version: version.to_owned(),
            hash: hash.clone(),
        };
        let mut scores: Vec<NewScore> = answered
            .iter()
            .zip(dimensions)
            .map(|(one, scored)| NewScore {
                dimension: scored.id.clone(),
                answers: Some(one.id),
                rubric: stamp(&one.rubric.id, &one.rubric.version),
                status: scored.status,
                score: scored.score,
                coverage: scored.count.coverage(),
            })
            .collect();
        // A score over some of the dimensions is not the overall score.
        if self.request.dimensions.is_empty() {
            scores.push(NewScore {
                dimension: OVERALL.to_owned(),
                answers: None,
                rubric: stamp(OVERALL, ""),
                status: if overall.score.is_some() { DimensionStatus::Scored } else { DimensionStatus::Insufficient },
                score: overall.score,
                coverage: overall.count.coverage(),
            });
        }
        let standing = match (self.role_source, self.request.make_current) {
            (RoleSource::Flag, false) => Standing::WhatIf,
            (RoleSource::Flag, true) => Standing::Chosen,
            _ => Standing::Normal,
        };
        let new = NewScores {
            call: self.prepared.call_ref,
            rep: self.rep,
            analyst: AnalystKind::Local,
            role: self.role.id.clone(),
            standing,
            scores,
        };
        Ok(self.store.append_scores(&new, self.now).await?)
    }

    async fn previous(&self, now: &[DimensionScore]) -> anyhow::Result<Option<super::PreviousAction>> {
        if now.is_empty() {
            return Ok(None);
        }
        let earlier = self.store.earlier_calls(self.rep, self.prepared.call_ref, 1).await?;
        let last = earlier.first();
        Ok(last.and_then(|last| previous_action(self.set, &self.role, AnalystKind::Local, last, now)))
    }
}
