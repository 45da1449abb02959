//! The help of every command, and the first screens of the main reports.

use crate::support::binary::{Home, Run, file};

/// The commands that a help lists.
fn listed(help: &str) -> Vec<String> {
    let Some((_, commands)) = help.split_once("Commands:\n") else { return Vec::new() };
    let names = commands.lines().take_while(|line| !line.is_empty());
    // A description that is continued stands further to the right.
    names
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn check(home: &Home, words: &[&str]) -> usize {
    let run = home.run(&[words, &["--help"]].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{words:?}");
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{words:?}: {}", run.stdout);
    let name = if words.is_empty() { "call-coach".to_owned() } else { words.join("-") };
    insta::assert_snapshot!(name, run.stdout);
    assert_eq!(home.run(&[&["help"], words].concat()).stdout, run.stdout, "{words:?}");
    let below: usize = listed(&run.stdout).iter().map(|name| check(home, &[words, &[name.as_str()]].concat())).sum();
    1 + below
}

#[test]
fn every_command_explains_itself() {
    let checked = check(&Home::new(), &[]);
    let pages = std::fs::read_dir(file("man")).unwrap().count();
    assert_eq!(checked, pages, "one page of the manual each");
}

#[test]
fn the_main_reports_at_80_columns() {
    let home = Home::new();
    assert_eq!(home.run(&["demo"]).code, 0);
    let database = home.folder.path().join(".local/share/call-coach/demo.db");
    for (name, arguments) in [
        ("report", &["analyze", "c12"][..]),
        ("report-brief", &["analyze", "c12", "--brief"]),
        ("report-full", &["analyze", "c12", "--full"]),
        ("report-markdown", &["analyze", "c12", "--format", "markdown"]),
        ("insights-rep", &["insights", "mara"]),
        ("insights-share", &["insights", "mara", "--share"]),
        ("insights-team", &["insights", "--team"]),
        ("insights-weekly", &["insights", "--weekly"]),
        ("search", &["search", "--objection", "pricing", "--from", "30d", "--format", "table"]),
        ("search-text", &["search", "--text", "\"by hand\" -mistake", "--limit", "3", "--format", "table"]),
        ("search-length", &["search", "--sort", "duration", "--limit", "3", "--format", "table"]),
        ("show", &["show", "c12", "--at", "3:30"]),
        ("roster-list", &["roster", "list"]),
        ("rubric-list", &["rubric", "list"]),
    ] {
        let run = Run::of(home.command().env("CALL_COACH_DATABASE_URL", &database).args(arguments));
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        assert!(
            run.stdout.lines().all(|line| name.contains("markdown")
                || name.contains("share")
                || name.contains("weekly")
                || line.chars().count() <= 80),
            "{name}: {}",
            run.stdout
        );
        insta::assert_snapshot!(format!("screen-{name}"), run.stdout);
    }
}
