//! A server that runs, and the least of a client, so that nothing of what is tested is used to test it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::binary::{Home, file};

/// A test that waits for what does not come ends.
const PATIENCE: Duration = Duration::from_secs(30);
/// The newest revision with a handshake.
pub(super) const HANDSHAKE: &str = "2025-11-25";
/// The revision without.
pub(super) const STATELESS: &str = "2026-07-28";

/// A home with a sample, scored by the built-in analyst.
pub(super) fn coached() -> Home {
    let home = Home::new();
    let run = home.run(&["analyze", &file("samples/01-discovery.json"), "--analyst", "local"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    home
}

/// `serve`, ended with the test.
pub(super) struct Server {
    child: Child,
    stderr: BufReader<ChildStderr>,
    /// What it said until it was ready.
    pub(super) said: String,
    pub(super) address: String,
}

impl Server {
    /// Starts it on a port of its own with these flags, and waits until it is ready.
    pub(super) fn start(command: &mut Command, flags: &[&str]) -> Self {
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        loop {
            let from = said.len();
            assert!(stderr.read_line(&mut said).unwrap() > 0, "it ended: {said}");
            if said[from..].starts_with("MCP server ready") {
                break;
            }
        }
        let address = said.lines().find_map(|line| line.strip_prefix("Listening at http://")).unwrap().to_owned();
        Server { child, stderr, said, address }
    }

    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends a request and reads the answer to its end.
    pub(super) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let mut stream = self.connect();
        write_request(&mut stream, &self.address, method, path, headers, body);
        Reply::read(&mut stream)
    }

    pub(super) fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], b"")
    }

    /// Calls a tool as plain JSON.
    pub(super) fn tool(&self, name: &str, arguments: &Value) -> Reply {
        self.send("POST", &format!("/tools/{name}"), &[], arguments.to_string().as_bytes())
    }

    /// Sends one message of the stateless revision to `/mcp`.
    pub(super) fn mcp(&self, method: &str, params: Value) -> Value {
        let name = params["name"].as_str().unwrap_or_default().to_owned();
        let mut params = params;
        params["_meta"] = about_the_client();
        let message = json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params });
        let mut headers = vec![
            ("Accept", "application/json, text/event-stream"),
            ("MCP-Protocol-Version", STATELESS),
            ("Mcp-Method", method),
        ];
        if !name.is_empty() {
            headers.push(("Mcp-Name", &name));
        }
        let reply = self.send("POST", "/mcp", &headers, message.to_string().as_bytes());
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.message()
    }

    /// Asks it to end as a supervisor does.
    #[cfg(unix)]
    pub(super) fn terminate(&self) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    }

    /// Waits for its end; the exit code, and what it said since it was ready.
    pub(super) fn end(mut self) -> (Option<i32>, String) {
        let mut rest = String::new();
        self.stderr.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a client of the stateless revision says about itself in each message.
pub(super) fn about_the_client() -> Value {
    json!({
        "io.modelcontextprotocol/protocolVersion": STATELESS,
        "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
    })
}

pub(super) fn write_request(
    stream: &mut TcpStream,
    host: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) {
    let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    let has = |name: &str| headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    for (name, value) in [("Host", host), ("Content-Type", "application/json")] {
        if !has(name) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(b"\r\n").unwrap();
    // Who is refused for the size of a body hears so before it is sent.
    let _ = stream.write_all(body);
}

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    head: String,
    pub(super) body: String,
}

impl Reply {
    pub(super) fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        // Behind an answer a connection may be reset, when what was sent was not read.
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let head = head.to_lowercase();
        let body = if head.contains("transfer-encoding: chunked") { joined(body) } else { body.to_owned() };
        Reply { status, head, body }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The message of an answer that may have come as a stream of events.
    pub(super) fn message(&self) -> Value {
        let event = self.body.lines().filter_map(|line| line.strip_prefix("data:")).next_back();
        serde_json::from_str(event.unwrap_or(&self.body)).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// The chunks of a body, without their lengths.
fn joined(mut body: &str) -> String {
    let mut whole = String::new();
    while let Some((length, rest)) = body.split_once("\r\n") {
        let (chunk, rest) = rest.split_at(usize::from_str_radix(length, 16).unwrap());
        whole.push_str(chunk);
        body = &rest[2..];
    }
    whole
}

/// `mcp`, spoken to in lines.
pub(super) struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

impl Client {
    pub(super) fn start(command: &mut Command, flags: &[&str]) -> Self {
        let mut child = command
            .args(["mcp", "--dev"])
            .args(flags)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (stdin, stdout) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Client { child, stdin, stdout }
    }

    /// The same after the handshake of the older revisions.
    pub(super) fn greeted(command: &mut Command, flags: &[&str]) -> Self {
        let mut client = Client::start(command, flags);
        client.send(&json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
            "protocolVersion": HANDSHAKE, "capabilities": {}, "clientInfo": { "name": "test", "version": "1" },
        }}));
        let answer = client.next();
        assert_eq!(answer["result"]["protocolVersion"], HANDSHAKE, "{answer}");
        assert_eq!(answer["result"]["serverInfo"]["name"], "call-coach", "{answer}");
        client.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        client
    }

    pub(super) fn send(&mut self, message: &Value) {
        self.send_line(&message.to_string());
    }

    pub(super) fn send_line(&mut self, line: &str) {
        let stdin = self.stdin.as_mut().unwrap();
        writeln!(stdin, "{line}").unwrap();
        stdin.flush().unwrap();
    }

    /// The next message. Every line of the output must be one.
    pub(super) fn next(&mut self) -> Value {
        let mut line = String::new();
        assert!(self.stdout.read_line(&mut line).unwrap() > 0, "it ended");
        let message: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        assert_eq!(message["jsonrpc"], "2.0", "{message}");
        message
    }

    /// The answer to a request, and the notifications before it.
    pub(super) fn answer(&mut self, id: u64) -> (Value, Vec<Value>) {
        let mut before = Vec::new();
        loop {
            let message = self.next();
            if message["id"] == id {
                return (message, before);
            }
            before.push(message);
        }
    }

    pub(super) fn call(&mut self, id: u64, tool: &str, arguments: &Value) {
        let params = json!({ "name": tool, "arguments": arguments, "_meta": { "progressToken": id } });
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params }));
    }

    /// Closes the input; the exit code, what was still printed, and what it said on stderr.
    pub(super) fn end(mut self) -> (Option<i32>, String, String) {
        drop(self.stdin.take());
        let (mut printed, mut said) = (String::new(), String::new());
        self.stdout.read_to_string(&mut printed).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), printed, said)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
