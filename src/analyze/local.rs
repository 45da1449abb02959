//! The built-in analyst: answers checks from words and times alone, on this machine.
//!
//! It cites lines like any analyst and goes through the same verification. It never guesses: a check without a
//! signal, or with one that may not answer it, stays unanswered.

use crate::model::answers::{CheckClaim, Claims, Verdict};
use crate::rubric::{CheckKind, Rubric};
use crate::speech::conversation::Conversation;
use crate::speech::{objections, signals};

/// Version of what the analyst hears. Stored answers are kept under it: raise it with every change to `speech/` that
/// changes an answer. A snapshot test fails when answers change and this does not.
pub const VERSION: &str = "local-2";

/// Answers one dimension's checks.
pub fn answer(conversation: &Conversation<'_>, rubric: &Rubric) -> Claims {
    let objections = if rubric.collects_objections { objections::objections(conversation) } else { Vec::new() };
    let checks = rubric.checks().filter_map(|check| match &check.kind {
        CheckKind::Judged { signal: Some(signal), .. } => Some((check, signals::find(signal)?)),
        _ => None,
    });
    let checks = checks
        .map(|(check, signal)| {
            let heard = signal.hear(conversation);
            // That a question does not arise (no concern, one buyer) is found by counting, not by this signal's ear.
            let believed = signal.may_answer() || heard.verdict == Verdict::NotApplicable;
            let verdict = if believed { heard.verdict } else { Verdict::Unanswered };
            CheckClaim { check: check.id.clone(), verdict, quotes: heard.quotes, chance: heard.chance, note: None }
        })
        .collect();
    Claims { checks, objections }
}
