//! From the arguments to the exit code: settings, runtime, dispatch.

use std::process::ExitCode;

use clap::Parser as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use jiff::Timestamp;

use super::args::{Cli, Command, Format, Global};
use super::commands::{self, config};
use super::error::{CliError, Kind};
use super::log;
use super::ui::{self, Ui};
use crate::config::{ConfigError, Environment, Flags, Setting, Settings, load_rubrics, oddities};
use crate::rubric::RubricSet;
use crate::store::{Store, Target};

/// What is known before the settings are loaded: enough for the commands that must work when they cannot be.
pub(super) struct Start<'a> {
    pub(super) ui: &'a Ui,
    pub(super) environment: Environment,
    pub(super) flags: Flags,
    pub(super) now: Timestamp,
}

/// What every other command gets.
pub(super) struct App<'a> {
    pub(super) ui: &'a Ui,
    pub(super) settings: Settings,
    pub(super) environment: Environment,
    pub(super) now: Timestamp,
    flags: Flags,
}

impl<'a> App<'a> {
    fn new(start: Start<'a>, global: &Global, is_server: bool) -> Result<Self, CliError> {
        let Start { ui, environment, flags, now } = start;
        let settings = Settings::load(&flags, &environment)?;
        log::start(&settings, global, ui, is_server)?;
        for note in &settings.notes {
            ui.note(note);
        }
        Ok(App { ui, settings, environment, now, flags })
    }

    /// The flags that are settings, as typed.
    pub(super) fn flags(&self) -> &Flags {
        &self.flags
    }

    /// Refuses keys that no service would take, before one is asked: `your-key-here`, or one in quotation marks.
    pub(super) fn check_keys(&self, keys: &[&str]) -> Result<(), CliError> {
        match oddities(&self.flags, &self.environment)?.into_iter().find(|oddity| keys.contains(&oddity.key)) {
            None => Ok(()),
            Some(oddity) => {
                Err(CliError::new(Kind::Usage, oddity.told()).hint(format!("To mend it: {}", oddity.mend())))
            }
        }
    }

    /// Opens the database that the settings name.
    pub(super) async fn store(&self) -> Result<Store, CliError> {
        Ok(Store::open(&self.target()?).await?)
    }

    /// The database that the settings name.
    pub(super) fn target(&self) -> Result<Target, CliError> {
        Ok(Target::parse(self.settings.database_url.value.expose())?)
    }

    /// The rubrics, with the user's files over the embedded ones.
    pub(super) fn rubrics(&self) -> Result<RubricSet, CliError> {
        let Setting { value: folder, source } = &self.settings.rubrics;
        load_rubrics(folder.as_deref()).map_err(|error| match error {
            ConfigError::Io(error) => CliError::new(Kind::NotFound, format!("the rubrics cannot be read: {error}"))
                .hint(format!("To mend it: {}; without it the embedded ones hold", source.to_change("rubrics"))),
            other => other.into(),
        })
    }
}

/// The point in time that counts as now: the only clock that is read.
#[expect(clippy::disallowed_methods, reason = "the clock is read here and passed on")]
pub(super) fn now(environment: &Environment) -> Timestamp {
    environment.fixed_now().unwrap_or_else(Timestamp::now)
}

/// Runs the program: what was typed in, an exit code out.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let error = with_others(error);
            not_parsed(&error);
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let environment = Environment::of_process();
    let ui = Ui::new(&cli.global, &environment);
    let Global { config, database_url, log_file, .. } = cli.global.clone();
    let flags = Flags { config, database_url, log_file };
    let result = match ui.can_write() {
        _ if !cli.command.prints(ui.format) => Err(no_such_format(ui.format)),
        Err(error) => Err(error),
        Ok(()) => run(Start { ui: &ui, now: now(&environment), environment, flags }, &cli.global, cli.command),
    };
    result.unwrap_or_else(|error| {
        tracing::error!(kind = error.kind.as_str(), "failed");
        report(&ui, &error, cli.global.verbose > 0);
        error.kind.exit_code()
    })
}

fn no_such_format(format: Format) -> CliError {
    let name = match format {
        Format::Html => "HTML",
        Format::Csv => "CSV",
        _ => "markdown",
    };
    CliError::new(Kind::Usage, format!("this command prints no {name}"))
        .hint("HTML comes from analyze and insights, CSV from search and insights, JSON from all")
}

fn run(start: Start<'_>, global: &Global, command: Command) -> Result<ExitCode, CliError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    // A server ends what it is doing first.
    if !matches!(command, Command::Serve(_)) {
        runtime.spawn(end_when_interrupted());
    }
    runtime.block_on(dispatch(start, global, command))
}

/// Runs beside the command, which may itself wait for standard input or an answer and would not hear an interrupt.
/// Nothing is lost: every write is one transaction, and what is not done yet is simply not there.
async fn end_when_interrupted() {
    if tokio::signal::ctrl_c().await.is_ok() {
        ui::restore_terminal();
        std::process::exit(i32::from(Kind::Interrupted.code()));
    }
}

async fn dispatch(start: Start<'_>, global: &Global, command: Command) -> Result<ExitCode, CliError> {
    let is_server = matches!(command, Command::Serve(_) | Command::Mcp(_));
    let load = |start| App::new(start, global, is_server);
    match command {
        // Help, and what mends the settings, must be there when they are wrong.
        Command::Completions(arguments) => commands::completions::run(start.ui, &arguments),
        Command::Man(arguments) => commands::man::run(start.ui, &arguments),
        Command::Help(arguments) => commands::help::run(start.ui, &arguments),
        Command::Init(arguments) => commands::init::run(&start, &arguments).await,
        Command::Doctor(arguments) => commands::doctor::run(&start, &arguments).await,
        Command::Config(config::Command::Path) => config::path(&start),
        Command::Config(config::Command::Edit) => config::edit(&start),
        Command::Config(config::Command::Set { key, value }) => config::set(&start, &key, value),
        Command::Config(config::Command::Show) => config::show(&load(start)?),
        Command::Analyze(arguments) => commands::analyze::run(&load(start)?, *arguments).await,
        Command::Import(arguments) => commands::import::run(&load(start)?, arguments).await,
        Command::Sync(arguments) => commands::sync::run(&load(start)?, arguments).await,
        Command::Show(arguments) => commands::show::run(&load(start)?, arguments).await,
        Command::Search(arguments) => commands::search::run(&load(start)?, *arguments).await,
        Command::Insights(arguments) => commands::insights::run(&load(start)?, arguments).await,
        Command::Roster(command) => commands::roster::run(&load(start)?, command).await,
        Command::Review(arguments) => commands::review::run(&load(start)?, arguments).await,
        Command::Forget(arguments) => commands::forget::run(&load(start)?, arguments).await,
        Command::Demo(arguments) => commands::demo::run(&load(start)?, arguments).await,
        Command::Rubric(command) => commands::rubric::run(&load(start)?, command),
        Command::Db(command) => commands::db::run(&load(start)?, command).await,
        Command::Serve(arguments) => commands::serve::run(&load(start)?, *arguments).await,
        Command::Mcp(arguments) => commands::mcp::run(&load(start)?, *arguments).await,
    }
}

/// What a command takes in place of what is missing: clap names the argument only.
fn with_others(mut error: clap::Error) -> clap::Error {
    let missing = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::Strings(missing)) if error.kind() == ErrorKind::MissingRequiredArgument => missing.first(),
        _ => None,
    };
    let tip = match missing.map(String::as_str) {
        Some("<REP>") => "everybody: call-coach insights --team; what is worth your hour: call-coach insights --weekly",
        Some("<CALL>...") => "every call without a score: call-coach analyze --unscored",
        _ => return error,
    };
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    error
}

/// Tells what was typed wrongly, as an object under `--json`; or prints what was asked for, help or the version.
fn not_parsed(error: &clap::Error) {
    let arguments: Vec<_> = std::env::args_os().collect();
    let json = arguments
        .iter()
        .any(|argument| ["--json", "--format=json", "--format=jsonl"].iter().any(|json| argument == json))
        || arguments
            .windows(2)
            .any(|pair| matches!(pair, [flag, value] if flag == "--format" && (value == "json" || value == "jsonl")));
    if !(json && error.use_stderr()) {
        // Help and version go to stdout, mistakes to stderr; a closed pipe is nobody's mistake.
        let _ = error.print();
        return;
    }
    let text = error.render().to_string();
    let (message, hint) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mistake = CliError::new(Kind::Usage, message.trim_start_matches("error: ").trim()).hint(hint.trim());
    ui::raw_error(&mistake.to_json(false));
}

/// Tells what went wrong, as an object under `--json`.
pub(super) fn report(ui: &Ui, error: &CliError, verbose: bool) {
    if ui.format == Format::Json {
        ui::raw_error(&error.to_json(verbose));
        return;
    }
    let mut text = error.message.clone();
    for line in error.hint.iter() {
        text = format!("{text}\n{line}");
    }
    for cause in error.chain.iter().filter(|_| verbose) {
        text = format!("{text}\nbecause: {cause}");
    }
    ui.error(&text);
}

/// The exit code for several things of which some failed.
pub(super) fn partly(failed: usize, all: usize, only: Kind) -> ExitCode {
    match failed {
        0 => ExitCode::SUCCESS,
        _ if all == 1 => only.exit_code(),
        _ => Kind::Partly.exit_code(),
    }
}
