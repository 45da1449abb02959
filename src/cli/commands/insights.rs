//! `insights`: a rep, or the team, over time.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::super::app::App;
use super::super::args::Format;
use super::super::error::{CliError, Kind};
use super::period::{self, PeriodArguments};
use crate::insights::{self, Question};
use crate::model::call::CallType;
use crate::output::{self, insights::TeamOrder};
use crate::render;
use crate::roster;
use crate::store::{Scope, Store};

/// Seven whole days: with today among them, a report that is made each Monday morning would never tell of the rest of the
/// Mondays.
const LAST_WEEK: &str = "8d..yesterday";

/// How a rep develops: what changed, what stands out, and the one thing to work on.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Who: e-mail, name or a part of it.
    #[arg(value_name = "REP", required_unless_present_any = ["team", "weekly"])]
    rep: Option<String>,
    /// Everybody, by name.
    #[arg(long, conflicts_with = "rep")]
    team: bool,
    /// The team's last seven whole days as markdown to paste, beginning with what is worth your hour.
    #[arg(long, conflicts_with_all = ["rep", "share"])]
    weekly: bool,
    /// Markdown for the rep: nothing about anybody else.
    #[arg(long, requires = "rep")]
    share: bool,
    #[command(flatten)]
    period: PeriodArguments,
    /// Only calls about this product.
    #[arg(long)]
    product: Option<String>,
    /// Only this kind: cold_call, discovery, demo, technical, negotiation, follow_up, renewal or support.
    #[arg(long, value_name = "KIND")]
    call_type: Option<CallType>,
    /// Look at this check instead of the one that costs most.
    #[arg(long, value_name = "CHECK", requires = "rep")]
    focus: Option<String>,
    /// The order of the team.
    #[arg(long, value_enum, default_value = "name")]
    sort: SortWord,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SortWord {
    Name,
    Overall,
    Calls,
}

impl From<SortWord> for TeamOrder {
    fn from(word: SortWord) -> Self {
        match word {
            SortWord::Name => TeamOrder::Name,
            SortWord::Overall => TeamOrder::Overall,
            SortWord::Calls => TeamOrder::Calls,
        }
    }
}

pub(in crate::cli) async fn run(app: &App<'_>, arguments: Arguments) -> Result<ExitCode, CliError> {
    let set = app.rubrics()?;
    let range = arguments.period.range(app, if arguments.weekly { LAST_WEEK } else { "90d" })?;
    let focus = arguments.focus.as_ref().map(|check| check.trim().to_lowercase().replace([' ', '-'], "_"));
    if let Some(id) = focus
        .as_ref()
        .filter(|id| !set.dimensions.iter().flat_map(crate::rubric::Rubric::checks).any(|check| check.id == **id))
    {
        return Err(CliError::new(Kind::Usage, format!("no check has the id {id}"))
            .hint("See them all: call-coach rubric show"));
    }
    let question = Question {
        scope: Scope { rep: None, range, call_type: arguments.call_type, product: arguments.product.clone() },
        focus: focus.as_deref(),
        default_role: &app.settings.role.value,
        time_zone: &app.settings.time_zone.value,
    };
    let store = app.store().await?;
    let text = match &arguments.rep {
        Some(wanted) => rep(app, &store, &set, wanted, &question, arguments.share).await?,
        None => team(app, &store, &set, &arguments, &question).await?,
    };
    store.close().await;
    app.ui.data(&text)?;
    Ok(ExitCode::SUCCESS)
}

async fn rep(
    app: &App<'_>,
    store: &Store,
    set: &crate::rubric::RubricSet,
    wanted: &str,
    question: &Question<'_>,
    share: bool,
) -> Result<String, CliError> {
    let members = store.roster().await?;
    let member = roster::find_coached(&members, wanted)?;
    let insights = insights::rep(store, set, member, question).await?;
    let today = period::now(app).date();
    let range = period::shown(app, question.scope.range);
    let out = output::insights::insights(insights, set, member, range, today, share);
    Ok(match app.ui.format {
        Format::Json => app.ui.json(&out)?,
        Format::Html => render::insights_html(&out, question.time_zone),
        Format::Csv => render::insights_csv(&out, question.time_zone),
        Format::Table if !share => render::insights(&out, question.time_zone, app.ui.style),
        _ => render::insights_markdown(&out, question.time_zone),
    })
}

async fn team(
    app: &App<'_>,
    store: &Store,
    set: &crate::rubric::RubricSet,
    arguments: &Arguments,
    question: &Question<'_>,
) -> Result<String, CliError> {
    let members = store.roster().await?;
    let team = insights::team(store, set, &members, question, arguments.weekly).await?;
    let out = output::insights::team(team, set, period::shown(app, question.scope.range), arguments.sort.into());
    Ok(match app.ui.format {
        Format::Json => app.ui.json(&out)?,
        Format::Html => render::team_html(&out, question.time_zone),
        Format::Csv => render::team_csv(&out, question.time_zone),
        Format::Table if !arguments.weekly => render::team(&out, question.time_zone, app.ui.style),
        _ => render::team_markdown(&out, question.time_zone),
    })
}
