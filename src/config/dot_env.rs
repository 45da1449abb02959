//! The `.env` file of the working directory, read beside the process environment and never into it.

use std::path::{Path, PathBuf};

use super::ConfigError;

/// Stands for a `$` while dotenvy reads. It would otherwise put the process's own variables, keys among them, in place of
/// `$NAME`, so that a `.env` found in some folder could write a key into an address of its choice; and a password that
/// holds a `$` would lose its end.
const DOLLAR: &str = "\u{1a}";

/// The file's name.
pub(super) const NAME: &str = ".env";

/// A `.env` file.
#[derive(Clone)]
pub(super) struct DotEnv {
    /// The file.
    pub(super) path: PathBuf,
    /// Its lines in their order.
    assignments: Vec<(String, String)>,
}

impl DotEnv {
    /// Reads the `.env` of a folder, if there is one.
    ///
    /// # Errors
    /// When the file cannot be read or a line is no assignment.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, ConfigError> {
        Self::read_file(&folder.join(NAME))
    }

    /// Reads a file of that form, if it exists.
    ///
    /// # Errors
    /// When it cannot be read or a line is no assignment.
    pub(super) fn read_file(path: &Path) -> Result<Option<Self>, ConfigError> {
        if !path.is_file() {
            return Ok(None);
        }
        let text = fs_err::read_to_string(path)?;
        let assignments = parse(&text).ok_or_else(|| ConfigError::DotEnv {
            path: path.to_owned(),
            // The reader's own messages quote the line, which may hold a key.
            reason: format!("line {} is not of the form NAME=value", first_wrong_line(&text)),
        })?;
        Ok(Some(DotEnv { path: path.to_owned(), assignments }))
    }

    /// A variable's value; `None` when it is not set or empty. Of several lines the last one counts.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let set = self.assignments.iter().rev().find(|(known, _)| known == name);
        set.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The names that are set, in the order of their lines; one that is set twice stands there twice.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.assignments.iter().map(|(name, _)| name.as_str())
    }
}

fn parse(text: &str) -> Option<Vec<(String, String)>> {
    let text = text.trim_start_matches('\u{feff}').replace("\\$", DOLLAR).replace('$', DOLLAR);
    dotenvy::from_read_iter(text.as_bytes())
        .map(|line| line.ok().map(|(name, value)| (name, value.replace(DOLLAR, "$"))))
        .collect()
}

/// The line, counted from 1, up to which the text cannot be read and from which on it never can.
fn first_wrong_line(text: &str) -> usize {
    /// Each is read with all before it; a longer file is none of settings.
    const MOST: usize = 1000;
    let mut wrong = 1;
    let mut end = 0;
    for (n, line) in text.split_inclusive('\n').take(MOST).enumerate() {
        end += line.len();
        // A value in quotation marks may go on in the next line.
        if text.get(..end).is_some_and(|start| parse(start).is_some()) {
            wrong = n + 2;
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value_of(text: &str) -> String {
        parse(text).expect("good").pop().expect("set").1
    }

    #[test]
    fn a_dollar_is_a_dollar_and_no_variable() {
        // PATH is set wherever the tests run.
        for text in ["KEY=a${PATH}b", "KEY=\"a${PATH}b\"", "KEY='a${PATH}b'", "PATH=x\nKEY=a${PATH}b"] {
            assert_eq!(value_of(text), "a${PATH}b", "{text}");
        }
        assert_eq!(value_of("KEY=pa$$word"), "pa$$word");
        assert_eq!(value_of("KEY=pa\\$word"), "pa$word");
    }

    #[test]
    fn quotes_comments_and_a_byte_order_mark_are_understood() {
        assert_eq!(value_of("\u{feff}KEY=one # comment"), "one");
        assert_eq!(value_of("# first\nexport KEY=\"one two\""), "one two");
        assert_eq!(value_of("KEY=one#two"), "one#two");
        assert!(parse("NOT A LINE").is_none());
    }

    #[test]
    fn the_line_that_cannot_be_read_is_named() {
        for (text, line) in
            [("NOT A LINE", 1), ("A=1\n\n# comment\nNOT A LINE\nB=2", 4), ("A=\"one\ntwo\"\nB='open\nC=3\n", 3)]
        {
            assert!(parse(text).is_none());
            assert_eq!(first_wrong_line(text), line, "{text}");
        }
    }

    #[test]
    fn of_two_lines_the_last_one_counts() {
        let assignments = parse("A=1\nB=\nA=2").expect("good");
        let file = DotEnv { path: PathBuf::new(), assignments };
        assert_eq!((file.get("A"), file.get("B")), (Some("2"), None));
        assert_eq!(file.names().collect::<Vec<_>>(), ["A", "B", "A"]);
    }

    proptest! {
        #[test]
        fn no_file_makes_the_reader_panic(text in any::<String>()) {
            let _ = parse(&text);
        }

        #[test]
        fn what_stands_in_single_quotes_is_kept(value in "[ -&(-\\[\\]-~]{1,40}") {
            prop_assert_eq!(value_of(&format!("KEY='{value}'")), value);
        }
    }
}
