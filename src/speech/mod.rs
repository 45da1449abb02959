//! What can be heard in a transcript without understanding it: times, questions, concerns, next steps.

pub mod text;
