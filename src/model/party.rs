//! The people on a call.

use serde::{Deserialize, Serialize};

/// Which company a person on the call belongs to.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Ours.
    Rep,
    /// The customer's.
    Buyer,
    /// Nothing tells.
    #[default]
    Unknown,
}

impl Side {
    /// The name used in JSON and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Side::Rep => "rep",
            Side::Buyer => "buyer",
            Side::Unknown => "unknown",
        }
    }
}

/// What told which side a party is on. Printed in every report, because everything else rests on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SideSource {
    /// Gong's affiliation of the party.
    Gong,
    /// The party's e-mail ends in one of the configured company domains.
    CompanyDomain,
    /// The party is in the roster of reps.
    Roster,
    /// The transcript file's own list of participants says so.
    File,
    /// `--rep`, `--colleague` or `--buyer`.
    Flag,
    /// The person at the terminal was asked.
    Asked,
}

impl SideSource {
    /// The name used in JSON and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            SideSource::Gong => "gong",
            SideSource::CompanyDomain => "company_domain",
            SideSource::Roster => "roster",
            SideSource::File => "file",
            SideSource::Flag => "flag",
            SideSource::Asked => "asked",
        }
    }
}

/// One person on a call. They may never have spoken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// The source's key for this voice: Gong's `speakerId`, or the speaker name in a file.
    pub speaker_key: Option<String>,
    /// Their name as the source gives it.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their job title.
    pub title: Option<String>,
    /// Whose side they are on.
    pub side: Side,
    /// What told so. `None` while the side is unknown.
    pub side_source: Option<SideSource>,
    /// Whether at least one line of the transcript is theirs.
    pub spoke: bool,
}

impl Party {
    /// The name to print: name, else e-mail, else "Unknown speaker".
    pub fn display_name(&self) -> &str {
        self.name.as_deref().or(self.email.as_deref()).unwrap_or(UNKNOWN_SPEAKER)
    }
}

/// How a voice that matches nobody is printed.
pub const UNKNOWN_SPEAKER: &str = "Unknown speaker";
