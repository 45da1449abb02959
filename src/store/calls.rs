//! Calls: put, found again, read.

use std::borrow::Cow;

use jiff::Timestamp;
use sqlx::FromRow;

use super::error::StoreError;
use super::line_words::{self, Cutter, LineWords};
use super::session::{Session, execute, on, query, query_as, query_scalar};
use super::types::{Instant, Name, RepId, TranscriptId};
use super::values::{clean, clean_opt, key_opt, number};
use super::{Statements, Store, lines, parties, roster};
use crate::model::call::{Call, CallType};
use crate::model::ids::CallRef;
use crate::model::transcript::Transcript;

const IS_FORGOTTEN: &str = "SELECT count(*) FROM tombstones WHERE source = $1 AND ext_id = $2";
const UPDATE_CALL: &str = "UPDATE calls SET title = COALESCE($3, title), started_at = COALESCE($4, started_at),
        duration_ms = COALESCE($5, duration_ms), url = COALESCE($6, url), call_type = COALESCE($7, call_type),
        product = COALESCE($8, product), account = COALESCE($9, account),
        workspace_id = COALESCE($10, workspace_id), is_private = $11
    WHERE source = $1 AND ext_id = $2 RETURNING id, current_transcript_id";
const INSERT_CALL: &str = "INSERT INTO calls (source, ext_id, title, started_at, duration_ms, url, call_type, product,
        account, workspace_id, is_private)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (source, ext_id) DO NOTHING RETURNING id, current_transcript_id";
const SET_CURRENT_TRANSCRIPT: &str = "UPDATE calls SET current_transcript_id = $2 WHERE id = $1";
const REDATE_RESULTS: &str = "UPDATE current SET started_at = (SELECT started_at FROM calls WHERE id = $1)
    WHERE call_id = $1";
const CALL: &str = "SELECT calls.id, source, ext_id, title, started_at, duration_ms, url, call_type, product, account,
        workspace_id, is_private, transcripts.id AS transcript_id, hash, timed, words
    FROM calls LEFT JOIN transcripts ON transcripts.id = calls.current_transcript_id WHERE calls.id = $1";
const CALL_BY_EXT_ID: &str = "SELECT id FROM calls WHERE ext_id = $1 ORDER BY id NULLS LAST LIMIT 1";
const CALL_BY_URL: &str = "SELECT id FROM calls WHERE url = $1 ORDER BY id NULLS LAST LIMIT 1";

pub(super) const STATEMENTS: Statements = Statements {
    both: &[
        IS_FORGOTTEN,
        UPDATE_CALL,
        INSERT_CALL,
        SET_CURRENT_TRANSCRIPT,
        REDATE_RESULTS,
        CALL,
        CALL_BY_EXT_ID,
        CALL_BY_URL,
    ],
    sqlite: &[],
    postgres: &[],
};

/// A call as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredCall {
    /// Its short reference, never given to another call.
    pub call_ref: CallRef,
    /// What is known about it. The order of the parties never changes; later imports add to the end.
    pub call: Call,
    /// For each party the rep that they are, once somebody asked ([`Store::rep_of_party`]).
    pub reps: Vec<Option<RepId>>,
    /// The current version of its words; `None` while there are none.
    pub transcript: Option<StoredTranscript>,
}

/// One version of a call's words, without the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTranscript {
    /// What [`Store::transcript`] takes.
    pub id: TranscriptId,
    /// [`Transcript::hash`] over the speakers' keys or names.
    pub hash: String,
    /// Whether every utterance has a start and an end.
    pub timed: bool,
    /// How many words were said.
    pub words: usize,
}

/// What became of a call that was put.
#[derive(Debug, Clone, PartialEq)]
pub struct PutCall {
    /// The call as it stands now.
    pub stored: StoredCall,
    /// The call was not stored before.
    pub is_new: bool,
    /// The words were not stored before.
    pub has_new_transcript: bool,
}

#[derive(FromRow)]
struct CallRow {
    id: i64,
    source: String,
    ext_id: String,
    title: Option<String>,
    started_at: Option<Instant>,
    duration_ms: Option<i64>,
    url: Option<String>,
    call_type: Option<Name<CallType>>,
    product: Option<String>,
    account: Option<String>,
    workspace_id: Option<String>,
    is_private: bool,
    transcript_id: Option<i64>,
    hash: Option<String>,
    timed: Option<bool>,
    words: Option<i64>,
}

/// A call on its way into the store, its words cut and counted already.
pub struct NewCall<'a> {
    call: Cow<'a, Call>,
    spoken: Option<Spoken<'a>>,
}

struct Spoken<'a> {
    transcript: Cow<'a, Transcript>,
    hash: String,
    words: LineWords,
}

impl<'a> NewCall<'a> {
    fn new(
        call: Cow<'a, Call>,
        transcript: Option<Cow<'a, Transcript>>,
        cutter: &mut Cutter,
    ) -> Result<Self, StoreError> {
        let spoken = transcript.map(|transcript| {
            if transcript.lines.len() > lines::MAX_LINES {
                return Err(StoreError::TooLong(transcript.lines.len()));
            }
            let hash = transcript.hash(|party| call.parties.get(party).map_or("", speaker));
            let words = cutter.cut(transcript.lines.iter().map(|line| (i64::from(line.n), line.text.as_str())));
            Ok(Spoken { transcript, hash, words })
        });
        let spoken = spoken.transpose()?;
        Ok(NewCall { call, spoken })
    }
}

impl Store {
    /// Prepares calls for [`Store::put_calls`], each with an error if it cannot be stored. This needs the processor, not
    /// the database.
    pub fn prepare(&self, calls: Vec<(Call, Transcript)>) -> Vec<Result<NewCall<'static>, StoreError>> {
        let mut cutter = self.cutter();
        let prepared = calls
            .into_iter()
            .map(|(call, transcript)| NewCall::new(Cow::Owned(call), Some(Cow::Owned(transcript)), &mut cutter));
        prepared.collect()
    }

    fn cutter(&self) -> Cutter {
        Cutter::new(self.pool.pick(line_words::SQLITE, line_words::POSTGRES))
    }

    /// [`Store::put_call`] for many in one transaction. A call that was removed for good is refused and keeps no other
    /// out.
    ///
    /// # Errors
    ///
    /// When the database fails. Then none of them is stored.
    pub async fn put_calls(
        &self,
        calls: &[&NewCall<'_>],
        now: Timestamp,
    ) -> Result<Vec<Result<PutCall, StoreError>>, StoreError> {
        let mut session = self.pool.write().await?;
        let mut done = Vec::with_capacity(calls.len());
        let mut found_by = Vec::new();
        for new in calls {
            done.push(match put(&mut session, new, &mut found_by, now).await {
                Err(StoreError::Forgotten) => Err(StoreError::Forgotten),
                other => Ok(other?),
            });
        }
        lines::index(&mut session, &found_by).await?;
        session.commit().await?;
        Ok(done)
    }

    /// Stores a call, or updates the one with the same source and id there. Known values stay where the new ones are
    /// unknown, sides that a person chose stay, and the words become a new version only if they differ.
    ///
    /// The parties of the stored call may stand in another order than those given, so read the words back with
    /// [`Store::transcript`] before working with them.
    ///
    /// # Errors
    ///
    /// [`StoreError::Forgotten`] for a call that was removed for good, [`StoreError::TooLong`] for a transcript that
    /// is no conversation, or when the database fails. Then nothing is stored.
    pub async fn put_call(
        &self,
        call: &Call,
        transcript: Option<&Transcript>,
        now: Timestamp,
    ) -> Result<PutCall, StoreError> {
        let new = NewCall::new(Cow::Borrowed(call), transcript.map(Cow::Borrowed), &mut self.cutter())?;
        let mut session = self.pool.write().await?;
        let mut found_by = Vec::new();
        let put = put(&mut session, &new, &mut found_by, now).await?;
        lines::index(&mut session, &found_by).await?;
        session.commit().await?;
        Ok(put)
    }

    /// The call with this reference.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoSuchCall`], or when the database fails.
    pub async fn call(&self, call: CallRef) -> Result<StoredCall, StoreError> {
        load(&mut self.pool.read().await?, call).await
    }

    /// The call with this id at its source, whatever the source.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn call_by_ext_id(&self, ext_id: &str) -> Result<Option<StoredCall>, StoreError> {
        self.find(CALL_BY_EXT_ID, ext_id).await
    }

    /// The call whose recording is opened with this address.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn call_by_url(&self, url: &str) -> Result<Option<StoredCall>, StoreError> {
        self.find(CALL_BY_URL, url).await
    }

    async fn find(&self, statement: &'static str, text: &str) -> Result<Option<StoredCall>, StoreError> {
        let mut session = self.pool.read().await?;
        let id: Option<i64> =
            on!(&mut session, |db| query_scalar(statement).bind(clean(text)).fetch_optional(db).await?);
        match id {
            Some(id) => load(&mut session, CallRef(id)).await.map(Some),
            None => Ok(None),
        }
    }
}

/// How a transcript's hash names a party: as the source does.
fn speaker(party: &crate::model::party::Party) -> &str {
    [&party.speaker_key, &party.name, &party.email].into_iter().find_map(Option::as_deref).unwrap_or("")
}

/// Writes one call, and adds the words by which it is found to those that are still to be written. Nothing is written
/// before the only refusal, that it was removed for good.
async fn put<'a>(
    session: &mut Session,
    new: &'a NewCall<'_>,
    found_by: &mut Vec<(TranscriptId, &'a LineWords)>,
    now: Timestamp,
) -> Result<PutCall, StoreError> {
    let call = &*new.call;
    let forgotten: i64 = on!(&mut *session, |db| query_scalar(IS_FORGOTTEN)
        .bind(clean(&call.source))
        .bind(clean(&call.ext_id))
        .fetch_one(db)
        .await?);
    if forgotten > 0 {
        return Err(StoreError::Forgotten);
    }
    let transcript = new.spoken.as_ref().map(|spoken| &*spoken.transcript);
    // A file that tells no length tells when its last word was said.
    let spoken_ms = transcript.filter(|transcript| transcript.is_timed()).and_then(Transcript::end_ms);
    let Upserted { call: call_ref, is_new, words: before } =
        upsert(session, call, call.duration_ms.or(spoken_ms)).await?;
    let mut known = if is_new { Vec::new() } else { parties::load(session, call_ref).await?.0 };
    if transcript.is_some() {
        // Who speaks is what the new words say.
        known.iter_mut().for_each(|party| party.spoke = false);
    }
    let (mut all, places) = parties::merge(known, &call.parties);
    for party in transcript.iter().flat_map(|transcript| &transcript.lines).filter_map(|line| line.party) {
        if let Some(party) = places.get(party).and_then(|place| all.get_mut(*place)) {
            party.spoke = true;
        }
    }
    parties::store(session, call_ref, &all).await?;
    roster::link(session, call_ref).await?;
    let mut has_new_transcript = false;
    if let Some(Spoken { transcript, hash, words }) = &new.spoken {
        let (id, is_new) = lines::store(session, call_ref, hash, transcript, &places, now).await?;
        has_new_transcript = is_new;
        if before != Some(id) {
            if let Some(before) = before {
                found_by.retain(|(version, _)| *version != before);
                lines::unindex(session, before).await?;
            }
            found_by.push((id, words));
            execute!(&mut *session, query(SET_CURRENT_TRANSCRIPT).bind(call_ref.0).bind(id.0));
        }
    }
    Ok(PutCall { stored: load(session, call_ref).await?, is_new, has_new_transcript })
}

struct Upserted {
    call: CallRef,
    is_new: bool,
    /// The version of its words that is found until now.
    words: Option<TranscriptId>,
}

/// Updates first: an insert that meets a stored call would use up a number, and people type these numbers.
async fn upsert(session: &mut Session, call: &Call, duration_ms: Option<i64>) -> Result<Upserted, StoreError> {
    for statement in [UPDATE_CALL, INSERT_CALL, UPDATE_CALL] {
        let found: Option<(i64, Option<i64>)> = on!(&mut *session, |db| query_as(statement)
            .bind(clean(&call.source))
            .bind(clean(&call.ext_id))
            .bind(clean_opt(call.title.as_deref()))
            .bind(call.started_at.map(Instant::new))
            .bind(duration_ms)
            .bind(key_opt(call.url.as_deref()))
            .bind(call.call_type.map(CallType::as_str))
            .bind(key_opt(call.product.as_deref()))
            .bind(clean_opt(call.account.as_deref()))
            .bind(clean_opt(call.workspace_id.as_deref()))
            .bind(call.is_private)
            .fetch_optional(db)
            .await?);
        let Some((id, words)) = found else { continue };
        let is_new = statement == INSERT_CALL;
        if !is_new {
            execute!(&mut *session, query(REDATE_RESULTS).bind(id));
        }
        return Ok(Upserted { call: CallRef(id), is_new, words: words.map(TranscriptId) });
    }
    // Another process put the call between our update and insert, and removed it before our second update.
    Err(StoreError::Busy)
}

async fn load(session: &mut Session, call: CallRef) -> Result<StoredCall, StoreError> {
    let row: Option<CallRow> = on!(&mut *session, |db| query_as(CALL).bind(call.0).fetch_optional(db).await?);
    let row = row.ok_or(StoreError::NoSuchCall(call))?;
    let (parties, reps) = parties::load(session, call).await?;
    let transcript = match (row.transcript_id, row.hash, row.timed, row.words) {
        (Some(id), Some(hash), Some(timed), Some(words)) => {
            Some(StoredTranscript { id: TranscriptId(id), hash, timed, words: number("transcripts.words", words)? })
        }
        _ => None,
    };
    let call = Call {
        source: row.source,
        ext_id: row.ext_id,
        title: row.title,
        started_at: row.started_at.map(|instant| instant.0),
        duration_ms: row.duration_ms,
        url: row.url,
        call_type: row.call_type.map(|name| name.0),
        product: row.product,
        account: row.account,
        workspace_id: row.workspace_id,
        is_private: row.is_private,
        parties,
    };
    Ok(StoredCall { call_ref: CallRef(row.id), call, reps, transcript })
}
