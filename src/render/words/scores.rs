//! Scores, why there is none, and the arithmetic that leads to them.

use crate::model::answers::AnalystKind;
use crate::model::scorecard::DimensionStatus;
use crate::output::report::{DimensionOut, Report};
use crate::render::text::{self, count, sentence, whole};

/// A score, or the sign for none.
pub(in crate::render) fn score(score: Option<f64>, dash: &str) -> String {
    score.map_or_else(|| dash.to_owned(), whole)
}

/// What the overall score is worth: the band, or that there is none.
pub(in crate::render) fn band(report: &Report) -> &'static str {
    report.overall.band.map_or("not enough to say", |band| band.label())
}

/// What the overall score would be if every claim could be proven.
pub(in crate::render) fn proviso(report: &Report) -> Option<String> {
    up_to(report.overall.up_to, report.dimensions.iter().map(|dimension| dimension.unverified).sum())
}

/// How far the built-in analyst got; nothing to say about Claude, who is asked every check.
pub(in crate::render) fn first_look(report: &Report) -> Option<String> {
    let overall = &report.overall;
    (report.analyst.kind == AnalystKind::Local)
        .then(|| format!("a first look: {} of {} checks answered without Claude", overall.answered, overall.applicable))
}

/// What a score could be: "up to 78 if 2 unproven claims hold".
fn up_to(up_to: Option<f64>, unproven: u32) -> Option<String> {
    let holds = if unproven == 1 { "holds" } else { "hold" };
    up_to.map(|best| {
        format!("up to {} if {} {holds}", whole(best), count(unproven, "unproven claim", "unproven claims"))
    })
}

/// Why a dimension has no score.
pub(in crate::render) fn no_score(status: DimensionStatus) -> Option<&'static str> {
    match status {
        DimensionStatus::Scored => None,
        DimensionStatus::NotApplicable => Some("did not apply"),
        DimensionStatus::Insufficient => Some("not enough to say"),
        DimensionStatus::Failed => Some("no answers"),
    }
}

/// The checks of a dimension that its score rests on.
pub(in crate::render) fn answered(dimension: &DimensionOut) -> String {
    match dimension.applicable {
        0 => String::new(),
        applicable => format!("{:>2} of {applicable}", dimension.answered),
    }
}

/// The checks or parts that the overall score rests on.
pub(in crate::render) fn overall_answered(report: &Report) -> String {
    let overall = &report.overall;
    if overall.scored_parts < overall.applicable_parts {
        format!("from {} of {} parts", overall.scored_parts, overall.applicable_parts)
    } else {
        format!("{:>2} of {}", overall.answered, overall.applicable)
    }
}

/// One sentence each: what the table of scores cannot show.
pub(in crate::render) fn score_notes(report: &Report) -> Vec<String> {
    let mut notes = Vec::new();
    for dimension in &report.dimensions {
        let reason = dimension.reason.as_deref().filter(|reason| no_score(dimension.status) != Some(reason));
        notes.extend(reason.map(|reason| format!("{}: {}", dimension.title, sentence(reason))));
        let up_to = up_to(dimension.up_to, dimension.unverified);
        notes.extend(up_to.map(|up_to| format!("{}: {up_to}.", dimension.title)));
    }
    let skipped = report.overall.not_applicable;
    if skipped > 0 {
        notes.push(format!("{} did not apply to this call.", count(skipped, "more check", "more checks")));
    }
    if report.objections.is_empty() {
        notes.push("No concern was heard.".to_owned());
    }
    notes
}

/// The terms of a weighted mean, weights made to sum to 100 over the parts that have a score: `15% × 0`, `+ 25% × 88`.
pub(in crate::render) fn terms(parts: impl Iterator<Item = (f64, Option<f64>)>, times: &str) -> Vec<String> {
    let scored: Vec<(f64, f64)> =
        parts.filter_map(|(weight, score)| Some((weight, score?))).filter(|(weight, _)| *weight > 0.0).collect();
    let all: f64 = scored.iter().map(|(weight, _)| weight).sum();
    let term = |(weight, score): &(f64, f64)| {
        format!("{}% {times} {}", text::decimal(weight / all * 100.0), text::decimal(*score))
    };
    let plus = |(i, term): (usize, String)| if i == 0 { term } else { format!("+ {term}") };
    scored.iter().map(term).enumerate().map(plus).collect()
}

/// What a criterion lost, where that is worth a line.
pub(in crate::render) fn costs(report: &Report, costs: Option<f64>) -> Option<String> {
    let costs = costs.filter(|&costs| costs >= 0.05)?;
    let others = report.dimensions.iter().flat_map(|dimension| &dimension.criteria).filter_map(|other| other.costs);
    let largest = others.fold(0.0, f64::max);
    let points = format!("Costs {costs:.1} points of the overall score");
    Some(if costs >= largest { format!("{points}: the largest single loss.") } else { format!("{points}.") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;
    use proptest::prelude::*;

    #[test]
    fn weights_are_shared_out_over_the_parts_with_a_score() {
        let parts = [(25.0, Some(87.5)), (20.0, None), (20.0, Some(0.0)), (55.0, Some(75.0)), (0.0, Some(90.0))];
        assert_eq!(terms(parts.into_iter(), "×"), ["25% × 87.5", "+ 20% × 0", "+ 55% × 75"]);
        assert!(terms([(25.0, None)].into_iter(), "×").is_empty());
    }

    proptest! {
        #[test]
        fn the_printed_terms_add_up(parts in prop::collection::vec((1..100_u8, 0..=200_u8), 1..6)) {
            let parts = parts.into_iter().map(|(weight, halves)| (f64::from(weight), f64::from(halves) / 2.0));
            let weights: f64 = parts.clone().map(|(weight, _)| weight).sum();
            let score = parts.clone().map(|(weight, score)| weight * score).sum::<f64>() / weights;
            let number = |text: &str| text.trim_start_matches("+ ").parse::<f64>().unwrap();
            let printed: f64 = terms(parts.map(|(weight, score)| (weight, Some(score))), "×")
                .iter()
                .map(|term| term.split_once("% × ").map(|(share, score)| number(share) * number(score)).unwrap() / 100.0)
                .sum();
            prop_assert!((printed - score).abs() < 0.5, "{printed} is not {score}");
        }
    }

    #[test]
    fn unproven_claims_show_what_they_cost() {
        assert_eq!(up_to(Some(78.2), 2), Some("up to 78 if 2 unproven claims hold".to_owned()));
        assert_eq!(up_to(Some(78.2), 1), Some("up to 78 if 1 unproven claim holds".to_owned()));
        let mut report = sample::claude();
        report.overall.up_to = Some(61.0);
        report.dimensions.iter_mut().take(2).for_each(|dimension| dimension.unverified = 1);
        assert_eq!(proviso(&report).as_deref(), Some("up to 61 if 2 unproven claims hold"));
    }

    #[test]
    fn an_unknown_score_is_never_a_number() {
        let mut report = sample::local();
        report.overall.score = None;
        report.overall.band = None;
        assert_eq!((score(report.overall.score, "–").as_str(), band(&report)), ("–", "not enough to say"));
    }

    #[test]
    fn only_the_largest_loss_is_called_so() {
        let report = sample::local();
        assert_eq!(costs(&report, Some(1.1)).as_deref(), Some("Costs 1.1 points of the overall score."));
        assert!(costs(&report, Some(7.0)).unwrap().ends_with("the largest single loss."));
        assert_eq!((costs(&report, Some(0.0)), costs(&report, None)), (None, None));
    }

    #[test]
    fn a_reason_is_told_unless_the_table_says_it() {
        let mut report = sample::local();
        report.dimensions[3].reason = Some("claims could not be proven: 4 of 9".to_owned());
        assert_eq!(score_notes(&report)[0], "Product knowledge: claims could not be proven: 4 of 9.");
        report.dimensions[3].reason = Some("not enough to say".to_owned());
        assert_eq!(score_notes(&report), ["8 more checks did not apply to this call."]);
    }
}
