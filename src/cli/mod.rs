//! The command line: arguments, one file a command, exit codes and hints. No logic lives here.
//!
//! To add a command: a file in `commands/` with its arguments and `run`, a variant in [`args::Command`] and a line in
//! [`app`].

mod analyst;
mod app;
mod args;
mod bulk;
mod commands;
mod config_file;
mod error;
mod gong;
mod log;
mod serving;
mod setup;
mod ui;

pub use app::main;
