//! The rubric: data that decides what is asked, how it may be proven and what it is worth.
//!
//! One TOML file a dimension (`discovery.toml`), plus `roles.toml` (what a dimension is worth for whom) and
//! `guidelines.toml` (what a measured value should be). All of them are embedded in the program; files of the same
//! name in a user's folder replace them, and further files add dimensions. No code knows a dimension's name.
//!
//! To add a key to a rubric file: a field in [`file`], its rule there, and its place in [`Check`] or [`Criterion`].

mod embedded;
mod error;
mod file;
mod guidelines;
mod hash;
mod roles;
mod set;

pub use embedded::EMBEDDED;
pub use error::{RubricError, RubricErrors};
pub use guidelines::{Guideline, Guidelines};
pub use roles::{Role, Roles};
pub use set::{RubricFile, RubricSet};

use crate::model::call::CallType;

/// One dimension: weighted criteria, each with checks.
#[derive(Debug, Clone, PartialEq)]
pub struct Rubric {
    /// Name used in flags, JSON and the database.
    pub id: String,
    /// Name printed in reports.
    pub title: String,
    /// Version of the questions and weights, as its editor counts them.
    pub version: String,
    /// Below this part of answered checks (0–1) there is no score.
    pub coverage_floor: f64,
    /// Whether the whole dimension does not apply to a call without an objection.
    pub requires_objection: bool,
    /// Whether this dimension's answers own the call's objections.
    pub collects_objections: bool,
    /// The criteria; their weights sum to 100.
    pub criteria: Vec<Criterion>,
}

impl Rubric {
    /// Every check, in rubric order.
    pub fn checks(&self) -> impl Iterator<Item = &Check> {
        self.criteria.iter().flat_map(|criterion| &criterion.checks)
    }
}

/// A part of a dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Name within the dimension.
    pub id: String,
    /// Name printed in reports.
    pub title: String,
    /// Weight within the dimension, in percent.
    pub weight: f64,
    /// What it looks like at its best.
    pub excellent: String,
    /// What it looks like at its worst.
    pub poor: String,
    /// Half-sentence for the verdict line when it went well.
    pub won: String,
    /// Half-sentence for the verdict line when it went badly.
    pub lost: String,
    /// The checks, in the order of importance.
    pub checks: Vec<Check>,
}

/// An observable question about one call.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Name within the rubric; also the row label in reports.
    pub id: String,
    /// The question, answerable with yes, partial or no.
    pub ask: String,
    /// How it is answered.
    pub kind: CheckKind,
    /// Whether it can only be judged against a fact pack; without one it does not apply, and nobody is called wrong
    /// from memory.
    pub needs_facts: bool,
    /// The kinds of call it applies to; empty means every kind.
    pub call_types: Vec<CallType>,
    /// What to do on the next call when the answer is no.
    pub advice: String,
    /// What to say about it when the answer is yes.
    pub praise: Option<String>,
}

impl Check {
    /// Whether the check applies to this kind of call. On a call of unknown kind every check is asked.
    pub fn applies_to(&self, call_type: Option<CallType>) -> bool {
        match call_type {
            Some(call_type) => self.call_types.is_empty() || self.call_types.contains(&call_type),
            None => true,
        }
    }

    /// The id as people read it: `why_now_asked` is "why now asked".
    pub fn label(&self) -> String {
        self.id.replace('_', " ")
    }
}

/// How a check is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckKind {
    /// An analyst judges it and quotes proof.
    Judged {
        /// Whose words must be quoted.
        proof: Proof,
        /// How the local analyst finds it; without one it leaves the check unanswered.
        signal: Option<String>,
    },
    /// A metric is compared with its guideline; nobody is asked.
    Measured {
        /// The metric's name.
        metric: String,
    },
}

/// Whose words prove a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The coached rep's.
    Rep,
    /// Somebody's on the buyer's side.
    Buyer,
    /// Anybody's.
    Either,
}

impl Proof {
    /// The name used in rubric files and hashes.
    pub fn as_str(self) -> &'static str {
        match self {
            Proof::Rep => "rep",
            Proof::Buyer => "buyer",
            Proof::Either => "either",
        }
    }
}
