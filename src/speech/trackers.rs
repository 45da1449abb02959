//! Phrases that detectors listen for: `trackers.toml`, which says how a phrase is written.
//!
//! Matching walks a sentence once and looks up each word, so the number of phrases hardly matters.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::model::transcript::hex;

/// The file that comes with the program.
const EMBEDDED: &str = include_str!("../../rubrics/trackers.toml");
/// Words that a `…` may stand for, at most.
const GAP: usize = 3;
/// Length of the beginnings by which `migrat*` is found, in bytes.
const STEM: usize = 2;
/// Trackers are kept as bits of a number.
const MAX_TRACKERS: usize = 128;

/// What is wrong with a tracker file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrackerError {
    /// It is no TOML, or has unknown keys.
    #[error("{0}")]
    Toml(String),
    /// A phrase cannot be read.
    #[error("[{tracker}]: the phrase `{phrase}` {reason}")]
    Phrase {
        /// The tracker.
        tracker: String,
        /// The phrase as written.
        phrase: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A tracker that the program listens for is missing.
    #[error("[{0}] is missing: start from the file that `call-coach rubric export` writes")]
    Missing(String),
    /// Too many trackers.
    #[error("more than {MAX_TRACKERS} trackers")]
    TooMany,
}

/// Which trackers a sentence hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hits(u128);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrackerTable {
    phrases: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Phrase {
    tracker: usize,
    /// Whether it takes the tracker's other hits back.
    except: bool,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// One word: any of these.
    Word(Vec<Pattern>),
    /// Up to [`GAP`] words.
    Gap,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern {
    text: String,
    is_prefix: bool,
}

impl Pattern {
    fn fits(&self, word: &str) -> bool {
        if self.is_prefix { word.starts_with(&self.text) } else { word == self.text }
    }
}

/// Every tracker, ready to match.
#[derive(Debug, Clone, Default)]
pub struct Trackers {
    hash: String,
    names: Vec<String>,
    phrases: Vec<Phrase>,
    /// Phrases by a whole first word, and by the beginning of one.
    by_word: HashMap<String, Vec<usize>>,
    by_stem: HashMap<String, Vec<usize>>,
}

impl Trackers {
    /// The trackers that come with the program.
    ///
    /// # Errors
    /// None, unless the program was built with a broken file; a test sees to that.
    pub fn embedded() -> Result<Self, TrackerError> {
        Self::read(EMBEDDED)
    }

    /// Reads a tracker file. It may hold more trackers than the embedded one, and none less.
    ///
    /// # Errors
    /// The first mistake in the file, or a missing tracker.
    pub fn parse(text: &str) -> Result<Self, TrackerError> {
        let trackers = Self::read(text)?;
        if text == EMBEDDED {
            return Ok(trackers);
        }
        let required = toml::from_str::<BTreeMap<String, TrackerTable>>(EMBEDDED).unwrap_or_default();
        match required.into_keys().find(|name| trackers.names.binary_search(name).is_err()) {
            Some(missing) => Err(TrackerError::Missing(missing)),
            None => Ok(trackers),
        }
    }

    fn read(text: &str) -> Result<Self, TrackerError> {
        let tables: BTreeMap<String, TrackerTable> =
            toml::from_str(text).map_err(|error| TrackerError::Toml(error.message().to_owned()))?;
        if tables.len() > MAX_TRACKERS {
            return Err(TrackerError::TooMany);
        }
        let mut trackers = Trackers { hash: hex(&Sha256::digest(text)), ..Trackers::default() };
        for (tracker, (name, table)) in tables.into_iter().enumerate() {
            for (phrases, except) in [(&table.phrases, false), (&table.except, true)] {
                for phrase in phrases {
                    let parts = parse_phrase(phrase).map_err(|reason| TrackerError::Phrase {
                        tracker: name.clone(),
                        phrase: phrase.clone(),
                        reason,
                    })?;
                    trackers.add(Phrase { tracker, except, parts });
                }
            }
            trackers.names.push(name);
        }
        Ok(trackers)
    }

    /// SHA-256 over the file, in hex: what was listened for.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The names of all trackers.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Which trackers the words of a sentence hit.
    pub fn hits(&self, words: &[String]) -> Hits {
        let (mut hit, mut taken_back) = (0_u128, 0_u128);
        for (at, word) in words.iter().enumerate() {
            let stem = word.get(..STEM).and_then(|stem| self.by_stem.get(stem));
            for n in self.by_word.get(word).into_iter().chain(stem).flatten() {
                let Some(phrase) = self.phrases.get(*n) else { continue };
                let bits = if phrase.except { &mut taken_back } else { &mut hit };
                let bit = 1 << phrase.tracker;
                if *bits & bit == 0 && matches(&phrase.parts, words.get(at..).unwrap_or_default()) {
                    *bits |= bit;
                }
            }
        }
        Hits(hit & !taken_back)
    }

    /// Whether the hits include the tracker of this name.
    pub fn is_hit(&self, hits: Hits, name: &str) -> bool {
        let tracker = self.names.binary_search_by(|known| known.as_str().cmp(name));
        debug_assert!(tracker.is_ok(), "no tracker is called {name}");
        tracker.is_ok_and(|tracker| hits.0 & (1 << tracker) != 0)
    }

    fn add(&mut self, phrase: Phrase) {
        let n = self.phrases.len();
        if let Some(Part::Word(patterns)) = phrase.parts.first() {
            for pattern in patterns {
                let index = if pattern.is_prefix { &mut self.by_stem } else { &mut self.by_word };
                let key = if pattern.is_prefix { pattern.text.get(..STEM).unwrap_or_default() } else { &pattern.text };
                let phrases = index.entry(key.to_owned()).or_default();
                if phrases.last() != Some(&n) {
                    phrases.push(n);
                }
            }
        }
        self.phrases.push(phrase);
    }
}

fn matches(parts: &[Part], words: &[String]) -> bool {
    match parts.split_first() {
        None => true,
        Some((Part::Gap, rest)) => {
            (0..=GAP.min(words.len())).any(|skip| matches(rest, words.get(skip..).unwrap_or_default()))
        }
        Some((Part::Word(patterns), rest)) => words.split_first().is_some_and(|(word, following)| {
            patterns.iter().any(|pattern| pattern.fits(word)) && matches(rest, following)
        }),
    }
}

fn parse_phrase(text: &str) -> Result<Vec<Part>, &'static str> {
    let mut parts = Vec::new();
    for part in text.split_whitespace() {
        if part == "…" {
            parts.push(Part::Gap);
            continue;
        }
        let patterns = part.split('|').map(|word| {
            let (text, is_prefix) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
            if text.is_empty() || text.chars().any(|c| c.is_uppercase() || c == '*') {
                return Err("may hold lower-case words, `a|b`, a `*` at the end of a word, and ` … `");
            }
            if super::text::CONTRACTIONS.iter().any(|(ending, _)| text.ends_with(ending)) {
                return Err("must write contractions out: `i will`, not `i'll`");
            }
            if is_prefix && (text.len() < STEM || !text.is_char_boundary(STEM)) {
                return Err("needs at least two letters before a `*`");
            }
            Ok(Pattern { text: text.to_owned(), is_prefix })
        });
        parts.push(Part::Word(patterns.collect::<Result<_, _>>()?));
    }
    let is_gap = |part: Option<&Part>| part.is_none_or(|part| *part == Part::Gap);
    if is_gap(parts.first()) || is_gap(parts.last()) {
        return Err("must begin and end with a word");
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::text::words;
    use super::*;

    fn hit(phrases: &str, except: &str, sentence: &str) -> bool {
        let text = format!("[t]\nphrases = {phrases}\nexcept = {except}\n[u]\nphrases = [\"unrelated\"]");
        let trackers = Trackers::read(&text).expect("good");
        trackers.is_hit(trackers.hits(&words(sentence)), "t")
    }

    #[test]
    fn phrases_match_whole_words_in_a_row() {
        for (phrase, sentence, expected) in [
            ("too expensive", "That's TOO expensive, really.", true),
            ("too expensive", "too very expensive", false),
            ("can", "we can't", false),
            ("more than we|i expected|planned", "It is more than I planned.", true),
            ("migrat*", "The migration took weeks", true),
            ("migrat*", "immigration", false),
            ("what … cost", "What does it really cost?", true),
            ("what … cost", "what on earth does it all cost", false),
            ("what … cost", "what cost", true),
            ("by … friday|monday", "by next Friday", true),
        ] {
            assert_eq!(hit(&format!("[\"{phrase}\"]"), "[]", sentence), expected, "{phrase} in {sentence}");
        }
    }

    #[test]
    fn an_exception_takes_the_hit_back() {
        let (phrases, except) = ("[\"pric*\"]", "[\"pricing|price … not an issue\"]");
        assert!(hit(phrases, except, "The price is high."));
        assert!(!hit(phrases, except, "Pricing was not an issue."));
    }

    #[test]
    fn mistakes_name_tracker_and_phrase() {
        for (text, reason) in [
            ("[t]\nphrases = [\"Too\"]", "[t]: the phrase `Too`"),
            ("[t]\nphrases = [\"… cost\"]", "must begin and end"),
            ("[t]\nphrases = [\"\"]", "must begin and end"),
            ("[t]\nphrases = [\"a*\"]", "two letters"),
            ("[t]\nphrases = [\"i'll send\"]", "`i will`"),
            ("[t]\nwords = []", "unknown field"),
            ("[s]\nphrases = []", "is missing"),
        ] {
            let error = Trackers::parse(text).expect_err(text).to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn no_sentence_makes_it_panic(sentence in "\\PC{0,60}") {
            hit("[\"what … cost\", \"mi*\"]", "[\"no\"]", &sentence);
        }
    }
}
