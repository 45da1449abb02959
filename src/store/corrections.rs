//! What people said about single checks.

use jiff::Timestamp;
use sqlx::FromRow;

use super::error::StoreError;
use super::session::{execute, on, query, query_as};
use super::types::{Instant, Name, RepId};
use super::values::{clean, clean_opt, number};
use super::{Statements, Store};
use crate::model::answers::{Correction, Verdict};
use crate::model::ids::CallRef;

const INSERT_CORRECTION: &str = "INSERT INTO corrections (call_id, rep_id, check_id, verdict, line, note, made_by,
    created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const CORRECTIONS: &str = "SELECT check_id, verdict, line, note, made_by FROM (
        SELECT *, row_number() OVER (PARTITION BY check_id ORDER BY created_at DESC NULLS LAST, id DESC) AS place
        FROM corrections WHERE call_id = $1 AND rep_id = $2) AS placed
    WHERE place = 1 ORDER BY check_id NULLS LAST";

pub(super) const STATEMENTS: Statements =
    Statements { both: &[INSERT_CORRECTION, CORRECTIONS], sqlite: &[], postgres: &[] };

#[derive(FromRow)]
struct CorrectionRow {
    check_id: String,
    verdict: Name<Verdict>,
    line: Option<i64>,
    note: Option<String>,
    made_by: String,
}

impl Store {
    /// Keeps a person's word on a check. Earlier ones on the same check are kept too.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn add_correction(
        &self,
        call: CallRef,
        rep: RepId,
        correction: &Correction,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut session = self.pool.write().await?;
        execute!(
            &mut session,
            query(INSERT_CORRECTION)
                .bind(call.0)
                .bind(rep.0)
                .bind(clean(&correction.check))
                .bind(correction.verdict.as_str())
                .bind(correction.line.map(i64::from))
                .bind(clean_opt(correction.note.as_deref()))
                .bind(clean(&correction.made_by))
                .bind(Instant::new(now))
        );
        session.commit().await
    }

    /// The newest word on each corrected check of a call, by check id.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn corrections(&self, call: CallRef, rep: RepId) -> Result<Vec<Correction>, StoreError> {
        let mut session = self.pool.read().await?;
        let rows: Vec<CorrectionRow> =
            on!(&mut session, |db| query_as(CORRECTIONS).bind(call.0).bind(rep.0).fetch_all(db).await?);
        rows.into_iter()
            .map(|row| {
                Ok(Correction {
                    check: row.check_id,
                    verdict: row.verdict.0,
                    line: row.line.map(|line| number("corrections.line", line)).transpose()?,
                    note: row.note,
                    made_by: row.made_by,
                })
            })
            .collect()
    }
}
