//! Changes to the text of a configuration file. What nobody changes is kept: comments, order, blank lines.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, Item, Value};

use super::keys::{KEYS, Kind};
use super::load::Settings;
use super::loader::Loader;
use super::{ConfigError, Environment, Flags};
use crate::spelling;

/// Whether a setting is a key, token or password; `None` for one that nobody knows.
pub fn is_secret(key: &str) -> Option<bool> {
    KEYS.iter().find(|known| known.name == key).map(|known| matches!(known.kind, Kind::Secret))
}

/// The setting's name, from its own or from that of one of its variables.
///
/// # Errors
/// [`ConfigError::NoSuchKey`], with the name that looks most like it.
pub fn key_named(name: &str) -> Result<&'static str, ConfigError> {
    let found = KEYS.iter().find(|key| key.name == name || key.variables.contains(&name));
    found.map(|key| key.name).ok_or_else(|| {
        let names: Vec<_> = KEYS.iter().map(|key| key.name).collect();
        ConfigError::NoSuchKey { key: name.to_owned(), nearest: spelling::nearest(name, names.iter().copied()) }
    })
}

/// The text of the file at `path` with another value; an empty value takes the setting away. A path that is not
/// absolute is taken from the working directory, where it was typed.
///
/// # Errors
/// When the text is no configuration file, the setting is not known, or it cannot have this value.
pub fn with_value(
    text: &str,
    path: &Path,
    (name, value): (&str, &str),
    environment: &Environment,
) -> Result<String, ConfigError> {
    let name = key_named(name)?;
    let key = KEYS.iter().find(|key| key.name == name);
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| ConfigError::File {
        path: path.to_owned(),
        line: text.get(..error.span().map_or(0, |span| span.start)).unwrap_or_default().matches('\n').count() + 1,
        reason: error.message().to_owned(),
    })?;
    let value = value.trim();
    if value.is_empty() {
        document.remove(name);
        return Ok(document.to_string());
    }
    let new = match key.map(|key| &key.kind) {
        Some(Kind::Path) if !value.contains(':') && !value.starts_with("~/") => {
            Value::from(environment.working_dir.join(value).to_string_lossy().into_owned())
        }
        Some(Kind::Plain) => plain(value, name),
        _ => Value::from(value),
    };
    fits(name, &new, environment)?;
    match document.get_mut(name).and_then(Item::as_value_mut) {
        Some(old) => {
            let around = old.decor().clone();
            *old = new;
            *old.decor_mut() = around;
        }
        None => {
            // A file of comments only: what stands there is its head and stays at the top.
            let head = if document.is_empty() { document.trailing().as_str().map(str::to_owned) } else { None };
            document.insert(name, Item::Value(new));
            if let (Some(head), Some(mut key)) = (head, document.key_mut(name)) {
                key.leaf_decor_mut().set_prefix(head);
                document.set_trailing("");
            }
        }
    }
    Ok(document.to_string())
}

/// Whether a setting can have this value, before it stands in any file.
///
/// # Errors
/// [`ConfigError::Unfit`] with what would do; that the setting is not known.
pub fn check_value(name: &str, value: &str, environment: &Environment) -> Result<(), ConfigError> {
    with_value("", Path::new(""), (name, value), environment).map(drop)
}

fn fits(name: &'static str, value: &Value, environment: &Environment) -> Result<(), ConfigError> {
    let mut alone = DocumentMut::new();
    alone.insert(name, Item::Value(value.clone()));
    match check(&alone.to_string(), Path::new(""), environment) {
        Err(ConfigError::Value { key, value, expected, .. }) if key == name => {
            Err(ConfigError::Unfit { key, value, expected })
        }
        // What it needs beside it may stand in the file.
        _ => Ok(()),
    }
}

/// Numbers, truths and lists as TOML has them.
fn plain(value: &str, name: &str) -> Value {
    const LISTS: [&str; 3] = ["company_domains", "server_origins", "server_hosts"];
    if LISTS.contains(&name) {
        return Value::Array(value.split(',').map(str::trim).filter(|item| !item.is_empty()).collect::<Array>());
    }
    match (value.parse::<i64>(), value.parse::<bool>()) {
        (Ok(number), _) => number.into(),
        (_, Ok(truth)) => truth.into(),
        _ => value.into(),
    }
}

/// Whether the text would do as the configuration file at `path`: known keys and values that can be read. What
/// variables say does not matter.
///
/// # Errors
/// What is wrong, with its line.
pub fn check(text: &str, path: &Path, environment: &Environment) -> Result<(), ConfigError> {
    let bare = Environment { variables: BTreeMap::new(), ..environment.clone() };
    Settings::assemble(Loader::of_text(text, path, &Flags::default(), &bare)?).map(drop)
}

/// The user's folder of rubrics as it would be if the file at `path` held `text`, whatever is wrong with other values.
///
/// # Errors
/// When the text is no configuration file, or the `.env` is none.
pub fn rubrics_folder(text: &str, path: &Path, environment: &Environment) -> Result<Option<PathBuf>, ConfigError> {
    let flags = Flags::default();
    let mut loader = Loader::of_text(text, path, &flags, environment)?.with_dot_env()?;
    Ok(loader.text("rubrics").map(|found| PathBuf::from(found.value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, key: &str, value: &str) -> String {
        let environment = Environment { working_dir: "/here".into(), ..Environment::default() };
        with_value(text, Path::new("config.toml"), (key, value), &environment).expect("good")
    }

    #[test]
    fn comments_and_other_keys_are_kept() {
        let text = "# mine\nrole = \"ae\" # until spring\n\n[[rule]]\ntitle_contains = \"QBR\"\n# the end\n";
        let changed = set(text, "role", "se");
        assert_eq!(changed, text.replace("\"ae\"", "\"se\""));
        let added = set(text, "cache_ttl_days", "30");
        assert_eq!(added, text.replace("\n\n[[rule]]", "\ncache_ttl_days = 30\n\n[[rule]]"));
        assert_eq!(set(&added, "cache_ttl_days", ""), text);
        assert_eq!(set("# head\n\n", "cache_ttl_days", "30"), "# head\n\ncache_ttl_days = 30\n");
    }

    #[test]
    fn values_are_written_as_toml_has_them() {
        for (key, value, line) in [
            ("company_domains", "acme.com, acme.de", "company_domains = [\"acme.com\", \"acme.de\"]\n"),
            ("enable_caching", "false", "enable_caching = false\n"),
            ("gong_api_key", "12345", "gong_api_key = \"12345\"\n"),
            ("database_url", "calls.db", "database_url = \"/here/calls.db\"\n"),
            ("database_url", "~/calls.db", "database_url = \"~/calls.db\"\n"),
            ("DATABASE_URL", "postgres://h/d", "database_url = \"postgres://h/d\"\n"),
        ] {
            assert_eq!(set("", key, value), line);
        }
    }

    #[test]
    fn a_value_that_cannot_be_is_refused_before_it_stands_anywhere() {
        let environment = Environment { data_dir: Some("/data".into()), ..Environment::default() };
        let refused = |key, value| {
            with_value("role = \"ae\"\n", Path::new("config.toml"), (key, value), &environment)
                .expect_err(value)
                .to_string()
        };
        assert_eq!(
            refused("company_domains", "acme corp"),
            "`company_domains` cannot be `acme corp`: expected domains such as acme.com, separated by commas"
        );
        assert!(refused("time_zone", "Mars/X").starts_with("`time_zone` cannot be `Mars/X`"));
        assert!(refused("max_cost", "abc").starts_with("`max_cost` cannot be `abc`"));
        assert!(check_value("max_cost", "0.5", &environment).is_ok());
        assert!(check_value("gong_access_token", "t-1", &environment).is_ok());
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line() {
        let environment = Environment { data_dir: Some("/data".into()), ..Environment::default() };
        let wrong = |text: &str| check(text, Path::new("config.toml"), &environment).expect_err(text).to_string();
        assert!(check("role = \"ae\"\n", Path::new("config.toml"), &environment).is_ok());
        assert!(wrong("role = \"ae\"\ncache_ttl_days = \"soon\"\n").starts_with("config.toml:2: `cache_ttl_days`"));
        assert!(wrong("rolle = 1").contains("did you mean `role`"));
        assert!(key_named("rolle").expect_err("unknown").to_string().contains("did you mean `role`"));
        assert_eq!((is_secret("gong_api_key"), is_secret("role"), is_secret("x")), (Some(true), Some(false), None));
    }
}
