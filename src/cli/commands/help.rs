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

/// A name and what it prints.
type Topic = (&'static str, fn() -> String);

const TOPICS: [Topic; 3] =
    [("exit-codes", || EXIT_CODES.to_owned()), ("formats", formats), ("dates", || dates::HELP.to_owned())];

/// How to use a command, or a topic: exit-codes, formats, dates.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// A command such as analyze or db migrate, or a topic.
    #[arg(value_name = "COMMAND")]
    words: Vec<String>,
}

pub(in crate::cli) fn run(ui: &Ui, arguments: &Arguments) -> Result<ExitCode, CliError> {
    ui.data(&text(&arguments.words)?)?;
    Ok(ExitCode::SUCCESS)
}

fn text(words: &[String]) -> Result<String, CliError> {
    if let [topic] = words
        && let Some((_, text)) = TOPICS.iter().find(|(name, _)| name == topic)
    {
        return Ok(text());
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

/// The files that can be read: how each is recognised, and where it comes from.
fn formats() -> String {
    const WIDTH: usize = 100;
    const LABEL: usize = 28;
    let indent = " ".repeat(LABEL);
    let mut text =
        String::from("Transcript files that can be read. The format is found by content, never by the name.\n");
    for format in Format::ALL {
        let about = format.about();
        let label = format!("{:<LABEL$}", about.label);
        for (start, column) in [(&label, about.sign.to_string()), (&indent, about.source.to_owned())] {
            let options = textwrap::Options::new(WIDTH).initial_indent(start).subsequent_indent(&indent);
            text.push('\n');
            text.push_str(&textwrap::fill(&column, options));
        }
    }
    text.push_str(
        "\n\nText is UTF-8, or UTF-16 with a byte-order mark. A file in which nobody is named is refused: without speakers\nnobody can be coached.\n",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(words: &[&str]) -> Result<String, CliError> {
        text(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
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
        assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
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
