//! How much a client may ask for: the size of a body, the time to send it, and how many at once.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::BodyExt as _;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::super::message::MAX_BYTES;
use super::super::{Reason, ToolError};
use super::with_status;
use crate::config::ServerSettings;

/// A client that takes longer to send that is not served.
const BODY_TIME: Duration = Duration::from_secs(10);

pub(super) struct Limits {
    at_once: Arc<Semaphore>,
}

impl Limits {
    pub(super) fn new(settings: &ServerSettings) -> Self {
        Limits { at_once: Arc::new(Semaphore::new(settings.max_requests.value)) }
    }
}

pub(super) async fn check(State(limits): State<Arc<Limits>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    // The whole body comes first: a slow client must not take the place of others.
    let body = match timeout(BODY_TIME, to_bytes(body, MAX_BYTES)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => {
            let error =
                ToolError::new(Reason::Usage, format!("the body is larger than {MAX_BYTES} bytes, or broke off"));
            return with_status(StatusCode::PAYLOAD_TOO_LARGE, &error);
        }
        Err(_) => {
            let error = ToolError::new(Reason::TimedOut, "the body did not come in time");
            return with_status(StatusCode::REQUEST_TIMEOUT, &error);
        }
    };
    let Ok(permit) = limits.at_once.clone().try_acquire_owned() else {
        return later(&ToolError::new(Reason::Service, "the server works on as many requests as it can"));
    };
    let request = Request::from_parts(parts, Body::from(body));
    // A response that is still being sent is still being worked on. How long that may take the tools know.
    next.run(request).await.map(|body| {
        Body::new(body.map_frame(move |frame| {
            let _ = &permit;
            frame
        }))
    })
}

/// An error that passes.
pub(super) fn later(error: &ToolError) -> Response {
    let mut response = with_status(StatusCode::SERVICE_UNAVAILABLE, error);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}
