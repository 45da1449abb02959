use std::collections::BTreeSet;
use std::path::Path;

use call_coach::store::{STATEMENTS, Store, Target};
use sqlx::{Executor as _, SqlSafeStr as _};

use crate::support::database::every_database;
use crate::support::dump::{connect_postgres, connect_sqlite};

#[tokio::test]
async fn every_statement_prepares_on_its_engines() {
    for database in every_database(true).await {
        Store::open(&database.target).await.unwrap().close().await;
        for file in STATEMENTS {
            match &database.target {
                Target::Sqlite(path) => {
                    let mut db = connect_sqlite(path).await;
                    for sql in file.both.iter().chain(file.sqlite) {
                        db.prepare(sql.into_sql_str()).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
                    }
                }
                Target::Postgres(_) => {
                    let mut db = connect_postgres(&database.target).await;
                    let texts = file.both.iter().chain(file.postgres);
                    for sql in texts.flat_map(|sql| sql.split("; ")) {
                        db.prepare(sql.into_sql_str()).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
                    }
                }
            }
        }
    }
}

#[test]
fn what_both_engines_must_agree_on_is_said_in_every_statement() {
    for sql in STATEMENTS.iter().flat_map(|file| file.both.iter().chain(file.sqlite).chain(file.postgres)) {
        let text = one_line(sql).to_uppercase();
        assert!(!text.contains(" LIKE "), "LIKE folds case on SQLite only: {sql}");
        let unsorted = text.replace("ORDER BY ID DESC)", "").matches("ORDER BY").count();
        assert!(text.matches("NULLS LAST").count() >= unsorted, "ORDER BY without NULLS LAST: {sql}");
        for sum in ["SUM(", "AVG("] {
            assert!(!text.contains(sum) || text.contains("CAST("), "{sum} has another type on PostgreSQL: {sql}");
        }
    }
}

#[test]
fn sql_stands_only_in_registered_constants_of_the_store() {
    let registered: BTreeSet<String> = STATEMENTS
        .iter()
        .flat_map(|file| file.both.iter().chain(file.sqlite).chain(file.postgres))
        .map(|sql| one_line(sql))
        .collect();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    let mut pieces = BTreeSet::new();
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            for literal in literals(&std::fs::read_to_string(&entry).unwrap()) {
                if is_sql(&literal) {
                    let file = entry.strip_prefix(&src).unwrap().display();
                    assert!(entry.starts_with(src.join("store")), "SQL outside of src/store, in {file}: {literal}");
                    let text = one_line(&literal);
                    if literal.ends_with(' ') {
                        pieces.insert(file.to_string());
                        continue;
                    }
                    assert!(registered.contains(&text), "not in STATEMENTS of {file}: {literal}");
                    found.insert(text);
                }
            }
        }
    }
    // Only these build statements; their tests run every table, and every filter with every other, on every engine.
    assert_eq!(
        pieces,
        BTreeSet::from(["store/copy.rs", "store/history_sql.rs", "store/search_sql.rs"].map(str::to_owned))
    );
    assert_eq!(found, registered, "the search must see every statement, or it would miss an unregistered one too");
}

fn is_sql(literal: &str) -> bool {
    let first = literal.split_whitespace().next().unwrap_or_default();
    let words = literal.split_whitespace().count();
    let verbs = [
        "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "CREATE", "DROP", "ALTER", "PRAGMA", "VACUUM", "BEGIN",
        "ANALYZE", "REPLACE", "TRUNCATE", "LOCK", "SET",
    ];
    words > 1 && verbs.contains(&first)
}

fn one_line(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The plain string literals of a Rust file; enough of the grammar for files that rustfmt has formatted.
fn literals(source: &str) -> Vec<String> {
    let mut literals = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (token, after) = rest[at..].split_at(1);
        rest = match token {
            "/" if after.starts_with('/') => after.split_once('\n').map_or("", |(_, after)| after),
            "\"" => {
                let mut literal = String::new();
                let mut letters = after.char_indices();
                let mut end = after.len();
                while let Some((at, letter)) = letters.next() {
                    match letter {
                        '"' => {
                            end = at + 1;
                            break;
                        }
                        '\\' => literal.extend(letters.next().map(|(_, escaped)| escaped)),
                        letter => literal.push(letter),
                    }
                }
                literals.push(literal);
                &after[end..]
            }
            // A quote as a letter: '"' or '\''.
            "'" if after.starts_with("\"'") => &after[2..],
            "'" if after.starts_with("\\'") => &after[3..],
            _ => after,
        };
    }
    literals
}

#[test]
fn the_search_for_literals_sees_what_it_must() {
    let source = "let a = \"SELECT 1\"; // \"DROP x\" is talk\nlet b = '\"'; f(\"UPDATE \\\"t\\\"\n  SET x\", '\\'');";
    assert_eq!(literals(source), ["SELECT 1", "UPDATE \"t\"\n  SET x"]);
    assert!(is_sql("SELECT 1") && is_sql("WITH x AS (SELECT 1)"));
    assert!(!is_sql("selected") && !is_sql("BEGIN") && !is_sql("Update the file"));
}
