//! What is known of a rep over time, as it is printed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::numbers::{Change, Gap};
use super::series::Trend;
use super::spoken::Spoken;
use crate::model::answers::AnalystKind;
use crate::model::call::CallType;
use crate::model::objection::ObjectionType;
use crate::store::CallCounts;

/// How many calls there are, and why some do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, schemars::JsonSchema)]
pub struct Counted {
    /// In the period.
    pub calls: u64,
    /// With an overall score that counts here.
    pub scored: u64,
    /// Without a transcript.
    pub without_transcript: u64,
    /// With one, but without an overall score.
    pub unscored: u64,
    /// Those of them that were analysed, with too little to say for an overall score.
    pub insufficient: u64,
    /// Scored by another kind of analyst, and left out.
    pub other_analyst: u64,
    /// Without a date, in no period.
    pub undated: u64,
    /// Verdicts on the calls that count that a person corrected.
    pub corrected: u64,
}

impl Counted {
    /// `scored` calls count here; `left_out` ones were scored by another kind of analyst.
    pub(super) fn new(counts: CallCounts, undated: u64, scored: usize, left_out: usize) -> Self {
        Counted {
            calls: counts.calls,
            scored: scored as u64,
            without_transcript: counts.without_words,
            unscored: counts.calls.saturating_sub(counts.scored + counts.without_words),
            insufficient: counts.analysed.saturating_sub(counts.scored),
            other_analyst: left_out as u64,
            undated,
            corrected: 0,
        }
    }
}

/// A concern of one type over all calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct ObjectionCount {
    /// The type.
    #[serde(rename = "type")]
    pub kind: ObjectionType,
    /// How often it was raised.
    pub raised: u64,
    /// How often the buyer was content.
    pub settled: u64,
    /// How often somebody took it on.
    pub parked: u64,
    /// How often it stayed open.
    pub open: u64,
    /// How often the rep's answer began with a question.
    pub asked_first: u64,
    /// Of those, how many were settled.
    pub settled_when_asked_first: u64,
}

/// A value of this rep beside the team's.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct NumberLine {
    /// The metric's name.
    pub metric: &'static str,
    /// The rep's mean.
    pub value: f64,
    /// Of how many calls.
    pub n: u64,
    /// The median of the others' calls of this kind; `null` under five.
    pub team_median: Option<f64>,
    /// Of how many calls.
    pub team_n: u64,
    /// Lowest good value.
    pub min: Option<f64>,
    /// Highest good value.
    pub max: Option<f64>,
}

/// The measures of the kind of call that the rep had most of.
#[derive(Debug, Clone, PartialEq, Default, Serialize, schemars::JsonSchema)]
pub struct Numbers {
    /// The kind; `null` is unknown.
    pub call_type: Option<CallType>,
    /// How many calls of it.
    pub calls: u64,
    /// The values.
    pub lines: Vec<NumberLine>,
}

/// A call to be proud of.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Win {
    /// The call.
    pub call: String,
    /// Its title, or with whom it was.
    pub title: String,
    /// When it began.
    #[schemars(with = "Option<String>")]
    pub started_at: Option<Timestamp>,
    /// The overall score.
    pub score: f64,
    /// What went well, in words.
    pub why: Option<String>,
    /// The moment that shows it.
    pub moment: Option<Spoken>,
}

/// The one thing to work on.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct FocusOut {
    /// The check.
    pub check: String,
    /// Its dimension.
    pub dimension: String,
    /// Its criterion.
    pub criterion: String,
    /// What to do.
    pub text: String,
    /// On how many calls it was done.
    pub done: u64,
    /// On how many more it was done in part.
    pub partly: u64,
    /// On how many it applied.
    pub asked: u64,
    /// What the criterion costs a call on average, in points of the overall score; 0 where its dimension has no score.
    pub loss: f64,
    /// The moments that show it.
    pub moments: Vec<Spoken>,
}

/// The focus of the period before, and whether it is being done.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct LastFocus {
    /// The check.
    pub check: String,
    /// What was to be done.
    pub text: String,
    /// How often it was done before …
    pub done_before: u64,
    /// … of so many calls.
    pub asked_before: u64,
    /// How often it is done now …
    pub done: u64,
    /// … of so many calls.
    pub asked: u64,
}

/// A call in the strip of marks.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Mark {
    /// The call.
    pub call: String,
    /// When it began.
    #[schemars(with = "Option<String>")]
    pub started_at: Option<Timestamp>,
    /// Its scores by dimension, `overall` included; `null` has none.
    pub scores: BTreeMap<String, Option<f64>>,
}

/// A rep over time.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct RepInsights {
    /// How many calls.
    pub counted: Counted,
    /// The role as which they are compared.
    pub role: String,
    /// Its short name.
    pub role_label: String,
    /// The kind of analyst whose scores these are; `null` without any.
    pub analyst: Option<AnalystKind>,
    /// The models that answered.
    pub models: Vec<String>,
    /// The rubrics' versions.
    pub rubrics: Vec<String>,
    /// The scores of each call, oldest first.
    pub marks: Vec<Mark>,
    /// The scores by week.
    pub trends: Vec<Trend>,
    /// The last half against the first.
    pub changes: Vec<Change>,
    /// The rep against their peers.
    pub gaps: Vec<Gap>,
    /// Why there is no comparison with peers.
    pub no_peers: Option<String>,
    /// What buyers were concerned about, most frequent first.
    pub objections: Vec<ObjectionCount>,
    /// What was measured.
    pub numbers: Numbers,
    /// The one thing to work on.
    pub focus: Option<FocusOut>,
    /// The check that was asked for as focus and answered on none of the calls, so that another one is shown.
    pub focus_unknown: Option<String>,
    /// The one thing of the period before.
    pub last_focus: Option<LastFocus>,
    /// Calls to be proud of, newest first.
    pub wins: Vec<Win>,
}
