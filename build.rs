//! What the program is made of, beside its source: the embedded migrations, and the commit that `--version` tells.

#![allow(clippy::disallowed_methods, reason = "cargo tells a build script everything in variables")]

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=migrations");
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    // Not in debug builds, which would be made anew after every commit.
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = if is_release { commit() } else { None };
    let told = commit.map_or_else(|| version.clone(), |commit| format!("{version} ({commit})"));
    println!("cargo::rustc-env=CALL_COACH_VERSION={told}");
}

/// The commit and its day; none outside of this repository.
fn commit() -> Option<String> {
    // The source may lie, as a package, inside of another repository.
    if !Path::new(".git").exists() {
        return None;
    }
    for name in ["HEAD", "logs/HEAD"] {
        println!("cargo::rerun-if-changed={}", git(&["rev-parse", "--git-path", name])?);
    }
    git(&["show", "--no-patch", "--format=%h %cs", "--abbrev=9", "HEAD"])
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (!text.is_empty() && text.lines().count() == 1).then_some(text)
}
