//! What is asked of Gong during a run.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::mpsc::{Receiver, Sender};

use super::window::Order;
use super::{Requests, SyncError};
use crate::gong::{Calls, GongError, Period, Records, Request, Transcripts, Users, Workspaces};
use crate::store::PendingCall;
use crate::transcript::gong::{CallFacts, CallWords};

/// An expired cursor is replaced this often without getting any further.
const MAX_STANDSTILLS: u32 = 3;

/// A page of calls.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) calls: Vec<CallFacts>,
    /// Entries that could not be read.
    pub(super) unreadable: usize,
    /// Calls on all pages, where Gong says so.
    pub(super) total: Option<u64>,
    /// Everything before this is stored once the page is.
    pub(super) done_to: jiff::Timestamp,
}

/// The words of a batch of calls.
#[derive(Debug)]
pub(super) struct Batch {
    /// The calls that were asked for.
    pub(super) wanted: Vec<PendingCall>,
    /// The words that came.
    pub(super) words: Vec<CallWords>,
}

/// Reads the calls of a period, page by page.
pub(super) async fn pages(
    requests: Arc<Requests>,
    period: Period,
    workspace: Option<String>,
    out: Sender<Page>,
) -> Result<(), SyncError> {
    let first = |from| Request::calls(Period { from, ..period }, workspace.as_deref());
    let mut order = Order::from(period.from);
    let mut list = first(period.from);
    let mut cursor: Option<String> = None;
    let mut standstills = 0;
    let mut expired_at = None;
    loop {
        let request = cursor.as_ref().map_or_else(|| list.clone(), |cursor| list.at(cursor));
        let page: Calls = match requests.ask(&request).await {
            Err(SyncError::Gong(GongError::CursorExpired)) if cursor.is_some() => {
                let from = order.done();
                standstills = if expired_at.replace(from) == Some(from) { standstills + 1 } else { 0 };
                if standstills >= MAX_STANDSTILLS {
                    return Err(SyncError::Endless);
                }
                (list, cursor) = (first(from), None);
                continue;
            }
            other => other?,
        };
        let next = Records::next(page.records.as_ref()).map(str::to_owned);
        if next.is_some() && next == cursor {
            return Err(SyncError::Endless);
        }
        let done_to = order.after(&page.calls.entries);
        let total = page.records.and_then(|records| records.total_records);
        let page = Page { calls: page.calls.entries, unreadable: page.calls.unreadable, total, done_to };
        if out.send(page).await.is_err() || next.is_none() {
            // Nobody listens only when the run has ended.
            return Ok(());
        }
        cursor = next;
    }
}

/// Reads the words of one batch after the other.
pub(super) async fn batches(
    requests: Arc<Requests>,
    mut wanted: Receiver<Vec<PendingCall>>,
    out: Sender<Batch>,
) -> Result<(), SyncError> {
    while let Some(wanted) = wanted.recv().await {
        let ids: Vec<String> = wanted.iter().map(|call| call.ext_id.clone()).collect();
        let words = words(&requests, &ids).await?;
        if out.send(Batch { wanted, words }).await.is_err() {
            break;
        }
    }
    Ok(())
}

/// The words of at most a hundred calls. What cannot be read counts as not there yet.
pub(super) async fn words(requests: &Requests, ids: &[String]) -> Result<Vec<CallWords>, SyncError> {
    let list = Request::transcripts(ids);
    let mut words = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let request = cursor.as_ref().map_or_else(|| list.clone(), |cursor| list.at(cursor));
        let page: Transcripts = requests.ask(&request).await?;
        words.extend(page.call_transcripts.entries);
        let next = Records::next(page.records.as_ref()).map(str::to_owned);
        if next.is_none() || next == cursor || words.len() >= ids.len() {
            return Ok(words);
        }
        cursor = next;
    }
}

/// For each other address of a user the one that they have now, in lower case. Empty for a key that may not see users:
/// then a person with two addresses is two.
pub(super) async fn addresses(requests: &Requests) -> Result<HashMap<String, String>, SyncError> {
    let mut addresses = HashMap::new();
    let mut cursor: Option<String> = None;
    loop {
        let request = cursor.as_ref().map_or_else(Request::users, |cursor| Request::users().at(cursor));
        let page: Users = match requests.ask(&request).await {
            Err(SyncError::Gong(GongError::MissingScope { scope })) => {
                tracing::info!(scope, "gong: users are not read");
                return Ok(addresses);
            }
            other => other?,
        };
        for user in page.users.unwrap_or_default() {
            let lower = |address: String| address.trim().to_lowercase();
            let Some(now) = user.email_address.map(lower).filter(|now| !now.is_empty()) else { continue };
            for other in user.email_aliases.unwrap_or_default().into_iter().map(lower) {
                if !other.is_empty() && other != now {
                    addresses.insert(other, now.clone());
                }
            }
        }
        let next = Records::next(page.records.as_ref()).map(str::to_owned);
        if next.is_none() || next == cursor {
            return Ok(addresses);
        }
        cursor = next;
    }
}

/// The id of a workspace that was given by id or name.
pub(super) async fn workspace(requests: &Requests, given: Option<&str>) -> Result<Option<String>, SyncError> {
    let Some(given) = given.map(str::trim) else { return Ok(None) };
    if !given.is_empty() && given.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Some(given.to_owned()));
    }
    let reply: Workspaces = requests.ask(&Request::workspaces()).await?;
    let all = reply.workspaces.unwrap_or_default();
    let is_it = |name: &Option<String>| name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(given));
    let found = all.iter().find(|workspace| is_it(&workspace.name)).and_then(|workspace| workspace.id.clone());
    found.map(Some).ok_or_else(|| SyncError::NoSuchWorkspace {
        name: given.to_owned(),
        known: all.into_iter().filter_map(|workspace| workspace.name).collect(),
    })
}
