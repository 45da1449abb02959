//! The one printer: stdout is data, stderr is talk.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style as Ansi};
use indicatif::{ProgressBar, ProgressDrawTarget};
use serde::Serialize;

use super::args::{Format, FormatName, Global};
use super::error::{CliError, Kind};
use crate::config::Environment;
use crate::doctor::Terminal;
use crate::render::{self, Style};

/// Width of a page that is no terminal.
const PAGE: usize = 80;

/// Endings of documents that other programs write. A table under such a name is a file that nothing opens.
const DOCUMENTS: [&str; 22] = [
    "pdf", "doc", "docx", "odt", "rtf", "pages", "xls", "xlsx", "xlsm", "ods", "numbers", "ppt", "pptx", "odp", "epub",
    "tex", "xml", "yaml", "yml", "tsv", "png", "svg",
];

/// How and where to print.
#[derive(Debug)]
pub(super) struct Ui {
    /// How results are printed.
    pub(super) format: Format,
    /// The page that tables are drawn on.
    pub(super) style: Style,
    output: Option<PathBuf>,
    /// The ending of `output`, when it promises a kind of document that is not written here.
    unknown_document: Option<String>,
    /// Whether every JSON object stands on one line.
    json_lines: bool,
    quiet: bool,
    plain: bool,
    may_ask: bool,
    colour_on_stderr: bool,
}

impl Ui {
    pub(super) fn new(global: &Global, environment: &Environment) -> Self {
        // As elsewhere, - is the standard output.
        let output = global.output.clone().filter(|path| path != Path::new("-"));
        let terminal = output.is_none() && io::stdout().is_terminal();
        let is_set = |name: &str| environment.get(name).is_some();
        let colour = |terminal: bool| match environment.get("FORCE_COLOR") {
            _ if global.no_color || is_set("NO_COLOR") => false,
            Some("0" | "false") => false,
            Some(_) => true,
            None => terminal && environment.get("TERM") != Some("dumb"),
        };
        let width = environment.get("COLUMNS").and_then(|columns| columns.parse().ok()).or_else(|| {
            let (width, _) = terminal_size::terminal_size().filter(|_| terminal)?;
            Some(usize::from(width.0))
        });
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| environment.get(name));
        let unicode = !terminal || locale.is_some_and(|locale| locale.to_lowercase().replace('-', "").contains("utf8"));
        Ui {
            format: format(global),
            // Escape codes in a file are seen by whoever opens it.
            style: Style { width: width.unwrap_or(PAGE), colour: output.is_none() && colour(terminal), unicode },
            plain: global.quiet || !(terminal || output.is_some() || global.format.is_some()),
            unknown_document: ending(global)
                .filter(|ending| global.format.is_none() && !global.json && DOCUMENTS.contains(&ending.as_str())),
            output,
            json_lines: global.format == Some(FormatName::Jsonl)
                || (global.format.is_none() && ending(global).as_deref() == Some("jsonl")),
            quiet: global.quiet,
            may_ask: !global.no_input && io::stdin().is_terminal() && io::stderr().is_terminal(),
            colour_on_stderr: colour(io::stderr().is_terminal()),
        }
    }

    /// The terminal that results are printed on, if they are.
    pub(super) fn terminal(&self) -> Option<Terminal> {
        let Style { width, unicode, .. } = self.style;
        (self.output.is_none() && io::stdout().is_terminal()).then_some(Terminal { width, unicode })
    }

    /// Whether every JSON object stands on one line.
    pub(super) fn json_lines(&self) -> bool {
        self.json_lines
    }

    /// Whether the result is to be a file that holds one JSON object and no more.
    pub(super) fn writes_one_object(&self) -> bool {
        let ending = self.output.as_deref().and_then(Path::extension);
        self.format == Format::Json
            && !self.json_lines
            && ending.is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
    }

    /// Whether results can be printed one by one; a file is written whole.
    pub(super) fn prints_at_once(&self) -> bool {
        self.output.is_none()
    }

    /// Whether somebody wants to see how far it is.
    pub(super) fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Whether a list goes to another program rather than to a reader: into a pipe, or with `--quiet`.
    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }

    /// Whether there is somebody to ask.
    pub(super) fn may_ask(&self) -> bool {
        self.may_ask
    }

    /// Whether the file of `--output` can be written, before anything is asked or paid for.
    ///
    /// # Errors
    /// When its ending promises what is not written here, it is a folder, or nothing can be written beside it.
    pub(super) fn can_write(&self) -> Result<(), CliError> {
        let Some(path) = &self.output else { return Ok(()) };
        if let Some(ending) = &self.unknown_document {
            let message = format!("nothing is written as .{ending}");
            return Err(CliError::new(Kind::Usage, message).hint(
                "There are .html, .md, .csv, .json and .jsonl; a browser prints the page as PDF, a spreadsheet opens \
                 .csv. Any other ending is plain text, and --format beats it.",
            ));
        }
        let tried = match fs::metadata(path) {
            Ok(existing) if existing.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(existing) if !existing.is_file() => Ok(()),
            _ => tempfile::NamedTempFile::new_in(folder(path)).map(drop),
        };
        tried.map_err(|error| cannot_write(path, &error))
    }

    /// Whether what is said on stderr may be coloured.
    pub(super) fn colour_on_stderr(&self) -> bool {
        self.colour_on_stderr
    }

    /// Prints the result, or writes it to the file of `--output`, whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written. A closed pipe is no error: whoever read it has seen enough.
    pub(super) fn data(&self, text: &str) -> io::Result<()> {
        // Nothing found is no line for the program that reads them.
        let text = if text.is_empty() || text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
        match &self.output {
            Some(path) => write_whole(path, &text),
            None => match io::stdout().lock().write_all(text.as_bytes()) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                other => other,
            },
        }
    }

    /// Whether only results and errors are wanted.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// A bar on stderr, which nobody sees when that is no terminal or nothing is to be said.
    pub(super) fn bar(&self) -> ProgressBar {
        match self.quiet {
            true => ProgressBar::hidden(),
            // It hides itself off a terminal.
            false => ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()),
        }
    }

    /// An object as JSON: on one line where lines are wanted.
    ///
    /// # Errors
    /// When a map has keys that are no text.
    pub(super) fn json(&self, object: &impl Serialize) -> serde_json::Result<String> {
        if self.json_lines { serde_json::to_string(object) } else { serde_json::to_string_pretty(object) }
    }

    /// A plain table on this page, or one for a document.
    pub(super) fn table(&self, headers: &[&str], rows: &[Vec<String>]) -> String {
        match self.format {
            Format::Markdown => render::table_markdown(headers, rows),
            _ => render::columns(headers, rows, self.style),
        }
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
        // Messages quote what stands in files, which must not steer the terminal.
        let text: String = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
        // Nobody is left to tell when stderr is closed.
        let _ = writeln!(io::stderr().lock(), "{style}{label}:{style:#} {}", text.replace('\n', "\n  "));
    }
}

/// Writes a line to stderr as it is.
pub(super) fn raw_error(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Shows the cursor again, which a prompt that is interrupted leaves hidden.
pub(super) fn restore_terminal() {
    let terminal = dialoguer::console::Term::stderr();
    if terminal.is_term() {
        // Nothing can be done about a terminal that takes no more.
        let _ = terminal.show_cursor();
    }
}

/// A file that cannot be written, and why.
pub(super) fn cannot_write(path: &Path, error: &io::Error) -> CliError {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "what should be its folder is a file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    CliError::new(Kind::Usage, format!("cannot write {}: {reason}", path.display()))
        .hint("Name a file in a folder that exists and that you may write to.")
}

/// The folder of a file.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// The ending of the file of `--output`, in small letters.
fn ending(global: &Global) -> Option<String> {
    global.output.as_deref().and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase())
}

fn format(global: &Global) -> Format {
    match (global.json, global.format, ending(global).as_deref()) {
        (true, ..) => Format::Json,
        (false, Some(FormatName::Json | FormatName::Jsonl), _) => Format::Json,
        (false, Some(FormatName::Table), _) => Format::Table,
        (false, Some(FormatName::Markdown), _) => Format::Markdown,
        (false, Some(FormatName::Html), _) => Format::Html,
        (false, Some(FormatName::Csv), _) => Format::Csv,
        (false, None, Some("json" | "jsonl")) => Format::Json,
        (false, None, Some("md" | "markdown")) => Format::Markdown,
        (false, None, Some("html" | "htm")) => Format::Html,
        (false, None, Some("csv")) => Format::Csv,
        (false, None, _) => Format::Table,
    }
}

/// Writes beside the file and renames, so that a reader never sees half of it.
///
/// A new file can be read by its owner only, because a report holds other people's words; one that exists keeps its
/// permissions. A link is followed, and what is no regular file (a pipe, `/dev/stderr`) is written into, not replaced.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("cannot write {}: {error}", path.display()));
    let existing = fs::metadata(path).ok();
    if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
        let mut file = fs::OpenOptions::new().write(true).open(path).map_err(named)?;
        return file.write_all(text.as_bytes()).map_err(named);
    }
    let target = if existing.is_some() { fs::canonicalize(path).map_err(named)? } else { path.to_owned() };
    let mut file = tempfile::NamedTempFile::new_in(folder(&target)).map_err(named)?;
    file.write_all(text.as_bytes()).map_err(named)?;
    if let Some(existing) = existing {
        file.as_file().set_permissions(existing.permissions()).map_err(named)?;
    }
    file.persist(&target).map_err(|error| named(error.error))?;
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn a_link_is_followed_and_permissions_are_kept() {
        let folder = tempfile::tempdir().expect("folder");
        let (real, link) = (folder.path().join("real.md"), folder.path().join("link.md"));
        fs::write(&real, "old").expect("written");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
        symlink(&real, &link).expect("linked");
        write_whole(&link, "new").expect("written");
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&real).expect("read"), "new");
        assert_eq!(fs::metadata(&real).expect("there").permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn what_is_no_file_is_not_replaced_by_one() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("socket");
        let _socket = UnixListener::bind(&path).expect("bound");
        assert!(write_whole(&path, "words").is_err(), "a socket cannot be written like a file");
        assert!(fs::metadata(&path).expect("there").file_type().is_socket());
        assert!(write_whole(folder.path(), "words").is_err(), "a folder");
    }

    #[test]
    fn a_new_file_is_its_owners_alone() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("report.md");
        write_whole(&path, "words").expect("written");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o077, 0);
    }
}
