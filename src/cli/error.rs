//! From what went wrong to what a person reads: the message, a hint what to type, and the exit code.

use std::process::ExitCode;

use super::gong;
use crate::analyze::UnknownName;
use crate::analyze::cast::CastError;
use crate::analyze::claude::AskError;
use crate::claude::ClaudeError;
use crate::claude::models::ModelsError;
use crate::config::ConfigError;
use crate::dates::DateError;
use crate::gong::GongError;
use crate::model::call::UnknownCallType;
use crate::named::NotStored;
use crate::roster::{NotCoached, WhichRep};
use crate::rubric::RubricErrors;
use crate::spelling;
use crate::store::{StoreError, TextQueryError};
use crate::sync::SyncError;
use crate::transcript::ReadError;

/// The classes of failure that scripts tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The answer is no, or nothing more is known.
    Failed,
    /// What was typed or configured is wrong.
    Usage,
    /// Some calls failed.
    Partly,
    /// A service did not accept who we are.
    Credentials,
    /// It does not exist, or is not ready.
    NotFound,
    /// A service failed, or its limit is used up.
    Service,
    /// The database does not work.
    Database,
    /// The person at the keyboard ended it.
    Interrupted,
}

impl Kind {
    pub(super) fn code(self) -> u8 {
        match self {
            Kind::Failed => 1,
            Kind::Usage => 2,
            Kind::Partly => 3,
            Kind::Credentials => 4,
            Kind::NotFound => 5,
            Kind::Service => 6,
            Kind::Database => 7,
            Kind::Interrupted => 130,
        }
    }

    pub(super) fn exit_code(self) -> ExitCode {
        ExitCode::from(self.code())
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Kind::Failed => "failed",
            Kind::Usage => "usage",
            Kind::Partly => "partly_done",
            Kind::Credentials => "credentials",
            Kind::NotFound => "not_found",
            Kind::Service => "service",
            Kind::Database => "database",
            Kind::Interrupted => "interrupted",
        }
    }
}

/// A failure as a person is told.
#[derive(Debug)]
pub(super) struct CliError {
    pub(super) kind: Kind,
    pub(super) message: String,
    pub(super) hint: Option<String>,
    /// What lies behind it, outermost first; shown with `--verbose`.
    pub(super) chain: Vec<String>,
}

impl CliError {
    pub(super) fn new(kind: Kind, message: impl Into<String>) -> Self {
        CliError { kind, message: message.into(), hint: None, chain: Vec::new() }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The object that scripts read; `verbose` adds what lies behind it.
    pub(super) fn to_json(&self, verbose: bool) -> String {
        let Self { kind, message, hint, chain } = self;
        let mut error = serde_json::json!({ "kind": kind.as_str(), "message": message, "hint": hint });
        if verbose {
            error["because"] = serde_json::json!(chain);
        }
        serde_json::json!({ "error": error }).to_string()
    }
}

/// A name of which there are few, and this is none of them.
pub(super) fn unknown(kind: Kind, what: &str, typed: &str, known: &[&str]) -> CliError {
    let hint =
        format!("{}There are {}", did_you_mean(spelling::nearest(typed, known.iter().copied())), known.join(", "));
    CliError::new(kind, format!("there is no {what} `{typed}`")).hint(hint)
}

/// What somebody may have meant, as the beginning of a hint.
pub(super) fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| format!("Did you mean `{nearest}`? "))
}

impl From<anyhow::Error> for CliError {
    fn from(error: anyhow::Error) -> Self {
        let (kind, hint) = classify(&error);
        let chain = error.chain().skip(1).map(ToString::to_string).collect();
        CliError { kind, message: error.to_string(), hint, chain }
    }
}

impl From<dialoguer::Error> for CliError {
    fn from(dialoguer::Error::IO(error): dialoguer::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::Interrupted => CliError::new(Kind::Interrupted, "interrupted"),
            _ => CliError::new(Kind::Failed, format!("could not ask: {error}")),
        }
    }
}

macro_rules! from_typed {
    ($($error:ty),+) => {
        $(impl From<$error> for CliError {
            fn from(error: $error) -> Self {
                anyhow::Error::new(error).into()
            }
        })+
    };
}
from_typed!(
    std::io::Error,
    ConfigError,
    StoreError,
    ReadError,
    CastError,
    UnknownCallType,
    SyncError,
    GongError,
    serde_json::Error
);
from_typed!(DateError, TextQueryError, WhichRep, UnknownName);
from_typed!(AskError, ClaudeError, ModelsError, NotStored);

fn classify(error: &anyhow::Error) -> (Kind, Option<String>) {
    if let Some(error) = error.downcast_ref::<SyncError>() {
        return gong::classify(error);
    }
    if let Some(error) = error.downcast_ref::<GongError>() {
        return gong::classify_gong(error);
    }
    if let Some(error) = error.downcast_ref::<StoreError>() {
        return store(error);
    }
    if let Some(error) = error.downcast_ref::<WhichRep>() {
        return which_rep(error);
    }
    if error.is::<DateError>() {
        return (
            Kind::Usage,
            Some("Such as 30d, last-month, 2026-Q3 or 2026-10-05; all forms: call-coach help dates".into()),
        );
    }
    if error.is::<TextQueryError>() {
        return (Kind::Usage, Some("Such as --text 'price \"too expensive\" -budget'".into()));
    }
    if let Some(error) = error.downcast_ref::<CastError>() {
        return (Kind::Usage, Some(who_is_ours(error)));
    }
    if error.is::<NotStored>() {
        let hint = "A call is a transcript file, - for stdin, a reference such as c412, or its id at the source.";
        return (Kind::NotFound, Some(hint.to_owned()));
    }
    if error.is::<NotCoached>() {
        let hint = "If that has changed: call-coach roster set NAME --no-coaching=false";
        return (Kind::Failed, Some(hint.to_owned()));
    }
    match error.downcast_ref::<AskError>() {
        Some(AskError::Claude(error)) => return claude(error),
        Some(AskError::OverBudget(_)) => {
            let hint = "What is done is kept; a higher --max-cost goes on from there.";
            return (Kind::Partly, Some(hint.to_owned()));
        }
        None => {}
    }
    if let Some(error) = error.downcast_ref::<ClaudeError>() {
        return claude(error);
    }
    if let Some(error) = error.downcast_ref::<ConfigError>() {
        return config(error);
    }
    if let Some(error) = error.downcast_ref::<std::io::Error>() {
        return io(error);
    }
    if let Some(UnknownName { name, known, .. }) = error.downcast_ref::<UnknownName>() {
        let nearest = spelling::nearest(name, known.iter().map(String::as_str));
        return (Kind::Usage, nearest.map(|nearest| did_you_mean(Some(nearest)).trim_end().to_owned()));
    }
    let is_usage = error.is::<UnknownCallType>()
        || error.is::<ModelsError>()
        || error.is::<ReadError>()
        || error.is::<RubricErrors>();
    (if is_usage { Kind::Usage } else { Kind::Failed }, None)
}

fn config(error: &ConfigError) -> (Kind, Option<String>) {
    let hint = match error {
        ConfigError::Io(error) => return io(error),
        ConfigError::Unfit { .. } => "Nothing was changed.",
        ConfigError::NoSuchKey { .. } => "See every setting: call-coach config show",
        ConfigError::File { .. } | ConfigError::UnknownKey { .. } => "To mend the file: call-coach config edit",
        ConfigError::Value { .. } | ConfigError::DotEnv { .. } => {
            "Mend it there, and see whether all is well: call-coach doctor"
        }
        ConfigError::Rubrics(_) => "See which files are wrong, and where: call-coach rubric validate",
        ConfigError::NoFacts(_) | ConfigError::NoDataFolder => return (Kind::Usage, None),
    };
    (Kind::Usage, Some(hint.to_owned()))
}

/// A file or folder that cannot be used.
fn io(error: &std::io::Error) -> (Kind, Option<String>) {
    use std::io::ErrorKind;
    let (kind, hint) = match error.kind() {
        ErrorKind::NotFound => (Kind::NotFound, "Is the path right? It counts from the folder that you are in."),
        ErrorKind::IsADirectory => (Kind::Usage, "Name a file in it."),
        ErrorKind::NotADirectory => (Kind::Usage, "Name a folder, not a file in it."),
        ErrorKind::PermissionDenied => (Kind::Usage, "See who may use it: ls -l"),
        ErrorKind::StorageFull => (Kind::Failed, "Make room on the disk and type it again."),
        _ => return (Kind::Failed, None),
    };
    (kind, Some(hint.to_owned()))
}

fn claude(error: &ClaudeError) -> (Kind, Option<String>) {
    let (kind, hint) = match error {
        ClaudeError::Settings(_) => return (Kind::Usage, None),
        ClaudeError::Credentials { .. } => {
            (Kind::Credentials, "Which key it was and where it came from: call-coach config show")
        }
        ClaudeError::Credit { .. } => (Kind::Credentials, "Add credit there, or score without it: --analyst local"),
        ClaudeError::RateLimited { .. } | ClaudeError::Service { .. } => {
            (Kind::Service, "What is done is kept: run it again later, and only the rest is asked.")
        }
        ClaudeError::Rejected { status: 404, .. } => {
            (Kind::Usage, "Is the model's name right, and ANTHROPIC_BASE_URL? See: call-coach config show")
        }
        ClaudeError::Unreachable { .. } | ClaudeError::Tls { .. } | ClaudeError::TimedOut { .. } => {
            (Kind::Service, "The built-in analyst needs no network: --analyst local")
        }
        ClaudeError::TooLong { .. } => (Kind::Usage, "A model that reads more at once: --model NAME"),
        ClaudeError::Declined { .. } => (Kind::Service, "Another model may answer: --model NAME"),
        ClaudeError::Rejected { .. }
        | ClaudeError::BrokenOff { .. }
        | ClaudeError::MaxTokens { .. }
        | ClaudeError::BadReply { .. } => {
            (Kind::Service, "Nothing of it was kept. Run it again: only what is missing is asked.")
        }
    };
    (kind, Some(hint.to_owned()))
}

pub(super) fn store(error: &StoreError) -> (Kind, Option<String>) {
    match error {
        error if error.is_not_found() => (Kind::NotFound, Some("See what is stored: call-coach search".to_owned())),
        error if error.is_usage() => (Kind::Usage, None),
        StoreError::Unreachable { .. } => {
            let hint = "Is it running, and is the address right? See where it comes from: call-coach config show";
            (Kind::Database, Some(hint.to_owned()))
        }
        StoreError::Damaged => {
            let hint = "Put a copy of the file back, or save what can be read: sqlite3 FILE .recover | sqlite3 NEW.db";
            (Kind::Database, Some(hint.to_owned()))
        }
        StoreError::File { .. } | StoreError::NotADatabase(_) => {
            let hint =
                "Name another file with --database-url, or see where this name comes from: call-coach config show";
            (Kind::Database, Some(hint.to_owned()))
        }
        StoreError::Database(_) => (Kind::Database, Some("See what is wrong with it: call-coach doctor".to_owned())),
        _ => (Kind::Database, None),
    }
}

fn which_rep(error: &WhichRep) -> (Kind, Option<String>) {
    match error {
        WhichRep::Nobody { nearest, .. } => {
            let hint = format!("{}See who is known: call-coach roster list", did_you_mean(nearest.as_deref()));
            (Kind::NotFound, Some(hint))
        }
        WhichRep::Several { .. } => (Kind::Usage, Some("Type more of the name, or the e-mail.".to_owned())),
    }
}

/// What to type when nobody can be coached.
fn who_is_ours(error: &CastError) -> String {
    let quoted = |name: &str| if name.contains(' ') { format!("\"{name}\"") } else { name.to_owned() };
    match error {
        CastError::Undecided { speakers } => {
            let listed: Vec<_> =
                speakers.iter().map(|(name, share)| format!("{name} ({:.0} %)", share * 100.0)).collect();
            let name = |n: usize| speakers.get(n).map_or_else(String::new, |(name, _)| quoted(name));
            let mut flags = format!("--rep {}", name(0));
            let mut text = listed.join(" · ");
            if speakers.len() > 2 {
                flags += &format!(" --colleague {}", name(1));
                text += "\nA colleague must not be taken for the buyer.";
            }
            format!(
                "{text}\nType the call again with: {flags}\nOr set your domain once: call-coach config set company_domains acme.com"
            )
        }
        CastError::NoSuchSpeaker { speakers, .. } => format!("Speaking are: {}", speakers.join(" · ")),
        CastError::Ambiguous { matches, .. } => {
            format!(
                "Type more of the name, such as --rep {}",
                matches.first().map_or_else(String::new, |name| quoted(name))
            )
        }
        CastError::NotOurs { ours, .. } if ours.is_empty() => "Nobody of ours speaks on it.".to_owned(),
        CastError::NotOurs { ours, .. } => format!("Of ours there speak: {}", ours.join(" · ")),
    }
}
