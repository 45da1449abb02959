//! `doctor`: what is wrong with the set-up, and what to type.

use std::process::ExitCode;

use clap::Args;

use super::super::app::Start;
use super::super::args::Format;
use super::super::error::{CliError, Kind};
use crate::doctor::{Place, examine};
use crate::output::doctor::DoctorOut;
use crate::render::{self, Detail};

/// Say what is wrong with the set-up, and what to type.
#[derive(Debug, Args)]
#[command(
    after_help = "Nothing is changed: no file is made, no database migrated. Exit code 1 when a check fails. --quiet \
    prints what is wrong and nothing else."
)]
pub(in crate::cli) struct Arguments {
    /// Ask Gong and Claude too: a few requests, which cost nothing.
    #[arg(long)]
    pub(in crate::cli) live: bool,
}

pub(in crate::cli) async fn run(start: &Start<'_>, arguments: &Arguments) -> Result<ExitCode, CliError> {
    let Start { ui, environment, flags, now } = start;
    let place = Place { flags, environment, terminal: ui.terminal(), now: *now, live: arguments.live };
    let report = DoctorOut::new(&examine(&place).await, arguments.live);
    let detail = if ui.is_quiet() { Detail::Brief } else { Detail::Normal };
    ui.data(&match ui.format {
        Format::Json => ui.json(&report)?,
        _ => render::doctor(&report, ui.style, detail),
    })?;
    Ok(if report.ok { ExitCode::SUCCESS } else { Kind::Failed.exit_code() })
}
