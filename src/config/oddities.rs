//! Values and names that can be read, but hardly say what was meant.

use super::dot_env::DotEnv;
use super::keys::{KEYS, Kind};
use super::loader::Loader;
use super::{ConfigError, Environment, Flags, Source, env};

/// What is odd about a value. It is never shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// It stands for the real one: `your-key-here`.
    Placeholder,
    /// Quotation marks are part of it.
    Quoted,
    /// It begins or ends with a blank or an invisible character, or holds one.
    Blank,
}

/// A value that hardly says what was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oddity {
    /// The setting.
    pub key: &'static str,
    /// Where it stands.
    pub source: Source,
    /// What is odd about it.
    pub odd: Odd,
}

impl Oddity {
    /// What is wrong with which setting, and from where it comes.
    pub fn told(&self) -> String {
        let Oddity { key, source, odd } = self;
        match odd {
            Odd::Placeholder => format!("{key} ({source}) stands for a real value, as in an example"),
            Odd::Quoted => format!("quotation marks are part of {key} ({source})"),
            Odd::Blank => format!("{key} ({source}) holds a blank or an invisible character at an end"),
        }
    }

    /// What to type, or where to change it.
    pub fn mend(&self) -> String {
        let mend = self.source.to_change(self.key);
        match self.odd {
            Odd::Placeholder => mend,
            Odd::Quoted => format!("{mend}, without the quotation marks"),
            Odd::Blank => format!("{mend}, without the blank"),
        }
    }
}

/// A variable that looks like one of ours and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misspelt {
    /// Its name.
    pub name: String,
    /// Whether it stands in the `.env` file; else in the environment.
    pub in_dot_env: bool,
    /// What may have been meant.
    pub nearest: Option<&'static str>,
}

/// Every effective value that hardly says what was meant.
///
/// # Errors
/// When a file cannot be read.
pub fn oddities(flags: &Flags, environment: &Environment) -> Result<Vec<Oddity>, ConfigError> {
    let mut loader = Loader::new(flags, environment)?;
    let mut found = Vec::new();
    for key in &KEYS {
        let Some(setting) = loader.text(key.name) else { continue };
        let is_secret = matches!(key.kind, Kind::Secret);
        // Whoever reads one of the others takes the blanks around it away; headers are read line by line.
        let is_sent_as_it_is = is_secret && key.name != "anthropic_custom_headers";
        let value = if is_sent_as_it_is { setting.value.as_str() } else { setting.value.trim() };
        if let Some(odd) = odd(value, is_secret) {
            found.push(Oddity { key: key.name, source: setting.source, odd });
        }
    }
    Ok(found)
}

/// What is odd about a value.
pub fn odd(value: &str, is_secret: bool) -> Option<Odd> {
    let inside = value.trim();
    let is_invisible = |c: char| matches!(c, '\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    if inside != value || value.contains(is_invisible) {
        return Some(Odd::Blank);
    }
    let is_quote = |c: char| matches!(c, '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}');
    if value.starts_with(is_quote) && value.ends_with(is_quote) {
        return Some(Odd::Quoted);
    }
    let is_url_pattern =
        ["://user:password@", "@host/", "@host:"].iter().any(|part| value.to_lowercase().contains(part));
    (is_url_pattern || (is_secret && is_placeholder(value))).then_some(Odd::Placeholder)
}

/// Whether a secret stands for the real one, as files of examples have it.
fn is_placeholder(secret: &str) -> bool {
    const WHOLE: [&str; 14] = [
        "key", "secret", "token", "password", "api-key", "apikey", "api_key", "test", "todo", "none", "null", "dummy",
        "fixme", "redacted",
    ];
    const BEGINNINGS: [&str; 11] =
        ["your", "my-", "my_", "<", "[", "{", "changeme", "change-me", "change_me", "replace", "insert"];
    const ENDINGS: [&str; 5] = ["-here", "_here", "...", "…", "-placeholder"];
    let secret = secret.to_lowercase();
    let own = secret.trim_start_matches("sk-ant-").trim_start_matches("api03-");
    let one = own.chars().next();
    WHOLE.contains(&own)
        || BEGINNINGS.iter().any(|beginning| own.starts_with(beginning))
        || ENDINGS.iter().any(|ending| own.ends_with(ending))
        || own.starts_with("example")
        || own.starts_with("placeholder")
        || own.chars().all(|c| Some(c) == one)
}

/// Variables, in the environment and in the `.env` of the working directory, that nobody reads.
pub fn misspelt(environment: &Environment) -> Vec<Misspelt> {
    // What is wrong with the file is told by whoever loads the settings.
    let dot_env = DotEnv::read(&environment.working_dir).ok().flatten();
    let in_file = dot_env.iter().flat_map(DotEnv::names).map(|name| (name, true));
    let all = environment.variables.keys().map(|name| (name.as_str(), false)).chain(in_file);
    all.filter_map(|(name, in_dot_env)| {
        let nearest = unread(name)?;
        Some(Misspelt { name: name.to_owned(), in_dot_env, nearest })
    })
    .collect()
}

/// Whether a variable was meant for us and is not read; with what may have been meant.
fn unread(name: &str) -> Option<Option<&'static str>> {
    const PREFIX: &str = "CALL_COACH_";
    /// Two letters swapped, left out or added.
    const ALIKE: usize = 2;
    const FOR_TESTS: [&str; 3] = [env::CALL_COACH_NOW, "CALL_COACH_TEST_", "CALL_COACH_REQUIRE_"];
    let known = || KEYS.iter().flat_map(|key| key.variables).copied().chain([env::CALL_COACH_CONFIG]);
    if known().any(|known| known == name) || FOR_TESTS.iter().any(|test| name.starts_with(test)) {
        return None;
    }
    let is_ours = name.starts_with(PREFIX);
    let plain = name.trim_start_matches(PREFIX);
    if let Some(without) = known().find(|known| is_ours && *known == plain) {
        return Some(Some(without));
    }
    let nearest = known().map(|known| (strsim::osa_distance(known, name), known)).min();
    // Short names of others may differ from ours by two letters only.
    let nearest = nearest.filter(|(distance, known)| *distance <= ALIKE && distance * 6 <= known.len());
    (is_ours || nearest.is_some()).then_some(nearest.map(|(_, known)| known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_a_key_is_none() {
        for text in [
            "your-key-here",
            "YOUR_API_KEY",
            "changeme",
            "xxx",
            "XXXXXXXX",
            "****",
            "<key>",
            "sk-ant-...",
            "sk-ant-xxxx",
            "sk-ant-api03-your-key",
            "secret",
            "example-key",
            "put-it-here",
        ] {
            assert_eq!(odd(text, true), Some(Odd::Placeholder), "{text}");
            assert_eq!(odd(text, false), None, "{text}");
        }
        for text in
            ["sk-ant-api03-Zx81kQ", "UQ4SK2PLW5UVFOBXKLYKNZJTQZ2VJYVX", "the-access-key", "eyJhbGciOiJIUzI1NiJ9.e30.x"]
        {
            assert_eq!(odd(text, true), None, "{text}");
        }
        assert_eq!(odd("postgres://USER:PASSWORD@HOST/DATABASE", false), Some(Odd::Placeholder));
        assert_eq!(odd("postgres://ana:pw@db.example/team", false), None);
    }

    #[test]
    fn blanks_matter_only_where_they_are_sent() {
        let variables = [
            ("LOG_LEVEL", "info "),
            ("GONG_API_KEY", "k-1 "),
            ("ANTHROPIC_CUSTOM_HEADERS", "X-Team: a\n"),
            ("CALL_COACH_ROLE", "'ae'"),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
        let environment = Environment { variables, ..Environment::default() };
        let found = oddities(&Flags::default(), &environment).expect("good");
        let found: Vec<_> = found.iter().map(|oddity| (oddity.key, oddity.odd)).collect();
        assert_eq!(found, [("role", Odd::Quoted), ("gong_api_key", Odd::Blank)]);
    }

    #[test]
    fn quotation_marks_and_blanks_are_seen() {
        for text in ["\"key\"", "'key'", "\u{201c}key\u{201d}", "`key`"] {
            assert_eq!(odd(text, true), Some(Odd::Quoted), "{text}");
        }
        for text in [" k-1", "k-1 ", "k-1\u{a0}", "\u{feff}k-1", "k-1\n"] {
            assert_eq!(odd(text, true), Some(Odd::Blank), "{text:?}");
        }
        assert_eq!(odd("X-Team: a\nX-Other: b", true), None);
    }

    #[test]
    fn variables_that_nobody_reads_are_named_with_what_was_meant() {
        assert_eq!(unread("CALL_COACH_DATBASE_URL"), Some(Some("CALL_COACH_DATABASE_URL")));
        assert_eq!(unread("CALL_COACH_GONG_API_KEY"), Some(Some("GONG_API_KEY")));
        assert_eq!(unread("GONG_APIKEY"), Some(Some("GONG_API_KEY")));
        assert_eq!(unread("ANTROPIC_API_KEY"), Some(Some("ANTHROPIC_API_KEY")));
        assert_eq!(unread("CALL_COACH_COLOUR"), Some(None));
        for other in
            ["ANTHROPIC_MODEL", "LOG_FILE", "PATH", "HOME", "COLUMNS", "DATABASE_URL", "CALL_COACH_NOW", "GONG_API_KEY"]
        {
            assert_eq!(unread(other), None, "{other}");
        }
    }
}
