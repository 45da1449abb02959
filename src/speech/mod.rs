//! What can be heard in a transcript without understanding it: times, questions, concerns, next steps.
//!
//! A [`conversation::Conversation`] prepares the words once; everything else reads it.

pub mod conversation;
pub mod days;
pub mod metrics;
pub mod next_steps;
pub mod objections;
pub mod questions;
pub mod signals;
pub mod text;
pub mod trackers;
