//! The page, read with an HTML parser.

use proptest::prelude::*;
use scraper::{Html, Selector};

use super::hostile::spoilt;
use super::options;
use crate::render::*;

/// Everything that a page is made of. None of it runs, fetches or sends anything.
const ELEMENTS: &str = "html head meta title style body main header section footer h1 h2 h3 p div span strong bdi a ul li \
    ol dl dt dd table thead tbody tfoot tr th td code svg rect line circle path";

/// The page as a browser reads it; whatever it would have to guess about is an error.
fn parsed(page: &str) -> Html {
    let parsed = Html::parse_document(page);
    assert_eq!(parsed.errors, Vec::<String>::new(), "{page}");
    parsed
}

fn all(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector).map(|element| element.text().collect()).collect()
}

fn every_sample() -> impl Iterator<Item = String> {
    let details = [Detail::Brief, Detail::Normal, Detail::Full];
    [sample::claude(), sample::local(), sample::not_scored()]
        .into_iter()
        .flat_map(move |report| details.map(|detail| html(&report, &options(detail))))
}

#[test]
fn a_page_of_one_call() {
    let page = html(&sample::claude(), &options(Detail::Brief));
    let (_, body) = page.split_once("<body>").unwrap();
    insta::assert_snapshot!(body.replace("><", ">\n<"));
}

#[test]
fn a_page_says_what_the_terminal_says_in_the_same_order() {
    let page = parsed(&html(&sample::claude(), &options(Detail::Normal)));
    let headings = all(&page, "h1, h2");
    let expected = [
        "Nadia with Tomas Berg",
        "Last time",
        "Next call",
        "Scores",
        "Where in the call",
        "Concerns: 2 raised, none settled",
        "Keep doing",
        "Change",
        "Numbers",
        "People",
    ];
    assert_eq!(headings, expected);
    assert_eq!(all(&page, ".score"), ["47"]);
    assert_eq!(all(&page, "title"), ["Nadia with Tomas Berg, 18 min 44 s, bakery.vtt, no date, c7"]);
    assert!(all(&page, "footer").concat().contains("A coaching aid, not an employment decision."));
    let checks = all(&parsed(&html(&sample::claude(), &options(Detail::Full))), ".checks li");
    assert!(checks[0].starts_with("yes") && checks[0].contains("problem_in_buyers_words"), "{checks:?}");
}

#[test]
fn a_name_from_right_to_left_turns_nothing_around_it() {
    let mut report = sample::claude();
    let right = "דנה כהן";
    report.participants[0].name = right.to_owned();
    let names = all(&parsed(&html(&report, &options(Detail::Normal))), "p.note > bdi");
    assert_eq!(names.first().map(String::as_str), Some(right), "alone, without the others and the numbers: {names:?}");
    assert!(names.len() > 1 && names.iter().all(|name| !name.contains('%')), "{names:?}");
}

#[test]
fn a_page_needs_nothing_else_and_runs_nothing() {
    for page in every_sample() {
        let parsed = parsed(&page);
        let meta = Selector::parse("meta[http-equiv='Content-Security-Policy']").unwrap();
        let policy = parsed.select(&meta).next().unwrap().attr("content").unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'unsafe-inline'"), "{policy}");
        let style = all(&parsed, "style").concat();
        assert!(!style.contains("url(") && !style.contains("@import") && !style.contains("http"));
        assert!(!page.contains("http://") && !page.contains("https://"), "nothing in the samples has an address");
        for needed in ["html[lang]", "title", "meta[name=viewport]", "main > header > h1"] {
            assert_eq!(parsed.select(&Selector::parse(needed).unwrap()).count(), 1, "{needed}");
        }
        let picture = Selector::parse("svg[role=img]").unwrap();
        assert!(parsed.select(&picture).all(|svg| svg.attr("aria-label").is_some_and(|label| !label.is_empty())));
    }
}

#[test]
fn times_open_the_recording_where_its_address_is_safe() {
    let links = |url: &str| {
        let mut report = sample::local();
        report.call.url = Some(url.to_owned());
        let page = parsed(&html(&report, &options(Detail::Normal)));
        let links = Selector::parse("a").unwrap();
        page.select(&links).map(|link| link.attr("href").unwrap().to_owned()).collect::<Vec<_>>()
    };
    let safe = "https://app.gong.io/call?id=7&from=\"mail\"";
    assert!(links(safe).len() > 5 && links(safe).iter().all(|link| link == safe));
    for unsafe_url in ["javascript:alert(1)", "http://x.example", "data:text/html,x", " https", "//x.example"] {
        assert_eq!(links(unsafe_url), Vec::<String>::new(), "{unsafe_url}");
    }
}

#[test]
fn without_snippets_no_word_of_the_call_is_printed() {
    let report = sample::claude();
    let page = html(&report, &Options { snippets: false, ..options(Detail::Full) });
    let said = report.moments.iter().flat_map(|moment| &moment.spoken);
    for quote in said.map(|one| &one.quote).chain(report.objections.iter().map(|one| &one.quote)) {
        assert!(!page.contains(quote.as_str()), "{quote}");
    }
    assert!(page.contains("1:48") && page.contains("Tomas Berg"), "times and speakers stay");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_that_was_said_becomes_part_of_the_page(
        spoilt in spoilt(),
        snippets in any::<bool>(),
        detail in prop::sample::select(vec![Detail::Brief, Detail::Normal, Detail::Full]),
    ) {
        let options = Options { detail, snippets, time_zone: jiff::tz::TimeZone::UTC };
        let page = html(&spoilt.report(), &options);
        let parsed = Html::parse_document(&page);
        prop_assert_eq!(&parsed.errors, &Vec::<String>::new());
        for element in parsed.select(&Selector::parse("*").unwrap()) {
            let element = element.value();
            prop_assert!(ELEMENTS.split_whitespace().any(|known| known == element.name()), "{}", element.name());
            prop_assert!(element.attrs().all(|(name, _)| !name.starts_with("on") && name != "src"));
            prop_assert!(element.attr("href").is_none_or(|href| href.starts_with("https://")));
        }
        let text: String = parsed.root_element().text().collect();
        let reorders = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
        prop_assert!(!text.contains(|c: char| (c.is_control() && c != '\n') || reorders(c)), "{text:?}");
    }
}
