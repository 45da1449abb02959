//! `db`: bring the schema up to date, look at it, or move everything to another database.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;

use super::super::app::App;
use super::super::args::Format;
use super::super::error::CliError;
use crate::config::Source;
use crate::output::SCHEMA_VERSION;
use crate::store::{Migration, Store, Target};

/// The database: bring its schema up to date, look at it, or move to another one.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Apply what is pending. An SQLite file does this by itself on first use.
    Migrate {
        /// Put the tables beside those of another program.
        #[arg(long)]
        into_existing: bool,
    },
    /// What is applied, what is pending, engine and size.
    Status,
    /// Copy everything into an empty database, of the same engine or the other.
    #[command(
        after_help = "The copy is made in one step: it is whole, or nothing is written. This store stays as it is; \
        to use the other one, set CALL_COACH_DATABASE_URL to it. A password in a URL can be seen by others on this \
        machine while the command runs: leave it out and set PGPASSWORD."
    )]
    Copy {
        /// `postgres://USER@HOST/DATABASE`, or the path of a file that does not exist yet.
        #[arg(value_name = "URL")]
        to: String,
    },
}

pub(in crate::cli) async fn run(app: &App<'_>, command: Command) -> Result<ExitCode, CliError> {
    match command {
        Command::Migrate { into_existing } => migrate(app, into_existing).await,
        Command::Status => status(app).await,
        Command::Copy { to } => copy(app, &to).await,
    }
}

/// The database's address as it may be shown.
fn shown(app: &App<'_>) -> String {
    let row = app.settings.rows().iter().find(|row| row.key == "database_url");
    row.and_then(|row| row.value.clone()).unwrap_or_default()
}

async fn migrate(app: &App<'_>, into_existing: bool) -> Result<ExitCode, CliError> {
    if let Source::DotEnv(variable, path) = &app.settings.database_url.source {
        app.ui.note(&format!("{} comes from {variable} in {}", shown(app), path.display()));
    }
    let migrated = Store::migrate(&app.target()?, into_existing).await?;
    let names: Vec<_> = migrated.applied.iter().map(label).collect();
    app.ui.data(&match app.ui.format {
        Format::Json => {
            let object = json!({ "schema_version": SCHEMA_VERSION, "database": shown(app), "applied": names });
            app.ui.json(&object)?
        }
        _ if names.is_empty() => format!("{} is up to date", shown(app)),
        _ => format!("{}: applied {}", shown(app), names.join(", ")),
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn status(app: &App<'_>) -> Result<ExitCode, CliError> {
    let target = app.target()?;
    let status = Store::status(&target).await?;
    let names = |migrations: &[Migration]| migrations.iter().map(label).collect::<Vec<_>>();
    let (applied, pending) = (names(&status.applied), names(&status.pending));
    if app.ui.format == Format::Json {
        let object = json!({
            "schema_version": SCHEMA_VERSION, "database": shown(app), "engine": target.engine(),
            "engine_version": status.engine_version, "size_bytes": status.size_bytes,
            "applied": applied, "pending": pending,
        });
        app.ui.data(&app.ui.json(&object)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let none = |names: Vec<String>| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let engine = [Some(target.engine().to_owned()), status.engine_version].into_iter().flatten().collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = [
        ("Database", shown(app)),
        ("From", app.settings.database_url.source.to_string()),
        ("Engine", engine.join(" ")),
        ("Size", format!("{:.1} MB", status.size_bytes as f64 / 1_000_000.0)),
        ("Applied", none(applied)),
        ("Pending", none(pending)),
    ]
    .into_iter()
    .map(|(label, value)| vec![label.to_owned(), value])
    .collect();
    app.ui.data(&app.ui.table(&[], &rows))?;
    Ok(ExitCode::SUCCESS)
}

async fn copy(app: &App<'_>, to: &str) -> Result<ExitCode, CliError> {
    let target = Target::parse(to)?;
    let from = Store::open(&app.target()?).await?;
    // One that is in use is refused below; a team's must not be migrated on the way there.
    if Store::status(&target).await?.applied.is_empty() {
        Store::migrate(&target, false).await?;
    }
    let into = Store::open(&target).await?;
    let counts = from.copy_to(&into).await?;
    into.close().await;
    from.close().await;
    if app.ui.format == Format::Json {
        let rows: serde_json::Map<_, _> =
            counts.iter().map(|(table, rows)| ((*table).to_owned(), json!(rows))).collect();
        let object =
            json!({ "schema_version": SCHEMA_VERSION, "from": shown(app), "to": target.to_string(), "rows": rows });
        app.ui.data(&app.ui.json(&object)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows: Vec<Vec<String>> =
        counts.iter().map(|(table, rows)| vec![(*table).to_owned(), rows.to_string()]).collect();
    app.ui.data(&format!("Copied {} to {target}\n\n{}", shown(app), app.ui.table(&["table", "rows"], &rows)))?;
    Ok(ExitCode::SUCCESS)
}

fn label(migration: &Migration) -> String {
    format!("{:04} {}", migration.version, migration.name)
}
