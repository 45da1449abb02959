//! What a measured value should be: `guidelines.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::RubricError;
use super::error::Findings;
use crate::model::answers::Verdict;
use crate::model::call::CallType;
use crate::speech::metrics::METRICS;

/// Key of the guidelines that hold where a call type has none of its own.
const ANY: &str = "any";

/// The range in which a metric should lie, in the metric's unit.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guideline {
    /// Lowest good value.
    pub min: Option<f64>,
    /// Highest good value.
    pub max: Option<f64>,
    /// How far beyond the range still counts as partial.
    #[serde(default)]
    pub slack: f64,
    /// The guideline holds only for calls at least this long, in minutes.
    pub from_minutes: Option<f64>,
}

impl Guideline {
    /// Inside the range = yes, within the slack = partial, beyond = no (RUBRIC: guidelines).
    pub fn judge(&self, value: f64) -> Verdict {
        let within = |slack: f64| {
            self.min.is_none_or(|min| value >= min - slack) && self.max.is_none_or(|max| value <= max + slack)
        };
        // The bounds are decimal fractions: 0.65 + 0.08 must accept 0.73.
        const ROUNDING: f64 = 1e-9;
        if within(ROUNDING) {
            Verdict::Yes
        } else if within(self.slack + ROUNDING) {
            Verdict::Partial
        } else {
            Verdict::No
        }
    }
}

/// Every guideline, by call type and metric.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Guidelines(BTreeMap<String, BTreeMap<String, Guideline>>);

impl Guidelines {
    /// The guideline for a metric on a call of this kind and length, if there is one.
    pub fn find(&self, metric: &str, call_type: Option<CallType>, duration_ms: Option<i64>) -> Option<Guideline> {
        let long_enough = |guideline: &&Guideline| match (guideline.from_minutes, duration_ms) {
            (None, _) => true,
            (Some(minutes), Some(ms)) => ms as f64 >= minutes * 60_000.0,
            (Some(_), None) => false,
        };
        let of = |key: &str| self.0.get(key)?.get(metric).filter(long_enough);
        call_type.and_then(|call_type| of(call_type.as_str())).or_else(|| of(ANY)).copied()
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &str, &Guideline)> {
        self.0.iter().flat_map(|(call_type, metrics)| {
            metrics.iter().map(move |(metric, guideline)| (call_type.as_str(), metric.as_str(), guideline))
        })
    }
}

/// Reads `guidelines.toml`.
pub(super) fn parse(file: &str, text: &str) -> Result<Guidelines, Vec<RubricError>> {
    let mut findings = Findings::new(file, text);
    let tables: BTreeMap<String, BTreeMap<String, Spanned<Guideline>>> = match toml::from_str(text) {
        Ok(tables) => tables,
        Err(error) => {
            findings.add_toml(&error);
            return findings.or(None);
        }
    };
    let mut guidelines = Guidelines::default();
    for (call_type, metrics) in tables {
        for (metric, guideline) in metrics {
            let at = guideline.span().start;
            let guideline = guideline.into_inner();
            if call_type != ANY && call_type.parse::<CallType>().is_err() {
                findings.add(at, format!("`{call_type}` is neither a call type nor `{ANY}`"));
            }
            if !METRICS.contains(&metric.as_str()) {
                findings.add(at, format!("unknown metric `{metric}`; known are {}", METRICS.join(", ")));
            }
            if guideline.min.is_none() && guideline.max.is_none() {
                findings.add(at, "a guideline needs `min`, `max` or both");
            }
            if guideline.min.zip(guideline.max).is_some_and(|(min, max)| min > max) {
                findings.add(at, "`min` lies above `max`");
            }
            if guideline.slack < 0.0 {
                findings.add(at, "`slack` is below 0");
            }
            guidelines.0.entry(call_type.clone()).or_default().insert(metric, guideline);
        }
    }
    findings.or(Some(guidelines))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guideline(min: Option<f64>, max: Option<f64>, slack: f64) -> Guideline {
        Guideline { min, max, slack, from_minutes: None }
    }

    #[test]
    fn the_bounds_belong_to_the_range_and_the_slack_to_partial() {
        let share = guideline(None, Some(0.65), 0.08);
        for (value, verdict) in [
            (0.2, Verdict::Yes),
            (0.65, Verdict::Yes),
            (0.66, Verdict::Partial),
            (0.73, Verdict::Partial),
            (0.74, Verdict::No),
        ] {
            assert_eq!(share.judge(value), verdict, "{value}");
        }
        let questions = guideline(Some(11.0), Some(14.0), 3.0);
        for (value, verdict) in [(7.0, Verdict::No), (8.0, Verdict::Partial), (12.0, Verdict::Yes), (18.0, Verdict::No)]
        {
            assert_eq!(questions.judge(value), verdict, "{value}");
        }
    }

    #[test]
    fn a_call_types_own_guideline_comes_before_the_fall_back() {
        let text = "[any.patience_s]\nmin = 0.6\n[demo.patience_s]\nmin = 1.0\n[demo.rep_questions]\nmin = 3\nfrom_minutes = 25";
        let guidelines = parse("guidelines.toml", text).expect("good");
        let min = |metric, call_type, ms| guidelines.find(metric, call_type, ms).and_then(|found| found.min);
        assert_eq!(min("patience_s", Some(CallType::Demo), None), Some(1.0));
        assert_eq!(min("patience_s", Some(CallType::Renewal), None), Some(0.6));
        assert_eq!(min("patience_s", None, None), Some(0.6));
        assert_eq!(min("rep_questions", Some(CallType::Demo), Some(25 * 60_000)), Some(3.0));
        assert_eq!(min("rep_questions", Some(CallType::Demo), Some(24 * 60_000)), None);
        assert_eq!(min("rep_questions", Some(CallType::Demo), None), None);
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        let text = "[any.charm]\nmin = 1\n[lunch.patience_s]\nmin = 2\nmax = 1\n";
        let reasons: Vec<_> =
            parse("g.toml", text).expect_err("mistakes").into_iter().map(|error| (error.line, error.reason)).collect();
        for (line, reason) in [(1, "unknown metric `charm`"), (3, "neither a call type"), (3, "above `max`")] {
            assert!(reasons.iter().any(|(at, why)| *at == line && why.contains(reason)), "{reason}: {reasons:?}");
        }
    }
}
