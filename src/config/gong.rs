//! How Gong is reached and how much is asked of it.

use super::loader::Loader;
use super::{ConfigError, Secret};

/// Settings of Gong's API.
#[derive(Debug, Clone)]
pub struct GongSettings {
    /// Access key.
    pub key: Option<Secret>,
    /// The access key's secret.
    pub secret: Option<Secret>,
    /// An OAuth token in place of both.
    pub token: Option<Secret>,
    /// The company's own address; the generic one without it.
    pub base_url: Option<String>,
    /// Requests in any second.
    pub requests_per_second: u32,
    /// Requests a day (UTC).
    pub requests_per_day: u32,
    /// How often a request is repeated after a failure that may pass.
    pub retries: u32,
    /// The longest window of one sync.
    pub window_days: u32,
    /// How far the next sync looks back for calls that became visible late.
    pub look_back_days: u32,
}

impl GongSettings {
    pub(super) fn load(loader: &mut Loader<'_>) -> Result<Self, ConfigError> {
        let mut secret = |name| loader.text(name).map(|found| Secret::new(&found.value));
        let (key, private, token) = (secret("gong_api_key"), secret("gong_api_secret"), secret("gong_access_token"));
        let mut number = |name, default, least: u32| {
            let parse = |text: &str| text.parse().ok().filter(|n| *n >= least);
            let expected = || format!("expected a whole number from {least} on");
            loader.parsed(name, default, |text| parse(text).ok_or_else(expected)).map(|setting| setting.value)
        };
        Ok(GongSettings {
            key,
            secret: private,
            token,
            // What Gong allows a company, over all of its keys.
            requests_per_second: number("gong_requests_per_second", "3", 1)?,
            requests_per_day: number("gong_requests_per_day", "10000", 1)?,
            retries: number("gong_retries", "4", 0)?,
            window_days: number("gong_window_days", "90", 1)?,
            look_back_days: number("gong_look_back_days", "7", 0)?,
            base_url: loader.address("gong_api_base_url"),
        })
    }
}
