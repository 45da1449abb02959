//! Sentences and words of spoken English.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// Words after which a full stop ends no sentence.
const ABBREVIATIONS: [&str; 16] =
    ["mr", "mrs", "ms", "dr", "prof", "st", "vs", "e.g", "i.e", "approx", "no", "inc", "ltd", "jr", "sr", "dept"];

/// The sentences of a text as byte ranges without surrounding blanks (Unicode Standard Annex 29, with abbreviations
/// and initials joined to what follows).
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, piece) in text.split_sentence_bound_indices() {
        let trimmed = piece.trim_end();
        let from = start + (trimmed.len() - trimmed.trim_start().len());
        let to = start + trimmed.len();
        if from >= to {
            continue;
        }
        match found.last_mut() {
            Some(last) if text.get(last.clone()).is_some_and(ends_in_abbreviation) => last.end = to,
            _ => found.push(from..to),
        }
    }
    found
}

fn ends_in_abbreviation(sentence: &str) -> bool {
    let Some(rest) = sentence.strip_suffix('.') else { return false };
    let word = rest.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    // "No." is an answer far more often than a number.
    let is_short_answer = word.eq_ignore_ascii_case("no") && rest.len() == word.len();
    is_initial || (!is_short_answer && ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// The words of a text: NFKC, lower case, straight apostrophes, no punctuation. Contractions are written out, so that
/// "I'll" and "I will" are the same; "don't" is one word, and so is "%".
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut chars = text.nfkc().flat_map(char::to_lowercase).peekable();
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

/// Words that carry no subject: pronouns, auxiliaries, fillers and the like.
pub fn is_stop_word(word: &str) -> bool {
    const STOP: &str = " a about actually after again all also always am an and any anything are aren't as at back be \
        because been before being between both but by call can can't cause come could couldn't day did didn't do does \
        doesn't doing don't down each even every everything few first for from get gets getting go goes going gonna good \
        got great had has have haven't having he he's her here hers him his how i i'd i'll i'm i've if in into is isn't \
        it it's its just kind kinda know last let let's like little look lot lots make makes many maybe me mean might more \
        most much my need never new next no not now of off oh okay on one only or other our out over people probably put \
        quite really right said same say see she should so some something sort still stuff such sure take talk tell than \
        thank thanks that that's the their them then there there's these they they're thing things think this those time \
        to today too two uh um understand until up us use very wanna want was wasn't way we we'd we'll we're we've week \
        well went were what what's when where which while who why will with won't work would wouldn't yeah year yes yet \
        you you'd you'll you're you've your ";
    word.chars().count() < 3 || STOP.split_ascii_whitespace().any(|stop| stop == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_end_at_marks_but_not_at_abbreviations_and_initials() {
        assert_eq!(split("Hello there. How are you? Fine!"), ["Hello there.", "How are you?", "Fine!"]);
        assert_eq!(split("Ask Mr. Tanaka about it. He knows."), ["Ask Mr. Tanaka about it.", "He knows."]);
        assert_eq!(split("We met J. R. Smith. He left."), ["We met J. R. Smith.", "He left."]);
        assert_eq!(split("No. We can't."), ["No.", "We can't."]);
        assert_eq!(split("It costs 3.5 million. So did I. Okay."), ["It costs 3.5 million.", "So did I.", "Okay."]);
        assert_eq!(split("   "), Vec::<&str>::new());
    }

    #[test]
    fn words_are_folded_and_keep_their_apostrophes_and_figures() {
        assert_eq!(words("We DON’T pay $1,500.50 (25%)!"), ["we", "don't", "pay", "$", "1,500.50", "25", "%"]);
        assert_eq!(words("sign-off — 'quoted' words…"), ["sign-off", "quoted", "words"]);
        assert_eq!(words("I'll see, they’re Bo's"), ["i", "will", "see", "they", "are", "bo's"]);
    }
}
