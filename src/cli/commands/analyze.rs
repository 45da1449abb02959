//! `analyze`: score calls and print the reports.

use std::process::ExitCode;

use clap::Args;
use jiff::ToSpan as _;

use super::super::app::{App, partly, report};
use super::super::args::Format;
use super::super::error::{CliError, Kind};
use super::calls::{self, DetailArguments, Named};
use crate::analyze::cast::{CastError, CastRequest};
use crate::analyze::{Analysis, Request, run as analyze};
use crate::output;
use crate::render::{self, Detail, Options};
use crate::rubric::RubricSet;
use crate::store::Store;

/// Score calls and print the reports.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Transcript files, - for stdin, references such as c412, or ids at the source.
    #[arg(value_name = "CALL", required = true)]
    calls: Vec<String>,
    /// Only this dimension; may be given several times.
    #[arg(short, long = "dimension", value_name = "ID")]
    dimensions: Vec<String>,
    /// Who is coached: e-mail, name or a part of it.
    #[arg(long, value_name = "NAME")]
    rep: Option<String>,
    /// Another person of our side; may be given several times.
    #[arg(long = "colleague", value_name = "NAME")]
    colleagues: Vec<String>,
    /// A person of the buyer's side; may be given several times.
    #[arg(long = "buyer", value_name = "NAME")]
    buyers: Vec<String>,
    /// Score as this role: ae, se, csm, support or one of yours.
    #[arg(long)]
    role: Option<String>,
    /// Ask anew even if answers are stored.
    #[arg(long, alias = "rescore")]
    no_cache: bool,
    /// Let a result with --role become the one that counts.
    #[arg(long, requires = "role")]
    make_current: bool,
    /// Only the verdict and the one action.
    #[arg(long, conflicts_with = "full")]
    brief: bool,
    /// Every check and its evidence.
    #[arg(long)]
    full: bool,
    /// Print no words of the call.
    #[arg(long)]
    no_snippets: bool,
    #[command(flatten)]
    details: DetailArguments,
}

pub(in crate::cli) async fn run(app: &App<'_>, arguments: Arguments) -> Result<ExitCode, CliError> {
    let set = app.rubrics()?;
    let details = arguments.details.details(&app.settings.time_zone.value)?;
    let request = request(app, &arguments)?;
    let store = app.store().await?;
    let mut pages = Vec::new();
    let mut failures = Vec::new();
    for named in calls::find(app, &store, &arguments.calls, &details).await? {
        let scored = match named {
            Ok(named) => {
                score(app, &store, &set, &request, &named).await.map(|a| (a, named.file)).map_err(|e| (named.name, e))
            }
            Err(failure) => Err(failure),
        };
        match scored {
            Ok((analysis, file)) => pages.push(page(app, &set, &arguments, &analysis, file)?),
            Err(failure) => failures.push(failure),
        }
    }
    store.close().await;
    if !pages.is_empty() {
        app.ui.data(&pages.join("\n"))?;
    }
    let all = pages.len() + failures.len();
    let kind = failures.first().map_or(Kind::Failed, |(_, error)| error.kind);
    for (name, mut error) in failures {
        if all > 1 && !error.message.contains(&name) {
            error.message = format!("{name}: {}", error.message);
        }
        report(app.ui, &error, false);
        if all == 1 {
            return Ok(error.kind.exit_code());
        }
    }
    Ok(partly(all - pages.len(), all, kind))
}

fn request(app: &App<'_>, arguments: &Arguments) -> Result<Request, CliError> {
    let days = i64::from(app.settings.cache_ttl_days.value);
    let since = app.now.checked_sub((days * 24).hours()).unwrap_or(jiff::Timestamp::MIN);
    Ok(Request {
        cast: CastRequest {
            rep: arguments.rep.clone(),
            colleagues: arguments.colleagues.clone(),
            buyers: arguments.buyers.clone(),
            company_domains: app.settings.company_domains.value.clone(),
            asked: false,
        },
        dimensions: arguments.dimensions.clone(),
        role: arguments.role.as_ref().map(|role| role.to_lowercase()),
        default_role: app.settings.role.value.clone(),
        answers_since: (app.settings.enable_caching.value && !arguments.no_cache).then_some(since),
        make_current: arguments.make_current,
    })
}

/// Scores one call; asks who is ours when nothing tells and there is somebody to ask.
async fn score(
    app: &App<'_>,
    store: &Store,
    set: &RubricSet,
    request: &Request,
    named: &Named,
) -> Result<Analysis, CliError> {
    let mut scored = analyze(store, set, named.call, request, app.now).await;
    if let Err(error) = &scored
        && let Some(CastError::Undecided { speakers }) = error.downcast_ref::<CastError>()
        && app.ui.may_ask()
        && let Some(rep) = ask_who_is_ours(&named.name, speakers)?
    {
        let cast = CastRequest { rep: Some(rep), asked: true, ..request.cast.clone() };
        scored = analyze(store, set, named.call, &Request { cast, ..request.clone() }, app.now).await;
    }
    let analysis = scored?;
    if let (Some(file), None, true) = (&named.file, analysis.prepared.call.started_at, named.is_new) {
        app.ui.note(&format!(
            "{file} carries no date: this call will be missing in trends and --from.\n\
             Add it: call-coach import {file} --started-at 2026-02-14T15:02"
        ));
    }
    Ok(analysis)
}

fn ask_who_is_ours(call: &str, speakers: &[(String, f64)]) -> Result<Option<String>, CliError> {
    let items: Vec<_> = speakers.iter().map(|(name, share)| format!("{name} ({:.0} %)", share * 100.0)).collect();
    let picked = dialoguer::Select::new()
        .with_prompt(format!("{call}: who of them is ours and to be coached? The others count as the buyer's side"))
        .items(&items)
        .interact_opt()?;
    Ok(picked.and_then(|n| speakers.get(n)).map(|(name, _)| name.clone()))
}

fn page(
    app: &App<'_>,
    set: &RubricSet,
    arguments: &Arguments,
    analysis: &Analysis,
    file: Option<String>,
) -> Result<String, CliError> {
    let report = output::report(analysis, set, file);
    let options = Options {
        detail: match (arguments.brief, arguments.full) {
            (true, _) => Detail::Brief,
            (_, true) => Detail::Full,
            _ => Detail::Normal,
        },
        snippets: !arguments.no_snippets,
        time_zone: app.settings.time_zone.value.clone(),
    };
    Ok(match app.ui.format {
        Format::Json if arguments.calls.len() == 1 => serde_json::to_string_pretty(&report)?,
        // One object a line, so that a reader of many needs no end of the list.
        Format::Json => serde_json::to_string(&report)?,
        Format::Markdown => render::markdown(&report, &options),
        Format::Table => render::report(&report, app.ui.style, &options),
    })
}
