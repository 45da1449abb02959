//! Concerns that the buyer raised.

use serde::{Deserialize, Serialize};

/// The cause of a concern; exactly one each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionType {
    /// Value, price, discount.
    Pricing,
    /// No funds, or their approval cycle.
    Budget,
    /// Not now.
    Timing,
    /// Somebody else decides.
    Authority,
    /// Fine as it is, no problem to solve.
    Need,
    /// Another vendor, or building it in-house.
    Competitor,
    /// It may not do what they need.
    TechnicalFit,
    /// Effort and migration.
    Implementation,
    /// Security, privacy, legal review.
    SecurityLegal,
    /// It may not work, or may not be safe; doubts about the vendor.
    TrustRisk,
    /// Anything else.
    Other,
}

impl ObjectionType {
    /// Every type, in the order of the rubric.
    pub const ALL: [ObjectionType; 11] = [
        ObjectionType::Pricing,
        ObjectionType::Budget,
        ObjectionType::Timing,
        ObjectionType::Authority,
        ObjectionType::Need,
        ObjectionType::Competitor,
        ObjectionType::TechnicalFit,
        ObjectionType::Implementation,
        ObjectionType::SecurityLegal,
        ObjectionType::TrustRisk,
        ObjectionType::Other,
    ];

    /// The name used in JSON, filters and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            ObjectionType::Pricing => "pricing",
            ObjectionType::Budget => "budget",
            ObjectionType::Timing => "timing",
            ObjectionType::Authority => "authority",
            ObjectionType::Need => "need",
            ObjectionType::Competitor => "competitor",
            ObjectionType::TechnicalFit => "technical_fit",
            ObjectionType::Implementation => "implementation",
            ObjectionType::SecurityLegal => "security_legal",
            ObjectionType::TrustRisk => "trust_risk",
            ObjectionType::Other => "other",
        }
    }

    /// The name printed in reports.
    pub fn label(self) -> &'static str {
        match self {
            ObjectionType::TechnicalFit => "technical fit",
            ObjectionType::SecurityLegal => "security, legal",
            ObjectionType::TrustRisk => "trust",
            other => other.as_str(),
        }
    }
}

/// How a concern stood at the end of the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionStatus {
    /// The buyer said so, or went on to plan as if it were.
    Resolved,
    /// Somebody took it on, with a date or without one.
    Parked,
    /// Answered, but not settled.
    Unresolved,
    /// Nobody answered it.
    Missed,
}

impl ObjectionStatus {
    /// The name used in JSON, filters and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            ObjectionStatus::Resolved => "resolved",
            ObjectionStatus::Parked => "parked",
            ObjectionStatus::Unresolved => "unresolved",
            ObjectionStatus::Missed => "missed",
        }
    }
}

/// A concern whose words were verified. The same concern coming back is one objection with repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// Its cause.
    pub kind: ObjectionType,
    /// How it ended.
    pub status: ObjectionStatus,
    /// 1 (in passing) to 3 (could end the deal).
    pub severity: u8,
    /// Hinted at, not spelt out.
    pub implicit: bool,
    /// The buyer's words.
    pub raised: super::answers::Evidence,
    /// Later moments in which the same concern came back.
    pub repeats: Vec<super::answers::Evidence>,
    /// The rep's answering words.
    pub response: Option<super::answers::Evidence>,
    /// When parked: the date that was named, in the words in which it was said.
    pub parked_until: Option<String>,
}
