//! What was agreed to happen next: commitments, days, and whether a step with a day was accepted.

use super::conversation::{Conversation, Sentence, Voice};

/// Agreements are made in the last part of a call: the larger of this part of its sentences …
const LAST_PART: f64 = 0.3;
/// … and this many.
const LAST_SENTENCES: usize = 24;
/// An answer comes within this many sentences.
const ANSWER_WITHIN: usize = 4;
/// What a day is for stands within this many sentences before it.
const CONTEXT: usize = 4;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A step that both sides agreed on, with its day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Booked<'a> {
    /// The sentence that names the day.
    pub day: &'a Sentence,
    /// The sentence that accepts it; the same one when the buyer named the day.
    pub accepted: &'a Sentence,
}

/// Whether words name a day that can be put into a calendar.
pub fn names_day(words: &[String]) -> bool {
    day_in(words).is_some()
}

/// Whether words name a day of the calendar: "Thursday", "the 14th", but not "today" or "tomorrow".
pub fn names_date(words: &[String]) -> bool {
    day_in(words).is_some_and(|day| !matches!(day.as_str(), "today" | "tomorrow" | "tonight" | "this"))
}

/// The word that names a day that can be put into a calendar, as a name is written: "Thursday", "14th".
pub fn day_in(words: &[String]) -> Option<String> {
    let found = words.iter().enumerate().find(|(at, word)| {
        let before = at.checked_sub(1).and_then(|at| words.get(at)).map_or("", String::as_str);
        let after = words.get(at + 1).map_or("", String::as_str);
        let name = bare(word);
        let plain = name.strip_suffix('s').filter(|plain| WEEKDAYS.contains(plain));
        // "on Mondays" is a habit.
        (WEEKDAYS.contains(&name) && plain.is_none())
            || matches!(name, "tomorrow" | "today" | "tonight")
            || (MONTHS.contains(&name) && (is_day_number(before) || is_day_number(after)))
            || (before == "the" && is_ordinal(word))
            || (*word == "this" && matches!(after, "afternoon" | "evening"))
    });
    found.map(|(_, word)| {
        if !WEEKDAYS.contains(&bare(word)) && !MONTHS.contains(&bare(word)) {
            return bare(word).to_owned();
        }
        let mut letters = bare(word).chars();
        letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect()
    })
}

fn bare(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

/// Whether words name a time without a day: "next week", "soon", "end of the month".
pub fn names_vague_time(words: &[String]) -> bool {
    words.windows(2).any(|pair| {
        matches!(pair, [a, b] if matches!(a.as_str(), "next" | "this" | "following" | "coming" | "few" | "couple") && is_span(b))
    }) || words.iter().any(|word| matches!(word.as_str(), "soon" | "shortly" | "asap" | "later" | "afterwards"))
        || words.windows(3).any(|three| {
            matches!(three, [a, _, c] if a == "in" && is_span(c))
                || matches!(three, [a, b, c] if a == "after" && matches!(b.as_str(), "our" | "this" | "the") && c == "call")
        })
}

fn is_span(word: &str) -> bool {
    matches!(word, "day" | "days" | "week" | "weeks" | "month" | "months" | "quarter" | "hour" | "hours" | "year")
}

fn is_day_number(word: &str) -> bool {
    is_ordinal(word) || word.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
}

fn is_ordinal(word: &str) -> bool {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    digits.is_some_and(|digits| digits.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)))
}

/// Whether a sentence in the last part commits its speaker, or asks the other, to do something after the conversation.
///
/// Measured on the action items of 21 project meetings (AMI, 54 of 12,900 turns): precision 0.22, recall 0.31. Meetings
/// hand out work by description ("and the marketing person, requirements"); on the ten calls of `tests/readings` the
/// signals that are built on it miss no step.
pub fn is_commitment(conversation: &Conversation<'_>, sentence: &Sentence) -> bool {
    let is_late = last_part(conversation).first().is_some_and(|first| sentence.n >= first.n);
    is_late && conversation.hits(sentence, "commitment")
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
    use super::super::text::words;
    use super::*;

    fn day_of(text: &str) -> Option<String> {
        let transcript = transcript(text);
        let trackers = trackers();
        let conversation = Conversation::new(&transcript, &parties(), 0, &trackers);
        booked(&conversation).map(|booked| conversation.text(booked.day).to_owned())
    }

    #[test]
    fn days_are_told_from_habits_and_vague_times() {
        for sentence in
            ["Thursday at two", "how about the 14th", "on March 3", "3 March then", "tomorrow", "Friday's fine"]
        {
            assert!(names_day(&words(sentence)), "{sentence}");
        }
        for sentence in ["next week", "we meet on Mondays", "you may go", "march on", "the 45th", "at two"] {
            assert!(!names_day(&words(sentence)), "{sentence}");
        }
        assert!(names_vague_time(&words("maybe next week or so")));
        assert!(names_vague_time(&words("in two weeks")));
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
    fn a_day_that_nobody_accepts_is_not() {
        assert_eq!(day_of("Can we meet on Thursday?\n> I can't say yet.\nAlright."), None);
        assert_eq!(day_of("I'll send you something soon.\n> Okay."), None);
        assert_eq!(day_of("The outage was on Thursday.\n> Yes."), None);
    }
}
