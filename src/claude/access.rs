//! The connection that the settings describe.

use std::time::Duration;

use super::client::{Access, Credential};
use super::retry::RetryPolicy;
use crate::config::ClaudeSettings;

/// What Anthropic's own keys begin with.
pub const KEY_BEGINS: &str = "sk-ant-";

/// Whether the key would be sent to Anthropic and does not look like one of Anthropic's.
pub fn is_foreign_key(settings: &ClaudeSettings) -> bool {
    let is_own_address = settings.base_url.is_some();
    !is_own_address && settings.api_key.as_ref().is_some_and(|key| !key.expose().starts_with(KEY_BEGINS))
}

impl Access {
    /// How the settings say that requests are to be sent. The key beats the token.
    pub fn of(settings: &ClaudeSettings) -> Self {
        let credential = match (&settings.api_key, &settings.auth_token) {
            (Some(key), _) => Credential::Key(key.clone()),
            (None, Some(token)) => Credential::Token(token.clone()),
            (None, None) => Credential::None,
        };
        Access {
            credential,
            base_url: settings.base_url.clone(),
            custom_headers: settings.custom_headers.clone(),
            allow_http: settings.allow_http.value,
            timeout: Duration::from_secs(settings.timeout_s.value),
            retry: RetryPolicy::new(settings.retries.value),
        }
    }
}
