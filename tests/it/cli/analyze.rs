//! `analyze`, from a file to a report.

use serde_json::Value;

use crate::support::binary::{Home, Run, file};
use crate::support::data;

const SAMPLES: [(&str, &[&str]); 5] = [
    ("samples/01-discovery.json", &[]),
    ("samples/02-poor-demo.vtt", &["--rep", "Joost"]),
    ("samples/03-pricing-negotiation.md", &[]),
    ("samples/04-renewal.srt", &["--rep", "Sam", "--role", "csm"]),
    ("samples/05-messy.txt", &["--rep", "Priya", "--role", "se", "--call-type", "support"]),
];

fn analyze(home: &Home, call: &str, flags: &[&str]) -> Run {
    home.run(&[&["analyze", call], flags].concat())
}

fn report(home: &Home, call: &str, flags: &[&str]) -> Value {
    let run = analyze(home, call, &[flags, &["--json"]].concat());
    assert_eq!(run.code, 0, "{call}: {}", run.stderr);
    run.json()
}

#[test]
fn the_first_sample_gives_a_report_without_a_key_a_server_or_a_flag() {
    let run = analyze(&Home::new(), &file(SAMPLES[0].0), &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for expected in ["Mara Lindqvist with Dana Reyes", "NEXT CALL", "SCORES", "CONCERNS", "Nothing was sent"] {
        assert!(run.stdout.contains(expected), "{expected}: {}", run.stdout);
    }
    assert_eq!(run.stderr, "");
}

#[test]
fn the_json_has_the_names_that_scripts_rely_on() {
    let report = report(&Home::new(), &file(SAMPLES[0].0), &[]);
    for (object, names) in [
        (
            "",
            "schema_version call rep overall dimensions metrics objections action verdict moments evidence analyst rubric cached stale usage",
        ),
        ("/call", "id source title started_at duration_s url call_type product"),
        ("/rep", "name email role role_source"),
        ("/overall", "score coverage status"),
        ("/dimensions/0", "id status score coverage criteria"),
        ("/dimensions/0/criteria/0", "id weight score checks"),
        ("/dimensions/0/criteria/0/checks/0", "id verdict evidence note"),
        ("/dimensions/0/criteria/0/checks/0/evidence/0", "line start_ms end_ms speaker side quote"),
        (
            "/metrics",
            "rep_talk_share longest_monologue_s longest_buyer_story_s switches_per_min patience_s rep_questions open_questions buyer_questions questions_per_hour filler_per_min words_per_min interruptions next_step_booked unattributed_share",
        ),
        ("/objections/0", "type status parked_until severity line start_ms quote repeats response_line response_quote"),
        ("/action", "text check dimension line"),
        ("/evidence", "claimed verified"),
        ("/analyst", "kind model"),
        ("/rubric", "id version hash"),
        ("/usage", "input_tokens output_tokens cache_read_tokens cache_write_tokens cost_usd requests"),
    ] {
        let found = report.pointer(object).unwrap_or_else(|| panic!("{object}"));
        for name in names.split(' ') {
            assert!(found.get(name).is_some(), "{object}/{name}");
        }
    }
    assert_eq!(report["call"]["id"], "8362510094471853026");
}

#[test]
fn a_second_run_asks_nobody_and_says_the_same() {
    let home = Home::new();
    let mut first = report(&home, &file(SAMPLES[0].0), &[]);
    let mut second = report(&home, "c1", &[]);
    assert_eq!((&first["cached"], &second["cached"]), (&Value::Bool(false), &Value::Bool(true)));
    for report in [&mut first, &mut second] {
        report["cached"] = Value::Null;
        report["call"]["file"] = Value::Null;
    }
    assert_eq!(first, second);
    let again = report(&home, "c1", &["--rescore"]);
    assert_eq!(again["cached"], Value::Bool(false));
    let off = home.command().env("ENABLE_CACHING", "false").args(["analyze", "c1", "--json"]).output().unwrap();
    let off: Value = serde_json::from_slice(&off.stdout).unwrap();
    assert_eq!(off["cached"], Value::Bool(false));
}

/// The overall score is the role-weighted mean of the scored dimensions; another role costs no new answers.
#[test]
fn another_role_changes_the_overall_score_by_exactly_the_arithmetic() {
    let home = Home::new();
    let weights = |role: &str, id: &str| -> f64 {
        match (role, id) {
            ("ae", "discovery") => 35.0,
            ("ae", "engagement") => 25.0,
            ("csm", "discovery") => 30.0,
            ("csm", "engagement") => 35.0,
            _ => panic!("{role} {id}"),
        }
    };
    for role in ["ae", "csm"] {
        let report = report(&home, &file(SAMPLES[1].0), &["--rep", "Joost", "--role", role]);
        let scored: Vec<_> = report["dimensions"].as_array().unwrap().iter().filter(|d| d["score"].is_f64()).collect();
        assert_eq!(scored.len(), 2);
        let (mut sum, mut all) = (0.0, 0.0);
        for dimension in scored {
            let weight = weights(role, dimension["id"].as_str().unwrap());
            sum += weight * dimension["score"].as_f64().unwrap();
            all += weight;
        }
        let overall = report["overall"]["score"].as_f64().unwrap();
        assert!((overall - sum / all).abs() < 1e-9, "{role}: {overall} {}", sum / all);
        assert_eq!(report["cached"], Value::Bool(role == "csm"));
    }
}

/// Every quote of every report stands in the line it cites, or runs on into the same speaker's next one.
#[test]
fn every_quote_stands_in_the_cited_line() {
    let home = Home::new();
    let mut calls: Vec<(String, Vec<&str>)> =
        SAMPLES.iter().map(|(name, flags)| (file(name), flags.to_vec())).collect();
    if let Some(folder) = data::folder() {
        let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
        calls.push((at("derived/gecko_call/zoom.vtt"), vec!["--rep", "Roger"]));
        for name in ["cold-call-success-01", "cold-call-unsuccessful-01", "discovery-call-01", "objection-pricing-01"] {
            calls.push((at(&format!("tribeai_sales_transcripts/inputs/transcripts/{name}.md")), vec![]));
        }
    }
    let mut seen = 0;
    for (call, flags) in calls {
        let report = report(&home, &call, &flags);
        let shown = home.run(&["show", report["call"]["ref"].as_str().unwrap(), "--json"]).json();
        let lines = shown["lines"].as_array().unwrap();
        let text = |line: usize| lines.get(line - 1).map_or("", |line| line["text"].as_str().unwrap());
        for (line, quote) in quotes(&report) {
            let run_on = format!("{} {}", text(line), text(line + 1));
            assert!(text(line).contains(&quote) || run_on.contains(&quote), "{call}:{line}: {quote}");
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

/// Every (line, quote) pair anywhere in a report.
fn quotes(value: &Value) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    match value {
        Value::Object(object) => {
            for (line, quote) in [("line", "quote"), ("response_line", "response_quote")] {
                if let (Some(line), Some(quote)) =
                    (object.get(line).and_then(Value::as_u64), object.get(quote).and_then(Value::as_str))
                {
                    found.push((usize::try_from(line).unwrap(), quote.to_owned()));
                }
            }
            found.extend(object.values().flat_map(quotes));
        }
        Value::Array(items) => found.extend(items.iter().flat_map(quotes)),
        _ => {}
    }
    found
}

#[test]
fn the_shapes_of_the_gong_sample_call_agree() {
    let Some(folder) = data::folder() else { return };
    let at = |name: &str| folder.join("derived/gecko_call").join(name).to_string_lossy().into_owned();
    let gong = [at("gong_callTranscripts.json"), at("gong_extensive.json")];
    let files: [(Vec<String>, bool); 5] = [
        (vec![at("zoom.vtt")], true),
        (vec![at("teams.vtt")], true),
        (vec![at("speakers.srt")], true),
        (vec![at("otter.txt")], false),
        (gong.to_vec(), true),
    ];
    for (files, timed) in files {
        let home = Home::new();
        let mut arguments = vec!["analyze", "--json", "--rep", "Roger"];
        arguments.extend(files.iter().map(String::as_str));
        let run = home.run(&arguments);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let report = run.json();
        let speakers: Vec<_> =
            report["participants"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
        assert_eq!(speakers, ["Roger", "Virgil"], "{files:?}");
        let share = report["metrics"]["rep_talk_share"].as_f64().unwrap();
        // The reading in gold/gecko.json; all timed shapes hold the same times.
        let distance = if timed { 0.0005 } else { 0.03 };
        assert!((share - 0.7306).abs() < distance, "{files:?}: {share}");
        assert_eq!(report["metrics"]["next_step_booked"], Value::Bool(true), "{files:?}");
        for objection in report["objections"].as_array().unwrap() {
            let is_pricing_question =
                objection["type"] == "pricing" && objection["quote"].as_str().unwrap().contains('?');
            assert!(!is_pricing_question, "{objection}");
        }
    }
}

#[test]
fn the_better_cold_call_scores_at_least_fifteen_points_more() {
    let Some(folder) = data::folder() else { return };
    let score = |name: &str| {
        let path = folder.join("tribeai_sales_transcripts/inputs/transcripts").join(name);
        report(&Home::new(), &path.to_string_lossy(), &[])["overall"]["score"].as_f64().unwrap()
    };
    let (good, bad) = (score("cold-call-success-01.md"), score("cold-call-unsuccessful-01.md"));
    assert!(good - bad >= 15.0, "{good} {bad}");
}

#[test]
fn escapes_and_orders_in_a_transcript_do_nothing() {
    let home = Home::new();
    let (name, flags) = SAMPLES[4];
    let bytes = std::fs::read(file(name)).unwrap();
    assert!(bytes.contains(&0x1b) && bytes.starts_with(b"\xef\xbb\xbf"), "the sample is messy");
    for detail in [&[][..], &["--full"], &["--format", "markdown"], &["--json"]] {
        let run = analyze(&home, &file(name), &[flags, detail].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'));
    }
    let report = report(&home, &file(name), flags);
    assert!(report["overall"]["score"].as_f64().is_none_or(|score| score < 100.0));
    // One voice in two spellings is one person.
    assert_eq!(report["participants"].as_array().unwrap().iter().filter(|p| p["spoke"] == true).count(), 2);
}

#[test]
fn one_bad_call_does_not_stop_the_others() {
    let home = Home::new();
    let empty = home.write("empty.vtt", "");
    let run = home.run(&["analyze", empty.to_str().unwrap(), &file(SAMPLES[0].0), "missing.vtt"]);
    assert_eq!(run.code, 3);
    assert!(run.stdout.contains("Mara Lindqvist with Dana Reyes"));
    assert!(run.stderr.contains("empty.vtt") && run.stderr.contains("missing.vtt"), "{}", run.stderr);
}

#[test]
fn what_was_asked_last_time_is_held_against_the_next_call() {
    let home = Home::new();
    let first = report(&home, &file(SAMPLES[0].0), &[]);
    let second = std::fs::read_to_string(file(SAMPLES[0].0))
        .unwrap()
        .replace("8362510094471853026", "8362510094471853027")
        .replace("2026-10-15T08:01:12Z", "2026-10-22T08:01:12Z");
    let second = report(&home, home.write("second.json", &second).to_str().unwrap(), &[]);
    assert_eq!(second["previous_action"]["check"], first["action"]["check"]);
    assert_eq!(second["previous_action"]["done"], Value::Bool(false));
    assert_eq!(second["previous_action"]["call"], "c1");
}

#[test]
fn what_is_no_call_to_coach_is_stored_with_the_reason() {
    let home = Home::new();
    let short =
        home.write("short.txt", "Ana: Hello Bo, how are you?\nBo: Fine, thanks. And you?\nAna: Fine too.\nBo: Good.\n");
    let run = analyze(&home, short.to_str().unwrap(), &["--rep", "Ana"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("No score: this is not a call to coach."), "{}", run.stdout);
    assert!(run.stdout.contains("words; calls under 300 say"), "{}", run.stdout);
}

#[test]
fn a_file_without_a_date_is_told_once_with_a_command_that_gives_it_one() {
    let home = Home::new();
    let folder = home.folder.path().join("My calls");
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("Call.vtt");
    std::fs::copy(file(SAMPLES[1].0), &path).unwrap();
    let changed = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_771_081_353);
    std::fs::File::options().append(true).open(&path).unwrap().set_modified(changed).unwrap();
    let told = home.run(&["import", "My calls/Call.vtt"]).stderr;
    assert!(told.contains("change time suggests 14 Feb 2026, 15:02."), "{told}");
    assert_eq!(analyze(&home, "My calls/Call.vtt", &["--rep", "Joost"]).stderr, "", "told once");
    let command = told.lines().find_map(|line| line.trim().strip_prefix("Keep it: call-coach ")).unwrap();
    let words = ["import", "My calls/Call.vtt", "--started-at", "2026-02-14T15:02"];
    assert_eq!(command, words.join(" ").replace("My calls/Call.vtt", "'My calls/Call.vtt'"));
    let run = home.run(&words);
    assert!(run.code == 0 && run.stdout.contains("14 Feb 2026, 15:02"), "{}{}", run.stdout, run.stderr);
    // What was changed after now was not changed by a call.
    let later = changed + std::time::Duration::from_secs(1_000_000_000);
    let other = home.write("other.txt", &std::fs::read_to_string(file(SAMPLES[4].0)).unwrap());
    std::fs::File::options().append(true).open(&other).unwrap().set_modified(later).unwrap();
    let told = analyze(&home, "other.txt", &["--rep", "Priya"]).stderr;
    assert!(told.contains("If you know it: call-coach import other.txt --started-at YYYY-MM-DD"), "{told}");
}

#[test]
fn a_folder_does_not_hide_the_call_of_its_name() {
    let home = Home::new();
    assert_eq!(analyze(&home, &file(SAMPLES[0].0), &[]).code, 0);
    std::fs::create_dir(home.folder.path().join("c1")).unwrap();
    let run = analyze(&home, "c1", &[]);
    assert!(run.code == 0 && run.stdout.contains("Mara Lindqvist"), "{}", run.stderr);
}
