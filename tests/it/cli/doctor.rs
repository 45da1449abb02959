//! `doctor`: what is wrong is told once, nothing secret is shown, nothing is changed.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use call_coach::model::gong::GongFindings;
use call_coach::store::{GongFacts, OpenWindow, ReadTo, Store, SyncState, Target};
use serde_json::Value;

use crate::support::binary::{Home, Run, file};
use crate::support::database::empty_postgres;
use crate::support::dump;
use crate::support::invented::call;
use crate::support::skipped;

const SECRETS: [&str; 4] = ["s3cret-in-url", "sk-ant-api03-Zx81kQmm4", "UQ4SK2PLW5UVFOBX", "eyJhbGciOi-gong"];

/// A home in which everything is set and one call is scored.
fn healthy() -> Home {
    let home = Home::new();
    let folder = home.folder.path().join(".config/call-coach");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("config.toml");
    let [_, claude, key, secret] = SECRETS;
    let text = format!(
        "company_domains = [\"acme.com\"]\nanthropic_api_key = \"{claude}\"\ngong_api_key = \"{key}\"\n\
         gong_api_secret = \"{secret}\"\n"
    );
    std::fs::write(&path, text).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let run = home.run(&["analyze", &file("samples/01-discovery.json"), "--analyst", "local"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    home
}

fn config(home: &Home) -> PathBuf {
    home.folder.path().join(".config/call-coach/config.toml")
}

fn database(home: &Home) -> PathBuf {
    home.folder.path().join(".local/share/call-coach/calls.db")
}

/// Every file below a folder and what it holds.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                found.insert(path.clone(), Vec::new());
                folders.push(path);
            } else {
                found.insert(path.clone(), std::fs::read(path).unwrap());
            }
        }
    }
    found
}

/// Runs `doctor` in each form and returns its object.
fn examine(home: &Home, variables: &[(&str, &str)], flags: &[&str]) -> (i32, Value) {
    let before = files(home.folder.path());
    let run = |more: &[&str]| {
        let run = Run::of(home.command().envs(variables.iter().copied()).arg("doctor").args(flags).args(more));
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(SECRETS.iter().all(|secret| !said.contains(secret)), "{said}");
        run
    };
    let (json, text) = (run(&["--json"]), run(&[]));
    assert_eq!(json.code, text.code);
    assert!(text.stdout.lines().all(|line| line.chars().count() <= 80), "{}", text.stdout);
    let after = files(home.folder.path());
    let is_same = |path: &&PathBuf| before.get(*path) == after.get(*path);
    let changed: Vec<_> = before.keys().chain(after.keys()).filter(|path| !is_same(path)).collect();
    assert!(changed.is_empty(), "{changed:?} changed on disk");
    (json.code, json.json())
}

fn ids<'a>(report: &'a Value, status: &str) -> Vec<&'a str> {
    let checks = report["checks"].as_array().unwrap().iter();
    checks.filter(|check| check["status"] == status).map(|check| check["id"].as_str().unwrap()).collect()
}

fn check<'a>(report: &'a Value, id: &str) -> &'a Value {
    report["checks"].as_array().unwrap().iter().find(|check| check["id"] == id).unwrap()
}

#[test]
fn a_healthy_set_up_is_in_order() {
    let (code, report) = examine(&healthy(), &[], &[]);
    assert_eq!((code, &report["ok"]), (0, &Value::Bool(true)), "{report:#}");
    assert_eq!(ids(&report, "fail"), [""; 0]);
    // A key is set, and nothing was fetched with it.
    assert_eq!(ids(&report, "warn"), ["last_sync"]);
    for id in ["config_file", "schema", "integrity", "text_index", "gong_key", "claude_key", "model", "results"] {
        assert_eq!(check(&report, id)["status"], "ok", "{:#}", check(&report, id));
    }
    assert!(check(&report, "schema")["what"].as_str().unwrap().contains("SQLite 3."));
}

#[test]
fn a_new_machine_is_in_order_and_nothing_is_made_on_it() {
    let home = Home::new();
    let (code, report) = examine(&home, &[], &[]);
    assert_eq!((code, ids(&report, "warn")), (0, vec!["company_domains"]), "{report:#}");
    assert!(check(&report, "schema")["what"].as_str().unwrap().contains("no database yet"));
    assert_eq!(files(home.folder.path()).len(), 0);
}

/// Overwrites the page of the file that the list of migrations begins on.
fn overwrite_migrations(database: &Path) {
    let root = tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut connection = dump::connect_sqlite(database).await;
        let asked = "SELECT rootpage FROM sqlite_master WHERE name = '_call_coach_migrations'";
        let row = sqlx::Executor::fetch_one(&mut connection, asked).await.unwrap();
        sqlx::Connection::close(connection).await.unwrap();
        usize::try_from(sqlx::Row::get::<i64, _>(&row, 0)).unwrap()
    });
    let mut bytes = std::fs::read(database).unwrap();
    bytes[(root - 1) * 4096..root * 4096].fill(0x55);
    std::fs::write(database, bytes).unwrap();
}

/// A set-up that does not work.
struct Broken {
    /// The check that is to fail, and the only one.
    cause: &'static str,
    /// A part of what mends it, or of what was found.
    mend: &'static str,
    /// A check that is skipped because of it.
    skipped: Option<&'static str>,
    breaks: fn(&Home) -> Vec<(&'static str, String)>,
}

const BROKEN: [Broken; 20] = [
    Broken {
        cause: "settings",
        mend: "call-coach config edit",
        skipped: Some("database"),
        breaks: |home| {
            let text = std::fs::read_to_string(config(home)).unwrap();
            std::fs::write(config(home), text.replace("gong_api_key", "gong_apikey")).unwrap();
            Vec::new()
        },
    },
    Broken {
        cause: "settings",
        mend: "mend that line of",
        skipped: Some("claude_key"),
        breaks: |home| {
            home.write(".env", &format!("A=1\nGONG_API_SECRET {}\n", SECRETS[3]));
            Vec::new()
        },
    },
    Broken {
        cause: "database_address",
        mend: "change CALL_COACH_DATABASE_URL in the environment",
        skipped: Some("schema"),
        breaks: |_| vec![("CALL_COACH_DATABASE_URL", format!("mysql://u:{}@h/d", SECRETS[0]))],
    },
    Broken {
        cause: "database_address",
        mend: "calls.db",
        skipped: Some("database"),
        breaks: |_| vec![("CALL_COACH_DATABASE_URL", ".".to_owned())],
    },
    Broken {
        cause: "data_folder",
        mend: "change CALL_COACH_DATABASE_URL in the environment",
        skipped: Some("database"),
        breaks: |home| {
            let file = home.write("file", "");
            vec![("CALL_COACH_DATABASE_URL", format!("{}/calls.db", file.display()))]
        },
    },
    Broken {
        cause: "database",
        mend: "name another file",
        skipped: Some("integrity"),
        breaks: |home| {
            std::fs::write(database(home), "these are no tables ".repeat(99)).unwrap();
            Vec::new()
        },
    },
    Broken {
        cause: "database",
        mend: "start it, or mend the address",
        skipped: Some("results"),
        breaks: |_| vec![("DATABASE_URL", format!("postgres://u:{}@127.0.0.1:1/d", SECRETS[0]))],
    },
    Broken {
        cause: "integrity",
        mend: "put a copy of it back",
        skipped: Some("words"),
        breaks: |home| {
            let mut bytes = std::fs::read(database(home)).unwrap();
            let middle = bytes.len() / 4096 / 2 * 4096;
            bytes[middle..middle + 8192].fill(0x55);
            std::fs::write(database(home), bytes).unwrap();
            Vec::new()
        },
    },
    Broken {
        cause: "gong_key",
        mend: "config set gong_api_key",
        skipped: Some("gong_address"),
        breaks: |home| {
            let text = std::fs::read_to_string(config(home)).unwrap();
            std::fs::write(config(home), text.replace(SECRETS[2], "your-access-key")).unwrap();
            Vec::new()
        },
    },
    Broken {
        cause: "gong_key",
        // Of the two only the one that is missing.
        mend: "GONG_API_SECRET is not set\" \"call-coach config set gong_api_secret",
        skipped: Some("last_sync"),
        breaks: |home| {
            let text = std::fs::read_to_string(config(home)).unwrap();
            std::fs::write(config(home), text.replace("gong_api_secret", "#")).unwrap();
            Vec::new()
        },
    },
    Broken {
        cause: "gong_key",
        mend: "change GONG_API_KEY in the environment; change GONG_API_SECRET in the environment",
        skipped: Some("gong_address"),
        breaks: |_| vec![("GONG_API_KEY", "your-key".to_owned()), ("GONG_API_SECRET", "your-secret".to_owned())],
    },
    Broken {
        cause: "gong_address",
        mend: "change GONG_API_BASE_URL in the environment",
        skipped: Some("gong_access"),
        breaks: |_| vec![("GONG_API_BASE_URL", "http://api.gong.io".to_owned())],
    },
    Broken {
        cause: "claude_key",
        mend: "without the quotation marks",
        skipped: Some("claude_access"),
        breaks: |_| vec![("ANTHROPIC_API_KEY", format!("\"{}\"", SECRETS[1]))],
    },
    Broken {
        cause: "rubrics",
        mend: "call-coach rubric validate",
        skipped: Some("role"),
        breaks: |home| {
            home.run(&["rubric", "export", "mine"]);
            let path = home.folder.path().join("mine/discovery.toml");
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::write(&path, text.replacen("weight = 15", "weight = 16", 1)).unwrap();
            vec![("CALL_COACH_RUBRICS", "mine".to_owned())]
        },
    },
    Broken {
        cause: "rubrics",
        mend: "change CALL_COACH_RUBRICS in the environment to FOLDER",
        skipped: Some("role"),
        breaks: |_| vec![("CALL_COACH_RUBRICS", "/nowhere/at-all".to_owned())],
    },
    Broken {
        cause: "role",
        mend: "change CALL_COACH_ROLE in the environment to ae",
        skipped: None,
        breaks: |_| vec![("CALL_COACH_ROLE", "astronaut".to_owned())],
    },
    Broken {
        cause: "role",
        mend: "without the quotation marks",
        skipped: None,
        breaks: |_| vec![("CALL_COACH_ROLE", "'ae'".to_owned())],
    },
    Broken {
        cause: "database_address",
        mend: "without the quotation marks",
        skipped: Some("database"),
        breaks: |_| vec![("DATABASE_URL", format!("\"postgres://u:{}@127.0.0.1:1/d\"", SECRETS[0]))],
    },
    Broken {
        cause: "database_address",
        mend: "stands for a real value",
        skipped: Some("encryption"),
        breaks: |_| vec![("DATABASE_URL", "postgres://user:password@host/db".to_owned())],
    },
    Broken {
        cause: "schema",
        mend: "put a copy of it back",
        skipped: Some("integrity"),
        breaks: |home| {
            overwrite_migrations(&database(home));
            Vec::new()
        },
    },
];

#[test]
fn each_cause_is_told_once_and_what_depends_on_it_is_skipped() {
    for Broken { cause, mend, skipped, breaks } in BROKEN {
        let home = healthy();
        let variables = breaks(&home);
        let variables: Vec<_> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (code, report) = examine(&home, &variables, &[]);
        assert_eq!((code, ids(&report, "fail")), (1, vec![cause]), "{report:#}");
        let told = check(&report, cause);
        let said = format!("{} {}", told["what"], told["fix"]);
        assert!(said.contains(mend), "{said}");
        assert!(told["why"].as_str().is_some_and(|means| !means.is_empty()), "{told:#}");
        let because: Vec<_> =
            report["checks"].as_array().unwrap().iter().filter(|check| !check["because"].is_null()).collect();
        assert!(because.iter().all(|check| check["because"] == cause && check["status"] == "skip"), "{because:#?}");
        if let Some(skipped) = skipped {
            assert_eq!(check(&report, skipped)["because"], cause, "{:#}", check(&report, skipped));
        }
    }
}

#[test]
fn a_schema_of_a_newer_program_is_the_cause() {
    let home = healthy();
    let newer = "INSERT INTO _call_coach_migrations (version, description, installed_on, success, checksum, execution_time)
        SELECT 9000, 'from the future', installed_on, success, checksum, 0 FROM _call_coach_migrations WHERE version = 1";
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut connection = dump::connect_sqlite(&database(&home)).await;
        sqlx::Executor::execute(&mut connection, newer).await.unwrap();
        // Closing takes the log away, which would otherwise go while the folder is compared.
        sqlx::Connection::close(connection).await.unwrap();
    });
    let (code, report) = examine(&home, &[], &[]);
    assert_eq!((code, ids(&report, "fail")), (1, vec!["schema"]), "{report:#}");
    assert_eq!(check(&report, "results")["because"], "schema");
}

#[test]
fn a_table_that_is_missing_is_the_cause() {
    let home = healthy();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut connection = dump::connect_sqlite(&database(&home)).await;
        sqlx::Executor::execute(&mut connection, "DROP TABLE current").await.unwrap();
        sqlx::Connection::close(connection).await.unwrap();
    });
    let (code, report) = examine(&home, &[], &[]);
    assert_eq!((code, ids(&report, "fail")), (1, vec!["schema"]), "{report:#}");
    assert!(check(&report, "schema")["what"].as_str().unwrap().starts_with("the tables current are missing"));
    let run = home.run(&["search"]);
    assert!(run.code == 7 && run.stderr.contains("call-coach doctor"), "{}", run.stderr);
}

#[test]
fn a_team_database_without_our_tables_says_what_to_type() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let Some(team) = runtime.block_on(empty_postgres()) else { return };
    let Target::Postgres(options) = &team.target else { panic!("PostgreSQL") };
    let url = sqlx::ConnectOptions::to_url_lossy(&**options).to_string();
    let home = healthy();
    let variables = [("CALL_COACH_DATABASE_URL", url.as_str())];
    let (code, report) = examine(&home, &variables, &[]);
    assert_eq!((code, ids(&report, "fail")), (1, vec!["schema"]), "{report:#}");
    assert_eq!(check(&report, "schema")["fix"], "call-coach db migrate");
    assert_eq!(home.run(&["db", "migrate", "--database-url", &url]).code, 0);
    let (code, report) = examine(&home, &variables, &[]);
    assert_eq!(code, 0, "{report:#}");
    assert!(check(&report, "connections")["what"].as_str().unwrap().contains("in use"), "{report:#}");
}

#[cfg(unix)]
#[test]
fn the_command_for_completions_can_be_typed() {
    let home = Home::new();
    let programs = Path::new(env!("CARGO_BIN_EXE_call-coach")).parent().unwrap().display().to_string();
    for (shell, also) in [("bash", ""), ("zsh", "fpath+=~/.zfunc"), ("fish", "")] {
        let (_, report) = examine(&home, &[("SHELL", &format!("/bin/{shell}"))], &[]);
        let found = check(&report, "completions")["what"].as_str().unwrap().to_owned();
        let command = found.split_once("to have them: ").unwrap().1.split(',').next().unwrap().to_owned();
        assert!(found.contains(also), "{found}");
        let mut typed = home.process_of("sh");
        typed.env("PATH", format!("{programs}:/usr/bin:/bin")).args(["-c", &command]);
        assert!(typed.status().unwrap().success(), "{command}");
        let (_, report) = examine(&home, &[("SHELL", &format!("/bin/{shell}"))], &[]);
        assert_eq!(check(&report, "completions")["status"], "ok", "{command}");
    }
}

#[test]
fn paths_are_named_whole_and_as_a_shell_reads_them() {
    let home = Home::new();
    let place = home.folder.path().display().to_string();
    let (_, report) = examine(&home, &[("CALL_COACH_DATABASE_URL", "rel.db")], &[]);
    assert_eq!(check(&report, "data_folder")["what"], format!("{place} can be written to"));
    std::fs::create_dir(home.folder.path().join("My calls")).unwrap();
    let (_, report) = examine(&home, &[("CALL_COACH_DATABASE_URL", "My calls")], &[]);
    let fix = check(&report, "database_address")["fix"].as_str().unwrap().to_owned();
    assert!(fix.ends_with("'My calls/calls.db'"), "{fix}");
}

#[test]
fn a_password_in_an_address_is_in_no_line() {
    // `examine` looks for it wherever something is said.
    let own = |scheme: &str| format!("{scheme}://us:{}@127.0.0.1:9/", SECRETS[0]);
    for [claude, gong] in [[own("http"), own("https")], [own("ftp"), own("http")]] {
        let variables = [("ANTHROPIC_BASE_URL", claude.as_str()), ("GONG_API_BASE_URL", gong.as_str())];
        let (code, report) = examine(&healthy(), &variables, &["--live"]);
        assert_eq!(code, 1, "{report:#}");
        assert_eq!(check(&report, "gong_address")["status"], "fail", "a password there is refused");
    }
}

#[test]
fn what_is_set_and_not_read_is_noticed() {
    let home = Home::new();
    let below = home.folder.path().join("below");
    std::fs::create_dir(&below).unwrap();
    home.write(".env", "GONG_API_KEY=k\n");
    let mut command = home.command();
    command.current_dir(&below).env("CALL_COACH_DATBASE_URL", "x").env("GONG_APIKEY", "x").args(["doctor", "--json"]);
    let report = Run::of(&mut command).json();
    assert_eq!(ids(&report, "warn"), ["dot_env", "misspelt", "company_domains"]);
    let fix = check(&report, "misspelt")["fix"].as_str().unwrap().to_owned();
    for meant in
        ["was CALL_COACH_DATABASE_URL meant by CALL_COACH_DATBASE_URL?", "was GONG_API_KEY meant by GONG_APIKEY?"]
    {
        assert!(fix.contains(meant), "{fix}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_the_cause() {
    let home = healthy();
    std::fs::set_permissions(config(&home), std::os::unix::fs::PermissionsExt::from_mode(0o000)).unwrap();
    if std::fs::read(config(&home)).is_ok() {
        return skipped("a file that may not be read: whoever runs this may read every one");
    }
    let report = home.run(&["doctor", "--json"]).json();
    assert_eq!(ids(&report, "fail"), ["settings"], "{report:#}");
    assert_eq!(check(&report, "settings")["fix"], format!("chmod u+r {}", config(&home).display()));
}

#[test]
fn what_is_stored_is_examined() {
    let home = healthy();
    let sides = home.run(&["import", &file("samples/05-messy.txt")]);
    assert_eq!(sides.code, 0, "{}", sides.stderr);
    let time = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    let target = Target::Sqlite(database(&home));
    let change = async |sync: &SyncState| {
        let store = Store::open(&target).await.unwrap();
        let bare = store.put_call(&call("bare", None), None, time("2026-11-01T00:00:00Z")).await.unwrap().stored;
        let (findings, addresses) = (GongFindings::default(), HashMap::new());
        let pending_since = Some(time("2026-11-20T00:00:00Z"));
        let facts = GongFacts { hash: "h", findings: &findings, pending_since, addresses: &addresses };
        store.keep_gong_facts(&bare, &facts).await.unwrap();
        for _ in 0..3 {
            store.take_request("gong", "2026-11-23".parse().unwrap(), 10).await.unwrap();
        }
        store.put_sync_state("", sync).await.unwrap();
        store.close().await;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    home.run(&["rubric", "export", "mine"]);
    let path = home.folder.path().join("mine/discovery.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text.replacen("weight = 15", "weight = 10", 1).replacen("weight = 25", "weight = 30", 1);
    std::fs::write(path, text).unwrap();
    let variables = [("CALL_COACH_GONG_REQUESTS_PER_DAY", "10"), ("CALL_COACH_RUBRICS", "mine")];

    let read = |at: &str| Some(ReadTo { to: time(at), at: time(at) });
    runtime.block_on(change(&SyncState { read: read("2026-11-22T20:00:00Z"), open: None }));
    let (_, report) = examine(&home, &variables, &[]);
    assert_eq!(ids(&report, "warn"), ["words", "speakers", "results"], "{report:#}");
    assert_eq!(check(&report, "last_sync")["what"], "13 h ago");
    assert!(check(&report, "request_budget")["what"].as_str().unwrap().starts_with("3 of 10"));
    assert!(check(&report, "results")["what"].as_str().unwrap().starts_with("1 of 1 scored calls"));

    runtime.block_on(change(&SyncState { read: read("2026-11-18T08:00:00Z"), open: None }));
    runtime.block_on(change(&SyncState { read: read("2026-11-18T08:00:00Z"), open: None }));
    let (_, report) = examine(&home, &variables, &[]);
    assert_eq!(ids(&report, "warn"), ["request_budget", "last_sync", "words", "speakers", "results"], "{report:#}");
    assert_eq!(check(&report, "last_sync")["what"], "5 days ago");

    let (from, begun_at) = (time("2026-11-01T00:00:00Z"), time("2026-11-23T08:30:00Z"));
    let open = Some(OpenWindow { from, to: None, done_to: from, begun_at });
    runtime.block_on(change(&SyncState { read: read("2026-11-22T20:00:00Z"), open }));
    let (_, report) = examine(&home, &[], &[]);
    let found = check(&report, "last_sync")["what"].as_str().unwrap().to_owned();
    assert!(found.contains("began less than an hour ago") && found.contains("did not come to its end"), "{found}");
    assert_eq!(check(&report, "results")["status"], "ok");
}

#[test]
fn an_old_file_is_left_for_the_next_command() {
    let home = Home::new();
    std::fs::copy(file("tests/it/fixtures/oldest.sqlite"), home.folder.path().join("old.db")).unwrap();
    let (code, report) = examine(&home, &[("CALL_COACH_DATABASE_URL", "old.db")], &[]);
    assert_eq!((code, check(&report, "schema")["status"].as_str()), (0, Some("warn")), "{report:#}");
    assert_eq!(check(&report, "words")["what"], "the database is not up to date");
}

/// Commands that stand in the texts of `src/doctor`, each up to the first sign that is no part of one.
fn commands_told() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/doctor");
    let mut told = Vec::new();
    for (_, text) in files(&folder) {
        let text = String::from_utf8(text).unwrap();
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let ends = [',', ';', '|', '{', '(', ':', '"', '\\', '>'];
            told.extend(
                line.split("call-coach ").skip(1).map(|rest| rest.split(ends).next().unwrap().trim().to_owned()),
            );
        }
    }
    told
}

#[test]
fn what_is_to_be_typed_can_be_typed() {
    let home = Home::new();
    let told = commands_told();
    assert!(told.len() > 20, "{told:?}");
    for command in &told {
        let words: Vec<_> = command.split(' ').chain(["--help"]).collect();
        let run = home.run(&words);
        assert_eq!(run.code, 0, "call-coach {command}: {}", run.stderr);
    }
}
