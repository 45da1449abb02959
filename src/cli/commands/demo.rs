//! `demo`: a sample team to explore, in a database of its own.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::super::app::App;
use super::super::args::Format;
use super::super::error::{CliError, Kind};
use crate::demo;
use crate::output::SCHEMA_VERSION;
use crate::store::{Store, StoreError, Target};

/// Make a sample team to explore: six invented reps and their calls of the last 90 days, in a database of its own.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Where to put it; by default demo.db in the folder of your data. An earlier sample there is replaced.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

pub(in crate::cli) async fn run(app: &App<'_>, arguments: Arguments) -> Result<ExitCode, CliError> {
    let usual = || app.environment.data_dir.as_ref().map(|folder| folder.join("demo.db"));
    let path = arguments.file.clone().or_else(usual).ok_or_else(|| {
        CliError::new(Kind::Usage, "there is no folder for data").hint("Name a file: call-coach demo --file demo.db")
    })?;
    let path = std::path::absolute(path)?;
    let set = app.rubrics()?;
    remove_sample(&path).await?;
    let store = Store::open(&Target::Sqlite(path.clone())).await.map_err(|error| match &error {
        StoreError::File { .. } | StoreError::NotADatabase(_) => {
            CliError::from(error).hint("Name another file: call-coach demo --file FILE")
        }
        _ => error.into(),
    })?;
    let bar = app.ui.bar();
    let calls = demo::fill(&store, &set, app.now, |done, all| {
        bar.set_length(all.unsigned_abs());
        bar.set_position(done.unsigned_abs());
    })
    .await;
    bar.finish_and_clear();
    store.close().await;
    let calls = calls?;
    let shown = path.display().to_string();
    app.ui.data(&match app.ui.format {
        Format::Json => {
            let object = json!({ "schema_version": SCHEMA_VERSION, "database": shown, "reps": 6, "calls": calls });
            app.ui.json(&object)?
        }
        _ => next(&shown, calls),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// An earlier sample is replaced; any other file is not.
async fn remove_sample(path: &Path) -> Result<(), CliError> {
    if !path.exists() {
        return Ok(());
    }
    let refuse = || {
        CliError::new(Kind::Usage, format!("{} is there already and is no sample", path.display()))
            .hint("Name another file: call-coach demo --file FILE")
    };
    let store = Store::open(&Target::Sqlite(path.to_owned())).await.map_err(|_| refuse())?;
    let is_sample = demo::is_sample(&store).await;
    store.close().await;
    if !is_sample? {
        return Err(refuse());
    }
    for ending in ["", "-wal", "-shm"] {
        let file = PathBuf::from(format!("{}{ending}", path.display()));
        if file.exists() {
            fs_err::remove_file(&file)?;
        }
    }
    Ok(())
}

fn next(path: &str, calls: i64) -> String {
    let path = if path.contains(' ') { format!("'{path}'") } else { path.to_owned() };
    format!(
        "A sample team is ready: 6 invented reps, {calls} calls of the last 90 days, scored on this machine.\n\
         It lies in a database of its own; your own data is not touched.\n\n\
         Use it in this terminal:\n  export CALL_COACH_DATABASE_URL={path}\n\n\
         Then try:\n  \
           call-coach insights mara                          one rep over time\n  \
           call-coach insights --team                        everybody, by name\n  \
           call-coach insights --weekly                      what is worth your hour\n  \
           call-coach search --objection pricing --from 30d  who heard about the price\n  \
           call-coach search --text '\"by hand\" -mistake'     what was said, and when\n  \
           call-coach analyze c12                            one call's report\n  \
           call-coach show c12 --at 3:00                     the words\n  \
           call-coach roster list                            who is who\n\n\
         Back to your own data: unset CALL_COACH_DATABASE_URL"
    )
}
