//! How long a whole run takes when each reply takes 300 ms: `cargo test --release speed -- --ignored --nocapture`.
//!
//! On 2026-11-23, debug build: 622 ms (2.07 replies) on two shared cores, 718 ms (2.39) when ten other programs ran on them.
//! The goal is under 2.2 replies.

use std::time::{Duration, Instant};

use super::analyze;
use crate::support::anthropic::Plan;
use crate::support::binary::Home;

const REPLY: Duration = Duration::from_millis(300);

#[test]
#[ignore = "prints figures"]
#[allow(clippy::print_stderr, reason = "a figure is the result")]
fn four_replies_take_little_longer_than_one() {
    let (home, server) = (Home::new(), Plan::good().delay(REPLY).start());
    assert_eq!(home.run(&["db", "migrate"]).code, 0);
    let start = Instant::now();
    let run = analyze(&home, &server, &[]);
    let took = start.elapsed();
    assert_eq!((run.code, server.messages().len()), (0, 4), "{}", run.stderr);
    eprintln!("{took:.0?} for the whole process, {:.2} replies; the goal is under 2.2", took.div_duration_f64(REPLY));
}
