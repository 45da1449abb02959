//! Sentences: where they begin and end in running text.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Words whose full stop does not end a sentence although a capital letter may follow, without the full stop.
const ABBREVIATIONS: [&str; 17] =
    ["mr", "mrs", "ms", "mx", "dr", "prof", "sr", "jr", "st", "mt", "e.g", "i.e", "vs", "cf", "approx", "dept", "fig"];

/// The sentences of a text as byte ranges, without the white space around them.
///
/// Boundaries are those of Unicode Standard Annex #29, joined again after an abbreviation ("Mr. Tanaka") or an
/// initial ("J. Doe"), which the annex cannot know.
///
/// ```
/// let text = "Hi, Mr. Tanaka. How are you?";
/// let sentences: Vec<&str> = call_coach::speech::text::sentences(text).map(|range| &text[range]).collect();
/// assert_eq!(sentences, ["Hi, Mr. Tanaka.", "How are you?"]);
/// ```
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut pieces = text.split_sentence_bound_indices();
    std::iter::from_fn(move || {
        loop {
            let (start, piece) = pieces.next()?;
            let mut last = piece;
            let mut end = start + piece.len();
            while ends_in_abbreviation(last) {
                let Some((next, piece)) = pieces.next() else { break };
                last = piece;
                end = next + piece.len();
            }
            let sentence = text.get(start..end).unwrap_or_default();
            let trimmed = sentence.trim_start();
            let from = start + (sentence.len() - trimmed.len());
            let to = from + trimmed.trim_end().len();
            if from < to {
                return Some(from..to);
            }
        }
    })
}

/// Whether the text's last word is an abbreviation or an initial followed by a full stop.
fn ends_in_abbreviation(text: &str) -> bool {
    let Some(before) = text.trim_end().strip_suffix('.') else { return false };
    let word = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    let word = word.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let mut letters = word.chars();
    let is_initial =
        matches!((letters.next(), letters.next()), (Some(letter), None) if letter.is_uppercase() && letter != 'I');
    is_initial || ABBREVIATIONS.iter().any(|abbreviation| word.eq_ignore_ascii_case(abbreviation))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn a_sentence_ends_at_its_mark() {
        assert_eq!(split("Yes. Do you?  We do! "), ["Yes.", "Do you?", "We do!"]);
        assert_eq!(split("no marks at all"), ["no marks at all"]);
        assert!(split("  ").is_empty());
    }

    #[test]
    fn abbreviations_initials_and_numbers_do_not_end_one() {
        for text in
            ["Hi Mr. Tanaka, hello.", "Ask J. Doe about it.", "It is 3.5 percent.", "Tools, e.g. Salesforce, help."]
        {
            assert_eq!(split(text), [text]);
        }
        assert_eq!(split("No. We do not."), ["No.", "We do not."]);
        assert_eq!(split("So do I. Then we agree."), ["So do I.", "Then we agree."]);
    }

    proptest! {
        #[test]
        fn sentences_cover_every_word_in_order(text in ".*|([A-Za-z.?! ]{0,80})") {
            let mut behind = 0;
            for range in sentences(&text) {
                prop_assert!(text[behind..range.start].trim().is_empty());
                prop_assert!(!range.is_empty());
                behind = range.end;
            }
            prop_assert!(text[behind..].trim().is_empty());
        }
    }
}
