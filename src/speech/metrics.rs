//! What can be measured on a call (RUBRIC, section 6). Computed from utterances, never from lines; what is unknown is
//! `None`, never 0. Speech of unknown voices is left out of everything about persons.

use serde::{Deserialize, Serialize};

use super::conversation::{Conversation, Voice};
use super::next_steps;

/// The metrics that a rubric or guideline may name.
pub const METRICS: &[&str] = &[
    "rep_talk_share",
    "longest_monologue_s",
    "longest_buyer_story_s",
    "switches_per_min",
    "patience_s",
    "rep_questions",
    "open_questions",
    "buyer_questions",
    "questions_per_hour",
    "filler_per_min",
    "words_per_min",
    "interruptions",
    "unattributed_share",
];

/// Pauses shorter than this do not end a stretch of talk, in milliseconds.
const STRETCH_GAP_MS: i64 = 3_000;
/// Turns with fewer words are listening noises: they neither switch the speaker nor end a wait.
const MIN_TURN_WORDS: usize = 3;
/// A start this much before the other's stop is an interruption and no ordinary overlap, in milliseconds.
const INTERRUPTION_MS: i64 = 500;
const MS_PER_MINUTE: f64 = 60_000.0;
const FILLERS: [&str; 8] = ["um", "uh", "erm", "er", "uhm", "hmm", "mm", "ah"];

/// What a talk share was computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TalkBasis {
    /// Milliseconds of speech.
    Time,
    /// Words, where the transcript does not hold start and end of every utterance.
    Words,
}

impl TalkBasis {
    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            TalkBasis::Time => "time",
            TalkBasis::Words => "words",
        }
    }
}

/// The measured values of one call for one coached rep.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Metrics {
    /// The rep's speech ÷ all attributed speech, 0–1; overlap counts for both.
    pub rep_talk_share: Option<f64>,
    /// What the share was computed from.
    pub talk_share_of: Option<TalkBasis>,
    /// The rep's longest stretch with pauses under 3 s and nobody else's turn between, in seconds.
    pub longest_monologue_s: Option<f64>,
    /// The same for a person of the buyer's side, in seconds.
    pub longest_buyer_story_s: Option<f64>,
    /// Changes of speaker per minute of call; turns under 3 words are ignored.
    pub switches_per_min: Option<f64>,
    /// Median silence from the buyer's stop to the rep's start, in seconds; an overlap counts as 0.
    pub patience_s: Option<f64>,
    /// Questions by the rep.
    pub rep_questions: Option<u32>,
    /// Those of them that are open.
    pub open_questions: Option<u32>,
    /// Questions by the buyer's side.
    pub buyer_questions: Option<u32>,
    /// The rep's questions per hour of call.
    pub questions_per_hour: Option<f64>,
    /// The rep's "um", "uh" and the like per minute of their speech.
    pub filler_per_min: Option<f64>,
    /// The rep's words per minute of their speech.
    pub words_per_min: Option<f64>,
    /// How often the rep began more than half a second before the buyer's stop.
    pub interruptions: Option<u32>,
    /// Whether a next step with a day was agreed.
    pub next_step_booked: Option<bool>,
    /// The part of the speech that belongs to no known speaker, 0–1.
    pub unattributed_share: Option<f64>,
}

impl Metrics {
    /// A metric by the name that rubrics use, in the unit of its field.
    pub fn value(&self, name: &str) -> Option<f64> {
        match name {
            "rep_talk_share" => self.rep_talk_share,
            "longest_monologue_s" => self.longest_monologue_s,
            "longest_buyer_story_s" => self.longest_buyer_story_s,
            "switches_per_min" => self.switches_per_min,
            "patience_s" => self.patience_s,
            "rep_questions" => self.rep_questions.map(f64::from),
            "open_questions" => self.open_questions.map(f64::from),
            "buyer_questions" => self.buyer_questions.map(f64::from),
            "questions_per_hour" => self.questions_per_hour,
            "filler_per_min" => self.filler_per_min,
            "words_per_min" => self.words_per_min,
            "interruptions" => self.interruptions.map(f64::from),
            "unattributed_share" => self.unattributed_share,
            _ => None,
        }
    }
}

/// Each party's part of the attributed talk, 0–1, by index: of its time, or of its words without times.
pub fn talk_by_party(conversation: &Conversation<'_>, parties: usize) -> Vec<f64> {
    let basis = basis(conversation);
    let mut talk = vec![0.0; parties];
    for span in spans(conversation) {
        if let Some(sum) = span.party.and_then(|party| talk.get_mut(party)) {
            *sum += span.amount(basis);
        }
    }
    let all: f64 = talk.iter().sum();
    if all > 0.0 {
        talk.iter_mut().for_each(|share| *share /= all);
    }
    talk
}

/// Measures a call.
pub fn measure(conversation: &Conversation<'_>, duration_ms: Option<i64>) -> Metrics {
    let basis = basis(conversation);
    let spans = spans(conversation);
    let sum = |wanted: &dyn Fn(&Span) -> bool| -> f64 {
        spans.iter().filter(|span| wanted(span)).map(|span| span.amount(basis)).sum()
    };
    let rep = sum(&|span| span.voice == Voice::Rep);
    let attributed = sum(&|span| span.party.is_some());
    let all = sum(&|_| true);
    let rep_words: usize = spans.iter().filter(|span| span.voice == Voice::Rep).map(|span| span.words).sum();
    let timed = basis == TalkBasis::Time;
    let per_minute_of_talk = |count: usize| (timed && rep > 0.0).then(|| count as f64 / (rep / MS_PER_MINUTE));
    let questions = |voice: Voice, open_only: bool| {
        let asked = conversation.said_by(voice).filter(|sentence| {
            sentence.asks() && (!open_only || sentence.question.is_some_and(|question| question.is_open))
        });
        u32::try_from(asked.count()).ok()
    };
    let rep_questions = questions(Voice::Rep, false);
    let minutes = duration_ms.filter(|ms| *ms > 0).map(|ms| ms as f64 / MS_PER_MINUTE);
    let fillers = conversation.said_by(Voice::Rep).flat_map(|sentence| &sentence.words);
    let fillers = fillers.filter(|word| FILLERS.contains(&word.as_str())).count();
    let turns = if timed { timed_turns(&spans) } else { Vec::new() };
    Metrics {
        rep_talk_share: (attributed > 0.0).then(|| rep / attributed),
        talk_share_of: (attributed > 0.0).then_some(basis),
        longest_monologue_s: longest_stretch(&turns, Voice::Rep),
        longest_buyer_story_s: longest_stretch(&turns, Voice::Buyer),
        switches_per_min: minutes.filter(|_| timed).map(|minutes| switches(&turns) / minutes),
        patience_s: patience(&turns),
        rep_questions,
        open_questions: questions(Voice::Rep, true),
        buyer_questions: questions(Voice::Buyer, false),
        questions_per_hour: rep_questions.zip(minutes).map(|(count, minutes)| f64::from(count) * 60.0 / minutes),
        filler_per_min: per_minute_of_talk(fillers),
        words_per_min: per_minute_of_talk(rep_words),
        interruptions: timed.then(|| interruptions(&turns)),
        next_step_booked: Some(next_steps::booked(conversation).is_some()),
        unattributed_share: (all > 0.0).then(|| (all - attributed) / all),
    }
}

/// One utterance.
struct Span {
    party: Option<usize>,
    voice: Voice,
    start_ms: i64,
    end_ms: i64,
    words: usize,
}

impl Span {
    fn amount(&self, basis: TalkBasis) -> f64 {
        match basis {
            TalkBasis::Time => (self.end_ms - self.start_ms).max(0) as f64,
            TalkBasis::Words => self.words as f64,
        }
    }
}

fn basis(conversation: &Conversation<'_>) -> TalkBasis {
    if conversation.transcript().is_timed() { TalkBasis::Time } else { TalkBasis::Words }
}

fn spans(conversation: &Conversation<'_>) -> Vec<Span> {
    let lines = conversation.transcript().lines.iter();
    lines
        .flat_map(|line| {
            line.utterances.iter().map(move |utterance| Span {
                party: line.party,
                voice: conversation.voice(line.party),
                start_ms: utterance.start_ms.unwrap_or_default(),
                end_ms: utterance.end_ms.unwrap_or_default(),
                words: line.text.get(utterance.from..utterance.to).unwrap_or_default().split_whitespace().count(),
            })
        })
        .collect()
}

/// Utterances of one party joined while the pause between them is under [`STRETCH_GAP_MS`]. Listening noises of
/// others in between do not break it, and are no turns themselves.
fn timed_turns(spans: &[Span]) -> Vec<Span> {
    let mut turns: Vec<Span> = Vec::new();
    // Joining runs of one party first: "Yes." "I see." by one voice is a turn of three words.
    for run in spans.chunk_by(|a, b| a.party == b.party) {
        let words: usize = run.iter().map(|span| span.words).sum();
        if words < MIN_TURN_WORDS {
            continue;
        }
        for span in run {
            match turns.last_mut() {
                Some(turn) if turn.party == span.party && span.start_ms - turn.end_ms < STRETCH_GAP_MS => {
                    turn.end_ms = turn.end_ms.max(span.end_ms);
                    turn.words += span.words;
                }
                _ => turns.push(Span { ..*span }),
            }
        }
    }
    turns
}

fn longest_stretch(turns: &[Span], voice: Voice) -> Option<f64> {
    let longest = turns.iter().filter(|turn| turn.voice == voice).map(|turn| turn.end_ms - turn.start_ms).max();
    longest.map(|ms| ms as f64 / 1_000.0)
}

fn switches(turns: &[Span]) -> f64 {
    turns.windows(2).filter(|pair| pair.first().map(|a| a.party) != pair.last().map(|b| b.party)).count() as f64
}

/// Pairs of a buyer's turn and the rep's turn after it.
fn handovers(turns: &[Span]) -> impl Iterator<Item = (&Span, &Span)> {
    turns.windows(2).filter_map(|pair| match pair {
        [buyer, rep] if buyer.voice == Voice::Buyer && rep.voice == Voice::Rep => Some((buyer, rep)),
        _ => None,
    })
}

fn patience(turns: &[Span]) -> Option<f64> {
    let mut waits: Vec<i64> = handovers(turns).map(|(buyer, rep)| (rep.start_ms - buyer.end_ms).max(0)).collect();
    waits.sort_unstable();
    let middle = waits.len() / 2;
    let upper = *waits.get(middle)? as f64;
    let median = if waits.len().is_multiple_of(2) { (*waits.get(middle - 1)? as f64 + upper) / 2.0 } else { upper };
    Some(median / 1_000.0)
}

fn interruptions(turns: &[Span]) -> u32 {
    let count = handovers(turns).filter(|(buyer, rep)| buyer.end_ms - rep.start_ms > INTERRUPTION_MS).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::conversation::tests::{parties, trackers};
    use super::*;
    use crate::model::transcript::{SpokenText, Transcript};

    fn metrics(said: &[(Option<usize>, i64, i64, &str)], timed: bool) -> Metrics {
        let transcript = Transcript::from_spoken(said.iter().map(|(party, start, end, text)| SpokenText {
            party: *party,
            start_ms: Some(*start * 1_000),
            end_ms: timed.then_some(*end * 1_000),
            text: (*text).to_owned(),
        }));
        let trackers = trackers();
        measure(&Conversation::new(&transcript, &parties(), 0, &trackers), Some(120_000))
    }

    const REP: Option<usize> = Some(0);
    const BUYER: Option<usize> = Some(1);

    /// Rep 0–10, buyer 12–15 and 17–20 (one stretch of 8 s), rep 19–29 (1 s of overlap), rep 31–41 (one stretch of
    /// 22 s over a "Mhm."), nobody 50–54.
    fn call() -> Vec<(Option<usize>, i64, i64, &'static str)> {
        vec![
            (REP, 0, 10, "What brings you here today, and how do you work?"),
            (BUYER, 12, 15, "We need something better."),
            (BUYER, 17, 20, "It is all by hand."),
            (REP, 19, 29, "Um, I see what you mean there."),
            (BUYER, 30, 31, "Mhm."),
            (REP, 31, 41, "Let me show you how it works."),
            (None, 50, 54, "Somebody else says four words."),
        ]
    }

    fn is(value: Option<f64>, expected: f64) -> bool {
        value.is_some_and(|value| (value - expected).abs() < 1e-9)
    }

    #[test]
    fn a_call_worked_out_by_hand() {
        let metrics = metrics(&call(), true);
        assert!(is(metrics.rep_talk_share, 30.0 / 37.0), "{metrics:?}");
        assert_eq!(metrics.talk_share_of, Some(TalkBasis::Time));
        assert!(is(metrics.longest_monologue_s, 22.0), "{metrics:?}");
        assert!(is(metrics.longest_buyer_story_s, 8.0), "{metrics:?}");
        assert!(is(metrics.patience_s, 0.0), "{metrics:?}");
        assert_eq!(metrics.interruptions, Some(1));
        assert!(is(metrics.unattributed_share, 4.0 / 41.0), "{metrics:?}");
        assert!(is(metrics.switches_per_min, 1.5), "{metrics:?}");
        assert_eq!((metrics.rep_questions, metrics.open_questions), (Some(1), Some(1)));
        assert!(is(metrics.questions_per_hour, 30.0));
        assert!(is(metrics.words_per_min, 24.0 / 0.5), "{metrics:?}");
        assert!(is(metrics.filler_per_min, 2.0));
    }

    #[test]
    fn without_times_the_share_is_of_words_and_the_rest_is_unknown() {
        let metrics = metrics(&call(), false);
        assert_eq!(metrics.talk_share_of, Some(TalkBasis::Words));
        assert!(is(metrics.rep_talk_share, 24.0 / 34.0), "{metrics:?}");
        assert_eq!((metrics.longest_monologue_s, metrics.patience_s, metrics.interruptions), (None, None, None));
        assert_eq!(metrics.rep_questions, Some(1));
    }

    #[test]
    fn a_median_of_an_even_number_is_the_mean_of_the_middle_two() {
        let said = [
            (BUYER, 0, 1, "One two three."),
            (REP, 3, 4, "One two three."),
            (BUYER, 5, 6, "One two three."),
            (REP, 7, 8, "One two three."),
        ];
        assert!(is(metrics(&said, true).patience_s, 1.5));
    }

    #[test]
    fn every_named_metric_can_be_asked_for() {
        let measured = metrics(&call(), true);
        assert!(METRICS.iter().all(|name| measured.value(name).is_some()), "{measured:?}");
        assert_eq!(measured.value("charm"), None);
    }
}
