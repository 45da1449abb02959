//! What a client is told when a tool cannot answer: which kind of failure, what happened, and what would help. Nothing of
//! the database's or the system's own words gets out; those go to the log.

use serde::Serialize;

use crate::analyze::UnknownName;
use crate::analyze::cast::CastError;
use crate::analyze::claude::AskError;
use crate::claude::ClaudeError;
use crate::dates::DateError;
use crate::gong::GongError;
use crate::named::NotStored;
use crate::roster::{NotCoached, WhichRep};
use crate::store::{StoreError, TextQueryError};
use crate::sync::SyncError;

/// What helps where asking again does not.
const OPERATOR: &str = "Asking again does not help before whoever runs this server has mended it; its log says more.";

/// The kinds of failure that a client can tell apart. The names are those of the command line's JSON errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The request is wrong.
    Usage,
    /// It does not exist, or is not ready.
    NotFound,
    /// It would cost more than the server may spend.
    OverBudget,
    /// A service did not accept our key.
    Credentials,
    /// A service failed, or its limit is used up.
    Service,
    /// The database does not answer.
    Database,
    /// It took too long.
    TimedOut,
    /// A mistake of this program's.
    Failed,
}

/// Why a tool has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToolError {
    /// The kind.
    pub kind: Reason,
    /// What happened.
    pub message: String,
    /// What would help.
    pub hint: Option<String>,
}

impl ToolError {
    /// A failure without a hint.
    pub fn new(kind: Reason, message: impl Into<String>) -> Self {
        ToolError { kind, message: message.into(), hint: None }
    }

    /// With what would help.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        ToolError { hint: Some(hint.into()), ..self }
    }

    /// A mistake of ours, of which the log says more.
    pub(super) fn ours() -> Self {
        ToolError::new(Reason::Failed, "something went wrong inside of call-coach")
            .hint("Nothing is lost. Whoever runs this server finds more in its log.")
    }

    /// The database is gone, or as good as gone.
    pub(super) fn no_database() -> Self {
        ToolError::new(Reason::Database, "the database does not answer")
            .hint("Ask again in a minute. Whoever runs this server finds the reason in its log.")
    }

    /// The object that clients read.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({ "error": self })
    }

    /// Message and hint in one text.
    pub fn text(&self) -> String {
        match &self.hint {
            Some(hint) => format!("{}. {hint}", self.message.trim_end_matches('.')),
            None => self.message.clone(),
        }
    }
}

impl From<anyhow::Error> for ToolError {
    fn from(error: anyhow::Error) -> Self {
        let told = told(&error);
        if matches!(told.kind, Reason::Database | Reason::Failed) {
            tracing::error!("a tool failed: {error:#}");
        }
        told
    }
}

macro_rules! from_typed {
    ($($error:ty),+) => {
        $(impl From<$error> for ToolError {
            fn from(error: $error) -> Self {
                anyhow::Error::new(error).into()
            }
        })+
    };
}
from_typed!(StoreError, DateError, WhichRep, NotCoached, TextQueryError, UnknownName);

fn told(error: &anyhow::Error) -> ToolError {
    let usage = || ToolError::new(Reason::Usage, error.to_string());
    if let Some(error) = error.downcast_ref::<StoreError>() {
        return store(error);
    }
    if let Some(missing) = error.downcast_ref::<NotStored>() {
        return not_stored(missing);
    }
    if let Some(error) = error.downcast_ref::<CastError>() {
        return who_is_ours(error);
    }
    match error.downcast_ref::<AskError>() {
        Some(AskError::Claude(error)) => return claude(error),
        Some(AskError::OverBudget(error)) => {
            return ToolError::new(Reason::OverBudget, error.to_string())
                .hint("Stored results cost nothing: ask without force_reanalysis, or for another call.");
        }
        None => {}
    }
    if let Some(error) = error.downcast_ref::<SyncError>() {
        return gong(error);
    }
    if error.is::<DateError>() {
        return usage().hint("Understood are for example 30d, last_30_days, last_quarter, 2026-Q3, 2026-10-05.");
    }
    if error.is::<TextQueryError>() || error.is::<UnknownName>() {
        return usage();
    }
    match error.downcast_ref::<WhichRep>() {
        Some(WhichRep::Nobody { .. }) => {
            return ToolError::new(Reason::NotFound, error.to_string())
                .hint("search_calls without rep_email shows who took part in calls.");
        }
        Some(WhichRep::Several { .. }) => return usage().hint("Give the whole e-mail address."),
        None => {}
    }
    if error.is::<NotCoached>() {
        return ToolError::new(Reason::NotFound, error.to_string());
    }
    ToolError::ours()
}

fn store(error: &StoreError) -> ToolError {
    match error {
        StoreError::Busy => ToolError::new(Reason::Database, "the database is busy").hint("Ask again in some seconds."),
        error if error.is_not_found() => ToolError::new(Reason::NotFound, error.to_string())
            .hint("search_calls finds calls; `ref` and `id` of its answer are good here."),
        StoreError::Forgotten => ToolError::new(Reason::NotFound, error.to_string()),
        _ => ToolError::no_database(),
    }
}

fn not_stored(missing: &NotStored) -> ToolError {
    match missing {
        NotStored::Call(name) => ToolError::new(Reason::NotFound, format!("no stored call is named {name}"))
            .hint("call_id is a `ref` such as c412 or an `id` from search_calls, or a Gong id or link."),
        NotStored::Words(_) => {
            ToolError::new(Reason::NotFound, missing.to_string()).hint("It can be scored once they are.")
        }
    }
}

/// Nobody can be asked here: the person who keeps the calls says it once, and it is remembered.
fn who_is_ours(error: &CastError) -> ToolError {
    let speakers = match error {
        CastError::Undecided { speakers } => speakers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        CastError::NoSuchSpeaker { speakers, .. } => speakers.iter().map(String::as_str).collect(),
        CastError::Ambiguous { .. } | CastError::NotOurs { .. } => Vec::new(),
    };
    let hint = "On the command line say once who is ours: call-coach analyze CALL --rep NAME. It is remembered.";
    let hint =
        if speakers.is_empty() { hint.to_owned() } else { format!("Speaking are {}. {hint}", speakers.join(", ")) };
    ToolError::new(Reason::Usage, error.to_string()).hint(hint)
}

fn claude(error: &ClaudeError) -> ToolError {
    tracing::warn!("Claude: {error}");
    let of_operator = |kind, message: &str| ToolError::new(kind, message).hint(OPERATOR);
    match error {
        ClaudeError::Credentials { .. } => of_operator(Reason::Credentials, "Claude refused the key of this server"),
        ClaudeError::Credit { .. } => {
            of_operator(Reason::Credentials, "the account of this server has no credit left at Claude")
        }
        ClaudeError::Settings(_) => of_operator(Reason::Service, "Claude is not set up as it should be on this server"),
        ClaudeError::TooLong { .. } => ToolError::new(Reason::Usage, error.outline()),
        other => ToolError::new(Reason::Service, other.outline())
            .hint("What is done is kept: ask again later, and only the rest is asked."),
    }
}

fn gong(error: &SyncError) -> ToolError {
    match error {
        SyncError::Store(error) => store(error),
        SyncError::NoSuchCall(_) | SyncError::Private(_) | SyncError::NotReady(_) => {
            ToolError::new(Reason::NotFound, error.to_string())
        }
        SyncError::Gong(error @ (GongError::Refused | GongError::MissingScope { .. })) => {
            tracing::warn!("Gong: {error}");
            let message = match error {
                GongError::Refused => "Gong refused the key of this server".to_owned(),
                other => other.to_string(),
            };
            ToolError::new(Reason::Credentials, message).hint(OPERATOR)
        }
        other => {
            tracing::warn!("Gong: {other}");
            ToolError::new(Reason::Service, "Gong does not give the call").hint("Ask again later.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(error: impl Into<anyhow::Error>) -> ToolError {
        error.into().into()
    }

    #[test]
    fn what_the_operator_must_mend_is_not_to_be_asked_again_later() {
        let wrong = ClaudeError::Settings("the price of mine is not known, so no limit can be kept".to_owned());
        let told = of(AskError::from(wrong)).text();
        assert!(told.contains("not set up") && told.contains("whoever runs this server"), "{told}");
        assert!(!told.contains("later"), "{told}");
        let slow = ClaudeError::TimedOut { host: "api.anthropic.com".to_owned(), seconds: 60 };
        assert!(of(AskError::from(slow)).text().contains("ask again later"));
    }

    #[test]
    fn a_refused_key_is_no_passing_failure() {
        let missing = GongError::MissingScope { scope: "api:calls:read:basic".to_owned() };
        for (error, expected) in
            [(GongError::Refused, "Gong refused the key of this server"), (missing, "api:calls:read:basic")]
        {
            let told = of(SyncError::Gong(error));
            assert_eq!(told.kind, Reason::Credentials);
            assert!(told.text().contains(expected) && !told.text().contains("later"), "{}", told.text());
        }
        assert_eq!(of(SyncError::Gong(GongError::Failed { status: 500 })).kind, Reason::Service);
    }
}
