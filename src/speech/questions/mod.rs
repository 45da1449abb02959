//! Does a sentence ask something, and can it be answered with yes, no or a single fact?
//!
//! Rules of English word order: speech recognition drops question marks and capitals, so a question must be found by its
//! beginning ("how do you", "are they") and by its end ("… or not", "… isn't it"). Statements that only the voice makes
//! a question ("you have it?") cannot be found without the mark.
//!
//! Measured by turns with `examples/detectors.rs`; of the meetings (AMI, 1,313 questions, labelled by function) and of the invented
//! sales calls, the rules were made on the first part and the second was only counted:
//!
//! | text | precision | recall | F1 | F1 on the other part |
//! |---|---|---|---|---|
//! | 14 and 7 meetings, as transcribed | 0.79 | 0.77 | 0.78 | 0.78 |
//! | lower case, without punctuation | 0.75 | 0.55 | 0.63 | 0.61 |
//! | 7 and 7 invented sales calls, as written | 0.94 | 0.93 | 0.93 | 0.89 |
//! | lower case, without punctuation | 0.90 | 0.70 | 0.79 | 0.69 |
//! | open ones in the invented calls, as written | 0.66 | 0.80 | 0.72 | 0.73 |
//! | lower case, without punctuation | 0.66 | 0.66 | 0.66 | 0.63 |

mod form;
mod open;

use super::text::{Words, word_set};

/// A sentence that asks something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Whether it asks for more than yes, no or a single fact.
    pub is_open: bool,
    /// Whether it only keeps the floor ("right?"). A tag elicits a nod and is no question that a coach would count.
    pub is_tag: bool,
}

/// Words that begin a sentence without saying anything.
static OPENERS: Words = Words::new(|| {
    word_set(
        " actually ah alright also and anyway basically because but cool cos cuz exactly fair fine good \
    great hey hi hmm hello honestly interesting just kay like listen look maybe mhm mm mm-hmm nice no now obviously oh ok \
    okay ooh or perfect please really right sir so sorry sort sure thanks then though uh-huh wait well whoa wow yeah \
    yep yes ",
    )
});
/// Sounds that fill a pause.
static HESITATIONS: Words = Words::new(|| word_set("uh um uhm erm er ehm"));

fn is_in(set: &Words, word: &str) -> bool {
    set.contains(word)
}

/// What the punctuation says about a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It ends in a question mark.
    Asks,
    /// It ends in another mark, as a statement does.
    States,
    /// It has none: it breaks off, or the transcript has no marks.
    Unknown,
}

/// What a sentence asks; `None` when it asks nothing.
///
/// `words` are folded. Where the transcript has marks and this sentence has no question mark, only a beginning that
/// cannot be a statement's outweighs that.
pub fn classify(words: &[String], mark: Mark) -> Option<Question> {
    let words = &without_restarts(words);
    let begin = start(words);
    let rest = words.get(begin..).unwrap_or_default();
    if asks_to_repeat(words) {
        return None;
    }
    let begins = form::begins_as_question(rest);
    let asks = match mark {
        Mark::Asks => true,
        _ if is_tag_only(words) => false,
        Mark::States => begins || form::asks_without_mark(rest, words) || open::invites(rest),
        Mark::Unknown => form::asks(rest) || form::asks_by_end(words) || open::invites(rest),
    };
    let is_tag = is_tag_only(words) || (!begins && ends_in_tag(words));
    asks.then(|| Question { is_open: !is_tag && open::is_open(rest, words), is_tag })
}

/// Whether words ask a question that is complete before a comma: what its speaker says next begins anew.
pub fn is_whole_question(words: &[String]) -> bool {
    /// "Do you," and "what is," are beginnings.
    const WORDS: usize = 4;
    words.len() >= WORDS && classify(words, Mark::States).is_some_and(|question| !question.is_tag)
}

/// Whether words begin a question of their own, whatever was said before.
pub fn begins_question(said_before: &[String], words: &[String]) -> bool {
    let words = &without_restarts(words);
    form::begins_anew(
        get(said_before, said_before.len().wrapping_sub(1)),
        words.get(start(words)..).unwrap_or_default(),
    )
}

/// Words without the hesitations of speech: "w what", "is is that", "do we do we", "where uh are".
fn without_restarts(words: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let breaks_off = word.chars().count() < 3
            && !matches!(word.as_str(), "a" | "i" | "do" | "is" | "we" | "no" | "so")
            && words.get(at + 1).is_some_and(|next| next.starts_with(word.as_str()));
        if breaks_off || is_in(&HESITATIONS, word) || kept.last() == Some(word) {
            continue;
        }
        kept.push(word.clone());
        if let [.., a, b, c, d] = kept.as_slice()
            && a == c
            && b == d
        {
            kept.truncate(kept.len() - 2);
        }
    }
    kept
}

/// Where the sentence really begins, behind openers such as "okay so".
fn start(words: &[String]) -> usize {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let next = words.get(at + 1).map(String::as_str);
        let after = words.get(at + 2).map(String::as_str);
        at += match (word.as_str(), next, after) {
            ("you", Some("know"), _) | ("i", Some("mean" | "guess"), _) | ("of", Some("course"), _) => 2,
            ("kind" | "sort", Some("of"), _) | ("all", Some("right"), _) => 2,
            ("let", Some("me"), Some("ask")) => 4,
            ("can" | "could" | "may", Some("i"), Some("ask")) => {
                3 + usize::from(words.get(at + 3).is_some_and(|w| w == "you"))
            }
            (word, ..) if is_in(&OPENERS, word) => 1,
            _ => break,
        };
    }
    at.min(words.len())
}

fn get(words: &[String], at: usize) -> &str {
    words.get(at).map_or("", String::as_str)
}

/// "What?", "Sorry?", "Huh?" ask to hear it again and want no answer. The words are those that start such a repair in
/// conversation analysis.
fn asks_to_repeat(words: &[String]) -> bool {
    match words {
        [one] => matches!(one.as_str(), "what" | "sorry" | "pardon" | "huh" | "hm" | "hmm" | "eh" | "excuse"),
        [one, other] => matches!((one.as_str(), other.as_str()), ("excuse" | "pardon", "me") | ("sorry", "what")),
        [one, two, three] => matches!((one.as_str(), two.as_str(), three.as_str()), ("i", "am", "sorry")),
        _ => false,
    }
}

/// "Right?", "Okay?", "You know?" keep the floor and ask nothing.
fn is_tag_only(words: &[String]) -> bool {
    match words {
        [] => true,
        [one] => matches!(one.as_str(), "right" | "okay" | "ok" | "yeah" | "mm" | "oh" | "really"),
        [one, other] => matches!((one.as_str(), other.as_str()), ("you", "know") | ("oh", "really" | "yeah")),
        [one, two, three] => matches!((one.as_str(), two.as_str(), three.as_str()), ("you", "know", "what")),
        _ => false,
    }
}

/// "… and it works, right?": a statement that fishes for a nod.
fn ends_in_tag(words: &[String]) -> bool {
    words.last().is_some_and(|last| matches!(last.as_str(), "right" | "okay" | "ok" | "yeah" | "huh" | "correct"))
}

#[cfg(test)]
mod tests {
    use super::super::text::words;
    use super::*;

    /// `Some(true)` open, `Some(false)` closed, `None` no question; without punctuation and capitals.
    fn heard(sentence: &str) -> Option<bool> {
        classify(&words(sentence), Mark::Unknown).map(|question| question.is_open)
    }

    #[test]
    fn open_questions() {
        for sentence in [
            "how does that work when it comes to getting everyone together",
            "okay so what's the impact of that",
            "why did you start looking",
            "tell me more about your company",
            "walk me through the last time this went wrong",
            "could you walk me through that",
            "can you tell me how you handle returns today",
            "what would make this a good use of your time",
            "so what happens if nothing changes",
            "and what do you think is causing it",
        ] {
            assert_eq!(heard(sentence), Some(true), "{sentence}");
        }
    }

    #[test]
    fn closed_questions() {
        for sentence in [
            "are you all in one location or",
            "how many people do you have",
            "do you have a few minutes",
            "is that right",
            "when does your contract end",
            "which one would you like to see",
            "would you rather have the blue or the green one",
            "who else is involved",
            "that's a lot isn't it",
            "doesn't it",
            "can i walk you through how it works",
            "or is it part of the plan",
            "do we do we need it",
            "where uh are the lights",
            "does support know about this",
            "so that's twelve seats right",
            "any ideas",
            "you think so",
            "who wants to go first",
        ] {
            assert_eq!(heard(sentence), Some(false), "{sentence}");
        }
    }

    #[test]
    fn no_questions() {
        for sentence in [
            "we have offices around the world",
            "what we do is we send it to the team",
            "when you open it you see the list",
            "do it by friday",
            "have a great day",
            "how nice",
            "so did i",
            "you know how it is",
            "we have a team who handles that",
            "the thing is it takes a while",
            "is very nice",
            "i think that's right",
            "i don't know what that means",
            "yeah",
            "right",
            "let me show you how it works",
        ] {
            assert_eq!(heard(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn without_its_mark_a_statement_in_a_punctuated_text_is_none() {
        let asks = |sentence: &str| classify(&words(sentence), Mark::States).is_some();
        assert!(asks("Do you have a minute."));
        assert!(asks("So it is the large one, or"));
        assert!(asks("You have three of them, don't you."));
        assert!(asks("Anyone have something to add."));
        assert!(!asks("Anything we do has to be checked by the people in the plant."));
        assert!(!asks("I wonder, in that case do we need it."));
        assert!(!asks("You think so."));
    }

    #[test]
    fn asking_to_hear_it_again_is_none() {
        for sentence in ["What?", "Sorry?", "Huh?", "I'm sorry?", "Excuse me?"] {
            assert_eq!(classify(&words(sentence), Mark::Asks), None, "{sentence}");
        }
    }

    #[test]
    fn a_question_mark_asks_and_a_tag_only_keeps_the_floor() {
        let is_tag = |sentence: &str| classify(&words(sentence), Mark::Asks).map(|question| question.is_tag);
        assert_eq!(is_tag("And the price?"), Some(false));
        assert_eq!(is_tag("You're coming on Friday?"), Some(false));
        assert_eq!(is_tag("Right?"), Some(true));
        assert_eq!(is_tag("You know?"), Some(true));
        assert_eq!(is_tag("And it works, right?"), Some(true));
        assert_eq!(is_tag("Is that right?"), Some(false));
    }

    #[test]
    fn questions_behind_a_first_clause() {
        for sentence in [
            "that makes sense what happens today when somebody hits the button",
            "fair enough when does next year's plan get put together",
            "yeah okay thank you for saying it what's behind that",
            "we have a call on the first does ten o'clock work",
            "then let's say friday would nine thirty work for you",
            "i'd like to have her in the demo would she come",
        ] {
            assert!(heard(sentence).is_some(), "{sentence}");
        }
        for sentence in [
            "i know what happened in april",
            "that's what would make sense for us",
            "show me what's behind that",
            "and neither does that thing in the corner",
            "i think it would really work",
            "that does not work",
        ] {
            assert_eq!(heard(sentence), None, "{sentence}");
        }
    }
}
