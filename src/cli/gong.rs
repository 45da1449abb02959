//! Gong as the settings have it, and what a person is told when it does not answer.

use std::sync::Arc;
use std::time::Duration;

use super::app::App;
use super::error::{self, CliError, Kind};
use crate::gong::{Client, GongError};
use crate::store::Store;
use crate::sync::{Allowance, Asked, Options, Place, Reach, Requests, SyncError};

/// What to do without a key.
pub(super) const NO_KEY: &str = "To fetch calls from Gong set GONG_API_KEY and GONG_API_SECRET.";
/// Where it says which address counts.
const WHERE_FROM: &str = "See where GONG_API_BASE_URL comes from: call-coach config show";
/// The wait before a request is repeated for the first time.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

impl App<'_> {
    /// Gong's API; `None` without a key.
    pub(super) fn gong(&self, store: &Store) -> Result<Option<Arc<Requests>>, CliError> {
        let access = self.gong_access()?;
        let requests = |(client, allowance)| Arc::new(Requests::new(client, store.clone(), allowance, self.now));
        Ok(access.map(requests))
    }

    /// The connection to Gong's API and how much may be asked of it; `None` without a key.
    pub(super) fn gong_access(&self) -> Result<Option<(Client, Allowance)>, CliError> {
        let settings = &self.settings.gong;
        let Some(client) = Client::of(settings)? else { return Ok(None) };
        self.check_keys(&["gong_api_key", "gong_api_secret", "gong_access_token"])?;
        let (a_day, retries) = (settings.requests_per_day, settings.retries);
        Ok(Some((client, Allowance { a_day, retries, first_pause: FIRST_PAUSE })))
    }

    /// What a sync works with.
    pub(super) fn place<'a>(&self, store: &'a Store, requests: &'a Arc<Requests>) -> Place<'a> {
        Place { store, requests, now: self.now }
    }

    /// A sync as the settings have it.
    pub(super) fn sync_options(&self) -> Options {
        let settings = &self.settings.gong;
        Options {
            asked: Asked::default(),
            workspace: None,
            include_private: false,
            reach: Reach { window_days: settings.window_days, look_back_days: settings.look_back_days },
            rules: self.settings.rules.clone(),
        }
    }
}

/// The exit code of a sync that ended early, and what to type.
pub(super) fn classify(error: &SyncError) -> (Kind, Option<String>) {
    let hint = |text: &str| Some(text.to_owned());
    match error {
        SyncError::Gong(error) => classify_gong(error),
        SyncError::Store(error) => error::store(error),
        SyncError::Wait(_) => (Kind::Service, hint("What has come is stored; the next sync goes on from there.")),
        SyncError::BudgetUsedUp(_) => {
            let text =
                "What has come is stored. If Gong allows your company more, raise CALL_COACH_GONG_REQUESTS_PER_DAY.";
            (Kind::Service, hint(text))
        }
        SyncError::Endless => (Kind::Service, None),
        SyncError::EmptyWindow { .. } => (Kind::Usage, hint("--from must lie before --to and before now.")),
        SyncError::NoSuchWorkspace { known, .. } if known.is_empty() => (Kind::NotFound, None),
        SyncError::NoSuchWorkspace { known, .. } => (Kind::NotFound, Some(format!("There are: {}", known.join(" · ")))),
        SyncError::NoSuchCall(_) => {
            (Kind::NotFound, hint("Is the link complete, and of the company whose key this is?"))
        }
        SyncError::Private(_) => (
            Kind::NotFound,
            hint("To store the private calls of its day too: call-coach sync --include-private --from … --to …"),
        ),
        SyncError::NotReady(_) => (Kind::NotFound, hint("Try again in some minutes; a sync asks for it too.")),
        SyncError::Broken => (Kind::Failed, None),
    }
}

/// The exit code of a request that failed, and what to type.
pub(super) fn classify_gong(error: &GongError) -> (Kind, Option<String>) {
    let nothing_lost = || "What has come is stored; the next sync goes on from there.".to_owned();
    match error {
        GongError::Incomplete(_) => (Kind::Usage, Some(NO_KEY.to_owned())),
        GongError::BadAddress(_) | GongError::WrongAddress { .. } => {
            (Kind::Usage, Some(format!("Gong shows your company's address under Company settings, API. {WHERE_FROM}")))
        }
        GongError::Redirected { to, .. } => {
            (Kind::Usage, Some(format!("If that is your company's: GONG_API_BASE_URL=https://{to}")))
        }
        GongError::Refused => {
            (Kind::Credentials, Some("Check GONG_API_KEY and GONG_API_SECRET: call-coach config show".to_owned()))
        }
        GongError::MissingScope { .. } => (
            Kind::Credentials,
            Some("Somebody who administers Gong can add it under Company settings, API.".to_owned()),
        ),
        GongError::NotJson { .. } => {
            (Kind::Service, Some(format!("A proxy or a login page may stand in between. {WHERE_FROM}")))
        }
        GongError::Limited { .. } | GongError::Failed { .. } | GongError::BrokeOff | GongError::Unreachable { .. } => {
            (Kind::Service, Some(nothing_lost()))
        }
        GongError::CursorExpired
        | GongError::NotAccepted { .. }
        | GongError::OtherShape { .. }
        | GongError::TooLarge(_) => (Kind::Service, None),
    }
}
