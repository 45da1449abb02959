//! One client for all requests of a run: headers, redirects off, the policy for trying again.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Response, Url, redirect};
use tokio::time::{Instant, sleep_until};

use super::error::{ClaudeError, Detail};
use super::retry::{Again, RetryPolicy, again};
use super::stream::{self, StreamError};
use super::wire::{Counted, ErrorBody, Message, MessageRequest, ModelInfo};
use crate::config::Secret;

const DEFAULT_BASE_URL: &str = "https://api.anthropic.com";
/// Gateways may know no newer one; another can be set with custom headers.
const API_VERSION: &str = "2023-06-01";
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// Of a reply that is an error only so much is read.
const MAX_ERROR_CHARS: usize = 300;

/// How to get in.
#[derive(Debug, Clone)]
pub enum Credential {
    /// Sent as `x-api-key`.
    Key(Secret),
    /// Sent as a bearer token.
    Token(Secret),
    /// A server that asks for none.
    None,
}

/// Where to send requests, and how.
#[derive(Debug, Clone)]
pub struct Access {
    /// How to get in.
    pub credential: Credential,
    /// Another address than Anthropic's.
    pub base_url: Option<String>,
    /// More headers, a line each, which beat our own. They may hold keys.
    pub custom_headers: Option<Secret>,
    /// Whether words may leave this machine unencrypted.
    pub allow_http: bool,
    /// Give up when nothing has come for this long.
    pub timeout: Duration,
    /// When to try again.
    pub retry: RetryPolicy,
}

/// A connection to the Messages API. Clones share it.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    base: Url,
    host: String,
    secrets: Vec<Secret>,
    can_ask: bool,
    timeout: Duration,
    retry: RetryPolicy,
    /// No request is made before this: a limit that one of them met slows all of them down.
    not_before: Mutex<Option<Instant>>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("host", &self.0.host).finish_non_exhaustive()
    }
}

impl Client {
    /// Makes a client. Nothing is sent yet.
    ///
    /// # Errors
    /// When the address, a header or the key cannot be used.
    pub fn new(access: Access) -> Result<Self, ClaudeError> {
        let base = base_url(&access)?;
        let host = host_of(&base);
        let (headers, secrets) = headers(&access)?;
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .user_agent(concat!("call-coach/", env!("CARGO_PKG_VERSION")))
            // A redirect would carry the key to whatever host it names: only `Authorization` is taken off.
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT.min(access.timeout))
            .read_timeout(access.timeout)
            .build()
            .map_err(|error| ClaudeError::Settings(format!("no connection can be made: {}", root_of(&error))))?;
        let can_ask = access.base_url.is_some() || !matches!(access.credential, Credential::None);
        let Access { timeout, retry, .. } = access;
        let not_before = Mutex::new(None);
        Ok(Client(Arc::new(Inner { http, base, host, secrets, can_ask, timeout, retry, not_before })))
    }

    /// Whether anybody would answer: Anthropic's own service does not without a key.
    pub fn can_ask(&self) -> bool {
        self.0.can_ask
    }

    /// Where words are sent to.
    pub fn host(&self) -> &str {
        &self.0.host
    }

    /// The address as it may be shown and asked without a key: a user, a password or a parameter in it are left out.
    pub fn address(&self) -> String {
        let mut address = self.0.base.clone();
        // An address that can have neither has none to take away.
        let _ = (address.set_username(""), address.set_password(None));
        address.set_query(None);
        address.set_fragment(None);
        address.to_string()
    }

    /// Asks for one message. `on_start` is called when the service has begun to reply.
    ///
    /// # Errors
    /// When there is no whole reply, after as many repetitions as the policy allows. A reply that has begun is not
    /// asked for again, since it is paid for.
    pub async fn message(&self, request: &[u8], on_start: impl FnOnce()) -> Result<Message, ClaudeError> {
        let response = self.send(Method::POST, "v1/messages", Some(request)).await?;
        let request_id = header(response.headers(), "request-id");
        let host = || self.0.host.clone();
        stream::collect(response, on_start, request_id.clone()).await.map_err(|error| match error {
            StreamError::TimedOut => self.timed_out(),
            StreamError::BrokenOff(reason) => ClaudeError::BrokenOff { host: host(), reason },
            StreamError::Said(kind, message) => {
                let detail = Detail { kind, message: self.told(&message), request_id };
                ClaudeError::BrokenOff { host: host(), reason: detail.to_string() }
            }
        })
    }

    /// How many tokens a prompt has, by the service's own estimate. Costs nothing.
    ///
    /// # Errors
    /// When the service does not say.
    pub async fn count_tokens(&self, request: &MessageRequest<'_>) -> Result<u64, ClaudeError> {
        let counted = MessageRequest { max_tokens: None, stream: None, ..request.clone() };
        let body = serde_json::to_vec(&counted).map_err(|error| ClaudeError::Settings(error.to_string()))?;
        let response = self.send(Method::POST, "v1/messages/count_tokens", Some(&body)).await?;
        let counted: Counted = self.json(response).await?;
        Ok(counted.input_tokens)
    }

    /// What the service says of a model. Costs nothing.
    ///
    /// # Errors
    /// When the service does not know the model or does not answer.
    pub async fn about(&self, model: &str) -> Result<ModelInfo, ClaudeError> {
        let response = self.send(Method::GET, &format!("v1/models/{model}"), None).await?;
        self.json(response).await
    }

    async fn json<T: serde::de::DeserializeOwned>(&self, response: Response) -> Result<T, ClaudeError> {
        let bytes = response.bytes().await.map_err(|error| self.lost(&error))?;
        serde_json::from_slice(&bytes)
            .map_err(|_| ClaudeError::BadReply { reason: "it is not the JSON we know".to_owned() })
    }

    /// Sends a request until it is taken, is refused for good, or has failed too often.
    async fn send(&self, method: Method, path: &str, body: Option<&[u8]>) -> Result<Response, ClaudeError> {
        let url =
            self.0.base.join(path).map_err(|_| ClaudeError::Settings(format!("`{path}` is no part of an address")))?;
        let mut n = 0;
        loop {
            self.wait().await;
            let mut request = self.0.http.request(method.clone(), url.clone());
            if let Some(body) = body {
                request = request.header(CONTENT_TYPE, "application/json").body(body.to_vec());
            }
            let (error, pause) = match request.send().await {
                Ok(response) if response.status().is_success() => return Ok(response),
                Ok(response) => self.refused(response).await,
                Err(error) => {
                    let error = self.lost(&error);
                    let again = matches!(error, ClaudeError::Unreachable { .. });
                    (error, if again { Again::After(None) } else { Again::Never })
                }
            };
            let Again::After(pause) = pause else { return Err(error) };
            if n >= self.0.retry.retries {
                return Err(error);
            }
            let pause = pause.unwrap_or_else(|| self.0.retry.pause(n));
            tracing::info!(host = %self.0.host, attempt = n + 1, ?pause, "asking again: {error}");
            self.hold_back(pause);
            n += 1;
        }
    }

    async fn wait(&self) {
        loop {
            let until = *self.0.not_before.lock().unwrap_or_else(PoisonError::into_inner);
            match until.filter(|until| *until > Instant::now()) {
                // Meanwhile another request may have been told to wait for longer.
                Some(until) => sleep_until(until).await,
                None => return,
            }
        }
    }

    fn hold_back(&self, pause: Duration) {
        let mut not_before = self.0.not_before.lock().unwrap_or_else(PoisonError::into_inner);
        *not_before = (*not_before).max(Instant::now().checked_add(pause));
    }

    /// What a reply that is an error means.
    async fn refused(&self, response: Response) -> (ClaudeError, Again) {
        let status = response.status();
        let headers = response.headers().clone();
        let body = response.bytes().await.unwrap_or_default();
        // A proxy on the way may answer with anything.
        let said = serde_json::from_slice::<ErrorBody>(&body).unwrap_or_default().error;
        let request_id = header(&headers, "request-id");
        let detail = Detail { kind: self.told(&said.kind), message: self.told(&said.message), request_id };
        tracing::info!(host = %self.0.host, status = status.as_u16(), kind = %detail.kind, "refused");
        let again = again(status, &headers, &detail.message);
        let host = self.0.host.clone();
        let out_of_credit = detail.message.to_lowercase().contains("credit balance is too low");
        let error = match status.as_u16() {
            _ if out_of_credit => ClaudeError::Credit { host, detail },
            status @ (401 | 403) => ClaudeError::Credentials { host, status, detail },
            429 => ClaudeError::RateLimited { host, detail },
            status @ 500.. => ClaudeError::Service { host, status, detail },
            status => ClaudeError::Rejected { host, status, detail },
        };
        (error, again)
    }

    /// What a request without a reply means.
    fn lost(&self, error: &reqwest::Error) -> ClaudeError {
        let host = self.0.host.clone();
        if error.is_timeout() && !error.is_connect() {
            return self.timed_out();
        }
        let reason = self.told(&root_of(error));
        if is_tls(error) { ClaudeError::Tls { host, reason } } else { ClaudeError::Unreachable { host, reason } }
    }

    fn timed_out(&self) -> ClaudeError {
        ClaudeError::TimedOut { host: self.0.host.clone(), seconds: self.0.timeout.as_secs() }
    }

    /// Somebody else's words, short, in one line, and without our keys should they repeat them.
    fn told(&self, text: &str) -> String {
        let mut text: String = text.chars().filter(|c| !c.is_control()).take(MAX_ERROR_CHARS).collect();
        for secret in &self.0.secrets {
            text = text.replace(secret.expose(), "…");
        }
        text
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.chars().take(100).collect())
}

fn base_url(access: &Access) -> Result<Url, ClaudeError> {
    let text = access.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL).trim_end_matches('/');
    let wrong = |why: &str| ClaudeError::Settings(format!("ANTHROPIC_BASE_URL {why}, such as {DEFAULT_BASE_URL}"));
    let url = Url::parse(&format!("{text}/")).map_err(|_| wrong("is no address"))?;
    let Some(host) = url.host_str() else { return Err(wrong("names no host")) };
    let loopback = host == "localhost"
        || host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match url.scheme() {
        "https" => Ok(url),
        "http" if loopback || access.allow_http => Ok(url),
        "http" => Err(ClaudeError::Settings(format!(
            "ANTHROPIC_BASE_URL sends words and key to {host} for all to read: use https, or set CALL_COACH_ALLOW_HTTP=true"
        ))),
        _ => Err(wrong("must begin with https://")),
    }
}

fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The headers of every request, and the secrets in them.
fn headers(access: &Access) -> Result<(HeaderMap, Vec<Secret>), ClaudeError> {
    let sensitive = |value: &str, what: &str| {
        let mut value = HeaderValue::from_str(value.trim())
            .map_err(|_| ClaudeError::Settings(format!("{what} holds characters that no header can carry")))?;
        value.set_sensitive(true);
        Ok(value)
    };
    let mut headers = HeaderMap::new();
    let mut secrets = Vec::new();
    headers.insert("anthropic-version", HeaderValue::from_static(API_VERSION));
    match &access.credential {
        Credential::Key(key) => {
            headers.insert("x-api-key", sensitive(key.expose(), "ANTHROPIC_API_KEY")?);
            secrets.push(Secret::new(key.expose().trim()));
        }
        Credential::Token(token) => {
            let bearer = format!("Bearer {}", token.expose().trim());
            headers.insert(AUTHORIZATION, sensitive(&bearer, "ANTHROPIC_AUTH_TOKEN")?);
            secrets.push(Secret::new(token.expose().trim()));
        }
        Credential::None => {}
    }
    let custom = access.custom_headers.as_ref().map_or("", Secret::expose);
    for line in custom.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let wrong =
            || ClaudeError::Settings("ANTHROPIC_CUSTOM_HEADERS takes lines of the form `Name: value`".to_owned());
        let (name, value) = line.split_once(':').ok_or_else(wrong)?;
        let name = HeaderName::from_bytes(name.trim().as_bytes()).map_err(|_| wrong())?;
        headers.insert(name, sensitive(value, "ANTHROPIC_CUSTOM_HEADERS")?);
        // What is short is a word and no secret, and would tear holes into every message.
        secrets.extend(Some(value.trim()).filter(|value| value.len() >= 12).map(Secret::new));
    }
    Ok((headers, secrets))
}

/// The innermost reason: the outer ones repeat the address.
fn root_of(error: &reqwest::Error) -> String {
    causes(error).last().map_or_else(|| "no reason given".to_owned(), ToString::to_string)
}

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(std::error::Error::source(error), |cause| cause.source())
}

/// An I/O error skips the error it holds when it is asked for its source, and may hold another I/O error.
fn is_tls(error: &reqwest::Error) -> bool {
    fn holds_tls(cause: &(dyn std::error::Error + 'static)) -> bool {
        let held = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        cause.is::<rustls::Error>() || held.is_some_and(|held| holds_tls(held))
    }
    causes(error).any(holds_tls)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "sk-ant-a-key-that-nobody-may-see";

    fn access(base_url: &str) -> Access {
        Access {
            credential: Credential::Key(Secret::new(KEY)),
            base_url: Some(base_url.to_owned()),
            custom_headers: None,
            allow_http: false,
            timeout: Duration::from_secs(1),
            retry: RetryPolicy::new(0),
        }
    }

    fn host(access: Access) -> Result<String, String> {
        Client::new(access).map(|client| client.host().to_owned()).map_err(|error| error.to_string())
    }

    #[test]
    fn words_leave_the_machine_only_encrypted() {
        assert_eq!(host(Access { base_url: None, ..access("") }).as_deref(), Ok("api.anthropic.com"));
        for local in ["http://localhost:11434", "http://127.0.0.1:1", "http://[::1]:8080/"] {
            assert!(host(access(local)).is_ok(), "{local}");
        }
        let error = host(access("http://gateway.example/")).expect_err("not encrypted");
        assert!(error.contains("gateway.example") && error.contains("CALL_COACH_ALLOW_HTTP"), "{error}");
        assert!(host(Access { allow_http: true, ..access("http://gateway.example") }).is_ok());
        for wrong in ["gateway.example", "ftp://x", "https://"] {
            assert!(host(access(wrong)).expect_err(wrong).contains("ANTHROPIC_BASE_URL"), "{wrong}");
        }
    }

    #[test]
    fn a_path_of_the_address_is_kept() {
        let client = Client::new(access("https://gateway.example/anthropic")).expect("good");
        assert_eq!(client.0.base.join("v1/messages").expect("good").path(), "/anthropic/v1/messages");
    }

    #[test]
    fn a_password_in_the_address_is_used_and_not_shown() {
        let client = Client::new(access("https://us:s3cret@x.example:8443/a")).expect("good");
        assert_eq!(client.address(), "https://x.example:8443/a/");
        assert_eq!(client.0.base.password(), Some("s3cret"));
    }

    #[test]
    fn keys_are_not_printed_and_are_taken_out_of_what_others_say() {
        let custom = Some(Secret::new("X-Gateway: a-secret-of-the-gateway\nX-Team: sales"));
        let client = Client::new(Access { custom_headers: custom, ..access("https://x.example") }).expect("good");
        assert_eq!(format!("{client:?}"), "Client { host: \"x.example\", .. }");
        assert_eq!(client.told(&format!("no such key: {KEY}")), "no such key: …");
        assert_eq!(client.told("a-secret-of-the-gateway, sales\u{1b}[31m"), "…, sales[31m");
        let broken = Access { credential: Credential::Key(Secret::new("two\nlines")), ..access("https://x.example") };
        let error = host(broken).expect_err("no header");
        assert!(error.contains("ANTHROPIC_API_KEY") && !error.contains("two"), "{error}");
        let lines = Access { custom_headers: Some(Secret::new("no colon")), ..access("https://x.example") };
        assert!(host(lines).expect_err("no header").contains("Name: value"));
    }

    /// What one request is told holds for all of them, and a shorter pause does not end a longer one.
    #[tokio::test(start_paused = true)]
    async fn a_limit_that_one_request_meets_slows_all_of_them_down() {
        let client = Client::new(access("https://x.example")).expect("good");
        let start = Instant::now();
        client.wait().await;
        assert_eq!(start.elapsed(), Duration::ZERO);
        client.hold_back(Duration::from_secs(9));
        client.hold_back(Duration::from_secs(2));
        let other = client.clone();
        tokio::join!(client.wait(), other.wait());
        assert!(start.elapsed() >= Duration::from_secs(9), "{:?}", start.elapsed());
    }
}
