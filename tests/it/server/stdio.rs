//! One assistant on standard input and output.

use std::io::Read as _;
use std::net::TcpListener;
use std::time::Duration;

use serde_json::json;

use super::support::{Client, about_the_client, coached};
use crate::support::anthropic::{KEY, Plan};

#[test]
fn nothing_but_messages_is_printed_at_any_log_level() {
    let home = coached();
    for level in ["trace", "error"] {
        let mut client = Client::greeted(home.process().env("LOG_LEVEL", level), &["--analyst", "local"]);
        client.call(1, "analyze_call", &json!({ "call_id": "c1", "force_reanalysis": true }));
        let (answer, _) = client.answer(1);
        assert_eq!(answer["result"]["isError"], false, "{answer}");
        // Each line is a message, or `next` fails; so is what comes behind the last one.
        let (code, printed, said) = client.end();
        assert_eq!((code, printed.as_str()), (Some(0), ""), "{said}");
        assert!(said.contains("MCP server ready - 3 tools registered"), "{said}");
        assert!(!said.contains("Monday morning chaos"), "the log holds words of the call");
    }
}

#[test]
fn progress_is_told_dimension_by_dimension_before_the_answer() {
    let home = coached();
    let mut client = Client::greeted(&mut home.process(), &["--analyst", "local"]);
    client.call(5, "analyze_call", &json!({ "call_id": "c1", "force_reanalysis": true }));
    let (answer, before) = client.answer(5);
    assert_eq!(answer["result"]["isError"], false, "{answer}");
    let steps: Vec<_> = before
        .iter()
        .map(|told| {
            assert_eq!(
                (&told["method"], &told["params"]["progressToken"]),
                (&json!("notifications/progress"), &json!(5))
            );
            (told["params"]["progress"].as_f64().unwrap(), told["params"]["total"].as_f64().unwrap())
        })
        .collect();
    assert_eq!(steps, [(1.0, 4.0), (2.0, 4.0), (3.0, 4.0), (4.0, 4.0)]);
}

#[test]
fn wrong_requests_are_answered_and_the_session_goes_on() {
    let home = coached();
    let mut client = Client::greeted(&mut home.process(), &["--analyst", "local"]);
    for (id, tool, arguments, expected) in [
        (1, "search_calls", json!({ "limit": "many" }), "limit: invalid type"),
        (2, "search_calls", json!({ "rep": "mara" }), "unknown field `rep`"),
        (3, "search_calls", json!({ "rep_email": "nobody@nowhere.example" }), "nobody@nowhere.example"),
        (4, "analyze_call", json!({}), "missing field `call_id`"),
        (5, "analyze_call", json!({ "call_id": "c99" }), "c99"),
        (6, "analyze_call", json!({ "call_id": "c1", "dimensions": ["charm"] }), "charm"),
        (7, "get_rep_insights", json!({ "rep_email": "mara", "time_period": "soon" }), "soon"),
    ] {
        client.call(id, tool, &arguments);
        let (answer, _) = client.answer(id);
        let text = answer["result"]["content"][0]["text"].as_str().unwrap_or_default();
        assert!(answer["result"]["isError"] == true && text.contains(expected), "{tool} {arguments}: {answer}");
    }
    client.call(8, "delete_calls", &json!({}));
    let (answer, _) = client.answer(8);
    assert!(answer["error"]["message"].as_str().unwrap().contains("analyze_call, get_rep_insights"), "{answer}");
    let too_long = " ".repeat(2 * 1024 * 1024);
    for (line, code) in [("{ this is no message", -32700), ("[]", -32600), (&*too_long, -32600)] {
        client.send_line(line);
        let answer = client.next();
        assert_eq!((&answer["error"]["code"], answer.get("id")), (&json!(code), None), "{answer}");
    }
    for arguments in [json!([1]), json!("{}")] {
        client.call(7, "search_calls", &arguments);
        let error = client.answer(7).0["error"].clone();
        assert!(error["code"] == -32602 && error.to_string().contains("arguments must be an object"), "{error}");
    }
    client.call(9, "search_calls", &json!({}));
    assert_eq!(client.answer(9).0["result"]["structuredContent"]["total"], 1);
    let (code, printed, said) = client.end();
    assert_eq!((code, printed.as_str()), (Some(0), ""), "{said}");
    assert!(said.contains("is no message") && !said.contains("{ this"), "{said}");
}

#[test]
fn the_stateless_revision_needs_no_handshake() {
    let home = coached();
    let mut client = Client::start(&mut home.process(), &[]);
    let params = json!({ "name": "search_calls", "arguments": {}, "_meta": about_the_client() });
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
    // As some shells of Windows begin.
    client.send_line(&format!("\u{feff}{message}"));
    assert_eq!(client.answer(1).0["result"]["structuredContent"]["total"], 1);
}

#[test]
fn a_cancelled_request_asks_claude_no_further() {
    let home = coached();
    let claude = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", claude.local_addr().unwrap());
    let mut command = home.process();
    command.env("ANTHROPIC_API_KEY", KEY).env("ANTHROPIC_BASE_URL", url);
    let mut client = Client::greeted(&mut command, &[]);
    client.call(1, "analyze_call", &json!({ "call_id": "c1" }));
    let (mut asked, _) = claude.accept().unwrap();
    asked.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut some = [0; 16];
    asked.read_exact(&mut some).unwrap();
    client.send(&json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": 1 } }));
    let mut rest = Vec::new();
    let end = asked.read_to_end(&mut rest);
    assert!(end.is_ok() || end.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset), "still asking");
    client.call(2, "search_calls", &json!({}));
    assert_eq!(client.answer(2).0["result"]["structuredContent"]["total"], 1);
    assert_eq!(client.end().0, Some(0));
}

#[test]
fn a_reader_gets_no_tool_that_costs_money() {
    let (home, claude) = (coached(), Plan::good().start());
    let mut command = home.process();
    command.env("ANTHROPIC_API_KEY", KEY).env("ANTHROPIC_BASE_URL", &claude.url);
    let mut client = Client::greeted(&mut command, &["--read-only"]);
    client.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }));
    let (listed, _) = client.answer(1);
    let names: Vec<_> =
        listed["result"]["tools"].as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["get_rep_insights", "search_calls"]);
    client.call(2, "analyze_call", &json!({ "call_id": "c1" }));
    assert!(client.answer(2).0["error"].is_object());
    assert!(client.end().2.contains("2 tools registered"));
    assert_eq!(claude.paths(), Vec::<String>::new());
}

#[test]
fn a_server_spends_no_more_than_it_may() {
    let (home, claude) = (coached(), Plan::good().start());
    let ask = |flags: &[&str], forced: bool| {
        let mut command = home.process();
        command.env("ANTHROPIC_API_KEY", KEY).env("ANTHROPIC_BASE_URL", &claude.url);
        let mut client = Client::greeted(&mut command, flags);
        client.call(1, "analyze_call", &json!({ "call_id": "c1", "force_reanalysis": forced }));
        client.answer(1).0["result"].clone()
    };
    for flags in [["--max-cost", "0.01"], ["--max-cost-per-day", "0.01"]] {
        let refused = ask(&flags, false);
        assert!(refused["isError"] == true && refused.to_string().contains("cost"), "{refused}");
    }
    assert_eq!(claude.messages().len(), 0);
    let scored = ask(&["--max-cost-per-day", "2"], false);
    assert_eq!((&scored["isError"], claude.messages().len()), (&json!(false), 4), "{scored}");
    let spent = scored["structuredContent"]["usage"]["cost_usd"].as_f64().unwrap();
    // What was spent before counts for the day, also after a new start.
    let refused = ask(&["--max-cost-per-day", &format!("{}", spent + 0.01)], true);
    assert!(refused["isError"] == true && claude.messages().len() == 4, "{refused}");
}

#[test]
fn the_snippet_for_a_client_starts_this_program() {
    let home = coached();
    let config = home.run(&["mcp", "--print-config"]).json();
    let entry = &config["mcpServers"]["call-coach"];
    assert_eq!(entry["command"], env!("CARGO_BIN_EXE_call-coach"));
    let mut command = home.process();
    let arguments: Vec<_> = entry["args"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert_eq!(arguments, ["mcp"]);
    let mut client = Client::greeted(&mut command, &[]);
    client.call(1, "search_calls", &json!({}));
    assert_eq!(client.answer(1).0["result"]["structuredContent"]["total"], 1);

    // What was typed holds for the client too, wherever it stands.
    home.write("my settings.toml", "role = \"se\"");
    let flags = "--print-config --read-only --max-cost 0.5 --max-cost-per-day 2 --analyst local --facts facts --config";
    let run = home.run(&[&["mcp"], &*flags.split(' ').collect::<Vec<_>>(), &["my settings.toml"]].concat());
    let arguments = run.json()["mcpServers"]["call-coach"]["args"].clone();
    let at = |name: &str| home.folder.path().canonicalize().unwrap().join(name).to_string_lossy().into_owned();
    let (facts, settings) = (at("facts"), at("my settings.toml"));
    let expected = ["mcp", "--read-only", "--max-cost-per-day", "2", "--analyst", "local", "--facts", &facts];
    assert_eq!(arguments, json!([&expected[..], &["--max-cost", "0.5", "--config", &settings]].concat()));
    assert!(run.stderr.contains(&format!("--config '{settings}'")), "{}", run.stderr);
}
