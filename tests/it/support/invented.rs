//! Invented calls, answers and scores.

use call_coach::model::answers::{
    AnalystKind, Answers, CheckAnswer, Evidence, EvidenceCount, Measured, Usage, Verdict,
};
use call_coach::model::call::{Call, CallType};
use call_coach::model::ids::CallRef;
use call_coach::model::objection::{Objection, ObjectionStatus, ObjectionType};
use call_coach::model::party::{Party, Side, SideSource};
use call_coach::model::scorecard::DimensionStatus;
use call_coach::model::transcript::{SpokenText, Transcript};
use call_coach::speech::metrics::Metrics;
use call_coach::store::{
    AnswersId, NewAnswers, NewScore, NewScores, OVERALL, RepId, RubricStamp, Standing, Store, TranscriptId,
};
use jiff::Timestamp;

/// A point in time, in seconds after the tests' own beginning of time.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

pub(crate) fn party(name: &str, email: Option<&str>, side: Side) -> Party {
    Party {
        speaker_key: Some(name.to_owned()),
        name: Some(name.to_owned()),
        email: email.map(str::to_owned),
        side,
        side_source: (side != Side::Unknown).then_some(SideSource::File),
        ..Party::default()
    }
}

/// A call of Mara (ours) and Dana (the customer).
pub(crate) fn call(ext_id: &str, started_at: Option<Timestamp>) -> Call {
    Call {
        source: "file".to_owned(),
        ext_id: ext_id.to_owned(),
        title: Some("Northwind renewal".to_owned()),
        started_at,
        duration_ms: Some(1_800_000),
        url: Some(format!("https://calls.example/{ext_id}")),
        call_type: Some(CallType::Renewal),
        product: Some("Ledger".to_owned()),
        account: Some("Northwind".to_owned()),
        parties: vec![party("Mara", Some("mara@acme.example"), Side::Rep), party("Dana", None, Side::Buyer)],
        ..Call::default()
    }
}

/// Sentences of `(party, start in seconds, text)`, four seconds each.
pub(crate) fn transcript(sentences: &[(Option<usize>, i64, &str)]) -> Transcript {
    Transcript::from_spoken(sentences.iter().map(|(party, second, text)| SpokenText {
        party: *party,
        start_ms: Some(second * 1000),
        end_ms: Some(second * 1000 + 4000),
        text: (*text).to_owned(),
    }))
}

pub(crate) fn short_transcript() -> Transcript {
    transcript(&[
        (Some(0), 0, "Thanks for the time, Dana. What changed since spring?"),
        (Some(1), 5, "Honestly, that's a lot more than we pay today."),
        (Some(0), 10, "Compared with what?"),
        (None, 15, "Café noise, 50% of it."),
        (Some(1), 20, "Compared with doing nothing."),
        (Some(1), 24, "And security must review it."),
    ])
}

pub(crate) fn evidence(line: u32, quote: &str) -> Evidence {
    Evidence { line, start_ms: Some(i64::from(line) * 1000), end_ms: None, quote: quote.to_owned() }
}

pub(crate) fn answers() -> Answers {
    let check = |check: &str, verdict| CheckAnswer {
        check: check.to_owned(),
        verdict,
        claimed: None,
        evidence: Vec::new(),
        chance: None,
        measured: None,
        note: None,
        corrected_by: None,
    };
    Answers {
        checks: vec![
            CheckAnswer {
                evidence: vec![evidence(1, "What changed since spring?")],
                note: Some("She asked.".to_owned()),
                ..check("asked_what_changed", Verdict::Yes)
            },
            CheckAnswer { chance: Some(evidence(2, "a lot more")), ..check("asked_before_answering", Verdict::No) },
            CheckAnswer {
                measured: Some(Measured { value: 0.1 + 0.2, min: None, max: Some(0.65) }),
                ..check("talk_share_in_range", Verdict::Yes)
            },
        ],
        objections: vec![
            Objection {
                kind: ObjectionType::Pricing,
                status: ObjectionStatus::Unresolved,
                severity: 3,
                implicit: false,
                raised: evidence(2, "a lot more than we pay today"),
                repeats: vec![evidence(5, "Compared with doing nothing.")],
                response: Some(evidence(3, "Compared with what?")),
                parked_until: None,
            },
            Objection {
                kind: ObjectionType::SecurityLegal,
                status: ObjectionStatus::Parked,
                severity: 1,
                implicit: true,
                raised: evidence(6, "security must review it"),
                repeats: Vec::new(),
                response: None,
                parked_until: Some("next Friday".to_owned()),
            },
        ],
        evidence: EvidenceCount { claimed: 5, verified: 4 },
    }
}

pub(crate) fn new_answers(call: CallRef, transcript: TranscriptId, rep: RepId, dimension: &str) -> NewAnswers {
    NewAnswers {
        answers_key: format!("key of {dimension}"),
        call,
        transcript,
        rep,
        dimension: dimension.to_owned(),
        analyst: AnalystKind::Local,
        model: "local-1".to_owned(),
        questions_hash: "q1".to_owned(),
        prompt_hash: None,
        answers: answers(),
        usage: Usage::default(),
        request_id: None,
    }
}

pub(crate) fn rubric(version: &str) -> RubricStamp {
    RubricStamp { id: "discovery".to_owned(), version: version.to_owned(), hash: format!("hash of {version}") }
}

/// One dimension and the overall score, both `score`.
pub(crate) fn new_scores(call: CallRef, rep: RepId, answers: (&str, AnswersId), score: f64) -> NewScores {
    let of = |dimension: &str, answers| NewScore {
        dimension: dimension.to_owned(),
        answers,
        rubric: rubric("1.0.0"),
        status: DimensionStatus::Scored,
        score: Some(score),
        coverage: Some(0.75),
    };
    NewScores {
        call,
        rep,
        analyst: AnalystKind::Local,
        role: "ae".to_owned(),
        standing: Standing::Normal,
        scores: vec![of(answers.0, Some(answers.1)), of(OVERALL, None)],
    }
}

/// A stored call of Mara's with local answers to `discovery` and a score of 50.
pub(crate) async fn scored_call(
    store: &Store,
    ext_id: &str,
    started_at: Option<Timestamp>,
) -> (CallRef, RepId, AnswersId) {
    let stored = store.put_call(&call(ext_id, started_at), Some(&short_transcript()), at(0)).await.unwrap().stored;
    let rep = store.rep_of_party(stored.call_ref, 0).await.unwrap().id;
    let new = new_answers(stored.call_ref, stored.transcript.unwrap().id, rep, "discovery");
    let answers = store.append_answers(&new, at(1)).await.unwrap();
    store.append_scores(&new_scores(stored.call_ref, rep, ("discovery", answers), 50.0), at(1)).await.unwrap();
    let metrics = Metrics { rep_talk_share: Some(0.58), rep_questions: Some(12), ..Metrics::default() };
    store.put_measured(stored.call_ref, rep, &metrics).await.unwrap();
    (stored.call_ref, rep, answers)
}
