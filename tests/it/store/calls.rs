use call_coach::model::call::Call;
use call_coach::model::ids::CallRef;
use call_coach::model::party::{Party, Side, SideSource};
use call_coach::model::transcript::Transcript;
use call_coach::store::{CallFilter, Page, Store, StoreError, Target, TextQuery};

use crate::support::database::{every_database, on_every_engine};
use crate::support::dump;
use crate::support::invented::{at, call, party, short_transcript, transcript};

#[tokio::test]
async fn a_call_reads_back_as_it_was_put() {
    on_every_engine(async |store| {
        let put = store.put_call(&call("a", Some(at(7))), Some(&short_transcript()), at(0)).await.unwrap();
        assert!(put.is_new && put.has_new_transcript);
        let stored = put.stored;
        assert_eq!(stored.call_ref, CallRef(1));
        let mut expected = call("a", Some(at(7)));
        expected.parties.iter_mut().for_each(|party| party.spoke = true);
        assert_eq!(stored.call, expected);
        let version = stored.transcript.clone().unwrap();
        assert!(version.timed);
        assert_eq!(version.words, short_transcript().words());
        assert_eq!(store.transcript(version.id).await.unwrap(), short_transcript());
        assert_eq!(store.call(stored.call_ref).await.unwrap(), stored);
        assert_eq!(store.call_by_ext_id("a").await.unwrap().as_ref(), Some(&stored));
        assert_eq!(store.call_by_url("https://calls.example/a").await.unwrap().as_ref(), Some(&stored));
        assert_eq!(store.call_by_ext_id("b").await.unwrap(), None);
        let missing = store.call(CallRef(99)).await.unwrap_err();
        assert!(missing.is_not_found() && missing.to_string().contains("c99"));
        stored
    })
    .await;
}

#[tokio::test]
async fn putting_a_call_again_forgets_nothing_and_adds_nothing() {
    on_every_engine(async |store| {
        let first = store.put_call(&call("a", Some(at(7))), Some(&short_transcript()), at(0)).await.unwrap().stored;
        let again = store.put_call(&call("a", Some(at(7))), Some(&short_transcript()), at(9)).await.unwrap();
        assert!(!again.is_new && !again.has_new_transcript);
        assert_eq!(again.stored, first);
        let bare = Call { source: "file".to_owned(), ext_id: "a".to_owned(), ..Call::default() };
        let bare = store.put_call(&bare, None, at(10)).await.unwrap();
        assert_eq!(bare.stored, first);
        let renamed = Call { title: Some("Renewal".to_owned()), ..bare.stored.call.clone() };
        assert_eq!(store.put_call(&renamed, None, at(11)).await.unwrap().stored.call.title, renamed.title);
        // References are handed out without gaps, however often a call is put.
        assert_eq!(store.put_call(&call("b", None), None, at(12)).await.unwrap().stored.call_ref, CallRef(2));
    })
    .await;
}

#[tokio::test]
async fn the_same_words_with_the_parties_in_another_order_are_the_same_version() {
    on_every_engine(async |store| {
        let first = store.put_call(&call("a", None), Some(&short_transcript()), at(0)).await.unwrap().stored;
        let mut turned = call("a", None);
        turned.parties = vec![party("Eve", None, Side::Unknown), turned.parties[1].clone(), turned.parties[0].clone()];
        let swap = |party: Option<usize>| party.map(|party| if party == 0 { 2 } else { 1 });
        let words = Transcript {
            lines: short_transcript()
                .lines
                .into_iter()
                .map(|mut line| {
                    line.party = swap(line.party);
                    line
                })
                .collect(),
        };
        let again = store.put_call(&turned, Some(&words), at(1)).await.unwrap();
        assert!(!again.has_new_transcript);
        let names: Vec<_> = again.stored.call.parties.iter().map(|p| (p.display_name().to_owned(), p.spoke)).collect();
        assert_eq!(names, [("Mara".to_owned(), true), ("Dana".to_owned(), true), ("Eve".to_owned(), false)]);
        let version = first.transcript.unwrap().id;
        assert_eq!(store.transcript(version).await.unwrap(), short_transcript());
    })
    .await;
}

#[tokio::test]
async fn new_words_are_a_new_version_and_the_old_one_stays() {
    on_every_engine(async |store| {
        let first = store.put_call(&call("a", None), Some(&short_transcript()), at(0)).await.unwrap().stored;
        let corrected = transcript(&[(Some(0), 0, "Only Mara speaks.")]);
        let second = store.put_call(&call("a", None), Some(&corrected), at(1)).await.unwrap();
        assert!(!second.is_new && second.has_new_transcript);
        assert_eq!(second.stored.call.parties.iter().map(|party| party.spoke).collect::<Vec<_>>(), [true, false]);
        let old = first.transcript.clone().unwrap();
        assert_eq!(store.transcript(old.id).await.unwrap(), short_transcript());
        // And back: the words of the first version are found again, which the comparison of the index shows.
        let back = store.put_call(&call("a", None), Some(&short_transcript()), at(2)).await.unwrap();
        assert!(!back.has_new_transcript);
        assert_eq!(back.stored.transcript, Some(old));
    })
    .await;
}

#[tokio::test]
async fn calls_put_together_are_as_if_put_one_by_one() {
    on_every_engine(async |store| {
        let gone = store.put_call(&call("gone", None), Some(&short_transcript()), at(0)).await.unwrap().stored.call_ref;
        store.forget(&[gone], at(0)).await.unwrap();
        let only_mara = transcript(&[(Some(0), 0, "Only Mara speaks of walruses.")]);
        let together = [("a", short_transcript()), ("gone", short_transcript()), ("b", only_mara.clone())];
        // The same call once more, with other words: only those are found.
        let together = together.into_iter().chain([("a", only_mara)]);
        let prepared = store.prepare(together.map(|(id, words)| (call(id, None), words)).collect());
        let ready: Vec<_> = prepared.iter().map(|new| new.as_ref().unwrap()).collect();
        let put = store.put_calls(&ready, at(1)).await.unwrap();
        let refs = put.iter().map(|put| put.as_ref().map(|put| (put.stored.call_ref.0, put.is_new)));
        let refs: Vec<_> = refs.map(|one| one.map_err(ToString::to_string)).collect();
        let forgotten = Err(StoreError::Forgotten.to_string());
        assert_eq!(refs, [Ok((2, true)), forgotten, Ok((3, true)), Ok((2, false))]);
        let found = async |text: &str| {
            let filter = CallFilter { text: TextQuery::parse(text).ok(), ..CallFilter::default() };
            store.search(&filter, Page { limit: 9, ..Page::default() }).await.unwrap().total
        };
        assert_eq!((found("walrus").await, found("\"of walruses\"").await), (2, 2));
        assert_eq!((found("security").await, found("\"security must\"").await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn sides_that_a_person_chose_stay() {
    on_every_engine(async |store| {
        let mut unknown = call("a", None);
        unknown.parties.iter_mut().for_each(|party| (party.side, party.side_source) = (Side::Unknown, None));
        let stored = store.put_call(&unknown, Some(&short_transcript()), at(0)).await.unwrap().stored;
        let chosen = [(0, Side::Buyer, SideSource::Flag), (1, Side::Rep, SideSource::Asked)];
        store.set_sides(stored.call_ref, &chosen).await.unwrap();
        let again = store.put_call(&call("a", None), Some(&short_transcript()), at(1)).await.unwrap().stored;
        let sides: Vec<_> = again.call.parties.iter().map(|party| (party.side, party.side_source)).collect();
        assert_eq!(sides, [(Side::Buyer, Some(SideSource::Flag)), (Side::Rep, Some(SideSource::Asked))]);
        let wrong = [(0, Side::Rep, SideSource::Flag), (5, Side::Rep, SideSource::Flag)];
        let error = store.set_sides(stored.call_ref, &wrong).await.unwrap_err();
        assert!(matches!(error, StoreError::NoSuchParty(_, 5)));
        assert_eq!(store.call(stored.call_ref).await.unwrap(), again, "a failed change leaves no trace");
    })
    .await;
}

#[tokio::test]
async fn hostile_text_is_stored_alike() {
    on_every_engine(async |store| {
        let mut hostile = call("a", Some("2026-11-02T10:00:00.123456789Z".parse().unwrap()));
        hostile.title = Some("nul\0, '; DROP TABLE calls; -- \u{1b}[31m".to_owned());
        hostile.product = Some("p".repeat(10_000));
        hostile.url = Some("https://x.example/".to_owned() + &"ü".repeat(10_000));
        hostile.parties[1] = party(&"N".repeat(20_000), Some(&"e".repeat(20_000)), Side::Buyer);
        hostile.parties.push(Party::default());
        let long =
            "Ünï𝔠øde ½ ".repeat(80) + &"x".repeat(5_000) + &(0..18_000).map(|n| format!(" w{n}")).collect::<String>();
        let mut words = transcript(&[
            (Some(0), 0, "a\\u0000b \\ \" ' $1"),
            (Some(7), 5, &long),
            (Some(1), 9, "4e5 0x1F a:b & | ! *"),
        ]);
        words.lines[0].text.replace_range(0..1, "\0");
        let stored = store.put_call(&hostile, Some(&words), at(0)).await.unwrap().stored;
        let mut read = store.transcript(stored.transcript.clone().unwrap().id).await.unwrap();
        assert_eq!(read.lines[0].text, " \\u0000b \\ \" ' $1");
        read.lines[0].text.replace_range(0..1, "\0");
        // The party that does not exist is nobody's voice.
        words.lines[1].party = None;
        assert_eq!(read, words);
        assert_eq!(stored.call.title.as_deref(), Some("nul, '; DROP TABLE calls; -- \u{1b}[31m"));
        assert_eq!(stored.call.started_at, Some("2026-11-02T10:00:00.123Z".parse().unwrap()));
        let again = store.put_call(&hostile, Some(&words), at(1)).await.unwrap();
        assert_eq!(again.stored.call.parties.len(), 3);
        stored
    })
    .await;
}

#[tokio::test]
async fn a_long_call_is_written_in_parts() {
    on_every_engine(async |store| {
        let words = transcript(&(0..9000).map(|n| (Some(n % 2), n as i64, "Yes, and no.")).collect::<Vec<_>>());
        assert_eq!(words.lines.len(), 9000);
        let stored = store.put_call(&call("a", None), Some(&words), at(0)).await.unwrap().stored;
        assert_eq!(store.transcript(stored.transcript.unwrap().id).await.unwrap(), words);
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_call_does_not_come_back() {
    for database in every_database(true).await {
        let store = Store::open(&database.target).await.unwrap();
        let tombstone = match &database.target {
            Target::Sqlite(_) => "INSERT INTO tombstones VALUES ('file', 'a', 0)",
            Target::Postgres(_) => "INSERT INTO tombstones VALUES ('file', 'a', now())",
        };
        dump::execute(&database.target, tombstone).await;
        let error = store.put_call(&call("a", None), Some(&short_transcript()), at(0)).await.unwrap_err();
        assert!(matches!(error, StoreError::Forgotten), "{error:?} on {}", database.name);
        store.put_call(&call("b", None), None, at(0)).await.unwrap();
        store.close().await;
    }
}
