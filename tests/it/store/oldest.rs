//! The database as the first version wrote it must be readable by every later one.

use std::process::Command;

use call_coach::model::ids::CallRef;
use call_coach::store::{RepId, Store, Target};
use sqlx::Executor as _;

use crate::support::database::{TestDatabase, empty_postgres, fixture, oldest_postgres, sqlite};
use crate::support::dump::{self, connect_sqlite};
use crate::support::invented::{answers, at, call, scored_call, short_transcript};

#[tokio::test]
async fn the_oldest_sqlite_file_is_opened_and_migrated() {
    let database = sqlite();
    std::fs::create_dir_all(database.path().parent().unwrap()).unwrap();
    std::fs::copy(fixture("oldest.sqlite"), database.path()).unwrap();
    is_the_oldest(&database).await;
}

#[tokio::test]
async fn the_oldest_postgresql_database_is_migrated() {
    let Some(database) = oldest_postgres().await else { return };
    Store::migrate(&database.target, false).await.unwrap();
    is_the_oldest(&database).await;
}

/// What was written then is read, and what is written now joins it.
async fn is_the_oldest(database: &TestDatabase) {
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
#[ignore = "writes the fixtures"]
async fn write_the_oldest_databases() {
    for name in ["oldest.sqlite", "oldest.sql"] {
        assert!(!fixture(name).exists(), "remove {name} first, if nothing has been released yet");
    }
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
    std::fs::copy(database.path(), fixture("oldest.sqlite")).unwrap();
    let database = empty_postgres().await.unwrap();
    Store::migrate(&database.target, false).await.unwrap();
    let store = Store::open(&database.target).await.unwrap();
    scored_call(&store, "oldest", Some(at(7))).await;
    store.close().await;
    let Target::Postgres(options) = &database.target else { return };
    let (folder, name) = (options.get_socket().unwrap(), options.get_database().unwrap());
    let dump = Command::new("pg_dump")
        .args(["--inserts", "--no-owner", "--no-privileges", "--username=postgres", "--port"])
        .arg(options.get_port().to_string())
        .arg("--host")
        .arg(folder)
        .arg(name)
        .output()
        .unwrap();
    let text = String::from_utf8(dump.stdout).unwrap();
    // Lines for `psql`, and remarks.
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("\\") && !line.starts_with("--"));
    std::fs::write(fixture("oldest.sql"), lines.collect::<Vec<_>>().join("\n") + "\n").unwrap();
}
