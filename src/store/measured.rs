//! What was measured on a call, kept so that calls can be compared without reading their words again.

use super::error::StoreError;
use super::session::{execute, query};
use super::types::RepId;
use super::values::json;
use super::{Statements, Store};
use crate::model::ids::CallRef;
use crate::speech::metrics::Metrics;

const UPSERT_MEASURED: &str = "INSERT INTO measured (call_id, rep_id, metrics) VALUES ($1, $2, $3)
    ON CONFLICT (call_id, rep_id) DO UPDATE SET metrics = excluded.metrics";

pub(super) const STATEMENTS: Statements = Statements { both: &[UPSERT_MEASURED], sqlite: &[], postgres: &[] };

impl Store {
    /// Keeps what was measured on a call for a coached person, instead of what was before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_measured(&self, call: CallRef, rep: RepId, metrics: &Metrics) -> Result<(), StoreError> {
        let mut session = self.pool.write().await?;
        execute!(&mut session, query(UPSERT_MEASURED).bind(call.0).bind(rep.0).bind(json(metrics)?));
        session.commit().await
    }
}
