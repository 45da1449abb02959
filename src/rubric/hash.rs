//! What a result was made with, as hashes.
//!
//! Two of them, because answers cost money and scores do not: [`questions`] changes only with what is asked, so that
//! stored answers survive new weights, phrases and advice; [`everything`] changes with any of it.

use sha2::{Digest, Sha256};

use super::{Check, CheckKind, Rubric, RubricSet};
use crate::model::transcript::hex;

/// SHA-256 over what an analyst is asked: ids, questions, whose proof, call types and signals, in order.
pub(super) fn questions(rubric: &Rubric) -> String {
    let mut hasher = Hasher::default();
    hasher.add(&rubric.id);
    hasher.add(if rubric.collects_objections { "objections" } else { "" });
    for check in rubric.checks() {
        asked(&mut hasher, check);
    }
    hasher.finish()
}

/// SHA-256 over all that a score depends on: every dimension, role and guideline.
pub(super) fn everything(set: &RubricSet) -> String {
    let mut hasher = Hasher::default();
    for rubric in &set.dimensions {
        for text in [&rubric.id, &rubric.title, &rubric.version] {
            hasher.add(text);
        }
        hasher.add(&format!("{} {}", rubric.coverage_floor, rubric.requires_objection));
        for criterion in &rubric.criteria {
            for text in [
                &criterion.id,
                &criterion.title,
                &criterion.excellent,
                &criterion.poor,
                &criterion.won,
                &criterion.lost,
            ] {
                hasher.add(text);
            }
            hasher.add(&criterion.weight.to_string());
            for check in &criterion.checks {
                asked(&mut hasher, check);
                hasher.add(&check.advice);
                hasher.add(check.praise.as_deref().unwrap_or_default());
            }
        }
    }
    for role in set.roles.iter() {
        hasher.add(&format!("{role:?}"));
    }
    for entry in set.guidelines.entries() {
        hasher.add(&format!("{entry:?}"));
    }
    hasher.finish()
}

fn asked(hasher: &mut Hasher, check: &Check) {
    hasher.add(&check.id);
    hasher.add(&check.ask);
    match &check.kind {
        CheckKind::Judged { proof, signal } => {
            hasher.add(proof.as_str());
            hasher.add(signal.as_deref().unwrap_or_default());
        }
        CheckKind::Measured { metric } => {
            hasher.add("measured");
            hasher.add(metric);
        }
    }
    hasher.add(if check.needs_facts { "facts" } else { "" });
    for call_type in &check.call_types {
        hasher.add(call_type.as_str());
    }
}

/// Hashes a list of texts such that no two different lists look alike.
#[derive(Default)]
struct Hasher(Sha256);

impl Hasher {
    fn add(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text);
    }

    fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}
