//! Signals of listening and taking part: questions, echoes, recaps, who talks at length.

use std::collections::HashSet;

use super::discovery::pains;
use super::{Finding, Signal};
use crate::model::answers::Verdict;
use crate::speech::conversation::{Conversation, Sentence, Turn, Voice};
use crate::speech::text::is_stop_word;

/// A turn of this many words explains something …
const EXPLAINS_WORDS: usize = 20;
/// … when it has this many sentences.
const EXPLAINS_SENTENCES: usize = 2;
/// A turn of this many words is an explanation of the product at length.
const PITCH_WORDS: usize = 60;
/// Words come back "later" after this many turns.
const LATER_TURNS: usize = 4;
/// Before this many sentences there is nothing to sum up but small talk.
const RECAP_FROM: usize = 10;
/// A recap in fewer words is an echo.
const RECAP_WORDS: usize = 5;
/// An answer to a recap comes within this many sentences.
const ANSWER_WITHIN: usize = 3;

pub(super) const SIGNALS: &[Signal] = &[
    Signal::new("open_questions", (1.0, 0.86, 1.0, 6), open_questions),
    Signal::new("builds_on_answers", (0.75, 0.75, 1.0, 4), builds_on_answers),
    Signal::new("recap_confirmed", (1.0, 1.0, 1.0, 2), recap_confirmed),
    Signal::new("problem_before_pitch", (0.67, 1.0, 1.0, 3), problem_before_pitch),
    Signal::new("buyer_questions", (1.0, 0.9, 0.9, 9), buyer_questions),
    Signal::new("buyer_explains", (1.0, 0.86, 0.5, 6), buyer_explains),
    Signal::new("everyone_addressed", (1.0, 1.0, 0.0, 1), everyone_addressed),
    Signal::new("callbacks", (0.67, 1.0, 0.5, 9), callbacks),
    Signal::new("check_ins", (0.0, 0.0, 0.0, 2), check_ins),
];

fn open_questions(conversation: &Conversation<'_>) -> Finding {
    let open = conversation.said_by(Voice::Rep).filter(|s| s.question.is_some_and(|question| question.is_open));
    Finding::counted(conversation, open, 3)
}

/// The rep's question holds a word of substance from the buyer's turn before it.
fn builds_on_answers(conversation: &Conversation<'_>) -> Finding {
    let turns = conversation.turns();
    let building = turns.windows(2).filter_map(|pair| match pair {
        [buyer, rep] if buyer.voice == Voice::Buyer && rep.voice == Voice::Rep => {
            let said = substance(conversation, buyer);
            conversation
                .in_turn(rep)
                .iter()
                .find(|sentence| sentence.asks() && sentence.words.iter().any(|word| said.contains(stem(word))))
        }
        _ => None,
    });
    Finding::counted(conversation, building, 2)
}

fn recap_confirmed(conversation: &Conversation<'_>) -> Finding {
    let recaps = || {
        let sums_up =
            |s: &&Sentence| s.n >= RECAP_FROM && s.words.len() >= RECAP_WORDS && conversation.hits(s, "recap");
        conversation.said_by(Voice::Rep).filter(sums_up)
    };
    let confirmed = recaps().filter(|recap| {
        let following = conversation.sentences().get(recap.n + 1..).unwrap_or_default();
        following
            .iter()
            .filter(|sentence| sentence.voice == Voice::Buyer)
            .take(ANSWER_WITHIN)
            .take_while(|sentence| sentence.turn <= recap.turn + 1)
            .any(|sentence| conversation.hits(sentence, "confirm"))
    });
    let found = Finding::counted(conversation, confirmed, 1);
    match found.verdict {
        Verdict::No => Finding::counted(conversation, recaps(), usize::MAX),
        _ => found,
    }
}

/// The first problem of the buyer stands before the rep's first long explanation.
fn problem_before_pitch(conversation: &Conversation<'_>) -> Finding {
    let pitch = conversation.turns().iter().find(|turn| turn.voice == Voice::Rep && turn.words >= PITCH_WORDS);
    let Some(pitch) = pitch else { return Finding::not_applicable() };
    let need = pains(conversation)
        .chain(conversation.said_by(Voice::Buyer).filter(|sentence| conversation.hits(sentence, "goal")))
        .min_by_key(|sentence| sentence.n);
    match need {
        Some(need) if need.n < pitch.sentences.start => Finding::counted(conversation, [need], 1),
        _ => Finding::no().or_chance(conversation, conversation.in_turn(pitch).first()),
    }
}

fn buyer_questions(conversation: &Conversation<'_>) -> Finding {
    let asked = || conversation.said_by(Voice::Buyer).filter(|s| s.asks() && s.words.len() > 2);
    let own = |sentence: &&Sentence| {
        sentence.words.iter().any(|word| {
            matches!(
                word.as_str(),
                "we" | "our"
                    | "us"
                    | "i"
                    | "my"
                    | "me"
                    | "you"
                    | "your"
                    | "cost"
                    | "costs"
                    | "price"
                    | "much"
                    | "long"
                    | "soon"
                    | "installation"
            )
        })
    };
    let found = Finding::counted(conversation, asked().filter(own), 1);
    match found.verdict {
        Verdict::No => Finding::counted(conversation, asked(), usize::MAX),
        _ => found,
    }
}

fn buyer_explains(conversation: &Conversation<'_>) -> Finding {
    let long = conversation.turns().iter().filter(|turn| {
        turn.voice == Voice::Buyer && turn.words >= EXPLAINS_WORDS && turn.sentences.len() >= EXPLAINS_SENTENCES
    });
    let first = long.filter_map(|turn| conversation.in_turn(turn).iter().max_by_key(|sentence| sentence.words.len()));
    Finding::counted(conversation, first, 2)
}

/// Each of several buyers got a question from the rep in the turn before they spoke.
fn everyone_addressed(conversation: &Conversation<'_>) -> Finding {
    let buyers: HashSet<usize> =
        conversation.turns().iter().filter(|turn| turn.voice == Voice::Buyer).filter_map(|turn| turn.party).collect();
    if buyers.len() < 2 {
        return Finding::not_applicable();
    }
    let mut asked: Vec<(usize, &Sentence)> = Vec::new();
    for pair in conversation.turns().windows(2) {
        let [rep, buyer] = pair else { continue };
        let question = conversation.in_turn(rep).iter().rev().find(|sentence| sentence.asks());
        if let (Voice::Rep, Voice::Buyer, Some(party), Some(question)) = (rep.voice, buyer.voice, buyer.party, question)
            && !asked.iter().any(|(known, _)| *known == party)
        {
            asked.push((party, question));
        }
    }
    Finding::counted(conversation, asked.into_iter().map(|(_, question)| question), buyers.len())
}

/// The rep says "you mentioned", or uses two words later that the buyer was the first to use.
fn callbacks(conversation: &Conversation<'_>) -> Finding {
    let turns = conversation.turns();
    let (mut by_buyer, mut by_rep) = (HashSet::new(), HashSet::new());
    let mut next = 0;
    let mut found: Vec<&Sentence> = Vec::new();
    for (at, turn) in turns.iter().enumerate().filter(|(_, turn)| turn.voice == Voice::Rep) {
        while let Some(earlier) = turns.get(next).filter(|_| next + LATER_TURNS <= at) {
            let said = substance(conversation, earlier);
            match earlier.voice {
                Voice::Buyer => by_buyer.extend(said.into_iter().filter(|word| !by_rep.contains(word))),
                _ => by_rep.extend(said),
            }
            next += 1;
        }
        let theirs = |sentence: &Sentence| -> HashSet<String> {
            let words = sentence.words.iter().map(|word| stem(word));
            words.filter(|word| by_buyer.contains(word)).map(str::to_owned).collect()
        };
        let said = conversation.in_turn(turn);
        let refers = said.iter().find(|s| at >= LATER_TURNS && conversation.hits(s, "callback"));
        let most = said.iter().max_by_key(|sentence| theirs(sentence).len());
        let in_turn: HashSet<String> = said.iter().flat_map(theirs).collect();
        found.extend(refers.or(most.filter(|_| in_turn.len() >= 2)));
    }
    Finding::counted(conversation, found, 2)
}

fn check_ins(conversation: &Conversation<'_>) -> Finding {
    let long = conversation.turns().iter().any(|turn| turn.voice == Voice::Rep && turn.words >= PITCH_WORDS);
    let asked =
        conversation.said_by(Voice::Rep).filter(|s| s.asks() && s.words.len() > 2 && conversation.hits(s, "check_in"));
    let found = Finding::counted(conversation, asked, 2);
    if found.verdict == Verdict::No && !long { Finding::not_applicable() } else { found }
}

/// The words of a turn that carry its subject, without their endings.
fn substance<'a>(conversation: &'a Conversation<'_>, turn: &Turn) -> HashSet<&'a str> {
    let words = conversation.in_turn(turn).iter().flat_map(|sentence| &sentence.words);
    words.filter(|word| word.len() > 3 && !is_stop_word(word)).map(|word| stem(word)).collect()
}

/// "managers", "manager's" and "manager" are one word here.
fn stem(word: &str) -> &str {
    let bare = word.strip_suffix("'s").unwrap_or(word);
    ["ing", "ed", "es", "s"]
        .iter()
        .find_map(|ending| bare.strip_suffix(ending).filter(|stem| stem.len() > 3))
        .unwrap_or(bare)
}
