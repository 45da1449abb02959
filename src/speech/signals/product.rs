//! Signals of product knowledge. Words alone say little about it: most of its checks need somebody who understands.

use super::discovery::first_part;
use super::{Finding, Signal};
use crate::model::answers::Verdict;
use crate::speech::conversation::{Conversation, Voice};

/// A promise belongs to the admission within this many sentences.
const PROMISE_WITHIN: usize = 3;

pub(super) const SIGNALS: &[Signal] = &[
    Signal::new("unknown_admitted", (0.0, 0.0, 0.0, 0), unknown_admitted),
    Signal::new("asked_what_to_show", (1.0, 1.0, 0.0, 1), asked_what_to_show),
    Signal::new("customer_example", (1.0, 1.0, 0.5, 2), customer_example),
    Signal::new("limits_named", (0.0, 0.0, 0.0, 0), limits_named),
];

/// "I don't know" alone is partial; with a promise it is a yes. Never said: nobody can tell whether it was needed.
fn unknown_admitted(conversation: &Conversation<'_>) -> Finding {
    let Some(said) = conversation.said_by(Voice::Rep).find(|sentence| conversation.hits(sentence, "unknown")) else {
        return Finding::unanswered();
    };
    let near = conversation.sentences().get(said.n..).unwrap_or_default().iter().take(PROMISE_WITHIN);
    let promise = near.filter(|s| s.voice == Voice::Rep).find(|s| conversation.hits(s, "park"));
    match promise {
        Some(promise) => Finding::counted(conversation, [promise], 1),
        None => Finding::counted(conversation, [said], usize::MAX),
    }
}

fn asked_what_to_show(conversation: &Conversation<'_>) -> Finding {
    let half = conversation.sentences().len() / 2;
    let until = half.max(first_part(conversation).len());
    let asked =
        conversation.said_by(Voice::Rep).filter(|s| s.n < until && s.asks() && conversation.hits(s, "ask_show"));
    Finding::counted(conversation, asked, 1)
}

fn customer_example(conversation: &Conversation<'_>) -> Finding {
    let said = conversation.said_by(Voice::Rep).filter(|s| !s.asks() && conversation.hits(s, "customer_example"));
    Finding::counted(conversation, said, 1)
}

/// A limit that was named is a yes; whether one was hidden, words do not tell.
fn limits_named(conversation: &Conversation<'_>) -> Finding {
    let said = conversation.said_by(Voice::Rep).filter(|s| !s.asks() && conversation.hits(s, "limits"));
    let found = Finding::counted(conversation, said, 1);
    if found.verdict == Verdict::No { Finding::unanswered() } else { found }
}
