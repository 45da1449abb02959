//! What a run would ask for.

use serde::Serialize;

use super::window::Window;
use super::{Options, Place, SyncError, read};
use crate::gong::{Calls, IDS_A_REQUEST, PAGE, Request};

/// What a run would ask for and cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// Calls that began from then on.
    pub from: jiff::Timestamp,
    /// And before then.
    pub to: jiff::Timestamp,
    /// Whether an interrupted run would be gone on with.
    pub resumed: bool,
    /// Where the run after it would go on, when the window is too long for one.
    pub rest_from: Option<jiff::Timestamp>,
    /// Calls in the window; `None` when Gong does not count them.
    pub calls: Option<u64>,
    /// Requests for the list of calls.
    pub page_requests: u64,
    /// Requests for words, at most.
    pub transcript_requests: u64,
    /// Requests for the company's users.
    pub user_requests: u64,
    /// Requests that may be sent today still.
    pub requests_left: u32,
}

/// Asks Gong once, for the number of calls in the window, and stores nothing.
///
/// # Errors
/// When Gong or the database fails.
pub async fn plan(place: &Place<'_>, options: &Options) -> Result<Plan, SyncError> {
    let workspace = read::workspace(place.requests, options.workspace.as_deref()).await?;
    let key = workspace.clone().unwrap_or_default();
    let window = Window::choose(options.asked, place.store.sync_state(&key).await?, place.now, options.reach)?;
    let period = window.period;
    let reply: Calls = place.requests.ask(&Request::calls(period, workspace.as_deref())).await?;
    let listed = reply.calls.entries.len() as u64;
    let calls = reply.records.and_then(|records| records.total_records).or(Some(listed).filter(|n| *n < PAGE as u64));
    let stored = place.store.count_with_words(period.from, period.to, &key).await?;
    let pending = place.store.pending_gong_calls().await?.len() as u64;
    // A call that waits for its words may lie in the window too; then this counts it twice.
    let lacking = calls.unwrap_or(listed).saturating_sub(stored) + pending;
    Ok(Plan {
        from: period.from,
        to: period.to,
        resumed: window.resumed,
        rest_from: window.rest,
        calls,
        page_requests: calls.unwrap_or(listed).div_ceil(PAGE as u64).max(1),
        transcript_requests: lacking.div_ceil(IDS_A_REQUEST as u64),
        user_requests: 1,
        requests_left: place.requests.left_today().await?,
    })
}
