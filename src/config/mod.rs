//! Settings: one loader, and every value knows where it came from.
//!
//! Flags > environment > `.env` in the working directory > `config.toml` in the user's configuration folder > defaults.
//! Only [`env`] reads the process environment; everything else takes an [`Environment`].
//!
//! To add a setting: its variable in [`env`], a row in [`keys::KEYS`], a field in [`Settings`].

mod claude;
mod dot_env;
mod edit;
mod env;
mod error;
mod facts;
mod file;
mod files;
mod gong;
mod keys;
mod load;
mod loader;
mod oddities;
mod rubrics;
mod secret;
mod server;

pub use claude::{AnalystChoice, ClaudeSettings};
pub use edit::{check, check_value, is_secret, key_named, rubrics_folder, with_value};
pub use env::Environment;
pub use error::ConfigError;
pub use facts::load_facts;
pub use file::Rule;
pub use files::{config_file, dot_env_file, unread_dot_env};
pub use gong::GongSettings;
pub use load::{Flags, Row, Settings};
pub use oddities::{Misspelt, Odd, Oddity, misspelt, odd, oddities};
pub use rubrics::load_rubrics;
pub use secret::Secret;
pub use server::ServerSettings;

use std::fmt;
use std::path::PathBuf;

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A flag of this call.
    Flag(&'static str),
    /// A variable of the environment.
    Env(&'static str),
    /// A variable in a `.env` file.
    DotEnv(&'static str, PathBuf),
    /// A key of the configuration file.
    File {
        /// The file.
        path: PathBuf,
        /// The key's line, counted from 1.
        line: usize,
    },
    /// Nobody set it.
    Default,
}

impl Source {
    /// How to give the setting `key`, which comes from here, another value. A value may follow a command; what beats the
    /// configuration file is changed where it stands.
    pub fn to_change(&self, key: &str) -> String {
        match self {
            Source::Flag(_) | Source::Env(_) | Source::DotEnv(..) => format!("change {self}"),
            Source::File { .. } | Source::Default => format!("call-coach config set {key}"),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Flag(flag) => write!(f, "{flag}"),
            Source::Env(variable) => write!(f, "{variable} in the environment"),
            Source::DotEnv(variable, path) => write!(f, "{variable} in {}", path.display()),
            Source::File { path, line } => write!(f, "{}:{line}", path.display()),
            Source::Default => f.write_str("default"),
        }
    }
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub source: Source,
}
