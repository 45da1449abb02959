//! The tools on HTTP: `/mcp` for assistants, `/tools/NAME` for everything else, `/health` for whoever watches.

mod door;
mod limits;
mod listen;

pub use listen::{Listening, is_loopback};

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any_service, get, post};
use axum::{Json, Router};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::{Value, json};
use tokio::time::Instant;
use tracing::Instrument as _;
use uuid::Uuid;

use super::mcp::Handler;
use super::{Coach, Reason, ToolError, message};
use crate::config::ServerSettings;
use door::Door;
use limits::Limits;

/// The name under which a request is found in the log.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Streams say that they are alive this often, so that no proxy ends them.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The coach as soon as the start is checked.
pub type Ready = Arc<OnceLock<Arc<Coach>>>;

/// All routes, for a server that listens at `address`.
pub fn router(settings: &ServerSettings, address: SocketAddr, ready: &Ready) -> Router {
    let door = Arc::new(Door::new(settings, address));
    let limits = Arc::new(Limits::new(settings));
    // The outermost comes last.
    let guarded = Router::new()
        .route_service("/mcp", any_service(mcp(ready.clone())).layer(from_fn(is_message)))
        .route("/tools/{name}", post(tool))
        .fallback(not_found)
        .method_not_allowed_fallback(not_allowed)
        .layer(from_fn_with_state(limits, limits::check))
        .layer(from_fn_with_state(door.clone(), door::token))
        .layer(door.cors())
        .layer(from_fn_with_state(door, door::host_and_origin))
        .layer(from_fn_with_state(ready.clone(), is_ready))
        .with_state(ready.clone());
    let health = Router::new().route("/health", get(health)).with_state(ready.clone());
    health.merge(guarded).layer(from_fn(logged))
}

/// Who may come in and how much is read is decided before, for all routes alike.
fn mcp(ready: Ready) -> StreamableHttpService<Handler, NeverSessionManager> {
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_sse_keep_alive(Some(KEEP_ALIVE))
        .with_max_request_body_bytes(message::MAX_BYTES)
        .disable_allowed_hosts();
    let handler = move || {
        let starting = || std::io::Error::other("the server is starting");
        ready.get().cloned().map(Handler).ok_or_else(starting)
    };
    StreamableHttpService::new(handler, Arc::new(NeverSessionManager::default()), config)
}

/// Answers what is no message as the protocol has it: the library would call it another type of media.
async fn is_message(request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, message::MAX_BYTES).await else { return not_allowed().await };
    match message::read(&body) {
        Ok(_) => next.run(Request::from_parts(parts, Body::from(body))).await,
        Err(error) => (StatusCode::BAD_REQUEST, Json(error)).into_response(),
    }
}

async fn health(State(ready): State<Ready>) -> Response {
    let Some(coach) = ready.get() else {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "starting" }))).into_response();
    };
    let is_there = coach.database_is_there().await;
    let (code, status, database) = match is_there {
        true => (StatusCode::OK, "ok", "ok"),
        false => (StatusCode::SERVICE_UNAVAILABLE, "degraded", "unavailable"),
    };
    let tools = coach.tools().len();
    let body = json!({ "status": status, "tools": tools, "version": env!("CARGO_PKG_VERSION"), "database": database });
    (code, Json(body)).into_response()
}

async fn tool(State(ready): State<Ready>, name: Result<Path<String>, PathRejection>, body: Bytes) -> Response {
    let Some(coach) = ready.get() else { return starting() };
    // What is no text names no tool.
    let name = name.map(|Path(name)| name).unwrap_or_default();
    let tools = coach.tools();
    let Some(tool) = tools.iter().find(|tool| tool.name() == name) else {
        let known: Vec<_> = tools.iter().map(|tool| tool.name()).collect();
        let error = ToolError::new(Reason::NotFound, format!("there is no such tool; there are {}", known.join(", ")));
        return refused(&error);
    };
    let arguments = match serde_json::from_slice(&body) {
        Ok(Value::Object(arguments)) => arguments,
        Ok(_) => return refused(&ToolError::new(Reason::Usage, "the body is no JSON object")),
        Err(_) if body.trim_ascii().is_empty() => serde_json::Map::new(),
        Err(error) => return refused(&ToolError::new(Reason::Usage, format!("the body is no JSON: {error}"))),
    };
    match tool.call(coach, arguments, None).await {
        Ok(answer) => Json(answer.json).into_response(),
        Err(error) => refused(&error),
    }
}

async fn not_found() -> Response {
    refused(&ToolError::new(Reason::NotFound, "there is nothing here").hint("There are /mcp, /tools/NAME and /health."))
}

async fn not_allowed() -> Response {
    let error = ToolError::new(Reason::Usage, "this method is not understood here").hint("Send a POST.");
    with_status(StatusCode::METHOD_NOT_ALLOWED, &error)
}

fn starting() -> Response {
    limits::later(&ToolError::new(Reason::Service, "the server is starting"))
}

async fn is_ready(State(ready): State<Ready>, request: Request, next: Next) -> Response {
    if ready.get().is_none() {
        return starting();
    }
    next.run(request).await
}

/// An error with the status of its kind.
fn refused(error: &ToolError) -> Response {
    let status = match error.kind {
        Reason::Usage => StatusCode::BAD_REQUEST,
        Reason::NotFound => StatusCode::NOT_FOUND,
        Reason::OverBudget => StatusCode::TOO_MANY_REQUESTS,
        Reason::Credentials | Reason::Service => StatusCode::BAD_GATEWAY,
        Reason::Database => return limits::later(error),
        Reason::TimedOut => StatusCode::GATEWAY_TIMEOUT,
        Reason::Failed => StatusCode::INTERNAL_SERVER_ERROR,
    };
    with_status(status, error)
}

fn with_status(status: StatusCode, error: &ToolError) -> Response {
    (status, Json(error.to_json())).into_response()
}

/// Gives each request an id, which stands in the log and in the response.
async fn logged(request: Request, next: Next) -> Response {
    let id = Uuid::new_v4().simple().to_string();
    // What else a path holds is the client's own affair, and may be something that no log should hold.
    let path = match request.uri().path() {
        "/mcp" => "/mcp",
        "/health" => "/health",
        path if path.starts_with("/tools/") => "/tools",
        _ => "other",
    };
    let span = tracing::info_span!("request", id, method = %request.method(), path);
    async move {
        let start = Instant::now();
        let mut response = next.run(request).await;
        let (status, ms) = (response.status().as_u16(), start.elapsed().as_millis());
        tracing::info!(status, ms, "answered");
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        response
    }
    .instrument(span)
    .await
}
