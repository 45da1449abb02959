//! Under what answers are kept.

use sha2::{Digest as _, Sha256};

use super::{Prepared, local};
use crate::model::transcript::hex;
use crate::rubric::{Rubric, RubricSet};

/// The key of the built-in analyst's answers: everything that they depend on. The words with who said them and on
/// which side, the coached person, the kind of call, what is asked, what is listened for, and the analyst's version.
pub(super) fn local(prepared: &Prepared, set: &RubricSet, rubric: &Rubric) -> String {
    let parties = &prepared.call.parties;
    let voices: Vec<String> = parties
        .iter()
        .map(|party| format!("{}\u{0}{}", party.speaker_key.as_deref().unwrap_or_default(), party.side.as_str()))
        .collect();
    let words = prepared.transcript.hash(|party| voices.get(party).map_or("", String::as_str));
    let rep = voices.get(prepared.rep).map_or("", String::as_str);
    let call_type = prepared.call.call_type.map_or("", |call_type| call_type.as_str());
    let mut hasher = Sha256::new();
    for part in [local::VERSION, &words, rep, call_type, &set.questions_hash(rubric), set.trackers.hash()] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hex(&hasher.finalize())
}
