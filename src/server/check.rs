//! What is asked of the services before a server says that it is ready.

use std::sync::Arc;

use jiff::Timestamp;

use super::Gong;
use crate::analyze::claude::Claude;
use crate::claude::ClaudeError;
use crate::doctor::services;
use crate::store::Store;
use crate::sync::{Requests, SyncError};

/// Asks Gong for something small.
///
/// # Errors
/// When Gong does not take the key, or cannot be asked.
pub async fn gong(gong: &Gong, store: &Store, now: Timestamp) -> Result<(), SyncError> {
    let requests = Arc::new(Requests::new(gong.client.clone(), store.clone(), gong.allowance, now));
    match requests.ask(&services::gong_question()).await {
        Ok(workspaces) => Ok(services::gong_knows_us(Ok(workspaces))?),
        Err(SyncError::Gong(error)) => Ok(services::gong_knows_us(Err(error))?),
        Err(error) => Err(error),
    }
}

/// Asks Claude's service about the model, which costs nothing.
///
/// # Errors
/// When the service does not take the key, does not know the model, or cannot be asked.
pub async fn claude(claude: &Claude, is_own_address: bool) -> Result<(), ClaudeError> {
    services::claude(&claude.client, &claude.model.name, is_own_address).await.map(drop)
}
