//! The other commands, and manners.

use crate::support::binary::{Home, file};

#[test]
fn a_correction_replaces_the_verdict_and_survives_rescoring() {
    let home = Home::new();
    let score = |flags: &[&str]| {
        let report = home.run(&[&["analyze", "c1", "--json"], flags].concat()).json();
        let checks = report.pointer("/dimensions").unwrap().as_array().unwrap().clone();
        let check = checks
            .iter()
            .flat_map(|dimension| dimension["criteria"].as_array().unwrap())
            .flat_map(|criterion| criterion["checks"].as_array().unwrap())
            .find(|check| check["id"] == "cost_asked")
            .unwrap()
            .clone();
        (report["overall"]["score"].as_f64().unwrap(), check["verdict"].clone(), check["corrected_by"].clone())
    };
    home.run(&["analyze", &file("samples/01-discovery.json")]);
    let (before, verdict, by) = score(&[]);
    assert_eq!((verdict, by), ("no".into(), serde_json::Value::Null));
    let listed = home.run(&["review", "c1"]);
    assert_eq!(listed.code, 0, "{}", listed.stderr);
    let listed = listed.stdout;
    assert!(listed.lines().any(|line| line.starts_with("cost_asked") && line.ends_with("no")), "{listed}");
    let run = home.run(&["review", "c1", "--check", "cost asked", "--verdict", "yes", "--at", "3:12"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("\"cost asked\" is now yes, corrected by ines."), "{}", run.stdout);
    let run = home.run(&["review", "c1", "--check", "cost asked", "--verdict", "yes", "--at", "9:59:59"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    for flags in [&[][..], &["--no-cache"]] {
        let (after, verdict, by) = score(flags);
        assert!(after > before);
        assert_eq!((verdict, by), ("yes".into(), "ines".into()));
    }
}

#[test]
fn a_users_rubric_changes_the_score_without_asking_again() {
    let home = Home::new();
    let folder = home.folder.path().join("rubrics");
    let run = home.run(&["rubric", "export", folder.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let analyze = || {
        let mut command = home.command();
        let output = command
            .env("CALL_COACH_RUBRICS", &folder)
            .args(["analyze", &file("samples/01-discovery.json"), "--json"])
            .output()
            .unwrap();
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (
            report["overall"]["score"].as_f64().unwrap(),
            report["cached"].as_bool().unwrap(),
            report["rubric"]["hash"].clone(),
        )
    };
    let (before, cached, hash) = analyze();
    assert!(!cached);
    let path = folder.join("discovery.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("weight = 15", "weight = 10", 1).replacen("weight = 25", "weight = 30", 1))
        .unwrap();
    let (after, cached, new_hash) = analyze();
    assert!(cached, "nobody is asked again");
    assert_ne!(before, after);
    assert_ne!(hash, new_hash);
    std::fs::write(&path, text.replacen("weight = 15", "weight = 16", 1)).unwrap();
    let run = home.run(&["rubric", "validate", folder.to_str().unwrap()]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("discovery.toml:") && run.stderr.contains("sum to 101"), "{}", run.stderr);
}

#[test]
fn show_prints_what_was_said_around_a_moment() {
    let home = Home::new();
    home.run(&["import", &file("samples/02-poor-demo.vtt")]);
    let run = home.run(&["show", "c1", "--at", "3:55"]);
    assert!(run.stdout.contains("twenty percent off") && !run.stdout.contains("layer menu"), "{}", run.stdout);
    assert_eq!(home.run(&["show", "c1", "--at", "9:59:59"]).code, 5);
}

#[test]
fn every_format_that_a_command_takes_is_what_it_prints() {
    let home = Home::new();
    assert_eq!(home.run(&["search"]).stdout, "", "nothing found is no line");
    home.run(&["analyze", &file("samples/01-discovery.json")]);
    home.run(&["import", &file("samples/02-poor-demo.vtt")]);
    let lines = home.run(&["search", "--format", "jsonl"]).stdout;
    let calls: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(calls.iter().map(|call| call["ref"].as_str().unwrap()).collect::<Vec<_>>(), ["c1", "c2"]);
    for arguments in
        [&["insights", "--team"][..], &["roster", "list"], &["show", "c1"], &["rubric", "show"], &["db", "status"]]
    {
        let lines = home.run(&[arguments, &["--format", "jsonl"]].concat()).stdout;
        assert_eq!(lines.lines().count(), 1, "{arguments:?}");
        serde_json::from_str::<serde_json::Value>(&lines).unwrap();
    }
    for arguments in
        [&["roster", "list"][..], &["show", "c1"], &["rubric", "list"], &["config", "show"], &["review", "c1"]]
    {
        let page = home.run(&[arguments, &["--format", "markdown"]].concat()).stdout;
        assert!(page.contains("\n| --- |"), "{arguments:?}: {page}");
    }
    let folder = home.folder.path();
    home.run(&["search", "-o", "calls.jsonl"]);
    assert_eq!(std::fs::read_to_string(folder.join("calls.jsonl")).unwrap(), lines);
    assert!(home.run(&["search", "-o", "-", "--format", "csv"]).stdout.contains(','));
    assert!(!folder.join("-").exists());
    assert_eq!(home.run(&["rubric", "validate", "--json"]).json()["valid"], true);
}

#[test]
fn a_file_that_is_missing_does_not_keep_the_others_out() {
    let home = Home::new();
    let run = home.run(&["import", "nowhere.vtt", &file("samples/04-renewal.srt")]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stdout.contains("c1") && run.stderr.contains("there is no file nowhere.vtt"), "{}", run.stderr);
    assert_eq!(home.run(&["import", "nowhere.vtt"]).code, 5);
}

#[test]
fn importing_twice_is_one_call() {
    let home = Home::new();
    let import = || home.run(&["import", &file("samples/04-renewal.srt"), "--json"]).json();
    assert_eq!(import()["calls"][0]["new"], true);
    assert_eq!((import()["calls"][0]["new"].clone(), import()["calls"][0]["ref"].clone()), (false.into(), "c1".into()));
}

#[test]
fn config_show_names_each_source_and_no_secret() {
    let home = Home::new();
    home.write(".env", "CALL_COACH_ROLE=se\nGONG_API_SECRET=nobody-may-ever-see-this-one");
    let run = home.run(&["config", "show"]);
    assert!(run.stdout.contains("CALL_COACH_ROLE in") && run.stdout.contains(".env"), "{}", run.stdout);
    assert!(!run.stdout.contains("nobody-may"), "{}", run.stdout);
    let json = home.run(&["config", "show", "--json"]).json();
    assert_eq!(json["settings"]["role"]["value"], "se");
}

#[test]
fn db_status_and_migrate_tell_what_is_applied() {
    let home = Home::new();
    let status = || home.run(&["db", "status", "--json"]).json();
    assert_eq!(status()["applied"].as_array().unwrap().len(), 0);
    assert_eq!(home.run(&["db", "migrate"]).code, 0);
    assert_eq!(status()["pending"].as_array().unwrap().len(), 0);
    assert!(home.run(&["db", "migrate"]).stdout.contains("is up to date"));
}

#[test]
fn a_file_is_written_whole_and_its_ending_decides_the_format() {
    let home = Home::new();
    let path = home.folder.path().join("report.md");
    let run = home.run(&["analyze", &file("samples/01-discovery.json"), "-o", path.to_str().unwrap()]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("# "));
    let run = home.run(&["analyze", "c1", "-o", "no/such/folder/report.json"]);
    assert!(run.code != 0 && run.stderr.contains("no/such/folder/report.json"), "{}", run.stderr);
}

#[test]
fn colour_only_where_it_is_wanted() {
    let home = Home::new();
    let sample = file("samples/01-discovery.json");
    assert!(!home.run(&["analyze", &sample]).stdout.contains('\u{1b}'));
    let forced = home.command().env("FORCE_COLOR", "1").args(["analyze", &sample]).output().unwrap();
    assert!(forced.stdout.contains(&0x1b));
    let both = home.command().env("FORCE_COLOR", "1").args(["analyze", &sample, "--no-color"]).output().unwrap();
    assert!(!both.stdout.contains(&0x1b));
}

#[test]
fn help_begins_with_examples() {
    let run = Home::new().run(&["-h"]);
    insta::assert_snapshot!(run.stdout, @r"
    Examples:
      call-coach analyze samples/01-discovery.json  score a call, print the report
      call-coach analyze zoom.vtt --rep Roger       name our person yourself
      call-coach analyze c1 --full                  every check and its evidence
      call-coach show c1 --at 3:12                  read what was said there

    A coach for sales calls: scores a call, proves each judgement with the words
    that were said, and names the one thing to do next

    Usage: call-coach [OPTIONS] <COMMAND>

    Commands:
      analyze      Score calls and print the reports
      import       Bring in transcript files without scoring them
      sync         Pull calls and their words from Gong
      show         Print a stored call and what was said
      search       Find calls: by people, time, score, concerns, words
      insights     How a rep or the team develops, and the one thing to work on
      roster       Who our people are: names, e-mails, aliases, roles, teams
      review       Correct a verdict: your word replaces the analyst's
      forget       Remove calls with words and results for good
      demo         A sample team to explore, in a database of its own
      rubric       See and check the questions, weights and guidelines
      db           The database: update its schema, look at it, move it
      config       The settings
      init         Set up in a few questions: data, company, Gong, Claude
      doctor       Say what is wrong with the set-up, and what to type
      serve        Serve assistants and web pages over HTTP
      mcp          Serve one assistant over standard input and output
      completions  What a shell needs to complete commands and flags
      man          The manual: call-coach man | man -l -
      help         How to use a command, or a topic: exit-codes, formats, dates

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    Everywhere:
          --format <FORMAT>      How to print the result; by default what the ending
                                 of --output says, else a table [possible values:
                                 table, json, jsonl, markdown, html, csv]
          --json                 The same as --format json
      -o, --output <FILE>        Write the result to a file instead of stdout
      -q, --quiet                No notes on stderr
      -v, --verbose...           Show what lies behind an error, and log more; twice
                                 for details
          --log-format <FORMAT>  How the log is written [default: text] [possible
                                 values: text, json]
          --log-file <FILE>      Write the log to the end of a file instead of
                                 stderr
          --no-color             No colours
          --no-input             Never ask anything
          --config <FILE>        The configuration file to read
          --database-url <URL>   Where the data is kept: a PostgreSQL URL or the
                                 path of an SQLite file
    ");
    let run = Home::new().run(&["help", "exit-codes"]);
    assert!(run.stdout.starts_with("Exit codes:\n  0 "), "{}", run.stdout);
    assert!(Home::new().run(&["--help"]).stdout.contains(&run.stdout));
}
