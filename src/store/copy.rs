//! A whole store into an empty one, whatever the engines.

use std::collections::HashSet;

use futures_util::TryStreamExt as _;
use sqlx::types::Json;
use sqlx::{ColumnIndex, Database, Decode, Encode, QueryBuilder, Row, Type};

use super::error::StoreError;
use super::line_words::{self, Cutter};
use super::lines::{LINE_BITS, index_words};
use super::session::{Session, execute, on, query, query_as, query_scalar};
use super::tables::{Kind, LINES, TABLES, Table};
use super::types::Instant;
use super::values::{json, number};
use super::{Statements, Store};

/// Parameters a statement; SQLite takes 32,766 and PostgreSQL twice as many.
const MAX_PARAMETERS: usize = 30_000;
/// Rows a statement, so that long texts stay in bounds too.
const MAX_ROWS: usize = 2_000;

/// Without it each statement would see another state of the database.
const ONE_STATE_POSTGRES: &str = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";
const CURRENT_TRANSCRIPTS: &str = "SELECT id, current_transcript_id FROM calls
    WHERE current_transcript_id IS NOT NULL ORDER BY id NULLS LAST";
const SET_CURRENT_TRANSCRIPTS_SQLITE: &str = "UPDATE calls SET current_transcript_id = pair.value ->> 1
    FROM json_each($1) AS pair WHERE calls.id = pair.value ->> 0";
const SET_CURRENT_TRANSCRIPTS_POSTGRES: &str = "UPDATE calls SET current_transcript_id = (pair.value ->> 1)::BIGINT
    FROM jsonb_array_elements($1) AS pair WHERE calls.id = (pair.value ->> 0)::BIGINT";
// Ids are never used twice, so that the last one given out counts and not the last one that is left.
const LAST_ID_SQLITE: &str = "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = $1";
const LAST_ID_POSTGRES: &str = "SELECT COALESCE(pg_sequence_last_value(pg_get_serial_sequence($1, 'id')::regclass), 0)";
const FORGET_LAST_ID_SQLITE: &str = "DELETE FROM sqlite_sequence WHERE name = $1";
const SET_LAST_ID_SQLITE: &str = "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)";
const SET_LAST_ID_POSTGRES: &str = "SELECT setval(pg_get_serial_sequence($1, 'id')::regclass, $2)";

pub(super) const STATEMENTS: Statements = Statements {
    both: &[CURRENT_TRANSCRIPTS],
    sqlite: &[SET_CURRENT_TRANSCRIPTS_SQLITE, LAST_ID_SQLITE, FORGET_LAST_ID_SQLITE, SET_LAST_ID_SQLITE],
    postgres: &[ONE_STATE_POSTGRES, SET_CURRENT_TRANSCRIPTS_POSTGRES, LAST_ID_POSTGRES, SET_LAST_ID_POSTGRES],
};

/// One value on its way from engine to engine.
enum Cell {
    Int(Option<i64>),
    Real(Option<f64>),
    Text(Option<String>),
    Bool(Option<bool>),
    Time(Option<Instant>),
    Json(Option<Json<serde_json::Value>>),
}

impl Store {
    /// Copies everything into `to`, which is up to date and empty, ids included, in one transaction there. Returns how
    /// many rows each table has, in the tables' order: as many were read here as are counted there.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotEmpty`], [`StoreError::CopyDiffers`], or why one of the two fails; then `to` stays empty.
    pub async fn copy_to(&self, to: &Store) -> Result<Vec<(&'static str, u64)>, StoreError> {
        let mut from = self.pool.read().await?;
        if let Session::Postgres(_) = from {
            execute!(&mut from, query(ONE_STATE_POSTGRES));
        }
        let mut into = to.pool.write().await?;
        for table in TABLES {
            if count(table.name, &mut into).await? > 0 {
                return Err(StoreError::NotEmpty);
            }
        }
        let current: Vec<(i64, i64)> = on!(&mut from, |db| query_as(CURRENT_TRANSCRIPTS).fetch_all(db).await?);
        let shown = current.iter().map(|(_, transcript)| *transcript).collect();
        let mut counts = Vec::new();
        for table in TABLES {
            counts.push((table.name, copy_table(table, &mut from, &mut into, &shown).await?));
            if table.counts_itself {
                copy_last_id(table.name, &mut from, &mut into).await?;
            }
        }
        let set = into.pick(SET_CURRENT_TRANSCRIPTS_SQLITE, SET_CURRENT_TRANSCRIPTS_POSTGRES);
        for pairs in current.chunks(MAX_ROWS) {
            execute!(&mut into, query(set).bind(json(&pairs)?));
        }
        for (table, read) in &counts {
            let written = count(table, &mut into).await?;
            if written != *read {
                return Err(StoreError::CopyDiffers { table, read: *read, written });
            }
        }
        into.commit().await?;
        from.commit().await?;
        Ok(counts)
    }
}

/// Copies the rows of one table in the order of its key, the words of the `shown` transcripts' lines with them.
async fn copy_table(
    table: &Table,
    from: &mut Session,
    into: &mut Session,
    shown: &HashSet<i64>,
) -> Result<u64, StoreError> {
    let batch = (MAX_PARAMETERS / table.columns.len()).min(MAX_ROWS);
    let mut count = 0;
    on!(from, |db| {
        let mut select = select(table);
        let mut rows = select.build().persistent(false).fetch(db);
        let mut cells = Vec::new();
        while let Some(row) = rows.try_next().await? {
            cells.push(read(&row, table)?);
            count += 1;
            if cells.len() == batch {
                write(table, &std::mem::take(&mut cells), into, shown).await?;
            }
        }
        write(table, &cells, into, shown).await?;
    });
    Ok(count)
}

async fn count(table: &str, session: &mut Session) -> Result<u64, StoreError> {
    let rows: i64 = on!(session, |db| {
        let mut count = QueryBuilder::new("SELECT count(*) FROM ");
        count.push(table).build_query_scalar().persistent(false).fetch_one(db).await?
    });
    number("count", rows)
}

fn select<DB: Database>(table: &Table) -> QueryBuilder<DB> {
    let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let mut select = QueryBuilder::new("SELECT ");
    select.push(columns.join(", ")).push(" FROM ").push(table.name).push(" ORDER BY ");
    select.push(columns.get(..table.key).unwrap_or_default().join(", "));
    select
}

fn read<'r, R: Row>(row: &'r R, table: &Table) -> Result<Vec<Cell>, sqlx::Error>
where
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    f64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    bool: Decode<'r, R::Database> + Type<R::Database>,
    Instant: Decode<'r, R::Database> + Type<R::Database>,
    Json<serde_json::Value>: Decode<'r, R::Database> + Type<R::Database>,
{
    let cell = |(n, (_, kind)): (usize, &(&str, Kind))| {
        Ok(match kind {
            Kind::Int => Cell::Int(row.try_get(n)?),
            Kind::Real => Cell::Real(row.try_get(n)?),
            Kind::Text => Cell::Text(row.try_get(n)?),
            Kind::Bool => Cell::Bool(row.try_get(n)?),
            Kind::Time => Cell::Time(row.try_get(n)?),
            Kind::Json => Cell::Json(row.try_get(n)?),
        })
    };
    table.columns.iter().enumerate().map(cell).collect()
}

async fn write(table: &Table, rows: &[Vec<Cell>], into: &mut Session, shown: &HashSet<i64>) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    on!(&mut *into, |db| insert(table, rows).build().persistent(false).execute(db).await.map(drop)?);
    if table.name == LINES {
        let lines = rows.iter().filter_map(|row| match row.as_slice() {
            [Cell::Int(Some(id)), _, _, _, Cell::Text(Some(text)), _] => Some((*id, text.as_str())),
            _ => None,
        });
        let shown = lines.filter(|(id, _)| shown.contains(&(id >> LINE_BITS)));
        let words = Cutter::new(into.pick(line_words::SQLITE, line_words::POSTGRES)).cut(shown);
        let [lines, blocks] = [&words.lines, &words.blocks]
            .map(|rows| rows.iter().map(|(id, words)| (*id, words.as_str())).collect::<Vec<_>>());
        index_words(into, &lines, &blocks).await?;
    }
    Ok(())
}

fn insert<'a, DB: Database>(table: &Table, rows: &'a [Vec<Cell>]) -> QueryBuilder<DB>
where
    Option<i64>: Encode<'a, DB> + Type<DB>,
    Option<f64>: Encode<'a, DB> + Type<DB>,
    Option<&'a str>: Encode<'a, DB> + Type<DB>,
    Option<bool>: Encode<'a, DB> + Type<DB>,
    Option<Instant>: Encode<'a, DB> + Type<DB>,
    Option<&'a Json<serde_json::Value>>: Encode<'a, DB> + Type<DB>,
{
    let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let mut insert = QueryBuilder::new("INSERT INTO ");
    insert.push(table.name).push(" (").push(columns.join(", ")).push(") ");
    insert.push_values(rows, |mut values, row| {
        for cell in row {
            match cell {
                Cell::Int(value) => values.push_bind(*value),
                Cell::Real(value) => values.push_bind(*value),
                Cell::Text(value) => values.push_bind(value.as_deref()),
                Cell::Bool(value) => values.push_bind(*value),
                Cell::Time(value) => values.push_bind(*value),
                Cell::Json(value) => values.push_bind(value.as_ref()),
            };
        }
    });
    insert
}

async fn copy_last_id(table: &str, from: &mut Session, into: &mut Session) -> Result<(), StoreError> {
    let last = from.pick(LAST_ID_SQLITE, LAST_ID_POSTGRES);
    let last: i64 = on!(from, |db| query_scalar(last).bind(table).fetch_one(db).await?);
    if last == 0 {
        return Ok(());
    }
    if let Session::Sqlite(_) = into {
        execute!(&mut *into, query(FORGET_LAST_ID_SQLITE).bind(table));
    }
    let set = into.pick(SET_LAST_ID_SQLITE, SET_LAST_ID_POSTGRES);
    execute!(into, query(set).bind(table).bind(last));
    Ok(())
}
