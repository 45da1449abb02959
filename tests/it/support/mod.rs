//! What several tests share.

pub(crate) mod anthropic;
pub(crate) mod binary;
pub(crate) mod data;
pub(crate) mod database;
pub(crate) mod dump;
pub(crate) mod invented;
pub(crate) mod picture;
pub(crate) mod postgres;

/// A variable that says how the tests are run.
#[allow(clippy::disallowed_methods)] // Tests have no configuration to go through.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Says on stderr that a test was skipped. Not `eprintln!`: the test harness would keep it to itself.
pub(crate) fn skipped(reason: &str) {
    use std::io::Write as _;
    let _ = std::io::stderr().write_all(format!("SKIPPED: {reason}\n").as_bytes());
}
