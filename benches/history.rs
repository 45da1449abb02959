//! How long a manager waits for `search` and `insights`: the whole process, connection included, beside a bare SQL query
//! that finds the same, on databases that were filled with `examples/load.rs`:
//!
//! ```text
//! cargo run --release --example load -- /tmp/20k.db 20000
//! cargo bench --bench history -- /tmp/20k.db postgres:///load?host=/tmp
//! ```
//!
//! Figures and the machine they were taken on stand in benches/README.md.

#![allow(clippy::disallowed_methods, reason = "a query beside the store, for comparison")]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use call_coach::store::Target;
use sqlx::{Connection as _, PgConnection, SqliteConnection};

const RUNS: usize = 21;

/// What is typed, and the SQL that finds the same rows.
const QUESTIONS: [(&str, &[&str], &str); 8] = [
    (
        "search, one rep",
        &["search", "--rep", "rep7@load.example"],
        "SELECT calls.id, title, calls.started_at, score, count(*) OVER () FROM current JOIN calls ON calls.id = call_id
        WHERE rep_id = (SELECT rep_id FROM rep_keys WHERE kind = 'email' AND value = 'rep7@load.example')
            AND dimension = 'overall'
        ORDER BY calls.started_at DESC, calls.id DESC LIMIT 20",
    ),
    (
        "search, score and month",
        &["search", "--min-score", "60", "--from", "2026-10-01", "--to", "2026-10-31"],
        "SELECT calls.id, title, calls.started_at, score, count(*) OVER () FROM current JOIN calls ON calls.id = call_id
        WHERE dimension = 'overall' AND score >= 60
            AND calls.started_at >= @1790812800 AND calls.started_at < @1793491200
        ORDER BY calls.started_at DESC, calls.id DESC LIMIT 20",
    ),
    (
        "search, open price concern",
        &["search", "--objection", "pricing", "--objection-status", "open", "--from", "2026-10-01"],
        "SELECT calls.id, title, calls.started_at, count(*) OVER () FROM calls WHERE started_at >= @1790812800 AND
            EXISTS (SELECT 1 FROM current JOIN scorecards ON scorecards.id = scorecard_id
                JOIN objections ON objections.answers_id = scorecards.answers_id
                WHERE current.call_id = calls.id AND type = 'pricing' AND objections.status = 'unresolved')
        ORDER BY calls.started_at DESC, calls.id DESC LIMIT 20",
    ),
    ("search --text, 0.1 % of lines", &["search", "--text", "quokka"], "quokka"),
    ("search --text, 2 % of lines", &["search", "--text", "wombat"], "wombat"),
    ("search --text, 10 % of lines", &["search", "--text", "numbat"], "numbat"),
    (
        "insights, 90 days",
        &["insights", "rep7@load.example", "--from", "2026-08-25", "--to", "2026-11-22"],
        "SELECT current.call_id, current.dimension, current.score, verdicts FROM current
            JOIN scorecards ON scorecards.id = scorecard_id LEFT JOIN answers ON answers.id = answers_id
        WHERE current.rep_id = (SELECT rep_id FROM rep_keys WHERE kind = 'email' AND value = 'rep7@load.example')
            AND started_at >= @1787616000",
    ),
    (
        "insights, two years",
        &["insights", "rep7@load.example"],
        "SELECT current.call_id, current.dimension, current.score, verdicts FROM current
            JOIN scorecards ON scorecards.id = scorecard_id LEFT JOIN answers ON answers.id = answers_id
        WHERE current.rep_id = (SELECT rep_id FROM rep_keys WHERE kind = 'email' AND value = 'rep7@load.example')",
    ),
];

const TEXT_SQLITE: &str = "SELECT call_id, count(*) OVER () FROM (SELECT DISTINCT call_id
        FROM (SELECT rowid AS line FROM call_words WHERE call_words MATCH 'WORD')
            JOIN transcripts ON transcripts.id = line >> 20)
    LIMIT 20";
const TEXT_POSTGRES: &str = "SELECT call_id, count(*) OVER () FROM (SELECT DISTINCT call_id
        FROM call_words_with('WORD'::tsquery) AS found (line)
            JOIN transcripts ON transcripts.id = line >> 20) AS calls
    LIMIT 20";

fn bare(target: &Target, sql: &str) -> String {
    let text = match target {
        Target::Sqlite(_) => TEXT_SQLITE,
        Target::Postgres(_) => TEXT_POSTGRES,
    };
    let sql = if sql.contains(' ') { sql.to_owned() } else { text.replace("WORD", sql) };
    match target {
        Target::Sqlite(_) => moments(&sql, |seconds| format!("{seconds}000")),
        Target::Postgres(_) => moments(&sql, |seconds| format!("to_timestamp({seconds})")),
    }
}

/// Writes each moment, `@` and seconds, as the engine has it.
fn moments(sql: &str, written: impl Fn(&str) -> String) -> String {
    let mut parts = sql.split('@');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (seconds, rest) = part.split_at(part.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(part.len()));
        match seconds {
            // An e-mail address, or PostgreSQL's `@@`.
            "" => whole.extend(["@", rest]),
            _ => whole.extend([written(seconds).as_str(), rest]),
        }
    }
    whole
}

async fn ask(target: &Target, sql: &str) -> anyhow::Result<usize> {
    let sql = sqlx::AssertSqlSafe(bare(target, sql));
    Ok(match target {
        Target::Sqlite(path) => {
            let mut connection = SqliteConnection::connect(&format!("sqlite://{}", path.display())).await?;
            let rows = sqlx::query(sql).fetch_all(&mut connection).await?.len();
            connection.close().await?;
            rows
        }
        Target::Postgres(options) => {
            let mut connection = PgConnection::connect_with(options).await?;
            let rows = sqlx::query(sql).fetch_all(&mut connection).await?.len();
            connection.close().await?;
            rows
        }
    })
}

/// Milliseconds: the median and the longest of all runs but the first.
fn summary(mut times: Vec<Duration>) -> (f64, f64) {
    times.sort_unstable();
    let milliseconds = |at: usize| times.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1_000.0);
    (milliseconds(times.len() / 2), milliseconds(times.len().saturating_sub(1)))
}

#[tokio::main(flavor = "current_thread")]
#[allow(clippy::print_stdout, reason = "a developer's program")]
async fn main() -> anyhow::Result<()> {
    // Cargo adds `--bench`.
    for url in std::env::args().skip(1).filter(|argument| !argument.starts_with("--")) {
        let target = Target::parse(&url)?;
        println!("{}\n{:<32}{:>9}{:>9}{:>9}{:>7}", target.engine(), "", "median", "longest", "bare", "ratio");
        for (name, arguments, sql) in QUESTIONS {
            let (mut whole, mut alone) = (Vec::new(), Vec::new());
            for run in 0..=RUNS {
                let begin = Instant::now();
                let status = Command::new(env!("CARGO_BIN_EXE_call-coach"))
                    .args(arguments)
                    .args(["--database-url", &url])
                    .stdout(Stdio::null())
                    .status()?;
                let program = begin.elapsed();
                let begin = Instant::now();
                let rows = ask(&target, sql).await?;
                anyhow::ensure!(status.success() && rows > 0, "{name}: {status}, {rows} rows");
                if run > 0 {
                    whole.push(program);
                    alone.push(begin.elapsed());
                }
            }
            let ((median, longest), (bare, _)) = (summary(whole), summary(alone));
            println!("{name:<32}{median:>9.1}{longest:>9.1}{bare:>9.1}{:>7.1}", median / bare);
        }
    }
    Ok(())
}
