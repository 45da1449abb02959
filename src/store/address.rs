//! PostgreSQL's address: what a URL may say, and what is made of it.
//!
//! The parameters are those of libpq (PostgreSQL's documentation, "Parameter Key Words"), because that is what
//! providers print. One that the driver does not know is honoured in another way, left out where that changes nothing,
//! or refused with what to type instead; none is ignored that somebody may rely on.

use std::str::FromStr as _;

use sqlx::ConnectOptions as _;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use url::Url;

/// Parameters that the driver understands as they are.
const DRIVER: [&str; 16] = [
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "password",
    "port",
    "ssl-ca",
    "ssl-cert",
    "ssl-key",
    "ssl-root-cert",
    "sslcert",
    "sslkey",
    "sslrootcert",
    "statement-cache-capacity",
    "user",
];

const EXPECTED: &str = "expected postgres://USER:PASSWORD@HOST/DATABASE, with @ : / ? # % in a password written as \
                        %40 %3A %2F %3F %23 %25";

/// Reads a `postgres://` URL.
///
/// # Errors
///
/// What is wrong and what to type, without any part of the URL that might be a password.
pub(super) fn parse(text: &str) -> Result<PgConnectOptions, String> {
    // `USER@/DATABASE?host=/SOCKET` is common, but no URL to the standard that the crate follows.
    let mut url = Url::parse(text)
        .or_else(|_| Url::parse(&text.replacen("@/", "@localhost/", 1)))
        .map_err(|_| EXPECTED.to_owned())?;
    // A password that was not encoded ends at its first special letter, and the rest of it stands elsewhere.
    if url.fragment().is_some() || url.path().contains('@') {
        return Err(EXPECTED.to_owned());
    }
    if url.host_str().is_some_and(|host| host.contains(',')) {
        return Err("it names several hosts: name one".to_owned());
    }
    let mut tls = Tls::default();
    let mut kept = Vec::new();
    for (name, value) in url.query_pairs() {
        if !read(&name, &value, &mut tls)? {
            kept.push((name.into_owned(), value.into_owned()));
        }
    }
    let has = |name: &str| kept.iter().any(|(kept, _)| kept == name);
    if has("hostaddr") && (has("host") || url.host_str().is_some_and(|host| !host.is_empty())) {
        return Err("it names a host and a `hostaddr`: leave `hostaddr` out".to_owned());
    }
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(&kept);
    }
    let options = PgConnectOptions::from_str(url.as_str()).map_err(|_| EXPECTED.to_owned())?;
    finish(options, &url, &tls)
}

/// What a URL says about encryption.
#[derive(Default)]
struct Tls {
    mode: Option<PgSslMode>,
    binds_channel: bool,
    knows_authorities: bool,
}

/// Takes a parameter that is ours to understand; `false` leaves it to the driver.
fn read(name: &str, value: &str, tls: &mut Tls) -> Result<bool, String> {
    match (name, value) {
        ("sslmode" | "ssl-mode", _) => tls.mode = Some(mode(value)?),
        ("channel_binding", "require") => tls.binds_channel = true,
        ("channel_binding", "prefer" | "disable") => {}
        ("channel_binding", _) => {
            return Err("its `channel_binding` is unknown: type require, prefer or disable".to_owned());
        }
        // The authorities that browsers trust are built in.
        ("sslrootcert" | "ssl-root-cert" | "ssl-ca", "system") => tls.knows_authorities = true,
        // How TLS begins, and whether Kerberos may take its place: what is reached is the same.
        ("sslnegotiation", "postgres" | "direct") | ("gssencmode", "disable" | "prefer") => {}
        // We wait longer than anybody asks for, and our statements suit every pooler.
        ("connect_timeout" | "pgbouncer", _) => {}
        (name, _) if DRIVER.contains(&name) || name.starts_with("options[") => return Ok(false),
        ("schema" | "currentSchema", _) => {
            return Err("its `schema` is another program's: type options=-csearch_path%3DNAME instead".to_owned());
        }
        (name, _) if name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-') => {
            return Err(format!("its parameter `{name}` is not known here: leave it out"));
        }
        _ => return Err(EXPECTED.to_owned()),
    }
    Ok(true)
}

fn mode(value: &str) -> Result<PgSslMode, String> {
    Ok(match value {
        "disable" => PgSslMode::Disable,
        // The driver never encrypts with `allow`; what `allow` allows, `prefer` does.
        "allow" | "prefer" => PgSslMode::Prefer,
        "require" => PgSslMode::Require,
        "verify-ca" => PgSslMode::VerifyCa,
        "verify-full" => PgSslMode::VerifyFull,
        _ => return Err("its `sslmode` is unknown: type disable, prefer, require, verify-ca or verify-full".to_owned()),
    })
}

fn finish(options: PgConnectOptions, url: &Url, tls: &Tls) -> Result<PgConnectOptions, String> {
    let is_socket = options.get_socket().is_some();
    let verifies = tls.binds_channel || tls.knows_authorities;
    let mode = match tls.mode {
        _ if tls.binds_channel && is_socket => {
            return Err("a socket cannot do what `channel_binding=require` asks for: leave it out".to_owned());
        }
        Some(PgSslMode::Disable) if verifies => {
            return Err(
                "`sslmode=disable` forbids what its other parameters ask for: type sslmode=verify-full".to_owned()
            );
        }
        // As libpq does.
        _ if is_socket => PgSslMode::Disable,
        // Channel binding proves that the server is who it says and nobody stands between. The driver cannot do it;
        // the server's certificate, checked with its name, proves the same.
        _ if verifies => PgSslMode::VerifyFull,
        Some(mode) => mode,
        None => options.get_ssl_mode(),
    };
    let mut options = options
        .ssl_mode(mode)
        // PgBouncer refuses clients that set this; what it sets is the default since PostgreSQL 12.
        .extra_float_digits(None)
        // Statements hold no words of a call, but their being logged would tell what is looked for.
        .disable_statement_logging();
    if options.get_application_name().is_none() {
        options = options.application_name("call-coach");
    }
    // The brackets belong to the URL and not to the address.
    if let Some(address) = url.host_str().and_then(|host| host.strip_prefix('[')?.strip_suffix(']')) {
        options = options.host(address);
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(rest: &str) -> PgConnectOptions {
        parse(&format!("postgres://{rest}")).unwrap_or_else(|reason| panic!("{rest}: {reason}"))
    }

    #[test]
    fn every_form_of_address_leads_where_it_says() {
        for (rest, host, port, database, user) in [
            ("ann:pw@db.example/team", "db.example", 5432, Some("team"), "ann"),
            ("ann:p%40%2F%3F%23%25w@db.example:5433/team", "db.example", 5433, Some("team"), "ann"),
            ("a%40b:p@w@db.example/team%20one", "db.example", 5432, Some("team one"), "a@b"),
            ("/team?host=db.example&port=6543&user=ann&password=pw", "db.example", 6543, Some("team"), "ann"),
            ("ann@[::1]:5433/team", "::1", 5433, Some("team"), "ann"),
            ("/?hostaddr=10.0.0.7&dbname=team&user=ann", "10.0.0.7", 5432, Some("team"), "ann"),
            (
                "ann:npg_x@ep-cool-darkness-123456-pooler.us-east-2.aws.neon.tech/neondb?sslmode=require&channel_binding=require",
                "ep-cool-darkness-123456-pooler.us-east-2.aws.neon.tech",
                5432,
                Some("neondb"),
                "ann",
            ),
        ] {
            let options = parsed(rest);
            let read = (options.get_host(), options.get_port(), options.get_database(), options.get_username());
            assert_eq!(read, (host, port, database, user), "{rest}");
            assert_eq!(options.get_application_name(), Some("call-coach"));
        }
        let socket = parsed("ann@%2Fvar%2Frun%2Fpostgresql/team");
        assert_eq!(socket.get_socket(), parsed("ann@/team?host=/var/run/postgresql").get_socket());
        assert_eq!(socket.get_socket().and_then(|path| path.to_str()), Some("/var/run/postgresql"));
    }

    #[test]
    fn encryption_is_what_was_asked_for_or_more() {
        use PgSslMode::{Disable, Prefer, Require, VerifyCa, VerifyFull};
        for (query, expected) in [
            ("", Prefer),
            ("sslmode=disable", Disable),
            ("sslmode=allow", Prefer),
            ("sslmode=prefer", Prefer),
            ("sslmode=require", Require),
            ("ssl-mode=require", Require),
            ("sslmode=verify-ca", VerifyCa),
            ("sslmode=verify-full", VerifyFull),
            ("sslmode=verify-full&sslrootcert=system", VerifyFull),
            ("sslrootcert=system", VerifyFull),
            ("sslmode=require&channel_binding=prefer", Require),
            ("sslmode=require&channel_binding=disable", Require),
            ("sslmode=require&channel_binding=require", VerifyFull),
            ("channel_binding=require", VerifyFull),
            ("sslmode=require&sslnegotiation=direct", Require),
            ("host=/tmp&sslmode=require", Disable),
        ] {
            let mode = parsed(&format!("ann@db.example/team?{query}")).get_ssl_mode();
            assert_eq!(format!("{mode:?}"), format!("{expected:?}"), "{query}");
        }
    }

    #[test]
    fn what_providers_and_other_programs_put_into_urls_is_understood() {
        let options = parsed("u@ep-x.eu.aws.neon.tech/db?options=endpoint%3Dep-x&sslmode=require");
        assert_eq!(options.get_options(), Some("endpoint=ep-x"));
        let options = parsed("u@h/db?options=project%3Dep-x%20-csearch_path%3Dcoach&application_name=nightly");
        assert_eq!(options.get_options(), Some("project=ep-x -csearch_path=coach"));
        assert_eq!(options.get_application_name(), Some("nightly"));
        assert_eq!(parsed("u@h/db?options[search_path]=coach").get_options(), Some("-c search_path=coach"));
        parsed("u@h/db?pgbouncer=true&connect_timeout=15&gssencmode=disable");
    }

    #[test]
    fn what_cannot_be_done_is_said_in_a_sentence_that_shows_no_password() {
        for (rest, reason) in [
            ("ann:se#cret@h/db", "%23"),
            ("ann:se?cret@h/db", "%3F"),
            ("ann:12?cret@h/db", "%3F"),
            ("ann:12/cret@h/db", "%2F"),
            ("ann:12#cret@h/db", "%23"),
            ("ann:@/cret@h/db", "%2F"),
            ("ann:pw@h:port/db", "HOST/DATABASE"),
            ("ann@h1,h2/db", "name one"),
            ("ann@h/db?hostaddr=10.0.0.7", "leave `hostaddr` out"),
            ("ann@h/db?sslmode=on", "verify-full"),
            ("ann@h/db?sslmode=", "verify-full"),
            ("ann@h/db?channel_binding=yes", "require, prefer or disable"),
            ("ann@h/db?sslmode=disable&channel_binding=require", "sslmode=verify-full"),
            ("ann@/db?host=/tmp&channel_binding=require", "leave it out"),
            ("ann@h/db?schema=coach", "options=-csearch_path%3DNAME"),
            ("ann@h/db?target_session_attrs=primary", "`target_session_attrs` is not known here: leave it out"),
            ("ann@h/db?gssencmode=require", "`gssencmode`"),
            ("ann@h/db?port=cret", "HOST/DATABASE"),
        ] {
            let error = parse(&format!("postgres://{rest}")).expect_err(rest);
            assert!(error.contains(reason) && !error.contains("cret@") && !error.contains("=cret"), "{rest}: {error}");
        }
    }
}
