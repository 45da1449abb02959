//! A database that is only looked at: nothing is created, migrated, locked or written.

use std::net::IpAddr;

use jiff::Timestamp;
use sqlx::FromRow;
use sqlx::postgres::PgSslMode;

use super::connect::{self, Target};
use super::error::StoreError;
use super::lines::LINE_BITS;
use super::migrate::{self, Status};
use super::session::{Pool, Session, on, query_as, query_scalar};
use super::tables::TABLES;
use super::types::Instant;
use super::values::number;
use super::{Statements, Store};

/// The driver sends the type that the parameter has: the right side of PostgreSQL's `<<` is an INTEGER.
const SHIFT: i32 = LINE_BITS as i32;
/// So many of the newest calls tell whether speakers are known.
const ENOUGH_CALLS: i64 = 200;

/// It finds what a reader would stumble over, in a fraction of the time of `integrity_check`.
const INTEGRITY_SQLITE: &str = "PRAGMA quick_check(5)";
// The index has its own table of the rows that it knows: reading that is cheaper than the words themselves. A block of
// words begins at or before its lines.
const UNINDEXED_SQLITE: &str = "SELECT count(*) FROM calls
        JOIN lines ON lines.id > calls.current_transcript_id << $1
            AND lines.id < (calls.current_transcript_id + 1) << $1
    WHERE NOT EXISTS (SELECT 1 FROM line_index_docsize WHERE line_index_docsize.id = lines.id)
        OR NOT EXISTS (SELECT 1 FROM call_words_docsize WHERE call_words_docsize.id > calls.current_transcript_id << $1
            AND call_words_docsize.id <= lines.id)";
const UNINDEXED_POSTGRES: &str = "SELECT count(*) FROM calls
        JOIN lines ON lines.id > calls.current_transcript_id << $1
            AND lines.id < (calls.current_transcript_id + 1) << $1
    WHERE NOT EXISTS (SELECT 1 FROM line_index WHERE line_index.id = lines.id)
        OR NOT EXISTS (SELECT 1 FROM call_words WHERE call_words.id > calls.current_transcript_id << $1
            AND call_words.id <= lines.id)";
const CONNECTIONS_POSTGRES: &str = "SELECT current_setting('max_connections')::BIGINT AS most,
        (SELECT count(*) FROM pg_stat_activity WHERE datid IS NOT NULL) AS in_use,
        NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off'
            AND has_table_privilege('calls', 'INSERT') AS may_write";
const BACKLOG: &str = "SELECT count(*) AS calls,
        CAST(coalesce(sum(CASE WHEN current_transcript_id IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS without_words,
        count(pending_since) AS awaited, min(pending_since) AS awaited_since
    FROM calls LEFT JOIN gong_calls ON gong_calls.call_id = calls.id";
const ATTRIBUTION: &str = "SELECT count(*) AS lines,
        CAST(coalesce(sum(CASE WHEN parties.n IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS by_nobody,
        CAST(coalesce(sum(CASE WHEN parties.side = 'unknown' THEN 1 ELSE 0 END), 0) AS BIGINT) AS by_neither_side
    FROM (SELECT id, current_transcript_id FROM calls WHERE current_transcript_id IS NOT NULL
            ORDER BY started_at DESC NULLS LAST, id DESC NULLS LAST LIMIT $2) AS newest
        JOIN lines ON lines.id > newest.current_transcript_id << $1
            AND lines.id < (newest.current_transcript_id + 1) << $1
        LEFT JOIN parties ON parties.call_id = newest.id AND parties.n = lines.party_n";
const RESULTS: &str = "SELECT count(DISTINCT current.call_id) AS scored,
        count(DISTINCT CASE WHEN scorecards.rubric_hash <> $1 THEN current.call_id END) AS other_rubric,
        count(DISTINCT CASE WHEN answers.transcript_id <> calls.current_transcript_id THEN current.call_id END)
            AS other_words
    FROM current
        JOIN scorecards ON scorecards.id = current.scorecard_id
        JOIN calls ON calls.id = current.call_id
        LEFT JOIN answers ON answers.id = scorecards.answers_id";
const TABLES_SQLITE: &str = "SELECT name FROM sqlite_schema WHERE type = 'table'";
const TABLES_POSTGRES: &str = "SELECT tablename::TEXT FROM pg_catalog.pg_tables WHERE schemaname = current_schema()";
const SYNCS: &str = "SELECT max(read_at) AS finished, max(begun_at) AS unfinished FROM sync_state";

pub(super) const STATEMENTS: Statements = Statements {
    both: &[BACKLOG, ATTRIBUTION, RESULTS, SYNCS],
    sqlite: &[INTEGRITY_SQLITE, UNINDEXED_SQLITE, TABLES_SQLITE],
    postgres: &[UNINDEXED_POSTGRES, CONNECTIONS_POSTGRES, TABLES_POSTGRES],
};

/// What is known about the line to a database before it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// None is needed: a file, a socket or this machine.
    NotNeeded,
    /// The URL forbids it.
    Forbidden,
    /// Only if the server offers it.
    IfOffered,
    /// Always, but whoever answers is believed to be the server.
    Unverified,
    /// Always, and the server proves who it is.
    Verified,
}

/// The connections that a server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    /// The most it takes.
    pub most: u64,
    /// Those in use, ours included.
    pub in_use: u64,
    /// Whether ours may write.
    pub may_write: bool,
}

/// Calls that wait for their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// All calls.
    pub calls: u64,
    /// Those without words.
    pub without_words: u64,
    /// Those of them that a sync asks for again.
    pub awaited: u64,
    /// Since when the first of those is waited for.
    pub awaited_since: Option<Timestamp>,
}

/// By whom the lines of the newest calls are spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribution {
    /// All lines.
    pub lines: u64,
    /// Those of nobody on the call's list.
    pub by_nobody: u64,
    /// Those of people who may be ours or the buyer's.
    pub by_neither_side: u64,
}

/// The results that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Results {
    /// Calls with a result.
    pub scored: u64,
    /// Those scored with other rubrics or weights than the present ones.
    pub other_rubric: u64,
    /// Those whose words have changed since.
    pub other_words: u64,
}

/// When calls were last asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Syncs {
    /// When the newest sync that came to its end began.
    pub finished: Option<Timestamp>,
    /// When the one that did not come to its end began.
    pub unfinished: Option<Timestamp>,
}

#[derive(FromRow)]
struct ConnectionsRow {
    most: i64,
    in_use: i64,
    may_write: bool,
}

#[derive(FromRow)]
struct BacklogRow {
    calls: i64,
    without_words: i64,
    awaited: i64,
    awaited_since: Option<Instant>,
}

#[derive(FromRow)]
struct AttributionRow {
    lines: i64,
    by_nobody: i64,
    by_neither_side: i64,
}

#[derive(FromRow)]
struct ResultsRow {
    scored: i64,
    other_rubric: i64,
    other_words: i64,
}

#[derive(FromRow)]
struct SyncsRow {
    finished: Option<Instant>,
    unfinished: Option<Instant>,
}

impl Target {
    /// The server's host; `None` for a file or a socket.
    pub fn host(&self) -> Option<&str> {
        match self {
            Target::Postgres(options) if options.get_socket().is_none() => Some(options.get_host()),
            _ => None,
        }
    }

    /// Whether what goes to the database and back can be read or changed on its way.
    pub fn encryption(&self) -> Encryption {
        let (Target::Postgres(options), Some(host)) = (self, self.host()) else { return Encryption::NotNeeded };
        if host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()) {
            return Encryption::NotNeeded;
        }
        match options.get_ssl_mode() {
            PgSslMode::Disable => Encryption::Forbidden,
            PgSslMode::Allow | PgSslMode::Prefer => Encryption::IfOffered,
            PgSslMode::Require => Encryption::Unverified,
            PgSslMode::VerifyCa | PgSslMode::VerifyFull => Encryption::Verified,
        }
    }
}

impl Store {
    /// Opens a database as it is, whatever its schema, to look at it; `None` for an SQLite file that does not exist.
    ///
    /// # Errors
    ///
    /// When it cannot be reached or read.
    pub async fn look_at(target: &Target) -> Result<Option<Store>, StoreError> {
        let pool = match target {
            Target::Sqlite(path) if !path.exists() => return Ok(None),
            Target::Sqlite(path) => Pool::Sqlite(connect::sqlite_to_read(path).await?),
            Target::Postgres(options) => Pool::Postgres(connect::postgres(options).await?),
        };
        let store = Store::of(pool);
        store.answers().await?;
        Ok(Some(store))
    }

    /// How its schema stands against this program's.
    ///
    /// # Errors
    ///
    /// [`StoreError::ForeignSchema`], [`StoreError::ChangedMigration`], [`StoreError::NewerSchema`], or when the
    /// database fails.
    pub async fn schema(&self, target: &Target) -> Result<Status, StoreError> {
        migrate::schema(&self.pool, target, false).await
    }

    /// The tables that should be there and are not, whatever the list of migrations says.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn missing_tables(&self) -> Result<Vec<&'static str>, StoreError> {
        let mut session = self.pool.read().await?;
        let sql = session.pick(TABLES_SQLITE, TABLES_POSTGRES);
        let found: Vec<String> = on!(&mut session, |db| query_scalar(sql).fetch_all(db).await?);
        let names = TABLES.iter().map(|table| table.name);
        Ok(names.filter(|name| !found.iter().any(|other| other == name)).collect())
    }

    /// What is damaged in an SQLite file, a line each, at most five; nothing for PostgreSQL, which looks after itself.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn damage(&self) -> Result<Vec<String>, StoreError> {
        let mut session = self.pool.read().await?;
        let Session::Sqlite(transaction) = &mut session else { return Ok(Vec::new()) };
        let found: Vec<String> = query_scalar(INTEGRITY_SQLITE).fetch_all(&mut **transaction).await?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }

    /// How many lines of current transcripts the full-text index lacks.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn unindexed_lines(&self) -> Result<u64, StoreError> {
        let mut session = self.pool.read().await?;
        let sql = session.pick(UNINDEXED_SQLITE, UNINDEXED_POSTGRES);
        let lines: i64 = on!(&mut session, |db| query_scalar(sql).bind(SHIFT).fetch_one(db).await?);
        number("lines", lines)
    }

    /// The connections of a PostgreSQL server; `None` for a file.
    ///
    /// # Errors
    ///
    /// When the database fails or has no tables of ours.
    pub async fn connections(&self) -> Result<Option<Connections>, StoreError> {
        let mut session = self.pool.read().await?;
        let Session::Postgres(transaction) = &mut session else { return Ok(None) };
        let row: ConnectionsRow = query_as(CONNECTIONS_POSTGRES).fetch_one(&mut **transaction).await?;
        Ok(Some(Connections {
            most: number("max_connections", row.most)?,
            in_use: number("connections", row.in_use)?,
            may_write: row.may_write,
        }))
    }

    /// How many calls wait for their words.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn backlog(&self) -> Result<Backlog, StoreError> {
        let mut session = self.pool.read().await?;
        let row: BacklogRow = on!(&mut session, |db| query_as(BACKLOG).fetch_one(db).await?);
        Ok(Backlog {
            calls: number("calls", row.calls)?,
            without_words: number("calls", row.without_words)?,
            awaited: number("gong_calls", row.awaited)?,
            awaited_since: row.awaited_since.map(|since| since.0),
        })
    }

    /// By whom the lines of the newest calls are spoken.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn attribution(&self) -> Result<Attribution, StoreError> {
        let mut session = self.pool.read().await?;
        let row: AttributionRow =
            on!(&mut session, |db| query_as(ATTRIBUTION).bind(SHIFT).bind(ENOUGH_CALLS).fetch_one(db).await?);
        Ok(Attribution {
            lines: number("lines", row.lines)?,
            by_nobody: number("lines", row.by_nobody)?,
            by_neither_side: number("lines", row.by_neither_side)?,
        })
    }

    /// How the results that count stand to the rubrics with this hash and to the present words.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn results(&self, rubric_hash: &str) -> Result<Results, StoreError> {
        let mut session = self.pool.read().await?;
        let row: ResultsRow = on!(&mut session, |db| query_as(RESULTS).bind(rubric_hash).fetch_one(db).await?);
        Ok(Results {
            scored: number("current", row.scored)?,
            other_rubric: number("current", row.other_rubric)?,
            other_words: number("current", row.other_words)?,
        })
    }

    /// When calls were last asked for, over all workspaces.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn syncs(&self) -> Result<Syncs, StoreError> {
        let mut session = self.pool.read().await?;
        let row: SyncsRow = on!(&mut session, |db| query_as(SYNCS).fetch_one(db).await?);
        Ok(Syncs { finished: row.finished.map(|at| at.0), unfinished: row.unfinished.map(|at| at.0) })
    }
}
