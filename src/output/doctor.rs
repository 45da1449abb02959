//! What `doctor` prints.

use serde::Serialize;

use super::SCHEMA_VERSION;
use crate::doctor::{Finding, Group, Id, Problem, Verdict};

/// What every check came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DoctorOut {
    /// Version of this format.
    pub schema_version: u32,
    /// Whether no check failed.
    pub ok: bool,
    /// Whether Gong and Claude were asked.
    pub live: bool,
    /// How many checks ended how.
    #[serde(rename = "summary")]
    pub counts: CountsOut,
    /// Every check, in the order in which they were made.
    pub checks: Vec<CheckOut>,
}

/// How many checks ended how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct CountsOut {
    /// As they should be.
    pub ok: u32,
    /// To be looked at.
    pub warn: u32,
    /// Failed.
    pub fail: u32,
    /// Not made.
    pub skip: u32,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusOut {
    /// As it should be.
    Ok,
    /// To be looked at.
    Warn,
    /// Failed.
    Fail,
    /// Not made.
    Skip,
}

/// A check and how it ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckOut {
    /// Its name for programs.
    pub id: Id,
    /// What it is about.
    pub group: Group,
    /// Its name for people.
    pub title: String,
    /// How it ended.
    pub status: StatusOut,
    /// What was found, or why it was not made.
    #[serde(rename = "what")]
    pub found: String,
    /// What follows from it, for a warning or a failure.
    #[serde(rename = "why", skip_serializing_if = "Option::is_none")]
    pub means: Option<String>,
    /// What to type or set, where what was found does not say it.
    #[serde(rename = "fix", skip_serializing_if = "Option::is_none")]
    pub mend: Option<String>,
    /// The check that failed and on which this one depends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<Id>,
}

impl DoctorOut {
    /// The public form of the findings.
    pub fn new(findings: &[Finding], live: bool) -> Self {
        let checks: Vec<CheckOut> = findings.iter().map(CheckOut::new).collect();
        let count = |status| u32::try_from(checks.iter().filter(|check| check.status == status).count()).unwrap_or(0);
        let counts = CountsOut {
            ok: count(StatusOut::Ok),
            warn: count(StatusOut::Warn),
            fail: count(StatusOut::Fail),
            skip: count(StatusOut::Skip),
        };
        DoctorOut { schema_version: SCHEMA_VERSION, ok: counts.fail == 0, live, counts, checks }
    }
}

impl CheckOut {
    fn new(finding: &Finding) -> Self {
        let check = |status, found: &str| CheckOut {
            id: finding.check.id,
            group: finding.check.group,
            title: finding.check.title.to_owned(),
            status,
            found: found.to_owned(),
            means: None,
            mend: None,
            because: None,
        };
        let problem = |status, problem: &Problem| CheckOut {
            means: Some(problem.means.clone()),
            mend: Some(problem.mend.clone()).filter(|mend| !mend.is_empty()),
            ..check(status, &problem.found)
        };
        match &finding.verdict {
            Verdict::Ok(found) => check(StatusOut::Ok, found),
            Verdict::Warn(found) => problem(StatusOut::Warn, found),
            Verdict::Fail(found) => problem(StatusOut::Fail, found),
            Verdict::Skip { reason, because } => CheckOut { because: *because, ..check(StatusOut::Skip, reason) },
        }
    }
}
