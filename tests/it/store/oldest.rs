//! The database as the first version wrote it must be readable by every later one.

use std::path::Path;

use call_coach::model::ids::CallRef;
use call_coach::store::{RepId, Store};
use sqlx::Executor as _;

use crate::support::database::sqlite;
use crate::support::dump::{self, connect_sqlite};
use crate::support::invented::{answers, at, call, scored_call, short_transcript};

fn fixture() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/oldest.sqlite")
}

#[tokio::test]
async fn the_oldest_database_is_opened_and_migrated() {
    let database = sqlite();
    std::fs::create_dir_all(database.path().parent().unwrap()).unwrap();
    std::fs::copy(fixture(), database.path()).unwrap();
    let store = Store::open(&database.target).await.unwrap();
    let stored = store.call_by_ext_id("oldest").await.unwrap().unwrap();
    assert_eq!(stored.call_ref, CallRef(1));
    assert_eq!(stored.call.started_at, Some(at(7)));
    assert_eq!(stored.call.title, call("oldest", None).title);
    assert_eq!(store.transcript(stored.transcript.unwrap().id).await.unwrap(), short_transcript());
    let of = (stored.call_ref, RepId(1));
    let kept = store.newest_answers("key of discovery", of, "discovery", None).await.unwrap().unwrap();
    assert_eq!(kept.answers, answers());
    scored_call(&store, "newer", Some(at(8))).await;
    assert_eq!(store.earlier_calls(RepId(1), CallRef(2), 1).await.unwrap()[0].dimensions[0].score, Some(50.0));
    dump::check_integrity(&database.target).await;
    dump::check_current(&dump::tables(&database.target).await);
    store.close().await;
}

/// Made once, by the first version; never again after it was released.
#[tokio::test]
#[ignore = "writes the fixture"]
async fn write_the_oldest_database() {
    assert!(!fixture().exists(), "remove it first, if nothing has been released yet");
    let database = sqlite();
    let store = Store::open(&database.target).await.unwrap();
    scored_call(&store, "oldest", Some(at(7))).await;
    store.close().await;
    // Small pages make a small file.
    let mut db = connect_sqlite(&database.path()).await;
    db.execute("PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM; PRAGMA journal_mode = WAL")
        .await
        .unwrap();
    drop(db);
    std::fs::copy(database.path(), fixture()).unwrap();
}
