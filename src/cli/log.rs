//! The log: to stderr, or to a file. It tells what the program did, never what anybody said on a call.

use std::fs::{File, OpenOptions};
use std::path::Path;
use std::sync::Arc;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use super::args::{Global, LogFormat};
use super::error::CliError;
use super::ui::{self, Ui};
use crate::config::{Settings, Source};

/// Starts the log as the settings and flags have it. Clients of a server are told that the reason of a failure stands
/// in its log: a server logs warnings unless a level is set.
///
/// # Errors
/// When the file cannot be opened.
pub(super) fn start(settings: &Settings, global: &Global, ui: &Ui, is_server: bool) -> Result<(), CliError> {
    let file = settings.log_file.value.as_deref();
    let wanted = match global.verbose {
        0 => LevelFilter::OFF,
        1 => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    let is_unset = matches!(settings.log_level.source, Source::Default);
    let least = match file {
        // Whoever names a file wants something to be in it.
        Some(_) => LevelFilter::INFO,
        None if is_server && is_unset => LevelFilter::WARN,
        None => LevelFilter::OFF,
    };
    let level = match settings.log_level.value {
        LevelFilter::OFF => wanted.max(least),
        set => set.max(wanted),
    };
    if level == LevelFilter::OFF {
        return Ok(());
    }
    match file {
        Some(path) => {
            let file = open(path).map_err(|error| ui::cannot_write(path, &error))?;
            to(Arc::new(file), false, level, global.log_format);
        }
        None => to(std::io::stderr, ui.colour_on_stderr(), level, global.log_format),
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    Ok(())
}

fn to<W>(writer: W, colour: bool, level: LevelFilter, format: LogFormat)
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    // SQL may hold words of a call: the database driver never logs.
    let filter = EnvFilter::new(format!("call_coach={level}"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer).with_target(false);
    match format {
        LogFormat::Text => log.with_ansi(colour).init(),
        LogFormat::Json => log.json().init(),
    }
}

/// Written to at the end, so that several runs can share it; its owner's alone when it is new.
fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
