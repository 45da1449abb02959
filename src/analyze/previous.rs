//! What was asked of the rep last time, and whether it was done: a rep should hear one message for weeks.

use crate::model::answers::{AnalystKind, CheckAnswer, Evidence};
use crate::model::ids::CallRef;
use crate::model::scorecard::DimensionScore;
use crate::rubric::{Role, RubricSet};
use crate::scoring::{action, score};
use crate::store::EarlierCall;

/// What was asked of the rep after an earlier call.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviousAction {
    /// The check it came from.
    pub check: String,
    /// The call after which it was asked.
    pub call_ref: CallRef,
    /// Whether it was done on this call; `None` when this analyst cannot tell.
    pub done: Option<bool>,
    /// The moment that shows it.
    pub moment: Option<Evidence>,
}

/// The action of the rep's last call, held against this call's answers.
///
/// It is chosen anew from the stored answers, so that it is what a report on that call says today. Answers of another
/// kind of analyst are no basis: what one leaves unanswered the other may not.
pub(super) fn previous_action(
    set: &RubricSet,
    role: &Role,
    analyst: AnalystKind,
    earlier: &EarlierCall,
    now: &[DimensionScore],
) -> Option<PreviousAction> {
    let scores: Vec<DimensionScore> = earlier
        .dimensions
        .iter()
        .filter(|dimension| dimension.analyst == analyst)
        .filter_map(|dimension| {
            let rubric = set.dimension(&dimension.dimension)?;
            Some(score::dimension(rubric, role, &dimension.checks, true))
        })
        .collect();
    let asked = action::choose(set, role, &scores, None).filter(|pick| pick.missed)?;
    let answer = now.iter().flat_map(|dimension| &dimension.criteria).flat_map(|criterion| &criterion.checks);
    let answer: Option<&CheckAnswer> = answer.into_iter().find(|answer| answer.check == asked.check.id);
    let done = answer.and_then(CheckAnswer::done);
    let moment = answer.and_then(|answer| answer.evidence.first().or(answer.chance.as_ref())).cloned();
    Some(PreviousAction { check: asked.check.id.clone(), call_ref: earlier.call, done, moment })
}
