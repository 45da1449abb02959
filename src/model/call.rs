//! A recorded conversation and what is known about it apart from the words.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::party::Party;

/// What to call a conversation in a list: its title, or else the people who are not ours.
pub fn label(title: Option<&str>, others: &[String]) -> String {
    match (title, others) {
        (Some(title), _) => title.to_owned(),
        (None, []) => "untitled".to_owned(),
        (None, others) => format!("with {}", others.join(", ")),
    }
}

/// The kind of conversation. It decides which checks apply and which guidelines hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallType {
    /// The rep called somebody who did not expect it, or hardly knows the product.
    ColdCall,
    /// The rep finds out what the buyer needs.
    Discovery,
    /// The rep shows the product.
    Demo,
    /// Specialists of both sides talk about how it works.
    Technical,
    /// Price and terms.
    Negotiation,
    /// A shorter call between the others.
    FollowUp,
    /// An existing customer decides whether to stay.
    Renewal,
    /// A customer needs help.
    Support,
}

impl CallType {
    /// Every call type, in the order in which reports and help list them.
    pub const ALL: [CallType; 8] = [
        CallType::ColdCall,
        CallType::Discovery,
        CallType::Demo,
        CallType::Technical,
        CallType::Negotiation,
        CallType::FollowUp,
        CallType::Renewal,
        CallType::Support,
    ];

    /// The name used in files, flags, JSON and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            CallType::ColdCall => "cold_call",
            CallType::Discovery => "discovery",
            CallType::Demo => "demo",
            CallType::Technical => "technical",
            CallType::Negotiation => "negotiation",
            CallType::FollowUp => "follow_up",
            CallType::Renewal => "renewal",
            CallType::Support => "support",
        }
    }
}

impl fmt::Display for CallType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no call type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no call type: use cold_call, discovery, demo, technical, negotiation, follow_up, renewal or support")]
pub struct UnknownCallType(pub String);

impl FromStr for CallType {
    type Err = UnknownCallType;

    fn from_str(text: &str) -> Result<Self, UnknownCallType> {
        let name = text.trim().to_lowercase().replace(['-', ' '], "_");
        CallType::ALL
            .into_iter()
            .find(|call_type| call_type.as_str() == name)
            .ok_or_else(|| UnknownCallType(text.to_owned()))
    }
}

/// One recorded conversation, without its words.
///
/// `(source, ext_id)` is its identity: importing the same recording again is the same call.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Call {
    /// Where it came from: `gong`, or `file` for a transcript file.
    pub source: String,
    /// The source's own id, always text: Gong's have up to 20 digits. For a file `file:` and 16 hex digits.
    pub ext_id: String,
    /// What the call was called.
    pub title: Option<String>,
    /// When it began. Unknown stays unknown; a file's change time is never taken for it.
    pub started_at: Option<jiff::Timestamp>,
    /// How long it took, in milliseconds.
    pub duration_ms: Option<i64>,
    /// Where the recording can be opened.
    pub url: Option<String>,
    /// The kind of conversation, where somebody or something said so.
    pub call_type: Option<CallType>,
    /// The product it was about.
    pub product: Option<String>,
    /// The customer's company.
    pub account: Option<String>,
    /// Gong's workspace.
    pub workspace_id: Option<String>,
    /// Gong's private flag.
    pub is_private: bool,
    /// Who took part. [`super::transcript::Line::party`] is an index into this list.
    pub parties: Vec<Party>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_type_reads_back_from_its_name() {
        for call_type in CallType::ALL {
            assert_eq!(call_type.as_str().parse(), Ok(call_type));
        }
        assert_eq!("Follow-up".parse(), Ok(CallType::FollowUp));
        assert!("cold".parse::<CallType>().is_err());
    }
}
