//! What an analyst says about a call, before and after its evidence was verified.
//!
//! A *claim* is untrusted: the local analyst's and Claude's alike go through [`crate::scoring::evidence`] and only
//! what stands in the transcript becomes an *answer*.

use serde::{Deserialize, Serialize};

use super::objection::{Objection, ObjectionStatus, ObjectionType};

/// Who answers the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnalystKind {
    /// Anthropic's model.
    Claude,
    /// The built-in analyst: counts words and times on this machine.
    Local,
}

impl AnalystKind {
    /// The name used in flags, JSON and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            AnalystKind::Claude => "claude",
            AnalystKind::Local => "local",
        }
    }
}

/// A check's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It clearly happened.
    Yes,
    /// It happened in part.
    Partial,
    /// There was a chance and it did not happen.
    No,
    /// The question does not arise on this call.
    NotApplicable,
    /// This analyst cannot tell, or the metric is unknown.
    Unanswered,
    /// Claimed, but the evidence did not hold: no proof, no credit.
    Unverified,
}

impl Verdict {
    /// The name used in JSON, flags and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Yes => "yes",
            Verdict::Partial => "partial",
            Verdict::No => "no",
            Verdict::NotApplicable => "not_applicable",
            Verdict::Unanswered => "unanswered",
            Verdict::Unverified => "unverified",
        }
    }
}

/// Words that are said to stand in a line of the transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Line number, from 1.
    pub line: u32,
    /// The words.
    pub quote: String,
}

/// A metric's value next to its guideline, for a check that is measured and not judged.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Measured {
    /// The metric's value, in the metric's unit.
    pub value: f64,
    /// Lowest value that the guideline accepts.
    pub min: Option<f64>,
    /// Highest value that the guideline accepts.
    pub max: Option<f64>,
}

/// An analyst's answer to one check, not yet verified.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckClaim {
    /// The check's id.
    pub check: String,
    /// What the analyst says.
    pub verdict: Verdict,
    /// The proof of a `yes` or `partial`; for a `no` a line that shows the opposite.
    pub quotes: Vec<Quote>,
    /// For a `no`: where it should have happened.
    pub chance: Option<Quote>,
    /// One sentence of explanation.
    pub note: Option<String>,
}

/// An objection an analyst says was raised, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionClaim {
    /// Its cause.
    pub kind: ObjectionType,
    /// How it ended.
    pub status: ObjectionStatus,
    /// 1 (in passing) to 3 (could end the deal).
    pub severity: u8,
    /// Hinted at, not spelt out.
    pub implicit: bool,
    /// The buyer's words.
    pub raised: Quote,
    /// Later lines in which the same concern came back.
    pub repeats: Vec<Quote>,
    /// The rep's answering words.
    pub response: Option<Quote>,
    /// When parked: the date that was named, in the words in which it was said.
    pub parked_until: Option<String>,
}

/// Everything an analyst says about one dimension of a call.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Claims {
    /// One claim a check; a missing check counts as unanswered.
    pub checks: Vec<CheckClaim>,
    /// The call's objections, where this dimension owns them.
    pub objections: Vec<ObjectionClaim>,
}

/// Words that do stand in the transcript, with their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Line number, from 1.
    pub line: u32,
    /// Start of the sentence that holds the words, in milliseconds.
    pub start_ms: Option<i64>,
    /// End of the sentence that holds the words, in milliseconds.
    pub end_ms: Option<i64>,
    /// The transcript's own words, never the analyst's.
    pub quote: String,
}

/// A verified answer to one check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckAnswer {
    /// The check's id.
    pub check: String,
    /// The verdict after verification and corrections.
    pub verdict: Verdict,
    /// What was claimed, when the verdict is `unverified`, or when a `yes` counts half.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Verdict>,
    /// Verified proof.
    pub evidence: Vec<Evidence>,
    /// For a `no`: the verified place where it should have happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chance: Option<Evidence>,
    /// The value and bounds of a measured check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<Measured>,
    /// One sentence of explanation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The person who corrected the verdict, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_by: Option<String>,
}

impl CheckAnswer {
    /// Whether it was done, as far as anybody heard; `None` when nobody can tell. A `yes` that counts half is no miss.
    pub fn done(&self) -> Option<bool> {
        match (self.verdict, self.claimed) {
            (Verdict::Yes, _) | (Verdict::Partial, Some(Verdict::Yes)) => Some(true),
            (Verdict::No | Verdict::Partial, _) => Some(false),
            (Verdict::NotApplicable | Verdict::Unanswered | Verdict::Unverified, _) => None,
        }
    }
}

/// How many quotes an analyst gave and how many of them stand in the transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
pub struct EvidenceCount {
    /// Quotes given.
    pub claimed: u32,
    /// Quotes that stand in the cited line, on the right side.
    pub verified: u32,
}

impl std::ops::AddAssign for EvidenceCount {
    fn add_assign(&mut self, other: Self) {
        self.claimed += other.claimed;
        self.verified += other.verified;
    }
}

/// What it took to get answers. All zero for the local analyst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Tokens that were read at the full price.
    pub input_tokens: u64,
    /// Tokens that were written.
    pub output_tokens: u64,
    /// Tokens that were read from the prompt cache.
    pub cache_read_tokens: u64,
    /// Tokens that were written to the prompt cache.
    pub cache_write_tokens: u64,
    /// Requests made.
    pub requests: u32,
    /// The price in millionths of a US dollar; `None` for a model whose price is unknown.
    pub cost_microusd: Option<u64>,
}

impl Usage {
    /// Adds what something else took. One unknown price makes the sum unknown.
    pub fn add(&mut self, more: &Usage) {
        self.cost_microusd = match (self.requests, more.requests) {
            (0, _) => more.cost_microusd,
            (_, 0) => self.cost_microusd,
            _ => self.cost_microusd.zip(more.cost_microusd).map(|(sum, more)| sum.saturating_add(more)),
        };
        self.input_tokens += more.input_tokens;
        self.output_tokens += more.output_tokens;
        self.cache_read_tokens += more.cache_read_tokens;
        self.cache_write_tokens += more.cache_write_tokens;
        self.requests += more.requests;
    }

    /// All tokens, read and written.
    pub fn tokens(&self) -> u64 {
        [self.input_tokens, self.output_tokens, self.cache_read_tokens, self.cache_write_tokens]
            .into_iter()
            .fold(0, u64::saturating_add)
    }
}

/// What an analyst said about one dimension, verified: dear to get, kept for good.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Answers {
    /// One answer a check that was asked, in rubric order.
    pub checks: Vec<CheckAnswer>,
    /// The call's verified objections, where this dimension owns them.
    pub objections: Vec<Objection>,
    /// How much of the evidence held.
    pub evidence: EvidenceCount,
}

/// What a person said about one check: it replaces the analyst's verdict wherever scores are computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The check's id.
    pub check: String,
    /// Yes, partial, no or not applicable.
    pub verdict: Verdict,
    /// The line that shows it, if one was given.
    pub line: Option<u32>,
    /// Why.
    pub note: Option<String>,
    /// Who said it.
    pub made_by: String,
}
