//! Finding calls.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use sqlx::{FromRow, Postgres, Sqlite};

use super::Store;
use super::built::rows;
use super::error::StoreError;
use super::lines::LINE_BITS;
use super::scorecards::OVERALL;
use super::search_sql::{calls, counts_along, lines, objections, people, scores, total};
use super::session::Session;
use super::text_query::TextQuery;
use super::types::{Instant, Name, RepId, TranscriptId};
use super::values::number;
use crate::dates::Range;
use crate::model::call::CallType;
use crate::model::ids::CallRef;
use crate::model::objection::{ObjectionStatus, ObjectionType};
use crate::model::party::Side;

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
    /// How many verdicts a person corrected.
    pub corrected: u64,
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
    corrected: i64,
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
                corrected: number("corrections", row.corrected)?,
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

fn display_name(name: Option<String>, email: Option<String>) -> String {
    name.or(email).unwrap_or_else(|| crate::model::party::UNKNOWN_SPEAKER.to_owned())
}
