//! What Gong replies. The calls themselves are in [`crate::transcript::gong`], because files hold them too.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::transcript::gong::{CallFacts, CallWords, id};

/// How a list goes on.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Records {
    /// Entries on all pages.
    pub total_records: Option<u64>,
    /// What the next request is to name; only while more remain.
    pub cursor: Option<String>,
}

impl Records {
    /// What the next request is to name.
    pub fn next(records: Option<&Records>) -> Option<&str> {
        records?.cursor.as_deref().filter(|cursor| !cursor.is_empty())
    }
}

/// A page of calls.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Calls {
    /// How the list goes on.
    pub records: Option<Records>,
    /// The calls that could be read. One that cannot does not take the others with it.
    #[serde(deserialize_with = "readable")]
    pub calls: Readable<CallFacts>,
}

/// The words of calls.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Transcripts {
    /// How the list goes on.
    pub records: Option<Records>,
    /// The words that could be read.
    #[serde(deserialize_with = "readable")]
    pub call_transcripts: Readable<CallWords>,
}

/// The workspaces of the company.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Workspaces {
    /// All of them.
    pub workspaces: Option<Vec<Workspace>>,
}

/// A part of the company.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Workspace {
    /// Its id.
    #[serde(deserialize_with = "id")]
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// A page of users.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Users {
    /// How the list goes on.
    pub records: Option<Records>,
    /// The users.
    pub users: Option<Vec<User>>,
}

/// A person of the company who uses Gong.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct User {
    /// Their address now.
    pub email_address: Option<String>,
    /// Other addresses of theirs.
    pub email_aliases: Option<Vec<String>>,
}

/// The entries of a list that could be read, and how many could not.
#[derive(Debug, Clone, PartialEq)]
pub struct Readable<T> {
    /// Those that could.
    pub entries: Vec<T>,
    /// How many could not.
    pub unreadable: usize,
}

impl<T> Default for Readable<T> {
    fn default() -> Self {
        Readable { entries: Vec::new(), unreadable: 0 }
    }
}

fn readable<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Readable<T>, D::Error> {
    // Borrowed from the reply, so that a hundred transcripts are not in memory once more.
    let raw = Option::<Vec<&RawValue>>::deserialize(deserializer)?.unwrap_or_default();
    let count = raw.len();
    let entries: Vec<T> = raw.into_iter().filter_map(|entry| serde_json::from_str(entry.get()).ok()).collect();
    Ok(Readable { unreadable: count - entries.len(), entries })
}

/// What Gong says when it does not do what it was asked.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Problems {
    pub(super) errors: Option<Vec<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_call_of_another_shape_does_not_take_the_others_with_it() {
        let page: Calls = serde_json::from_str(
            r#"{"requestId":"x","records":{"totalRecords":3,"cursor":""},"calls":[{"metaData":{"id":"1"}},{"metaData":7},{"parties":null,"new":1}]}"#,
        )
        .expect("page");
        assert_eq!((page.calls.entries.len(), page.calls.unreadable), (2, 1));
        assert_eq!(Records::next(page.records.as_ref()), None);
        assert_eq!(serde_json::from_str::<Calls>(r#"{"calls":null,"records":null}"#).expect("page"), Calls::default());
    }
}
