//! The command line, `/tools` and both eras of the protocol say the same.

use serde_json::{Value, json};

use super::support::{Client, HANDSHAKE, Server, coached};
use crate::support::binary::{Home, file};

fn cli(home: &Home, arguments: &[&str]) -> Value {
    let run = home.run(&[arguments, &["--json"]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.json()
}

#[test]
fn every_face_answers_alike_field_by_field() {
    let home = coached();
    let server = Server::start(&mut home.process(), &["--dev", "--analyst", "local"]);
    let mut client = Client::greeted(&mut home.process(), &["--analyst", "local"]);
    let questions: [(&str, Value, &[&str]); 6] = [
        ("search_calls", json!({}), &["search"]),
        (
            "search_calls",
            json!({"rep_email": "mara", "min_score": 1, "text": "monday", "date_range": {"start": "2026-10-01"}}),
            &["search", "--rep", "mara", "--min-score", "1", "--text", "monday", "--from", "2026-10-01"],
        ),
        ("search_calls", json!({"has_objection_type": "pricing"}), &["search", "--objection", "pricing"]),
        (
            "get_rep_insights",
            json!({"rep_email": "mara", "time_period": "last_quarter"}),
            &["insights", "mara", "--period", "last_quarter"],
        ),
        ("analyze_call", json!({"call_id": "c1"}), &["analyze", "c1", "--analyst", "local"]),
        (
            "analyze_call",
            json!({"call_id": "c1", "dimensions": ["discovery"], "role": "se", "include_transcript_snippets": false}),
            &["analyze", "c1", "--analyst", "local", "-d", "discovery", "--role", "se", "--no-snippets"],
        ),
    ];
    for (id, (tool, arguments, typed)) in (1..).zip(questions) {
        let expected = cli(&home, typed);
        let plain = server.tool(tool, &arguments);
        assert_eq!((plain.status, plain.json()), (200, expected.clone()), "{tool} {arguments}");
        let stateless = server.mcp("tools/call", json!({ "name": tool, "arguments": arguments }));
        assert_eq!(stateless["result"]["structuredContent"], expected, "{tool} {arguments}: {stateless}");
        client.call(id, tool, &arguments);
        let (answer, _) = client.answer(id);
        assert_eq!(answer["result"]["structuredContent"], expected, "{tool} {arguments}: {answer}");
        let text = answer["result"]["content"][0]["text"].as_str().unwrap();
        assert!(!text.is_empty() && !text.starts_with('{'), "for reading: {text}");
    }
}

#[test]
fn where_no_call_fits_every_face_counts_what_there_is() {
    let home = coached();
    let server = Server::start(&mut home.process(), &["--dev"]);
    let typed = home.run(&["search", "--text", "zzzqqq", "--format", "markdown"]);
    assert!(typed.stdout.contains("1 call in that time; 1 scored. Try fewer filters."), "{}", typed.stdout);
    let asked = server.mcp("tools/call", json!({ "name": "search_calls", "arguments": { "text": "zzzqqq" } }));
    assert_eq!(asked["result"]["content"][0]["text"], typed.stdout);
}

#[test]
fn the_text_links_each_call_and_says_how_to_go_on() {
    let home = coached();
    assert_eq!(home.run(&["import", &file("samples/03-pricing-negotiation.md")]).code, 0);
    let server = Server::start(&mut home.process(), &["--dev"]);
    let ask = |name: &str, arguments: Value| {
        let answer = server.mcp("tools/call", json!({ "name": name, "arguments": arguments }));
        answer["result"]["content"][0]["text"].as_str().unwrap().to_owned()
    };
    let first = ask("search_calls", json!({ "limit": 1 }));
    assert!(first.contains("truncated: ask again with offset 1"), "{first}");
    let last = ask("search_calls", json!({ "limit": 1, "offset": 1 }));
    assert!(!last.contains("truncated"), "{last}");
    let link = "[c1](https://app.gong.io/call?id=8362510094471853026)";
    assert!([first, last].concat().contains(link));
    let insights = ask("get_rep_insights", json!({ "rep_email": "mara", "time_period": "all_time" }));
    assert!(insights.contains(link), "{insights}");
}

#[test]
fn numbers_are_whole_however_they_are_written() {
    let home = coached();
    let server = Server::start(&mut home.process(), &["--dev"]);
    let whole = server.tool("search_calls", &json!({ "limit": 3, "min_score": 5, "offset": 0 }));
    let written =
        server.send("POST", "/tools/search_calls", &[], br#"{"limit": 3.0, "min_score": 5.0, "offset": 0.0}"#);
    assert_eq!((written.status, written.json()), (200, whole.json()), "{}", written.body);
    let broken = server.tool("search_calls", &json!({ "limit": 3.5 }));
    assert!(broken.status == 400 && broken.body.contains("limit: "), "{}", broken.body);
    let list = server.send("POST", "/mcp", &LISTED, LIST_AS_ARGUMENTS.as_bytes());
    assert!(list.body.contains("-32602") && list.body.contains("arguments must be an object"), "{}", list.body);
}

const LISTED: [(&str, &str); 2] =
    [("Accept", "application/json, text/event-stream"), ("MCP-Protocol-Version", HANDSHAKE)];
const LIST_AS_ARGUMENTS: &str =
    r#"{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "search_calls", "arguments": [1]}}"#;

#[test]
fn tools_are_described_for_a_model() {
    let home = coached();
    let server = Server::start(&mut home.process(), &["--dev"]);
    let listed = server.mcp("tools/list", json!({}));
    let tools = listed["result"]["tools"].as_array().unwrap();
    let names: Vec<_> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["analyze_call", "get_rep_insights", "search_calls"]);
    for tool in tools {
        assert!(
            tool["outputSchema"]["properties"].is_object() && tool["inputSchema"]["properties"].is_object(),
            "{tool}"
        );
    }
    let mut client = Client::greeted(&mut home.process(), &[]);
    client.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }));
    assert_eq!(client.answer(1).0["result"]["tools"], listed["result"]["tools"], "both eras");
}
