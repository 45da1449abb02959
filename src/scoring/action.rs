//! The one thing to do next, and the moments worth a look. Chosen by code, worded by the rubric.

use crate::model::answers::{CheckAnswer, Evidence};
use crate::model::scorecard::{CriterionScore, DimensionScore};
use crate::rubric::{Check, CheckKind, Proof, Role, RubricSet};

use super::score::{Loss, losses};

/// The rep's standing focus wins when it is among this many largest losses, so that a rep hears one message for weeks.
const FOCUS_AMONG: usize = 3;
/// At most this many moments to keep …
const MAX_KEEP: usize = 2;
/// … and this many to change.
const MAX_CHANGE: usize = 2;

/// A check that is worth talking about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pick<'a> {
    /// The dimension's id.
    pub dimension: &'a str,
    /// The question.
    pub check: &'a Check,
    /// Its answer.
    pub answer: &'a CheckAnswer,
    /// Whether it was missed, as opposed to done well.
    pub missed: bool,
}

impl<'a> Pick<'a> {
    /// Where the call shows it: the missed chance, what shows the opposite, or the proof.
    pub fn moments(&self) -> impl Iterator<Item = &'a Evidence> + use<'a> {
        self.answer.chance.iter().chain(&self.answer.evidence)
    }

    /// What to say about it.
    pub fn text(&self) -> &'a str {
        match &self.check.praise {
            Some(praise) if !self.missed => praise,
            _ => &self.check.advice,
        }
    }
}

/// Chooses the one action (RUBRIC, section 3).
///
/// The criterion that loses the most points of the overall score, and within it the first check in rubric order
/// that the rep could have met and did not. A criterion with a moment on this call beats one without; the standing
/// `focus` (a check's id) wins while it is among the three largest losses. Nothing failed: the strongest thing again.
pub fn choose<'a>(
    set: &'a RubricSet,
    role: &Role,
    dimensions: &'a [DimensionScore],
    focus: Option<&str>,
) -> Option<Pick<'a>> {
    let losses = losses(role, dimensions);
    let focused = losses
        .iter()
        .take(FOCUS_AMONG)
        .find_map(|loss| missed(set, loss).find(|pick| Some(pick.check.id.as_str()) == focus));
    let mut candidates: Vec<_> = losses.iter().filter_map(|loss| missed(set, loss).next()).collect();
    // A stable sort: by loss within those with a moment and those without.
    candidates.sort_by_key(|pick| pick.moments().next().is_none());
    focused.or_else(|| candidates.first().copied()).or_else(|| strongest(set, role, dimensions).next())
}

/// The moments to print beside the action: at most two to keep and two to change, each from another criterion.
pub fn moments<'a>(
    set: &'a RubricSet,
    role: &Role,
    dimensions: &'a [DimensionScore],
    action: Option<&Pick<'_>>,
) -> Vec<Pick<'a>> {
    let is_action = |pick: &Pick<'_>| action.is_some_and(|action| action.check.id == pick.check.id);
    let keep = strongest(set, role, dimensions).filter(|pick| !is_action(pick) && pick.check.praise.is_some());
    let mut picks: Vec<_> = keep.take(MAX_KEEP).collect();
    let losses = losses(role, dimensions);
    let shown = |pick: &Pick<'_>| !is_action(pick) && pick.moments().next().is_some();
    let change = losses.iter().filter_map(|loss| missed(set, loss).find(shown));
    picks.extend(change.take(MAX_CHANGE));
    picks
}

/// The checks of a criterion that the rep could have met and did not, in rubric order.
fn missed<'a>(set: &'a RubricSet, loss: &Loss<'a>) -> impl Iterator<Item = Pick<'a>> + use<'a> {
    picks(set, loss.dimension, loss.criterion, true).filter(|pick| pick.answer.done() == Some(false))
}

/// What went well and can be shown, what is worth most first, one a criterion.
fn strongest<'a>(
    set: &'a RubricSet,
    role: &Role,
    dimensions: &'a [DimensionScore],
) -> impl Iterator<Item = Pick<'a>> + use<'a> {
    let mut criteria: Vec<_> = dimensions
        .iter()
        .filter(|dimension| dimension.score.is_some())
        .flat_map(|dimension| dimension.criteria.iter().map(move |criterion| (dimension, criterion)))
        .map(|(dimension, criterion)| {
            let points = role.weight(&dimension.id) * criterion.weight * criterion.score.unwrap_or_default();
            (points, dimension, criterion)
        })
        .collect();
    criteria.sort_by(|a, b| b.0.total_cmp(&a.0));
    criteria.into_iter().filter_map(move |(_, dimension, criterion)| {
        picks(set, dimension, criterion, false)
            .find(|pick| pick.answer.done() == Some(true) && !pick.answer.evidence.is_empty())
    })
}

/// The checks of a criterion that only the rep can meet, with their answers. Measured checks are nobody's words.
fn picks<'a>(
    set: &'a RubricSet,
    dimension: &'a DimensionScore,
    criterion: &'a CriterionScore,
    missed: bool,
) -> impl Iterator<Item = Pick<'a>> {
    let checks = set.dimension(&dimension.id).into_iter().flat_map(|rubric| &rubric.criteria);
    checks.filter(|c| c.id == criterion.id).flat_map(|c| &c.checks).filter_map(move |check| {
        let by_rep = matches!(check.kind, CheckKind::Judged { proof: Proof::Rep, .. });
        let answer = criterion.checks.iter().find(|answer| answer.check == check.id)?;
        by_rep.then_some(Pick { dimension: &dimension.id, check, answer, missed })
    })
}

#[cfg(test)]
mod tests {
    use super::super::score::dimension;
    use super::super::verify::answer;
    use super::*;
    use crate::model::answers::Verdict;

    fn evidence(line: u32) -> Evidence {
        Evidence { line, start_ms: None, end_ms: None, quote: "some words said".to_owned() }
    }

    /// Every check yes, but for the given ones.
    fn scored(set: &RubricSet, change: impl Fn(&mut CheckAnswer)) -> Vec<DimensionScore> {
        let ae = set.roles.find("ae").expect("ae");
        let all = set.dimensions.iter().map(|rubric| {
            let answers: Vec<_> = rubric
                .checks()
                .map(|check| {
                    let mut answer = CheckAnswer { evidence: vec![evidence(1)], ..answer(check, Verdict::Yes) };
                    change(&mut answer);
                    answer
                })
                .collect();
            dimension(rubric, ae, &answers, true)
        });
        all.collect()
    }

    fn chosen(change: impl Fn(&mut CheckAnswer), focus: Option<&str>) -> (String, bool) {
        let set = RubricSet::load(&[]).expect("embedded rubrics");
        let dimensions = scored(&set, change);
        let ae = set.roles.find("ae").expect("ae");
        choose(&set, ae, &dimensions, focus).map(|pick| (pick.check.id.clone(), pick.missed)).expect("an action")
    }

    fn fail(answer: &mut CheckAnswer, checks: &[&str], chance: Option<u32>) {
        if checks.contains(&answer.check.as_str()) {
            answer.verdict = Verdict::No;
            answer.evidence.clear();
            answer.chance = chance.map(evidence);
        }
    }

    #[test]
    fn the_costliest_criterion_with_a_moment_decides() {
        // Three of four checks of "problem" (25 % of 35 %) cost more than one of four of "frame" (15 % of 35 %).
        let problem = ["cause_explored", "cost_asked", "problem_in_buyers_words"];
        let both = |answer: &mut CheckAnswer| {
            fail(answer, &problem, Some(7));
            fail(answer, &["time_confirmed"], Some(3));
        };
        // The first one that the rep could have met: what the buyer says is not in their hands.
        assert_eq!(chosen(both, None), ("cause_explored".to_owned(), true));
        let without_moment = |answer: &mut CheckAnswer| {
            fail(answer, &problem, None);
            fail(answer, &["time_confirmed"], Some(3));
        };
        assert_eq!(chosen(without_moment, None), ("time_confirmed".to_owned(), true));
    }

    #[test]
    fn the_standing_focus_wins_among_the_three_largest_losses() {
        let failing = |answer: &mut CheckAnswer| {
            fail(answer, &["cause_explored", "cost_asked"], Some(7));
            fail(answer, &["why_now_asked"], Some(8));
            fail(answer, &["time_confirmed"], Some(3));
            fail(answer, &["limits_named"], Some(4));
        };
        assert_eq!(chosen(failing, Some("why_now_asked")).0, "why_now_asked");
        // The fourth largest loss is not worth the one message.
        assert_eq!(chosen(failing, Some("limits_named")).0, "cause_explored");
    }

    #[test]
    fn measured_unverified_and_unanswered_checks_are_no_action() {
        let failing = |answer: &mut CheckAnswer| {
            fail(answer, &["talk_share_in_range", "longest_stretch_in_range", "waits_for_buyer"], Some(7));
            fail(answer, &["time_confirmed"], None);
            if ["purpose_said", "cost_asked"].contains(&answer.check.as_str()) {
                answer.verdict = Verdict::Unverified;
            }
            if answer.check == "cause_explored" {
                answer.verdict = Verdict::Unanswered;
            }
        };
        assert_eq!(chosen(failing, None).0, "time_confirmed");
    }

    #[test]
    fn when_nothing_failed_the_strongest_thing_is_repeated() {
        let (check, missed) = chosen(|_| {}, None);
        // The end of the call weighs 40 % of 25 %: more than any other criterion.
        assert_eq!((check.as_str(), missed), ("agreed_points_repeated", false));
    }

    #[test]
    fn moments_come_from_different_criteria_and_never_repeat_the_action() {
        let set = RubricSet::load(&[]).expect("embedded rubrics");
        let dimensions = scored(&set, |answer| {
            fail(answer, &["cause_explored", "cost_asked"], Some(7));
            fail(answer, &["why_now_asked"], Some(8));
            fail(answer, &["time_confirmed"], Some(3));
        });
        let ae = set.roles.find("ae").expect("ae");
        let action = choose(&set, ae, &dimensions, None).expect("an action");
        let changes: Vec<_> = moments(&set, ae, &dimensions, Some(&action))
            .into_iter()
            .filter(|pick| pick.missed)
            .map(|pick| pick.check.id.clone())
            .collect();
        assert_eq!(changes, ["cost_asked", "why_now_asked"]);
    }
}
