//! What is generated and checked in: `UPDATE_GENERATED=1 cargo test generated` writes it anew.

use std::path::Path;

use call_coach::output::report::Report;

use crate::support;
use crate::support::binary::{Home, Run, file};
use crate::support::picture::picture;

/// Whether the file holds this text; writes it when asked to.
fn assert_is(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if support::variable("UPDATE_GENERATED").is_some() {
        fs_err::write(&path, text).unwrap();
    }
    let written = fs_err::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == text, "{name} is out of date: UPDATE_GENERATED=1 cargo test generated");
}

#[test]
fn the_json_schema_of_a_report_is_the_one_in_docs() {
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(Report)).unwrap() + "\n";
    assert_is("docs/analyze.schema.json", &schema);
}

#[test]
fn completions_are_those_of_the_program() {
    let home = Home::new();
    for (shell, name) in [
        ("bash", "call-coach.bash"),
        ("zsh", "_call-coach"),
        ("fish", "call-coach.fish"),
        ("powershell", "_call-coach.ps1"),
        ("elvish", "call-coach.elv"),
    ] {
        assert_is(&format!("completions/{name}"), &home.run(&["completions", shell]).stdout);
    }
}

#[test]
fn the_manual_is_that_of_the_program() {
    let home = Home::new();
    let run = home.run(&["man", "--dir", "man"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut names = Vec::new();
    for page in fs_err::read_dir(home.folder.path().join("man")).unwrap() {
        let page = page.unwrap();
        names.push(page.file_name().into_string().unwrap());
        assert_is(&format!("man/{}", names[names.len() - 1]), &fs_err::read_to_string(page.path()).unwrap());
    }
    let kept = fs_err::read_dir(file("man")).unwrap().count();
    assert_eq!(kept, names.len(), "man/ holds pages of commands that are no more");
    assert_eq!(
        home.run(&["man"]).stdout.trim_end(),
        fs_err::read_to_string(file("man/call-coach.1")).unwrap().trim_end()
    );
}

#[test]
fn the_picture_in_docs_is_what_the_program_prints() {
    let home = Home::new();
    let run = Run::of(home.command().env("FORCE_COLOR", "1").args(["analyze", &file("samples/01-discovery.json")]));
    // A picture of all of it would be a tall one.
    let (top, _) = run.stdout.split_once("\u{1b}[1mKEEP DOING").unwrap();
    assert_is("docs/report.svg", &picture(top.trim_end(), "The first screen of a report in a terminal"));
}

#[test]
fn the_report_in_the_readme_is_what_the_program_prints() {
    let run = Home::new().run(&["analyze", &file("samples/01-discovery.json")]);
    let readme = fs_err::read_to_string(file("README.md")).unwrap().replace("\r\n", "\n");
    assert!(readme.contains(run.stdout.trim_end()), "README.md shows another report than this one:\n{}", run.stdout);
}
