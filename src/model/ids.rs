//! Identifiers that people type and that the database hands out.

use std::fmt;
use std::str::FromStr;

/// A stored call's row id. People see and type it as a short reference: `c412`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallRef(pub i64);

impl fmt::Display for CallRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "c{}", self.0)
    }
}

/// The text is not a call reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a call reference: expected `c` and a number, such as c412")]
pub struct NotACallRef;

impl FromStr for CallRef {
    type Err = NotACallRef;

    fn from_str(text: &str) -> Result<Self, NotACallRef> {
        let digits = text.strip_prefix(['c', 'C']).ok_or(NotACallRef)?;
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotACallRef);
        }
        digits.parse().map(CallRef).map_err(|_| NotACallRef)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_survives_printing_and_reading() {
        assert_eq!("c412".parse(), Ok(CallRef(412)));
        assert_eq!(CallRef(412).to_string(), "c412");
    }

    #[test]
    fn words_that_begin_with_c_are_no_references() {
        for text in ["c", "call", "c4x", "412", "c-1", "c99999999999999999999"] {
            assert_eq!(text.parse::<CallRef>(), Err(NotACallRef), "{text}");
        }
    }
}
