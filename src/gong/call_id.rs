//! How people name a call of Gong's: its id, or the link they copied.

use std::fmt;
use std::str::FromStr;

use reqwest::Url;

/// Gong's ids are whole numbers of 64 bits, with or without sign, written with up to this many digits.
const MAX_DIGITS: usize = 20;

/// Gong's id of a call, as text: it does not fit into every number type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(String);

impl CallId {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text is neither an id nor a link of Gong's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a call of Gong's: expected its id, or a link such as https://app.gong.io/call?id=7782342274025937895")]
pub struct NotACallId;

impl FromStr for CallId {
    type Err = NotACallId;

    /// Reads digits, or `https://app.gong.io/call?id=DIGITS` of any tenant, with or without the scheme and with
    /// whatever else stands in the link.
    fn from_str(text: &str) -> Result<Self, NotACallId> {
        let text = text.trim().trim_matches(['<', '>', '"']);
        if is_id(text) {
            return Ok(CallId(text.to_owned()));
        }
        let with_scheme = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let url = Url::parse(&with_scheme).map_err(|_| NotACallId)?;
        let is_gong = url.host_str().is_some_and(|host| host == "gong.io" || host.ends_with(".gong.io"));
        if !is_gong || !matches!(url.scheme(), "https" | "http") || url.path().trim_end_matches('/') != "/call" {
            return Err(NotACallId);
        }
        let id = url.query_pairs().find(|(name, _)| name == "id").map(|(_, id)| id.into_owned());
        id.filter(|id| is_id(id)).map(CallId).ok_or(NotACallId)
    }
}

fn is_id(text: &str) -> bool {
    (1..=MAX_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ids_and_every_form_of_a_link_name_the_call() {
        for text in [
            "7782342274025937895",
            " 7782342274025937895\n",
            "https://app.gong.io/call?id=7782342274025937895",
            "https://us-1234.app.gong.io/call?id=7782342274025937895",
            "http://us-79647.app.gong.io/call/?id=7782342274025937895",
            "app.gong.io/call?id=7782342274025937895",
            "<https://app.gong.io/call?id=7782342274025937895>",
            "https://app.gong.io/call?from=mail&id=7782342274025937895&highlights=%5B%5D#t=61",
            "HTTPS://APP.GONG.IO/call?id=7782342274025937895",
        ] {
            assert_eq!(text.parse::<CallId>().expect(text).as_str(), "7782342274025937895");
        }
        assert_eq!("18446744073709551615".parse::<CallId>().expect("20 digits").to_string(), "18446744073709551615");
    }

    #[test]
    fn nothing_else_does() {
        for text in [
            "",
            "c412",
            "zoom.vtt",
            "123456789012345678901",
            "https://app.gong.io/call?id=",
            "https://app.gong.io/call?id=12x",
            "https://app.gong.io/calls?id=12",
            "https://app.gong.io.evil.example/call?id=12",
            "https://notgong.io/call?id=12",
            "ftp://app.gong.io/call?id=12",
            "https://app.gong.io/call?callId=12",
        ] {
            assert_eq!(text.parse::<CallId>(), Err(NotACallId), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic_and_what_it_finds_is_digits(text in "\\PC*") {
            if let Ok(id) = text.parse::<CallId>() {
                prop_assert!(is_id(id.as_str()));
            }
        }
    }
}
