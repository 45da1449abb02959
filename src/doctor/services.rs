//! The cheapest harmless question to each service. `doctor --live`, `init` and the servers before they start ask the
//! same.

use std::time::Duration;

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use super::{Examination, Verdict};
use crate::claude::models::DEFAULT_MODEL;
use crate::claude::{Access, ClaudeError, Client as ClaudeClient, ModelInfo, RetryPolicy};
use crate::config::{ClaudeSettings, GongSettings};
use crate::gong::{Client as GongClient, GongError, Request, Workspaces};

/// Why a service was not asked.
pub(super) const NOT_LIVE: &str = "asked only with --live";
/// Signatures and windows of time bear this much.
const SKEW_S: i64 = 120;
/// A reply of some lines takes no longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What shows whether Gong takes the key.
pub fn gong_question() -> Request {
    Request::workspaces()
}

/// Whether the reply to [`gong_question`] says so. That a known key may not list workspaces does not hinder fetching
/// calls.
///
/// # Errors
/// When Gong does not take the key, or cannot be asked.
pub fn gong_knows_us(reply: Result<Workspaces, GongError>) -> Result<(), GongError> {
    match reply {
        Ok(_) | Err(GongError::MissingScope { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Asks Gong once whether it takes the key of these settings.
///
/// # Errors
/// As [`gong_knows_us`].
pub async fn try_gong(settings: &GongSettings) -> Result<(), GongError> {
    match GongClient::of(settings)? {
        Some(client) => gong_knows_us(ask_gong(&client, &gong_question()).await),
        None => Err(GongError::Incomplete("GONG_API_KEY")),
    }
}

/// Asks Gong once and does not wait for long: what passes by itself is no fault of the set-up.
pub(super) async fn ask_gong<T: DeserializeOwned + Default>(
    client: &GongClient,
    request: &Request,
) -> Result<T, GongError> {
    let too_late = |_| {
        let reason = format!("no answer within {} seconds", PATIENCE.as_secs());
        Err(GongError::Unreachable { host: client.address().host(), reason })
    };
    tokio::time::timeout(PATIENCE, client.send(request)).await.unwrap_or_else(too_late)
}

/// The connection to Claude that the settings describe, which asks once and does not wait for long.
///
/// # Errors
/// When the address, a header or the key cannot be used.
pub(super) fn claude_client(settings: &ClaudeSettings) -> Result<ClaudeClient, ClaudeError> {
    let access = Access::of(settings);
    ClaudeClient::new(Access { retry: RetryPolicy::new(0), timeout: access.timeout.min(PATIENCE), ..access })
}

/// The model that the settings name.
pub(super) fn model_name(settings: &ClaudeSettings) -> &str {
    settings.model.value.as_deref().unwrap_or(DEFAULT_MODEL)
}

/// Asks Claude's service once whether it takes the key of these settings.
///
/// # Errors
/// As [`claude`].
pub async fn try_claude(settings: &ClaudeSettings) -> Result<(), ClaudeError> {
    claude(&claude_client(settings)?, model_name(settings), settings.base_url.is_some()).await.map(drop)
}

/// Asks Claude's service about the model, which costs nothing; `None` when it does not say anything about models.
///
/// # Errors
/// When the service does not take the key, does not know the model, or cannot be asked.
pub async fn claude(
    client: &ClaudeClient,
    model: &str,
    is_own_address: bool,
) -> Result<Option<ModelInfo>, ClaudeError> {
    match client.about(model).await {
        Ok(about) => Ok(Some(about)),
        // Another server that speaks the API need not have this part of it.
        Err(ClaudeError::Rejected { status: 404, .. } | ClaudeError::BadReply { .. }) if is_own_address => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a model with this lifecycle will soon be gone.
pub(super) fn is_ending(stage: &str) -> bool {
    let stage = stage.to_lowercase();
    ["deprecat", "retir", "sunset"].iter().any(|end| stage.contains(end))
}

/// Compares the clock of this machine with that of whichever service is set up. It is asked without a key, because a
/// wrong clock may be the reason why one is refused.
pub(super) async fn clock(examination: &Examination<'_>) -> Option<Verdict> {
    if !examination.place.live {
        return Some(Verdict::skip(NOT_LIVE));
    }
    let claude = examination.claude.as_ref().map(ClaudeClient::address);
    let Some(address) = claude.or_else(|| Some(examination.gong.as_ref()?.address().to_string())) else {
        return Some(Verdict::skip("no service is set up whose clock could be asked for"));
    };
    let Some(theirs) = their_time(&address).await else {
        return Some(Verdict::skip(format!("{address} does not tell the time")));
    };
    let seconds = examination.place.now.duration_since(theirs).as_secs();
    Some(match seconds.abs() > SKEW_S {
        false => Verdict::ok("as the services have it"),
        true => Verdict::warn(
            format!("this machine's clock is {} s {}", seconds.abs(), if seconds > 0 { "ahead" } else { "behind" }),
            "keys may be refused, and the newest calls missed or dated wrongly",
            "timedatectl set-ntp true, or what sets the clock on your system",
        ),
    })
}

/// The `Date` of a reply; its status does not matter.
async fn their_time(address: &str) -> Option<Timestamp> {
    let client =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE).build().ok()?;
    let reply = client.head(address).send().await.ok()?;
    let date = reply.headers().get(reqwest::header::DATE)?.to_str().ok()?;
    Some(jiff::fmt::rfc2822::parse(date).ok()?.timestamp())
}
