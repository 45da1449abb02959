//! The schema: which migrations a database has, and applying the missing ones.
//!
//! An SQLite file is created and migrated when it is opened. A PostgreSQL database is shared, so it is changed only
//! when somebody asks for it.
//!
//! To change the schema, add a file with the next number to both folders of `migrations/`. An applied file is never
//! edited: its hash is kept in the database.

use std::fs::File;
use std::path::{Path, PathBuf};

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::PgConnectOptions;
use sqlx::{FromRow, SqliteConnection, SqlitePool};

use super::connect::{self, Target};
use super::error::StoreError;
use super::session::{Pool, Session, execute, on, query, query_as, query_scalar};
use super::{Statements, Store};

/// Not sqlx's default name, so that ours can stand beside another program's tables.
const MIGRATIONS_TABLE: &str = "_call_coach_migrations";

const HAS_MIGRATIONS_SQLITE: &str =
    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '_call_coach_migrations'";
const HAS_MIGRATIONS_POSTGRES: &str = "SELECT count(to_regclass('_call_coach_migrations'))";
const COUNT_TABLES_SQLITE: &str = "SELECT count(*) FROM sqlite_schema WHERE type = 'table'";
const COUNT_TABLES_POSTGRES: &str = "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema()";
const APPLIED: &str = "SELECT version, description, checksum FROM _call_coach_migrations
    WHERE success ORDER BY version NULLS LAST";
/// Any number; it stands for the right to change the schema.
const LOCK_POSTGRES: &str = "SELECT pg_advisory_xact_lock(8031924417)";
/// As sqlx makes it on SQLite.
const CREATE_MIGRATIONS_POSTGRES: &str =
    "CREATE TABLE IF NOT EXISTS _call_coach_migrations (version BIGINT PRIMARY KEY,
    description TEXT NOT NULL, installed_on TIMESTAMPTZ NOT NULL DEFAULT now(), success BOOLEAN NOT NULL,
    checksum BYTEA NOT NULL, execution_time BIGINT NOT NULL)";
const INSERT_MIGRATION_POSTGRES: &str = "INSERT INTO _call_coach_migrations (version, description, success, checksum,
    execution_time) VALUES ($1, $2, TRUE, $3, 0)";
const USE_WAL_SQLITE: &str = "PRAGMA journal_mode = WAL";
const BACK_UP_SQLITE: &str = "VACUUM INTO $1";
const VERSION_SQLITE: &str = "SELECT sqlite_version()";
const VERSION_POSTGRES: &str = "SELECT current_setting('server_version')";
const SIZE_SQLITE: &str = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";
const SIZE_POSTGRES: &str = "SELECT pg_database_size(current_database())";

pub(super) const STATEMENTS: Statements = Statements {
    both: &[APPLIED],
    sqlite: &[HAS_MIGRATIONS_SQLITE, COUNT_TABLES_SQLITE, USE_WAL_SQLITE, BACK_UP_SQLITE, VERSION_SQLITE, SIZE_SQLITE],
    postgres: &[
        HAS_MIGRATIONS_POSTGRES,
        COUNT_TABLES_POSTGRES,
        LOCK_POSTGRES,
        CREATE_MIGRATIONS_POSTGRES,
        INSERT_MIGRATION_POSTGRES,
        VERSION_POSTGRES,
        SIZE_POSTGRES,
    ],
};

/// One step of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// Its number.
    pub version: i64,
    /// What it is about, from its file name.
    pub name: String,
}

/// What a migration run did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Migrated {
    /// The steps that were applied, oldest first.
    pub applied: Vec<Migration>,
    /// The copy of the SQLite file as it was before.
    pub backup: Option<PathBuf>,
}

/// How a database stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The steps it has, oldest first.
    pub applied: Vec<Migration>,
    /// The steps that this program would add.
    pub pending: Vec<Migration>,
    /// The engine's version; `None` for an SQLite file that does not exist yet.
    pub engine_version: Option<String>,
    /// Its size in bytes.
    pub size_bytes: u64,
}

#[derive(FromRow)]
struct Applied {
    version: i64,
    description: String,
    checksum: Vec<u8>,
}

/// What stands in a database before anything is done to it.
struct Found {
    applied: Vec<Applied>,
    foreign_tables: bool,
}

impl Store {
    /// Opens the database. An SQLite file is created (readable by its owner only) and migrated if need be; it is
    /// copied to `FILE.bak-VERSION` first.
    ///
    /// # Errors
    ///
    /// [`StoreError::OutOfDate`] for a PostgreSQL database that lacks a migration, and every reason for which the
    /// database cannot be reached, read or migrated.
    pub async fn open(target: &Target) -> Result<Store, StoreError> {
        let pool = match target {
            Target::Sqlite(path) => match up_to_date(path, target).await? {
                Some(pool) => Pool::Sqlite(pool),
                None => {
                    migrate_sqlite(path, target, false).await?;
                    Pool::Sqlite(connect::sqlite(path).await?)
                }
            },
            Target::Postgres(options) => {
                let pool = Pool::Postgres(connect::postgres(options).await?);
                let found = look(&mut pool.read().await?).await?;
                match pending(&migrator(target), &found.applied, target)?.len() {
                    0 => pool,
                    pending => return Err(StoreError::OutOfDate { target: target.to_string(), pending }),
                }
            }
        };
        Ok(Store::of(pool))
    }

    /// Applies the missing migrations. `into_existing` allows a database that holds another program's tables.
    ///
    /// # Errors
    ///
    /// [`StoreError::ForeignSchema`], [`StoreError::ChangedMigration`], [`StoreError::NewerSchema`], or why the
    /// database cannot be reached or changed.
    pub async fn migrate(target: &Target, into_existing: bool) -> Result<Migrated, StoreError> {
        match target {
            Target::Sqlite(path) => migrate_sqlite(path, target, into_existing).await,
            Target::Postgres(options) => migrate_postgres(options, target, into_existing).await,
        }
    }

    /// Tells which migrations a database has and lacks, without changing it.
    ///
    /// # Errors
    ///
    /// As [`Store::migrate`].
    pub async fn status(target: &Target) -> Result<Status, StoreError> {
        let pool = match target {
            Target::Sqlite(path) if !path.exists() => {
                let pending = pending(&migrator(target), &[], target)?;
                return Ok(Status { applied: Vec::new(), pending, engine_version: None, size_bytes: 0 });
            }
            Target::Sqlite(path) => Pool::Sqlite(connect::sqlite(path).await?),
            Target::Postgres(options) => Pool::Postgres(connect::postgres(options).await?),
        };
        schema(&pool, target, true).await
    }
}

/// How an open database stands. Tables of another program beside ours are refused unless they are `welcome`.
pub(super) async fn schema(pool: &Pool, target: &Target, welcome: bool) -> Result<Status, StoreError> {
    let mut session = pool.read().await?;
    let found = look(&mut session).await?;
    found.refuse_foreign(target, welcome)?;
    let pending = pending(&migrator(target), &found.applied, target)?;
    let version = session.pick(VERSION_SQLITE, VERSION_POSTGRES);
    let version: String = on!(&mut session, |db| query_scalar(version).fetch_one(db).await?);
    let size = session.pick(SIZE_SQLITE, SIZE_POSTGRES);
    let size: i64 = on!(&mut session, |db| query_scalar(size).fetch_one(db).await?);
    session.commit().await?;
    let applied = found.applied.into_iter().map(|row| Migration { version: row.version, name: row.description });
    Ok(Status {
        applied: applied.collect(),
        pending,
        engine_version: Some(version),
        size_bytes: u64::try_from(size).unwrap_or(0),
    })
}

fn migrator(target: &Target) -> Migrator {
    let mut migrator = match target {
        Target::Sqlite(_) => sqlx::migrate!("migrations/sqlite"),
        Target::Postgres(_) => sqlx::migrate!("migrations/postgres"),
    };
    migrator.dangerous_set_table_name(MIGRATIONS_TABLE);
    migrator
}

async fn look(session: &mut Session) -> Result<Found, StoreError> {
    let has_migrations = session.pick(HAS_MIGRATIONS_SQLITE, HAS_MIGRATIONS_POSTGRES);
    let ours: i64 = on!(&mut *session, |db| query_scalar(has_migrations).fetch_one(db).await?);
    if ours > 0 {
        let applied = on!(&mut *session, |db| query_as(APPLIED).fetch_all(db).await?);
        return Ok(Found { applied, foreign_tables: false });
    }
    let count_tables = session.pick(COUNT_TABLES_SQLITE, COUNT_TABLES_POSTGRES);
    let tables: i64 = on!(session, |db| query_scalar(count_tables).fetch_one(db).await?);
    Ok(Found { applied: Vec::new(), foreign_tables: tables > 0 })
}

impl Found {
    fn refuse_foreign(&self, target: &Target, into_existing: bool) -> Result<(), StoreError> {
        if self.foreign_tables && !into_existing {
            return Err(StoreError::ForeignSchema(target.to_string()));
        }
        Ok(())
    }
}

/// What this program would add to a database that has `applied`.
fn pending(migrator: &Migrator, applied: &[Applied], target: &Target) -> Result<Vec<Migration>, StoreError> {
    let newest = migrator.iter().map(|migration| migration.version).max().unwrap_or(0);
    for row in applied {
        match migrator.iter().find(|migration| migration.version == row.version) {
            Some(known) if known.checksum == row.checksum => {}
            None if row.version > newest => {
                return Err(StoreError::NewerSchema { target: target.to_string(), version: row.version });
            }
            _ => return Err(StoreError::ChangedMigration { target: target.to_string(), version: row.version }),
        }
    }
    Ok(migrator
        .iter()
        .filter(|migration| applied.iter().all(|row| row.version != migration.version))
        .map(|migration| Migration { version: migration.version, name: migration.description.to_string() })
        .collect())
}

fn explain(error: MigrateError, target: &Target) -> StoreError {
    let target = target.to_string();
    match error {
        MigrateError::Execute(error) => error.into(),
        MigrateError::ExecuteMigration(error, version) => {
            StoreError::MigrationFailed { version, reason: StoreError::from(error).to_string() }
        }
        MigrateError::VersionMissing(version) => StoreError::NewerSchema { target, version },
        MigrateError::VersionMismatch(version) => StoreError::ChangedMigration { target, version },
        other => StoreError::Database(other.to_string()),
    }
}

/// Connects to an SQLite file that can be used as it is. It is looked at without the lock, since this is the case
/// every day.
async fn up_to_date(path: &Path, target: &Target) -> Result<Option<SqlitePool>, StoreError> {
    if !path.exists() {
        return Ok(None);
    }
    let pool = connect::sqlite(path).await?;
    let found = look(&mut Pool::Sqlite(pool.clone()).read().await?).await?;
    if pending(&migrator(target), &found.applied, target)?.is_empty() {
        return Ok(Some(pool));
    }
    pool.close().await;
    Ok(None)
}

/// Creates or migrates an SQLite file, one process at a time: sqlx's own migration lock does nothing on SQLite.
async fn migrate_sqlite(path: &Path, target: &Target, into_existing: bool) -> Result<Migrated, StoreError> {
    let lock = lock_for(path).await?;
    let pool = connect::sqlite(path).await?;
    // Looked at again: another process may have done it while this one waited for the lock.
    let found = look(&mut Pool::Sqlite(pool.clone()).read().await?).await?;
    found.refuse_foreign(target, into_existing)?;
    let migrator = migrator(target);
    let applied = pending(&migrator, &found.applied, target)?;
    let mut backup = None;
    if !applied.is_empty() {
        let mut connection = pool.acquire().await?;
        if found.foreign_tables || !found.applied.is_empty() {
            let version = found.applied.last().map_or(0, |row| row.version);
            backup = Some(back_up(&mut connection, path, version).await?);
        }
        query(USE_WAL_SQLITE).execute(&mut *connection).await?;
        migrator.run_direct(None, &mut *connection, false).await.map_err(|error| explain(error, target))?;
    }
    pool.close().await;
    drop(lock);
    Ok(Migrated { applied, backup })
}

/// Applies what is missing in one transaction: all of it or nothing. A transaction and its lock hold behind a pooler too,
/// where the session's lock that sqlx takes would be left to somebody else.
async fn migrate_postgres(
    options: &PgConnectOptions,
    target: &Target,
    into_existing: bool,
) -> Result<Migrated, StoreError> {
    let pool = connect::postgres(options).await?;
    let mut session = Pool::Postgres(pool.clone()).write().await?;
    execute!(&mut session, query(LOCK_POSTGRES));
    let found = look(&mut session).await?;
    found.refuse_foreign(target, into_existing)?;
    let migrator = migrator(target);
    let applied = pending(&migrator, &found.applied, target)?;
    for migration in migrator.iter().filter(|known| applied.iter().any(|missing| missing.version == known.version)) {
        let failed = |error: sqlx::Error| StoreError::MigrationFailed {
            version: migration.version,
            reason: StoreError::from(error).to_string(),
        };
        let (sql, checksum) = (migration.sql.clone(), &*migration.checksum);
        execute!(&mut session, query(CREATE_MIGRATIONS_POSTGRES));
        on!(&mut session, |db| sqlx::raw_sql(sql).execute(db).await.map(drop).map_err(failed)?);
        execute!(
            &mut session,
            query(INSERT_MIGRATION_POSTGRES).bind(migration.version).bind(&*migration.description).bind(checksum)
        );
    }
    session.commit().await?;
    pool.close().await;
    Ok(Migrated { applied, backup: None })
}

/// Waits for the lock file beside the database, then creates folder and file if they are missing.
async fn lock_for(path: &Path) -> Result<File, StoreError> {
    let path = path.to_owned();
    let failed = {
        let path = path.clone();
        move |source| StoreError::File { path, source }
    };
    tokio::task::spawn_blocking(move || {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)?;
        }
        let lock = private_file().write(true).create(true).truncate(false).open(with_suffix(&path, ".migrate.lock"))?;
        lock.lock()?;
        // Only a file that did not exist is opened here: closing a second handle to an open SQLite file would drop
        // the locks this process holds on it.
        match private_file().write(true).create_new(true).open(&path) {
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        Ok(lock)
    })
    .await
    .unwrap_or_else(|error| Err(std::io::Error::other(error)))
    .map_err(failed)
}

/// Calls are confidential: files are made for their owner only.
fn private_file() -> std::fs::OpenOptions {
    #[allow(unused_mut)]
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Copies the database as it is, write-ahead log included.
async fn back_up(connection: &mut SqliteConnection, path: &Path, version: i64) -> Result<PathBuf, StoreError> {
    let backup = with_suffix(path, &format!(".bak-{version}"));
    let failed = |source| StoreError::File { path: backup.clone(), source };
    // SQLite writes only into a file that is missing or empty. An older copy of the same version is left from a
    // migration that failed, after which the database was as before.
    private_file().write(true).create(true).truncate(true).open(&backup).map_err(failed)?;
    query(BACK_UP_SQLITE).bind(backup.to_string_lossy().into_owned()).execute(connection).await?;
    Ok(backup)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
