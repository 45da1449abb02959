//! A call by the name that a person or a program gives it: a reference, the source's id, or its link.

use crate::gong::CallId;
use crate::model::ids::CallRef;
use crate::store::{Store, StoreError};

/// What a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A stored call. The words of one that is not Gong's may still be missing.
    Stored(CallRef),
    /// A call of Gong's that is not stored, or without its words.
    AtGong {
        /// Gong's id.
        id: CallId,
        /// What to say where Gong cannot be asked.
        missing: NotStored,
    },
}

/// Why a name means no call that could be used now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotStored {
    /// No call has this name.
    #[error("there is no file and no stored call named {0}")]
    Call(String),
    /// It is known, but nothing that was said on it.
    #[error("the words of call {0} are not stored yet")]
    Words(CallId),
}

/// What a name means: the call with its words if both are stored, else where they can be had.
///
/// # Errors
/// [`NotStored`] when nobody has a call of this name, or the database fails.
pub async fn with_words(store: &Store, name: &str) -> anyhow::Result<Meaning> {
    let found = by_name(store, name).await?;
    match (found, name.parse::<CallId>()) {
        (Some(call), Ok(id)) if store.call(call).await?.transcript.is_none() => {
            Ok(Meaning::AtGong { missing: NotStored::Words(id.clone()), id })
        }
        (Some(call), _) => Ok(Meaning::Stored(call)),
        (None, Ok(id)) => Ok(Meaning::AtGong { id, missing: NotStored::Call(name.to_owned()) }),
        (None, Err(_)) => Err(NotStored::Call(name.to_owned()).into()),
    }
}

/// The stored call of this name.
///
/// # Errors
/// [`NotStored`] when there is none, or the database fails.
pub async fn stored(store: &Store, name: &str) -> anyhow::Result<CallRef> {
    by_name(store, name).await?.ok_or_else(|| NotStored::Call(name.to_owned()).into())
}

async fn by_name(store: &Store, name: &str) -> Result<Option<CallRef>, StoreError> {
    if let Ok(call_ref) = name.parse::<CallRef>() {
        return Ok(Some(store.call(call_ref).await?.call_ref));
    }
    let id = name.parse::<CallId>();
    let found = match store.call_by_ext_id(id.as_ref().map_or(name, CallId::as_str)).await? {
        Some(found) => Some(found),
        None => store.call_by_url(name).await?,
    };
    Ok(found.map(|stored| stored.call_ref))
}
