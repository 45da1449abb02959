//! The commands of README.md, typed one after the other as a newcomer would.
//!
//! A `console` block is run when the line above it is `<!-- run -->`. All such blocks of the file share one home, in which
//! the sample team is the database and `samples/` lies beside it. A line that begins with `$ ` is typed (a `#` after two
//! blanks begins a remark); what it prints need not stand below it, but a line that does must be among what it printed.
//! A block is skipped with a word where a program that it needs (`jq`) is not installed.

use std::process::Command;

use crate::support::binary::{Home, file};
use crate::support::skipped;

/// Programs that a recipe may need and that not every machine has.
const TOOLS: [&str; 2] = ["jq", "column"];

/// A command and the lines that stand below it.
struct Recipe<'a> {
    line: usize,
    command: &'a str,
    expected: Vec<&'a str>,
}

fn recipes(markdown: &str) -> Vec<Recipe<'_>> {
    let mut recipes: Vec<Recipe<'_>> = Vec::new();
    let (mut is_marked, mut is_inside) = (false, false);
    for (n, line) in markdown.lines().enumerate() {
        match line.trim_end() {
            "<!-- run -->" => is_marked = true,
            "```console" if is_marked => (is_marked, is_inside) = (false, true),
            "```" => is_inside = false,
            line if is_inside => match line.strip_prefix("$ ") {
                Some(command) => recipes.push(Recipe { line: n + 1, command: typed(command), expected: Vec::new() }),
                None => recipes.last_mut().expect("a command comes first").expected.push(line),
            },
            _ => is_marked = false,
        }
    }
    recipes
}

/// The command without the remark behind it.
fn typed(line: &str) -> &str {
    line.split_once("  # ").map_or(line, |(command, _)| command).trim()
}

fn is_installed(tool: &str, command: &str) -> bool {
    let needs = command.split(['|', ' ']).any(|word| word == tool);
    let found = || Command::new("sh").args(["-c", &format!("command -v {tool}")]).output().unwrap().status.success();
    !needs || found()
}

#[cfg(unix)]
#[test]
fn the_commands_of_the_readme_do_what_it_says() {
    let readme = std::fs::read_to_string(file("README.md")).unwrap();
    let home = Home::new();
    assert_eq!(home.run(&["demo", "--file", "demo.db"]).code, 0);
    std::os::unix::fs::symlink(file("samples"), home.folder.path().join("samples")).unwrap();
    let programs = std::path::Path::new(env!("CARGO_BIN_EXE_call-coach")).parent().unwrap().display().to_string();
    for recipe in recipes(&readme) {
        if let Some(tool) = TOOLS.iter().find(|tool| !is_installed(tool, recipe.command)) {
            skipped(&format!("README.md:{}: {tool} is not installed", recipe.line));
            continue;
        }
        let mut command = home.process_of("sh");
        command
            .env("CALL_COACH_DATABASE_URL", "demo.db")
            .env("PATH", format!("{programs}:/usr/local/bin:/usr/bin:/bin"));
        let output = command.args(["-c", &format!("set -e; {}", recipe.command)]).output().unwrap();
        let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "README.md:{}: $ {}\n{stdout}{stderr}", recipe.line, recipe.command);
        assert!(!stderr.contains("error:"), "README.md:{}: $ {}\n{stderr}", recipe.line, recipe.command);
        for line in recipe.expected {
            assert!(
                stdout.lines().chain(stderr.lines()).any(|printed| printed.trim_end() == line),
                "README.md:{}: $ {}\ndoes not print {line:?} but\n{stdout}{stderr}",
                recipe.line,
                recipe.command
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn the_recipe_that_tells_what_fails_tells_it_on_a_broken_set_up() {
    if !is_installed("jq", "jq") {
        return skipped("README.md: jq is not installed");
    }
    let readme = std::fs::read_to_string(file("README.md")).unwrap();
    let recipe = recipes(&readme).into_iter().find(|recipe| recipe.command.contains("doctor --json")).unwrap();
    let programs = std::path::Path::new(env!("CARGO_BIN_EXE_call-coach")).parent().unwrap().display().to_string();
    let home = Home::new();
    let mut command = home.process_of("sh");
    command.env("CALL_COACH_ROLE", "pilot").env("PATH", format!("{programs}:/usr/local/bin:/usr/bin:/bin"));
    let output = command.args(["-c", recipe.command]).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.starts_with("Role: change CALL_COACH_ROLE") && !told.contains("null"), "{told}");
}

#[test]
fn only_marked_blocks_are_run() {
    let markdown = "```console\n$ rm -r /\n```\n<!-- run -->\n```console\n$ call-coach search  # all\nc1 Ana\n$ ls\n```\n\
                    <!-- run -->\nwords\n```console\n$ no\n```\n";
    let found: Vec<_> =
        recipes(markdown).into_iter().map(|recipe| (recipe.line, recipe.command, recipe.expected)).collect();
    assert_eq!(found, [(6, "call-coach search", vec!["c1 Ana"]), (8, "ls", vec![])]);
}
