//! Everything that is kept: calls, words, answers, scores, people. SQLite by default, PostgreSQL when shared.
//!
//! Each statement is written once, as a named constant, and runs on whichever engine is open. Where the engines truly
//! differ, two constants stand side by side. A file lists its constants in `STATEMENTS`, and a test prepares all of
//! them on both engines, so a new statement must be added to its file's list.
//!
//! The clock is never read: callers pass the time.

mod address;
mod answers;
mod built;
mod calls;
mod connect;
mod copy;
mod corrections;
mod error;
mod forget;
mod gong_calls;
mod history;
mod history_sql;
mod inspect;
mod line_words;
mod lines;
mod measured;
mod migrate;
mod parties;
#[cfg(test)]
mod plans;
mod reps;
mod requests;
mod roster;
mod scorecards;
mod search;
mod search_sql;
mod session;
mod sync_state;
mod tables;
mod text_index;
mod text_query;
mod types;
mod values;

pub use answers::{NewAnswers, StoredAnswers};
pub use calls::{NewCall, PutCall, StoredCall, StoredTranscript};
pub use connect::Target;
pub use error::StoreError;
pub use gong_calls::{GongFacts, KnownGongCall, PendingCall};
pub use history::{Asked, CallCounts, History, PastMeasures, PastObjection, PastResult, PeerScores, Scope};
pub use inspect::{Attribution, Backlog, Connections, Encryption, Results, Syncs};
pub use migrate::{Migrated, Migration, Status};
pub use reps::Rep;
pub use roster::{Member, MemberChange, NAME_ONLY};
pub use scorecards::{EarlierCall, EarlierDimension, NewScore, NewScores, OVERALL, RubricStamp, Standing};
pub use search::{CallFilter, FoundCall, FoundCalls, FoundLine, FoundObjection, FoundScore, Page, Sort};
pub use sync_state::{OpenWindow, ReadTo, SyncState};
pub use tables::{Kind, TABLES, Table};
pub use text_query::{TextQuery, TextQueryError};
pub use types::{AnswersId, RepId, TranscriptId};

/// The open database. Cheap to clone; clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    pool: session::Pool,
    /// The file, where the database is one.
    file: Option<connect::OpenFile>,
}

impl Store {
    fn of(pool: session::Pool) -> Self {
        let file = match &pool {
            session::Pool::Sqlite(pool) => Some(connect::OpenFile::at(pool.connect_options().get_filename())),
            session::Pool::Postgres(_) => None,
        };
        Store { pool, file }
    }

    /// Closes the connections and waits until that is done. Without it nothing is lost, but SQLite leaves its
    /// write-ahead log beside the file.
    pub async fn close(self) {
        match self.pool {
            session::Pool::Sqlite(pool) => pool.close().await,
            session::Pool::Postgres(pool) => pool.close().await,
        }
    }
}

/// The SQL of one file.
#[derive(Debug, Clone, Copy)]
pub struct Statements {
    /// Texts that both engines understand.
    pub both: &'static [&'static str],
    /// Texts for SQLite.
    pub sqlite: &'static [&'static str],
    /// Texts for PostgreSQL.
    pub postgres: &'static [&'static str],
}

/// All SQL of the program, for the test that prepares each text.
pub const STATEMENTS: &[Statements] = &[
    answers::STATEMENTS,
    calls::STATEMENTS,
    copy::STATEMENTS,
    corrections::STATEMENTS,
    forget::STATEMENTS,
    gong_calls::STATEMENTS,
    history::STATEMENTS,
    inspect::STATEMENTS,
    lines::STATEMENTS,
    measured::STATEMENTS,
    migrate::STATEMENTS,
    parties::STATEMENTS,
    reps::STATEMENTS,
    requests::STATEMENTS,
    roster::STATEMENTS,
    scorecards::STATEMENTS,
    session::STATEMENTS,
    sync_state::STATEMENTS,
];
