//! Sentences and words of spoken English.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// Words whose full stop does not end a sentence although a capital letter may follow, without the full stop.
const ABBREVIATIONS: [&str; 17] =
    ["mr", "mrs", "ms", "mx", "dr", "prof", "sr", "jr", "st", "mt", "e.g", "i.e", "vs", "cf", "approx", "dept", "fig"];

/// The sentences of a text as byte ranges, without the white space around them.
///
/// Boundaries are those of Unicode Standard Annex #29, joined again after an abbreviation ("Mr. Tanaka") or an
/// initial ("J. Doe"), which the annex cannot know, and inside of what is written in one ("example.com/?Page").
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
            while ends_in_abbreviation(last) || ends_in_word(last) {
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

/// Whether a text stops at a mark with no blank behind it, as an address does. (Chinese marks need no blank.)
fn ends_in_word(text: &str) -> bool {
    text.ends_with(['.', '?', '!'])
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

/// The words of a text: NFKC, lower case, straight apostrophes, no punctuation. Contractions are written out, so that
/// "I'll" and "I will" are the same; "don't" is one word, and so is "%". Remarks of the transcriber in square brackets
/// ("[laugh]", "[inaudible]") were not said and are left out.
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let text = spoken(text);
    // NFKC leaves ASCII as it is, and nearly every line is ASCII.
    let text = if text.is_ascii() { text } else { Cow::Owned(text.nfkc().collect()) };
    let mut chars = text.chars().flat_map(char::to_lowercase).peekable();
    while let Some(char) = chars.next() {
        let joins = match char {
            '\'' | '\u{2019}' => !word.is_empty() && chars.peek().is_some_and(|next| next.is_alphanumeric()),
            '.' | ',' => word.ends_with(|c: char| c.is_ascii_digit()) && chars.peek().is_some_and(char::is_ascii_digit),
            '-' => !word.is_empty() && chars.peek().is_some_and(|next| next.is_alphabetic()),
            _ => false,
        };
        if char.is_alphanumeric() {
            word.push(char);
        } else if joins {
            word.push(if char == '\u{2019}' { '\'' } else { char });
        } else {
            push(&mut words, &mut word);
            if matches!(char, '%' | '$' | '€' | '£') {
                words.push(char.to_string());
            }
        }
    }
    push(&mut words, &mut word);
    words
}

/// The text without remarks in square brackets. A bracket that is never closed is left alone.
fn spoken(text: &str) -> Cow<'_, str> {
    if !text.contains('[') {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('[') {
        let Some((_, after)) = from.split_once(']') else { break };
        kept.push_str(before);
        kept.push(' ');
        rest = after;
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// The endings of contractions, with what they stand for. "'s" may be a genitive and stays.
pub(super) const CONTRACTIONS: [(&str, &str); 5] =
    [("'ll", "will"), ("'re", "are"), ("'m", "am"), ("'ve", "have"), ("'d", "would")];

fn push(words: &mut Vec<String>, word: &mut String) {
    if word.is_empty() {
        return;
    }
    let mut word = std::mem::take(word);
    let written_out = CONTRACTIONS.iter().find(|(ending, _)| word.ends_with(ending));
    if let Some((ending, full)) = written_out {
        word.truncate(word.len() - ending.len());
        words.push(word);
        words.push((*full).to_owned());
    } else {
        words.push(word);
    }
}

/// A closed class of words.
pub(super) type Words = LazyLock<HashSet<&'static str>>;

/// The words of a list that is written as a sentence.
pub(super) fn word_set(words: &'static str) -> HashSet<&'static str> {
    words.split_ascii_whitespace().collect()
}

/// Words that carry no subject: pronouns, auxiliaries, fillers and the like.
pub fn is_stop_word(word: &str) -> bool {
    static STOP: Words = Words::new(|| {
        word_set(
            "a about actually after again all also always am an and any anything are aren't as at back be \
        because been before being between both but by call can can't cause come could couldn't day did didn't do does \
        doesn't doing don't down each even every everything few first for from get gets getting go goes going gonna good \
        got great had has have haven't having he he's her here hers him his how i i'd i'll i'm i've if in into is isn't \
        it it's its just kind kinda know last let let's like little look lot lots make makes many maybe me mean might more \
        most much my need never new next no not now of off oh okay on one only or other our out over people probably put \
        quite really right said same say see she should so some something sort still stuff such sure take talk tell than \
        thank thanks that that's the their them then there there's these they they're thing things think this those time \
        to today too two uh um understand until up us use very wanna want was wasn't way we we'd we'll we're we've week \
        well went were what what's when where which while who why will with won't work would wouldn't yeah year yes yet \
        you you'd you'll you're you've your",
        )
    });
    word.chars().count() < 3 || STOP.contains(word)
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
        assert_eq!(split("See example.com/?Page first."), ["See example.com/?Page first."]);
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

    #[test]
    fn words_are_folded_and_keep_their_apostrophes_and_figures() {
        assert_eq!(words("We DON’T pay $1,500.50 (25%)!"), ["we", "don't", "pay", "$", "1,500.50", "25", "%"]);
        assert_eq!(words("sign-off — 'quoted' words…"), ["sign-off", "quoted", "words"]);
        assert_eq!(words("I'll see, they’re Bo's"), ["i", "will", "see", "they", "are", "bo's"]);
    }

    #[test]
    fn remarks_of_the_transcriber_are_no_words() {
        assert_eq!(words("[laugh] Do you? [inaudible 0:12]"), ["do", "you"]);
        assert_eq!(words("an open [ bracket"), ["an", "open", "bracket"]);
    }
}
