//! The database through the program: which state of it which command accepts, and moving it.

use std::process::Stdio;

use call_coach::store::{Store, Target};
use sqlx::ConnectOptions as _;

use crate::support::binary::{Home, file};
use crate::support::database::{TestDatabase, empty_postgres, every_database};
use crate::support::dump;

/// Every command that opens the store.
const COMMANDS: [&[&str]; 5] = [
    &["analyze", "c1"],
    &["import", "SAMPLE"],
    &["show", "c1"],
    &["review", "c1", "--check", "purpose_said", "--verdict", "no"],
    &["db", "copy", "copy.db"],
];

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
        let run = home.run(&command);
        assert_eq!(run.code, 7, "{command:?}: {}{}", run.stdout, run.stderr);
        assert_eq!(run.stdout, "", "{command:?}");
        check(&command, &run.stderr);
    }
}

#[tokio::test]
async fn a_schema_that_is_out_of_date_is_exit_7_for_every_command() {
    let Some(database) = empty_postgres().await else { return };
    run_all(&url(&database), |command, stderr| {
        assert!(
            stderr.contains("is not up to date") && stderr.contains("call-coach db migrate"),
            "{command:?}: {stderr}"
        );
    });
    let home = Home::new();
    for (command, says) in [("status", "0001 first"), ("migrate", "applied 0001 first"), ("migrate", "is up to date")] {
        let run = home.run(&["db", command, "--database-url", &url(&database)]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stdout.contains(says), "{command}: {}", run.stdout);
    }
    assert_eq!(home.run(&["show", "c1", "--database-url", &url(&database)]).code, 5);
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
async fn eight_programs_start_at_once_and_each_gets_its_report() {
    for database in every_database(true).await {
        let home = Home::new();
        let samples = [("01-discovery.json", "Mara"), ("02-poor-demo.vtt", "Joost"), ("05-messy.txt", "Priya")];
        let started: Vec<_> = (0..8)
            .map(|n| {
                let mut process = home.process();
                let (sample, rep) = samples[n % samples.len()];
                process.args(["analyze", &file(&format!("samples/{sample}")), "--rep", rep, "--json"]);
                process.args(["--database-url", &url(&database)]);
                process.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        for process in started {
            let output = process.wait_with_output().unwrap();
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{}: {stderr}", database.name);
            let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            assert!(report["overall"].is_object(), "{report}");
        }
        dump::check_integrity(&database.target).await;
        let tables = dump::tables(&database.target).await;
        dump::check_current(&tables);
        assert_eq!(tables["calls"].len(), samples.len(), "{}", database.name);
    }
}
