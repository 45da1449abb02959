//! A rep over time whose scores changed their maker halfway: every face must show it.

use std::collections::BTreeMap;

use scraper::{Html, Selector};

use crate::insights::numbers::change;
use crate::insights::series::{Break, Trend};
use crate::insights::{Counted, Mark, Numbers, RepInsights};
use crate::model::answers::AnalystKind;
use crate::output::insights::{InsightsOut, RepOut};
use crate::output::search::RangeOut;
use crate::render::*;

/// Ten calls: the third has no score, and from the fifth on another model answered.
fn changed_model() -> InsightsOut {
    let scores: Vec<Option<f64>> = (0..10).map(|n| (n != 2).then_some(50.0 + f64::from(n))).collect();
    let mark = |(n, score): (usize, &Option<f64>)| Mark {
        call: format!("c{n}"),
        started_at: None,
        scores: BTreeMap::from([("overall".to_owned(), *score)]),
    };
    let behind: Vec<f64> = scores.iter().skip(4).copied().flatten().collect();
    let broken = Break { call: "c4".to_owned(), at: None, what: "another model".to_owned(), place: 4 };
    InsightsOut {
        schema_version: 1,
        rep: RepOut { name: "=Nadia".to_owned(), email: None, role: "ae".to_owned() },
        range: RangeOut { from: None, to: None, time_zone: "UTC".to_owned() },
        calls: 10,
        headline: "Much the same as before.".to_owned(),
        insights: RepInsights {
            counted: Counted { calls: 10, scored: 9, unscored: 1, ..Counted::default() },
            role: "ae".to_owned(),
            role_label: "AE".to_owned(),
            analyst: Some(AnalystKind::Claude),
            models: vec!["one".to_owned(), "another".to_owned()],
            rubrics: vec!["1.0.0".to_owned()],
            marks: scores.iter().enumerate().map(mark).collect(),
            trends: vec![Trend { dimension: "overall".to_owned(), points: Vec::new(), breaks: vec![broken] }],
            changes: vec![change("overall", &behind)],
            gaps: Vec::new(),
            no_peers: None,
            objections: Vec::new(),
            numbers: Numbers::default(),
            focus: None,
            focus_unknown: None,
            last_focus: None,
            wins: Vec::new(),
        },
        plan: Vec::new(),
        titles: vec![("overall".to_owned(), "Overall".to_owned())],
    }
}

#[test]
fn a_table_counts_the_series() {
    let table = insights_csv(&changed_model(), &jiff::tz::TimeZone::UTC);
    let mut reader = ::csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.iter().all(|row| &row[0] == "'=Nadia"));
    let calls = rows.iter().filter(|row| &row[5] == "call");
    let calls: Vec<_> = calls.map(|row| [&row[6], &row[8], &row[11], &row[12]].join(" ")).collect();
    assert_eq!(calls[1..5], ["c1 1 51 1", "c2 1  0", "c3 1 53 1", "c4 2 54 1"]);
    let mean = rows.iter().find(|row| &row[10] == "mean_score").unwrap();
    assert_eq!([&mean[8], &mean[11], &mean[12]], ["2", "56.5", "6"], "of the calls behind the break");
    let halves: Vec<_> = rows.iter().filter(|row| &row[10] == "change").map(|row| &row[11]).collect();
    assert_eq!(halves, [""], "six calls are too few");
}

#[test]
fn a_page_draws_a_line_where_scores_cannot_be_compared() {
    let page = Html::parse_document(&insights_html(&changed_model(), &jiff::tz::TimeZone::UTC));
    assert_eq!(page.errors, Vec::<String>::new());
    let places = |selector: &str, name: &str| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).map(|one| one.attr(name).unwrap().to_owned()).collect()
    };
    assert_eq!(places(".break", "x1"), ["40%"], "in front of the fifth of ten");
    assert_eq!(places(".strip .none", "cx"), ["25%"], "the third");
    assert_eq!(places(".strip rect", "x").len(), 9);
    assert_eq!(places(".strip", "aria-label"), ["Overall by call: 50, 51, none, 53, 54, 55, 56, 57, 58, 59"]);
    let text: String = page.root_element().text().collect();
    assert!(text.contains("┊ From c4 on: another model; the mean is taken behind it."), "{text}");
}

#[test]
fn halves_that_can_be_compared_stand_apart() {
    let mut out = changed_model();
    out.insights.trends[0].breaks.clear();
    out.insights.changes = vec![change("overall", &[50.0; 10])];
    let page = Html::parse_document(&insights_html(&out, &jiff::tz::TimeZone::UTC));
    let bars = Selector::parse(".strip rect, .strip .none").unwrap();
    let left = |n: usize| {
        let bar = page.select(&bars).nth(n).unwrap();
        bar.attr("x").unwrap().trim_end_matches('%').parse::<f64>().unwrap()
    };
    assert!(left(5) - left(4) > 1.4 * (left(4) - left(3)), "{} {} {}", left(3), left(4), left(5));
}
