//! `show`: print a stored call and what was said.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::super::app::App;
use super::super::args::{Format, moment};
use super::super::error::{CliError, Kind};
use super::calls;
use crate::model::party::{Side, UNKNOWN_SPEAKER};
use crate::output::SCHEMA_VERSION;
use crate::render::text;

/// A moment is shown from this long before it …
const BEFORE_MS: i64 = 30_000;
/// … to this long after it.
const AFTER_MS: i64 = 90_000;

/// Print a stored call and what was said.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// A reference such as c412, or the id at the source.
    #[arg(value_name = "CALL")]
    call: String,
    /// Only around this moment, such as 3:12.
    #[arg(long, value_name = "M:SS", value_parser = moment)]
    at: Option<i64>,
}

#[derive(Serialize)]
struct Shown {
    schema_version: u32,
    #[serde(rename = "ref")]
    call_ref: String,
    id: String,
    title: Option<String>,
    started_at: Option<jiff::Timestamp>,
    lines: Vec<ShownLine>,
}

#[derive(Serialize)]
struct ShownLine {
    line: u32,
    start_ms: Option<i64>,
    end_ms: Option<i64>,
    speaker: String,
    side: Side,
    text: String,
}

pub(in crate::cli) async fn run(app: &App<'_>, arguments: Arguments) -> Result<ExitCode, CliError> {
    let at = arguments.at;
    let store = app.store().await?;
    let call_ref = calls::stored(&store, &arguments.call).await?;
    let stored = store.call(call_ref).await?;
    let version =
        stored.transcript.ok_or_else(|| CliError::new(Kind::NotFound, format!("{call_ref} has no transcript yet")))?;
    let transcript = store.transcript(version.id).await?;
    store.close().await;
    let near = |start: Option<i64>| match (at, start) {
        (Some(at), Some(start)) => (at - BEFORE_MS..=at + AFTER_MS).contains(&start),
        (Some(_), None) => false,
        (None, _) => true,
    };
    let lines: Vec<ShownLine> = transcript
        .lines
        .iter()
        .filter(|line| near(line.start_ms()))
        .map(|line| {
            let party = line.party.and_then(|party| stored.call.parties.get(party));
            ShownLine {
                line: line.n,
                start_ms: line.start_ms(),
                end_ms: line.end_ms(),
                speaker: party.map_or(UNKNOWN_SPEAKER, |party| party.display_name()).to_owned(),
                side: party.map(|party| party.side).unwrap_or_default(),
                text: line.text.clone(),
            }
        })
        .collect();
    if let (Some(at), true) = (at, lines.is_empty()) {
        let at = text::time(at);
        return Err(CliError::new(Kind::NotFound, format!("nobody speaks around {at} on {call_ref}")));
    }
    let shown = Shown {
        schema_version: SCHEMA_VERSION,
        call_ref: call_ref.to_string(),
        id: stored.call.ext_id,
        title: stored.call.title,
        started_at: stored.call.started_at,
        lines,
    };
    app.ui.data(&match app.ui.format {
        Format::Json => app.ui.json(&shown)?,
        _ => page(app, &shown),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn page(app: &App<'_>, shown: &Shown) -> String {
    let zone = &app.settings.time_zone.value;
    let date = shown.started_at.map(|at| text::date(at, zone));
    let title = [shown.title.clone(), date, Some(shown.call_ref.clone())].into_iter().flatten().collect::<Vec<_>>();
    let time = |line: &ShownLine| line.start_ms.map_or_else(|| format!("#{}", line.line), text::time);
    let rows: Vec<_> =
        shown.lines.iter().map(|line| vec![time(line), line.speaker.clone(), line.text.clone()]).collect();
    // A title is what somebody typed elsewhere, and may be long.
    let title = textwrap::fill(&text::clean(&title.join(" · ")), app.ui.style.width);
    format!("{title}\n\n{}", app.ui.table(&[], &rows))
}
