//! Integration tests: one binary.

// Clippy's exception for tests does not know the functions that tests share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod analyst;
mod claude;
mod cli;
mod formats;
mod generated;
mod gong;
mod insights;
mod layers;
mod readings;
mod server;
mod store;
mod support;
