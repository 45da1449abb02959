//! The main job: a stored call in, a proven scorecard out.
//!
//! [`prepare`] decides who is coached and measures the call; [`run`] gets the answers (from the store, or from an
//! analyst who is then verified), computes the scores and keeps both.

mod answering;
pub mod budget;
pub mod cast;
pub mod claude;
pub mod estimate;
mod gate;
mod keys;
pub mod local;
mod previous;
mod run;

pub use previous::PreviousAction;
pub use run::{Context, Progress, Request, UnknownName, known_role, prepare, run};

use crate::model::answers::{AnalystKind, EvidenceCount, Usage};
use crate::model::call::Call;
use crate::model::gong::GongFindings;
use crate::model::ids::CallRef;
use crate::model::objection::Objection;
use crate::model::scorecard::{DimensionScore, OverallScore};
use crate::model::transcript::Transcript;
use crate::rubric::{Role, Rubric, RubricSet};
use crate::speech::conversation::Conversation;
use crate::speech::metrics::{self, Metrics};

use cast::{Cast, Chosen};
use claude::{AskError, Claude};

/// Who answers the checks.
#[derive(Debug)]
pub enum Analyst {
    /// The built-in one.
    Local,
    /// Anthropic's model.
    Claude(Box<Claude>),
    /// Nobody is asked: the answers of Claude that count now are scored again.
    Stored,
}

impl Analyst {
    /// Which kind of analyst it is.
    pub fn kind(&self) -> AnalystKind {
        match self {
            Analyst::Local => AnalystKind::Local,
            Analyst::Claude(_) | Analyst::Stored => AnalystKind::Claude,
        }
    }

    fn model(&self) -> &str {
        match self {
            Analyst::Local => local::VERSION,
            Analyst::Claude(claude) => &claude.model.name,
            Analyst::Stored => "",
        }
    }
}

/// Where the coached person's role came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleSource {
    /// `--role`.
    Flag,
    /// What is stored about the person.
    Roster,
    /// The configured default.
    Assumed,
}

impl RoleSource {
    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            RoleSource::Flag => "flag",
            RoleSource::Roster => "roster",
            RoleSource::Assumed => "assumed",
        }
    }
}

/// A call with everything about it that no analyst is needed for.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Its short reference.
    pub call_ref: CallRef,
    /// The call, sides decided.
    pub call: Call,
    /// Its words.
    pub transcript: Transcript,
    /// Index of the coached person.
    pub rep: usize,
    /// Why that person.
    pub chosen: Chosen,
    /// Each party's part of the attributed talk, 0–1.
    pub talk: Vec<f64>,
    /// What was measured.
    pub metrics: Metrics,
    /// Length of the call in milliseconds, where known.
    pub duration_ms: Option<i64>,
    /// Why it is no call to coach, when it is none.
    pub not_scored: Option<String>,
}

impl Prepared {
    /// Measures a call whose sides are decided.
    pub fn new(call_ref: CallRef, call: Call, transcript: Transcript, cast: Cast, set: &RubricSet) -> Self {
        let call = Call { parties: cast.parties, ..call };
        let conversation = Conversation::new(&transcript, &call.parties, cast.rep, &set.trackers);
        let duration_ms = call.duration_ms.or_else(|| transcript.end_ms().filter(|_| transcript.is_timed()));
        let metrics = metrics::measure(&conversation, duration_ms);
        let talk = metrics::talk_by_party(&conversation, call.parties.len());
        let not_scored = gate::not_a_call(&call, &call.parties, &transcript);
        Prepared {
            call_ref,
            rep: cast.rep,
            chosen: cast.chosen,
            talk,
            metrics,
            duration_ms,
            not_scored,
            call,
            transcript,
        }
    }

    /// The call prepared for listening.
    pub fn conversation<'a>(&'a self, set: &'a RubricSet) -> Conversation<'a> {
        Conversation::new(&self.transcript, &self.call.parties, self.rep, &set.trackers)
    }
}

/// One call, one coached person, scored.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The call and what was measured.
    pub prepared: Prepared,
    /// The role whose weights were used.
    pub role: Role,
    /// Where it came from.
    pub role_source: RoleSource,
    /// The scores, in the order of the rubrics.
    pub dimensions: Vec<DimensionScore>,
    /// The role-weighted score.
    pub overall: OverallScore,
    /// The buyer's concerns.
    pub objections: Vec<Objection>,
    /// How much of the evidence held.
    pub evidence: EvidenceCount,
    /// Who answered.
    pub analyst: AnalystKind,
    /// The model's name, or the built-in analyst's version.
    pub model: String,
    /// Whether nobody had to be asked.
    pub cached: bool,
    /// Whether the words or the rubric have changed since the answers were given.
    pub stale: bool,
    /// What this run took.
    pub usage: Usage,
    /// The service's ids of this run's requests.
    pub request_ids: Vec<String>,
    /// The host to which the words were sent, if they were.
    pub sent_to: Option<String>,
    /// What was asked of the rep after the call before this one.
    pub previous: Option<PreviousAction>,
    /// The titles of the dimensions that nobody answered, and why.
    pub failed: Vec<(String, AskError)>,
    /// What Gong itself says about the call.
    pub gong: Option<GongFindings>,
    /// Things a reader must know.
    pub notes: Vec<String>,
}

impl Analysis {
    /// The check that the rep is working on, from the last report's action.
    pub fn focus(&self) -> Option<&str> {
        self.previous.as_ref().map(|previous| previous.check.as_str())
    }

    /// Why nobody answered about the dimension, if nobody did.
    pub fn failure(&self, dimension: &Rubric) -> Option<&AskError> {
        self.failed.iter().find(|(title, _)| *title == dimension.title).map(|(_, error)| error)
    }
}
