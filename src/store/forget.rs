//! Removing calls for good: words, results, quotes. A tombstone stays, so that no import brings them back.

use jiff::Timestamp;

use super::error::StoreError;
use super::lines;
use super::session::{Pool, Session, execute, on, query, query_as, query_scalar};
use super::types::{Instant, TranscriptId};
use super::values::clean;
use super::{Statements, Store};
use crate::model::ids::CallRef;

const IDENTITY: &str = "SELECT source, ext_id FROM calls WHERE id = $1";
const BURY: &str = "INSERT INTO tombstones (source, ext_id, created_at) VALUES ($1, $2, $3)
    ON CONFLICT (source, ext_id) DO NOTHING";
const VERSIONS: &str = "SELECT id FROM transcripts WHERE call_id = $1 ORDER BY id NULLS LAST";
const DROP_CURRENT: &str = "DELETE FROM current WHERE call_id = $1";
const DROP_MEASURED: &str = "DELETE FROM measured WHERE call_id = $1";
const DROP_CORRECTIONS: &str = "DELETE FROM corrections WHERE call_id = $1";
const DROP_SCORECARDS: &str = "DELETE FROM scorecards WHERE call_id = $1";
const DROP_OBJECTIONS: &str = "DELETE FROM objections WHERE answers_id IN (SELECT id FROM answers WHERE call_id = $1)";
const DROP_ANSWERS: &str = "DELETE FROM answers WHERE call_id = $1";
const DROP_LINES: &str = "DELETE FROM lines WHERE id >= $1 AND id < $2";
const LET_GO: &str = "UPDATE calls SET current_transcript_id = NULL WHERE id = $1";
const DROP_TRANSCRIPTS: &str = "DELETE FROM transcripts WHERE call_id = $1";
const DROP_PARTIES: &str = "DELETE FROM parties WHERE call_id = $1";
const DROP_TOPICS: &str = "DELETE FROM topics WHERE call_id = $1";
const DROP_GONG: &str = "DELETE FROM gong_calls WHERE call_id = $1";
const DROP_CALL: &str = "DELETE FROM calls WHERE id = $1";
/// The index keeps the words of removed lines until its parts are merged.
const MERGE_INDEX_SQLITE: &str = "INSERT INTO line_index (line_index) VALUES ('optimize')";
const MERGE_CALL_WORDS_SQLITE: &str = "INSERT INTO call_words (call_words) VALUES ('optimize')";
/// Without it the pages that held the words stay in the file until they are used again …
const VACUUM_SQLITE: &str = "VACUUM main";
/// … and in the log beside it.
const EMPTY_LOG_SQLITE: &str = "PRAGMA wal_checkpoint (TRUNCATE)";
const VACUUM_POSTGRES: &str = "VACUUM lines, line_index, call_words, answers, objections, parties, calls,
    corrections, gong_calls";
const CALLS_OF_PARTY: &str = "SELECT DISTINCT call_id FROM parties WHERE lower(email) = $1
    ORDER BY call_id NULLS LAST";
const CALLS_BEFORE: &str = "SELECT id FROM calls WHERE started_at < $1 ORDER BY id NULLS LAST";

pub(super) const STATEMENTS: Statements = Statements {
    both: &[
        IDENTITY,
        BURY,
        VERSIONS,
        DROP_CURRENT,
        DROP_MEASURED,
        DROP_CORRECTIONS,
        DROP_SCORECARDS,
        DROP_OBJECTIONS,
        DROP_ANSWERS,
        DROP_LINES,
        LET_GO,
        DROP_TRANSCRIPTS,
        DROP_PARTIES,
        DROP_TOPICS,
        DROP_GONG,
        DROP_CALL,
        CALLS_OF_PARTY,
        CALLS_BEFORE,
    ],
    sqlite: &[MERGE_INDEX_SQLITE, MERGE_CALL_WORDS_SQLITE, VACUUM_SQLITE, EMPTY_LOG_SQLITE],
    postgres: &[VACUUM_POSTGRES],
};

impl Store {
    /// Removes calls with everything that was said and found on them, all or nothing, and keeps a tombstone of each.
    /// [`Store::wipe`] must follow, or their words stay in the free space of the file.
    ///
    /// # Errors
    /// When the database fails; then nothing is removed.
    pub async fn forget(&self, calls: &[CallRef], now: Timestamp) -> Result<usize, StoreError> {
        let mut session = self.pool.write().await?;
        let mut removed = 0;
        for call in calls {
            removed += usize::from(forget(&mut session, *call, now).await?);
        }
        session.commit().await?;
        Ok(removed)
    }

    /// Gives back the space of what was removed, so that nothing of it can be read from the database's files.
    ///
    /// # Errors
    /// When the database fails, as when another process is using it.
    pub async fn wipe(&self) -> Result<(), StoreError> {
        match &self.pool {
            Pool::Sqlite(pool) => {
                for statement in [MERGE_INDEX_SQLITE, MERGE_CALL_WORDS_SQLITE, VACUUM_SQLITE, EMPTY_LOG_SQLITE] {
                    query(statement).execute(pool).await?;
                }
            }
            Pool::Postgres(pool) => {
                query(VACUUM_POSTGRES).execute(pool).await?;
            }
        }
        Ok(())
    }

    /// The calls on which a person with this e-mail address took part.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn calls_of_party(&self, email: &str) -> Result<Vec<CallRef>, StoreError> {
        let mut session = self.pool.read().await?;
        let email = email.trim().to_ascii_lowercase();
        let ids: Vec<i64> =
            on!(&mut session, |db| query_scalar(CALLS_OF_PARTY).bind(clean(&email)).fetch_all(db).await?);
        Ok(ids.into_iter().map(CallRef).collect())
    }

    /// The calls that began before a time. Those without a date are not among them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn calls_before(&self, time: Timestamp) -> Result<Vec<CallRef>, StoreError> {
        let mut session = self.pool.read().await?;
        let ids: Vec<i64> =
            on!(&mut session, |db| query_scalar(CALLS_BEFORE).bind(Instant::new(time)).fetch_all(db).await?);
        Ok(ids.into_iter().map(CallRef).collect())
    }
}

/// Whether there was such a call.
async fn forget(session: &mut Session, call: CallRef, now: Timestamp) -> Result<bool, StoreError> {
    let identity: Option<(String, String)> =
        on!(&mut *session, |db| query_as(IDENTITY).bind(call.0).fetch_optional(db).await?);
    let Some((source, ext_id)) = identity else { return Ok(false) };
    execute!(&mut *session, query(BURY).bind(source).bind(ext_id).bind(Instant::new(now)));
    let versions: Vec<i64> = on!(&mut *session, |db| query_scalar(VERSIONS).bind(call.0).fetch_all(db).await?);
    for version in versions.into_iter().map(TranscriptId) {
        lines::unindex(session, version).await?;
        let (from, to) = lines::ids(version);
        execute!(&mut *session, query(DROP_LINES).bind(from).bind(to));
    }
    for statement in [
        DROP_CURRENT,
        DROP_MEASURED,
        DROP_CORRECTIONS,
        DROP_SCORECARDS,
        DROP_OBJECTIONS,
        DROP_ANSWERS,
        LET_GO,
        DROP_TRANSCRIPTS,
        DROP_PARTIES,
        DROP_TOPICS,
        DROP_GONG,
        DROP_CALL,
    ] {
        execute!(&mut *session, query(statement).bind(call.0));
    }
    Ok(true)
}
