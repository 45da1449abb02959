use call_coach::model::answers::{AnalystKind, Correction, Usage, Verdict};
use call_coach::model::ids::CallRef;
use call_coach::model::scorecard::DimensionStatus;
use call_coach::store::{NewAnswers, NewScores, RubricStamp, Standing, Store};

use crate::support::database::{every_database, on_every_engine};
use crate::support::dump;
use crate::support::invented::{answers, at, call, new_answers, new_scores, rubric, scored_call, short_transcript};

#[tokio::test]
async fn answers_read_back_by_their_key_until_they_are_too_old() {
    on_every_engine(async |store| {
        let stored = store.put_call(&call("a", None), Some(&short_transcript()), at(0)).await.unwrap().stored;
        let rep = store.rep_of_party(stored.call_ref, 0).await.unwrap().id;
        let usage = Usage {
            input_tokens: 1,
            output_tokens: 2,
            cache_read_tokens: 3,
            cache_write_tokens: 4,
            requests: 5,
            cost_microusd: Some(6),
        };
        let version = stored.transcript.unwrap().id;
        let new = NewAnswers {
            analyst: AnalystKind::Claude,
            prompt_hash: Some("p1".to_owned()),
            request_id: Some("req".to_owned()),
            usage,
            ..new_answers(stored.call_ref, version, rep, "objection_handling")
        };
        let of = (stored.call_ref, rep);
        let key = new.answers_key.as_str();
        assert_eq!(store.newest_answers(key, of, "objection_handling", None).await.unwrap(), None);
        let first = store.append_answers(&new, at(1)).await.unwrap();
        let second = store.append_answers(&new, at(2)).await.unwrap();
        assert!(first < second);
        let read = store.newest_answers(key, of, "objection_handling", Some(at(2))).await.unwrap().unwrap();
        assert_eq!((read.id, read.created_at, read.transcript), (second, at(2), version));
        assert_eq!((&read.answers, read.usage, read.analyst), (&answers(), usage, AnalystKind::Claude));
        assert_eq!(read.prompt_hash.as_deref(), Some("p1"));
        assert_eq!(store.newest_answers(key, of, "objection_handling", Some(at(3))).await.unwrap(), None);
        assert_eq!(store.newest_answers("another", of, "objection_handling", None).await.unwrap(), None);
        assert_eq!(store.newest_answers(key, of, "discovery", None).await.unwrap(), None);
        assert_eq!(store.newest_answers(key, (CallRef(9), rep), "objection_handling", None).await.unwrap(), None);
        read
    })
    .await;
}

#[tokio::test]
async fn answers_without_their_call_leave_no_trace() {
    on_every_engine(async |store| {
        let (call, rep, _) = scored_call(&store, "a", None).await;
        let stored = store.call(call).await.unwrap();
        let orphan = new_answers(CallRef(99), stored.transcript.unwrap().id, rep, "discovery");
        assert!(store.append_answers(&orphan, at(5)).await.is_err());
        let scores = NewScores {
            call: CallRef(99),
            ..new_scores(call, rep, ("discovery", call_coach::store::AnswersId(1)), 1.0)
        };
        assert!(store.append_scores(&scores, at(5)).await.unwrap_err().is_not_found());
    })
    .await;
}

/// Score, analyst and standing of a result that is added, and what `current` says then.
type Step = (f64, AnalystKind, Standing, f64);

#[tokio::test]
async fn the_current_result_is_claudes_or_a_chosen_one_then_the_newest() {
    use AnalystKind::{Claude, Local};
    use Standing::{Chosen, Normal, WhatIf};
    let steps: [Step; 8] = [
        (51.0, Local, Normal, 51.0),
        (52.0, Local, WhatIf, 51.0),
        (60.0, Claude, Normal, 60.0),
        (53.0, Local, Normal, 60.0),
        (61.0, Claude, WhatIf, 60.0),
        (54.0, Local, Chosen, 54.0),
        (55.0, Local, Normal, 54.0),
        (62.0, Claude, Normal, 62.0),
    ];
    for database in every_database(true).await {
        let store = Store::open(&database.target).await.unwrap();
        let (call, rep, answers) = scored_call(&store, "a", Some(at(7))).await;
        for (n, (score, analyst, standing, expected)) in steps.into_iter().enumerate() {
            let new = NewScores { analyst, standing, ..new_scores(call, rep, ("discovery", answers), score) };
            store.append_scores(&new, at(10 + n as i64)).await.unwrap();
            let tables = dump::tables(&database.target).await;
            dump::check_current(&tables);
            let scores: Vec<_> = tables["current"].iter().map(|row| row["score"].as_f64()).collect();
            assert_eq!(scores, [Some(expected); 2], "after step {n} on {}", database.name);
        }
        store.close().await;
    }
}

#[tokio::test]
async fn other_weights_append_a_score_and_the_same_score_is_not_written_twice() {
    on_every_engine(async |store| {
        let (call, rep, answers) = scored_call(&store, "a", None).await;
        let same = new_scores(call, rep, ("discovery", answers), 50.0);
        store.append_scores(&same, at(2)).await.unwrap();
        let mut other = same.clone();
        other.scores[0].rubric = rubric("1.1.0");
        other.scores[0].score = Some(47.5);
        store.append_scores(&other, at(3)).await.unwrap();
        store.append_scores(&NewScores { role: "se".to_owned(), ..other.clone() }, at(4)).await.unwrap();
        let mut none = other;
        (none.scores[0].score, none.scores[0].coverage) = (None, None);
        none.scores[0].status = DimensionStatus::Insufficient;
        store.append_scores(&none, at(5)).await.unwrap();
    })
    .await;
    // The tables were compared; how many rows there are is checked once.
    let database = crate::support::database::sqlite();
    let store = Store::open(&database.target).await.unwrap();
    let (call, rep, answers) = scored_call(&store, "a", None).await;
    let same = new_scores(call, rep, ("discovery", answers), 50.0);
    store.append_scores(&same, at(2)).await.unwrap();
    assert_eq!(dump::tables(&database.target).await["scorecards"].len(), 2);
    store.append_scores(&NewScores { role: "se".to_owned(), ..same }, at(3)).await.unwrap();
    assert_eq!(dump::tables(&database.target).await["scorecards"].len(), 4);
}

#[tokio::test]
async fn a_call_that_gets_its_date_later_dates_its_results() {
    on_every_engine(async |store| {
        scored_call(&store, "a", None).await;
        store.put_call(&call("a", Some(at(500))), None, at(9)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn earlier_calls_are_those_before_its_date_newest_first() {
    on_every_engine(async |store| {
        let mut refs = Vec::new();
        for (name, day) in
            [("d", Some(40)), ("a", Some(10)), ("undated", None), ("c", Some(30)), ("b", Some(10)), ("e", None)]
        {
            let (call, rep, _) = scored_call(&store, name, day.map(at)).await;
            refs.push((call, rep));
        }
        let rep = refs[0].1;
        let earlier = async |n: usize, limit| {
            let calls = store.earlier_calls(rep, refs[n].0, limit).await.unwrap();
            assert!(
                calls.iter().all(|call| call.dimensions.len() == 1 && call.dimensions[0].checks == answers().checks)
            );
            calls.iter().map(|call| call.call.0).collect::<Vec<_>>()
        };
        assert_eq!(earlier(0, 9).await, [4, 5, 2], "before d");
        assert_eq!(earlier(0, 2).await, [4, 5], "the last two before d");
        assert_eq!(earlier(4, 9).await, [2], "of the same instant the one stored first");
        assert_eq!(earlier(1, 9).await, [] as [i64; 0], "before the first");
        assert_eq!(earlier(5, 9).await, [3], "without a date");
        let other = store.rep_of_party(refs[0].0, 1).await.unwrap().id;
        assert_eq!(store.earlier_calls(other, refs[0].0, 9).await.unwrap(), []);
        let read = store.earlier_calls(rep, refs[0].0, 1).await.unwrap();
        assert_eq!(
            read[0].dimensions[0].rubric,
            RubricStamp { id: "discovery".into(), version: "1.0.0".into(), hash: "hash of 1.0.0".into() }
        );
        read
    })
    .await;
}

#[tokio::test]
async fn the_newest_correction_of_each_check_counts() {
    on_every_engine(async |store| {
        let (call, rep, _) = scored_call(&store, "a", None).await;
        let correction = |check: &str, verdict, note: Option<&str>| Correction {
            check: check.to_owned(),
            verdict,
            line: note.map(|_| 2),
            note: note.map(str::to_owned),
            made_by: "Joost".to_owned(),
        };
        let [first, other, newest] = [
            correction("b", Verdict::Yes, None),
            correction("a", Verdict::NotApplicable, None),
            correction("b", Verdict::Partial, Some("she did ask\0")),
        ];
        assert_eq!(store.corrections(call, rep).await.unwrap(), []);
        for (n, word) in [(20, &newest), (10, &first), (30, &other)] {
            store.add_correction(call, rep, word, at(n)).await.unwrap();
        }
        let expected = [other, correction("b", Verdict::Partial, Some("she did ask"))];
        assert_eq!(store.corrections(call, rep).await.unwrap(), expected);
    })
    .await;
}
