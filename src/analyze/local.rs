//! The built-in analyst: answers checks from words and times alone, on this machine.
//!
//! It cites lines like any analyst and goes through the same verification. It never guesses: a check without a
//! signal, or with one that may not answer it, stays unanswered.

use crate::model::answers::{Answers, CheckClaim, Claims, Verdict};
use crate::rubric::{CheckKind, Rubric};
use crate::speech::conversation::Conversation;
use crate::speech::objections;
use crate::speech::signals::{self, Signal};

/// Version of what the analyst hears. Stored answers are kept under it: raise it with every change to `speech/` that
/// changes an answer. A snapshot test fails when answers change and this does not.
pub const VERSION: &str = "local-3";

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

/// Lets a yes count half whose signal is generous. That it was done stays said: nobody is told to do what they did.
pub fn temper(rubric: &Rubric, answers: &mut Answers) {
    let is_generous = |check: &str| {
        rubric.checks().filter(|found| found.id == check).any(|check| match &check.kind {
            CheckKind::Judged { signal: Some(signal), .. } => signals::find(signal).is_some_and(Signal::is_generous),
            _ => false,
        })
    };
    for answer in &mut answers.checks {
        if answer.verdict == Verdict::Yes && is_generous(&answer.check) {
            answer.verdict = Verdict::Partial;
            answer.claimed = Some(Verdict::Yes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rubric::RubricSet;
    use crate::scoring::verify;

    #[test]
    fn a_generous_yes_counts_half_and_is_no_miss() {
        let set = RubricSet::load(&[]).expect("embedded rubrics");
        let discovery = set.dimension("discovery").expect("discovery");
        let verdicts =
            [("who_decides", Verdict::Yes), ("steps_known", Verdict::Partial), ("time_confirmed", Verdict::Yes)];
        let check = |id: &str| discovery.checks().find(|check| check.id == id).expect("a check of discovery");
        let checks = verdicts.iter().map(|(id, verdict)| verify::answer(check(id), *verdict)).collect();
        let mut answers = Answers { checks, ..Answers::default() };
        temper(discovery, &mut answers);
        let told: Vec<_> = answers.checks.iter().map(|answer| (answer.verdict, answer.done())).collect();
        assert_eq!(told, [(Verdict::Partial, Some(true)), (Verdict::Partial, Some(false)), (Verdict::Yes, Some(true))]);
    }
}
