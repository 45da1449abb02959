//! Moments with who speaks.

use jiff::Timestamp;
use serde::Serialize;

use super::series::PastCall;
use crate::model::answers::Evidence;
use crate::model::call::label;
use crate::model::party::{Side, UNKNOWN_SPEAKER};
use crate::store::{History, StoreError, TranscriptId};

/// Words of a call, where they were said and by whom.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Spoken {
    /// The call.
    pub call: String,
    /// Its title, or with whom it was.
    pub title: String,
    /// Where its recording is opened.
    pub url: Option<String>,
    /// When it began.
    #[schemars(with = "Option<String>")]
    pub started_at: Option<Timestamp>,
    /// The line.
    pub line: u32,
    /// When in the call.
    pub start_ms: Option<i64>,
    /// Who says it.
    pub speaker: String,
    /// On which side they are.
    pub side: Side,
    /// The words.
    pub quote: String,
    /// Whether it shows how it is done well.
    pub done: bool,
}

pub(super) async fn spoken(
    history: &mut History,
    past: &PastCall,
    transcript: Option<TranscriptId>,
    evidence: &Evidence,
    done: bool,
) -> Result<Spoken, StoreError> {
    let speaker = match transcript {
        Some(transcript) => history.speaker(transcript, evidence.line).await?,
        None => None,
    };
    let (side, speaker) = speaker.unwrap_or_else(|| (Side::Unknown, UNKNOWN_SPEAKER.to_owned()));
    Ok(Spoken {
        call: past.call.to_string(),
        title: title(history, past).await?,
        url: past.url.clone(),
        started_at: past.started_at,
        line: evidence.line,
        start_ms: evidence.start_ms,
        speaker,
        side,
        quote: evidence.quote.clone(),
        done,
    })
}

/// What to call a call.
pub(super) async fn title(history: &mut History, past: &PastCall) -> Result<String, StoreError> {
    let others = if past.title.is_none() { history.others(past.call).await? } else { Vec::new() };
    Ok(label(past.title.as_deref(), &others))
}
