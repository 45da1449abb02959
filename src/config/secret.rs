//! Values that must never be seen.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

/// A key, token or password. It cannot be printed, not even by mistake.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Keeps a secret.
    pub fn new(value: &str) -> Self {
        Secret(SecretString::from(value.to_owned()))
    }

    /// The secret itself, for whoever it is meant for.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// What may be shown of it: whether it is there, and how it ends when it is long enough for that to tell nothing.
    pub fn masked(&self) -> String {
        const SHOWN: usize = 4;
        const LONG: usize = 24;
        let value = self.expose();
        let end = value.char_indices().rev().nth(SHOWN - 1).map(|(at, _)| at);
        match end.and_then(|at| value.get(at..)).filter(|_| value.len() >= LONG) {
            Some(end) => format!("set (…{end})"),
            None => "set".to_owned(),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A database's or a service's address whose password, if it has one, is masked.
///
/// Addresses that are not well formed are masked too: they are the ones that are printed in order to be mended.
pub(super) fn masked_url(url: &str) -> String {
    const MASK: &str = "…";
    let (url, parameter) = match url.split_once("password=") {
        Some((before, _)) => (before, format!("password={MASK}")),
        None => (url, String::new()),
    };
    // A password may hold an `@`, a `/` or a `?`: the last `@` ends it, wherever it stands.
    match url.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?))) {
        Some((scheme, (user, host))) => {
            let user = user.split_once(':').map_or(user.to_owned(), |(name, _)| format!("{name}:{MASK}"));
            format!("{scheme}://{user}@{host}{parameter}")
        }
        None => format!("{url}{parameter}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_shows_at_most_its_end() {
        assert_eq!(Secret::new("short-key").masked(), "set");
        assert_eq!(Secret::new("a-key-that-is-long-enough-LAST").masked(), "set (…LAST)");
        assert_eq!(format!("{:?}", Secret::new("sk-ant")), "Secret(…)");
    }

    #[test]
    fn a_urls_password_is_masked_wherever_it_stands() {
        assert_eq!(masked_url("postgres://ana:s3cret@host/db"), "postgres://ana:…@host/db");
        assert_eq!(masked_url("postgres://ana:s3@cret@host/db"), "postgres://ana:…@host/db");
        assert_eq!(masked_url("postgres://ana:s3/cr?t@host/db"), "postgres://ana:…@host/db");
        assert_eq!(masked_url("postgres://host/db?user=ana&password=s3@ret"), "postgres://host/db?user=ana&password=…");
        assert_eq!(masked_url("host=h password=s3cret"), "host=h password=…");
        assert_eq!(masked_url("postgres://ana@host/db"), "postgres://ana@host/db");
        assert_eq!(masked_url("/home/ana/calls.db"), "/home/ana/calls.db");
    }
}
