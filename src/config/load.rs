//! The settings, as one loader reads them.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::claude::ClaudeSettings;
use super::env::Environment;
use super::file::Rule;
use super::gong::GongSettings;
use super::loader::{Loader, boolean};
use super::secret::masked_url;
use super::server::ServerSettings;
use super::{ConfigError, Secret, Setting, Source};

const DAYS_OF_CACHE: &str = "90";

/// What was typed as flags. Not printable: the address may hold a password.
#[derive(Clone, Default)]
pub struct Flags {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--database-url`.
    pub database_url: Option<String>,
    /// `--log-file`.
    pub log_file: Option<PathBuf>,
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
    /// The file that the log is written to in place of stderr.
    pub log_file: Setting<Option<PathBuf>>,
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
        Self::assemble(Loader::of_text(text, path, &Flags::default(), environment)?.with_dot_env()?)
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
            rubrics: loader.parsed("rubrics", "", path)?,
            time_zone: loader.parsed("time_zone", system_zone.iana_name().unwrap_or("UTC"), |text| {
                TimeZone::get(text).map_err(|_| "expected a name such as Europe/Berlin or UTC".to_owned())
            })?,
            log_level: loader.parsed("log_level", "off", |text| {
                text.parse().map_err(|_| "expected off, error, warn, info, debug or trace".to_owned())
            })?,
            log_file: loader.parsed("log_file", "", path)?,
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
        match zone.iana_name() {
            // As Linux calls it in its files.
            Some("Etc/UTC") => "UTC".to_owned(),
            Some(name) => name.to_owned(),
            None => now.to_zoned(zone.clone()).strftime("%:z").to_string(),
        }
    }

    /// Every setting with its value as it may be shown and where it came from.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

fn path(text: &str) -> Result<Option<PathBuf>, String> {
    Ok(Some(PathBuf::from(text)).filter(|_| !text.is_empty()))
}

fn domains(text: &str) -> Result<Vec<String>, String> {
    let clean = |domain: &str| domain.trim().trim_start_matches('@').to_lowercase();
    let domains: Vec<String> = text.split(',').map(clean).filter(|domain| !domain.is_empty()).collect();
    if domains.iter().any(|domain| domain.contains(['@', ' ']) || !domain.contains('.')) {
        return Err("expected domains such as acme.com, separated by commas".to_owned());
    }
    Ok(domains)
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
        // One note for each address, and none twice.
        let both = format!("{url}\nGONG_API_BASE_URL=https://evil.example");
        let place = place(&[("ANTHROPIC_API_KEY", "ours"), ("GONG_API_KEY", "ours")], &both, "");
        let notes = load(&place).expect("good").notes;
        assert_eq!(notes.len(), 2, "{notes:?}");
    }

    #[test]
    fn mistakes_name_the_place_and_what_would_be_right() {
        for (variables, dot_env, file, expected) in [
            (&[("ENABLE_CACHING", "maybe")][..], "", "", "expected true or false"),
            (&[][..], "CACHE_TTL_DAYS=soon", "", "expected a number of days"),
            (&[][..], "", "role = \"ae\"\ncache_ttl_days = \"soon\"", "config.toml:2: `cache_ttl_days` is `soon`"),
            (&[("CALL_COACH_TIME_ZONE", "Mars/Olympus")][..], "", "", "Europe/Berlin"),
            (&[("CALL_COACH_COMPANY_DOMAINS", "acme")][..], "", "", "acme.com"),
            (&[][..], "LOG_LEVEL info", "", "NAME=value"),
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
