//! The real program against a Gong on loopback.

use serde_json::Value;
use sqlx::Row as _;

use super::fake::{Fake, KEY, Mishap, SECRET, WORDS, call, words};
use crate::support::binary::{Home, Run, file};
use crate::support::dump::connect_sqlite;

/// A home whose settings name the fake.
pub(crate) struct GongHome {
    pub(crate) home: Home,
    address: String,
}

pub(crate) fn home(fake: &Fake) -> GongHome {
    GongHome { home: Home::new(), address: fake.address.clone() }
}

impl GongHome {
    pub(crate) fn process(&self) -> std::process::Command {
        let mut command = self.home.process();
        command
            .env("GONG_API_KEY", KEY)
            .env("GONG_API_SECRET", SECRET)
            .env("GONG_API_BASE_URL", format!("{}/v2", self.address))
            .env("CALL_COACH_GONG_REQUESTS_PER_SECOND", "1000")
            .env("CALL_COACH_GONG_RETRIES", "0")
            .env("CALL_COACH_DATABASE_URL", self.database());
        command
    }

    pub(crate) fn command(&self) -> assert_cmd::Command {
        assert_cmd::Command::from_std(self.process())
    }

    pub(crate) fn database(&self) -> std::path::PathBuf {
        self.home.folder.path().join("calls.db")
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command().args(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// How many calls are stored.
pub(crate) fn stored_calls(home: &GongHome) -> i64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut db = connect_sqlite(&home.database()).await;
        sqlx::Executor::fetch_one(&mut db, "SELECT count(*) FROM calls").await.unwrap().get(0)
    })
}

#[test]
fn a_link_becomes_a_scorecard_in_two_requests() {
    let fake = Fake::start();
    let id = "7782342274025937895";
    let sample: Value =
        serde_json::from_str(&std::fs::read_to_string(file("samples/01-discovery.json")).unwrap()).unwrap();
    let mut listed = call(id, "2026-11-20T09:00:00Z".parse().unwrap());
    listed["parties"] = sample["calls"][0]["parties"].clone();
    let ours = listed["parties"].as_array_mut().unwrap().iter_mut().find(|party| party["affiliation"] == "Internal");
    ours.unwrap()["userId"] = "90895".into();
    listed["metaData"]["primaryUserId"] = "90895".into();
    let mut said = sample["callTranscripts"][0].clone();
    said["callId"] = id.into();
    fake.add(listed, Some(said));
    let home = home(&fake);
    let link = format!("https://us-1234.app.gong.io/call?id={id}");
    let run = home.run(&["analyze", &link, "--json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(fake.asked(), [1, 1, 0]);
    let report = run.json();
    assert_eq!(report["call"]["id"], id);
    assert!(report["overall"]["score"].is_number());
    // What Gong says stands beside what we say, under its name.
    assert_eq!(report["gong"]["brief"], "They talked about the price.");
    let page = home.run(&["analyze", "c1"]).stdout;
    let from_gong = page.split_once("FROM GONG").expect(&page).1;
    for said in [
        "Summary   They talked",
        "Topics    Pricing",
        "Trackers  Budget 2×",
        "Link      https://us-1.app.gong.io/call?id=",
    ] {
        assert!(from_gong.contains(said), "{said}: {page}");
    }
    assert!(page.contains("Talk share as Gong measures it"), "{page}");
    // Known by now: nobody is asked, whatever the link looks like.
    for name in [id, &link, "c1"] {
        assert_eq!(home.run(&["analyze", name, "--json"]).json()["overall"], report["overall"]);
    }
    assert_eq!(fake.asked(), [0, 0, 0]);
    let shown = home.run(&["show", &link]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
}

#[test]
fn changed_words_are_scored_anew_and_the_report_says_so() {
    let home = Home::new();
    let text = std::fs::read_to_string(file("samples/01-discovery.json")).unwrap();
    let path = home.write("call.json", &text);
    let path = path.to_str().unwrap();
    let notes = || home.run(&["analyze", path, "--json"]).json()["notes"].to_string();
    let changed = "The words of this call have changed";
    assert!(!notes().contains(changed));
    home.write("call.json", &text.replacen("\"text\": \"", "\"text\": \"Well then. ", 1));
    let said = notes();
    assert!(said.contains(changed), "{said}");
    assert!(!notes().contains(changed), "said once");
}

#[test]
fn a_call_that_is_not_there_or_not_ready_is_5() {
    let fake = Fake::start();
    fake.add(call("1001", "2026-11-20T09:00:00Z".parse().unwrap()), None);
    fake.add(call("1002", "2026-11-20T09:00:00Z".parse().unwrap()), Some(words("1002", 1)));
    fake.change("1002", |call| call["metaData"]["isPrivate"] = true.into());
    let home = home(&fake);
    for (id, said) in [("1001", "is not ready"), ("1002", "is private in Gong"), ("1003", "Gong has no call 1003")] {
        let run = home.run(&["analyze", id]);
        assert_eq!(run.code, 5, "{}", run.stderr);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    fake.set_words("1001", Some(words("1001", 1)));
    assert_eq!(home.run(&["analyze", "1001"]).code, 0, "ready now");
    let no_key =
        home.command().env_remove("GONG_API_KEY").env_remove("GONG_API_SECRET").args(["analyze", "77"]).output();
    let no_key = no_key.unwrap();
    assert_eq!(no_key.status.code(), Some(5));
    assert!(String::from_utf8(no_key.stderr).unwrap().contains("GONG_API_KEY"));
}

#[test]
fn a_dry_run_says_what_a_run_would_cost_and_stores_nothing() {
    let fake = Fake::start();
    fake.add_calls(250, "2026-11-01T09:00:00Z", 20, 5_000);
    let home = home(&fake);
    let plan = home.run(&["sync", "--since", "30d", "--dry-run", "--json"]).json();
    assert_eq!(fake.asked(), [1, 0, 0]);
    assert_eq!((plan["calls"].clone(), plan["from"].clone()), (250.into(), "2026-10-25T00:00:00Z".into()));
    let planned = ["page_requests", "transcript_requests", "user_requests"].map(|name| plan[name].as_u64().unwrap());
    assert_eq!(planned, [3, 3, 1]);
    assert_eq!(stored_calls(&home), 0);
    let table = home.run(&["sync", "--since", "30d", "--dry-run"]).stdout;
    assert!(table.contains("at most 7 of 9998 left today"), "{table}");
    let done = home.run(&["sync", "--since", "30d", "--json"]).json();
    assert_eq!((done["requests"].clone(), done["requests_left"].clone()), (7.into(), (10_000 - 2 - 7).into()));
}

#[test]
fn quiet_says_nothing_and_the_summary_says_all() {
    let fake = Fake::start();
    fake.add_calls(3, "2026-11-20T09:00:00Z", 2, 5_000);
    fake.set_words("5001", None);
    fake.change("5002", |call| call["metaData"]["isPrivate"] = true.into());
    let home = home(&fake);
    let quiet = home.run(&["sync", "--quiet"]);
    assert_eq!((quiet.code, quiet.stdout.as_str(), quiet.stderr.as_str()), (0, "", ""));
    insta::assert_snapshot!(home.run(&["sync"]).stdout, @r"
    Calls that began      16 Nov 2026, 09:00 to 23 Nov 2026, 09:00
    New                   0
    Updated               0
    Words stored          0
    Words not there yet   1
    Private, left out     1
    Requests              3, 9994 left today
    ");
}

#[test]
fn an_id_of_twenty_digits_goes_all_the_way() {
    let fake = Fake::start();
    let id = "18446744073709551615";
    fake.add(call(id, "2026-11-20T09:00:00Z".parse().unwrap()), Some(words(id, 1)));
    fake.change(id, |call| call["metaData"]["workspaceId"] = serde_json::from_str("9223372036854775807").unwrap());
    let home = home(&fake);
    assert_eq!(home.run(&["sync", "--json"]).json()["new"], 1);
    let run = home.run(&["show", id, "--json"]);
    assert!(run.stdout.contains(&format!("\"id\": \"{id}\"")), "{}{}", run.stdout, run.stderr);
    fake.at(WORDS, 0, Mishap::Html);
    assert_eq!(home.run(&["analyze", id, "--json"]).json()["call"]["id"], id);
}

#[test]
fn mistakes_in_flags_are_2() {
    let fake = Fake::start();
    let home = home(&fake);
    for flags in [
        &["--since", "soon"][..],
        &["--from", "yesterdayish"],
        &["--from", "2026-11-20", "--to", "2026-11-01"],
        &["--since", "7d", "--from", "2026-11-01"],
    ] {
        let run = home.run(&[&["sync"], flags].concat());
        assert_eq!(run.code, 2, "{flags:?} {}", run.stderr);
    }
    assert_eq!(fake.asked(), [0, 0, 0]);
}

/// Prints the peak of resident memory at the last batch. An hour of talk a call: 600 sentences.
#[test]
#[ignore = "takes minutes without optimisation"]
#[cfg(target_os = "linux")]
#[allow(clippy::print_stderr)]
fn memory_with_few_and_many_calls() {
    for count in [300_usize, 1_500] {
        let fake = Fake::start();
        for id in fake.add_calls(count, "2026-10-20T09:00:00Z", 30, 7_782_342_274_025_000_000) {
            let sentence = |n: usize| {
                serde_json::json!({"start": n * 6_000, "end": n * 6_000 + 5_000,
                "text": format!("This is sentence {n}, and what matters to all of us is the price of it in the end.")})
            };
            let turns: Vec<Value> = (0..100)
                .map(|turn| {
                    let sentences: Vec<_> = (turn * 6..turn * 6 + 6).map(sentence).collect();
                    serde_json::json!({"speakerId": format!("{id}{}", 1 + turn % 2), "sentences": sentences})
                })
                .collect();
            fake.set_words(&id, Some(serde_json::json!({"callId": id, "transcript": turns})));
        }
        fake.at(WORDS, count / 100 - 1, Mishap::Wait);
        let home = home(&fake);
        let mut child = home.process().args(["sync", "--quiet"]).spawn().unwrap();
        fake.reached();
        fake.go();
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
        eprintln!("{count} calls: {peak}");
        assert!(child.wait().unwrap().success());
    }
}
