//! Measures the detectors against labelled transcripts: precision, recall and F1 per label.
//!
//! ```text
//! cargo run --release --example detectors -- FILE… [--strip-punctuation] [--json]
//! ```
//!
//! A file holds one JSON object a line:
//! `{"id","tasks":["question"],"turns":[{"speaker","side":"rep|buyer|unknown","start_ms","end_ms","text","labels":[…]}]}`.
//! A label listed in `tasks` is annotated throughout, so that a missing one is a negative; a label that is not listed
//! is not counted for that conversation. A turn with `"scored": false` gives context and is not counted.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use call_coach::model::party::{Party, Side};
use call_coach::model::transcript::{SpokenText, Transcript};
use call_coach::speech::conversation::{Conversation, Sentence};
use call_coach::speech::trackers::Trackers;
use call_coach::speech::{next_steps, objections};
use serde::Deserialize;

const LABELS: [&str; 4] = ["question", "open_question", "objection", "next_step"];

#[derive(Deserialize)]
struct Labelled {
    tasks: Vec<String>,
    turns: Vec<LabelledTurn>,
}

#[derive(Deserialize)]
struct LabelledTurn {
    speaker: String,
    side: Side,
    start_ms: Option<i64>,
    end_ms: Option<i64>,
    text: String,
    #[serde(default)]
    labels: BTreeSet<String>,
    #[serde(default = "yes")]
    scored: bool,
}

fn yes() -> bool {
    true
}

/// True positives, false positives and false negatives.
#[derive(Default)]
struct Count {
    hit: u32,
    invented: u32,
    missed: u32,
}

impl Count {
    fn add(&mut self, expected: bool, found: bool) {
        match (expected, found) {
            (true, true) => self.hit += 1,
            (false, true) => self.invented += 1,
            (true, false) => self.missed += 1,
            (false, false) => {}
        }
    }

    fn ratio(part: u32, rest: u32) -> Option<f64> {
        (part + rest > 0).then(|| f64::from(part) / f64::from(part + rest))
    }

    fn precision(&self) -> Option<f64> {
        Self::ratio(self.hit, self.invented)
    }

    fn recall(&self) -> Option<f64> {
        Self::ratio(self.hit, self.missed)
    }

    /// The harmonic mean of precision and recall: 2·tp ÷ (2·tp + fp + fn).
    fn f1(&self) -> Option<f64> {
        Self::ratio(2 * self.hit, self.invented + self.missed)
    }
}

#[allow(clippy::print_stdout, clippy::print_stderr, reason = "a developer's program, not the product")]
fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: impl Iterator<Item = String>) -> anyhow::Result<String> {
    let (flags, files): (Vec<_>, Vec<_>) = arguments.partition(|argument| argument.starts_with("--"));
    if let Some(unknown) = flags.iter().find(|flag| !matches!(flag.as_str(), "--strip-punctuation" | "--json")) {
        bail!("unknown flag {unknown}; known are --strip-punctuation and --json");
    }
    if files.is_empty() {
        bail!("give at least one file of labelled transcripts");
    }
    let strip = flags.iter().any(|flag| flag == "--strip-punctuation");
    let trackers = Trackers::embedded()?;
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for file in &files {
        let text = fs_err::read_to_string(file)?;
        for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let labelled = serde_json::from_str(line).with_context(|| format!("{file}:{}", n + 1))?;
            measure(&labelled, strip, &trackers, &mut counts);
        }
    }
    if flags.iter().any(|flag| flag == "--json") { json(&counts) } else { Ok(table(&counts)) }
}

fn measure(labelled: &Labelled, strip: bool, trackers: &Trackers, counts: &mut BTreeMap<&str, Count>) {
    let mut parties: Vec<Party> = Vec::new();
    let mut spoken = Vec::new();
    // A turn is an utterance. Those without a letter are no speech and are left out, as the readers do.
    let turns: Vec<_> = labelled.turns.iter().filter(|turn| turn.text.contains(char::is_alphanumeric)).collect();
    for turn in &turns {
        let party =
            parties.iter().position(|party| party.name.as_deref() == Some(&turn.speaker)).unwrap_or_else(|| {
                parties.push(Party { name: Some(turn.speaker.clone()), side: turn.side, ..Party::default() });
                parties.len() - 1
            });
        spoken.push(SpokenText {
            party: Some(party),
            start_ms: turn.start_ms,
            end_ms: turn.end_ms,
            text: if strip { stripped(&turn.text) } else { turn.text.clone() },
        });
    }
    let transcript = Transcript::from_spoken(spoken);
    let rep = parties.iter().position(|party| party.side == Side::Rep).unwrap_or(parties.len());
    let conversation = Conversation::new(&transcript, &parties, rep, trackers);
    let found = labels_of_utterances(&conversation, &transcript);
    for (turn, found) in turns.iter().zip(found) {
        for label in LABELS.into_iter().filter(|label| labelled.tasks.iter().any(|task| task == label)) {
            if turn.scored {
                counts.entry(label).or_default().add(turn.labels.contains(label), found.contains(label));
            }
        }
    }
}

/// The labels of each utterance, in order: those of the sentences that end in it.
fn labels_of_utterances(conversation: &Conversation<'_>, transcript: &Transcript) -> Vec<BTreeSet<&'static str>> {
    let mut found = Vec::new();
    for line in &transcript.lines {
        let sentences = conversation.sentences().iter().filter(|sentence| sentence.line == line.n);
        let sentences: Vec<_> = sentences.collect();
        for utterance in &line.utterances {
            let ending = sentences.iter().filter(|s| utterance.from < s.bytes.end && s.bytes.end <= utterance.to);
            found.push(ending.flat_map(|sentence| labels_of(conversation, sentence)).collect());
        }
    }
    found
}

fn labels_of(conversation: &Conversation<'_>, sentence: &Sentence) -> Vec<&'static str> {
    let holds = [
        ("question", sentence.question.is_some()),
        ("open_question", sentence.question.is_some_and(|question| question.is_open)),
        ("objection", objections::class_of(conversation, sentence).is_some()),
        ("next_step", next_steps::is_commitment(conversation, sentence)),
    ];
    holds.into_iter().filter(|(_, holds)| *holds).map(|(label, _)| label).collect()
}

/// Lower case, without punctuation but for apostrophes: how speech recognition without marks would have it.
fn stripped(text: &str) -> String {
    let keep = |c: char| if c.is_alphanumeric() || c == '\'' || c == '\u{2019}' { c } else { ' ' };
    text.to_lowercase().chars().map(keep).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn table(counts: &BTreeMap<&str, Count>) -> String {
    let show = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"));
    let mut lines = vec![format!("{:<14} {:>9} {:>9} {:>9} {:>9}", "label", "precision", "recall", "F1", "positives")];
    for (label, count) in counts {
        let (precision, recall, f1) = (show(count.precision()), show(count.recall()), show(count.f1()));
        lines.push(format!("{label:<14} {precision:>9} {recall:>9} {f1:>9} {:>9}", count.hit + count.missed));
    }
    lines.join("\n")
}

fn json(counts: &BTreeMap<&str, Count>) -> anyhow::Result<String> {
    let of = |count: &Count| {
        serde_json::json!({
            "precision": count.precision(),
            "recall": count.recall(),
            "f1": count.f1(),
            "positives": count.hit + count.missed,
        })
    };
    let all: BTreeMap<_, _> = counts.iter().map(|(label, count)| (label, of(count))).collect();
    Ok(serde_json::to_string(&all)?)
}
