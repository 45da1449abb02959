//! The one printer: stdout is data, stderr is talk.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style as Ansi};

use super::args::{Format, Global};
use crate::config::Environment;
use crate::render::{self, Style};

/// Width of a page that is no terminal.
const PAGE: usize = 80;

/// How and where to print.
#[derive(Debug)]
pub(super) struct Ui {
    /// How results are printed.
    pub(super) format: Format,
    /// The page that tables are drawn on.
    pub(super) style: Style,
    output: Option<PathBuf>,
    quiet: bool,
    may_ask: bool,
    colour_on_stderr: bool,
}

impl Ui {
    pub(super) fn new(global: &Global, environment: &Environment) -> Self {
        let terminal = global.output.is_none() && io::stdout().is_terminal();
        let is_set = |name: &str| environment.get(name).is_some();
        let colour = |terminal: bool| match () {
            () if global.no_color || is_set("NO_COLOR") => false,
            () if is_set("FORCE_COLOR") => true,
            () => terminal && environment.get("TERM") != Some("dumb"),
        };
        let width = environment.get("COLUMNS").and_then(|columns| columns.parse().ok()).or_else(|| {
            let (width, _) = terminal_size::terminal_size().filter(|_| terminal)?;
            Some(usize::from(width.0))
        });
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| environment.get(name));
        let unicode = !terminal || locale.is_some_and(|locale| locale.to_lowercase().replace('-', "").contains("utf8"));
        Ui {
            format: format(global),
            style: Style { width: width.unwrap_or(PAGE), colour: colour(terminal), unicode },
            output: global.output.clone(),
            quiet: global.quiet,
            may_ask: !global.no_input && io::stdin().is_terminal() && io::stderr().is_terminal(),
            colour_on_stderr: colour(io::stderr().is_terminal()),
        }
    }

    /// Whether there is somebody to ask.
    pub(super) fn may_ask(&self) -> bool {
        self.may_ask
    }

    /// Prints the result, or writes it to the file of `--output`, whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written. A closed pipe is no error: whoever read it has seen enough.
    pub(super) fn data(&self, text: &str) -> io::Result<()> {
        let text = if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
        match &self.output {
            Some(path) => write_whole(path, &text),
            None => match io::stdout().lock().write_all(text.as_bytes()) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                other => other,
            },
        }
    }

    /// A plain table on this page.
    pub(super) fn table(&self, headers: &[&str], rows: &[Vec<String>]) -> String {
        render::columns(headers, rows, self.style)
    }

    /// Says something on stderr that is not the result.
    pub(super) fn note(&self, text: &str) {
        if !self.quiet {
            self.talk("note", AnsiColor::Cyan, text);
        }
    }

    /// Says on stderr what went wrong; `--quiet` does not hide it.
    pub(super) fn error(&self, text: &str) {
        self.talk("error", AnsiColor::Red, text);
    }

    fn talk(&self, label: &str, colour: AnsiColor, text: &str) {
        let style = if self.colour_on_stderr { Ansi::new().bold().fg_color(Some(colour.into())) } else { Ansi::new() };
        // Nobody is left to tell when stderr is closed.
        let _ = writeln!(io::stderr().lock(), "{style}{label}:{style:#} {}", text.replace('\n', "\n  "));
    }

    /// Writes a line to stderr as it is.
    pub(super) fn raw_error(&self, line: &str) {
        let _ = writeln!(io::stderr().lock(), "{line}");
    }
}

fn format(global: &Global) -> Format {
    let ending = global.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    match (global.json, global.format, ending) {
        (true, ..) => Format::Json,
        (false, Some(format), _) => format,
        (false, None, Some("json")) => Format::Json,
        (false, None, Some("md" | "markdown")) => Format::Markdown,
        (false, None, _) => Format::Table,
    }
}

/// Writes beside the file and renames, so that a reader never sees half of it.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let named = |error: io::Error| io::Error::new(error.kind(), format!("cannot write {}: {error}", path.display()));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(named)?;
    file.write_all(text.as_bytes()).map_err(named)?;
    file.persist(path).map_err(|error| named(error.error))?;
    Ok(())
}
