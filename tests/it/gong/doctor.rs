//! `doctor --live` against a Gong and a Claude on loopback.

use serde_json::Value;

use super::fake::{Fake, Mishap, USERS, WORDS};
use super::program::{GongHome, home};
use crate::support::anthropic::{self, Plan};
use crate::support::binary::Run;

fn examine(home: &GongHome, variables: &[(&str, &str)], flags: &[&str]) -> Value {
    let mut command = home.command();
    // The services tell the real time.
    command.env_remove("CALL_COACH_NOW").env("ANTHROPIC_API_KEY", anthropic::KEY);
    let run = Run::of(command.envs(variables.iter().copied()).args(["doctor", "--json"]).args(flags));
    for secret in [super::fake::SECRET, anthropic::KEY, anthropic::TOKEN] {
        assert!(!run.stdout.contains(secret) && !run.stderr.contains(secret), "{}{}", run.stdout, run.stderr);
    }
    let report = run.json();
    assert_eq!(run.code == 0, report["ok"] == true);
    report
}

fn check<'a>(report: &'a Value, id: &str) -> &'a Value {
    report["checks"].as_array().unwrap().iter().find(|check| check["id"] == id).unwrap()
}

fn failed(report: &Value) -> Vec<&str> {
    let checks = report["checks"].as_array().unwrap().iter();
    checks.filter(|check| check["status"] == "fail").map(|check| check["id"].as_str().unwrap()).collect()
}

#[test]
fn the_services_are_asked_only_with_live_and_for_little() {
    let (gong, claude) = (Fake::start(), Plan::good().start());
    let home = home(&gong);
    let own = [("ANTHROPIC_BASE_URL", claude.url.as_str())];
    let report = examine(&home, &own, &[]);
    assert_eq!(gong.asked(), [0, 0, 0]);
    for id in ["gong_access", "gong_permissions", "claude_access", "clock"] {
        let check = check(&report, id);
        assert!(check["status"] == "skip" && check["what"].as_str().unwrap().contains("--live"), "{check:#}");
    }
    let report = examine(&home, &own, &["--live"]);
    assert_eq!((failed(&report), gong.asked()), (vec![], [1, 1, 1]), "{report:#}");
    for id in ["gong_access", "gong_permissions", "claude_access", "clock"] {
        assert_eq!(check(&report, id)["status"], "ok", "{:#}", check(&report, id));
    }
    assert!(claude.messages().is_empty(), "nothing that costs was asked");
    assert!(!home.database().exists(), "nothing was counted in a database that is not there");
}

#[test]
fn what_a_service_refuses_is_told_once() {
    let (gong, claude) = (Fake::start(), Plan::good().start());
    let home = home(&gong);
    let own = ("ANTHROPIC_BASE_URL", claude.url.as_str());
    let report = examine(&home, &[own, ("GONG_API_SECRET", "another")], &["--live"]);
    assert_eq!(failed(&report), ["gong_access"], "{report:#}");
    assert_eq!(check(&report, "gong_permissions")["because"], "gong_access");
    let report = examine(&home, &[own, ("ANTHROPIC_API_KEY", "sk-ant-another")], &["--live"]);
    assert_eq!(failed(&report), ["claude_access"], "{report:#}");
    let lacks = |scope| Mishap::Refuse(401, scope);
    gong.at(WORDS, 0, lacks("You don't have permission to use 'api:calls:read:transcript' in your app."));
    gong.at(USERS, 0, lacks("You don't have permission to use 'api:users:read' in your app."));
    let report = examine(&home, &[own], &["--live"]);
    assert_eq!(failed(&report), ["gong_permissions"], "{report:#}");
    let found = check(&report, "gong_permissions")["what"].as_str().unwrap().to_owned();
    assert!(found.contains("api:calls:read:transcript") && found.contains("api:users:read"), "{found}");
}

#[test]
fn a_clock_that_is_wrong_is_noticed() {
    let claude = Plan::good().start();
    let gong = Fake::start();
    let variables = [("ANTHROPIC_BASE_URL", claude.url.as_str()), ("CALL_COACH_NOW", "2020-02-29T12:00:00Z")];
    let report = examine(&home(&gong), &variables, &["--live"]);
    let clock = check(&report, "clock");
    assert!(clock["status"] == "warn" && clock["what"].as_str().unwrap().contains("behind"), "{clock:#}");
}

#[test]
fn an_address_at_which_nobody_is_is_named_with_the_setting() {
    let gong = Fake::start();
    let nobody = "http://127.0.0.1:9";
    let report = examine(&home(&gong), &[("ANTHROPIC_BASE_URL", nobody), ("GONG_API_BASE_URL", nobody)], &["--live"]);
    assert_eq!(failed(&report), ["gong_access", "claude_access"], "{report:#}");
    for (id, variable) in [("gong_access", "GONG_API_BASE_URL"), ("claude_access", "ANTHROPIC_BASE_URL")] {
        let check = check(&report, id);
        assert!(check["what"].as_str().unwrap().contains("127.0.0.1:9"), "{check:#}");
        assert!(
            check["fix"].as_str().unwrap().ends_with(&format!("or change {variable} in the environment")),
            "{check:#}"
        );
    }
}
