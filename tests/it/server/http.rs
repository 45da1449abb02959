//! What the server answers to what should not have been sent.

use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, OnceLock};

use call_coach::analyze::Analyst;
use call_coach::config::{Environment, Flags, Settings, load_rubrics};
use call_coach::server::http::{Listening, router};
use call_coach::server::{Coach, Money};
use call_coach::store::{Store, Target};
use serde_json::json;

use super::support::{Reply, STATELESS, Server, about_the_client, coached, write_request};

/// Method, path, headers, body; status and a part of the message.
type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a [u8], u16, &'a str);

#[test]
fn wrong_requests_get_the_right_status_and_a_clear_message() {
    let home = coached();
    let server = Server::start(&mut home.process(), &["--dev", "--analyst", "local"]);
    let large = vec![b' '; 10 * 1024 * 1024];
    let search = "/tools/search_calls";
    let cases: [Case<'_>; 19] = [
        ("POST", "/tools/delete_calls", &[], b"{}", 404, "search_calls"),
        ("POST", "/tools", &[], b"{}", 404, "/health"),
        ("GET", "/", &[], b"", 404, "/mcp"),
        ("POST", "/tools/%ff", &[], b"{}", 404, "search_calls"),
        ("GET", search, &[], b"", 405, "POST"),
        ("POST", search, &[], b"{\"limit\": \"many\"}", 400, "limit: invalid type"),
        ("POST", search, &[], b"{\"limt\": 3}", 400, "unknown field `limt`"),
        ("POST", search, &[], b"[]", 400, "no JSON object"),
        ("POST", search, &[], b"{\"text\": \"\xff\"}", 400, "no JSON"),
        ("POST", search, &[], b"{\"product\": \"a\\u0000b\"}", 400, "U+0000"),
        ("POST", search, &[], b"{\"date_range\": {\"start\": \"soon\"}}", 400, "soon"),
        ("POST", search, &[], &large, 413, "larger than"),
        ("POST", "/tools/analyze_call", &[], b"{\"call_id\": \"c99\"}", 404, "c99"),
        ("POST", search, &[("Host", "evil.example")], b"{}", 403, "CALL_COACH_SERVER_HOSTS"),
        ("POST", search, &[("Origin", "http://evil.example")], b"{}", 403, "CALL_COACH_SERVER_ORIGINS"),
        ("POST", "/mcp", &[], b"{ no message", 400, "-32700"),
        ("POST", "/mcp", &[], b"{\"text\": \"\xff\"}", 400, "-32700"),
        ("POST", "/mcp", &[], b"[]", 400, "-32600"),
        ("POST", "/mcp", &[("Host", "evil.example:8000")], b"{}", 403, "CALL_COACH_SERVER_HOSTS"),
    ];
    for (method, path, headers, body, status, expected) in cases {
        let reply = server.send(method, path, headers, body);
        let shown = String::from_utf8_lossy(&body[..body.len().min(40)]);
        assert_eq!(reply.status, status, "{method} {path} {headers:?} {shown}: {}", reply.body);
        let error = reply.json()["error"].to_string();
        assert!(error.contains(expected), "{method} {path} {headers:?} {shown}: {error}");
        assert!(reply.header("x-request-id").is_some(), "{method} {path}");
        let leaks = ["SELECT", "sqlx", ".db", "/tmp", "src/"];
        assert!(leaks.iter().all(|leak| !reply.body.contains(leak)), "{}", reply.body);
    }
    // It lives on.
    assert_eq!(server.tool("search_calls", &json!({})).json()["total"], 1);
    assert_eq!(server.send("POST", search, &[], b"").json()["total"], 1, "no body asks for everything");
}

#[test]
fn listed_pages_may_ask_and_others_may_not() {
    let home = coached();
    let mut command = home.process();
    command.env("CALL_COACH_SERVER_ORIGINS", "https://coach.example").env("CALL_COACH_SERVER_TOKEN", "a-long-token");
    let server = Server::start(&mut command, &["--dev"]);
    let preflight = |origin: &str| {
        let headers = [
            ("Origin", origin),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type"),
        ];
        server.send("OPTIONS", "/tools/search_calls", &headers, b"")
    };
    let allowed = preflight("https://coach.example");
    assert_eq!(allowed.status, 200, "a preflight carries no token: {}", allowed.body);
    assert_eq!(allowed.header("access-control-allow-origin"), Some("https://coach.example"));
    assert!(allowed.header("access-control-allow-headers").unwrap().contains("authorization"));
    let refused = preflight("http://localhost:3000");
    assert_eq!((refused.status, refused.header("access-control-allow-origin")), (403, None), "{}", refused.body);
}

#[test]
fn health_tells_tools_version_and_database() {
    let home = coached();
    let server = Server::start(&mut home.process(), &["--dev"]);
    let health = server.get("/health");
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(health.status, 200);
    assert_eq!(health.json(), json!({ "status": "ok", "tools": 3, "version": version, "database": "ok" }));
}

#[test]
fn a_request_is_found_in_the_log_by_its_id() {
    let home = coached();
    let mut command = home.process();
    command.env("LOG_LEVEL", "info");
    let server = Server::start(&mut command, &["--dev", "--log-format", "json"]);
    let reply = server.tool("search_calls", &json!({ "text": "monday" }));
    let id = reply.header("x-request-id").unwrap().to_owned();
    server.terminate();
    let (code, log) = server.end();
    assert_eq!(code, Some(0), "{log}");
    let lines: Vec<serde_json::Value> = log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let found = lines.iter().find(|line| line["span"]["id"] == id.as_str());
    assert_eq!(found.unwrap_or_else(|| panic!("{id}: {log}"))["fields"]["status"], 200, "{log}");
    assert!(!log.contains("monday"), "what was asked for is nobody's business: {log}");
}

/// A clock that stands still in the worst way is the one part of a coach that a test can put in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panic_is_an_error_and_the_server_lives_on() {
    let home = coached();
    let path = home.folder.path().join(".local/share/call-coach/calls.db");
    let flags = Flags { database_url: Some(path.to_string_lossy().into_owned()), ..Flags::default() };
    let settings = Settings::load(&flags, &Environment::default()).unwrap();
    let listening = Listening::at(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let address = listening.address().unwrap();
    let coach = Coach {
        store: Store::open(&Target::Sqlite(path)).await.unwrap(),
        set: load_rubrics(None).unwrap(),
        settings: settings.clone(),
        analyst: Analyst::Local,
        money: Money::new(None, None),
        gong: None,
        clock: Box::new(|| panic!("the customer's words")),
        read_only: false,
    };
    let ready = Arc::new(OnceLock::from(Arc::new(coach)));
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let routes = router(&settings.server, address, &ready);
    let serving = tokio::spawn(listening.serve(routes, async {
        let _ = ended.await;
    }));
    let asking = tokio::task::spawn_blocking(move || {
        let ask = |path: &str, headers: &[(&str, &str)], body: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            write_request(&mut stream, &address.to_string(), "POST", path, headers, body.as_bytes());
            Reply::read(&mut stream)
        };
        for _ in 0..2 {
            let plain = ask("/tools/search_calls", &[], "{}");
            assert_eq!((plain.status, &plain.json()["error"]["kind"]), (500, &json!("failed")), "{}", plain.body);
            let params = json!({ "name": "search_calls", "arguments": {}, "_meta": about_the_client() });
            let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
            let headers = [
                ("Accept", "application/json, text/event-stream"),
                ("MCP-Protocol-Version", STATELESS),
                ("Mcp-Method", "tools/call"),
                ("Mcp-Name", "search_calls"),
            ];
            let reply = ask("/mcp", &headers, &message.to_string());
            assert_eq!(reply.message()["result"]["isError"], true, "{}", reply.body);
            assert!(!plain.body.contains("customer") && !reply.body.contains("customer"), "{}", reply.body);
        }
    });
    asking.await.unwrap();
    end.send(()).unwrap();
    serving.await.unwrap();
}
