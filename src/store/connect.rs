//! Which database, and how it is opened.

use std::fmt;
use std::io::Read as _;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, PgPool, SqlitePool};
use tokio::net::TcpStream;

use super::address;
use super::error::StoreError;

/// How long a writer waits for the other writers of an SQLite file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(60);
/// A Neon database that has gone to sleep takes 10 to 15 seconds to answer the first time.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// How often a first connection is tried, and the pause after the first failure; each further one is twice as long.
const ATTEMPTS: u32 = 6;
const FIRST_DELAY: Duration = Duration::from_millis(200);
/// Rows that the driver's thread may read before they are taken: with its 50, most of the time goes into waking.
const ROWS_AHEAD: usize = 2000;
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
            let options = address::parse(text).map_err(|reason| bad(&format!("{scheme}://…"), &reason))?;
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

/// Connects to a PostgreSQL server. A database that goes to sleep when nobody uses it (Neon's do) refuses or drops the
/// connections that wake it: those are tried again, a few times.
pub(super) async fn postgres(options: &PgConnectOptions) -> Result<PgPool, StoreError> {
    let mut delay = FIRST_DELAY;
    let mut attempt = 1;
    loop {
        match connect(options).await {
            Ok(pool) => return Ok(pool),
            Err(error) if attempt < ATTEMPTS && may_be_waking(&error, options) => {
                tracing::info!("the database does not answer yet ({attempt} of {ATTEMPTS}); trying again");
                tokio::time::sleep(delay).await;
                attempt += 1;
                delay *= 2;
            }
            Err(error) => {
                let target = Target::Postgres(Box::new(options.clone())).to_string();
                return Err(explain(target, &error, attempt));
            }
        }
    }
}

async fn connect(options: &PgConnectOptions) -> Result<PgPool, sqlx::Error> {
    // The pool would try a port at which nobody listens again and again until its time is over.
    if options.get_socket().is_none() {
        let knock = TcpStream::connect((options.get_host(), options.get_port()));
        tokio::time::timeout(CONNECT_TIMEOUT, knock).await.map_err(|_| sqlx::Error::PoolTimedOut)??;
    }
    let pool = PgPoolOptions::new().max_connections(MAX_CONNECTIONS).acquire_timeout(CONNECT_TIMEOUT);
    pool.connect_with(options.clone()).await
}

/// Whether the next attempt may succeed. Nothing wakes up on this machine.
fn may_be_waking(error: &sqlx::Error, options: &PgConnectOptions) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionRefused, ConnectionReset, UnexpectedEof};
    match error {
        sqlx::Error::Io(error) => match error.kind() {
            ConnectionRefused => !is_this_machine(options),
            kind => matches!(kind, ConnectionReset | ConnectionAborted | UnexpectedEof | BrokenPipe),
        },
        // The server says that it is going down or coming up, or Neon's proxy that it found no compute yet.
        sqlx::Error::Database(error) => {
            let message = error.message().to_lowercase();
            error.code().is_some_and(|code| code.starts_with("57P0"))
                || ["compute node", "control plane"].iter().any(|sleeper| message.contains(sleeper))
        }
        _ => false,
    }
}

fn is_this_machine(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    let is_loopback = host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    options.get_socket().is_some() || host == "localhost" || is_loopback
}

/// What kept us from connecting, and what to type where that can be told.
fn explain(target: String, error: &sqlx::Error, attempts: u32) -> StoreError {
    let text = match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        sqlx::Error::PoolTimedOut => format!("no answer within {} seconds", CONNECT_TIMEOUT.as_secs()),
        sqlx::Error::Io(error) => error.to_string(),
        other => other.to_string(),
    };
    let refused = |reason: String| StoreError::Refused { target: target.clone(), reason };
    if let Some((_, reason)) = text.split_once("invalid peer certificate: ") {
        return refused(format!(
            "its certificate is not accepted ({reason}), and `sslmode=verify-full` or `channel_binding=require` in the \
             URL asks for that: name its authority with `sslmode=verify-full&sslrootcert=FILE`, or encrypt without \
             checking who answers with `sslmode=require` alone"
        ));
    }
    if text.contains("does not support TLS") {
        return refused(
            "it does not speak TLS, which `sslmode` in the URL asks for: switch TLS on there, or, in a network you \
             trust, type `sslmode=disable`"
                .to_owned(),
        );
    }
    if text.contains("unsupported startup parameter") {
        return refused(format!(
            "the pooler there says \"{text}\": leave `options` out of the URL, or name the database's own host"
        ));
    }
    let reason = match attempts {
        1 => text,
        _ => format!("{text} (tried {attempts} times; a database that was asleep may need a minute: try again)"),
    };
    StoreError::Unreachable { target, reason }
}

/// What every SQLite file begins with.
const SQLITE_BEGINS: &[u8; 16] = b"SQLite format 3\0";

/// The file of an open SQLite database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenFile {
    path: PathBuf,
    identity: Option<(u64, u64)>,
}

impl OpenFile {
    /// The file that lies at the path now.
    pub(super) fn at(path: &Path) -> Self {
        OpenFile { path: path.to_owned(), identity: identity(path) }
    }

    /// Whether it still lies there and begins as a database does. SQLite itself would not notice: it holds the file
    /// open, and does not read again what it has read.
    pub(super) fn is_in_place(&self) -> bool {
        let mut beginning = [0; SQLITE_BEGINS.len()];
        let read = std::fs::File::open(&self.path).and_then(|mut file| file.read_exact(&mut beginning));
        read.is_ok() && beginning == *SQLITE_BEGINS && identity(&self.path) == self.identity
    }
}

/// What tells a file from every other one: its device and its number there.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<(u64, u64)> {
    None
}

/// Connects to an SQLite file that exists.
pub(super) async fn sqlite(path: &Path) -> Result<SqlitePool, StoreError> {
    open_sqlite(path, SqliteConnectOptions::new()).await
}

/// Connects to an SQLite file that exists and leaves it and its folder as they are.
pub(super) async fn sqlite_to_read(path: &Path) -> Result<SqlitePool, StoreError> {
    // Reading makes a write-ahead log too, unless SQLite is told that nobody writes. A log that is there already may
    // hold what the file lacks, so then it is read with it; of all files only its index (`-shm`) is then written.
    let is_in_use = ["-wal", "-journal"].iter().any(|ending| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        std::fs::metadata(name).is_ok_and(|log| log.len() > 0)
    });
    open_sqlite(path, SqliteConnectOptions::new().read_only(true).immutable(!is_in_use)).await
}

async fn open_sqlite(path: &Path, options: SqliteConnectOptions) -> Result<SqlitePool, StoreError> {
    let options = options
        .filename(path)
        .create_if_missing(false)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        // Safe in WAL mode: a power cut may lose the last commits, but never damages the file.
        .synchronous(SqliteSynchronous::Normal)
        .row_buffer_size(ROWS_AHEAD)
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
}
