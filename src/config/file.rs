//! The user's `config.toml`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::{ConfigError, Source};
use crate::model::call::CallType;
use crate::spelling;

/// The one key that is a list of tables.
const RULES: &str = "rule";

/// What a title tells about a call, as the user's configuration says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The rule holds for calls whose title or file name contains these words, in any case.
    pub title_contains: String,
    /// Their kind.
    pub call_type: Option<CallType>,
    /// Their product.
    pub product: Option<String>,
}

#[derive(Deserialize)]
struct Rules {
    #[serde(default)]
    rule: Vec<Rule>,
}

/// A configuration file whose keys are all known.
pub(super) struct ConfigFile {
    path: PathBuf,
    /// Each key's line, counted from 1, and value.
    values: BTreeMap<String, (usize, toml::Value)>,
    pub(super) rules: Vec<Rule>,
}

impl ConfigFile {
    /// Reads a file that may hold the keys `known` and rules.
    ///
    /// # Errors
    /// When it cannot be read, is no TOML, or holds a key that nobody knows.
    pub(super) fn read(path: &Path, known: &[&'static str]) -> Result<Self, ConfigError> {
        Self::parse(path, &fs_err::read_to_string(path)?, known)
    }

    /// Reads the text of the file at `path`.
    ///
    /// # Errors
    /// When it is no TOML, or holds a key that nobody knows.
    pub(super) fn parse(path: &Path, text: &str, known: &[&'static str]) -> Result<Self, ConfigError> {
        let line_at = |offset: usize| text.get(..offset).unwrap_or_default().matches('\n').count() + 1;
        let wrong = |error: toml::de::Error| ConfigError::File {
            path: path.to_owned(),
            line: line_at(error.span().map_or(0, |span| span.start)),
            reason: error.message().to_owned(),
        };
        let table: BTreeMap<Spanned<String>, toml::Value> = toml::from_str(text).map_err(wrong)?;
        let mut values = BTreeMap::new();
        for (key, value) in table {
            let line = line_at(key.span().start);
            let key = key.into_inner();
            if key != RULES && !known.contains(&key.as_str()) {
                return Err(ConfigError::UnknownKey {
                    path: path.to_owned(),
                    line,
                    nearest: spelling::nearest(&key, known.iter().copied()),
                    key,
                });
            }
            values.insert(key, (line, value));
        }
        let Rules { rule: rules } = toml::from_str(text).map_err(wrong)?;
        Ok(ConfigFile { path: path.to_owned(), values, rules })
    }

    /// A key's value as text, and where it stands. The items of a list are separated by commas.
    pub(super) fn get(&self, name: &str) -> Option<(String, Source)> {
        let (line, value) = self.values.get(name)?;
        let text = match value {
            toml::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
            other => plain(other),
        };
        Some((text, Source::File { path: self.path.clone(), line: *line }))
    }
}

fn plain(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<ConfigFile, ConfigError> {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("config.toml");
        std::fs::write(&path, text).expect("written");
        ConfigFile::read(&path, &["database_url", "role", "company_domains"])
    }

    #[test]
    fn values_know_their_line() {
        let file = read("# mine\n\nrole = \"ae\"\ncompany_domains = [\n  \"a.com\",\n  \"b.com\",\n]\n").expect("good");
        let line = |name: &str| match file.get(name) {
            Some((value, Source::File { line, .. })) => (value, line),
            other => panic!("{other:?}"),
        };
        assert_eq!(line("role"), ("ae".to_owned(), 3));
        assert_eq!(line("company_domains"), ("a.com,b.com".to_owned(), 4));
        assert_eq!(file.get("database_url"), None);
    }

    #[test]
    fn rules_are_read() {
        let file = read("[[rule]]\ntitle_contains = \"QBR\"\ncall_type = \"renewal\"\n").expect("good");
        let rule = Rule { title_contains: "QBR".to_owned(), call_type: Some(CallType::Renewal), product: None };
        assert_eq!(file.rules, [rule]);
    }

    #[test]
    fn mistakes_name_their_line() {
        for (text, expected) in [
            (
                "role = \"ae\"\ndatabse_url = \"x\"",
                "config.toml:2: unknown key `databse_url`; did you mean `database_url`?",
            ),
            ("zzz = 1", "config.toml:1: unknown key `zzz`"),
            ("role = \"ae\"\nrole = ", "config.toml:2: "),
            ("role = \"ae\"\n\n[[rule]]\ntitle = \"x\"", "config.toml:4: unknown field `title`"),
            ("[[rule]]\ntitle_contains = \"x\"\ncall_type = \"lunch\"", "config.toml:3: unknown variant `lunch`"),
            ("rule = 3", "config.toml:1: "),
        ] {
            let error = read(text).err().expect(expected).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
