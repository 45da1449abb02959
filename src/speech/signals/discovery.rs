//! Signals of discovery: the start of the call, the problem, the goal, the way to a decision.

use super::{Finding, Signal};
use crate::model::answers::Verdict;
use crate::speech::conversation::{Conversation, Sentence, Voice};
use crate::speech::next_steps::is_commitment;
use crate::speech::objections::class_of;

/// The start of a call: this part of its sentences …
const FIRST_PART: f64 = 0.2;
/// … but at least this many.
const FIRST_SENTENCES: usize = 14;
/// A question about a problem comes within this many turns after it.
const FOLLOW_UP_TURNS: usize = 2;
/// What a problem costs is said within this many sentences after it.
const COST_WITHIN: usize = 3;
/// A statement needs this many words: "it's slow" is an echo, a description is longer.
const STATEMENT_WORDS: usize = 5;

pub(super) const SIGNALS: &[Signal] = &[
    Signal::new("purpose", (1.0, 0.71, 0.0, 5), purpose),
    Signal::new("wishes_question", (0.0, 0.0, 0.0, 0), wishes_question),
    Signal::new("time_check", (1.0, 1.0, 1.0, 3), time_check),
    Signal::new("preparation", (1.0, 1.0, 1.0, 8), preparation),
    Signal::new("pain_statement", (1.0, 0.8, 1.0, 4), pain_statement),
    Signal::new("pain_followed_up", (1.0, 1.0, 1.0, 2), pain_followed_up),
    Signal::new("cost_question", (1.0, 1.0, 1.0, 2), cost_question),
    Signal::new("cost_statement", (1.0, 0.67, 1.0, 2), cost_statement),
    Signal::new("goal_statement", (1.0, 0.75, 0.5, 6), goal_statement),
    Signal::new("success_measure", (1.0, 0.33, 0.33, 1), success_measure),
    Signal::new("why_now_question", (0.0, 0.0, 0.0, 0), why_now_question),
    Signal::new("deciders", (1.0, 1.0, 0.2, 5), deciders),
    Signal::new("decision_steps", (1.0, 1.0, 0.33, 8), decision_steps),
    Signal::new("criteria_question", (0.0, 0.0, 0.0, 0), criteria_question),
    Signal::new("options_question", (0.0, 0.0, 0.0, 1), options_question),
    Signal::new("timeline", (1.0, 0.71, 0.0, 5), timeline),
];

/// The sentences in which a call begins.
pub(super) fn first_part<'a>(conversation: &'a Conversation<'_>) -> &'a [Sentence] {
    let all = conversation.sentences();
    let part = ((all.len() as f64 * FIRST_PART) as usize).max(FIRST_SENTENCES);
    all.get(..part).unwrap_or(all)
}

/// The buyer's sentences that describe something wrong at their place. A concern about buying is another matter.
pub(super) fn pains<'a>(conversation: &'a Conversation<'_>) -> impl Iterator<Item = &'a Sentence> {
    conversation.said_by(Voice::Buyer).filter(|sentence| {
        !sentence.asks()
            && sentence.words.len() >= STATEMENT_WORDS
            && conversation.hits(sentence, "pain")
            && class_of(conversation, sentence).is_none()
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

/// What the rep knew before is said in the first half of the call; later they know it from the call.
fn preparation(conversation: &Conversation<'_>) -> Finding {
    let half = conversation.sentences().len() / 2;
    let said = conversation.said_by(Voice::Rep).filter(|s| s.n <= half && conversation.hits(s, "preparation"));
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

/// Said with the problem or soon after it. A number makes it concrete; general words are partial.
fn cost_statement(conversation: &Conversation<'_>) -> Finding {
    let problems: Vec<usize> = pains(conversation).map(|pain| pain.n).collect();
    let said = || {
        conversation.said_by(Voice::Buyer).filter(|sentence| {
            let near = problems.iter().any(|pain| (*pain..=pain + COST_WITHIN).contains(&sentence.n));
            near && !sentence.asks()
                && sentence.words.len() >= STATEMENT_WORDS
                && conversation.hits(sentence, "consequence")
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
    Finding::counted(conversation, found_out(conversation, "deciders"), 1)
}

fn decision_steps(conversation: &Conversation<'_>) -> Finding {
    Finding::counted(conversation, found_out(conversation, "steps"), 2)
}

/// What the buyer tells or asks about it, what the rep asks, and what ours commit to. Talk of ours about the product
/// finds nothing out.
fn found_out<'a>(conversation: &'a Conversation<'_>, tracker: &'static str) -> impl Iterator<Item = &'a Sentence> {
    conversation.sentences().iter().filter(move |sentence| {
        let counts = match sentence.voice {
            Voice::Buyer => true,
            Voice::Rep | Voice::Colleague => sentence.asks() || is_commitment(conversation, sentence),
            Voice::Unknown => false,
        };
        counts && conversation.hits(sentence, tracker)
    })
}

fn criteria_question(conversation: &Conversation<'_>) -> Finding {
    Finding::counted(conversation, asked(conversation, "criteria"), 1)
}

fn options_question(conversation: &Conversation<'_>) -> Finding {
    Finding::counted(conversation, asked(conversation, "options"), 1)
}

/// A date from the buyer is a yes, one that only ours asked about is partial. When to meet again is another matter.
fn timeline(conversation: &Conversation<'_>) -> Finding {
    let said = |ours: bool| {
        conversation.sentences().iter().filter(move |sentence| {
            let counts = match sentence.voice {
                Voice::Buyer => !ours,
                Voice::Rep | Voice::Colleague => ours && sentence.asks() && !conversation.hits(sentence, "meeting"),
                Voice::Unknown => false,
            };
            counts && conversation.hits(sentence, "timeline")
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
