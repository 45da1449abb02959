//! What is known of many calls at once: the current results of a rep or of everybody, concerns, measures, peers.
//!
//! A query that runs over many calls names its columns and reads them from an index; the answers are read for one
//! rep's calls only.

use jiff::Timestamp;
use sqlx::types::Json;
use sqlx::{FromRow, Postgres, Sqlite};

use super::Statements;
use super::Store;
use super::built::rows;
use super::error::StoreError;
use super::history_sql::{counts, measures, objections, peers_in, results};
use super::lines::ids;
use super::session::{Session, on, query_as, query_scalar};
use super::types::{Instant, Name, RepId, TranscriptId};
use super::values::number;
use crate::dates::Range;
use crate::model::answers::{AnalystKind, CheckAnswer, Correction, Evidence, Verdict};
use crate::model::call::CallType;
use crate::model::ids::CallRef;
use crate::model::objection::{ObjectionStatus, ObjectionType};
use crate::model::party::Side;
use crate::speech::metrics::Metrics;

const CORRECTIONS_OF_REP: &str = "SELECT call_id, check_id, verdict, line, note, made_by FROM (
        SELECT *, row_number() OVER (PARTITION BY call_id, check_id ORDER BY created_at DESC NULLS LAST, id DESC)
            AS place
        FROM corrections WHERE rep_id = $1) AS placed
    WHERE place = 1 ORDER BY call_id NULLS LAST, check_id NULLS LAST";
const CORRECTED: &str = "SELECT rep_id, call_id, count(DISTINCT check_id) FROM corrections GROUP BY rep_id, call_id
    ORDER BY call_id NULLS LAST, rep_id NULLS LAST";
const OTHERS: &str = "SELECT COALESCE(name, email) FROM parties
    WHERE call_id = $1 AND side <> 'rep' AND COALESCE(name, email) IS NOT NULL ORDER BY n NULLS LAST";
const SPEAKER: &str = "SELECT side, name, email FROM lines
        JOIN transcripts ON transcripts.id = $1
        JOIN parties ON parties.call_id = transcripts.call_id AND parties.n = lines.party_n
    WHERE lines.id = $2";

pub(super) const STATEMENTS: Statements =
    Statements { both: &[CORRECTIONS_OF_REP, CORRECTED, OTHERS, SPEAKER], sqlite: &[], postgres: &[] };

/// Which calls a history is about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scope {
    /// Whose; `None` is everybody's.
    pub rep: Option<RepId>,
    /// When they began. Calls without a date lie in no range that has an end.
    pub range: Range,
    /// Only this kind.
    pub call_type: Option<CallType>,
    /// Only about this product, whatever its case.
    pub product: Option<String>,
}

/// The current result of one dimension (or the overall one) of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct PastResult {
    /// The call.
    pub call: CallRef,
    /// The coached person.
    pub rep: RepId,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// Its title.
    pub title: Option<String>,
    /// Where its recording is opened.
    pub url: Option<String>,
    /// Its kind.
    pub call_type: Option<CallType>,
    /// The dimension, or [`OVERALL`].
    pub dimension: String,
    /// 0–100.
    pub score: Option<f64>,
    /// Who answered.
    pub analyst: AnalystKind,
    /// The role whose weights were used.
    pub role: String,
    /// The rubric's version.
    pub rubric_version: String,
    /// What was asked, how and of which model; empty for the overall score.
    pub asked: Asked,
    /// The answers, without corrections; empty unless they were asked for.
    pub checks: Vec<CheckAnswer>,
}

/// Under what answers were given. Scores under different ones are not one series.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// The version of the words that the lines count in.
    pub transcript: Option<TranscriptId>,
    /// The model's name, or the local analyst's version.
    pub model: String,
    /// What was asked.
    pub questions_hash: String,
    /// How it was asked.
    pub prompt_hash: String,
}

/// A concern of a current result.
#[derive(Debug, Clone, PartialEq)]
pub struct PastObjection {
    /// The call.
    pub call: CallRef,
    /// The coached person.
    pub rep: RepId,
    /// Its cause.
    pub kind: ObjectionType,
    /// How it ended.
    pub status: ObjectionStatus,
    /// 1 to 3.
    pub severity: u8,
    /// The buyer's words.
    pub raised: Evidence,
    /// The rep's answering words.
    pub response: Option<String>,
}

/// Calls of a scope, by what is known of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CallCounts {
    /// All.
    pub calls: u64,
    /// Those with an overall score.
    pub scored: u64,
    /// Those and the ones about which there was too little to say for one.
    pub analysed: u64,
    /// Those without words.
    pub without_words: u64,
}

/// The scores of one other rep in one dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct PeerScores {
    /// The dimension, or [`OVERALL`].
    pub dimension: String,
    /// Who.
    pub rep: RepId,
    /// How many calls.
    pub n: u64,
    /// Sum of the scores.
    pub sum: f64,
    /// Sum of their squares.
    pub squares: f64,
}

/// What was measured on a call.
#[derive(Debug, Clone, PartialEq)]
pub struct PastMeasures {
    /// The call.
    pub call: CallRef,
    /// The coached person.
    pub rep: RepId,
    /// The call's kind.
    pub call_type: Option<CallType>,
    /// The call's length in milliseconds.
    pub duration_ms: Option<i64>,
    /// The values.
    pub metrics: Metrics,
}

#[derive(FromRow)]
struct ResultRow {
    call_id: i64,
    rep_id: i64,
    started_at: Option<Instant>,
    title: Option<String>,
    url: Option<String>,
    call_type: Option<Name<CallType>>,
    dimension: String,
    score: Option<f64>,
    analyst: Name<AnalystKind>,
    role: String,
    rubric_version: String,
    transcript_id: Option<i64>,
    model: Option<String>,
    questions_hash: Option<String>,
    prompt_hash: Option<String>,
    verdicts: Option<Json<Vec<CheckAnswer>>>,
}

#[derive(FromRow)]
struct ObjectionRow {
    call_id: i64,
    rep_id: i64,
    kind: Name<ObjectionType>,
    status: Name<ObjectionStatus>,
    severity: i64,
    line: i64,
    start_ms: Option<i64>,
    end_ms: Option<i64>,
    quote: String,
    response_quote: Option<String>,
}

#[derive(FromRow)]
struct MeasuredRow {
    call_id: i64,
    rep_id: i64,
    call_type: Option<Name<CallType>>,
    duration_ms: Option<i64>,
    metrics: Json<Metrics>,
}

#[derive(FromRow)]
struct PeerRow {
    dimension: String,
    rep_id: i64,
    n: i64,
    sum: f64,
    squares: f64,
}

#[derive(FromRow)]
struct CorrectionRow {
    call_id: i64,
    check_id: String,
    verdict: Name<Verdict>,
    line: Option<i64>,
    note: Option<String>,
    made_by: String,
}

/// One state of the database, for questions that belong together: what is scored meanwhile changes none of the answers.
pub struct History {
    session: Session,
}

impl Store {
    /// Begins to read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn history(&self) -> Result<History, StoreError> {
        Ok(History { session: self.pool.read().await? })
    }
}

impl History {
    /// The current results of the calls, oldest call first, undated ones last; with their answers if asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn past_results(&mut self, scope: &Scope, with_answers: bool) -> Result<Vec<PastResult>, StoreError> {
        let session = &mut self.session;
        let rows: Vec<ResultRow> = rows!(session, ResultRow, results(scope, with_answers));
        Ok(rows.into_iter().map(PastResult::from).collect())
    }

    /// The concerns of the current results of the calls, oldest call first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn past_objections(&mut self, scope: &Scope) -> Result<Vec<PastObjection>, StoreError> {
        let session = &mut self.session;
        let rows: Vec<ObjectionRow> = rows!(session, ObjectionRow, objections(scope));
        rows.into_iter()
            .map(|row| {
                Ok(PastObjection {
                    call: CallRef(row.call_id),
                    rep: RepId(row.rep_id),
                    kind: row.kind.0,
                    status: row.status.0,
                    severity: number("objections.severity", row.severity)?,
                    raised: Evidence {
                        line: number("objections.line", row.line)?,
                        start_ms: row.start_ms,
                        end_ms: row.end_ms,
                        quote: row.quote,
                    },
                    response: row.response_quote,
                })
            })
            .collect()
    }

    /// What was measured on the calls.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn past_measures(&mut self, scope: &Scope) -> Result<Vec<PastMeasures>, StoreError> {
        let session = &mut self.session;
        let rows: Vec<MeasuredRow> = rows!(session, MeasuredRow, measures(scope));
        let measures = rows.into_iter().map(|row| PastMeasures {
            call: CallRef(row.call_id),
            rep: RepId(row.rep_id),
            call_type: row.call_type.map(|name| name.0),
            duration_ms: row.duration_ms,
            metrics: row.metrics.0,
        });
        Ok(measures.collect())
    }

    /// How many calls a rep, or without one anybody who is coached, took part in: in the scope's range, and without any
    /// date.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_calls(&mut self, scope: &Scope) -> Result<(CallCounts, u64), StoreError> {
        let session = &mut self.session;
        let dated: Vec<(i64, i64, i64, i64)> = rows!(session, (i64, i64, i64, i64), counts(scope, false));
        let undated: Vec<(i64, i64, i64, i64)> = rows!(session, (i64, i64, i64, i64), counts(scope, true));
        let (calls, with_words, scored, analysed) = dated.first().copied().unwrap_or_default();
        let counts = CallCounts {
            calls: number("calls", calls)?,
            scored: number("scored", scored)?,
            analysed: number("analysed", analysed)?,
            without_words: number("calls", calls - with_words)?,
        };
        // Without a range undated calls stand among the others.
        let undated = undated.first().map_or(0, |row| row.0);
        Ok((counts, number("calls", if scope.range == Range::default() { 0 } else { undated })?))
    }

    /// The scores of everybody but this rep, coached as this role by this kind of analyst, by dimension and rep.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn peer_scores(
        &mut self,
        scope: &Scope,
        role: &str,
        analyst: AnalystKind,
        dimensions: &[&str],
    ) -> Result<Vec<PeerScores>, StoreError> {
        let session = &mut self.session;
        let mut peers = Vec::new();
        // One dimension at a time, so that each is one stretch of the index.
        for dimension in dimensions {
            let rows: Vec<PeerRow> = rows!(session, PeerRow, peers_in(scope, role, analyst, dimension));
            for row in rows {
                let n = number("current", row.n)?;
                let (dimension, rep) = (row.dimension, RepId(row.rep_id));
                peers.push(PeerScores { dimension, rep, n, sum: row.sum, squares: row.squares });
            }
        }
        Ok(peers)
    }

    /// The newest word on each corrected check of a rep's calls.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn corrections_of_rep(&mut self, rep: RepId) -> Result<Vec<(CallRef, Correction)>, StoreError> {
        let session = &mut self.session;
        let rows: Vec<CorrectionRow> =
            on!(session, |db| query_as(CORRECTIONS_OF_REP).bind(rep.0).fetch_all(db).await?);
        rows.into_iter()
            .map(|row| {
                let correction = Correction {
                    check: row.check_id,
                    verdict: row.verdict.0,
                    line: row.line.map(|line| number("corrections.line", line)).transpose()?,
                    note: row.note,
                    made_by: row.made_by,
                };
                Ok((CallRef(row.call_id), correction))
            })
            .collect()
    }

    /// How many verdicts were corrected, by rep and call.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn corrected(&mut self) -> Result<Vec<(RepId, CallRef, u64)>, StoreError> {
        let session = &mut self.session;
        let rows: Vec<(i64, i64, i64)> = on!(session, |db| query_as(CORRECTED).fetch_all(db).await?);
        let corrected = |(rep, call, n)| Ok((RepId(rep), CallRef(call), number("corrections", n)?));
        rows.into_iter().map(corrected).collect()
    }

    /// The people of a call who are not ours, as far as their names are known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn others(&mut self, call: CallRef) -> Result<Vec<String>, StoreError> {
        let session = &mut self.session;
        Ok(on!(session, |db| query_scalar(OTHERS).bind(call.0).fetch_all(db).await?))
    }

    /// Who says a line, and on which side they are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn speaker(&mut self, transcript: TranscriptId, line: u32) -> Result<Option<(Side, String)>, StoreError> {
        let session = &mut self.session;
        let row: Option<(Name<Side>, Option<String>, Option<String>)> = on!(session, |db| query_as(SPEAKER)
            .bind(transcript.0)
            .bind(ids(transcript).0 | i64::from(line))
            .fetch_optional(db)
            .await?);
        Ok(row.map(|(side, name, email)| {
            (side.0, name.or(email).unwrap_or_else(|| crate::model::party::UNKNOWN_SPEAKER.to_owned()))
        }))
    }
}

impl From<ResultRow> for PastResult {
    fn from(row: ResultRow) -> Self {
        PastResult {
            call: CallRef(row.call_id),
            rep: RepId(row.rep_id),
            started_at: row.started_at.map(|instant| instant.0),
            title: row.title,
            url: row.url,
            call_type: row.call_type.map(|name| name.0),
            dimension: row.dimension,
            score: row.score,
            analyst: row.analyst.0,
            role: row.role,
            rubric_version: row.rubric_version,
            asked: Asked {
                transcript: row.transcript_id.map(TranscriptId),
                model: row.model.unwrap_or_default(),
                questions_hash: row.questions_hash.unwrap_or_default(),
                prompt_hash: row.prompt_hash.unwrap_or_default(),
            },
            checks: row.verdicts.map_or_else(Vec::new, |verdicts| verdicts.0),
        }
    }
}
