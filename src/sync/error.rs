//! Why calls did not come.

use crate::gong::{CallId, GongError};
use crate::store::StoreError;

/// Why a sync, or the fetching of one call, ended early. What had come is stored.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// Gong.
    #[error(transparent)]
    Gong(#[from] GongError),

    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),

    /// Gong asks for a longer wait than anybody at a terminal has.
    #[error("Gong allows no more requests for the next {0} seconds (429)")]
    Wait(u64),

    /// Our own limit.
    #[error("today's {0} requests to Gong are used up; they count anew at midnight UTC")]
    BudgetUsedUp(u32),

    /// A list that does not end.
    #[error("Gong's list of calls does not end: it names the same page again and again")]
    Endless,

    /// A window that is none.
    #[error("there is no time between {from} and {to}")]
    EmptyWindow {
        /// Its first moment.
        from: jiff::Timestamp,
        /// The first moment behind it.
        to: jiff::Timestamp,
    },

    /// No workspace has this name.
    #[error("Gong has no workspace `{name}`")]
    NoSuchWorkspace {
        /// As typed.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },

    /// Gong does not know the call.
    #[error("Gong has no call {0}, or this key may not see it")]
    NoSuchCall(CallId),

    /// The call is shown to some people only.
    #[error("call {0} is private in Gong, and private calls are left out unless asked for")]
    Private(CallId),

    /// The call's words are not there yet.
    #[error("call {0} is not ready: Gong has not transcribed it yet")]
    NotReady(CallId),

    /// A task of ours broke down.
    #[error("a part of the sync broke down")]
    Broken,
}
