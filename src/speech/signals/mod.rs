//! Signals: how the built-in analyst finds the answer to a check.
//!
//! A signal listens to a whole conversation and says `yes`, `partial`, `no` or `not_applicable`, with the sentences
//! that show it. It may only answer a check when it can also be believed when it says no: its recall, measured on
//! calls that were read by hand (`tests/readings`), must reach [`MIN_RECALL`]. Otherwise what it finds is dropped and
//! the check stays unanswered. A `yes` that is often only half of what a person would call yes counts half.
//!
//! To add one: a function in the file of its dimension, a row in that file's `SIGNALS` with its measured figures, and
//! its name as `signal` in the rubric. `cargo test readings` measures it.

mod closing;
mod concerns;
mod discovery;
mod listening;
mod product;

use super::conversation::{Conversation, Sentence};
use crate::model::answers::{Quote, Verdict};

/// A signal that misses more than a fifth of what is there must not say that it did not happen.
pub const MIN_RECALL: f64 = 0.8;
/// One that is wrong more often than right when it says yes must not give credit.
const MIN_PRECISION: f64 = 0.5;
/// A yes that is a reader's plain yes less often than this counts half.
const MIN_YES_PRECISION: f64 = 0.8;
/// A recall measured on fewer calls that show the thing is an anecdote.
const MIN_CALLS: u32 = 2;
/// At most this many sentences are shown as proof of one check.
const MAX_QUOTES: usize = 3;

/// A named way to answer a check.
pub struct Signal {
    /// The name used in rubric files.
    pub name: &'static str,
    /// How well it does on calls that were read by hand.
    pub measured: Figures,
    hear: fn(&Conversation<'_>) -> Finding,
}

/// How well a signal finds what a reader found: a check counts as found when both say `yes` or `partial`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Part of the reader's yes and partial that the signal found, 0–1.
    pub recall: f64,
    /// Part of the signal's yes and partial that the reader found, 0–1.
    pub precision: f64,
    /// Part of the signal's yes to which the reader said yes, not just partial, 0–1.
    pub yes_precision: f64,
    /// On how many of the calls the reader found it.
    pub calls: u32,
}

impl Signal {
    /// A signal, with its figures on `tests/readings` in the order recall, precision, precision
    /// of a yes, calls.
    const fn new(name: &'static str, figures: (f64, f64, f64, u32), hear: fn(&Conversation<'_>) -> Finding) -> Self {
        let (recall, precision, yes_precision, calls) = figures;
        Signal { name, measured: Figures { recall, precision, yes_precision, calls }, hear }
    }

    /// Listens to a conversation.
    pub fn hear(&self, conversation: &Conversation<'_>) -> Finding {
        (self.hear)(conversation)
    }

    /// Whether it may answer checks: its `no` can be believed, and its `yes` too.
    pub fn may_answer(&self) -> bool {
        self.measured.recall >= MIN_RECALL
            && self.measured.precision >= MIN_PRECISION
            && self.measured.calls >= MIN_CALLS
    }

    /// Whether it often says yes where a reader would give less than all the credit.
    pub fn is_generous(&self) -> bool {
        self.measured.yes_precision < MIN_YES_PRECISION
    }
}

/// What a signal heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The answer.
    pub verdict: Verdict,
    /// The sentences that show it; under a `no`, those that show the opposite.
    pub quotes: Vec<Quote>,
    /// Under a `no` or `partial`: where it should have happened.
    pub chance: Option<Quote>,
}

/// The signal with this name.
pub fn find(name: &str) -> Option<&'static Signal> {
    all().find(|signal| signal.name == name)
}

/// Every signal's name.
pub fn names() -> impl Iterator<Item = &'static str> {
    all().map(|signal| signal.name)
}

fn all() -> impl Iterator<Item = &'static Signal> {
    [discovery::SIGNALS, listening::SIGNALS, closing::SIGNALS, concerns::SIGNALS, product::SIGNALS]
        .into_iter()
        .flatten()
}

impl Finding {
    fn no() -> Self {
        Finding { verdict: Verdict::No, quotes: Vec::new(), chance: None }
    }

    fn not_applicable() -> Self {
        Finding { verdict: Verdict::NotApplicable, ..Finding::no() }
    }

    fn unanswered() -> Self {
        Finding { verdict: Verdict::Unanswered, ..Finding::no() }
    }

    /// Yes with at least `yes` sentences, partial with fewer, no without any.
    fn counted<'a>(conversation: &Conversation<'_>, found: impl IntoIterator<Item = &'a Sentence>, yes: usize) -> Self {
        let quotes: Vec<_> = found.into_iter().map(|sentence| conversation.quote(sentence)).collect();
        let verdict = match quotes.len() {
            0 => Verdict::No,
            n if n >= yes => Verdict::Yes,
            _ => Verdict::Partial,
        };
        Finding { verdict, quotes: quotes.into_iter().take(MAX_QUOTES).collect(), chance: None }
    }

    /// Names the place where it should have happened, unless it did.
    fn or_chance(mut self, conversation: &Conversation<'_>, sentence: Option<&Sentence>) -> Self {
        if self.verdict == Verdict::No {
            self.chance = sentence.map(|sentence| conversation.quote(sentence));
        }
        self
    }
}
