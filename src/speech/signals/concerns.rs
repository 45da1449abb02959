//! Signals of how concerns were handled. Every one is over all concerns of the call: all = yes, some = partial,
//! none = no; without a concern they do not apply.

use super::{Finding, Signal};
use crate::model::answers::{Quote, Verdict};
use crate::model::objection::{ObjectionStatus, ObjectionType};
use crate::speech::conversation::{Conversation, Sentence, Turn, Voice};
use crate::speech::days::{names_day, names_vague_time};
use crate::speech::objections::{Heard, heard};

/// About a minute of talk.
const SHORT_ANSWER_WORDS: usize = 130;
/// Handling a concern takes at most this many turns.
const HANDLING_TURNS: usize = 6;

pub(super) const SIGNALS: &[Signal] = &[
    Signal::new("concerns_met", (0.75, 0.75, 0.5, 4), concerns_met),
    Signal::new("concern_acknowledged", (0.67, 0.67, 1.0, 3), concern_acknowledged),
    Signal::new("concern_questioned", (1.0, 0.5, 1.0, 2), concern_questioned),
    Signal::new("concern_proof", (0.5, 0.33, 0.0, 2), concern_proof),
    Signal::new("concern_answer_short", (0.8, 1.0, 0.75, 5), concern_answer_short),
    Signal::new("value_before_discount", (1.0, 1.0, 1.0, 1), value_before_discount),
    Signal::new("concern_settled_asked", (0.0, 0.0, 0.0, 0), concern_settled_asked),
    Signal::new("concern_settled", (0.25, 1.0, 1.0, 4), concern_settled),
    Signal::new("concern_parked", (1.0, 1.0, 0.0, 1), concern_parked),
    Signal::new("concession_traded", (0.5, 1.0, 1.0, 2), concession_traded),
];

/// Over all concerns: where each was handled well, the sentence that shows it.
fn over_all<'a>(
    conversation: &'a Conversation<'_>,
    concerns: &[Heard<'a>],
    handled: impl Fn(&Heard<'a>) -> Option<&'a Sentence>,
) -> Finding {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut missed = None;
    for concern in concerns {
        match handled(concern) {
            Some(sentence) => quotes.push(conversation.quote(sentence)),
            None => missed = missed.or(Some(concern.raised)),
        }
    }
    let verdict = match (quotes.is_empty(), missed) {
        (true, None) => return Finding::not_applicable(),
        (true, Some(_)) => Verdict::No,
        (false, Some(_)) => Verdict::Partial,
        (false, None) => Verdict::Yes,
    };
    quotes.truncate(super::MAX_QUOTES);
    Finding { verdict, quotes, chance: missed.map(|sentence| conversation.quote(sentence)) }
}

/// The rep's turns after a concern.
fn handling<'a>(conversation: &'a Conversation<'_>, concern: &Heard<'_>) -> impl Iterator<Item = &'a Sentence> {
    let turns = conversation.turns().get(concern.raised.turn + 1..).unwrap_or_default().iter().take(HANDLING_TURNS);
    turns.flat_map(|turn| conversation.in_turn(turn)).filter(|sentence| sentence.voice == Voice::Rep)
}

fn answer<'a>(conversation: &'a Conversation<'_>, concern: &Heard<'a>) -> &'a [Sentence] {
    concern.answer.map(|turn: &Turn| conversation.in_turn(turn)).unwrap_or_default()
}

fn concerns_met(conversation: &Conversation<'_>) -> Finding {
    over_all(conversation, &heard(conversation), |concern| {
        answer(conversation, concern).iter().find(|s| s.words.len() > 2)
    })
}

fn concern_acknowledged(conversation: &Conversation<'_>) -> Finding {
    over_all(conversation, &heard(conversation), |concern| {
        answer(conversation, concern).iter().take(2).find(|sentence| conversation.hits(sentence, "acknowledge"))
    })
}

/// A question in the first answer, before more than a sentence or two of explanation.
fn concern_questioned(conversation: &Conversation<'_>) -> Finding {
    over_all(conversation, &heard(conversation), |concern| {
        answer(conversation, concern).iter().take(3).find(|sentence| sentence.asks() && sentence.words.len() > 2)
    })
}

fn concern_proof(conversation: &Conversation<'_>) -> Finding {
    over_all(conversation, &heard(conversation), |concern| {
        handling(conversation, concern).find(|sentence| !sentence.asks() && conversation.hits(sentence, "proof"))
    })
}

fn concern_answer_short(conversation: &Conversation<'_>) -> Finding {
    let concerns = heard(conversation);
    let answered: Vec<_> = concerns.into_iter().filter(|concern| concern.answer.is_some()).collect();
    over_all(conversation, &answered, |concern| {
        let turn = concern.answer.filter(|turn| turn.words <= SHORT_ANSWER_WORDS)?;
        conversation.in_turn(turn).iter().max_by_key(|sentence| sentence.words.len())
    })
}

/// Applies when the price was the concern and a discount was offered: was there talk of worth before it?
fn value_before_discount(conversation: &Conversation<'_>) -> Finding {
    let concerns = heard(conversation);
    let Some(concern) = concerns.iter().find(|concern| concern.kind == ObjectionType::Pricing) else {
        return Finding::not_applicable();
    };
    let after = || conversation.said_by(Voice::Rep).filter(|sentence| sentence.n > concern.raised.n);
    let Some(discount) = after().find(|sentence| conversation.hits(sentence, "discount")) else {
        return Finding::not_applicable();
    };
    let worth = after().find(|s| s.n < discount.n && (conversation.hits(s, "worth") || s.asks()));
    match worth {
        Some(worth) => Finding::counted(conversation, [worth], 1),
        // The discount shows the opposite; the concern is the missed chance.
        None => Finding {
            verdict: Verdict::No,
            quotes: vec![conversation.quote(discount)],
            chance: Some(conversation.quote(concern.raised)),
        },
    }
}

fn concern_settled_asked(conversation: &Conversation<'_>) -> Finding {
    over_all(conversation, &heard(conversation), |concern| {
        handling(conversation, concern).find(|sentence| {
            sentence.asks() && sentence.words.len() > 2 && conversation.hits(sentence, "settled_question")
        })
    })
}

fn concern_settled(conversation: &Conversation<'_>) -> Finding {
    over_all(conversation, &heard(conversation), |concern| concern.settled)
}

/// Applies to concerns that stayed open.
fn concern_parked(conversation: &Conversation<'_>) -> Finding {
    let open: Vec<_> =
        heard(conversation).into_iter().filter(|concern| concern.status() != ObjectionStatus::Resolved).collect();
    let found = over_all(conversation, &open, |concern| concern.parked);
    let dated =
        open.iter().filter_map(|concern| concern.parked).all(|s| names_day(&s.words) || names_vague_time(&s.words));
    match found.verdict {
        Verdict::Yes if !dated => Finding { verdict: Verdict::Partial, ..found },
        _ => found,
    }
}

/// Applies when something was given away.
fn concession_traded(conversation: &Conversation<'_>) -> Finding {
    let given = conversation.said_by(Voice::Rep).find(|s| !s.asks() && conversation.hits(s, "discount"));
    let Some(given) = given else { return Finding::not_applicable() };
    let near = conversation.said_by(Voice::Rep).filter(|s| s.n + 3 >= given.n && s.n <= given.n + 3);
    let traded = near.clone().find(|sentence| conversation.hits(sentence, "trade"));
    match traded {
        Some(traded) => Finding::counted(conversation, [traded], 1),
        None => Finding { verdict: Verdict::No, quotes: vec![conversation.quote(given)], chance: None },
    }
}
