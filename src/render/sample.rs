//! An invented call for the tests: Nadia sells route planning to Tomas, who runs a small bakery's vans.

use crate::model::answers::{AnalystKind, EvidenceCount, Measured, Verdict};
use crate::model::objection::{ObjectionStatus, ObjectionType};
use crate::model::party::{Side, SideSource};
use crate::model::scorecard::{Band, DimensionStatus};
use crate::output::SCHEMA_VERSION;
use crate::output::report::*;

pub(super) fn nadia(at: (i64, i64), quote: &str) -> SpokenOut {
    spoken(at, "Nadia", Side::Rep, quote)
}

pub(super) fn tomas(at: (i64, i64), quote: &str) -> SpokenOut {
    spoken(at, "Tomas Berg", Side::Buyer, quote)
}

fn spoken((minute, second): (i64, i64), speaker: &str, side: Side, quote: &str) -> SpokenOut {
    let start = (minute * 60 + second) * 1000;
    SpokenOut {
        line: (start / 10_000) as u32 + 1,
        start_ms: Some(start),
        end_ms: Some(start + 4000),
        speaker: speaker.to_owned(),
        side,
        quote: quote.to_owned(),
    }
}

/// The call as Claude would have scored it.
pub(super) fn claude() -> Report {
    let mut report = local();
    report.analyst = AnalystOut {
        kind: AnalystKind::Claude,
        model: "claude-sonnet-5-5".to_owned(),
        sent_to: Some("api.anthropic.com".to_owned()),
    };
    report.evidence = EvidenceCount { claimed: 46, verified: 44 };
    report.usage = UsageOut {
        input_tokens: 21_000,
        output_tokens: 5100,
        cost_usd: Some(0.09),
        requests: 4,
        ..UsageOut::default()
    };
    report.overall = OverallOut { score: Some(47.3), answered: 58, applicable: 58, scored_parts: 4, ..report.overall };
    report.previous_action = Some(PreviousActionOut {
        text: "Ask \"compared with what?\" before answering a price.".to_owned(),
        check: "asked_before_answering".to_owned(),
        call: "c3".to_owned(),
        done: Some(false),
        line: Some(50),
        start_ms: Some(522_000),
    });
    for (dimension, score) in report.dimensions.iter_mut().zip([43.4, 27.1, 69.0, 55.2]) {
        dimension.status = DimensionStatus::Scored;
        dimension.reason = None;
        dimension.score = Some(score);
        dimension.band = Some(Band::of(score));
        dimension.answered = dimension.applicable;
    }
    report
}

/// The call as the built-in analyst would have scored it.
pub(super) fn local() -> Report {
    let action_lines = vec![
        tomas((1, 48), "Two drivers quit this spring, and the others are tired of it."),
        nadia(
            (2, 5),
            "Right, so let me show you what our planner does with forty stops, because it is really quite something to see.",
        ),
    ];
    Report {
        schema_version: SCHEMA_VERSION,
        call: CallOut {
            id: "file:00d1f6a2b3c4e5f6".to_owned(),
            call_ref: "c7".to_owned(),
            source: "file".to_owned(),
            title: None,
            started_at: None,
            duration_s: Some(1124.0),
            url: None,
            call_type: None,
            product: None,
            account: None,
            file: Some("bakery.vtt".to_owned()),
            timed: true,
        },
        rep: RepOut {
            name: "Nadia".to_owned(),
            email: None,
            role: "ae".to_owned(),
            role_label: "AE".to_owned(),
            role_source: "assumed".to_owned(),
            chosen: "given with --rep".to_owned(),
        },
        participants: vec![person("Nadia", Side::Rep, Some(0.71)), person("Tomas Berg", Side::Buyer, Some(0.29))],
        not_scored: None,
        verdict: "Next meeting booked and the buyer took part, but nobody asked for the goal or why now.".to_owned(),
        action: Some(ActionOut {
            text:
                "Before you show anything, ask once: \"What made you look at this now, and what should be different?\""
                    .to_owned(),
            check: "why_now_asked".to_owned(),
            dimension: "discovery".to_owned(),
            line: Some(11),
            kind: MomentKind::Change,
            spoken: action_lines.clone(),
            note: None,
        }),
        previous_action: None,
        overall: OverallOut {
            score: Some(53.0),
            up_to: None,
            coverage: Some(0.586),
            status: DimensionStatus::Scored,
            band: Some(Band::NeedsWork),
            answered: 34,
            applicable: 58,
            not_applicable: 8,
            scored_parts: 3,
            applicable_parts: 4,
        },
        dimensions: vec![
            discovery(),
            dimension("objection_handling", "Handling concerns", 25.0, Some(33.0), (8, 14)),
            dimension("engagement", "Engagement", 25.0, Some(68.0), (11, 14)),
            dimension("product_knowledge", "Product knowledge", 15.0, None, (1, 9)),
        ],
        metrics: MetricsOut { words_per_min: Some(148.4), filler_per_min: Some(3.25), ..MetricsOut::default() },
        numbers: vec![
            number("Talk share, Nadia", "71 %", Some("up to 65 %"), Some("over")),
            number("Longest stretch, Nadia", "1:52", Some("up to 2:30"), Some("within")),
            number("Wait before answering", "0.4 s", Some("0.6 s or more"), Some("under")),
            number("Questions by Nadia", "12, 4 open", None, None),
            number("Questions by Tomas Berg", "6", None, None),
            number("Next step", "Tuesday 10 AM", Some("who and what for: not said"), None),
        ],
        gong: None,
        objections: vec![doubt(), price()],
        moments: vec![
            MomentOut {
                kind: MomentKind::Change,
                check: "why_now_asked".to_owned(),
                dimension: "discovery".to_owned(),
                spoken: action_lines,
                why: "No question about it: the demo began 13 s later.".to_owned(),
                note: None,
            },
            MomentOut {
                kind: MomentKind::Keep,
                check: "cost_asked".to_owned(),
                dimension: "discovery".to_owned(),
                spoken: vec![nadia((1, 20), "What does a late van mean for the shops?")],
                why: "Asked what the problem leads to, and got an honest answer.".to_owned(),
                note: None,
            },
            MomentOut {
                kind: MomentKind::Change,
                check: "value_before_discount".to_owned(),
                dimension: "objection_handling".to_owned(),
                spoken: vec![nadia((8, 42), "I could take twenty percent off if that helps you.")],
                why: "A discount before any question.".to_owned(),
                note: None,
            },
        ],
        evidence: EvidenceCount { claimed: 31, verified: 31 },
        analyst: AnalystOut { kind: AnalystKind::Local, model: "local-1".to_owned(), sent_to: None },
        rubric: RubricOut {
            id: "discovery+objection_handling+engagement+product_knowledge".to_owned(),
            version: "1.0.0".to_owned(),
            hash: "0123456789ab".to_owned(),
        },
        cached: false,
        stale: false,
        usage: UsageOut::default(),
        notes: vec!["The kind of call is not known, so every check was asked; name it with --call-type.".to_owned()],
        truncated: false,
    }
}

/// A recording that is no call to coach.
pub(super) fn not_scored() -> Report {
    let mut report = local();
    report.not_scored = Some("Only our own people speak on it (Nadia, Priya)".to_owned());
    report.participants.truncate(1);
    report.dimensions.clear();
    report.objections.clear();
    report.moments.clear();
    report.action = None;
    report.numbers.truncate(2);
    report.notes = vec!["If Priya is the customer: --buyer Priya".to_owned()];
    report
}

fn person(name: &str, side: Side, talk_share: Option<f64>) -> ParticipantOut {
    let side_source = Some(SideSource::Flag);
    ParticipantOut { name: name.to_owned(), email: None, side, side_source, spoke: true, talk_share }
}

fn number(label: &str, value: &str, guide: Option<&str>, standing: Option<&str>) -> NumberOut {
    let [guide, standing] = [guide, standing].map(|text| text.map(str::to_owned));
    NumberOut { label: label.to_owned(), value: value.to_owned(), guide, standing }
}

fn doubt() -> ObjectionOut {
    ObjectionOut {
        kind: ObjectionType::TrustRisk,
        status: ObjectionStatus::Unresolved,
        parked_until: None,
        severity: 2,
        implicit: false,
        line: 25,
        start_ms: Some(252_000),
        speaker: "Tomas Berg".to_owned(),
        quote: "But it does not know our back roads, does it?".to_owned(),
        repeats: vec![tomas((5, 14), "The back roads again."), tomas((9, 2), "I still wonder about the roads.")],
        response_line: Some(26),
        response_quote: Some("Most customers are very happy with the maps, I am told.".to_owned()),
        response_start_ms: Some(258_000),
        response_speaker: Some("Nadia".to_owned()),
    }
}

fn price() -> ObjectionOut {
    ObjectionOut {
        kind: ObjectionType::Pricing,
        status: ObjectionStatus::Parked,
        line: 52,
        start_ms: Some(517_000),
        quote: "That is a lot for six vans.".to_owned(),
        repeats: Vec::new(),
        response_line: Some(53),
        response_quote: Some("I could take twenty percent off if that helps you.".to_owned()),
        response_start_ms: Some(522_000),
        ..doubt()
    }
}

fn dimension(
    id: &str,
    title: &str,
    weight: f64,
    score: Option<f64>,
    (answered, applicable): (u32, u32),
) -> DimensionOut {
    DimensionOut {
        id: id.to_owned(),
        title: title.to_owned(),
        weight,
        status: if score.is_some() { DimensionStatus::Scored } else { DimensionStatus::Insufficient },
        reason: score.is_none().then(|| "not enough to say".to_owned()),
        score,
        up_to: None,
        coverage: Some(f64::from(answered) / f64::from(applicable)),
        band: score.map(Band::of),
        answered,
        applicable,
        unverified: 0,
        criteria: Vec::new(),
    }
}

fn discovery() -> DimensionOut {
    let problem = CriterionOut {
        id: "problem".to_owned(),
        title: "Problem and its cost".to_owned(),
        weight: 25.0,
        score: Some(87.5),
        costs: Some(1.1),
        checks: vec![
            CheckOut {
                evidence: vec![tomas((1, 31), "Every morning two of the six vans come in an hour late.")],
                ..check("problem_in_buyers_words", Verdict::Yes)
            },
            CheckOut {
                evidence: vec![nadia((1, 20), "What does a late van mean for the shops?")],
                corrected_by: Some("Mara".to_owned()),
                ..check("cost_asked", Verdict::Yes)
            },
            CheckOut {
                evidence: vec![tomas((1, 40), "Well, people notice.")],
                note: Some("In general words; no number or event".to_owned()),
                ..check("cost_said_by_buyer", Verdict::Partial)
            },
            check("cause_explored", Verdict::Unverified),
        ],
    };
    let goal = CriterionOut {
        id: "goal".to_owned(),
        title: "Goal and why now".to_owned(),
        weight: 20.0,
        score: Some(0.0),
        costs: Some(7.0),
        checks: vec![
            CheckOut {
                chance: Some(tomas((1, 48), "Two drivers quit this spring, and the others are tired of it.")),
                ..check("why_now_asked", Verdict::No)
            },
            check("goal_said_by_buyer", Verdict::Unanswered),
            check("success_measure", Verdict::Unanswered),
            check("worth_said_by_buyer", Verdict::NotApplicable),
        ],
    };
    let listening = CriterionOut {
        id: "listening".to_owned(),
        title: "Listening".to_owned(),
        weight: 20.0,
        score: Some(75.0),
        costs: Some(1.75),
        checks: vec![
            CheckOut {
                measured: Some(Measured { value: 0.71, min: None, max: Some(0.65) }),
                metric: Some("rep_talk_share".to_owned()),
                ..check("talk_share_in_range", Verdict::Partial)
            },
            CheckOut {
                evidence: vec![nadia((2, 5), "Right, so let me show you what our planner does with forty stops.")],
                ..check("no_pitch_before_a_problem", Verdict::No)
            },
        ],
    };
    let path = CriterionOut {
        id: "path".to_owned(),
        title: "How they will decide".to_owned(),
        score: None,
        costs: None,
        ..goal.clone()
    };
    let path = CriterionOut { checks: vec![check("who_decides_asked", Verdict::Unanswered)], ..path };
    DimensionOut {
        criteria: vec![problem, goal, path, listening],
        ..dimension("discovery", "Discovery", 35.0, Some(57.3), (14, 21))
    }
}

pub(super) fn check(id: &str, verdict: Verdict) -> CheckOut {
    CheckOut {
        id: id.to_owned(),
        ask: "Did it happen?".to_owned(),
        verdict,
        evidence: Vec::new(),
        chance: None,
        measured: None,
        metric: None,
        note: None,
        corrected_by: None,
    }
}
