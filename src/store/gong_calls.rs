//! Calls that come from Gong's API: what was read of them last, what Gong found in them, whose words are waited for.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Serialize;
use sqlx::FromRow;
use sqlx::types::Json;

use super::error::StoreError;
use super::session::{Session, execute, on, query, query_as, query_scalar};
use super::types::{Instant, RepId};
use super::values::{clean, count, json, key, number};
use super::{Statements, Store, StoredCall, parties, reps};
use crate::model::gong::GongFindings;
use crate::model::ids::CallRef;
use crate::model::party::{Party, Side};

const KNOWN_SQLITE: &str = "SELECT calls.id, ext_id, facts_hash, current_transcript_id, pending_since
    FROM calls LEFT JOIN gong_calls ON gong_calls.call_id = calls.id
    WHERE source = 'gong' AND ext_id IN (SELECT value FROM json_each($1))";
const KNOWN_POSTGRES: &str = "SELECT calls.id, ext_id, facts_hash, current_transcript_id, pending_since
    FROM calls LEFT JOIN gong_calls ON gong_calls.call_id = calls.id
    WHERE source = 'gong' AND ext_id IN (SELECT value FROM jsonb_array_elements_text($1) AS id (value))";
const UPSERT_FACTS: &str = "INSERT INTO gong_calls (call_id, facts_hash, findings, pending_since)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (call_id) DO UPDATE SET facts_hash = excluded.facts_hash, findings = excluded.findings,
        pending_since = COALESCE(gong_calls.pending_since, excluded.pending_since)";
const DELETE_TOPICS: &str = "DELETE FROM topics WHERE call_id = $1 AND source IN ('gong_topic', 'gong_tracker')";
const INSERT_TOPICS_SQLITE: &str = "INSERT INTO topics (call_id, source, name, count)
    SELECT $1, value ->> 0, value ->> 1, value ->> 2 FROM json_each($2) WHERE true
    ON CONFLICT (call_id, source, name) DO NOTHING";
const INSERT_TOPICS_POSTGRES: &str = "INSERT INTO topics (call_id, source, name, count)
    SELECT $1, value ->> 0, value ->> 1, (value ->> 2)::BIGINT FROM jsonb_array_elements($2)
    ON CONFLICT (call_id, source, name) DO NOTHING";
const PENDING: &str = "SELECT calls.id, ext_id, pending_since FROM gong_calls JOIN calls ON calls.id = call_id
    WHERE pending_since IS NOT NULL ORDER BY pending_since NULLS LAST, calls.id NULLS LAST";
const SET_PENDING: &str = "UPDATE gong_calls SET pending_since = $2 WHERE call_id = $1";
const FINDINGS: &str = "SELECT findings FROM gong_calls WHERE call_id = $1";
const WITH_WORDS: &str = "SELECT count(*) FROM calls WHERE source = 'gong' AND started_at >= $1 AND started_at < $2
    AND current_transcript_id IS NOT NULL AND ($3 = '' OR workspace_id = $3)";
const NAME_BY_NEWEST_CALL: &str = "UPDATE reps SET name = $2 WHERE id = $1 AND name IS DISTINCT FROM $2
        AND NOT EXISTS (SELECT 1 FROM parties JOIN calls ON calls.id = parties.call_id
            WHERE parties.rep_id = $1 AND calls.started_at > $3)";

pub(super) const STATEMENTS: Statements = Statements {
    both: &[UPSERT_FACTS, DELETE_TOPICS, PENDING, SET_PENDING, FINDINGS, WITH_WORDS, NAME_BY_NEWEST_CALL],
    sqlite: &[KNOWN_SQLITE, INSERT_TOPICS_SQLITE],
    postgres: &[KNOWN_POSTGRES, INSERT_TOPICS_POSTGRES],
};

/// What is stored of a call that Gong lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownGongCall {
    /// Its reference.
    pub call_ref: CallRef,
    /// What was read of it last; `None` for a call that came as a file.
    pub facts_hash: Option<String>,
    /// Whether its words are stored.
    pub has_words: bool,
    /// Since when its words are waited for.
    pub pending_since: Option<Timestamp>,
}

/// A call whose words are waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingCall {
    /// Its reference.
    pub call_ref: CallRef,
    /// Gong's id.
    pub ext_id: String,
    /// Since when.
    pub since: Timestamp,
}

/// What was read of a call.
#[derive(Debug, Clone)]
pub struct GongFacts<'a> {
    /// Changes with anything that was read.
    pub hash: &'a str,
    /// What Gong found.
    pub findings: &'a GongFindings,
    /// The time from which its words are waited for; `None` when they are there.
    pub pending_since: Option<Timestamp>,
    /// The address that a person has now, for each other address of theirs; lower case.
    pub addresses: &'a HashMap<String, String>,
}

#[derive(FromRow)]
struct KnownRow {
    id: i64,
    ext_id: String,
    facts_hash: Option<String>,
    current_transcript_id: Option<i64>,
    pending_since: Option<Instant>,
}

#[derive(FromRow)]
struct PendingRow {
    id: i64,
    ext_id: String,
    pending_since: Instant,
}

/// source, name, count
#[derive(Serialize)]
struct NewTopic<'a>(&'static str, &'a str, i64);

impl Store {
    /// What is stored of these calls, by Gong's id.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn known_gong_calls(&self, ext_ids: &[&str]) -> Result<HashMap<String, KnownGongCall>, StoreError> {
        let mut session = self.pool.read().await?;
        let statement = session.pick(KNOWN_SQLITE, KNOWN_POSTGRES);
        let ids = json(&ext_ids)?;
        let rows: Vec<KnownRow> = on!(&mut session, |db| query_as(statement).bind(&ids).fetch_all(db).await?);
        let known = rows.into_iter().map(|row| {
            let call = KnownGongCall {
                call_ref: CallRef(row.id),
                facts_hash: row.facts_hash,
                has_words: row.current_transcript_id.is_some(),
                pending_since: row.pending_since.map(|instant| instant.0),
            };
            (row.ext_id, call)
        });
        Ok(known.collect())
    }

    /// Keeps what was read of a stored call, and knows its people of our company as reps: one a person, found by
    /// e-mail address, called as on their newest call, and by their earlier names too.
    ///
    /// # Errors
    ///
    /// When the database fails. Then nothing is kept.
    pub async fn keep_gong_facts(&self, stored: &StoredCall, facts: &GongFacts<'_>) -> Result<(), StoreError> {
        let mut session = self.pool.write().await?;
        let call = stored.call_ref;
        let findings = json(facts.findings)?;
        execute!(
            &mut session,
            query(UPSERT_FACTS)
                .bind(call.0)
                .bind(facts.hash)
                .bind(&findings)
                .bind(facts.pending_since.map(Instant::new))
        );
        execute!(&mut session, query(DELETE_TOPICS).bind(call.0));
        let topics = facts.findings.topics.iter().map(|topic| NewTopic("gong_topic", &topic.name, 1));
        let trackers =
            facts.findings.trackers.iter().map(|tracker| NewTopic("gong_tracker", &tracker.name, tracker.count));
        let insert = session.pick(INSERT_TOPICS_SQLITE, INSERT_TOPICS_POSTGRES);
        let rows = json(&topics.chain(trackers).collect::<Vec<_>>())?;
        execute!(&mut session, query(insert).bind(call.0).bind(&rows));
        for (n, party) in stored.call.parties.iter().enumerate() {
            if party.side == Side::Rep && party.email.is_some() {
                let linked = stored.reps.get(n).copied().flatten();
                keep_rep(&mut session, stored, (n, party), linked, facts.addresses).await?;
            }
        }
        session.commit().await
    }

    /// The calls whose words are waited for, longest first.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn pending_gong_calls(&self) -> Result<Vec<PendingCall>, StoreError> {
        let mut session = self.pool.read().await?;
        let rows: Vec<PendingRow> = on!(&mut session, |db| query_as(PENDING).fetch_all(db).await?);
        let pending =
            |row: PendingRow| PendingCall { call_ref: CallRef(row.id), ext_id: row.ext_id, since: row.pending_since.0 };
        Ok(rows.into_iter().map(pending).collect())
    }

    /// Says since when a call's words are waited for; `None` when they are there or will not come any more.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn set_pending(&self, call: CallRef, since: Option<Timestamp>) -> Result<(), StoreError> {
        let mut session = self.pool.write().await?;
        execute!(&mut session, query(SET_PENDING).bind(call.0).bind(since.map(Instant::new)));
        session.commit().await
    }

    /// How many calls of a workspace (an empty name is all) that began from `from` until before `to` have their words.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn count_with_words(&self, from: Timestamp, to: Timestamp, workspace: &str) -> Result<u64, StoreError> {
        let mut session = self.pool.read().await?;
        let found: i64 = on!(&mut session, |db| query_scalar(WITH_WORDS)
            .bind(Instant::new(from))
            .bind(Instant::new(to))
            .bind(workspace)
            .fetch_one(db)
            .await?);
        number("count(*)", found)
    }

    /// What Gong found in a call; `None` for one that did not come from its API.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn gong_findings(&self, call: CallRef) -> Result<Option<GongFindings>, StoreError> {
        let mut session = self.pool.read().await?;
        let found: Option<Json<GongFindings>> =
            on!(&mut session, |db| query_scalar(FINDINGS).bind(call.0).fetch_optional(db).await?);
        Ok(found.map(|Json(findings)| findings))
    }
}

/// Knows one participant of ours as a rep.
async fn keep_rep(
    session: &mut Session,
    stored: &StoredCall,
    (n, party): (usize, &Party),
    linked: Option<RepId>,
    addresses: &HashMap<String, String>,
) -> Result<(), StoreError> {
    let own = party.email.as_deref().unwrap_or_default().trim().to_lowercase();
    let address = addresses.get(&own).unwrap_or(&own);
    let person = Party { email: Some(address.clone()), ..party.clone() };
    let rep = reps::find_or_create(session, &person, &format!("{}/{n}", stored.call_ref)).await?;
    if *address != own {
        reps::add_key(session, "email", &key(&own), rep.id).await?;
    }
    if linked != Some(rep.id) {
        parties::link(session, stored.call_ref, count(n), rep.id).await?;
    }
    if let (Some(name), Some(started_at)) = (party.name.as_deref().map(clean), stored.call.started_at) {
        let renamed = execute!(
            &mut *session,
            query(NAME_BY_NEWEST_CALL).bind(rep.id.0).bind(&name).bind(Instant::new(started_at))
        );
        // The name that is not theirs any more, or was theirs earlier.
        let other = match renamed {
            0 => Some(name.to_string()).filter(|name| rep.name.as_ref() != Some(name)),
            _ => rep.name,
        };
        if let Some(other) = other {
            reps::add_key(session, "alias", &key(&other.to_lowercase()), rep.id).await?;
        }
    }
    Ok(())
}
