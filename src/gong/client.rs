//! One request to Gong and what came back.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use reqwest::{Method, Response, StatusCode, Url, redirect};
use serde::de::DeserializeOwned;

use super::error::GongError;
use super::limiter::Limiter;
use super::reply::Problems;
use super::request::Request;
use crate::config::Secret;

/// Where the API of tenants without a host of their own is.
const GENERIC: &str = "https://api.gong.io";
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// From the first byte sent to the last one read. Gong needs some seconds for a page of calls.
const TIMEOUT: Duration = Duration::from_secs(120);
/// The words of a hundred calls take 5 to 20 MB.
const MAX_REPLY: usize = 256 << 20;
/// The longest part of Gong's own words that is repeated.
const MAX_REASON: usize = 300;

/// How we say who we are. It cannot be printed.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// Access key and its secret.
    Key(Secret, Secret),
    /// An OAuth token.
    Token(Secret),
}

/// Where Gong's API is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(Url);

impl Address {
    /// Reads the tenant's address, with or without `/v2` at its end; none is the generic one.
    ///
    /// # Errors
    /// [`GongError::BadAddress`] for what is no `https` address. Plain `http` is only for this machine, since the key
    /// would be readable on its way.
    pub fn parse(text: Option<&str>) -> Result<Self, GongError> {
        let text = text.unwrap_or(GENERIC).trim();
        let bad = || GongError::BadAddress(text.rsplit('@').next().unwrap_or_default().to_owned());
        let with_scheme = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let mut url = Url::parse(&with_scheme).map_err(|_| bad())?;
        let host = url.host_str().unwrap_or_default();
        let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        let is_good = url.scheme() == "https" || (url.scheme() == "http" && is_here);
        if !is_good || host.is_empty() || !url.username().is_empty() || url.password().is_some() {
            return Err(bad());
        }
        let path = url.path().trim_end_matches('/');
        let path = path.strip_suffix("/v2").unwrap_or(path).to_owned();
        url.set_path(&path);
        url.set_query(None);
        url.set_fragment(None);
        Ok(Address(url))
    }

    fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", url.path().trim_end_matches('/')));
        url
    }

    /// Its host, with the port where that is not the usual one.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

/// Gong's API with one set of credentials. Cheap to clone; clones share the allowance of requests.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    address: Address,
    credentials: Credentials,
    limiter: Limiter,
}

impl Client {
    /// A client that sends at most so many requests a second.
    ///
    /// # Errors
    /// [`GongError::Unreachable`] when the system gives it no means to encrypt.
    pub fn new(address: Address, credentials: Credentials, a_second: u32) -> Result<Self, GongError> {
        let http = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .user_agent(concat!("call-coach/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| unreachable(&address, &error))?;
        Ok(Client { http, address, credentials, limiter: Limiter::new(a_second) })
    }

    /// Where it asks.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Sends a request once and reads the reply. "Nothing found" is the empty reply.
    ///
    /// # Errors
    /// Every [`GongError`] but [`GongError::BadAddress`].
    pub async fn send<T: DeserializeOwned + Default>(&self, request: &Request) -> Result<T, GongError> {
        let _place = self.limiter.place().await;
        let mut url = self.address.join(request.path);
        if let Some(cursor) = &request.cursor {
            url.query_pairs_mut().append_pair("cursor", cursor);
        }
        let method = if request.body.is_some() { Method::POST } else { Method::GET };
        let mut sent = self.http.request(method, url);
        sent = match &self.credentials {
            Credentials::Key(key, secret) => sent.basic_auth(key.expose(), Some(secret.expose())),
            Credentials::Token(token) => sent.bearer_auth(token.expose()),
        };
        if let Some(body) = &request.body {
            sent = sent.header(CONTENT_TYPE, "application/json").body(body.to_string());
        }
        let reply = sent.send().await.map_err(|error| unreachable(&self.address, &error))?;
        let status = reply.status();
        tracing::debug!(path = request.path, status = status.as_u16(), "gong");
        if status.is_redirection() {
            return Err(self.redirected(&reply));
        }
        let retry_after = retry_after(&reply);
        let body = read(reply).await?;
        if status.is_success() {
            return self.parse(request, &body);
        }
        match self.refusal(request, status, retry_after, &body) {
            Some(error) => Err(error),
            None => Ok(T::default()),
        }
    }

    fn parse<T: DeserializeOwned>(&self, request: &Request, body: &[u8]) -> Result<T, GongError> {
        serde_json::from_slice(body).map_err(|error| match error.classify() {
            _ if !looks_like_json(body) => self.not_json(body),
            serde_json::error::Category::Eof => GongError::BrokeOff,
            _ => GongError::OtherShape { path: request.path, line: error.line(), column: error.column() },
        })
    }

    /// Why there is no reply; `None` for "nothing found", which is one.
    fn refusal(
        &self,
        request: &Request,
        status: StatusCode,
        retry_after: Option<Duration>,
        body: &[u8],
    ) -> Option<GongError> {
        let problems = serde_json::from_slice::<Problems>(body).ok();
        let is_gongs = problems.is_some();
        let texts = problems.and_then(|problems| problems.errors).unwrap_or_default();
        let reason = texts.join("; ");
        Some(match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => match missing_scope(&reason) {
                Some(scope) => GongError::MissingScope { scope },
                None if status == StatusCode::FORBIDDEN => GongError::MissingScope { scope: request.scope.to_owned() },
                None => GongError::Refused,
            },
            StatusCode::NOT_FOUND if texts.iter().any(|text| is_nothing_found(text)) => return None,
            StatusCode::NOT_FOUND => GongError::WrongAddress { address: self.address.to_string(), path: request.path },
            StatusCode::TOO_MANY_REQUESTS => GongError::Limited { retry_after },
            _ if status.is_server_error() => GongError::Failed { status: status.as_u16() },
            _ if is_expired_cursor(&reason) => GongError::CursorExpired,
            _ if !is_gongs => self.not_json(body),
            _ => GongError::NotAccepted { status: status.as_u16(), reason: reason.chars().take(MAX_REASON).collect() },
        })
    }

    fn redirected(&self, reply: &Response) -> GongError {
        let location = reply.headers().get(LOCATION).and_then(|location| location.to_str().ok());
        let to = location.and_then(|to| self.address.0.join(to).ok());
        let host = to.as_ref().and_then(Url::host_str).unwrap_or("an unnamed place").to_owned();
        GongError::Redirected { from: self.address.host(), to: host }
    }

    fn not_json(&self, body: &[u8]) -> GongError {
        let is_page = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
        let found = match (body.is_empty(), is_page) {
            (true, _) => "an empty reply",
            (_, true) => "a web page",
            _ => "no JSON",
        };
        GongError::NotJson { host: self.address.host(), found }
    }
}

/// Reads a body, but never more of it than a reply can have.
async fn read(mut reply: Response) -> Result<Vec<u8>, GongError> {
    let mut body = Vec::new();
    while let Some(chunk) = reply.chunk().await.map_err(|_| GongError::BrokeOff)? {
        if body.len() + chunk.len() > MAX_REPLY {
            return Err(GongError::TooLarge(MAX_REPLY));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn retry_after(reply: &Response) -> Option<Duration> {
    let seconds = reply.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// The innermost reason only: the outer ones repeat the address.
fn unreachable(address: &Address, error: &reqwest::Error) -> GongError {
    if error.is_request() && !error.is_connect() && !error.is_timeout() {
        return GongError::BrokeOff;
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    let reason = if error.is_timeout() { "no answer in time".to_owned() } else { cause.to_string() };
    GongError::Unreachable { host: address.host(), reason }
}

fn looks_like_json(body: &[u8]) -> bool {
    body.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| matches!(byte, b'{' | b'['))
}

/// "No calls found corresponding to the provided filters".
fn is_nothing_found(text: &str) -> bool {
    text.strip_prefix("No ").is_some_and(|rest| rest.contains(" found"))
}

/// "cursor has expired". No document names its status or words.
fn is_expired_cursor(reason: &str) -> bool {
    let reason = reason.to_lowercase();
    reason.contains("cursor") && ["expired", "invalid"].iter().any(|word| reason.contains(word))
}

/// The permission in "You don't have permission to use 'api:stats:scorecards' in your app.", which comes with 401.
fn missing_scope(reason: &str) -> Option<String> {
    let start = reason.find("api:")?;
    let scope = reason.get(start..)?;
    let end = scope.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_'))).unwrap_or(scope.len());
    Some(scope.get(..end)?.trim_end_matches(':').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_with_and_without_version() {
        let address = |text| Address::parse(Some(text)).expect(text).join("/v2/users").to_string();
        for text in [
            "https://us-1.api.gong.io",
            "https://us-1.api.gong.io/",
            "https://us-1.api.gong.io/v2",
            " us-1.api.gong.io/v2/ ",
        ] {
            assert_eq!(address(text), "https://us-1.api.gong.io/v2/users");
        }
        assert_eq!(address("http://127.0.0.1:80/x/v2"), "http://127.0.0.1/x/v2/users");
        assert_eq!(Address::parse(None).expect("generic").host(), "api.gong.io");
        assert_eq!(Address::parse(Some("http://127.0.0.1:9")).expect("good").host(), "127.0.0.1:9");
    }

    #[test]
    fn a_key_is_not_sent_in_the_clear_and_not_repeated() {
        for text in ["http://api.gong.io", "ftp://x", "https://", "https://ana:s3cret@api.gong.io", ""] {
            let error = Address::parse(Some(text)).expect_err(text).to_string();
            assert!(!error.contains("s3cret"), "{error}");
        }
        let credentials = Credentials::Key(Secret::new("key-1"), Secret::new("s3cret"));
        let client = Client::new(Address::parse(None).expect("generic"), credentials, 3).expect("client");
        let shown = format!("{client:?}");
        assert!(!shown.contains("s3cret") && !shown.contains("key-1"), "{shown}");
    }

    #[test]
    fn gongs_words_are_understood() {
        assert!(is_nothing_found("No calls found corresponding to the provided filters"));
        assert!(!is_nothing_found("Not found") && !is_nothing_found("Nothing was found"));
        let missing = missing_scope("You don't have permission to use 'api:stats:user-actions:detailed' in your app.");
        assert_eq!(missing.as_deref(), Some("api:stats:user-actions:detailed"));
        assert_eq!(missing_scope("Access denied"), None);
        assert!(is_expired_cursor("Cursor has expired") && !is_expired_cursor("filter.callIds: must not be empty"));
    }
}
