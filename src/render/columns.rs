//! Plain tables without borders: lists of calls, of rubrics, of settings.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

use super::Style;
use super::text::{self, clean};

/// Blanks behind a column.
const GAP: u16 = 3;
const WIDEST_LETTER: usize = 2;

/// Rows under headers in aligned columns, no wider than the page, each line ended by a line feed.
///
/// Cells that do not fit are wrapped within their column, between words as long as the page holds them: an e-mail address
/// in pieces is none. Without headers there is no header line.
pub fn columns(headers: &[&str], rows: &[Vec<String>], style: Style) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(style.page_width()).unwrap_or(u16::MAX));
    if !headers.is_empty() {
        table.set_header(headers);
    }
    table.add_rows(rows.iter().map(|row| row.iter().map(|cell| clean(cell))));
    let mut room = style.page_width();
    let mut further_right = table.column_count();
    for (n, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, GAP));
        further_right -= 1;
        let cells = rows.iter().filter_map(|row| row.get(n)).map(String::as_str).chain(headers.get(n).copied());
        let longest = cells.flat_map(str::split_whitespace).map(text::width).max().unwrap_or(0) + usize::from(GAP);
        // The columns further left are the ones to be read whole; a letter of the others is left.
        if let Some(left) = room.checked_sub(longest)
            && left >= further_right * (usize::from(GAP) + WIDEST_LETTER)
        {
            room = left;
            let width = u16::try_from(longest).unwrap_or(u16::MAX);
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(width)));
        } else {
            room = room.saturating_sub(usize::from(GAP) + WIDEST_LETTER);
        }
    }
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[cfg(test)]
mod tests {
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
        CALL   TITLE                 SCORE
        c1     Kestrel intro         64
        c12    A first look at the   –
               new price list with
               the whole team
        ");
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
