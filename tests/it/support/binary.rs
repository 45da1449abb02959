//! The real program in a cleared environment, with a home, a clock and a width of its own.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

/// A home for one test.
pub(crate) struct Home {
    pub(crate) folder: tempfile::TempDir,
}

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.stdout, self.stderr))
    }
}

impl Home {
    pub(crate) fn new() -> Self {
        Home { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn command(&self) -> Command {
        Command::from_std(self.process())
    }

    /// The program as the standard library starts it, for tests that stay with it while it runs.
    pub(crate) fn process(&self) -> std::process::Command {
        self.process_of(env!("CARGO_BIN_EXE_call-coach"))
    }

    /// Another program in the same environment, such as a shell.
    pub(crate) fn process_of(&self, program: &str) -> std::process::Command {
        let mut command = std::process::Command::new(program);
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("COLUMNS", "80")
            .env("CALL_COACH_NOW", "2026-11-23T09:00:00Z")
            .env("CALL_COACH_TIME_ZONE", "UTC")
            .env("USER", "ines")
            .current_dir(self.folder.path());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command().args(arguments))
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

/// A file of the repository, such as `samples/01-discovery.json`.
pub(crate) fn file(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name).to_string_lossy().into_owned()
}
