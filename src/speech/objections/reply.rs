//! What the buyer's words reply to. The same words inform when they answer a question ("it doesn't sync today") and object
//! when they meet an offer or a claim.

use crate::speech::conversation::{Conversation, Sentence, Voice};

/// What somebody else said last before a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReplyTo {
    /// Nothing yet.
    Nothing,
    /// A claim, an explanation, small talk.
    Statement,
    /// A question for information.
    Question,
    /// A question that offers something or asks for a decision: "would you", "shall we", "how does that sound".
    Proposal,
}

impl ReplyTo {
    /// Whether the reply can be a reaction to what was said, not information that was asked for.
    pub(super) fn is_reaction(self) -> bool {
        matches!(self, ReplyTo::Statement | ReplyTo::Proposal)
    }

    /// What a sentence replies to. A question counts when one of the last two sentences before asks it, as people go on
    /// for a breath after asking.
    pub(super) fn of(conversation: &Conversation<'_>, sentence: &Sentence) -> Self {
        let before = conversation.turns().get(..sentence.turn).unwrap_or_default();
        // "Mm-hmm" in between takes no turn.
        let Some(turn) = before.iter().rev().find(|turn| turn.voice != sentence.voice && turn.words > 1) else {
            return ReplyTo::Nothing;
        };
        if turn.voice == Voice::Unknown {
            return ReplyTo::Nothing;
        }
        match conversation.in_turn(turn).iter().rev().take(2).find(|said| said.asks()) {
            None => ReplyTo::Statement,
            Some(asked) if conversation.hits(asked, "check_in") => ReplyTo::Proposal,
            // "How would you decide" wants to know, "would you decide" wants a decision.
            Some(asked) if !asked.question.is_some_and(|question| question.is_open) && proposes(&asked.words) => {
                ReplyTo::Proposal
            }
            Some(_) => ReplyTo::Question,
        }
    }
}

/// Whether a question offers something or asks the other to do something.
fn proposes(words: &[String]) -> bool {
    words.windows(3).any(|three| {
        let [first, second, third] = three else { return false };
        let (first, second, third) = (first.as_str(), second.as_str(), third.as_str());
        matches!(
            (first, second),
            ("would" | "could" | "will" | "can", "you") | ("can" | "could" | "should" | "shall", "we" | "i")
        ) || matches!((first, second), ("how" | "what", "about") | ("why", "don't"))
            || (first, second) == ("do", "you") && matches!(third, "want" | "wanna")
            || (first, second) == ("are", "you")
                && matches!(third, "willing" | "interested" | "ready" | "open" | "able" | "comfortable" | "okay")
            || first == "would" && matches!(third, "be" | "work" | "help" | "make")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::conversation::tests::{parties, trackers, transcript};

    /// What the last sentence of a call replies to.
    fn last(text: &str) -> ReplyTo {
        let transcript = transcript(text);
        let trackers = trackers();
        let conversation = Conversation::new(&transcript, &parties(), 0, &trackers);
        ReplyTo::of(&conversation, conversation.sentences().last().unwrap())
    }

    #[test]
    fn what_was_said_before_decides() {
        for (call, expected) in [
            ("> No.", ReplyTo::Nothing),
            ("We sync every night.\n> No.", ReplyTo::Statement),
            ("What do you use today?\n> No.", ReplyTo::Question),
            ("Where are your servers? I ask because of the law.\n> No.", ReplyTo::Question),
            ("Would you decide this week?\n> No.", ReplyTo::Proposal),
            ("How would you decide?\n> No.", ReplyTo::Question),
            ("Shall we set that up?\n> No.", ReplyTo::Proposal),
            // One word in between takes no turn.
            ("What do you use today?\n> Well.\nMm-hmm.\n> No.", ReplyTo::Question),
        ] {
            assert_eq!(last(call), expected, "{call}");
        }
    }
}
