//! `analyze`: score calls and print the reports.

use std::collections::HashSet;
use std::process::ExitCode;

use clap::Args;
use futures_util::StreamExt as _;

use super::super::analyst::AnalystArguments;
use super::super::app::{App, partly, report};
use super::super::args::{Format, whole};
use super::super::bulk::{self, Progress};
use super::super::error::{CliError, Kind};
use super::calls::{self, DetailArguments, Named};
use super::period::PeriodArguments;
use crate::analyze::cast::{CastError, CastRequest};
use crate::analyze::estimate::{Estimate, estimate};
use crate::analyze::{Analysis, Analyst, Context, Request, run as analyze};
use crate::model::answers::AnalystKind;
use crate::model::ids::CallRef;
use crate::output::{self, estimate::EstimateOut, report::Report};
use crate::render::{self, Detail, Options};
use crate::roster;
use crate::store::{CallFilter, Page, Store};

/// Score calls and print the reports.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Transcript files, - for stdin, references such as c412, ids or links of Gong's.
    #[arg(value_name = "CALL", required_unless_present = "unscored")]
    calls: Vec<String>,
    /// Every stored call that this analyst has not scored yet, a line each.
    #[arg(long, conflicts_with = "calls")]
    unscored: bool,
    /// How many calls are asked about at a time.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = whole::<u8>(1..=32))]
    at_once: u8,
    /// Spend on many calls without being asked.
    #[arg(long)]
    yes: bool,
    /// Only this dimension; may be given several times.
    #[arg(short, long = "dimension", value_name = "ID")]
    dimensions: Vec<String>,
    /// Who is coached: e-mail, name or a part of it. With --unscored only calls in which they took part.
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
    period: PeriodArguments,
    #[command(flatten)]
    who: AnalystArguments,
    #[command(flatten)]
    details: DetailArguments,
}

pub(in crate::cli) async fn run(app: &App<'_>, arguments: Arguments) -> Result<ExitCode, CliError> {
    let set = app.rubrics()?;
    let details = arguments.details.details(&app.settings.time_zone.value, app.now)?;
    let request = request(app, &arguments)?;
    let analyst = arguments.who.analyst(app, arguments.dry_run)?;
    let store = app.store().await?;
    let context = Context { store: &store, set: &set, analyst: &analyst, now: app.now, progress: None };
    let calls = if arguments.unscored {
        let unscored = unscored(app, &store, analyst.kind(), &arguments).await?;
        unscored.into_iter().map(|call| Ok(Named::stored(call))).collect()
    } else if arguments.period.is_given() {
        let message = "--from, --to and --period choose among the calls of --unscored";
        return Err(CliError::new(Kind::Usage, message).hint("Add --unscored, or name the calls: call-coach search"));
    } else {
        calls::find(app, &store, &arguments.calls, &details).await?
    };
    if app.ui.format == Format::Html && (arguments.unscored || arguments.dry_run || calls.len() != 1) {
        return Err(CliError::new(Kind::Usage, "an HTML page holds the report of one call")
            .hint("Call by call: call-coach analyze c1 -o c1.html"));
    }
    if app.ui.writes_one_object() && !arguments.dry_run && (arguments.unscored || calls.len() > 1) {
        return Err(CliError::new(Kind::Usage, "a .json file holds the report of one call")
            .hint("For several, one object a line: -o FILE.jsonl"));
    }
    say_where_words_go(app, &analyst);
    let result = if arguments.dry_run {
        dry_run(app, context, &request, calls).await
    } else if arguments.unscored && !allowed(app, context, &request, &calls, arguments.yes).await? {
        Ok(Kind::Interrupted.exit_code())
    } else {
        score_all(app, context, &request, &arguments, calls).await
    };
    store.close().await;
    result
}

/// The stored calls without a score of this analyst, of the time and the rep that were asked for.
async fn unscored(
    app: &App<'_>,
    store: &Store,
    analyst: AnalystKind,
    arguments: &Arguments,
) -> Result<Vec<CallRef>, CliError> {
    const PAGE: usize = 1000;
    let mut unscored = store.unscored(analyst).await?;
    if arguments.rep.is_none() && !arguments.period.is_given() {
        return Ok(unscored);
    }
    let rep = match &arguments.rep {
        Some(wanted) => Some(roster::find(&store.roster().await?, wanted)?.id),
        None => None,
    };
    let filter = CallFilter { rep, range: arguments.period.range(app, "all")?, ..CallFilter::default() };
    let mut wanted = HashSet::new();
    for offset in (0..).step_by(PAGE) {
        let page = store.search(&filter, Page { limit: PAGE, offset, ..Page::default() }).await?;
        wanted.extend(page.calls.iter().map(|call| call.call_ref));
        if page.calls.len() < PAGE {
            break;
        }
    }
    unscored.retain(|call| wanted.contains(call));
    Ok(unscored)
}

type Found = Result<Named, (String, CliError)>;

/// Whether many calls may be scored, at what that would cost.
async fn allowed(
    app: &App<'_>,
    context: Context<'_>,
    request: &Request,
    calls: &[Found],
    yes: bool,
) -> Result<bool, CliError> {
    let mut sum = Estimate::default();
    for named in calls.iter().flatten() {
        // What cannot be scored is told when it is tried.
        if let Ok(estimate) = estimate(context, named.call, request).await {
            sum.add(&estimate);
        }
    }
    bulk::may_spend(app, context.analyst, &estimate_out(context, &sum), yes)
}

async fn score_all(
    app: &App<'_>,
    context: Context<'_>,
    request: &Request,
    arguments: &Arguments,
    calls: Vec<Found>,
) -> Result<ExitCode, CliError> {
    let all = calls.len();
    // A question on the terminal is about one call.
    let asks = app.ui.may_ask() && !arguments.unscored;
    let at_once = if asks || context.analyst.kind() == AnalystKind::Local { 1 } else { arguments.at_once.into() };
    let mut progress = Progress::new(app, all, context.analyst.kind());
    let mut pages = Vec::new();
    let mut failures = Vec::new();
    let mut is_partly = false;
    let score_one = async |found: Found| -> Result<(Analysis, Option<String>), (String, CliError)> {
        let named = found?;
        match score(context, request, &named, asks).await {
            Ok(analysis) => Ok((analysis, named.file)),
            Err(error) => Err((named.name, error)),
        }
    };
    let mut scored = std::pin::pin!(futures_util::stream::iter(calls).map(score_one).buffered(at_once));
    while let Some(one) = scored.next().await {
        match one {
            Ok((analysis, file)) => {
                is_partly |= !analysis.failed.is_empty();
                progress.above(|| tell_failed(app, &analysis));
                let mut report = output::report(&analysis, context.set, file);
                if arguments.no_snippets {
                    report.take_words_out();
                }
                progress.done(&report, &analysis.usage);
                let page = page(app, arguments, &report, all)?;
                // Whoever reads many results gets each as soon as it is there.
                if (app.ui.json_lines() || arguments.unscored) && app.ui.prints_at_once() {
                    progress.above(|| app.ui.data(&page))?;
                } else {
                    pages.push(page);
                }
            }
            Err(failure) => {
                progress.failed();
                failures.push(failure);
            }
        }
    }
    if !pages.is_empty() {
        app.ui.data(&pages.join("\n"))?;
    }
    let sum = progress.sum();
    let code = tell(app, all, failures);
    if arguments.unscored {
        app.ui.note(if all == 0 { "every call is scored" } else { &sum });
    }
    Ok(if is_partly { Kind::Partly.exit_code() } else { code })
}

/// Names the dimensions that nobody answered, those with the same reason together.
fn tell_failed(app: &App<'_>, analysis: &Analysis) {
    for failed in analysis.failed.chunk_by(|(_, a), (_, b)| a == b) {
        let Some((_, error)) = failed.first() else { continue };
        let titles: Vec<_> = failed.iter().map(|(title, _)| title.as_str()).collect();
        let mut error = CliError::from(error.clone());
        error.message = format!("{}, {}: {}", analysis.prepared.call_ref, titles.join(", "), error.message);
        report(app.ui, &error, false);
    }
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
    let out = estimate_out(context, &sum);
    if failures.len() < all || all == 0 {
        app.ui.data(&match app.ui.format {
            Format::Json => app.ui.json(&out)?,
            _ => render::estimate(&out),
        })?;
    }
    Ok(tell(app, all, failures))
}

fn estimate_out(context: Context<'_>, estimate: &Estimate) -> EstimateOut {
    let asked = match context.analyst {
        Analyst::Claude(claude) => Some((claude.model.name.as_str(), claude.client.host())),
        Analyst::Local | Analyst::Stored => None,
    };
    EstimateOut::new(estimate, asked)
}

fn request(app: &App<'_>, arguments: &Arguments) -> Result<Request, CliError> {
    if arguments.make_current && arguments.role.is_none() && arguments.who.model.is_none() {
        return Err(CliError::new(Kind::Usage, "--make-current goes with --role or --model"));
    }
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
        answers_since: app.settings.answers_since(app.now).filter(|_| !arguments.no_cache),
        other_model: arguments.who.is_other_model(app),
        make_current: arguments.make_current,
    })
}

/// Scores one call; asks who is ours when nothing tells and there is somebody to ask.
async fn score(context: Context<'_>, request: &Request, named: &Named, asks: bool) -> Result<Analysis, CliError> {
    let mut scored = analyze(context, named.call, request).await;
    if let Err(error) = &scored
        && let Some(CastError::Undecided { speakers }) = error.downcast_ref::<CastError>()
        && asks
        && let Some(rep) = ask_who_is_ours(&named.name, speakers)?
    {
        let cast = CastRequest { rep: Some(rep), asked: true, ..request.cast.clone() };
        scored = analyze(context, named.call, &Request { cast, ..request.clone() }).await;
    }
    Ok(scored?)
}

fn ask_who_is_ours(call: &str, speakers: &[(String, f64)]) -> Result<Option<String>, CliError> {
    let items: Vec<_> = speakers.iter().map(|(name, share)| format!("{name} ({:.0} %)", share * 100.0)).collect();
    let picked = dialoguer::Select::new()
        .with_prompt(format!("{call}: who of them is ours and to be coached? The others count as the buyer's side"))
        .items(&items)
        .interact_opt()?;
    Ok(picked.and_then(|n| speakers.get(n)).map(|(name, _)| name.clone()))
}

fn page(app: &App<'_>, arguments: &Arguments, report: &Report, calls: usize) -> Result<String, CliError> {
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
        // One object a line, so that a reader of many needs no end of the list.
        Format::Json if app.ui.json_lines() || calls != 1 => serde_json::to_string(report)?,
        Format::Json => app.ui.json(report)?,
        Format::Markdown => render::markdown(report, &options),
        Format::Html => render::html(report, &options),
        _ if arguments.unscored && !arguments.full && !arguments.brief => bulk::line(report),
        _ => render::report(report, app.ui.style, &options),
    })
}
