//! Many clients, slow clients, and an end while somebody waits.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use serde_json::json;

use super::support::{Reply, STATELESS, Server, about_the_client, coached, write_request};
use crate::support::anthropic::{KEY, Plan};

#[test]
#[cfg(unix)]
fn a_thousand_silent_connections_keep_nobody_out() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    const SILENT: usize = 1_000;
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.map_or(4_096, |maximum| maximum.min(4_096));
    setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: limit.maximum }).unwrap();
    let home = coached();
    let server = Server::start(&mut home.process(), &["--dev"]);
    let silent: Vec<_> = (0..SILENT).map(|_| server.connect()).collect();
    // Some say a little, and then nothing.
    for mut stream in silent.iter().take(50) {
        stream
            .write_all(b"POST /tools/search_calls HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
            .unwrap();
    }
    assert_eq!(server.tool("search_calls", &json!({})).json()["total"], 1);
    assert_eq!(server.get("/health").status, 200);
    drop(silent);
}

#[test]
fn who_comes_when_the_server_is_full_is_told_when_to_come_again() {
    let (home, claude) = (coached(), Plan::good().delay(Duration::from_millis(400)).start());
    let mut command = home.process();
    command.env("ANTHROPIC_API_KEY", KEY).env("ANTHROPIC_BASE_URL", &claude.url);
    let server = Server::start(command.env("CALL_COACH_SERVER_MAX_REQUESTS", "1"), &["--dev"]);
    std::thread::scope(|scope| {
        let first = scope.spawn(|| server.tool("analyze_call", &json!({ "call_id": "c1" })));
        claude.wait_for(1);
        let second = server.tool("search_calls", &json!({}));
        assert_eq!((second.status, second.header("retry-after")), (503, Some("1")), "{}", second.body);
        assert_eq!(server.get("/health").status, 200, "whoever watches is answered");
        assert_eq!(first.join().unwrap().status, 200);
    });
    assert_eq!(server.tool("search_calls", &json!({})).status, 200, "there is room again");
}

#[test]
fn a_request_that_takes_too_long_is_given_up() {
    let (home, claude) = (coached(), Plan::good().hold_until(usize::MAX).start());
    let mut command = home.process();
    command.env("ANTHROPIC_API_KEY", KEY).env("ANTHROPIC_BASE_URL", &claude.url);
    command.env("CALL_COACH_SERVER_TIMEOUT_S", "1").env("CALL_COACH_SERVER_MAX_REQUESTS", "1");
    let server = Server::start(&mut command, &["--dev"]);
    let reply = server.tool("analyze_call", &json!({ "call_id": "c1" }));
    assert_eq!((reply.status, &reply.json()["error"]["kind"]), (504, &json!("timed_out")), "{}", reply.body);
    for token in [None, Some(1)] {
        let mut waiting = server.connect();
        let body = analyze_message(token);
        write_request(&mut waiting, &server.address, "POST", "/mcp", &ANALYZE_HEADERS, body.as_bytes());
        let reply = Reply::read(&mut waiting);
        let result = &reply.message()["result"];
        assert!(result["isError"] == true && result.to_string().contains("took too long"), "{token:?}: {}", reply.body);
    }
    assert_eq!(server.tool("search_calls", &json!({})).status, 200, "its place is free");
}

/// The stateless revision's call of the tool, with progress or without.
fn analyze_message(token: Option<u64>) -> String {
    let mut meta = about_the_client();
    if let Some(token) = token {
        meta["progressToken"] = json!(token);
    }
    let params = json!({ "name": "analyze_call", "arguments": { "call_id": "c1" }, "_meta": meta });
    json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params }).to_string()
}

const ANALYZE_HEADERS: [(&str, &str); 4] = [
    ("Accept", "application/json, text/event-stream"),
    ("MCP-Protocol-Version", STATELESS),
    ("Mcp-Method", "tools/call"),
    ("Mcp-Name", "analyze_call"),
];

#[test]
#[cfg(unix)]
fn what_is_in_flight_is_finished_before_the_end() {
    let (home, claude) = (coached(), Plan::good().delay(Duration::from_millis(400)).start());
    let mut command = home.process();
    command.env("ANTHROPIC_API_KEY", KEY).env("ANTHROPIC_BASE_URL", &claude.url);
    let server = Server::start(&mut command, &["--dev"]);
    let mut waiting = server.connect();
    let body = json!({ "call_id": "c1" }).to_string();
    write_request(&mut waiting, &server.address, "POST", "/tools/analyze_call", &[], body.as_bytes());
    claude.wait_for(1);
    let mut silent = server.connect();
    server.terminate();
    let reply = Reply::read(&mut waiting);
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(silent.read(&mut [0; 8]).unwrap_or(0), 0, "who says nothing keeps it from nothing");
    let (code, log) = server.end();
    assert_eq!(code, Some(0), "{log}");
}

#[test]
fn whoever_goes_away_is_not_worked_for() {
    let home = coached();
    let claude = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = home.process();
    command
        .env("ANTHROPIC_API_KEY", KEY)
        .env("ANTHROPIC_BASE_URL", format!("http://{}", claude.local_addr().unwrap()))
        .env("CALL_COACH_SERVER_TIMEOUT_S", "600");
    let server = Server::start(&mut command, &["--dev"]);
    for (path, headers, body) in [
        ("/tools/analyze_call", &[][..], json!({ "call_id": "c1" }).to_string()),
        ("/mcp", &ANALYZE_HEADERS, analyze_message(None)),
        ("/mcp", &ANALYZE_HEADERS, analyze_message(Some(1))),
    ] {
        let mut waiting = server.connect();
        write_request(&mut waiting, &server.address, "POST", path, headers, body.as_bytes());
        let (mut asked, _) = claude.accept().unwrap();
        asked.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        asked.read_exact(&mut [0; 16]).unwrap();
        drop(waiting);
        let end = asked.read_to_end(&mut Vec::new());
        assert!(end.is_ok() || end.is_err_and(|error| error.kind() == ErrorKind::ConnectionReset), "{path}: {body}");
    }
}
