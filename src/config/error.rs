//! What can be wrong with settings, with the place and what would be right.

use std::path::PathBuf;

use super::Source;
use crate::rubric::RubricErrors;

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A value does not parse.
    #[error("{origin}: `{key}` is `{value}`; {expected}")]
    Value {
        /// Where it stands.
        origin: Source,
        /// The setting.
        key: &'static str,
        /// The value; masked when it is a secret.
        value: String,
        /// What would be right.
        expected: String,
    },
    /// A setting cannot have the value that somebody wants to give it.
    #[error("`{key}` cannot be `{value}`: {expected}")]
    Unfit {
        /// The setting.
        key: &'static str,
        /// The value; masked when it is a secret.
        value: String,
        /// What would be right.
        expected: String,
    },
    /// The configuration file does not parse.
    #[error("{path}:{line}: {reason}")]
    File {
        /// The file.
        path: PathBuf,
        /// Line number, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// The configuration file has a key that nobody knows.
    #[error("{path}:{line}: unknown key `{key}`{}", .nearest.map(|nearest| format!("; did you mean `{nearest}`?")).unwrap_or_default())]
    UnknownKey {
        /// The file.
        path: PathBuf,
        /// Line number, from 1.
        line: usize,
        /// The key.
        key: String,
        /// The known key that looks most like it.
        nearest: Option<&'static str>,
    },
    /// Nobody knows this setting.
    #[error("there is no setting `{key}`{}", .nearest.map(|nearest| format!("; did you mean `{nearest}`?")).unwrap_or_default())]
    NoSuchKey {
        /// What was typed.
        key: String,
        /// The known key that looks most like it.
        nearest: Option<&'static str>,
    },
    /// The `.env` file does not parse.
    #[error("{path}: {reason}")]
    DotEnv {
        /// The file.
        path: PathBuf,
        /// What is wrong, without values.
        reason: String,
    },
    /// A file or folder cannot be read.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The folder of facts says nothing.
    #[error("{0} holds no .md file with facts about the product")]
    NoFacts(PathBuf),
    /// The system names no folder for the user's data.
    #[error("this system names no folder for your data: set CALL_COACH_DATABASE_URL to a file")]
    NoDataFolder,
    /// The rubric files have mistakes.
    #[error(transparent)]
    Rubrics(#[from] RubricErrors),
}
