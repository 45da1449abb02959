//! Calls come from Gong: the sync and the real program against a Gong of our own.

mod contract;
mod doctor;
mod errors;
pub(crate) mod fake;
mod interrupted;
mod program;
mod sync;
