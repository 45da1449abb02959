//! Pages made of text that nobody would write: whatever stands in a report, the page keeps its shape.

use crate::model::gong::{GongFindings, GongTopic, GongTracker};
use proptest::prelude::*;

use crate::model::scorecard::{Band, DimensionStatus};
use crate::output::report::{Report, SpokenOut};
use crate::render::*;

/// Texts as a transcript, a file name or a rubric could bring them.
fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "\\PC{0,60}",
        2 => "(<script>|</style>|\"|'|&#60;|日本語|한국어|🎉|👩‍👩‍👧|❤️|e\u{301}|שלום|\u{202e}|\u{1b}\\[31m|\u{7}|\n|\t| |\\||<b>|`|\\*){0,40}",
        1 => "[a-z]{80,200}",
        1 => "[a-z ,.]{200,900}",
        1 => Just(String::new()),
    ]
}

/// What a page is made of. Kept apart from the report so that a failing case prints short.
#[derive(Debug, Clone)]
pub(super) struct Spoilt {
    call: usize,
    texts: Vec<String>,
    score: Option<f64>,
    ms: Option<i64>,
}

impl Spoilt {
    pub(super) fn report(&self) -> Report {
        let report = [sample::claude, sample::local, sample::not_scored][self.call]();
        spoil(report, &self.texts, self.score, self.ms)
    }
}

pub(super) fn spoilt() -> impl Strategy<Value = Spoilt> {
    let texts = prop::collection::vec(hostile_text(), 1..30);
    let ms = prop::option::of(-1000_i64..40_000_000);
    (0..3_usize, texts, prop::option::of(-5.0..110.0), ms).prop_map(|(call, texts, score, ms)| Spoilt {
        call,
        texts,
        score,
        ms,
    })
}

/// Puts the texts into every field that comes from outside, in turn.
fn spoil(mut report: Report, texts: &[String], score: Option<f64>, ms: Option<i64>) -> Report {
    let mut texts = texts.iter().cycle();
    let mut text = || texts.next().cloned().unwrap_or_default();
    report.call.call_ref = text();
    report.call.title = Some(text());
    report.rep.name = text();
    report.rep.role_label = text();
    report.rep.chosen = text();
    report.verdict = text();
    report.analyst.model = text();
    report.notes = vec![text(), text()];
    report.call.url = Some(text());
    report.gong = Some(GongFindings {
        brief: Some(text()),
        topics: vec![GongTopic { name: text(), duration_s: None }],
        trackers: vec![GongTracker { name: text(), count: 1 }],
        ..GongFindings::default()
    });
    report.overall.score = score;
    report.overall.up_to = score;
    report.participants.iter_mut().for_each(|person| person.name = text());
    if let Some(previous) = &mut report.previous_action {
        previous.text = text();
    }
    let speak = |spoken: &mut SpokenOut, quote: String, speaker: String| {
        *spoken = SpokenOut { quote, speaker, start_ms: ms, ..spoken.clone() };
    };
    if let Some(action) = &mut report.action {
        action.text = text();
        action.spoken.iter_mut().for_each(|spoken| speak(spoken, text(), text()));
    }
    for moment in &mut report.moments {
        moment.why = text();
        moment.spoken.iter_mut().for_each(|spoken| speak(spoken, text(), text()));
    }
    for concern in &mut report.objections {
        (concern.quote, concern.speaker, concern.start_ms) = (text(), text(), ms);
        (concern.response_quote, concern.response_speaker, concern.parked_until) =
            (Some(text()), Some(text()), Some(text()));
    }
    for number in &mut report.numbers {
        (number.label, number.value, number.guide) = (text(), text(), Some(text()));
    }
    for dimension in &mut report.dimensions {
        (dimension.title, dimension.score, dimension.band) = (text(), score, score.map(Band::of));
        if score.is_none() {
            (dimension.status, dimension.reason) = (DimensionStatus::Insufficient, Some(text()));
        }
        for criterion in &mut dimension.criteria {
            (criterion.title, criterion.score) = (text(), score);
            for check in &mut criterion.checks {
                (check.id, check.note, check.corrected_by) = (text(), Some(text()), Some(text()));
                check.evidence.iter_mut().for_each(|spoken| speak(spoken, text(), text()));
            }
        }
    }
    report
}

/// The document as a reader of markdown sees it: escaped characters are text and are left out.
fn without_escapes(markdown: &str) -> String {
    let mut out = String::new();
    let mut chars = markdown.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            c => out.push(c),
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_line_is_too_wide_or_ends_in_blanks(
        spoilt in spoilt(),
        width in prop::sample::select(vec![40, 60, 69, 70, 80, 100, 119, 120, 140, 200]),
        unicode in any::<bool>(),
        snippets in any::<bool>(),
        detail in prop::sample::select(vec![Detail::Brief, Detail::Normal, Detail::Full]),
    ) {
        let style = Style { width, colour: false, unicode };
        let options = Options { detail, snippets, time_zone: jiff::tz::TimeZone::UTC };
        let page = report(&spoilt.report(), style, &options);
        for line in page.lines() {
            prop_assert!(text::width(line) <= width, "{} columns of {width}: {line}", text::width(line));
            prop_assert_eq!(line.trim_end(), line);
            prop_assert!(!line.contains(char::is_control), "{line:?}");
        }
    }

    #[test]
    fn colour_changes_no_words(spoilt in spoilt(), width in 40_usize..200) {
        let options = Options { detail: Detail::Full, snippets: true, time_zone: jiff::tz::TimeZone::UTC };
        let plain = report(&spoilt.report(), Style { width, colour: false, unicode: true }, &options);
        let coloured = report(&spoilt.report(), Style { width, colour: true, unicode: true }, &options);
        prop_assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
    }

    #[test]
    fn a_markdown_document_holds_no_foreign_markup(
        spoilt in spoilt(),
        snippets in any::<bool>(),
        detail in prop::sample::select(vec![Detail::Brief, Detail::Normal, Detail::Full]),
    ) {
        let options = Options { detail, snippets, time_zone: jiff::tz::TimeZone::UTC };
        let page = without_escapes(&markdown(&spoilt.report(), &options));
        prop_assert!(!page.contains(['<', '[', '`', '&', '$', '_', '~']), "{page}");
        for line in page.lines() {
            let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
            prop_assert!(hashes <= 3 && !line[hashes..].contains('#'), "{line}");
            let is_row = line.starts_with("| ") && line.ends_with(" |");
            prop_assert!(is_row || !line.contains('|'), "{line}");
            prop_assert!(!line.contains(char::is_control), "{line:?}");
        }
    }

    #[test]
    fn plain_tables_stay_within_the_page(
        rows in prop::collection::vec(prop::collection::vec(hostile_text(), 4), 0..6),
        width in 40_usize..200,
    ) {
        let page = columns(&["CALL", "TITLE", "REP", "SCORE"], &rows, Style { width, colour: false, unicode: true });
        for line in page.lines() {
            prop_assert!(text::width(line) <= width, "{} columns of {width}: {line}", text::width(line));
            prop_assert_eq!(line.trim_end(), line);
        }
    }
}
