//! `forget`: remove calls for good.

use std::process::ExitCode;

use clap::{ArgGroup, Args};
use serde_json::json;

use super::super::app::App;
use super::super::args::Format;
use super::super::error::{CliError, Kind};
use super::calls;
use super::period;
use crate::dates;
use crate::model::ids::CallRef;
use crate::output::SCHEMA_VERSION;
use crate::render::text;
use crate::store::Store;

/// Remove calls with words, results and quotes for good. No import or sync brings them back.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("which").args(["calls", "party", "before"]).required(true))]
pub(in crate::cli) struct Arguments {
    /// References such as c412, or ids at the source.
    #[arg(value_name = "CALL")]
    calls: Vec<String>,
    /// Every call on which the person with this e-mail took part.
    #[arg(long, value_name = "E-MAIL")]
    party: Option<String>,
    /// Every call that began before then: 2025-01-01, 2y, last-year.
    #[arg(long, value_name = "TIME")]
    before: Option<String>,
    /// Do not ask.
    #[arg(short, long)]
    yes: bool,
}

pub(in crate::cli) async fn run(app: &App<'_>, arguments: Arguments) -> Result<ExitCode, CliError> {
    let store = app.store().await?;
    let calls = chosen(app, &store, &arguments).await?;
    let count = text::count(u32::try_from(calls.len()).unwrap_or(u32::MAX), "call", "calls");
    if !calls.is_empty() {
        if !arguments.yes && !asked(app, &store, &calls, &count).await? {
            store.close().await;
            app.ui.note("Nothing was removed.");
            return Ok(ExitCode::SUCCESS);
        }
        store.forget(&calls, app.now).await?;
        store.wipe().await?;
    }
    store.close().await;
    app.ui.data(&match app.ui.format {
        Format::Json => {
            let refs: Vec<_> = calls.iter().map(ToString::to_string).collect();
            app.ui.json(&json!({ "schema_version": SCHEMA_VERSION, "forgotten": refs }))?
        }
        _ if calls.is_empty() => "No such call: nothing was removed.".to_owned(),
        _ => format!("{count} removed for good, with words and results."),
    })?;
    if !calls.is_empty() {
        app.ui.note("Backups, and copies that were made before a migration (.bak), are not touched.");
    }
    Ok(ExitCode::SUCCESS)
}

async fn chosen(app: &App<'_>, store: &Store, arguments: &Arguments) -> Result<Vec<CallRef>, CliError> {
    if let Some(email) = &arguments.party {
        if !email.contains('@') {
            return Err(CliError::new(Kind::Usage, format!("`{email}` is no e-mail address")));
        }
        let calls = store.calls_of_party(email).await?;
        if calls.is_empty() {
            let message = format!("nobody with the e-mail address {} is stored", email.trim());
            return Err(CliError::new(Kind::NotFound, message)
                .hint("Nothing was removed. Who took part where: call-coach search --participant NAME"));
        }
        return Ok(calls);
    }
    if let Some(before) = &arguments.before {
        // `--before 2025` is before it begins.
        let Some(time) = dates::from(before, &period::now(app))? else {
            return Err(CliError::new(Kind::Usage, format!("nothing is before `{before}`")));
        };
        return Ok(store.calls_before(time).await?);
    }
    let mut refs = Vec::new();
    for name in &arguments.calls {
        refs.push(calls::stored(store, name).await?);
    }
    refs.sort_unstable();
    refs.dedup();
    Ok(refs)
}

/// How many calls are named before asking.
const NAMED: usize = 10;

async fn asked(app: &App<'_>, store: &Store, calls: &[CallRef], count: &str) -> Result<bool, CliError> {
    if !app.ui.may_ask() {
        return Err(CliError::new(Kind::Usage, format!("{count} would be removed for good"))
            .hint("Nothing was removed. If that is meant, add --yes"));
    }
    let mut named = Vec::new();
    for call in calls.iter().take(NAMED) {
        let stored = store.call(*call).await?;
        named.push(format!("{call}  {}", stored.call.title.unwrap_or(stored.call.ext_id)));
    }
    if calls.len() > NAMED {
        named.push(format!("and {} more", calls.len() - NAMED));
    }
    app.ui.note(&named.join("\n"));
    Ok(dialoguer::Confirm::new()
        .with_prompt(format!("Remove {count} for good, with words and results?"))
        .default(false)
        .interact()?)
}
