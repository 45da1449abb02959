//! A sync that is killed (SIGKILL) anywhere and run again ends as one that was not.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::LazyLock;

use call_coach::store::Target;
use rstest::rstest;
use serde_json::{Value, json};
use sqlx::Executor as _;

use super::fake::{CALLS, Fake, Mishap, USERS, WORDS};
use super::program::{GongHome, home};
use crate::support::dump::{self, connect_sqlite};

/// Three pages and three batches.
const CALL_COUNT: usize = 215;

fn gong() -> Fake {
    let fake = Fake::start();
    let ids = fake.add_calls(CALL_COUNT, "2026-10-20T09:00:00Z", 30, 7_782_342_274_025_000_000);
    // Some have no words yet, one is private.
    for id in ids.iter().step_by(90) {
        fake.set_words(id, None);
    }
    fake.change(&ids[17], |call| call["metaData"]["isPrivate"] = true.into());
    fake
}

/// Everything that is stored, without the numbers that say in which order it was, and without the requests it took.
fn stored(home: &GongHome) -> Value {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let target = Target::Sqlite(home.database());
    let tables = runtime.block_on(async {
        dump::check_integrity(&target).await;
        dump::tables(&target).await
    });
    let mut words: BTreeMap<i64, Vec<Value>> = BTreeMap::new();
    for line in &tables["lines"] {
        let transcript = line["id"].as_i64().unwrap() >> 20;
        words.entry(transcript).or_default().push(json!([line["party_n"], line["start_ms"], line["text"]]));
    }
    let mut indexed: BTreeMap<i64, usize> = BTreeMap::new();
    for word in &tables["line_index"] {
        *indexed.entry(word["id"].as_i64().unwrap() >> 20).or_default() += 1;
    }
    let calls: Vec<Value> = tables["calls"]
        .iter()
        .map(|call| {
            let mut call = call.clone();
            let transcript = call.remove("current_transcript_id").and_then(|id| id.as_i64());
            json!([call, transcript.map(|id| (&words[&id], indexed[&id]))])
        })
        .collect();
    let versions: Vec<_> = tables["transcripts"].iter().map(|row| json!([row["call_id"], row["hash"]])).collect();
    let mut versions: Vec<_> = versions.iter().map(ToString::to_string).collect();
    versions.sort();
    json!([
        calls,
        versions,
        tables["parties"],
        tables["reps"],
        tables["rep_keys"],
        tables["gong_calls"],
        tables["topics"],
        tables["sync_state"]
    ])
}

#[rstest]
#[case::users_asked(USERS, 0, Mishap::Hang)]
#[case::first_page_asked(CALLS, 0, Mishap::Hang)]
#[case::first_page_half_read(CALLS, 0, Mishap::HangHalfway)]
#[case::first_page_read_not_stored(CALLS, 0, Mishap::Wait)]
#[case::second_page_asked(CALLS, 1, Mishap::Hang)]
#[case::second_page_read_not_stored(CALLS, 1, Mishap::Wait)]
#[case::first_batch_asked(WORDS, 0, Mishap::Hang)]
#[case::first_batch_half_read(WORDS, 0, Mishap::HangHalfway)]
#[case::second_batch_read_not_stored(WORDS, 1, Mishap::Wait)]
#[case::last_page_half_read(CALLS, 2, Mishap::HangHalfway)]
#[case::last_page_read_not_stored(CALLS, 2, Mishap::Wait)]
#[case::last_batch_asked(WORDS, 2, Mishap::Hang)]
fn killed_and_run_again_it_ends_the_same(#[case] path: &'static str, #[case] nth: usize, #[case] mishap: Mishap) {
    static UNDISTURBED: LazyLock<Value> = LazyLock::new(|| {
        let fake = gong();
        let home = home(&fake);
        assert_eq!(home.run(&["sync"]).code, 0);
        stored(&home)
    });
    let undisturbed = &*UNDISTURBED;
    let fake = gong();
    let home = home(&fake);
    // The tables are there before: not their making is to be interrupted.
    assert_eq!(home.run(&["db", "migrate"]).code, 0);
    let is_stored = !matches!(mishap, Mishap::Wait);
    fake.at(path, nth, mishap);
    let mut child = home.process().arg("sync").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    fake.reached();
    if is_stored {
        child.kill().unwrap();
        child.wait().unwrap();
    } else {
        // Nobody can write from here on: what is read now is not stored when the end comes.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut db = connect_sqlite(&home.database()).await;
            db.execute("PRAGMA busy_timeout = 60000").await.unwrap();
            db.execute("BEGIN IMMEDIATE").await.unwrap();
            fake.go();
            child.kill().unwrap();
            child.wait().unwrap();
            db.execute("ROLLBACK").await.unwrap();
        });
    }
    fake.asked();
    let run = home.run(&["sync", "--json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    fake.asked();
    assert!(stored(&home) == *undisturbed, "the end differs");
    // And nothing is left to do.
    assert_eq!(home.run(&["sync", "--json"]).json()["new"], 0);
    assert!(stored(&home) == *undisturbed, "once more changes something");
}
