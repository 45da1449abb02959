//! What several tests share.

pub(crate) mod binary;
pub(crate) mod data;
pub(crate) mod database;
pub(crate) mod dump;
pub(crate) mod invented;
mod postgres;

/// A variable that says how the tests are run.
#[allow(clippy::disallowed_methods)] // Tests have no configuration to go through.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
