//! The `.env` file of the working directory, read beside the process environment and never into it.

use std::path::{Path, PathBuf};

use super::ConfigError;
use super::keys::KEYS;

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
    /// When the file cannot be read, or a line of ours is no assignment.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, ConfigError> {
        Self::read_file(&folder.join(NAME))
    }

    /// Reads a file of that form, if it exists. It may be another program's, in an encoding of its own.
    ///
    /// # Errors
    /// When it cannot be read, or a line of ours is no assignment.
    pub(super) fn read_file(path: &Path) -> Result<Option<Self>, ConfigError> {
        if !path.is_file() {
            return Ok(None);
        }
        let bytes = fs_err::read(path)?;
        let text = String::from_utf8_lossy(&bytes);
        let assignments = parse(&text).map_err(|wrong| ConfigError::DotEnv {
            path: path.to_owned(),
            // The reader's own messages quote the line, which may hold a key.
            reason: match wrong {
                Wrong::NoAssignment(line) => format!("line {line} is not of the form NAME=value"),
                Wrong::Unquoted(line) => {
                    format!("the value in line {line} holds a blank: put quotation marks around it")
                }
            },
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

/// What is wrong with a line that is to be one of ours, with its number from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    NoAssignment(usize),
    /// A blank ends a value that lies in no quotation marks, and what follows is nothing.
    Unquoted(usize),
}

impl Wrong {
    fn of(line: &str, number: usize) -> Self {
        let value = line.split_once('=').map_or("", |(_, value)| value.trim());
        let is_unquoted = !value.starts_with(['"', '\'']) && value.contains(char::is_whitespace);
        if is_unquoted { Wrong::Unquoted(number) } else { Wrong::NoAssignment(number) }
    }
}

/// The assignments, or the first line that is to be one of ours and is none.
fn parse(text: &str) -> Result<Vec<(String, String)>, Wrong> {
    /// As many as a private key in quotation marks may have.
    const MOST_LINES: usize = 100;
    let text = text.trim_start_matches('\u{feff}').replace("\\$", DOLLAR).replace('$', DOLLAR);
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    let mut assignments = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        // A value in quotation marks may go on in the next lines.
        let most = if line.contains(['"', '\'']) { MOST_LINES } else { 1 };
        let found =
            (at + 1..=lines.len().min(at + most)).find_map(|end| Some((end, read(&lines.get(at..end)?.concat())?)));
        at = match found {
            Some((end, read)) => {
                assignments.extend(read);
                end
            }
            None if is_ours(line) => return Err(Wrong::of(line, at + 1)),
            None => at + 1,
        };
    }
    Ok(assignments)
}

fn read(text: &str) -> Option<Vec<(String, String)>> {
    let lines = dotenvy::from_read_iter(text.as_bytes());
    lines.map(|line| line.ok().map(|(name, value)| (name, value.replace(DOLLAR, "$")))).collect()
}

/// Whether a line begins with the name of one of our variables.
fn is_ours(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("export ").trim_start();
    let name = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next();
    KEYS.iter().flat_map(|key| key.variables).any(|variable| name == Some(variable))
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
    }

    #[test]
    fn another_programs_lines_are_passed_over_and_ours_are_named() {
        let names = |text| parse(text).map(|lines| lines.into_iter().map(|(name, _)| name).collect::<Vec<_>>());
        for others in ["NOT A LINE\nfoo-bar=1\nURL=one two\nLOG_LEVEL=info", "A='open\nB=1 2\nLOG_LEVEL=info"] {
            assert_eq!(names(others), Ok(vec!["LOG_LEVEL".to_owned()]), "{others}");
        }
        for (ours, wrong) in [
            ("LOG_LEVEL info", Wrong::NoAssignment(1)),
            ("LOG_LEVEL=one two", Wrong::Unquoted(1)),
            ("A=1\n\n# comment\nexport GONG_API_KEY k\nB=2", Wrong::NoAssignment(4)),
            ("A=\"one\ntwo\"\nLOG_LEVEL='open\nC=3\n", Wrong::NoAssignment(3)),
            ("A=1\nexport GONG_API_KEY = k1 k2 # mine", Wrong::Unquoted(2)),
        ] {
            assert_eq!(names(ours), Err(wrong), "{ours}");
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
