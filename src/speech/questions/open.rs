//! Can a question be answered with yes, no or a single fact?

use super::super::text::{Words, word_set};
use super::{form, get, is_in};

/// Words that lead to an answer of their own kind.
static WH: Words =
    Words::new(|| word_set("what how why when where who whom whose which what's how's where's who's when's why's"));
/// "how many": an open word that asks for a single fact.
pub(super) static HOW_FACTS: Words = Words::new(|| {
    word_set(
        " many much long often far big large old soon high fast quickly late early tall wide deep heavy frequently ",
    )
});
static WHAT_FACTS: Words = Words::new(|| {
    word_set(
        " time day date number year size color colour name percentage percent version price month \
    rate ",
    )
});

/// "Tell me about", "walk me through": a request for a story is a question without its form.
pub(super) fn invites(words: &[String]) -> bool {
    let at = words.iter().take(4).position(|word| {
        matches!(word.as_str(), "tell" | "walk" | "talk" | "take" | "describe" | "explain" | "give" | "help")
    });
    at.is_some_and(|at| {
        let before_is_asking = at == 0 || matches!(get(words, at - 1), "you" | "please" | "just" | "maybe");
        let fits = match get(words, at) {
            "tell" => {
                matches!(get(words, at + 1), "me" | "us")
                    && matches!(
                        get(words, at + 2),
                        "about"
                            | "more"
                            | "a"
                            | "how"
                            | "what"
                            | "why"
                            | "when"
                            | "where"
                            | "who"
                            | "which"
                            | "something"
                    )
            }
            "walk" | "talk" | "take" => matches!(get(words, at + 1), "me" | "us") && get(words, at + 2) == "through",
            "describe" | "explain" => {
                matches!(get(words, at + 1), "to" | "your" | "how" | "what" | "why" | "that" | "the" | "for")
            }
            "give" => {
                matches!(get(words, at + 1), "me" | "us")
                    && matches!(get(words, at + 2), "an" | "a" | "some")
                    && matches!(
                        get(words, at + 3),
                        "example" | "sense" | "idea" | "overview" | "picture" | "feel" | "background"
                    )
            }
            "help" => matches!(get(words, at + 1), "me" | "us") && get(words, at + 2) == "understand",
            _ => false,
        };
        before_is_asking && fits
    })
}

/// What, how and why lead to a story; yes-or-no questions, alternatives and questions for a fact do not.
pub(super) fn is_open(rest: &[String], all: &[String]) -> bool {
    if invites(rest) {
        return true;
    }
    if get(all, all.len().wrapping_sub(1)) == "or" || rest.iter().any(|word| word == "or") && !is_in(&WH, get(rest, 0))
    {
        return false;
    }
    // "Can I walk you through how it works" offers a story and asks for none.
    if matches!(get(rest, 0), "can" | "could" | "may" | "shall" | "should") && get(rest, 1) == "i" {
        return false;
    }
    // "can you tell me how …" is answered with how, and "do you know what …" with what.
    let wh = rest.iter().take(7).position(|word| is_in(&WH, word));
    let Some(at) = wh else { return false };
    let polite = at == 0
        || matches!(
            get(rest, at - 1),
            "me" | "us"
                | "on"
                | "about"
                | "know"
                | "understand"
                | "of"
                | "curious"
                | "wondering"
                | "so"
                | "then"
                | "and"
                | "you"
                | "through"
                | "ask"
                | "example"
        );
    if !polite && !form::asks_in_the_middle(rest) {
        return false;
    }
    let next = get(rest, at + 1);
    match get(rest, at) {
        "how" => !is_in(&HOW_FACTS, next) && next != "about",
        "what" => {
            !is_in(&WHAT_FACTS, next)
                && !matches!((next, get(rest, at + 2)), ("is" | "was", "your" | "the") if is_in(&WHAT_FACTS, get(rest, at + 3)))
        }
        "why" | "what's" | "how's" | "why's" => true,
        _ => false,
    }
}
