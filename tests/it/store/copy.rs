//! A store that is moved to another engine is the same store.

use std::collections::HashMap;

use call_coach::model::answers::{Correction, Verdict};
use call_coach::model::call::Call;
use call_coach::model::gong::{GongFindings, GongTopic};
use call_coach::store::{GongFacts, ReadTo, Store, StoreError, SyncState, TABLES, Target};

use crate::support::database::every_database;
use crate::support::dump;
use crate::support::invented::{at, call, scored_call, short_transcript};

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
    let silent = store.put_call(&call("silent", Some(at(9))), None, at(0)).await.unwrap().stored;
    let topics = vec![GongTopic { name: "Pricing".to_owned(), ..GongTopic::default() }];
    let facts = GongFacts {
        hash: "h",
        findings: &GongFindings { topics, ..GongFindings::default() },
        pending_since: Some(at(9)),
        addresses: &HashMap::new(),
    };
    store.keep_gong_facts(&silent, &facts).await.unwrap();
    let read = Some(ReadTo { to: at(9), at: at(10) });
    store.put_sync_state("", &SyncState { read, open: None }).await.unwrap();
    store.take_request("gong", jiff::civil::date(2026, 11, 23), 10).await.unwrap();
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
}

/// The tables and columns that the database itself knows.
#[tokio::test]
async fn no_table_and_no_column_is_left_out() {
    for database in every_database(true).await {
        Store::open(&database.target).await.unwrap().close().await;
        let mut listed: Vec<String> = TABLES.iter().map(|table| table.name.to_owned()).collect();
        listed.extend(["_call_coach_migrations", "line_index"].map(str::to_owned));
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
