//! The built-in analyst's signals against ten calls that were read by hand (`tests/readings`).

use std::collections::BTreeMap;
use std::path::Path;

use call_coach::analyze::cast::{CastRequest, cast};
use call_coach::model::answers::Verdict;
use call_coach::rubric::{Check, CheckKind, RubricSet};
use call_coach::speech::conversation::Conversation;
use call_coach::speech::signals::{self, Figures};
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
    /// Whether the reader heard it; `None` for a check that was not read on this call.
    fn heard(&self, check: &str) -> Option<bool> {
        let is_in = |list: &[String]| list.iter().any(|id| id == check);
        let heard = is_in(&self.yes) || is_in(&self.partial);
        (heard || is_in(&self.no) || is_in(&self.not_applicable)).then_some(heard)
    }
}

#[derive(Default, Clone, Copy)]
struct Count {
    both: u32,
    reader_only: u32,
    signal_only: u32,
}

impl Count {
    fn figures(self) -> Figures {
        let ratio = |rest: u32| if self.both == 0 { 0.0 } else { f64::from(self.both) / f64::from(self.both + rest) };
        let two_digits = |value: f64| (value * 100.0).round() / 100.0;
        Figures {
            recall: two_digits(ratio(self.reader_only)),
            precision: two_digits(ratio(self.signal_only)),
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
    for reading in &readings.call {
        let recording = recording(&folder.join(&reading.path));
        let request = CastRequest { rep: Some(reading.rep.clone()), ..CastRequest::default() };
        let parties = &recording.call.parties;
        let cast = cast(parties, &vec![0.0; parties.len()], &request).expect("cast");
        let conversation = Conversation::new(&recording.transcript, &cast.parties, cast.rep, &set.trackers);
        for check in set.dimensions.iter().flat_map(call_coach::rubric::Rubric::checks) {
            let Some((name, heard)) = signal_of(check).zip(reading.heard(&check.id)) else { continue };
            let finding = signals::find(name).expect("validated").hear(&conversation);
            let found = matches!(finding.verdict, Verdict::Yes | Verdict::Partial);
            let count = counts.entry(name).or_default();
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
    let mut wrong = String::new();
    for (name, count) in counts {
        let (measured, written) = (count.figures(), signals::find(name).expect("validated").measured);
        if measured != written {
            wrong += &format!("{name}: ({:?}, {:?}, {})\n", measured.recall, measured.precision, measured.calls);
        }
    }
    assert!(wrong.is_empty(), "write these figures into src/speech/signals:\n{wrong}\n{differences}");
}
