//! The faces of a report: output types in, text out. Nothing here reads a file, a clock or the environment.
//!
//! A new section is a function from a `view::View` to a `layout::Block` that `table` puts into its place; the
//! phrases that the terminal and the markdown document share stand in `words`.

mod bars;
mod columns;
mod csv;
mod doctor;
mod estimate;
mod html;
mod insights;
mod layout;
mod markdown;
mod search;
mod table;
pub mod text;
mod view;
mod words;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use columns::columns;
pub use csv::{insights as insights_csv, search as search_csv, team as team_csv};
pub use doctor::doctor;
pub use estimate::estimate;
pub use html::{insights as insights_html, report as html, team as team_html};
pub use insights::{insights, team};
pub use markdown::insights::{insights as insights_markdown, team as team_markdown};
pub use markdown::report as markdown;
pub use markdown::table::table as table_markdown;
pub use search::{FoundIn, search, search_lines, search_markdown};
pub use table::report;

/// The narrowest page that is drawn; a narrower terminal wraps by itself.
const MIN_WIDTH: usize = 40;
/// Lines longer than this are hard to read: a wider terminal leaves the rest empty.
const MAX_WIDTH: usize = 140;

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns of the terminal. Pages are drawn between 40 and 140 columns wide.
    pub width: usize,
    /// Whether ANSI colours may be written. The text reads the same without.
    pub colour: bool,
    /// Whether bars, rules and ellipses may be drawn with characters beyond ASCII.
    pub unicode: bool,
}

/// The address, where it can be opened safely.
fn secure(url: Option<&str>) -> Option<&str> {
    url.filter(|url| url.starts_with("https://"))
}

impl Style {
    fn page_width(self) -> usize {
        self.width.clamp(MIN_WIDTH, MAX_WIDTH)
    }

    fn ellipsis(self) -> &'static str {
        if self.unicode { "…" } else { "..." }
    }

    fn dot(self) -> &'static str {
        if self.unicode { "·" } else { "|" }
    }

    fn times(self) -> &'static str {
        if self.unicode { "×" } else { "x" }
    }

    fn dash(self) -> &'static str {
        if self.unicode { "–" } else { "-" }
    }

    fn rule(self) -> &'static str {
        if self.unicode { "─" } else { "-" }
    }
}

/// How much of a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// The score, the verdict and the one action.
    Brief,
    /// What a manager reads.
    #[default]
    Normal,
    /// Every check and its evidence as well.
    Full,
}

/// What of a report is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How much of it.
    pub detail: Detail,
    /// Whether the transcript's words are quoted. Times and speakers are printed in any case.
    pub snippets: bool,
    /// The zone in which dates are printed.
    pub time_zone: jiff::tz::TimeZone,
}
