//! A server on loopback that speaks the Messages API, refuses what the real one refuses (`fixtures/anthropic.toml`) and
//! answers as a test tells it to.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use futures_util::stream;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};

/// The key that the server takes.
pub(crate) const KEY: &str = "sk-ant-test-3f9c1e7a5b2d4860";
/// The token that it takes in place of the key.
pub(crate) const TOKEN: &str = "tok-test-77aa21c0d94e4f1b";

/// How a request is answered.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// With a whole reply of these words.
    Text(String),
    /// With a whole reply that stops for this reason.
    Stop(&'static str, String),
    /// With this status, these headers and this body.
    Refuse(u16, Vec<(&'static str, String)>, String),
    /// With the beginning of a reply, and then the connection is lost.
    Cut,
    /// With the beginning of a reply, and then an error among the events.
    ErrorEvent,
    /// Not at all.
    Silence,
}

/// What a test sees of a request.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) path: String,
    pub(crate) body: Value,
    pub(crate) bytes: Vec<u8>,
}

impl Seen {
    /// The text of the n-th block of the first turn.
    pub(crate) fn block(&self, n: usize) -> &str {
        self.body["messages"][0]["content"][n]["text"].as_str().unwrap_or_default()
    }

    /// The first check that is asked about.
    pub(crate) fn first_check(&self) -> &str {
        checks(self.block(1)).first().map_or("", |(check, _)| check)
    }
}

/// What happened, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// A request was there.
    Arrived,
    /// Its reply began.
    Started,
    /// Its reply ended.
    Ended,
}

type Script = dyn Fn(usize, &Seen) -> Answer + Send + Sync;

/// The server. It ends with the test.
pub(crate) struct Anthropic {
    pub(crate) url: String,
    shared: Arc<Shared>,
    runtime: tokio::runtime::Runtime,
}

struct Shared {
    rules: Rules,
    script: Box<Script>,
    delay: Duration,
    /// A reply that has begun ends only when this many requests are there.
    hold_until: usize,
    arrived: watch::Sender<usize>,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    seen: Vec<Seen>,
    steps: Vec<Step>,
    cached: BTreeSet<Vec<u8>>,
}

/// How the server is to behave.
pub(crate) struct Plan {
    script: Box<Script>,
    delay: Duration,
    hold_until: usize,
}

impl Plan {
    /// Answers request `n`, counted from 0 among those for messages, with what the script says.
    pub(crate) fn new(script: impl Fn(usize, &Seen) -> Answer + Send + Sync + 'static) -> Self {
        Plan { script: Box::new(script), delay: Duration::ZERO, hold_until: 0 }
    }

    /// Answers every check with yes and a quote that holds.
    pub(crate) fn good() -> Self {
        Plan::new(|_, seen| Answer::Text(good_reply(seen)))
    }

    /// A reply that has begun ends only when this many requests are there.
    pub(crate) fn hold_until(self, requests: usize) -> Self {
        Plan { hold_until: requests, ..self }
    }

    /// Each reply takes this long.
    pub(crate) fn delay(self, delay: Duration) -> Self {
        Plan { delay, ..self }
    }

    pub(crate) fn start(self) -> Anthropic {
        let Plan { script, delay, hold_until } = self;
        let shared = Arc::new(Shared {
            rules: toml::from_str(include_str!("../fixtures/anthropic.toml")).unwrap(),
            script,
            delay,
            hold_until,
            arrived: watch::Sender::new(0),
            log: Mutex::default(),
        });
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(handle).with_state(shared.clone());
        runtime.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Anthropic { url, shared, runtime }
    }
}

impl Anthropic {
    /// The requests for messages, in the order of their arrival.
    pub(crate) fn messages(&self) -> Vec<Seen> {
        let log = self.shared.log.lock().unwrap();
        log.seen.iter().filter(|seen| seen.path == "/v1/messages").cloned().collect()
    }

    /// Waits until so many requests for messages are there.
    pub(crate) fn wait_for(&self, requests: usize) {
        let mut arrived = self.shared.arrived.subscribe();
        self.runtime.block_on(arrived.wait_for(|arrived| *arrived >= requests)).unwrap();
    }

    /// The paths of all requests.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.shared.log.lock().unwrap().seen.iter().map(|seen| seen.path.clone()).collect()
    }

    pub(crate) fn steps(&self) -> Vec<Step> {
        self.shared.log.lock().unwrap().steps.clone()
    }
}

async fn handle(State(shared): State<Arc<Shared>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, 32 << 20).await.unwrap();
    let path = parts.uri.path().to_owned();
    let seen = Seen { path, body: serde_json::from_slice(&bytes).unwrap_or_default(), bytes: bytes.to_vec() };
    let n = {
        let mut log = shared.log.lock().unwrap();
        log.seen.push(seen.clone());
        if seen.path == "/v1/messages" {
            log.steps.push(Step::Arrived);
        }
        log.seen.iter().filter(|other| other.path == "/v1/messages").count()
    };
    shared.arrived.send_replace(n);
    if let Err((status, kind, message)) = shared.rules.check(&seen, &parts.headers) {
        return error(status, kind, &message);
    }
    match seen.path.as_str() {
        "/v1/messages" => reply(shared, n - 1, &seen).await,
        "/v1/messages/count_tokens" => plain(200, &json!({ "input_tokens": tokens(&bytes) })),
        path if path.starts_with("/v1/models/") => plain(200, &json!({ "max_input_tokens": 150_000 })),
        _ => error(404, "not_found_error", "no such path"),
    }
}

fn tokens(bytes: &[u8]) -> u64 {
    bytes.len() as u64 / 4
}

fn plain(status: u16, body: &Value) -> Response {
    Response::builder()
        .status(StatusCode::from_u16(status).unwrap())
        .header("content-type", "application/json")
        .header("request-id", "req_plain")
        .body(Body::from(body.to_string()))
        .unwrap()
}

fn error(status: u16, kind: &str, message: &str) -> Response {
    plain(status, &json!({ "type": "error", "error": { "type": kind, "message": message } }))
}

async fn reply(shared: Arc<Shared>, n: usize, seen: &Seen) -> Response {
    let (ending, text) = match (shared.script)(n, seen) {
        Answer::Refuse(status, headers, body) => {
            let mut response = Response::builder().status(StatusCode::from_u16(status).unwrap());
            for (name, value) in headers {
                response = response.header(name, value);
            }
            return response.header("request-id", format!("req_{n}")).body(Body::from(body)).unwrap();
        }
        Answer::Silence => std::future::pending().await,
        Answer::Text(text) => (Ending::Stop("end_turn"), text),
        Answer::Stop(stop, text) => (Ending::Stop(stop), text),
        Answer::Cut => (Ending::Cut, "{\"checks\": [".to_owned()),
        Answer::ErrorEvent => (Ending::Error, "{\"checks\": [".to_owned()),
    };
    let prefix = format!("{}{}", seen.body["system"], seen.block(0)).into_bytes();
    let model = seen.body["model"].as_str().unwrap().to_owned();
    let rest = tokens(seen.block(1).as_bytes());
    let (sender, receiver) = mpsc::channel::<std::io::Result<Bytes>>(64);
    tokio::spawn(async move {
        tokio::time::sleep(shared.delay / 3).await;
        let is_cached = shared.log.lock().unwrap().cached.contains(&prefix);
        let (read, written) = if is_cached { (tokens(&prefix), 0) } else { (0, tokens(&prefix)) };
        let usage = json!({ "input_tokens": rest, "output_tokens": 1, "cache_read_input_tokens": read,
            "cache_creation_input_tokens": written, "cache_creation": { "ephemeral_5m_input_tokens": written } });
        let start = json!({ "type": "message_start", "message": { "id": "msg_1", "type": "message", "role": "assistant",
            "content": [], "model": model, "stop_reason": null, "usage": usage } });
        // A test that ends early hangs up.
        let say = async |event: Value| {
            let text = format!("event: {}\ndata: {event}\n\n", event["type"].as_str().unwrap());
            let _ = sender.send(Ok(Bytes::from(text))).await;
        };
        say(json!({ "type": "ping" })).await;
        {
            let mut log = shared.log.lock().unwrap();
            log.cached.insert(prefix);
            log.steps.push(Step::Started);
        }
        say(start).await;
        say(json!({ "type": "content_block_start", "index": 0, "content_block": { "type": "thinking", "thinking": "" } }))
            .await;
        say(json!({ "type": "content_block_delta", "index": 0,
            "delta": { "type": "thinking_delta", "thinking": "{\"checks\": []}" } }))
        .await;
        say(json!({ "type": "content_block_stop", "index": 0 })).await;
        say(json!({ "type": "weather", "degrees": 21 })).await;
        let mut arrived = shared.arrived.subscribe();
        arrived.wait_for(|arrived| *arrived >= shared.hold_until).await.unwrap();
        tokio::time::sleep(shared.delay / 3 * 2).await;
        for piece in text.chars().collect::<Vec<_>>().chunks(997) {
            let piece: String = piece.iter().collect();
            say(json!({ "type": "content_block_delta", "index": 1, "delta": { "type": "text_delta", "text": piece } }))
                .await;
        }
        match ending {
            Ending::Stop(stop) => {
                say(json!({ "type": "message_delta", "delta": { "stop_reason": stop },
                    "usage": { "output_tokens": tokens(text.as_bytes()) } }))
                .await;
                shared.log.lock().unwrap().steps.push(Step::Ended);
                say(json!({ "type": "message_stop" })).await;
            }
            Ending::Error => {
                say(json!({ "type": "error", "error": { "type": "overloaded_error", "message": "Overloaded" } })).await;
            }
            Ending::Cut => {
                let _ = sender.send(Err(std::io::Error::other("cut"))).await;
            }
        }
    });
    let body = stream::unfold(receiver, async |mut receiver| Some((receiver.recv().await?, receiver)));
    Response::builder()
        .header("content-type", "text/event-stream; charset=utf-8")
        .header("request-id", format!("req_{n}"))
        .body(Body::from_stream(body))
        .unwrap()
}

enum Ending {
    Stop(&'static str),
    Cut,
    Error,
}

/// The checks of a question, with whose words prove them.
pub(crate) fn checks(questions: &str) -> Vec<(&str, &str)> {
    let check = |line| -> Option<(&str, &str)> {
        let (id, rest) = str::strip_prefix(line, "- ")?.split_once(" (")?;
        Some((id, rest.split_once("):")?.0))
    };
    questions.lines().filter_map(check).filter(|(id, _)| !id.contains(' ')).collect()
}

/// The first words that somebody said on a shown call, with their line.
pub(crate) fn words_of(block: &str, who: &str) -> (u32, String) {
    let said = |line: &str| -> Option<(u32, String)> {
        let (head, text) = line.strip_prefix('[')?.split_once("] ")?;
        let words: Vec<_> = text.split_whitespace().take(6).collect();
        let mut head = head.split(' ');
        let n = head.next()?.parse().ok()?;
        (head.any(|word| word == who) && words.len() == 6).then(|| (n, words.join(" ")))
    };
    block.lines().find_map(said).unwrap()
}

/// Yes to every check, with a quote that holds, and one concern about the price.
pub(crate) fn good_reply(seen: &Seen) -> String {
    let quote = |who: &str| {
        let (line, quote) = words_of(seen.block(0), who);
        json!({ "line": line, "quote": quote })
    };
    let checks = checks(seen.block(1)).into_iter().map(|(id, proof)| {
        let who = if proof == "buyer" { "BUYER" } else { "REP" };
        json!({ "check": id, "evidence": [quote(who)], "chance": [], "note": format!("About {id}."), "verdict": "yes" })
    });
    let checks: Vec<_> = checks.collect();
    let objection = json!({ "raised": quote("BUYER"), "repeats": [], "response": [quote("REP")], "type": "pricing",
        "status": "resolved", "severity": 2, "implicit": false, "parked_until": "" });
    let lists = seen.block(1).contains("List the buyer's objections");
    json!({ "checks": checks, "objections": if lists { vec![objection] } else { vec![] } }).to_string()
}

#[derive(Deserialize)]
struct Rules {
    headers: HeaderRules,
    body: BodyRules,
    forbidden: Vec<Forbidden>,
    turns: TurnRules,
    blocks: BlockRules,
    output: OutputRules,
}

#[derive(Deserialize)]
struct HeaderRules {
    version: Vec<String>,
    key: String,
    token: String,
}

#[derive(Deserialize)]
struct BodyRules {
    required: Vec<String>,
    known: Vec<String>,
    not_counted: Vec<String>,
}

#[derive(Deserialize)]
struct Forbidden {
    parameter: String,
    fact: String,
}

#[derive(Deserialize)]
struct TurnRules {
    roles: Vec<String>,
    last: String,
}

#[derive(Deserialize)]
struct BlockRules {
    max_breakpoints: usize,
    ttl: Vec<String>,
}

#[derive(Deserialize)]
struct OutputRules {
    effort: Vec<String>,
    no_effort: Vec<String>,
    max_optional: usize,
    max_unions: usize,
    keywords: Vec<String>,
}

type Refusal = (u16, &'static str, String);

fn invalid(message: impl Into<String>) -> Refusal {
    (400, "invalid_request_error", message.into())
}

fn must(holds: bool, message: &str) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(invalid(message)) }
}

impl Rules {
    fn check(&self, seen: &Seen, headers: &HeaderMap) -> Result<(), Refusal> {
        self.check_headers(headers)?;
        if seen.path.starts_with("/v1/models") {
            return Ok(());
        }
        let body = seen.body.as_object().ok_or_else(|| invalid("the body is no JSON object"))?;
        let counts = seen.path.ends_with("/count_tokens");
        for forbidden in &self.forbidden {
            must(!body.contains_key(&forbidden.parameter), &format!("{}: {}", forbidden.parameter, forbidden.fact))?;
        }
        let counted = |name: &String| !counts || !self.body.not_counted.contains(name);
        for name in body.keys() {
            must(self.body.known.contains(name) && counted(name), &format!("{name}: extra inputs are not permitted"))?;
        }
        for name in self.body.required.iter().filter(|name| counted(name)) {
            must(body.contains_key(name), &format!("{name}: field required"))?;
        }
        self.check_turns(&seen.body)?;
        self.check_blocks(&seen.body)?;
        self.check_output(&seen.body)
    }

    fn check_headers(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let version = text("anthropic-version").is_some_and(|given| self.headers.version.iter().any(|v| v == given));
        must(version, "anthropic-version: header is required")?;
        let bearer = format!("Bearer {}", self.headers.token);
        match (text("x-api-key"), text("authorization")) {
            (Some(key), None) if key == self.headers.key => Ok(()),
            (None, Some(given)) if given == bearer => Ok(()),
            // As a careless gateway would, it repeats the key.
            (key, _) => Err((401, "authentication_error", format!("invalid x-api-key {}", key.unwrap_or_default()))),
        }
    }

    fn check_turns(&self, body: &Value) -> Result<(), Refusal> {
        let turns = body["messages"].as_array().ok_or_else(|| invalid("messages: must be a list"))?;
        let role = |turn: &Value| turn["role"].as_str().unwrap_or_default().to_owned();
        must(turns.iter().all(|turn| self.turns.roles.contains(&role(turn))), "messages: unknown role")?;
        must(turns.last().map(role).as_ref() == Some(&self.turns.last), "messages: prefill is not supported")
    }

    fn check_blocks(&self, body: &Value) -> Result<(), Refusal> {
        let system = body["system"].as_array().into_iter().flatten();
        let turns = body["messages"].as_array().into_iter().flatten();
        let blocks = system.chain(turns.flat_map(|turn| turn["content"].as_array().into_iter().flatten()));
        let mut breakpoints = 0;
        for block in blocks {
            must(block["text"].as_str().is_some_and(|text| !text.is_empty()), "text: must not be empty")?;
            if let Some(control) = block.get("cache_control") {
                breakpoints += 1;
                must(control["type"] == "ephemeral", "cache_control.type: unknown")?;
                let ttl = control["ttl"].as_str().unwrap_or("5m");
                must(self.blocks.ttl.iter().any(|known| known == ttl), "cache_control.ttl: unknown")?;
            }
        }
        must(breakpoints <= self.blocks.max_breakpoints, "cache_control: too many breakpoints")
    }

    fn check_output(&self, body: &Value) -> Result<(), Refusal> {
        let output = &body["output_config"];
        if let Some(effort) = output.get("effort") {
            must(self.output.effort.iter().any(|known| effort == known.as_str()), "effort: unknown")?;
            let takes_none = self.output.no_effort.iter().any(|model| body["model"] == model.as_str());
            must(!takes_none, "effort: this model takes none")?;
        }
        let Some(format) = output.get("format") else { return Ok(()) };
        must(format["type"] == "json_schema", "format.type: unknown")?;
        let mut loose = (0, 0);
        self.check_schema(&format["schema"], &mut loose)?;
        must(loose.0 <= self.output.max_optional && loose.1 <= self.output.max_unions, "schema: too loose")
    }

    /// Counts optional properties and unions on the way.
    fn check_schema(&self, schema: &Value, loose: &mut (usize, usize)) -> Result<(), Refusal> {
        let object = schema.as_object().ok_or_else(|| invalid("schema: must be an object"))?;
        for keyword in object.keys() {
            must(self.output.keywords.contains(keyword), &format!("schema: {keyword} is not supported"))?;
        }
        loose.1 += usize::from(schema["type"].is_array() || schema.get("anyOf").is_some());
        if let Some(properties) = schema["properties"].as_object() {
            must(schema["additionalProperties"] == false, "schema: additionalProperties must be false")?;
            let required = schema["required"].as_array().map_or(0, Vec::len);
            loose.0 += properties.len() - required.min(properties.len());
            for property in properties.values() {
                self.check_schema(property, loose)?;
            }
        }
        match schema.get("items") {
            Some(items) => self.check_schema(items, loose),
            None => Ok(()),
        }
    }
}
