//! What a person and a script are told when Gong does not do what it was asked: one line, what to type, an exit code.

use rstest::rstest;

use super::fake::{CALLS, Fake, Mishap, WORDS, words};
use super::program::{home, stored_calls};

#[rstest]
#[case::key(Mishap::Refuse(401, "Access key is wrong"), 4, "refused the credentials")]
#[case::scope(Mishap::Refuse(403, "Access denied"), 4, "lacks the permission api:calls:read:extensive")]
#[case::named_scope(
    Mishap::Refuse(401, "You don't have permission to use 'api:calls:read:basic' in your app."),
    4,
    "lacks the permission api:calls:read:basic"
)]
#[case::limit(Mishap::Limit(1), 6, "allows no more requests now")]
#[case::day_limit(Mishap::Limit(7200), 6, "for the next 7200 seconds")]
#[case::server(Mishap::Refuse(500, "oops"), 6, "Gong failed (500)")]
#[case::page(Mishap::Html, 6, " answered with something that is not Gong's API (a web page)")]
#[case::truncated(Mishap::Truncate, 6, "broke off")]
#[case::broken(Mishap::Break, 6, "broke off")]
#[case::elsewhere(
    Mishap::Redirect("https://us-79647.api.gong.io/v2/calls"),
    2,
    "GONG_API_BASE_URL=https://us-79647.api.gong.io"
)]
#[case::wrong_address(Mishap::Refuse(404, "Not Found"), 2, "there is no Gong API at http://127.0.0.1")]
#[case::not_accepted(Mishap::Refuse(400, "filter: must not be \u{1b}[31mso"), 6, "did not accept the request (400)")]
fn each_failure_is_one_clear_line(#[case] mishap: Mishap, #[case] code: i32, #[case] said: &str) {
    let fake = Fake::start();
    let ids = fake.add_calls(101, "2026-11-20T09:00:00Z", 2, 5_000);
    // The second page fails: the first is stored, and nothing is lost.
    fake.at(CALLS, 1, mishap);
    let home = home(&fake);
    let run = home.run(&["sync"]);
    assert_eq!((run.code, run.stdout.as_str()), (code, ""), "{}", run.stderr);
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert_eq!(run.stderr.matches("error:").count(), 1, "{}", run.stderr);
    assert!(run.stderr.lines().count() <= 2 && !run.stderr.contains('\u{1b}'), "{}", run.stderr);
    assert!(!run.stderr.contains("a-secret") && !run.stderr.contains("the-access-key"), "{}", run.stderr);
    let run = home.run(&["sync", "--json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(stored_calls(&home), ids.len() as i64);
    assert_eq!(run.json()["pending"], 0);
    fake.asked();
}

#[test]
fn a_reply_without_end_and_a_host_without_answer() {
    let fake = Fake::start();
    let home = home(&fake);
    let refused = home.command().env("GONG_API_BASE_URL", "http://127.0.0.1:9").args(["sync"]).output().unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(6), "{said}");
    assert!(said.contains("cannot reach 127.0.0.1"), "{said}");
    let wrong = home.command().env("GONG_API_BASE_URL", "http://api.gong.io").args(["sync"]).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn words_that_a_key_may_not_read_leave_the_calls_stored() {
    let fake = Fake::start();
    fake.add_calls(5, "2026-11-20T09:00:00Z", 2, 5_000);
    fake.at(WORDS, 0, Mishap::Refuse(403, "no"));
    let home = home(&fake);
    let run = home.run(&["sync", "--json"]);
    assert_eq!(run.code, 4);
    let error: serde_json::Value = serde_json::from_str(&run.stderr).unwrap();
    assert_eq!(error["error"]["kind"], "credentials");
    assert!(error["error"]["message"].as_str().unwrap().contains("api:calls:read:transcript"));
    assert_eq!(stored_calls(&home), 5);
    assert_eq!(home.run(&["sync", "--json"]).json()["transcripts"], 5);
}

#[test]
fn one_call_that_cannot_be_read_does_not_stop_the_others() {
    let fake = Fake::start();
    fake.add_calls(3, "2026-11-20T09:00:00Z", 2, 5_000);
    fake.change("5001", |call| call["parties"] = "nobody".into());
    fake.set_words("5002", Some(words("5002", 2)));
    let home = home(&fake);
    let run = home.run(&["sync", "--json"]);
    assert_eq!((run.code, run.json()["failed"].clone(), run.json()["transcripts"].clone()), (3, 1.into(), 2.into()));
}

#[test]
fn without_a_key_the_message_names_the_variables() {
    let fake = Fake::start();
    let home = home(&fake);
    for (gone, said) in
        [(&["GONG_API_KEY", "GONG_API_SECRET"][..], "no key"), (&["GONG_API_SECRET"], "GONG_API_SECRET is not set")]
    {
        let mut command = home.command();
        for name in gone {
            command.env_remove(name);
        }
        let output = command.args(["sync"]).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr.contains(said) && stderr.contains("GONG_API_KEY and GONG_API_SECRET"), "{stderr}");
    }
}
