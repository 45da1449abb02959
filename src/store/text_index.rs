//! The one tokenizer of the full-text index. Both engines index the words it writes, so that they find the same lines.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Longer runs are cut, in texts and in queries alike: PostgreSQL refuses words of 2 KB.
const MAX_WORD_CHARS: usize = 64;
/// PostgreSQL keeps word positions up to 16,383 (and at most 256 of one word, so that a phrase behind those is found by
/// SQLite only) …
const MAX_WORDS: usize = 16_000;
/// … and at most 1 MB a line. What stands behind is stored and shown, but not found.
const MAX_BYTES: usize = 256 * 1024;

/// The words of a text as they are indexed: compatibility forms folded (NFKC), lower case, without diacritics, runs of
/// letters and digits, English endings removed by Snowball's stemmer.
pub fn words(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    let folded: String =
        text.nfkd().flat_map(char::to_lowercase).filter(|letter| !is_combining_mark(*letter)).nfc().collect();
    let mut bytes = 0;
    folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|run| !run.is_empty())
        .map(|run| {
            let run: Cow<'_, str> = match run.char_indices().nth(MAX_WORD_CHARS) {
                Some((end, _)) => run.get(..end).unwrap_or(run).into(),
                None => run.into(),
            };
            // The English rules say nothing about other letters.
            if run.bytes().all(|byte| byte.is_ascii_lowercase()) {
                stemmer.stem(&run).into_owned()
            } else {
                run.into_owned()
            }
        })
        .take(MAX_WORDS)
        .take_while(|word| {
            bytes += word.len();
            bytes <= MAX_BYTES
        })
        .collect()
}

/// The words as SQLite's FTS5 takes them.
pub(super) fn fts5_text(words: &[String]) -> String {
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

    #[test]
    fn case_accents_width_and_endings_do_not_matter() {
        assert_eq!(words("Prices PRICED pricing"), ["price", "price", "price"]);
        assert_eq!(words("Café CAFE\u{301} ｃａｆｅ"), ["cafe", "cafe", "cafe"]);
        assert_eq!(words("İstanbul, №5 and ½"), ["istanbul", "no5", "and", "1", "2"]);
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
        fn tokenizing_knows_no_case(text in "[a-zA-Z0-9 ,.'-]{0,80}") {
            prop_assert_eq!(words(&text), words(&text.to_uppercase()));
        }
    }
}
