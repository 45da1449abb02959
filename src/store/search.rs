//! Finding calls. The filters stand here once, for both engines; [`Engine`] holds what truly differs.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use sqlx::{Database, FromRow, Postgres, QueryBuilder, Sqlite};

use super::Store;
use super::error::StoreError;
use super::lines::{LINE_BITS, ids};
use super::scorecards::OVERALL;
use super::session::Session;
use super::text_query::TextQuery;
use super::types::{Instant, Name, RepId, TranscriptId};
use super::values::{count, number};
use crate::dates::Range;
use crate::model::call::CallType;
use crate::model::ids::CallRef;
use crate::model::objection::{ObjectionStatus, ObjectionType};
use crate::model::party::Side;

/// At most this many lines of a call are shown; a word that is said all the time would fill pages.
const MATCHES_A_CALL: usize = 10;
/// The lines of at most this many calls are asked for at once; SQLite takes 500 parts of a `UNION`.
const CALLS_A_STATEMENT: usize = 50;

/// What calls are looked for. Everything that is given must hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CallFilter {
    /// A rep who took part. With a score, role or objection it is this rep's.
    pub rep: Option<RepId>,
    /// A part of the name or e-mail address of anybody who took part.
    pub participant: Option<String>,
    /// The product, whatever its case.
    pub product: Option<String>,
    /// The kind of call.
    pub call_type: Option<CallType>,
    /// When it began. A call without a date lies in no range that has an end.
    pub range: Range,
    /// The lowest score, as it is printed: 59.5 is 60.
    pub min_score: Option<u8>,
    /// The highest score, as it is printed.
    pub max_score: Option<u8>,
    /// The dimension that the scores are of, instead of the overall one; the call must be scored in it.
    pub dimension: Option<String>,
    /// The cause of a concern that was raised.
    pub objection: Option<ObjectionType>,
    /// How that concern ended; empty is in any way.
    pub objection_status: Vec<ObjectionStatus>,
    /// What the call was about, as Gong or a tracker named it, whatever its case: all of them.
    pub topics: Vec<String>,
    /// The role as which somebody was coached.
    pub role: Option<String>,
    /// What was said.
    pub text: Option<TextQuery>,
    /// Whose words must hold it.
    pub said_by: Option<Side>,
}

/// By what calls are sorted. What is unknown comes last either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// When they began, newest first.
    #[default]
    Date,
    /// The score that the filter is about, highest first.
    Score,
    /// Length, longest first.
    Duration,
}

/// Which of the found calls are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Page {
    /// The order.
    pub sort: Sort,
    /// The other way round.
    pub reverse: bool,
    /// At most this many.
    pub limit: usize,
    /// Without this many before them.
    pub offset: usize,
}

/// One page of what was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FoundCalls {
    /// How many were found, on all pages.
    pub total: u64,
    /// Those of this page.
    pub calls: Vec<FoundCall>,
}

/// A call that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundCall {
    /// Its reference.
    pub call_ref: CallRef,
    /// Its id at the source.
    pub ext_id: String,
    /// Its title.
    pub title: Option<String>,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// Its length in milliseconds.
    pub duration_ms: Option<i64>,
    /// Its kind.
    pub call_type: Option<CallType>,
    /// The product it was about.
    pub product: Option<String>,
    /// The customer's company.
    pub account: Option<String>,
    /// Where its recording is opened.
    pub url: Option<String>,
    /// Whether its words are stored.
    pub has_words: bool,
    /// Who took part: side and name, in the order of the call.
    pub people: Vec<(Side, String)>,
    /// The current scores, one a coached rep.
    pub scores: Vec<FoundScore>,
    /// The concerns of the current results.
    pub objections: Vec<FoundObjection>,
    /// The lines that hold the words, at most ten.
    pub matches: Vec<FoundLine>,
}

/// A coached rep's current scores on a call.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundScore {
    /// Who.
    pub rep: RepId,
    /// Their name, as far as it is known.
    pub name: String,
    /// Their e-mail.
    pub email: Option<String>,
    /// The overall score.
    pub overall: Option<f64>,
    /// The score of the dimension that was asked for.
    pub dimension: Option<f64>,
    /// The score of every dimension.
    pub dimensions: BTreeMap<String, Option<f64>>,
}

/// A concern that was raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct FoundObjection {
    /// Its cause.
    #[serde(rename = "type")]
    pub kind: ObjectionType,
    /// How it ended.
    pub status: ObjectionStatus,
    /// 1 to 3.
    pub severity: u8,
    /// The line in which it was raised.
    pub line: u32,
    /// When.
    pub start_ms: Option<i64>,
    /// The buyer's words.
    pub quote: String,
}

/// A line that holds what was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct FoundLine {
    /// Its number.
    pub line: u32,
    /// When it begins, in milliseconds.
    pub start_ms: Option<i64>,
    /// Who says it.
    pub speaker: String,
    /// On which side they are.
    pub side: Side,
    /// The words.
    pub text: String,
}

/// A value of a built statement.
pub(super) enum Value {
    Int(i64),
    Real(f64),
    Text(String),
    Time(Timestamp),
}

/// What differs between the engines in built statements.
pub(super) trait Engine: Database {
    /// The id of an indexed line.
    const LINE_ID: &'static str;
    /// Whether a text holds another: the function's name.
    const POSITION: &'static str;
    /// Whether a query in a `FROM` may look at the row that it is joined to.
    const HAS_LATERAL: bool;
    /// Whether to look for words twice, once for the number of calls and once for a page of them, takes longer than to
    /// number all calls that are found.
    const COUNTS_ALONG: bool;
    /// Adds a value.
    fn bind(builder: &mut QueryBuilder<Self>, value: Value);
    /// Adds the condition that an indexed line holds the words.
    fn matches(builder: &mut QueryBuilder<Self>, query: &TextQuery);
    /// Adds the ids of the blocks of lines that hold a word.
    fn blocks(builder: &mut QueryBuilder<Self>, query: &TextQuery);
}

macro_rules! bind {
    () => {
        fn bind(builder: &mut QueryBuilder<Self>, value: Value) {
            match value {
                Value::Int(value) => builder.push_bind(value),
                Value::Real(value) => builder.push_bind(value),
                Value::Text(value) => builder.push_bind(value),
                Value::Time(value) => builder.push_bind(Instant::new(value)),
            };
        }
    };
}

impl Engine for Sqlite {
    const LINE_ID: &'static str = "line_index.rowid";
    const POSITION: &'static str = "instr";
    const HAS_LATERAL: bool = false;
    const COUNTS_ALONG: bool = false;
    bind!();

    fn matches(builder: &mut QueryBuilder<Self>, query: &TextQuery) {
        builder.push("line_index.words MATCH ").push_bind(query.fts5());
    }

    fn blocks(builder: &mut QueryBuilder<Self>, query: &TextQuery) {
        builder.push("(SELECT rowid AS id FROM call_words WHERE call_words MATCH ").push_bind(query.fts5()).push(")");
    }
}

impl Engine for Postgres {
    const LINE_ID: &'static str = "line_index.id";
    const POSITION: &'static str = "strpos";
    const HAS_LATERAL: bool = true;
    const COUNTS_ALONG: bool = true;
    bind!();

    fn matches(builder: &mut QueryBuilder<Self>, query: &TextQuery) {
        builder.push("line_index.words @@ ").push_bind(query.tsquery()).push("::TSQUERY");
    }

    fn blocks(builder: &mut QueryBuilder<Self>, query: &TextQuery) {
        builder.push("call_words_with(").push_bind(query.tsquery()).push("::TSQUERY) AS words (id)");
    }
}

/// Runs a built statement on whichever engine is open. On PostgreSQL it gets no name, as all statements.
macro_rules! rows {
    ($session:expr, $row:ty, $make:ident($($argument:expr),*)) => {
        match $session {
            Session::Sqlite(transaction) => {
                $make::<Sqlite>($($argument),*).build_query_as::<$row>().fetch_all(&mut **transaction).await?
            }
            Session::Postgres(transaction) => {
                $make::<Postgres>($($argument),*)
                    .build_query_as::<$row>()
                    .persistent(false)
                    .fetch_all(&mut **transaction)
                    .await?
            }
        }
    };
}
pub(super) use rows;

#[derive(FromRow)]
struct CallRow {
    id: i64,
    ext_id: String,
    title: Option<String>,
    started_at: Option<Instant>,
    duration_ms: Option<i64>,
    call_type: Option<Name<CallType>>,
    product: Option<String>,
    account: Option<String>,
    url: Option<String>,
    current_transcript_id: Option<i64>,
    #[sqlx(default)]
    total: Option<i64>,
}

#[derive(FromRow)]
struct PersonRow {
    call_id: i64,
    side: Name<Side>,
    name: Option<String>,
    email: Option<String>,
}

#[derive(FromRow)]
struct ScoreRow {
    call_id: i64,
    rep_id: i64,
    dimension: String,
    score: Option<f64>,
    name: Option<String>,
    email: Option<String>,
}

#[derive(FromRow)]
struct ObjectionRow {
    call_id: i64,
    kind: Name<ObjectionType>,
    status: Name<ObjectionStatus>,
    severity: i64,
    line: i64,
    start_ms: Option<i64>,
    quote: String,
}

#[derive(FromRow)]
struct LineRow {
    id: i64,
    start_ms: Option<i64>,
    text: String,
    side: Option<Name<Side>>,
    name: Option<String>,
    email: Option<String>,
}

impl Store {
    /// One page of the calls that the filter lets through, and how many there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn search(&self, filter: &CallFilter, page: Page) -> Result<FoundCalls, StoreError> {
        let session = &mut self.pool.read().await?;
        let counts_along = match session {
            Session::Sqlite(_) => counts_along::<Sqlite>(filter),
            Session::Postgres(_) => counts_along::<Postgres>(filter),
        };
        let total = if counts_along { None } else { Some(count_all(session, filter).await?) };
        let rows: Vec<CallRow> =
            if total == Some(0) { Vec::new() } else { rows!(session, CallRow, calls(filter, page)) };
        let total = match total.or(rows.first().and_then(|row| row.total)) {
            Some(total) => total,
            // Nobody counts along on a page behind the last one.
            None if page.offset == 0 && page.limit > 0 => 0,
            None => count_all(session, filter).await?,
        };
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let mut found: Vec<(FoundCall, Option<TranscriptId>)> = rows.into_iter().map(CallRow::into_call).collect();
        if !ids.is_empty() {
            details(session, filter, &ids, &mut found).await?;
        }
        Ok(FoundCalls { total: number("total", total)?, calls: found.into_iter().map(|(call, _)| call).collect() })
    }
}

impl CallRow {
    fn into_call(self) -> (FoundCall, Option<TranscriptId>) {
        let call = FoundCall {
            call_ref: CallRef(self.id),
            ext_id: self.ext_id,
            title: self.title,
            started_at: self.started_at.map(|instant| instant.0),
            duration_ms: self.duration_ms,
            call_type: self.call_type.map(|name| name.0),
            product: self.product,
            account: self.account,
            url: self.url,
            has_words: self.current_transcript_id.is_some(),
            people: Vec::new(),
            scores: Vec::new(),
            objections: Vec::new(),
            matches: Vec::new(),
        };
        (call, self.current_transcript_id.map(TranscriptId))
    }
}

/// Adds people, scores, concerns and lines to the calls of a page.
async fn details(
    session: &mut Session,
    filter: &CallFilter,
    ids: &[i64],
    found: &mut [(FoundCall, Option<TranscriptId>)],
) -> Result<(), StoreError> {
    fn of(found: &mut [(FoundCall, Option<TranscriptId>)], id: i64) -> Option<&mut FoundCall> {
        found.iter_mut().map(|(call, _)| call).find(|call| call.call_ref.0 == id)
    }
    let people: Vec<PersonRow> = rows!(session, PersonRow, people(ids));
    for row in people {
        if let Some(call) = of(found, row.call_id) {
            call.people.push((row.side.0, display_name(row.name, row.email)));
        }
    }
    let scores: Vec<ScoreRow> = rows!(session, ScoreRow, scores(filter, ids));
    for row in scores {
        let Some(call) = of(found, row.call_id) else { continue };
        if !call.scores.iter().any(|score| score.rep.0 == row.rep_id) {
            call.scores.push(FoundScore {
                rep: RepId(row.rep_id),
                name: display_name(row.name, row.email.clone()),
                email: row.email,
                overall: None,
                dimension: None,
                dimensions: BTreeMap::new(),
            });
        }
        let Some(score) = call.scores.iter_mut().find(|score| score.rep.0 == row.rep_id) else { continue };
        if row.dimension == OVERALL {
            score.overall = row.score;
            continue;
        }
        if filter.dimension.as_ref() == Some(&row.dimension) {
            score.dimension = row.score;
        }
        score.dimensions.insert(row.dimension, row.score);
    }
    let objections: Vec<ObjectionRow> = rows!(session, ObjectionRow, objections(filter, ids));
    for row in objections {
        let Some(call) = of(found, row.call_id) else { continue };
        let objection = FoundObjection {
            kind: row.kind.0,
            status: row.status.0,
            severity: number("objections.severity", row.severity)?,
            line: number("objections.line", row.line)?,
            start_ms: row.start_ms,
            quote: row.quote,
        };
        // Two reps coached on one call heard the same concern.
        let known = |other: &FoundObjection| (other.kind, other.line) == (objection.kind, objection.line);
        if !call.objections.iter().any(known) {
            call.objections.push(objection);
        }
    }
    if let Some(query) = &filter.text {
        for calls in found.chunks_mut(CALLS_A_STATEMENT) {
            let wanted: Vec<_> =
                calls.iter().filter_map(|(call, transcript)| Some((call.call_ref, (*transcript)?))).collect();
            if wanted.is_empty() {
                continue;
            }
            let rows: Vec<LineRow> = rows!(session, LineRow, lines(query, filter.said_by, &wanted));
            for row in rows {
                let transcript = TranscriptId(row.id >> LINE_BITS);
                let Some((call, _)) = calls.iter_mut().find(|(_, of)| *of == Some(transcript)) else { continue };
                call.matches.push(FoundLine {
                    line: number("lines.id", row.id - super::lines::ids(transcript).0)?,
                    start_ms: row.start_ms,
                    speaker: display_name(row.name, row.email),
                    side: row.side.map_or(Side::Unknown, |side| side.0),
                    text: row.text,
                });
            }
            for (call, _) in calls {
                call.matches.sort_by_key(|line| line.line);
            }
        }
    }
    Ok(())
}

async fn count_all(session: &mut Session, filter: &CallFilter) -> Result<i64, StoreError> {
    let total: Vec<(i64,)> = rows!(session, (i64,), total(filter));
    Ok(total.first().map_or(0, |row| row.0))
}

/// Whether the calls are counted while a page of them is read. Without words a page is read from an index, and the rest
/// is not read at all.
fn counts_along<E: Engine>(filter: &CallFilter) -> bool {
    E::COUNTS_ALONG && filter.text.is_some()
}

fn display_name(name: Option<String>, email: Option<String>) -> String {
    name.or(email).unwrap_or_else(|| crate::model::party::UNKNOWN_SPEAKER.to_owned())
}

fn total<E: Engine>(filter: &CallFilter) -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new("SELECT count(*) FROM calls ");
    conditions(&mut builder, filter);
    builder
}

fn calls<E: Engine>(filter: &CallFilter, page: Page) -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new(
        "SELECT id, ext_id, title, started_at, duration_ms, call_type, product, account, url,
            current_transcript_id ",
    );
    builder.push(if counts_along::<E>(filter) { ", count(*) OVER () AS total FROM calls " } else { "FROM calls " });
    conditions(&mut builder, filter);
    let way = if page.reverse { " ASC" } else { " DESC" };
    builder.push(" ORDER BY ");
    match page.sort {
        Sort::Date => {
            builder.push("started_at");
        }
        Sort::Duration => {
            builder.push("duration_ms");
        }
        Sort::Score => {
            builder.push("(SELECT max(score) FROM current WHERE call_id = calls.id AND dimension = ");
            E::bind(&mut builder, Value::Text(filter.dimension.clone().unwrap_or_else(|| OVERALL.to_owned())));
            if let Some(rep) = filter.rep {
                builder.push(" AND rep_id = ");
                E::bind(&mut builder, Value::Int(rep.0));
            }
            builder.push(")");
        }
    }
    builder.push(way).push(" NULLS LAST, id").push(way).push(" NULLS LAST LIMIT ");
    E::bind(&mut builder, Value::Int(count(page.limit)));
    builder.push(" OFFSET ");
    E::bind(&mut builder, Value::Int(count(page.offset)));
    builder
}

/// Everything behind WHERE.
fn conditions<E: Engine>(builder: &mut QueryBuilder<E>, filter: &CallFilter) {
    builder.push("WHERE true");
    range_conditions(builder, filter.range, "started_at");
    if let Some(product) = &filter.product {
        builder.push(" AND lower(product) = ");
        E::bind(builder, Value::Text(product.to_ascii_lowercase()));
    }
    if let Some(call_type) = filter.call_type {
        builder.push(" AND call_type = ");
        E::bind(builder, Value::Text(call_type.as_str().to_owned()));
    }
    if let Some(participant) = &filter.participant {
        let holds = |builder: &mut QueryBuilder<E>, column: &str| {
            builder.push(E::POSITION).push("(lower(").push(column).push("), ");
            E::bind(builder, Value::Text(participant.to_ascii_lowercase()));
            builder.push(") > 0");
        };
        builder.push(" AND id IN (SELECT call_id FROM parties WHERE ");
        holds(builder, "name");
        builder.push(" OR ");
        holds(builder, "email");
        builder.push(")");
    }
    if let Some(rep) = filter.rep {
        builder.push(" AND id IN (SELECT call_id FROM parties WHERE rep_id = ");
        E::bind(builder, Value::Int(rep.0));
        builder.push(")");
    }
    for topic in &filter.topics {
        builder.push(" AND id IN (SELECT call_id FROM topics WHERE lower(name) = ");
        E::bind(builder, Value::Text(topic.to_ascii_lowercase()));
        builder.push(")");
    }
    result_conditions(builder, filter);
    objection_conditions(builder, filter);
    if let Some(query) = &filter.text {
        text_conditions(builder, query, filter.said_by);
    }
}

fn range_conditions<E: Engine>(builder: &mut QueryBuilder<E>, range: Range, column: &str) {
    for (sign, end) in [(" >= ", range.from), (" < ", range.to)] {
        if let Some(end) = end {
            builder.push(" AND ").push(column).push(sign);
            E::bind(builder, Value::Time(end));
        }
    }
}

/// One coached person's current result must have all of role, dimension and score.
fn result_conditions<E: Engine>(builder: &mut QueryBuilder<E>, filter: &CallFilter) {
    let CallFilter { rep, min_score, max_score, dimension, role, .. } = filter;
    if min_score.is_none() && max_score.is_none() && dimension.is_none() && role.is_none() {
        return;
    }
    builder.push(" AND id IN (SELECT call_id FROM current WHERE dimension = ");
    E::bind(builder, Value::Text(dimension.clone().unwrap_or_else(|| OVERALL.to_owned())));
    if dimension.is_some() {
        builder.push(" AND score IS NOT NULL");
    }
    if let Some(min) = min_score {
        builder.push(" AND score >= ");
        E::bind(builder, Value::Real(f64::from(*min) - 0.5));
    }
    if let Some(max) = max_score {
        builder.push(" AND score < ");
        E::bind(builder, Value::Real(f64::from(*max) + 0.5));
    }
    if let Some(role) = role {
        builder.push(" AND role = ");
        E::bind(builder, Value::Text(role.clone()));
    }
    if let Some(rep) = rep {
        builder.push(" AND rep_id = ");
        E::bind(builder, Value::Int(rep.0));
    }
    // Said here too, or the results of all times would be read.
    range_conditions(builder, filter.range, "started_at");
    builder.push(")");
}

/// One concern of a current result must have both the type and the status.
fn objection_conditions<E: Engine>(builder: &mut QueryBuilder<E>, filter: &CallFilter) {
    if filter.objection.is_none() && filter.objection_status.is_empty() {
        return;
    }
    builder.push(
        " AND id IN (SELECT current.call_id FROM objections
            JOIN scorecards ON scorecards.answers_id = objections.answers_id
            JOIN current ON current.scorecard_id = scorecards.id WHERE true",
    );
    if let Some(kind) = filter.objection {
        builder.push(" AND objections.type = ");
        E::bind(builder, Value::Text(kind.as_str().to_owned()));
    }
    if !filter.objection_status.is_empty() {
        builder.push(" AND objections.status IN (");
        list(builder, filter.objection_status.iter().map(|status| Value::Text(status.as_str().to_owned())));
        builder.push(")");
    }
    if let Some(rep) = filter.rep {
        builder.push(" AND current.rep_id = ");
        E::bind(builder, Value::Int(rep.0));
    }
    range_conditions(builder, filter.range, "current.started_at");
    builder.push(")");
}

/// The call of a found line is told by its id alone: joining `lines` would read all of them.
fn text_conditions<E: Engine>(builder: &mut QueryBuilder<E>, query: &TextQuery, said_by: Option<Side>) {
    if query.is_one_word() && said_by.is_none() {
        builder.push(" AND current_transcript_id IN (SELECT id >> ").push(LINE_BITS).push(" FROM ");
        E::blocks(builder, query);
        builder.push(")");
        return;
    }
    builder.push(" AND current_transcript_id IN (SELECT ").push(E::LINE_ID).push(" >> ").push(LINE_BITS);
    builder.push(" FROM line_index");
    if said_by.is_some() {
        // CROSS keeps SQLite from beginning with the parties.
        builder.push(" CROSS JOIN lines CROSS JOIN transcripts CROSS JOIN parties");
    }
    builder.push(" WHERE ");
    E::matches(builder, query);
    if let Some(side) = said_by {
        builder.push(" AND lines.id = ").push(E::LINE_ID).push(" AND transcripts.id = lines.id >> ").push(LINE_BITS);
        builder.push(" AND parties.call_id = transcripts.call_id AND parties.n = lines.party_n AND parties.side = ");
        E::bind(builder, Value::Text(side.as_str().to_owned()));
    }
    builder.push(")");
}

fn people<E: Engine>(ids: &[i64]) -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new("SELECT call_id, side, name, email FROM parties WHERE call_id IN ( ");
    list(&mut builder, ids.iter().copied().map(Value::Int));
    builder.push(") ORDER BY call_id NULLS LAST, n NULLS LAST");
    builder
}

fn scores<E: Engine>(filter: &CallFilter, ids: &[i64]) -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new(
        "SELECT call_id, rep_id, dimension, score, name,
            (SELECT min(value) FROM rep_keys WHERE rep_keys.rep_id = reps.id AND kind = 'email') AS email
        FROM current JOIN reps ON reps.id = rep_id WHERE call_id IN ( ",
    );
    list(&mut builder, ids.iter().copied().map(Value::Int));
    builder.push(")");
    if let Some(rep) = filter.rep {
        builder.push(" AND rep_id = ");
        E::bind(&mut builder, Value::Int(rep.0));
    }
    builder.push(" ORDER BY call_id NULLS LAST, rep_id NULLS LAST");
    builder
}

fn objections<E: Engine>(filter: &CallFilter, ids: &[i64]) -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new(
        "SELECT current.call_id, type AS kind, objections.status, severity, line, start_ms, quote
        FROM current JOIN scorecards ON scorecards.id = current.scorecard_id
            JOIN objections ON objections.answers_id = scorecards.answers_id
        WHERE current.call_id IN ( ",
    );
    list(&mut builder, ids.iter().copied().map(Value::Int));
    builder.push(")");
    if let Some(rep) = filter.rep {
        builder.push(" AND current.rep_id = ");
        E::bind(&mut builder, Value::Int(rep.0));
    }
    builder.push(" ORDER BY current.call_id NULLS LAST, current.rep_id NULLS LAST, n NULLS LAST");
    builder
}

/// The first lines of each of these calls that hold the words. One statement for all: to ask costs more than to find.
fn lines<E: Engine>(query: &TextQuery, said_by: Option<Side>, calls: &[(CallRef, TranscriptId)]) -> QueryBuilder<E> {
    if E::HAS_LATERAL {
        // One plan for all of them: to plan takes longer than to find, too.
        let mut builder = QueryBuilder::new("SELECT found.* FROM (VALUES ");
        for (n, (call, transcript)) in calls.iter().enumerate() {
            builder.push(if n > 0 { "), (" } else { "(" });
            let (before, behind) = ids(*transcript);
            list(&mut builder, [call.0, before, behind].map(Value::Int));
        }
        builder.push(")) AS wanted (call_id, before, behind) CROSS JOIN LATERAL (");
        lines_of(
            &mut builder,
            query,
            said_by,
            ["wanted.call_id", "wanted.before", "wanted.behind"].map(Operand::Column),
        );
        builder.push(") AS found");
        return builder;
    }
    let mut builder = QueryBuilder::new("SELECT * FROM ( ");
    for (n, (call, transcript)) in calls.iter().enumerate() {
        if n > 0 {
            builder.push(") AS of_a_call UNION ALL SELECT * FROM (");
        }
        let (before, behind) = ids(*transcript);
        lines_of(&mut builder, query, said_by, [call.0, before, behind].map(Operand::Int));
    }
    builder.push(") AS of_a_call");
    builder
}

enum Operand {
    Int(i64),
    Column(&'static str),
}

/// The first lines of one call that hold the words; its lines lie between two ids.
fn lines_of<E: Engine>(
    builder: &mut QueryBuilder<E>,
    query: &TextQuery,
    said_by: Option<Side>,
    [call, before, behind]: [Operand; 3],
) {
    let operand = |builder: &mut QueryBuilder<E>, operand: Operand| match operand {
        Operand::Int(value) => E::bind(builder, Value::Int(value)),
        Operand::Column(name) => {
            builder.push(name);
        }
    };
    builder.push("SELECT lines.id, start_ms, text, side, name, email FROM line_index JOIN lines ON lines.id = ");
    builder.push(E::LINE_ID).push(" LEFT JOIN parties ON parties.n = lines.party_n AND parties.call_id = ");
    operand(builder, call);
    builder.push(" WHERE ");
    E::matches(builder, query);
    for (sign, id) in [(" > ", before), (" < ", behind)] {
        builder.push(" AND ").push(E::LINE_ID).push(sign);
        operand(builder, id);
    }
    if let Some(side) = said_by {
        builder.push(" AND side = ");
        E::bind(builder, Value::Text(side.as_str().to_owned()));
    }
    builder.push(" ORDER BY lines.id NULLS LAST LIMIT ");
    E::bind(builder, Value::Int(count(MATCHES_A_CALL)));
}

/// Values between commas.
fn list<E: Engine>(builder: &mut QueryBuilder<E>, values: impl IntoIterator<Item = Value>) {
    for (n, value) in values.into_iter().enumerate() {
        if n > 0 {
            builder.push(", ");
        }
        E::bind(builder, value);
    }
}

#[cfg(test)]
mod tests {
    use sqlx::Row as _;

    use super::super::Target;
    use super::super::history::{Scope, plans};
    use super::super::session::Pool;
    use super::*;

    /// Everything that can be asked, alone and all together.
    fn filters() -> Vec<CallFilter> {
        let none = CallFilter::default;
        let text = || TextQuery::parse("price -budget").ok();
        let range = Range { from: Some(Timestamp::UNIX_EPOCH), to: Some(Timestamp::UNIX_EPOCH) };
        let alone = vec![
            CallFilter { rep: Some(RepId(1)), ..none() },
            CallFilter { range, ..none() },
            CallFilter { product: Some("ledger".to_owned()), ..none() },
            CallFilter { min_score: Some(80), dimension: Some("discovery".to_owned()), ..none() },
            CallFilter { role: Some("ae".to_owned()), ..none() },
            CallFilter { objection: Some(ObjectionType::Pricing), ..none() },
            CallFilter { topics: vec!["pricing".to_owned()], ..none() },
            CallFilter { text: text(), ..none() },
            CallFilter { text: text(), said_by: Some(Side::Buyer), ..none() },
        ];
        let all = CallFilter {
            rep: Some(RepId(1)),
            range,
            min_score: Some(80),
            objection: Some(ObjectionType::Pricing),
            objection_status: vec![ObjectionStatus::Missed],
            text: text(),
            said_by: Some(Side::Rep),
            ..none()
        };
        [alone, vec![none(), all]].concat()
    }

    /// The steps of a statement. The values do not matter to the plan; unbound ones are null.
    async fn plan(store: &Store, explain: &str) -> Vec<String> {
        let mut explained = QueryBuilder::<Sqlite>::new(explain);
        let Pool::Sqlite(pool) = &store.pool else { panic!("SQLite") };
        let rows = explained.build().fetch_all(pool).await.expect("a plan");
        rows.iter().map(|row| row.get::<String, _>("detail")).collect()
    }

    fn full_scan(plan: &[String]) -> Option<&String> {
        const LARGE: [&str; 5] = ["lines", "scorecards", "objections", "answers", "current"];
        let scans = |step: &str, table: &str| {
            step.strip_prefix("SCAN ").is_some_and(|rest| rest == table || rest.starts_with(&format!("{table} USING")))
        };
        plan.iter().find(|step| LARGE.iter().any(|table| scans(step, table)))
    }

    #[tokio::test]
    async fn no_question_reads_all_lines_or_results() {
        let folder = tempfile::tempdir().expect("folder");
        let store = Store::open(&Target::Sqlite(folder.path().join("x.db"))).await.expect("open");
        let page = Page { limit: 20, ..Page::default() };
        let mut builders = Vec::new();
        for filter in filters() {
            builders.extend([total::<Sqlite>(&filter), calls(&filter, page), scores(&filter, &[1, 2])]);
            builders.push(objections(&filter, &[1, 2]));
            if let Some(query) = &filter.text {
                builders.push(lines(
                    query,
                    filter.said_by,
                    &[(CallRef(1), TranscriptId(1)), (CallRef(2), TranscriptId(2))],
                ));
            }
        }
        let range = Range { from: Some(Timestamp::UNIX_EPOCH), to: Some(Timestamp::UNIX_EPOCH) };
        let of_a_rep = plans::<Sqlite>(&Scope { rep: Some(RepId(1)), range, ..Scope::default() });
        for builder in &of_a_rep {
            let steps = plan(&store, &format!("EXPLAIN QUERY PLAN {}", builder.sql().as_str())).await;
            assert!(!steps.iter().any(|step| step.contains("calls_started_at")), "reads everybody's calls: {steps:?}");
        }
        builders.extend(of_a_rep);
        assert!(builders.len() > 30);
        for builder in builders {
            let sql = builder.sql().as_str().to_owned();
            assert_eq!(full_scan(&plan(&store, &format!("EXPLAIN QUERY PLAN {sql}")).await), None, "{sql}");
        }
        let full = plan(&store, "EXPLAIN QUERY PLAN SELECT text FROM lines WHERE text = ''").await;
        assert!(full_scan(&full).is_some(), "the test must see one: {full:?}");
        store.close().await;
    }
}
