//! The words of a call: utterances as the source gives them, gathered into numbered lines that evidence cites.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A line is cut when it would grow past this many milliseconds …
pub const LINE_MAX_MS: i64 = 30_000;
/// … or past this many words.
pub const LINE_MAX_WORDS: usize = 60;

/// One sentence (or cue) as the source gives it, on its way into a [`Transcript`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenText {
    /// Index into [`super::call::Call::parties`]; `None` is a voice that matches nobody.
    pub party: Option<usize>,
    /// Start, in milliseconds from the beginning of the recording.
    pub start_ms: Option<i64>,
    /// End, in milliseconds from the beginning of the recording.
    pub end_ms: Option<i64>,
    /// What was said, in one line, without control characters.
    pub text: String,
}

/// One utterance inside a [`Line`]: its times and where in the line's text it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utterance {
    /// Start, in milliseconds from the beginning of the recording.
    pub start_ms: Option<i64>,
    /// End, in milliseconds from the beginning of the recording.
    pub end_ms: Option<i64>,
    /// Byte offset of its first letter in the line's text.
    pub from: usize,
    /// Byte offset behind its last letter.
    pub to: usize,
}

/// Consecutive utterances of one party, cut at an utterance boundary after [`LINE_MAX_MS`] or [`LINE_MAX_WORDS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Number within the transcript, from 1.
    pub n: u32,
    /// Index into [`super::call::Call::parties`]; `None` is a voice that matches nobody.
    pub party: Option<usize>,
    /// The utterances' texts, joined by single blanks.
    pub text: String,
    /// The utterances, in order.
    pub utterances: Vec<Utterance>,
}

impl Line {
    /// Start of the first utterance that has one, in milliseconds.
    pub fn start_ms(&self) -> Option<i64> {
        self.utterances.iter().find_map(|utterance| utterance.start_ms)
    }

    /// Latest end of an utterance, in milliseconds.
    pub fn end_ms(&self) -> Option<i64> {
        self.utterances.iter().filter_map(|utterance| utterance.end_ms).max()
    }

    /// Start and end of the utterances that hold these bytes of the text. A source that times only whole turns
    /// gives the line's own start.
    pub fn times_of(&self, bytes: &Range<usize>) -> (Option<i64>, Option<i64>) {
        let touched = || self.utterances.iter().filter(|u| u.from < bytes.end && bytes.start < u.to);
        let start = touched().find_map(|u| u.start_ms).or_else(|| self.start_ms());
        (start, touched().filter_map(|u| u.end_ms).max())
    }
}

/// One version of a call's words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transcript {
    /// The lines, numbered from 1 in order.
    pub lines: Vec<Line>,
}

impl Transcript {
    /// Gathers utterances, in the order of speaking, into lines. Texts without a letter or digit are left out.
    pub fn from_spoken(spoken: impl IntoIterator<Item = SpokenText>) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let mut words_in_line = 0;
        for SpokenText { party, start_ms, end_ms, text } in spoken {
            let text = text.trim();
            if !text.contains(char::is_alphanumeric) {
                continue;
            }
            let words = text.split_whitespace().count();
            let continues = lines.last().is_some_and(|line| {
                let too_long = match (line.start_ms(), end_ms) {
                    (Some(start), Some(end)) => end - start > LINE_MAX_MS,
                    _ => false,
                };
                line.party == party && words_in_line + words <= LINE_MAX_WORDS && !too_long
            });
            match lines.last_mut() {
                Some(line) if continues => {
                    line.text.push(' ');
                    let from = line.text.len();
                    line.text.push_str(text);
                    line.utterances.push(Utterance { start_ms, end_ms, from, to: line.text.len() });
                    words_in_line += words;
                }
                _ => {
                    lines.push(Line {
                        n: u32::try_from(lines.len() + 1).unwrap_or(u32::MAX),
                        party,
                        text: text.to_owned(),
                        utterances: vec![Utterance { start_ms, end_ms, from: 0, to: text.len() }],
                    });
                    words_in_line = words;
                }
            }
        }
        Transcript { lines }
    }

    /// The line with this number.
    pub fn line(&self, n: u32) -> Option<&Line> {
        self.lines.get(usize::try_from(n).ok()?.checked_sub(1)?)
    }

    /// Whether every utterance has a start and an end, so that talk time can be measured.
    pub fn is_timed(&self) -> bool {
        !self.lines.is_empty()
            && self.lines.iter().flat_map(|line| &line.utterances).all(|u| u.start_ms.is_some() && u.end_ms.is_some())
    }

    /// How many words were said, by anybody.
    pub fn words(&self) -> usize {
        self.lines.iter().map(|line| line.text.split_whitespace().count()).sum()
    }

    /// Latest end (or start, where the source gives no ends) of an utterance, in milliseconds.
    pub fn end_ms(&self) -> Option<i64> {
        self.lines.iter().flat_map(|line| &line.utterances).filter_map(|u| u.end_ms.or(u.start_ms)).max()
    }

    /// SHA-256 over party, start and words, in hex: equal for equal content, whatever file it came in.
    ///
    /// `speaker` names a party (by key or name), so that the hash does not depend on the order of a party list.
    pub fn hash<'a>(&self, speaker: impl Fn(usize) -> &'a str) -> String {
        let mut hasher = Sha256::new();
        for line in &self.lines {
            for utterance in &line.utterances {
                hasher.update(line.party.map_or("", &speaker));
                hasher.update([0]);
                hasher.update(utterance.start_ms.unwrap_or(-1).to_le_bytes());
                hasher.update(line.text.get(utterance.from..utterance.to).unwrap_or_default());
                hasher.update([0]);
            }
        }
        hex(&hasher.finalize())
    }
}

/// Lower-case hex digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(party: usize, start_ms: i64, end_ms: i64, text: &str) -> SpokenText {
        SpokenText { party: Some(party), start_ms: Some(start_ms), end_ms: Some(end_ms), text: text.to_owned() }
    }

    #[test]
    fn a_line_is_one_party_up_to_thirty_seconds() {
        let transcript = Transcript::from_spoken([
            said(0, 0, 10_000, "One."),
            said(0, 10_000, 29_000, "Two."),
            said(0, 29_000, 31_000, "Three."),
            said(1, 31_000, 32_000, "Four."),
        ]);
        let texts: Vec<_> = transcript.lines.iter().map(|line| (line.n, line.party, line.text.as_str())).collect();
        assert_eq!(texts, [(1, Some(0), "One. Two."), (2, Some(0), "Three."), (3, Some(1), "Four.")]);
    }

    #[test]
    fn a_line_holds_at_most_sixty_words_unless_one_utterance_is_longer() {
        let long = "word ".repeat(40);
        let transcript = Transcript::from_spoken((0..3).map(|n| SpokenText {
            party: Some(0),
            start_ms: None,
            end_ms: None,
            text: if n == 2 { long.repeat(2) } else { long.clone() },
        }));
        let words: Vec<_> = transcript.lines.iter().map(|line| line.text.split_whitespace().count()).collect();
        assert_eq!(words, [40, 40, 80]);
    }

    #[test]
    fn times_of_a_quote_are_those_of_its_sentence() {
        let transcript = Transcript::from_spoken([said(0, 1_000, 2_000, "One."), said(0, 2_500, 3_000, "Two.")]);
        let line = &transcript.lines[0];
        assert_eq!(line.times_of(&(5..9)), (Some(2_500), Some(3_000)));
        assert_eq!(line.times_of(&(0..9)), (Some(1_000), Some(3_000)));
    }

    #[test]
    fn the_hash_knows_words_speakers_and_times_but_not_the_party_order() {
        let names = |order: [&'static str; 2]| move |n: usize| order[n];
        let one = Transcript::from_spoken([said(0, 0, 1, "Hello."), said(1, 2, 3, "Hi.")]);
        let other_order = Transcript::from_spoken([said(1, 0, 1, "Hello."), said(0, 2, 3, "Hi.")]);
        assert_eq!(one.hash(names(["a", "b"])), other_order.hash(names(["b", "a"])));
        let other_words = Transcript::from_spoken([said(0, 0, 1, "Hello!"), said(1, 2, 3, "Hi.")]);
        assert_ne!(one.hash(names(["a", "b"])), other_words.hash(names(["a", "b"])));
    }
}
