//! One rep, or the team, over time: what changed, what stands out, and the one thing to work on.
//!
//! [`rep`] and [`team`] read what the numbers need; everything that is computed from it is plain functions in
//! [`numbers`], [`series`] and [`focus`].

pub mod focus;
pub mod numbers;
mod result;
pub mod series;
mod spoken;
mod team;
mod worth;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use crate::model::answers::{AnalystKind, Correction};
use crate::model::call::CallType;
use crate::model::ids::CallRef;
use crate::model::objection::{ObjectionStatus, ObjectionType};
use crate::model::scorecard::Band;
use crate::rubric::{Role, RubricSet};
use crate::scoring::action;
use crate::store::{History, Member, OVERALL, PastMeasures, PastObjection, Scope, Store};

use focus::{Focus, ScoredCall};
use numbers::{Change, Gap, Sample};
pub use result::{Counted, FocusOut, LastFocus, Mark, NumberLine, Numbers, ObjectionCount, RepInsights, Win};
use series::{PastCall, Series};
pub use spoken::Spoken;
use spoken::spoken;
pub use team::{TeamInsights, TeamMember, team};
pub use worth::WorthHearing;

/// The team's medians appear from this many calls of a kind on.
const MIN_TEAM_CALLS: u64 = 5;
/// At most this many calls to keep doing.
const MAX_WINS: usize = 3;

/// What is asked about a rep or the team.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// The calls, without the rep.
    pub scope: Scope,
    /// A check that a person wants the focus to be.
    pub focus: Option<&'a str>,
    /// The role of people about whom nothing is known.
    pub default_role: &'a str,
    /// The zone of weeks.
    pub time_zone: &'a TimeZone,
}

/// Reads and computes everything about one rep.
///
/// # Errors
/// When the database fails, or the role is unknown.
pub async fn rep(
    store: &Store,
    set: &RubricSet,
    member: &Member,
    question: &Question<'_>,
) -> anyhow::Result<RepInsights> {
    let history = &mut store.history().await?;
    let scope = Scope { rep: Some(member.id), ..question.scope.clone() };
    let (counts, undated) = history.count_calls(&scope).await?;
    let Series { calls, analyst, left_out } = series::series(history.past_results(&scope, true).await?);
    let mut objections = history.past_objections(&scope).await?;
    objections.retain(|one| calls.iter().any(|call| call.call == one.call));
    let role = role(set, member, &calls, question.default_role)?;
    let corrections = history.corrections_of_rep(member.id).await?;
    let raised = |call| objections.iter().any(|objection| objection.call == call);
    let scored = focus::rescore(set, role, &calls, &corrections, &raised);

    let dimensions: Vec<&str> =
        set.by_weight(role).into_iter().map(|rubric| rubric.id.as_str()).chain([OVERALL]).collect();
    let changes = dimensions.iter().map(|id| {
        let scores: Vec<f64> = series::comparable(&calls, id).iter().filter_map(|call| call.score(id)).collect();
        numbers::change(id, &scores)
    });
    let changes: Vec<Change> = changes.collect();
    let (gaps, no_peers) = peers(history, &scope, role, analyst, &calls, &dimensions).await?;
    let trend = |id: &&str| series::trend(&calls, id, series::breaks(&calls, id), question.time_zone);
    let trends = dimensions.iter().map(trend).collect();

    let chosen = focus::choose(set, role, &scored, question.focus);
    let focus_unknown = question.focus.filter(|_| chosen.is_none()).map(str::to_owned);
    let chosen = chosen.or_else(|| focus::choose(set, role, &scored, None).filter(|_| focus_unknown.is_some()));
    let focus = match &chosen {
        Some(chosen) => Some(focus_out(history, chosen).await?),
        None => None,
    };
    let mut models: Vec<String> = Vec::new();
    let mut rubrics: Vec<String> = Vec::new();
    for result in calls.iter().flat_map(|call| call.results.values()).filter(|result| result.dimension != OVERALL) {
        for (known, one) in [(&mut models, &result.asked.model), (&mut rubrics, &result.rubric_version)] {
            if !known.contains(one) {
                known.push(one.clone());
            }
        }
    }
    let scored_calls = calls.iter().filter(|call| call.score(OVERALL).is_some()).count();
    let corrected = corrections.iter().filter(|(of, _)| calls.iter().any(|call| call.call == *of)).count() as u64;
    Ok(RepInsights {
        counted: Counted { corrected, ..Counted::new(counts, undated, scored_calls, left_out.len()) },
        role: role.id.clone(),
        role_label: role.label.clone(),
        analyst,
        models,
        rubrics,
        marks: calls.iter().map(|call| mark(call, &dimensions)).collect(),
        trends,
        changes,
        gaps,
        no_peers,
        objections: count_objections(&objections),
        numbers: measured(history, set, &scope).await?,
        focus,
        focus_unknown,
        last_focus: last_focus(history, set, role, &scope, &corrections, &scored).await?,
        wins: wins(history, set, role, &scored).await?,
    })
}

/// The role that the roster says, else the one as which most calls were scored, else the default.
fn role<'a>(set: &'a RubricSet, member: &Member, calls: &[PastCall], default: &str) -> anyhow::Result<&'a Role> {
    let scored = calls.iter().rev().find_map(|call| call.results.values().next()).map(|result| result.role.clone());
    let id = member.role.clone().or(scored).unwrap_or_else(|| default.to_owned());
    set.roles.find(&id).ok_or_else(|| anyhow::anyhow!("there is no role `{id}`"))
}

fn mark(call: &PastCall, dimensions: &[&str]) -> Mark {
    let scores = dimensions.iter().map(|id| ((*id).to_owned(), call.score(id))).collect();
    Mark { call: call.call.to_string(), started_at: call.started_at, scores }
}

async fn peers(
    history: &mut History,
    scope: &Scope,
    role: &Role,
    analyst: Option<AnalystKind>,
    calls: &[PastCall],
    dimensions: &[&str],
) -> anyhow::Result<(Vec<Gap>, Option<String>)> {
    let Some(analyst) = analyst else { return Ok((Vec::new(), None)) };
    let peers = history.peer_scores(scope, &role.id, analyst, dimensions).await?;
    let gaps: Vec<Gap> = dimensions
        .iter()
        .map(|id| {
            let others = peers.iter().filter(|peer| peer.dimension == *id);
            let others: Vec<Sample> = others.map(|peer| Sample::new(peer.n, peer.sum, peer.squares)).collect();
            numbers::gap(
                id,
                Sample::of(series::comparable(calls, id).iter().filter_map(|call| call.score(id))),
                &others,
            )
        })
        .collect();
    let overall = gaps.last();
    let reason = overall.and_then(|gap| numbers::why_no_peers(&role.label, gap.peers, gap.peers_n));
    Ok((gaps, reason))
}

/// Whether a concern was neither settled nor taken on.
fn is_open(objection: &PastObjection) -> bool {
    matches!(objection.status, ObjectionStatus::Unresolved | ObjectionStatus::Missed)
}

/// Concerns by type, most frequent first.
pub fn count_objections(objections: &[PastObjection]) -> Vec<ObjectionCount> {
    let mut counts: Vec<ObjectionCount> = Vec::new();
    for kind in ObjectionType::ALL {
        let of = || objections.iter().filter(|objection| objection.kind == kind);
        let count = |wanted: &dyn Fn(&PastObjection) -> bool| of().filter(|one| wanted(one)).count() as u64;
        let settled = |one: &PastObjection| one.status == ObjectionStatus::Resolved;
        // The answer is quoted as the sentence with which the rep reacts.
        let asked = |one: &PastObjection| one.response.as_ref().is_some_and(|quote| quote.contains('?'));
        if of().next().is_some() {
            counts.push(ObjectionCount {
                kind,
                raised: count(&|_| true),
                settled: count(&settled),
                parked: count(&|one| one.status == ObjectionStatus::Parked),
                open: count(&is_open),
                asked_first: count(&asked),
                settled_when_asked_first: count(&|one| asked(one) && settled(one)),
            });
        }
    }
    counts.sort_by_key(|count| std::cmp::Reverse(count.raised));
    counts
}

/// The metrics in the order of the screen.
const SHOWN: [&str; 6] =
    ["rep_talk_share", "longest_monologue_s", "patience_s", "rep_questions", "open_questions", "next_step_booked"];

async fn measured(history: &mut History, set: &RubricSet, scope: &Scope) -> anyhow::Result<Numbers> {
    let own = history.past_measures(scope).await?;
    let mut kinds: BTreeMap<Option<CallType>, u64> = BTreeMap::new();
    for one in &own {
        *kinds.entry(one.call_type).or_default() += 1;
    }
    let Some((call_type, calls)) = kinds.into_iter().max_by_key(|(_, n)| *n) else { return Ok(Numbers::default()) };
    let own: Vec<_> = own.into_iter().filter(|one| one.call_type == call_type).collect();
    let team = match call_type {
        Some(_) => history.past_measures(&Scope { rep: None, call_type, ..scope.clone() }).await?,
        None => Vec::new(),
    };
    let team: Vec<_> = team.into_iter().filter(|one| Some(one.rep) != scope.rep).collect();
    Ok(Numbers { call_type, calls, lines: compare(set, call_type, &own, &team) })
}

fn compare(
    set: &RubricSet,
    call_type: Option<CallType>,
    own: &[PastMeasures],
    team: &[PastMeasures],
) -> Vec<NumberLine> {
    let values =
        |of: &[PastMeasures], metric: &str| -> Vec<f64> { of.iter().filter_map(|one| value(one, metric)).collect() };
    let line = |metric: &'static str| {
        let sample = Sample::of(values(own, metric));
        let others = values(team, metric);
        let team_n = others.len() as u64;
        let longest = own.iter().filter_map(|one| one.duration_ms).max();
        let guide = set.guidelines.find(metric, call_type, longest);
        Some(NumberLine {
            metric,
            value: sample.mean()?,
            n: sample.n,
            team_median: numbers::median(others).filter(|_| team_n >= MIN_TEAM_CALLS),
            team_n,
            min: guide.and_then(|guide| guide.min),
            max: guide.and_then(|guide| guide.max),
        })
    };
    SHOWN.into_iter().filter_map(line).collect()
}

/// A metric's value; a yes counts 1 and a no 0.
fn value(of: &PastMeasures, metric: &str) -> Option<f64> {
    match metric {
        "next_step_booked" => of.metrics.next_step_booked.map(|booked| f64::from(u8::from(booked))),
        metric => of.metrics.value(metric),
    }
}

async fn focus_out(history: &mut History, focus: &Focus<'_>) -> anyhow::Result<FocusOut> {
    let mut moments = Vec::new();
    for moment in &focus.moments {
        moments.push(spoken(history, moment.past, moment.transcript, &moment.evidence, moment.done).await?);
    }
    Ok(FocusOut {
        check: focus.check.id.clone(),
        dimension: focus.dimension.to_owned(),
        criterion: focus.criterion.to_owned(),
        text: focus.check.advice.clone(),
        done: focus.done,
        partly: focus.partly,
        asked: focus.asked,
        loss: focus.loss,
        moments,
    })
}

/// What was the focus in the period before, and how it goes now.
async fn last_focus(
    history: &mut History,
    set: &RubricSet,
    role: &Role,
    scope: &Scope,
    corrections: &[(CallRef, Correction)],
    now: &[ScoredCall<'_>],
) -> anyhow::Result<Option<LastFocus>> {
    let Some(range) = scope.range.before() else { return Ok(None) };
    let before = Scope { range, ..scope.clone() };
    let calls = series::series(history.past_results(&before, true).await?).calls;
    let objections = history.past_objections(&before).await?;
    let raised = |call| objections.iter().any(|objection| objection.call == call);
    let scored = focus::rescore(set, role, &calls, corrections, &raised);
    let Some(last) = focus::choose(set, role, &scored, None) else { return Ok(None) };
    let (done, asked) = focus::rate(now, &last.check.id);
    Ok((asked > 0).then(|| LastFocus {
        check: last.check.id.clone(),
        text: last.check.advice.clone(),
        done_before: last.done,
        asked_before: last.asked,
        done,
        asked,
    }))
}

async fn wins(
    history: &mut History,
    set: &RubricSet,
    role: &Role,
    calls: &[ScoredCall<'_>],
) -> anyhow::Result<Vec<Win>> {
    let mut wins = Vec::new();
    let mut praised = Vec::new();
    let scored: Vec<_> = calls.iter().rev().filter_map(|call| Some((call, call.past.score(OVERALL)?))).collect();
    let mut best: Vec<_> = scored.iter().filter(|(_, score)| Band::of(*score) == Band::Strong).take(MAX_WINS).collect();
    if best.is_empty() {
        // Nobody is coached by their gaps alone: then what went well on their best call.
        best.extend(scored.iter().max_by(|a, b| a.1.total_cmp(&b.1)));
    }
    for &(call, score) in best {
        let picks = action::moments(set, role, &call.dimensions, None);
        // The same praise three times is none.
        let best = || picks.iter().filter(|pick| !pick.missed);
        let best = best().find(|pick| !praised.contains(&pick.text())).or_else(|| best().next());
        if best.is_none() && Band::of(score) != Band::Strong {
            continue;
        }
        praised.extend(best.map(|pick| pick.text()));
        let moment = match best.and_then(|pick| Some((pick, pick.moments().next()?))) {
            Some((pick, evidence)) => {
                let transcript = call.past.results.get(pick.dimension).and_then(|result| result.asked.transcript);
                Some(spoken(history, call.past, transcript, evidence, true).await?)
            }
            None => None,
        };
        wins.push(Win {
            call: call.past.call.to_string(),
            title: spoken::title(history, call.past).await?,
            started_at: call.past.started_at,
            score,
            why: best.map(|pick| pick.text().to_owned()),
            moment,
        });
    }
    Ok(wins)
}
