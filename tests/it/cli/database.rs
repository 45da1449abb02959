//! The database through the program: which state of it which command accepts, and moving it.

use std::process::Stdio;

use call_coach::store::{Store, Target};
use serde_json::Value;
use sqlx::ConnectOptions as _;

use crate::support::binary::{Home, Run, file};
use crate::support::database::{TestDatabase, empty_postgres, every_database, oldest_postgres};
use crate::support::dump;

/// Every command that opens the store.
const COMMANDS: [&[&str]; 12] = [
    &["analyze", "c1"],
    &["import", "SAMPLE"],
    &["sync"],
    &["show", "c1"],
    &["review", "c1", "--check", "purpose_said", "--verdict", "no"],
    &["search"],
    &["roster", "list"],
    &["insights", "--team"],
    &["forget", "c1", "--yes"],
    &["db", "copy", "copy.db"],
    &["mcp", "--dev"],
    &["serve", "--dev", "--listen", "127.0.0.1:0"],
];
/// The commands that need none, or make one of their own.
const WITHOUT_STORE: [&str; 8] = ["demo", "rubric", "config", "init", "doctor", "help", "completions", "man"];

#[test]
fn every_command_is_tried_or_needs_no_store() {
    let help = Home::new().run(&["--help"]).stdout;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let commands = commands.lines().take_while(|line| !line.is_empty());
    let unknown: Vec<_> = commands
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| !WITHOUT_STORE.contains(name) && COMMANDS.iter().all(|command| command[0] != *name))
        .collect();
    assert!(unknown.is_empty(), "add {unknown:?} to one of the lists");
}

fn url(database: &TestDatabase) -> String {
    match &database.target {
        Target::Sqlite(path) => path.display().to_string(),
        Target::Postgres(options) => options.to_url_lossy().to_string(),
    }
}

fn run_all(url: &str, check: impl Fn(&[&str], &str)) {
    for command in COMMANDS {
        let home = Home::new();
        let sample = file("samples/01-discovery.json");
        let mut command: Vec<&str> =
            command.iter().map(|part| if *part == "SAMPLE" { &sample } else { *part }).collect();
        command.extend(["--database-url", url]);
        let keys = [("GONG_API_KEY", "k"), ("GONG_API_SECRET", "s"), ("GONG_API_BASE_URL", "http://127.0.0.1:9")];
        let run = Run::of(home.command().envs(keys).args(&command));
        assert_eq!(run.code, 7, "{command:?}: {}{}", run.stdout, run.stderr);
        assert_eq!(run.stdout, "", "{command:?}");
        check(&command, &run.stderr);
    }
}

#[tokio::test]
async fn a_schema_that_is_out_of_date_is_exit_7_for_every_command() {
    let (Some(empty), Some(oldest)) = (empty_postgres().await, oldest_postgres().await) else { return };
    for (database, found) in [(&empty, "0001 first"), (&oldest, "0002 gong")] {
        run_all(&url(database), |command, stderr| {
            assert!(
                stderr.contains("is not up to date") && stderr.contains("call-coach db migrate"),
                "{command:?}: {stderr}"
            );
        });
        let home = Home::new();
        for (command, says) in [("status", found), ("migrate", found), ("migrate", "is up to date")] {
            let run = home.run(&["db", command, "--database-url", &url(database)]);
            assert_eq!(run.code, 0, "{}", run.stderr);
            assert!(run.stdout.contains(says), "{command}: {}", run.stdout);
        }
    }
    assert_eq!(Home::new().run(&["show", "c1", "--database-url", &url(&empty)]).code, 5);
}

#[tokio::test]
async fn a_teams_store_is_not_migrated_by_a_copy_that_it_refuses() {
    let Some(oldest) = oldest_postgres().await else { return };
    let home = Home::new();
    let run = home.run(&["db", "copy", &url(&oldest), "--database-url", "mine.db"]);
    assert_eq!(run.code, 7, "{}", run.stderr);
    assert_eq!(Store::status(&oldest.target).await.unwrap().applied.len(), 1);
}

#[tokio::test]
async fn a_schema_of_a_newer_program_is_exit_7_for_every_command() {
    for database in every_database(true).await {
        Store::open(&database.target).await.unwrap().close().await;
        let newer = "INSERT INTO _call_coach_migrations (version, description, installed_on, success, checksum, execution_time)
            SELECT 9000, 'from the future', installed_on, success, checksum, 0 FROM _call_coach_migrations WHERE version = 1";
        dump::execute(&database.target, newer).await;
        run_all(&url(&database), |command, stderr| {
            assert!(stderr.contains("was made by a newer call-coach"), "{command:?} on {}: {stderr}", database.name);
        });
    }
}

#[tokio::test]
async fn a_store_moves_to_postgresql_and_back() {
    let Some(team) = empty_postgres().await else { return };
    let home = Home::new();
    let run = |arguments: &[&str], database: &str| home.run(&[arguments, &["--database-url", database]].concat());
    assert_eq!(run(&["analyze", &file("samples/01-discovery.json")], "mine.db").code, 0);
    let report = run(&["analyze", "c1", "--json"], "mine.db").json();
    let copied = run(&["db", "copy", &url(&team), "--json"], "mine.db").json();
    assert_eq!((&copied["rows"]["calls"], copied["from"].as_str()), (&1.into(), Some("mine.db")), "{copied}");
    assert_eq!(run(&["db", "copy", "back.db"], &url(&team)).code, 0);
    for database in [&url(&team), "back.db"] {
        assert_eq!(run(&["analyze", "c1", "--json"], database).json(), report, "{database}");
    }
    let again = run(&["db", "copy", "back.db"], &url(&team));
    assert_eq!(again.code, 2, "{}", again.stderr);
    assert!(again.stderr.contains("name an empty one"), "{}", again.stderr);
}

#[tokio::test]
async fn a_store_is_not_copied_onto_itself_nor_into_one_in_use() {
    for database in every_database(true).await {
        let home = Home::new();
        let copy = |to: &str, from: &str| home.run(&["db", "copy", to, "--database-url", from]);
        let there = url(&database);
        let sample = file("samples/01-discovery.json");
        assert_eq!(home.run(&["import", &sample, "--database-url", &there]).code, 0);
        let before = dump::tables(&database.target).await;
        for from in [&*there, "empty.db"] {
            let run = copy(&there, from);
            assert_eq!(run.code, 2, "{}", run.stderr);
            assert!(run.stderr.contains("name an empty one"), "{}", run.stderr);
        }
        dump::assert_same(&dump::tables(&database.target).await, &before, database.name);
    }
}

const PROGRAMS: usize = 8;
const CALLS_EACH: usize = 3;

/// Each has calls of its own, and all score one together.
#[tokio::test]
async fn eight_programs_start_at_once_and_nothing_is_lost() {
    let shared = file("samples/05-messy.txt");
    let text = std::fs::read_to_string(&shared).unwrap();
    let rows = |tables: &dump::Tables, table: &str, call: &Value| {
        tables[table].iter().filter(|row| row["call_id"] == *call).count()
    };
    for database in every_database(true).await {
        let home = Home::new();
        assert_eq!(home.run(&["analyze", &shared, "--rep", "Priya", "--database-url", "alone.db"]).code, 0);
        let alone = dump::tables(&Target::Sqlite(home.folder.path().join("alone.db"))).await;
        let id = &alone["calls"][0]["id"];
        let started: Vec<_> = (0..PROGRAMS)
            .map(|program| {
                let own = (0..CALLS_EACH).map(|n| {
                    let text = text.replace("dropping stops", &format!("dropping stops {program} {n}"));
                    home.write(&format!("{program}-{n}.txt"), &text).display().to_string()
                });
                let mut process = home.process();
                process.arg("analyze").args(own).arg(&shared).args(["--rep", "Priya", "--json"]);
                process.args(["--database-url", &url(&database)]);
                process.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        for process in started {
            let output = process.wait_with_output().unwrap();
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{}: {stderr}", database.name);
        }
        dump::check_integrity(&database.target).await;
        let tables = dump::tables(&database.target).await;
        dump::check_current(&tables);
        assert_eq!(tables["calls"].len(), PROGRAMS * CALLS_EACH + 1, "{}", database.name);
        for call in &tables["calls"] {
            let at_least = |table| {
                let (found, expected) = (rows(&tables, table, &call["id"]), rows(&alone, table, id));
                assert!(found >= expected && expected > 0, "{found} {table} of {call:?} on {}", database.name);
            };
            ["answers", "scorecards", "current", "parties"].into_iter().for_each(at_least);
        }
    }
}
