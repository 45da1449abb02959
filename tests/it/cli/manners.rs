//! Manners of output: colour, width, names that would steer a terminal, closed pipes, files, progress, the log.

use std::process::Stdio;

use unicode_width::UnicodeWidthStr as _;

use crate::support::anthropic::{KEY, Plan};
use crate::support::binary::{Home, Run, file};

const SAMPLE: &str = "samples/01-discovery.json";

/// A home in which the first sample has been scored.
fn scored() -> Home {
    let home = Home::new();
    assert_eq!(home.run(&["analyze", &file(SAMPLE)]).code, 0);
    home
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let home = scored();
    for (variables, flag, is_coloured) in [
        (&[][..], &[][..], false),
        (&[("FORCE_COLOR", "1")], &[], true),
        (&[("FORCE_COLOR", "0")], &[], false),
        (&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], &[], false),
        (&[("FORCE_COLOR", "1")], &["--no-color"], false),
    ] {
        let mut command = home.command();
        let run = Run::of(command.envs(variables.iter().copied()).args(["analyze", "c1"]).args(flag));
        assert_eq!(run.stdout.contains('\u{1b}'), is_coloured, "{variables:?} {flag:?}");
    }
    // What is no page is never coloured.
    let run = Run::of(home.command().env("FORCE_COLOR", "1").args(["analyze", "c1", "--json"]));
    assert!(!run.stdout.contains('\u{1b}'), "{}", run.stdout);
    Run::of(home.command().env("FORCE_COLOR", "1").args(["analyze", "c1", "-o", "report.txt"]));
    let written = std::fs::read_to_string(home.folder.path().join("report.txt")).unwrap();
    assert!(written.contains("Mara Lindqvist") && !written.contains('\u{1b}'), "{written}");
}

#[test]
fn the_ending_of_a_file_is_what_it_holds() {
    let home = scored();
    let begins = |name: &str, arguments: &[&str]| {
        let run = home.run(&[arguments, &["-o", name]].concat());
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        std::fs::read_to_string(home.folder.path().join(name)).unwrap().chars().take(9).collect::<String>()
    };
    assert_eq!(begins("C1.HTML", &["analyze", "c1"]), "<!DOCTYPE");
    assert_eq!(begins("Calls.CSV", &["search"]).get(..4), Some("ref,"));
    assert!(begins("c1.Json", &["analyze", "c1"]).starts_with('{'));
    assert!(begins("calls.pdf", &["search", "--format", "csv"]).starts_with("ref,"), "a format beats the ending");
    home.run(&["import", &file("samples/03-pricing-negotiation.md")]);
    let two = ["analyze", "c1", "c2"];
    for (arguments, name, message) in [
        (&["analyze", "c1"][..], "c1.pdf", "nothing is written as .pdf"),
        (&["search"], "calls.XLSX", "nothing is written as .xlsx"),
        (&two, "both.json", "a .json file holds the report of one call"),
    ] {
        let run = home.run(&[arguments, &["-o", name]].concat());
        assert_eq!(run.code, 2, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{name}: {}", run.stderr);
        assert!(!home.folder.path().join(name).exists(), "{name}");
    }
    let lines = begins("both.jsonl", &two);
    assert!(lines.starts_with('{'), "{lines}");
}

#[test]
fn every_page_keeps_to_the_width_of_the_terminal() {
    let home = Home::new();
    assert_eq!(home.run(&["demo"]).code, 0);
    let demo = home.folder.path().join(".local/share/call-coach/demo.db");
    for width in ["60", "79", "200"] {
        for arguments in [
            &["analyze", "c1", "--full"][..],
            &["analyze", "c1", "--brief"],
            &["show", "c1"],
            &["search", "--format", "table"],
            &["search", "--text", "price", "--format", "table"],
            &["search", "--text", "nowhere", "--from", "90d", "--format", "table"],
            &["help", "dates"],
            &["help", "formats"],
            &["help", "exit-codes"],
            &["config", "show"],
            &["insights", "mara"],
            &["insights", "--team"],
            &["roster", "list"],
            &["rubric", "list"],
        ] {
            let mut command = home.command();
            let run = Run::of(command.env("COLUMNS", width).env("CALL_COACH_DATABASE_URL", &demo).args(arguments));
            assert_eq!(run.code, 0, "{}", run.stderr);
            let most: usize = width.parse().unwrap();
            for line in run.stdout.lines() {
                assert!(line.width() <= most, "{arguments:?} at {width}: {} columns: {line}", line.width());
            }
        }
    }
}

#[test]
fn a_narrow_page_keeps_what_is_looked_for_whole() {
    let home = Home::new();
    assert_eq!(home.run(&["demo", "--file", "demo.db"]).code, 0);
    let page = |arguments: &[&str]| {
        let mut command = home.command();
        Run::of(command.env("COLUMNS", "60").env("CALL_COACH_DATABASE_URL", "demo.db").args(arguments)).stdout
    };
    let found = page(&["search", "--text", "price", "--format", "table"]);
    let indent = " ".repeat(10);
    let lines: Vec<_> =
        found.lines().filter(|line| line.starts_with(&indent) && !line.contains("further lines")).collect();
    assert!(!lines.is_empty() && lines.iter().all(|line| line.to_lowercase().contains("pric")), "{found}");
    let (rubrics, people, settings) = (page(&["rubric", "list"]), page(&["roster", "list"]), page(&["config", "show"]));
    for (page, words) in [
        (&rubrics, &["DIMENSION", "VERSION", "CHECKS", "support", "35 %"][..]),
        (&people, &["E-MAIL", "MANAGER", "mara@brightpath.example"]),
        (&settings, &["SETTING", "VALUE", "FROM", "gong_requests_per_second", "default"]),
    ] {
        assert!(words.iter().all(|word| page.contains(word)), "{words:?}\n{page}");
    }
}

/// Names as a list could bring them: wide, from right to left, and meant to steer the terminal.
const NAMES: [(&str, &str); 6] = [
    ("plain", "Mara Lindqvist"),
    ("wide", "王小明 田中さくら"),
    ("right", "דנה כהן"),
    ("turned", "Ann\u{202e}gnorw\u{2066}x"),
    ("moving", "Bo\u{1b}[2J\u{1b}[Hx\u{7}\u{9b}31m"),
    ("joined", "Zoë\u{301}\u{200b}\u{feff}"),
];

/// What moves the cursor or turns the direction of what follows.
fn steers(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn foreign_names_keep_the_columns_and_cannot_move_the_cursor() {
    let home = Home::new();
    let rows: String = NAMES.iter().map(|(id, name)| format!("{id}@acme.example,\"{name}\"\n")).collect();
    home.write("people.csv", &format!("email,name\n{rows}"));
    assert_eq!(home.run(&["roster", "import", "people.csv"]).code, 0);
    let list = home.run(&["roster", "list", "--format", "table"]).stdout;
    assert!(!list.contains(steers), "{list:?}");
    let columns: Vec<_> = NAMES
        .iter()
        .map(|(id, _)| {
            let line = list.lines().find(|line| line.contains(&format!("{id}@"))).unwrap();
            line.split_once(&format!("{id}@")).unwrap().0.width()
        })
        .collect();
    assert!(columns.iter().all(|column| *column == columns[0]), "{columns:?}\n{list}");

    let words: String = NAMES.iter().map(|(_, name)| format!("<v {name}>Hello \u{1b}[31mto {name}.</v>\n")).collect();
    let cues: String =
        words.lines().enumerate().map(|(n, line)| format!("00:0{n}.000 --> 00:0{n}.900\n{line}\n\n")).collect();
    home.write("call.vtt", &format!("WEBVTT\n\n{cues}"));
    let titled = std::fs::read_to_string(file(SAMPLE)).unwrap();
    let title = "Fenwick Foods discovery: route planning";
    assert!(titled.contains(title));
    home.write("titled.json", &titled.replace(title, "A \\u001b[2J\\u202e title \\u009b31m"));
    for arguments in [
        &["import", "call.vtt"][..],
        &["import", "titled.json"],
        &["show", "c2"],
        &["analyze", "c2"],
        &["analyze", "c2", "--brief"],
        &["analyze", "c2", "--format", "markdown"],
        &["insights", "--team"],
        &["show", "c1"],
        &["search", "--format", "table"],
        &["search"],
        &["analyze", "c1", "--rep", "mara", "--full"],
        &["analyze", "c1", "--rep", "nobody\u{1b}[2J"],
        &["roster", "set", "no\u{1b}[2Jbody", "--team", "x"],
    ] {
        let run = home.run(arguments);
        let is_plain = arguments == ["search"];
        let steers = |c: char| steers(c) && !(is_plain && c == '\t');
        assert!(!run.stdout.contains(steers) && !run.stderr.contains(steers), "{arguments:?}: {run:?}");
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let home = scored();
    for arguments in [&["analyze", "c1", "--full"][..], &["show", "c1"], &["--help"], &["completions", "zsh"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = home.process().args(arguments).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let home = scored();
    let old = home.write("report.md", "the old report");
    let files = || std::fs::read_dir(home.folder.path()).unwrap().count();
    let before = files();
    assert_eq!(home.run(&["analyze", "c99", "-o", "report.md"]).code, 5);
    assert_eq!(home.run(&["search", "--from", "soonish", "-o", "new.md"]).code, 2);
    assert_eq!(std::fs::read_to_string(&old).unwrap(), "the old report");
    assert_eq!(files(), before, "nothing is left lying about");
    let run = home.run(&["analyze", "c1", "-o", "report.md"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert!(std::fs::read_to_string(&old).unwrap().contains("Mara Lindqvist"));
    assert_eq!(files(), before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let run = scored().run(&["analyze", "c1", "-o", "/dev/full"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.starts_with("error: cannot write /dev/full: ") && run.stderr.contains("Make room"), "{run:?}");
}

#[test]
fn the_log_tells_what_was_done_and_nothing_that_was_said() {
    let (home, server) = (Home::new(), Plan::good().start());
    let mut command = home.command();
    command.env("ANTHROPIC_API_KEY", KEY).env("ANTHROPIC_BASE_URL", &server.url).env("LOG_LEVEL", "trace");
    command.env("GONG_API_SECRET", "gong-secret-5b1f").args(["analyze", &file(SAMPLE), "--log-file", "log", "-vv"]);
    let run = Run::of(&mut command);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stderr.contains("DEBUG"), "the log is in the file: {}", run.stderr);
    let path = home.folder.path().join("log");
    let log = std::fs::read_to_string(&path).unwrap();
    assert!(log.contains("started") && log.contains("answered"), "{log}");
    let names = ["Mara", "Lindqvist", "Dana", "Reyes", "Theo", "Brandt", "Fenwick"];
    let secrets = [KEY, "gong-secret"];
    let words = spoken();
    assert!(words.len() > 50);
    for told in names.into_iter().chain(secrets).chain(words.iter().map(String::as_str)) {
        assert!(!log.contains(told), "{told}: {log}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0);
    }
    // A second run adds to it; as objects when asked for. A named file is not left empty at the default level.
    let arguments = ["show", "c99", "--log-file", "log", "--log-format", "json"];
    assert_eq!(home.run(&arguments).code, 5);
    let both = std::fs::read_to_string(&path).unwrap();
    let added = both.strip_prefix(&log).unwrap();
    let events: Vec<serde_json::Value> = added.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events.len(), 2, "{added}");
    assert_eq!((&events[1]["level"], &events[1]["fields"]["kind"]), (&"ERROR".into(), &"not_found".into()));
}

/// Pieces of four words that were said on the first sample call.
fn spoken() -> Vec<String> {
    let text = std::fs::read_to_string(file(SAMPLE)).unwrap();
    let sentences = text.split("\"text\":").skip(1).filter_map(|rest| rest.split('"').nth(1));
    let pieces = sentences.flat_map(|sentence| {
        let words: Vec<_> = sentence.split(' ').collect();
        words.chunks_exact(4).map(|words| words.join(" ")).collect::<Vec<_>>()
    });
    pieces.collect()
}

#[cfg(unix)]
mod terminal {
    use rexpect::session::spawn_command;

    use super::*;

    /// What a terminal shows of a run, with the exit code's success.
    fn shown(home: &Home, variables: &[(&str, &str)], arguments: &[&str]) -> String {
        let mut command = home.process();
        command.env_remove("COLUMNS").envs(variables.iter().copied()).args(arguments);
        let mut session = spawn_command(command, Some(60_000)).unwrap();
        let bytes: Vec<u8> = session.exp_eof().unwrap().chars().map(|byte| u8::try_from(byte).unwrap()).collect();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn it_is_coloured_unless_it_cannot_be() {
        let home = scored();
        let of = |variables: &[(&str, &str)]| shown(&home, variables, &["analyze", "c1"]);
        assert!(of(&[("TERM", "xterm")]).contains('\u{1b}'));
        assert!(!of(&[("TERM", "dumb")]).contains('\u{1b}'));
        assert!(!of(&[("TERM", "xterm"), ("NO_COLOR", "1")]).contains('\u{1b}'));
    }

    #[test]
    fn without_unicode_bars_and_rules_are_ascii() {
        let home = scored();
        let of = |locale: &str| shown(&home, &[("TERM", "dumb"), ("LC_ALL", locale)], &["analyze", "c1"]);
        let plain = of("C");
        assert!(plain.contains("###") && plain.contains("----"), "{plain}");
        assert!(!plain.contains(['█', '▁', '─', '·', '–', '…']), "{plain}");
        assert!(of("en_GB.UTF-8").contains('█'));
        let search = ["search", "--from", "2020-01-01", "--to", "2026-11-22"];
        let found = shown(&home, &[("TERM", "dumb"), ("LC_ALL", "C")], &search);
        assert!(found.contains(" - 22 Nov 2026") && !found.contains('–'), "{found}");
        for whose in ["--team", "mara"] {
            let insights = ["insights", whose, "--from", "2020-01-01", "--to", "2026-11-22"];
            let page = shown(&home, &[("TERM", "dumb"), ("LC_ALL", "C")], &insights);
            assert!(page.contains(" - 22 Nov 2026") && !page.contains('–'), "{page}");
        }
    }

    #[test]
    fn progress_is_drawn_in_a_terminal_only() {
        let home = Home::new();
        let drawn = |arguments: &[&str]| shown(&home, &[("TERM", "xterm")], arguments).contains("\u{1b}[2K");
        assert!(drawn(&["demo"]), "a bar that goes away again");
        assert!(!drawn(&["demo", "--quiet"]));
        let run = home.run(&["demo"]);
        assert!(!run.stderr.contains(['\u{1b}', '\r']) && !run.stdout.contains(['\u{1b}', '\r']), "{run:?}");
    }
}
