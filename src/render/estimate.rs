//! What a run would cost, in a few lines.

use super::text::{count, dollars, thousands};
use crate::output::estimate::EstimateOut;

/// The estimate as text.
pub fn estimate(estimate: &EstimateOut) -> String {
    let calls = count(u32::try_from(estimate.calls).unwrap_or(u32::MAX), "call", "calls");
    let skipped = match estimate.not_scored {
        0 => String::new(),
        n => format!(", {n} of them not to be coached"),
    };
    let (Some(model), Some(host)) = (&estimate.model, &estimate.host) else {
        return format!("{calls}{skipped}: scored on this machine. Nothing is sent anywhere, and it costs nothing.\n");
    };
    let requests = count(u32::try_from(estimate.requests).unwrap_or(u32::MAX), "request", "requests");
    let stored = if estimate.stored > 0 { format!(", {} stored already", estimate.stored) } else { String::new() };
    let mut lines = vec![format!("{calls}{skipped}: {requests} to {model} at {host}{stored}.")];
    if estimate.requests > 0 {
        let basis = if estimate.counted { "counted by the service" } else { "a rough guess" };
        let (input, output) = (thousands(estimate.input_tokens), thousands(estimate.output_tokens));
        lines.push(format!("About {input} tokens to read ({basis}) and {output} to write."));
        lines.push(match (estimate.expected_usd, estimate.worst_usd) {
            (Some(expected), Some(worst)) => {
                format!("About {}; at the very most {}.", dollars(expected), dollars(worst))
            }
            _ => "The model's price is not known: add it to a file named by CALL_COACH_MODELS.".to_owned(),
        });
    }
    lines.push("Nothing was asked and nothing was spent.".to_owned());
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::estimate::Estimate;

    fn text(change: impl Fn(&mut Estimate), asked: bool) -> String {
        let mut planned = Estimate {
            calls: 2,
            requests: 7,
            stored: 1,
            input_tokens: 61_200,
            output_tokens: 17_500,
            expected_microusd: Some(253_000),
            worst_microusd: Some(1_204_000),
            ..Estimate::default()
        };
        change(&mut planned);
        estimate(&EstimateOut::new(&planned, asked.then_some(("claude-sonnet-5-5", "api.anthropic.com"))))
    }

    #[test]
    fn an_estimate_names_requests_tokens_price_and_host() {
        let expected = "2 calls: 7 requests to claude-sonnet-5-5 at api.anthropic.com, 1 stored already.\n\
            About 61,200 tokens to read (counted by the service) and 17,500 to write.\n\
            About $0.25; at the very most $1.20.\n\
            Nothing was asked and nothing was spent.\n";
        assert_eq!(text(|_| {}, true), expected);
        assert!(text(|planned| planned.counted = false, true).contains("(a rough guess)"));
        assert!(text(|planned| planned.expected_microusd = None, true).contains("price is not known"));
        let nothing = text(|planned| (planned.requests, planned.not_scored) = (0, 1), true);
        assert!(nothing.contains("1 of them not to be coached: 0 requests") && !nothing.contains('$'), "{nothing}");
        assert!(text(|_| {}, false).contains("costs nothing"));
    }
}
