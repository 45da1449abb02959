//! `config`: the file that holds the settings, and changes to it.

use std::path::PathBuf;

use crate::support::binary::{Home, Run};

fn path(home: &Home) -> PathBuf {
    home.folder.path().join(".config/call-coach/config.toml")
}

fn write(home: &Home, text: &str) {
    std::fs::create_dir_all(path(home).parent().unwrap()).unwrap();
    std::fs::write(path(home), text).unwrap();
}

fn text(home: &Home) -> String {
    std::fs::read_to_string(path(home)).unwrap()
}

#[cfg(unix)]
fn mode(home: &Home) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path(home)).unwrap().permissions()) & 0o777
}

#[test]
fn path_names_the_files_and_says_which_exist() {
    let home = Home::new();
    let expected = path(&home).display().to_string();
    assert_eq!(home.run(&["config", "path"]).stdout.trim(), expected, "for another program: nothing but the path");
    let exists = || home.run(&["config", "path", "--json"]).json()["files"][0]["exists"].clone();
    assert_eq!(exists(), false);
    write(&home, "this is no TOML");
    assert_eq!(exists(), true, "told even when it cannot be read");
    let table = home.run(&["config", "path", "--format", "table", "--config", "other.toml"]).stdout;
    assert!(table.contains("other.toml") && table.contains("not there") && table.contains(".env"), "{table}");
}

#[cfg(unix)]
#[test]
fn set_changes_one_value_and_keeps_the_rest() {
    let home = Home::new();
    let run = home.run(&["config", "set", "company_domains", "acme.com,acme.de"]);
    assert_eq!((run.code, mode(&home)), (0, 0o600), "{}", run.stderr);
    assert!(text(&home).contains("company_domains = [\"acme.com\", \"acme.de\"]"), "{}", text(&home));
    let before = "# ours\nrole = \"ae\" # for now\n\n[[rule]]\ntitle_contains = \"QBR\"\n";
    write(&home, before);
    assert_eq!(home.run(&["config", "set", "role", "se"]).code, 0);
    assert_eq!(text(&home), before.replace("\"ae\"", "\"se\""));
    assert_eq!(home.run(&["config", "show", "--json"]).json()["settings"]["role"]["value"], "se");
    let run = Run::of(home.command().args(["config", "set", "anthropic_api_key", "-"]).write_stdin("sk-ant-1\n"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(text(&home).contains("anthropic_api_key = \"sk-ant-1\"\n") && !run.stderr.contains("sk-ant-1"));
    assert_eq!(mode(&home), 0o600, "it holds a key now");
    assert_eq!(home.run(&["config", "set", "ANTHROPIC_API_KEY", ""]).code, 0);
    assert!(!text(&home).contains("anthropic"));
}

#[test]
fn set_refuses_what_would_not_load_and_changes_nothing() {
    let home = Home::new();
    let before = "role = \"ae\"\n";
    write(&home, before);
    for (arguments, says) in [
        (&["rolle", "se"][..], "did you mean `role`"),
        (&["cache_ttl_days", "soon"], "expected a number of days"),
        (&["company_domains", "acme"], "acme.com"),
        (&["time_zone", "Mars/X"], "Nothing was changed."),
        (&["role"], "nobody to ask"),
    ] {
        let run = home.run(&[&["config", "set"], arguments].concat());
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(says), "{}", run.stderr);
        assert_eq!(text(&home), before);
    }
}

#[test]
fn of_several_mistakes_each_can_be_mended_first() {
    let home = Home::new();
    let set = |arguments: &[&str]| home.run(&[&["config", "set"], arguments].concat());
    for (first, second) in
        [(["cache_ttl_days", "30"], ["log_level", "info"]), (["log_level", "info"], ["cache_ttl_days", "30"])]
    {
        write(&home, "cache_ttl_days = \"many\"\nlog_level = \"loud\"\n");
        let run = set(&first);
        assert!(run.code == 0 && run.stderr.contains(&format!("`{}` is", second[0])), "{}", run.stderr);
        assert_eq!(set(&[first[0], "loud"]).code, 2, "what cannot be is refused all the same");
        let run = set(&second);
        assert!(run.code == 0 && !run.stderr.contains("still to be mended"), "{}", run.stderr);
        assert_eq!(home.run(&["config", "show"]).code, 0);
    }
    write(&home, "rolle = \"ae\"\n");
    let run = set(&["role", "se"]);
    assert!(run.code == 0 && run.stderr.contains("did you mean `role`"), "{}", run.stderr);
    assert_eq!(text(&home), "rolle = \"ae\"\nrole = \"se\"\n");
    // What a variable says stands in no file.
    write(&home, "");
    let run = Run::of(home.command().env("LOG_LEVEL", "loud").args(["config", "set", "role", "se"]));
    assert!(run.code == 0 && text(&home).contains("role = \"se\""), "{}", run.stderr);
}

/// Runs `config edit` with an editor that does this to the file `$0`.
#[cfg(unix)]
fn edit(home: &Home, script: &str) -> Run {
    let editor = format!("/bin/sh -c '{script}'");
    Run::of(home.command().env("EDITOR", editor).env("PATH", "/usr/bin:/bin").args(["config", "edit"]))
}

#[cfg(unix)]
#[test]
fn an_edit_counts_when_it_can_be_read_and_is_kept_when_not() {
    let home = Home::new();
    let run = edit(&home, "echo role = \\\"se\\\" >> \"$0\"");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(text(&home).starts_with("# ") && text(&home).contains("role = \"se\"") && mode(&home) == 0o600);
    let before = text(&home);
    let run = edit(&home, "echo rolle = 3 >> \"$0\"");
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(text(&home), before);
    let rejected = path(&home).with_extension("toml.rejected");
    assert!(
        run.stderr.contains("did you mean `role`") && run.stderr.contains(rejected.to_str().unwrap()),
        "{}",
        run.stderr
    );
    assert_eq!(std::fs::read_to_string(rejected).unwrap(), format!("{before}rolle = 3\n"));
    let run = edit(&home, "echo lost > \"$0\"; exit 3");
    assert!(run.code == 1 && run.stderr.contains("nothing was changed") && text(&home) == before, "{}", run.stderr);
    assert!(edit(&home, "true").stderr.contains("nothing was changed"));
    // It is what mends a file that nothing else can read.
    write(&home, "rolle = 3\n");
    assert_eq!(home.run(&["config", "show"]).code, 2);
    assert_eq!(edit(&home, "echo role = \\\"se\\\" > \"$0\"").code, 0);
    assert_eq!(home.run(&["config", "show"]).code, 0);
    let run = home.run(&["config", "edit"]);
    assert!(run.code == 2 && run.stderr.contains("EDITOR"), "{}", run.stderr);
    let run = Run::of(home.command().env("VISUAL", "no-such-editor").args(["config", "edit"]));
    assert!(run.code == 1 && run.stderr.contains("could not be started"), "{}", run.stderr);
}
