//! What is asked of the services before a server says that it is ready.

use std::sync::Arc;

use jiff::Timestamp;

use super::Gong;
use crate::analyze::claude::Claude;
use crate::claude::ClaudeError;
use crate::gong::{GongError, Request, Workspaces};
use crate::store::Store;
use crate::sync::{Requests, SyncError};

/// Asks Gong for something small.
///
/// # Errors
/// When Gong does not take the key, or cannot be asked.
pub async fn gong(gong: &Gong, store: &Store, now: Timestamp) -> Result<(), SyncError> {
    let requests = Arc::new(Requests::new(gong.client.clone(), store.clone(), gong.allowance, now));
    match requests.ask::<Workspaces>(&Request::workspaces()).await {
        // The key is known; that it may not list workspaces does not hinder fetching calls.
        Ok(_) | Err(SyncError::Gong(GongError::MissingScope { .. })) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Asks Claude's service about the model, which costs nothing.
///
/// # Errors
/// When the service does not take the key, does not know the model, or cannot be asked.
pub async fn claude(claude: &Claude, is_own_address: bool) -> Result<(), ClaudeError> {
    match claude.client.about(&claude.model.name).await {
        Ok(_) => Ok(()),
        // Another server that speaks the API need not have this part of it.
        Err(ClaudeError::Rejected { status: 404, .. } | ClaudeError::BadReply { .. }) if is_own_address => Ok(()),
        Err(error) => Err(error),
    }
}
