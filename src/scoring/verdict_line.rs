//! The one sentence under the score. No model writes it.

use crate::model::answers::Verdict;
use crate::model::scorecard::{Band, DimensionScore};
use crate::rubric::{CheckKind, Criterion, Role, RubricSet};

use super::score::{Loss, losses};

/// The outcome (next step booked or not) + `won` of the best criterion + `lost` of the costliest one.
///
/// `next_step_booked` is `None` when nobody can tell, and is then left out.
pub fn verdict_line(
    set: &RubricSet,
    role: &Role,
    dimensions: &[DimensionScore],
    next_step_booked: Option<bool>,
) -> String {
    let losses = losses(role, dimensions);
    let criterion = |dimension: &str, id: &str| {
        set.dimension(dimension).and_then(|rubric| rubric.criteria.iter().find(|criterion| criterion.id == id))
    };
    // One answered check of four says little about a criterion: it is not what a call is summed up by.
    let is_known = |loss: &&Loss<'_>| {
        let of = |wanted: fn(Verdict) -> bool| loss.criterion.checks.iter().filter(|c| wanted(c.verdict)).count();
        let unanswered = of(|verdict| verdict == Verdict::Unanswered);
        let applicable = of(|verdict| verdict != Verdict::NotApplicable);
        unanswered * 2 <= applicable
    };
    let is_weak = |score: Option<f64>| score.is_some_and(|score| Band::of(score) == Band::NeedsWork);
    let is_strong = |score: Option<f64>| score.is_some_and(|score| Band::of(score) == Band::Strong);
    let lost = losses
        .iter()
        .filter(is_known)
        .filter(|loss| is_weak(loss.criterion.score))
        .filter(|loss| loss.criterion.checks.iter().any(|check| check.done() == Some(false)))
        .filter_map(|loss| criterion(&loss.dimension.id, &loss.criterion.id))
        .find(|found| next_step_booked != Some(false) || !is_about_the_outcome(found));
    // Losses are sorted, so the best criterion is the last one; of several the one with the largest weight.
    let won = losses
        .iter()
        .filter(is_known)
        .filter(|loss| is_strong(loss.criterion.score))
        .filter_map(|loss| {
            let found = criterion(&loss.dimension.id, &loss.criterion.id)?;
            let weight = role.weight(&loss.dimension.id) * loss.criterion.weight;
            Some((loss.criterion.score.unwrap_or_default(), weight, found))
        })
        // The outcome says it already.
        .filter(|(_, _, found)| next_step_booked.is_none() || !is_about_the_outcome(found))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)))
        .map(|(_, _, found)| found);
    let outcome = next_step_booked.map(|booked| if booked { "next meeting booked" } else { "no next meeting booked" });
    let sentence = match (outcome, won.map(|c| c.won.as_str()), lost.map(|c| c.lost.as_str())) {
        (Some(outcome), Some(won), Some(lost)) if next_step_booked == Some(true) => {
            format!("{outcome} and {won}, but {lost}")
        }
        (Some(outcome), Some(won), Some(lost)) => format!("{outcome}: {won}, but {lost}"),
        (Some(outcome), Some(won), None) => format!("{outcome}, and {won}"),
        (Some(outcome), None, Some(lost)) if next_step_booked == Some(true) => format!("{outcome}, but {lost}"),
        (Some(outcome), None, Some(lost)) => format!("{outcome}, and {lost}"),
        (None, Some(won), Some(lost)) => format!("{won}, but {lost}"),
        (None, Some(only), None) | (None, None, Some(only)) | (Some(only), None, None) => only.to_owned(),
        (None, None, None) => "too little of this call could be judged".to_owned(),
    };
    let mut chars = sentence.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

fn is_about_the_outcome(criterion: &Criterion) -> bool {
    criterion.checks.iter().any(
        |check| matches!(&check.kind, CheckKind::Judged { signal: Some(signal), .. } if signal == "next_step_date"),
    )
}

#[cfg(test)]
mod tests {
    use super::super::score::dimension;
    use super::super::verify::answer;
    use super::*;

    fn line(booked: Option<bool>, verdict: impl Fn(&str) -> Verdict) -> String {
        let set = RubricSet::load(&[]).expect("embedded rubrics");
        let ae = set.roles.find("ae").expect("ae");
        let dimensions: Vec<_> = set
            .dimensions
            .iter()
            .map(|rubric| {
                let answers: Vec<_> = rubric.checks().map(|check| answer(check, verdict(&check.id))).collect();
                dimension(rubric, ae, &answers, true)
            })
            .collect();
        verdict_line(&set, ae, &dimensions, booked)
    }

    #[test]
    fn outcome_best_and_costliest_make_one_sentence() {
        let goal = ["goal_said_by_buyer", "success_measure", "why_now_asked", "worth_said_by_buyer"];
        let no_goal = |check: &str| if goal.contains(&check) { Verdict::No } else { Verdict::Yes };
        let expected =
            "Next meeting booked and the problem and its cost are clear, but nobody asked for the goal or why now.";
        assert_eq!(line(Some(true), no_goal), expected);
        let expected = "No next meeting booked, and the problem stayed vague.";
        assert_eq!(line(Some(false), |_| Verdict::No), expected);
        assert_eq!(line(None, |_| Verdict::No), "The end left things open.");
        assert_eq!(line(None, |_| Verdict::Unanswered), "Too little of this call could be judged.");
    }
}
