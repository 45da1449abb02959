//! Signals of discovery: the start of the call, the problem, the goal, the way to a decision.

use super::{Finding, Signal};
use crate::model::answers::Verdict;
use crate::speech::conversation::{Conversation, Sentence, Voice};

/// The start of a call: this part of its sentences …
const FIRST_PART: f64 = 0.2;
/// … but at least this many.
const FIRST_SENTENCES: usize = 14;
/// A question about a problem comes within this many turns after it.
const FOLLOW_UP_TURNS: usize = 2;
/// A statement needs this many words: "it's slow" is an echo, a description is longer.
const STATEMENT_WORDS: usize = 5;

pub(super) const SIGNALS: &[Signal] = &[
    Signal { name: "purpose", measured: None, hear: purpose },
    Signal { name: "wishes_question", measured: None, hear: wishes_question },
    Signal { name: "time_check", measured: None, hear: time_check },
    Signal { name: "preparation", measured: None, hear: preparation },
    Signal { name: "pain_statement", measured: None, hear: pain_statement },
    Signal { name: "pain_followed_up", measured: None, hear: pain_followed_up },
    Signal { name: "cost_question", measured: None, hear: cost_question },
    Signal { name: "cost_statement", measured: None, hear: cost_statement },
    Signal { name: "goal_statement", measured: None, hear: goal_statement },
    Signal { name: "success_measure", measured: None, hear: success_measure },
    Signal { name: "why_now_question", measured: None, hear: why_now_question },
    Signal { name: "deciders", measured: None, hear: deciders },
    Signal { name: "decision_steps", measured: None, hear: decision_steps },
    Signal { name: "criteria_question", measured: None, hear: criteria_question },
    Signal { name: "options_question", measured: None, hear: options_question },
    Signal { name: "timeline", measured: None, hear: timeline },
];

/// The sentences in which a call begins.
pub(super) fn first_part<'a>(conversation: &'a Conversation<'_>) -> &'a [Sentence] {
    let all = conversation.sentences();
    let part = ((all.len() as f64 * FIRST_PART) as usize).max(FIRST_SENTENCES);
    all.get(..part).unwrap_or(all)
}

/// The buyer's sentences that describe something wrong.
pub(super) fn pains<'a>(conversation: &'a Conversation<'_>) -> impl Iterator<Item = &'a Sentence> {
    conversation.said_by(Voice::Buyer).filter(|sentence| {
        !sentence.asks() && sentence.words.len() >= STATEMENT_WORDS && conversation.hits(sentence, "pain")
    })
}

/// The rep's questions with a phrase of this tracker.
fn asked<'a>(conversation: &'a Conversation<'_>, tracker: &'static str) -> impl Iterator<Item = &'a Sentence> {
    conversation.said_by(Voice::Rep).filter(move |sentence| sentence.asks() && conversation.hits(sentence, tracker))
}

fn purpose(conversation: &Conversation<'_>) -> Finding {
    let said = first_part(conversation).iter().filter(|s| s.voice == Voice::Rep && conversation.hits(s, "purpose"));
    Finding::counted(conversation, said, 1)
}

fn wishes_question(conversation: &Conversation<'_>) -> Finding {
    let asked = first_part(conversation)
        .iter()
        .filter(|sentence| sentence.voice == Voice::Rep && sentence.asks() && conversation.hits(sentence, "wishes"));
    Finding::counted(conversation, asked, 1)
}

fn time_check(conversation: &Conversation<'_>) -> Finding {
    let said = first_part(conversation).iter().filter(|s| s.voice == Voice::Rep && conversation.hits(s, "time_check"));
    Finding::counted(conversation, said, 1)
}

fn preparation(conversation: &Conversation<'_>) -> Finding {
    let said = first_part(conversation).iter().filter(|s| s.voice == Voice::Rep && conversation.hits(s, "preparation"));
    Finding::counted(conversation, said, 1)
}

/// One description is partial, the problem from two sides or with its cost is a yes.
fn pain_statement(conversation: &Conversation<'_>) -> Finding {
    Finding::counted(conversation, pains(conversation), 2)
}

fn pain_followed_up(conversation: &Conversation<'_>) -> Finding {
    let mut first_pain = None;
    for pain in pains(conversation) {
        first_pain.get_or_insert(pain);
        let following = conversation.turns().get(pain.turn + 1..).unwrap_or_default().iter().take(FOLLOW_UP_TURNS);
        let question = following
            .filter(|turn| turn.voice == Voice::Rep)
            .flat_map(|turn| conversation.in_turn(turn))
            .find(|sentence| sentence.asks() && sentence.words.len() > 2);
        if let Some(question) = question {
            return Finding::counted(conversation, [question], 1);
        }
    }
    match first_pain {
        None => Finding::not_applicable(),
        some => Finding::no().or_chance(conversation, some),
    }
}

fn cost_question(conversation: &Conversation<'_>) -> Finding {
    let found = Finding::counted(conversation, asked(conversation, "impact"), 1);
    found.or_chance(conversation, pains(conversation).next())
}

/// A number makes it concrete; general words are partial.
fn cost_statement(conversation: &Conversation<'_>) -> Finding {
    let said = || {
        conversation.said_by(Voice::Buyer).filter(|sentence| {
            !sentence.asks() && sentence.words.len() >= STATEMENT_WORDS && conversation.hits(sentence, "consequence")
        })
    };
    let concrete = || said().filter(|sentence| has_number(sentence));
    if concrete().next().is_some() {
        return Finding::counted(conversation, concrete(), 1);
    }
    let vague = Finding::counted(conversation, said(), usize::MAX);
    vague.or_chance(conversation, pains(conversation).next())
}

fn goal_statement(conversation: &Conversation<'_>) -> Finding {
    let said = conversation
        .said_by(Voice::Buyer)
        .filter(|sentence| sentence.words.len() >= STATEMENT_WORDS && conversation.hits(sentence, "goal"));
    Finding::counted(conversation, said, 1)
}

fn success_measure(conversation: &Conversation<'_>) -> Finding {
    let said = conversation.sentences().iter().filter(|sentence| {
        let concrete = has_number(sentence) || sentence.asks();
        sentence.voice != Voice::Unknown && concrete && conversation.hits(sentence, "success")
    });
    Finding::counted(conversation, said, 1)
}

fn why_now_question(conversation: &Conversation<'_>) -> Finding {
    let found = Finding::counted(conversation, asked(conversation, "why_now"), 1);
    found.or_chance(conversation, pains(conversation).next())
}

fn deciders(conversation: &Conversation<'_>) -> Finding {
    let said =
        conversation.sentences().iter().filter(|s| s.voice != Voice::Unknown && conversation.hits(s, "deciders"));
    Finding::counted(conversation, said, 1)
}

fn decision_steps(conversation: &Conversation<'_>) -> Finding {
    let said = conversation.sentences().iter().filter(|s| s.voice != Voice::Unknown && conversation.hits(s, "steps"));
    Finding::counted(conversation, said, 2)
}

fn criteria_question(conversation: &Conversation<'_>) -> Finding {
    Finding::counted(conversation, asked(conversation, "criteria"), 1)
}

fn options_question(conversation: &Conversation<'_>) -> Finding {
    Finding::counted(conversation, asked(conversation, "options"), 1)
}

/// A date from the buyer is a yes, one that only ours named is partial.
fn timeline(conversation: &Conversation<'_>) -> Finding {
    let said = |ours: bool| {
        conversation.sentences().iter().filter(move |sentence| {
            sentence.voice != Voice::Unknown
                && sentence.voice.is_ours() == ours
                && conversation.hits(sentence, "timeline")
        })
    };
    let found = Finding::counted(conversation, said(false), 1);
    match found.verdict {
        Verdict::No => Finding::counted(conversation, said(true), usize::MAX),
        _ => found,
    }
}

/// Digits, or a number in words.
pub(super) fn has_number(sentence: &Sentence) -> bool {
    sentence.words.iter().any(|word| {
        word.contains(|c: char| c.is_ascii_digit())
            || matches!(
                word.as_str(),
                "two"
                    | "three"
                    | "four"
                    | "five"
                    | "six"
                    | "seven"
                    | "eight"
                    | "nine"
                    | "ten"
                    | "eleven"
                    | "twelve"
                    | "fifteen"
                    | "twenty"
                    | "thirty"
                    | "forty"
                    | "fifty"
                    | "sixty"
                    | "seventy"
                    | "eighty"
                    | "ninety"
                    | "hundred"
                    | "thousand"
                    | "million"
                    | "half"
                    | "twice"
                    | "double"
                    | "third"
                    | "dozen"
                    | "couple"
            )
    })
}
