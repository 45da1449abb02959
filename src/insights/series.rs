//! A rep's results put in order: one series a dimension, of one kind of analyst, with its breaks.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::numbers::Sample;
use crate::model::answers::AnalystKind;
use crate::model::call::CallType;
use crate::model::ids::CallRef;
use crate::store::{Asked, OVERALL, PastResult};

/// One call of a rep with its results.
#[derive(Debug, Clone, PartialEq)]
pub struct PastCall {
    /// The call.
    pub call: CallRef,
    /// Its title.
    pub title: Option<String>,
    /// Where its recording is opened.
    pub url: Option<String>,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// Its kind.
    pub call_type: Option<CallType>,
    /// By dimension, the overall one included.
    pub results: BTreeMap<String, PastResult>,
}

impl PastCall {
    /// The score of a dimension.
    pub fn score(&self, dimension: &str) -> Option<f64> {
        self.results.get(dimension)?.score
    }
}

/// Calls that can be put in one line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// The calls, oldest first, with the results of one kind of analyst.
    pub calls: Vec<PastCall>,
    /// The kind: the one that scored most of the calls.
    pub analyst: Option<AnalystKind>,
    /// The calls that only another kind scored.
    pub left_out: Vec<CallRef>,
}

/// Puts results in order.
pub fn series(results: Vec<PastResult>) -> Series {
    let mut calls_of = [(AnalystKind::Claude, Vec::new()), (AnalystKind::Local, Vec::new())];
    for result in &results {
        for (kind, calls) in &mut calls_of {
            if *kind == result.analyst && calls.last() != Some(&result.call) {
                calls.push(result.call);
            }
        }
    }
    let [claude, local] = &calls_of;
    let kind = match (claude.1.len(), local.1.len()) {
        (0, 0) => return Series::default(),
        (claude, local) if claude >= local => AnalystKind::Claude,
        _ => AnalystKind::Local,
    };
    let mut calls: Vec<PastCall> = Vec::new();
    let mut left_out: Vec<CallRef> = Vec::new();
    for result in results {
        if result.analyst != kind {
            left_out.push(result.call);
            continue;
        }
        if calls.last().is_none_or(|last| last.call != result.call) {
            calls.push(PastCall {
                call: result.call,
                title: result.title.clone(),
                url: result.url.clone(),
                started_at: result.started_at,
                call_type: result.call_type,
                results: BTreeMap::new(),
            });
        }
        if let Some(call) = calls.last_mut() {
            call.results.insert(result.dimension.clone(), result);
        }
    }
    left_out.dedup();
    left_out.retain(|left| !calls.iter().any(|call| call.call == *left));
    Series { calls, analyst: Some(kind), left_out }
}

/// Where a series begins anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Break {
    /// The first call that was scored in the new way.
    pub call: String,
    /// When it began.
    #[schemars(with = "Option<String>")]
    pub at: Option<Timestamp>,
    /// What changed, in words.
    pub what: String,
    /// Its place among the calls of the series.
    #[serde(skip)]
    pub place: usize,
}

/// A week of a series.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Point {
    /// The Monday.
    #[schemars(with = "String")]
    pub week: Date,
    /// Mean of the scores.
    pub score: f64,
    /// Of how many calls.
    pub n: u64,
}

/// A dimension by week.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Trend {
    /// The dimension, or `overall`.
    pub dimension: String,
    /// The weeks in which there was a scored call, oldest first.
    pub points: Vec<Point>,
    /// Where scores before and behind cannot be compared.
    pub breaks: Vec<Break>,
}

/// The calls behind the last break, whose scores can be compared.
pub fn comparable<'a>(calls: &'a [PastCall], dimension: &str) -> &'a [PastCall] {
    let from = breaks(calls, dimension).last().map_or(0, |last| last.place);
    calls.get(from..).unwrap_or_default()
}

/// Where the series of a dimension breaks; of the overall score where that of any dimension does.
pub fn breaks(calls: &[PastCall], dimension: &str) -> Vec<Break> {
    let mut last: BTreeMap<&str, (&Asked, &str)> = BTreeMap::new();
    let mut breaks = Vec::new();
    for (place, call) in calls.iter().enumerate() {
        let mut what: Vec<&str> = Vec::new();
        let of = call.results.values().filter(|result| !result.asked.model.is_empty());
        for result in of.filter(|result| dimension == OVERALL || dimension == result.dimension) {
            let now = (&result.asked, result.rubric_version.as_str());
            if let Some((asked, rubric)) = last.insert(&result.dimension, now) {
                let changed = [
                    (asked.model != now.0.model, "another model"),
                    (rubric != now.1 || asked.questions_hash != now.0.questions_hash, "another rubric"),
                    (asked.prompt_hash != now.0.prompt_hash, "another prompt"),
                ];
                what.extend(changed.iter().filter(|(changed, _)| *changed).map(|(_, what)| *what));
            }
        }
        what.dedup();
        if !what.is_empty() {
            what.sort_unstable();
            what.dedup();
            breaks.push(Break { call: call.call.to_string(), at: call.started_at, what: what.join(", "), place });
        }
    }
    breaks
}

/// The series of a dimension by week; undated calls stand in none.
pub fn trend(calls: &[PastCall], dimension: &str, breaks: Vec<Break>, zone: &TimeZone) -> Trend {
    let mut weeks: BTreeMap<Date, Sample> = BTreeMap::new();
    for call in calls {
        let (Some(score), Some(at)) = (call.score(dimension), call.started_at) else { continue };
        let day = at.to_zoned(zone.clone()).date();
        let since_monday = i64::from(day.weekday().since(jiff::civil::Weekday::Monday));
        let monday = day.checked_sub(jiff::Span::new().days(since_monday)).unwrap_or(day);
        let week = weeks.entry(monday).or_default();
        *week = week.plus(Sample::of([score]));
    }
    let points =
        weeks.into_iter().filter_map(|(week, sample)| Some(Point { week, score: sample.mean()?, n: sample.n }));
    Trend { dimension: dimension.to_owned(), points: points.collect(), breaks }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::store::RepId;

    pub(in crate::insights) fn result(call: i64, day: i64, dimension: &str, score: Option<f64>) -> PastResult {
        PastResult {
            call: CallRef(call),
            rep: RepId(1),
            started_at: Some(Timestamp::from_second(1_790_000_000 + day * 86_400).expect("a time")),
            title: Some(format!("call {call}")),
            url: None,
            call_type: None,
            dimension: dimension.to_owned(),
            score,
            analyst: AnalystKind::Local,
            role: "ae".to_owned(),
            rubric_version: "1.0.0".to_owned(),
            asked: Asked { model: "local-1".to_owned(), ..Asked::default() },
            checks: Vec::new(),
        }
    }

    #[test]
    fn the_kind_of_analyst_with_most_calls_makes_the_series() {
        let mut results: Vec<_> = (1..=4).map(|n| result(n, n, "discovery", Some(50.0))).collect();
        results[1].analyst = AnalystKind::Claude;
        let one = series(results.clone());
        assert_eq!((one.calls.len(), one.analyst, one.left_out), (3, Some(AnalystKind::Local), vec![CallRef(2)]));
        results[2].analyst = AnalystKind::Claude;
        assert_eq!(series(results).analyst, Some(AnalystKind::Claude), "of equal numbers Claude");
        assert_eq!(series(Vec::new()).analyst, None);
    }

    #[test]
    fn a_new_model_or_rubric_breaks_the_series() {
        let mut results: Vec<_> = (1..=5).map(|n| result(n, n, "discovery", Some(50.0))).collect();
        for result in results.iter_mut().skip(2) {
            result.asked.model = "local-3".to_owned();
        }
        results[4].rubric_version = "1.1.0".to_owned();
        let calls = series(results).calls;
        let found: Vec<_> = breaks(&calls, "discovery").into_iter().map(|one| (one.place, one.what)).collect();
        assert_eq!(found, [(2, "another model".to_owned()), (4, "another rubric".to_owned())]);
        assert_eq!(breaks(&calls, OVERALL).len(), 2);
        assert_eq!(breaks(&calls, "engagement"), []);
        assert_eq!(comparable(&calls, "discovery"), &calls[4..]);
        assert_eq!(comparable(&calls, "engagement"), calls);
    }

    #[test]
    fn weeks_begin_on_monday_and_carry_their_number() {
        // 2026-09-21 14:13 UTC, a Monday, is day 0.
        let days = [(1, 0, 40.0), (2, 6, 60.0), (3, 7, 80.0)];
        let results = days.map(|(call, day, score)| result(call, day, "discovery", Some(score))).to_vec();
        let trend = trend(&series(results).calls, "discovery", Vec::new(), &TimeZone::UTC);
        let points: Vec<_> = trend.points.iter().map(|p| (p.week.to_string(), p.score, p.n)).collect();
        assert_eq!(points, [("2026-09-21".to_owned(), 50.0, 2), ("2026-09-28".to_owned(), 80.0, 1)]);
    }
}
