//! The words of a call: versions, lines, and the full-text index of the current version.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;
use sqlx::FromRow;
use sqlx::types::Json;

use super::error::StoreError;
use super::line_words::LineWords;
use super::session::{Session, execute, on, query, query_as, query_scalar};
use super::types::{Instant, TranscriptId};
use super::values::{count, number};
use super::{Statements, Store};
use crate::model::ids::CallRef;
use crate::model::transcript::{Line, Transcript, Utterance};

/// A line's id is its transcript's id, shifted by this many bits, and its number.
pub(super) const LINE_BITS: u32 = 20;
pub(super) const MAX_LINES: usize = (1 << LINE_BITS) - 1;
/// Lines a statement: one statement for almost every call, and bounded memory for a hostile one.
const LINES_A_STATEMENT: usize = 8192;

const FIND_TRANSCRIPT: &str = "SELECT id FROM transcripts WHERE call_id = $1 AND hash = $2";
const INSERT_TRANSCRIPT: &str = "INSERT INTO transcripts (call_id, hash, timed, words, imported_at)
    VALUES ($1, $2, $3, $4, $5) RETURNING id";
// Rows come as one JSON array of arrays: SQLite reads those twice as fast as objects.
const INSERT_LINES_SQLITE: &str = "INSERT INTO lines (id, party_n, start_ms, end_ms, text, utterances)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each($1)";
const INSERT_LINES_POSTGRES: &str = "INSERT INTO lines (id, party_n, start_ms, end_ms, text, utterances)
    SELECT (value ->> 0)::BIGINT, (value ->> 1)::BIGINT, (value ->> 2)::BIGINT, (value ->> 3)::BIGINT, value ->> 4,
        value -> 5
    FROM jsonb_array_elements($1)";
const INSERT_WORDS_SQLITE: &str = "INSERT INTO line_index (rowid, words)
    SELECT value ->> 0, value ->> 1 FROM json_each($1)";
const INSERT_WORDS_POSTGRES: &str = "INSERT INTO line_index (id, words)
    SELECT (value ->> 0)::BIGINT, (value ->> 1)::TSVECTOR FROM jsonb_array_elements($1)";
const INSERT_CALL_WORDS_SQLITE: &str = "INSERT INTO call_words (rowid, words)
    SELECT value ->> 0, value ->> 1 FROM json_each($1)";
const INSERT_CALL_WORDS_POSTGRES: &str = "INSERT INTO call_words (id, words)
    SELECT (value ->> 0)::BIGINT, (value ->> 1)::TSVECTOR FROM jsonb_array_elements($1)";
const DELETE_WORDS_SQLITE: &str = "DELETE FROM line_index WHERE rowid > $1 AND rowid < $2";
const DELETE_WORDS_POSTGRES: &str = "DELETE FROM line_index WHERE id > $1 AND id < $2";
const DELETE_CALL_WORDS_SQLITE: &str = "DELETE FROM call_words WHERE rowid > $1 AND rowid < $2";
const DELETE_CALL_WORDS_POSTGRES: &str = "DELETE FROM call_words WHERE id > $1 AND id < $2";
const LINES: &str = "SELECT id, party_n, text, utterances FROM lines WHERE id > $1 AND id < $2 ORDER BY id NULLS LAST";

pub(super) const STATEMENTS: Statements = Statements {
    both: &[FIND_TRANSCRIPT, INSERT_TRANSCRIPT, LINES],
    sqlite: &[
        INSERT_LINES_SQLITE,
        INSERT_WORDS_SQLITE,
        INSERT_CALL_WORDS_SQLITE,
        DELETE_WORDS_SQLITE,
        DELETE_CALL_WORDS_SQLITE,
    ],
    postgres: &[
        INSERT_LINES_POSTGRES,
        INSERT_WORDS_POSTGRES,
        INSERT_CALL_WORDS_POSTGRES,
        DELETE_WORDS_POSTGRES,
        DELETE_CALL_WORDS_POSTGRES,
    ],
};

#[derive(FromRow)]
struct LineRow {
    id: i64,
    party_n: Option<i64>,
    text: String,
    utterances: Json<Vec<Utterance>>,
}

/// id, party_n, start_ms, end_ms, text, utterances
#[derive(Serialize)]
struct NewLine<'a>(i64, Option<usize>, Option<i64>, Option<i64>, Cow<'a, str>, &'a [Utterance]);

impl Store {
    /// The words of one version, with its parties as the call's list counts them. An unknown version is empty.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn transcript(&self, id: TranscriptId) -> Result<Transcript, StoreError> {
        load(&mut self.pool.read().await?, id).await
    }
}

/// Writes a version of a call's words, at most [`MAX_LINES`], unless it is there already. `places` gives for each party
/// of the import its place in the call's stored list. Returns the version and whether it is new.
pub(super) async fn store(
    session: &mut Session,
    call: CallRef,
    hash: &str,
    transcript: &Transcript,
    places: &[usize],
    now: Timestamp,
) -> Result<(TranscriptId, bool), StoreError> {
    let known: Option<i64> =
        on!(&mut *session, |db| query_scalar(FIND_TRANSCRIPT).bind(call.0).bind(hash).fetch_optional(db).await?);
    if let Some(id) = known {
        return Ok((TranscriptId(id), false));
    }
    let id: i64 = on!(&mut *session, |db| query_scalar(INSERT_TRANSCRIPT)
        .bind(call.0)
        .bind(hash)
        .bind(transcript.is_timed())
        .bind(count(transcript.words()))
        .bind(Instant::new(now))
        .fetch_one(db)
        .await?);
    let id = TranscriptId(id);
    let insert = session.pick(INSERT_LINES_SQLITE, INSERT_LINES_POSTGRES);
    for lines in transcript.lines.chunks(LINES_A_STATEMENT) {
        let rows: Vec<_> = lines
            .iter()
            .map(|line| {
                let party = line.party.and_then(|party| places.get(party).copied());
                let text = without_nul(&line.text);
                NewLine(line_id(id, line.n), party, line.start_ms(), line.end_ms(), text, &line.utterances)
            })
            .collect();
        let rows = Json(rows);
        execute!(&mut *session, query(insert).bind(&rows));
    }
    Ok((id, true))
}

/// Makes the words of this version found no more.
pub(super) async fn unindex(session: &mut Session, id: TranscriptId) -> Result<(), StoreError> {
    let (from, to) = ids(id);
    for (sqlite, postgres) in
        [(DELETE_WORDS_SQLITE, DELETE_WORDS_POSTGRES), (DELETE_CALL_WORDS_SQLITE, DELETE_CALL_WORDS_POSTGRES)]
    {
        let delete = session.pick(sqlite, postgres);
        execute!(&mut *session, query(delete).bind(from).bind(to));
    }
    Ok(())
}

/// Makes the lines of transcripts found by their words. All at once: FTS5 writes what it has gathered before every further
/// statement, and merges what it has written.
pub(super) async fn index(session: &mut Session, transcripts: &[(TranscriptId, &LineWords)]) -> Result<(), StoreError> {
    let rows = |of: fn(&LineWords) -> &[(i64, String)]| {
        let ids = transcripts.iter().map(move |(id, words)| (ids(*id).0, of(words)));
        ids.flat_map(|(base, rows)| rows.iter().map(move |(n, words)| (base + n, words.as_str()))).collect::<Vec<_>>()
    };
    index_words(session, &rows(|words| &words.lines), &rows(|words| &words.blocks)).await
}

/// Makes lines found by their words, given with their ids, and calls by those of their blocks.
pub(super) async fn index_words(
    session: &mut Session,
    lines: &[(i64, &str)],
    blocks: &[(i64, &str)],
) -> Result<(), StoreError> {
    let insert_lines = session.pick(INSERT_WORDS_SQLITE, INSERT_WORDS_POSTGRES);
    let insert_blocks = session.pick(INSERT_CALL_WORDS_SQLITE, INSERT_CALL_WORDS_POSTGRES);
    for (insert, rows) in [(insert_lines, lines), (insert_blocks, blocks)] {
        for rows in rows.chunks(LINES_A_STATEMENT) {
            execute!(&mut *session, query(insert).bind(Json(rows)));
        }
    }
    Ok(())
}

/// The words of one version.
pub(super) async fn load(session: &mut Session, id: TranscriptId) -> Result<Transcript, StoreError> {
    let (from, to) = ids(id);
    let rows: Vec<LineRow> = on!(session, |db| query_as(LINES).bind(from).bind(to).fetch_all(db).await?);
    let lines = rows.into_iter().map(|row| {
        Ok(Line {
            n: number("lines.id", row.id - from)?,
            party: row.party_n.map(|n| number("lines.party_n", n)).transpose()?,
            text: row.text,
            utterances: row.utterances.0,
        })
    });
    Ok(Transcript { lines: lines.collect::<Result<_, StoreError>>()? })
}

fn line_id(transcript: TranscriptId, n: u32) -> i64 {
    (transcript.0 << LINE_BITS) | i64::from(n)
}

/// The ids of a transcript's lines lie between these two.
pub(super) fn ids(transcript: TranscriptId) -> (i64, i64) {
    (transcript.0 << LINE_BITS, (transcript.0 + 1) << LINE_BITS)
}

/// PostgreSQL cannot keep U+0000. A blank takes its place, because utterances count the bytes of the text.
fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { text.replace('\0', " ").into() } else { text.into() }
}
