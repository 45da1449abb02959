//! `review`: a person corrects a verdict.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::super::app::App;
use super::super::args::{Format, whole};
use super::super::error::{self, CliError, Kind};
use super::calls;
use crate::analyze::cast::CastRequest;
use crate::analyze::{Analysis, Analyst, Context, Request, run as analyze};
use crate::model::answers::{Correction, Verdict};
use crate::output;
use crate::spelling;

/// Correct a verdict: your word replaces the analyst's in every score, and survives re-scoring.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// A reference such as c412, or the id at the source.
    #[arg(value_name = "CALL")]
    call: String,
    /// The check, as --full prints it: "why now asked" or why_now_asked.
    #[arg(long, value_name = "ID")]
    check: String,
    /// What it should be.
    #[arg(long, value_enum)]
    verdict: Word,
    /// Whose score, when several of ours were coached.
    #[arg(long, value_name = "NAME")]
    rep: Option<String>,
    /// The line that shows it.
    #[arg(long, value_name = "N", value_parser = whole(1..=u32::MAX))]
    line: Option<u32>,
    /// Why.
    #[arg(long, value_name = "TEXT")]
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
    let id = arguments.check.trim().to_lowercase().replace([' ', '-'], "_");
    let known = || set.dimensions.iter().flat_map(|rubric| rubric.checks().map(move |check| (rubric, check)));
    let Some((rubric, check)) = known().find(|(_, check)| check.id == id) else {
        let nearest = spelling::nearest(&id, known().map(|(_, check)| check.id.as_str()));
        return Err(CliError::new(Kind::Usage, format!("there is no check `{id}`"))
            .hint(format!("{}See them all: call-coach rubric show", error::did_you_mean(nearest))));
    };
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
    if let Some(line) = arguments.line.filter(|line| before.prepared.transcript.line(*line).is_none()) {
        return Err(CliError::new(Kind::Usage, format!("{call} has no line {line}")));
    }
    let rep = store.rep_of_party(call, before.prepared.rep).await?;
    let correction = Correction {
        check: check.id.clone(),
        verdict: arguments.verdict.into(),
        line: arguments.line,
        note: arguments.note.clone(),
        made_by: app.environment.user().to_owned(),
    };
    store.add_correction(call, rep.id, &correction, app.now).await?;
    let after = analyze(context, call, &request).await?;
    store.close().await;
    app.ui.data(&match app.ui.format {
        Format::Json => serde_json::to_string_pretty(&output::report(&after, &set, None))?,
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

fn change(before: Option<f64>, after: Option<f64>) -> String {
    let show = |score: Option<f64>| score.map_or_else(|| "–".to_owned(), |score| format!("{score:.0}"));
    format!("{} → {}", show(before), show(after))
}
