//! One file a command: its arguments, its call into the library, what it prints.

pub(super) mod analyze;
mod calls;
pub(super) mod completions;
pub(super) mod config;
pub(super) mod db;
pub(super) mod demo;
pub(super) mod doctor;
pub(super) mod forget;
pub(super) mod help;
pub(super) mod import;
pub(super) mod init;
pub(super) mod insights;
pub(super) mod man;
pub(super) mod mcp;
mod period;
pub(super) mod review;
pub(super) mod roster;
pub(super) mod rubric;
pub(super) mod search;
pub(super) mod serve;
pub(super) mod show;
pub(super) mod sync;
mod undated;
