//! Lines of toned text, and how they are wrapped, put side by side and printed.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style as Ansi};

use super::text;

/// What a piece of text is, from which its colour follows. The words carry the meaning; colour only repeats it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Tone {
    /// The report's words.
    #[default]
    Plain,
    /// A heading or the score.
    Heading,
    /// Something to keep.
    Good,
    /// Something to look at.
    Warn,
    /// Our own comments.
    Dim,
}

impl Tone {
    fn ansi(self) -> Ansi {
        match self {
            Tone::Plain => Ansi::new(),
            Tone::Heading => Ansi::new().bold(),
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Warn => AnsiColor::Yellow.on_default(),
            Tone::Dim => Ansi::new().dimmed(),
        }
    }
}

/// One line of the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Line(Vec<(String, Tone)>);

/// Lines that stand together. An empty block is a section with nothing to say.
pub(super) type Block = Vec<Line>;

impl Line {
    pub(super) fn new(tone: Tone, text: impl Into<String>) -> Self {
        Line::default().put(tone, text)
    }

    /// Adds text behind what is there.
    pub(super) fn put(mut self, tone: Tone, text: impl Into<String>) -> Self {
        self.0.push((text.into(), tone));
        self
    }

    /// Adds blanks until the line is this wide.
    pub(super) fn pad_to(self, width: usize) -> Self {
        let missing = width.saturating_sub(self.width());
        self.put(Tone::Plain, " ".repeat(missing))
    }

    pub(super) fn width(&self) -> usize {
        self.0.iter().map(|(text, _)| text::width(text)).sum()
    }

    /// Drops blanks at the end: they are noise in a diff and break the layout of a pasted report.
    fn trim_end(mut self) -> Self {
        while let Some((text, _)) = self.0.last_mut() {
            text.truncate(text.trim_end().len());
            if !text.is_empty() {
                break;
            }
            self.0.pop();
        }
        self
    }
}

/// A cell of a row: blanks before it, then its words, wrapped within its width.
pub(super) struct Cell {
    pub(super) gap: usize,
    pub(super) width: usize,
    pub(super) tone: Tone,
    pub(super) text: String,
}

impl Cell {
    pub(super) fn new(gap: usize, width: usize, text: impl Into<String>) -> Self {
        Cell { gap, width, tone: Tone::Plain, text: text.into() }
    }

    pub(super) fn tone(self, tone: Tone) -> Self {
        Cell { tone, ..self }
    }
}

/// Cells side by side, each wrapped within its own width.
pub(super) fn row(cells: &[Cell]) -> Block {
    let wrapped: Vec<Vec<String>> = cells.iter().map(|cell| wrap(&cell.text, cell.width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    (0..height)
        .map(|y| {
            let mut end = 0;
            let mut line = Line::default();
            for (cell, lines) in cells.iter().zip(&wrapped) {
                line = line.pad_to(end + cell.gap);
                line = line.put(cell.tone, lines.get(y).map(String::as_str).unwrap_or_default());
                end += cell.gap + cell.width;
            }
            line
        })
        .collect()
}

/// A paragraph.
pub(super) fn paragraph(indent: usize, page_width: usize, tone: Tone, text: &str) -> Block {
    row(&[Cell::new(indent, page_width.saturating_sub(indent), text).tone(tone)])
}

/// Pieces, made safe to print, that are not torn apart unless one alone is too long, as many to a line as fit.
pub(super) fn flow(page_width: usize, between: &str, pieces: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces.iter().map(|piece| text::clean(piece)).filter(|piece| !piece.is_empty()) {
        match lines.last_mut() {
            Some(line) if text::width(line) + text::width(between) + text::width(&piece) <= page_width => {
                line.push_str(between);
                line.push_str(&piece);
            }
            _ => lines.extend(wrap(&piece, page_width)),
        }
    }
    lines
}

/// The text, made safe to print, in lines of at most this many columns. A hyphen is no place to break: `--no-cache`
/// must stay whole. Nothing to say gives no line.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let text = text::clean(text);
    if text.is_empty() {
        return Vec::new();
    }
    let options = textwrap::Options::new(width.max(1)).word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(&text, options).into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Takes columns from the widest until all fit into `room`; none gets narrower than six.
pub(super) fn fit(widths: &mut [usize], room: usize) {
    while widths.iter().sum::<usize>() > room {
        match widths.iter_mut().max() {
            Some(widest) if *widest > 6 => *widest -= 1,
            _ => return,
        }
    }
}

/// Two blocks side by side, the right one beginning at column `at`.
pub(super) fn beside(left: Block, right: Block, at: usize) -> Block {
    let height = left.len().max(right.len());
    let mut right = right.into_iter();
    left.into_iter()
        .chain(std::iter::repeat_with(Line::default))
        .take(height)
        .map(|line| match right.next() {
            Some(mut other) if !other.0.is_empty() => {
                let mut line = line.pad_to(at);
                line.0.append(&mut other.0);
                line
            }
            _ => line,
        })
        .collect()
}

/// Blocks below one another with a blank line between; empty ones leave no trace.
pub(super) fn stack(blocks: impl IntoIterator<Item = Block>) -> Block {
    let mut page = Block::new();
    for block in blocks.into_iter().filter(|block| !block.is_empty()) {
        if !page.is_empty() {
            page.push(Line::default());
        }
        page.extend(block);
    }
    page
}

/// The page as text, each line ended by a line feed.
pub(super) fn print(page: Block, colour: bool) -> String {
    let mut out = String::new();
    for line in page {
        for (text, tone) in line.trim_end().0 {
            let ansi = tone.ansi();
            if colour && ansi != Ansi::new() {
                // Writing into a String cannot fail.
                let _ = write!(out, "{ansi}{text}{ansi:#}");
            } else {
                out.push_str(&text);
            }
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(page: Block) -> String {
        print(page, false)
    }

    #[test]
    fn cells_wrap_within_their_own_column() {
        let cells = [Cell::new(1, 5, "0:07"), Cell::new(1, 11, "one two three"), Cell::new(2, 3, "end")];
        insta::assert_snapshot!(plain(row(&cells)), @"
         0:07  one two      end
               three
        ");
    }

    #[test]
    fn a_hyphen_is_no_place_to_break() {
        assert_eq!(wrap("score again with --no-cache", 25), ["score again with", "--no-cache"]);
    }

    #[test]
    fn blocks_stand_side_by_side() {
        let left = paragraph(0, 4, Tone::Plain, "aa bb cc");
        let right = paragraph(1, 9, Tone::Plain, "x");
        assert_eq!(plain(beside(left, right, 6)), "aa     x\nbb\ncc\n");
    }

    #[test]
    fn colour_is_added_and_nothing_else() {
        let page = vec![Line::new(Tone::Heading, "SCORES").put(Tone::Warn, " open")];
        assert_eq!(print(page.clone(), true), "\u{1b}[1mSCORES\u{1b}[0m\u{1b}[33m open\u{1b}[0m\n");
        assert_eq!(print(page, false), "SCORES open\n");
    }

    #[test]
    fn columns_are_narrowed_from_the_widest() {
        let mut widths = [30, 10, 8];
        fit(&mut widths, 34);
        assert_eq!(widths, [16, 10, 8]);
        fit(&mut widths, 5);
        assert_eq!(widths, [6, 6, 6]);
    }
}
