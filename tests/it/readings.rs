//! The built-in analyst's signals against ten calls that were read by hand (`tests/readings`).

use std::collections::BTreeMap;
use std::path::Path;

use call_coach::analyze::cast::{CastRequest, cast};
use call_coach::model::answers::Verdict;
use call_coach::rubric::{Check, CheckKind, RubricSet};
use call_coach::speech::conversation::Conversation;
use call_coach::speech::signals::{self, Figures, Signal};
use call_coach::transcript::{self, InputFile, Recording};
use serde::Deserialize;

use crate::support::data;

#[derive(Deserialize)]
struct Readings {
    call: Vec<Reading>,
}

#[derive(Deserialize)]
struct Reading {
    path: String,
    rep: String,
    yes: Vec<String>,
    partial: Vec<String>,
    no: Vec<String>,
    not_applicable: Vec<String>,
}

impl Reading {
    /// What the reader heard; `None` for a check that was not read on this call.
    fn heard(&self, check: &str) -> Option<Verdict> {
        let lists = [
            (&self.yes, Verdict::Yes),
            (&self.partial, Verdict::Partial),
            (&self.no, Verdict::No),
            (&self.not_applicable, Verdict::NotApplicable),
        ];
        lists.into_iter().find(|(list, _)| list.iter().any(|id| id == check)).map(|(_, verdict)| verdict)
    }
}

#[derive(Default, Clone, Copy)]
struct Count {
    both: u32,
    reader_only: u32,
    signal_only: u32,
    /// Of the signal's yes: those to which the reader said yes, and the others.
    sure: u32,
    unsure: u32,
}

impl Count {
    fn figures(self) -> Figures {
        let ratio = |of: u32, rest: u32| if of == 0 { 0.0 } else { f64::from(of) / f64::from(of + rest) };
        let two_digits = |value: f64| (value * 100.0).round() / 100.0;
        Figures {
            recall: two_digits(ratio(self.both, self.reader_only)),
            precision: two_digits(ratio(self.both, self.signal_only)),
            yes_precision: two_digits(ratio(self.sure, self.unsure)),
            calls: self.both + self.reader_only,
        }
    }
}

fn recording(path: &Path) -> Recording {
    let bytes = fs_err::read(path).expect("a call");
    let name = path.to_string_lossy();
    let mut found = transcript::read(&[InputFile { name: Some(&name), bytes: &bytes }]);
    found.remove(0).expect("readable")
}

/// What a verdict counts towards a score.
fn credit(verdict: Verdict) -> Option<f64> {
    match verdict {
        Verdict::Yes => Some(1.0),
        Verdict::Partial => Some(0.5),
        Verdict::No => Some(0.0),
        Verdict::NotApplicable | Verdict::Unanswered | Verdict::Unverified => None,
    }
}

/// What a signal's verdict counts, if it counts.
fn given_by(signal: &Signal, verdict: Verdict) -> Option<f64> {
    let half = verdict == Verdict::Yes && signal.is_generous();
    credit(if half { Verdict::Partial } else { verdict }).filter(|_| signal.may_answer())
}

fn signal_of(check: &Check) -> Option<&str> {
    match &check.kind {
        CheckKind::Judged { signal, .. } => signal.as_deref(),
        CheckKind::Measured { .. } => None,
    }
}

#[test]
fn every_signals_figures_are_what_the_readings_say() {
    let Some(folder) = data::folder() else { return };
    let readings: Readings = toml::from_str(include_str!("../readings/calls.toml")).expect("readings");
    assert_eq!(readings.call.len(), 10);
    let set = RubricSet::load(&[]).expect("embedded rubrics");
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let mut differences = String::new();
    let (mut given, mut deserved, mut answered) = (0.0, 0.0, 0_u32);
    for reading in &readings.call {
        let recording = recording(&folder.join(&reading.path));
        let request = CastRequest { rep: Some(reading.rep.clone()), ..CastRequest::default() };
        let parties = &recording.call.parties;
        let cast = cast(parties, &vec![0.0; parties.len()], &request).expect("cast");
        let conversation = Conversation::new(&recording.transcript, &cast.parties, cast.rep, &set.trackers);
        for check in set.dimensions.iter().flat_map(call_coach::rubric::Rubric::checks) {
            let Some((name, read)) = signal_of(check).zip(reading.heard(&check.id)) else { continue };
            let signal = signals::find(name).expect("validated");
            let finding = signal.hear(&conversation);
            let [heard, found] =
                [read, finding.verdict].map(|verdict| matches!(verdict, Verdict::Yes | Verdict::Partial));
            if let (Some(given_here), Some(deserved_here)) = (given_by(signal, finding.verdict), credit(read)) {
                given += given_here;
                deserved += deserved_here;
                answered += 1;
            }
            let count = counts.entry(name).or_default();
            match (finding.verdict, read) {
                (Verdict::Yes, Verdict::Yes) => count.sure += 1,
                (Verdict::Yes, _) => count.unsure += 1,
                _ => {}
            }
            match (heard, found) {
                (true, true) => count.both += 1,
                (true, false) => count.reader_only += 1,
                (false, true) => count.signal_only += 1,
                (false, false) => {}
            }
            if heard != found {
                let who = if heard { "reader" } else { "signal" };
                differences += &format!("{name}: only the {who} in {}\n", reading.path);
            }
        }
    }
    let kinder = (given - deserved) / f64::from(answered) * 100.0;
    assert!(kinder.abs() < 5.0, "{kinder} points too kind: {given} of {answered} where the reader gave {deserved}");
    let mut wrong = String::new();
    for (name, count) in counts {
        let (measured, written) = (count.figures(), signals::find(name).expect("validated").measured);
        if measured != written {
            let Figures { recall, precision, yes_precision, calls } = measured;
            wrong += &format!("{name}: ({recall:?}, {precision:?}, {yes_precision:?}, {calls})\n");
        }
    }
    assert!(wrong.is_empty(), "write these figures into src/speech/signals:\n{wrong}\n{differences}");
}
