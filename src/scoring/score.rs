//! Checks → criterion → dimension → overall (RUBRIC, section 3). Nothing here is rounded; that is left to whoever
//! prints.

use crate::model::answers::{CheckAnswer, Correction, Verdict};
use crate::model::scorecard::{CheckCount, CriterionScore, DimensionScore, DimensionStatus, OverallScore};
use crate::rubric::{Role, Rubric};

/// More unproven claims than this part of the applicable checks, and there is no score.
const MAX_UNVERIFIED: f64 = 0.25;
/// The scored dimensions must be worth at least this part of the applicable weight for an overall score.
const MIN_SCORED_WEIGHT: f64 = 0.5;

/// Puts a person's corrections over the analyst's verdicts.
pub fn correct(answers: &mut [CheckAnswer], corrections: &[Correction]) {
    for answer in answers {
        let Some(correction) = corrections.iter().find(|correction| correction.check == answer.check) else { continue };
        answer.verdict = correction.verdict;
        answer.claimed = None;
        answer.corrected_by = Some(correction.made_by.clone());
        answer.note.clone_from(&correction.note);
        // The analyst's proof was for another verdict.
        answer.evidence.clear();
        answer.chance = None;
    }
}

/// Computes one dimension's score from its answers, measured checks and corrections included.
///
/// criterion = mean over its answered checks (yes 1, partial ½, no 0, unverified 0) × 100; dimension = weighted mean
/// over the criteria with at least one answered check. `has_objection` decides about a rubric that requires one:
/// without it, what was answered does not apply.
pub fn dimension(rubric: &Rubric, role: &Role, answers: &[CheckAnswer], has_objection: bool) -> DimensionScore {
    let applies = !rubric.requires_objection || has_objection;
    let mut count = CheckCount::default();
    let criteria: Vec<CriterionScore> = rubric
        .criteria
        .iter()
        .map(|criterion| {
            let asked = applies && role.is_asked(&rubric.id, &criterion.id);
            let checks: Vec<CheckAnswer> = answers
                .iter()
                .filter(|answer| criterion.checks.iter().any(|check| check.id == answer.check))
                .cloned()
                .map(|mut answer| {
                    if !asked && answer.verdict != Verdict::Unanswered {
                        answer.verdict = Verdict::NotApplicable;
                    }
                    answer
                })
                .collect();
            count += count_of(&checks);
            CriterionScore {
                id: criterion.id.clone(),
                weight: criterion.weight,
                score: mean(checks.iter().filter_map(|check| value(check.verdict))),
                up_to: mean(checks.iter().filter_map(|check| value(if_proven(check)))),
                checks,
            }
        })
        .collect();
    let status = match count.coverage() {
        None => DimensionStatus::NotApplicable,
        Some(coverage) if coverage < rubric.coverage_floor || count.answered == 0 => DimensionStatus::Insufficient,
        Some(_) if f64::from(count.unverified) > MAX_UNVERIFIED * f64::from(count.applicable) => {
            DimensionStatus::Insufficient
        }
        Some(_) => DimensionStatus::Scored,
    };
    let scored = |of: fn(&CriterionScore) -> Option<f64>| {
        let weighted = || criteria.iter().filter_map(|criterion| Some((criterion.weight, of(criterion)?)));
        (status == DimensionStatus::Scored).then(|| weighted_mean(weighted())).flatten()
    };
    let score = scored(|criterion| criterion.score);
    let up_to = scored(|criterion| criterion.up_to).filter(|_| count.unverified > 0);
    DimensionScore { id: rubric.id.clone(), status, score, up_to, count, criteria }
}

/// A dimension that nobody answered, because whoever was asked failed.
pub fn failed(rubric: &Rubric) -> DimensionScore {
    DimensionScore {
        id: rubric.id.clone(),
        status: DimensionStatus::Failed,
        score: None,
        up_to: None,
        count: CheckCount::default(),
        criteria: Vec::new(),
    }
}

/// The role-weighted mean over the scored dimensions; `None` when they are worth less than half of the role's weight
/// among the applicable ones.
pub fn overall(role: &Role, dimensions: &[DimensionScore]) -> OverallScore {
    let mut count = CheckCount::default();
    for dimension in dimensions {
        count += dimension.count;
    }
    let weight = |wanted: fn(&DimensionScore) -> bool| -> f64 {
        dimensions.iter().filter(|dimension| wanted(dimension)).map(|dimension| role.weight(&dimension.id)).sum()
    };
    let applicable = weight(|dimension| dimension.status != DimensionStatus::NotApplicable);
    let enough = weight(|dimension| dimension.score.is_some()) >= MIN_SCORED_WEIGHT * applicable;
    let mean_of = |of: fn(&DimensionScore) -> Option<f64>| {
        let weighted = dimensions.iter().filter_map(|dimension| Some((role.weight(&dimension.id), of(dimension)?)));
        enough.then(|| weighted_mean(weighted)).flatten()
    };
    let parts = |wanted: fn(&DimensionScore) -> bool| {
        u32::try_from(dimensions.iter().filter(|dimension| wanted(dimension)).count()).unwrap_or(u32::MAX)
    };
    OverallScore {
        score: mean_of(|dimension| dimension.score),
        up_to: mean_of(|dimension| dimension.up_to.or(dimension.score))
            .filter(|_| dimensions.iter().any(|dimension| dimension.up_to.is_some())),
        count,
        scored_parts: parts(|dimension| dimension.status == DimensionStatus::Scored),
        applicable_parts: parts(|dimension| dimension.status != DimensionStatus::NotApplicable),
    }
}

/// How many points of the overall score a criterion lost.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss<'a> {
    /// The dimension.
    pub dimension: &'a DimensionScore,
    /// The criterion.
    pub criterion: &'a CriterionScore,
    /// What a full score of the criterion would add to the overall score, in points.
    pub points: f64,
}

/// What each scored criterion cost, largest loss first; equal losses keep their order.
pub fn losses<'a>(role: &Role, dimensions: &'a [DimensionScore]) -> Vec<Loss<'a>> {
    let scored = || dimensions.iter().filter(|dimension| dimension.score.is_some());
    let all: f64 = scored().map(|dimension| role.weight(&dimension.id)).sum();
    let mut losses: Vec<_> = scored()
        .flat_map(|dimension| {
            let within: f64 =
                dimension.criteria.iter().filter(|criterion| criterion.score.is_some()).map(|c| c.weight).sum();
            dimension.criteria.iter().filter_map(move |criterion| {
                let share = role.weight(&dimension.id) / all * criterion.weight / within;
                let points = (100.0 - criterion.score?) * share;
                points.is_finite().then_some(Loss { dimension, criterion, points })
            })
        })
        .collect();
    losses.sort_by(|a, b| b.points.total_cmp(&a.points));
    losses
}

/// What a verdict is worth; `None` for one that answers nothing.
fn value(verdict: Verdict) -> Option<f64> {
    match verdict {
        Verdict::Yes => Some(1.0),
        Verdict::Partial => Some(0.5),
        Verdict::No | Verdict::Unverified => Some(0.0),
        Verdict::NotApplicable | Verdict::Unanswered => None,
    }
}

fn if_proven(check: &CheckAnswer) -> Verdict {
    match check.verdict {
        Verdict::Unverified => check.claimed.unwrap_or(Verdict::Unverified),
        other => other,
    }
}

fn count_of(checks: &[CheckAnswer]) -> CheckCount {
    let mut count = CheckCount::default();
    for check in checks {
        match check.verdict {
            Verdict::NotApplicable => count.not_applicable += 1,
            Verdict::Unanswered => count.applicable += 1,
            Verdict::Yes | Verdict::Partial | Verdict::No | Verdict::Unverified => {
                count.applicable += 1;
                count.answered += 1;
                count.unverified += u32::from(check.verdict == Verdict::Unverified);
            }
        }
    }
    count
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    weighted_mean(values.map(|value| (1.0, value))).map(|mean| mean * 100.0)
}

fn weighted_mean(values: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (weights, sum) =
        values.fold((0.0, 0.0), |(weights, sum), (weight, value)| (weights + weight, sum + weight * value));
    (weights > 0.0).then(|| sum / weights)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::verify::answer;
    use super::*;
    use crate::rubric::RubricSet;

    fn set() -> RubricSet {
        RubricSet::load(&[]).expect("embedded rubrics")
    }

    fn answers(rubric: &Rubric, verdict: impl Fn(&str) -> Verdict) -> Vec<CheckAnswer> {
        rubric.checks().map(|check| answer(check, verdict(&check.id))).collect()
    }

    fn score(set: &RubricSet, id: &str, verdict: impl Fn(&str) -> Verdict) -> DimensionScore {
        let rubric = set.dimension(id).expect("dimension");
        dimension(rubric, set.roles.find("ae").expect("ae"), &answers(rubric, verdict), true)
    }

    fn close(a: Option<f64>, b: f64) -> bool {
        a.is_some_and(|a| (a - b).abs() < 1e-9)
    }

    /// The arithmetic of SCREENS.md, screen 1b: 15 % × 0 + 25 % × 88 + 20 % × 0 + 20 % × 30 + 20 % × 75 = 42.875.
    #[test]
    fn a_dimension_is_the_weighted_mean_of_its_criteria() {
        let set = set();
        let discovery = score(&set, "discovery", |check| match check {
            "problem_in_buyers_words" | "cause_explored" | "cost_asked" => Verdict::Yes,
            "cost_said_by_buyer" | "who_decides" => Verdict::Partial,
            "steps_known" => Verdict::Yes,
            "open_questions_asked" | "builds_on_answers" => Verdict::Yes,
            "problem_before_product" => Verdict::Yes,
            _ => Verdict::No,
        });
        let of = |id: &str| discovery.criteria.iter().find(|c| c.id == id).and_then(|c| c.score);
        assert!(close(of("problem"), 87.5));
        assert!(close(of("buying_path"), 30.0));
        assert!(close(of("listening"), 75.0));
        assert!(close(discovery.score, 42.875), "{:?}", discovery.score);
    }

    #[test]
    fn unanswered_checks_lower_the_coverage_and_never_the_score() {
        let set = set();
        let discovery = score(&set, "discovery", |check| match check {
            "cost_asked" | "why_now_asked" | "who_decides" => Verdict::Unanswered,
            _ => Verdict::Yes,
        });
        assert!(close(discovery.score, 100.0));
        assert_eq!((discovery.count.answered, discovery.count.applicable), (18, 21));
        let nearly_nothing = score(&set, "discovery", |check| match check {
            "purpose_said" => Verdict::Yes,
            _ => Verdict::Unanswered,
        });
        assert_eq!((nearly_nothing.status, nearly_nothing.score), (DimensionStatus::Insufficient, None));
    }

    #[test]
    fn what_does_not_apply_costs_nothing() {
        let set = set();
        let only_frame = score(&set, "discovery", |check| match check {
            "purpose_said" | "buyers_wishes_asked" | "time_confirmed" | "preparation_shown" => Verdict::Yes,
            _ => Verdict::NotApplicable,
        });
        assert!(close(only_frame.score, 100.0));
        let nothing = score(&set, "discovery", |_| Verdict::NotApplicable);
        assert_eq!((nothing.status, nothing.score), (DimensionStatus::NotApplicable, None));
        let rubric = set.dimension("objection_handling").expect("dimension");
        let calm = dimension(rubric, set.roles.find("ae").expect("ae"), &answers(rubric, |_| Verdict::No), false);
        assert_eq!(calm.status, DimensionStatus::NotApplicable);
    }

    #[test]
    fn too_many_unproven_claims_and_there_is_no_score() {
        let set = set();
        let unproven = |n: usize| {
            let ids: Vec<_> =
                set.dimension("discovery").expect("d").checks().take(n).map(|check| check.id.clone()).collect();
            score(&set, "discovery", |check| match ids.iter().any(|id| id == check) {
                true => Verdict::Unverified,
                false => Verdict::Yes,
            })
        };
        assert_eq!(unproven(5).status, DimensionStatus::Scored);
        assert_eq!(unproven(6).status, DimensionStatus::Insufficient);
    }

    #[test]
    fn a_report_can_say_what_unproven_claims_would_be_worth() {
        let set = set();
        let rubric = set.dimension("product_knowledge").expect("dimension");
        let mut checks = answers(rubric, |_| Verdict::Yes);
        checks[0].verdict = Verdict::Unverified;
        checks[0].claimed = Some(Verdict::Partial);
        let scored = dimension(rubric, set.roles.find("ae").expect("ae"), &checks, true);
        // The first criterion weighs 30 and has four checks: a lost check costs 7.5 points, half of it comes back.
        assert!(close(scored.score, 92.5));
        assert!(close(scored.up_to, 96.25));
    }

    /// AE 35/25/25/15 against SE 20/20/15/45 over discovery 40, objections 60, engagement 80, product 100.
    #[test]
    fn the_role_decides_the_overall_score_by_exactly_its_weights() {
        let set = set();
        let scored = |id: &str, score: f64| DimensionScore {
            id: id.to_owned(),
            status: DimensionStatus::Scored,
            score: Some(score),
            up_to: None,
            count: CheckCount { answered: 1, applicable: 1, ..CheckCount::default() },
            criteria: Vec::new(),
        };
        let mut dimensions = [
            scored("discovery", 40.0),
            scored("objection_handling", 60.0),
            scored("engagement", 80.0),
            scored("product_knowledge", 100.0),
        ];
        let as_role =
            |role: &str, dimensions: &[DimensionScore]| overall(set.roles.find(role).expect("role"), dimensions).score;
        assert!(close(as_role("ae", &dimensions), 0.35 * 40.0 + 0.25 * 60.0 + 0.25 * 80.0 + 0.15 * 100.0));
        assert!(close(as_role("se", &dimensions), 0.20 * 40.0 + 0.20 * 60.0 + 0.15 * 80.0 + 0.45 * 100.0));
        // Without product knowledge an SE has 55 of 100 left, an even poorer basis without discovery has 35.
        dimensions[3].score = None;
        dimensions[3].status = DimensionStatus::Insufficient;
        assert!(close(as_role("se", &dimensions), (20.0 * 40.0 + 20.0 * 60.0 + 15.0 * 80.0) / 55.0));
        dimensions[0].score = None;
        dimensions[0].status = DimensionStatus::Insufficient;
        assert_eq!(as_role("se", &dimensions), None);
    }

    #[test]
    fn losses_add_up_to_what_is_missing() {
        let set = set();
        let verdicts = |check: &str| if check.len().is_multiple_of(3) { Verdict::No } else { Verdict::Yes };
        let dimensions: Vec<_> = set.dimensions.iter().map(|rubric| score(&set, &rubric.id, verdicts)).collect();
        let ae = set.roles.find("ae").expect("ae");
        let lost: f64 = losses(ae, &dimensions).iter().map(|loss| loss.points).sum();
        let total = overall(ae, &dimensions).score.expect("scored");
        assert!((100.0 - lost - total).abs() < 1e-9, "{lost} {total}");
    }

    #[test]
    fn a_correction_replaces_the_verdict_and_its_proof() {
        let set = set();
        let rubric = set.dimension("discovery").expect("discovery");
        let mut checks = answers(rubric, |_| Verdict::No);
        let correction = Correction {
            check: "purpose_said".to_owned(),
            verdict: Verdict::Yes,
            line: None,
            note: Some("said before the recording".to_owned()),
            made_by: "Ines".to_owned(),
        };
        correct(&mut checks, &[correction]);
        assert_eq!((checks[0].verdict, checks[0].corrected_by.as_deref()), (Verdict::Yes, Some("Ines")));
        assert_eq!(checks[1].verdict, Verdict::No);
    }

    fn any_verdict() -> impl Strategy<Value = Verdict> {
        prop::sample::select(vec![
            Verdict::Yes,
            Verdict::Partial,
            Verdict::No,
            Verdict::NotApplicable,
            Verdict::Unanswered,
        ])
    }

    proptest! {
        /// An invented `yes` becomes `unverified`: it never scores more than an honest `no`.
        #[test]
        fn an_invented_yes_never_beats_an_honest_no(verdicts in prop::collection::vec(any_verdict(), 21), at in 0usize..21) {
            let set = set();
            let rubric = set.dimension("discovery").expect("discovery");
            let ae = set.roles.find("ae").expect("ae");
            let with = |verdict: Verdict| {
                let mut checks = answers(rubric, |_| Verdict::No);
                checks.iter_mut().zip(&verdicts).for_each(|(check, verdict)| check.verdict = *verdict);
                checks[at].verdict = verdict;
                dimension(rubric, ae, &checks, true).score
            };
            let (invented, honest) = (with(Verdict::Unverified), with(Verdict::No));
            prop_assert!(invented.unwrap_or(0.0) <= honest.unwrap_or(0.0));
        }

        #[test]
        fn scores_lie_between_0_and_100(verdicts in prop::collection::vec(any_verdict(), 21)) {
            let set = set();
            let rubric = set.dimension("discovery").expect("discovery");
            let mut checks = answers(rubric, |_| Verdict::No);
            checks.iter_mut().zip(&verdicts).for_each(|(check, verdict)| check.verdict = *verdict);
            let scored = dimension(rubric, set.roles.find("ae").expect("ae"), &checks, true);
            prop_assert!(scored.score.is_none_or(|score| (0.0..=100.0).contains(&score)));
            prop_assert_eq!(scored.score.is_some(), scored.status == DimensionStatus::Scored);
        }
    }
}
