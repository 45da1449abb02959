//! The public JSON types. The CLI, MCP and `/tools` serialise only these, so they cannot disagree.
//!
//! Changes are additive: a field that a script may rely on is never renamed or removed.

mod build;
pub mod doctor;
pub mod estimate;
mod fit;
pub mod insights;
mod numbers;
pub mod report;
pub mod search;
mod without_words;

pub use build::report;

/// Version of every JSON object this program writes.
pub const SCHEMA_VERSION: u32 = 1;
