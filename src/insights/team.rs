//! Everybody at once, and what of a week is worth a manager's hour.

use std::collections::BTreeMap;

use serde::Serialize;

use super::focus::{self, ScoredCall};
use super::numbers::{Change, Sample, change};
use super::series::{PastCall, breaks, series};
use super::spoken::{Spoken, spoken};
use super::{Counted, ObjectionCount, Question, count_objections, role};
use crate::model::answers::Evidence;
use crate::model::ids::CallRef;
use crate::model::objection::ObjectionStatus;
use crate::rubric::{Role, RubricSet};
use crate::scoring::action;
use crate::store::{History, Member, OVERALL, PastObjection, PastResult, RepId, Store, TranscriptId};

/// One line of the team.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct TeamMember {
    /// Who.
    pub name: String,
    /// Their e-mail.
    pub email: Option<String>,
    /// Their role.
    pub role: String,
    /// How many calls with a score, be it of one dimension only.
    pub calls: u64,
    /// The mean by dimension, `overall` included.
    pub scores: BTreeMap<String, Option<f64>>,
    /// The last half of the overall scores against the first.
    pub change: Change,
    /// How many concerns stayed open.
    pub open_concerns: u64,
}

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

/// The team over time.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct TeamInsights {
    /// Everybody with a scored call, by name.
    pub reps: Vec<TeamMember>,
    /// How many calls there were, and how many of them count here.
    pub counted: Counted,
    /// What buyers were concerned about.
    pub objections: Vec<ObjectionCount>,
    /// One moment to praise, one to coach, one open concern; only when it was asked for.
    pub worth_your_hour: Vec<WorthHearing>,
}

/// Reads and computes everything about the team. With `moments` the answers are read too, to find what is worth an
/// hour.
///
/// # Errors
/// When the database fails, or a role is unknown.
pub async fn team(
    store: &Store,
    set: &RubricSet,
    members: &[Member],
    question: &Question<'_>,
    moments: bool,
) -> anyhow::Result<TeamInsights> {
    let history = &mut store.history().await?;
    let coached: Vec<&Member> = members.iter().filter(|member| member.active && !member.no_coaching).collect();
    let mut by_rep: BTreeMap<RepId, Vec<PastResult>> = BTreeMap::new();
    for result in history.past_results(&question.scope, moments).await? {
        by_rep.entry(result.rep).or_default().push(result);
    }
    let mut objections = history.past_objections(&question.scope).await?;
    objections.retain(|objection| coached.iter().any(|member| member.id == objection.rep));
    let mut past: Vec<(&Member, &Role, Vec<PastCall>)> = Vec::new();
    for member in coached {
        let (calls, ..) = series(by_rep.remove(&member.id).unwrap_or_default());
        if !calls.is_empty() {
            past.push((member, role(set, member, &calls, question.default_role)?, calls));
        }
    }
    past.sort_by_key(|(member, ..)| member.display_name().to_lowercase());
    let reps = past.iter().map(|(member, role, calls)| line(set, member, role, calls, &objections)).collect();
    let worth_your_hour = if moments { worth(history, set, &past, &objections).await? } else { Vec::new() };
    let (counts, undated) = history.count_calls(&question.scope).await?;
    let counted = Counted::new(counts, undated);
    Ok(TeamInsights { reps, counted, objections: count_objections(&objections), worth_your_hour })
}

fn line(set: &RubricSet, member: &Member, role: &Role, calls: &[PastCall], objections: &[PastObjection]) -> TeamMember {
    let dimensions = set.dimensions.iter().map(|rubric| rubric.id.as_str()).chain([OVERALL]);
    let mean = |id: &str| Sample::of(calls.iter().filter_map(|call| call.score(id))).mean();
    let from = breaks(calls, None).last().map_or(0, |last| last.place);
    let overall: Vec<f64> = calls.iter().skip(from).filter_map(|call| call.score(OVERALL)).collect();
    let open = objections.iter().filter(|one| one.rep == member.id && is_open(one));
    TeamMember {
        name: member.display_name(),
        email: member.emails.first().cloned(),
        role: role.id.clone(),
        calls: calls.iter().filter(|call| call.results.values().any(|result| result.score.is_some())).count() as u64,
        scores: dimensions.map(|id| (id.to_owned(), mean(id))).collect(),
        change: change(OVERALL, &overall),
        open_concerns: open.count() as u64,
    }
}

fn is_open(objection: &PastObjection) -> bool {
    matches!(objection.status, ObjectionStatus::Unresolved | ObjectionStatus::Missed)
}

/// How long before and behind a moment one listens, rounded up to minutes.
const MINUTES: u32 = 2;

type Candidate<'a> = (f64, &'a str, &'a PastCall, Option<TranscriptId>, Evidence, String);

async fn worth(
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
    let mut open: Vec<_> = objections.iter().filter(|one| is_open(one)).collect();
    // The gravest, of equal ones the newest; rather on a call that is not named yet.
    // What was named already is not named again, and rather not what lies in the same minutes or on the same call.
    let named = |one: &PastObjection, minutes: u32| {
        worth.iter().any(|chosen: &WorthHearing| {
            let apart = chosen.moment.start_ms.zip(one.raised.start_ms).map(|(chosen, start)| chosen.abs_diff(start));
            let is_near = apart.is_some_and(|apart| apart < u64::from(minutes) * 60_000);
            chosen.moment.call == one.call.to_string() && (is_near || chosen.moment.line == one.raised.line)
        })
    };
    open.retain(|one| !named(one, 0));
    // The gravest, of equal ones the newest.
    open.sort_by_key(|one| (named(one, MINUTES), used.contains(&one.call), std::cmp::Reverse(one.severity)));
    for one in open.iter().take(1) {
        let of = past.iter().zip(&names).find_map(|((member, _, calls), name)| {
            (member.id == one.rep).then_some((name, calls.iter().find(|call| call.call == one.call)?))
        });
        let Some((rep, call)) = of else { continue };
        let transcript = call.results.values().find_map(|result| result.asked.transcript);
        let moment = spoken(history, call, transcript, &one.raised, false).await?;
        let how = if one.status == ObjectionStatus::Missed { "nobody answered it" } else { "it was not settled" };
        let why = format!("A {} concern: {how}.", one.kind.label());
        worth.push(WorthHearing { kind: "open_concern", rep: rep.clone(), moment, minutes: MINUTES, why });
    }
    Ok(worth)
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
    let of = past.iter().zip(names).find_map(|((member, _, calls), name)| {
        (member.id == one.rep).then_some((name, calls.iter().find(|call| call.call == one.call)?))
    });
    let Some((rep, call)) = of else { return Ok(None) };
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
