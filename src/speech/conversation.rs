//! A call prepared for listening: its sentences in order, with who said them, what kind they are and which phrases
//! they hold. Made once a call; every detector reads it.

use std::ops::Range;

use super::questions::{self, Mark, Question};
use super::text;
use super::trackers::{Hits, Trackers};
use crate::model::answers::Quote;
use crate::model::party::{Party, Side};
use crate::model::transcript::{Line, Transcript};

/// Evidence needs this many words, unless it is a whole utterance.
const MIN_QUOTE_WORDS: usize = 3;
/// Silence after which a speaker's next words begin a sentence even where no mark ends the last one, in milliseconds: the
/// "standard maximum silence" of conversation (Jefferson 1989).
const SILENCE_MS: i64 = 1000;
/// A transcript with fewer sentence marks than one in this many words is unpunctuated speech recognition.
const WORDS_PER_MARK: usize = 40;

/// Whose voice a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// The coached rep.
    Rep,
    /// Somebody else of ours.
    Colleague,
    /// Somebody of the buyer's side.
    Buyer,
    /// Nobody knows.
    Unknown,
}

impl Voice {
    /// Whether it is one of ours.
    pub fn is_ours(self) -> bool {
        matches!(self, Voice::Rep | Voice::Colleague)
    }
}

/// One sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Its place in the conversation, from 0.
    pub n: usize,
    /// The line that holds it.
    pub line: u32,
    /// Its bytes in the line's text.
    pub bytes: Range<usize>,
    /// Who said it.
    pub voice: Voice,
    /// Index of the party, where known.
    pub party: Option<usize>,
    /// The turn it belongs to.
    pub turn: usize,
    /// Its words, folded.
    pub words: Vec<String>,
    /// Whether it asks something.
    pub question: Option<Question>,
    /// Start of the utterance that begins it, in milliseconds.
    pub start_ms: Option<i64>,
    /// End of the utterance that ends it, in milliseconds.
    pub end_ms: Option<i64>,
    hits: Hits,
}

impl Sentence {
    /// Whether it asks something that a coach would count: a tag such as "right?" does not.
    pub fn asks(&self) -> bool {
        self.question.is_some_and(|question| !question.is_tag)
    }
}

/// Everything that one party says until somebody else speaks.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// Whose it is.
    pub voice: Voice,
    /// Index of the party, where known.
    pub party: Option<usize>,
    /// Its sentences, as places in the conversation.
    pub sentences: Range<usize>,
    /// How many words it has.
    pub words: usize,
}

/// A call prepared for listening.
#[derive(Debug)]
pub struct Conversation<'a> {
    transcript: &'a Transcript,
    trackers: &'a Trackers,
    voices: Vec<Voice>,
    rep: usize,
    sentences: Vec<Sentence>,
    turns: Vec<Turn>,
}

impl<'a> Conversation<'a> {
    /// Prepares a call. `parties` have their sides decided; `rep` is the coached one's index.
    pub fn new(transcript: &'a Transcript, parties: &[Party], rep: usize, trackers: &'a Trackers) -> Self {
        let voices = parties.iter().enumerate().map(|(n, party)| match party.side {
            _ if n == rep => Voice::Rep,
            Side::Rep => Voice::Colleague,
            Side::Buyer => Voice::Buyer,
            Side::Unknown => Voice::Unknown,
        });
        let mut conversation = Conversation {
            transcript,
            trackers,
            voices: voices.collect(),
            rep,
            sentences: Vec::new(),
            turns: Vec::new(),
        };
        let punctuated = is_punctuated(transcript);
        for line in &transcript.lines {
            conversation.add(line, punctuated);
        }
        conversation
    }

    fn add(&mut self, line: &Line, punctuated: bool) {
        let voice = line.party.and_then(|party| self.voices.get(party)).copied().unwrap_or(Voice::Unknown);
        for bytes in if punctuated { sentences(line) } else { utterances(line) } {
            let Some(said) = line.text.get(bytes.clone()) else { continue };
            let words = text::words(said);
            if words.is_empty() {
                continue;
            }
            let n = self.sentences.len();
            match self.turns.last_mut() {
                Some(turn) if turn.party == line.party => {
                    turn.sentences.end = n + 1;
                    turn.words += words.len();
                }
                _ => self.turns.push(Turn { voice, party: line.party, sentences: n..n + 1, words: words.len() }),
            }
            let (start_ms, end_ms) = line.times_of(&bytes);
            let mark = match said.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?').ends_with('?') {
                true => Mark::Asks,
                false if punctuated && said.ends_with(['.', '!']) => Mark::States,
                false => Mark::Unknown,
            };
            self.sentences.push(Sentence {
                n,
                line: line.n,
                voice,
                party: line.party,
                turn: self.turns.len() - 1,
                question: questions::classify(&words, mark),
                hits: self.trackers.hits(&words),
                words,
                bytes,
                start_ms,
                end_ms,
            });
        }
    }

    /// The words it was made from.
    pub fn transcript(&self) -> &'a Transcript {
        self.transcript
    }

    /// The coached rep's index.
    pub fn rep(&self) -> usize {
        self.rep
    }

    /// Whose voice a party is.
    pub fn voice(&self, party: Option<usize>) -> Voice {
        party.and_then(|party| self.voices.get(party)).copied().unwrap_or(Voice::Unknown)
    }

    /// Every sentence, in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Every turn, in order.
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// The sentences of one voice.
    pub fn said_by(&self, voice: Voice) -> impl DoubleEndedIterator<Item = &Sentence> + Clone {
        self.sentences.iter().filter(move |sentence| sentence.voice == voice)
    }

    /// The sentences of a turn.
    pub fn in_turn(&self, turn: &Turn) -> &[Sentence] {
        self.sentences.get(turn.sentences.clone()).unwrap_or_default()
    }

    /// The next turn of this voice after a sentence.
    pub fn next_turn(&self, after: &Sentence, voice: Voice) -> Option<&Turn> {
        self.turns.get(after.turn + 1..)?.iter().find(|turn| turn.voice == voice)
    }

    /// Whether a sentence holds a phrase of this tracker.
    pub fn hits(&self, sentence: &Sentence, tracker: &str) -> bool {
        self.trackers.is_hit(sentence.hits, tracker)
    }

    /// The sentence's own text.
    pub fn text(&self, sentence: &Sentence) -> &'a str {
        let line = self.transcript.line(sentence.line);
        line.and_then(|line| line.text.get(sentence.bytes.clone())).unwrap_or_default()
    }

    /// The sentence as evidence: its exact text, or the whole utterances around it when it has under three words.
    pub fn quote(&self, sentence: &Sentence) -> Quote {
        let text = match self.transcript.line(sentence.line) {
            Some(line) if sentence.words.len() < MIN_QUOTE_WORDS => {
                let touched =
                    || line.utterances.iter().filter(|u| u.from < sentence.bytes.end && sentence.bytes.start < u.to);
                let from = touched().map(|u| u.from).min().unwrap_or(sentence.bytes.start);
                let to = touched().map(|u| u.to).max().unwrap_or(sentence.bytes.end);
                line.text.get(from..to).unwrap_or_default()
            }
            _ => self.text(sentence),
        };
        Quote { line: sentence.line, quote: text.to_owned() }
    }
}

fn is_punctuated(transcript: &Transcript) -> bool {
    let marks: usize = transcript.lines.iter().map(|line| line.text.matches(['.', '?', '!']).count()).sum();
    marks * WORDS_PER_MARK >= transcript.words()
}

/// The sentences of a punctuated line. Where a speaker breaks off and then asks ("Right, so we … are you …"), asks and
/// then goes on ("is that it, because we …") or falls silent, the mark between them is missing, and the next utterance
/// begins a sentence.
fn sentences(line: &Line) -> Vec<Range<usize>> {
    let mut utterances = line.utterances.iter().peekable();
    let mut stopped_ms = None;
    let mut sentences = Vec::new();
    for Range { mut start, end } in text::sentences(&line.text) {
        while let Some(utterance) = utterances.next_if(|utterance| utterance.from < end) {
            let silence_ms = utterance.start_ms.zip(stopped_ms).map_or(0, |(next, last)| next - last);
            stopped_ms = utterance.end_ms;
            if utterance.from <= start {
                continue;
            }
            let before = line.text.get(start..utterance.from).unwrap_or_default().trim_end();
            let said = line.text.get(utterance.from..utterance.to.min(end)).unwrap_or_default();
            let words = text::words(before);
            if silence_ms >= SILENCE_MS
                || before.ends_with(',') && questions::is_whole_question(&words)
                || questions::begins_question(&words, &text::words(said))
            {
                sentences.push(start..start + before.len());
                start = utterance.from;
            }
        }
        sentences.push(start..end);
    }
    sentences
}

fn utterances(line: &Line) -> Vec<Range<usize>> {
    line.utterances.iter().map(|utterance| utterance.from..utterance.to).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::transcript::SpokenText;

    /// A call of two people: lines that begin with `>` are the buyer's.
    pub(in crate::speech) fn transcript(text: &str) -> Transcript {
        Transcript::from_spoken(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| SpokenText {
            party: Some(usize::from(line.starts_with('>'))),
            start_ms: None,
            end_ms: None,
            text: line.trim_start_matches('>').trim().to_owned(),
        }))
    }

    pub(in crate::speech) fn parties() -> Vec<Party> {
        [("Ana", Side::Rep), ("Bo", Side::Buyer)]
            .map(|(name, side)| Party { name: Some(name.to_owned()), side, spoke: true, ..Party::default() })
            .to_vec()
    }

    pub(in crate::speech) fn trackers() -> Trackers {
        Trackers::embedded().expect("embedded trackers")
    }

    #[test]
    fn sentences_know_their_turn_voice_and_place() {
        let transcript = transcript("Hello there. How are you?\n> Fine. And you?\nGood, thanks.");
        let trackers = trackers();
        let conversation = Conversation::new(&transcript, &parties(), 0, &trackers);
        let found: Vec<_> = conversation.sentences().iter().map(|s| (s.turn, s.voice, conversation.text(s))).collect();
        assert_eq!(
            found,
            [
                (0, Voice::Rep, "Hello there."),
                (0, Voice::Rep, "How are you?"),
                (1, Voice::Buyer, "Fine."),
                (1, Voice::Buyer, "And you?"),
                (2, Voice::Rep, "Good, thanks."),
            ]
        );
        assert_eq!(conversation.next_turn(&conversation.sentences()[0], Voice::Rep).map(|turn| turn.words), Some(2));
    }

    #[test]
    fn a_question_behind_a_sentence_that_breaks_off_stands_alone() {
        let said = ["So what I wanted was", "are you in one place", "or several?"].map(|text| SpokenText {
            party: Some(0),
            start_ms: None,
            end_ms: None,
            text: text.to_owned(),
        });
        let transcript = Transcript::from_spoken(said);
        let trackers = trackers();
        let conversation = Conversation::new(&transcript, &parties(), 0, &trackers);
        let found: Vec<_> = conversation.sentences().iter().map(|s| (conversation.text(s), s.asks())).collect();
        assert_eq!(found, [("So what I wanted was", false), ("are you in one place or several?", true)]);
    }

    #[test]
    fn silence_and_a_comma_after_a_question_end_a_sentence() {
        let said = [
            (0, 2_000, "Is that what you are using,"),
            (2_000, 4_000, "we had another one"),
            (4_500, 6_000, "for a year"),
            (7_000, 9_000, "anyway, the price is fine."),
        ];
        let said = said.map(|(start, end, text)| SpokenText {
            party: Some(0),
            start_ms: Some(start),
            end_ms: Some(end),
            text: text.to_owned(),
        });
        let transcript = Transcript::from_spoken(said);
        let trackers = trackers();
        let conversation = Conversation::new(&transcript, &parties(), 0, &trackers);
        let found: Vec<_> = conversation.sentences().iter().map(|s| (conversation.text(s), s.asks())).collect();
        assert_eq!(
            found,
            [
                ("Is that what you are using,", true),
                ("we had another one for a year", false),
                ("anyway, the price is fine.", false),
            ]
        );
    }

    #[test]
    fn a_short_sentence_is_quoted_with_its_utterance() {
        let transcript = transcript("> Fine. And you?");
        let trackers = trackers();
        let conversation = Conversation::new(&transcript, &parties(), 0, &trackers);
        assert_eq!(conversation.quote(&conversation.sentences()[0]).quote, "Fine. And you?");
    }

    #[test]
    fn without_punctuation_an_utterance_is_a_sentence() {
        let transcript = transcript("so how many people do you have\nand where are they\n> about fifty");
        let trackers = trackers();
        let conversation = Conversation::new(&transcript, &parties(), 0, &trackers);
        assert_eq!(conversation.sentences().len(), 3);
    }
}
