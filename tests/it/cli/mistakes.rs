//! What people get wrong: the exit code, one clear message, and what to type instead.

use crate::support::binary::{Home, file};

#[test]
fn each_mistake_has_its_exit_code_and_says_what_to_do() {
    let sample = file("samples/02-poor-demo.vtt");
    for (arguments, code, message) in [
        (&["analyze", "missing.vtt"][..], 5, "no file and no stored call named missing.vtt"),
        (&["analyze", "c99"], 5, "no stored call is c99"),
        (&["analyze", &sample], 2, "two people speak on this call; which of them are ours?"),
        (&["analyze", &sample], 2, "--rep \"Joost de Wit\""),
        (&["analyze", &sample, "--rep", "Bob"], 2, "Speaking are: Joost de Wit · Nora Haas"),
        (
            &["analyze", &sample, "--rep", "Joost", "--role", "wizard"],
            2,
            "there is no role `wizard`; there are ae, csm, se, support",
        ),
        (&["analyze", &sample, "--rep", "Joost", "-d", "charm"], 2, "there is no dimension `charm`"),
        (&["analyze", &sample, "--rep", "Joost", "--started-at", "soon"], 2, "--started-at 2026-02-14T15:02"),
        (&["analyze", &sample, "--call-type", "lunch"], 2, "cold_call, discovery"),
        (&["help", "charm"], 2, "Further topics: exit-codes"),
        (&["analyse", &sample], 2, "similar subcommand exists: 'analyze'"),
        (&["import", "missing.vtt"], 5, "there is no file missing.vtt"),
        (&["show", "c1"], 5, "no stored call is c1"),
        (&["rubric", "show", "charm"], 5, "There are discovery, objection_handling"),
        (&["rubric", "validate", "no-such-folder"], 5, "no-such-folder"),
        (&["db", "status", "--database-url", "mysql://a/b"], 2, "mysql://"),
        (&["config", "show", "--config", "no.toml"], 5, "no.toml"),
        (&["review", "c1", "--check", "why_now", "--verdict", "yes"], 2, "Did you mean why_now_asked?"),
    ] {
        let run = Home::new().run(arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{arguments:?}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{arguments:?}");
    }
}

#[test]
fn bad_files_are_named_with_their_line_and_lose_nothing() {
    for (name, text, message) in [
        ("cue.vtt", "WEBVTT\n\n00:01 --> soon\nAna: Hello.\n", "cue.vtt:3: "),
        ("broken.json", "{\n\"callTranscripts\": [\n", "broken.json:"),
        ("nobody.srt", "1\n00:00:01,000 --> 00:00:02,000\nHello there.\n", "nobody.srt"),
        ("empty.txt", "", "empty.txt"),
        ("letter.txt", "Dear all,\n\nthis is a letter and no transcript.\n", "letter.txt"),
    ] {
        let home = Home::new();
        let path = home.write(name, text);
        let run = home.run(&["import", path.to_str().unwrap()]);
        assert_eq!(run.code, 2, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{name}: {}", run.stderr);
    }
}

#[test]
fn errors_under_json_are_an_object_on_stderr() {
    let run = Home::new().run(&["analyze", "c99", "--json"]);
    let error: serde_json::Value = serde_json::from_str(&run.stderr).unwrap();
    assert_eq!(error["error"]["kind"], "not_found");
    assert!(error["error"]["message"].as_str().unwrap().contains("c99"));
    assert!(error["error"].get("hint").is_some());
    for arguments in [&["analyse", "--json"][..], &["analyze", "--format", "json", "--rolle", "ae", "c1"]] {
        let run = Home::new().run(arguments);
        let error: serde_json::Value = serde_json::from_str(&run.stderr).unwrap();
        assert_eq!((run.code, &error["error"]["kind"]), (2, &"usage".into()), "{arguments:?}");
        assert!(error["error"]["hint"].as_str().unwrap().contains("similar"), "{error}");
    }
}

#[test]
fn mistakes_in_settings_are_exit_2_and_name_the_place() {
    for (name, text, message) in [
        (
            "c.toml",
            "role = \"ae\"\ndatabse_url = \"x\"",
            "c.toml:2: unknown key `databse_url`; did you mean `database_url`?",
        ),
        ("c.toml", "cache_ttl_days = \"soon\"", "c.toml:1: `cache_ttl_days` is `soon`; expected a number of days"),
        (".env", "ENABLE_CACHING=maybe", "ENABLE_CACHING in "),
        (".env", "CACHE_TTL_DAYS='\u{1b}[31m'", "`cache_ttl_days` is ` [31m`"),
        (".env", "sk-ant-nobody-may-see-this", "line 1 is not of the form NAME=value"),
    ] {
        let home = Home::new();
        home.write(name, text);
        let run =
            home.run(if name == "c.toml" { &["config", "show", "--config", "c.toml"] } else { &["config", "show"] });
        assert_eq!(run.code, 2, "{text}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{text}: {}", run.stderr);
        assert!(!run.stderr.contains("nobody-may") && !run.stderr.contains('\u{1b}'), "{}", run.stderr);
        assert_eq!(home.run(&["help", "exit-codes"]).code, 0, "help is there when the settings are wrong");
    }
}

#[test]
fn a_database_that_cannot_be_used_is_exit_7() {
    let home = Home::new();
    let path = home.write("not-a-database.db", "just some words, long enough to be no empty file at all");
    let run = home.run(&["db", "status", "--database-url", path.to_str().unwrap()]);
    assert_eq!(run.code, 7, "{}", run.stderr);
    let run = home.run(&["show", "c1", "--database-url", "postgres://ana:s3cret@127.0.0.1:9/none"]);
    assert_eq!(run.code, 7, "{}", run.stderr);
    assert!(!run.stderr.contains("s3cret"), "{}", run.stderr);
}
