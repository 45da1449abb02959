//! `help`: how to use a command, and what belongs to none of them.
//!
//! To add a topic: a row in [`TOPICS`].

use std::process::ExitCode;

use clap::{Args, CommandFactory as _};

use super::super::args::{Cli, EXIT_CODES};
use super::super::error::{self, CliError, Kind};
use super::super::ui::Ui;
use crate::dates;
use crate::spelling;
use crate::transcript::Format;

/// A name and what it prints on a page of so many columns.
type Topic = (&'static str, fn(usize) -> String);

const TOPICS: [Topic; 3] = [
    ("exit-codes", |width| wrapped(EXIT_CODES, width)),
    ("formats", formats),
    ("dates", |width| wrapped(dates::HELP, width)),
];
/// What is wider is read with difficulty, as in the help of the commands.
const WIDEST: usize = 100;

/// How to use a command, or a topic: exit-codes, formats, dates.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// A command such as analyze or db migrate, or a topic.
    #[arg(value_name = "COMMAND")]
    words: Vec<String>,
}

pub(in crate::cli) fn run(ui: &Ui, arguments: &Arguments) -> Result<ExitCode, CliError> {
    ui.data(&text(&arguments.words, ui.style.width.min(WIDEST))?)?;
    Ok(ExitCode::SUCCESS)
}

fn text(words: &[String], width: usize) -> Result<String, CliError> {
    if let [topic] = words
        && let Some((_, text)) = TOPICS.iter().find(|(name, _)| name == topic)
    {
        return Ok(text(width));
    }
    let mut cli = Cli::command();
    // Only a built command knows its full name and the flags of every command.
    cli.build();
    let mut command = &mut cli;
    for word in words {
        command = command.find_subcommand_mut(word).ok_or_else(|| {
            let topics: Vec<_> = TOPICS.iter().map(|(name, _)| *name).collect();
            let meant = error::did_you_mean(spelling::nearest(word, topics.iter().copied()));
            let hint = format!("{meant}Type `call-coach help` for the commands. Further topics: {}", topics.join(", "));
            CliError::new(Kind::Usage, format!("there is no help on `{}`", words.join(" "))).hint(hint)
        })?;
    }
    Ok(command.render_long_help().to_string())
}

/// The text in lines of at most this width. What is said of an entry stays in its column.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines = Vec::new();
    let mut column = None;
    for line in text.lines() {
        let begin = line.len() - line.trim_start().len();
        // Two blanks end an entry; a long one ends where those above it do.
        let two_blanks = line.trim_start().find("  ").map(|gap| begin + gap);
        let said = two_blanks.and_then(|at| Some(at + line.get(at..)?.find(|c| c != ' ')?));
        let same = column.filter(|at: &usize| line.get(at - 1..*at) == Some(" "));
        column = said.or(same).filter(|_| begin > 0);
        let indent = " ".repeat(column.unwrap_or(begin));
        let options = textwrap::Options::new(width.max(1)).subsequent_indent(&indent);
        // A hyphen is no place to break: what is typed stays whole.
        lines.push(textwrap::fill(line, options.word_splitter(textwrap::WordSplitter::NoHyphenation)));
    }
    lines.join("\n")
}

/// The files that can be read: how each is recognised, and where it comes from.
fn formats(width: usize) -> String {
    const LABEL: usize = 28;
    let indent = " ".repeat(LABEL);
    let mut text =
        wrapped("Transcript files that can be read. The format is found by content, never by the name.", width);
    text.push('\n');
    for format in Format::ALL {
        let about = format.about();
        let label = format!("{:<LABEL$}", about.label);
        for (start, column) in [(&label, about.sign.to_string()), (&indent, about.source.to_owned())] {
            let options = textwrap::Options::new(width.max(1)).initial_indent(start).subsequent_indent(&indent);
            text.push('\n');
            text.push_str(&textwrap::fill(&column, options));
        }
    }
    text.push_str("\n\n");
    text.push_str(&wrapped(
        "Text is UTF-8, or UTF-16 with a byte-order mark. A file in which nobody is named is refused: without speakers \
         nobody can be coached.",
        width,
    ));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(words: &[&str]) -> Result<String, CliError> {
        text(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), 80)
    }

    #[test]
    fn topics_keep_to_the_page() {
        for (name, topic) in TOPICS {
            for width in [60, 80, 100] {
                let page = topic(width);
                assert!(page.lines().all(|line| line.chars().count() <= width), "{name} at {width}:\n{page}");
            }
        }
        let page = wrapped("  30d   the last days, today\n  a..bc the same-day\nA line of words.", 18);
        assert_eq!(
            page,
            "  30d   the last\n        days,\n        today\n  a..bc the\n        same-day\nA line of words."
        );
    }

    #[test]
    fn commands_and_topics_are_found() {
        assert!(help(&[]).expect("good").contains("Usage: call-coach [OPTIONS] <COMMAND>"));
        let migrate = help(&["db", "migrate"]).expect("good");
        assert!(migrate.contains("Usage: call-coach db migrate") && migrate.contains("--database-url"), "{migrate}");
        assert_eq!(help(&["db", "exit-codes"]).expect_err("no topic of db").kind, Kind::Usage);
    }

    #[test]
    fn every_format_is_listed_with_its_sign_and_source() {
        let text = help(&["formats"]).expect("good");
        for format in Format::ALL {
            let rows = text.lines().filter(|line| line.starts_with(&format!("{} ", format.label())));
            assert_eq!(rows.count(), 1, "{format:?}");
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(&format.about().sign.to_string()) && words.contains(format.about().source));
        }
    }

    #[test]
    fn every_exit_code_is_explained() {
        let text = help(&["exit-codes"]).expect("good");
        for kind in [
            Kind::Failed,
            Kind::Usage,
            Kind::Partly,
            Kind::Credentials,
            Kind::NotFound,
            Kind::Service,
            Kind::Database,
            Kind::Interrupted,
        ] {
            assert!(text.lines().any(|line| line.trim_start().starts_with(&format!("{} ", kind.code()))), "{kind:?}");
        }
    }
}
