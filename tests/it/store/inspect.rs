//! Looking at a database: what is told, and that nothing changes.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use call_coach::model::gong::GongFindings;
use call_coach::model::party::Side;
use call_coach::store::{
    Attribution, Backlog, Encryption, GongFacts, OpenWindow, ReadTo, Results, Store, StoreError, SyncState, Syncs,
    Target,
};

use crate::support::database::{empty_postgres, every_database, on_every_engine, sqlite};
use crate::support::dump;
use crate::support::invented::{at, call, party, rubric, scored_call, short_transcript, transcript};

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())).collect()
}

#[tokio::test]
async fn calls_and_results_are_counted() {
    on_every_engine(async |store| {
        scored_call(&store, "first", Some(at(10))).await;
        scored_call(&store, "second", Some(at(20))).await;
        let bare = store.put_call(&call("bare", None), None, at(30)).await.unwrap().stored;
        let results = |other_rubric, other_words| Results { scored: 2, other_rubric, other_words };
        assert_eq!(store.results(&rubric("1.0.0").hash).await.unwrap(), results(0, 0));
        assert_eq!(store.results(&rubric("1.1.0").hash).await.unwrap(), results(2, 0));
        // Of five lines each, one is nobody's.
        let spoken = Attribution { lines: 10, by_nobody: 2, by_neither_side: 0 };
        assert_eq!(store.attribution().await.unwrap(), spoken);
        let other = transcript(&[(Some(0), 0, "Something else."), (Some(2), 5, "Indeed.")]);
        let mut changed = call("first", Some(at(10)));
        changed.parties.push(party("Sam", None, Side::Unknown));
        store.put_call(&changed, Some(&other), at(40)).await.unwrap();
        assert_eq!(store.results(&rubric("1.0.0").hash).await.unwrap(), results(0, 1));
        assert_eq!(store.unindexed_lines().await.unwrap(), 0, "only the current words are looked for");
        let spoken = Attribution { lines: 7, by_nobody: 1, by_neither_side: 1 };
        assert_eq!(store.attribution().await.unwrap(), spoken);

        let backlog = |awaited, awaited_since| Backlog { calls: 3, without_words: 1, awaited, awaited_since };
        assert_eq!(store.backlog().await.unwrap(), backlog(0, None));
        let (findings, addresses) = (GongFindings::default(), HashMap::new());
        let facts = GongFacts { hash: "h", findings: &findings, pending_since: Some(at(50)), addresses: &addresses };
        store.keep_gong_facts(&bare, &facts).await.unwrap();
        assert_eq!(store.backlog().await.unwrap(), backlog(1, Some(at(50))));

        assert_eq!(store.syncs().await.unwrap(), Syncs { finished: None, unfinished: None });
        let read = |second| Some(ReadTo { to: at(second), at: at(second) });
        let open = OpenWindow { from: at(0), to: None, done_to: at(1), begun_at: at(90) };
        store.put_sync_state("a", &SyncState { read: read(70), open: None }).await.unwrap();
        store.put_sync_state("b", &SyncState { read: read(60), open: Some(open) }).await.unwrap();
        let expected = Syncs { finished: Some(at(70)), unfinished: Some(at(90)) };
        assert_eq!(store.syncs().await.unwrap(), expected);
    })
    .await;
}

#[tokio::test]
async fn lines_that_the_index_lacks_are_counted() {
    for database in every_database(true).await {
        let store = Store::open(&database.target).await.unwrap();
        scored_call(&store, "first", Some(at(10))).await;
        store.close().await;
        let delete = match database.target {
            Target::Sqlite(_) => "DELETE FROM line_index WHERE rowid % 2 = 0",
            Target::Postgres(_) => "DELETE FROM line_index WHERE id % 2 = 0",
        };
        dump::execute(&database.target, delete).await;
        let store = Store::look_at(&database.target).await.unwrap().unwrap();
        assert_eq!(store.unindexed_lines().await.unwrap(), 2, "{}", database.name);
        assert_eq!(store.damage().await.unwrap(), Vec::<String>::new());
        store.close().await;
    }
}

#[tokio::test]
async fn looking_at_a_file_leaves_its_folder_as_it_was() {
    let database = sqlite();
    assert!(Store::look_at(&database.target).await.unwrap().is_none());
    let folder = database.path().parent().unwrap().to_owned();
    assert!(!folder.exists());
    let store = Store::open(&database.target).await.unwrap();
    scored_call(&store, "first", Some(at(10))).await;
    // While another process writes, its log is read too.
    let in_use = Store::look_at(&database.target).await.unwrap().unwrap();
    assert_eq!(in_use.backlog().await.unwrap().calls, 1);
    in_use.close().await;
    store.close().await;
    let before = files(&folder);
    let looked = Store::look_at(&database.target).await.unwrap().unwrap();
    assert_eq!(looked.schema(&database.target).await.unwrap().pending, []);
    assert_eq!(looked.backlog().await.unwrap().calls, 1);
    assert!(looked.put_call(&call("second", None), Some(&short_transcript()), at(0)).await.is_err());
    looked.close().await;
    assert!(files(&folder) == before, "{:?}", files(&folder).keys());
}

#[tokio::test]
async fn a_damaged_file_is_noticed() {
    let database = sqlite();
    let store = Store::open(&database.target).await.unwrap();
    for n in 0..20 {
        scored_call(&store, &format!("call {n}"), Some(at(n))).await;
    }
    store.close().await;
    let mut bytes = std::fs::read(database.path()).unwrap();
    // The first pages hold the schema.
    let middle = bytes.len() / 4096 / 2 * 4096;
    bytes[middle..middle + 8192].fill(0x55);
    std::fs::write(database.path(), &bytes).unwrap();
    let store = Store::look_at(&database.target).await.unwrap().unwrap();
    assert!(!store.damage().await.unwrap().is_empty());
    store.close().await;
    bytes[middle..].fill(0x55);
    std::fs::write(database.path(), &bytes).unwrap();
    let told = match Store::look_at(&database.target).await {
        Ok(store) => store.unwrap().damage().await.map(drop),
        Err(error) => Err(error),
    };
    assert!(matches!(told, Err(StoreError::Damaged)), "{told:?}");
    std::fs::write(database.path(), "no database at all, but long enough to have a header".repeat(9)).unwrap();
    let error = Store::look_at(&database.target).await.unwrap_err();
    assert!(matches!(error, StoreError::NotADatabase(_)), "{error:?}");
}

#[tokio::test]
async fn a_server_tells_how_many_it_lets_in() {
    let Some(database) = empty_postgres().await else { return };
    let store = Store::look_at(&database.target).await.unwrap().unwrap();
    assert!(store.schema(&database.target).await.unwrap().applied.is_empty());
    Store::migrate(&database.target, false).await.unwrap();
    let connections = store.connections().await.unwrap().unwrap();
    assert!(connections.in_use >= 1 && connections.most > connections.in_use && connections.may_write);
    store.close().await;
}

#[test]
fn what_can_be_read_on_its_way_is_known_from_the_url() {
    for (url, expected) in [
        ("calls.db", Encryption::NotNeeded),
        ("postgres://u@localhost/d?sslmode=disable", Encryption::NotNeeded),
        ("postgres://u@[::1]/d", Encryption::NotNeeded),
        ("postgres://u@/d?host=/tmp", Encryption::NotNeeded),
        ("postgres://u@h.example/d", Encryption::IfOffered),
        ("postgres://u@h.example/d?sslmode=disable", Encryption::Forbidden),
        ("postgres://u@h.example/d?sslmode=require", Encryption::Unverified),
        ("postgres://u@h.example/d?sslmode=require&channel_binding=require", Encryption::Verified),
    ] {
        assert_eq!(Target::parse(url).unwrap().encryption(), expected, "{url}");
    }
}
