//! Gong's JSON as Gong writes it. Every field may be missing or null, unknown ones are ignored, and words such as an
//! affiliation stay text, because new ones appear without notice.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::model::transcript::hex;
use crate::transcript::clean::clean;
use crate::transcript::wire::list;

/// One call of the extensive reply: everything but its words.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CallFacts {
    /// What is known about the call itself.
    pub meta_data: Option<MetaData>,
    /// Who took part or was invited. The whole list may be missing.
    pub parties: Option<Vec<GongParty>>,
    /// What Gong found in the words.
    pub content: Option<Content>,
    /// What Gong measured.
    pub interaction: Option<Interaction>,
}

impl CallFacts {
    /// Gong's id of the call; `None` when it names none.
    pub fn id(&self) -> Option<&str> {
        self.meta_data.as_ref()?.id.as_deref().filter(|id| !id.is_empty())
    }

    /// Whether Gong shows this call only to some people of the company.
    pub fn is_private(&self) -> bool {
        self.meta_data.as_ref().and_then(|meta| meta.is_private).unwrap_or(false)
    }

    /// When the call began.
    pub fn started_at(&self) -> Option<jiff::Timestamp> {
        self.meta_data.as_ref()?.started.as_ref()?.parse().ok()
    }

    /// The same for the same facts: SHA-256 of all that is read of them.
    pub fn fingerprint(&self) -> String {
        use sha2::Digest as _;
        // Plain data of texts and numbers can always be written.
        let text = serde_json::to_vec(self).unwrap_or_default();
        hex(&sha2::Sha256::digest(text))
    }
}

/// What is known about a call itself.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MetaData {
    /// Up to 20 digits, so text.
    #[serde(deserialize_with = "id")]
    pub id: Option<String>,
    /// Where the recording can be opened.
    pub url: Option<String>,
    /// What the call was called.
    pub title: Option<String>,
    /// ISO 8601 with offset or Z.
    pub started: Option<String>,
    /// In seconds.
    pub duration: Option<f64>,
    /// The host's user id.
    #[serde(deserialize_with = "id")]
    pub primary_user_id: Option<String>,
    /// The part of the company that it belongs to.
    #[serde(deserialize_with = "id")]
    pub workspace_id: Option<String>,
    /// Whether only some people may see it.
    pub is_private: Option<bool>,
}

/// One person who took part or was invited.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GongParty {
    /// The voice in the transcript; only of those who spoke.
    #[serde(deserialize_with = "id")]
    pub speaker_id: Option<String>,
    /// Gong's user, for people of the company.
    #[serde(deserialize_with = "id")]
    pub user_id: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email_address: Option<String>,
    /// Their job title.
    pub title: Option<String>,
    /// `Internal`, `External` or `Unknown`.
    pub affiliation: Option<String>,
}

/// What Gong found in the words.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Content {
    /// Its summary.
    pub brief: Option<String>,
    /// What was talked about.
    pub topics: Option<Vec<Topic>>,
    /// Phrases that the company listens for.
    pub trackers: Option<Vec<Tracker>>,
}

/// One topic.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Topic {
    /// Its name.
    pub name: Option<String>,
    /// In seconds.
    pub duration: Option<f64>,
}

/// One tracker.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Tracker {
    /// Its name.
    pub name: Option<String>,
    /// How often it was heard.
    pub count: Option<i64>,
}

/// What Gong measured.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Interaction {
    /// The host's figures by name.
    pub interaction_stats: Option<Vec<Stat>>,
}

/// One figure.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Stat {
    /// What it measures, such as `Talk Ratio`.
    pub name: Option<String>,
    /// How much.
    pub value: Option<f64>,
}

/// The words of one call.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CallWords {
    /// Gong's id of the call.
    #[serde(deserialize_with = "id")]
    pub call_id: Option<String>,
    /// Who said what, in order.
    #[serde(deserialize_with = "list::<_, Monologue>")]
    pub transcript: Vec<Monologue>,
}

/// What one voice said without being interrupted.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Monologue {
    /// The voice, as the party list names it; null when Gong does not know whose it is.
    #[serde(deserialize_with = "id")]
    pub speaker_id: Option<String>,
    /// Its sentences.
    #[serde(deserialize_with = "list::<_, Sentence>")]
    pub sentences: Vec<Sentence>,
}

/// One sentence. Times in milliseconds from the beginning of the call.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Sentence {
    /// Where it begins.
    pub start: Option<i64>,
    /// Where it ends.
    pub end: Option<i64>,
    /// What was said.
    pub text: Option<String>,
}

/// Ids have up to 20 digits, so they are text; some replies write them as numbers, which are taken as written.
///
/// # Errors
/// When it is neither text nor a number.
pub fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    use serde::de::Error as _;
    let Some(raw) = Option::<Box<RawValue>>::deserialize(deserializer)? else { return Ok(None) };
    match raw.get() {
        text if text.starts_with('"') => {
            Ok(Some(clean(&serde_json::from_str::<String>(text).map_err(D::Error::custom)?)))
        }
        number if number.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => Ok(Some(number.to_owned())),
        _ => Err(D::Error::custom("expected an id: text or a whole number")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call_id(json: &str) -> Option<String> {
        serde_json::from_str::<CallWords>(json).expect("read").call_id
    }

    #[test]
    fn an_id_of_any_length_keeps_every_digit() {
        for digits in ["7782342274025937895", "18446744073709551616", "99999999999999999999", "-1"] {
            assert_eq!(call_id(&format!("{{\"callId\":\"{digits}\"}}")).as_deref(), Some(digits));
            assert_eq!(call_id(&format!("{{\"callId\":{digits}}}")).as_deref(), Some(digits));
        }
        assert_eq!(call_id("{\"callId\":null}"), None);
        assert_eq!(call_id("{}"), None);
        assert!(serde_json::from_str::<CallWords>("{\"callId\":[1]}").is_err());
    }

    #[test]
    fn a_fingerprint_changes_with_what_is_read_and_with_nothing_else() {
        let print = |json: &str| serde_json::from_str::<CallFacts>(json).expect("read").fingerprint();
        let one = print(r#"{"metaData":{"id":"1","title":"A"},"parties":[]}"#);
        assert_eq!(one, print(r#"{"parties":[],"metaData":{"title":"A","id":1,"url":null,"system":"Zoom"}}"#));
        assert_ne!(one, print(r#"{"metaData":{"id":"1","title":"B"},"parties":[]}"#));
    }
}
