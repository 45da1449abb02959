//! Every setting.

use super::env;

/// Every setting: its key in the configuration file, its variables (the first one set wins), and what shows it.
pub(super) const KEYS: [Key; 36] = [
    Key::new("database_url", &[env::CALL_COACH_DATABASE_URL, env::DATABASE_URL], Kind::Path),
    Key::new("role", &[env::CALL_COACH_ROLE], Kind::Plain),
    Key::new("company_domains", &[env::CALL_COACH_COMPANY_DOMAINS], Kind::Plain),
    Key::new("rubrics", &[env::CALL_COACH_RUBRICS], Kind::Path),
    Key::new("time_zone", &[env::CALL_COACH_TIME_ZONE], Kind::Plain),
    Key::new("log_level", &[env::LOG_LEVEL], Kind::Plain),
    Key::new("log_file", &[env::CALL_COACH_LOG_FILE], Kind::Path),
    Key::new("enable_caching", &[env::ENABLE_CACHING], Kind::Plain),
    Key::new("cache_ttl_days", &[env::CACHE_TTL_DAYS], Kind::Plain),
    Key::new("gong_api_key", &[env::GONG_API_KEY], Kind::Secret),
    Key::new("gong_api_secret", &[env::GONG_API_SECRET], Kind::Secret),
    Key::new("gong_access_token", &[env::GONG_ACCESS_TOKEN], Kind::Secret),
    Key::new(
        "gong_api_base_url",
        &[env::GONG_API_BASE_URL],
        Kind::BaseUrl(&["gong_api_key", "gong_api_secret", "gong_access_token"]),
    ),
    Key::new("gong_requests_per_second", &[env::CALL_COACH_GONG_REQUESTS_PER_SECOND], Kind::Plain),
    Key::new("gong_requests_per_day", &[env::CALL_COACH_GONG_REQUESTS_PER_DAY], Kind::Plain),
    Key::new("gong_retries", &[env::CALL_COACH_GONG_RETRIES], Kind::Plain),
    Key::new("gong_window_days", &[env::CALL_COACH_GONG_WINDOW_DAYS], Kind::Plain),
    Key::new("gong_look_back_days", &[env::CALL_COACH_GONG_LOOK_BACK_DAYS], Kind::Plain),
    Key::new("anthropic_api_key", &[env::ANTHROPIC_API_KEY], Kind::Secret),
    Key::new("anthropic_auth_token", &[env::ANTHROPIC_AUTH_TOKEN], Kind::Secret),
    Key::new(
        "anthropic_base_url",
        &[env::ANTHROPIC_BASE_URL],
        Kind::BaseUrl(&["anthropic_api_key", "anthropic_auth_token", "anthropic_custom_headers"]),
    ),
    Key::new("anthropic_custom_headers", &[env::ANTHROPIC_CUSTOM_HEADERS], Kind::Secret),
    Key::new("allow_http", &[env::CALL_COACH_ALLOW_HTTP], Kind::Plain),
    Key::new("analyst", &[env::CALL_COACH_ANALYST], Kind::Plain),
    Key::new("model", &[env::CALL_COACH_MODEL], Kind::Plain),
    Key::new("models", &[env::CALL_COACH_MODELS], Kind::Path),
    Key::new("facts", &[env::CALL_COACH_FACTS], Kind::Path),
    Key::new("max_cost", &[env::CALL_COACH_MAX_COST], Kind::Plain),
    Key::new("claude_retries", &[env::CALL_COACH_CLAUDE_RETRIES], Kind::Plain),
    Key::new("claude_timeout_s", &[env::CALL_COACH_CLAUDE_TIMEOUT_S], Kind::Plain),
    Key::new("server_token", &[env::CALL_COACH_SERVER_TOKEN], Kind::Secret),
    Key::new("server_origins", &[env::CALL_COACH_SERVER_ORIGINS], Kind::Plain),
    Key::new("server_hosts", &[env::CALL_COACH_SERVER_HOSTS], Kind::Plain),
    Key::new("server_max_requests", &[env::CALL_COACH_SERVER_MAX_REQUESTS], Kind::Plain),
    Key::new("server_timeout_s", &[env::CALL_COACH_SERVER_TIMEOUT_S], Kind::Plain),
    Key::new("skip_validation", &[env::SKIP_VALIDATION], Kind::Plain),
];

/// A setting's name, its variables and its kind.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) variables: &'static [&'static str],
    pub(super) kind: Kind,
}

/// What a value is, as far as showing and resolving it goes.
pub(super) enum Kind {
    Plain,
    /// A file or folder, or the URL of a database.
    Path,
    Secret,
    /// An address to which these other settings are sent.
    BaseUrl(&'static [&'static str]),
}

impl Key {
    const fn new(name: &'static str, variables: &'static [&'static str], kind: Kind) -> Self {
        Key { name, variables, kind }
    }
}
