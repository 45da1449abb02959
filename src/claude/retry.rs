//! When to ask again, and after how long.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

/// A service that asks for a longer pause than this has told us to come back another time.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);

/// How often a request that failed on the service's side is made again.
#[derive(Debug, Clone, Copy)]
pub struct RetryPolicy {
    /// How often at most, after the first time.
    pub retries: u32,
    /// The pause before the first repetition; it doubles from then on …
    pub first_pause: Duration,
    /// … up to this.
    pub longest_pause: Duration,
    /// A number from 0 to 1 that spreads the pauses of programs that failed together.
    pub jitter: fn() -> f64,
}

impl RetryPolicy {
    /// Pauses of half a second, then doubled, up to 30 seconds, each cut by up to a quarter at random.
    pub fn new(retries: u32) -> Self {
        RetryPolicy {
            retries,
            first_pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(30),
            jitter: random,
        }
    }

    /// The pause before repetition `n`, counted from 0, where the service names none.
    pub(super) fn pause(&self, n: u32) -> Duration {
        let doubled = self.first_pause.saturating_mul(2_u32.saturating_pow(n.min(16))).min(self.longest_pause);
        doubled.mul_f64(1.0 - 0.25 * (self.jitter)().clamp(0.0, 1.0))
    }
}

/// The standard library seeds each hasher anew: good enough to spread pauses.
fn random() -> f64 {
    (RandomState::new().build_hasher().finish() >> 11) as f64 / (1_u64 << 53) as f64
}

/// What a failed reply says about asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// Not at all.
    Never,
    /// After this pause, or after our own.
    After(Option<Duration>),
}

/// 408, 409, 5xx, and a 429 that says when: one that does not is a limit that waiting for does not help. The
/// service's own word (`x-should-retry`) beats the status.
pub(super) fn again(status: StatusCode, headers: &HeaderMap, message: &str) -> Again {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let number = |name: &str| text(name)?.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0);
    let named = number("retry-after-ms").map(|ms| ms / 1_000.0).or_else(|| number("retry-after"));
    let pause = named.map(|seconds| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX));
    if pause.is_some_and(|pause| pause > LONGEST_PAUSE) || message.to_lowercase().contains("spend limit") {
        return Again::Never;
    }
    match (text("x-should-retry"), status.as_u16()) {
        (Some("true"), _) => Again::After(pause),
        (Some("false"), _) => Again::Never,
        (_, 429) if pause.is_none() => Again::Never,
        (_, 408 | 409 | 429 | 500..=599) => Again::After(pause),
        _ => Again::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(status: u16, headers: &[(&'static str, &str)], message: &str) -> Again {
        let headers = headers
            .iter()
            .map(|(name, value)| (reqwest::header::HeaderName::from_static(name), value.parse().expect("a header")));
        again(StatusCode::from_u16(status).expect("a status"), &headers.collect(), message)
    }

    #[test]
    fn the_services_faults_are_tried_again_and_ours_are_not() {
        let after = |seconds| Again::After(Some(Duration::from_secs_f64(seconds)));
        for status in [408, 409, 500, 502, 529] {
            assert_eq!(verdict(status, &[], ""), Again::After(None), "{status}");
        }
        for status in [400, 401, 403, 404, 413, 429] {
            assert_eq!(verdict(status, &[], ""), Again::Never, "{status}");
        }
        assert_eq!(verdict(429, &[("retry-after", "7")], ""), after(7.0));
        assert_eq!(verdict(529, &[("retry-after", "7"), ("retry-after-ms", "250")], ""), after(0.25));
        assert_eq!(verdict(429, &[("retry-after", "3600")], ""), Again::Never);
        assert_eq!(verdict(429, &[("retry-after", "1")], "You have reached your Spend Limit"), Again::Never);
        assert_eq!(verdict(500, &[("x-should-retry", "false")], ""), Again::Never);
        assert_eq!(verdict(429, &[("x-should-retry", "true")], ""), Again::After(None));
        assert_eq!(verdict(500, &[("retry-after", "-1")], ""), Again::After(None));
        assert_eq!(verdict(500, &[("retry-after", "1e300")], ""), Again::Never);
    }

    #[test]
    fn pauses_double_up_to_a_cap_and_are_spread() {
        let policy = RetryPolicy { jitter: || 0.0, ..RetryPolicy::new(3) };
        let pauses: Vec<_> = (0..3).map(|n| policy.pause(n).as_millis()).collect();
        assert_eq!(pauses, [500, 1_000, 2_000]);
        assert_eq!(policy.pause(u32::MAX), Duration::from_secs(30));
        assert_eq!(RetryPolicy { jitter: || 1.0, ..policy }.pause(0).as_millis(), 375);
        assert!((0.0..1.0).contains(&random()));
    }
}
