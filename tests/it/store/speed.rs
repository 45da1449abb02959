//! How fast words are stored. Run it with `cargo test --release --test it speed -- --ignored --nocapture`.

use std::time::Instant;

use call_coach::store::Store;

use crate::support::database::every_database;
use crate::support::invented::{at, call, transcript};

const CALLS: usize = 20;
const LINES: usize = 2_000;

#[tokio::test]
#[ignore = "prints figures"]
#[allow(clippy::print_stdout)]
async fn lines_a_second() {
    let words = ["that", "price", "security", "renewal", "because", "the", "pilot", "budget", "question", "next"];
    let texts: Vec<String> = (0..LINES)
        .map(|n| (0..40).map(|at| words[(n * 7 + at * 3 + at * at) % 10]).collect::<Vec<_>>().join(" "))
        .collect();
    let sentences: Vec<_> =
        texts.iter().enumerate().map(|(n, text)| (Some(n % 2), n as i64 * 5, text.as_str())).collect();
    let transcript = transcript(&sentences);
    assert_eq!(transcript.lines.len(), LINES);
    for database in every_database(true).await {
        let store = Store::open(&database.target).await.unwrap();
        let begin = Instant::now();
        for n in 0..CALLS {
            store.put_call(&call(&n.to_string(), None), Some(&transcript), at(0)).await.unwrap();
        }
        let per_second = (CALLS * LINES) as f64 / begin.elapsed().as_secs_f64();
        println!("{}: {per_second:.0} lines of 40 words a second, full-text index included", database.name);
        store.close().await;
    }
}
