//! Gong's API: requests, replies, and how a call is named in a link.
//!
//! The client sends one request at a time it is asked to and never more than the allowed number in any second. It does
//! not retry: who asks knows what a second attempt may cost.

mod access;
mod call_id;
mod client;
mod error;
mod limiter;
mod reply;
mod request;

pub use call_id::CallId;
pub use client::{Address, Client, Credentials};
pub use error::GongError;
pub use reply::{Calls, Readable, Records, Transcripts, User, Users, Workspace, Workspaces};
pub use request::{Period, Request};

/// Most ids that one request asks for.
pub const IDS_A_REQUEST: usize = 100;
/// Calls on a page: fixed by Gong.
pub const PAGE: usize = 100;
