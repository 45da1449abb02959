//! Anthropic's Messages API, and every server that speaks it.
//!
//! [`Client`] sends and retries; [`prompt`] decides what is sent, [`reply`] reads what comes back into claims, which
//! are believed by nobody before `scoring::verify` has held them against the transcript. Prices and limits of models
//! are data ([`models`]).
//!
//! To add a model: an entry in `models.toml`. To change what Claude is told: `prompts/`.

mod access;
mod client;
mod error;
pub mod models;
pub mod prompt;
pub mod reply;
mod retry;
pub mod shown;
mod stream;
mod wire;

pub use access::{KEY_BEGINS, is_foreign_key};
pub use client::{Access, Client, Credential};
pub use error::{ClaudeError, Detail};
pub use retry::RetryPolicy;
pub use wire::{Message, MessageRequest, ModelInfo, StopReason, TokenUsage};
