//! Signals of the end of a call: what was repeated, agreed, accepted and taken on.

use super::{Finding, Signal};
use crate::model::answers::Verdict;
use crate::speech::conversation::{Conversation, Sentence, Voice};
use crate::speech::days::{names_day, names_vague_time};
use crate::speech::next_steps::{accepted, booked, is_commitment, last_part};

pub(super) const SIGNALS: &[Signal] = &[
    Signal::new("closing_recap", (0.86, 0.75, 0.0, 7), closing_recap),
    Signal::new("next_step_date", (1.0, 0.9, 1.0, 9), next_step_date),
    Signal::new("next_step_purpose", (1.0, 0.9, 0.2, 9), next_step_purpose),
    Signal::new("next_step_accepted", (1.0, 1.0, 1.0, 9), next_step_accepted),
    Signal::new("buyer_task", (1.0, 1.0, 0.67, 3), buyer_task),
];

/// A summary is a yes. A single point ("I'll send it on Friday", "see you on Thursday") is partial when it says when.
fn closing_recap(conversation: &Conversation<'_>) -> Finding {
    // The last ones: what is repeated at the very end is the summary, what comes earlier are promises on the way.
    let by_rep = || last_part(conversation).iter().rev().filter(|s| s.voice == Voice::Rep && s.words.len() > 2);
    let summary = Finding::counted(conversation, by_rep().filter(|s| conversation.hits(s, "closing_recap")), 1);
    if summary.verdict == Verdict::Yes {
        return summary;
    }
    let single = by_rep().filter(|s| {
        let says_when = names_day(&s.words) || names_vague_time(&s.words);
        says_when && !s.asks() && (is_commitment(conversation, s) || conversation.hits(s, "meeting"))
    });
    let found = Finding::counted(conversation, single, usize::MAX);
    found.or_chance(conversation, booked(conversation).map(|step| step.accepted))
}

fn proposals<'a>(conversation: &'a Conversation<'_>) -> impl DoubleEndedIterator<Item = &'a Sentence> {
    last_part(conversation).iter().filter(|sentence| {
        sentence.voice != Voice::Unknown
            && (is_commitment(conversation, sentence)
                || (conversation.hits(sentence, "meeting") && (sentence.asks() || names_vague_time(&sentence.words))))
    })
}

fn next_step_date(conversation: &Conversation<'_>) -> Finding {
    if let Some(step) = booked(conversation) {
        let mut quotes = vec![conversation.quote(step.day)];
        if step.accepted.n != step.day.n {
            quotes.push(conversation.quote(step.accepted));
        }
        return Finding { verdict: Verdict::Yes, quotes, chance: None };
    }
    Finding::counted(conversation, proposals(conversation).rev(), usize::MAX)
}

fn next_step_purpose(conversation: &Conversation<'_>) -> Finding {
    if proposals(conversation).next().is_none() && booked(conversation).is_none() {
        return Finding::not_applicable();
    }
    let told = last_part(conversation).iter().filter(|sentence| {
        let with = sentence
            .words
            .iter()
            .any(|word| matches!(word.as_str(), "with" | "everyone" | "team" | "boss" | "together" | "both"));
        let purpose =
            sentence.words.iter().any(|word| matches!(word.as_str(), "to" | "for" | "show" | "through" | "review"));
        sentence.voice != Voice::Unknown
            && with
            && purpose
            && (is_commitment(conversation, sentence) || conversation.hits(sentence, "meeting"))
    });
    let found = Finding::counted(conversation, told, 1);
    match found.verdict {
        Verdict::No => Finding::counted(conversation, proposals(conversation).rev(), usize::MAX),
        _ => found,
    }
}

fn next_step_accepted(conversation: &Conversation<'_>) -> Finding {
    if let Some(step) = booked(conversation) {
        return Finding::counted(conversation, [step.accepted], 1);
    }
    let yes = proposals(conversation).rev().filter_map(|proposal| accepted(conversation, proposal));
    let found = Finding::counted(conversation, yes, 1);
    found.or_chance(conversation, proposals(conversation).next_back())
}

fn buyer_task(conversation: &Conversation<'_>) -> Finding {
    let half = conversation.sentences().len() / 2;
    let tasks = conversation
        .said_by(Voice::Buyer)
        .filter(|sentence| sentence.n >= half && !sentence.asks() && conversation.hits(sentence, "task"));
    Finding::counted(conversation, tasks, 1)
}
