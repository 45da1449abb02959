//! No question reads a whole table that grows with every call. (PostgreSQL's plans depend on what is stored, so they
//! are looked at on a filled database, in `tests/it/store/plans.rs`.)

use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _, Sqlite};

use super::history::Scope;
use super::search::{CallFilter, Page};
use super::session::Pool;
use super::text_query::TextQuery;
use super::types::{RepId, TranscriptId};
use super::{OVERALL, Store, Target, history_sql, search_sql};
use crate::dates::Range;
use crate::model::answers::AnalystKind;
use crate::model::ids::CallRef;
use crate::model::objection::{ObjectionStatus, ObjectionType};
use crate::model::party::Side;

/// Everything that can be asked, alone and all together.
fn filters() -> Vec<CallFilter> {
    let none = CallFilter::default;
    let text = || TextQuery::parse("price -budget").ok();
    let range = Range { from: Some(Timestamp::UNIX_EPOCH), to: Some(Timestamp::UNIX_EPOCH) };
    let alone = vec![
        CallFilter { rep: Some(RepId(1)), ..none() },
        CallFilter { range, ..none() },
        CallFilter { product: Some("ledger".to_owned()), ..none() },
        CallFilter { min_score: Some(80), dimension: Some("discovery".to_owned()), ..none() },
        CallFilter { role: Some("ae".to_owned()), ..none() },
        CallFilter { objection: Some(ObjectionType::Pricing), ..none() },
        CallFilter { topics: vec!["pricing".to_owned()], ..none() },
        CallFilter { text: text(), ..none() },
        CallFilter { text: text(), said_by: Some(Side::Buyer), ..none() },
    ];
    let all = CallFilter {
        rep: Some(RepId(1)),
        range,
        min_score: Some(80),
        objection: Some(ObjectionType::Pricing),
        objection_status: vec![ObjectionStatus::Missed],
        text: text(),
        said_by: Some(Side::Rep),
        ..none()
    };
    [alone, vec![none(), all]].concat()
}

/// The steps of a statement. The values do not matter to the plan; unbound ones are null.
async fn plan(store: &Store, explain: &str) -> Vec<String> {
    let mut explained = QueryBuilder::<Sqlite>::new(explain);
    let Pool::Sqlite(pool) = &store.pool else { panic!("SQLite") };
    let rows = explained.build().fetch_all(pool).await.expect("a plan");
    rows.iter().map(|row| row.get::<String, _>("detail")).collect()
}

fn full_scan(plan: &[String]) -> Option<&String> {
    const LARGE: [&str; 5] = ["lines", "scorecards", "objections", "answers", "current"];
    let scans = |step: &str, table: &str| {
        step.strip_prefix("SCAN ").is_some_and(|rest| rest == table || rest.starts_with(&format!("{table} USING")))
    };
    plan.iter().find(|step| LARGE.iter().any(|table| scans(step, table)))
}

#[tokio::test]
async fn no_question_reads_all_lines_or_results() {
    let folder = tempfile::tempdir().expect("folder");
    let store = Store::open(&Target::Sqlite(folder.path().join("x.db"))).await.expect("open");
    let page = Page { limit: 20, ..Page::default() };
    let mut builders = Vec::new();
    for filter in filters() {
        builders.extend([search_sql::total(&filter), search_sql::calls(&filter, page)]);
        builders.extend([search_sql::scores(&filter, &[1, 2]), search_sql::objections(&filter, &[1, 2])]);
        if let Some(query) = &filter.text {
            builders.push(search_sql::lines(
                query,
                filter.said_by,
                &[(CallRef(1), TranscriptId(1)), (CallRef(2), TranscriptId(2))],
            ));
        }
    }
    let range = Range { from: Some(Timestamp::UNIX_EPOCH), to: Some(Timestamp::UNIX_EPOCH) };
    let scope = Scope { rep: Some(RepId(1)), range, ..Scope::default() };
    let of_a_rep: Vec<QueryBuilder<Sqlite>> = vec![
        history_sql::results(&scope, true),
        history_sql::objections(&scope),
        history_sql::measures(&scope),
        history_sql::counts(&scope, false),
        history_sql::counts(&scope, true),
        history_sql::peers_in(&scope, "ae", AnalystKind::Local, OVERALL),
    ];
    for builder in &of_a_rep {
        let steps = plan(&store, &format!("EXPLAIN QUERY PLAN {}", builder.sql().as_str())).await;
        assert!(!steps.iter().any(|step| step.contains("calls_started_at")), "reads everybody's calls: {steps:?}");
    }
    builders.extend(of_a_rep);
    assert!(builders.len() > 30);
    for builder in builders {
        let sql = builder.sql().as_str().to_owned();
        assert_eq!(full_scan(&plan(&store, &format!("EXPLAIN QUERY PLAN {sql}")).await), None, "{sql}");
    }
    let full = plan(&store, "EXPLAIN QUERY PLAN SELECT text FROM lines WHERE text = ''").await;
    assert!(full_scan(&full).is_some(), "the test must see one: {full:?}");
    store.close().await;
}
