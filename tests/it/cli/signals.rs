//! What happens when the reader or the person at the keyboard has had enough.

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::support::binary::{Home, file};

#[test]
fn an_interrupt_ends_a_program_that_waits_for_input() {
    let home = Home::new();
    let mut child = home
        .process()
        .args(["-vv", "analyze", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let input = child.stdin.take();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("reading standard input")));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let (ended, waiting) = mpsc::channel();
    let id = child.id().to_string();
    std::thread::spawn(move || ended.send(child.wait().unwrap()));
    // The limit is for a program that does not end at all.
    let Ok(status) = waiting.recv_timeout(Duration::from_secs(30)) else {
        let _ = Command::new("kill").args(["-KILL", &id]).status();
        panic!("it goes on waiting");
    };
    drop(input);
    // The signal may come a moment before somebody listens for it; a shell reports that as 130 too.
    assert!(status.code() == Some(130) || status.signal() == Some(2), "{status}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let home = Home::new();
    let mut child = home
        .process()
        .args(["analyze", &file("samples/01-discovery.json"), "--full"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
