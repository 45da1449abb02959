//! One set of queries for two engines.
//!
//! Every operation runs in one transaction, reading ones too: they see one state of the database, and a pooler that
//! hands out connections a transaction at a time (PgBouncer, Neon's `-pooler` hosts) cannot come between.

use sqlx::database::HasStatementCache;
use sqlx::query::{Query, QueryAs, QueryScalar};
use sqlx::{Database, FromRow, PgPool, Postgres, SqlSafeStr, Sqlite, SqlitePool, Transaction};

use super::error::StoreError;
use super::{Statements, Store};

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

/// Begins a statement. On PostgreSQL it gets no name: a pooler that hands out connections a transaction at a time would
/// give the next transaction one that does not know the name, or that knows it from another program.
#[expect(clippy::disallowed_methods, reason = "this is where the others are sent to")]
pub(super) fn query<DB: Database + HasStatementCache>(sql: impl SqlSafeStr) -> Query<'static, DB, DB::Arguments> {
    sqlx::query(sql).persistent(may_be_named::<DB>())
}

/// [`query`] for rows of a type.
#[expect(clippy::disallowed_methods, reason = "this is where the others are sent to")]
pub(super) fn query_as<DB, T>(sql: impl SqlSafeStr) -> QueryAs<'static, DB, T, DB::Arguments>
where
    DB: Database + HasStatementCache,
    T: for<'r> FromRow<'r, DB::Row>,
{
    sqlx::query_as(sql).persistent(may_be_named::<DB>())
}

/// [`query`] for rows of one value.
#[expect(clippy::disallowed_methods, reason = "this is where the others are sent to")]
pub(super) fn query_scalar<DB, T>(sql: impl SqlSafeStr) -> QueryScalar<'static, DB, T, DB::Arguments>
where
    DB: Database + HasStatementCache,
    (T,): for<'r> FromRow<'r, DB::Row>,
{
    sqlx::query_scalar(sql).persistent(may_be_named::<DB>())
}

/// Whether the engine keeps prepared statements by name.
fn may_be_named<DB: Database>() -> bool {
    DB::NAME == Sqlite::NAME
}

/// A plain `BEGIN` fails at once, whatever the busy timeout, when a reader turns writer while another one writes.
const BEGIN_WRITING_SQLITE: &str = "BEGIN IMMEDIATE";

/// By default each statement sees another state. Compiling a query for the processor takes longer than any of these runs.
const BEGIN_READING_POSTGRES: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off";

/// Anything that only an open database can answer.
const PING: &str = "SELECT 1";
/// SQLite answers the other from nothing: this one needs a page of the file.
const PAGE: &str = "SELECT count(*) FROM sqlite_schema";

pub(super) const STATEMENTS: Statements =
    Statements { both: &[PING], sqlite: &[BEGIN_WRITING_SQLITE, PAGE], postgres: &[BEGIN_READING_POSTGRES] };

impl Store {
    /// Asks the database whether it is there.
    ///
    /// # Errors
    ///
    /// When it is not, or when the file of an SQLite database was moved away or written over: SQLite goes on with what
    /// it opened, and what is kept from then on is lost.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let Some(file) = self.file.clone() else { return self.answers().await };
        let look = tokio::task::spawn_blocking(move || file.is_in_place());
        if !look.await.unwrap_or(false) {
            return Err(StoreError::Replaced);
        }
        let mut session = self.pool.read().await?;
        let _: i64 = on!(&mut session, |db| query_scalar(PAGE).fetch_one(db).await?);
        Ok(())
    }

    /// Whether anybody answers at all.
    pub(super) async fn answers(&self) -> Result<(), StoreError> {
        let mut session = self.pool.read().await?;
        let _: i32 = on!(&mut session, |db| query_scalar(PING).fetch_one(db).await?);
        Ok(())
    }
}

impl Pool {
    /// Begins a transaction that only reads.
    pub(super) async fn read(&self) -> Result<Session, StoreError> {
        Ok(match self {
            Pool::Sqlite(pool) => Session::Sqlite(pool.begin().await?),
            Pool::Postgres(pool) => Session::Postgres(pool.begin_with(BEGIN_READING_POSTGRES).await?),
        })
    }

    /// What is this engine's, where the two differ.
    pub(super) fn pick<T>(&self, sqlite: T, postgres: T) -> T {
        match self {
            Pool::Sqlite(_) => sqlite,
            Pool::Postgres(_) => postgres,
        }
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

    /// What is this engine's, where the two differ.
    pub(super) fn pick<T>(&self, sqlite: T, postgres: T) -> T {
        match self {
            Session::Sqlite(_) => sqlite,
            Session::Postgres(_) => postgres,
        }
    }
}
