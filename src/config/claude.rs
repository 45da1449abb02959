//! How Claude is reached, and what may be spent.

use std::path::PathBuf;

use super::loader::{Loader, boolean};
use super::{ConfigError, Secret, Setting};

/// Who answers the checks, when a person says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnalystChoice {
    /// Anthropic's model, or another that speaks its API.
    Claude,
    /// The built-in one.
    Local,
}

/// The settings of the analyst who is not on this machine.
#[derive(Debug, Clone)]
pub struct ClaudeSettings {
    /// Anthropic's key.
    pub api_key: Option<Secret>,
    /// A bearer token in place of the key.
    pub auth_token: Option<Secret>,
    /// Another address that speaks the same API.
    pub base_url: Option<String>,
    /// More headers, a line each.
    pub custom_headers: Option<Secret>,
    /// Whether words may be sent to another machine unencrypted.
    pub allow_http: Setting<bool>,
    /// Who answers the checks; unset, whoever can.
    pub analyst: Setting<Option<AnalystChoice>>,
    /// The model that is asked, if one was chosen.
    pub model: Setting<Option<String>>,
    /// The user's file of prices and limits.
    pub models: Setting<Option<PathBuf>>,
    /// The user's folder of facts about the product.
    pub facts: Setting<Option<PathBuf>>,
    /// How many US dollars one run may cost.
    pub max_cost: Setting<Option<f64>>,
    /// How often a failed request is made again.
    pub retries: Setting<u32>,
    /// After how many seconds of silence a request is given up.
    pub timeout_s: Setting<u64>,
}

impl ClaudeSettings {
    pub(super) fn load(loader: &mut Loader<'_>) -> Result<Self, ConfigError> {
        let path = |text: &str| Ok(Some(PathBuf::from(text)).filter(|_| !text.is_empty()));
        let secret = |loader: &mut Loader<'_>, name| loader.text(name).map(|found| Secret::new(&found.value));
        let api_key = secret(loader, "anthropic_api_key");
        let auth_token = secret(loader, "anthropic_auth_token");
        if api_key.is_some() && auth_token.is_some() {
            loader.notes.push("a key and a token for Claude are both set; the key is used".to_owned());
        }
        Ok(ClaudeSettings {
            api_key,
            auth_token,
            base_url: loader.address("anthropic_base_url"),
            custom_headers: secret(loader, "anthropic_custom_headers"),
            allow_http: loader.parsed("allow_http", "false", boolean)?,
            analyst: loader.parsed("analyst", "", |text| match text {
                "" => Ok(None),
                "claude" => Ok(Some(AnalystChoice::Claude)),
                "local" => Ok(Some(AnalystChoice::Local)),
                _ => Err("expected claude or local".to_owned()),
            })?,
            model: loader.parsed("model", "", |text| Ok(Some(text.to_owned()).filter(|text| !text.is_empty())))?,
            models: loader.parsed("models", "", path)?,
            facts: loader.parsed("facts", "", path)?,
            max_cost: loader.parsed("max_cost", "", |text| match text.parse::<f64>() {
                _ if text.is_empty() => Ok(None),
                Ok(dollars) if dollars.is_finite() && dollars >= 0.0 => Ok(Some(dollars)),
                _ => Err("expected US dollars, such as 0.50".to_owned()),
            })?,
            retries: loader.parsed("claude_retries", "3", |text| {
                text.parse().map_err(|_| "expected a number of repetitions".to_owned())
            })?,
            timeout_s: loader.parsed("claude_timeout_s", "300", |text| {
                let seconds = text.parse().ok().filter(|seconds| *seconds > 0);
                seconds.ok_or_else(|| "expected a number of seconds".to_owned())
            })?,
        })
    }

    /// Whether Claude can be asked: with a key or a token, or at an address of one's own, which may need neither.
    pub fn is_configured(&self) -> bool {
        self.api_key.is_some() || self.auth_token.is_some() || self.base_url.is_some()
    }
}
