//! The statements of a search. The filters stand here once, for both engines.

use sqlx::QueryBuilder;

use super::built::{Engine, Value, list, range_conditions};
use super::lines::{LINE_BITS, ids};
use super::scorecards::OVERALL;
use super::search::{CallFilter, Page, Sort};
use super::text_query::TextQuery;
use super::types::TranscriptId;
use super::values::count;
use crate::model::ids::CallRef;
use crate::model::party::Side;

/// At most this many lines of a call are shown; a word that is said all the time would fill pages.
const MATCHES_A_CALL: usize = 10;

/// Whether the calls are counted while a page of them is read. Without words a page is read from an index, and the rest
/// is not read at all.
pub(super) fn counts_along<E: Engine>(filter: &CallFilter) -> bool {
    E::COUNTS_ALONG && filter.text.is_some()
}

pub(super) fn total<E: Engine>(filter: &CallFilter) -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new("SELECT count(*) FROM calls ");
    conditions(&mut builder, filter);
    builder
}

pub(super) fn calls<E: Engine>(filter: &CallFilter, page: Page) -> QueryBuilder<E> {
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
            builder.push(E::POSITION).push("(").push(column).push(", ");
            E::bind(builder, Value::Text(participant.to_lowercase()));
            builder.push(") > 0");
        };
        builder.push(" AND id IN (SELECT call_id FROM parties WHERE ");
        holds(builder, "name_lower");
        builder.push(" OR ");
        holds(builder, "lower(email)");
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

pub(super) fn people<E: Engine>(ids: &[i64]) -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new("SELECT call_id, side, name, email FROM parties WHERE call_id IN ( ");
    list(&mut builder, ids.iter().copied().map(Value::Int));
    builder.push(") ORDER BY call_id NULLS LAST, n NULLS LAST");
    builder
}

pub(super) fn scores<E: Engine>(filter: &CallFilter, ids: &[i64]) -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new(
        "SELECT call_id, rep_id, dimension, score, name,
            (SELECT min(value) FROM rep_keys WHERE rep_keys.rep_id = reps.id AND kind = 'email') AS email,
            (SELECT count(DISTINCT check_id) FROM corrections
                WHERE corrections.call_id = current.call_id AND corrections.rep_id = current.rep_id) AS corrected
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

pub(super) fn objections<E: Engine>(filter: &CallFilter, ids: &[i64]) -> QueryBuilder<E> {
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
pub(super) fn lines<E: Engine>(
    query: &TextQuery,
    said_by: Option<Side>,
    calls: &[(CallRef, TranscriptId)],
) -> QueryBuilder<E> {
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
