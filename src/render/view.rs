//! What every section of the terminal report needs to know, and the rows in which it shows what was said.

use super::layout::{Block, Cell, Tone, row, wrap};
use super::text::{clean, cut, width};
use super::words::Said;
use super::{Detail, Options, Style};
use crate::output::report::Report;

/// Below this width words stand under their speaker and not beside.
const NARROW: usize = 50;

/// A report and the page it is drawn on.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) report: &'a Report,
    pub(super) options: &'a Options,
    pub(super) style: Style,
    /// Columns there are for this section.
    pub(super) width: usize,
    place_width: usize,
    speaker_width: usize,
    /// Whether words stand under their speaker and not beside.
    stacked: bool,
    /// How many lines a quote may fill before its end is cut.
    quote_lines: usize,
}

impl<'a> View<'a> {
    pub(super) fn new(report: &'a Report, style: Style, options: &'a Options) -> Self {
        let page_width = style.page_width();
        let mut view = View {
            report,
            options,
            style,
            width: page_width,
            place_width: 4,
            speaker_width: 4,
            stacked: page_width < NARROW,
            quote_lines: if options.detail == Detail::Full { 8 } else { 3 },
        };
        let widest_name = if page_width < 80 { 12 } else { 18 };
        for said in everything_said(report) {
            view.place_width = view.place_width.max(width(&said.place));
            view.speaker_width = view.speaker_width.max(width(&clean(said.speaker))).min(widest_name);
        }
        view
    }

    /// The same report in a column of the page.
    pub(super) fn in_column(self, width: usize) -> Self {
        View { width, stacked: width < NARROW, ..self }
    }

    /// The same report in the column from `at` on, for proof beside a check; `None` where words would not fit there.
    pub(super) fn in_proof_column(self, at: usize) -> Option<Self> {
        let column = View { width: self.width.saturating_sub(at), stacked: false, quote_lines: 3, ..self };
        (column.width >= column.words_at() + 20).then_some(column)
    }

    /// Foreign text in one line of at most `max` columns.
    pub(super) fn cut(&self, text: &str, max: usize) -> String {
        cut(&clean(text), max, self.style.ellipsis())
    }

    /// What was said, line under line, and below it what we have to say about it.
    pub(super) fn said(&self, said: &[Said<'_>], comment: &str) -> Block {
        let room = self.width.saturating_sub(self.words_at());
        let mut block = Block::new();
        for (i, said_now) in said.iter().enumerate() {
            let words = Cell::new(2, room, "");
            let words = match self.options.snippets {
                true => Cell { text: self.quote(said_now.quote, room, self.quote_lines), ..words },
                // Without quotes the comment takes the place of the last one.
                false if i + 1 == said.len() => Cell { text: comment.to_owned(), tone: Tone::Dim, ..words },
                false => words,
            };
            block.extend(self.said_once(said_now, words));
        }
        if self.options.snippets || said.is_empty() {
            block.extend(row(&[Cell::new(self.words_at(), room, comment).tone(Tone::Dim)]));
        }
        block
    }

    fn said_once(&self, said: &Said<'_>, words: Cell) -> Block {
        let place_width = width(&said.place);
        let place = Cell::new((2 + self.place_width).saturating_sub(place_width), place_width, said.place.as_str());
        let speaker = Cell::new(2, self.speaker_width, self.cut(said.speaker, self.speaker_width));
        if self.stacked {
            let mut block = row(&[place, speaker]);
            block.extend(row(&[Cell { gap: self.words_at(), ..words }]));
            return block;
        }
        row(&[place, speaker, words])
    }

    /// The column in which the words begin.
    pub(super) fn words_at(&self) -> usize {
        let behind_place = 2 + self.place_width + 2;
        if self.stacked { behind_place } else { behind_place + self.speaker_width + 2 }
    }

    /// The words in quotation marks, cut at the end so that they fill at most `max_lines` lines of `room` columns.
    pub(super) fn quote(&self, words: &str, room: usize, max_lines: usize) -> String {
        let whole = format!("\"{}\"", clean(words));
        let lines = wrap(&whole, room);
        if lines.len() <= max_lines {
            return whole;
        }
        // The lines are slices of the text, so the last one that is kept ends where the cut is made.
        let mut kept = String::new();
        let mut rest = whole.as_str();
        for line in lines.iter().take(max_lines) {
            let Some((before, after)) = rest.split_once(line.as_str()) else { break };
            kept.push_str(before);
            kept.push_str(line);
            rest = after;
        }
        loop {
            let marked = format!("{} {}\"", kept.trim_end(), self.style.ellipsis());
            if kept.is_empty() || wrap(&marked, room).len() <= max_lines {
                return marked;
            }
            match kept.trim_end().rfind(' ') {
                Some(blank) => kept.truncate(blank),
                None => drop(kept.pop()),
            }
        }
    }
}

/// Everything a report may show with a place and a speaker, so that all sections share their columns.
fn everything_said(report: &Report) -> impl Iterator<Item = Said<'_>> {
    let checks = report.dimensions.iter().flat_map(|d| &d.criteria).flat_map(|c| &c.checks);
    let action = report.action.iter().flat_map(|action| &action.spoken);
    let moments = report.moments.iter().flat_map(|moment| &moment.spoken);
    let proof = checks.flat_map(|check| check.evidence.iter().chain(&check.chance));
    let concerns = report.objections.iter().flat_map(|o| [Some(Said::raised(o)), Said::response(o)]).flatten();
    action.chain(moments).chain(proof).map(Said::new).chain(concerns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    fn quoted(words: &str, room: usize) -> String {
        let options = Options { detail: Detail::Normal, snippets: true, time_zone: jiff::tz::TimeZone::UTC };
        let style = Style { width: 80, colour: false, unicode: true };
        View::new(&sample::local(), style, &options).quote(words, room, 2)
    }

    #[test]
    fn a_quote_is_cut_only_where_it_does_not_fit() {
        assert_eq!(quoted("one two three four", 11), "\"one two three four\"");
        assert_eq!(quoted("one two three four five", 11), "\"one two three …\"");
    }

    #[test]
    fn a_quote_without_blanks_is_cut_between_characters() {
        assert_eq!(quoted("日本語日本語日本語", 8), "\"日本語日本 …\"");
    }

    #[test]
    fn a_column_too_narrow_for_the_mark_ends_too() {
        assert_eq!(quoted("one two", 1), " …\"");
    }
}
