//! The one thing to work on, chosen over many calls, with the moments that show it.

use std::collections::BTreeMap;

use super::series::PastCall;
use crate::model::answers::{CheckAnswer, Correction, Evidence, Verdict};
use crate::model::ids::CallRef;
use crate::model::scorecard::DimensionScore;
use crate::rubric::{Check, CheckKind, Criterion, Proof, Role, RubricSet};
use crate::scoring::score;
use crate::store::TranscriptId;

/// A call whose answers were scored again, corrections included.
#[derive(Debug, Clone)]
pub struct ScoredCall<'a> {
    /// The call.
    pub past: &'a PastCall,
    /// Its dimensions.
    pub dimensions: Vec<DimensionScore>,
}

/// A moment of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment<'a> {
    /// The call.
    pub past: &'a PastCall,
    /// The version of the words that the line counts in.
    pub transcript: Option<TranscriptId>,
    /// Where and which words.
    pub evidence: Evidence,
    /// Whether it shows how it is done well.
    pub done: bool,
}

/// The thing to work on.
#[derive(Debug, Clone, PartialEq)]
pub struct Focus<'a> {
    /// The dimension.
    pub dimension: &'a str,
    /// The criterion.
    pub criterion: &'a str,
    /// The check.
    pub check: &'a Check,
    /// What the criterion costs a call on average, in points of the overall score.
    pub loss: f64,
    /// On how many calls it was done.
    pub done: u64,
    /// On how many it was done in part.
    pub partly: u64,
    /// On how many calls it applied and was answered.
    pub asked: u64,
    /// At most two where it was missed, newest first, and one where it was done.
    pub moments: Vec<Moment<'a>>,
}

/// The calls' answers with corrections, scored by the rubric of today.
pub fn rescore<'a>(
    set: &RubricSet,
    role: &Role,
    calls: &'a [PastCall],
    corrections: &[(CallRef, Correction)],
    with_objection: &dyn Fn(CallRef) -> bool,
) -> Vec<ScoredCall<'a>> {
    let rescored = |past: &'a PastCall| {
        let own: Vec<_> =
            corrections.iter().filter(|(call, _)| *call == past.call).map(|(_, one)| one.clone()).collect();
        let dimensions = set.dimensions.iter().filter_map(|rubric| {
            let mut checks = past.results.get(&rubric.id)?.checks.clone();
            score::correct(&mut checks, &own);
            Some(score::dimension(rubric, role, &checks, with_objection(past.call)))
        });
        ScoredCall { past, dimensions: dimensions.collect() }
    };
    calls.iter().map(rescored).collect()
}

/// How often a check was done, of the calls on which it applied and was answered.
pub fn rate(calls: &[ScoredCall<'_>], check: &str) -> (u64, u64) {
    let answers = calls.iter().filter_map(|call| answer(call, check)).filter_map(CheckAnswer::done);
    answers.fold((0, 0), |(done, asked), was_done| (done + u64::from(was_done), asked + 1))
}

/// Chooses the focus: of the criteria, by what they cost on average (role weight × weight × missing score), the first
/// with a check that only the rep can meet, was missed, and whose miss can be shown. Within it the check that was
/// missed most often; equal ones in rubric order. What is done on most calls already is a focus only when nothing else
/// is: nobody changes what they do for it. Criteria without a score come last. `wanted` is a check that was chosen by a
/// person, whoever can meet it; `None` when it was answered on no call.
pub fn choose<'a>(
    set: &'a RubricSet,
    role: &Role,
    calls: &'a [ScoredCall<'a>],
    wanted: Option<&str>,
) -> Option<Focus<'a>> {
    let mut costs: BTreeMap<(usize, usize), (f64, u64)> = BTreeMap::new();
    for call in calls {
        for loss in score::losses(role, &call.dimensions) {
            let place = set.dimensions.iter().position(|rubric| rubric.id == loss.dimension.id).and_then(|at| {
                let criteria = &set.dimensions.get(at)?.criteria;
                Some((at, criteria.iter().position(|criterion| criterion.id == loss.criterion.id)?))
            });
            if let Some(place) = place {
                let (points, n) = costs.entry(place).or_default();
                *points += loss.points;
                *n += 1;
            }
        }
    }
    let mut costs: Vec<_> = costs.into_iter().map(|(place, (points, n))| (place, points / n as f64)).collect();
    // A stable sort: equal losses stay in rubric order.
    costs.sort_by(|a, b| b.1.total_cmp(&a.1));
    costs.extend(unscored(set, role, &costs));
    let first = |rarely_done: bool| {
        costs.iter().find_map(|((dimension, criterion), loss)| {
            let rubric = set.dimensions.get(*dimension)?;
            let criterion = rubric.criteria.get(*criterion)?;
            let mut checks: Vec<_> = criterion
                .checks
                .iter()
                .filter(|check| match wanted {
                    Some(wanted) => wanted == check.id,
                    None => matches!(check.kind, CheckKind::Judged { proof: Proof::Rep, .. }),
                })
                .filter_map(|check| {
                    let moments = moments(calls, &rubric.id, check);
                    let (done, asked) = rate(calls, &check.id);
                    let shown = moments.iter().any(|moment| !moment.done) || wanted.is_some();
                    let is_missed = shown && if rarely_done { done * 2 <= asked } else { done < asked };
                    (asked > 0 && (is_missed || wanted.is_some())).then_some((check, done, asked, moments))
                })
                .collect();
            checks.sort_by_key(|(_, done, asked, _)| std::cmp::Reverse(asked - done));
            let (check, done, asked, moments) = checks.into_iter().next()?;
            let in_part = |answer: &&CheckAnswer| answer.verdict == Verdict::Partial && answer.done() == Some(false);
            let partly = calls.iter().filter_map(|call| answer(call, &check.id)).filter(in_part).count() as u64;
            Some(Focus {
                dimension: &rubric.id,
                criterion: &criterion.id,
                check,
                loss: *loss,
                done,
                partly,
                asked,
                moments,
            })
        })
    };
    first(true).or_else(|| first(false))
}

/// The criteria that cost nothing, because too little of their dimension was answered for a score, by what they are worth.
fn unscored(set: &RubricSet, role: &Role, costs: &[((usize, usize), f64)]) -> Vec<((usize, usize), f64)> {
    let all = set.dimensions.iter().enumerate().flat_map(|(at, rubric)| {
        let worth = move |criterion: &Criterion| role.weight(&rubric.id) * criterion.weight;
        rubric.criteria.iter().enumerate().map(move |(n, criterion)| ((at, n), worth(criterion)))
    });
    let mut rest: Vec<_> = all.filter(|(place, _)| !costs.iter().any(|(known, _)| known == place)).collect();
    rest.sort_by(|a, b| b.1.total_cmp(&a.1));
    rest.into_iter().map(|(place, _)| (place, 0.0)).collect()
}

fn moments<'a>(calls: &'a [ScoredCall<'a>], dimension: &str, check: &Check) -> Vec<Moment<'a>> {
    let of = |call: &'a ScoredCall<'a>| {
        let answer = answer(call, &check.id)?;
        let done = answer.done()?;
        // Words by which it was done in part do not show that it was missed.
        if !done && answer.verdict != Verdict::No {
            return None;
        }
        let evidence = if done { answer.evidence.first() } else { answer.chance.as_ref().or(answer.evidence.first()) };
        let transcript = call.past.results.get(dimension)?.asked.transcript;
        Some(Moment { past: call.past, transcript, evidence: evidence?.clone(), done })
    };
    let all: Vec<_> = calls.iter().rev().filter_map(of).collect();
    let missed = all.iter().filter(|moment| !moment.done).take(2);
    let done = all.iter().filter(|moment| moment.done).take(1);
    missed.chain(done).cloned().collect()
}

fn answer<'a>(call: &'a ScoredCall<'_>, check: &str) -> Option<&'a CheckAnswer> {
    let criteria = call.dimensions.iter().flat_map(|dimension| &dimension.criteria);
    criteria.flat_map(|criterion| &criterion.checks).find(|answer| answer.check == check)
}

#[cfg(test)]
mod tests {
    use super::super::series::{series, tests::result};
    use super::*;
    use crate::model::answers::Verdict;
    use crate::scoring::verify;

    /// Calls on which these checks of discovery were answered no (with or without a chance to show), the rest yes.
    fn calls(set: &RubricSet, missed: &[&[(&str, bool)]]) -> Vec<PastCall> {
        let results = (1..).zip(missed).map(|(n, missed)| {
            let rubric = set.dimension("discovery").expect("discovery");
            let mut result = result(n, n, "discovery", Some(50.0));
            let evidence = |line| Evidence { line, start_ms: None, end_ms: None, quote: "some words".to_owned() };
            result.checks = rubric
                .checks()
                .map(|check| match missed.iter().find(|(id, _)| *id == check.id) {
                    Some((_, shown)) => {
                        CheckAnswer { chance: shown.then(|| evidence(2)), ..verify::answer(check, Verdict::No) }
                    }
                    None => CheckAnswer { evidence: vec![evidence(1)], ..verify::answer(check, Verdict::Yes) },
                })
                .collect();
            result
        });
        series(results.collect()).calls
    }

    fn chosen(missed: &[&[(&str, bool)]], wanted: Option<&str>) -> Option<(String, u64, u64, usize)> {
        let set = RubricSet::load(&[]).expect("embedded");
        let role = set.roles.find("ae").expect("ae");
        let calls = calls(&set, missed);
        let scored = rescore(&set, role, &calls, &[], &|_| true);
        choose(&set, role, &scored, wanted)
            .map(|focus| (focus.check.id.clone(), focus.done, focus.asked, focus.moments.len()))
    }

    #[test]
    fn the_costliest_criterion_that_can_be_shown_is_the_focus() {
        // One of four checks of "problem" (25 %) costs more than one of four of "frame" (15 %).
        let cost: &[(&str, bool)] = &[("cost_asked", true), ("purpose_said", true)];
        let frame: &[(&str, bool)] = &[("purpose_said", true)];
        assert_eq!(chosen(&[cost, cost, frame], None), Some(("cost_asked".to_owned(), 1, 3, 3)));
        // What cannot be shown gives way.
        let hidden: &[(&str, bool)] = &[("cost_asked", false), ("purpose_said", true)];
        assert_eq!(chosen(&[hidden, hidden], None), Some(("purpose_said".to_owned(), 0, 2, 2)));
        // What is done on most calls gives way, unless it is all there is.
        assert_eq!(chosen(&[cost, frame, frame], None), Some(("purpose_said".to_owned(), 0, 3, 2)));
        let seldom: &[(&str, bool)] = &[("cost_asked", true)];
        assert_eq!(chosen(&[seldom, &[], &[]], None), Some(("cost_asked".to_owned(), 2, 3, 2)));
        assert_eq!(chosen(&[&[], &[]], None), None, "nothing was missed");
        assert_eq!(chosen(&[frame], Some("cost_asked")), Some(("cost_asked".to_owned(), 1, 1, 1)), "a person's choice");
    }

    #[test]
    fn what_is_missed_in_a_dimension_without_a_score_can_be_the_focus() {
        let set = RubricSet::load(&[]).expect("embedded");
        let role = set.roles.find("ae").expect("ae");
        let rubric = set.dimension("objection_handling").expect("objections");
        let check = rubric.checks().find(|check| check.id == "asked_before_answering").expect("check");
        let said = |n| Evidence { line: n, start_ms: None, end_ms: None, quote: "some words".to_owned() };
        let results = [(1, Verdict::No), (2, Verdict::Partial), (3, Verdict::No)].map(|(n, verdict)| {
            let mut result = result(n, n, &rubric.id, None);
            let chance = (verdict == Verdict::No).then(|| said(2));
            result.checks = rubric.checks().map(|check| verify::answer(check, Verdict::Unanswered)).collect();
            result.checks.retain(|answer| answer.check != check.id);
            result.checks.push(CheckAnswer { chance, evidence: vec![said(3)], ..verify::answer(check, verdict) });
            result
        });
        let calls = series(results.into()).calls;
        let scored = rescore(&set, role, &calls, &[], &|_| true);
        assert!(scored.iter().flat_map(|call| &call.dimensions).all(|dimension| dimension.score.is_none()));
        let focus = choose(&set, role, &scored, None).expect("a focus");
        assert_eq!((focus.check.id.as_str(), focus.done, focus.partly, focus.asked), (check.id.as_str(), 0, 1, 3));
        let shown: Vec<_> = focus.moments.iter().map(|moment| (moment.past.call.0, moment.evidence.line)).collect();
        assert_eq!(shown, [(3, 2), (1, 2)], "what was done in part does not show a miss");
    }

    #[test]
    fn a_correction_is_respected() {
        let set = RubricSet::load(&[]).expect("embedded");
        let role = set.roles.find("ae").expect("ae");
        let calls = calls(&set, &[&[("cost_asked", true)]]);
        let word = Correction {
            check: "cost_asked".to_owned(),
            verdict: Verdict::Yes,
            line: None,
            note: None,
            made_by: "ines".to_owned(),
        };
        let scored = rescore(&set, role, &calls, &[(CallRef(1), word)], &|_| true);
        assert_eq!(choose(&set, role, &scored, None), None);
        assert_eq!(rate(&scored, "cost_asked"), (1, 1));
    }
}
