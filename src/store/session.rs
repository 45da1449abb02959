//! One set of queries for two engines.
//!
//! Every operation runs in one transaction, reading ones too: they see one state of the database, and a pooler that
//! hands out connections a transaction at a time (PgBouncer, Neon's `-pooler` hosts) cannot come between.

use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use super::Statements;
use super::error::StoreError;

/// The open database.
#[derive(Debug, Clone)]
pub(super) enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// One transaction. Dropped without [`Session::commit`] it leaves no trace.
pub(super) enum Session {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Expands one body per engine, with that engine's connection at hand.
macro_rules! on {
    ($session:expr, |$connection:ident| $body:expr) => {
        match $session {
            $crate::store::session::Session::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
            $crate::store::session::Session::Postgres(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
        }
    };
}
pub(super) use on;

/// Runs one statement and tells how many rows it touched.
macro_rules! execute {
    ($session:expr, $query:expr) => {
        $crate::store::session::on!($session, |db| $query.execute(db).await?.rows_affected())
    };
}
pub(super) use execute;

/// A plain `BEGIN` fails at once, whatever the busy timeout, when a reader turns writer while another one writes.
const BEGIN_WRITING_SQLITE: &str = "BEGIN IMMEDIATE";

pub(super) const STATEMENTS: Statements = Statements { both: &[], sqlite: &[BEGIN_WRITING_SQLITE], postgres: &[] };

impl Pool {
    /// Begins a transaction that only reads.
    pub(super) async fn read(&self) -> Result<Session, StoreError> {
        Ok(match self {
            Pool::Sqlite(pool) => Session::Sqlite(pool.begin().await?),
            Pool::Postgres(pool) => Session::Postgres(pool.begin().await?),
        })
    }

    /// Begins a transaction that writes. SQLite has one writer at a time: others wait here.
    pub(super) async fn write(&self) -> Result<Session, StoreError> {
        Ok(match self {
            Pool::Sqlite(pool) => Session::Sqlite(pool.begin_with(BEGIN_WRITING_SQLITE).await?),
            Pool::Postgres(pool) => Session::Postgres(pool.begin().await?),
        })
    }
}

impl Session {
    /// Makes what was written last.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Session::Sqlite(transaction) => transaction.commit().await?,
            Session::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    /// The text for this engine, where the two differ.
    pub(super) fn pick(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self {
            Session::Sqlite(_) => sqlite,
            Session::Postgres(_) => postgres,
        }
    }
}
