//! What was agreed to happen next: commitments, days, and whether a step with a day was accepted.

use super::conversation::{Conversation, Sentence, Voice};
use super::days::{names_date, names_day, names_vague_time};

/// Agreements are made in the last part of a call: the larger of this part of its sentences …
const LAST_PART: f64 = 0.3;
/// … and this many.
const LAST_SENTENCES: usize = 24;
/// An answer comes within this many sentences.
const ANSWER_WITHIN: usize = 4;
/// What a day is for stands within this many sentences before it.
const CONTEXT: usize = 4;

/// A step that both sides agreed on, with its day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Booked<'a> {
    /// The sentence that names the day.
    pub day: &'a Sentence,
    /// The sentence that accepts it; the same one when the buyer named the day.
    pub accepted: &'a Sentence,
}

/// Whether a sentence commits its speaker, or asks the other, to do something after the conversation: with a time anywhere,
/// without one in the last part. A day that one side names and the other accepts is a commitment of both.
///
/// Measured by turns with `examples/detectors.rs`:
///
/// | text | precision | recall | F1 |
/// |---|---|---|---|
/// | 7 invented sales calls, looked at | 0.78 | 0.65 | 0.71 |
/// | 7 more by the same hand, never looked at | 0.74 | 0.37 | 0.50 |
/// | action items of 21 project meetings (AMI, 54 of 12,900 turns) | 0.22 | 0.35 | 0.27 |
///
/// Meetings hand out work by description ("and the marketing person, requirements"), and few of their promises are items.
pub fn is_commitment(conversation: &Conversation<'_>, sentence: &Sentence) -> bool {
    let is_late = last_part(conversation).first().is_some_and(|first| sentence.n >= first.n);
    let says_when = names_day(&sentence.words) || names_vague_time(&sentence.words);
    if conversation.hits(sentence, "commitment") {
        return is_late || says_when;
    }
    // "I bring the list on Friday."
    let announces = || conversation.hits(sentence, "announcement") && !sentence.asks();
    says_when && announces()
        || is_late
            && names_date(&sentence.words)
            && (is_about_meeting(conversation, sentence) || answers_a_date(conversation, sentence))
            && !conversation.hits(sentence, "refusal")
            && accepted(conversation, sentence).is_some()
}

/// Whether the other's turn just before names a date too.
fn answers_a_date(conversation: &Conversation<'_>, sentence: &Sentence) -> bool {
    let before = sentence.turn.checked_sub(1).and_then(|turn| conversation.turns().get(turn));
    before.is_some_and(|turn| conversation.in_turn(turn).iter().any(|said| names_date(&said.words)))
}

/// The sentences in which agreements about the time after the call are made.
pub fn last_part<'a>(conversation: &'a Conversation<'_>) -> &'a [Sentence] {
    let all = conversation.sentences();
    let part = ((all.len() as f64 * LAST_PART) as usize).max(LAST_SENTENCES);
    all.get(all.len().saturating_sub(part)..).unwrap_or(all)
}

/// The last agreed step with a day: one side names a day in talk about meeting or sending something, the buyer says
/// yes to it or names it.
pub fn booked<'a>(conversation: &'a Conversation<'_>) -> Option<Booked<'a>> {
    let days = last_part(conversation).iter().rev().filter(|s| s.voice != Voice::Unknown && names_day(&s.words));
    days.into_iter().find_map(|day| {
        if !is_about_meeting(conversation, day) {
            return None;
        }
        accepted(conversation, day).map(|accepted| Booked { day, accepted })
    })
}

/// The buyer's acceptance of a proposed step: the sentence itself when the buyer makes it, else the answer to it.
pub fn accepted<'a>(conversation: &'a Conversation<'_>, proposal: &'a Sentence) -> Option<&'a Sentence> {
    let following = conversation.sentences().get(proposal.n + 1..)?;
    if proposal.voice == Voice::Buyer && !proposal.asks() {
        return Some(proposal);
    }
    let mut answers =
        following.iter().take_while(|sentence| sentence.turn <= proposal.turn + 2).filter(|s| s.turn > proposal.turn);
    if proposal.voice.is_ours() {
        answers
            .by_ref()
            .take(ANSWER_WITHIN)
            .filter(|answer| answer.voice == Voice::Buyer)
            .find(|answer| conversation.hits(answer, "acceptance") && !conversation.hits(answer, "refusal"))
    } else {
        // The buyer asked for that day: ours say yes, and the buyer did already.
        answers
            .take(ANSWER_WITHIN)
            .any(|answer| answer.voice.is_ours() && conversation.hits(answer, "acceptance"))
            .then_some(proposal)
    }
}

fn is_about_meeting(conversation: &Conversation<'_>, day: &Sentence) -> bool {
    let from = day.n.saturating_sub(CONTEXT);
    let around = conversation.sentences().get(from..(day.n + 3).min(conversation.sentences().len()));
    around.is_some_and(|around| around.iter().any(|sentence| conversation.hits(sentence, "meeting")))
}

#[cfg(test)]
mod tests {
    use super::super::conversation::tests::{parties, trackers, transcript};
    use super::*;

    fn day_of(text: &str) -> Option<String> {
        let transcript = transcript(text);
        let trackers = trackers();
        let conversation = Conversation::new(&transcript, &parties(), 0, &trackers);
        booked(&conversation).map(|booked| conversation.text(booked.day).to_owned())
    }

    #[test]
    fn a_day_that_the_buyer_accepts_is_booked() {
        assert_eq!(
            day_of("Can we meet again?\n> Sure.\nHow about Thursday at two?\n> That works for me."),
            Some("How about Thursday at two?".to_owned())
        );
        assert_eq!(
            day_of("When can we talk again?\n> Next Thursday afternoon.\nHow about two PM?\n> Oh, that's great."),
            Some("Next Thursday afternoon.".to_owned())
        );
    }

    #[test]
    fn a_commitment_is_made_in_the_last_part() {
        let small_talk = "We were at the lake.\n".repeat(60);
        let transcript =
            transcript(&format!("I'll send you the list.\n{small_talk}I'll send you the list.\nIt will rain."));
        let trackers = trackers();
        let conversation = Conversation::new(&transcript, &parties(), 0, &trackers);
        let found = conversation.sentences().iter().filter(|sentence| is_commitment(&conversation, sentence));
        assert_eq!(found.map(|sentence| sentence.n).collect::<Vec<_>>(), [61]);
    }

    #[test]
    fn a_day_makes_a_commitment() {
        for (call, expected) in [
            ("I bring the list on Friday.\n> Good.", vec![0]),
            ("I bring the list.\n> Good.", vec![]),
            ("Shall we meet on the twenty-first at ten?\n> The twenty-first works.", vec![0, 1]),
            ("Shall we meet on the twenty-first at ten?\n> Not the twenty-first.", vec![]),
            ("We moved on the twenty-first.\n> It rained that day.", vec![]),
        ] {
            let transcript = transcript(call);
            let trackers = trackers();
            let conversation = Conversation::new(&transcript, &parties(), 0, &trackers);
            let found = conversation.sentences().iter().filter(|sentence| is_commitment(&conversation, sentence));
            assert_eq!(found.map(|sentence| sentence.n).collect::<Vec<_>>(), expected, "{call}");
        }
        let small_talk = "We were at the lake.\n".repeat(60);
        let transcript = transcript(&format!("I'll send you the list on Friday.\n{small_talk}"));
        let trackers = trackers();
        let conversation = Conversation::new(&transcript, &parties(), 0, &trackers);
        assert!(is_commitment(&conversation, &conversation.sentences()[0]));
    }

    #[test]
    fn a_day_that_nobody_accepts_is_not() {
        assert_eq!(day_of("Can we meet on Thursday?\n> I can't say yet.\nAlright."), None);
        assert_eq!(day_of("I'll send you something soon.\n> Okay."), None);
        assert_eq!(day_of("The outage was on Thursday.\n> Yes."), None);
    }
}
