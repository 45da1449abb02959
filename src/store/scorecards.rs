//! Scores, appended whenever they are computed, and which of them is the current result.

use jiff::Timestamp;
use serde::Deserialize;
use sqlx::FromRow;
use sqlx::types::Json;

use super::error::StoreError;
use super::session::{Session, execute, on, query, query_as, query_scalar};
use super::types::{AnswersId, Instant, Name, RepId, TranscriptId};
use super::values::{clean, count};
use super::{Statements, Store};
use crate::model::answers::{AnalystKind, CheckAnswer};
use crate::model::ids::CallRef;
use crate::model::scorecard::DimensionStatus;

/// The dimension of the overall score's row. No rubric can have this id.
pub const OVERALL: &str = "overall";

/// It changes nothing, but two processes that score the same call wait here for each other on PostgreSQL, so that the
/// second one sees the scores of the first when it decides which is current.
const LOCK_CALL: &str = "UPDATE calls SET is_private = is_private WHERE id = $1";
const LAST_SCORECARD: &str = "SELECT answers_id, rubric_id, rubric_version, rubric_hash, role, standing, status, score,
        coverage
    FROM scorecards WHERE call_id = $1 AND rep_id = $2 AND dimension = $3 AND analyst = $4
    ORDER BY created_at DESC NULLS LAST, id DESC NULLS LAST LIMIT 1";
const INSERT_SCORECARD: &str = "INSERT INTO scorecards (call_id, rep_id, dimension, analyst, answers_id, rubric_id,
        rubric_version, rubric_hash, role, standing, status, score, coverage, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
/// The current result: Claude's or one that a person chose before the local analyst's, then the newest. Whoever asked
/// not to be coached has none.
pub(super) const UPDATE_CURRENT: &str =
    "INSERT INTO current (call_id, rep_id, dimension, scorecard_id, score, started_at, role,
        analyst)
    SELECT call_id, rep_id, dimension, scorecards.id, score, started_at, role, analyst
    FROM scorecards JOIN calls ON calls.id = scorecards.call_id
    WHERE call_id = $1 AND rep_id = $2 AND dimension = $3 AND standing <> 'what_if'
        AND rep_id NOT IN (SELECT id FROM reps WHERE no_coaching)
    ORDER BY CASE WHEN analyst = 'claude' OR standing = 'chosen' THEN 0 ELSE 1 END NULLS LAST,
        created_at DESC NULLS LAST, scorecards.id DESC NULLS LAST
    LIMIT 1
    ON CONFLICT (call_id, rep_id, dimension) DO UPDATE
    SET scorecard_id = excluded.scorecard_id, score = excluded.score, started_at = excluded.started_at,
        role = excluded.role, analyst = excluded.analyst";
/// A call without a date has only others without a date before it, in the order in which they were stored.
const EARLIER_CALLS: &str = "WITH this AS (SELECT id, started_at FROM calls WHERE id = $2),
    earlier AS (
        SELECT DISTINCT call_id, current.started_at FROM current, this
        WHERE rep_id = $1 AND (current.started_at < this.started_at OR (call_id < this.id AND (
            current.started_at = this.started_at OR (current.started_at IS NULL AND this.started_at IS NULL))))
        ORDER BY current.started_at DESC NULLS LAST, call_id DESC NULLS LAST LIMIT $3)
    SELECT current.call_id, current.started_at, current.dimension, current.score, scorecards.rubric_id,
        scorecards.rubric_version, scorecards.rubric_hash, scorecards.role, scorecards.analyst, scorecards.status,
        answers.model, answers.questions_hash, answers.verdicts
    FROM earlier
        JOIN current ON current.call_id = earlier.call_id AND current.rep_id = $1
        JOIN scorecards ON scorecards.id = current.scorecard_id
        JOIN answers ON answers.id = scorecards.answers_id
    ORDER BY current.started_at DESC NULLS LAST, current.call_id DESC NULLS LAST, current.dimension NULLS LAST";

const ON_OTHER_WORDS: &str = "SELECT count(*) FROM current JOIN scorecards ON scorecards.id = current.scorecard_id
    JOIN answers ON answers.id = scorecards.answers_id
    WHERE current.call_id = $1 AND current.rep_id = $2 AND answers.transcript_id <> $3";

pub(super) const STATEMENTS: Statements = Statements {
    both: &[LOCK_CALL, LAST_SCORECARD, INSERT_SCORECARD, UPDATE_CURRENT, EARLIER_CALLS, ON_OTHER_WORDS],
    sqlite: &[],
    postgres: &[],
};

/// Whether a result may become the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Made as usual.
    Normal,
    /// Made with another role or model than usual, to see what would be.
    WhatIf,
    /// A what-if that a person made current: it counts as much as Claude's.
    Chosen,
}

impl Standing {
    fn as_str(self) -> &'static str {
        match self {
            Standing::Normal => "normal",
            Standing::WhatIf => "what_if",
            Standing::Chosen => "chosen",
        }
    }
}

/// Which rubric a score was computed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RubricStamp {
    /// The rubric's id.
    pub id: String,
    /// Its version, as its author counts.
    pub version: String,
    /// Hash of all of it.
    pub hash: String,
}

/// One score to keep.
#[derive(Debug, Clone, PartialEq)]
pub struct NewScore {
    /// The rubric's dimension, or [`OVERALL`].
    pub dimension: String,
    /// What it was computed from; `None` for the overall score and only for it.
    pub answers: Option<AnswersId>,
    /// The rubric; for the overall score whatever names the rubrics and weights together.
    pub rubric: RubricStamp,
    /// What became of the dimension.
    pub status: DimensionStatus,
    /// 0–100, if it has a score.
    pub score: Option<f64>,
    /// Answered ÷ applicable checks, 0–1.
    pub coverage: Option<f64>,
}

/// The scores of one call and rep, computed together.
#[derive(Debug, Clone, PartialEq)]
pub struct NewScores {
    /// The call.
    pub call: CallRef,
    /// The coached person.
    pub rep: RepId,
    /// Who answered.
    pub analyst: AnalystKind,
    /// The role whose weights were used.
    pub role: String,
    /// Whether they may become current.
    pub standing: Standing,
    /// Dimensions, and the overall score if it was computed.
    pub scores: Vec<NewScore>,
}

/// A call of a rep before another one, with its current results.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlierCall {
    /// The call.
    pub call: CallRef,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// Its dimensions, by id.
    pub dimensions: Vec<EarlierDimension>,
}

/// The current result of one dimension of an earlier call.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlierDimension {
    /// The rubric's dimension.
    pub dimension: String,
    /// What became of it.
    pub status: DimensionStatus,
    /// 0–100.
    pub score: Option<f64>,
    /// The role whose weights were used.
    pub role: String,
    /// Who answered.
    pub analyst: AnalystKind,
    /// The model's name, or the local analyst's version.
    pub model: String,
    /// The rubric it was computed with.
    pub rubric: RubricStamp,
    /// What was asked.
    pub questions_hash: String,
    /// The answers, without corrections.
    pub checks: Vec<CheckAnswer>,
}

#[derive(FromRow)]
struct ScorecardRow {
    answers_id: Option<i64>,
    rubric_id: String,
    rubric_version: String,
    rubric_hash: String,
    role: String,
    standing: Name<Standing>,
    status: Name<DimensionStatus>,
    score: Option<f64>,
    coverage: Option<f64>,
}

#[derive(FromRow)]
struct EarlierRow {
    call_id: i64,
    started_at: Option<Instant>,
    dimension: String,
    score: Option<f64>,
    rubric_id: String,
    rubric_version: String,
    rubric_hash: String,
    role: String,
    analyst: Name<AnalystKind>,
    status: Name<DimensionStatus>,
    model: String,
    questions_hash: String,
    verdicts: Json<Vec<CheckAnswer>>,
}

impl Store {
    /// Keeps scores and decides which results are current, all or nothing. A score that says the same as the last one
    /// of this call, rep, dimension and analyst is not written again.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoSuchCall`], or when the database fails.
    pub async fn append_scores(&self, new: &NewScores, now: Timestamp) -> Result<(), StoreError> {
        let mut session = self.pool.write().await?;
        let locked = execute!(&mut session, query(LOCK_CALL).bind(new.call.0));
        if locked == 0 {
            return Err(StoreError::NoSuchCall(new.call));
        }
        for score in &new.scores {
            if is_last(&mut session, new, score).await? {
                continue;
            }
            execute!(
                &mut session,
                query(INSERT_SCORECARD)
                    .bind(new.call.0)
                    .bind(new.rep.0)
                    .bind(clean(&score.dimension))
                    .bind(new.analyst.as_str())
                    .bind(score.answers.map(|answers| answers.0))
                    .bind(clean(&score.rubric.id))
                    .bind(clean(&score.rubric.version))
                    .bind(clean(&score.rubric.hash))
                    .bind(clean(&new.role))
                    .bind(new.standing.as_str())
                    .bind(score.status.as_str())
                    .bind(score.score)
                    .bind(score.coverage)
                    .bind(Instant::new(now))
            );
            execute!(
                &mut session,
                query(UPDATE_CURRENT).bind(new.call.0).bind(new.rep.0).bind(clean(&score.dimension))
            );
        }
        session.commit().await
    }

    /// Whether a result that counts rests on another version of the call's words than this one.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn is_scored_on_other_words(
        &self,
        call: CallRef,
        rep: RepId,
        words: TranscriptId,
    ) -> Result<bool, StoreError> {
        let mut session = self.pool.read().await?;
        let found: i64 = on!(&mut session, |db| query_scalar(ON_OTHER_WORDS)
            .bind(call.0)
            .bind(rep.0)
            .bind(words.0)
            .fetch_one(db)
            .await?);
        Ok(found > 0)
    }

    /// The rep's last `limit` calls with results before this one, newest first: before its date, or, if it has none,
    /// those without a date that were stored before it.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn earlier_calls(
        &self,
        rep: RepId,
        before: CallRef,
        limit: usize,
    ) -> Result<Vec<EarlierCall>, StoreError> {
        let mut session = self.pool.read().await?;
        let rows: Vec<EarlierRow> = on!(&mut session, |db| query_as(EARLIER_CALLS)
            .bind(rep.0)
            .bind(before.0)
            .bind(count(limit))
            .fetch_all(db)
            .await?);
        let mut calls: Vec<EarlierCall> = Vec::new();
        for row in rows {
            let (call, started_at) = (CallRef(row.call_id), row.started_at.map(|instant| instant.0));
            let dimension = EarlierDimension {
                dimension: row.dimension,
                status: row.status.0,
                score: row.score,
                role: row.role,
                analyst: row.analyst.0,
                model: row.model,
                rubric: RubricStamp { id: row.rubric_id, version: row.rubric_version, hash: row.rubric_hash },
                questions_hash: row.questions_hash,
                checks: row.verdicts.0,
            };
            match calls.last_mut() {
                Some(last) if last.call == call => last.dimensions.push(dimension),
                _ => calls.push(EarlierCall { call, started_at, dimensions: vec![dimension] }),
            }
        }
        Ok(calls)
    }
}

/// Whether the last score of this kind says the same.
async fn is_last(session: &mut Session, new: &NewScores, score: &NewScore) -> Result<bool, StoreError> {
    let last: Option<ScorecardRow> = on!(session, |db| query_as(LAST_SCORECARD)
        .bind(new.call.0)
        .bind(new.rep.0)
        .bind(clean(&score.dimension))
        .bind(new.analyst.as_str())
        .fetch_optional(db)
        .await?);
    Ok(last.is_some_and(|last| {
        last.answers_id == score.answers.map(|answers| answers.0)
            && (&last.rubric_id, &last.rubric_version, &last.rubric_hash)
                == (&score.rubric.id, &score.rubric.version, &score.rubric.hash)
            && last.role == new.role
            && last.standing.0 == new.standing
            && last.status.0 == score.status
            && (last.score, last.coverage) == (score.score, score.coverage)
    }))
}
