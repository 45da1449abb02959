//! A store that is moved to another engine is the same store.

use std::collections::HashMap;

use call_coach::model::answers::{Correction, Measured, Verdict};
use call_coach::model::call::Call;
use call_coach::model::gong::{GongFindings, GongTopic};
use call_coach::model::party::Side;
use call_coach::store::{GongFacts, OpenWindow, ReadTo, Store, StoreError, SyncState, TABLES, Target};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::support::database::{empty_postgres, every_database, sqlite};
use crate::support::dump;
use crate::support::invented::{at, call, new_answers, new_scores, party, scored_call, short_transcript, transcript};

/// Columns that are filled in another way.
const NOT_LISTED: [(&str, &str); 1] = [("calls", "current_transcript_id")];

#[tokio::test]
async fn every_engine_is_copied_to_every_other() {
    for from in every_database(true).await {
        let store = Store::open(&from.target).await.unwrap();
        story(&store, &from.target).await;
        let original = dump::tables(&from.target).await;
        for to in every_database(true).await {
            let name = format!("{} copied to {}", from.name, to.name);
            let copy = Store::open(&to.target).await.unwrap();
            let counts = store.copy_to(&copy).await.unwrap();
            let copied = dump::tables(&to.target).await;
            dump::assert_same(&copied, &original, &name);
            for (table, rows) in &counts {
                assert_eq!(*rows, original[table].len() as u64, "{table} of {name}");
            }
            assert!(counts.iter().all(|(_, rows)| *rows > 0), "the story must fill every table: {counts:?}");
            dump::check_integrity(&to.target).await;
            // A number that was given out once is not given out again.
            let next = copy.put_call(&call("next", None), Some(&short_transcript()), at(99)).await.unwrap();
            assert_eq!(next.stored.call_ref.0, 5, "{name}");
            assert!(matches!(store.copy_to(&copy).await, Err(StoreError::NotEmpty)), "{name}");
            copy.close().await;
        }
        store.close().await;
    }
}

/// Something in every table, with a number that was given out and is gone.
async fn story(store: &Store, target: &Target) {
    let (call_ref, rep, _) = scored_call(store, "first", Some(at(7))).await;
    scored_call(store, "second", None).await;
    let corrected = transcript(&[(Some(0), 0, "What changed since winter?")]);
    store.put_call(&call("second", None), Some(&corrected), at(8)).await.unwrap();
    let silent = store.put_call(&call("silent", Some(at(9))), None, at(0)).await.unwrap().stored;
    let gone = Call { source: "file".to_owned(), ext_id: "gone".to_owned(), ..Call::default() };
    store.put_call(&gone, None, at(0)).await.unwrap();
    store.set_role(rep, Some("ae")).await.unwrap();
    let correction = Correction {
        check: "asked_what_changed".to_owned(),
        verdict: Verdict::No,
        line: Some(1),
        note: Some("She did not, “really”.".to_owned()),
        made_by: "Mara".to_owned(),
    };
    store.add_correction(call_ref, rep, &correction, at(3)).await.unwrap();
    dump::execute(target, "DELETE FROM calls WHERE ext_id = 'gone'").await;
    let tombstone = match target {
        Target::Sqlite(_) => {
            "INSERT INTO tombstones (source, ext_id, created_at) VALUES ('file', 'gone', 1790000000000)"
        }
        Target::Postgres(_) => {
            "INSERT INTO tombstones (source, ext_id, created_at) VALUES ('file', 'gone', to_timestamp(1790000000))"
        }
    };
    dump::execute(target, tombstone).await;
    let findings = GongFindings {
        topics: vec![GongTopic { name: "Pricing".to_owned(), duration_s: Some(12.5) }],
        ..GongFindings::default()
    };
    let facts = GongFacts { hash: "h1", findings: &findings, pending_since: Some(at(5)), addresses: &HashMap::new() };
    store.keep_gong_facts(&silent, &facts).await.unwrap();
    let open = OpenWindow { from: at(0), to: None, done_to: at(4), begun_at: at(5) };
    let state = SyncState { read: Some(ReadTo { to: at(0), at: at(1) }), open: Some(open) };
    store.put_sync_state("", &state).await.unwrap();
    store.take_request("gong", jiff::civil::date(2026, 11, 23), 10).await.unwrap();
}

/// A row that a trigger keeps out is noticed, and a copy that fails in its last table leaves nothing of the others.
#[tokio::test]
async fn a_copy_that_is_not_whole_leaves_nothing() {
    let swallow = (
        "CREATE TRIGGER trap BEFORE INSERT ON parties WHEN NEW.n = 1 BEGIN SELECT RAISE(IGNORE); END",
        "CREATE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.n = 1 THEN RETURN NULL; END IF; RETURN NEW; END';
         CREATE TRIGGER trap BEFORE INSERT ON parties FOR EACH ROW EXECUTE FUNCTION trap()",
    );
    let fail = (
        "CREATE TRIGGER trap BEFORE INSERT ON tombstones BEGIN SELECT RAISE(ABORT, 'no more'); END",
        "CREATE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no more''; END';
         CREATE TRIGGER trap BEFORE INSERT ON tombstones FOR EACH ROW EXECUTE FUNCTION trap()",
    );
    let from = sqlite();
    let store = Store::open(&from.target).await.unwrap();
    story(&store, &from.target).await;
    for ((on_sqlite, on_postgres), says) in [(swallow, "`parties` has 3 rows and not 6"), (fail, "no more")] {
        for to in every_database(true).await {
            let copy = Store::open(&to.target).await.unwrap();
            let trap = if matches!(to.target, Target::Sqlite(_)) { on_sqlite } else { on_postgres };
            dump::execute(&to.target, trap).await;
            let error = store.copy_to(&copy).await.unwrap_err();
            assert!(error.to_string().contains(says), "{error} on {}", to.name);
            let tables = dump::tables(&to.target).await;
            assert!(tables.values().all(Vec::is_empty), "{tables:?} on {}", to.name);
            copy.close().await;
        }
    }
    store.close().await;
}

/// Any text, number and time that the program may keep, in more rows than one statement takes.
#[tokio::test]
async fn generated_stores_are_the_same_there_and_back() {
    let mut runner = TestRunner::deterministic();
    for way in ["there", "back"] {
        let mut stores = every_database(true).await;
        if way == "back" {
            stores.reverse();
        }
        let store = Store::open(&stores[0].target).await.unwrap();
        generated(&store, &mut runner).await;
        let original = dump::tables(&stores[0].target).await;
        assert!(original["lines"].len() > 4_000 && original["calls"].len() == GENERATED_CALLS + 1);
        // Each copy is the next one's original, and the last is of the first one's engine.
        let home = if way == "back" { empty_postgres().await } else { Some(sqlite()) };
        if let Some(home) = &home {
            Store::migrate(&home.target, false).await.unwrap();
        }
        let mut from = store;
        for to in stores.iter().skip(1).chain(&home) {
            let copy = Store::open(&to.target).await.unwrap();
            from.copy_to(&copy).await.unwrap();
            dump::assert_same(&dump::tables(&to.target).await, &original, to.name);
            dump::check_integrity(&to.target).await;
            from.close().await;
            from = copy;
        }
        from.close().await;
    }
}

const GENERATED_CALLS: usize = 24;

/// Calls, words, people and answers of any shape, and one call that is longer than two batches.
async fn generated(store: &Store, runner: &mut TestRunner) {
    let mut any_of = |strategy: &BoxedStrategy<(String, i64, f64)>| strategy.new_tree(runner).unwrap().current();
    let values =
        (any::<String>(), 0..10_000_000_i64, any::<f64>().prop_filter("JSON has no others", |n| n.is_normal()));
    let values = values.boxed();
    for n in 0..GENERATED_CALLS {
        let (text, number, value) = any_of(&values);
        let mut new = call(&format!("{n} {text}"), (n % 3 > 0).then(|| at(number)));
        new.title = (n % 4 > 0).then(|| text.clone());
        // In English these stand in another order than by their bytes.
        new.parties[0] = party(&format!("{} {text}", ["Zoe", "anna", "Émile", "bob"][n % 4]), None, Side::Rep);
        let words =
            (0..n as i64 * 4).map(|line| (Some(line as usize % 2), line, any_of(&values).0)).collect::<Vec<_>>();
        let words = words.iter().map(|(party, second, text)| (*party, *second, text.as_str())).collect::<Vec<_>>();
        let stored = store.put_call(&new, Some(&transcript(&words)), at(number)).await.unwrap().stored;
        let rep = store.rep_of_party(stored.call_ref, 0).await.unwrap().id;
        let Some(version) = stored.transcript else { continue };
        let mut answers = new_answers(stored.call_ref, version.id, rep, "discovery");
        for check in &mut answers.answers.checks {
            check.note = Some(any_of(&values).0);
            check.measured = Some(Measured { value, min: Some(any_of(&values).2), max: None });
        }
        let id = store.append_answers(&answers, at(number)).await.unwrap();
        let score = 100.0 / (1.0 + number as f64);
        store.append_scores(&new_scores(stored.call_ref, rep, ("discovery", id), score), at(number)).await.unwrap();
    }
    let long = (0..4_001).map(|n| (Some(n % 2), n as i64, "Yes, and no.")).collect::<Vec<_>>();
    store.put_call(&call("long", None), Some(&transcript(&long)), at(0)).await.unwrap();
}

/// The tables and columns that the database itself knows.
#[tokio::test]
async fn no_table_and_no_column_is_left_out() {
    for database in every_database(true).await {
        Store::open(&database.target).await.unwrap().close().await;
        let mut listed: Vec<String> = TABLES.iter().map(|table| table.name.to_owned()).collect();
        listed.extend(["_call_coach_migrations", "line_index", "call_words"].map(str::to_owned));
        listed.sort();
        assert_eq!(dump::table_names(&database.target).await, listed, "{}", database.name);
        let mut listed: Vec<String> = TABLES
            .iter()
            .flat_map(|table| table.columns.iter().map(|(column, _)| (table.name, *column)))
            .chain(NOT_LISTED)
            .map(|(table, column)| format!("{table}.{column}"))
            .collect();
        listed.sort();
        let is_ours =
            |name: &String| TABLES.iter().any(|table| name.split_once('.').is_some_and(|(of, _)| of == table.name));
        let columns: Vec<String> = dump::column_names(&database.target).await.into_iter().filter(is_ours).collect();
        assert_eq!(columns, listed, "{}", database.name);
    }
}
