//! What `search` finds.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::SCHEMA_VERSION;
use crate::dates::Range;
use crate::model::call::{CallType, label};
use crate::model::party::Side;
use crate::store::{FoundCall, FoundCalls, FoundLine, FoundObjection, FoundScore, Page};

/// A range of time as it was understood.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct RangeOut {
    /// Where it begins; `null` is the beginning of time.
    #[schemars(with = "Option<String>")]
    pub from: Option<Timestamp>,
    /// Where it ends, which does not belong to it; `null` is without an end.
    #[schemars(with = "Option<String>")]
    pub to: Option<Timestamp>,
    /// The zone whose days were counted.
    pub time_zone: String,
}

impl RangeOut {
    /// The range with its zone.
    pub fn new(range: Range, time_zone: &str) -> Self {
        RangeOut { from: range.from, to: range.to, time_zone: time_zone.to_owned() }
    }
}

/// One page of found calls.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct SearchOut {
    /// Version of this object.
    pub schema_version: u32,
    /// How many were found, on all pages.
    pub total: u64,
    /// At most this many are on a page.
    pub limit: usize,
    /// This many stand on pages before.
    pub offset: usize,
    /// Whether there are more after those of this page.
    pub truncated: bool,
    /// When they began.
    pub range: RangeOut,
    /// The calls of this page.
    pub calls: Vec<FoundCallOut>,
}

impl SearchOut {
    /// Leaves out the last calls until the rest fits into so many bytes of JSON; at least one stays.
    pub fn fit(&mut self, bytes: usize) {
        let mut room = bytes;
        let size = |call: &FoundCallOut| serde_json::to_string(call).map_or(0, |text| text.len());
        let fitting = self.calls.iter().take_while(|call| {
            let size = size(call);
            let fits = size <= room;
            room = room.saturating_sub(size);
            fits
        });
        let fitting = fitting.count().max(1);
        self.truncated |= fitting < self.calls.len();
        self.calls.truncate(fitting);
    }
}

/// A found call.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct FoundCallOut {
    /// Its id at the source.
    pub id: String,
    /// Its short reference.
    #[serde(rename = "ref")]
    pub call_ref: String,
    /// Its title.
    pub title: Option<String>,
    /// When it began.
    #[schemars(with = "Option<String>")]
    pub started_at: Option<Timestamp>,
    /// Its length in seconds.
    pub duration_s: Option<f64>,
    /// Its kind.
    pub call_type: Option<CallType>,
    /// The product it was about.
    pub product: Option<String>,
    /// The customer's company.
    pub account: Option<String>,
    /// Where its recording is opened.
    pub url: Option<String>,
    /// Whether its words are stored.
    pub has_transcript: bool,
    /// Our people on it.
    pub reps: Vec<String>,
    /// The buyer's people on it.
    pub buyers: Vec<String>,
    /// People of whom it is not known whose they are.
    pub others: Vec<String>,
    /// The overall score of the coached rep; of several the highest.
    pub overall_score: Option<f64>,
    /// The score of every coached rep.
    pub scores: Vec<FoundScoreOut>,
    /// The concerns that were raised.
    pub objections: Vec<FoundObjection>,
    /// The lines that hold what was looked for, at most ten.
    pub matches: Vec<FoundLine>,
}

impl FoundCallOut {
    /// What to call it in a list.
    pub fn label(&self) -> String {
        let others = if self.buyers.is_empty() { &self.others } else { &self.buyers };
        label(self.title.as_deref(), others)
    }
}

/// A coached rep's score.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct FoundScoreOut {
    /// Who.
    pub rep: String,
    /// Their e-mail.
    pub email: Option<String>,
    /// The overall score.
    pub overall: Option<f64>,
    /// The score of the dimension that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dimension: Option<f64>,
    /// The score of every dimension.
    pub dimensions: BTreeMap<String, Option<f64>>,
    /// How many verdicts a person corrected.
    pub corrected: u64,
}

/// The public form of what was found.
pub fn search(found: FoundCalls, page: Page, range: RangeOut) -> SearchOut {
    SearchOut {
        schema_version: SCHEMA_VERSION,
        total: found.total,
        limit: page.limit,
        offset: page.offset,
        truncated: (page.offset.saturating_add(found.calls.len()) as u64) < found.total,
        range,
        calls: found.calls.into_iter().map(found_call).collect(),
    }
}

fn found_call(call: FoundCall) -> FoundCallOut {
    let of = |wanted: Side| -> Vec<String> {
        call.people.iter().filter(|(side, _)| *side == wanted).map(|(_, name)| name.clone()).collect()
    };
    FoundCallOut {
        reps: of(Side::Rep),
        buyers: of(Side::Buyer),
        others: of(Side::Unknown),
        overall_score: call.scores.iter().filter_map(|score| score.overall).max_by(f64::total_cmp),
        id: call.ext_id,
        call_ref: call.call_ref.to_string(),
        title: call.title,
        started_at: call.started_at,
        duration_s: call.duration_ms.map(|ms| ms as f64 / 1_000.0),
        call_type: call.call_type,
        product: call.product,
        account: call.account,
        url: call.url,
        has_transcript: call.has_words,
        scores: call.scores.into_iter().map(found_score).collect(),
        objections: call.objections,
        matches: call.matches,
    }
}

fn found_score(score: FoundScore) -> FoundScoreOut {
    FoundScoreOut {
        rep: score.name,
        email: score.email,
        overall: score.overall,
        dimension: score.dimension,
        dimensions: score.dimensions,
        corrected: score.corrected,
    }
}
