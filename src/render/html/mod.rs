//! Reports as pages that need nothing else: one file, to be opened from a disk or attached to a mail.
//!
//! A page holds no script and fetches nothing, and its own policy forbids both. Foreign text goes through [`plain`];
//! the templates escape whatever they print.

mod charts;
mod checks;
mod insights;
mod report;
mod team;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::words::Said;
use super::{secure, text};

pub use insights::insights;
pub use report::report;
pub use team::team;

/// The sign for an unknown value.
const DASH: &str = "–";
/// The longest a quote gets, in columns, before its end is cut.
const QUOTE_MAX: usize = 240;

const STYLE: &str = include_str!("style.css");
/// What the page may do: nothing but follow its own style.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Foreign text in one line without anything that could reorder what stands around it.
fn plain(foreign: &str) -> String {
    text::clean(foreign)
}

fn page(title: &str, main: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex";
                title { (plain(title)) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (main) } }
        }
    };
    page.into_string() + "\n"
}

/// A place in the call, as a link to the recording where there is one.
fn place(place: &str, url: Option<&str>) -> Markup {
    match secure(url) {
        Some(url) => html! { a href=(plain(url)) rel="noopener noreferrer" { (plain(place)) } },
        None => html! { (plain(place)) },
    }
}

/// How what was said is shown.
#[derive(Clone, Copy)]
struct Quoting<'a> {
    /// Where the recording is opened.
    url: Option<&'a str>,
    /// Whether the words are shown.
    snippets: bool,
    /// Whether long quotes are shown to their end.
    whole: bool,
}

impl Quoting<'_> {
    fn words(self, quote: &str) -> Option<String> {
        let quote = plain(quote);
        let quote = if self.whole { quote } else { text::cut(&quote, QUOTE_MAX, " …") };
        (self.snippets && !quote.is_empty()).then(|| format!("“{quote}”"))
    }

    /// What was said, line under line, and below it what we have to say about it.
    fn said(self, said: &[Said<'_>], comment: &str) -> Markup {
        html! {
            @if !(said.is_empty() && comment.is_empty()) {
                div.said {
                    @for one in said {
                        span.at { (place(&one.place, self.url)) }
                        span.who { bdi { (plain(one.speaker)) } }
                        span.words dir="auto" { (self.words(one.quote).unwrap_or_default()) }
                    }
                    @if !comment.is_empty() { p.why { (plain(comment)) } }
                }
            }
        }
    }

    /// Place, speaker and words in one line.
    fn spoken(self, said: &Said<'_>) -> Markup {
        html! {
            (place(&said.place, self.url)) " " strong { bdi { (plain(said.speaker)) } }
            @if let Some(words) = self.words(said.quote) { " " bdi { (words) } }
        }
    }
}
