//! The one tokenizer of the full-text index. Both engines index the words it writes, so that they find the same lines.

use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Longer runs are cut, in texts and in queries alike: PostgreSQL refuses words of 2 KB.
const MAX_WORD_CHARS: usize = 64;
/// PostgreSQL keeps word positions up to 16,383 (and at most 256 of one word, so that a phrase behind those is found by
/// SQLite only) …
const MAX_WORDS: usize = 16_000;
/// … and at most 1 MB a line. What stands behind is stored and shown, but not found.
pub(super) const MAX_BYTES: usize = 256 * 1024;

/// Stems that are remembered; people say the same few thousand words again and again.
const MAX_STEMS: usize = 20_000;

/// Cuts texts into the words that are indexed.
pub(super) struct Tokenizer {
    stemmer: Stemmer,
    stems: HashMap<String, String>,
}

impl Default for Tokenizer {
    fn default() -> Self {
        Tokenizer { stemmer: Stemmer::create(Algorithm::English), stems: HashMap::new() }
    }
}

impl Tokenizer {
    /// The words of a text: compatibility forms folded (NFKC), lower case, without diacritics, runs of letters and
    /// digits, English endings removed by Snowball's stemmer.
    pub(super) fn words(&mut self, text: &str) -> Vec<String> {
        let folded = fold(text);
        let mut bytes = 0;
        folded
            .split(|letter| !is_of_a_word(letter))
            .filter(|run| !run.is_empty())
            .map(|run| {
                self.stem(run.char_indices().nth(MAX_WORD_CHARS).map_or(run, |(end, _)| run.get(..end).unwrap_or(run)))
            })
            .take(MAX_WORDS)
            .take_while(|word| {
                bytes += word.len();
                bytes <= MAX_BYTES
            })
            .collect()
    }

    fn stem(&mut self, run: &str) -> String {
        // The English rules say nothing about other letters.
        if !run.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return run.to_owned();
        }
        if let Some(stem) = self.stems.get(run) {
            return stem.clone();
        }
        let stem = self.stemmer.stem(run).into_owned();
        if self.stems.len() < MAX_STEMS {
            self.stems.insert(run.to_owned(), stem.clone());
        }
        stem
    }
}

/// Letters in black circles and squares are letters to Unicode's alphabet, but symbols to its categories, by which FTS5
/// would cut the word once more.
fn is_of_a_word(letter: char) -> bool {
    letter.is_alphanumeric() && !matches!(letter, '\u{1f150}'..='\u{1f169}' | '\u{1f170}'..='\u{1f189}')
}

fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().flat_map(char::to_lowercase).filter(|letter| !is_combining_mark(*letter)).nfc().collect()
}

/// The words as SQLite's FTS5 takes them, and without their positions PostgreSQL's `tsvector` too.
pub(super) fn plain_text(words: &[String]) -> String {
    words.join(" ")
}

/// The words with their positions, as PostgreSQL's `tsvector` is written. Its own text parser is not used: it would
/// cut some of the words once more.
pub(super) fn tsvector_text(words: &[String]) -> String {
    use std::fmt::Write as _;
    words.iter().enumerate().fold(String::new(), |mut text, (n, word)| {
        // A word is letters and digits only, so nothing in it needs escaping.
        let _ = write!(text, "{word}:{} ", n + 1);
        text
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        Tokenizer::default().words(text)
    }

    #[test]
    fn case_accents_width_and_endings_do_not_matter() {
        assert_eq!(words("Prices PRICED pricing"), ["price", "price", "price"]);
        assert_eq!(words("Café CAFE\u{301} ｃａｆｅ"), ["cafe", "cafe", "cafe"]);
        assert_eq!(words("İstanbul, №5 and ½"), ["istanbul", "no5", "and", "1", "2"]);
        assert_eq!(words("p🅳q 🅐"), ["p", "q"]);
        assert_eq!(words("don't e-mail 40/seat!"), ["don", "t", "e", "mail", "40", "seat"]);
    }

    #[test]
    fn hostile_lines_are_cut_to_what_both_engines_take() {
        assert_eq!(words(&"x".repeat(10_000)), ["x".repeat(MAX_WORD_CHARS)]);
        assert_eq!(words(&"a ".repeat(40_000)).len(), MAX_WORDS);
        let long = format!("{} ", "y".repeat(60)).repeat(40_000);
        assert!(words(&long).iter().map(String::len).sum::<usize>() <= MAX_BYTES);
    }

    #[test]
    fn postgres_gets_each_word_with_its_place() {
        assert_eq!(tsvector_text(&words("no, no way")), "no:1 no:2 way:3 ");
    }

    proptest! {
        #[test]
        fn words_are_letters_and_digits_only(text in any::<String>()) {
            for word in words(&text) {
                prop_assert!(!word.is_empty() && word.chars().all(char::is_alphanumeric), "{word:?}");
            }
        }

        #[test]
        fn plain_text_takes_no_other_way(text in "[ -~]{0,80}") {
            let other_way = words(&format!("{text} \u{e9}"));
            prop_assert_eq!(&words(&text)[..], &other_way[..other_way.len() - 1]);
        }

        #[test]
        fn tokenizing_knows_no_case(text in "[a-zA-Z0-9 ,.'-]{0,80}") {
            prop_assert_eq!(words(&text), words(&text.to_uppercase()));
        }
    }
}
