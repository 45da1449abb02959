//! Several processes write to one database.

use std::process::{Command, Stdio};

use call_coach::store::{Store, Target};

use crate::support::database::{TestDatabase, empty_postgres, sqlite};
use crate::support::invented::{at, scored_call};
use crate::support::{dump, variable};

const PROCESSES: usize = 8;
const CALLS_EACH: usize = 12;
const TARGET: &str = "CALL_COACH_TEST_WRITER_TARGET";
const NAME: &str = "CALL_COACH_TEST_WRITER_NAME";

/// What each process does. It is this test binary once more, asked for this one test.
#[tokio::test]
#[ignore = "a process of the other tests here"]
async fn writer() {
    let (Some(target), Some(name)) = (variable(TARGET), variable(NAME)) else { return };
    let store = Store::open(&Target::parse(&target).unwrap()).await.unwrap();
    for n in 0..CALLS_EACH {
        // Each process has calls of its own, and all put, score and date one together.
        scored_call(&store, &format!("{name}-{n}"), Some(at(n as i64))).await;
        scored_call(&store, "shared", Some(at(n as i64))).await;
    }
    store.close().await;
}

pub(super) async fn run_writers(database: &TestDatabase, target: &str) {
    let writers: Vec<_> = (0..PROCESSES)
        .map(|n| {
            Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "store::processes::writer", "--ignored", "--nocapture"])
                .env(TARGET, target)
                .env(NAME, format!("p{n}"))
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for writer in writers {
        let output = writer.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }
    dump::check_integrity(&database.target).await;
    let tables = dump::tables(&database.target).await;
    dump::check_current(&tables);
    assert_eq!(tables["calls"].len(), PROCESSES * CALLS_EACH + 1);
    assert_eq!(tables["transcripts"].len(), PROCESSES * CALLS_EACH + 1);
    assert_eq!(tables["answers"].len(), 2 * PROCESSES * CALLS_EACH, "answers cost money: none may be lost");
    assert_eq!(tables["current"].len(), 2 * (PROCESSES * CALLS_EACH + 1));
    assert_eq!(tables["reps"].len(), 1);
}

#[tokio::test]
async fn eight_processes_create_one_sqlite_file_and_lose_nothing() {
    let database = sqlite();
    let path = database.path();
    assert!(!path.exists());
    run_writers(&database, path.to_str().unwrap()).await;
}

#[tokio::test]
async fn eight_processes_share_one_postgresql() {
    let Some(database) = empty_postgres().await else { return };
    Store::migrate(&database.target, false).await.unwrap();
    let Target::Postgres(options) = &database.target else { return };
    let url = sqlx::ConnectOptions::to_url_lossy(options.as_ref());
    run_writers(&database, url.as_str()).await;
}
