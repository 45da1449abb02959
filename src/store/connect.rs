//! Which database, and how it is opened.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, PgPool, SqlitePool};
use tokio::net::TcpStream;

use super::error::StoreError;

/// How long a writer waits for the other writers of an SQLite file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(60);
/// A Neon database that has gone to sleep takes 10 to 15 seconds to answer the first time.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// Connections a process keeps; one writes, the others read.
const MAX_CONNECTIONS: u32 = 4;

/// Where the data is kept.
#[derive(Clone)]
pub enum Target {
    /// An SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL server.
    Postgres(Box<PgConnectOptions>),
}

impl Target {
    /// Reads `postgres://…`, `sqlite:PATH` or a plain path.
    ///
    /// # Errors
    ///
    /// [`StoreError::BadTarget`] for another kind of URL, an unreadable one, and `:memory:`, since nothing would be
    /// kept. The message never holds the password.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let bad =
            |shown: &str, reason: &str| StoreError::BadTarget { shown: shown.to_owned(), reason: reason.to_owned() };
        let text = text.trim();
        if let Some((scheme @ ("postgres" | "postgresql"), _)) = text.split_once("://") {
            let options = PgConnectOptions::from_str(&without_channel_binding(text))
                .map_err(|_| bad(&format!("{scheme}://…"), "expected postgres://USER:PASSWORD@HOST/DATABASE"))?;
            return Ok(Target::Postgres(Box::new(options)));
        }
        let path = match text.strip_prefix("sqlite:") {
            Some(rest) => rest.strip_prefix("//").unwrap_or(rest),
            None => text,
        };
        if let Some((scheme, _)) = path.split_once("://") {
            return Err(bad(&format!("{scheme}://…"), "only postgres:// URLs and SQLite files are known"));
        }
        match path {
            "" => Err(bad(text, "expected a file or a postgres:// URL")),
            ":memory:" => Err(bad(text, "nothing would be kept; name a file")),
            path => Ok(Target::Sqlite(PathBuf::from(path))),
        }
    }

    /// The engine's name.
    pub fn engine(&self) -> &'static str {
        match self {
            Target::Sqlite(_) => "SQLite",
            Target::Postgres(_) => "PostgreSQL",
        }
    }
}

/// The file, or host and database: never user or password.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Sqlite(path) => write!(f, "{}", path.display()),
            Target::Postgres(options) => {
                let database = options.get_database().unwrap_or(options.get_username());
                match options.get_socket() {
                    Some(socket) => write!(f, "postgres://{}/{database}", socket.display()),
                    None => write!(f, "postgres://{}:{}/{database}", options.get_host(), options.get_port()),
                }
            }
        }
    }
}

/// As displayed: the driver's own `Debug` of its options holds the password.
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Target({self})")
    }
}

/// Neon puts `channel_binding` into its URLs, which the driver does not know.
fn without_channel_binding(url: &str) -> String {
    match url.split_once('?') {
        None => url.to_owned(),
        Some((base, query)) => {
            let kept: Vec<_> = query.split('&').filter(|pair| !pair.starts_with("channel_binding=")).collect();
            if kept.is_empty() { base.to_owned() } else { format!("{base}?{}", kept.join("&")) }
        }
    }
}

/// A host whose first label ends in `-pooler` is Neon's PgBouncer in front of the host without it.
fn direct_host(host: &str) -> Option<String> {
    let (label, domain) = host.split_once('.')?;
    Some(format!("{}.{domain}", label.strip_suffix("-pooler")?))
}

/// Which of a server's addresses is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    /// As given.
    Given,
    /// Past a pooler, which cannot hold the lock of a migration.
    Direct,
}

/// Connects to a PostgreSQL server.
pub(super) async fn postgres(options: &PgConnectOptions, route: Route) -> Result<PgPool, StoreError> {
    // Statements hold no words of a call, but their being logged would tell what is looked for.
    let mut options = options.clone().disable_statement_logging().application_name("call-coach");
    if let Some(direct) = direct_host(options.get_host()) {
        options = match route {
            Route::Direct => options.host(&direct),
            // The pooler gives each transaction another connection, which does not know our prepared statements.
            Route::Given => options.statement_cache_capacity(0),
        };
    }
    let unreachable =
        |reason| StoreError::Unreachable { target: Target::Postgres(Box::new(options.clone())).to_string(), reason };
    // The pool would try a port at which nobody listens again and again until its time is over.
    if options.get_socket().is_none() {
        let knock = TcpStream::connect((options.get_host(), options.get_port()));
        if let Ok(Err(error)) = tokio::time::timeout(CONNECT_TIMEOUT, knock).await {
            return Err(unreachable(error.to_string()));
        }
    }
    let pool = PgPoolOptions::new().max_connections(MAX_CONNECTIONS).acquire_timeout(CONNECT_TIMEOUT);
    pool.connect_with(options.clone()).await.map_err(|error| {
        unreachable(match error {
            sqlx::Error::Database(error) => error.message().to_owned(),
            sqlx::Error::PoolTimedOut => format!("no answer within {} seconds", CONNECT_TIMEOUT.as_secs()),
            other => other.to_string(),
        })
    })
}

/// Connects to an SQLite file that exists.
pub(super) async fn sqlite(path: &Path) -> Result<SqlitePool, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        // Safe in WAL mode: a power cut may lose the last commits, but never damages the file.
        .synchronous(SqliteSynchronous::Normal)
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new()
        .max_connections(MAX_CONNECTIONS)
        // Several tasks of one process wait for a connection while another process writes.
        .acquire_timeout(BUSY_TIMEOUT * 2);
    pool.connect_with(options).await.map_err(|error| match error {
        // SQLITE_NOTADB
        sqlx::Error::Database(error) if error.code().as_deref() == Some("26") => {
            StoreError::NotADatabase(path.to_owned())
        }
        // SQLITE_CANTOPEN
        sqlx::Error::Database(error) if error.code().as_deref() == Some("14") => StoreError::File {
            path: path.to_owned(),
            source: std::io::Error::new(std::io::ErrorKind::PermissionDenied, "it cannot be opened"),
        },
        other => other.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_urls_are_told_apart() {
        for (text, shown) in [
            ("calls.db", "calls.db"),
            ("sqlite:calls.db", "calls.db"),
            ("sqlite:///var/calls.db", "/var/calls.db"),
            ("/var/a b.db", "/var/a b.db"),
            ("postgres://ann:secret@db.example/team", "postgres://db.example:5432/team"),
            ("postgresql://ann@db.example:5433/team?sslmode=require", "postgres://db.example:5433/team"),
        ] {
            assert_eq!(Target::parse(text).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn no_text_about_a_target_holds_its_password() {
        let target = Target::parse("postgres://ann:hunter2@db.example/team").unwrap();
        assert!(!format!("{target} {target:?}").contains("hunter2"));
        for text in ["mysql://ann:hunter2@db/x", "postgres://ann:hunter2@db:port/x", "", ":memory:"] {
            let error = Target::parse(text).unwrap_err();
            assert!(error.is_usage() && !format!("{error} {error:?}").contains("hunter2"), "{error:?}");
        }
    }

    #[test]
    fn neon_urls_are_understood() {
        let url = "postgres://u:p@ep-x-pooler.eu.aws.neon.tech/db?sslmode=require&channel_binding=require";
        assert_eq!(without_channel_binding(url), "postgres://u:p@ep-x-pooler.eu.aws.neon.tech/db?sslmode=require");
        assert_eq!(without_channel_binding("postgres://h/db?channel_binding=require"), "postgres://h/db");
        assert_eq!(direct_host("ep-x-pooler.eu.aws.neon.tech").as_deref(), Some("ep-x.eu.aws.neon.tech"));
        assert_eq!(direct_host("ep-x.eu.aws.neon.tech"), None);
        assert_eq!(direct_host("localhost"), None);
    }
}
