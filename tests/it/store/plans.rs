//! How PostgreSQL finds what is asked. SQLite's plans are looked at in `src/store/plans.rs`.

use call_coach::dates::Range;
use call_coach::model::answers::AnalystKind;
use call_coach::model::objection::{ObjectionStatus, ObjectionType};
use call_coach::model::party::Side;
use call_coach::store::{CallFilter, OVERALL, Page, RepId, Scope, Store, Target, TextQuery};
use sqlx::postgres::PgConnectOptions;

use crate::support::database::empty_postgres;
use crate::support::dump::connect_postgres;
use crate::support::invented::{at, scored_call};

const READ: &str = "SELECT relname::TEXT || ' ' || sum(rows) FROM (
        SELECT relname, seq_tup_read AS rows FROM pg_stat_user_tables
        UNION ALL SELECT relname, idx_tup_read FROM pg_stat_user_indexes) AS reads
    WHERE relname IN ('lines', 'line_index', 'call_words', 'scorecards', 'objections', 'answers', 'current')
    GROUP BY relname HAVING sum(rows) > 0 ORDER BY relname";
const READERS: &str = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'reader'
    AND datname = current_database()";

/// How many rows of the large tables were read while something was asked.
#[allow(clippy::disallowed_methods)]
async fn rows_read(options: &PgConnectOptions, ask: impl AsyncFnOnce(&Store)) -> Vec<String> {
    let target = Target::Postgres(Box::new(options.clone()));
    let mut watcher = connect_postgres(&target).await;
    sqlx::query("SELECT pg_stat_reset()").execute(&mut watcher).await.unwrap();
    let reader = options.clone().application_name("reader").options([("enable_seqscan", "off")]);
    let store = Store::open(&Target::Postgres(Box::new(reader))).await.unwrap();
    ask(&store).await;
    store.close().await;
    // What a connection did is counted when it ends, and it ends a little after it was closed.
    while sqlx::query_scalar::<_, i64>(READERS).fetch_one(&mut watcher).await.unwrap() > 0 {
        tokio::task::yield_now().await;
    }
    sqlx::query_scalar(READ).fetch_all(&mut watcher).await.unwrap()
}

#[tokio::test]
async fn nothing_is_read_where_nothing_is_found() {
    let Some(database) = empty_postgres().await else { return };
    Store::migrate(&database.target, false).await.unwrap();
    let store = Store::open(&database.target).await.unwrap();
    for n in 0..30 {
        scored_call(&store, &format!("call {n}"), Some(at(n))).await;
    }
    store.close().await;
    let Target::Postgres(options) = &database.target else { panic!("PostgreSQL") };

    // Nothing has an answer: whoever reads rows looks for them in the wrong place.
    let rep = Some(RepId(77));
    let range = Range { from: Some(at(1_000)), to: Some(at(2_000)) };
    let none = CallFilter::default;
    let text = |text: &str| Some(TextQuery::parse(text).unwrap());
    let filters = [
        CallFilter { rep, ..none() },
        CallFilter { range, ..none() },
        CallFilter { product: Some("quokka".to_owned()), ..none() },
        CallFilter { min_score: Some(80), dimension: Some("discovery".to_owned()), range, ..none() },
        CallFilter { role: Some("ae".to_owned()), range, ..none() },
        CallFilter { objection: Some(ObjectionType::Pricing), range, ..none() },
        CallFilter { objection_status: vec![ObjectionStatus::Missed], rep, ..none() },
        CallFilter { text: text("quokka"), ..none() },
        CallFilter { text: text("\"quokka wombat\" -price"), ..none() },
        CallFilter { text: text("quokka"), said_by: Some(Side::Buyer), ..none() },
    ];
    let page = Page { limit: 20, ..Page::default() };
    for filter in filters {
        let read = rows_read(options, async |store| drop(store.search(&filter, page).await.unwrap())).await;
        assert_eq!(read, Vec::<String>::new(), "{filter:?}");
    }
    let scope = Scope { rep, range, ..Scope::default() };
    let read = rows_read(options, async |store| {
        let mut history = store.history().await.unwrap();
        history.past_results(&scope, true).await.unwrap();
        history.past_objections(&scope).await.unwrap();
        history.past_measures(&scope).await.unwrap();
        history.count_calls(&scope).await.unwrap();
        history.peer_scores(&scope, "ae", AnalystKind::Local, &["discovery", OVERALL]).await.unwrap();
    });
    assert_eq!(read.await, Vec::<String>::new(), "{scope:?}");

    let read = rows_read(options, async |store| assert_eq!(store.unindexed_lines().await.unwrap(), 0)).await;
    assert_eq!(read.len(), 3, "the test must see what is read: {read:?}");
}
