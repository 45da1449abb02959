//! The public report, made from the result of an analysis.

use crate::analyze::claude::AskError;
use crate::analyze::{Analysis, PreviousAction};
use crate::model::answers::{CheckAnswer, Evidence};
use crate::model::objection::Objection;
use crate::model::scorecard::{Band, CriterionScore, DimensionScore, DimensionStatus};
use crate::rubric::{Check, CheckKind, Criterion, Rubric, RubricSet};
use crate::scoring::action::{self, Pick};
use crate::scoring::score::losses;
use crate::scoring::verdict_line::verdict_line;

use super::SCHEMA_VERSION;
use super::numbers::numbers;
use super::report::*;

/// Length of the rubric hash in reports, in hex digits.
const HASH_DIGITS: usize = 12;

/// Makes the report of an analysis. `file` is the file it was just read from, as typed.
pub fn report(analysis: &Analysis, set: &RubricSet, file: Option<String>) -> Report {
    let words = Words { analysis };
    let scores = &analysis.dimensions;
    let action = action::choose(set, &analysis.role, scores, analysis.focus());
    let dimensions: Vec<DimensionOut> = set
        .by_weight(&analysis.role)
        .into_iter()
        .filter_map(|rubric| Some((rubric, scores.iter().find(|score| score.id == rubric.id)?)))
        .map(|(rubric, score)| dimension(rubric, score, &words))
        .collect();
    let moments = action::moments(set, &analysis.role, scores, action.as_ref());
    let verdict = match &analysis.prepared.not_scored {
        Some(_) => "No score: this is not a call to coach.".to_owned(),
        None => verdict_line(set, &analysis.role, scores, analysis.prepared.metrics.next_step_booked),
    };
    Report {
        schema_version: SCHEMA_VERSION,
        call: call(analysis, file),
        rep: rep(analysis),
        participants: participants(analysis),
        not_scored: analysis.prepared.not_scored.clone(),
        verdict,
        action: action.as_ref().map(|pick| words.action(pick)),
        previous_action: analysis.previous.as_ref().map(|previous| previous_action(previous, set)),
        overall: overall(analysis),
        dimensions,
        metrics: metrics(analysis),
        numbers: numbers(analysis, set),
        gong: analysis.gong.clone(),
        objections: analysis.objections.iter().map(|objection| words.objection(objection)).collect(),
        moments: moments.iter().map(|pick| words.moment(pick)).collect(),
        evidence: analysis.evidence,
        analyst: AnalystOut {
            kind: analysis.analyst,
            model: analysis.model.clone(),
            sent_to: analysis.sent_to.clone(),
        },
        rubric: rubric_out(set),
        cached: analysis.cached,
        stale: analysis.stale,
        usage: usage(analysis),
        notes: analysis.notes.clone(),
        truncated: false,
    }
}

/// What a run took. Nothing asked is nothing paid; an unknown price is not nothing.
fn usage(analysis: &Analysis) -> UsageOut {
    let usage = &analysis.usage;
    let cost = if usage.requests == 0 { Some(0) } else { usage.cost_microusd };
    UsageOut {
        input_tokens: usage.input_tokens,
        output_tokens: usage.output_tokens,
        cache_read_tokens: usage.cache_read_tokens,
        cache_write_tokens: usage.cache_write_tokens,
        cost_usd: cost.map(|microusd| microusd as f64 / 1e6),
        requests: usage.requests,
        request_ids: analysis.request_ids.clone(),
    }
}

fn call(analysis: &Analysis, file: Option<String>) -> CallOut {
    let call = &analysis.prepared.call;
    CallOut {
        id: call.ext_id.clone(),
        call_ref: analysis.prepared.call_ref.to_string(),
        source: call.source.clone(),
        title: call.title.clone(),
        started_at: call.started_at,
        duration_s: analysis.prepared.duration_ms.map(|ms| ms as f64 / 1_000.0),
        url: call.url.clone(),
        call_type: call.call_type,
        product: call.product.clone(),
        account: call.account.clone(),
        file,
        timed: analysis.prepared.transcript.is_timed(),
    }
}

fn rep(analysis: &Analysis) -> RepOut {
    let party = analysis.prepared.call.parties.get(analysis.prepared.rep);
    RepOut {
        name: party.map_or_else(String::new, |party| party.display_name().to_owned()),
        email: party.and_then(|party| party.email.clone()),
        role: analysis.role.id.clone(),
        role_label: analysis.role.label.clone(),
        role_source: analysis.role_source.as_str().to_owned(),
        chosen: analysis.prepared.chosen.label().to_owned(),
    }
}

fn participants(analysis: &Analysis) -> Vec<ParticipantOut> {
    let parties = analysis.prepared.call.parties.iter().enumerate();
    parties
        .map(|(n, party)| ParticipantOut {
            name: party.display_name().to_owned(),
            email: party.email.clone(),
            side: party.side,
            side_source: party.side_source,
            spoke: party.spoke,
            talk_share: analysis.prepared.talk.get(n).copied().filter(|_| party.spoke),
        })
        .collect()
}

fn overall(analysis: &Analysis) -> OverallOut {
    let overall = &analysis.overall;
    OverallOut {
        score: overall.score,
        up_to: overall.up_to,
        coverage: overall.count.coverage(),
        status: if overall.score.is_some() { DimensionStatus::Scored } else { DimensionStatus::Insufficient },
        band: overall.score.map(Band::of),
        answered: overall.count.answered,
        applicable: overall.count.applicable,
        not_applicable: overall.count.not_applicable,
        scored_parts: overall.scored_parts,
        applicable_parts: overall.applicable_parts,
    }
}

fn dimension(rubric: &Rubric, score: &DimensionScore, words: &Words<'_>) -> DimensionOut {
    let losses = losses(&words.analysis.role, &words.analysis.dimensions);
    let costs = |criterion: &Criterion| {
        let of = |loss: &&crate::scoring::score::Loss<'_>| {
            loss.dimension.id == rubric.id && loss.criterion.id == criterion.id
        };
        words.analysis.overall.score.and(losses.iter().find(of)).map(|loss| loss.points)
    };
    let criteria = rubric.criteria.iter().filter_map(|criterion| {
        let scored = score.criteria.iter().find(|scored| scored.id == criterion.id)?;
        Some(words.criterion(criterion, scored, costs(criterion)))
    });
    DimensionOut {
        id: rubric.id.clone(),
        title: rubric.title.clone(),
        weight: words.analysis.role.weight(&rubric.id),
        status: score.status,
        reason: reason(score, words.analysis.failure(rubric)),
        score: score.score,
        up_to: score.up_to,
        coverage: score.count.coverage(),
        band: score.score.map(Band::of),
        answered: score.count.answered,
        applicable: score.count.applicable,
        unverified: score.count.unverified,
        criteria: criteria.collect(),
    }
}

/// Why a dimension has no score, in a few words.
fn reason(score: &DimensionScore, failure: Option<&AskError>) -> Option<String> {
    let count = score.count;
    match score.status {
        DimensionStatus::Scored => None,
        DimensionStatus::NotApplicable => Some("did not apply".to_owned()),
        DimensionStatus::Failed => {
            let why = failure.map(|error| format!(": {}", error.outline())).unwrap_or_default();
            Some(format!("could not be asked{why}"))
        }
        DimensionStatus::Insufficient if count.unverified * 4 > count.applicable => {
            Some(format!("claims could not be proven: {} of {}", count.unverified, count.applicable))
        }
        DimensionStatus::Insufficient => Some("not enough to say".to_owned()),
    }
}

fn metrics(analysis: &Analysis) -> MetricsOut {
    let metrics = &analysis.prepared.metrics;
    MetricsOut {
        rep_talk_share: metrics.rep_talk_share,
        talk_share_of: metrics.talk_share_of.map(|basis| basis.as_str().to_owned()),
        longest_monologue_s: metrics.longest_monologue_s,
        longest_buyer_story_s: metrics.longest_buyer_story_s,
        switches_per_min: metrics.switches_per_min,
        patience_s: metrics.patience_s,
        rep_questions: metrics.rep_questions,
        open_questions: metrics.open_questions,
        buyer_questions: metrics.buyer_questions,
        questions_per_hour: metrics.questions_per_hour,
        filler_per_min: metrics.filler_per_min,
        words_per_min: metrics.words_per_min,
        interruptions: metrics.interruptions,
        next_step_booked: metrics.next_step_booked,
        unattributed_share: metrics.unattributed_share,
    }
}

fn previous_action(previous: &PreviousAction, set: &RubricSet) -> PreviousActionOut {
    let check = set.dimensions.iter().flat_map(Rubric::checks).find(|check| check.id == previous.check);
    PreviousActionOut {
        text: check.map_or_else(|| previous.check.clone(), |check| check.advice.clone()),
        check: previous.check.clone(),
        call: previous.call_ref.to_string(),
        done: previous.done,
        line: previous.moment.as_ref().map(|moment| moment.line),
        start_ms: previous.moment.as_ref().and_then(|moment| moment.start_ms),
    }
}

fn rubric_out(set: &RubricSet) -> RubricOut {
    let mut versions: Vec<&str> = Vec::new();
    for rubric in &set.dimensions {
        if !versions.contains(&rubric.version.as_str()) {
            versions.push(&rubric.version);
        }
    }
    let hash = set.hash();
    RubricOut {
        id: set.dimensions.iter().map(|rubric| rubric.id.as_str()).collect::<Vec<_>>().join("+"),
        version: versions.join("+"),
        hash: hash.get(..HASH_DIGITS).unwrap_or(&hash).to_owned(),
    }
}

/// Puts speaker and side beside evidence.
struct Words<'a> {
    analysis: &'a Analysis,
}

impl Words<'_> {
    fn spoken(&self, evidence: &Evidence) -> SpokenOut {
        let party = self
            .analysis
            .prepared
            .transcript
            .line(evidence.line)
            .and_then(|line| line.party)
            .and_then(|party| self.analysis.prepared.call.parties.get(party));
        SpokenOut {
            line: evidence.line,
            start_ms: evidence.start_ms,
            end_ms: evidence.end_ms,
            speaker: party.map_or(crate::model::party::UNKNOWN_SPEAKER, |party| party.display_name()).to_owned(),
            side: party.map(|party| party.side).unwrap_or_default(),
            quote: evidence.quote.clone(),
        }
    }

    fn criterion(&self, criterion: &Criterion, scored: &CriterionScore, costs: Option<f64>) -> CriterionOut {
        let checks = criterion.checks.iter().filter_map(|check| {
            let answer = scored.checks.iter().find(|answer| answer.check == check.id)?;
            Some(self.check(check, answer))
        });
        CriterionOut {
            id: criterion.id.clone(),
            title: criterion.title.clone(),
            weight: criterion.weight,
            score: scored.score,
            costs,
            checks: checks.collect(),
        }
    }

    fn check(&self, check: &Check, answer: &CheckAnswer) -> CheckOut {
        CheckOut {
            id: check.id.clone(),
            ask: check.ask.clone(),
            verdict: answer.verdict,
            evidence: answer.evidence.iter().map(|evidence| self.spoken(evidence)).collect(),
            chance: answer.chance.as_ref().map(|evidence| self.spoken(evidence)),
            measured: answer.measured,
            metric: match &check.kind {
                CheckKind::Measured { metric } => Some(metric.clone()),
                CheckKind::Judged { .. } => None,
            },
            note: answer.note.clone(),
            corrected_by: answer.corrected_by.clone(),
        }
    }

    fn objection(&self, objection: &Objection) -> ObjectionOut {
        let raised = self.spoken(&objection.raised);
        let response = objection.response.as_ref().map(|response| self.spoken(response));
        ObjectionOut {
            kind: objection.kind,
            status: objection.status,
            parked_until: objection.parked_until.clone(),
            severity: objection.severity,
            implicit: objection.implicit,
            line: raised.line,
            start_ms: raised.start_ms,
            speaker: raised.speaker,
            quote: raised.quote,
            repeats: objection.repeats.iter().map(|repeat| self.spoken(repeat)).collect(),
            response_line: response.as_ref().map(|response| response.line),
            response_start_ms: response.as_ref().and_then(|response| response.start_ms),
            response_speaker: response.as_ref().map(|response| response.speaker.clone()),
            response_quote: response.map(|response| response.quote),
        }
    }

    fn action(&self, pick: &Pick<'_>) -> ActionOut {
        let spoken = self.moments(pick);
        ActionOut {
            text: if pick.missed {
                pick.text().to_owned()
            } else {
                format!("Do it again: {}", lower_first(pick.text()))
            },
            check: pick.check.id.clone(),
            dimension: pick.dimension.to_owned(),
            line: spoken.first().map(|spoken| spoken.line),
            kind: kind(pick),
            spoken,
            note: pick.answer.note.clone(),
        }
    }

    fn moment(&self, pick: &Pick<'_>) -> MomentOut {
        MomentOut {
            kind: kind(pick),
            check: pick.check.id.clone(),
            dimension: pick.dimension.to_owned(),
            spoken: self.moments(pick),
            why: pick.text().to_owned(),
            note: pick.answer.note.clone(),
        }
    }

    /// At most two lines: what was said and what became of it.
    fn moments(&self, pick: &Pick<'_>) -> Vec<SpokenOut> {
        let mut spoken: Vec<_> = pick.moments().take(2).map(|evidence| self.spoken(evidence)).collect();
        spoken.sort_by_key(|spoken| (spoken.line, spoken.start_ms));
        spoken
    }
}

/// A sentence that goes on behind a colon.
fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(char::to_lowercase).into_iter().flatten().chain(chars).collect()
}

fn kind(pick: &Pick<'_>) -> MomentKind {
    if pick.missed { MomentKind::Change } else { MomentKind::Keep }
}
