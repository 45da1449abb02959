//! Claude as an analyst, against a server on loopback that refuses what the real one refuses.

mod asking;
mod bulk;
mod failing;
mod hostile;
mod money;
mod prompt;
mod speed;

use crate::support::anthropic::{Anthropic, KEY};
use crate::support::binary::{Home, Run, file};

/// A sample with everything in it, and no flag needed.
const SAMPLE: &str = "samples/01-discovery.json";

/// The program with a key for this server.
fn command(home: &Home, server: &Anthropic) -> assert_cmd::Command {
    let mut command = home.command();
    command.env("ANTHROPIC_API_KEY", KEY).env("ANTHROPIC_BASE_URL", &server.url);
    // A test that waits for what does not come ends in a time-out.
    command.env("CALL_COACH_CLAUDE_TIMEOUT_S", "20");
    command
}

fn run(home: &Home, server: &Anthropic, arguments: &[&str]) -> Run {
    Run::of(command(home, server).args(arguments))
}

/// Scores the sample.
fn analyze(home: &Home, server: &Anthropic, flags: &[&str]) -> Run {
    run(home, server, &[&["analyze", &file(SAMPLE)], flags].concat())
}
