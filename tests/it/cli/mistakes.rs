//! What people get wrong: the exit code, one clear message, and what to type instead.

use serde_json::Value;

use crate::support::binary::{Home, Run, file};
use crate::support::skipped;

/// What somebody typed, and what they are told: the exit code, words of the message, words of the hint.
type Mistake = (&'static str, u8, &'static str, &'static str);

/// Arguments are separated by blanks; SAMPLE is a transcript of two people. NAME=value in front is a variable.
#[rustfmt::skip]
const MISTAKES: [Mistake; 76] = [
    // What does not exist.
    ("analyze missing.vtt", 5, "no file and no stored call named missing.vtt", "A call is a transcript file"),
    ("analyze c99", 5, "no stored call is c99", "call-coach search"),
    ("show c99", 5, "no stored call is c99", "call-coach search"),
    ("show hello", 5, "no file and no stored call named hello", "a reference such as c412"),
    ("import missing.vtt", 5, "there is no file missing.vtt", ""),
    ("roster import missing.csv", 5, "`missing.csv`", "Is the path right?"),
    ("config show --config no.toml", 5, "no.toml", "Is the path right?"),
    ("rubric validate no-such-folder", 5, "no-such-folder", "Is the path right?"),
    ("CALL_COACH_RUBRICS=nope search", 5, "the rubrics cannot be read", "To mend it: change CALL_COACH_RUBRICS in the environment"),
    // People.
    ("search --rep Bob", 5, "nobody in the roster is called `Bob`", "See who is known: call-coach roster list"),
    ("search --rep Mraa", 5, "nobody in the roster is called `Mraa`", "Did you mean `Mara`? See who is known"),
    ("insights lindqvits", 5, "nobody in the roster is called `lindqvits`", "Did you mean `Lindqvist`?"),
    ("search --rep lind", 2, "`lind` fits Mara Lindqvist <mara@acme.example> and Bo Linder <bo@acme.example>", "Type more of the name"),
    ("roster set Mraa --team east", 5, "nobody in the roster is called `Mraa`", "Did you mean `Mara`?"),
    ("roster set mara --role wizard", 2, "there is no role `wizard`; there are ae, csm, se, support", ""),
    ("analyze SAMPLE", 2, "two people speak on this call; which of them are ours?", "--rep \"Joost de Wit\""),
    ("analyze SAMPLE --rep Bob", 2, "Bob", "Speaking are: Joost de Wit · Nora Haas"),
    ("analyze SAMPLE --rep Joost --role ea", 2, "there is no role `ea`; there are ae, csm, se, support", ""),
    // Names of the rubrics.
    ("analyze SAMPLE --rep Joost -d discvery", 2, "there is no dimension `discvery`", "Did you mean `discovery`?"),
    ("search --dimension charm", 2, "there is no dimension `charm`", "There are discovery, objection_handling"),
    ("rubric show engagment", 5, "there is no dimension `engagment`", "Did you mean `engagement`? There are discovery"),
    ("review c1 --check why_now --verdict yes", 2, "there is no check `why_now`", "Did you mean `why_now_asked`?"),
    ("rubric validate binary.vtt", 2, "`binary.vtt`", "Name a folder"),
    ("help dats", 2, "there is no help on `dats`", "Did you mean `dates`?"),
    // Files.
    ("analyze folder", 2, "`folder`", "Name a file in it."),
    ("import folder", 2, "`folder`", "Name a file in it."),
    ("import empty.vtt", 2, "empty.vtt: the file is empty", ""),
    ("import binary.vtt", 2, "binary.vtt: not a text file", ""),
    ("import large.vtt", 2, "large.vtt: the file is larger than 64 MB", ""),
    ("import secret.vtt", 2, "secret.vtt", "ls -l"),
    ("import -", 2, "standard input: the file is empty", ""),
    ("roster import binary.vtt", 2, "binary.vtt", ""),
    ("search -o folder", 2, "cannot write folder: it is a folder", "Name a file in a folder that exists"),
    ("search -o nowhere/x.txt", 2, "cannot write nowhere/x.txt: there is no such folder", "Name a file in a folder that exists"),
    ("search -o empty.vtt/x", 2, "what should be its folder is a file", "Name a file in a folder that exists"),
    ("search --log-file nowhere/log", 2, "cannot write nowhere/log: there is no such folder", "Name a file"),
    // Times and numbers.
    ("search --from yesterdayish", 2, "`yesterdayish` is no date or period", "Such as 30d, last-month"),
    ("search --from 2026-13-01", 2, "`2026-13-01` is no day in the calendar", "call-coach help dates"),
    ("search --from 2026-11-20 --to 2026-11-10", 2, "the time ends (2026-11-10) before it begins", "call-coach help dates"),
    ("import empty.vtt --started-at 2099-01-01", 2, "`2099-01-01` lies in the future", "or the day alone"),
    ("search --min-score 200", 2, "invalid value '200'", "--help"),
    ("search --min-score 80 --max-score 20", 2, "no score is at least 80 and at most 20", ""),
    ("show c1 --at soon", 2, "expected a moment of a call, such as 3:12", "--help"),
    ("show c1 --at 3:99", 2, "expected a moment of a call, such as 3:12", "--help"),
    ("review c1 --check purpose_said --verdict no --at 3:12 --line 4", 2, "cannot be used with", "--help"),
    // Commands, flags, values.
    ("analyse c1", 2, "unrecognized subcommand 'analyse'", "'analyze'"),
    ("db migrat", 2, "unrecognized subcommand 'migrat'", "'migrate'"),
    ("search --role pilot", 2, "there is no role `pilot`; there are ae, csm, se, support", ""),
    ("doctor --format markdown", 2, "this command prints no markdown", "JSON from all"),
    ("config set role pilot", 2, "there is no role `pilot`; there are ae, csm, se, support", ""),
    ("search --limt 3", 2, "unexpected argument '--limt'", "'--limit'"),
    ("search --sort dat", 2, "invalid value 'dat'", "'date'"),
    ("search --limit many", 2, "expected a whole number from 1 to 1000", "--help"),
    ("search --min-score 101", 2, "expected a whole number from 0 to 100", "--help"),
    ("forget", 2, "required arguments were not provided", "<CALL|--party <E-MAIL>|--before <TIME>>"),
    ("search --format html", 2, "this command prints no HTML", "HTML comes from analyze and insights"),
    ("show c1 --at", 2, "a value is required for '--at", "--help"),
    ("insights --team mara", 2, "'--team' cannot be used with '[REP]'", "Usage:"),
    ("completions tcsh", 2, "invalid value 'tcsh'", "'zsh'"),
    ("forget --party typo@x.example --yes", 5, "nobody with the e-mail address typo@x.example is stored", "call-coach search --participant NAME"),
    ("insights", 2, "required arguments were not provided", "everybody: call-coach insights --team"),
    ("analyze", 2, "required arguments were not provided", "call-coach analyze --unscored"),
    ("demo --file empty.vtt/x.db", 7, "empty.vtt/x.db", "Name another file: call-coach demo --file FILE"),
    ("forget c1", 2, "1 call would be removed for good", "add --yes"),
    // Settings.
    ("CACHE_TTL_DAYS=soon search", 2, "CACHE_TTL_DAYS in the environment: `cache_ttl_days` is `soon`; expected a number", "call-coach doctor"),
    ("LOG_LEVEL=loud search", 2, "expected off, error, warn, info, debug or trace", "call-coach doctor"),
    ("search --config broken.toml", 2, "broken.toml:2: ", "call-coach config edit"),
    ("search --config folder", 2, "`folder`", "Name a file in it."),
    ("config set rol ae", 2, "there is no setting `rol`; did you mean `role`?", "call-coach config show"),
    // Services.
    ("sync", 2, "no key for Gong is set", "GONG_API_KEY"),
    ("analyze SAMPLE --rep Joost --analyst claude", 2, "there is no key for Claude", "--analyst local"),
    ("ANTHROPIC_API_KEY=sk-ant-xyz ANTHROPIC_BASE_URL=ftp://x analyze SAMPLE --rep Joost", 2, "ANTHROPIC_BASE_URL must begin with https://", ""),
    ("ANTHROPIC_API_KEY=your-key-here analyze SAMPLE --rep Joost", 2, "anthropic_api_key (ANTHROPIC_API_KEY in the environment) stands for a real value", "To mend it: change ANTHROPIC_API_KEY"),
    ("GONG_API_KEY='a-key' GONG_API_SECRET=a-secret sync", 2, "quotation marks are part of gong_api_key", "without the quotation marks"),
    // The database.
    ("db status --database-url mysql://a/b", 2, "`mysql://", ""),
    ("search --database-url postgres://ana:s3cret@127.0.0.1:9/none", 7, "cannot reach the database", "Is it running"),
];

/// A home with two people in the roster and files that are no transcripts.
fn home() -> Home {
    let home = Home::new();
    let path = home.folder.path();
    std::fs::create_dir(path.join("folder")).unwrap();
    std::fs::write(path.join("binary.vtt"), b"MZ\0\x01\xff\xfe").unwrap();
    std::fs::File::create(path.join("large.vtt")).unwrap().set_len(70 << 20).unwrap();
    home.write("empty.vtt", "");
    home.write("secret.vtt", "WEBVTT\n");
    home.write("broken.toml", "role = \"ae\"\nteam east\n");
    home.write("people.csv", "email,name\nmara@acme.example,Mara Lindqvist\nbo@acme.example,Bo Linder\n");
    assert_eq!(home.run(&["roster", "import", "people.csv"]).code, 0);
    assert_eq!(home.run(&["import", &file("samples/02-poor-demo.vtt")]).code, 0);
    home
}

/// Whether the system keeps this program from reading the file; the administrator may read every one.
fn is_kept_from(path: &std::path::Path) -> bool {
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o000)).unwrap();
    std::fs::read(path).is_err()
}

#[test]
fn each_mistake_has_its_exit_code_and_says_what_to_do() {
    let home = home();
    let is_kept_from = is_kept_from(&home.folder.path().join("secret.vtt"));
    let sample = file("samples/02-poor-demo.vtt");
    for (typed, code, message, hint) in MISTAKES {
        if typed.contains("secret.vtt") && !is_kept_from {
            skipped("a file that may not be read: whoever runs this may read every one");
            continue;
        }
        let (variables, arguments): (Vec<_>, Vec<_>) =
            typed.split(' ').partition(|word| word.starts_with(|c: char| c.is_uppercase()) && word.contains('='));
        let variables: Vec<_> = variables.iter().filter_map(|variable| variable.split_once('=')).collect();
        let arguments: Vec<_> = arguments.iter().map(|word| if *word == "SAMPLE" { &sample } else { *word }).collect();
        let run = |more: &[&str]| Run::of(home.command().envs(variables.iter().copied()).args(&arguments).args(more));
        let told = run(&[]);
        assert_eq!(told.code, i32::from(code), "{typed}: {}{}", told.stdout, told.stderr);
        assert_eq!(told.stdout, "", "{typed}");
        let (first, rest) = told.stderr.split_once('\n').unwrap();
        assert!(first.starts_with("error: ") && first.contains(message), "{typed}: {}", told.stderr);
        assert!(rest.contains(hint), "{typed}: {}", told.stderr);
        assert!(!told.stderr.contains("s3cret") && !told.stderr.contains("panicked"), "{typed}: {}", told.stderr);
        if typed.contains("--format") {
            continue;
        }
        let told = run(&["--json", "-v"]);
        let error: Value = serde_json::from_str(told.stderr.lines().last().unwrap()).unwrap();
        let error = &error["error"];
        assert_eq!(told.code, i32::from(code), "{typed} --json");
        assert!(error["message"].as_str().unwrap().contains(message), "{typed}: {error}");
        assert!(error["hint"].as_str().unwrap_or_default().contains(hint), "{typed}: {error}");
        let kinds = [(2, "usage"), (5, "not_found"), (7, "database")];
        assert!(kinds.contains(&(code, error["kind"].as_str().unwrap())), "{typed}: {error}");
        assert!(!told.stderr.contains("s3cret"), "{typed}: {}", told.stderr);
    }
}

#[test]
fn what_lies_behind_an_error_is_told_when_asked_for() {
    let home = Home::new();
    let arguments = ["search", "--database-url", "folder/calls.db"];
    home.write("folder", "");
    let told = |more: &[&str]| home.run(&[&arguments[..], more].concat()).stderr;
    assert!(!told(&[]).contains("because: "), "{}", told(&[]));
    assert!(told(&["-v"]).contains("because: "), "{}", told(&["-v"]));
    let error: Value = serde_json::from_str(told(&["-v", "--json"]).lines().last().unwrap()).unwrap();
    assert!(!error["error"]["because"].as_array().unwrap().is_empty(), "{error}");
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
        (".env", "ANTHROPIC_API_KEY=sk nobody-may oops", "the value in line 1 holds a blank: put quotation marks"),
        (".env", "ANTHROPIC_API_KEY sk-ant-nobody-may-see-this", "line 1 is not of the form NAME=value"),
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
