//! A picture of what the program prints in a terminal, as an SVG that is legible on light and dark pages.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

const COLUMNS: f64 = 80.0;
/// Size of a cell of the terminal in pixels.
const CELL: (f64, f64) = (8.4, 19.0);
const MARGIN: f64 = 22.0;

/// Colours by the class that [`class`] gives; the dark ones count where the reader's page is dark.
const STYLE: &str = "\
.page{fill:#fbfbf9;stroke:#d5d5cf}\
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre}\
.plain{fill:#24272b}.heading{fill:#000;font-weight:bold}.dim{fill:#62686f}.good{fill:#17693a}.warn{fill:#8a4b00}\
@media(prefers-color-scheme:dark){.page{fill:#15181b;stroke:#33383e}.plain{fill:#d9dce0}.heading{fill:#fff}\
.dim{fill:#969da5}.good{fill:#7fd3a0}.warn{fill:#f2b866}}";

/// Text of one colour.
struct Run<'a> {
    class: &'static str,
    text: &'a str,
}

/// What the program colours and how it calls it: the tones of its layout.
fn class(ansi: &str) -> &'static str {
    match ansi {
        "1" => "heading",
        "2" => "dim",
        "32" => "good",
        "33" => "warn",
        _ => "plain",
    }
}

fn runs(line: &str) -> Vec<Run<'_>> {
    let mut parts = line.split("\u{1b}[");
    let first = Run { class: "plain", text: parts.next().unwrap_or_default() };
    let coloured = parts.map(|part| {
        let (ansi, text) = part.split_once('m').unwrap();
        Run { class: class(ansi), text }
    });
    [first].into_iter().chain(coloured).flat_map(pieces).collect()
}

/// What fonts disagree about stands apart from words.
fn pieces(run: Run<'_>) -> impl Iterator<Item = Run<'_>> {
    let is_drawn = |c: &char| matches!(c, '█' | '▁' | '─').then_some(*c);
    let chars: Vec<(usize, char)> = run.text.char_indices().collect();
    let starts = chars.iter().enumerate().filter(|(n, (_, c))| *n == 0 || is_drawn(&chars[n - 1].1) != is_drawn(c));
    let starts: Vec<usize> = starts.map(|(_, (at, _))| *at).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([run.text.len()]).collect();
    starts.into_iter().zip(ends).map(move |(from, to)| Run { class: run.class, text: &run.text[from..to] })
}

/// The coloured text as a picture. Alone for those who cannot see it, `told` says what it is.
pub(crate) fn picture(coloured: &str, told: &str) -> String {
    let width = COLUMNS * CELL.0 + 2.0 * MARGIN;
    let height = coloured.lines().count() as f64 * CELL.1 + 2.0 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-label=\"{told}\">\n<style>{STYLE}</style>\n\
         <rect class=\"page\" x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" rx=\"8\"/>\n",
        width - 1.0,
        height - 1.0
    );
    for (row, line) in coloured.lines().enumerate() {
        let top = MARGIN + row as f64 * CELL.1;
        let mut column = 0;
        for run in runs(line) {
            draw(&mut svg, &run, MARGIN + column as f64 * CELL.0, top);
            column += run.text.width();
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Blocks and rules become rectangles; words keep to the columns whatever the font.
fn draw(svg: &mut String, run: &Run<'_>, left: f64, top: f64) {
    let class = run.class;
    let width = run.text.width() as f64 * CELL.0;
    let (y, height) = match run.text.chars().next() {
        Some('█') => (top + 3.0, 12.0),
        Some('▁') => (top + 13.0, 2.0),
        Some('─') => (top + 9.0, 1.0),
        _ => {
            let words = run.text.trim_end();
            let left = left + (words.len() - words.trim_start().len()) as f64 * CELL.0;
            let words = words.trim_start();
            let length = words.width() as f64 * CELL.0;
            let words = words.replace('&', "&amp;").replace('<', "&lt;");
            if !words.is_empty() {
                let baseline = top + 14.0;
                writeln!(
                    svg,
                    "<text class=\"{class}\" x=\"{left:.1}\" y=\"{baseline:.1}\" textLength=\"{length:.1}\">{words}</text>"
                )
                .unwrap();
            }
            return;
        }
    };
    writeln!(svg, "<rect class=\"{class}\" x=\"{left:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height}\"/>")
        .unwrap();
}
