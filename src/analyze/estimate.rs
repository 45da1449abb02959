//! What a run would ask and cost, before anything is spent.

use super::Analyst;
use super::claude::{Claude, Conversation};
use super::run::{Context, Request, Run};
use crate::claude::TokenUsage;
use crate::model::ids::CallRef;

/// How long a reply is taken to be before there is one to go by, in tokens.
const USUAL_REPLY: u64 = 2_500;

/// What is still to be asked. Sums over calls are made with [`Estimate::add`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// Calls that were looked at.
    pub calls: u64,
    /// Those of them that are no calls to coach.
    pub not_scored: u64,
    /// Requests to make: one a dimension that is not stored yet.
    pub requests: u64,
    /// Dimensions that are stored.
    pub stored: u64,
    /// Tokens to read, all requests together.
    pub input_tokens: u64,
    /// Tokens to write, as the replies so far lead to expect.
    pub output_tokens: u64,
    /// Whether the service counted the tokens to read; otherwise they are a rough guess.
    pub counted: bool,
    /// The price that is to be expected, in millionths of a US dollar; `None` when the model's price is not known.
    pub expected_microusd: Option<u64>,
    /// The most that it can cost, before any repetition.
    pub worst_microusd: Option<u64>,
}

impl Default for Estimate {
    fn default() -> Self {
        Estimate {
            calls: 0,
            not_scored: 0,
            requests: 0,
            stored: 0,
            input_tokens: 0,
            output_tokens: 0,
            counted: true,
            expected_microusd: Some(0),
            worst_microusd: Some(0),
        }
    }
}

impl Estimate {
    /// Adds another call's.
    pub fn add(&mut self, other: &Estimate) {
        let sum = |a: Option<u64>, b: Option<u64>| Some(a? + b?);
        self.calls += other.calls;
        self.not_scored += other.not_scored;
        self.requests += other.requests;
        self.stored += other.stored;
        self.input_tokens += other.input_tokens;
        self.output_tokens += other.output_tokens;
        self.counted &= other.counted;
        self.expected_microusd = sum(self.expected_microusd, other.expected_microusd);
        self.worst_microusd = sum(self.worst_microusd, other.worst_microusd);
    }
}

/// What scoring one stored call would take.
///
/// # Errors
/// As [`super::run()`], but for what only the asking can meet.
pub async fn estimate(context: Context<'_>, call_ref: CallRef, request: &Request) -> anyhow::Result<Estimate> {
    let run = Run::new(context, call_ref, request).await?;
    let mut estimate = Estimate { calls: 1, ..Estimate::default() };
    if run.prepared.not_scored.is_some() {
        estimate.not_scored = 1;
        return Ok(estimate);
    }
    // The other analysts cost nothing.
    if let Analyst::Claude(claude) = context.analyst {
        of_claude(&run, claude, &mut estimate).await?;
    }
    Ok(estimate)
}

async fn of_claude(run: &Run<'_>, claude: &Claude, estimate: &mut Estimate) -> anyhow::Result<()> {
    let conversation = Conversation::new(claude, &run.prepared);
    let reply = run.store.usual_output_tokens().await?.unwrap_or(USUAL_REPLY);
    let shared = conversation.shared_tokens();
    for rubric in run.asked()? {
        let question = conversation.question(rubric)?;
        if run.stored(&question.key, rubric).await?.is_some() {
            estimate.stored += 1;
            continue;
        }
        let (tokens, counted) = conversation.tokens(&question).await?;
        let shared = shared.min(tokens);
        // The first request writes the call into the service's cache, the others read it from there.
        let (written, read) = if estimate.requests == 0 { (shared, 0) } else { (0, shared) };
        let usage = TokenUsage {
            input_tokens: tokens - shared,
            output_tokens: reply,
            cache_creation_input_tokens: written,
            cache_read_input_tokens: read,
        };
        estimate.add(&Estimate {
            requests: 1,
            input_tokens: tokens,
            output_tokens: reply,
            counted,
            expected_microusd: claude.model.cost(&usage),
            worst_microusd: conversation.worst_cost(&question)?,
            ..Estimate::default()
        });
    }
    Ok(())
}
