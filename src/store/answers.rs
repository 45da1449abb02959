//! What analysts said: dear to get, written once, never changed.

use jiff::Timestamp;
use sqlx::FromRow;
use sqlx::types::Json;

use super::error::StoreError;
use super::session::{Session, execute, on, query, query_as, query_scalar};
use super::types::{AnswersId, Instant, Name, RepId, TranscriptId};
use super::values::{clean, clean_opt, count, json, number};
use super::{Statements, Store};
use crate::model::answers::{AnalystKind, Answers, CheckAnswer, Evidence, EvidenceCount, Usage};
use crate::model::ids::CallRef;
use crate::model::objection::{Objection, ObjectionStatus, ObjectionType};

const INSERT_ANSWERS: &str = "INSERT INTO answers (answers_key, call_id, transcript_id, rep_id, dimension, analyst,
        model, questions_hash, prompt_hash, verdicts, claimed, verified, input_tokens, output_tokens,
        cache_read_tokens, cache_write_tokens, requests, cost_microusd, request_id, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) RETURNING id";
const INSERT_OBJECTION: &str = "INSERT INTO objections (answers_id, n, type, status, severity, implicit, line,
        start_ms, end_ms, quote, repeats, response_line, response_start_ms, response_end_ms, response_quote,
        parked_until)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
const NEWEST_ANSWERS: &str = "SELECT id, transcript_id, analyst, model, questions_hash, prompt_hash, verdicts,
        claimed, verified, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, requests,
        cost_microusd, created_at
    FROM answers
    WHERE answers_key = $1 AND call_id = $2 AND rep_id = $3 AND dimension = $4
        AND created_at >= COALESCE($5, created_at)
    ORDER BY created_at DESC NULLS LAST, id DESC NULLS LAST LIMIT 1";
const OBJECTIONS: &str = "SELECT type AS kind, status, severity, implicit, line, start_ms, end_ms, quote, repeats,
        response_line, response_start_ms, response_end_ms, response_quote, parked_until
    FROM objections WHERE answers_id = $1 ORDER BY n NULLS LAST";

const SPENT_SINCE: &str = "SELECT CAST(COALESCE(SUM(cost_microusd), 0) AS BIGINT) FROM answers WHERE created_at >= $1";

pub(super) const STATEMENTS: Statements = Statements {
    both: &[INSERT_ANSWERS, INSERT_OBJECTION, NEWEST_ANSWERS, OBJECTIONS, SPENT_SINCE],
    sqlite: &[],
    postgres: &[],
};

/// Answers to keep.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAnswers {
    /// Equal for equal questions about equal words to an equal analyst.
    pub answers_key: String,
    /// The call.
    pub call: CallRef,
    /// The version of its words that the lines count in.
    pub transcript: TranscriptId,
    /// The coached person.
    pub rep: RepId,
    /// The rubric's dimension.
    pub dimension: String,
    /// Who answered.
    pub analyst: AnalystKind,
    /// The model's name, or the local analyst's version.
    pub model: String,
    /// What was asked.
    pub questions_hash: String,
    /// How it was asked, where there is a prompt.
    pub prompt_hash: Option<String>,
    /// The verified answers.
    pub answers: Answers,
    /// What they took.
    pub usage: Usage,
    /// The service's id of the request.
    pub request_id: Option<String>,
}

/// Answers that were kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAnswers {
    /// What a scorecard names.
    pub id: AnswersId,
    /// The version of the call's words that the lines count in.
    pub transcript: TranscriptId,
    /// Who answered.
    pub analyst: AnalystKind,
    /// The model's name, or the local analyst's version.
    pub model: String,
    /// What was asked.
    pub questions_hash: String,
    /// How it was asked, where there was a prompt.
    pub prompt_hash: Option<String>,
    /// The verified answers.
    pub answers: Answers,
    /// What they took.
    pub usage: Usage,
    /// When they were given.
    pub created_at: Timestamp,
}

#[derive(FromRow)]
struct AnswersRow {
    id: i64,
    transcript_id: i64,
    analyst: Name<AnalystKind>,
    model: String,
    questions_hash: String,
    prompt_hash: Option<String>,
    verdicts: Json<Vec<CheckAnswer>>,
    claimed: i64,
    verified: i64,
    input_tokens: i64,
    output_tokens: i64,
    cache_read_tokens: i64,
    cache_write_tokens: i64,
    requests: i64,
    cost_microusd: Option<i64>,
    created_at: Instant,
}

#[derive(FromRow)]
struct ObjectionRow {
    kind: Name<ObjectionType>,
    status: Name<ObjectionStatus>,
    severity: i64,
    implicit: bool,
    line: i64,
    start_ms: Option<i64>,
    end_ms: Option<i64>,
    quote: String,
    repeats: Json<Vec<Evidence>>,
    response_line: Option<i64>,
    response_start_ms: Option<i64>,
    response_end_ms: Option<i64>,
    response_quote: Option<String>,
    parked_until: Option<String>,
}

impl Store {
    /// Keeps what an analyst said about one dimension, with the objections. They were paid for, so this is done as
    /// soon as they are there, before any score is computed.
    ///
    /// # Errors
    ///
    /// When the database fails; then nothing is kept.
    pub async fn append_answers(&self, new: &NewAnswers, now: Timestamp) -> Result<AnswersId, StoreError> {
        let verdicts = json(&new.answers.checks)?;
        let mut session = self.pool.write().await?;
        let id: i64 = on!(&mut session, |db| query_scalar(INSERT_ANSWERS)
            .bind(clean(&new.answers_key))
            .bind(new.call.0)
            .bind(new.transcript.0)
            .bind(new.rep.0)
            .bind(clean(&new.dimension))
            .bind(new.analyst.as_str())
            .bind(clean(&new.model))
            .bind(clean(&new.questions_hash))
            .bind(clean_opt(new.prompt_hash.as_deref()))
            .bind(&verdicts)
            .bind(i64::from(new.answers.evidence.claimed))
            .bind(i64::from(new.answers.evidence.verified))
            .bind(count(new.usage.input_tokens))
            .bind(count(new.usage.output_tokens))
            .bind(count(new.usage.cache_read_tokens))
            .bind(count(new.usage.cache_write_tokens))
            .bind(i64::from(new.usage.requests))
            .bind(new.usage.cost_microusd.map(count))
            .bind(clean_opt(new.request_id.as_deref()))
            .bind(Instant::new(now))
            .fetch_one(db)
            .await?);
        for (n, objection) in new.answers.objections.iter().enumerate() {
            insert_objection(&mut session, id, n, objection).await?;
        }
        session.commit().await?;
        Ok(AnswersId(id))
    }

    /// What the answers since then cost, in millionths of a US dollar.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn spent_since(&self, since: Timestamp) -> Result<u64, StoreError> {
        let mut session = self.pool.read().await?;
        let spent: i64 =
            on!(&mut session, |db| query_scalar(SPENT_SINCE).bind(Instant::new(since)).fetch_one(db).await?);
        Ok(u64::try_from(spent).unwrap_or_default())
    }

    /// The newest answers with this key to a dimension of this call and rep, given at `not_before` or later.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn newest_answers(
        &self,
        answers_key: &str,
        of: (CallRef, RepId),
        dimension: &str,
        not_before: Option<Timestamp>,
    ) -> Result<Option<StoredAnswers>, StoreError> {
        let mut session = self.pool.read().await?;
        let row: Option<AnswersRow> = on!(&mut session, |db| query_as(NEWEST_ANSWERS)
            .bind(answers_key)
            .bind(of.0.0)
            .bind(of.1.0)
            .bind(dimension)
            .bind(not_before.map(Instant::new))
            .fetch_optional(db)
            .await?);
        let Some(row) = row else { return Ok(None) };
        let objections = objections(&mut session, row.id).await?;
        row.into_answers(objections).map(Some)
    }
}

impl AnswersRow {
    fn into_answers(self, objections: Vec<Objection>) -> Result<StoredAnswers, StoreError> {
        Ok(StoredAnswers {
            id: AnswersId(self.id),
            transcript: TranscriptId(self.transcript_id),
            analyst: self.analyst.0,
            model: self.model,
            questions_hash: self.questions_hash,
            prompt_hash: self.prompt_hash,
            answers: Answers {
                checks: self.verdicts.0,
                objections,
                evidence: EvidenceCount {
                    claimed: number("answers.claimed", self.claimed)?,
                    verified: number("answers.verified", self.verified)?,
                },
            },
            usage: Usage {
                input_tokens: number("answers.input_tokens", self.input_tokens)?,
                output_tokens: number("answers.output_tokens", self.output_tokens)?,
                cache_read_tokens: number("answers.cache_read_tokens", self.cache_read_tokens)?,
                cache_write_tokens: number("answers.cache_write_tokens", self.cache_write_tokens)?,
                requests: number("answers.requests", self.requests)?,
                cost_microusd: self.cost_microusd.map(|cost| number("answers.cost_microusd", cost)).transpose()?,
            },
            created_at: self.created_at.0,
        })
    }
}

async fn insert_objection(
    session: &mut Session,
    answers: i64,
    n: usize,
    objection: &Objection,
) -> Result<(), StoreError> {
    let repeats = json(&objection.repeats)?;
    let response = objection.response.as_ref();
    execute!(
        session,
        query(INSERT_OBJECTION)
            .bind(answers)
            .bind(count(n))
            .bind(objection.kind.as_str())
            .bind(objection.status.as_str())
            .bind(i64::from(objection.severity))
            .bind(objection.implicit)
            .bind(i64::from(objection.raised.line))
            .bind(objection.raised.start_ms)
            .bind(objection.raised.end_ms)
            .bind(clean(&objection.raised.quote))
            .bind(&repeats)
            .bind(response.map(|evidence| i64::from(evidence.line)))
            .bind(response.and_then(|evidence| evidence.start_ms))
            .bind(response.and_then(|evidence| evidence.end_ms))
            .bind(response.map(|evidence| clean(&evidence.quote)))
            .bind(clean_opt(objection.parked_until.as_deref()))
    );
    Ok(())
}

async fn objections(session: &mut Session, answers: i64) -> Result<Vec<Objection>, StoreError> {
    let rows: Vec<ObjectionRow> = on!(session, |db| query_as(OBJECTIONS).bind(answers).fetch_all(db).await?);
    rows.into_iter()
        .map(|row| {
            let response = match (row.response_line, row.response_quote) {
                (Some(line), Some(quote)) => Some(Evidence {
                    line: number("objections.response_line", line)?,
                    start_ms: row.response_start_ms,
                    end_ms: row.response_end_ms,
                    quote,
                }),
                _ => None,
            };
            Ok(Objection {
                kind: row.kind.0,
                status: row.status.0,
                severity: number("objections.severity", row.severity)?,
                implicit: row.implicit,
                raised: Evidence {
                    line: number("objections.line", row.line)?,
                    start_ms: row.start_ms,
                    end_ms: row.end_ms,
                    quote: row.quote,
                },
                repeats: row.repeats.0,
                response,
                parked_until: row.parked_until,
            })
        })
        .collect()
}
