//! How far a source has been read, and how many requests that took today.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;

use super::error::StoreError;
use super::session::{execute, on, query, query_as, query_scalar};
use super::types::Instant;
use super::values::{key, number};
use super::{Statements, Store};

const SYNC_STATE: &str = "SELECT read_to, read_at, open_from, open_to, done_to, begun_at FROM sync_state
    WHERE workspace = $1";
const PUT_SYNC_STATE: &str =
    "INSERT INTO sync_state (workspace, read_to, read_at, open_from, open_to, done_to, begun_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (workspace) DO UPDATE SET read_to = excluded.read_to, read_at = excluded.read_at,
        open_from = excluded.open_from, open_to = excluded.open_to, done_to = excluded.done_to,
        begun_at = excluded.begun_at";
const TAKE_REQUEST: &str = "INSERT INTO request_budget (service, day, used) VALUES ($1, $2, 1)
    ON CONFLICT (service, day) DO UPDATE SET used = request_budget.used + 1 WHERE request_budget.used < $3
    RETURNING used";
const USED_REQUESTS: &str = "SELECT used FROM request_budget WHERE service = $1 AND day = $2";

pub(super) const STATEMENTS: Statements =
    Statements { both: &[SYNC_STATE, PUT_SYNC_STATE, TAKE_REQUEST, USED_REQUESTS], sqlite: &[], postgres: &[] };

/// How far the calls of a workspace have been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyncState {
    /// What has been read whole.
    pub read: Option<ReadTo>,
    /// The window that is being read, or was when the program ended.
    pub open: Option<OpenWindow>,
}

/// Calls that began before `to` were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadTo {
    /// The first moment that was not asked for.
    pub to: Timestamp,
    /// When asking began: what became visible later may have been missed.
    pub at: Timestamp,
}

/// A window that has been read in part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenWindow {
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment behind it; `None` is the time of asking.
    pub to: Option<Timestamp>,
    /// Calls that began before this are stored.
    pub done_to: Timestamp,
    /// When reading it began.
    pub begun_at: Timestamp,
}

#[derive(FromRow)]
struct StateRow {
    read_to: Option<Instant>,
    read_at: Option<Instant>,
    open_from: Option<Instant>,
    open_to: Option<Instant>,
    done_to: Option<Instant>,
    begun_at: Option<Instant>,
}

impl Store {
    /// How far a workspace has been read; an empty name is all of them.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn sync_state(&self, workspace: &str) -> Result<SyncState, StoreError> {
        let mut session = self.pool.read().await?;
        let row: Option<StateRow> =
            on!(&mut session, |db| query_as(SYNC_STATE).bind(key(workspace)).fetch_optional(db).await?);
        let Some(row) = row else { return Ok(SyncState::default()) };
        let open = match (row.open_from, row.done_to, row.begun_at) {
            (Some(from), Some(done_to), Some(begun_at)) => Some(OpenWindow {
                from: from.0,
                to: row.open_to.map(|to| to.0),
                done_to: done_to.0,
                begun_at: begun_at.0,
            }),
            _ => None,
        };
        let read = row.read_to.zip(row.read_at).map(|(to, at)| ReadTo { to: to.0, at: at.0 });
        Ok(SyncState { read, open })
    }

    /// Keeps how far a workspace has been read.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn put_sync_state(&self, workspace: &str, state: &SyncState) -> Result<(), StoreError> {
        let mut session = self.pool.write().await?;
        let open = state.open;
        execute!(
            &mut session,
            query(PUT_SYNC_STATE)
                .bind(key(workspace))
                .bind(state.read.map(|read| Instant::new(read.to)))
                .bind(state.read.map(|read| Instant::new(read.at)))
                .bind(open.map(|open| Instant::new(open.from)))
                .bind(open.and_then(|open| open.to).map(Instant::new))
                .bind(open.map(|open| Instant::new(open.done_to)))
                .bind(open.map(|open| Instant::new(open.begun_at)))
        );
        session.commit().await
    }

    /// Counts one request before it is sent, and tells how many there are with it; `None`, and not counted, when the
    /// day's `limit` (at least 1) is used up.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn take_request(&self, service: &str, day: Date, limit: u32) -> Result<Option<u32>, StoreError> {
        let mut session = self.pool.write().await?;
        let used: Option<i64> = on!(&mut session, |db| query_scalar(TAKE_REQUEST)
            .bind(service)
            .bind(day.to_string())
            .bind(i64::from(limit))
            .fetch_optional(db)
            .await?);
        session.commit().await?;
        used.map(|used| number("request_budget.used", used)).transpose()
    }

    /// How many requests were sent to a service on a day.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn used_requests(&self, service: &str, day: Date) -> Result<u32, StoreError> {
        let mut session = self.pool.read().await?;
        let used: Option<i64> = on!(&mut session, |db| query_scalar(USED_REQUESTS)
            .bind(service)
            .bind(day.to_string())
            .fetch_optional(db)
            .await?);
        used.map_or(Ok(0), |used| number("request_budget.used", used))
    }
}
