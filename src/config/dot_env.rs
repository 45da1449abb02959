//! The `.env` file of the working directory, read beside the process environment and never into it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::ConfigError;

/// Stands for a `$` while dotenvy reads. It would otherwise put the process's own variables, keys among them, in place of
/// `$NAME`, so that a `.env` found in some folder could write a key into an address of its choice; and a password that
/// holds a `$` would lose its end.
const DOLLAR: &str = "\u{1a}";

/// A `.env` file.
#[derive(Clone)]
pub(super) struct DotEnv {
    /// The file.
    pub(super) path: PathBuf,
    variables: BTreeMap<String, String>,
}

impl DotEnv {
    /// Reads the `.env` of a folder, if there is one.
    ///
    /// # Errors
    /// When the file cannot be read or a line is no assignment.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, ConfigError> {
        let path = folder.join(".env");
        if !path.is_file() {
            return Ok(None);
        }
        let text = fs_err::read_to_string(&path)?;
        let variables = parse(&text).ok_or_else(|| ConfigError::DotEnv {
            path: path.clone(),
            // The reader's own messages quote the line, which may hold a key.
            reason: "a line is not of the form NAME=value".to_owned(),
        })?;
        Ok(Some(DotEnv { path, variables }))
    }

    /// A variable's value; `None` when it is not set or empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

fn parse(text: &str) -> Option<BTreeMap<String, String>> {
    let text = text.trim_start_matches('\u{feff}').replace("\\$", DOLLAR).replace('$', DOLLAR);
    dotenvy::from_read_iter(text.as_bytes())
        .map(|line| line.ok().map(|(name, value)| (name, value.replace(DOLLAR, "$"))))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value_of(text: &str) -> String {
        parse(text).expect("good").remove("KEY").expect("set")
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
