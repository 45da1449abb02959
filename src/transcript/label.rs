//! Which words before a colon name a speaker.

use std::collections::HashMap;

/// Longest label, in bytes, and most words in one.
const MAX_LABEL: usize = 80;
const MAX_WORDS: usize = 6;

/// How often each possible label stands in a file.
#[derive(Default)]
pub(super) struct Labels<'a> {
    counts: HashMap<&'a str, usize>,
}

impl<'a> Labels<'a> {
    /// Counts one occurrence.
    pub(super) fn count(&mut self, label: &'a str) {
        *self.counts.entry(label).or_default() += 1;
    }

    /// Whether the label names a speaker: it is written like a name, or it is short and comes back.
    pub(super) fn is_speaker(&self, label: &str) -> bool {
        is_name(label) || (self.occurrences(label) > 1 && label.split_whitespace().count() <= 2)
    }

    /// Whether any label comes back.
    pub(super) fn any_repeats(&self) -> bool {
        self.counts.values().any(|count| *count > 1)
    }

    /// How often the label stands in the file.
    pub(super) fn occurrences(&self, label: &str) -> usize {
        self.counts.get(label).copied().unwrap_or(0)
    }
}

/// Splits `Name: text`. The colon is followed by white space or the end, which keeps `10:30` and addresses whole.
pub(super) fn split_label(line: &str) -> Option<(&str, &str)> {
    let limit = line.len().min(MAX_LABEL + 20);
    let colon =
        line.bytes().take(limit).enumerate().find(|(at, byte)| {
            *byte == b':' && line.as_bytes().get(at + 1).is_none_or(|next| next.is_ascii_whitespace())
        });
    let (before, after) = line.split_at_checked(colon?.0)?;
    let label = before.trim();
    is_possible(label).then(|| (label, after.strip_prefix(':').unwrap_or(after).trim()))
}

/// Whether the text could be a label at all.
pub(super) fn is_possible(label: &str) -> bool {
    label.len() <= MAX_LABEL
        && label.contains(char::is_alphanumeric)
        && label.split_whitespace().count() <= MAX_WORDS
        && label.starts_with(|first: char| first.is_alphanumeric() || first == '<')
        && !label.contains(['?', '!', ';', '"', '|', '=', '{', '}'])
        && !label.contains("://")
}

/// Whether every word begins like a word of a name does: no lower-case letter, particles excepted.
fn is_name(label: &str) -> bool {
    const PARTICLES: [&str; 14] =
        ["von", "van", "der", "den", "de", "del", "della", "da", "di", "du", "la", "le", "al", "bin"];
    const OPENERS: [&str; 12] =
        ["so", "and", "but", "yes", "no", "well", "because", "okay", "ok", "also", "first", "second"];
    let mut words = label.split_whitespace();
    let written_like_one = words.all(|word| {
        let first = word.trim_start_matches(['(', '[', '-', '&']).chars().next();
        first.is_none_or(|letter| !letter.is_lowercase()) || PARTICLES.contains(&word)
    });
    written_like_one && !OPENERS.iter().any(|opener| label.eq_ignore_ascii_case(opener))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_ends_at_a_colon_followed_by_a_blank() {
        assert_eq!(split_label("Dana Reyes: Hi: there"), Some(("Dana Reyes", "Hi: there")));
        assert_eq!(split_label("Dana:"), Some(("Dana", "")));
        for text in ["at 10:30 we", "see https://x.y/z", "What is it? This: that", "- a: b", ": x"] {
            assert_eq!(split_label(text), None, "{text}");
        }
    }

    #[test]
    fn names_and_repeated_handles_are_speakers_and_phrases_are_not() {
        let mut labels = Labels::default();
        for label in ["lightclient", "lightclient", "the point is", "the point is"] {
            labels.count(label);
        }
        for label in ["Dana Reyes", "Guido van Rossum", "SPEAKER_1", "Speaker 2", "lightclient", "王芳"] {
            assert!(labels.is_speaker(label), "{label}");
        }
        for label in ["the point is", "Here's the thing", "handle", "Yes"] {
            assert!(!labels.is_speaker(label), "{label}");
        }
    }
}
