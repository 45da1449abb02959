//! Finds each setting's value in the first source that has it, and remembers where that was.

use std::path::Path;

use super::dot_env::DotEnv;
use super::env::Environment;
use super::file::ConfigFile;
use super::files::config_file;
use super::keys::{KEYS, Key, Kind};
use super::load::{Flags, Row};
use super::secret::masked_url;
use super::{ConfigError, Secret, Setting, Source};

/// The sources, from which settings are taken one by one.
pub(super) struct Loader<'a> {
    flags: &'a Flags,
    pub(super) environment: &'a Environment,
    dot_env: Option<DotEnv>,
    pub(super) file: Option<ConfigFile>,
    pub(super) notes: Vec<String>,
    pub(super) rows: Vec<Row>,
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

    /// Takes the `.env` of the working directory into account.
    pub(super) fn with_dot_env(self) -> Result<Self, ConfigError> {
        Ok(Loader { dot_env: DotEnv::read(&self.environment.working_dir)?, ..self })
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
        if key.name == "log_file"
            && let Some(path) = &self.flags.log_file
        {
            let value = path.to_string_lossy().into_owned();
            return Some(Setting { value, source: Source::Flag("--log-file") });
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
            origin: source.clone(),
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

    pub(super) fn shown(&mut self, key: &'static str, value: Option<String>, source: &Source) {
        self.rows.push(Row { key, value, source: source.clone() });
    }

    /// The rows of keys and addresses, whose clients load them.
    pub(super) fn masked(&mut self) {
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

pub(super) fn boolean(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err("expected true or false".to_owned()),
    }
}
