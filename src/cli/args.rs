//! What can be typed. Flags are plain options: only the configuration loader reads variables.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::commands::{
    analyze, completions, config, db, demo, doctor, forget, help, import, init, insights, man, mcp, review, roster,
    rubric, search, serve, show, sync,
};

const EXAMPLES: &str = "\
Examples:
  call-coach analyze samples/01-discovery.json  score a call, print the report
  call-coach analyze zoom.vtt --rep Roger       name our person yourself
  call-coach analyze c1 --full                  every check and its evidence
  call-coach show c1 --at 3:12                  read what was said there";

/// Reads a whole number within bounds; clap's own message names Rust's reason, not what to type.
pub(super) fn whole<T>(bounds: RangeInclusive<T>) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static
where
    T: FromStr + PartialOrd + Display + Clone + Send + Sync + 'static,
{
    move |text| {
        let number = text.parse().ok().filter(|number| bounds.contains(number));
        number.ok_or_else(|| format!("expected a whole number from {} to {}", bounds.start(), bounds.end()))
    }
}

/// Reads a moment of a call, `3:12` or `1:03:12`, as milliseconds.
pub(super) fn moment(text: &str) -> Result<i64, String> {
    /// More hours than any recording has.
    const MOST: i64 = 9_999;
    let parts: Vec<i64> = text.split(':').map(|part| part.parse().unwrap_or(-1)).collect();
    let below_60 = parts.iter().skip(1).all(|part| (0..60).contains(part));
    match parts.as_slice() {
        [minutes @ 0..=MOST, seconds] if below_60 => Ok((minutes * 60 + seconds) * 1_000),
        [hours @ 0..=MOST, minutes, seconds] if below_60 => Ok(((hours * 60 + minutes) * 60 + seconds) * 1_000),
        _ => Err("expected a moment of a call, such as 3:12 or 1:03:12".to_owned()),
    }
}

/// The public contract of exit codes.
pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0    done, an empty result included
  1    the answer is no (a validation failed), or an unclassified error
  2    usage or configuration
  3    partly done: some calls failed, each is named
  4    credentials refused
  5    a call, rep or file that does not exist, or is not ready yet
  6    a service failed or its limit is used up
  7    database
  130  interrupted
A closed pipe is 0.";

/// A coach for sales calls: scores a call, proves each judgement with the words that were said, and names the one
/// thing to do next.
#[derive(Debug, Parser)]
#[command(name = "call-coach", version = env!("CALL_COACH_VERSION"), propagate_version = true)]
#[command(before_help = EXAMPLES, after_long_help = EXIT_CODES)]
#[command(max_term_width = 100, arg_required_else_help = true, disable_help_subcommand = true)]
pub(super) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
    /// Flags of every command.
    #[command(flatten)]
    pub(super) global: Global,
}

/// Flags of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Global {
    /// How to print the result; by default what the ending of --output says, else a table.
    #[arg(long, value_enum, global = true)]
    pub(super) format: Option<FormatName>,
    /// The same as --format json.
    #[arg(long, global = true, conflicts_with = "format")]
    pub(super) json: bool,
    /// Write the result to a file instead of stdout.
    #[arg(short, long, value_name = "FILE", global = true)]
    pub(super) output: Option<PathBuf>,
    /// No notes on stderr.
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Show what lies behind an error, and log more; twice for details.
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub(super) verbose: u8,
    /// How the log is written.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text", global = true)]
    pub(super) log_format: LogFormat,
    /// Write the log to the end of a file instead of stderr.
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) log_file: Option<PathBuf>,
    /// No colours.
    #[arg(long, global = true)]
    pub(super) no_color: bool,
    /// Never ask anything.
    #[arg(long, global = true)]
    pub(super) no_input: bool,
    /// The configuration file to read.
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) config: Option<PathBuf>,
    /// Where the data is kept: a PostgreSQL URL or the path of an SQLite file.
    #[arg(long, value_name = "URL", global = true)]
    pub(super) database_url: Option<String>,
}

/// How a result is printed, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// For people, in a terminal.
    Table,
    /// One object.
    Json,
    /// One object a line, each as soon as it is there.
    Jsonl,
    /// For documents and chats.
    Markdown,
    /// A page to open or to mail (analyze, insights).
    Html,
    /// For spreadsheets (search, insights).
    Csv,
}

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// For people, in a terminal.
    Table,
    /// As JSON.
    Json,
    /// For documents and chats.
    Markdown,
    /// A page that needs nothing else.
    Html,
    /// A table for spreadsheets.
    Csv,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// A line an event, for people.
    Text,
    /// An object an event, for programs.
    Json,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Score calls and print the reports.
    Analyze(Box<analyze::Arguments>),
    /// Bring in transcript files without scoring them.
    Import(import::Arguments),
    /// Pull calls and their words from Gong.
    Sync(sync::Arguments),
    /// Print a stored call and what was said.
    Show(show::Arguments),
    /// Find calls: by people, time, score, concerns, words.
    Search(Box<search::Arguments>),
    /// How a rep or the team develops, and the one thing to work on.
    Insights(insights::Arguments),
    /// Who our people are: names, e-mails, aliases, roles, teams.
    #[command(subcommand)]
    Roster(roster::Command),
    /// Correct a verdict: your word replaces the analyst's.
    Review(review::Arguments),
    /// Remove calls with words and results for good.
    Forget(forget::Arguments),
    /// A sample team to explore, in a database of its own.
    Demo(demo::Arguments),
    /// See and check the questions, weights and guidelines.
    #[command(subcommand)]
    Rubric(rubric::Command),
    /// The database: update its schema, look at it, move it.
    #[command(subcommand)]
    Db(db::Command),
    /// The settings.
    #[command(subcommand)]
    Config(config::Command),
    /// Set up in a few questions: data, company, Gong, Claude.
    Init(Box<init::Arguments>),
    /// Say what is wrong with the set-up, and what to type.
    Doctor(doctor::Arguments),
    /// Serve assistants and web pages over HTTP.
    Serve(Box<serve::Arguments>),
    /// Serve one assistant over standard input and output.
    Mcp(Box<mcp::Arguments>),
    /// What a shell needs to complete commands and flags.
    Completions(completions::Arguments),
    /// The manual: call-coach man | man -l -.
    Man(man::Arguments),
    /// How to use a command, or a topic: exit-codes, formats, dates.
    Help(help::Arguments),
}

impl Command {
    /// Whether it prints this format. Whoever asks for another shall hear so, and not find a table in `report.html`.
    pub(super) fn prints(&self, format: Format) -> bool {
        match format {
            Format::Table | Format::Json => true,
            Format::Markdown => {
                !matches!(self, Command::Doctor(_) | Command::Sync(_) | Command::Init(_) | Command::Demo(_))
            }
            Format::Html => matches!(self, Command::Analyze(_) | Command::Insights(_)),
            Format::Csv => matches!(self, Command::Search(_) | Command::Insights(_)),
        }
    }
}
