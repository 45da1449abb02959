//! A list as a table for a document.

use super::escape::escape;

/// Rows under headers, each line ended by a line feed. Without headers the line that markdown demands is empty.
pub fn table(headers: &[&str], rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).chain([headers.len()]).max().unwrap_or(0);
    let line = |cells: &[String]| {
        let cells = (0..columns).map(|n| cells.get(n).map(|cell| escape(cell.trim())).unwrap_or_default());
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
    let rule = vec!["---".to_owned(); columns];
    [line(&headers), format!("| {} |\n", rule.join(" | "))]
        .into_iter()
        .chain(rows.iter().map(|row| line(row)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_in_their_columns() {
        let rows = vec![vec!["c1".to_owned(), "a | b".to_owned()], vec!["c2".to_owned()]];
        assert_eq!(table(&["CALL", "TITLE"], &rows), "| CALL | TITLE |\n| --- | --- |\n| c1 | a \\| b |\n| c2 |  |\n");
    }
}
