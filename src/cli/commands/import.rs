//! `import`: bring in transcript files without scoring them.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::super::app::{App, partly, report};
use super::super::args::Format;
use super::super::error::{CliError, Kind};
use super::calls::{self, DetailArguments};
use crate::output::SCHEMA_VERSION;
use crate::render::text;

/// Bring in transcript files without scoring them.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Transcript files, or - for stdin.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    #[command(flatten)]
    details: DetailArguments,
}

#[derive(Serialize)]
struct Imported {
    schema_version: u32,
    calls: Vec<ImportedCall>,
}

#[derive(Serialize)]
struct ImportedCall {
    #[serde(rename = "ref")]
    call_ref: String,
    file: String,
    title: Option<String>,
    started_at: Option<jiff::Timestamp>,
    speakers: Vec<String>,
    new: bool,
}

pub(in crate::cli) async fn run(app: &App<'_>, arguments: Arguments) -> Result<ExitCode, CliError> {
    let (there, missing): (Vec<_>, Vec<_>) =
        arguments.files.into_iter().partition(|name| name == "-" || Path::new(name).exists());
    let mut failures: Vec<_> = missing
        .into_iter()
        .map(|name| (name.clone(), CliError::new(Kind::NotFound, format!("there is no file {name}"))))
        .collect();
    if there.is_empty()
        && let Some((_, error)) = failures.pop()
    {
        return Err(error);
    }
    let details = arguments.details.details(&app.settings.time_zone.value, app.now)?;
    let store = app.store().await?;
    let mut calls = Vec::new();
    for named in calls::find(app, &store, &there, &details).await? {
        match named {
            Ok(named) => {
                let (stored, is_new) = match named.put {
                    Some(put) => (put.stored, put.is_new),
                    None => (store.call(named.call).await?, false),
                };
                let speakers = stored.call.parties.iter().filter(|party| party.spoke);
                calls.push(ImportedCall {
                    call_ref: named.call.to_string(),
                    file: named.name,
                    title: stored.call.title,
                    started_at: stored.call.started_at,
                    speakers: speakers.map(|party| party.display_name().to_owned()).collect(),
                    new: is_new,
                });
            }
            Err(failure) => failures.push(failure),
        }
    }
    store.close().await;
    let all = calls.len() + failures.len();
    if !calls.is_empty() {
        app.ui.data(&shown(app, calls)?)?;
    }
    let kind = failures.first().map_or(Kind::Failed, |(_, error)| error.kind);
    for (_, error) in &failures {
        report(app.ui, error, false);
    }
    Ok(partly(failures.len(), all, kind))
}

fn shown(app: &App<'_>, calls: Vec<ImportedCall>) -> Result<String, CliError> {
    if app.ui.format == Format::Json {
        return Ok(app.ui.json(&Imported { schema_version: SCHEMA_VERSION, calls })?);
    }
    let zone = &app.settings.time_zone.value;
    let rows: Vec<Vec<String>> = calls
        .into_iter()
        .map(|call| {
            let date = call.started_at.map(|at| text::date(at, zone));
            vec![
                call.call_ref,
                if call.new { "new" } else { "known" }.to_owned(),
                date.unwrap_or_else(|| "no date".to_owned()),
                call.speakers.join(", "),
                call.title.unwrap_or(call.file),
            ]
        })
        .collect();
    Ok(app.ui.table(&["CALL", "", "DATE", "SPEAKERS", "TITLE"], &rows))
}
