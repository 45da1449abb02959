//! `analyze`: score calls and print the reports.

use std::process::ExitCode;

use clap::Args;
use jiff::ToSpan as _;

use super::super::analyst::AnalystArguments;
use super::super::app::{App, partly, report};
use super::super::args::Format;
use super::super::error::{CliError, Kind};
use super::calls::{self, DetailArguments, Named};
use crate::analyze::cast::{CastError, CastRequest};
use crate::analyze::estimate::{Estimate, estimate};
use crate::analyze::{Analysis, Analyst, Context, Request, run as analyze};
use crate::output::{self, estimate::EstimateOut};
use crate::render::{self, Detail, Options};
use crate::rubric::RubricSet;

/// Score calls and print the reports.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Transcript files, - for stdin, references such as c412, ids or links of Gong's.
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
    /// Let a result with --role or --model become the one that counts.
    #[arg(long)]
    make_current: bool,
    /// Ask nothing: say what would be asked and what it would cost.
    #[arg(long)]
    dry_run: bool,
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
    who: AnalystArguments,
    #[command(flatten)]
    details: DetailArguments,
}

pub(in crate::cli) async fn run(app: &App<'_>, arguments: Arguments) -> Result<ExitCode, CliError> {
    let set = app.rubrics()?;
    let details = arguments.details.details(&app.settings.time_zone.value)?;
    let request = request(app, &arguments)?;
    let analyst = arguments.who.analyst(app, arguments.dry_run)?;
    let store = app.store().await?;
    let context = Context { store: &store, set: &set, analyst: &analyst, now: app.now };
    let calls = calls::find(app, &store, &arguments.calls, &details).await?;
    say_where_words_go(app, &analyst);
    let result = if arguments.dry_run {
        dry_run(app, context, &request, calls).await
    } else {
        score_all(app, context, &request, &arguments, calls).await
    };
    store.close().await;
    result
}

type Found = Result<Named, (String, CliError)>;

async fn score_all(
    app: &App<'_>,
    context: Context<'_>,
    request: &Request,
    arguments: &Arguments,
    calls: Vec<Found>,
) -> Result<ExitCode, CliError> {
    let all = calls.len();
    let mut pages = Vec::new();
    let mut failures = Vec::new();
    let mut is_partly = false;
    for named in calls {
        let scored = match named {
            Ok(named) => {
                score(app, context, request, &named).await.map(|a| (a, named.file)).map_err(|e| (named.name, e))
            }
            Err(failure) => Err(failure),
        };
        match scored {
            Ok((analysis, file)) => {
                for failed in analysis.failed.chunk_by(|(_, a), (_, b)| a == b) {
                    let Some((_, error)) = failed.first() else { continue };
                    let titles: Vec<_> = failed.iter().map(|(title, _)| title.as_str()).collect();
                    let mut error = CliError::from(error.clone());
                    error.message = format!("{}: {}", titles.join(", "), error.message);
                    report(app.ui, &error, false);
                    is_partly = true;
                }
                pages.push(page(app, context.set, arguments, &analysis, file)?);
            }
            Err(failure) => failures.push(failure),
        }
    }
    if !pages.is_empty() {
        app.ui.data(&pages.join("\n"))?;
    }
    let code = tell(app, all, failures);
    Ok(if is_partly { Kind::Partly.exit_code() } else { code })
}

/// Tells what failed; returns the exit code.
fn tell(app: &App<'_>, all: usize, failures: Vec<(String, CliError)>) -> ExitCode {
    let failed = failures.len();
    let kind = failures.first().map_or(Kind::Failed, |(_, error)| error.kind);
    for (name, mut error) in failures {
        if all > 1 && !error.message.contains(&name) {
            error.message = format!("{name}: {}", error.message);
        }
        report(app.ui, &error, false);
    }
    partly(failed, all, kind)
}

/// Nobody's words leave the machine without a line that says so.
fn say_where_words_go(app: &App<'_>, analyst: &Analyst) {
    if let Analyst::Claude(claude) = analyst
        && claude.client.can_ask()
    {
        app.ui.note(&format!("what is not stored yet is asked of {} at {}", claude.model.name, claude.client.host()));
    }
}

async fn dry_run(
    app: &App<'_>,
    context: Context<'_>,
    request: &Request,
    calls: Vec<Found>,
) -> Result<ExitCode, CliError> {
    let all = calls.len();
    let mut sum = Estimate::default();
    let mut failures = Vec::new();
    for named in calls {
        match named {
            Ok(named) => match estimate(context, named.call, request).await {
                Ok(estimate) => sum.add(&estimate),
                Err(error) => failures.push((named.name, error.into())),
            },
            Err(failure) => failures.push(failure),
        }
    }
    let asked = match context.analyst {
        Analyst::Claude(claude) => Some((claude.model.name.as_str(), claude.client.host())),
        Analyst::Local | Analyst::Stored => None,
    };
    let out = EstimateOut::new(&sum, asked);
    if failures.len() < all {
        app.ui.data(&match app.ui.format {
            Format::Json => serde_json::to_string_pretty(&out)?,
            Format::Table | Format::Markdown => render::estimate(&out),
        })?;
    }
    Ok(tell(app, all, failures))
}

fn request(app: &App<'_>, arguments: &Arguments) -> Result<Request, CliError> {
    if arguments.make_current && arguments.role.is_none() && arguments.who.model.is_none() {
        return Err(CliError::new(Kind::Usage, "--make-current goes with --role or --model"));
    }
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
        other_model: arguments.who.is_other_model(app),
        make_current: arguments.make_current,
    })
}

/// Scores one call; asks who is ours when nothing tells and there is somebody to ask.
async fn score(app: &App<'_>, context: Context<'_>, request: &Request, named: &Named) -> Result<Analysis, CliError> {
    let mut scored = analyze(context, named.call, request).await;
    if let Err(error) = &scored
        && let Some(CastError::Undecided { speakers }) = error.downcast_ref::<CastError>()
        && app.ui.may_ask()
        && let Some(rep) = ask_who_is_ours(&named.name, speakers)?
    {
        let cast = CastRequest { rep: Some(rep), asked: true, ..request.cast.clone() };
        scored = analyze(context, named.call, &Request { cast, ..request.clone() }).await;
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
