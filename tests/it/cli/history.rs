//! The sample team, seen through every command.

use crate::support::binary::Home;

fn home() -> Home {
    let home = Home::new();
    let run = home.run(&["demo", "--file", "demo.db"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("60 calls") && run.stdout.contains("export CALL_COACH_DATABASE_URL="));
    home
}

#[test]
fn a_newcomer_can_try_every_command_on_the_sample_team() {
    let home = home();
    let ask = |arguments: &[&str]| {
        let run = home.run(&[arguments, &["--database-url", "demo.db"]].concat());
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
        run
    };
    // The same seed makes the same calls.
    let again = home.run(&["demo", "--file", "demo.db"]);
    assert_eq!(again.code, 0, "{}", again.stderr);

    let mara = ask(&["insights", "mara", "--json"]).json();
    assert_eq!(mara["rep"]["email"], "mara@brightpath.example");
    let (marks, counted) = (mara["marks"].as_array().unwrap().len() as u64, &mara["counted"]);
    assert_eq!((mara["calls"].as_u64(), counted["scored"].as_u64()), (Some(12), Some(marks)));
    assert_eq!(counted["unscored"].as_u64(), Some(12 - marks), "{counted}");
    assert_eq!(mara["range"]["time_zone"], "UTC");
    let gap = mara["gaps"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((gap["dimension"].as_str(), gap["peers"].as_u64()), (Some("overall"), Some(3)), "{gap}");
    assert!(mara["focus"]["moments"].as_array().is_some_and(|moments| (1..=3).contains(&moments.len())));
    for change in mara["changes"].as_array().unwrap() {
        if let Some(score) = change["change"].as_f64() {
            assert!((score - (change["recent"].as_f64().unwrap() - change["earlier"].as_f64().unwrap())).abs() < 1e-9);
        }
    }
    let page = ask(&["insights", "mara", "--format", "table"]).stdout;
    for heading in ["FOCUS", "EACH CALL", "CONCERNS", "NUMBERS", "UNTIL THE NEXT ONE-TO-ONE", "peers: 3 other AEs"] {
        assert!(page.contains(heading), "{heading}: {page}");
    }
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    let shared = ask(&["insights", "mara", "--share"]).stdout;
    assert!(shared.starts_with("# Mara Lindqvist") && !shared.contains("peers") && !shared.contains("team median"));
    let none = ask(&["insights", "elena", "--format", "table"]).stdout;
    assert!(none.contains("No comparison: 0 other SE people"), "{none}");

    let team = ask(&["insights", "--team", "--format", "table"]).stdout;
    let at = |name: &str| team.find(name).unwrap();
    assert!(at("Elena") < at("Joost") && at("Joost") < at("Mara") && at("Mara") < at("Tom"), "by name: {team}");
    assert!(team.lines().all(|line| line.chars().count() <= 80), "{team}");
    let weekly = ask(&["insights", "--weekly"]).stdout;
    let hour = weekly.find("## Worth your hour").unwrap();
    assert!(hour < weekly.find("## Everybody").unwrap() && weekly.contains("**Open concern:"), "{weekly}");
    assert!(weekly.contains("**Praise:") && weekly.contains("**Coach:"), "{weekly}");

    let found = ask(&["search", "--objection", "price", "--objection-status", "open", "--json"]).json();
    assert!(found["total"].as_u64() > Some(3), "{found}");
    let first = &found["calls"][0];
    assert!(first["objections"].as_array().unwrap().iter().any(|one| one["type"] == "pricing"));
    let said = ask(&["search", "--text", "\"by hand\" -mistake", "--said-by", "buyer", "--json"]).json();
    assert!(said["calls"][0]["matches"][0]["text"].as_str().unwrap().to_lowercase().contains("by hand"));
    let lines = ask(&["search", "--rep", "mara", "--limit", "3", "-q"]).stdout;
    assert!(lines.lines().all(|line| line.starts_with('c') && line.split('\t').count() == 5), "{lines}");
    let empty = ask(&["search", "--text", "zeppelin", "--format", "table"]).stdout;
    assert!(empty.contains("No call fits. 60 calls in that time; 4"), "{empty}");
}

#[test]
fn mistakes_are_told_with_what_to_type() {
    let home = home();
    let ask = |arguments: &[&str]| home.run(&[arguments, &["--database-url", "demo.db"]].concat());
    for (arguments, code, part) in [
        (&["insights", "brightpath"][..], 2, "fits Mara Lindqvist <mara@brightpath.example> and"),
        (&["insights", "nobody"], 5, "call-coach roster list"),
        (&["insights", "mara", "--period", "soon"], 2, "call-coach help dates"),
        (&["search", "--from", "2026-10-05", "--to", "2026-10-01"], 2, "ends (2026-10-01) before it begins"),
        (&["search", "--text", "-budget"], 2, "names no word"),
        (&["search", "--min-score", "80", "--max-score", "20"], 2, "no score is at least 80"),
        (&["search", "--dimension", "charm"], 2, "There are discovery"),
        (&["forget", "c1"], 2, "add --yes"),
        (&["roster", "set", "mara", "--role", "boss"], 2, "no role `boss`"),
        (&["insights", "mara", "--focus", "charm"], 2, "no check has the id charm"),
    ] {
        let run = ask(arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(part), "{arguments:?}: {}", run.stderr);
    }
    home.write("notes.db", "");
    let run = home.run(&[
        "import",
        &crate::support::binary::file("samples/03-pricing-negotiation.md"),
        "--database-url",
        "mine.db",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = home.run(&["demo", "--file", "mine.db"]);
    assert!(run.code == 2 && run.stderr.contains("is no sample"), "{}", run.stderr);
}

#[test]
fn who_opted_out_is_neither_scored_nor_shown_and_forgotten_calls_are_gone() {
    let home = home();
    let ask = |arguments: &[&str]| home.run(&[arguments, &["--database-url", "demo.db"]].concat());
    assert_eq!(ask(&["roster", "set", "mara", "--no-coaching"]).code, 0);
    let run = ask(&["insights", "mara"]);
    assert!(run.code == 1 && run.stderr.contains("asked not to be coached"), "{}", run.stderr);
    assert!(!ask(&["insights", "--team", "--format", "table"]).stdout.contains("Mara"));
    let report = ask(&["analyze", "c1", "--json"]).json();
    assert!(report["not_scored"].as_str().is_some_and(|why| why.contains("asked not to be coached")), "{report}");
    let run = ask(&["forget", "--before", "60d", "--yes"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let left = ask(&["search", "--json"]).json()["total"].as_u64().unwrap();
    assert!((30..50).contains(&left), "{left}");
    let list = home.write(
        "team.csv",
        "email,name,role\njoost@brightpath.example,Joost de Wit,se\nnew@brightpath.example,New,ae\n",
    );
    let run = ask(&["roster", "import", list.to_str().unwrap()]);
    assert_eq!(run.stdout, "1 new, 1 known\n", "{}", run.stderr);
}
