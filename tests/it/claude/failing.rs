//! Everything that can go wrong, each with its exit code and its one line. Nothing wrong is ever stored.

use std::net::TcpListener;

use rstest::rstest;
use serde_json::{Value, json};

use super::{SAMPLE, analyze, command};
use crate::support::anthropic::{Answer, KEY, Plan, Seen, good_reply};
use crate::support::binary::{Home, Run, file};

fn refuse(status: u16, headers: &[(&'static str, &str)], kind: &str, message: &str) -> Answer {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let body = json!({ "type": "error", "error": { "type": kind, "message": message } });
    Answer::Refuse(status, headers, body.to_string())
}

fn good(seen: &Seen) -> Answer {
    Answer::Text(good_reply(seen))
}

/// A reply in which so many checks are left out.
fn shortened(seen: &Seen, left_out: usize) -> String {
    let mut reply: Value = serde_json::from_str(&good_reply(seen)).unwrap();
    let checks = reply["checks"].as_array_mut().unwrap();
    checks.truncate(checks.len() - left_out);
    reply.to_string()
}

/// Scores one dimension and looks at what is left of it: exit code, requests, what was said, answers stored.
fn one(answer: impl Fn(usize, &Seen) -> Answer + Send + Sync + 'static, retries: &str) -> (i32, usize, String, usize) {
    let (home, server) = (Home::new(), Plan::new(answer).start());
    let mut command = command(&home, &server);
    command.env("CALL_COACH_CLAUDE_RETRIES", retries).env("CALL_COACH_CLAUDE_TIMEOUT_S", "1");
    let run = Run::of(command.args(["analyze", &file(SAMPLE), "-d", "discovery"]));
    assert!(run.code == 0 || run.stdout.is_empty(), "{}", run.stdout);
    let asked = server.messages().len();
    // Whatever was stored would now be found, and nothing asked.
    let offline = Run::of(
        home.command()
            .env("ANTHROPIC_API_KEY", KEY)
            .env("ANTHROPIC_BASE_URL", "http://127.0.0.1:9")
            .env("CALL_COACH_CLAUDE_RETRIES", "0")
            .args(["analyze", "c1", "-d", "discovery"]),
    );
    (run.code, asked, run.stderr, usize::from(offline.code == 0))
}

#[rstest]
#[case::credit(400, &[], "Your credit balance is too low to access the API", 4, "has no credit left: Your credit balance")]
#[case::forbidden(403, &[], "no permission", 4, "refused the key, HTTP 403: no permission (x_error, req_0)")]
#[case::limit(429, &[], "slow down", 6, "takes no more requests for now, HTTP 429: slow down")]
#[case::spent(429, &[("retry-after", "1")], "spend limit reached", 6, "HTTP 429: spend limit reached")]
#[case::server(500, &[("retry-after", "0")], "oops", 6, "failed, HTTP 500: oops (x_error, req_2)")]
#[case::overloaded(529, &[("retry-after", "0")], "Overloaded", 6, "failed, HTTP 529: Overloaded")]
#[case::model(404, &[], "model: nope", 2, "did not take the request, HTTP 404: model: nope")]
#[case::invalid(400, &[], "bad", 6, "did not take the request, HTTP 400: bad (x_error, req_0)")]
#[case::redirect(307, &[("location", "https://evil.example/")], "go there", 6, "did not take the request, HTTP 307")]
fn what_the_service_refuses(
    #[case] status: u16,
    #[case] headers: &'static [(&'static str, &'static str)],
    #[case] message: &'static str,
    #[case] code: i32,
    #[case] expected: &str,
) {
    let (found, _, stderr, stored) = one(move |_, _| refuse(status, headers, "x_error", message), "2");
    assert_eq!((found, stored), (code, 0), "{stderr}");
    assert_eq!(stderr.matches("error:").count(), 1, "{stderr}");
    assert!(stderr.contains(expected), "{stderr}");
}

#[rstest]
#[case::cut(|_: usize, _: &Seen| Answer::Cut, 2, "broke off: the connection was lost")]
#[case::error_event(|_: usize, _: &Seen| Answer::ErrorEvent, 2, "broke off: Overloaded (overloaded_error, req_1)")]
#[case::max_tokens(|_: usize, _: &Seen| Answer::Stop("max_tokens", "{".to_owned()), 2, "did not fit into 32000 tokens")]
#[case::declined(|_: usize, _: &Seen| Answer::Stop("refusal", String::new()), 1, "claude-sonnet-5-5 declined to answer")]
#[case::other_stop(|_: usize, seen: &Seen| Answer::Stop("pause_turn", good_reply(seen)), 1, "stopped for a reason that")]
#[case::prose(|_: usize, _: &Seen| Answer::Text("I would rather not.".to_owned()), 2, "cannot be used: it holds no JSON object")]
#[case::other_form(|_: usize, _: &Seen| Answer::Text("{\"a\": 1}".to_owned()), 2, "cannot be used: it is not JSON of the form")]
#[case::too_little(|_: usize, seen: &Seen| Answer::Text(shortened(seen, 5)), 2, "5 of 21 checks have no usable answer")]
#[case::silence(|_: usize, _: &Seen| Answer::Silence, 1, "sent nothing for 1 s")]
#[case::html(|_: usize, _: &Seen| Answer::Refuse(200, vec![], "<html>hello</html>".to_owned()), 2, "broke off: it ended in the middle")]
#[case::proxy(|_: usize, _: &Seen| Answer::Refuse(413, vec![], "<html>too large</html>".to_owned()), 1, "HTTP 413: it gave no reason")]
fn what_is_no_whole_reply(#[case] answer: fn(usize, &Seen) -> Answer, #[case] requests: usize, #[case] expected: &str) {
    let (code, asked, stderr, stored) = one(answer, "0");
    assert_eq!((code, asked, stored), (6, requests, 0), "{stderr}");
    assert!(stderr.contains(expected), "{stderr}");
    assert!(!stderr.contains("rather not"), "a reply's words are not repeated: {stderr}");
}

#[rstest]
#[case::overloaded(|n: usize, seen: &Seen| if n == 0 { refuse(529, &[("retry-after", "0")], "overloaded_error", "Overloaded") } else { good(seen) }, 2)]
#[case::limited(|n: usize, seen: &Seen| if n < 2 { refuse(429, &[("retry-after-ms", "1")], "rate_limit_error", "wait") } else { good(seen) }, 3)]
#[case::cut(|n: usize, seen: &Seen| if n == 0 { Answer::Cut } else { good(seen) }, 2)]
#[case::room(|n: usize, seen: &Seen| if n == 0 { Answer::Stop("max_tokens", "{".to_owned()) } else { good(seen) }, 2)]
#[case::words_around(|_: usize, seen: &Seen| Answer::Text(format!("Sure!\n```json\n{}\n```", good_reply(seen))), 1)]
#[case::mended(|n: usize, seen: &Seen| if n == 0 { Answer::Text("Sure!".to_owned()) } else { good(seen) }, 2)]
#[case::a_few_left_out(|_: usize, seen: &Seen| Answer::Text(shortened(seen, 4)), 1)]
fn what_ends_well(#[case] answer: fn(usize, &Seen) -> Answer, #[case] requests: usize) {
    let (code, asked, stderr, stored) = one(answer, "2");
    assert_eq!((code, asked, stored), (0, requests, 1), "{stderr}");
}

#[test]
fn a_request_to_mend_is_a_new_turn_behind_the_bad_reply() {
    let plan = Plan::new(|n, seen| if n == 0 { Answer::Text("Sure!".to_owned()) } else { good(seen) });
    let (home, server) = (Home::new(), plan.start());
    assert_eq!(analyze(&home, &server, &["-d", "discovery"]).code, 0);
    let turns = server.messages()[1].body["messages"].as_array().unwrap().clone();
    assert_eq!((turns.len(), &turns[1]["content"][0]["text"]), (3, &Value::from("Sure!")));
    assert!(turns[2]["content"][0]["text"].as_str().unwrap().contains("it holds no JSON object"));
}

#[test]
fn what_was_left_out_of_a_reply_is_told() {
    let plan = Plan::new(|_, seen| {
        let mut reply: Value = serde_json::from_str(&good_reply(seen)).unwrap();
        reply["checks"][0]["verdict"] = "certainly".into();
        reply["checks"][1]["evidence"][0]["line"] = 4_000.into();
        reply["checks"][2]["check"] = "charm".into();
        Answer::Text(reply.to_string())
    });
    let (home, server) = (Home::new(), plan.start());
    let run = analyze(&home, &server, &["-d", "discovery", "--json"]);
    let note = run.json()["notes"].to_string();
    for expected in
        ["on Discovery", "1 answer to no check", "1 verdict in other words", "2 checks left out", "1 quote of a line"]
    {
        assert!(note.contains(expected), "{expected}: {note}");
    }
}

#[test]
fn nobody_there_and_no_safe_connection() {
    let home = Home::new();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = Plan::good().start();
    for (url, expected) in [
        (format!("http://{free}"), "cannot reach 127.0.0.1"),
        (server.url.replace("http:", "https:"), "no safe connection to 127.0.0.1"),
    ] {
        let run = Run::of(
            home.command()
                .env("ANTHROPIC_API_KEY", KEY)
                .env("ANTHROPIC_BASE_URL", url)
                .env("CALL_COACH_CLAUDE_RETRIES", "0")
                .args(["analyze", &file(SAMPLE)]),
        );
        assert_eq!(run.code, 6, "{}", run.stderr);
        assert!(run.stderr.contains(expected), "{}", run.stderr);
    }
}

/// The server repeats the key it was given, as a careless gateway would; everything is logged; and the database and
/// all output are searched.
#[test]
fn key_material_appears_nowhere() {
    const WRONG: &str = "sk-ant-wrong-51c7e0a9d3b8f264";
    const GATEWAY: &str = "gateway-secret-90aa17";
    let (home, server) = (Home::new(), Plan::good().start());
    for key in [WRONG, KEY] {
        for arguments in [&["analyze", &file(SAMPLE)][..], &["analyze", &file(SAMPLE), "--json"], &["config", "show"]] {
            let mut command = command(&home, &server);
            command.env("ANTHROPIC_API_KEY", key).env("LOG_LEVEL", "trace").env("RUST_BACKTRACE", "full");
            command.env("ANTHROPIC_CUSTOM_HEADERS", format!("X-Gateway: {GATEWAY}"));
            let run = Run::of(command.args(arguments).arg("-vv"));
            let refused = key == WRONG && arguments[0] == "analyze";
            assert_eq!(run.code, if refused { 4 } else { 0 }, "{}", run.stderr);
            assert!(!refused || run.stderr.contains("invalid x-api-key …"), "{}", run.stderr);
            for secret in [WRONG, KEY, GATEWAY] {
                // `config show` shows how a long one ends.
                let start = &secret[..secret.len() - 4];
                assert!(!run.stdout.contains(start) && !run.stderr.contains(start), "{} {}", run.stdout, run.stderr);
            }
        }
    }
    let mut searched = 0;
    let mut folders = vec![home.folder.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs_err::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs_err::read(&path).unwrap();
            searched += bytes.len();
            for secret in [WRONG, KEY, GATEWAY] {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found, "{}", path.display());
            }
        }
    }
    assert!(searched > 10_000, "the database was searched");
}
