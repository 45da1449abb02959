//! One call, by the id that a person gave.

use std::collections::HashMap;

use super::keep::{Heard, Keeper, Kept};
use super::{Options, Place, SyncError, read};
use crate::gong::{CallId, Calls, Request};
use crate::model::ids::CallRef;
use crate::store::PendingCall;

/// Fetches a call and its words, in two requests.
///
/// # Errors
/// When Gong does not have it, has not transcribed it yet or shows it to some people only, or Gong or the database
/// fails.
pub async fn fetch(place: &Place<'_>, options: &Options, id: &CallId) -> Result<CallRef, SyncError> {
    let ids = [id.as_str().to_owned()];
    let keeper = Keeper {
        store: place.store,
        now: place.now,
        include_private: options.include_private,
        rules: &options.rules,
        addresses: HashMap::new(),
    };
    let reply: Calls = place.requests.ask(&Request::calls_by_id(&ids)).await?;
    let facts = reply.calls.entries.iter().find(|facts| facts.id() == Some(id.as_str()));
    let facts = facts.ok_or_else(|| SyncError::NoSuchCall(id.clone()))?;
    let known = place.store.known_gong_calls(&[id.as_str()]).await?;
    match keeper.facts(facts, known.get(id.as_str())).await? {
        Kept::Private => return Err(SyncError::Private(id.clone())),
        Kept::Forgotten => return Err(crate::store::StoreError::Forgotten.into()),
        Kept::Stored { .. } | Kept::Unchanged | Kept::Nameless => {}
    }
    let known = place.store.known_gong_calls(&[id.as_str()]).await?;
    let known = known.get(id.as_str()).ok_or_else(|| SyncError::NoSuchCall(id.clone()))?;
    let words = read::words(place.requests, &ids).await?;
    let since = known.pending_since.unwrap_or(place.now);
    let pending = PendingCall { call_ref: known.call_ref, ext_id: id.as_str().to_owned(), since };
    let words = words.into_iter().find(|words| words.call_id.as_deref() == Some(id.as_str()));
    match keeper.words(&pending, words).await? {
        Heard::Words { .. } => Ok(known.call_ref),
        Heard::Pending | Heard::GaveUp | Heard::Refused => Err(SyncError::NotReady(id.clone())),
    }
}
