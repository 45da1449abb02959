//! Insights computed by hand, on every engine.

use call_coach::dates::Range;
use call_coach::insights::numbers::{Direction, Priority};
use call_coach::insights::{self, Counted, Question, TeamInsights};
use call_coach::model::answers::{AnalystKind, Correction, Verdict};
use call_coach::model::objection::{Objection, ObjectionStatus, ObjectionType};
use call_coach::model::party::Side;
use call_coach::rubric::RubricSet;
use call_coach::speech::metrics::Metrics;
use call_coach::store::{MemberChange, Scope, Store};
use jiff::tz::TimeZone;

use crate::support::database::on_every_engine;
use crate::support::invented::{at, call, evidence, new_answers, new_scores, party, short_transcript};

const DAY: i64 = 86_400;

/// A call of `name` on a day with a score for discovery and overall, talk share and concerns.
async fn scored(store: &Store, name: &str, day: i64, score: f64, concerns: &[(ObjectionStatus, &str)]) {
    let mut one = call(&format!("{name} {day}"), Some(at(day * DAY)));
    one.parties[0] = party(name, Some(&format!("{}@acme.example", name.to_lowercase())), Side::Rep);
    let stored = store.put_call(&one, Some(&short_transcript()), at(0)).await.unwrap().stored;
    let rep = store.rep_of_party(stored.call_ref, 0).await.unwrap().id;
    let mut new = new_answers(stored.call_ref, stored.transcript.unwrap().id, rep, "discovery");
    new.answers.objections = concerns
        .iter()
        .map(|(status, response)| Objection {
            kind: ObjectionType::Pricing,
            status: *status,
            severity: 2,
            implicit: false,
            raised: evidence(2, "a lot more than we pay today"),
            repeats: Vec::new(),
            response: Some(evidence(3, response)),
            parked_until: None,
        })
        .collect();
    let answers = store.append_answers(&new, at(1)).await.unwrap();
    store.append_scores(&new_scores(stored.call_ref, rep, ("discovery", answers), score), at(1)).await.unwrap();
    let metrics = Metrics { rep_talk_share: Some(score / 100.0), ..Metrics::default() };
    store.put_measured(stored.call_ref, rep, &metrics).await.unwrap();
}

#[tokio::test]
async fn every_number_is_what_a_hand_computes() {
    on_every_engine(async |store| {
        use ObjectionStatus::{Missed, Parked, Resolved, Unresolved};
        let open: &[(ObjectionStatus, &str)] = &[(Unresolved, "Ten percent off."), (Missed, "Anyway.")];
        let asked: &[(ObjectionStatus, &str)] = &[(Resolved, "Compared with what?")];
        let parked: &[(ObjectionStatus, &str)] = &[(Parked, "I'll ask. By when?")];
        // Stored in another order than they took place.
        let mara = [(8, 70.0), (1, 50.0), (3, 54.0), (2, 52.0), (4, 56.0), (5, 64.0), (7, 68.0), (6, 66.0)];
        for (day, score) in mara {
            let concerns = match day {
                1 => open,
                2 => asked,
                3 => parked,
                _ => &[],
            };
            scored(&store, "Mara", day, score, concerns).await;
        }
        for (name, mean) in [("Joost", 80.0), ("Priya", 78.0), ("Sam", 76.0)] {
            for (day, less) in [(1, -1.0), (3, 0.0), (5, 1.0), (7, 0.0)] {
                scored(&store, name, day, mean + less, &[]).await;
            }
        }
        // Outside of the period, and another role.
        scored(&store, "Mara", 40, 99.0, open).await;
        scored(&store, "Joost", 40, 1.0, &[]).await;
        let undated = call("undated", None);
        let undated = store.put_call(&undated, None, at(0)).await.unwrap().stored.call_ref;
        store.rep_of_party(undated, 0).await.unwrap();
        for name in ["mara", "joost", "priya", "sam"] {
            let role = MemberChange {
                emails: vec![format!("{name}@acme.example")],
                role: Some("ae".to_owned()),
                ..MemberChange::default()
            };
            store.set_member(None, &role).await.unwrap();
        }
        // She asked not to be coached after a call was scored: nobody's peer, in no median.
        scored(&store, "Olga", 2, 10.0, open).await;
        let olga = MemberChange {
            emails: vec!["olga@acme.example".to_owned()],
            role: Some("ae".to_owned()),
            no_coaching: Some(true),
            ..MemberChange::default()
        };
        store.set_member(None, &olga).await.unwrap();
        for (id, day, words) in [("not scored", 9, Some(short_transcript())), ("no words", 10, None)] {
            let mut one = call(id, Some(at(day * DAY)));
            one.parties[0] = party("Joost", Some("joost@acme.example"), Side::Rep);
            let call = store.put_call(&one, words.as_ref(), at(0)).await.unwrap().stored.call_ref;
            store.rep_of_party(call, 0).await.unwrap();
        }
        let set = RubricSet::load(&[]).unwrap();
        let range = Range { from: Some(at(0)), to: Some(at(30 * DAY)) };
        let question = Question {
            scope: Scope { range, ..Scope::default() },
            focus: None,
            default_role: "ae",
            time_zone: &TimeZone::UTC,
        };
        let members = store.roster().await.unwrap();
        let mara = members.iter().find(|member| member.name.as_deref() == Some("Mara")).unwrap();
        let found = insights::rep(&store, &set, mara, &question).await.unwrap();

        assert_eq!((found.counted.calls, found.counted.scored, found.counted.undated), (8, 8, 1));
        assert_eq!(found.analyst, Some(AnalystKind::Local));
        // 50, 52, 54, 56 against 64, 66, 68, 70.
        let overall = found.changes.last().unwrap();
        assert_eq!((overall.earlier, overall.recent, overall.change), (Some(53.0), Some(67.0), Some(14.0)));
        assert_eq!((overall.trend, overall.n_earlier, overall.n_recent), (Some(Direction::Up), 4, 4));
        // 60 against twelve calls with a mean of 78, without Mara's own.
        let gap = found.gaps.last().unwrap();
        assert_eq!((gap.score, gap.peer_score, gap.gap), (Some(60.0), Some(78.0), Some(18.0)));
        assert_eq!((gap.n, gap.peers_n, gap.peers, gap.priority), (8, 12, 3, Some(Priority::High)));
        assert_eq!(found.no_peers, None);
        // Dimensions that nobody was scored in have no numbers, and no zeros.
        let engagement = found.gaps.iter().find(|gap| gap.dimension == "engagement").unwrap();
        assert_eq!((engagement.score, engagement.peer_score, engagement.n), (None, None, 0));
        let pricing = &found.objections[0];
        let counts = (pricing.raised, pricing.settled, pricing.parked, pricing.open);
        assert_eq!((found.objections.len(), counts), (1, (4, 1, 1, 2)));
        assert_eq!((pricing.asked_first, pricing.settled_when_asked_first), (2, 1));
        // The mean of her shares; the median of the twelve others' (75 to 81) is 78.
        let share = &found.numbers.lines[0];
        assert!((share.value - 0.6).abs() < 1e-9 && (share.n, share.team_n) == (8, 12), "{share:?}");
        assert!(share.team_median.is_some_and(|median| (median - 0.78).abs() < 1e-9), "{share:?}");
        // Days 1 to 6 after 2026-09-21 are its week's; 7 and 8 the next one's.
        let weeks: Vec<_> = found.trends.last().unwrap().points.iter().map(|p| (p.score, p.n)).collect();
        assert_eq!(weeks, [(57.0, 6), (69.0, 2)]);
        assert!(found.wins.is_empty() && found.marks.len() == 8);
        let scores: Vec<_> = found.marks.iter().map(|mark| mark.scores["overall"].unwrap()).collect();
        assert_eq!(scores, [50.0, 52.0, 54.0, 56.0, 64.0, 66.0, 68.0, 70.0], "by call date");

        let team = insights::team(&store, &set, &members, &question, true).await.unwrap();
        let lines: Vec<_> = team.reps.iter().map(|rep| (rep.name.as_str(), rep.calls, rep.open_concerns)).collect();
        assert_eq!(lines, [("Joost", 4, 0), ("Mara", 8, 2), ("Priya", 4, 0), ("Sam", 4, 0)]);
        assert_eq!(team.reps[1].scores["overall"], Some(60.0));
        let Counted { calls, scored, unscored, without_transcript, undated, .. } = team.counted;
        assert_eq!((calls, scored, unscored, without_transcript, undated), (22, 20, 1, 1, 1));
        // Both of her open concerns are in the same line: it is named once.
        let worth: Vec<_> = team.worth_your_hour.iter().map(|one| (one.kind, one.rep.as_str())).collect();
        assert_eq!(worth, [("coach", "Mara")]);
    })
    .await;
}

#[tokio::test]
async fn a_correction_counts_in_the_period_before_too() {
    on_every_engine(async |store| {
        let mut calls = Vec::new();
        for day in [5, 35] {
            let one = call(&format!("day {day}"), Some(at(day * DAY)));
            let stored = store.put_call(&one, Some(&short_transcript()), at(0)).await.unwrap().stored;
            let rep = store.rep_of_party(stored.call_ref, 0).await.unwrap().id;
            let new = new_answers(stored.call_ref, stored.transcript.unwrap().id, rep, "objection_handling");
            let answers = store.append_answers(&new, at(1)).await.unwrap();
            let scores = new_scores(stored.call_ref, rep, ("objection_handling", answers), 50.0);
            store.append_scores(&scores, at(1)).await.unwrap();
            calls.push((stored.call_ref, rep));
        }
        let set = RubricSet::load(&[]).unwrap();
        let range = Range { from: Some(at(30 * DAY)), to: Some(at(60 * DAY)) };
        let question = Question {
            scope: Scope { range, ..Scope::default() },
            focus: None,
            default_role: "ae",
            time_zone: &TimeZone::UTC,
        };
        let members = store.roster().await.unwrap();
        let (before, rep) = calls[0];
        let member = members.iter().find(|member| member.id == rep).unwrap();
        let last = insights::rep(&store, &set, member, &question).await.unwrap().last_focus.unwrap();
        assert_eq!((last.check.as_str(), last.done_before, last.asked_before), ("asked_before_answering", 0, 1));
        let word =
            Correction { check: last.check, verdict: Verdict::Yes, line: None, note: None, made_by: "ines".to_owned() };
        store.add_correction(before, rep, &word, at(2)).await.unwrap();
        assert_eq!(insights::rep(&store, &set, member, &question).await.unwrap().last_focus, None);
    })
    .await;
}

/// What is asked about these calls by everybody.
fn everything() -> Question<'static> {
    const ZONE: &TimeZone = &TimeZone::UTC;
    Question { scope: Scope::default(), focus: None, default_role: "ae", time_zone: ZONE }
}

#[tokio::test]
async fn a_team_compares_only_what_can_be_compared_and_says_what_is_left_out() {
    on_every_engine(async |store| {
        let open: &[(ObjectionStatus, &str)] = &[(ObjectionStatus::Unresolved, "Ten percent off.")];
        for (day, score) in [(1, 50.0), (2, 60.0), (3, 70.0)] {
            scored(&store, "Mara", day, score, open).await;
        }
        let set = RubricSet::load(&[]).unwrap();
        let members = store.roster().await.unwrap();
        let team = async || insights::team(&store, &set, &members, &everything(), true).await.unwrap();
        let newest = |team: &TeamInsights| {
            let open = team.worth_your_hour.iter().find(|one| one.kind == "open_concern").unwrap();
            open.moment.call.clone()
        };
        let before = team().await;
        assert_eq!((before.reps[0].scores["overall"], before.reps[0].scores_n["overall"]), (Some(60.0), 3));
        assert_eq!((before.objections[0].raised, before.reps[0].open_concerns), (3, 3));
        // The newest call is the one to coach: of concerns of one severity the next newest is told.
        assert_eq!(newest(&before), "c2");

        // Claude scored a fourth call, with the gravest concern: in none of the numbers, and that is said.
        let one = call("by Claude", Some(at(4 * DAY)));
        let stored = store.put_call(&one, Some(&short_transcript()), at(0)).await.unwrap().stored;
        let rep = store.rep_of_party(stored.call_ref, 0).await.unwrap().id;
        let mut new = new_answers(stored.call_ref, stored.transcript.as_ref().unwrap().id, rep, "discovery");
        new.analyst = AnalystKind::Claude;
        let answers = store.append_answers(&new, at(2)).await.unwrap();
        let mut scores = new_scores(stored.call_ref, rep, ("discovery", answers), 10.0);
        scores.analyst = AnalystKind::Claude;
        store.append_scores(&scores, at(2)).await.unwrap();
        let mixed = team().await;
        let counted = mixed.counted;
        assert_eq!((counted.calls, counted.scored, counted.other_analyst), (4, 3, 1));
        assert_eq!((mixed.reps[0].scores["overall"], mixed.objections[0].raised), (Some(60.0), 3));
        assert_eq!(newest(&mixed), "c2");

        // A colleague was coached on the third call too: the buyer's concern is still one.
        let third = store.call_by_ext_id("Mara 3").await.unwrap().unwrap();
        let joost = MemberChange { name: Some("Joost".to_owned()), ..MemberChange::default() };
        let joost = store.set_member(None, &joost).await.unwrap().0;
        let mut new = new_answers(third.call_ref, third.transcript.as_ref().unwrap().id, joost, "discovery");
        new.answers.objections.truncate(1);
        let answers = store.append_answers(&new, at(3)).await.unwrap();
        let scores = new_scores(third.call_ref, joost, ("discovery", answers), 80.0);
        store.append_scores(&scores, at(3)).await.unwrap();
        let members = store.roster().await.unwrap();
        let both = insights::team(&store, &set, &members, &everything(), false).await.unwrap();
        assert_eq!(both.reps.len(), 2);
        assert_eq!((both.objections[0].raised, both.counted.scored), (3, 3));

        // Another model scores the third call anew: the mean begins there.
        let mara = third.reps[0].unwrap();
        let mut new = new_answers(third.call_ref, third.transcript.as_ref().unwrap().id, mara, "discovery");
        (new.model, new.answers_key) = ("local-2".to_owned(), "another".to_owned());
        let answers = store.append_answers(&new, at(4)).await.unwrap();
        let scores = new_scores(third.call_ref, mara, ("discovery", answers), 74.0);
        store.append_scores(&scores, at(4)).await.unwrap();
        let broken = insights::team(&store, &set, &members, &everything(), false).await.unwrap();
        let line = broken.reps.iter().find(|rep| rep.name == "Mara").unwrap();
        assert_eq!((line.scores["overall"], line.scores_n["overall"], line.calls), (Some(74.0), 1, 3));
        assert_eq!(line.breaks.iter().map(|one| one.call.as_str()).collect::<Vec<_>>(), ["c3"]);
        let member = members.iter().find(|member| member.id == mara).unwrap();
        let rep = insights::rep(&store, &set, member, &everything()).await.unwrap();
        assert_eq!((rep.gaps.last().unwrap().score, rep.changes.last().unwrap().mean), (Some(74.0), Some(74.0)));
    })
    .await;
}

#[tokio::test]
async fn a_focus_that_was_asked_for_is_shown_or_said_to_be_unknown() {
    on_every_engine(async |store| {
        scored(&store, "Mara", 1, 50.0, &[]).await;
        let set = RubricSet::load(&[]).unwrap();
        let members = store.roster().await.unwrap();
        let asked = async |focus| {
            let question = Question { focus: Some(focus), ..everything() };
            let found = insights::rep(&store, &set, &members[0], &question).await.unwrap();
            (found.focus.map(|focus| focus.check), found.focus_unknown)
        };
        assert_eq!(asked("why_now_asked").await, (None, Some("why_now_asked".to_owned())));
    })
    .await;
}
