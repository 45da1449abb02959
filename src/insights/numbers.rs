//! The arithmetic of comparisons. Unknown is `None`, and every mean carries how many values it is of.

use serde::Serialize;

/// A change or gap smaller than this is none, in points.
const MIN_CHANGE: f64 = 5.0;
/// One within this many standard errors may be chance.
const STANDARD_ERRORS: f64 = 2.0;
/// Each half of a series needs this many scored calls.
pub const MIN_HALF: usize = 4;
/// A gap above this is high …
const HIGH_GAP: f64 = 15.0;
/// … and above this medium, in points.
const MEDIUM_GAP: f64 = 5.0;
/// A comparison needs at least this many calls …
const MIN_PEER_CALLS: u64 = 10;
/// … by at least this many other reps.
const MIN_PEERS: usize = 3;

/// How many values there were, their mean and how far they lie apart.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sample {
    /// How many.
    pub n: u64,
    sum: f64,
    squares: f64,
}

impl Sample {
    /// The sample of these values.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        values.into_iter().fold(Sample::default(), |sample, value| sample.plus(Sample::new(1, value, value * value)))
    }

    /// From counts and sums that the database made.
    pub fn new(n: u64, sum: f64, squares: f64) -> Self {
        Sample { n, sum, squares }
    }

    /// Both together.
    pub fn plus(self, other: Sample) -> Self {
        Sample { n: self.n + other.n, sum: self.sum + other.sum, squares: self.squares + other.squares }
    }

    /// The mean; `None` of nothing.
    pub fn mean(self) -> Option<f64> {
        (self.n > 0).then(|| self.sum / self.n as f64)
    }

    /// The squared standard error of the mean: the sample variance (over n − 1) ÷ n. `None` under two values.
    fn squared_error(self) -> Option<f64> {
        let n = self.n as f64;
        (self.n > 1).then(|| ((self.squares - self.sum * self.sum / n) / (n - 1.0)).max(0.0) / n)
    }
}

/// Whether two means differ by more than chance: more than two standard errors of their difference, which is the root
/// of the sum of both squared errors (Welch).
fn differ(one: Sample, other: Sample) -> bool {
    match (one.mean().zip(other.mean()), one.squared_error().zip(other.squared_error())) {
        (Some((a, b)), Some((x, y))) => (a - b).abs() > STANDARD_ERRORS * (x + y).sqrt(),
        _ => false,
    }
}

/// Which way a series goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Up by at least five points and more than chance.
    Up,
    /// Down by as much.
    Down,
    /// Neither.
    Same,
}

/// The last half of a series against the first.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Change {
    /// The dimension, or `overall`.
    pub dimension: String,
    /// Mean of the last half; of an odd number it has one more. `null` with fewer than 8 scored calls.
    pub recent: Option<f64>,
    /// Mean of the first half.
    pub earlier: Option<f64>,
    /// Recent less earlier, in points.
    pub change: Option<f64>,
    /// Which way; `null` with too few calls.
    pub trend: Option<Direction>,
    /// Calls in the last half.
    pub n_recent: u64,
    /// Calls in the first half.
    pub n_earlier: u64,
    /// Mean of all of them.
    pub mean: Option<f64>,
}

/// Compares the halves of a series; `scores` are those behind the last break, oldest first.
pub fn change(dimension: &str, scores: &[f64]) -> Change {
    let (first, last) = scores.split_at(scores.len() / 2);
    let (earlier, recent) = (Sample::of(first.iter().copied()), Sample::of(last.iter().copied()));
    let enough = first.len() >= MIN_HALF;
    let means = recent.mean().zip(earlier.mean()).filter(|_| enough);
    let trend = means.map(|(recent_mean, earlier_mean)| match recent_mean - earlier_mean {
        change if change.abs() < MIN_CHANGE || !differ(recent, earlier) => Direction::Same,
        change if change > 0.0 => Direction::Up,
        _ => Direction::Down,
    });
    Change {
        dimension: dimension.to_owned(),
        recent: means.map(|(recent, _)| recent),
        earlier: means.map(|(_, earlier)| earlier),
        change: means.map(|(recent, earlier)| recent - earlier),
        trend,
        n_recent: recent.n,
        n_earlier: earlier.n,
        mean: recent.plus(earlier).mean(),
    }
}

/// How much a gap matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// More than 15 points behind.
    High,
    /// More than 5 points behind.
    Medium,
    /// Less, or ahead.
    Low,
    /// Within two standard errors.
    Same,
}

/// A rep's mean against their peers'.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Gap {
    /// The dimension, or `overall`.
    pub dimension: String,
    /// `null`: the whole dimension.
    pub criterion: Option<String>,
    /// The rep's mean.
    pub score: Option<f64>,
    /// The mean of the peers' calls; `null` without a comparison.
    pub peer_score: Option<f64>,
    /// Peers' mean less the rep's, in points: positive is behind.
    pub gap: Option<f64>,
    /// How much it matters.
    pub priority: Option<Priority>,
    /// The rep's calls.
    pub n: u64,
    /// The peers' calls.
    pub peers_n: u64,
    /// How many peers.
    pub peers: usize,
}

/// Compares a rep with their peers: the sample of each other rep. Without enough of them there is no comparison.
pub fn gap(dimension: &str, own: Sample, peers: &[Sample]) -> Gap {
    let all = peers.iter().fold(Sample::default(), |all, one| all.plus(*one));
    let counted = peers.iter().filter(|one| one.n > 0).count();
    let enough = all.n >= MIN_PEER_CALLS && counted >= MIN_PEERS;
    let peer_score = all.mean().filter(|_| enough);
    let gap = peer_score.zip(own.mean()).map(|(peer, own)| peer - own);
    let priority = gap.map(|gap| match gap {
        _ if !differ(own, all) => Priority::Same,
        gap if gap > HIGH_GAP => Priority::High,
        gap if gap > MEDIUM_GAP => Priority::Medium,
        _ => Priority::Low,
    });
    Gap {
        dimension: dimension.to_owned(),
        criterion: None,
        score: own.mean(),
        peer_score,
        gap,
        priority,
        n: own.n,
        peers_n: all.n,
        peers: counted,
    }
}

/// Why there is no comparison with peers; `None` when there is one.
pub fn why_no_peers(role: &str, peers: usize, calls: u64) -> Option<String> {
    if peers >= MIN_PEERS && calls >= MIN_PEER_CALLS {
        return None;
    }
    Some(format!(
        "No comparison: {peers} other {role} {} with {calls} scored {} in this time; it takes {MIN_PEERS} with {MIN_PEER_CALLS}.",
        if peers == 1 { "person" } else { "people" },
        if calls == 1 { "call" } else { "calls" },
    ))
}

/// The middle of the values, of an even number the mean of the two in the middle; `None` of nothing.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    let upper = *values.get(half)?;
    if values.len() % 2 == 1 {
        Some(upper)
    } else {
        values.get(half.checked_sub(1)?).map(|lower| (lower + upper) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 50, 52, 54, 56 have mean 53 and squared error (9+1+1+9)/3/4 = 5/3; 64, 66, 68, 70 the same with mean
    /// 67. 14 > 2·√(10/3) = 3.65, so it is up.
    #[test]
    fn halves_are_compared_by_hand() {
        let up = change("x", &[50.0, 52.0, 54.0, 56.0, 64.0, 66.0, 68.0, 70.0]);
        assert_eq!(
            (up.earlier, up.recent, up.change, up.trend),
            (Some(53.0), Some(67.0), Some(14.0), Some(Direction::Up))
        );
        assert_eq!((up.n_earlier, up.n_recent, up.mean), (4, 4, Some(60.0)));
        let down = change("x", &[70.0, 68.0, 66.0, 64.0, 56.0, 54.0, 52.0, 50.0]);
        assert_eq!(down.trend, Some(Direction::Down));
    }

    #[test]
    fn small_changes_and_those_within_chance_are_none() {
        let of = |scores: &[f64]| change("x", scores).trend;
        // 4.9 points, though very regular.
        assert_eq!(of(&[50.0, 50.0, 50.0, 50.1, 54.9, 54.9, 54.9, 55.0]), Some(Direction::Same));
        assert_eq!(of(&[50.0, 50.0, 50.0, 50.1, 55.1, 55.1, 55.1, 55.0]), Some(Direction::Up));
        // 10 points, but the calls lie 40 apart: 2·√(2·1600/3/4·…) is more.
        assert_eq!(of(&[30.0, 70.0, 30.0, 70.0, 40.0, 80.0, 40.0, 80.0]), Some(Direction::Same));
        assert_eq!(of(&[1.0, 2.0, 3.0, 80.0, 81.0, 82.0, 83.0]), None, "three in the first half");
        let nine = change("x", &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
        assert_eq!((nine.n_earlier, nine.n_recent), (4, 5));
        assert_eq!(change("x", &[]).mean, None);
    }

    #[test]
    fn peers_are_compared_only_when_there_are_enough() {
        let own = Sample::of([60.0, 62.0, 58.0, 60.0]);
        let peer = |mean: f64| Sample::of([mean - 1.0, mean, mean + 1.0, mean]);
        let of = |peers: &[Sample]| gap("x", own, peers);
        let high = of(&[peer(80.0), peer(78.0), peer(76.0)]);
        assert_eq!((high.score, high.peer_score, high.gap), (Some(60.0), Some(78.0), Some(18.0)));
        assert_eq!((high.priority, high.n, high.peers_n, high.peers), (Some(Priority::High), 4, 12, 3));
        assert_eq!(of(&[peer(70.0), peer(70.0), peer(70.0)]).priority, Some(Priority::Medium));
        assert_eq!(of(&[peer(64.0), peer(64.0), peer(64.0)]).priority, Some(Priority::Low));
        assert_eq!(of(&[peer(60.5), peer(60.5), peer(60.5)]).priority, Some(Priority::Same));
        assert_eq!(of(&[peer(40.0), peer(40.0), peer(40.0)]).priority, Some(Priority::Low), "ahead");
        let two = of(&[peer(80.0), peer(78.0)]);
        assert_eq!((two.peer_score, two.gap, two.priority, two.peers_n), (None, None, None, 8));
        let nine_calls = [Sample::of([70.0; 3]), Sample::of([70.0; 3]), Sample::of([70.0; 3])];
        assert_eq!(of(&nine_calls).peer_score, None);
        assert!(why_no_peers("AE", 2, 8).is_some_and(|why| why.contains("2 other AE people with 8 scored calls")));
        assert_eq!(why_no_peers("AE", 3, 10), None);
    }

    #[test]
    fn medians() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
    }
}
