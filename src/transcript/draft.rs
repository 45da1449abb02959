//! A recording while its file is being read: who has spoken so far, and what.

use std::collections::HashMap;

use crate::model::call::Call;
use crate::model::party::Party;
use crate::model::transcript::{SpokenText, Transcript};
use crate::speech::text::sentences;

use super::clean::{clean, clean_name};
use super::{Format, MAX_LINES, Problem, Recording};

/// More people than this are on no call. It also bounds what a file full of names can cost.
pub(super) const MAX_PARTIES: usize = 1000;

/// A time beyond this is none: about 3000 years in milliseconds, so that sums of times cannot overflow.
const MAX_MS: i64 = 100_000_000_000_000;

/// Collects turns; every name and text is cleaned on its way in.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) call: Call,
    by_label: HashMap<String, Option<usize>>,
    spoken: Vec<SpokenText>,
    /// Whether somebody was left out because there are too many.
    crowded: bool,
}

impl Draft {
    /// An empty one, with what is known about the call so far.
    pub(super) fn new(call: Call) -> Self {
        Draft { call, ..Draft::default() }
    }

    /// The party with this label, made on first sight. `None` for labels such as "Unknown Speaker".
    pub(super) fn party(&mut self, label: &str) -> Option<usize> {
        if let Some(party) = self.by_label.get(label) {
            return *party;
        }
        let key = clean_name(label);
        let party = if is_nobody(&key) { None } else { Some(self.party_of_key(&key, || key.clone())?) };
        self.remember(label.to_owned(), party);
        party
    }

    /// The party with this label of a recogniser, which may be a number only.
    pub(super) fn voice(&mut self, label: &str) -> Option<usize> {
        if is_code(label) { self.numbered(label) } else { self.party(label) }
    }

    /// The party with this key, which names nobody: they are "Speaker 1" and so on, in the order of speaking.
    pub(super) fn numbered(&mut self, key: &str) -> Option<usize> {
        if let Some(party) = self.by_label.get(key) {
            return *party;
        }
        let name = format!("Speaker {}", self.call.parties.len() + 1);
        let party = Some(self.party_of_key(&clean_name(key), || name)?);
        self.remember(key.to_owned(), party);
        party
    }

    /// Two labels that differ in case or invisible characters only are one party. `None` when there are too many.
    fn party_of_key(&mut self, key: &str, name: impl FnOnce() -> String) -> Option<usize> {
        let folded = key.to_lowercase();
        if let Some(known) = self.by_label.get(&folded).copied().flatten() {
            return Some(known);
        }
        if self.call.parties.len() >= MAX_PARTIES {
            self.crowded = true;
            return None;
        }
        let party = self.call.parties.len();
        self.call.parties.push(Party { speaker_key: Some(key.to_owned()), name: Some(name()), ..Party::default() });
        self.remember(folded, Some(party));
        Some(party)
    }

    /// Spellings are only a short cut, so a file with ever new ones is not remembered in full.
    fn remember(&mut self, label: String, party: Option<usize>) {
        if self.by_label.len() < 4 * MAX_PARTIES {
            self.by_label.insert(label, party);
        }
    }

    /// Adds one utterance with the times the source gives it.
    pub(super) fn say(&mut self, party: Option<usize>, times: (Option<i64>, Option<i64>), text: &str) {
        let text = clean(text);
        if text.contains(char::is_alphanumeric) {
            let possible = |ms: &i64| (-MAX_MS..=MAX_MS).contains(ms);
            let (start_ms, end_ms) = (times.0.filter(possible), times.1.filter(possible));
            self.spoken.push(SpokenText { party, start_ms, end_ms, text });
        }
    }

    /// Adds a paragraph of which only the start is known: one utterance a sentence, the start on the first.
    pub(super) fn say_paragraph(&mut self, party: Option<usize>, start_ms: Option<i64>, text: &str) {
        let text = clean(text);
        let mut start_ms = start_ms;
        for range in sentences(&text) {
            let sentence = text.get(range).unwrap_or_default();
            if sentence.contains(char::is_alphanumeric) {
                let text = sentence.to_owned();
                self.spoken.push(SpokenText { party, start_ms: start_ms.take(), end_ms: None, text });
            }
        }
    }

    /// Puts the utterances in order of their starts, and moves them so that none begins before the recording.
    ///
    /// Teams lists a short interjection behind the long cue that it interrupts, and counts from the beginning of the
    /// call when transcription was switched on later or earlier. An utterance without a start stays behind the one
    /// before it.
    pub(super) fn sort_by_start(&mut self) {
        // Nearly every file is in order.
        if !self.spoken.iter().filter_map(|utterance| utterance.start_ms).is_sorted() {
            self.place_by_start();
        }
        let earliest = self.spoken.iter().find_map(|utterance| utterance.start_ms).unwrap_or(0);
        if earliest < 0 {
            for utterance in &mut self.spoken {
                utterance.start_ms = utterance.start_ms.map(|ms| ms - earliest);
                utterance.end_ms = utterance.end_ms.map(|ms| ms - earliest);
            }
        }
    }

    fn place_by_start(&mut self) {
        let mut start_ms = None;
        let mut placed: Vec<(Option<i64>, SpokenText)> = std::mem::take(&mut self.spoken)
            .into_iter()
            .map(|utterance| {
                start_ms = utterance.start_ms.or(start_ms);
                (start_ms, utterance)
            })
            .collect();
        placed.sort_by_key(|(start_ms, _)| *start_ms);
        self.spoken = placed.into_iter().map(|(_, utterance)| utterance).collect();
    }

    /// Whether anybody with a name has said anything.
    pub(super) fn has_speaker(&self) -> bool {
        self.spoken.iter().any(|utterance| utterance.party.is_some())
    }

    /// Whether anything was said.
    pub(super) fn has_text(&self) -> bool {
        !self.spoken.is_empty()
    }

    /// The finished recording.
    pub(super) fn finish(self, file: usize, format: Format) -> Result<Recording, Problem> {
        if self.crowded {
            return Err(Problem::TooManySpeakers { most: MAX_PARTIES });
        }
        if !self.has_text() {
            return Err(Problem::NoText { format });
        }
        if !self.has_speaker() {
            return Err(Problem::NoSpeakers { format });
        }
        let (call, transcript) = self.gather(format);
        if transcript.lines.len() >= MAX_LINES {
            return Err(Problem::TooManyLines);
        }
        Ok(Recording { call, transcript, format, file })
    }

    /// The call and its words, whatever they are.
    pub(super) fn gather(self, format: Format) -> (Call, Transcript) {
        let mut call = self.call;
        for utterance in &self.spoken {
            if let Some(party) = utterance.party.and_then(|n| call.parties.get_mut(n)) {
                party.spoke = true;
            }
        }
        let mut transcript = Transcript::from_spoken(self.spoken);
        drop_silent(&mut call, &mut transcript, format);
        (call, transcript)
    }
}

/// Takes out of the list who did not speak: note-takers and the like, and in files that list nobody labels without
/// words. Parties that spoke may move: the lines follow them.
fn drop_silent(call: &mut Call, transcript: &mut Transcript, format: Format) {
    let mut moved = Vec::with_capacity(call.parties.len());
    let mut kept = Vec::with_capacity(call.parties.len());
    for party in std::mem::take(&mut call.parties) {
        let only_a_label = format != Format::Gong && party.speaker_key.is_some();
        let dropped = !party.spoke && (only_a_label || party.name.as_deref().is_some_and(is_machine));
        moved.push((!dropped).then_some(kept.len()));
        if !dropped {
            kept.push(party);
        }
    }
    for line in &mut transcript.lines {
        line.party = line.party.and_then(|n| moved.get(n).copied().flatten());
    }
    call.parties = kept;
}

/// Labels that name no person.
fn is_nobody(key: &str) -> bool {
    // "UU" is Speechmatics' speaker that it could not tell.
    const NOBODY: [&str; 6] = ["", "unknown", "unknown speaker", "unidentified speaker", "null", "uu"];
    NOBODY.iter().any(|label| key.eq_ignore_ascii_case(label))
}

/// Labels that number a voice and name nobody: `0`, `A`, `S1`, `M2`, `spk_0`, `SPEAKER_00`, `channel_1_S2`.
fn is_code(label: &str) -> bool {
    const WORDS: [&str; 7] = ["speaker", "spk", "channel", "ch", "s", "m", "f"];
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let coded = |part: &str| {
        let part = part.to_ascii_lowercase();
        is_number(&part) || WORDS.iter().any(|word| part.strip_prefix(word).is_some_and(is_number))
    };
    (label.len() == 1 && label.is_ascii())
        || (label.contains(|letter: char| letter.is_ascii_digit()) && label.split('_').all(coded))
        || label.starts_with("conferenceRecords/")
}

/// Names of recorders that join calls as participants.
pub(super) fn is_machine(name: &str) -> bool {
    let name = name.to_lowercase();
    ["notetaker", "note taker", "otter.ai", "fireflies.ai", "merged audio"].iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_get_a_readable_name_and_names_stay() {
        let mut draft = Draft::default();
        for (label, name) in [
            ("spk_1", "Speaker 1"),
            ("SPEAKER_00", "Speaker 2"),
            ("B", "Speaker 3"),
            ("7", "Speaker 4"),
            ("channel_1_S2", "Speaker 5"),
            ("Speaker 9", "Speaker 9"),
            ("Sam", "Sam"),
            ("spk_1", "Speaker 1"),
            ("Bo2", "Bo2"),
        ] {
            let party = draft.voice(label).unwrap();
            assert_eq!(draft.call.parties[party].name.as_deref(), Some(name), "{label}");
        }
        assert_eq!(draft.call.parties[0].speaker_key.as_deref(), Some("spk_1"));
        for label in ["UU", "Unknown Speaker", "unknown", "", "\u{202e}"] {
            assert_eq!(draft.voice(label), None, "{label}");
        }
    }

    #[test]
    fn sorting_keeps_what_has_no_start_behind_what_was_said_before_it() {
        let mut draft = Draft::default();
        let ann = draft.party("Ann");
        for (start_ms, text) in [(Some(900), "c"), (None, "d"), (Some(-100), "a"), (None, "b")] {
            draft.say(ann, (start_ms, None), text);
        }
        draft.sort_by_start();
        let transcript = draft.finish(0, Format::Plain).unwrap().transcript;
        assert_eq!(transcript.lines[0].text, "a b c d");
        let starts: Vec<_> = transcript.lines[0].utterances.iter().map(|utterance| utterance.start_ms).collect();
        assert_eq!(starts, [Some(0), None, Some(1000), None]);
    }

    #[test]
    fn times_that_no_call_has_are_unknown() {
        let mut draft = Draft::default();
        let ann = draft.party("Ann");
        draft.say(ann, (Some(i64::MIN), Some(i64::MAX)), "a");
        draft.say(ann, (Some(-5), Some(i64::MAX)), "b");
        draft.sort_by_start();
        let lines = draft.finish(0, Format::Plain).unwrap().transcript.lines;
        assert_eq!((lines[0].utterances[0].start_ms, lines[0].utterances[0].end_ms), (None, None));
        assert_eq!((lines[0].utterances[1].start_ms, lines[0].utterances[1].end_ms), (Some(0), None));
    }

    #[test]
    fn a_file_with_ever_new_names_is_no_call() {
        let mut draft = Draft::default();
        for n in 0..=MAX_PARTIES {
            let party = draft.party(&format!("Ann {n}"));
            draft.say(party, (None, None), "Hi");
        }
        assert_eq!(draft.party("ann 5"), Some(5));
        assert_eq!(draft.finish(0, Format::Plain), Err(Problem::TooManySpeakers { most: MAX_PARTIES }));
    }
}
