//! Does a sentence ask something, and can it be answered with yes, no or a single fact?
//!
//! Rules of English word order and no list of subjects: speech recognition drops question marks and capitals, so a
//! question must be found by its beginning ("how do you", "are they") and by its end ("… or not", "… isn't it").

/// A sentence that asks something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Whether it asks for more than yes, no or a single fact.
    pub is_open: bool,
    /// Whether it only keeps the floor ("right?"). A tag elicits a nod and is no question that a coach would count.
    pub is_tag: bool,
}

/// Words that begin a sentence without saying anything.
const OPENERS: &str = " a actually ah alright all also and anyway basically because but cool cos cuz er erm exactly \
    fair fine first good got great guess hey hi hmm hello honestly i interesting just kay let's like listen look maybe mean mhm mm mm-hmm \
    nice no now obviously oh ok okay ooh perfect please really right see sir so sorry sort sure thanks that's then though \
    uh uh-huh uhm um wait well whoa wow yeah yep yes you-know ";
const AUXILIARIES: &str = " am are aren't can can't could couldn't did didn't do does doesn't don't had hadn't has hasn't \
    have haven't is isn't may might must shall should shouldn't was wasn't were weren't will won't would wouldn't ";
/// What follows the auxiliary of a question.
const SUBJECTS: &str = " a all an any anybody anyone anything each every everybody everyone everything he her his i it its \
    my one our she some somebody someone something that the their them there these they this those we you your y'all \
    people both either ";
/// "What" and "how" lead to a story, the others to a fact.
const WH: &str = " what how why when where who whom whose which what's how's where's who's when's why's ";
/// "how many": an open word that asks for a single fact.
const HOW_FACTS: &str =
    " many much long often far big large old soon high fast quickly late early tall wide deep heavy frequently ";
const WHAT_FACTS: &str = " time day date number year size color colour name percentage percent version price month kind-of \
    rate ";

fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// What a sentence asks; `None` when it asks nothing.
///
/// `words` are folded; `marked` says that the sentence ends in a question mark.
pub fn classify(words: &[String], marked: bool) -> Option<Question> {
    let words = &without_restarts(words);
    let begin = start(words);
    let rest = words.get(begin..).unwrap_or_default();
    let by_order = asks_by_order(rest);
    let is_tag = is_tag_only(words) || (marked && !by_order && ends_in_tag(words));
    let asks = marked || (!is_tag && (by_order || asks_by_end(words) || invites(rest)));
    asks.then(|| Question { is_open: !is_tag && is_open(rest, words), is_tag })
}

/// Words without the hesitations of speech: "w what", "is is that", "th this one".
fn without_restarts(words: &[String]) -> Vec<String> {
    let restarts = |at: usize, word: &str| {
        words.get(at + 1).is_some_and(|next| {
            next.starts_with(word) && (next == word || word.chars().count() < 3 && word != "a" && word != "i")
        })
    };
    words.iter().enumerate().filter(|(at, word)| !restarts(*at, word)).map(|(_, word)| word.clone()).collect()
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
            ("a" | "i" | "all" | "let's" | "that's" | "let" | "see" | "got" | "mean" | "guess" | "first", ..) => break,
            (word, ..) if is_in(OPENERS, word) => 1,
            _ => break,
        };
    }
    at.min(words.len())
}

fn get(words: &[String], at: usize) -> &str {
    words.get(at).map_or("", String::as_str)
}

/// Subject and verb have changed places, or a question word stands before a verb.
fn asks_by_order(words: &[String]) -> bool {
    let (first, second, third) = (get(words, 0), get(words, 1), get(words, 2));
    if is_in(AUXILIARIES, first) && is_in(SUBJECTS, second) {
        // "do it", "have a look", "has a similar one": no subject follows, but an object.
        let object = matches!(first, "do" | "have" | "has" | "had" | "don't")
            && !matches!(
                second,
                "you"
                    | "we"
                    | "they"
                    | "i"
                    | "he"
                    | "she"
                    | "anybody"
                    | "anyone"
                    | "people"
                    | "your"
                    | "these"
                    | "those"
            );
        return !object && words.len() > 2;
    }
    match first {
        "what's" | "where's" | "how's" | "when's" | "why's" | "who's" => words.len() > 1,
        "what" | "how" if matches!(second, "about" | "if") => true,
        "how" if second == "come" || is_in(HOW_FACTS, second) => words.len() > 2,
        "what" | "who" | "where" if second == "else" => true,
        // "what happens if", "who decides": the question word is the subject itself.
        "what" | "who"
            if matches!(second, "happens" | "happened" | "decides" | "makes" | "made" | "kind" | "sort" | "type") =>
        {
            words.len() > 2
        }
        // "which is nice", "who can't": relative clauses. "which one", "who is that": questions.
        "which" => matches!(second, "one" | "ones" | "of") || inverts_later(words),
        "who" => is_in("is are was were do did would will should", second) && is_in(SUBJECTS, third),
        "when" | "where" => is_in(AUXILIARIES, second) && is_in(SUBJECTS, third),
        "what" | "how" | "why" | "whose" => {
            (is_in(AUXILIARIES, second) && !third.is_empty() && !matches!(second, "don't")) || inverts_later(words)
        }
        "anything" | "anybody" | "anyone" if second == "else" => true,
        "any"
            if matches!(
                second,
                "questions" | "comments" | "thoughts" | "ideas" | "other" | "more" | "particular" | "chance"
            ) =>
        {
            true
        }
        _ => words.len() > 3 && asks_in_the_middle(words),
    }
}

/// "what kind of tool do you": after the thing that is asked for, verb and subject change places. "what we do is" keeps
/// them.
fn inverts_later(words: &[String]) -> bool {
    !is_in(SUBJECTS, get(words, 1))
        && words.windows(2).skip(2).take(4).any(|pair| {
            matches!(pair, [aux, subject] if is_in("do does did are is would can could should will have", aux)
                && is_in("you we they i it he she your the that this there", subject))
        })
}

/// "the budget do you know who that is", "for that what would you": a question after a first clause.
fn asks_in_the_middle(words: &[String]) -> bool {
    words.windows(3).skip(1).any(|three| {
        let [before, a, b] = three else { return false };
        let asks_what = matches!(before.as_str(), "what" | "how" | "why" | "where" | "which")
            && is_in("do does did is are would can could should will have", a)
            && is_in("you we they it that your", b);
        let inverts = is_in("do does did are is have can could would should shall", a)
            && is_in("you we they i", b)
            // "nor do we", "what we can you know": no question, or one of another clause.
            && !is_in(SUBJECTS, before)
            && !is_in("what how why where which who when nor neither so as than only if whether not never that's to", before);
        asks_what || inverts
    })
}

/// "… isn't it", "… or not", "… or": what is said is put to the other.
fn asks_by_end(words: &[String]) -> bool {
    let (before, last) = (get(words, words.len().wrapping_sub(2)), get(words, words.len().wrapping_sub(1)));
    let pronoun = matches!(last, "it" | "you" | "we" | "they" | "he" | "she" | "i" | "that");
    let tag = pronoun
        && (before.ends_with("n't") || (words.len() > 4 && matches!(before, "is" | "does" | "did" | "are" | "was")));
    let alternative = last == "or" && before != "more" || matches!((before, last), ("or", "what" | "no"));
    words.len() > 3 && (tag || alternative)
}

/// "Right?", "Okay?", "You know?" keep the floor and ask nothing.
fn is_tag_only(words: &[String]) -> bool {
    let said: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(
        said.as_slice(),
        [] | ["right"
            | "okay"
            | "ok"
            | "yeah"
            | "hmm"
            | "mm"
            | "huh"
            | "uh"
            | "um"
            | "oh"
            | "really"
            | "sorry"
            | "pardon"]
            | ["you", "know"]
            | ["oh", "really" | "yeah"]
            | ["you", "know", "what"]
    )
}

/// "… and it works, right?": a statement that fishes for a nod.
fn ends_in_tag(words: &[String]) -> bool {
    words.last().is_some_and(|last| matches!(last.as_str(), "right" | "okay" | "ok" | "yeah" | "huh" | "correct"))
}

/// "Tell me about", "walk me through": a request for a story is a question without its form.
fn invites(words: &[String]) -> bool {
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
fn is_open(rest: &[String], all: &[String]) -> bool {
    if invites(rest) {
        return true;
    }
    if get(all, all.len().wrapping_sub(1)) == "or" || rest.iter().any(|word| word == "or") && !is_in(WH, get(rest, 0)) {
        return false;
    }
    // "can you tell me how …" is answered with how, and "do you know what …" with what.
    let wh = rest.iter().take(7).position(|word| is_in(WH, word));
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
    if !polite && !asks_in_the_middle(rest) {
        return false;
    }
    let next = get(rest, at + 1);
    match get(rest, at) {
        "how" => !is_in(HOW_FACTS, next) && next != "about",
        "what" => {
            !is_in(WHAT_FACTS, next)
                && !matches!((next, get(rest, at + 2)), ("is" | "was", "your" | "the") if is_in(WHAT_FACTS, get(rest, at + 3)))
        }
        "why" | "what's" | "how's" | "why's" => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::words;
    use super::*;

    /// `Some(true)` open, `Some(false)` closed, `None` no question; without punctuation and capitals.
    fn heard(sentence: &str) -> Option<bool> {
        classify(&words(sentence), false).map(|question| question.is_open)
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
            "i don't know what that means",
            "yeah",
            "right",
            "let me show you how it works",
        ] {
            assert_eq!(heard(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn a_question_mark_asks_and_a_tag_only_keeps_the_floor() {
        let is_tag = |sentence: &str| classify(&words(sentence), true).map(|question| question.is_tag);
        assert_eq!(is_tag("And the price?"), Some(false));
        assert_eq!(is_tag("You're coming on Friday?"), Some(false));
        assert_eq!(is_tag("Right?"), Some(true));
        assert_eq!(is_tag("You know?"), Some(true));
    }
}
