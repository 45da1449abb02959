//! Plain tables without borders: lists of calls, of rubrics, of settings.

use comfy_table::{ContentArrangement, Table, presets};

use super::Style;
use super::text::clean;

/// Rows under headers in aligned columns, no wider than the page, each line ended by a line feed.
///
/// Cells that do not fit are wrapped within their column. Without headers there is no header line.
pub fn columns(headers: &[&str], rows: &[Vec<String>], style: Style) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(style.page_width()).unwrap_or(u16::MAX));
    if !headers.is_empty() {
        table.set_header(headers);
    }
    table.add_rows(rows.iter().map(|row| row.iter().map(|cell| clean(cell))));
    for column in table.column_iter_mut() {
        column.set_padding((0, 3));
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
