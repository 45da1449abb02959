//! `review`: a person corrects a verdict.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::super::app::App;
use super::super::args::{Format, moment, whole};
use super::super::error::{self, CliError, Kind};
use super::calls;
use crate::analyze::cast::CastRequest;
use crate::analyze::{Analysis, Analyst, Context, Request, run as analyze};
use crate::model::answers::{Correction, Verdict};
use crate::model::transcript::{Line, Transcript};
use crate::output::{self, report::Report};
use crate::render::text;
use crate::rubric::{Check, Rubric, RubricSet};
use crate::spelling;

/// Correct a verdict: your word replaces the analyst's in every score, and survives re-scoring.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// A reference such as c412, or the id at the source.
    #[arg(value_name = "CALL")]
    call: String,
    /// The check, as --full prints it: "why now asked" or why_now_asked; left out, every check is listed.
    #[arg(long, value_name = "ID", requires = "verdict")]
    check: Option<String>,
    /// What it should be.
    #[arg(long, value_enum, requires = "check")]
    verdict: Option<Word>,
    /// Whose score, when several of ours were coached.
    #[arg(long, value_name = "NAME")]
    rep: Option<String>,
    /// The line that shows it.
    #[arg(long, value_name = "N", requires = "check", value_parser = whole(1..=u32::MAX))]
    line: Option<u32>,
    /// The moment that shows it, such as 3:12, instead of its line.
    #[arg(long, value_name = "M:SS", requires = "check", conflicts_with = "line", value_parser = moment)]
    at: Option<i64>,
    /// Why.
    #[arg(long, value_name = "TEXT", requires = "check")]
    note: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Word {
    Yes,
    Partial,
    No,
    NotApplicable,
}

impl From<Word> for Verdict {
    fn from(word: Word) -> Self {
        match word {
            Word::Yes => Verdict::Yes,
            Word::Partial => Verdict::Partial,
            Word::No => Verdict::No,
            Word::NotApplicable => Verdict::NotApplicable,
        }
    }
}

pub(in crate::cli) async fn run(app: &App<'_>, arguments: Arguments) -> Result<ExitCode, CliError> {
    let set = app.rubrics()?;
    let corrected = arguments.check.as_deref().map(|check| known(&set, check)).transpose()?.zip(arguments.verdict);
    let request = Request {
        cast: CastRequest {
            rep: arguments.rep.clone(),
            company_domains: app.settings.company_domains.value.clone(),
            ..CastRequest::default()
        },
        default_role: app.settings.role.value.clone(),
        // What is stored is what the person saw, however old.
        answers_since: Some(jiff::Timestamp::MIN),
        ..Request::default()
    };
    let store = app.store().await?;
    let call = calls::stored(&store, &arguments.call).await?;
    // What Claude said is scored again and nobody is asked; without it the built-in analyst answers, which is free.
    let mut context = Context { store: &store, set: &set, analyst: &Analyst::Stored, now: app.now, progress: None };
    let mut before = analyze(context, call, &request).await?;
    if before.dimensions.is_empty() {
        context.analyst = &Analyst::Local;
        before = analyze(context, call, &request).await?;
    }
    if let Some(reason) = before.prepared.not_scored {
        return Err(CliError::new(Kind::Usage, format!("{call} has no score to correct: {reason}")));
    }
    let Some(((rubric, check), verdict)) = corrected else {
        store.close().await;
        app.ui.data(&listed(app, &output::report(&before, &set, None))?)?;
        return Ok(ExitCode::SUCCESS);
    };
    let transcript = &before.prepared.transcript;
    let line = match (arguments.line, arguments.at) {
        (Some(line), _) if transcript.line(line).is_none() => {
            return Err(CliError::new(Kind::Usage, format!("{call} has no line {line}")));
        }
        (None, Some(at)) => Some(spoken_at(transcript, at).ok_or_else(|| {
            CliError::new(Kind::Usage, format!("nobody speaks at {} on {call}", text::time(at)))
                .hint(format!("See what was said, and when: call-coach show {call}"))
        })?),
        (line, _) => line,
    };
    let rep = store.rep_of_party(call, before.prepared.rep).await?;
    let correction = Correction {
        check: check.id.clone(),
        verdict: verdict.into(),
        line,
        note: arguments.note.clone(),
        made_by: app.environment.user().to_owned(),
    };
    store.add_correction(call, rep.id, &correction, app.now).await?;
    let after = analyze(context, call, &request).await?;
    store.close().await;
    app.ui.data(&match app.ui.format {
        Format::Json => app.ui.json(&output::report(&after, &set, None))?,
        _ => {
            let dimension = |analysis: &Analysis| {
                analysis.dimensions.iter().find(|score| score.id == rubric.id).and_then(|score| score.score)
            };
            format!(
                "{call}: \"{}\" is now {}, corrected by {}.\n{} {}, overall {}.",
                check.label(),
                correction.verdict.as_str().replace('_', " "),
                correction.made_by,
                rubric.title,
                change(dimension(&before), dimension(&after)),
                change(before.overall.score, after.overall.score),
            )
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

/// A check by its id or by how it is printed, with its dimension.
fn known<'a>(set: &'a RubricSet, typed: &str) -> Result<(&'a Rubric, &'a Check), CliError> {
    let id = typed.trim().to_lowercase().replace([' ', '-'], "_");
    let all = || set.dimensions.iter().flat_map(|rubric| rubric.checks().map(move |check| (rubric, check)));
    all().find(|(_, check)| check.id == id).ok_or_else(|| {
        let nearest = spelling::nearest(&id, all().map(|(_, check)| check.id.as_str()));
        CliError::new(Kind::Usage, format!("there is no check `{id}`"))
            .hint(format!("{}See them all: call-coach rubric show", error::did_you_mean(nearest)))
    })
}

/// Every check of a call with its verdict.
fn listed(app: &App<'_>, report: &Report) -> Result<String, CliError> {
    if app.ui.format == Format::Json {
        return Ok(app.ui.json(report)?);
    }
    let checks =
        report.dimensions.iter().flat_map(|dimension| &dimension.criteria).flat_map(|criterion| &criterion.checks);
    let rows = checks.map(|check| {
        let at = check.evidence.first().map(|said| said.start_ms.map_or_else(|| format!("#{}", said.line), text::time));
        vec![
            check.id.clone(),
            check.verdict.as_str().replace('_', " "),
            at.unwrap_or_default(),
            check.corrected_by.clone().unwrap_or_default(),
        ]
    });
    Ok(app.ui.table(&["CHECK", "VERDICT", "AT", "CORRECTED BY"], &rows.collect::<Vec<_>>()))
}

/// The line that is being said at a moment, in milliseconds.
fn spoken_at(transcript: &Transcript, at: i64) -> Option<u32> {
    // Moments are printed without the fraction of their second.
    let has_begun = |line: &&Line| line.start_ms().is_some_and(|start| start < at + 1_000);
    let last = transcript.lines.iter().filter(has_begun).max_by_key(|line| line.start_ms())?;
    let goes_on = transcript.lines.iter().any(|line| line.start_ms() > last.start_ms());
    (goes_on || last.end_ms().is_none_or(|end| end >= at)).then_some(last.n)
}

fn change(before: Option<f64>, after: Option<f64>) -> String {
    let show = |score: Option<f64>| score.map_or_else(|| "–".to_owned(), |score| format!("{score:.0}"));
    format!("{} → {}", show(before), show(after))
}
