//! Many calls in one run.

use serde_json::Value;

use super::run;
use crate::support::anthropic::{Answer, Plan, good_reply};
use crate::support::binary::{Home, file};

/// Three stored calls, of which one does not tell who is ours.
fn home() -> Home {
    let home = Home::new();
    for name in ["samples/01-discovery.json", "samples/02-poor-demo.vtt", "samples/03-pricing-negotiation.md"] {
        assert_eq!(home.run(&["import", &file(name)]).code, 0);
    }
    home
}

#[test]
fn what_is_not_scored_yet_is_scored_a_line_each_and_one_bad_call_stops_nobody() {
    let (home, server) = (home(), Plan::good().start());
    let unasked = run(&home, &server, &["analyze", "--unscored"]);
    assert_eq!((unasked.code, server.messages().len()), (2, 0), "{}", unasked.stderr);
    assert!(unasked.stderr.contains("--max-cost"), "{}", unasked.stderr);

    let first = run(&home, &server, &["analyze", "--unscored", "--max-cost", "5"]);
    assert_eq!((first.code, server.messages().len()), (3, 8), "{}", first.stderr);
    assert_eq!(first.stdout.lines().count(), 2, "{}", first.stdout);
    assert!(first.stdout.lines().all(|line| line.contains(" 100 ")), "{}", first.stdout);
    assert!(first.stderr.contains("c2: "), "the one that failed is named: {}", first.stderr);
    assert!(first.stderr.contains("2 scored, 1 failed; 8 requests, "), "{}", first.stderr);

    let again = run(&home, &server, &["analyze", "--unscored", "--yes"]);
    assert_eq!((again.code, server.messages().len()), (2, 8), "only the bad one is left: {}", again.stderr);
    let local = home.run(&["analyze", "--unscored", "--analyst", "local"]);
    assert_eq!(local.stdout.lines().count(), 2, "the built-in analyst has scored none, and needs no leave");
}

#[test]
fn calls_are_asked_about_side_by_side_and_printed_as_json_lines() {
    // No reply ends before both calls are there.
    let (home, server) = (home(), Plan::good().hold_until(2).start());
    let flags = ["analyze", "c1", "c3", "-d", "discovery", "--format", "jsonl"];
    let both = run(&home, &server, &flags);
    assert_eq!(both.code, 0, "{}", both.stderr);
    let refs: Vec<Value> =
        both.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["call"]["ref"].clone()).collect();
    assert_eq!(refs, ["c1", "c3"]);
}

#[test]
fn a_call_that_failed_in_part_is_still_to_be_scored() {
    let plan = Plan::new(|n, seen| match seen.first_check() {
        "buyer_asks_about_own_use" if n < 8 => Answer::Stop("refusal", String::new()),
        _ => Answer::Text(good_reply(seen)),
    });
    let (home, server) = (home(), plan.start());
    let first = run(&home, &server, &["analyze", "--unscored", "--yes"]);
    assert_eq!((first.code, server.messages().len()), (3, 8), "{}", first.stderr);
    assert!(first.stderr.contains("c1, Engagement: "), "{}", first.stderr);
    let second = run(&home, &server, &["analyze", "--unscored", "--yes"]);
    assert_eq!((second.code, server.messages().len()), (3, 10), "{}", second.stderr);
}

#[test]
fn time_and_rep_choose_among_the_calls_without_a_score() {
    let (home, server) = (home(), Plan::good().start());
    assert_eq!(home.run(&["analyze", "c1", "c3", "--analyst", "local"]).code, 0, "now both reps are known");
    for (flags, calls) in [
        (["--period", "2026-11", "--max-cost", "5"].as_slice(), 1),
        (&["--rep", "mara@brightpath.example", "--to", "2026-10-31", "--max-cost", "5"], 1),
        (&["--period", "2025", "--max-cost", "5"], 0),
    ] {
        let before = server.messages().len();
        let scored = run(&home, &server, &[&["analyze", "--unscored"], flags].concat());
        assert_eq!(scored.code, 0, "{flags:?}: {}", scored.stderr);
        assert_eq!(server.messages().len() - before, 4 * calls, "{flags:?}: {}", scored.stderr);
    }
    let without = run(&home, &server, &["analyze", "c1", "--period", "2026-11"]);
    assert_eq!(without.code, 2, "{}", without.stderr);
    assert!(without.stderr.contains("--unscored"), "{}", without.stderr);
}
