//! `completions`: what a shell needs to complete our words.

use std::process::ExitCode;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::super::args::Cli;
use super::super::error::CliError;
use super::super::ui::Ui;

/// What a shell needs to complete commands and flags.
///
/// bash: call-coach completions bash > ~/.local/share/bash-completion/completions/call-coach
/// zsh: call-coach completions zsh > a folder of $fpath, as _call-coach
/// fish: call-coach completions fish > ~/.config/fish/completions/call-coach.fish
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct Arguments {
    /// For which shell.
    shell: Shell,
}

pub(in crate::cli) fn run(ui: &Ui, arguments: &Arguments) -> Result<ExitCode, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "call-coach", &mut script);
    ui.data(String::from_utf8_lossy(&script).trim_end())?;
    Ok(ExitCode::SUCCESS)
}
