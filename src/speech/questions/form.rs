//! Does a sentence have the form of a question? Verb before subject, a question word in front, or a tag behind.
//!
//! Subjects are a closed class only where they are pronouns and determiners; in front of a sentence "is", "are", "does" and
//! "did" need no list, as no statement begins with them.

use super::super::text::{Words, word_set};
use super::{get, is_in};

/// Verbs that change places with their subject.
static AUXILIARIES: Words = Words::new(|| {
    word_set(
        " am are aren't can can't could couldn't did didn't do does doesn't don't had hadn't has hasn't \
    have haven't is isn't may might must shall should shouldn't was wasn't were weren't will won't would wouldn't ",
    )
});
/// Those of them that questions of speech are made of; the others stand inside of clauses too.
static COMMON_AUXILIARIES: Words = Words::new(|| word_set("are can could did do does have is should will would"));
/// The first word of a subject.
static SUBJECTS: Words = Words::new(|| {
    word_set(
        " a all an any anybody anyone anything both each either every everybody everyone everything he her \
    his i it its my no one our people she some somebody someone something that the their them there these they this those \
    we y'all you your ",
    )
});
/// Those of them that follow the verb of a question which a longer thing begins: "what kind of tool does your team".
static COMMON_SUBJECTS: Words = Words::new(|| word_set("he i it she that the there they this we you your"));
/// Pronouns that are nothing but subjects, so that a verb before them has changed places.
static PRONOUNS: Words = Words::new(|| word_set("he i she they we you"));
/// After these "does it" and "is there" belong to another clause: "so does it", "whatever it is that".
static NOT_BEFORE_INVERSION: Words = Words::new(|| {
    word_set(
        " as how if neither never nor not only so than that's to what when where whether which \
    who why ",
    )
});
/// After these "right" is a word of the clause: "that's right", "about right".
static NOT_BEFORE_CHECK: Words =
    Words::new(|| word_set("about all are be is it's just not quite that's the to yeah you"));
/// Words after which a question word begins a clause and no question: "I know what's wrong", "that's what happened".
static EMBEDDING: Words = Words::new(|| {
    word_set(
        "about and ask asked asking at because by check depending describe exactly explain figure find for from get got guess \
        hear heard idea if imagine in is it's just knew know knowing knows like look matter me mean means of on or out \
        realise realize recall remember s said saw say saying see seeing show sure tell that that's thing think this to told \
        understand upon was what with wonder wondering you",
    )
});
/// Words that show that a sentence with "is" or "did" in front has only lost its subject: "is very nice".
static NO_SUBJECT: Words = Words::new(|| {
    word_set(
        " also always an at being for from gonna going good in just like more not of on pretty quite \
    really so sort still to too very well with yeah ",
    )
});

/// Whether the beginning of a sentence, or of a clause in it, asks.
pub(super) fn asks(words: &[String]) -> bool {
    begins_as_question(words) || without_auxiliary(words) || asks_in_the_middle(words)
}

/// Whether the beginning is that of a question and of nothing else.
pub(super) fn begins_as_question(words: &[String]) -> bool {
    fronted(words) || by_question_word(words)
}

/// What no statement looks like, although it is written as one: "anyone have questions.", "… aren't we.", "… or".
pub(super) fn asks_without_mark(rest: &[String], words: &[String]) -> bool {
    get(rest, 0).starts_with("any") && without_auxiliary(rest) || ends_in_negated_tag(words) || ends_in_or(words)
}

/// "isn't it", "aren't we".
fn ends_in_negated_tag(words: &[String]) -> bool {
    let (verb, subject) = (get(words, words.len().wrapping_sub(2)), get(words, words.len().wrapping_sub(1)));
    let is_subject = is_in(&PRONOUNS, subject) || matches!(subject, "it" | "that" | "there");
    verb.ends_with("n't") && is_in(&AUXILIARIES, verb) && is_subject
}

/// "… does ten o'clock work", "… would Tuesday suit you": the verb stands before what is proposed.
fn ends_in_proposal(words: &[String]) -> bool {
    let words = words.strip_suffix(&["for".to_owned(), "you".to_owned()]).unwrap_or(words);
    let Some((last, before)) = words.split_last() else { return false };
    let proposed = before.iter().rev().take(4).take_while(|word| !matches!(word.as_str(), "does" | "would")).count();
    let verb = before.len().checked_sub(proposed + 1);
    let first = get(before, before.len() - proposed);
    matches!(last.as_str(), "work" | "suit")
        && (1..4).contains(&proposed)
        && verb.is_some_and(|at| matches!(get(before, at), "does" | "would"))
        && !matches!(first, "not" | "really" | "be" | "have" | "also" | "probably")
}

/// "… or": an alternative that is left to the other.
fn ends_in_or(words: &[String]) -> bool {
    let (before, last) = (get(words, words.len().wrapping_sub(2)), get(words, words.len().wrapping_sub(1)));
    words.len() > 3
        && (last == "or" && !matches!(before, "more" | "or") || matches!((before, last), ("or", "what" | "no")))
}

/// "Do you", "how do you": only a question puts a verb before these pronouns. `before` is the word that was said last,
/// as "what | do you" and "if only | did they" go on with what it began.
pub(super) fn begins_anew(before: &str, words: &[String]) -> bool {
    let by_word = matches!(get(words, 0), "what" | "how" | "why" | "when" | "where");
    let at = usize::from(by_word);
    let goes_on = is_in(&PRONOUNS, before) || is_in(&NOT_BEFORE_INVERSION, before);
    let verb = get(words, at);
    !goes_on && is_in(&PRONOUNS, get(words, at + 1)) && changes_places(verb, get(words, at + 1))
}

/// "Are they", "does support know": the verb stands before its subject.
fn fronted(words: &[String]) -> bool {
    let (first, second) = (get(words, 0), get(words, 1));
    if words.len() == 2 {
        // "Is it", "don't you": a whole question when it stands alone.
        let subject = is_in(&PRONOUNS, second) && second != "i" || matches!(second, "it" | "that" | "there");
        let is_object = matches!((first, second), ("do" | "have", "it" | "that"));
        return is_in(&AUXILIARIES, first) && subject && !is_object;
    }
    let takes_object = matches!(first, "do" | "have" | "has" | "had" | "don't");
    if is_in(&AUXILIARIES, first) && is_in(&SUBJECTS, second) {
        // "do it", "have a look", "has a similar one": no subject follows, but an object.
        let is_object = takes_object
            && !is_in(&PRONOUNS, second)
            && !matches!(second, "anybody" | "anyone" | "each" | "people" | "your" | "these" | "those");
        return !is_object && words.len() > 2;
    }
    // Nouns and names are an open class, and no statement begins with these verbs unless its subject is dropped.
    matches!(first, "is" | "are" | "does" | "did" | "was" | "were" | "isn't" | "aren't" | "doesn't" | "didn't")
        && words.len() > 3
        && !is_in(&NO_SUBJECT, second)
        && !second.ends_with("ing")
        && !second.ends_with("ly")
}

/// "How do you", "what else", "who decides", "which one", "why not".
fn by_question_word(words: &[String]) -> bool {
    let (first, second, third) = (get(words, 0), get(words, 1), get(words, 2));
    let inverts = is_in(&AUXILIARIES, second) && !third.is_empty() && second != "don't";
    match first {
        "what's" | "where's" | "how's" | "when's" | "why's" | "who's" => words.len() > 1,
        "what" | "how" | "why" if matches!(second, "about" | "if" | "not" | "else" | "come") => true,
        "who" | "where" if second == "else" => true,
        "why" | "how" | "where" | "who" | "when" if words.len() == 1 => true,
        "how" if is_in(&super::open::HOW_FACTS, second) => words.len() > 2,
        // "what happens if", "what kind of": the question word is, or belongs to, the subject itself.
        "what" if matches!(second, "happens" | "happened" | "makes" | "made" | "kind" | "sort" | "type" | "other") => {
            words.len() > 2
        }
        // "which is nice", "who can't": relative clauses. "which one", "who is that", "who wants": questions.
        "which" => matches!(second, "one" | "ones" | "of") || inverts_later(words),
        "who" if is_in(&AUXILIARIES, second) => {
            matches!(second, "would" | "should" | "will") || is_in(&SUBJECTS, third)
        }
        "when" | "where" => is_in(&AUXILIARIES, second) && is_in(&SUBJECTS, third),
        "why" => inverts || inverts_later(words) || matches!(second, "a" | "the" | "would"),
        "what" | "how" | "whose" => inverts || inverts_later(words),
        _ => false,
    }
}

/// "what kind of tool do you": after the thing that is asked for, verb and subject change places. "what we do is" keeps
/// them.
fn inverts_later(words: &[String]) -> bool {
    !is_in(&SUBJECTS, get(words, 1))
        && words.windows(2).skip(2).take(4).any(|pair| {
            matches!(pair, [aux, subject] if is_in(&COMMON_AUXILIARIES, aux)
                && is_in(&COMMON_SUBJECTS, subject))
        })
}

/// "Any ideas", "you think so", "everybody ready": speech drops the verb in front.
fn without_auxiliary(words: &[String]) -> bool {
    const SHORT: usize = 9;
    let (first, second) = (get(words, 0), get(words, 1));
    match first {
        // "who handles that" goes on with a sentence as often as it begins one, but for the verbs of choosing.
        "who" => words.len() > 1 && !is_in(&SUBJECTS, second) && !is_in(&AUXILIARIES, second),
        // Words of the "any" family need a question or a negation before them, so that no statement begins with them.
        "any" | "anybody" | "anyone" | "anything" => words.len() > 1 && words.len() <= SHORT,
        // What the hearer thinks, wants and means only the hearer knows: said to them, it is a question.
        "you" => {
            matches!(second, "mean" | "think" | "guys" | "ready" | "sure" | "wanna" | "agree" | "understand")
                && words.len() <= SHORT
        }
        "everybody" | "everyone" => matches!(second, "ready" | "okay" | "agree" | "agrees" | "happy" | "know" | "have"),
        _ => false,
    }
}

/// "the budget do you know who that is", "for that what would you": a question after a first clause.
pub(super) fn asks_in_the_middle(words: &[String]) -> bool {
    words.windows(3).any(|three| {
        let [before, verb, subject] = three else { return false };
        let by_word = matches!(before.as_str(), "what" | "how" | "why" | "where" | "which");
        let asks_what = by_word
            && is_in(&COMMON_AUXILIARIES, verb)
            && matches!(subject.as_str(), "you" | "we" | "they" | "it" | "that" | "your");
        // Clauses inside of others do without "do": "I know what it does".
        let supports = (by_word || before == "when") && matches!(verb.as_str(), "does" | "did" | "do");
        // "nor do we", "what we can you know": no question, or one of another clause.
        let is_other_clause = is_in(&PRONOUNS, before) || is_in(&NOT_BEFORE_INVERSION, before);
        let asks_for = !is_in(&EMBEDDING, before)
            && match verb.as_str() {
                "what's" | "who's" | "where's" | "how's" => true,
                "what" => matches!(subject.as_str(), "happens" | "happened" | "made" | "makes" | "would"),
                _ => false,
            };
        asks_what || supports || asks_for || (!is_other_clause && changes_places(verb, subject))
    })
}

/// Whether verb and pronoun agree and stand in a question's order. "Is it" and "is that" are left out, as "is" often ends
/// a clause before them: "what it is it costs".
fn changes_places(verb: &str, subject: &str) -> bool {
    match subject {
        "you" | "we" | "they" | "i" => {
            matches!(verb, "do" | "did" | "are" | "have" | "can" | "could" | "would" | "should" | "shall" | "will")
        }
        "it" => matches!(verb, "does" | "did" | "will" | "would" | "can" | "could" | "should"),
        "he" | "she" => matches!(verb, "does" | "did" | "would" | "can" | "could" | "should" | "will"),
        "that" | "this" => matches!(verb, "does" | "did" | "would"),
        "there" => matches!(verb, "is" | "are"),
        _ => false,
    }
}

/// "… isn't it", "… right", "… or not", "… or": what is said is put to the other.
pub(super) fn asks_by_end(words: &[String]) -> bool {
    let (before, last) = (get(words, words.len().wrapping_sub(2)), get(words, words.len().wrapping_sub(1)));
    let pronoun = matches!(last, "it" | "you" | "we" | "they" | "he" | "she" | "i" | "that");
    let tag = pronoun
        && (before.ends_with("n't") || (words.len() > 4 && matches!(before, "is" | "does" | "did" | "are" | "was")));
    let checks = matches!(last, "right" | "correct" | "huh" | "eh") && !is_in(&NOT_BEFORE_CHECK, before);
    words.len() > 3 && (tag || checks) || ends_in_or(words) || ends_in_proposal(words)
}
