use call_coach::model::answers::{Correction, Verdict};
use call_coach::store::{CallFilter, Page, Store, StoreError, Target, TextQuery};

use crate::support::database::{every_database, on_every_engine, sqlite};
use crate::support::dump;
use crate::support::invented::{at, call, party, scored_call, short_transcript, transcript};
use call_coach::model::party::Side;

#[tokio::test]
async fn what_is_forgotten_is_gone_from_every_table_and_stays_away() {
    on_every_engine(async |store| {
        let (kept, ..) = scored_call(&store, "kept", Some(at(10))).await;
        let (gone, rep, _) = scored_call(&store, "gone", Some(at(20))).await;
        let word = Correction {
            check: "asked_what_changed".into(),
            verdict: Verdict::No,
            line: None,
            note: Some("No.".into()),
            made_by: "ines".into(),
        };
        store.add_correction(gone, rep, &word, at(21)).await.unwrap();
        assert_eq!(store.forget(&[gone, gone], at(30)).await.unwrap(), 1);
        store.wipe().await.unwrap();
        assert!(matches!(store.call(gone).await, Err(StoreError::NoSuchCall(_))));
        let again = store.put_call(&call("gone", None), Some(&short_transcript()), at(31)).await;
        assert!(matches!(again, Err(StoreError::Forgotten)));
        let filter = CallFilter { text: TextQuery::parse("security").ok(), ..CallFilter::default() };
        let found = store.search(&filter, Page { limit: 9, ..Page::default() }).await.unwrap();
        assert_eq!(found.calls.iter().map(|call| call.call_ref).collect::<Vec<_>>(), [kept]);
    })
    .await;
}

#[tokio::test]
async fn no_row_of_a_forgotten_call_is_left() {
    for database in every_database(true).await {
        let store = Store::open(&database.target).await.unwrap();
        let (gone, ..) = scored_call(&store, "gone", Some(at(20))).await;
        store.forget(&[gone], at(30)).await.unwrap();
        let tables = dump::tables(&database.target).await;
        for (table, rows) in &tables {
            let left = if ["reps", "rep_keys", "tombstones"].contains(table) { 1 } else { 0 };
            assert_eq!(rows.len(), left, "{table} on {}", database.name);
        }
        store.close().await;
    }
}

#[tokio::test]
async fn the_words_are_in_no_file_of_the_database() {
    let database = sqlite();
    let store = Store::open(&database.target).await.unwrap();
    scored_call(&store, "kept", Some(at(10))).await;
    let mut other = call("gone", Some(at(20)));
    other.title = Some("Xylophone renewal".to_owned());
    other.parties.push(party("Zbigniew", Some("zbigniew@quagga.example"), Side::Buyer));
    let words = transcript(&[(Some(0), 0, "Platypus pricing."), (Some(1), 5, "An axolotl is rather expensive.")]);
    let gone = store.put_call(&other, Some(&words), at(0)).await.unwrap().stored.call_ref;
    let Target::Sqlite(path) = &database.target else { panic!("SQLite") };
    let holds = |word: &str| {
        ["", "-wal"].iter().any(|ending| {
            let file = format!("{}{ending}", path.display());
            let bytes = std::fs::read(file).unwrap_or_default().to_ascii_lowercase();
            bytes.windows(word.len()).any(|window| window == word.as_bytes())
        })
    };
    // "axolotl" is its own stem: it stands in the index too.
    for word in ["platypus", "axolotl", "xylophone", "zbigniew", "quagga"] {
        assert!(holds(word), "{word} is to be found before");
    }
    store.forget(&[gone], at(30)).await.unwrap();
    store.wipe().await.unwrap();
    for word in ["platypus", "axolotl", "xylophone", "zbigniew", "quagga"] {
        assert!(!holds(word), "{word} is still in the file");
    }
    assert!(holds("café noise"), "other calls keep their words");
    store.close().await;
}

#[tokio::test]
async fn calls_are_found_by_party_and_by_date() {
    on_every_engine(async |store| {
        let mut refs = Vec::new();
        for (id, day) in [("a", Some(10)), ("b", Some(20)), ("c", None)] {
            let mut one = call(id, day.map(at));
            if id != "a" {
                one.parties.push(party("Zoe", Some("Zoe@Buyer.example"), Side::Buyer));
            }
            refs.push(store.put_call(&one, None, at(0)).await.unwrap().stored.call_ref);
        }
        assert_eq!(store.calls_of_party(" zoe@buyer.EXAMPLE").await.unwrap(), refs[1..]);
        assert_eq!(store.calls_before(at(20)).await.unwrap(), refs[..1], "half-open, and undated ones stay");
    })
    .await;
}
