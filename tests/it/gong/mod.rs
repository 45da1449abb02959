//! Calls come from Gong: the sync and the real program against a Gong of our own.

mod contract;
mod errors;
mod fake;
mod interrupted;
mod program;
mod sync;
