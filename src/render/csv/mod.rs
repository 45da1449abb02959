//! Tables for spreadsheets and scripts: comma-separated as RFC 4180 has it, in UTF-8, one header line.
//!
//! What is unknown is an empty cell and never 0. Text that a spreadsheet would take for a formula is made text.

mod insights;
mod search;

use jiff::civil::Date;

use super::text::clean;

pub use insights::{insights, team};
pub use search::search;

/// With one of these at its start a cell is a formula to some spreadsheet, full-width forms included
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
const FORMULA_STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
enum Cell<'a> {
    /// Text from anywhere.
    Text(&'a str),
    /// A number; `None` is unknown.
    Number(Option<f64>),
    /// A day; `None` is unknown.
    Day(Option<Date>),
}

impl Cell<'_> {
    fn count(count: u64) -> Self {
        Cell::Number(Some(count as f64))
    }

    fn text(text: Option<&str>) -> Cell<'_> {
        Cell::Text(text.unwrap_or_default())
    }

    /// The cell as it is written, before quotes are put around it.
    fn written(&self) -> String {
        match self {
            Cell::Text(text) => guarded(text),
            // Adding zero makes nothing of the sign of -0.
            Cell::Number(number) => {
                number.filter(|number| number.is_finite()).map_or_else(String::new, |number| (number + 0.0).to_string())
            }
            Cell::Day(day) => day.map_or_else(String::new, |day| day.to_string()),
        }
    }
}

/// The text in one line, behind an apostrophe where it would be a formula.
///
/// Tabs and line ends at the start, which some spreadsheets skip on their way to a formula, are gone with the rest of
/// what cannot be seen.
fn guarded(text: &str) -> String {
    let text = clean(text);
    if text.starts_with(FORMULA_STARTS) { format!("'{text}") } else { text }
}

/// A table in the making.
struct Sheet {
    writer: csv::Writer<Vec<u8>>,
}

impl Sheet {
    fn new(headers: &[&str]) -> Self {
        // Rows of another length would be refused, and there is nobody to tell.
        let writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
        let mut sheet = Sheet { writer };
        sheet.row(&headers.iter().map(|header| Cell::Text(header)).collect::<Vec<_>>());
        sheet
    }

    fn row(&mut self, cells: &[Cell<'_>]) {
        // Writing into a vector cannot fail.
        let _ = self.writer.write_record(cells.iter().map(Cell::written));
    }

    fn finish(self) -> String {
        self.writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(table: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn what_would_be_a_formula_is_text() {
        let start = |text: &str| Cell::Text(text).written();
        assert_eq!(start("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")");
        for formula in ["+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", "\u{200b}=1", "\u{feff}@a", " -1", "＝1"] {
            assert!(start(formula).starts_with('\''), "{formula:?}");
        }
        assert_eq!([start("1 = 1"), start("c412"), start("")], ["1 = 1", "c412", ""]);
    }

    #[test]
    fn numbers_stay_numbers_and_unknown_is_empty() {
        let number = |number| Cell::Number(number).written();
        assert_eq!([number(Some(-4.5)), number(Some(0.0)), number(Some(-0.0)), number(None)], ["-4.5", "0", "0", ""]);
        assert_eq!([number(Some(f64::NAN)), number(Some(f64::INFINITY))], ["", ""]);
    }

    #[test]
    fn lines_end_as_rfc_4180_has_it() {
        let mut sheet = Sheet::new(&["a", "b"]);
        sheet.row(&[Cell::Text("say \"yes\", please"), Cell::Number(None)]);
        assert_eq!(sheet.finish(), "a,b\r\n\"say \"\"yes\"\", please\",\r\n");
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(
            rows in prop::collection::vec(("[\\PC\n\r\t\",;=@+-]*", prop::option::of(-1e9..1e9_f64)), 0..8),
        ) {
            let mut sheet = Sheet::new(&["text", "number"]);
            for (text, number) in &rows {
                sheet.row(&[Cell::Text(text), Cell::Number(*number)]);
            }
            let read = read(&sheet.finish());
            prop_assert_eq!(read.len(), rows.len() + 1);
            for ((text, number), cells) in rows.iter().zip(&read[1..]) {
                let text = clean(text);
                let is_formula = text.starts_with(FORMULA_STARTS);
                prop_assert_eq!(&cells[0], &if is_formula { format!("'{text}") } else { text });
                prop_assert!(!cells[0].starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
                prop_assert_eq!(cells[1].parse::<f64>().ok(), number.map(|number| number + 0.0));
            }
        }
    }
}
