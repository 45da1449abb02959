//! What keeps the program from working, and what to type. Nothing is changed: no file is made, no database migrated.
//!
//! [`CHECKS`] is the list, in the order in which they are made; a check whose need failed is skipped and names the
//! cause, so that each cause is told once. To add one: a variant of [`Id`], a row in [`CHECKS`] and a line in
//! [`Examination::verdict`].

mod calls;
mod checks;
mod claude;
mod data;
mod gong;
mod program;
pub mod services;
mod settings;
mod system;

pub use checks::{CHECKS, Check, Group, Id};

use jiff::Timestamp;

use crate::claude::Client as ClaudeClient;
use crate::config::{Environment, Flags, Settings, Source};
use crate::gong::Client as GongClient;
use crate::rubric::RubricSet;
use crate::store::{Store, Target};

/// Where the program runs, as far as the checks need it.
pub struct Place<'a> {
    /// What was typed.
    pub flags: &'a Flags,
    /// The variables and folders.
    pub environment: &'a Environment,
    /// What the terminal can show; `None` when the output goes elsewhere.
    pub terminal: Option<Terminal>,
    /// Now.
    pub now: Timestamp,
    /// Whether Gong and Claude are asked.
    pub live: bool,
}

/// What a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Its columns.
    pub width: usize,
    /// Whether it is said to show characters beyond ASCII.
    pub unicode: bool,
}

/// What a check came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is as it should be: what was found.
    Ok(String),
    /// It works, but somebody should look at it.
    Warn(Problem),
    /// It does not work.
    Fail(Problem),
    /// It was not looked at.
    Skip {
        /// Why not.
        reason: String,
        /// The check that failed and on which this one depends.
        because: Option<Id>,
    },
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What was found.
    pub found: String,
    /// What follows from it.
    pub means: String,
    /// What to type or set.
    pub mend: String,
}

impl Verdict {
    fn ok(found: impl Into<String>) -> Self {
        Verdict::Ok(found.into())
    }

    fn warn(found: impl Into<String>, means: impl Into<String>, mend: impl Into<String>) -> Self {
        Verdict::Warn(Problem { found: found.into(), means: means.into(), mend: mend.into() })
    }

    fn fail(found: impl Into<String>, means: impl Into<String>, mend: impl Into<String>) -> Self {
        Verdict::Fail(Problem { found: found.into(), means: means.into(), mend: mend.into() })
    }

    fn skip(reason: impl Into<String>) -> Self {
        Verdict::Skip { reason: reason.into(), because: None }
    }
}

/// A check and what it came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check.
    pub check: &'static Check,
    /// What it came to.
    pub verdict: Verdict,
}

/// Makes every check.
pub async fn examine(place: &Place<'_>) -> Vec<Finding> {
    let mut examination =
        Examination { place, settings: None, rubrics: None, target: None, store: None, gong: None, claude: None };
    let mut findings: Vec<Finding> = Vec::with_capacity(CHECKS.len());
    for check in &CHECKS {
        let verdict = match hindrance(check, &findings) {
            Some(skip) => skip,
            None => {
                let made = examination.verdict(check.id).await;
                let verdict = made.unwrap_or_else(|| Verdict::skip("the database is not up to date"));
                examination.where_it_stands(verdict)
            }
        };
        findings.push(Finding { check, verdict });
    }
    if let Some(store) = examination.store {
        store.close().await;
    }
    findings
}

/// Why a check cannot be made: the first of its needs that failed, or was skipped itself.
fn hindrance(check: &Check, findings: &[Finding]) -> Option<Verdict> {
    let needed = check.needs.iter().filter_map(|need| findings.iter().find(|finding| finding.check.id == *need));
    needed.into_iter().find_map(|finding| match &finding.verdict {
        Verdict::Fail(_) => Some(Verdict::Skip {
            reason: format!("it depends on \"{}\", which failed", finding.check.title),
            because: Some(finding.check.id),
        }),
        Verdict::Skip { .. } => Some(finding.verdict.clone()),
        Verdict::Ok(_) | Verdict::Warn(_) => None,
    })
}

/// What the checks so far have brought to light; later ones look at it.
struct Examination<'a> {
    place: &'a Place<'a>,
    settings: Option<Settings>,
    rubrics: Option<RubricSet>,
    target: Option<Target>,
    store: Option<Store>,
    gong: Option<GongClient>,
    claude: Option<ClaudeClient>,
}

impl Examination<'_> {
    /// Has a setting changed where it stands: what a variable or a flag says beats the file that the command changes.
    fn where_it_stands(&self, mut verdict: Verdict) -> Verdict {
        let (Verdict::Warn(problem) | Verdict::Fail(problem)) = &mut verdict else { return verdict };
        const SET: &str = "call-coach config set ";
        let mut parts = problem.mend.split(SET);
        let mut mend = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (key, rest) =
                part.split_at(part.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(part.len()));
            let row = self.settings.iter().flat_map(Settings::rows).find(|row| row.key == key);
            let change = row.map_or(&Source::Default, |row| &row.source).to_change(key);
            let to = if rest.starts_with(' ') && !change.starts_with(SET) { " to" } else { "" };
            mend.extend([&change, to, rest]);
        }
        problem.mend = mend;
        verdict
    }

    /// Makes a check; `None` when there is nothing to look at.
    async fn verdict(&mut self, id: Id) -> Option<Verdict> {
        match id {
            Id::Version => Some(program::version()),
            Id::Platform => Some(program::platform()),
            Id::Terminal => Some(program::terminal(self)),
            Id::Completions => Some(program::completions(self)),
            Id::DotEnv => Some(settings::dot_env(self)),
            Id::Settings => Some(settings::settings(self)),
            Id::ConfigFile => settings::config_file(self),
            Id::Values => settings::values(self),
            Id::Conflicts => settings::conflicts(self),
            Id::Misspelt => Some(settings::misspelt(self)),
            Id::CompanyDomains => settings::company_domains(self),
            Id::Rubrics => settings::rubrics(self),
            Id::Role => settings::role(self),
            Id::DatabaseAddress => data::address(self),
            Id::DataFolder => data::folder(self),
            Id::Filesystem => data::filesystem(self),
            Id::Database => data::database(self).await,
            Id::Schema => data::schema(self).await,
            Id::Integrity => data::integrity(self).await,
            Id::TextIndex => data::text_index(self).await,
            Id::Encryption => data::encryption(self),
            Id::Connections => data::connections(self).await,
            Id::GongKey => gong::key(self),
            Id::GongAddress => gong::address(self),
            Id::GongAccess => gong::access(self).await,
            Id::GongPermissions => gong::permissions(self).await,
            Id::RequestBudget => gong::budget(self).await,
            Id::LastSync => gong::last_sync(self).await,
            Id::ClaudeKey => claude::key(self),
            Id::ClaudeAddress => claude::address(self),
            Id::Model => claude::model(self),
            Id::Facts => claude::facts(self),
            Id::ClaudeAccess => claude::access(self).await,
            Id::Clock => services::clock(self).await,
            Id::Words => calls::words(self).await,
            Id::Speakers => calls::speakers(self).await,
            Id::Results => calls::results(self).await,
        }
    }
}
