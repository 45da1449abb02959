//! Who may come in.
//!
//! A web page that the user happens to look at can send requests to this machine. It is known by its `Origin`; one whose
//! own name was made to point here (DNS rebinding) is known by its `Host`. Other machines need a token.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, ORIGIN, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use tower_http::cors::CorsLayer;

use super::super::{Reason, ToolError};
use super::{REQUEST_ID, with_status};
use crate::config::ServerSettings;

/// The protocol's own headers, which web pages may send.
const MCP_HEADERS: [HeaderName; 5] = [
    HeaderName::from_static("mcp-protocol-version"),
    HeaderName::from_static("mcp-session-id"),
    HeaderName::from_static("mcp-method"),
    HeaderName::from_static("mcp-name"),
    HeaderName::from_static("last-event-id"),
];
/// How long a browser may remember what it may send.
const PREFLIGHT_AGE: Duration = Duration::from_secs(3_600);

/// What is let in.
pub(super) struct Door {
    /// Lower case, without a port.
    hosts: Vec<String>,
    origins: Vec<String>,
    /// The token's hash: hashes are of one length, so that comparing tells nothing about the token's.
    token: Option<[u8; 32]>,
}

impl Door {
    pub(super) fn new(settings: &ServerSettings, address: SocketAddr) -> Self {
        let mut hosts = settings.hosts.value.clone();
        hosts.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
        if !address.ip().is_unspecified() {
            hosts.push(if address.is_ipv6() { format!("[{}]", address.ip()) } else { address.ip().to_string() });
        }
        Door {
            hosts,
            origins: settings.origins.value.clone(),
            token: settings.token.as_ref().map(|token| hash(token.expose())),
        }
    }

    /// What browsers are told about other pages' requests.
    pub(super) fn cors(&self) -> CorsLayer {
        let origins: Vec<HeaderValue> =
            self.origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect();
        CorsLayer::new()
            .allow_origin(origins)
            .allow_methods([Method::GET, Method::POST])
            .allow_headers(MCP_HEADERS.into_iter().chain([CONTENT_TYPE, AUTHORIZATION]).collect::<Vec<_>>())
            .expose_headers([REQUEST_ID])
            .max_age(PREFLIGHT_AGE)
    }

    fn knows_host(&self, host: &str) -> bool {
        let host = host.to_lowercase();
        let name = match host.rsplit_once(':') {
            // The colons of an IPv6 address stand in brackets.
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => &host,
        };
        self.hosts.iter().any(|known| *known == name || *known == host)
    }

    /// The listed pages, and pages of this very server.
    fn knows_origin(&self, origin: &str, host: &str) -> bool {
        let origin = origin.to_lowercase();
        let own = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        self.origins.contains(&origin) || own.is_some_and(|own| own.eq_ignore_ascii_case(host))
    }

    /// Why a request is not let in, whoever sends it.
    fn stranger(&self, headers: &HeaderMap) -> Option<ToolError> {
        let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let host = text(HOST).unwrap_or_default();
        if !self.knows_host(host) {
            let error = ToolError::new(Reason::Usage, "the server is not known under the name in Host");
            return Some(error.hint("If it is one of its names, add it to CALL_COACH_SERVER_HOSTS."));
        }
        text(ORIGIN).filter(|origin| !self.knows_origin(origin, host))?;
        let error = ToolError::new(Reason::Usage, "pages of this origin may not use the server");
        Some(error.hint("If they should, add it to CALL_COACH_SERVER_ORIGINS."))
    }

    fn knows_token(&self, headers: &HeaderMap) -> bool {
        let Some(expected) = &self.token else { return true };
        let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
        });
        given.is_some_and(|given| hash(given).ct_eq(expected).into())
    }
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

pub(super) async fn host_and_origin(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    match door.stranger(request.headers()) {
        Some(error) => with_status(StatusCode::FORBIDDEN, &error),
        None => next.run(request).await,
    }
}

pub(super) async fn token(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    if door.knows_token(request.headers()) {
        return next.run(request).await;
    }
    let error = ToolError::new(Reason::Credentials, "this server wants a token")
        .hint("Send the header Authorization: Bearer TOKEN, with the token in the server's CALL_COACH_SERVER_TOKEN.");
    let mut response = with_status(StatusCode::UNAUTHORIZED, &error);
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(hosts: &[&str], token: Option<&str>) -> Door {
        Door {
            hosts: ["localhost", "127.0.0.1", "[::1]"].iter().chain(hosts).map(|host| (*host).to_owned()).collect(),
            origins: vec!["http://localhost:3000".to_owned()],
            token: token.map(hash),
        }
    }

    #[test]
    fn a_name_that_was_made_to_point_here_is_not_ours() {
        let door = door(&["coach.example"], None);
        for host in ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]", "coach.example:443"] {
            assert!(door.knows_host(host), "{host}");
        }
        for host in
            ["", "evil.example", "localhost.evil.example", "evil.example:8000", "127.0.0.1.evil.example", ":8000"]
        {
            assert!(!door.knows_host(host), "{host}");
        }
    }

    #[test]
    fn a_page_is_listed_or_of_this_server() {
        let door = door(&[], None);
        for origin in ["http://localhost:3000", "http://localhost:8000", "HTTP://LOCALHOST:8000"] {
            assert!(door.knows_origin(origin, "localhost:8000"), "{origin}");
        }
        for origin in ["http://evil.example", "null", "", "http://localhost:3001", "http://localhost:80000"] {
            assert!(!door.knows_origin(origin, "localhost:8000"), "{origin}");
        }
    }

    #[test]
    fn only_the_whole_token_opens() {
        let headers = |value: &str| HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_str(value).unwrap())]);
        let locked = door(&[], Some("a-long-token"));
        assert!(locked.knows_token(&headers("Bearer a-long-token")));
        assert!(locked.knows_token(&headers("bearer  a-long-token")));
        for wrong in ["Bearer a-long-toke", "Bearer a-long-token2", "a-long-token", "Basic a-long-token", "Bearer "] {
            assert!(!locked.knows_token(&headers(wrong)), "{wrong}");
        }
        assert!(!locked.knows_token(&HeaderMap::new()));
        assert!(door(&[], None).knows_token(&HeaderMap::new()));
    }
}
