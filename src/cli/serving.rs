//! What `serve` and `mcp` share: flags, the checks before the start, and the coach that they serve.

use std::path::Path;

use clap::Args;

use super::analyst::{AnalystArguments, amount};
use super::app::App;
use super::error::{CliError, Kind};
use super::ui;
use crate::analyze::claude::Claude;
use crate::analyze::{Analyst, known_role};
use crate::claude::{KEY_BEGINS, is_foreign_key};
use crate::rubric::RubricSet;
use crate::server::{Coach, Gong, Money, check};
use crate::store::Store;

/// What a server offers, and what it checks before.
#[derive(Debug, Clone, Args)]
pub(super) struct ServerArguments {
    /// Ask no service before the start.
    #[arg(long)]
    dev: bool,
    /// Leave out the tools that may cost money.
    #[arg(long)]
    read_only: bool,
    /// Spend at most so many US dollars a day (UTC).
    #[arg(long, value_name = "USD", value_parser = amount)]
    max_cost_per_day: Option<f64>,
    #[command(flatten)]
    who: AnalystArguments,
}

/// A panic is an error result for the client. What is said about it here is only where: its text may hold words of a
/// call.
pub(super) fn say_where_panics_are() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!(" ({}:{})", place.file(), place.line()));
        ui::raw_error(&format!("error: a mistake inside of call-coach{}", place.unwrap_or_default()));
    }));
}

impl ServerArguments {
    /// The same flags, for a program that is started in another folder than this one.
    pub(super) fn typed(&self, here: &Path) -> Vec<String> {
        let mut typed = Vec::new();
        for (flag, is_given) in [("--dev", self.dev), ("--read-only", self.read_only)] {
            typed.extend(is_given.then(|| flag.to_owned()));
        }
        if let Some(dollars) = self.max_cost_per_day {
            typed.extend(["--max-cost-per-day".to_owned(), dollars.to_string()]);
        }
        typed.extend(self.who.typed(here));
        typed
    }

    /// Checks what the tools need, says what it finds, and returns the coach.
    ///
    /// Without keys nothing is fetched or asked; that is no failure.
    pub(super) async fn coach(&self, app: &App<'_>) -> Result<Coach, CliError> {
        let report = Report { is_quiet: app.settings.server.skip_validation.value };
        let set =
            report.told("Configuration", self.rubrics(app), |set| format!("{} dimensions", set.dimensions.len()))?;
        let target = app.target()?;
        let store =
            report.told("Database", app.store().await, |_| format!("{}, schema up to date", target.engine()))?;
        let gong = report.told("Gong", self.gong(app, &store).await, |gong: &Option<Gong>| match gong {
            Some(_) if self.is_live(app) => "credentials accepted".to_owned(),
            Some(_) => "credentials set, not tried".to_owned(),
            None if self.read_only => "not needed: only what is stored is read".to_owned(),
            None => "not set: no calls are fetched".to_owned(),
        })?;
        let analyst = report.told("Analyst", self.analyst(app).await, |analyst| match analyst {
            Analyst::Claude(claude) if self.is_live(app) => format!("{}, key accepted", claude.model.name),
            Analyst::Claude(claude) => format!("{}, key not tried", claude.model.name),
            Analyst::Local | Analyst::Stored => "built in, nothing is sent anywhere".to_owned(),
        })?;
        let environment = app.environment.clone();
        let dollars = self.who.max_cost.or(app.settings.claude.max_cost.value);
        Ok(Coach {
            store,
            set,
            settings: app.settings.clone(),
            analyst,
            money: Money::new(dollars.map(microusd), self.max_cost_per_day.map(microusd)),
            gong,
            clock: Box::new(move || super::app::now(&environment)),
            read_only: self.read_only,
        })
    }

    /// Whether services are asked before the start.
    fn is_live(&self, app: &App<'_>) -> bool {
        !self.dev && !app.settings.server.skip_validation.value
    }

    fn rubrics(&self, app: &App<'_>) -> Result<RubricSet, CliError> {
        let set = app.rubrics()?;
        let role = &app.settings.role;
        if !app.settings.server.skip_validation.value {
            known_role(&set, &role.value).map_err(|error| {
                CliError::from(error).hint(format!("To mend it: {}", role.source.to_change("role")))
            })?;
        }
        Ok(set)
    }

    async fn gong(&self, app: &App<'_>, store: &Store) -> Result<Option<Gong>, CliError> {
        // Only the tool that may cost money fetches calls.
        if self.read_only {
            return Ok(None);
        }
        let Some((client, allowance)) = app.gong_access()? else { return Ok(None) };
        let gong = Gong { client, allowance, options: app.sync_options() };
        if self.is_live(app) {
            check::gong(&gong, store, app.now).await.map_err(|error| match CliError::from(error) {
                // A sync would say what has come; a start has nothing to lose.
                error if error.kind == Kind::Service => error.hint("Try again later; --dev starts without asking."),
                error => error,
            })?;
        }
        Ok(Some(gong))
    }

    async fn analyst(&self, app: &App<'_>) -> Result<Analyst, CliError> {
        // Without the tool that asks it nobody needs a key.
        if self.read_only {
            return Ok(Analyst::Local);
        }
        let analyst = self.who.analyst(app, false)?;
        if let Analyst::Claude(claude) = &analyst {
            self.check_claude(app, claude).await?;
        }
        Ok(analyst)
    }

    async fn check_claude(&self, app: &App<'_>, claude: &Claude) -> Result<(), CliError> {
        let settings = &app.settings.claude;
        let limits = [self.who.max_cost, settings.max_cost.value, self.max_cost_per_day];
        if limits.iter().any(Option::is_some) && !claude.model.has_price() {
            return Err(CliError::from(claude.no_limit_can_be_kept())
                .hint("Name another model, or a file with its prices: call-coach config set models FILE"));
        }
        // What cannot be a key needs no service to say so.
        if is_foreign_key(settings) && !app.settings.server.skip_validation.value {
            let message = format!("the key for Claude does not begin with {KEY_BEGINS}, as Anthropic's keys do");
            return Err(CliError::new(Kind::Credentials, message)
                .hint("Which key it is and where it comes from: call-coach config show"));
        }
        if self.is_live(app) {
            check::claude(claude, settings.base_url.is_some()).await?;
        }
        Ok(())
    }
}

fn microusd(dollars: f64) -> u64 {
    (dollars * 1e6).floor() as u64
}

/// Says of each check how it ended.
struct Report {
    is_quiet: bool,
}

impl Report {
    fn told<T>(&self, what: &str, result: Result<T, CliError>, found: impl Fn(&T) -> String) -> Result<T, CliError> {
        if !self.is_quiet {
            match &result {
                Ok(value) => ui::raw_error(&format!("✓ {what}: {}", found(value))),
                Err(error) => ui::raw_error(&format!("✗ {what}: {}", error.message)),
            }
        }
        result
    }
}

/// Says that clients are welcome.
pub(super) fn say_ready(coach: &Coach) {
    ui::raw_error(&format!("MCP server ready - {} tools registered", coach.tools().len()));
}
