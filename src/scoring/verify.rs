//! From claims to answers: every claim is checked against the transcript before anything is computed from it.

use crate::model::answers::Evidence;
use crate::model::answers::{Answers, CheckAnswer, CheckClaim, Claims, EvidenceCount, ObjectionClaim, Quote, Verdict};
use crate::model::call::CallType;
use crate::model::objection::Objection;
use crate::rubric::{Check, CheckKind, Proof, Rubric};

use super::evidence::{Hearing, Rejection};

/// What decides which checks there were to answer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// The kind of call, where known.
    pub call_type: Option<CallType>,
    /// Whether the analyst was given facts about the product.
    pub has_facts: bool,
}

/// Verifies what an analyst says about one dimension.
///
/// Each judged check of the rubric gets exactly one answer: a check that does not apply to this kind of call is
/// `not_applicable` whatever was claimed, and so is one that needs a fact pack when none was given; a missing one is
/// `unanswered`, a `yes` or `partial` without a single quote that holds is `unverified`. Claims about checks that the rubric does not have are ignored. Measured checks
/// are not the analyst's: [`super::measured`] answers them.
pub fn verify(rubric: &Rubric, claims: &Claims, hearing: &Hearing<'_>, asked: Asked) -> Answers {
    let mut evidence = EvidenceCount::default();
    let checks = rubric
        .checks()
        .filter_map(|check| match &check.kind {
            CheckKind::Judged { proof, .. } => Some((check, *proof)),
            CheckKind::Measured { .. } => None,
        })
        .map(|(check, proof)| {
            let claim = claims.checks.iter().find(|claim| claim.check == check.id);
            match claim {
                _ if check.needs_facts && !asked.has_facts => answer(check, Verdict::NotApplicable),
                _ if !check.applies_to(asked.call_type) => answer(check, Verdict::NotApplicable),
                None => answer(check, Verdict::Unanswered),
                Some(claim) => verify_check(check, proof, claim, hearing, &mut evidence),
            }
        })
        .collect();
    let objections =
        claims.objections.iter().filter_map(|claim| verify_objection(claim, hearing, &mut evidence)).collect();
    Answers { checks, objections, evidence }
}

/// An answer without evidence.
pub(crate) fn answer(check: &Check, verdict: Verdict) -> CheckAnswer {
    CheckAnswer {
        check: check.id.clone(),
        verdict,
        claimed: None,
        evidence: Vec::new(),
        chance: None,
        measured: None,
        note: None,
        corrected_by: None,
    }
}

fn verify_check(
    check: &Check,
    proof: Proof,
    claim: &CheckClaim,
    hearing: &Hearing<'_>,
    count: &mut EvidenceCount,
) -> CheckAnswer {
    let mut answer = CheckAnswer { note: claim.note.clone(), ..answer(check, claim.verdict) };
    match claim.verdict {
        Verdict::Yes | Verdict::Partial => {
            let mut colleague = None;
            for quote in &claim.quotes {
                match verify_quote(quote, proof, hearing, count) {
                    Ok(found) => answer.evidence.push(found),
                    Err(Rejection::Colleague(party)) => colleague = Some(party),
                    Err(_) => {}
                }
            }
            if answer.evidence.is_empty() {
                match colleague.and_then(|party| hearing.parties.get(party)) {
                    Some(party) => {
                        answer.verdict = Verdict::NotApplicable;
                        answer.note = Some(format!("done by {}", party.display_name()));
                    }
                    None => {
                        answer.verdict = Verdict::Unverified;
                        answer.claimed = Some(claim.verdict);
                    }
                }
            }
        }
        Verdict::No => {
            // What shows the opposite, and the missed chance, may be anybody's words.
            let quotes =
                claim.quotes.iter().filter_map(|quote| verify_quote(quote, Proof::Either, hearing, count).ok());
            answer.evidence = quotes.collect();
            answer.chance =
                claim.chance.as_ref().and_then(|quote| verify_quote(quote, Proof::Either, hearing, count).ok());
        }
        Verdict::NotApplicable | Verdict::Unanswered => {}
        // Only verification may call a claim unverified.
        Verdict::Unverified => answer.verdict = Verdict::Unanswered,
    }
    answer
}

/// An objection without verified words of the buyer is dropped.
fn verify_objection(claim: &ObjectionClaim, hearing: &Hearing<'_>, count: &mut EvidenceCount) -> Option<Objection> {
    let raised = verify_quote(&claim.raised, Proof::Buyer, hearing, count).ok()?;
    let repeats =
        claim.repeats.iter().filter_map(|quote| verify_quote(quote, Proof::Buyer, hearing, count).ok()).collect();
    let response = claim.response.as_ref().and_then(|quote| match verify_quote(quote, Proof::Rep, hearing, count) {
        // Whoever of ours answered, the concern was answered.
        Err(Rejection::Colleague(_)) => hearing.verify(quote, Proof::Either).ok(),
        other => other.ok(),
    });
    Some(Objection {
        kind: claim.kind,
        status: claim.status,
        severity: claim.severity.clamp(1, 3),
        implicit: claim.implicit,
        raised,
        repeats,
        response,
        parked_until: claim.parked_until.clone(),
    })
}

fn verify_quote(
    quote: &Quote,
    proof: Proof,
    hearing: &Hearing<'_>,
    count: &mut EvidenceCount,
) -> Result<Evidence, Rejection> {
    let result = hearing.verify(quote, proof);
    count.claimed += 1;
    // A colleague's words do stand in the transcript; that they earn the rep no credit is another matter.
    if matches!(result, Ok(_) | Err(Rejection::Colleague(_))) {
        count.verified += 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::objection::{ObjectionStatus, ObjectionType};
    use crate::model::party::{Party, Side};
    use crate::model::transcript::{SpokenText, Transcript};
    use crate::rubric::RubricSet;

    const REP: usize = 0;
    const BUYER: usize = 1;
    const COLLEAGUE: usize = 2;

    fn claim(check: &str, verdict: Verdict, quotes: &[(u32, &str)]) -> CheckClaim {
        let quotes = quotes.iter().map(|(line, quote)| Quote { line: *line, quote: (*quote).to_owned() }).collect();
        CheckClaim { check: check.to_owned(), verdict, quotes, chance: None, note: None }
    }

    fn verified(checks: Vec<CheckClaim>, objections: Vec<ObjectionClaim>) -> Answers {
        let said = [
            (REP, "What would it cost you to leave it as it is?"),
            (BUYER, "That is far too expensive for us."),
            (COLLEAGUE, "How much time do we have today?"),
        ];
        let transcript = Transcript::from_spoken(said.map(|(party, text)| SpokenText {
            party: Some(party),
            start_ms: None,
            end_ms: None,
            text: text.to_owned(),
        }));
        let party = |name: &str, side| Party { name: Some(name.to_owned()), side, ..Party::default() };
        let parties = [party("Ana", Side::Rep), party("Bo", Side::Buyer), party("Priya", Side::Rep)];
        let set = RubricSet::load(&[]).expect("embedded rubrics");
        let rubric = set.dimension("discovery").expect("discovery");
        let hearing = Hearing { transcript: &transcript, shown: &transcript, parties: &parties, rep: REP };
        let asked = Asked { call_type: Some(CallType::Discovery), has_facts: false };
        verify(rubric, &Claims { checks, objections }, &hearing, asked)
    }

    fn of<'a>(answers: &'a Answers, check: &str) -> &'a CheckAnswer {
        answers.checks.iter().find(|answer| answer.check == check).expect("answered")
    }

    /// The three inventions that must never earn credit: words nobody said, the other side's words, and words that
    /// stand only in the rubric.
    #[test]
    fn fabricated_wrong_sided_and_rubric_quotes_are_dropped_and_counted() {
        let from_the_rubric = "Did the rep check how much time the buyer has";
        let answers = verified(
            vec![
                claim("cost_asked", Verdict::Yes, &[(1, "What would it save you in a month?")]),
                claim("preparation_shown", Verdict::Yes, &[(2, "That is far too expensive for us.")]),
                claim("time_confirmed", Verdict::Partial, &[(1, from_the_rubric)]),
                claim("why_now_asked", Verdict::Yes, &[(1, "What would it cost you"), (9, "to leave it as it is")]),
            ],
            Vec::new(),
        );
        for check in ["cost_asked", "preparation_shown", "time_confirmed"] {
            assert_eq!(of(&answers, check).verdict, Verdict::Unverified, "{check}");
            assert!(of(&answers, check).evidence.is_empty(), "{check}");
        }
        assert_eq!(of(&answers, "time_confirmed").claimed, Some(Verdict::Partial));
        assert_eq!(of(&answers, "why_now_asked").verdict, Verdict::Yes);
        assert_eq!(of(&answers, "why_now_asked").evidence.len(), 1);
        assert_eq!(answers.evidence, EvidenceCount { claimed: 5, verified: 1 });
    }

    #[test]
    fn a_yes_without_any_quote_is_unverified() {
        let answers = verified(vec![claim("cost_asked", Verdict::Yes, &[])], Vec::new());
        assert_eq!(of(&answers, "cost_asked").verdict, Verdict::Unverified);
    }

    #[test]
    fn a_colleagues_work_does_not_apply_and_is_named() {
        let answers =
            verified(vec![claim("time_confirmed", Verdict::Yes, &[(3, "How much time do we have")])], Vec::new());
        let answer = of(&answers, "time_confirmed");
        assert_eq!((answer.verdict, answer.note.as_deref()), (Verdict::NotApplicable, Some("done by Priya")));
    }

    #[test]
    fn every_judged_check_gets_one_answer() {
        let twice = vec![
            claim("cost_asked", Verdict::No, &[]),
            claim("cost_asked", Verdict::Yes, &[]),
            claim("charm", Verdict::Yes, &[]),
        ];
        let answers = verified(twice, Vec::new());
        assert_eq!(answers.checks.len(), 21);
        assert_eq!(of(&answers, "cost_asked").verdict, Verdict::No);
        assert_eq!(of(&answers, "who_decides").verdict, Verdict::Unanswered);
        assert_eq!(
            of(&verified(vec![claim("who_decides", Verdict::Unverified, &[])], Vec::new()), "who_decides").verdict,
            Verdict::Unanswered
        );
    }

    #[test]
    fn an_objection_needs_the_buyers_own_words() {
        let objection = |line, quote: &str| ObjectionClaim {
            kind: ObjectionType::Pricing,
            status: ObjectionStatus::Unresolved,
            severity: 9,
            implicit: false,
            raised: Quote { line, quote: quote.to_owned() },
            repeats: vec![Quote { line, quote: "never said at all".to_owned() }],
            response: Some(Quote { line: 3, quote: "How much time do we have".to_owned() }),
            parked_until: None,
        };
        let good = objection(2, "far too expensive for us");
        let answers = verified(
            Vec::new(),
            vec![good, objection(2, "far too expensive for me"), objection(1, "leave it as it is")],
        );
        assert_eq!(answers.objections.len(), 1);
        let kept = &answers.objections[0];
        assert_eq!((kept.severity, kept.repeats.len()), (3, 0));
        assert_eq!(kept.response.as_ref().map(|response| response.line), Some(3));
    }
}
