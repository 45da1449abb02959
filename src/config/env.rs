//! Every variable of the environment that the program knows, once, and the only code that reads one.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// Where the data is kept; beats `DATABASE_URL`, which other programs use too.
pub(super) const CALL_COACH_DATABASE_URL: &str = "CALL_COACH_DATABASE_URL";
/// Where the data is kept: a PostgreSQL URL or the path of an SQLite file.
pub(super) const DATABASE_URL: &str = "DATABASE_URL";
/// Which configuration file to read in place of the user's.
pub(super) const CALL_COACH_CONFIG: &str = "CALL_COACH_CONFIG";
/// The user's folder of rubric files.
pub(super) const CALL_COACH_RUBRICS: &str = "CALL_COACH_RUBRICS";
/// Our company's e-mail domains, separated by commas.
pub(super) const CALL_COACH_COMPANY_DOMAINS: &str = "CALL_COACH_COMPANY_DOMAINS";
/// The role of people about whom nothing else is known.
pub(super) const CALL_COACH_ROLE: &str = "CALL_COACH_ROLE";
/// The time zone in which reports show dates, such as `Europe/Berlin`.
pub(super) const CALL_COACH_TIME_ZONE: &str = "CALL_COACH_TIME_ZONE";
/// How much is logged to stderr: off, error, warn, info, debug, trace.
pub(super) const LOG_LEVEL: &str = "LOG_LEVEL";
/// The file that the log is written to in place of stderr.
pub(super) const CALL_COACH_LOG_FILE: &str = "CALL_COACH_LOG_FILE";
/// Whether stored answers are used again.
pub(super) const ENABLE_CACHING: &str = "ENABLE_CACHING";
/// For how many days stored answers are used again.
pub(super) const CACHE_TTL_DAYS: &str = "CACHE_TTL_DAYS";
/// Gong's access key.
pub(super) const GONG_API_KEY: &str = "GONG_API_KEY";
/// Gong's access key secret.
pub(super) const GONG_API_SECRET: &str = "GONG_API_SECRET";
/// Gong's address for this company.
pub(super) const GONG_API_BASE_URL: &str = "GONG_API_BASE_URL";
/// An OAuth token for Gong in place of key and secret.
pub(super) const GONG_ACCESS_TOKEN: &str = "GONG_ACCESS_TOKEN";
/// Requests to Gong in any second.
pub(super) const CALL_COACH_GONG_REQUESTS_PER_SECOND: &str = "CALL_COACH_GONG_REQUESTS_PER_SECOND";
/// Requests to Gong a day.
pub(super) const CALL_COACH_GONG_REQUESTS_PER_DAY: &str = "CALL_COACH_GONG_REQUESTS_PER_DAY";
/// How often a request to Gong is repeated.
pub(super) const CALL_COACH_GONG_RETRIES: &str = "CALL_COACH_GONG_RETRIES";
/// The longest window of one sync, in days.
pub(super) const CALL_COACH_GONG_WINDOW_DAYS: &str = "CALL_COACH_GONG_WINDOW_DAYS";
/// How far a sync looks back, in days.
pub(super) const CALL_COACH_GONG_LOOK_BACK_DAYS: &str = "CALL_COACH_GONG_LOOK_BACK_DAYS";
/// Anthropic's key.
pub(super) const ANTHROPIC_API_KEY: &str = "ANTHROPIC_API_KEY";
/// A bearer token in place of the key.
pub(super) const ANTHROPIC_AUTH_TOKEN: &str = "ANTHROPIC_AUTH_TOKEN";
/// Another address that speaks the same API.
pub(super) const ANTHROPIC_BASE_URL: &str = "ANTHROPIC_BASE_URL";
/// More headers for every request to it, a line each.
pub(super) const ANTHROPIC_CUSTOM_HEADERS: &str = "ANTHROPIC_CUSTOM_HEADERS";
/// Whether words may be sent to another machine unencrypted.
pub(super) const CALL_COACH_ALLOW_HTTP: &str = "CALL_COACH_ALLOW_HTTP";
/// Who answers the checks: claude or local.
pub(super) const CALL_COACH_ANALYST: &str = "CALL_COACH_ANALYST";
/// Which of Claude's models is asked.
pub(super) const CALL_COACH_MODEL: &str = "CALL_COACH_MODEL";
/// The user's file of prices and limits of models.
pub(super) const CALL_COACH_MODELS: &str = "CALL_COACH_MODELS";
/// The user's folder of facts about the product.
pub(super) const CALL_COACH_FACTS: &str = "CALL_COACH_FACTS";
/// How many US dollars one run may cost.
pub(super) const CALL_COACH_MAX_COST: &str = "CALL_COACH_MAX_COST";
/// How often a request that failed on Claude's side is made again.
pub(super) const CALL_COACH_CLAUDE_RETRIES: &str = "CALL_COACH_CLAUDE_RETRIES";
/// After how many seconds of silence Claude is given up.
pub(super) const CALL_COACH_CLAUDE_TIMEOUT_S: &str = "CALL_COACH_CLAUDE_TIMEOUT_S";
/// What clients of the HTTP server must show.
pub(super) const CALL_COACH_SERVER_TOKEN: &str = "CALL_COACH_SERVER_TOKEN";
/// Web pages that may use the HTTP server, separated by commas.
pub(super) const CALL_COACH_SERVER_ORIGINS: &str = "CALL_COACH_SERVER_ORIGINS";
/// Names by which the HTTP server may be addressed, separated by commas.
pub(super) const CALL_COACH_SERVER_HOSTS: &str = "CALL_COACH_SERVER_HOSTS";
/// How many requests the HTTP server works on at once.
pub(super) const CALL_COACH_SERVER_MAX_REQUESTS: &str = "CALL_COACH_SERVER_MAX_REQUESTS";
/// After how many seconds the HTTP server gives a request up.
pub(super) const CALL_COACH_SERVER_TIMEOUT_S: &str = "CALL_COACH_SERVER_TIMEOUT_S";
/// Whether the servers start without checking anything.
pub(super) const SKIP_VALIDATION: &str = "SKIP_VALIDATION";

/// The point in time that counts as now, for tests.
pub(super) const CALL_COACH_NOW: &str = "CALL_COACH_NOW";

/// What the program knows about where it runs. Tests make one by hand. Not printable: variables hold keys.
#[derive(Clone, Default)]
pub struct Environment {
    /// The variables. Empty ones count as not set.
    pub variables: BTreeMap<String, String>,
    /// The working directory.
    pub working_dir: PathBuf,
    /// The user's home, which a leading `~/` in a path means.
    pub home_dir: Option<PathBuf>,
    /// The user's folder for this program's settings.
    pub config_dir: Option<PathBuf>,
    /// The user's folder for this program's data.
    pub data_dir: Option<PathBuf>,
}

impl Environment {
    /// Reads the process's environment.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads variables")]
    pub fn of_process() -> Self {
        let folders = directories::ProjectDirs::from("", "", "call-coach");
        Environment {
            variables: std::env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
                .collect(),
            working_dir: std::env::current_dir().unwrap_or_default(),
            home_dir: directories::BaseDirs::new().map(|folders| folders.home_dir().to_owned()),
            config_dir: folders.as_ref().map(|folders| folders.config_dir().to_owned()),
            data_dir: folders.as_ref().map(|folders| folders.data_dir().to_owned()),
        }
    }

    /// A variable's value; `None` when it is not set or empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The point in time that tests have set.
    pub fn fixed_now(&self) -> Option<jiff::Timestamp> {
        self.get(CALL_COACH_NOW)?.parse().ok()
    }

    /// Who is at the keyboard, as the system names them.
    pub fn user(&self) -> &str {
        self.get("USER").or_else(|| self.get("USERNAME")).unwrap_or("somebody")
    }
}
