//! The one loader.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::claude::ClaudeSettings;
use super::dot_env::DotEnv;
use super::env::{self, Environment};
use super::file::{ConfigFile, Rule};
use super::files::config_file;
use super::gong::GongSettings;
use super::secret::masked_url;
use super::server::ServerSettings;
use super::{ConfigError, Secret, Setting, Source};

/// Every setting: its key in the configuration file, its variables (the first one set wins), and what shows it.
pub(super) const KEYS: [Key; 35] = [
    Key::new("database_url", &[env::CALL_COACH_DATABASE_URL, env::DATABASE_URL], Kind::Path),
    Key::new("role", &[env::CALL_COACH_ROLE], Kind::Plain),
    Key::new("company_domains", &[env::CALL_COACH_COMPANY_DOMAINS], Kind::Plain),
    Key::new("rubrics", &[env::CALL_COACH_RUBRICS], Kind::Path),
    Key::new("time_zone", &[env::CALL_COACH_TIME_ZONE], Kind::Plain),
    Key::new("log_level", &[env::LOG_LEVEL], Kind::Plain),
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
const DAYS_OF_CACHE: &str = "90";

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

/// What was typed as flags. Not printable: the address may hold a password.
#[derive(Clone, Default)]
pub struct Flags {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--database-url`.
    pub database_url: Option<String>,
}

/// A row of `config show`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The setting's key.
    pub key: &'static str,
    /// Its value as it may be shown; `None` when it is not set.
    pub value: Option<String>,
    /// Where it came from.
    pub source: Source,
}

/// The effective settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the data is kept: a PostgreSQL URL, which may hold a password, or the path of an SQLite file.
    pub database_url: Setting<Secret>,
    /// The role of people about whom nothing else is known.
    pub role: Setting<String>,
    /// Our company's e-mail domains, lower case.
    pub company_domains: Setting<Vec<String>>,
    /// The user's folder of rubric files.
    pub rubrics: Setting<Option<PathBuf>>,
    /// The time zone of dates in reports.
    pub time_zone: Setting<TimeZone>,
    /// How much is logged.
    pub log_level: Setting<tracing::level_filters::LevelFilter>,
    /// Whether stored answers are used again.
    pub enable_caching: Setting<bool>,
    /// For how many days.
    pub cache_ttl_days: Setting<u32>,
    /// How Claude is reached, and what may be spent.
    pub claude: ClaudeSettings,
    /// How Gong is reached.
    pub gong: GongSettings,
    /// How the servers are reached.
    pub server: ServerSettings,
    /// What titles tell.
    pub rules: Vec<Rule>,
    /// What a reader must know: one sentence each.
    pub notes: Vec<String>,
    rows: Vec<Row>,
}

impl Settings {
    /// Loads the settings.
    ///
    /// # Errors
    /// When a file cannot be read or a value does not parse; the message names the place and what would be right.
    pub fn load(flags: &Flags, environment: &Environment) -> Result<Self, ConfigError> {
        Self::assemble(Loader::new(flags, environment)?)
    }

    /// Loads the settings as if the configuration file at `path` held `text`.
    ///
    /// # Errors
    /// As [`Settings::load`].
    pub fn of_text(text: &str, path: &Path, environment: &Environment) -> Result<Self, ConfigError> {
        let dot_env = DotEnv::read(&environment.working_dir)?;
        Self::assemble(Loader { dot_env, ..Loader::of_text(text, path, &Flags::default(), environment)? })
    }

    pub(super) fn assemble(mut loader: Loader<'_>) -> Result<Self, ConfigError> {
        let environment = loader.environment;
        let database_url = match loader.text("database_url") {
            Some(setting) => setting,
            None => {
                let folder = environment.data_dir.as_ref().ok_or(ConfigError::NoDataFolder)?;
                let path = folder.join("calls.db").to_string_lossy().into_owned();
                Setting { value: path, source: Source::Default }
            }
        };
        loader.shown("database_url", Some(masked_url(&database_url.value)), &database_url.source);
        let database_url = Setting { value: Secret::new(&database_url.value), source: database_url.source };
        let system_zone = TimeZone::system();
        let settings = Settings {
            role: loader.parsed("role", "ae", |text| Ok(text.to_lowercase()))?,
            company_domains: loader.parsed("company_domains", "", domains)?,
            rubrics: loader.parsed("rubrics", "", |text| Ok(Some(PathBuf::from(text)).filter(|_| !text.is_empty())))?,
            time_zone: loader.parsed("time_zone", system_zone.iana_name().unwrap_or("UTC"), |text| {
                TimeZone::get(text).map_err(|_| "expected a name such as Europe/Berlin or UTC".to_owned())
            })?,
            log_level: loader.parsed("log_level", "off", |text| {
                text.parse().map_err(|_| "expected off, error, warn, info, debug or trace".to_owned())
            })?,
            enable_caching: loader.parsed("enable_caching", "true", boolean)?,
            cache_ttl_days: loader.parsed("cache_ttl_days", DAYS_OF_CACHE, |text| {
                text.parse().map_err(|_| "expected a number of days".to_owned())
            })?,
            claude: ClaudeSettings::load(&mut loader)?,
            gong: GongSettings::load(&mut loader)?,
            server: ServerSettings::load(&mut loader)?,
            database_url,
            rules: loader.file.as_mut().map(|file| std::mem::take(&mut file.rules)).unwrap_or_default(),
            notes: Vec::new(),
            rows: Vec::new(),
        };
        loader.masked();
        Ok(Settings { notes: loader.notes, rows: loader.rows, ..settings })
    }

    /// From when on stored answers are used again; `None` when they are not.
    pub fn answers_since(&self, now: Timestamp) -> Option<Timestamp> {
        let days = i64::from(self.cache_ttl_days.value);
        let since = now.checked_sub((days * 24).hours()).unwrap_or(Timestamp::MIN);
        self.enable_caching.value.then_some(since)
    }

    /// The time zone's name, such as `Europe/Berlin`; its offset `now` when it has none.
    pub fn zone_name(&self, now: Timestamp) -> String {
        let zone = &self.time_zone.value;
        zone.iana_name().map_or_else(|| now.to_zoned(zone.clone()).strftime("%:z").to_string(), str::to_owned)
    }

    /// Every setting with its value as it may be shown and where it came from.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

pub(super) fn boolean(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err("expected true or false".to_owned()),
    }
}

fn domains(text: &str) -> Result<Vec<String>, String> {
    let clean = |domain: &str| domain.trim().trim_start_matches('@').to_lowercase();
    let domains: Vec<String> = text.split(',').map(clean).filter(|domain| !domain.is_empty()).collect();
    if domains.iter().any(|domain| domain.contains(['@', ' ']) || !domain.contains('.')) {
        return Err("expected domains such as acme.com, separated by commas".to_owned());
    }
    Ok(domains)
}

pub(super) struct Loader<'a> {
    flags: &'a Flags,
    environment: &'a Environment,
    dot_env: Option<DotEnv>,
    file: Option<ConfigFile>,
    pub(super) notes: Vec<String>,
    rows: Vec<Row>,
}

impl<'a> Loader<'a> {
    pub(super) fn new(flags: &'a Flags, environment: &'a Environment) -> Result<Self, ConfigError> {
        // Whoever names a file wants it to be read; the usual one need not be there.
        let file = config_file(flags, environment).filter(|file| file.source != Source::Default || file.value.exists());
        let names: Vec<_> = KEYS.iter().map(|key| key.name).collect();
        Ok(Loader {
            flags,
            environment,
            dot_env: DotEnv::read(&environment.working_dir)?,
            file: file.map(|file| ConfigFile::read(&file.value, &names)).transpose()?,
            notes: Vec::new(),
            rows: Vec::new(),
        })
    }

    /// A loader of a file that holds `text`, without a `.env`.
    pub(super) fn of_text(
        text: &str,
        path: &Path,
        flags: &'a Flags,
        environment: &'a Environment,
    ) -> Result<Self, ConfigError> {
        let names: Vec<_> = KEYS.iter().map(|key| key.name).collect();
        let file = Some(ConfigFile::parse(path, text, &names)?);
        Ok(Loader { flags, environment, dot_env: None, file, notes: Vec::new(), rows: Vec::new() })
    }

    /// The text of a setting from the first source that has it.
    pub(super) fn text(&mut self, name: &'static str) -> Option<Setting<String>> {
        let key = KEYS.iter().find(|key| key.name == name)?;
        let Setting { value, source } = self.first(key)?;
        let value = match key.kind {
            Kind::Path => self.resolved(value, &source),
            _ => value,
        };
        Some(Setting { value, source })
    }

    fn first(&mut self, key: &Key) -> Option<Setting<String>> {
        if key.name == "database_url"
            && let Some(url) = &self.flags.database_url
        {
            return Some(Setting { value: url.clone(), source: Source::Flag("--database-url") });
        }
        for variable in key.variables {
            if let Some(value) = self.environment.get(variable) {
                return Some(Setting { value: value.to_owned(), source: Source::Env(variable) });
            }
        }
        if let Some(found) = self.in_dot_env(key) {
            return Some(found);
        }
        let (value, source) = self.file.as_ref()?.get(key.name)?;
        (!value.is_empty()).then_some(Setting { value, source })
    }

    /// No shell has read what stands in a file, so `~/` is still there; and a path in the configuration file must not
    /// mean another place in each folder one stands in.
    fn resolved(&self, text: String, source: &Source) -> String {
        let path = match (text.strip_prefix("~/"), &self.environment.home_dir, source) {
            (Some(rest), Some(home), _) => home.join(rest),
            // An address is left alone: `sqlite:calls.db`, `postgres://…`.
            (None, _, Source::File { path, .. }) if !text.contains(':') => match path.parent() {
                Some(folder) => folder.join(&text),
                None => return text,
            },
            _ => return text,
        };
        path.to_string_lossy().into_owned()
    }

    /// A `.env` lies in any folder one happens to stand in: an address from it is used only if all that will be sent
    /// there comes from it too.
    fn in_dot_env(&mut self, key: &Key) -> Option<Setting<String>> {
        let dot_env = self.dot_env.clone()?;
        let (variable, value) = key.variables.iter().find_map(|variable| Some((*variable, dot_env.get(variable)?)))?;
        if let Kind::BaseUrl(sent) = key.kind {
            let sources: Vec<_> = sent.iter().filter_map(|name| self.text(name)).map(|sent| sent.source).collect();
            if sources.is_empty() || sources.iter().any(|source| !matches!(source, Source::DotEnv(..))) {
                self.notes.push(format!(
                    "{variable} in {} is ignored: an address from a .env file is used only when its keys ({}) come \
                     from that file too",
                    dot_env.path.display(),
                    sent.join(", ")
                ));
                return None;
            }
        }
        Some(Setting { value: value.to_owned(), source: Source::DotEnv(variable, dot_env.path.clone()) })
    }

    /// A setting's value; `default` is it when nobody set it, and is read like any other. An empty default is none.
    pub(super) fn parsed<T>(
        &mut self,
        name: &'static str,
        default: &str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Setting<T>, ConfigError> {
        let found = self.text(name);
        let Setting { value: text, source } =
            found.unwrap_or_else(|| Setting { value: default.to_owned(), source: Source::Default });
        let text = text.trim();
        let value = parse(text).map_err(|expected| ConfigError::Value {
            origin: source.to_string(),
            key: name,
            value: text.to_owned(),
            expected,
        })?;
        self.shown(name, Some(text.to_owned()).filter(|text| !text.is_empty()), &source);
        Ok(Setting { value, source })
    }

    /// An address. Looking for it once more must not note twice why one was ignored.
    pub(super) fn address(&mut self, name: &'static str) -> Option<String> {
        let notes = self.notes.len();
        let found = self.text(name).map(|found| found.value);
        self.notes.truncate(notes);
        found
    }

    fn shown(&mut self, key: &'static str, value: Option<String>, source: &Source) {
        self.rows.push(Row { key, value, source: source.clone() });
    }

    /// The rows of keys and addresses, whose clients load them.
    fn masked(&mut self) {
        for key in KEYS.iter().filter(|key| matches!(key.kind, Kind::Secret | Kind::BaseUrl(_))) {
            let found = self.text(key.name);
            let source = found.as_ref().map_or(Source::Default, |found| found.source.clone());
            let value = found.map(|found| match key.kind {
                Kind::Secret => Secret::new(&found.value).masked(),
                _ => masked_url(&found.value),
            });
            self.shown(key.name, value, &source);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Place {
        folder: tempfile::TempDir,
        environment: Environment,
    }

    fn place(variables: &[(&str, &str)], dot_env: &str, file: &str) -> Place {
        let folder = tempfile::tempdir().expect("folder");
        let at = |name: &str| folder.path().join(name);
        for (name, text) in [(".env", dot_env), ("config.toml", file)] {
            if !text.is_empty() {
                std::fs::write(at(name), text).expect("written");
            }
        }
        let environment = Environment {
            variables: variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            working_dir: folder.path().to_owned(),
            home_dir: Some(PathBuf::from("/home/ana")),
            config_dir: Some(folder.path().to_owned()),
            data_dir: Some(at("data")),
        };
        Place { folder, environment }
    }

    fn load(place: &Place) -> Result<Settings, ConfigError> {
        Settings::load(&Flags::default(), &place.environment)
    }

    #[test]
    fn each_source_beats_the_next_and_is_named() {
        let (dot_env, file) =
            ("CALL_COACH_ROLE=csm\nCACHE_TTL_DAYS=3", "role = \"support\"\ncache_ttl_days = 4\nenable_caching = false");
        let place = place(&[("CALL_COACH_ROLE", "SE"), ("LOG_LEVEL", "")], dot_env, file);
        let settings = load(&place).expect("good");
        assert_eq!((settings.role.value.as_str(), &settings.role.source), ("se", &Source::Env("CALL_COACH_ROLE")));
        assert_eq!(settings.cache_ttl_days.value, 3);
        assert!(
            matches!(&settings.cache_ttl_days.source, Source::DotEnv("CACHE_TTL_DAYS", path) if path.ends_with(".env"))
        );
        assert!(!settings.enable_caching.value);
        let path = place.folder.path().join("config.toml");
        assert_eq!(settings.enable_caching.source, Source::File { path, line: 3 });
        assert_eq!(settings.log_level.source, Source::Default);
    }

    #[test]
    fn the_programs_own_database_variable_beats_the_common_one() {
        let both = place(&[("DATABASE_URL", "postgres://a/b"), ("CALL_COACH_DATABASE_URL", "/c.db")], "", "");
        assert_eq!(load(&both).expect("good").database_url.value.expose(), "/c.db");
        let none = place(&[], "", "");
        assert!(load(&none).expect("good").database_url.value.expose().ends_with("calls.db"));
        let flags = Flags { database_url: Some("/flag.db".to_owned()), ..Flags::default() };
        assert_eq!(
            Settings::load(&flags, &both.environment).expect("good").database_url.source,
            Source::Flag("--database-url")
        );
    }

    #[test]
    fn paths_in_files_mean_the_same_place_everywhere() {
        let paths = |dot_env: &str, file: &str| {
            let place = place(&[], dot_env, file);
            let settings = load(&place).expect("good");
            let rubrics = settings.rubrics.value.expect("set");
            let rubrics = rubrics.strip_prefix(place.folder.path()).map(PathBuf::from).unwrap_or(rubrics);
            (settings.database_url.value.expose().to_owned(), rubrics.to_string_lossy().into_owned())
        };
        let expected = |database: &str, rubrics: &str| (database.to_owned(), rubrics.to_owned());
        let dot_env = "DATABASE_URL=~/calls.db\nCALL_COACH_RUBRICS=mine";
        assert_eq!(paths(dot_env, ""), expected("/home/ana/calls.db", "mine"));
        let file = "database_url = \"postgres://h/d\"\nrubrics = \"mine\"";
        assert_eq!(paths("", file), expected("postgres://h/d", "mine"));
        let file = "database_url = \"/srv/calls.db\"\nrubrics = \"~/mine\"";
        assert_eq!(paths("", file), expected("/srv/calls.db", "/home/ana/mine"));
    }

    #[test]
    fn an_address_from_a_found_file_gets_no_key_from_elsewhere() {
        let base = |place: &Place| {
            let settings = load(place).expect("good");
            let row = settings.rows().iter().find(|row| row.key == "anthropic_base_url").cloned().expect("row");
            (row.value, settings.notes.iter().filter(|note| note.contains("is ignored")).count())
        };
        let url = "ANTHROPIC_BASE_URL=http://evil.example";
        let with_key = format!("{url}\nANTHROPIC_API_KEY=theirs");
        assert_eq!(base(&place(&[("ANTHROPIC_API_KEY", "ours")], url, "")), (None, 1));
        assert_eq!(base(&place(&[], &with_key, "")), (Some("http://evil.example".to_owned()), 0));
        assert_eq!(base(&place(&[("ANTHROPIC_API_KEY", "ours")], &with_key, "")), (None, 1));
        assert_eq!(base(&place(&[("ANTHROPIC_AUTH_TOKEN", "ours")], &with_key, "")), (None, 1));
        assert_eq!(base(&place(&[], &with_key, "anthropic_auth_token = \"ours\"")), (None, 1));
        assert_eq!(base(&place(&[], url, "")), (None, 1));
    }

    #[test]
    fn mistakes_name_the_place_and_what_would_be_right() {
        for (variables, dot_env, file, expected) in [
            (&[("ENABLE_CACHING", "maybe")][..], "", "", "expected true or false"),
            (&[][..], "CACHE_TTL_DAYS=soon", "", "expected a number of days"),
            (&[][..], "", "role = \"ae\"\ncache_ttl_days = \"soon\"", "config.toml:2: `cache_ttl_days` is `soon`"),
            (&[("CALL_COACH_TIME_ZONE", "Mars/Olympus")][..], "", "", "Europe/Berlin"),
            (&[("CALL_COACH_COMPANY_DOMAINS", "acme")][..], "", "", "acme.com"),
            (&[][..], "NOT A LINE", "", "NAME=value"),
        ] {
            let error = load(&place(variables, dot_env, file)).expect_err(expected).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn secrets_are_masked() {
        let place = place(
            &[("GONG_API_SECRET", "a-long-secret-nobody-may-see"), ("DATABASE_URL", "postgres://u:pw@h/d")],
            "",
            "",
        );
        let settings = load(&place).expect("good");
        let shown = format!("{settings:?}");
        assert!(!shown.contains("nobody") && !shown.contains("pw@"), "{shown}");
    }
}
