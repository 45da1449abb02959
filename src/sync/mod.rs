//! Calls come from Gong: what is asked for, in what order, and what is stored when.
//!
//! Three things run side by side: one reads pages of calls, one reads the words of a hundred calls at a time, and one
//! stores both. A page is stored before how far it got, and which calls lack their words is stored with each call, so
//! that a run can end anywhere and the next one goes on.

mod error;
mod keep;
mod one;
mod plan;
mod read;
mod requests;
mod run;
mod window;

pub use error::SyncError;
pub use one::fetch;
pub use plan::{Plan, plan};
pub use requests::{Allowance, Requests, SERVICE};
pub use run::{Progress, Summary, run};
pub use window::{Asked, Reach, Window};

use jiff::Timestamp;

use crate::config::Rule;
use crate::store::Store;

/// What a run works with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The window that was asked for.
    pub asked: Asked,
    /// A workspace's id or name; `None` is all of them.
    pub workspace: Option<String>,
    /// Whether calls come too that Gong shows to some people only.
    pub include_private: bool,
    /// How far windows reach.
    pub reach: Reach,
    /// What titles tell.
    pub rules: Vec<Rule>,
}

/// Where everything is, and what time it is.
#[derive(Debug, Clone)]
pub struct Place<'a> {
    /// Where calls are kept.
    pub store: &'a Store,
    /// Where they come from.
    pub requests: &'a std::sync::Arc<Requests>,
    /// The time of the run.
    pub now: Timestamp,
}
