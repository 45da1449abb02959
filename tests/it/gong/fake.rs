//! A Gong on loopback, written from the contract. It checks every request, and can misbehave.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock, Mutex, mpsc};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::Response;
use futures_util::stream::{self, StreamExt as _};
use serde_json::{Value, json};

use super::contract::Contract;

pub(crate) const KEY: &str = "the-access-key";
pub(crate) const SECRET: &str = "a-secret-nobody-may-see";
const PAGE: usize = 100;

/// The kinds of requests.
pub(crate) const CALLS: &str = "/v2/calls/extensive";
pub(crate) const WORDS: &str = "/v2/calls/transcript";
pub(crate) const USERS: &str = "/v2/users";

/// What it does in place of replying well.
#[derive(Debug, Clone)]
pub(crate) enum Mishap {
    /// A status with Gong's way of saying why.
    Refuse(u16, &'static str),
    /// 429 with `Retry-After` in seconds.
    Limit(u64),
    /// A web page.
    Html,
    /// JSON that ends in the middle.
    Truncate,
    /// A connection that ends in the middle of the reply.
    Break,
    /// Elsewhere.
    Redirect(&'static str),
    /// Never an end to the reply: half of it is sent. The stage is reported.
    HangHalfway,
    /// No reply. The stage is reported.
    Hang,
    /// A good reply, once the test says so. The stage is reported.
    Wait,
}

/// What is asked for, by path and how often it was before.
type Mishaps = HashMap<(&'static str, usize), Mishap>;

#[derive(Default)]
struct Gong {
    calls: Vec<(jiff::Timestamp, Value)>,
    words: HashMap<String, Value>,
    users: Vec<Value>,
    mishaps: Mishaps,
    log: Vec<(String, Instant)>,
    wrong: Vec<String>,
    cursors: HashMap<String, (Value, usize)>,
    expired: HashSet<String>,
    expire_after: Option<usize>,
    a_second: Option<usize>,
    delay: Option<Duration>,
    newest_first: bool,
}

/// Read once: it is large.
static CONTRACT: LazyLock<Option<Contract>> = LazyLock::new(Contract::load);

/// The server; it ends with the test.
pub(crate) struct Fake {
    pub(crate) address: String,
    gong: Arc<Mutex<Gong>>,
    stages: mpsc::Receiver<()>,
    go: tokio::sync::mpsc::UnboundedSender<()>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Drop for Fake {
    fn drop(&mut self) {
        // A test may itself run on a runtime, on which another must not be waited for.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

#[derive(Clone)]
struct Shared {
    gong: Arc<Mutex<Gong>>,
    contract: &'static Option<Contract>,
    stage: mpsc::Sender<()>,
    go: Arc<tokio::sync::Mutex<tokio::sync::mpsc::UnboundedReceiver<()>>>,
}

impl Fake {
    pub(crate) fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let gong = Arc::new(Mutex::new(Gong::default()));
        let (stage, stages) = mpsc::channel();
        let (go, may_go) = tokio::sync::mpsc::unbounded_channel();
        let shared = Shared {
            gong: Arc::clone(&gong),
            contract: &CONTRACT,
            stage,
            go: Arc::new(tokio::sync::Mutex::new(may_go)),
        };
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(async move {
            let app = Router::new().fallback(answer).with_state(shared);
            axum::serve(tokio::net::TcpListener::from_std(listener).unwrap(), app).await.unwrap();
        });
        Fake { address, gong, stages, go, runtime: Some(runtime) }
    }

    /// `count` calls spread over the time from `from` on, with words, oldest first. Returns their ids.
    pub(crate) fn add_calls(&self, count: usize, from: &str, days: i64, first: u64) -> Vec<String> {
        let from: jiff::Timestamp = from.parse().unwrap();
        let step = days * 86_400_000 / count.max(1) as i64;
        (0..count)
            .map(|n| {
                let at = from + jiff::SignedDuration::from_millis(step * n as i64);
                let id = (first + n as u64).to_string();
                self.add(call(&id, at), Some(words(&id, n)));
                id
            })
            .collect()
    }

    /// A call, with its words if they are there yet.
    pub(crate) fn add(&self, call: Value, words: Option<Value>) {
        let mut gong = self.gong.lock().unwrap();
        if let Some(words) = words {
            gong.words.insert(id_of(&call).to_owned(), words);
        }
        gong.calls.push((call["metaData"]["started"].as_str().unwrap().parse().unwrap(), call));
    }

    /// Changes a call.
    pub(crate) fn change(&self, id: &str, change: impl FnOnce(&mut Value)) {
        let mut gong = self.gong.lock().unwrap();
        change(gong.calls.iter_mut().map(|(_, call)| call).find(|call| id_of(call) == id).unwrap());
    }

    pub(crate) fn set_words(&self, id: &str, words: Option<Value>) {
        let mut gong = self.gong.lock().unwrap();
        match words {
            Some(words) => gong.words.insert(id.to_owned(), words),
            None => gong.words.remove(id),
        };
    }

    pub(crate) fn add_user(&self, address: &str, aliases: &[&str]) {
        self.gong.lock().unwrap().users.push(json!({"id": "77", "emailAddress": address, "emailAliases": aliases}));
    }

    /// Misbehaves at the nth request of a kind, counted from 0 and from now on.
    pub(crate) fn at(&self, path: &'static str, nth: usize, mishap: Mishap) {
        let mut gong = self.gong.lock().unwrap();
        let before = gong.log.iter().filter(|(asked, _)| asked == path).count();
        gong.mishaps.insert((path, before + nth), mishap);
    }

    /// Each cursor is good for so many pages.
    pub(crate) fn expire_cursors_after(&self, pages: usize) {
        self.gong.lock().unwrap().expire_after = Some(pages);
    }

    /// Replies with 429 to more requests in a second.
    pub(crate) fn limit(&self, a_second: usize) {
        self.gong.lock().unwrap().a_second = Some(a_second);
    }

    pub(crate) fn delay(&self, by: Duration) {
        self.gong.lock().unwrap().delay = Some(by);
    }

    pub(crate) fn newest_first(&self) {
        self.gong.lock().unwrap().newest_first = true;
    }

    /// How often each kind was asked since the last time, after having checked that every request was right.
    pub(crate) fn asked(&self) -> [usize; 3] {
        let mut gong = self.gong.lock().unwrap();
        assert_eq!(gong.wrong, Vec::<String>::new());
        let log = std::mem::take(&mut gong.log);
        [CALLS, WORDS, USERS].map(|path| log.iter().filter(|(asked, _)| asked == path).count())
    }

    /// Waits until a request has come to a stage.
    pub(crate) fn reached(&self) {
        self.stages.recv_timeout(Duration::from_secs(600)).expect("the stage is reached");
    }

    /// Lets the waiting request be answered.
    pub(crate) fn go(&self) {
        self.go.send(()).unwrap();
    }
}

/// A call of two people, as Gong writes it.
pub(crate) fn call(id: &str, at: jiff::Timestamp) -> Value {
    let n: usize = id.get(id.len().saturating_sub(3)..).unwrap_or("0").parse().unwrap_or(0);
    json!({
        "metaData": {
            "id": id, "url": format!("https://us-1.app.gong.io/call?id={id}"), "title": format!("Call {id}"),
            "started": at.to_string(), "duration": 900, "primaryUserId": format!("90{}", n % 7), "isPrivate": false,
            "direction": "Conference", "system": "Zoom", "scope": "External", "media": "Video", "language": "eng",
            "workspaceId": "623457276584334", "somethingNew": {"a": 1},
        },
        "parties": [
            {"id": "1", "emailAddress": format!("rep{}@acme.example", n % 7), "name": format!("Rep {}", n % 7),
             "userId": format!("90{}", n % 7), "speakerId": format!("{id}1"), "affiliation": "Internal", "methods": ["Invitee"]},
            {"id": "2", "emailAddress": null, "name": format!("Buyer {n}"), "speakerId": format!("{id}2"),
             "affiliation": "External", "phoneNumber": null},
            {"id": "3", "emailAddress": "late@acme.example", "name": "Never Came", "speakerId": null, "affiliation": "Internal"},
        ],
        "content": {"brief": "They talked about the price.", "topics": [{"name": "Pricing", "duration": 120}],
            "trackers": [{"id": "1", "name": "Budget", "count": 2, "type": "KEYWORD", "occurrences": []}]},
        "interaction": {"interactionStats": [{"name": "Talk Ratio", "value": 0.62}]},
    })
}

/// What was said on it.
pub(crate) fn words(id: &str, n: usize) -> Value {
    let sentence = |at: usize, text: String| json!({"start": at * 4_000, "end": at * 4_000 + 3_500, "text": text});
    let turns: Vec<Value> = (0..6)
        .map(|turn| {
            let speaker = format!("{id}{}", 1 + turn % 2);
            let said = format!("This is turn {turn} of call {n}, and what matters is the price.");
            json!({"speakerId": speaker, "topic": null, "sentences": [sentence(turn, said)]})
        })
        .collect();
    json!({"callId": id, "transcript": turns})
}

fn id_of(call: &Value) -> &str {
    call["metaData"]["id"].as_str().unwrap()
}

async fn answer(State(shared): State<Shared>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let path = uri.path().to_owned();
    let (mishap, delay) = {
        let mut gong = shared.gong.lock().unwrap();
        let nth = gong.log.iter().filter(|(asked, _)| *asked == path).count();
        gong.log.push((path.clone(), Instant::now()));
        let kind = [CALLS, WORDS, USERS].into_iter().find(|kind| *kind == path);
        let mishap = kind.and_then(|kind| gong.mishaps.remove(&(kind, nth)));
        (mishap, gong.delay)
    };
    if let Some(delay) = delay {
        tokio::time::sleep(delay).await;
    }
    let good = |shared: &Shared| good(shared, &method, &uri, &headers, &body);
    let half = |(status, text): (StatusCode, String)| {
        (status, Bytes::from(text.get(..text.len() / 2).unwrap_or_default().to_owned()))
    };
    match mishap {
        None => reply(good(&shared)),
        Some(Mishap::Refuse(status, why)) => {
            reply((StatusCode::from_u16(status).unwrap(), json!({"requestId": "x", "errors": [why]}).to_string()))
        }
        Some(Mishap::Limit(seconds)) => {
            let mut reply = reply((StatusCode::TOO_MANY_REQUESTS, json!({"errors": ["limit"]}).to_string()));
            reply.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            reply
        }
        Some(Mishap::Html) => reply((StatusCode::OK, "<!DOCTYPE html><title>Log in</title>".to_owned())),
        Some(Mishap::Truncate) => {
            let (status, text) = half(good(&shared));
            reply((status, String::from_utf8(text.to_vec()).unwrap()))
        }
        Some(Mishap::Break) => {
            let (_, text) = half(good(&shared));
            let broken = Err(std::io::Error::other("broken"));
            Response::new(Body::from_stream(stream::iter([Ok(text), broken])))
        }
        Some(Mishap::Redirect(to)) => {
            let mut reply = reply((StatusCode::TEMPORARY_REDIRECT, String::new()));
            reply.headers_mut().insert(header::LOCATION, to.parse().unwrap());
            reply
        }
        Some(Mishap::HangHalfway) => {
            let (_, text) = half(good(&shared));
            shared.stage.send(()).unwrap();
            Response::new(Body::from_stream(stream::iter([Ok::<_, std::io::Error>(text)]).chain(stream::pending())))
        }
        Some(Mishap::Hang) => {
            shared.stage.send(()).unwrap();
            std::future::pending().await
        }
        Some(Mishap::Wait) => {
            shared.stage.send(()).unwrap();
            shared.go.lock().await.recv().await;
            reply(good(&shared))
        }
    }
}

fn reply((status, text): (StatusCode, String)) -> Response {
    let builder = Response::builder().status(status).header(header::CONTENT_TYPE, "application/json");
    builder.body(Body::from(text)).unwrap()
}

/// The reply of a Gong that behaves.
fn good(shared: &Shared, method: &Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> (StatusCode, String) {
    let mut gong = shared.gong.lock().unwrap();
    let refuse = |status, why: &str| (status, json!({"requestId": "x", "errors": [why]}).to_string());
    let credentials = base64(&format!("{KEY}:{SECRET}"));
    if headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()) != Some(&format!("Basic {credentials}"))
    {
        return refuse(StatusCode::UNAUTHORIZED, "Access key or secret are wrong");
    }
    let now = Instant::now();
    let recent = gong.log.iter().filter(|(_, at)| now.duration_since(*at) < Duration::from_millis(1000)).count();
    if gong.a_second.is_some_and(|allowed| recent > allowed) {
        gong.wrong.push(format!("{recent} requests in a second"));
        return refuse(StatusCode::TOO_MANY_REQUESTS, "too many requests");
    }
    let asked: Option<Value> = (!body.is_empty()).then(|| serde_json::from_slice(body).unwrap());
    let query: Vec<(String, String)> = uri
        .query()
        .into_iter()
        .flat_map(|query| query.split('&'))
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    if let Some(contract) = shared.contract {
        let names: Vec<_> = query.iter().map(|(name, _)| name.clone()).collect();
        let wrong = contract.check(method.as_str(), uri.path(), &names, asked.as_ref());
        if !wrong.is_empty() {
            gong.wrong.extend(wrong);
            return refuse(StatusCode::BAD_REQUEST, "the request is not as documented");
        }
    }
    let nothing = || refuse(StatusCode::NOT_FOUND, "No calls found corresponding to the provided filters");
    match (uri.path(), asked) {
        ("/v2/workspaces", None) => {
            let workspaces =
                json!([{"id": "623457276584334", "name": "Sales", "description": ""}, {"id": "7", "name": "CS"}]);
            (StatusCode::OK, json!({"requestId": "x", "workspaces": workspaces}).to_string())
        }
        (USERS, None) => {
            let users = gong.users.clone();
            (
                StatusCode::OK,
                json!({"requestId": "x", "records": {"totalRecords": users.len()}, "users": users}).to_string(),
            )
        }
        (CALLS, Some(asked)) => gong.calls(&asked).unwrap_or_else(nothing),
        (WORDS, Some(asked)) => {
            let ids = asked["filter"]["callIds"].as_array().cloned().unwrap_or_default();
            if ids.is_empty() || ids.len() > PAGE {
                gong.wrong.push(format!("{} ids", ids.len()));
                return refuse(StatusCode::BAD_REQUEST, "filter.callIds: must not be empty");
            }
            gong.words(&asked).unwrap_or_else(nothing)
        }
        _ => (StatusCode::NOT_FOUND, "<html>404</html>".to_owned()),
    }
}

impl Gong {
    /// Where the calls stand that fit a filter, oldest first.
    fn listed(&self, filter: &Value) -> Vec<usize> {
        let time = |name: &str| filter[name].as_str().map(|text| text.parse::<jiff::Timestamp>().unwrap());
        let (from, to) = (time("fromDateTime"), time("toDateTime"));
        let ids = filter["callIds"].as_array();
        let fits = |(at, call): &(jiff::Timestamp, Value)| {
            from.is_none_or(|from| *at >= from)
                && to.is_none_or(|to| *at < to)
                && ids.is_none_or(|ids| ids.contains(&call["metaData"]["id"]))
                && (filter["workspaceId"].is_null() || filter["workspaceId"] == call["metaData"]["workspaceId"])
        };
        let mut calls: Vec<usize> = (0..self.calls.len()).filter(|n| fits(&self.calls[*n])).collect();
        calls.sort_by_key(|n| self.calls[*n].0);
        if self.newest_first {
            calls.reverse();
        }
        calls
    }

    fn calls(&mut self, asked: &Value) -> Option<(StatusCode, String)> {
        let listed = self.listed(&asked["filter"]);
        self.page(asked, "calls", listed.len(), |gong, n| gong.calls[listed[n]].1.clone())
    }

    fn words(&mut self, asked: &Value) -> Option<(StatusCode, String)> {
        let ids = asked["filter"]["callIds"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let known: Vec<&str> = ids.filter(|id| self.words.contains_key(*id)).collect();
        self.page(asked, "callTranscripts", known.len(), |gong, n| gong.words[known[n]].clone())
    }

    /// The page that a request's cursor names; `None` when there is nothing at all.
    fn page(
        &mut self,
        asked: &Value,
        name: &str,
        total: usize,
        entry: impl Fn(&Gong, usize) -> Value,
    ) -> Option<(StatusCode, String)> {
        let mut unpaged = asked.clone();
        unpaged.as_object_mut().unwrap().remove("cursor");
        let page = match asked["cursor"].as_str() {
            None => 0,
            Some(cursor) => match self.cursors.get(cursor) {
                Some((first, page)) if *first == unpaged && !self.expired.contains(cursor) => *page,
                Some((first, _)) if *first != unpaged => {
                    self.wrong.push("a cursor with another filter".to_owned());
                    return None;
                }
                _ => {
                    let why = json!({"requestId": "x", "errors": ["Cursor has expired"]});
                    return Some((StatusCode::BAD_REQUEST, why.to_string()));
                }
            },
        };
        if total == 0 {
            return None;
        }
        let entries: Vec<_> = (page * PAGE..total.min((page + 1) * PAGE)).map(|n| entry(self, n)).collect();
        let mut records = json!({"totalRecords": total, "currentPageSize": entries.len(), "currentPageNumber": page});
        if (page + 1) * PAGE < total {
            let cursor = format!("cursor-{}", self.cursors.len());
            if self.expire_after.is_some_and(|pages| page + 1 >= pages) {
                self.expired.insert(cursor.clone());
            }
            self.cursors.insert(cursor.clone(), (unpaged, page + 1));
            records["cursor"] = cursor.into();
        }
        Some((StatusCode::OK, json!({"requestId": "x", "records": records, name: entries}).to_string()))
    }
}

/// Base64 of what is only letters, digits and a colon's worth of text: enough to check a header.
fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut written = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for n in 0..4 {
            let letter = char::from(LETTERS[(bits >> (18 - 6 * n) & 63) as usize]);
            written.push(if n > chunk.len() { '=' } else { letter });
        }
    }
    written
}
