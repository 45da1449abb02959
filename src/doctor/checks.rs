//! The list of checks.

use serde::Serialize;

/// What a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// The program itself and where it runs.
    Program,
    /// What is set, and where.
    Settings,
    /// The database.
    Data,
    /// Where calls come from.
    Gong,
    /// Who answers.
    Claude,
    /// What is stored.
    Calls,
}

/// A check's name in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The titles below say it.
pub enum Id {
    Version,
    Platform,
    Terminal,
    Completions,
    DotEnv,
    Settings,
    ConfigFile,
    Values,
    Conflicts,
    Misspelt,
    CompanyDomains,
    Rubrics,
    Role,
    DatabaseAddress,
    DataFolder,
    Filesystem,
    Database,
    Schema,
    Integrity,
    TextIndex,
    Encryption,
    Connections,
    GongKey,
    GongAddress,
    GongAccess,
    GongPermissions,
    RequestBudget,
    LastSync,
    ClaudeKey,
    ClaudeAddress,
    Model,
    Facts,
    ClaudeAccess,
    Clock,
    Words,
    Speakers,
    Results,
}

/// One thing that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// Its name.
    pub id: Id,
    /// What it is about.
    pub group: Group,
    /// Its name for people.
    pub title: &'static str,
    /// The checks without which it makes no sense.
    pub needs: &'static [Id],
}

const fn check(id: Id, group: Group, title: &'static str, needs: &'static [Id]) -> Check {
    Check { id, group, title, needs }
}

/// Every check, in the order in which they are made: what a check needs stands before it.
pub const CHECKS: [Check; 37] = [
    check(Id::Version, Group::Program, "Version", &[]),
    check(Id::Platform, Group::Program, "System", &[]),
    check(Id::Terminal, Group::Program, "Terminal", &[]),
    check(Id::Completions, Group::Program, "Completions", &[]),
    check(Id::DotEnv, Group::Settings, ".env file", &[]),
    check(Id::Settings, Group::Settings, "Settings", &[Id::DotEnv]),
    check(Id::ConfigFile, Group::Settings, "Configuration file", &[Id::Settings]),
    check(Id::Values, Group::Settings, "Origin of values", &[Id::Settings]),
    check(Id::Conflicts, Group::Settings, "Conflicts", &[Id::Settings]),
    check(Id::Misspelt, Group::Settings, "Names of variables", &[]),
    check(Id::CompanyDomains, Group::Settings, "Company domains", &[Id::Settings]),
    check(Id::Rubrics, Group::Settings, "Rubrics", &[Id::Settings]),
    check(Id::Role, Group::Settings, "Role", &[Id::Rubrics]),
    check(Id::DatabaseAddress, Group::Data, "Database address", &[Id::Settings]),
    check(Id::DataFolder, Group::Data, "Data folder", &[Id::DatabaseAddress]),
    check(Id::Filesystem, Group::Data, "File system", &[Id::DatabaseAddress]),
    check(Id::Encryption, Group::Data, "Encryption", &[Id::DatabaseAddress]),
    check(Id::Database, Group::Data, "Database", &[Id::DatabaseAddress, Id::DataFolder]),
    check(Id::Schema, Group::Data, "Schema", &[Id::Database]),
    check(Id::Connections, Group::Data, "Connections", &[Id::Schema]),
    check(Id::Integrity, Group::Data, "Integrity", &[Id::Schema]),
    check(Id::TextIndex, Group::Data, "Full-text index", &[Id::Schema, Id::Integrity]),
    check(Id::GongKey, Group::Gong, "Gong key", &[Id::Settings]),
    check(Id::GongAddress, Group::Gong, "Gong address", &[Id::GongKey]),
    check(Id::GongAccess, Group::Gong, "Gong answers", &[Id::GongAddress]),
    check(Id::GongPermissions, Group::Gong, "Permissions", &[Id::GongAccess]),
    check(Id::RequestBudget, Group::Gong, "Requests today", &[Id::GongKey, Id::Schema]),
    check(Id::LastSync, Group::Gong, "Last sync", &[Id::GongKey, Id::Schema]),
    check(Id::ClaudeKey, Group::Claude, "Claude key", &[Id::Settings]),
    check(Id::ClaudeAddress, Group::Claude, "Claude address", &[Id::ClaudeKey]),
    check(Id::Model, Group::Claude, "Model", &[Id::ClaudeKey]),
    check(Id::Facts, Group::Claude, "Facts", &[Id::ClaudeKey]),
    check(Id::ClaudeAccess, Group::Claude, "Claude answers", &[Id::ClaudeAddress, Id::Model]),
    check(Id::Clock, Group::Program, "Clock", &[Id::Settings]),
    check(Id::Words, Group::Calls, "Words", &[Id::Schema, Id::Integrity]),
    check(Id::Speakers, Group::Calls, "Speakers", &[Id::Schema, Id::Integrity]),
    check(Id::Results, Group::Calls, "Results", &[Id::Schema, Id::Integrity, Id::Rubrics]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_need_stands_before_the_check_and_no_check_stands_twice() {
        for (n, check) in CHECKS.iter().enumerate() {
            let before = &CHECKS[..n];
            assert!(before.iter().all(|other| other.id != check.id && other.title != check.title), "{check:?}");
            assert!(check.needs.iter().all(|need| before.iter().any(|other| other.id == *need)), "{check:?}");
        }
    }
}
