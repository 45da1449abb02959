//! Inline SVG: bars, strips, the call's time line. Every chart says in words what it shows, for those who cannot see it.
//!
//! Places are percentages of the chart's width, so that a chart is as wide as its column and nothing in it is squeezed.

use maud::{Markup, html};

use crate::render::text;

/// Height of a strip in pixels.
const STRIP: f64 = 44.0;

/// From where on a score is solid, and from where on strong.
const BANDS: [u8; 2] = [60, 80];

fn percent(part: f64) -> String {
    format!("{}%", text::decimal(part.clamp(0.0, 100.0)))
}

/// A score as a bar of 100, with a notch where a band begins.
pub(super) fn bar(score: f64) -> Markup {
    html! {
        svg.bar width="100%" height="8" role="img" aria-label=(format!("{} of 100", text::whole(score))) {
            rect.track width="100%" height="8" rx="2" {}
            rect.fill width=(percent(score)) height="8" rx="2" {}
            @for band in BANDS {
                line.ticks x1=(percent(band.into())) x2=(percent(band.into())) y1="0" y2="8" {}
            }
        }
    }
}

/// Parts of a whole beside each other: the class of each and its share, 0–1.
pub(super) fn parts(label: &str, parts: &[(&'static str, f64)]) -> Markup {
    let ends: Vec<f64> = parts
        .iter()
        .scan(0.0, |end, (_, share)| {
            *end += share * 100.0;
            Some(*end)
        })
        .collect();
    html! {
        svg.bar width="100%" height="12" role="img" aria-label=(label) {
            rect.track width="100%" height="12" {}
            @for ((class, share), end) in parts.iter().zip(&ends) {
                rect class=(class) x=(percent(end - share * 100.0)) width=(percent(share * 100.0)) height="12" {}
            }
            @for end in ends.iter().filter(|end| **end < 99.9) {
                line.ticks x1=(percent(*end)) x2=(percent(*end)) y1="0" y2="12" {}
            }
        }
    }
}

/// One call of a strip.
pub(super) struct Column {
    /// What it is: "29 Aug, c1".
    pub(super) label: String,
    /// 0–100, or that there is none.
    pub(super) score: Option<f64>,
    /// Whether scores from here on cannot be compared with those before.
    pub(super) begins_anew: bool,
}

/// How high a score stands in a strip, in pixels; the lowest can still be seen.
fn height(score: f64) -> f64 {
    (score.clamp(0.0, 100.0) / 100.0 * STRIP).max(1.0)
}

/// Scores of calls beside each other, oldest first: a dashed line where they cannot be compared, a gap between the
/// halves that are.
pub(super) fn strip(label: &str, columns: &[Column], in_halves: bool) -> Markup {
    let gap = if in_halves { 0.5 } else { 0.0 };
    let step = 100.0 / (columns.len() as f64 + gap).max(1.0);
    let left = |n: usize| step * (n as f64 + if n >= columns.len() / 2 { gap } else { 0.0 });
    html! {
        svg.strip width="100%" height=(STRIP) role="img" aria-label=(label) {
            @for band in BANDS {
                @let y = text::decimal(STRIP - height(band.into()));
                line.grid x1="0" x2="100%" y1=(y) y2=(y) {}
            }
            line.grid x1="0" x2="100%" y1=(STRIP) y2=(STRIP) {}
            @for (n, column) in columns.iter().enumerate() {
                @if column.begins_anew && n > 0 {
                    line.break x1=(percent(left(n))) x2=(percent(left(n))) y1="-3" y2=(STRIP + 3.0) {}
                }
                (score(column, left(n), step))
            }
        }
    }
}

fn score(column: &Column, left: f64, step: f64) -> Markup {
    html! {
        @match column.score {
            Some(score) => {
                @let height = height(score);
                rect.fill x=(percent(left + step * 0.12)) width=(percent(step * 0.76)) y=(text::decimal(STRIP - height))
                    height=(text::decimal(height)) rx="1" {
                    title { (column.label) ": " (text::whole(score)) }
                }
            }
            None => {
                circle.none cx=(percent(left + step / 2.0)) cy=(STRIP - 4.0) r="2" {
                    title { (column.label) ": no score" }
                }
            }
        }
    }
}

/// What a moment of the time line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Keep,
    Change,
    Open,
    Settled,
}

impl Mark {
    const ALL: [Mark; 4] = [Mark::Keep, Mark::Change, Mark::Open, Mark::Settled];

    fn words(self) -> &'static str {
        match self {
            Mark::Keep => "keep doing",
            Mark::Change => "change",
            Mark::Open => "concern, not settled",
            Mark::Settled => "concern, settled",
        }
    }

    /// Told apart by shape as well as by colour: triangles up and down, rings.
    fn draw(self, x: &str, y: f64) -> Markup {
        html! {
            svg.mark x=(x) y=(y) width="1" height="1" {
                @match self {
                    Mark::Keep => path.mark-keep d="M-6 5 L0 -6 L6 5 Z" {},
                    Mark::Change => path.mark-change d="M-6 -5 L0 6 L6 -5 Z" {},
                    Mark::Open => circle.mark-concern r="5" {},
                    Mark::Settled => { circle.mark-settled r="5" {} circle.mark-keep r="2" {} },
                }
            }
        }
    }
}

/// Where in the call the shown moments lie.
pub(super) fn time_line(marks: &[(i64, Mark)], length_ms: i64) -> Markup {
    let length = length_ms.max(1) as f64;
    let at = |ms: i64| percent(ms as f64 / length * 100.0);
    let row = |mark: Mark| if matches!(mark, Mark::Keep | Mark::Change) { 9.0 } else { 27.0 };
    let told: Vec<String> = marks.iter().map(|(ms, mark)| format!("{} at {}", mark.words(), text::time(*ms))).collect();
    html! {
        svg width="100%" height="36" role="img" aria-label=(text::list(&told)) {
            line.grid x1="0" x2="100%" y1="18" y2="18" {}
            @for (ms, mark) in marks { (mark.draw(&at(*ms), row(*mark))) }
        }
        div.ends { span { "0:00" } span { (text::time(length_ms)) } }
        ul.legend {
            @for mark in Mark::ALL.into_iter().filter(|mark| marks.iter().any(|(_, one)| one == mark)) {
                li { svg width="13" height="13" aria-hidden="true" { (mark.draw("6.5", 6.5)) } (mark.words()) }
            }
        }
    }
}
