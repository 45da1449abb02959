//! From a stored call to its scorecard: answers from the store or an analyst, verified, scored, kept.

use anyhow::Context as _;
use jiff::Timestamp;
use tokio::sync::mpsc::UnboundedSender;

use super::answering::{Answered, Answering};
use super::cast::{self, CastRequest};
use super::previous::previous_action;
use super::{Analysis, Analyst, Prepared, RoleSource, gate};
use crate::model::answers::EvidenceCount;
use crate::model::call::Call;
use crate::model::ids::CallRef;
use crate::model::party::SideSource;
use crate::model::scorecard::{DimensionScore, DimensionStatus, OverallScore};
use crate::model::transcript::Transcript;
use crate::rubric::{Role, Rubric, RubricSet};
use crate::scoring::measured::Measurements;
use crate::scoring::score;
use crate::store::{NewScore, NewScores, OVERALL, Rep, RepId, RubricStamp, Standing, Store, StoredCall, TranscriptId};

/// Said once, because then the result on the new words is the one that counts.
const NEW_WORDS: &str = "The words of this call have changed since it was last scored.";

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
    /// Whether the model is another one than usual, to see what it would say.
    pub other_model: bool,
    /// Whether a result with a given role or model becomes the one that counts.
    pub make_current: bool,
}

/// Scores one stored call.
///
/// # Errors
/// When the call has no words, nobody can be coached ([`cast::CastError`]), a role or dimension does not exist, nobody
/// answered about any dimension ([`super::claude::AskError`]), or the database fails.
pub async fn run(context: Context<'_>, call_ref: CallRef, request: &Request) -> anyhow::Result<Analysis> {
    Run::new(context, call_ref, request).await?.score().await
}

/// What all calls of a run share.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Where calls and answers are kept.
    pub store: &'a Store,
    /// What is asked and what it is worth.
    pub set: &'a RubricSet,
    /// Who answers.
    pub analyst: &'a Analyst,
    /// The point in time that counts as now.
    pub now: Timestamp,
    /// Who wants to hear how far it got.
    pub progress: Option<&'a UnboundedSender<Progress>>,
}

/// How far one call got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The title of the dimension that was just answered.
    pub dimension: String,
    /// How many dimensions are answered.
    pub answered: usize,
    /// How many were asked for.
    pub of: usize,
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
    Ok((known_role(set, id)?.clone(), source))
}

/// The role with this id, in any case of letters.
///
/// # Errors
/// [`UnknownName`] with the roles that there are.
pub fn known_role<'a>(set: &'a RubricSet, id: &str) -> Result<&'a Role, UnknownName> {
    let known = || set.roles.iter().map(|role| role.id.as_str()).collect::<Vec<_>>();
    set.roles.find(&id.to_lowercase()).ok_or_else(|| UnknownName::new("role", id, known()))
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
pub(super) struct Run<'a> {
    pub(super) store: &'a Store,
    pub(super) set: &'a RubricSet,
    pub(super) request: &'a Request,
    pub(super) analyst: &'a Analyst,
    pub(super) now: Timestamp,
    pub(super) prepared: Prepared,
    pub(super) rep: RepId,
    pub(super) transcript: TranscriptId,
    progress: Option<&'a UnboundedSender<Progress>>,
    role: Role,
    role_source: RoleSource,
}

impl<'a> Run<'a> {
    pub(super) async fn new(context: Context<'a>, call_ref: CallRef, request: &'a Request) -> anyhow::Result<Self> {
        let Context { store, set, analyst, now, progress } = context;
        let stored = store.call(call_ref).await?;
        let version = stored.transcript.clone().with_context(|| format!("{call_ref} has no transcript yet"))?;
        let transcript = store.transcript(version.id).await?;
        let mut prepared = prepare(set, stored, transcript, &request.cast)?;
        if let Analyst::Local = analyst {
            let unknown_language = || gate::other_language(&prepared.transcript);
            prepared.not_scored = prepared.not_scored.clone().or_else(unknown_language);
        }
        keep_sides(store, &prepared).await?;
        let rep = store.rep_of_party(call_ref, prepared.rep).await?;
        if rep.no_coaching {
            let name = rep.name.as_deref().unwrap_or("This person");
            prepared.not_scored = Some(format!("{name} asked not to be coached by a program."));
        }
        let (role, role_source) = role_of(set, &rep, request)?;
        let transcript = version.id;
        Ok(Run { store, set, request, analyst, now, prepared, rep: rep.id, transcript, progress, role, role_source })
    }

    async fn score(self) -> anyhow::Result<Analysis> {
        let answering = match self.prepared.not_scored {
            Some(_) => Answering::default(),
            None => self.ask().await?,
        };
        let Answering { answered, failed, objections, spent, mut notes } = answering;
        if let (true, Some((_, error))) = (answered.is_empty(), failed.first()) {
            return Err(error.clone().into());
        }
        let corrections = self.store.corrections(self.prepared.call_ref, self.rep).await?;
        let measurements = Measurements {
            metrics: &self.prepared.metrics,
            guidelines: &self.set.guidelines,
            call_type: self.prepared.call.call_type,
            duration_ms: self.prepared.duration_ms,
            words: self.prepared.transcript.words(),
        };
        // Without the dimension that owns the objections nobody knows whether there was one.
        let has_objection = !objections.is_empty() || !answered.iter().any(|one| one.rubric.collects_objections);
        let mut evidence = EvidenceCount::default();
        let mut dimensions = Vec::new();
        for one in &answered {
            let mut checks = one.answers.checks.clone();
            checks.extend(measurements.answer(one.rubric));
            score::correct(&mut checks, &corrections);
            dimensions.push(score::dimension(one.rubric, &self.role, &checks, has_objection));
            evidence += one.answers.evidence;
        }
        let previous = self.previous(&dimensions).await?;
        let call = self.prepared.call_ref;
        if self.store.is_scored_on_other_words(call, self.rep, self.transcript).await? {
            notes.push(NEW_WORDS.to_owned());
        }
        let gong = self.store.gong_findings(call).await?.filter(|findings| !findings.is_empty());
        let is_whole = self.request.dimensions.is_empty() && failed.is_empty() && !answered.is_empty();
        let scored = dimensions.len();
        dimensions.extend(failed.iter().map(|(rubric, _)| score::failed(rubric)));
        let overall = score::overall(&self.role, &dimensions);
        if let Some(scored) = dimensions.get(..scored).filter(|scored| !scored.is_empty()) {
            self.keep(&answered, scored, is_whole.then_some(&overall)).await?;
        }
        Ok(Analysis {
            role: self.role.clone(),
            role_source: self.role_source,
            dimensions,
            overall,
            objections,
            evidence,
            analyst: self.analyst.kind(),
            model: answered.first().map_or_else(|| self.analyst.model().to_owned(), |one| one.model.clone()),
            cached: !answered.is_empty() && answered.iter().all(|one| one.cached) && spent.usage.requests == 0,
            // The answers were found under, or given for, these very words and questions.
            stale: false,
            usage: spent.usage,
            request_ids: spent.request_ids,
            sent_to: spent.sent_to,
            previous,
            failed: failed.into_iter().map(|(rubric, error)| (rubric.title.clone(), error)).collect(),
            gong,
            notes,
            prepared: self.prepared,
        })
    }

    /// The dimensions to score, in the order of the rubrics.
    pub(super) fn asked(&self) -> anyhow::Result<Vec<&Rubric>> {
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

    /// Tells whoever wants to know that one more dimension is answered.
    pub(super) fn tell(&self, rubric: &Rubric, answered: usize, of: usize) {
        if let Some(progress) = self.progress {
            // Nobody listens any more: that is their affair.
            let _ = progress.send(Progress { dimension: rubric.title.clone(), answered, of });
        }
    }

    async fn keep(
        &self,
        answered: &[Answered<'_>],
        dimensions: &[DimensionScore],
        overall: Option<&OverallScore>,
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
        if let Some(overall) = overall {
            scores.push(NewScore {
                dimension: OVERALL.to_owned(),
                answers: None,
                rubric: stamp(OVERALL, ""),
                status: if overall.score.is_some() { DimensionStatus::Scored } else { DimensionStatus::Insufficient },
                score: overall.score,
                coverage: overall.count.coverage(),
            });
        }
        let what_if = self.role_source == RoleSource::Flag || self.request.other_model;
        let standing = match (what_if, self.request.make_current) {
            (true, false) => Standing::WhatIf,
            (true, true) => Standing::Chosen,
            (false, _) => Standing::Normal,
        };
        let new = NewScores {
            call: self.prepared.call_ref,
            rep: self.rep,
            analyst: self.analyst.kind(),
            role: self.role.id.clone(),
            standing,
            scores,
        };
        self.store.append_scores(&new, self.now).await?;
        Ok(self.store.put_measured(new.call, new.rep, &self.prepared.metrics).await?)
    }

    async fn previous(&self, now: &[DimensionScore]) -> anyhow::Result<Option<super::PreviousAction>> {
        if now.is_empty() {
            return Ok(None);
        }
        let earlier = self.store.earlier_calls(self.rep, self.prepared.call_ref, 1).await?;
        let last = earlier.first();
        Ok(last.and_then(|last| previous_action(self.set, &self.role, self.analyst.kind(), last, now)))
    }
}
