//! Plain data that every other module speaks: calls, people, words, answers, scores.

pub mod answers;
pub mod call;
pub mod gong;
pub mod ids;
pub mod objection;
pub mod party;
pub mod scorecard;
pub mod transcript;
