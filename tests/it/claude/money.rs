//! What a run would cost, and what it may.

use super::{SAMPLE, analyze, run};
use crate::support::anthropic::{Answer, Plan, Step, good_reply};
use crate::support::binary::{Home, file};

#[test]
fn an_estimate_asks_nothing_and_knows_what_is_stored() {
    let (home, server) = (Home::new(), Plan::good().start());
    let dry = || analyze(&home, &server, &["--dry-run", "--json"]).json();
    let before = dry();
    assert_eq!((before["requests"].as_u64(), before["stored"].as_u64()), (Some(4), Some(0)));
    assert_eq!((before["counted"].as_bool(), before["output_tokens"].as_u64()), (Some(true), Some(10_000)));
    let (expected, worst) = (before["expected_usd"].as_f64().unwrap(), before["worst_usd"].as_f64().unwrap());
    assert!(0.1 < expected && expected < 0.2 && expected < worst, "{before}");
    assert_eq!(server.messages().len(), 0);

    let real = analyze(&home, &server, &["-d", "discovery", "--json"]).json();
    let after = dry();
    assert_eq!((after["requests"].as_u64(), after["stored"].as_u64()), (Some(3), Some(1)));
    let written = real["usage"]["output_tokens"].as_u64().unwrap();
    assert_eq!(after["output_tokens"].as_u64(), Some(3 * written), "what replies so far lead to expect");
    let text = analyze(&home, &server, &["--dry-run"]);
    for expected in
        ["1 call: 3 requests to claude-sonnet-5-5 at 127.0.0.1:", "1 stored already", "counted by the service"]
    {
        assert!(text.stdout.contains(expected), "{expected}: {}", text.stdout);
    }
}

#[test]
fn without_a_key_an_estimate_is_a_guess_and_nothing_leaves_the_machine() {
    let home = Home::new();
    let run = home.run(&["analyze", &file(SAMPLE), "--analyst", "claude", "--dry-run"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("a rough guess") && run.stdout.contains("api.anthropic.com"), "{}", run.stdout);
    let local = home.run(&["analyze", "c1", "--dry-run"]);
    assert!(local.stdout.contains("Nothing is sent anywhere"), "{}", local.stdout);
}

/// Room for one request's worst case at a time: they follow one another, and what the first ones took decides how many
/// there are.
#[test]
fn a_limit_is_never_passed_and_what_is_done_is_kept() {
    let (home, server) = (Home::new(), Plan::good().start());
    let estimate = analyze(&home, &server, &["--dry-run", "-d", "objection_handling", "--json"]).json();
    let cap = estimate["worst_usd"].as_f64().unwrap() + 0.025;
    let run = analyze(&home, &server, &["--max-cost", &cap.to_string(), "--json"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stderr.contains("the next request may cost up to $0.2"), "{}", run.stderr);
    let report = run.json();
    let spent = report["usage"]["cost_usd"].as_f64().unwrap();
    let done = server.messages().len();
    assert!(spent <= cap && (1..4).contains(&done), "{done} requests for {spent}");
    let reserved = server.steps().windows(2).all(|steps| steps != [Step::Arrived, Step::Arrived]);
    assert!(reserved, "one at a time: {:?}", server.steps());
    let rest = analyze(&home, &server, &["--json"]);
    assert_eq!((rest.code, server.messages().len()), (0, 4), "{}", rest.stderr);

    let nothing = analyze(&Home::new(), &server, &["--max-cost", "0.01"]);
    assert_eq!((nothing.code, server.messages().len()), (3, 4));
    assert!(nothing.stdout.is_empty() && nothing.stderr.contains("--max-cost"), "{}", nothing.stderr);
    let unknown = analyze(&Home::new(), &server, &["--max-cost", "1", "--model", "llama-70b"]);
    assert_eq!((unknown.code, server.messages().len()), (2, 4));
    assert!(unknown.stderr.contains("the price of llama-70b is not known"), "{}", unknown.stderr);
}

/// A reply that broke off may be paid for in full: it counts as that.
#[test]
fn a_lost_reply_counts_in_full() {
    let plan = Plan::new(|n, seen| if n == 0 { Answer::Cut } else { Answer::Text(good_reply(seen)) });
    let (home, server) = (Home::new(), plan.start());
    let run = analyze(&home, &server, &["--max-cost", "0.4", "-d", "discovery"]);
    assert_eq!((run.code, server.messages().len()), (3, 1), "{}", run.stderr);
}

#[test]
fn a_call_that_does_not_fit_is_counted_and_refused_with_the_figures() {
    let (home, server) = (Home::new(), Plan::good().start());
    let models = home.write("models.toml", "[small]\ncontext = 20_000\nmax_output = 16_000\n");
    let small = |flags: &[&str]| {
        let mut command = super::command(&home, &server);
        command.env("CALL_COACH_MODELS", &models).args(["analyze", &file(SAMPLE), "--model", "small"]);
        crate::support::binary::Run::of(command.args(flags))
    };
    let run = small(&[]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("small reads at most 4000 at once"), "{}", run.stderr);
    assert_eq!(server.paths(), ["/v1/messages/count_tokens"]);
    // Of a model that nobody knows the service is asked.
    let long: String = (0..1_800)
        .map(|n| format!("{}: {}\n", ["Ana", "Bo"][n % 2], "This call goes on and on. ".repeat(14)))
        .collect();
    let long = home.write("long.txt", &long);
    let unknown = run_long(&home, &server, long.to_str().unwrap());
    assert_eq!(unknown.code, 2, "{}", unknown.stderr);
    assert!(unknown.stderr.contains("llama-70b reads at most 150000 at once"), "{}", unknown.stderr);
    assert_eq!(server.paths()[1..], ["/v1/models/llama-70b", "/v1/messages/count_tokens"]);
    assert_eq!(server.messages().len(), 0);
}

fn run_long(home: &Home, server: &crate::support::anthropic::Anthropic, call: &str) -> crate::support::binary::Run {
    run(home, server, &["analyze", call, "--rep", "Ana", "--model", "llama-70b"])
}
