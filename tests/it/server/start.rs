//! What is checked before a server is ready, and what it says about it.

use std::process::Stdio;

use serde_json::json;

use super::support::{Server, coached};
use crate::support::anthropic::{Answer, KEY, Plan};
use crate::support::binary::{Home, Run};

fn run(home: &Home, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
    let mut command = home.command();
    command.envs(variables.iter().copied()).args(arguments);
    Run::of(&mut command)
}

#[test]
fn every_check_is_told_and_the_last_line_says_ready() {
    let (home, claude) = (coached(), Plan::good().start());
    let start = |skipped: &str, flags: &[&str]| {
        let mut command = home.process();
        command.env("ANTHROPIC_API_KEY", KEY).env("ANTHROPIC_BASE_URL", &claude.url);
        Server::start(command.env("SKIP_VALIDATION", skipped), flags)
    };
    let server = start("false", &[]);
    let said: Vec<_> = server.said.lines().collect();
    let begins = [
        "✓ Configuration: ",
        "✓ Database: SQLite",
        "✓ Gong: not set",
        "✓ Analyst: claude-",
        "Listening at http://127.0.0.1:",
        "MCP server ready - 3 tools registered",
    ];
    assert_eq!(said.len(), begins.len(), "{said:?}");
    for (line, begin) in said.iter().zip(begins) {
        assert!(line.starts_with(begin), "{begin}: {said:?}");
    }
    assert!(said[3].ends_with("key accepted"), "{said:?}");
    let asked = claude.paths().len();
    assert_eq!(asked, 1, "the cheapest there is: {:?}", claude.paths());
    let dev = start("false", &["--dev"]);
    assert!(dev.said.contains("key not tried"), "{}", dev.said);
    let quiet = start("true", &[]);
    assert!(!quiet.said.contains('✓') && quiet.said.contains("MCP server ready"), "{}", quiet.said);
    assert_eq!(claude.paths().len(), asked, "neither asks anybody");
}

#[test]
fn what_fails_is_told_and_is_the_exit_code() {
    let home = coached();
    let refusing = Plan::new(|_, seen| Answer::Text(seen.first_check().to_owned())).start();
    let claude =
        [("ANTHROPIC_API_KEY", "sk-ant-api03-wrong-key-000000000000"), ("ANTHROPIC_BASE_URL", refusing.url.as_str())];
    let gong = [
        ("GONG_API_KEY", "a-key"),
        ("GONG_API_SECRET", "a-secret"),
        ("GONG_API_BASE_URL", "http://127.0.0.1:9"),
        ("CALL_COACH_GONG_RETRIES", "0"),
    ];
    let file = home.write("a file", "").join("x.db");
    let rubrics = home.folder.path().join("rubrics");
    std::fs::create_dir(&rubrics).unwrap();
    home.write("rubrics/discovery.toml", "id = ");
    let key = [("ANTHROPIC_API_KEY", KEY), claude[1]];
    let foreign = [("ANTHROPIC_API_KEY", "no-key-of-anthropic-000000000")];
    let unpriced = ["mcp", "--dev", "--model", "mine-7b", "--max-cost-per-day", "5"];
    for (variables, arguments, code, line) in [
        (&foreign[..], &["mcp", "--dev"][..], 4, "✗ Analyst: the key for Claude does not begin with sk-ant-"),
        (&[("CALL_COACH_ROLE", "boss")][..], &["mcp", "--dev"][..], 2, "✗ Configuration: there is no role `boss`"),
        (&key[..], &unpriced[..], 2, "✗ Analyst: the price of mine-7b is not known"),
        (&claude[..], &["mcp"][..], 4, "✗ Analyst: "),
        (&gong[..], &["mcp"][..], 6, "✗ Gong: "),
        (&[][..], &["mcp", "--database-url", file.to_str().unwrap()][..], 7, "✗ Database: "),
        (&[("CALL_COACH_RUBRICS", rubrics.to_str().unwrap())][..], &["mcp"][..], 2, "✗ Configuration: "),
    ] {
        let run = run(&home, variables, arguments);
        assert!(run.stderr.contains(line), "{line}: {}", run.stderr);
        assert_eq!((run.code, run.stdout.as_str()), (code, ""), "{line}: {}", run.stderr);
        let beside_the_point = ["ready", "wrong-key", "the next sync"];
        assert!(!beside_the_point.iter().any(|words| run.stderr.contains(words)), "{}", run.stderr);
    }
}

#[test]
fn who_only_reads_needs_no_service() {
    let home = coached();
    let variables = [
        ("GONG_API_KEY", "a-key"),
        ("GONG_API_SECRET", "a-secret"),
        ("GONG_API_BASE_URL", "http://127.0.0.1:9"),
        ("ANTHROPIC_API_KEY", "no-key-of-anthropic-000000000"),
    ];
    let run = run(&home, &variables, &["mcp", "--read-only"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert!(run.stderr.contains("✓ Gong: not needed") && run.stderr.contains("2 tools registered"), "{}", run.stderr);
}

#[test]
fn other_machines_need_a_token() {
    let home = coached();
    for token in ["", "   "] {
        let open = run(&home, &[("CALL_COACH_SERVER_TOKEN", token)], &["serve", "--dev", "--listen", "0.0.0.0:0"]);
        assert!(open.code == 2 && open.stderr.contains("CALL_COACH_SERVER_TOKEN"), "{}", open.stderr);
    }
    let server = Server::start(home.process().env("CALL_COACH_SERVER_TOKEN", "a-long-token"), &["--dev"]);
    let body = json!({}).to_string();
    let ask = |headers: &[(&str, &str)]| server.send("POST", "/tools/search_calls", headers, body.as_bytes());
    for headers in
        [&[][..], &[("Authorization", "Bearer a-long-toke")][..], &[("Authorization", "Basic a-long-token")][..]]
    {
        let refused = ask(headers);
        assert_eq!((refused.status, refused.header("www-authenticate")), (401, Some("bearer")), "{headers:?}");
        assert!(refused.json()["error"]["hint"].as_str().unwrap().contains("Bearer"), "{}", refused.body);
    }
    assert_eq!(ask(&[("Authorization", "Bearer a-long-token")]).status, 200);
    assert_eq!(server.get("/health").status, 200, "whoever watches needs none");
}

#[test]
fn a_port_that_is_taken_is_named() {
    let home = coached();
    let first = Server::start(&mut home.process(), &["--dev"]);
    let mut second = home.process();
    let output = second.args(["serve", "--dev", "--listen", &first.address]).stderr(Stdio::piped()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && said.contains(&first.address) && said.contains("--listen"), "{said}");
}
