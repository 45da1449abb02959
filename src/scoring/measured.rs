//! Checks that are measured: nobody is asked, whoever the analyst is.

use crate::model::answers::{CheckAnswer, Measured, Verdict};
use crate::model::call::CallType;
use crate::rubric::{CheckKind, Guidelines, Rubric};
use crate::speech::metrics::Metrics;

use super::verify::answer;

/// Shorter calls say little about habits: their measured checks stay unanswered.
const MIN_DURATION_MS: i64 = 5 * 60 * 1_000;
/// The same for a call of unknown length: five minutes at 150 words a minute.
const MIN_WORDS: usize = 750;
/// With more speech than this of unknown speakers, a share of the rest means nothing.
const MAX_UNATTRIBUTED: f64 = 0.2;

/// What is known about a call apart from who said what.
#[derive(Debug, Clone, Copy)]
pub struct Measurements<'a> {
    /// The measured values.
    pub metrics: &'a Metrics,
    /// The ranges they are compared with.
    pub guidelines: &'a Guidelines,
    /// The kind of call.
    pub call_type: Option<CallType>,
    /// Length of the call in milliseconds.
    pub duration_ms: Option<i64>,
    /// Words said by anybody.
    pub words: usize,
}

impl Measurements<'_> {
    /// Answers every measured check of a dimension.
    ///
    /// They stay unanswered when the metric is unknown (as all times are in a transcript without them), without a
    /// guideline, when under 80 % of the speech has a known speaker, and on calls under five minutes. A talk share in
    /// words is judged like one in time: on real speech they differ by less than the guideline's slack.
    pub fn answer(&self, rubric: &Rubric) -> Vec<CheckAnswer> {
        rubric
            .checks()
            .filter_map(|check| {
                let CheckKind::Measured { metric } = &check.kind else { return None };
                if !check.applies_to(self.call_type) {
                    return Some(answer(check, Verdict::NotApplicable));
                }
                let judged = self.judge(metric);
                let verdict = judged.map_or(Verdict::Unanswered, |(verdict, _)| verdict);
                Some(CheckAnswer { measured: judged.map(|(_, measured)| measured), ..answer(check, verdict) })
            })
            .collect()
    }

    fn judge(&self, metric: &str) -> Option<(Verdict, Measured)> {
        let long_enough = self.duration_ms.map_or(self.words >= MIN_WORDS, |ms| ms >= MIN_DURATION_MS);
        let attributed = self.metrics.unattributed_share.is_some_and(|share| share <= MAX_UNATTRIBUTED);
        if !(long_enough && attributed) {
            return None;
        }
        let value = self.metrics.value(metric)?;
        let guideline = self.guidelines.find(metric, self.call_type, self.duration_ms)?;
        Some((guideline.judge(value), Measured { value, min: guideline.min, max: guideline.max }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rubric::RubricSet;

    fn talk_share(change: impl FnOnce(&mut Metrics, &mut Measurements<'_>)) -> CheckAnswer {
        let set = RubricSet::load(&[]).expect("embedded rubrics");
        let mut metrics = Metrics { rep_talk_share: Some(0.7), unattributed_share: Some(0.0), ..Metrics::default() };
        let copy = Metrics::default();
        let mut measurements = Measurements {
            metrics: &copy,
            guidelines: &set.guidelines,
            call_type: Some(CallType::Discovery),
            duration_ms: Some(MIN_DURATION_MS),
            words: MIN_WORDS,
        };
        change(&mut metrics, &mut measurements);
        let measurements = Measurements { metrics: &metrics, ..measurements };
        let rubric = set.dimension("engagement").expect("engagement");
        measurements.answer(rubric).into_iter().find(|answer| answer.check == "talk_share_in_range").expect("measured")
    }

    #[test]
    fn a_measured_check_carries_its_value_and_bounds() {
        let answer = talk_share(|_, _| {});
        assert_eq!(answer.verdict, Verdict::Partial);
        assert_eq!(answer.measured, Some(Measured { value: 0.7, min: None, max: Some(0.65) }));
    }

    #[test]
    fn what_cannot_be_measured_stays_unanswered() {
        for change in [
            (|_, m| m.duration_ms = Some(MIN_DURATION_MS - 1)) as fn(&mut Metrics, &mut Measurements<'_>),
            |_, m| (m.duration_ms, m.words) = (None, MIN_WORDS - 1),
            |metrics, _| metrics.unattributed_share = Some(0.21),
            |metrics, _| metrics.rep_talk_share = None,
        ] {
            let answer = talk_share(change);
            assert_eq!((answer.verdict, answer.measured), (Verdict::Unanswered, None));
        }
    }
}
