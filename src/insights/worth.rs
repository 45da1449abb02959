//! What of a week is worth a manager's hour: one moment to praise, one to coach, one concern that is open.

use std::cmp::Reverse;

use serde::Serialize;

use super::focus::{self, ScoredCall};
use super::is_open;
use super::series::PastCall;
use super::spoken::{Spoken, spoken};
use crate::model::answers::Evidence;
use crate::model::ids::CallRef;
use crate::model::objection::ObjectionStatus;
use crate::rubric::{Role, RubricSet};
use crate::scoring::action;
use crate::store::{History, Member, OVERALL, PastObjection, TranscriptId};

/// A moment that is worth listening to together.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct WorthHearing {
    /// `praise`, `coach` or `open_concern`.
    pub kind: &'static str,
    /// Whose call.
    pub rep: String,
    /// The moment.
    pub moment: Spoken,
    /// How many minutes to listen.
    pub minutes: u32,
    /// Why, in a few words.
    pub why: String,
}

/// How long before and behind a moment one listens, rounded up to minutes.
const MINUTES: u32 = 2;

type Candidate<'a> = (f64, &'a str, &'a PastCall, Option<TranscriptId>, Evidence, String);

/// Finds them. The concerns are those of these calls, oldest first.
pub(super) async fn worth(
    history: &mut History,
    set: &RubricSet,
    past: &[(&Member, &Role, Vec<PastCall>)],
    objections: &[PastObjection],
) -> anyhow::Result<Vec<WorthHearing>> {
    let names: Vec<String> = past.iter().map(|(member, ..)| member.display_name()).collect();
    let (mut praise, mut coach): (Vec<Candidate<'_>>, Vec<Candidate<'_>>) = (Vec::new(), Vec::new());
    for ((member, role, calls), name) in past.iter().zip(&names) {
        let corrections = history.corrections_of_rep(member.id).await?;
        let raised = |call| objections.iter().any(|one| one.call == call);
        for call in focus::rescore(set, role, calls, &corrections, &raised) {
            candidates(set, role, name, &call, &mut praise, &mut coach);
        }
    }
    praise.sort_by(|a, b| b.0.total_cmp(&a.0));
    coach.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut worth = Vec::new();
    let mut used = Vec::new();
    for (kind, candidates) in [("praise", praise), ("coach", coach)] {
        let Some((_, rep, past, transcript, evidence, why)) =
            candidates.iter().find(|(_, _, past, ..)| !used.contains(&past.call)).or(candidates.first()).cloned()
        else {
            continue;
        };
        used.push(past.call);
        let moment = spoken(history, past, transcript, &evidence, kind == "praise").await?;
        worth.push(WorthHearing { kind, rep: rep.to_owned(), moment, minutes: MINUTES, why });
    }
    if !worth.iter().any(|one| one.kind == "coach") {
        worth.extend(answered_at_once(history, past, &names, objections, &mut used).await?);
    }
    // What was named already is not named again, and rather not what lies in the same minutes or on the same call.
    let named = |one: &PastObjection, minutes: u32| {
        worth.iter().any(|chosen: &WorthHearing| {
            let apart = chosen.moment.start_ms.zip(one.raised.start_ms).map(|(chosen, start)| chosen.abs_diff(start));
            let is_near = apart.is_some_and(|apart| apart < u64::from(minutes) * 60_000);
            chosen.moment.call == one.call.to_string() && (is_near || chosen.moment.line == one.raised.line)
        })
    };
    // The gravest, of equal ones the newest.
    let open = objections.iter().rev().filter(|one| is_open(one) && !named(one, 0));
    let open = open.min_by_key(|one| (named(one, MINUTES), used.contains(&one.call), Reverse(one.severity)));
    if let Some((one, (rep, call))) = open.and_then(|one| Some((one, call_of(past, &names, one)?))) {
        let transcript = call.results.values().find_map(|result| result.asked.transcript);
        let moment = spoken(history, call, transcript, &one.raised, false).await?;
        let how = if one.status == ObjectionStatus::Missed { "nobody answered it" } else { "it was not settled" };
        let why = format!("A {} concern: {how}.", one.kind.label());
        worth.push(WorthHearing { kind: "open_concern", rep: rep.clone(), moment, minutes: MINUTES, why });
    }
    Ok(worth)
}

/// Whose call a concern was raised on, and the call.
fn call_of<'a>(
    past: &'a [(&Member, &Role, Vec<PastCall>)],
    names: &'a [String],
    one: &PastObjection,
) -> Option<(&'a String, &'a PastCall)> {
    past.iter().zip(names).find_map(|((member, _, calls), name)| {
        (member.id == one.rep).then_some((name, calls.iter().find(|call| call.call == one.call)?))
    })
}

/// Where no missed chance can be shown: an open concern that was answered without a question.
async fn answered_at_once(
    history: &mut History,
    past: &[(&Member, &Role, Vec<PastCall>)],
    names: &[String],
    objections: &[PastObjection],
    used: &mut Vec<CallRef>,
) -> anyhow::Result<Option<WorthHearing>> {
    let at_once = |one: &&PastObjection| {
        is_open(one) && one.response.as_ref().is_some_and(|quote| !quote.contains('?')) && !used.contains(&one.call)
    };
    let Some(one) = objections.iter().rev().find(at_once) else { return Ok(None) };
    let Some((rep, call)) = call_of(past, names, one) else { return Ok(None) };
    used.push(one.call);
    let transcript = call.results.values().find_map(|result| result.asked.transcript);
    let moment = spoken(history, call, transcript, &one.raised, false).await?;
    let why = format!("A {} concern was answered at once; ask one question first.", one.kind.label());
    Ok(Some(WorthHearing { kind: "coach", rep: rep.clone(), moment, minutes: MINUTES, why }))
}

/// The call's best moment to praise and the one that cost most.
fn candidates<'a>(
    set: &RubricSet,
    role: &Role,
    rep: &'a str,
    call: &ScoredCall<'a>,
    praise: &mut Vec<Candidate<'a>>,
    coach: &mut Vec<Candidate<'a>>,
) {
    let Some(score) = call.past.score(OVERALL) else { return };
    for pick in action::moments(set, role, &call.dimensions, None) {
        let Some(evidence) = pick.moments().next() else { continue };
        let transcript = call.past.results.get(pick.dimension).and_then(|result| result.asked.transcript);
        let list = if pick.missed { &mut *coach } else { &mut *praise };
        list.push((score, rep, call.past, transcript, evidence.clone(), pick.text().to_owned()));
    }
}
