//! CSV through the real program, read back with a CSV reader.

use std::collections::BTreeMap;

use crate::support::binary::{Home, file};

type Row = BTreeMap<String, String>;

/// The rows by header; every row must be as long as the header line.
fn rows(table: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let named = |row: csv::StringRecord| headers.iter().zip(&row).map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    reader.records().map(|row| named(row.unwrap())).collect()
}

#[test]
fn a_search_says_in_csv_what_it_says_in_json() {
    let home = Home::new();
    assert_eq!(home.run(&["demo", "--file", "demo.db"]).code, 0);
    let ask = |arguments: &[&str]| home.run(&[arguments, &["--database-url", "demo.db"]].concat());

    let json = ask(&["search", "--limit", "100", "--json"]).json();
    let run = ask(&["search", "--limit", "100", "--format", "csv"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let table = rows(&run.stdout);
    let calls = json["calls"].as_array().unwrap();
    assert_eq!((table.len(), calls.len()), (60, 60), "one coached rep a call");
    let mut unknown = 0;
    for (row, call) in table.iter().zip(calls) {
        assert_eq!(
            (row["ref"].as_str(), row["id"].as_str()),
            (call["ref"].as_str().unwrap(), call["id"].as_str().unwrap())
        );
        assert_eq!(row["account"], call["account"].as_str().unwrap());
        let score = &call["scores"][0];
        assert_eq!(row["overall"].parse::<f64>().ok(), score["overall"].as_f64());
        assert_eq!(row["engagement"].parse::<f64>().ok(), score["dimensions"]["engagement"].as_f64());
        assert_eq!(row["email"], score["email"].as_str().unwrap_or_default());
        match score.is_null() {
            true => assert_eq!(row["concerns"], "", "nobody has looked"),
            false => assert_eq!(row["concerns"], call["objections"].as_array().unwrap().len().to_string()),
        }
        unknown += usize::from(row["overall"].is_empty());
    }
    assert!(unknown > 0, "the sample team has calls without a score");

    let page = ask(&["search", "--limit", "3", "--format", "csv"]);
    assert!(rows(&page.stdout).len() == 3 && page.stderr.contains("3 of 60 calls"), "{}", page.stderr);
    let found = rows(&ask(&["search", "--objection", "pricing", "--format", "csv"]).stdout);
    assert!(found.iter().all(|row| row["concern_list"].contains("pricing: ") && !row["words"].is_empty()));

    let mara = rows(&ask(&["insights", "mara", "--format", "csv"]).stdout);
    let json = ask(&["insights", "mara", "--json"]).json();
    let value = |measure: &str| {
        let row = mara.iter().find(|row| row["subject"] == "overall" && row["measure"] == measure).unwrap();
        (row["value"].parse::<f64>().ok(), row["n"].parse::<u64>().ok())
    };
    let overall = json["changes"].as_array().unwrap().last().unwrap();
    assert_eq!(value("last_half_mean"), (overall["recent"].as_f64(), overall["n_recent"].as_u64()));
    let scored = mara.iter().filter(|row| row["level"] == "call" && row["subject"] == "overall");
    assert_eq!(scored.count(), json["marks"].as_array().unwrap().len());
    let shared = ask(&["insights", "mara", "--share", "--format", "csv"]).stdout;
    assert!(!shared.contains("peer_mean") && !shared.contains("team_median"), "{shared}");
    let team = rows(&ask(&["insights", "--team", "--format", "csv"]).stdout);
    let mean =
        team.iter().find(|row| row["email"] == "mara@brightpath.example" && row["subject"] == "overall").unwrap();
    assert_eq!(mean["n"], json["counted"]["scored"].to_string());
}

#[test]
fn a_title_is_no_formula_and_the_ending_of_the_file_decides() {
    let home = Home::new();
    let title = "=HYPERLINK(\"http://evil.example\", \"open\")";
    let run = home.run(&["import", &file("samples/02-poor-demo.vtt"), "--title", title, "--account=-2+3, \"Acme\""]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = home.run(&["search", "-o", "calls.csv"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    let table = rows(&fs_err::read_to_string(home.folder.path().join("calls.csv")).unwrap());
    assert_eq!((table[0]["title"].as_str(), table[0]["account"].as_str()), (&*format!("'{title}"), "'-2+3, \"Acme\""));
    assert_eq!(
        [&*table[0]["overall"], &*table[0]["concerns"], &*table[0]["rep"]],
        [""; 3],
        "nothing is known of it yet"
    );
}

#[test]
fn a_format_that_makes_no_sense_is_refused() {
    let home = Home::new();
    for arguments in [
        &["show", "c1", "--format", "csv"][..],
        &["analyze", "c1", "--format", "csv"],
        &["search", "-o", "calls.html"],
        &["roster", "list", "-o", "people.csv"],
        &["help", "-o", "help.html"],
    ] {
        let run = home.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains("this command prints no ") && run.stderr.contains("from analyze and insights"));
    }
    assert_eq!(fs_err::read_dir(home.folder.path()).unwrap().count(), 0, "nothing was made");
}
