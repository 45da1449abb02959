//! A recording while its file is being read: who has spoken so far, and what.

use std::collections::HashMap;

use crate::model::call::Call;
use crate::model::party::Party;
use crate::model::transcript::{SpokenText, Transcript};
use crate::speech::text::sentences;

use super::clean::{clean, clean_name};
use super::{Format, MAX_LINES, Problem, Recording};

/// Collects turns; every name and text is cleaned on its way in.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) call: Call,
    by_label: HashMap<String, Option<usize>>,
    spoken: Vec<SpokenText>,
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
        let party = (!is_nobody(&key)).then(|| self.party_of_key(&key));
        self.by_label.insert(label.to_owned(), party);
        party
    }

    /// Two labels that differ in case or invisible characters only are one party.
    fn party_of_key(&mut self, key: &str) -> usize {
        let folded = key.to_lowercase();
        let known = self.by_label.get(&folded).copied().flatten();
        known.unwrap_or_else(|| {
            self.call.parties.push(Party {
                speaker_key: Some(key.to_owned()),
                name: Some(key.to_owned()),
                ..Party::default()
            });
            let party = self.call.parties.len() - 1;
            self.by_label.insert(folded, Some(party));
            party
        })
    }

    /// Adds one utterance with the times the source gives it.
    pub(super) fn say(&mut self, party: Option<usize>, times: (Option<i64>, Option<i64>), text: &str) {
        let text = clean(text);
        if text.contains(char::is_alphanumeric) {
            self.spoken.push(SpokenText { party, start_ms: times.0, end_ms: times.1, text });
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
    /// call when transcription was switched on later or earlier.
    pub(super) fn sort_by_start(&mut self) {
        self.spoken.sort_by_key(|utterance| utterance.start_ms);
        let earliest = self.spoken.first().and_then(|utterance| utterance.start_ms).unwrap_or(0);
        if earliest < 0 {
            for utterance in &mut self.spoken {
                utterance.start_ms = utterance.start_ms.map(|ms| ms - earliest);
                utterance.end_ms = utterance.end_ms.map(|ms| ms - earliest);
            }
        }
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
    const NOBODY: [&str; 5] = ["", "unknown", "unknown speaker", "unidentified speaker", "null"];
    NOBODY.iter().any(|label| key.eq_ignore_ascii_case(label))
}

/// Names of recorders that join calls as participants.
pub(super) fn is_machine(name: &str) -> bool {
    let name = name.to_lowercase();
    ["notetaker", "note taker", "otter.ai", "fireflies.ai", "merged audio"].iter().any(|word| name.contains(word))
}
