//! One test body, every engine.

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use call_coach::store::{Store, Target};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use tempfile::TempDir;

use super::dump;
use super::postgres::{Server, server};

/// A database that exists for one test.
pub(crate) struct TestDatabase {
    /// What to say when it fails.
    pub(crate) name: &'static str,
    /// Where it is.
    pub(crate) target: Target,
    _cleaner: Cleaner,
}

/// What is removed with the test, if it fails too.
enum Cleaner {
    Folder { _folder: TempDir },
    Database { url: String, name: String },
}

/// How text is sorted in a database; ours must not depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Collation {
    C,
    /// `en_US.UTF-8`, or ICU's English where the system does not have it.
    English,
}

/// Runs a body on an empty database of each kind, already migrated, and compares what it returns and what the tables
/// hold, row for row.
pub(crate) async fn on_every_engine<T: Debug + PartialEq>(body: impl AsyncFn(Store) -> T) {
    let mut first: Option<(T, dump::Tables)> = None;
    for database in every_database(true).await {
        let name = database.name;
        let store = Store::open(&database.target).await.unwrap();
        let result = body(store.clone()).await;
        dump::check_integrity(&database.target).await;
        let tables = dump::tables(&database.target).await;
        dump::check_current(&tables);
        store.close().await;
        match &first {
            None => first = Some((result, tables)),
            Some((first_result, first_tables)) => {
                assert_eq!(&result, first_result, "{name} differs from SQLite");
                dump::assert_same(&tables, first_tables, name);
            }
        }
    }
}

/// One database of each kind, SQLite first. Unmigrated SQLite ones do not exist as files yet.
pub(crate) async fn every_database(migrated: bool) -> Vec<TestDatabase> {
    let mut all = vec![sqlite()];
    if let Some(server) = server() {
        all.push(postgres(server, "PostgreSQL", Collation::C, migrated).await);
        all.push(postgres(server, "PostgreSQL sorting like English", Collation::English, migrated).await);
    }
    all
}

/// A path in a folder of its own at which no file exists.
pub(crate) fn sqlite() -> TestDatabase {
    let folder = tempfile::tempdir().unwrap();
    let target = Target::Sqlite(folder.path().join("new/calls.db"));
    TestDatabase { name: "SQLite", target, _cleaner: Cleaner::Folder { _folder: folder } }
}

/// An empty PostgreSQL database, if a server can be had.
pub(crate) async fn empty_postgres() -> Option<TestDatabase> {
    Some(postgres(server()?, "PostgreSQL", Collation::C, false).await)
}

/// A PostgreSQL database with one call, as the first version left it.
pub(crate) async fn oldest_postgres() -> Option<TestDatabase> {
    let database = empty_postgres().await?;
    if let Target::Postgres(options) = &database.target {
        let sql = std::fs::read_to_string(fixture("oldest.sql")).unwrap();
        execute(options.to_url_lossy().as_str(), sql).await.unwrap();
    }
    Some(database)
}

/// A file that is kept for the tests.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures").join(name)
}

impl TestDatabase {
    /// The SQLite file.
    pub(crate) fn path(&self) -> PathBuf {
        match &self.target {
            Target::Sqlite(path) => path.clone(),
            Target::Postgres(_) => panic!("{} is no file", self.name),
        }
    }
}

async fn postgres(server: &'static Server, name: &'static str, collation: Collation, migrated: bool) -> TestDatabase {
    let template = if migrated && server.ours.is_some() { Some(template(server, collation)) } else { None };
    let (database, target) = create(server, collation, template).await;
    if migrated && template.is_none() {
        Store::migrate(&target, false).await.unwrap();
    }
    TestDatabase { name, target, _cleaner: Cleaner::Database { url: server.url.clone(), name: database } }
}

/// A migrated database to copy, made once a run: copying is faster than migrating.
fn template(server: &'static Server, collation: Collation) -> &'static str {
    static C: OnceLock<String> = OnceLock::new();
    static ENGLISH: OnceLock<String> = OnceLock::new();
    let cell = if collation == Collation::C { &C } else { &ENGLISH };
    cell.get_or_init(|| {
        wait_for(async move {
            let (name, target) = create(server, collation, None).await;
            Store::migrate(&target, false).await.unwrap();
            name
        })
    })
}

/// Runs a future to its end from a place that is not async, such as `Drop` inside of a test's runtime.
fn wait_for<T: Send>(future: impl Future<Output = T> + Send) -> T {
    std::thread::scope(|scope| {
        let run = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future);
        scope.spawn(run).join().unwrap()
    })
}

async fn create(server: &Server, collation: Collation, template: Option<&str>) -> (String, Target) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    // Two copies of one template at a time fail.
    static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _one = ONE_AT_A_TIME.lock().await;
    let name = format!("call_coach_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let make = |rest: &str| format!("CREATE DATABASE {name} TEMPLATE {} {rest}", template.unwrap_or("template0"));
    let english = ["LOCALE 'en_US.UTF-8'", "LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"];
    let made = match (template, collation) {
        (Some(_), _) => execute(&server.url, make("")).await,
        (None, Collation::C) => execute(&server.url, make("ENCODING 'UTF8' LOCALE 'C'")).await,
        (None, Collation::English) => {
            match execute(&server.url, make(&format!("ENCODING 'UTF8' {}", english[0]))).await {
                Ok(()) => Ok(()),
                Err(_) => execute(&server.url, make(&format!("ENCODING 'UTF8' {}", english[1]))).await,
            }
        }
    };
    made.unwrap();
    let options: PgConnectOptions = server.url.parse().unwrap();
    (name.clone(), Target::Postgres(Box::new(options.database(&name))))
}

/// Runs SQL that cannot be a constant, such as one with a database's name in it.
#[allow(clippy::disallowed_methods)]
pub(crate) async fn execute(url: &str, sql: String) -> Result<(), sqlx::Error> {
    let mut connection = url.parse::<PgConnectOptions>()?.connect().await?;
    connection.execute(sqlx::AssertSqlSafe(sql)).await?;
    connection.close().await
}

impl Drop for Cleaner {
    fn drop(&mut self) {
        if let Cleaner::Database { url, name } = self {
            let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            // A test that fails must not fail twice.
            let _ = wait_for(execute(url, sql));
        }
    }
}
