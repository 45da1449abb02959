//! Scores, computed from answers by [`crate::scoring::score`]. A score can always be traced back:
//! check → criterion → dimension → overall.

use serde::{Deserialize, Serialize};

use super::answers::CheckAnswer;

/// What became of a dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DimensionStatus {
    /// It has a score.
    Scored,
    /// Nothing in it applies to this call.
    NotApplicable,
    /// Too few checks are answered, or too much of the evidence did not hold.
    Insufficient,
    /// No answers could be had.
    Failed,
}

impl DimensionStatus {
    /// The name used in JSON and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            DimensionStatus::Scored => "scored",
            DimensionStatus::NotApplicable => "not_applicable",
            DimensionStatus::Insufficient => "insufficient",
            DimensionStatus::Failed => "failed",
        }
    }
}

/// How many checks a score rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CheckCount {
    /// Yes, partial, no and unverified.
    pub answered: u32,
    /// All checks but the not applicable ones.
    pub applicable: u32,
    /// Claimed, but unproven; part of `answered`.
    pub unverified: u32,
    /// Checks that did not apply.
    pub not_applicable: u32,
}

impl CheckCount {
    /// (yes + partial + no + unverified) ÷ applicable; `None` when nothing applies.
    pub fn coverage(self) -> Option<f64> {
        (self.applicable > 0).then(|| f64::from(self.answered) / f64::from(self.applicable))
    }
}

impl std::ops::AddAssign for CheckCount {
    fn add_assign(&mut self, other: Self) {
        self.answered += other.answered;
        self.applicable += other.applicable;
        self.unverified += other.unverified;
        self.not_applicable += other.not_applicable;
    }
}

/// One criterion's score.
#[derive(Debug, Clone, PartialEq)]
pub struct CriterionScore {
    /// The criterion's id.
    pub id: String,
    /// Its weight within the dimension, as the rubric says.
    pub weight: f64,
    /// 0–100, or `None` when no check of it is answered.
    pub score: Option<f64>,
    /// What the score would be if every unproven claim held.
    pub up_to: Option<f64>,
    /// The answers it was computed from, corrections applied.
    pub checks: Vec<CheckAnswer>,
}

/// One dimension's score.
#[derive(Debug, Clone, PartialEq)]
pub struct DimensionScore {
    /// The dimension's id.
    pub id: String,
    /// What became of it.
    pub status: DimensionStatus,
    /// 0–100; `None` unless `status` is scored.
    pub score: Option<f64>,
    /// What the score would be if every unproven claim held; `None` unless that differs.
    pub up_to: Option<f64>,
    /// How many checks it rests on.
    pub count: CheckCount,
    /// The criteria, in rubric order.
    pub criteria: Vec<CriterionScore>,
}

/// The role-weighted score of the whole call.
#[derive(Debug, Clone, PartialEq)]
pub struct OverallScore {
    /// 0–100; `None` when the scored dimensions are worth less than half of the applicable weight.
    pub score: Option<f64>,
    /// What the score would be if every unproven claim held; `None` unless that differs.
    pub up_to: Option<f64>,
    /// How many checks it rests on.
    pub count: CheckCount,
    /// How many dimensions have a score.
    pub scored_parts: u32,
    /// How many dimensions apply.
    pub applicable_parts: u32,
}

/// Bands of a score, one legend everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// 80 and more.
    Strong,
    /// 60 to 79.
    Solid,
    /// Under 60.
    NeedsWork,
}

impl Band {
    /// The band of a score. Decided on the rounded score, so that the word agrees with the number beside it.
    pub fn of(score: f64) -> Self {
        match score.round() {
            s if s >= 80.0 => Band::Strong,
            s if s >= 60.0 => Band::Solid,
            _ => Band::NeedsWork,
        }
    }

    /// The words printed in reports.
    pub fn label(self) -> &'static str {
        match self {
            Band::Strong => "strong",
            Band::Solid => "solid",
            Band::NeedsWork => "needs work",
        }
    }
}
