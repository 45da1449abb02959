//! What the tables hold, in one form for every engine, and what must always be true of them.

use std::collections::BTreeMap;

use call_coach::store::Target;
use serde_json::Value;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{Column as _, ConnectOptions as _, Executor as _, Row as _, TypeInfo as _, ValueRef as _};

/// A row's columns by name.
type Row = BTreeMap<String, Value>;
/// Each table's rows in the order of its key.
pub(crate) type Tables = BTreeMap<&'static str, Vec<Row>>;

const TABLES: [(&str, &str); 19] = [
    ("calls", "SELECT * FROM calls ORDER BY id"),
    ("transcripts", "SELECT * FROM transcripts ORDER BY id"),
    ("lines", "SELECT * FROM lines ORDER BY id"),
    ("parties", "SELECT * FROM parties ORDER BY call_id, n"),
    ("reps", "SELECT * FROM reps ORDER BY id"),
    ("rep_keys", "SELECT * FROM rep_keys ORDER BY kind, value"),
    ("answers", "SELECT * FROM answers ORDER BY id"),
    ("objections", "SELECT * FROM objections ORDER BY answers_id, n"),
    ("scorecards", "SELECT * FROM scorecards ORDER BY id"),
    ("current", "SELECT * FROM current ORDER BY call_id, rep_id, dimension"),
    ("measured", "SELECT * FROM measured ORDER BY call_id, rep_id"),
    ("corrections", "SELECT * FROM corrections ORDER BY id"),
    ("tombstones", "SELECT * FROM tombstones ORDER BY source, ext_id"),
    ("gong_calls", "SELECT * FROM gong_calls ORDER BY call_id"),
    ("topics", "SELECT * FROM topics ORDER BY call_id, source, name"),
    ("sync_state", "SELECT * FROM sync_state ORDER BY workspace"),
    ("request_budget", "SELECT * FROM request_budget ORDER BY service, day"),
    ("line_index", ""),
    ("call_words", ""),
];
/// How a call's words are cut into blocks is nobody's business.
const CALL_WORDS_SQLITE: &str = "SELECT DISTINCT doc >> 20 AS transcript, term AS word FROM blocks ORDER BY 1, 2";
const CALL_WORDS_POSTGRES: &str = "SELECT DISTINCT id >> 20 AS transcript, word COLLATE \"C\" AS word
    FROM call_words, unnest(tsvector_to_array(words)) AS word ORDER BY 1, 2";
const WORDS_SQLITE: &str = "SELECT doc AS id, offset + 1 AS place, term AS word FROM words ORDER BY 1, 2";
const WORDS_POSTGRES: &str = "SELECT id, place::BIGINT AS place, lexeme AS word
    FROM line_index, unnest(words) AS word (lexeme, places, weights), unnest(places) AS place ORDER BY 1, 2";

pub(crate) async fn connect_sqlite(path: &std::path::Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).connect().await.unwrap()
}

pub(crate) async fn connect_postgres(target: &Target) -> PgConnection {
    match target {
        Target::Postgres(options) => options.connect().await.unwrap(),
        Target::Sqlite(path) => panic!("{} is no PostgreSQL database", path.display()),
    }
}

/// Changes a database behind the store's back. The text must mean the same on both engines.
pub(crate) async fn execute(target: &Target, sql: &'static str) {
    match target {
        Target::Sqlite(path) => connect_sqlite(path).await.execute(sql).await.map(drop).unwrap(),
        Target::Postgres(_) => connect_postgres(target).await.execute(sql).await.map(drop).unwrap(),
    }
}

/// All rows of all tables, the words of the full-text index included.
pub(crate) async fn tables(target: &Target) -> Tables {
    let mut tables = Tables::new();
    match target {
        Target::Sqlite(path) => {
            let mut db = connect_sqlite(path).await;
            db.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, line_index, instance)").await.unwrap();
            db.execute("CREATE VIRTUAL TABLE temp.blocks USING fts5vocab(main, call_words, instance)").await.unwrap();
            for (table, sql) in TABLES {
                let sql = match table {
                    "line_index" => WORDS_SQLITE,
                    "call_words" => CALL_WORDS_SQLITE,
                    _ => sql,
                };
                let rows = db.fetch_all(sql).await.unwrap();
                tables.insert(table, rows.iter().map(sqlite_row).collect());
            }
        }
        Target::Postgres(_) => {
            let mut db = connect_postgres(target).await;
            for (table, sql) in TABLES {
                let sql = match table {
                    "line_index" => WORDS_POSTGRES,
                    "call_words" => CALL_WORDS_POSTGRES,
                    _ => sql,
                };
                let rows = db.fetch_all(sql).await.unwrap();
                tables.insert(table, rows.iter().map(postgres_row).collect());
            }
        }
    }
    tables
}

/// The tables that a database has, without those that an engine keeps for itself.
pub(crate) async fn table_names(target: &Target) -> Vec<String> {
    names(
        target,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'line_index_%'
            AND name NOT LIKE 'call_words_%'            ORDER BY name",
        "SELECT tablename::TEXT FROM pg_catalog.pg_tables WHERE schemaname = 'public' ORDER BY tablename COLLATE \"C\"",
    )
    .await
}

/// The columns of every table as `table.column`.
pub(crate) async fn column_names(target: &Target) -> Vec<String> {
    names(
        target,
        "SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c
            WHERE t.type = 'table' ORDER BY 1",
        "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'
            ORDER BY (table_name || '.' || column_name) COLLATE \"C\"",
    )
    .await
}

async fn names(target: &Target, sqlite: &'static str, postgres: &'static str) -> Vec<String> {
    match target {
        Target::Sqlite(path) => {
            connect_sqlite(path).await.fetch_all(sqlite).await.unwrap().iter().map(|row| row.get(0)).collect()
        }
        Target::Postgres(_) => {
            connect_postgres(target).await.fetch_all(postgres).await.unwrap().iter().map(|row| row.get(0)).collect()
        }
    }
}

/// Compares row for row, and names the first difference only: the words of a long call fill many screens.
pub(crate) fn assert_same(tables: &Tables, sqlite: &Tables, name: &str) {
    for (table, rows) in tables {
        for (n, (row, sqlite_row)) in rows.iter().zip(&sqlite[table]).enumerate() {
            assert_eq!(row, sqlite_row, "row {n} of `{table}` on {name} (left) differs from SQLite (right)");
        }
        assert_eq!(rows.len(), sqlite[table].len(), "`{table}` on {name} (left) has not as many rows as on SQLite");
    }
    assert_eq!(tables.len(), sqlite.len());
}

fn is_json(column: &str) -> bool {
    ["verdicts", "utterances", "repeats", "findings", "metrics"].contains(&column)
}

fn sqlite_row(row: &SqliteRow) -> Row {
    let value = |n: usize, name: &str| {
        let raw = row.try_get_raw(n).unwrap();
        match raw.type_info().name() {
            _ if raw.is_null() => Value::Null,
            "INTEGER" => row.get::<i64, _>(n).into(),
            "REAL" => row.get::<f64, _>(n).into(),
            "TEXT" if is_json(name) => serde_json::from_str(row.get(n)).unwrap(),
            "TEXT" => row.get::<String, _>(n).into(),
            other => panic!("no test reads {other} of {name}"),
        }
    };
    row.columns().iter().map(|column| (column.name().to_owned(), value(column.ordinal(), column.name()))).collect()
}

fn postgres_row(row: &PgRow) -> Row {
    let value = |n: usize, name: &str| {
        let raw = row.try_get_raw(n).unwrap();
        match raw.type_info().name() {
            _ if raw.is_null() => Value::Null,
            "INT8" => row.get::<i64, _>(n).into(),
            "FLOAT8" => row.get::<f64, _>(n).into(),
            "BOOL" => i64::from(row.get::<bool, _>(n)).into(),
            "TIMESTAMPTZ" => row.get::<jiff_sqlx::Timestamp, _>(n).to_jiff().as_millisecond().into(),
            "JSONB" => row.get(n),
            "TEXT" => row.get::<String, _>(n).into(),
            other => panic!("no test reads {other} of {name}"),
        }
    };
    row.columns().iter().map(|column| (column.name().to_owned(), value(column.ordinal(), column.name()))).collect()
}

/// The engine's own checks, and that no words are left of a transcript that is gone.
pub(crate) async fn check_integrity(target: &Target) {
    if let Target::Sqlite(path) = target {
        let mut db = connect_sqlite(path).await;
        db.execute("INSERT INTO line_index (line_index) VALUES ('integrity-check')").await.unwrap();
        db.execute("INSERT INTO call_words (call_words) VALUES ('integrity-check')").await.unwrap();
        assert_eq!(db.fetch_all("PRAGMA foreign_key_check").await.unwrap().len(), 0);
        let found: String = db.fetch_one("PRAGMA integrity_check").await.unwrap().get(0);
        assert_eq!(found, "ok");
    }
    let tables = tables(target).await;
    let transcripts: Vec<i64> = tables["transcripts"].iter().map(|row| int(row, "id")).collect();
    let current: Vec<i64> = tables["calls"].iter().filter_map(|row| row["current_transcript_id"].as_i64()).collect();
    assert!(tables["lines"].iter().all(|row| transcripts.contains(&(int(row, "id") >> 20))), "orphan lines");
    assert!(tables["line_index"].iter().all(|row| current.contains(&(int(row, "id") >> 20))), "orphan words");
    let word = |transcript: i64, row: &Row| (transcript, row["word"].clone());
    let mut by_line: Vec<_> = tables["line_index"].iter().map(|row| word(int(row, "id") >> 20, row)).collect();
    by_line.sort_by_key(|(transcript, word)| (*transcript, word.to_string()));
    by_line.dedup();
    let mut by_call: Vec<_> = tables["call_words"].iter().map(|row| word(int(row, "transcript"), row)).collect();
    by_call.sort_by_key(|(transcript, word)| (*transcript, word.to_string()));
    assert!(by_line == by_call, "lines and calls have other words");
}

/// The current results, decided again from all scorecards in plain code.
pub(crate) fn check_current(tables: &Tables) {
    type Key = (i64, i64, String);
    type Rank = (bool, i64, i64);
    let mut best: BTreeMap<Key, (Rank, &Row)> = BTreeMap::new();
    let is_unwanted = |rep: &&Row| rep["no_coaching"] == true || rep["no_coaching"] == 1;
    let unwanted: Vec<i64> = tables["reps"].iter().filter(is_unwanted).map(|rep| int(rep, "id")).collect();
    for card in tables["scorecards"].iter().filter(|card| card["standing"] != "what_if") {
        if unwanted.contains(&int(card, "rep_id")) {
            continue;
        }
        let counts_first = card["analyst"] == "claude" || card["standing"] == "chosen";
        let rank = (counts_first, int(card, "created_at"), int(card, "id"));
        let key = (int(card, "call_id"), int(card, "rep_id"), card["dimension"].as_str().unwrap().to_owned());
        if best.get(&key).is_none_or(|(other, _)| rank > *other) {
            best.insert(key, (rank, card));
        }
    }
    let expected: Vec<_> = best
        .into_values()
        .map(|(_, card)| {
            let call = tables["calls"].iter().find(|call| call["id"] == card["call_id"]).unwrap();
            let mut row = Row::from([
                ("scorecard_id".to_owned(), card["id"].clone()),
                ("started_at".to_owned(), call["started_at"].clone()),
            ]);
            for column in ["call_id", "rep_id", "dimension", "score", "role", "analyst"] {
                row.insert(column.to_owned(), card[column].clone());
            }
            row
        })
        .collect();
    assert_eq!(tables["current"], expected, "`current` is not what the scorecards say");
}

fn int(row: &Row, column: &str) -> i64 {
    row[column].as_i64().unwrap()
}
