//! `config`: the settings, and the file that holds them.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};

use clap::Subcommand;
use serde_json::json;

use super::super::app::{App, Start};
use super::super::args::Format;
use super::super::config_file::{ConfigFile, write_private};
use super::super::error::{CliError, Kind};
use crate::analyze::known_role;
use crate::config::{self, config_file, dot_env_file, load_rubrics};
use crate::output::SCHEMA_VERSION;

/// The settings.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Every effective value and where it came from; secrets are masked.
    Show,
    /// Which files are read, and which of them exist.
    Path,
    /// Open the configuration file in your editor; it is checked before it counts.
    Edit,
    /// Change one value in the configuration file; comments and the other values stay.
    #[command(
        after_help = "Variables and .env beat the configuration file. A key typed as an argument stays in the shell's \
        history: leave VALUE out and type it when asked, or pipe it in with -."
    )]
    Set {
        /// The setting, as `config show` names it.
        key: String,
        /// Its value; - for standard input, left out to be asked. An empty one takes the setting away.
        value: Option<String>,
    },
}

pub(in crate::cli) fn show(app: &App<'_>) -> Result<ExitCode, CliError> {
    let rows = app.settings.rows();
    app.ui.data(&match app.ui.format {
        Format::Json => {
            let settings: serde_json::Map<_, _> = rows
                .iter()
                .map(|row| (row.key.to_owned(), json!({ "value": row.value, "source": row.source.to_string() })))
                .collect();
            app.ui.json(&json!({ "schema_version": SCHEMA_VERSION, "settings": settings }))?
        }
        _ => {
            let rows: Vec<_> = rows
                .iter()
                .map(|row| {
                    let value = row.value.clone().unwrap_or_else(|| "–".to_owned());
                    vec![row.key.to_owned(), value, row.source.to_string()]
                })
                .collect();
            app.ui.table(&["SETTING", "VALUE", "FROM"], &rows)
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(in crate::cli) fn path(start: &Start<'_>) -> Result<ExitCode, CliError> {
    let named = config_file(&start.flags, &start.environment);
    let files = [
        ("configuration", named.as_ref().map(|file| file.value.clone())),
        (".env", Some(dot_env_file(&start.environment))),
    ];
    let exists = |path: &Option<PathBuf>| path.as_ref().is_some_and(|path| path.exists());
    start.ui.data(&match start.ui.format {
        Format::Json => {
            let files: Vec<_> = files
                .iter()
                .map(|(what, path)| json!({ "file": what, "path": path, "exists": exists(path) }))
                .collect();
            start.ui.json(&json!({ "schema_version": SCHEMA_VERSION, "files": files }))?
        }
        // For `$(call-coach config path)`.
        _ if start.ui.is_plain() => ConfigFile::of(start)?.path.display().to_string(),
        _ => {
            let rows = files.iter().map(|(what, path)| {
                let shown = path.as_ref().map_or("–".to_owned(), |path| path.display().to_string());
                vec![(*what).to_owned(), if exists(path) { "read" } else { "not there" }.to_owned(), shown]
            });
            start.ui.table(&["FILE", "IS", "PATH"], &rows.collect::<Vec<_>>())
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(in crate::cli) fn set(start: &Start<'_>, key: &str, value: Option<String>) -> Result<ExitCode, CliError> {
    let key = config::key_named(key)?;
    let is_secret = config::is_secret(key).unwrap_or(true);
    let value = match value {
        Some(value) if value == "-" => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            text.trim().to_owned()
        }
        Some(value) => value,
        None if !start.ui.may_ask() => {
            return Err(CliError::new(Kind::Usage, format!("there is no value for {key}, and nobody to ask"))
                .hint(format!("Type it, or pipe it in: call-coach config set {key} - < FILE")));
        }
        None if is_secret => {
            dialoguer::Password::new().with_prompt(format!("{key} (hidden)")).allow_empty_password(true).interact()?
        }
        None => dialoguer::Input::new().with_prompt(key).allow_empty(true).interact_text()?,
    };
    let mut file = ConfigFile::of(start)?;
    file.set(key, &value, &start.environment)?;
    // Where the rubrics are cannot be known while the file has an unknown key; `doctor` looks at the role then.
    if key == "role"
        && !value.trim().is_empty()
        && let Ok(folder) = config::rubrics_folder(&file.text, &file.path, &start.environment)
    {
        known_role(&load_rubrics(folder.as_deref())?, value.trim())?;
    }
    file.write(start)?;
    let done = if value.trim().is_empty() { "taken out of" } else { "set in" };
    start.ui.note(&format!("{key} is {done} {}", file.path.display()));
    Ok(ExitCode::SUCCESS)
}

pub(in crate::cli) fn edit(start: &Start<'_>) -> Result<ExitCode, CliError> {
    let ConfigFile { path, text, .. } = ConfigFile::of(start)?;
    let editor = editor(start)?;
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    fs_err::create_dir_all(folder)?;
    // The real file changes only when what was written can be read.
    let copy = tempfile::Builder::new().prefix("config-").suffix(".toml").tempfile_in(folder)?;
    fs_err::write(copy.path(), &text)?;
    loop {
        open_in(&editor, copy.path())?;
        let edited = fs_err::read_to_string(copy.path())?;
        if edited == text {
            start.ui.note(&format!("nothing was changed in {}", path.display()));
            return Ok(ExitCode::SUCCESS);
        }
        match config::check(&edited, &path, &start.environment) {
            Ok(()) => {
                write_private(&path, &edited)?;
                start.ui.note(&format!("{} is changed", path.display()));
                return Ok(ExitCode::SUCCESS);
            }
            Err(error) => {
                start.ui.error(&error.to_string());
                let again = start.ui.may_ask()
                    && dialoguer::Confirm::new().with_prompt("Edit it again?").default(true).interact()?;
                if !again {
                    return rejected(&path, &edited);
                }
            }
        }
    }
}

/// Keeps what was typed; the file that counts stays as it was.
fn rejected(path: &Path, edited: &str) -> Result<ExitCode, CliError> {
    let beside = path.with_extension("toml.rejected");
    write_private(&beside, edited)?;
    let message = format!("{} stays as it was", path.display());
    Err(CliError::new(Kind::Usage, message).hint(format!(
        "What you typed is kept in {beside}. Mend it there, then: mv {beside} {path}",
        beside = beside.display(),
        path = path.display()
    )))
}

/// The editor with its arguments.
fn editor(start: &Start<'_>) -> Result<Vec<String>, CliError> {
    let chosen = ["VISUAL", "EDITOR"].iter().find_map(|name| start.environment.get(name));
    let text = match chosen {
        Some(text) => text,
        None if !start.ui.may_ask() => {
            return Err(CliError::new(Kind::Usage, "no editor is chosen, and there is no terminal to open one in")
                .hint("Set VISUAL or EDITOR, or change one value: call-coach config set KEY VALUE"));
        }
        None if cfg!(windows) => "notepad",
        None => "vi",
    };
    let words = shell_words::split(text).ok().filter(|words| !words.is_empty());
    words.ok_or_else(|| CliError::new(Kind::Usage, format!("`{text}` is no editor")).hint("Set VISUAL or EDITOR."))
}

fn open_in(editor: &[String], path: &Path) -> Result<(), CliError> {
    let [program, arguments @ ..] = editor else {
        return Err(CliError::new(Kind::Usage, "no editor is chosen").hint("Set VISUAL or EDITOR."));
    };
    let failed = |reason: String| {
        CliError::new(Kind::Failed, format!("the editor `{program}` {reason}; nothing was changed"))
            .hint("Set VISUAL or EDITOR to another one.")
    };
    let status = std::process::Command::new(program)
        .args(arguments)
        .arg(path)
        .stdin(Stdio::inherit())
        .status()
        .map_err(|error| failed(format!("could not be started ({error})")))?;
    if status.success() { Ok(()) } else { Err(failed(format!("ended with {status}"))) }
}
