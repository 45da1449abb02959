//! Plain tables without borders: lists of calls, of rubrics, of settings.

use super::Style;
use super::text::{self, clean};

/// Blanks between columns; fewer where the page is too narrow for the words.
const GAP: usize = 3;
const NARROW_GAP: usize = 2;
/// A cell of this width, such as `35 %` or `20 Nov`, is read at one glance and is not wrapped.
const SHORT: usize = 8;
const WIDEST_LETTER: usize = 2;

/// Rows under headers in aligned columns, no wider than the page, each line ended by a line feed.
///
/// Cells that do not fit are wrapped within their column, between words as long as the page holds them: an e-mail address
/// in pieces is none. What is missing is taken from the widest column. Without headers there is no header line.
pub fn columns(headers: &[&str], rows: &[Vec<String>], style: Style) -> String {
    let header: Vec<String> = headers.iter().map(|header| clean(header)).collect();
    let lines: Vec<Vec<String>> = std::iter::once(header)
        .filter(|header| !header.is_empty())
        .chain(rows.iter().map(|row| row.iter().map(|cell| clean(cell)).collect()))
        .collect();
    let (gap, widths) = widths(&lines, style.page_width());
    let wrapped: Vec<Vec<Vec<String>>> =
        lines.iter().map(|row| row.iter().zip(&widths).map(|(cell, width)| wrap(cell, *width)).collect()).collect();
    // Whole words seldom fill their column.
    let used = |n: usize| {
        let cells = wrapped.iter().filter_map(|row| row.get(n)).flatten();
        cells.map(|line| text::width(line)).max().unwrap_or(0)
    };
    let used: Vec<usize> = (0..widths.len()).map(used).collect();
    let mut page = String::new();
    for row in &wrapped {
        for y in 0..row.iter().map(Vec::len).max().unwrap_or(0) {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&used) {
                let piece = cell.get(y).map_or("", String::as_str);
                line.push_str(piece);
                line.push_str(&" ".repeat(width - text::width(piece) + gap));
            }
            page.push_str(line.trim_end());
            page.push('\n');
        }
    }
    page
}

/// The blanks between the columns, and how wide each may get.
fn widths(lines: &[Vec<String>], page: usize) -> (usize, Vec<usize>) {
    let count = lines.iter().map(Vec::len).max().unwrap_or(0);
    let of_column = |width: &dyn Fn(&str) -> usize| -> Vec<usize> {
        (0..count)
            .map(|n| lines.iter().filter_map(|row| row.get(n)).map(|cell| width(cell)).max().unwrap_or(0))
            .collect()
    };
    let word = |cell: &str| cell.split_whitespace().map(text::width).max().unwrap_or(0);
    let glance = |cell: &str| Some(text::width(cell)).filter(|width| *width <= SHORT).unwrap_or(0);
    let natural = of_column(&|cell| text::width(cell));
    let words = of_column(&|cell| word(cell).max(glance(cell)));
    let mut glances = of_column(&glance);
    for (glance, header) in glances.iter_mut().zip(lines.first().into_iter().flatten()) {
        *glance = (*glance).max(word(header));
    }
    // The first column is the one that names the row.
    let named: Vec<usize> = words.iter().take(1).chain(glances.iter().skip(1)).copied().collect();
    let letters = vec![WIDEST_LETTER; count];
    let steps =
        [(GAP, &words), (NARROW_GAP, &words), (NARROW_GAP, &named), (NARROW_GAP, &glances), (NARROW_GAP, &letters)];
    let mut narrowed = (GAP, natural.clone());
    for (gap, least) in steps {
        narrowed = (gap, natural.clone());
        if narrow(&mut narrowed.1, least, page.saturating_sub(gap * count.saturating_sub(1))) {
            break;
        }
    }
    narrowed
}

/// Takes from the widest column, of equal ones from the last, until all fit; whether they do.
fn narrow(widths: &mut [usize], least: &[usize], room: usize) -> bool {
    while widths.iter().sum::<usize>() > room {
        let above = widths.iter_mut().zip(least).filter(|(width, least)| **width > **least);
        match above.map(|(width, _)| width).max_by_key(|width| **width) {
            Some(widest) => *widest -= 1,
            None => return false,
        }
    }
    true
}

/// The lines of a cell; one that says nothing has one.
fn wrap(cell: &str, width: usize) -> Vec<String> {
    let mut done = Vec::new();
    let mut line = String::new();
    for word in cell.split_whitespace() {
        for (n, piece) in pieces(word, width).into_iter().enumerate() {
            let is_begun = !line.is_empty();
            let blank = if n == 0 && is_begun { " " } else { "" };
            if is_begun && text::width(&line) + blank.len() + text::width(&piece) > width {
                done.push(std::mem::replace(&mut line, piece));
            } else {
                line.push_str(blank);
                line.push_str(&piece);
            }
        }
    }
    done.push(line);
    done
}

/// The word, in pieces where it is too wide: behind a `/`, `_` or `@`, and within those only when there is no other way.
fn pieces(word: &str, width: usize) -> Vec<String> {
    if text::width(word) <= width {
        return vec![word.to_owned()];
    }
    let mut pieces: Vec<String> = Vec::new();
    for part in word.split_inclusive(['/', '_', '@']) {
        let mut piece = String::new();
        for letter in part.chars() {
            piece.push(letter);
            if text::width(&piece) > width && piece.chars().count() > 1 {
                piece.pop();
                pieces.push(std::mem::replace(&mut piece, letter.to_string()));
            }
        }
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NARROW: Style = Style { width: 40, colour: false, unicode: true };

    fn rows() -> Vec<Vec<String>> {
        [["c1", "Kestrel intro", "64"], ["c12", "A first look at the new price list with the whole team", "–"]]
            .map(|row| row.map(str::to_owned).to_vec())
            .to_vec()
    }

    #[test]
    fn words_are_not_broken_while_the_page_holds_them() {
        let row = ["Mara Lindqvist", "mara@brightpath.example", "Sample team"].map(str::to_owned).to_vec();
        insta::assert_snapshot!(columns(&["NAME", "E-MAIL", "TEAM"], &[row], Style { width: 48, ..NARROW }), @"
        NAME        E-MAIL                    TEAM
        Mara        mara@brightpath.example   Sample
        Lindqvist                             team
        ");
    }

    #[test]
    fn cells_are_aligned_and_wrapped_within_their_column() {
        insta::assert_snapshot!(columns(&["CALL", "TITLE", "SCORE"], &rows(), NARROW), @"
        CALL   TITLE                       SCORE
        c1     Kestrel intro               64
        c12    A first look at the new     –
               price list with the whole
               team
        ");
    }

    #[test]
    fn the_widest_column_gives_way_and_short_cells_and_headers_stay_whole() {
        let row = ["database_url", "/home/ana/.local/share/call-coach/calls.db", "35 %", "default"];
        let row = row.map(str::to_owned).to_vec();
        insta::assert_snapshot!(columns(&["SETTING", "VALUE", "SHARE", "FROM"], &[row], NARROW), @"
        SETTING       VALUE       SHARE  FROM
        database_url  /home/ana/  35 %   default
                      .local/
                      share/
                      call-coach
                      /calls.db
        ");
    }

    #[test]
    fn what_fits_without_blanks_at_the_end_is_not_wrapped() {
        let row = ["Mara Lindqvist", "sales", "Ines Marchetti Rossi"].map(str::to_owned).to_vec();
        let width = 14 + 3 + 5 + 3 + 20;
        let page = columns(&["NAME", "TEAM", "MANAGER"], &[row], Style { width, ..NARROW });
        assert_eq!(page.lines().count(), 2, "{page}");
    }

    proptest! {
        #[test]
        fn no_page_is_wider_than_the_terminal(cells in prop::collection::vec("[a-z_/ 日]{0,40}", 12), width in 40_usize..120) {
            let rows: Vec<Vec<String>> = cells.chunks(4).map(<[String]>::to_vec).collect();
            let page = columns(&["ONE", "TWO", "THREE", "FOUR"], &rows, Style { width, ..NARROW });
            prop_assert!(page.lines().all(|line| text::width(line) <= width), "{}", page);
        }
    }

    #[test]
    fn no_headers_no_header_line() {
        assert_eq!(columns(&[], &rows()[..1], NARROW), "c1   Kestrel intro   64\n");
    }

    #[test]
    fn cells_cannot_steer_the_terminal() {
        let rows = vec![vec!["a\u{1b}[2J".to_owned(), "b\nc".to_owned()]];
        assert_eq!(columns(&[], &rows, NARROW), "a [2J   b c\n");
    }
}
