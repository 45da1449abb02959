//! The report on one call, as `analyze --json` prints it. Tables and markdown are made from the same values.
//!
//! Ids are text, times RFC 3339 in UTC, durations end in `_ms` or `_s`, ratios are 0–1, scores 0–100 or `null`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::answers::{AnalystKind, EvidenceCount, Measured, Verdict};
use crate::model::call::CallType;
use crate::model::gong::GongFindings;
use crate::model::objection::{ObjectionStatus, ObjectionType};
use crate::model::party::{Side, SideSource};
use crate::model::scorecard::{Band, DimensionStatus};

/// One call, one coached person.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    /// Version of this format.
    pub schema_version: u32,
    /// The call.
    pub call: CallOut,
    /// The coached person.
    pub rep: RepOut,
    /// Everybody on the call.
    pub participants: Vec<ParticipantOut>,
    /// Why the call was stored but not scored, when that is so.
    pub not_scored: Option<String>,
    /// One sentence: the outcome, the best and the costliest criterion. Put together by code.
    pub verdict: String,
    /// The one thing to do on the next call.
    pub action: Option<ActionOut>,
    /// What was asked of the rep after the call before this one, and whether it was done.
    pub previous_action: Option<PreviousActionOut>,
    /// The role-weighted score.
    pub overall: OverallOut,
    /// The dimensions, largest weight first.
    pub dimensions: Vec<DimensionOut>,
    /// What was measured.
    pub metrics: MetricsOut,
    /// The metrics that have a guideline or are shown to people, in the order to print them.
    pub numbers: Vec<NumberOut>,
    /// What Gong itself says about the call, when it came from there. Nothing is computed from it.
    pub gong: Option<GongFindings>,
    /// The buyer's concerns, in the order in which they were raised.
    pub objections: Vec<ObjectionOut>,
    /// At most five moments: what to keep doing and what to change.
    pub moments: Vec<MomentOut>,
    /// How many quotes the analyst gave and how many of them stand in the transcript.
    pub evidence: EvidenceCount,
    /// Who answered the checks.
    pub analyst: AnalystOut,
    /// The questions that were asked.
    pub rubric: RubricOut,
    /// Whether the answers came from the store, without asking anybody.
    pub cached: bool,
    /// Whether the call's words or the rubric have changed since the answers were given.
    pub stale: bool,
    /// What it cost.
    pub usage: UsageOut,
    /// Things a reader must know: one sentence each.
    pub notes: Vec<String>,
    /// Whether notes and quotes were left out, because all of them were more than an assistant reads at once.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    pub truncated: bool,
}

/// The call of a report.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CallOut {
    /// The source's own id.
    pub id: String,
    /// Short stable reference, such as `c412`, accepted wherever a call is named.
    #[serde(rename = "ref")]
    pub call_ref: String,
    /// `gong` or `file`.
    pub source: String,
    /// What the call was called.
    pub title: Option<String>,
    /// When it began.
    #[schemars(with = "Option<String>")]
    pub started_at: Option<jiff::Timestamp>,
    /// How long it took.
    pub duration_s: Option<f64>,
    /// Where the recording can be opened.
    pub url: Option<String>,
    /// The kind of conversation; `null` means that every check was asked.
    pub call_type: Option<CallType>,
    /// The product it was about.
    pub product: Option<String>,
    /// The customer's company.
    pub account: Option<String>,
    /// The file it was just read from, as typed.
    pub file: Option<String>,
    /// Whether the transcript holds start and end of each utterance.
    pub timed: bool,
}

/// The coached person of a report.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RepOut {
    /// Name as printed.
    pub name: String,
    /// E-mail, where known.
    pub email: Option<String>,
    /// The role whose weights were used.
    pub role: String,
    /// The role's short name as printed: "AE".
    pub role_label: String,
    /// Where the role came from: `flag`, `roster` or `assumed`.
    pub role_source: String,
    /// Why this person was coached: one half-sentence such as "given with --rep".
    pub chosen: String,
}

/// One person on the call.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ParticipantOut {
    /// Name as printed.
    pub name: String,
    /// E-mail, where known.
    pub email: Option<String>,
    /// Whose side they are on.
    pub side: Side,
    /// What told so.
    pub side_source: Option<SideSource>,
    /// Whether they spoke.
    pub spoke: bool,
    /// Their part of the attributed talk (words, where the transcript holds no times), 0–1.
    pub talk_share: Option<f64>,
}

/// Words of the transcript with their place, ready to print.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SpokenOut {
    /// Line number within the transcript.
    pub line: u32,
    /// Start of the sentence that holds the words.
    pub start_ms: Option<i64>,
    /// End of the sentence that holds the words.
    pub end_ms: Option<i64>,
    /// Who said it.
    pub speaker: String,
    /// Whose side they are on.
    pub side: Side,
    /// The transcript's own words.
    pub quote: String,
}

/// The one thing to do on the next call.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ActionOut {
    /// What to do, in one or two sentences.
    pub text: String,
    /// The check it comes from.
    pub check: String,
    /// The dimension of that check.
    pub dimension: String,
    /// The line that shows it, where there is one.
    pub line: Option<u32>,
    /// `change` when something was missed, `keep` when nothing was and the strongest thing is to be repeated.
    pub kind: MomentKind,
    /// The lines that show it, in order.
    pub spoken: Vec<SpokenOut>,
    /// One sentence about these lines; `null` from an analyst that does not explain.
    pub note: Option<String>,
}

/// What was asked of the rep last time.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PreviousActionOut {
    /// What was asked.
    pub text: String,
    /// The check it came from.
    pub check: String,
    /// The call after which it was asked, such as `c410`.
    pub call: String,
    /// Whether it was done on this call; `null` when this analyst cannot tell.
    pub done: Option<bool>,
    /// The line that shows it.
    pub line: Option<u32>,
    /// When that line was said.
    pub start_ms: Option<i64>,
}

/// The score of the whole call.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OverallOut {
    /// 0–100, or `null` when too little of the call could be scored.
    pub score: Option<f64>,
    /// What it would be if every unproven claim held; `null` unless that differs.
    pub up_to: Option<f64>,
    /// Answered ÷ applicable checks.
    pub coverage: Option<f64>,
    /// `scored` or `insufficient`.
    pub status: DimensionStatus,
    /// The band of the score.
    pub band: Option<Band>,
    /// Checks that were answered.
    pub answered: u32,
    /// Checks that apply to this call.
    pub applicable: u32,
    /// Checks that do not.
    pub not_applicable: u32,
    /// Dimensions with a score.
    pub scored_parts: u32,
    /// Dimensions that apply.
    pub applicable_parts: u32,
}

/// One dimension of a report.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DimensionOut {
    /// The rubric's id.
    pub id: String,
    /// The rubric's title, as printed.
    pub title: String,
    /// The role's weight in percent.
    pub weight: f64,
    /// What became of it.
    pub status: DimensionStatus,
    /// Why there is no score, in a few words; `null` when there is one.
    pub reason: Option<String>,
    /// 0–100.
    pub score: Option<f64>,
    /// What it would be if every unproven claim held; `null` unless that differs.
    pub up_to: Option<f64>,
    /// Answered ÷ applicable checks.
    pub coverage: Option<f64>,
    /// The band of the score.
    pub band: Option<Band>,
    /// Checks that were answered.
    pub answered: u32,
    /// Checks that apply to this call.
    pub applicable: u32,
    /// Checks whose claim could not be proven.
    pub unverified: u32,
    /// The criteria, in rubric order.
    pub criteria: Vec<CriterionOut>,
}

/// One criterion of a report.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CriterionOut {
    /// The rubric's id.
    pub id: String,
    /// The rubric's title.
    pub title: String,
    /// Weight within the dimension, in percent.
    pub weight: f64,
    /// 0–100, or `null` when none of its checks is answered.
    pub score: Option<f64>,
    /// How many points of the overall score this criterion lost; `null` without an overall score.
    pub costs: Option<f64>,
    /// The checks, in rubric order.
    pub checks: Vec<CheckOut>,
}

/// One check of a report.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CheckOut {
    /// The rubric's id.
    pub id: String,
    /// The question.
    pub ask: String,
    /// The answer.
    pub verdict: Verdict,
    /// The proof of a `yes` or `partial`; under a `no`, what shows the opposite.
    pub evidence: Vec<SpokenOut>,
    /// Under a `no`: where it should have happened.
    pub chance: Option<SpokenOut>,
    /// Value and guideline of a measured check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<Measured>,
    /// The metric's name and unit, for a measured check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<String>,
    /// One sentence of explanation.
    pub note: Option<String>,
    /// The person who corrected the verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected_by: Option<String>,
}

/// What was measured; unknown is `null`, never 0.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct MetricsOut {
    /// The coached rep's part of the attributed talk, 0–1.
    pub rep_talk_share: Option<f64>,
    /// What that share was computed from: `time` or `words`.
    pub talk_share_of: Option<String>,
    /// The rep's longest stretch of talk, in seconds.
    pub longest_monologue_s: Option<f64>,
    /// The buyer's longest stretch of talk, in seconds.
    pub longest_buyer_story_s: Option<f64>,
    /// Changes of speaker per minute.
    pub switches_per_min: Option<f64>,
    /// Median silence between the buyer's stop and the rep's start, in seconds.
    pub patience_s: Option<f64>,
    /// Questions asked by the rep.
    pub rep_questions: Option<u32>,
    /// Those of them that cannot be answered with yes, no or a single fact.
    pub open_questions: Option<u32>,
    /// Questions asked by the buyer's side.
    pub buyer_questions: Option<u32>,
    /// The rep's questions per hour of call.
    pub questions_per_hour: Option<f64>,
    /// The rep's filler words per minute of their talk. Never scored, never compared.
    pub filler_per_min: Option<f64>,
    /// The rep's words per minute of their talk. Never scored, never compared.
    pub words_per_min: Option<f64>,
    /// How often the rep began while the buyer was still talking.
    pub interruptions: Option<u32>,
    /// Whether a next step with a day was agreed.
    pub next_step_booked: Option<bool>,
    /// The part of the talk that belongs to no known speaker, 0–1.
    pub unattributed_share: Option<f64>,
}

/// One row of the numbers table.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NumberOut {
    /// The label as printed: "Talk share, Roger".
    pub label: String,
    /// The value as printed: "73 %".
    pub value: String,
    /// The guideline as printed: "up to 65 %".
    pub guide: Option<String>,
    /// "over", "under", "within", or `null` without a guideline.
    pub standing: Option<String>,
}

/// One concern of the buyer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ObjectionOut {
    /// Its cause.
    #[serde(rename = "type")]
    pub kind: ObjectionType,
    /// How it ended.
    pub status: ObjectionStatus,
    /// When parked: the date that was named.
    pub parked_until: Option<String>,
    /// 1 (in passing) to 3 (could end the deal).
    pub severity: u8,
    /// Hinted at, not spelt out.
    pub implicit: bool,
    /// The buyer's line.
    pub line: u32,
    /// When it was raised.
    pub start_ms: Option<i64>,
    /// Who raised it.
    pub speaker: String,
    /// The buyer's words.
    pub quote: String,
    /// Later moments in which it came back.
    pub repeats: Vec<SpokenOut>,
    /// The rep's answering line.
    pub response_line: Option<u32>,
    /// The rep's answering words.
    pub response_quote: Option<String>,
    /// When the rep answered.
    pub response_start_ms: Option<i64>,
    /// Who answered.
    pub response_speaker: Option<String>,
}

/// What a moment is shown for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MomentKind {
    /// It went well: keep doing it.
    Keep,
    /// It was missed: do it next time.
    Change,
}

/// A moment of the call worth a look.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MomentOut {
    /// What it is shown for.
    pub kind: MomentKind,
    /// The check it comes from.
    pub check: String,
    /// The dimension of that check.
    pub dimension: String,
    /// The lines, in order.
    pub spoken: Vec<SpokenOut>,
    /// One sentence of ours: what it shows.
    pub why: String,
    /// What the analyst says about it; `null` from one that does not explain.
    pub note: Option<String>,
}

/// Who answered the checks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AnalystOut {
    /// `claude` or `local`.
    pub kind: AnalystKind,
    /// The model's name, or the local analyst's version.
    pub model: String,
    /// The host to which the call's words were sent by this run; `null` when they stayed here.
    pub sent_to: Option<String>,
}

/// The questions that were asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RubricOut {
    /// The dimensions' ids, joined by `+`.
    pub id: String,
    /// The rubric's version; versions joined by `+` where dimensions differ.
    pub version: String,
    /// SHA-256 over all of it, 12 hex digits.
    pub hash: String,
}

/// What a report cost. All zero for the local analyst.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct UsageOut {
    /// Tokens that were read at the full price.
    pub input_tokens: u64,
    /// Tokens that were written.
    pub output_tokens: u64,
    /// Tokens that were read from the prompt cache.
    pub cache_read_tokens: u64,
    /// Tokens that were written to the prompt cache.
    pub cache_write_tokens: u64,
    /// The price in US dollars; `null` for a model whose price is unknown.
    pub cost_usd: Option<f64>,
    /// Requests made.
    pub requests: u32,
    /// The service's ids of the requests that were answered.
    pub request_ids: Vec<String>,
}
