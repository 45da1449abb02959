//! What can go wrong between this program and Claude, each with one line that says so.

use std::fmt;

/// What the service said about it. It never holds a key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Detail {
    /// The service's name for the mistake, such as `rate_limit_error`.
    pub kind: String,
    /// What it said.
    pub message: String,
    /// Its id of the request.
    pub request_id: Option<String>,
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = if self.message.is_empty() { "it gave no reason" } else { &self.message };
        f.write_str(said.trim_end_matches('.'))?;
        let about: Vec<&str> = [self.kind.as_str(), self.request_id.as_deref().unwrap_or_default()]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect();
        if about.is_empty() { Ok(()) } else { write!(f, " ({})", about.join(", ")) }
    }
}

/// Why there is no answer from Claude.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaudeError {
    /// The settings cannot be used.
    #[error("{0}")]
    Settings(String),
    /// The key is not accepted, or may not do this.
    #[error("{host} refused the key, HTTP {status}: {detail}")]
    Credentials {
        /// Who refused.
        host: String,
        /// 401 or 403.
        status: u16,
        /// What it said.
        detail: Detail,
    },
    /// The account has no money left.
    #[error("the account at {host} has no credit left: {detail}")]
    Credit {
        /// Whose account.
        host: String,
        /// What it said.
        detail: Detail,
    },
    /// There were too many requests.
    #[error("{host} takes no more requests for now, HTTP 429: {detail}")]
    RateLimited {
        /// Who said so.
        host: String,
        /// What it said.
        detail: Detail,
    },
    /// It failed on its side, again and again.
    #[error("{host} failed, HTTP {status}: {detail}")]
    Service {
        /// Who failed.
        host: String,
        /// 5xx.
        status: u16,
        /// What it said.
        detail: Detail,
    },
    /// It does not take the request.
    #[error("{host} did not take the request, HTTP {status}: {detail}")]
    Rejected {
        /// Who said so.
        host: String,
        /// 4xx, or 3xx since redirects are not followed.
        status: u16,
        /// What it said.
        detail: Detail,
    },
    /// Nobody is there.
    #[error("cannot reach {host}: {reason}")]
    Unreachable {
        /// Whom we called.
        host: String,
        /// What the system said.
        reason: String,
    },
    /// The connection cannot be trusted.
    #[error("no safe connection to {host}: {reason}")]
    Tls {
        /// Whom we called.
        host: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Nothing came for too long.
    #[error("{host} sent nothing for {seconds} s")]
    TimedOut {
        /// Whom we asked.
        host: String,
        /// For how long we waited.
        seconds: u64,
    },
    /// The reply ended before it was whole.
    #[error("the reply of {host} broke off: {reason}")]
    BrokenOff {
        /// Who replied.
        host: String,
        /// What is known about it.
        reason: String,
    },
    /// The reply did not fit into the largest size that is asked for.
    #[error("the reply did not fit into {max_tokens} tokens")]
    MaxTokens {
        /// The size.
        max_tokens: u32,
    },
    /// The model did not want to answer.
    #[error("{model} declined to answer")]
    Declined {
        /// The model.
        model: String,
    },
    /// The reply cannot be used, nor the one to the request to mend it.
    #[error("the reply cannot be used: {reason}")]
    BadReply {
        /// What is wrong with it, without its words.
        reason: String,
    },
    /// The call is longer than what the model can read at once.
    #[error("the call is {tokens} tokens long with its questions; {model} reads at most {window} at once")]
    TooLong {
        /// The model.
        model: String,
        /// Counted by the service.
        tokens: u64,
        /// Room for the prompt.
        window: u64,
    },
}

impl ClaudeError {
    /// What happened, for whoever did not set this up: without the service's and the system's own words, which may name
    /// accounts.
    pub fn outline(&self) -> String {
        match self {
            ClaudeError::Settings(_) => "Claude is not set up as it should be".to_owned(),
            ClaudeError::Credentials { .. } => "Claude refused the key".to_owned(),
            ClaudeError::Credit { .. } => "the account has no credit left at Claude".to_owned(),
            ClaudeError::RateLimited { host, .. } => format!("{host} takes no more requests for now, HTTP 429"),
            ClaudeError::Service { host, status, .. } => format!("{host} failed, HTTP {status}"),
            ClaudeError::Rejected { host, status, .. } => format!("{host} did not take the request, HTTP {status}"),
            ClaudeError::Unreachable { host, .. } => format!("cannot reach {host}"),
            ClaudeError::Tls { host, .. } => format!("no safe connection to {host}"),
            ClaudeError::BrokenOff { host, .. } => format!("the reply of {host} broke off"),
            ClaudeError::TimedOut { .. }
            | ClaudeError::MaxTokens { .. }
            | ClaudeError::Declined { .. }
            | ClaudeError::BadReply { .. }
            | ClaudeError::TooLong { .. } => self.to_string(),
        }
    }

    /// Whether the next request will fail in the same way.
    pub fn concerns_all(&self) -> bool {
        match self {
            ClaudeError::Settings(_)
            | ClaudeError::Credentials { .. }
            | ClaudeError::Credit { .. }
            | ClaudeError::RateLimited { .. }
            | ClaudeError::Service { .. }
            | ClaudeError::Unreachable { .. }
            | ClaudeError::Tls { .. }
            | ClaudeError::TimedOut { .. } => true,
            // No such model, or no such address.
            ClaudeError::Rejected { status, .. } => *status != 413 && *status != 400,
            ClaudeError::BrokenOff { .. }
            | ClaudeError::MaxTokens { .. }
            | ClaudeError::Declined { .. }
            | ClaudeError::BadReply { .. }
            | ClaudeError::TooLong { .. } => false,
        }
    }
}
