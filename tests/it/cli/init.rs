//! `init`: in a terminal it asks, elsewhere it never does.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Stdio;

use rexpect::session::{PtySession, spawn_command};

use crate::gong::fake::{Fake, KEY, SECRET};
use crate::support::anthropic::{self, Plan};
use crate::support::binary::{Home, Run};

const PATIENCE_MS: u64 = 120_000;

fn path(home: &Home) -> PathBuf {
    home.folder.path().join(".config/call-coach/config.toml")
}

/// `init` in a terminal, with all that it has shown.
struct Terminal {
    session: PtySession,
    seen: String,
}

impl Terminal {
    fn start(home: &Home, variables: &[(&str, &str)]) -> Self {
        let mut command = home.process();
        command.env("TERM", "xterm").envs(variables.iter().copied()).arg("init");
        Terminal { session: spawn_command(command, Some(PATIENCE_MS)).unwrap(), seen: String::new() }
    }

    fn answer(&mut self, question: &str, answer: &str) {
        self.wait_for(question);
        self.session.send_line(answer).unwrap();
    }

    fn wait_for(&mut self, words: &str) {
        let before = self.session.exp_string(words).unwrap_or_else(|error| panic!("{words}: {error}\n{}", self.seen));
        self.seen += &format!("{before}{words}");
    }

    /// Waits for the end; returns whether that was exit code 0, and all that was shown.
    fn end(mut self) -> (bool, String) {
        self.seen += &self.session.exp_eof().unwrap();
        let status = self.session.process().wait().unwrap();
        (matches!(status, rexpect::process::WaitStatus::Exited(_, 0)), self.seen)
    }
}

#[test]
fn in_a_terminal_it_asks_tries_writes_and_examines() {
    let home = Home::new();
    std::fs::create_dir_all(path(&home).parent().unwrap()).unwrap();
    std::fs::write(path(&home), "# ours\nrole = \"se\" # engineers\n").unwrap();
    let (gong, claude) = (Fake::start(), Plan::good().start());
    let mut terminal = Terminal::start(&home, &[("ANTHROPIC_BASE_URL", &claude.url)]);
    terminal.answer("Data: another file", "mine.db");
    terminal.answer("Your company's domains", "acme.example");
    terminal.answer("Fetch calls from Gong?", "y");
    terminal.answer("Gong access key (hidden)", KEY);
    terminal.answer("secret (hidden)", "not-the-secret-at-all");
    terminal.answer("Gong's address", &gong.address);
    // What does not work can be typed again.
    terminal.wait_for("Gong refused the credentials");
    terminal.answer("What now?", "");
    terminal.answer("Gong access key (hidden)", KEY);
    terminal.answer("secret (hidden)", SECRET);
    terminal.answer("Gong's address", &gong.address);
    terminal.wait_for("Gong takes the key");
    terminal.answer("Let Claude answer", "y");
    terminal.answer("(hidden)", anthropic::KEY);
    terminal.wait_for("Claude takes the key");
    let (is_good, seen) = terminal.end();
    assert!(is_good, "{seen}");
    assert!(seen.contains("SETTINGS") && seen.contains("Company domains"), "it ends with doctor: {seen}");
    for secret in [KEY, SECRET, "not-the-secret-at-all", anthropic::KEY] {
        assert!(!seen.contains(secret), "{seen}");
    }
    let text = std::fs::read_to_string(path(&home)).unwrap();
    assert!(text.starts_with("# ours\nrole = \"se\" # engineers\n"), "{text}");
    for line in [
        format!("database_url = \"{}\"", home.folder.path().join("mine.db").display()),
        "company_domains = [\"acme.example\"]".to_owned(),
        format!("gong_api_secret = \"{SECRET}\""),
        format!("gong_api_base_url = \"{}\"", gong.address),
        format!("anthropic_api_key = \"{}\"", anthropic::KEY),
    ] {
        assert!(text.contains(&line), "{line} is not in {text}");
    }
    assert_eq!(std::fs::metadata(path(&home)).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!home.folder.path().join("mine.db").exists(), "no database is made");

    // Enter keeps what is set.
    let mut terminal = Terminal::start(&home, &[]);
    terminal.answer("Data: another file", "");
    terminal.answer("Your company's domains", "");
    terminal.answer("another Gong key?", "");
    terminal.answer("another key for Claude?", "");
    let (_, seen) = terminal.end();
    assert!(!seen.contains(SECRET), "{seen}");
    assert_eq!(std::fs::read_to_string(path(&home)).unwrap(), text);
}

#[test]
fn what_did_not_work_and_was_kept_is_told_at_the_end() {
    let (home, gong) = (Home::new(), Fake::start());
    let mut terminal = Terminal::start(&home, &[]);
    terminal.answer("Data: another file", "");
    terminal.answer("Your company's domains", "acme.example");
    terminal.answer("Fetch calls from Gong?", "y");
    terminal.answer("Gong access key (hidden)", KEY);
    terminal.answer("secret (hidden)", "another-secret");
    terminal.answer("Gong's address", &gong.address);
    // One below the first.
    terminal.answer("What now?", "j");
    terminal.answer("Let Claude answer", "n");
    let (_, seen) = terminal.end();
    let end = seen.rsplit_once("SETTINGS").unwrap().1;
    assert!(end.contains("what you typed for Gong did not work") && end.contains("call-coach doctor --live"), "{seen}");
}

#[test]
fn without_a_terminal_nothing_is_asked() {
    let home = Home::new();
    let run =
        |arguments: &[&str]| Run::of(home.command().args([&["init"], arguments].concat()).write_stdin("y\ny\ny\n"));
    let told = run(&[]);
    assert_eq!((told.code, told.stdout.as_str()), (2, ""), "{}", told.stderr);
    assert!(
        told.stderr.contains("--company-domains") && told.stderr.contains("--gong-api-secret-file"),
        "{}",
        told.stderr
    );
    assert!(!path(&home).exists());
    // Its input may be a terminal's end that nobody reads: closed is as good as redirected.
    let silent = home.process().arg("init").stdin(Stdio::null()).output().unwrap();
    assert_eq!(silent.status.code(), Some(2));

    let key = home.write("key", "sk-ant-api03-typed-nowhere\n");
    let answered =
        run(&["--company-domains", "acme.example", "--anthropic-api-key-file", key.to_str().unwrap(), "--no-test"]);
    assert_eq!(answered.code, 0, "{}", answered.stderr);
    assert!(answered.stdout.contains("SETTINGS") && !answered.stdout.contains("typed-nowhere"), "{}", answered.stdout);
    let text = std::fs::read_to_string(path(&home)).unwrap();
    assert!(
        text.contains("acme.example") && text.contains("anthropic_api_key = \"sk-ant-api03-typed-nowhere\""),
        "{text}"
    );
    assert!(!text.contains("gong"), "{text}");
}

#[test]
fn a_flag_that_does_not_work_writes_nothing() {
    let (home, gong) = (Home::new(), Fake::start());
    let (key, secret) = (home.write("key", KEY), home.write("secret", "wrong"));
    let arguments = [
        "init",
        "--gong-api-key-file",
        key.to_str().unwrap(),
        "--gong-api-secret-file",
        secret.to_str().unwrap(),
        "--gong-api-base-url",
        &gong.address,
    ];
    let run = home.run(&arguments);
    assert_eq!(run.code, 4, "{}", run.stderr);
    assert!(run.stderr.contains("Nothing was written") && run.stderr.contains("--no-test"), "{}", run.stderr);
    assert!(!path(&home).exists());
    std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
    let run = home.run(&arguments);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(std::fs::read_to_string(path(&home)).unwrap().contains(SECRET));
    // A pipe gives one line after the other; a secret as an argument would stay in the shell's history.
    std::fs::remove_file(path(&home)).unwrap();
    let piped = ["init", "--no-test", "--gong-api-key-file", "-", "--gong-api-secret-file", "-"];
    let run = Run::of(home.command().args(piped).write_stdin(format!("{KEY}\n{SECRET}\n")));
    let text = std::fs::read_to_string(path(&home)).unwrap();
    assert!(text.contains(&format!("gong_api_key = \"{KEY}\"")), "{}", run.stderr);
    assert!(text.contains(&format!("gong_api_secret = \"{SECRET}\"")), "{}", run.stderr);
    assert_eq!(home.run(&["init", "--gong-api-key", KEY]).code, 2);
}
