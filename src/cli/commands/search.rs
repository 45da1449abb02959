//! `search`: find calls.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::super::app::App;
use super::super::args::{Format, whole};
use super::super::error::{self, CliError, Kind};
use super::period::{self, PeriodArguments};
use crate::analyze::known_role;
use crate::model::call::CallType;
use crate::model::objection::{ObjectionStatus, ObjectionType};
use crate::model::party::Side;
use crate::output;
use crate::render::{self, FoundIn};
use crate::roster;
use crate::rubric::RubricSet;
use crate::search::{self, Search};
use crate::store::{CallFilter, Page, Sort, Store, TextQuery};

/// Find calls; every filter can be combined with every other.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// A rep who took part: e-mail, name or a part of it.
    #[arg(long, value_name = "NAME")]
    rep: Option<String>,
    /// A part of the name or e-mail of anybody who took part.
    #[arg(long, value_name = "NAME")]
    participant: Option<String>,
    /// The product.
    #[arg(long)]
    product: Option<String>,
    /// The kind: cold_call, discovery, demo, technical, negotiation, follow_up, renewal or support.
    #[arg(long, value_name = "KIND")]
    call_type: Option<CallType>,
    #[command(flatten)]
    period: PeriodArguments,
    /// The lowest score, 0 to 100.
    #[arg(long, value_name = "SCORE", value_parser = whole::<u8>(0..=100))]
    min_score: Option<u8>,
    /// The highest score, 0 to 100.
    #[arg(long, value_name = "SCORE", value_parser = whole::<u8>(0..=100))]
    max_score: Option<u8>,
    /// The dimension that the scores are of, instead of the overall one.
    #[arg(short, long, value_name = "ID")]
    dimension: Option<String>,
    /// A concern of this type was raised: pricing, budget, timing, authority, need, competitor, technical_fit,
    /// implementation, security_legal, trust_risk or other.
    #[arg(long, value_name = "TYPE", value_parser = objection_type)]
    objection: Option<ObjectionType>,
    /// How that concern ended; open is unresolved or missed.
    #[arg(long, value_name = "STATUS", value_enum)]
    objection_status: Option<StatusWord>,
    /// What the call was about, as Gong names it; may be given several times.
    #[arg(long, value_name = "NAME")]
    topic: Vec<String>,
    /// Somebody was coached as this role: ae, se, csm, support or one of yours.
    #[arg(long)]
    role: Option<String>,
    /// What was said in one line: words, "phrases" and -exclusions.
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    text: Option<String>,
    /// Only words of this side.
    #[arg(long, value_name = "SIDE", value_enum, requires = "text")]
    said_by: Option<SideWord>,
    /// The order.
    #[arg(long, value_enum, default_value = "date")]
    sort: SortWord,
    /// The other way round: oldest, lowest or shortest first.
    #[arg(long)]
    reverse: bool,
    /// At most this many calls.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = whole::<u16>(1..=1000))]
    limit: u16,
    /// Leave out this many before them.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = whole(0..=u32::MAX))]
    offset: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StatusWord {
    Open,
    #[value(alias = "settled")]
    Resolved,
    Parked,
    Unresolved,
    Missed,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SideWord {
    #[value(alias = "us")]
    Rep,
    #[value(alias = "customer")]
    Buyer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SortWord {
    Date,
    Score,
    Duration,
}

impl StatusWord {
    fn statuses(self) -> Vec<ObjectionStatus> {
        match self {
            StatusWord::Open => vec![ObjectionStatus::Unresolved, ObjectionStatus::Missed],
            StatusWord::Resolved => vec![ObjectionStatus::Resolved],
            StatusWord::Parked => vec![ObjectionStatus::Parked],
            StatusWord::Unresolved => vec![ObjectionStatus::Unresolved],
            StatusWord::Missed => vec![ObjectionStatus::Missed],
        }
    }
}

fn objection_type(text: &str) -> Result<ObjectionType, String> {
    let name = text.trim().to_lowercase().replace(['-', ' '], "_");
    let name = match name.as_str() {
        "price" => "pricing",
        "legal" | "security" => "security_legal",
        "status_quo" => "need",
        "technical" => "technical_fit",
        "trust" | "risk" => "trust_risk",
        other => other,
    };
    let known = ObjectionType::ALL.into_iter().find(|kind| kind.as_str() == name);
    known.ok_or_else(|| {
        let all: Vec<_> = ObjectionType::ALL.iter().map(|kind| kind.as_str()).collect();
        format!("there are {}", all.join(", "))
    })
}

pub(in crate::cli) async fn run(app: &App<'_>, arguments: Arguments) -> Result<ExitCode, CliError> {
    let set = app.rubrics()?;
    let store = app.store().await?;
    let filter = filter(app, &set, &store, &arguments).await?;
    let page = Page {
        sort: match arguments.sort {
            SortWord::Date => Sort::Date,
            SortWord::Score => Sort::Score,
            SortWord::Duration => Sort::Duration,
        },
        reverse: arguments.reverse,
        limit: usize::from(arguments.limit),
        offset: usize::try_from(arguments.offset).unwrap_or(usize::MAX),
    };
    let Search { found, within } = search::find(&store, &filter, page).await?;
    store.close().await;
    let found = output::search::search(found, page, period::shown(app, filter.range));
    let context = FoundIn {
        time_zone: app.settings.time_zone.value.clone(),
        this_year: app.now.to_zoned(app.settings.time_zone.value.clone()).year(),
        text: filter.text,
        objection: filter.objection,
        shows_concerns: filter.objection.is_some() || !filter.objection_status.is_empty(),
        statuses: filter.objection_status,
        by_dimension: filter.dimension,
        by_length: arguments.sort == SortWord::Duration,
        within,
    };
    app.ui.data(&match app.ui.format {
        Format::Json if app.ui.json_lines() => {
            found.calls.iter().map(|call| Ok(app.ui.json(call)? + "\n")).collect::<serde_json::Result<String>>()?
        }
        Format::Json => app.ui.json(&found)?,
        Format::Markdown => render::search_markdown(&found, &context),
        Format::Csv => {
            let dimensions: Vec<_> = set.dimensions.iter().map(|rubric| rubric.id.as_str()).collect();
            render::search_csv(&found, &context, &dimensions)
        }
        _ if app.ui.is_plain() => render::search_lines(&found, &context),
        _ => render::search(&found, &context, app.ui.style),
    })?;
    // The table itself says so; a spreadsheet or lines of calls would look whole.
    let looks_whole = match app.ui.format {
        Format::Csv => true,
        Format::Table => app.ui.is_plain(),
        _ => app.ui.json_lines(),
    };
    if looks_whole && found.truncated {
        app.ui.note(&format!("{} of {} calls; more with --limit and --offset", found.calls.len(), found.total));
    }
    Ok(ExitCode::SUCCESS)
}

async fn filter(app: &App<'_>, set: &RubricSet, store: &Store, arguments: &Arguments) -> Result<CallFilter, CliError> {
    let rep = match &arguments.rep {
        Some(wanted) => Some(roster::find(&store.roster().await?, wanted)?.id),
        None => None,
    };
    if let Some(id) = arguments.dimension.as_ref().filter(|id| set.dimension(id).is_none()) {
        let known: Vec<_> = set.dimensions.iter().map(|rubric| rubric.id.as_str()).collect();
        return Err(error::unknown(Kind::Usage, "dimension", id, &known));
    }
    if let (Some(min), Some(max)) = (arguments.min_score, arguments.max_score)
        && min > max
    {
        return Err(CliError::new(Kind::Usage, format!("no score is at least {min} and at most {max}")));
    }
    Ok(CallFilter {
        rep,
        participant: arguments.participant.clone(),
        product: arguments.product.clone(),
        call_type: arguments.call_type,
        range: arguments.period.range(app, "all")?,
        min_score: arguments.min_score,
        max_score: arguments.max_score,
        dimension: arguments.dimension.clone(),
        objection: arguments.objection,
        objection_status: arguments.objection_status.map(StatusWord::statuses).unwrap_or_default(),
        topics: arguments.topic.clone(),
        role: arguments.role.as_deref().map(|role| known_role(set, role)).transpose()?.map(|role| role.id.clone()),
        text: arguments.text.as_deref().map(TextQuery::parse).transpose()?,
        said_by: arguments.said_by.map(|side| match side {
            SideWord::Rep => Side::Rep,
            SideWord::Buyer => Side::Buyer,
        }),
    })
}
