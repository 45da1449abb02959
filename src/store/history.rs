//! What is known of many calls at once: the current results of a rep or of everybody, concerns, measures, peers.
//!
//! A query that runs over many calls names its columns and reads them from an index; the answers are read for one
//! rep's calls only.

use jiff::Timestamp;
use sqlx::types::Json;
use sqlx::{FromRow, Postgres, QueryBuilder, Sqlite};

use super::Store;
use super::error::StoreError;
use super::lines::ids;
use super::search::{Engine, Value, rows};
use super::session::{Session, on, query_as};
use super::types::{Instant, Name, RepId, TranscriptId};
use super::values::number;
use super::{OVERALL, Statements};
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
const SPEAKER: &str = "SELECT side, name, email FROM lines
        JOIN transcripts ON transcripts.id = $1
        JOIN parties ON parties.call_id = transcripts.call_id AND parties.n = lines.party_n
    WHERE lines.id = $2";

pub(super) const STATEMENTS: Statements =
    Statements { both: &[CORRECTIONS_OF_REP, SPEAKER], sqlite: &[], postgres: &[] };

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
    /// Its title, or its id at the source.
    pub title: String,
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
    ext_id: String,
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
        let dated: Vec<(i64, i64, i64)> = rows!(session, (i64, i64, i64), counts(scope, false));
        let undated: Vec<(i64, i64, i64)> = rows!(session, (i64, i64, i64), counts(scope, true));
        let (calls, with_words, scored) = dated.first().copied().unwrap_or_default();
        let counts = CallCounts {
            calls: number("calls", calls)?,
            scored: number("scored", scored)?,
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
            title: row.title.unwrap_or(row.ext_id),
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

fn results<E: Engine>(scope: &Scope, with_answers: bool) -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new(
        "SELECT current.call_id, current.rep_id, calls.started_at, title, ext_id, url, call_type,
            current.dimension, current.score, current.analyst, current.role, rubric_version, transcript_id, model,
            questions_hash, prompt_hash, ",
    );
    builder.push(if with_answers { "verdicts" } else { "CASE WHEN 1 = 0 THEN verdicts END AS verdicts" });
    builder.push(
        " FROM current
            JOIN calls ON calls.id = current.call_id
            JOIN scorecards ON scorecards.id = current.scorecard_id
            LEFT JOIN answers ON answers.id = scorecards.answers_id
        WHERE true",
    );
    conditions(&mut builder, scope, "current.rep_id", "current.started_at");
    builder.push(
        " ORDER BY current.started_at NULLS LAST, current.call_id NULLS LAST, current.rep_id NULLS LAST,
            current.dimension NULLS LAST",
    );
    builder
}

fn objections<E: Engine>(scope: &Scope) -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new(
        "SELECT current.call_id, current.rep_id, type AS kind, objections.status, severity, line, start_ms, end_ms,
            quote, response_quote
        FROM current
            JOIN calls ON calls.id = current.call_id
            JOIN scorecards ON scorecards.id = current.scorecard_id
            JOIN objections ON objections.answers_id = scorecards.answers_id
        WHERE true ",
    );
    conditions(&mut builder, scope, "current.rep_id", "current.started_at");
    builder.push(" ORDER BY current.started_at NULLS LAST, current.call_id NULLS LAST, current.rep_id, n NULLS LAST");
    builder
}

fn measures<E: Engine>(scope: &Scope) -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new(
        "SELECT call_id, rep_id, call_type, duration_ms, metrics
        FROM calls JOIN measured ON measured.call_id = calls.id WHERE true ",
    );
    if let Some(rep) = scope.rep {
        // Said besides the rep, or the calls of everybody in this time would be read.
        builder.push(" AND measured.call_id IN (SELECT call_id FROM parties WHERE rep_id = ");
        E::bind(&mut builder, Value::Int(rep.0));
        builder.push(")");
    } else {
        builder.push(" AND measured.rep_id NOT IN (SELECT id FROM reps WHERE no_coaching)");
    }
    conditions(&mut builder, scope, "measured.rep_id", "calls.started_at");
    builder.push(" ORDER BY calls.started_at NULLS LAST, calls.id NULLS LAST, rep_id NULLS LAST");
    builder
}

fn counts<E: Engine>(scope: &Scope, undated: bool) -> QueryBuilder<E> {
    let mut builder = match scope.rep {
        Some(rep) => calls_of::<E>(rep),
        None => calls_of_the_coached::<E>(),
    };
    if undated {
        builder.push(" AND calls.started_at IS NULL");
    }
    let range = if undated { Range::default() } else { scope.range };
    conditions(&mut builder, &Scope { range, rep: None, ..scope.clone() }, "", "calls.started_at");
    builder
}

fn calls_of<E: Engine>(rep: RepId) -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new(
        "SELECT count(*), count(current_transcript_id), count(current.score)
        FROM (SELECT DISTINCT call_id, rep_id FROM parties WHERE rep_id = ",
    );
    E::bind(&mut builder, Value::Int(rep.0));
    builder.push(
        ") AS part
            JOIN calls ON calls.id = part.call_id
            LEFT JOIN current ON current.call_id = part.call_id AND current.rep_id = part.rep_id
                AND current.dimension = ",
    );
    E::bind(&mut builder, Value::Text(OVERALL.to_owned()));
    builder.push(" WHERE true");
    builder
}

fn calls_of_the_coached<E: Engine>() -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new(
        "SELECT count(*), count(current_transcript_id), count(CASE WHEN id IN (
                SELECT call_id FROM current WHERE score IS NOT NULL AND dimension = ",
    );
    E::bind(&mut builder, Value::Text(OVERALL.to_owned()));
    builder.push(
        ") THEN 1 END)
        FROM calls WHERE id IN (SELECT call_id FROM parties
            WHERE rep_id IN (SELECT id FROM reps WHERE active AND NOT no_coaching))",
    );
    builder
}

fn peers_in<E: Engine>(scope: &Scope, role: &str, analyst: AnalystKind, dimension: &str) -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new(
        "SELECT dimension, rep_id, count(*) AS n, sum(score) AS sum, sum(score * score) AS squares FROM current ",
    );
    if scope.call_type.is_some() || scope.product.is_some() {
        builder.push("JOIN calls ON calls.id = current.call_id ");
    }
    builder.push("WHERE dimension = ");
    E::bind(&mut builder, Value::Text(dimension.to_owned()));
    builder.push(" AND role = ");
    E::bind(&mut builder, Value::Text(role.to_owned()));
    builder.push(" AND analyst = ");
    E::bind(&mut builder, Value::Text(analyst.as_str().to_owned()));
    builder.push(" AND score IS NOT NULL");
    if let Some(rep) = scope.rep {
        builder.push(" AND rep_id <> ");
        E::bind(&mut builder, Value::Int(rep.0));
    }
    conditions(&mut builder, &Scope { rep: None, ..scope.clone() }, "", "current.started_at");
    builder.push(" GROUP BY dimension, rep_id ORDER BY rep_id NULLS LAST");
    builder
}

fn conditions<E: Engine>(builder: &mut QueryBuilder<E>, scope: &Scope, rep_column: &str, time_column: &str) {
    if let Some(rep) = scope.rep {
        builder.push(" AND ").push(rep_column).push(" = ");
        E::bind(builder, Value::Int(rep.0));
    }
    for (sign, end) in [(" >= ", scope.range.from), (" < ", scope.range.to)] {
        if let Some(end) = end {
            builder.push(" AND ").push(time_column).push(sign);
            E::bind(builder, Value::Time(end));
        }
    }
    if let Some(call_type) = scope.call_type {
        builder.push(" AND call_type = ");
        E::bind(builder, Value::Text(call_type.as_str().to_owned()));
    }
    if let Some(product) = &scope.product {
        builder.push(" AND lower(product) = ");
        E::bind(builder, Value::Text(product.to_ascii_lowercase()));
    }
}

/// Every question about one rep, for the test that looks at their plans.
#[cfg(test)]
pub(super) fn plans<E: Engine>(scope: &Scope) -> Vec<QueryBuilder<E>> {
    vec![
        results(scope, true),
        objections(scope),
        measures(scope),
        counts(scope, false),
        counts(scope, true),
        peers_in(scope, "ae", AnalystKind::Local, OVERALL),
    ]
}
