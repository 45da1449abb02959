//! Statements that are put together from what is asked, for both engines; [`Engine`] holds what truly differs.

use jiff::Timestamp;
use sqlx::{Database, Postgres, QueryBuilder, Sqlite};

use super::text_query::TextQuery;
use super::types::Instant;
use crate::dates::Range;

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

/// Values between commas.
pub(super) fn list<E: Engine>(builder: &mut QueryBuilder<E>, values: impl IntoIterator<Item = Value>) {
    for (n, value) in values.into_iter().enumerate() {
        if n > 0 {
            builder.push(", ");
        }
        E::bind(builder, value);
    }
}

/// Adds that a moment lies in the range.
pub(super) fn range_conditions<E: Engine>(builder: &mut QueryBuilder<E>, range: Range, column: &str) {
    for (sign, end) in [(" >= ", range.from), (" < ", range.to)] {
        if let Some(end) = end {
            builder.push(" AND ").push(column).push(sign);
            E::bind(builder, Value::Time(end));
        }
    }
}
