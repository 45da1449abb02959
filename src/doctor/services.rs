//! The cheapest harmless question to each service. `doctor --live`, `init` and the servers before they start ask the
//! same.

use std::time::Duration;

use jiff::Timestamp;

use super::{Examination, Verdict};
use crate::claude::{ClaudeError, Client as ClaudeClient, ModelInfo};
use crate::gong::{GongError, Request, Workspaces};

/// Why a service was not asked.
pub(super) const NOT_LIVE: &str = "asked only with --live";
/// Signatures and windows of time bear this much.
const SKEW_S: i64 = 120;
const PATIENCE: Duration = Duration::from_secs(15);

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
    let claude = examination.claude.as_ref().map(|client| client.address().to_owned());
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
