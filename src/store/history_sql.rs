//! The statements of a history.

use sqlx::QueryBuilder;

use super::built::{Engine, Value, range_conditions};
use super::history::Scope;
use super::scorecards::OVERALL;
use super::types::RepId;
use crate::dates::Range;
use crate::model::answers::AnalystKind;

pub(super) fn results<E: Engine>(scope: &Scope, with_answers: bool) -> QueryBuilder<E> {
    let mut builder = QueryBuilder::new(
        "SELECT current.call_id, current.rep_id, calls.started_at, title, url, call_type,
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

pub(super) fn objections<E: Engine>(scope: &Scope) -> QueryBuilder<E> {
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

pub(super) fn measures<E: Engine>(scope: &Scope) -> QueryBuilder<E> {
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

pub(super) fn counts<E: Engine>(scope: &Scope, undated: bool) -> QueryBuilder<E> {
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
        "SELECT count(*), count(current_transcript_id), count(current.score), count(current.scorecard_id)
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
        "SELECT count(*), count(current_transcript_id), count(CASE WHEN scores > 0 THEN 1 END), count(results.call_id)
        FROM calls LEFT JOIN (SELECT call_id, count(score) AS scores FROM current WHERE dimension = ",
    );
    E::bind(&mut builder, Value::Text(OVERALL.to_owned()));
    builder.push(
        " GROUP BY call_id) AS results ON results.call_id = calls.id
        WHERE id IN (SELECT call_id FROM parties
            WHERE rep_id IN (SELECT id FROM reps WHERE active AND NOT no_coaching))",
    );
    builder
}

pub(super) fn peers_in<E: Engine>(scope: &Scope, role: &str, analyst: AnalystKind, dimension: &str) -> QueryBuilder<E> {
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
    range_conditions(builder, scope.range, time_column);
    if let Some(call_type) = scope.call_type {
        builder.push(" AND call_type = ");
        E::bind(builder, Value::Text(call_type.as_str().to_owned()));
    }
    if let Some(product) = &scope.product {
        builder.push(" AND lower(product) = ");
        E::bind(builder, Value::Text(product.to_ascii_lowercase()));
    }
}
