//! One rep, or the team, over time: what changed, what stands out, and the one thing to work on.
//!
//! [`rep`] and [`team`] read what the numbers need; everything that is computed from it is plain functions in
//! [`numbers`], [`series`] and [`focus`].

pub mod focus;
pub mod numbers;
pub mod series;
mod spoken;
mod team;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::model::answers::{AnalystKind, Correction};
use crate::model::call::CallType;
use crate::model::ids::CallRef;
use crate::model::objection::{ObjectionStatus, ObjectionType};
use crate::model::scorecard::Band;
use crate::rubric::{Role, RubricSet};
use crate::scoring::action;
use crate::store::{CallCounts, History, Member, OVERALL, PastMeasures, PastObjection, Scope, Store};

use focus::{Focus, ScoredCall};
use numbers::{Change, Gap, Sample};
use series::{PastCall, Trend};
pub use spoken::Spoken;
use spoken::spoken;
pub use team::{TeamInsights, TeamMember, WorthHearing, team};

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

/// How many calls there are, and why some do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, schemars::JsonSchema)]
pub struct Counted {
    /// In the period.
    pub calls: u64,
    /// With an overall score that counts here.
    pub scored: u64,
    /// Without a transcript.
    pub without_transcript: u64,
    /// With one, but without an overall score.
    pub unscored: u64,
    /// Scored by another kind of analyst, and left out.
    pub other_analyst: u64,
    /// Without a date, in no period.
    pub undated: u64,
}

impl Counted {
    fn new(counts: CallCounts, undated: u64) -> Self {
        Counted {
            calls: counts.calls,
            scored: counts.scored,
            without_transcript: counts.without_words,
            unscored: counts.calls.saturating_sub(counts.scored + counts.without_words),
            other_analyst: 0,
            undated,
        }
    }
}

/// A concern of one type over all calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct ObjectionCount {
    /// The type.
    #[serde(rename = "type")]
    pub kind: ObjectionType,
    /// How often it was raised.
    pub raised: u64,
    /// How often the buyer was content.
    pub settled: u64,
    /// How often somebody took it on.
    pub parked: u64,
    /// How often it stayed open.
    pub open: u64,
    /// How often the rep's answer began with a question.
    pub asked_first: u64,
    /// Of those, how many were settled.
    pub settled_when_asked_first: u64,
}

/// A value of this rep beside the team's.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct NumberLine {
    /// The metric's name.
    pub metric: &'static str,
    /// The rep's mean.
    pub value: f64,
    /// Of how many calls.
    pub n: u64,
    /// The median of the others' calls of this kind; `null` under five.
    pub team_median: Option<f64>,
    /// Of how many calls.
    pub team_n: u64,
    /// Lowest good value.
    pub min: Option<f64>,
    /// Highest good value.
    pub max: Option<f64>,
}

/// The measures of the kind of call that the rep had most of.
#[derive(Debug, Clone, PartialEq, Default, Serialize, schemars::JsonSchema)]
pub struct Numbers {
    /// The kind; `null` is unknown.
    pub call_type: Option<CallType>,
    /// How many calls of it.
    pub calls: u64,
    /// The values.
    pub lines: Vec<NumberLine>,
}

/// A call to be proud of.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Win {
    /// The call.
    pub call: String,
    /// Its title.
    pub title: String,
    /// When it began.
    #[schemars(with = "Option<String>")]
    pub started_at: Option<Timestamp>,
    /// The overall score.
    pub score: f64,
    /// What went well, in words.
    pub why: Option<String>,
    /// The moment that shows it.
    pub moment: Option<Spoken>,
}

/// The one thing to work on.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct FocusOut {
    /// The check.
    pub check: String,
    /// Its dimension.
    pub dimension: String,
    /// Its criterion.
    pub criterion: String,
    /// What to do.
    pub text: String,
    /// On how many calls it was done.
    pub done: u64,
    /// On how many more it was done in part.
    pub partly: u64,
    /// On how many it applied.
    pub asked: u64,
    /// What the criterion costs a call on average, in points of the overall score; 0 where its dimension has no score.
    pub loss: f64,
    /// The moments that show it.
    pub moments: Vec<Spoken>,
}

/// The focus of the period before, and whether it is being done.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct LastFocus {
    /// The check.
    pub check: String,
    /// What was to be done.
    pub text: String,
    /// How often it was done before …
    pub done_before: u64,
    /// … of so many calls.
    pub asked_before: u64,
    /// How often it is done now …
    pub done: u64,
    /// … of so many calls.
    pub asked: u64,
}

/// A call in the strip of marks.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Mark {
    /// The call.
    pub call: String,
    /// When it began.
    #[schemars(with = "Option<String>")]
    pub started_at: Option<Timestamp>,
    /// Its scores by dimension, `overall` included; `null` has none.
    pub scores: BTreeMap<String, Option<f64>>,
}

/// A rep over time.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct RepInsights {
    /// How many calls.
    pub counted: Counted,
    /// The role as which they are compared.
    pub role: String,
    /// Its short name.
    pub role_label: String,
    /// The kind of analyst whose scores these are; `null` without any.
    pub analyst: Option<AnalystKind>,
    /// The models that answered.
    pub models: Vec<String>,
    /// The rubrics' versions.
    pub rubrics: Vec<String>,
    /// The scores of each call, oldest first.
    pub marks: Vec<Mark>,
    /// The scores by week.
    pub trends: Vec<Trend>,
    /// The last half against the first.
    pub changes: Vec<Change>,
    /// The rep against their peers.
    pub gaps: Vec<Gap>,
    /// Why there is no comparison with peers.
    pub no_peers: Option<String>,
    /// What buyers were concerned about, most frequent first.
    pub objections: Vec<ObjectionCount>,
    /// What was measured.
    pub numbers: Numbers,
    /// The one thing to work on.
    pub focus: Option<FocusOut>,
    /// The one thing of the period before.
    pub last_focus: Option<LastFocus>,
    /// Calls to be proud of, newest first.
    pub wins: Vec<Win>,
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
    let (calls, analyst, other_analyst) = series::series(history.past_results(&scope, true).await?);
    let objections = history.past_objections(&scope).await?;
    let role = role(set, member, &calls, question.default_role)?;
    let corrections = history.corrections_of_rep(member.id).await?;
    let raised = |call| objections.iter().any(|objection| objection.call == call);
    let scored = focus::rescore(set, role, &calls, &corrections, &raised);

    let dimensions: Vec<&str> =
        set.by_weight(role).into_iter().map(|rubric| rubric.id.as_str()).chain([OVERALL]).collect();
    let breaks: Vec<_> = dimensions.iter().map(|id| series::breaks(&calls, (*id != OVERALL).then_some(*id))).collect();
    let changes = dimensions.iter().zip(&breaks).map(|(id, breaks)| {
        let from = breaks.last().map_or(0, |last| last.place);
        let scores: Vec<f64> = calls.iter().skip(from).filter_map(|call| call.score(id)).collect();
        numbers::change(id, &scores)
    });
    let changes: Vec<Change> = changes.collect();
    let (gaps, no_peers) = peers(history, &scope, role, analyst, &calls, &dimensions).await?;
    let trends = dimensions
        .iter()
        .zip(breaks)
        .map(|(id, breaks)| series::trend(&calls, id, breaks, question.time_zone))
        .collect();

    let chosen = focus::choose(set, role, &scored, question.focus)
        .or_else(|| focus::choose(set, role, &scored, None).filter(|_| question.focus.is_some()));
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
    let scored_calls = calls.iter().filter(|call| call.score(OVERALL).is_some()).count() as u64;
    Ok(RepInsights {
        counted: Counted { scored: scored_calls, other_analyst, ..Counted::new(counts, undated) },
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
            numbers::gap(id, Sample::of(calls.iter().filter_map(|call| call.score(id))), &others)
        })
        .collect();
    let overall = gaps.last();
    let reason = overall.and_then(|gap| numbers::why_no_peers(&role.label, gap.peers, gap.peers_n));
    Ok((gaps, reason))
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
                open: count(&|one| matches!(one.status, ObjectionStatus::Unresolved | ObjectionStatus::Missed)),
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
    let (calls, ..) = series::series(history.past_results(&before, true).await?);
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
            title: call.past.title.clone(),
            started_at: call.past.started_at,
            score,
            why: best.map(|pick| pick.text().to_owned()),
            moment,
        });
    }
    Ok(wins)
}
