//! How the servers are reached, and by whom.

use super::loader::{Loader, boolean};
use super::{ConfigError, Secret, Setting};

/// Settings of `serve` and `mcp`.
#[derive(Debug, Clone)]
pub struct ServerSettings {
    /// What clients must show; without it only this machine's programs are let in.
    pub token: Option<Secret>,
    /// The origins of web pages that may use the server, such as `http://localhost:3000`.
    pub origins: Setting<Vec<String>>,
    /// Names by which the server may be addressed, beside those of this machine.
    pub hosts: Setting<Vec<String>>,
    /// How many requests are worked on at once.
    pub max_requests: Setting<usize>,
    /// After how many seconds a request is given up.
    pub timeout_s: Setting<u64>,
    /// Whether the start is not checked.
    pub skip_validation: Setting<bool>,
}

impl ServerSettings {
    pub(super) fn load(loader: &mut Loader<'_>) -> Result<Self, ConfigError> {
        let at_least_one = |text: &str| text.parse::<u32>().ok().filter(|n| *n > 0);
        Ok(ServerSettings {
            // Blanks are no secret.
            token: loader.text("server_token").as_ref().and_then(|found| match found.value.trim() {
                "" => None,
                token => Some(Secret::new(token)),
            }),
            origins: loader.parsed("server_origins", "http://localhost:3000", origins)?,
            hosts: loader.parsed("server_hosts", "", |text| Ok(list(text)))?,
            max_requests: loader.parsed("server_max_requests", "128", |text| {
                let n = at_least_one(text).map(|n| n as usize);
                n.ok_or_else(|| "expected a number of requests, at least 1".to_owned())
            })?,
            timeout_s: loader.parsed("server_timeout_s", "300", |text| {
                at_least_one(text).map(u64::from).ok_or_else(|| "expected a number of seconds".to_owned())
            })?,
            skip_validation: loader.parsed("skip_validation", "false", boolean)?,
        })
    }
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(|item| item.trim().to_lowercase()).filter(|item| !item.is_empty()).collect()
}

fn origins(text: &str) -> Result<Vec<String>, String> {
    let origins: Vec<String> = list(text).into_iter().map(|origin| origin.trim_end_matches('/').to_owned()).collect();
    let is_origin = |origin: &String| {
        let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '*', ' ']))
    };
    if origins.iter().all(is_origin) {
        Ok(origins)
    } else {
        Err("expected origins such as https://coach.example.com, separated by commas".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host_and_never_all_of_them() {
        assert_eq!(
            origins("http://localhost:3000/, https://A.example").unwrap(),
            ["http://localhost:3000", "https://a.example"]
        );
        assert_eq!(origins("").unwrap(), Vec::<String>::new());
        for text in ["*", "localhost:3000", "https://", "https://a.example/page", "https://*.example", "null"] {
            assert!(origins(text).is_err(), "{text}");
        }
    }
}
