//! Requests that are counted, and repeated when that may help.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::SyncError;
use crate::gong::{Client, GongError, Request};
use crate::store::Store;

/// Under this name requests are counted in the store.
pub const SERVICE: &str = "gong";
/// A longer wait than this is not waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(120);

/// How many requests there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Requests a day (UTC), counted in the store over all runs.
    pub a_day: u32,
    /// How often a request is repeated after a failure that may pass.
    pub retries: u32,
    /// The wait before the first repetition, when Gong names none; it doubles each time.
    pub first_pause: Duration,
}

/// The client, with everything that one run may spend.
#[derive(Debug)]
pub struct Requests {
    client: Client,
    store: Store,
    allowance: Allowance,
    day: Date,
    sent: AtomicU32,
    /// Set when Gong asks to wait: nobody asks before.
    not_before: Mutex<Option<Instant>>,
}

impl Requests {
    /// Requests of a run that began at `now`.
    pub fn new(client: Client, store: Store, allowance: Allowance, now: Timestamp) -> Self {
        let day = now.to_zoned(TimeZone::UTC).date();
        Requests { client, store, allowance, day, sent: AtomicU32::new(0), not_before: Mutex::new(None) }
    }

    /// How many were sent in this run.
    pub fn sent(&self) -> u32 {
        self.sent.load(Ordering::Relaxed)
    }

    /// How many may be sent today still.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn left_today(&self) -> Result<u32, SyncError> {
        Ok(self.allowance.a_day.saturating_sub(self.store.used_requests(SERVICE, self.day).await?))
    }

    /// Sends a request, again if that may help.
    ///
    /// # Errors
    /// When the day's requests are used up, the failure lasts or is none that passes, or the database fails.
    pub async fn ask<T: DeserializeOwned + Default>(&self, request: &Request) -> Result<T, SyncError> {
        let mut pause = self.allowance.first_pause;
        for left in (0..=self.allowance.retries).rev() {
            self.wait().await;
            let a_day = self.allowance.a_day;
            // Counted before it is sent: a request that is lost on its way has been spent too.
            if self.store.take_request(SERVICE, self.day, a_day).await?.is_none() {
                return Err(SyncError::BudgetUsedUp(a_day));
            }
            self.sent.fetch_add(1, Ordering::Relaxed);
            let error = match self.client.send(request).await {
                Ok(reply) => return Ok(reply),
                Err(error) => error,
            };
            let wait = match error {
                GongError::Limited { retry_after: Some(wait) } if wait > LONGEST_WAIT => {
                    return Err(SyncError::Wait(wait.as_secs()));
                }
                GongError::Limited { retry_after: Some(wait) } => wait,
                ref error if error.is_passing() => pause,
                error => return Err(error.into()),
            };
            if left == 0 {
                return Err(error.into());
            }
            tracing::info!(%error, wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX), "gong: again");
            self.hold(wait).await;
            pause = (pause * 2).min(LONGEST_WAIT);
        }
        Err(SyncError::Broken)
    }

    async fn wait(&self) {
        loop {
            let until = *self.not_before.lock().await;
            match until {
                Some(until) if until > Instant::now() => tokio::time::sleep_until(until).await,
                _ => return,
            }
        }
    }

    async fn hold(&self, wait: Duration) {
        let until = Instant::now() + wait;
        let mut not_before = self.not_before.lock().await;
        *not_before = Some(not_before.map_or(until, |other| other.max(until)));
    }
}
