//! What can go wrong with Gong, in words that hold no key.

use std::time::Duration;

/// Why Gong did not give what it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GongError {
    /// The configured address is none.
    #[error("`{0}` is no address of Gong's API: expected one such as https://us-79647.api.gong.io")]
    BadAddress(String),

    /// Only one half of the key is set.
    #[error("{0} is not set")]
    Incomplete(&'static str),

    /// 401: the key or token is not Gong's.
    #[error("Gong refused the credentials (401): the key is wrong, revoked or of another company")]
    Refused,

    /// 401 or 403: the key may not do this.
    #[error("the Gong key lacks the permission {scope}")]
    MissingScope {
        /// The permission's name.
        scope: String,
    },

    /// 404 that is not an empty result.
    #[error("there is no Gong API at {address} (404 for {path})")]
    WrongAddress {
        /// Scheme and host of the configured address.
        address: String,
        /// What was asked for.
        path: &'static str,
    },

    /// Gong's host sends its requests elsewhere. It is not followed, because the key would go with it.
    #[error("Gong at {from} sends us to {to}, and a key is not taken to another host unasked")]
    Redirected {
        /// The host that was asked.
        from: String,
        /// The host it names.
        to: String,
    },

    /// 429: too many requests.
    #[error("Gong allows no more requests now (429)")]
    Limited {
        /// How long it asks to wait.
        retry_after: Option<Duration>,
    },

    /// The cursor of a long list has grown too old.
    #[error("Gong's cursor has expired")]
    CursorExpired,

    /// Any other 4xx.
    #[error("Gong did not accept the request ({status}): {reason}")]
    NotAccepted {
        /// The status.
        status: u16,
        /// Gong's own words.
        reason: String,
    },

    /// 5xx.
    #[error("Gong failed ({status})")]
    Failed {
        /// The status.
        status: u16,
    },

    /// The reply is no JSON: a login page, a proxy.
    #[error("{host} answered with something that is not Gong's API ({found})")]
    NotJson {
        /// The host that was asked.
        host: String,
        /// What kind of thing it sent.
        found: &'static str,
    },

    /// The reply is JSON of another shape.
    #[error("Gong's reply to {path} is not as documented (line {line}, column {column})")]
    OtherShape {
        /// What was asked for.
        path: &'static str,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },

    /// The reply broke off.
    #[error("Gong's reply broke off")]
    BrokeOff,

    /// The reply is larger than any list of a hundred calls.
    #[error("Gong's reply is larger than {} MB", .0 >> 20)]
    TooLarge(usize),

    /// No connection, or no answer in time.
    #[error("cannot reach {host}: {reason}")]
    Unreachable {
        /// The host that was asked.
        host: String,
        /// The system's reason.
        reason: String,
    },
}

impl GongError {
    /// Whether the same request may succeed a little later.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            GongError::Limited { .. } | GongError::Failed { .. } | GongError::BrokeOff | GongError::Unreachable { .. }
        )
    }
}
