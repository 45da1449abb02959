//! What `analyze --dry-run` prints.

use serde::Serialize;

use super::SCHEMA_VERSION;
use crate::analyze::estimate::Estimate;

/// What a run would ask and cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EstimateOut {
    /// Version of this format.
    pub schema_version: u32,
    /// Calls that were looked at.
    pub calls: u64,
    /// Those of them that are no calls to coach.
    pub not_scored: u64,
    /// Requests to make.
    pub requests: u64,
    /// Dimensions that are stored and cost nothing.
    pub stored: u64,
    /// Tokens to read.
    pub input_tokens: u64,
    /// Tokens to write, as the replies so far lead to expect.
    pub output_tokens: u64,
    /// Whether the service counted the tokens to read; otherwise they are a rough guess.
    pub counted: bool,
    /// The price that is to be expected, in US dollars; `null` when the model's price is not known.
    pub expected_usd: Option<f64>,
    /// The most that it can cost.
    pub worst_usd: Option<f64>,
    /// The model; `null` when nobody would be asked.
    pub model: Option<String>,
    /// Where the words would be sent to.
    pub host: Option<String>,
}

impl EstimateOut {
    /// The public form of an estimate; `asked` is the model and its host.
    pub fn new(estimate: &Estimate, asked: Option<(&str, &str)>) -> Self {
        let usd = |microusd: Option<u64>| microusd.map(|microusd| microusd as f64 / 1e6);
        EstimateOut {
            schema_version: SCHEMA_VERSION,
            calls: estimate.calls,
            not_scored: estimate.not_scored,
            requests: estimate.requests,
            stored: estimate.stored,
            input_tokens: estimate.input_tokens,
            output_tokens: estimate.output_tokens,
            counted: estimate.counted,
            expected_usd: usd(estimate.expected_microusd),
            worst_usd: usd(estimate.worst_microusd),
            model: asked.map(|(model, _)| model.to_owned()),
            host: asked.map(|(_, host)| host.to_owned()),
        }
    }
}
