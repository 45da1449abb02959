//! `man`: the manual, a page a command.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory as _};

use super::super::args::Cli;
use super::super::error::CliError;
use super::super::ui::Ui;

/// The manual: call-coach man | man -l -
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Write a page for every command into this folder instead.
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
}

pub(in crate::cli) fn run(ui: &Ui, arguments: &Arguments) -> Result<ExitCode, CliError> {
    let mut cli = Cli::command();
    // Only a built command knows its full name and the flags of every command.
    cli.build();
    match &arguments.dir {
        Some(folder) => {
            fs_err::create_dir_all(folder)?;
            clap_mangen::generate_to(cli, folder)?;
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(cli).render(&mut page)?;
            ui.data(String::from_utf8_lossy(&page).trim_end())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
