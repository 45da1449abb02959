//! `rubric`: see and check the questions, weights and guidelines.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;

use super::super::app::App;
use super::super::args::Format;
use super::super::error::{self, CliError, Kind};
use crate::config::load_rubrics;
use crate::output::SCHEMA_VERSION;
use crate::rubric::{Check, CheckKind, Criterion, EMBEDDED, Rubric, RubricSet};

/// See and check the questions, weights and guidelines.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// The dimensions and what they are worth for whom.
    List,
    /// Every question of one dimension, or of all.
    Show {
        /// A dimension, such as discovery.
        dimension: Option<String>,
    },
    /// Check a folder of rubric files; every mistake is named with its line.
    Validate {
        /// The folder; by default the configured one.
        folder: Option<PathBuf>,
    },
    /// Write the embedded files into a folder, to edit them there.
    Export {
        /// The folder; files that are there already are kept.
        folder: PathBuf,
    },
}

pub(in crate::cli) fn run(app: &App<'_>, command: Command) -> Result<ExitCode, CliError> {
    match command {
        Command::List => list(app, &app.rubrics()?),
        Command::Show { dimension } => show(app, &app.rubrics()?, dimension.as_deref()),
        Command::Validate { folder } => validate(app, folder.as_deref()),
        Command::Export { folder } => export(app, &folder),
    }
}

fn list(app: &App<'_>, set: &RubricSet) -> Result<ExitCode, CliError> {
    let roles: Vec<_> = set.roles.iter().collect();
    if app.ui.format == Format::Json {
        let dimensions: Vec<_> = set
            .dimensions
            .iter()
            .map(|rubric| {
                let weights: serde_json::Map<_, _> =
                    roles.iter().map(|role| (role.id.clone(), role.weight(&rubric.id).into())).collect();
                json!({
                    "id": rubric.id, "title": rubric.title, "version": rubric.version,
                    "criteria": rubric.criteria.len(), "checks": rubric.checks().count(), "weights": weights,
                })
            })
            .collect();
        let all = json!({ "schema_version": SCHEMA_VERSION, "hash": set.hash(), "dimensions": dimensions });
        app.ui.data(&app.ui.json(&all)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut headers = vec!["DIMENSION", "VERSION", "CHECKS"];
    headers.extend(roles.iter().map(|role| role.label.as_str()));
    let rows: Vec<_> = set
        .dimensions
        .iter()
        .map(|rubric| {
            let mut row = vec![rubric.id.clone(), rubric.version.clone(), rubric.checks().count().to_string()];
            row.extend(roles.iter().map(|role| format!("{} %", role.weight(&rubric.id))));
            row
        })
        .collect();
    app.ui.data(&app.ui.table(&headers, &rows))?;
    Ok(ExitCode::SUCCESS)
}

fn show(app: &App<'_>, set: &RubricSet, dimension: Option<&str>) -> Result<ExitCode, CliError> {
    let wanted: Vec<&Rubric> = match dimension {
        None => set.dimensions.iter().collect(),
        Some(id) => vec![set.dimension(id).ok_or_else(|| {
            let known: Vec<_> = set.dimensions.iter().map(|rubric| rubric.id.as_str()).collect();
            error::unknown(Kind::NotFound, "dimension", id, &known)
        })?],
    };
    if app.ui.format == Format::Json {
        let dimensions: Vec<_> = wanted.into_iter().map(dimension_json).collect();
        let shown = json!({ "schema_version": SCHEMA_VERSION, "hash": set.hash(), "dimensions": dimensions });
        app.ui.data(&app.ui.json(&shown)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut page = String::new();
    for rubric in wanted {
        page += &format!("{}  version {}\n", rubric.title, rubric.version);
        for criterion in &rubric.criteria {
            page += &format!("\n {}  weight {}\n", criterion.title, criterion.weight);
            let rows: Vec<_> = criterion
                .checks
                .iter()
                .map(|check| {
                    let how = match &check.kind {
                        CheckKind::Measured { .. } => "measured",
                        CheckKind::Judged { proof, .. } => proof.as_str(),
                    };
                    vec![format!("  {}", check.id), how.to_owned(), check.ask.clone()]
                })
                .collect();
            page += &app.ui.table(&[], &rows);
        }
        page += "\n";
    }
    app.ui.data(&page)?;
    Ok(ExitCode::SUCCESS)
}

fn dimension_json(rubric: &Rubric) -> serde_json::Value {
    let check = |check: &Check| {
        let (proof, metric) = match &check.kind {
            CheckKind::Judged { proof, .. } => (Some(proof.as_str()), None),
            CheckKind::Measured { metric } => (None, Some(metric)),
        };
        json!({
            "id": check.id, "ask": check.ask, "proof": proof, "metric": metric, "needs_facts": check.needs_facts,
            "call_types": check.call_types, "advice": check.advice,
        })
    };
    let criterion = |criterion: &Criterion| {
        json!({
            "id": criterion.id, "title": criterion.title, "weight": criterion.weight, "excellent": criterion.excellent,
            "poor": criterion.poor, "checks": criterion.checks.iter().map(check).collect::<Vec<_>>(),
        })
    };
    json!({
        "id": rubric.id, "title": rubric.title, "version": rubric.version,
        "criteria": rubric.criteria.iter().map(criterion).collect::<Vec<_>>(),
    })
}

fn validate(app: &App<'_>, folder: Option<&Path>) -> Result<ExitCode, CliError> {
    let folder = folder.or(app.settings.rubrics.value.as_deref());
    match load_rubrics(folder) {
        Ok(set) => {
            let (dimensions, criteria, checks) = (
                set.dimensions.len(),
                set.dimensions.iter().map(|rubric| rubric.criteria.len()).sum::<usize>(),
                set.dimensions.iter().flat_map(Rubric::checks).count(),
            );
            app.ui.data(&match app.ui.format {
                Format::Json => app.ui.json(&json!({
                    "schema_version": SCHEMA_VERSION, "valid": true, "hash": set.hash(), "dimensions": dimensions,
                    "criteria": criteria, "checks": checks,
                }))?,
                _ => format!("valid: {dimensions} dimensions, {criteria} criteria, {checks} checks"),
            })?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error @ crate::config::ConfigError::Rubrics(_)) => Err(CliError::new(Kind::Failed, error.to_string())),
        Err(error) => Err(error.into()),
    }
}

fn export(app: &App<'_>, folder: &Path) -> Result<ExitCode, CliError> {
    fs_err::create_dir_all(folder)?;
    let mut written = 0;
    for (name, text) in EMBEDDED {
        let path = folder.join(name);
        if path.exists() {
            app.ui.note(&format!("{} is there already and was kept", path.display()));
        } else {
            fs_err::write(&path, text)?;
            written += 1;
        }
    }
    app.ui.data(&match app.ui.format {
        Format::Json => {
            app.ui.json(&json!({ "schema_version": SCHEMA_VERSION, "folder": folder, "written": written }))?
        }
        _ => format!("{written} files written to {}", folder.display()),
    })?;
    app.ui.note(&format!(
        "Use them: CALL_COACH_RUBRICS={folder}\nCheck them: call-coach rubric validate {folder}",
        folder = folder.display()
    ));
    Ok(ExitCode::SUCCESS)
}
