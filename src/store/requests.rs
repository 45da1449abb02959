//! What is known from the answers that were paid for.

use super::answers::StoredAnswers;
use super::error::StoreError;
use super::session::{on, query_scalar};
use super::types::RepId;
use super::values::number;
use super::{Statements, Store};
use crate::model::answers::AnalystKind;
use crate::model::ids::CallRef;

/// So many of the newest replies tell how long one is.
const ENOUGH: i64 = 200;

const CURRENT_KEY: &str = "SELECT answers.answers_key
    FROM current
        JOIN scorecards ON scorecards.id = current.scorecard_id
        JOIN answers ON answers.id = scorecards.answers_id
    WHERE current.call_id = $1 AND current.rep_id = $2 AND current.dimension = $3";
const UNSCORED: &str = "SELECT id FROM calls
    WHERE current_transcript_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM scorecards
        WHERE call_id = calls.id AND dimension = 'overall' AND analyst = $1)
    ORDER BY started_at DESC NULLS LAST, id DESC NULLS LAST";
const OUTPUT_TOKENS: &str = "SELECT output_tokens FROM answers WHERE requests > 0
    ORDER BY created_at DESC NULLS LAST, id DESC NULLS LAST LIMIT $1";

pub(super) const STATEMENTS: Statements =
    Statements { both: &[CURRENT_KEY, UNSCORED, OUTPUT_TOKENS], sqlite: &[], postgres: &[] };

impl Store {
    /// The answers from which the result that counts was computed.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn current_answers(
        &self,
        of: (CallRef, RepId),
        dimension: &str,
    ) -> Result<Option<StoredAnswers>, StoreError> {
        let mut session = self.pool.read().await?;
        let key: Option<String> = on!(&mut session, |db| query_scalar(CURRENT_KEY)
            .bind(of.0.0)
            .bind(of.1.0)
            .bind(dimension)
            .fetch_optional(db)
            .await?);
        drop(session);
        match key {
            Some(key) => self.newest_answers(&key, of, dimension, None).await,
            None => Ok(None),
        }
    }

    /// The calls that this kind of analyst has not scored as a whole, newest first. Those that are none to coach are
    /// among them every time: looking at them costs nothing.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn unscored(&self, analyst: AnalystKind) -> Result<Vec<CallRef>, StoreError> {
        let mut session = self.pool.read().await?;
        let calls: Vec<i64> =
            on!(&mut session, |db| query_scalar(UNSCORED).bind(analyst.as_str()).fetch_all(db).await?);
        Ok(calls.into_iter().map(CallRef).collect())
    }

    /// How many tokens a reply takes: the median of the newest ones; `None` before there is one.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn usual_output_tokens(&self) -> Result<Option<u64>, StoreError> {
        let mut session = self.pool.read().await?;
        let mut tokens: Vec<i64> =
            on!(&mut session, |db| query_scalar(OUTPUT_TOKENS).bind(ENOUGH).fetch_all(db).await?);
        tokens.sort_unstable();
        tokens.get(tokens.len() / 2).map(|median| number("answers.output_tokens", *median)).transpose()
    }
}
