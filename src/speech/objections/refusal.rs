//! How people refuse, doubt and put off, whatever it is about: a denied verb tells by its subject and its kind whether
//! somebody is unwilling ("we won't", "our drivers don't like it") or only informs ("it isn't in Berlin").
//!
//! Rules of English grammar over closed classes of words, so that they hold for every trade and product. What a call is
//! about stands in `trackers.toml`.

use super::reply::ReplyTo;
use crate::model::objection::ObjectionType;
use crate::speech::text::{Words, word_set};

/// Auxiliaries with their denial in one word.
static DENIED: Words = Words::new(|| {
    word_set("ain't aren't can't cannot cant couldn't didn't doesn't don't dont isn't shouldn't won't wouldn't")
});
/// Auxiliaries that "not" and "never" deny.
static AUXILIARIES: Words = Words::new(|| word_set("am are can could did do does is should will would"));
/// What may stand between a subject, its verb and its denial.
static ADVERBS: Words = Words::new(|| {
    word_set(
        "actually also currently ever even honestly just necessarily particularly probably quite really simply so still \
        that too truly very",
    )
});
/// "not willing", "not going to": one's will, behind a form of "to be".
static WILL: Words = Words::new(|| {
    word_set(
        "able comfortable confident convinced going gonna happy inclined interested keen looking planning prepared ready \
        sold sure willing",
    )
});
/// Verbs of wanting and of holding true. Denied, they say no to what the other offers or claims.
static WANT: Words = Words::new(|| word_set("buy love need support want wish"));
static HOLD_TRUE: Words = Words::new(|| word_set("believe feel see trust"));
/// Verbs of perceiving, knowing and saying. Denied, they inform: "I can't remember", "we wouldn't know".
static INFORM: Words = Words::new(|| {
    word_set(
        "blame complain figure find forget hear help imagine know lie mean mind quite read recall remember say speak stop \
        tell think understand wait",
    )
});

/// A verb that is denied.
struct Denial<'a> {
    subject: &'a str,
    auxiliary: &'a str,
    verb: &'a str,
    after: &'a str,
}

impl Denial<'_> {
    /// Whether somebody denies who is not in the conversation.
    fn is_of_others(&self) -> bool {
        !matches!(self.subject, "" | "i" | "we" | "you" | "it" | "that" | "this" | "there" | "what" | "which" | "who")
    }
}

/// The kind of concern that a denial or a delay amounts to; `None` when nothing is refused.
///
/// `words` are a sentence of the buyer's that asks nothing.
pub(super) fn refused(words: &[String], reply_to: ReplyTo) -> Option<ObjectionType> {
    // What somebody said once is a story.
    let tells = words.iter().any(|word| matches!(word.as_str(), "said" | "told" | "asked"));
    let by_verb =
        denials(words).filter(|denial| !tells || !denial.is_of_others()).find_map(|denial| kind_of(&denial, reply_to));
    by_verb
        .or_else(|| regrets(words).then_some(ObjectionType::Other))
        .or_else(|| puts_off(words).then_some(ObjectionType::Timing))
        .or_else(|| conditional(words).filter(|_| reply_to != ReplyTo::Question))
        .or_else(|| {
            // To a question "but" adds information, to an offer or a claim it objects.
            let contradicts = words.len() > 3 && matches!(get(words, 0), "but" | "however");
            (contradicts && reply_to.is_reaction()).then_some(ObjectionType::Other)
        })
}

fn kind_of(denial: &Denial<'_>, reply_to: ReplyTo) -> Option<ObjectionType> {
    let Denial { subject, auxiliary, verb, after } = *denial;
    let is_past = matches!(auxiliary, "did" | "didn't");
    match subject {
        "i" | "we" => match auxiliary {
            "am" | "are" | "aren't" | "ain't" => {
                (reply_to.is_reaction() && WILL.contains(verb)).then_some(ObjectionType::Other)
            }
            "do" | "don't" | "dont" if WANT.contains(verb) => Some(ObjectionType::Need),
            "do" | "don't" | "dont" if HOLD_TRUE.contains(verb) && after != "so" => Some(ObjectionType::TrustRisk),
            "do" | "don't" | "dont" => {
                (reply_to == ReplyTo::Statement && !INFORM.contains(verb)).then_some(ObjectionType::Other)
            }
            _ => (!is_past && !INFORM.contains(verb)).then_some(ObjectionType::Other),
        },
        // What is said of the thing in answer to a question is its description.
        "it" | "that" | "this" => (reply_to.is_reaction() && !is_past && auxiliary != "is" && auxiliary != "isn't")
            .then_some(ObjectionType::TechnicalFit),
        "" | "you" | "there" | "what" | "which" | "who" => None,
        // "our drivers don't like it", "legal won't accept that".
        _ => {
            let of_will =
                matches!(auxiliary, "do" | "does" | "don't" | "doesn't" | "will" | "won't" | "would" | "wouldn't");
            (of_will && reply_to != ReplyTo::Proposal).then_some(ObjectionType::Other)
        }
    }
}

/// Every verb that is denied, with its subject.
fn denials(words: &[String]) -> impl Iterator<Item = Denial<'_>> {
    let is_adverb = |word: &&String| ADVERBS.contains(word.as_str());
    words.iter().enumerate().filter_map(move |(at, word)| {
        let behind = words.get(at + 1..).unwrap_or_default();
        let adverbs = behind.iter().take_while(is_adverb).count();
        let verb_phrase = if DENIED.contains(word.as_str()) {
            behind
        } else if AUXILIARIES.contains(word.as_str()) && matches!(get(behind, adverbs), "not" | "never") {
            behind.get(adverbs + 1..).unwrap_or_default()
        } else {
            return None;
        };
        let subject = words.get(..at).unwrap_or_default().iter().rev().find(|word| *word == "that" || !is_adverb(word));
        let passed = |word: &&String| is_adverb(word) || matches!(word.as_str(), "be" | "been" | "have" | "to");
        let mut verbs = verb_phrase.iter().skip_while(passed).map(String::as_str);
        Some(Denial {
            subject: subject.map_or("", String::as_str),
            auxiliary: word,
            verb: verbs.next().unwrap_or_default(),
            after: verbs.next().unwrap_or_default(),
        })
    })
}

/// Whether a sentence sets a condition, an obligation or a contrast, not only a fact: "legal must review it before".
pub(super) fn contrasts(words: &[String]) -> bool {
    let sets = |word: &String| {
        matches!(
            word.as_str(),
            "but"
                | "however"
                | "though"
                | "unless"
                | "until"
                | "before"
                | "must"
                | "not"
                | "has"
                | "have"
                | "need"
                | "needs"
        ) || word.ends_with("n't")
    };
    words.iter().any(sets)
}

/// "Unfortunately we don't", "I'm afraid not this year": who says so is about to disappoint. Alone they agree with the other.
fn regrets(words: &[String]) -> bool {
    words.len() > 3 && words.iter().any(|word| matches!(word.as_str(), "unfortunately" | "afraid"))
}

/// "Not before June", "not this year".
fn puts_off(words: &[String]) -> bool {
    words.windows(2).any(|pair| {
        matches!(pair, [not, when] if not == "not"
            && matches!(when.as_str(), "before" | "until" | "now" | "yet" | "next" | "this" | "today" | "right"))
    })
}

/// "I would have to ask our IT" waits for others, "I'd want to see it first" for proof.
fn conditional(words: &[String]) -> Option<ObjectionType> {
    words.windows(3).find_map(|three| match three {
        [would, need, to] if would == "would" && to == "to" => match need.as_str() {
            "have" | "need" => Some(ObjectionType::Authority),
            "want" => Some(ObjectionType::TrustRisk),
            _ => None,
        },
        _ => None,
    })
}

fn get(words: &[String], at: usize) -> &str {
    words.get(at).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::text::words;

    fn kind(said: &str, reply_to: ReplyTo) -> Option<ObjectionType> {
        refused(&words(said), reply_to)
    }

    #[test]
    fn a_denied_verb_refuses_by_its_kind() {
        use ObjectionType::{Authority, Need, Other, TechnicalFit, Timing, TrustRisk};
        for (said, expected) in [
            ("We won't sign that.", Other),
            ("I really cannot do this.", Other),
            ("We don't really need another tool.", Need),
            ("I do not believe those numbers.", TrustRisk),
            ("We're not willing to move our data.", Other),
            ("Our drivers will never use it.", Other),
            ("That doesn't work with trams.", TechnicalFit),
            ("Unfortunately we stopped doing that.", Other),
            ("Certainly not before June.", Timing),
            ("I would have to ask our IT.", Authority),
            ("We'd want to see it first.", TrustRisk),
            ("But he carries no people.", Other),
        ] {
            assert_eq!(kind(said, ReplyTo::Statement), Some(expected), "{said}");
        }
    }

    #[test]
    fn what_informs_is_no_refusal() {
        for (said, reply_to) in [
            // What is asked for, and what describes the thing.
            ("It doesn't sync today.", ReplyTo::Question),
            ("We don't track that.", ReplyTo::Question),
            ("We're not looking at that side.", ReplyTo::Question),
            ("But mostly by phone.", ReplyTo::Question),
            ("We would have to ask Ana.", ReplyTo::Question),
            // Perceiving and knowing.
            ("I can't remember the name.", ReplyTo::Statement),
            ("I don't know.", ReplyTo::Statement),
            ("I don't think so.", ReplyTo::Statement),
            // What was, and what somebody told.
            ("We didn't buy it then.", ReplyTo::Statement),
            ("My brother said they won't fix it.", ReplyTo::Statement),
            // Agreeing with the other's regret.
            ("Yes, unfortunately.", ReplyTo::Statement),
            ("You can't miss it.", ReplyTo::Statement),
        ] {
            assert_eq!(kind(said, reply_to), None, "{said}");
        }
    }
}
