//! `serve`: the coach for assistants and web pages, on HTTP.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use tokio::sync::oneshot;

use super::super::app::App;
use super::super::error::{CliError, Kind};
use super::super::serving::{self, ServerArguments};
use super::super::ui;
use crate::server::http::{Listening, Ready, is_loopback, router};

const EXAMPLES: &str = "\
Examples:
  call-coach serve                             check everything, then listen at 127.0.0.1:8000
  call-coach serve --dev --listen 127.0.0.1:0  start at once, at any free port
  call-coach serve --read-only                 only search and insights: costs nothing
  call-coach serve --max-cost-per-day 5        at most so many dollars a day";

/// Serve assistants and web pages: MCP at /mcp, plain JSON at /tools/NAME, /health.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    /// Where to listen. Another address than this machine's own needs CALL_COACH_SERVER_TOKEN.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8000")]
    listen: SocketAddr,
    #[command(flatten)]
    server: ServerArguments,
}

pub(in crate::cli) async fn run(app: &App<'_>, arguments: Arguments) -> Result<ExitCode, CliError> {
    serving::say_where_panics_are();
    let settings = &app.settings.server;
    if !is_loopback(arguments.listen.ip()) && settings.token.is_none() {
        let message = format!("{} can be reached by other machines, and no token is set", arguments.listen);
        return Err(CliError::new(Kind::Usage, message)
            .hint("Set CALL_COACH_SERVER_TOKEN to a long random text, or listen at 127.0.0.1"));
    }
    let listening = Listening::at(arguments.listen).await.map_err(|error| cannot_listen(arguments.listen, &error))?;
    let address = listening.address()?;
    let ready = Ready::default();
    let (ended, end) = oneshot::channel();
    let routes = router(settings, address, &ready);
    // Health is told from the first moment on, and no before yes.
    let serving = tokio::spawn(listening.serve(routes, async move {
        asked_to_end().await;
        let _ = ended.send(());
    }));
    let coach = tokio::select! {
        coach = arguments.server.coach(app) => Arc::new(coach?),
        _ = end => return Ok(ExitCode::SUCCESS),
    };
    let _ = ready.set(coach.clone());
    ui::raw_error(&format!("Listening at http://{address}"));
    serving::say_ready(&coach);
    serving.await.map_err(|error| CliError::new(Kind::Failed, error.to_string()))?;
    coach.store.clone().close().await;
    Ok(ExitCode::SUCCESS)
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> CliError {
    CliError::new(Kind::Usage, format!("cannot listen at {address}: {error}"))
        .hint("Is another program there? Name another port: --listen 127.0.0.1:8001")
}

/// Waits for an interrupt, or for what a supervisor sends.
async fn asked_to_end() {
    let interrupted = async {
        // Where signals cannot be heard, only the other way remains.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
