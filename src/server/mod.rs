//! The coach for assistants and web pages: the same use cases as the command line's, over MCP (on standard input and
//! output, and on HTTP) and as plain JSON at `/tools`. No logic lives here: a tool reads its parameters, calls a use
//! case and answers with the public output types.
//!
//! To add a tool: a file in [`tools`] with its parameters and its call, and a variant of [`tools::Tool`].

pub mod check;
mod error;
pub mod http;
pub mod mcp;
mod message;
mod money;
mod stdio;
pub mod tools;

pub use error::{Reason, ToolError};
pub use money::Money;

use std::sync::Arc;
use std::time::Duration;

use jiff::{Timestamp, Zoned};

use crate::analyze::Analyst;
use crate::config::Settings;
use crate::gong;
use crate::model::ids::CallRef;
use crate::named::{self, Meaning};
use crate::rubric::RubricSet;
use crate::store::Store;
use crate::sync::{self, Allowance, Options, Place, Requests};

use tools::Tool;

/// Tells what time it is. A server runs for days, so that it asks again for each request.
pub type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

/// Gong, for calls that are not stored yet.
#[derive(Debug, Clone)]
pub struct Gong {
    /// The connection.
    pub client: gong::Client,
    /// How much may be asked.
    pub allowance: Allowance,
    /// What is stored of what comes.
    pub options: Options,
}

/// Everything that the tools work with.
pub struct Coach {
    /// Where calls and results are kept.
    pub store: Store,
    /// What is asked and what it is worth.
    pub set: RubricSet,
    /// The settings.
    pub settings: Settings,
    /// Who answers.
    pub analyst: Analyst,
    /// What may be spent.
    pub money: Money,
    /// Where calls come from, if it is configured.
    pub gong: Option<Gong>,
    /// What time it is.
    pub clock: Clock,
    /// Whether the tools that may cost money are left out.
    pub read_only: bool,
}

impl Coach {
    /// The tools that are offered.
    pub fn tools(&self) -> Vec<Tool> {
        Tool::ALL.into_iter().filter(|tool| !self.read_only || tool.is_read_only()).collect()
    }

    /// Now, in the zone of the settings.
    fn now(&self) -> Zoned {
        (self.clock)().to_zoned(self.settings.time_zone.value.clone())
    }

    /// The call of this name; one of Gong's is fetched when it is not stored.
    async fn call_named(&self, name: &str) -> anyhow::Result<CallRef> {
        match (named::with_words(&self.store, name).await?, &self.gong) {
            (Meaning::Stored(call), _) => Ok(call),
            (Meaning::AtGong { id, .. }, Some(gong)) => {
                let now = (self.clock)();
                let requests = Requests::new(gong.client.clone(), self.store.clone(), gong.allowance, now);
                let place = Place { store: &self.store, requests: &Arc::new(requests), now };
                Ok(sync::fetch(&place, &gong.options, &id).await?)
            }
            (Meaning::AtGong { missing, .. }, None) => Err(missing.into()),
        }
    }

    /// Whether the database answers, soon.
    pub async fn database_is_there(&self) -> bool {
        const PATIENCE: Duration = Duration::from_secs(2);
        match tokio::time::timeout(PATIENCE, self.store.ping()).await {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                tracing::warn!("the database is not there: {error}");
                false
            }
            Err(_) => {
                tracing::warn!("the database did not answer within {} seconds", PATIENCE.as_secs());
                false
            }
        }
    }
}
