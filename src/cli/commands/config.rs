//! `config`: the settings.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;

use super::super::app::App;
use super::super::args::Format;
use super::super::error::CliError;
use crate::output::SCHEMA_VERSION;

/// The settings.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Every effective value and where it came from; secrets are masked.
    Show,
}

pub(in crate::cli) fn run(app: &App<'_>, Command::Show: &Command) -> Result<ExitCode, CliError> {
    let rows = app.settings.rows();
    app.ui.data(&match app.ui.format {
        Format::Json => {
            let settings: serde_json::Map<_, _> = rows
                .iter()
                .map(|row| (row.key.to_owned(), json!({ "value": row.value, "source": row.source.to_string() })))
                .collect();
            serde_json::to_string_pretty(&json!({ "schema_version": SCHEMA_VERSION, "settings": settings }))?
        }
        _ => {
            let rows: Vec<_> = rows
                .iter()
                .map(|row| {
                    let value = row.value.clone().unwrap_or_else(|| "–".to_owned());
                    vec![row.key.to_owned(), value, row.source.to_string()]
                })
                .collect();
            app.ui.table(&["SETTING", "VALUE", "FROM"], &rows)
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
