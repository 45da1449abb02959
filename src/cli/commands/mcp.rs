//! `mcp`: the coach for one assistant, on standard input and output.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use serde_json::json;

use super::super::app::App;
use super::super::error::CliError;
use super::super::serving::{self, ServerArguments};
use crate::config::Source;
use crate::server::mcp;
use crate::store::Target;

const EXAMPLES: &str = "\
Examples:
  call-coach mcp --print-config   what to put into the assistant's configuration
  call-coach mcp --read-only      only search and insights: costs nothing
  call-coach mcp --max-cost 0.50  at most so many dollars a call";

/// Serve one assistant over standard input and output, as its program starts it.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    /// Print what to put into the assistant's configuration.
    #[arg(long)]
    print_config: bool,
    #[command(flatten)]
    server: ServerArguments,
}

pub(in crate::cli) async fn run(app: &App<'_>, arguments: Arguments) -> Result<ExitCode, CliError> {
    if arguments.print_config {
        return print_config(app, &arguments.server);
    }
    serving::say_where_panics_are();
    let coach = Arc::new(arguments.server.coach(app).await?);
    serving::say_ready(&coach);
    mcp::on_stdio(coach.clone()).await?;
    coach.store.clone().close().await;
    Ok(ExitCode::SUCCESS)
}

/// The form that Claude Desktop and most other programs read.
fn print_config(app: &App<'_>, server: &ServerArguments) -> Result<ExitCode, CliError> {
    let program = std::env::current_exe()?.to_string_lossy().into_owned();
    let here = &app.environment.working_dir;
    let mut arguments = vec!["mcp".to_owned()];
    arguments.extend(server.typed(here));
    // The assistant's program starts it in another folder, without this shell's variables and files.
    for (flag, path) in [("--config", &app.flags().config), ("--log-file", &app.flags().log_file)] {
        if let Some(path) = path {
            arguments.extend([flag.to_owned(), here.join(path).to_string_lossy().into_owned()]);
        }
    }
    // A URL may hold a password, which does not belong into that file.
    match app.target()? {
        _ if matches!(app.settings.database_url.source, Source::Default) => {}
        Target::Sqlite(path) => {
            let path = here.join(path);
            arguments.extend(["--database-url".to_owned(), path.to_string_lossy().into_owned()]);
        }
        Target::Postgres(_) => {
            app.ui.note("set CALL_COACH_DATABASE_URL for the assistant's program: the address may hold a password");
        }
    }
    let config = json!({ "mcpServers": { "call-coach": { "command": program, "args": arguments } } });
    app.ui.data(&serde_json::to_string_pretty(&config)?)?;
    let typed = shell_words::join([&program].into_iter().chain(&arguments));
    app.ui.note(&format!("for Claude Code: claude mcp add call-coach -- {typed}"));
    Ok(ExitCode::SUCCESS)
}
