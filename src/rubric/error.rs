//! What can be wrong with a rubric file, with the place.

use std::fmt;

/// One mistake in one file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {reason}")]
pub struct RubricError {
    /// The file's name.
    pub file: String,
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub reason: String,
}

/// All mistakes found in a set of rubric files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct RubricErrors(pub Vec<RubricError>);

impl fmt::Display for RubricErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, error) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

/// Gathers the mistakes of one file, so that its editor sees all of them at once.
pub(super) struct Findings<'a> {
    file: &'a str,
    text: &'a str,
    errors: Vec<RubricError>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        Findings { file, text, errors: Vec::new() }
    }

    /// Notes a mistake at a byte offset of the file.
    pub(super) fn add(&mut self, offset: usize, reason: impl Into<String>) {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        self.errors.push(RubricError { file: self.file.to_owned(), line, reason: reason.into() });
    }

    /// Notes what the TOML reader complained about.
    pub(super) fn add_toml(&mut self, error: &toml::de::Error) {
        let offset = error.span().map_or(0, |span| span.start);
        self.add(offset, error.message().lines().collect::<Vec<_>>().join(" "));
    }

    /// The mistakes, or the value if there is none.
    pub(super) fn or<T>(self, value: Option<T>) -> Result<T, Vec<RubricError>> {
        match value {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(self.errors),
        }
    }
}
