//! What can go wrong with the database, in words that hold no SQL and no password.

use std::path::PathBuf;

use crate::model::ids::CallRef;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No call has this reference.
    #[error("no stored call is {0}")]
    NoSuchCall(CallRef),

    /// The call has no person with this number.
    #[error("{0} has no participant number {1}")]
    NoSuchParty(CallRef, usize),

    /// A call that was removed for good is not stored again.
    #[error("this call was removed with `call-coach forget` and is not stored again")]
    Forgotten,

    /// A store is copied into an empty one only.
    #[error(
        "the database to copy to holds calls or other records already: name an empty one, or a file that does not exist yet"
    )]
    NotEmpty,

    /// Something in the other database, such as a trigger, keeps rows out.
    #[error(
        "the copy of `{table}` has {written} rows and not {read}, so nothing was copied: the other database changes \
         what is written to it; name another one"
    )]
    CopyDiffers {
        /// The table.
        table: &'static str,
        /// Its rows here.
        read: u64,
        /// Its rows there.
        written: u64,
    },
    /// An e-mail address or alias means one person only.
    #[error("`{0}` is another person's already: make them one with `call-coach roster merge`, or leave it out")]
    KeyTaken(String),

    /// A transcript with more lines than line numbers.
    #[error("the transcript has {0} lines; at most 1,048,575 can be stored")]
    TooLong(usize),

    /// The text given as a database is neither a PostgreSQL URL nor a file.
    #[error("`{shown}` is no database: {reason}")]
    BadTarget {
        /// The text, without its password.
        shown: String,
        /// What is wrong with it.
        reason: String,
    },

    /// The file or its folder cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },

    /// The file is not an SQLite database.
    #[error("{0} is not an SQLite database")]
    NotADatabase(PathBuf),

    /// PostgreSQL is changed only by `db migrate`.
    #[error("the database at {target} is not up to date ({pending} to apply): type `call-coach db migrate`")]
    OutOfDate {
        /// The database.
        target: String,
        /// How many migrations are missing.
        pending: usize,
    },

    /// The database holds tables that are not ours.
    #[error(
        "the database at {0} holds tables of another program: name an empty one, or type \
         `call-coach db migrate --into-existing` to put ours beside them"
    )]
    ForeignSchema(String),

    /// A migration that was applied is not the one this program knows.
    #[error(
        "migration {version} of the database at {target} differs from this program's: the database was made by \
         another build; use the build that made it"
    )]
    ChangedMigration {
        /// The database.
        target: String,
        /// The migration's number.
        version: i64,
    },

    /// The database was migrated by a newer version of the program.
    #[error("the database at {target} was made by a newer call-coach (migration {version}): update this one")]
    NewerSchema {
        /// The database.
        target: String,
        /// The unknown migration's number.
        version: i64,
    },

    /// Another process kept the database for itself for too long.
    #[error("the database is busy: another process has been writing to it for too long; try again")]
    Busy,

    /// The database cannot be reached.
    #[error("cannot reach the database at {target}: {reason}")]
    Unreachable {
        /// The database.
        target: String,
        /// The driver's reason.
        reason: String,
    },

    /// The database is there, but what the URL asks for cannot be had.
    #[error("cannot use the database at {target}: {reason}")]
    Refused {
        /// The database.
        target: String,
        /// Why, and what to type.
        reason: String,
    },

    /// A migration failed; nothing of it was applied.
    #[error("migration {version} failed: {reason}")]
    MigrationFailed {
        /// The migration's number.
        version: i64,
        /// The database's reason.
        reason: String,
    },

    /// The file was an SQLite database, and parts of it are missing or overwritten.
    #[error("the database file is damaged: parts of it are missing or overwritten")]
    Damaged,

    /// The SQLite file that was opened does not stand at its path any more.
    #[error("the database file is gone, or something else lies in its place")]
    Replaced,

    /// A stored value could not be read.
    #[error("the database holds a value that this program cannot read ({0})")]
    Unreadable(String),

    /// Anything else that the database reports.
    #[error("the database reports: {0}")]
    Database(String),
}

impl StoreError {
    /// Whether the thing asked for does not exist, as against a database that does not work.
    pub fn is_not_found(&self) -> bool {
        matches!(self, StoreError::NoSuchCall(_) | StoreError::NoSuchParty(..) | StoreError::Forgotten)
    }

    /// Whether what the user typed is wrong, as against a database that does not work.
    pub fn is_usage(&self) -> bool {
        matches!(self, StoreError::BadTarget { .. } | StoreError::NotEmpty | StoreError::KeyTaken(_))
    }
}

/// SQLite's primary result code is the low byte of the extended one: SQLITE_BUSY and SQLITE_LOCKED.
fn is_sqlite_busy(code: &str) -> bool {
    code.parse::<i64>().is_ok_and(|code| matches!(code & 0xff, 5 | 6))
}

/// SQLITE_CORRUPT. PostgreSQL's codes of two digits do not exist.
fn is_sqlite_corrupt(code: &str) -> bool {
    code.parse::<i64>().is_ok_and(|code| code < 10_000 && code & 0xff == 11)
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => match error.code() {
                Some(code) if is_sqlite_busy(&code) && error.message().contains("locked") => StoreError::Busy,
                Some(code) if is_sqlite_corrupt(&code) => StoreError::Damaged,
                _ => StoreError::Database(error.message().to_owned()),
            },
            sqlx::Error::ColumnDecode { index, .. } => StoreError::Unreadable(index),
            sqlx::Error::Decode(_) => StoreError::Unreadable("a single value".to_owned()),
            sqlx::Error::Encode(_) => StoreError::Database("a value could not be written".to_owned()),
            sqlx::Error::PoolTimedOut => StoreError::Busy,
            sqlx::Error::Io(error) => StoreError::Database(format!("the connection broke ({error})")),
            other => StoreError::Database(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn busy_and_locked_are_told_from_other_codes_extended_ones_included() {
        assert!(["5", "6", "261", "517", "262"].iter().all(|code| is_sqlite_busy(code)));
        assert!(["11", "267", "779"].iter().all(|code| is_sqlite_corrupt(code)));
        assert!(!["1", "5", "23505", "01000", "53200"].iter().any(|code| is_sqlite_corrupt(code)));
        assert!(!["1", "19", "2067", "23505", "42P01"].iter().any(|code| is_sqlite_busy(code)));
    }
}
