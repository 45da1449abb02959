//! `sync`: pull calls and their words from Gong.

use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use serde::Serialize;

use super::super::app::App;
use super::super::args::Format;
use super::super::error::{CliError, Kind};
use super::super::gong::NO_KEY;
use super::period;
use crate::dates;
use crate::output::SCHEMA_VERSION;
use crate::render::text;
use crate::sync::{self, Asked, Options, Plan, Progress, Summary};

/// Pull calls and their words from Gong.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Calls that began then or later, such as 2026-02-14 or last-month; by default the last sync less a week.
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Calls that began before the end of it; a day is included. By default now.
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
    /// Calls of the last days, weeks or hours: 7d, 2w, 36h.
    #[arg(long, value_name = "SPAN", conflicts_with = "from")]
    since: Option<String>,
    /// Only this workspace: its name or id.
    #[arg(long, value_name = "NAME")]
    workspace: Option<String>,
    /// Also calls that Gong shows to some people only.
    #[arg(long)]
    include_private: bool,
    /// Store nothing: say what would be asked for and how many requests that takes.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Serialize)]
struct Out<T> {
    schema_version: u32,
    #[serde(flatten)]
    what: T,
}

pub(in crate::cli) async fn run(app: &App<'_>, arguments: Arguments) -> Result<ExitCode, CliError> {
    let asked = asked(app, &arguments)?;
    let store = app.store().await?;
    let requests =
        app.gong(&store)?.ok_or_else(|| CliError::new(Kind::Usage, "no key for Gong is set").hint(NO_KEY))?;
    let place = app.place(&store, &requests);
    let options = Options {
        asked,
        workspace: arguments.workspace,
        include_private: arguments.include_private,
        ..app.sync_options()
    };
    let code = if arguments.dry_run {
        let plan = sync::plan(&place, &options).await?;
        app.ui.data(&planned(app, plan)?)?;
        ExitCode::SUCCESS
    } else {
        let bar = app.ui.bar();
        let result = sync::run(&place, &options, &mut |progress| show(&bar, progress)).await;
        bar.finish_and_clear();
        let summary = result?;
        let code = if summary.failed > 0 { Kind::Partly.exit_code() } else { ExitCode::SUCCESS };
        // What cron would send by mail each hour.
        if !app.ui.is_quiet() || app.ui.format == Format::Json {
            app.ui.data(&done(app, summary)?)?;
        }
        code
    };
    store.close().await;
    Ok(code)
}

fn asked(app: &App<'_>, arguments: &Arguments) -> Result<Asked, CliError> {
    let from = arguments.from.as_deref().or(arguments.since.as_deref());
    let range = dates::range(from, arguments.to.as_deref(), None, &period::now(app))?;
    Ok(Asked { from: range.from, to: range.to.filter(|to| *to < app.now) })
}

fn show(bar: &ProgressBar, progress: &Progress) {
    if bar.length() != progress.total {
        let template = match progress.total {
            Some(_) => "{bar:24} {pos}/{len} calls, {msg}, {eta} left",
            None => "{spinner} {pos} calls, {msg}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        if let Some(total) = progress.total {
            bar.set_length(total);
        }
    }
    bar.set_position(progress.calls);
    let (transcripts, requests) = (progress.transcripts, progress.requests);
    bar.set_message(format!("{transcripts} transcripts, {requests} requests"));
}

fn planned(app: &App<'_>, plan: Plan) -> Result<String, CliError> {
    if app.ui.format == Format::Json {
        return Ok(app.ui.json(&Out { schema_version: SCHEMA_VERSION, what: plan })?);
    }
    let all = plan.page_requests + plan.transcript_requests + plan.user_requests;
    let rows = [
        ("Calls that began", period(app, plan.from, plan.to)),
        ("Calls there are", plan.calls.map_or_else(|| "100 or more".to_owned(), |calls| calls.to_string())),
        ("Requests for the list", plan.page_requests.to_string()),
        ("Requests for words", format!("at most {}", plan.transcript_requests)),
        ("Requests for users", plan.user_requests.to_string()),
        ("Together", format!("at most {all} of {} left today", plan.requests_left)),
    ];
    Ok(table(app, rows.into_iter().map(|(label, value)| (label, Some(value))), plan.rest_from))
}

fn done(app: &App<'_>, summary: Summary) -> Result<String, CliError> {
    if app.ui.format == Format::Json {
        return Ok(app.ui.json(&Out { schema_version: SCHEMA_VERSION, what: summary })?);
    }
    let always = |count: u64| Some(count.to_string());
    let any = |count: u64| Some(count.to_string()).filter(|_| count > 0);
    let share = summary.unattributed_share.filter(|share| *share > 0.0);
    let rows = [
        ("Calls that began", Some(period(app, summary.from, summary.to))),
        ("New", always(summary.new)),
        ("  of them late arrivals", any(summary.late)),
        ("Updated", always(summary.updated)),
        ("Words stored", always(summary.transcripts)),
        ("Words not there yet", any(summary.pending)),
        ("Words given up", any(summary.gave_up)),
        ("Private, left out", any(summary.private)),
        ("Forgotten, left out", any(summary.forgotten)),
        ("Could not be read", any(summary.failed)),
        ("Words of unknown speakers", share.map(|share| format!("{:.1} %", share * 100.0))),
        ("Requests", Some(format!("{}, {} left today", summary.requests, summary.requests_left))),
    ];
    Ok(table(app, rows.into_iter(), summary.rest_from))
}

fn table<'a>(app: &App<'_>, rows: impl Iterator<Item = (&'a str, Option<String>)>, rest: Option<Timestamp>) -> String {
    let rows: Vec<_> = rows.filter_map(|(label, value)| Some(vec![label.to_owned(), value?])).collect();
    let mut shown = app.ui.table(&[], &rows);
    if let Some(rest) = rest {
        let longest = app.settings.gong.window_days;
        shown.push_str(&format!(
            "\nOne run takes at most {longest} days. Calls from {} on are left: call-coach sync --from {rest}\n",
            text::date(rest, &app.settings.time_zone.value)
        ));
    }
    shown
}

fn period(app: &App<'_>, from: Timestamp, to: Timestamp) -> String {
    let zone = &app.settings.time_zone.value;
    format!("{} to {}", text::date(from, zone), text::date(to, zone))
}
