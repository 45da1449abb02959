//! Integration tests: one binary.

mod readings;
mod support;
