//! Fills an empty database with invented calls, the same for the same number, to measure how long questions take:
//!
//! ```text
//! cargo run --release --example load -- /tmp/load.db 20000
//! ```
//!
//! Each call has 150 lines of 20 words; every rep has 200 calls over two years. Among common words stand `quokka` in
//! one line of a thousand, `wombat` in one of fifty and `numbat` in one of ten.

use std::time::Instant;

use call_coach::model::answers::{AnalystKind, Answers, CheckAnswer, Evidence, EvidenceCount, Usage, Verdict};
use call_coach::model::call::{Call, CallType};
use call_coach::model::objection::{Objection, ObjectionStatus, ObjectionType};
use call_coach::model::party::{Party, Side, SideSource};
use call_coach::model::scorecard::DimensionStatus;
use call_coach::model::transcript::{SpokenText, Transcript};
use call_coach::rubric::{Rubric, RubricSet};
use call_coach::speech::metrics::Metrics;
use call_coach::store::{NewAnswers, NewScore, NewScores, OVERALL, RubricStamp, Standing, Store, Target};
use jiff::Timestamp;

const LINES: u64 = 150;
const WORDS: usize = 20;
const CALLS_A_REP: u64 = 200;
const DAYS: u64 = 730;
const END: i64 = 1_795_392_000;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// A made-up word; the low numbers come up most, as in speech.
fn word(dice: &mut Dice) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "ko", "li", "ma", "nu", "pe", "ra", "so", "ti", "vo", "we", "zu", "da", "fi", "go", "hu"];
    let cut = dice.roll(4_000) + 1;
    let mut number = dice.roll(cut);
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[(number % 16) as usize]);
        number /= 16;
        if number == 0 {
            return word;
        }
    }
}

fn transcript(dice: &mut Dice) -> Transcript {
    Transcript::from_spoken((0..LINES).map(|n| {
        let mut words: Vec<String> = (0..WORDS).map(|_| word(dice)).collect();
        for (rare, of) in [("quokka", 1_000), ("wombat", 50), ("numbat", 10)] {
            if dice.roll(of) == 0 {
                words[dice.roll(WORDS as u64) as usize] = rare.to_owned();
            }
        }
        let start = i64::try_from(n).unwrap_or_default() * 9_000;
        SpokenText {
            party: Some((n % 2) as usize),
            start_ms: Some(start),
            end_ms: Some(start + 8_000),
            text: format!("{}.", words.join(" ")),
        }
    }))
}

fn call(dice: &mut Dice, n: u64, reps: u64) -> Call {
    let rep = n % reps;
    let party = |name: String, side, email| Party {
        speaker_key: Some(name.clone()),
        name: Some(name),
        email,
        side,
        side_source: Some(SideSource::File),
        spoke: true,
        ..Party::default()
    };
    let day = dice.roll(DAYS) as i64;
    Call {
        source: "load".to_owned(),
        ext_id: format!("load-{n}"),
        title: Some(format!("Call number {n}")),
        started_at: Timestamp::from_second(END - day * 86_400 - dice.roll(30_000) as i64).ok(),
        duration_ms: Some(1_350_000),
        call_type: Some(CallType::ALL[dice.roll(8) as usize]),
        product: Some(format!("Product {}", dice.roll(4))),
        parties: vec![
            party(format!("Rep Number{rep}"), Side::Rep, Some(format!("rep{rep}@load.example"))),
            party(format!("Buyer {}", dice.roll(5_000)), Side::Buyer, None),
        ],
        ..Call::default()
    }
}

fn answers(dice: &mut Dice, rubric: &Rubric) -> Answers {
    let evidence = |line: u64| Evidence {
        line: u32::try_from(line).unwrap_or(1) + 1,
        start_ms: Some(line as i64 * 9_000),
        end_ms: Some(line as i64 * 9_000 + 8_000),
        quote: "some words of about the length of a sentence that was quoted".to_owned(),
    };
    let checks = rubric.checks().map(|check| {
        let verdict = [Verdict::Yes, Verdict::Partial, Verdict::No, Verdict::Unanswered][dice.roll(4) as usize];
        CheckAnswer {
            check: check.id.clone(),
            verdict,
            claimed: None,
            evidence: if verdict == Verdict::Yes { vec![evidence(dice.roll(LINES))] } else { Vec::new() },
            chance: (verdict == Verdict::No).then(|| evidence(dice.roll(LINES))),
            measured: None,
            note: None,
            corrected_by: None,
        }
    });
    let checks = checks.collect();
    let objections = (0..if rubric.collects_objections { dice.roll(3) } else { 0 }).map(|_| Objection {
        kind: ObjectionType::ALL[dice.roll(11) as usize],
        status: [
            ObjectionStatus::Resolved,
            ObjectionStatus::Parked,
            ObjectionStatus::Unresolved,
            ObjectionStatus::Missed,
        ][dice.roll(4) as usize],
        severity: 1 + dice.roll(3) as u8,
        implicit: false,
        raised: evidence(dice.roll(LINES)),
        repeats: Vec::new(),
        response: Some(evidence(dice.roll(LINES))),
        parked_until: None,
    });
    let objections = objections.collect();
    Answers { checks, objections, evidence: EvidenceCount { claimed: 8, verified: 8 } }
}

async fn one(store: &Store, set: &RubricSet, dice: &mut Dice, n: u64, reps: u64) -> anyhow::Result<()> {
    let now = Timestamp::from_second(END)?;
    let stored = store.put_call(&call(dice, n, reps), Some(&transcript(dice)), now).await?.stored;
    let rep = store.rep_of_party(stored.call_ref, 0).await?.id;
    let Some(version) = stored.transcript else { return Ok(()) };
    let role = ["ae", "se", "csm", "support"][(n % reps % 4) as usize];
    let score = |dice: &mut Dice| Some(40.0 + dice.roll(500) as f64 / 10.0);
    let stamp = |id: &str| RubricStamp { id: id.to_owned(), version: "1.0.0".to_owned(), hash: "load".to_owned() };
    let mut scores = Vec::new();
    for rubric in &set.dimensions {
        let new = NewAnswers {
            answers_key: format!("{n} {}", rubric.id),
            call: stored.call_ref,
            transcript: version.id,
            rep,
            dimension: rubric.id.clone(),
            analyst: AnalystKind::Local,
            model: "load-1".to_owned(),
            questions_hash: "load".to_owned(),
            prompt_hash: None,
            answers: answers(dice, rubric),
            usage: Usage::default(),
            request_id: None,
        };
        let answers = Some(store.append_answers(&new, now).await?);
        let (status, coverage) = (DimensionStatus::Scored, Some(0.8));
        let dimension = rubric.id.clone();
        scores.push(NewScore { dimension, answers, rubric: stamp(&rubric.id), status, score: score(dice), coverage });
    }
    let overall = NewScore {
        dimension: OVERALL.to_owned(),
        answers: None,
        rubric: stamp(OVERALL),
        status: DimensionStatus::Scored,
        score: score(dice),
        coverage: Some(0.8),
    };
    scores.push(overall);
    let (analyst, standing) = (AnalystKind::Local, Standing::Normal);
    let new = NewScores { call: stored.call_ref, rep, analyst, role: role.to_owned(), standing, scores };
    store.append_scores(&new, now).await?;
    let metrics = Metrics {
        rep_talk_share: Some(0.4 + dice.roll(30) as f64 / 100.0),
        longest_monologue_s: Some(60.0 + dice.roll(120) as f64),
        patience_s: Some(0.8),
        rep_questions: Some(dice.roll(20) as u32),
        ..Metrics::default()
    };
    Ok(store.put_measured(stored.call_ref, rep, &metrics).await?)
}

#[tokio::main]
#[allow(clippy::print_stderr, reason = "a developer's program")]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, database, calls] = arguments.as_slice() else {
        anyhow::bail!("type: cargo run --release --example load -- DATABASE CALLS");
    };
    let calls: u64 = calls.parse()?;
    let target = Target::parse(database)?;
    Store::migrate(&target, false).await?;
    let store = Store::open(&target).await?;
    let set = RubricSet::load(&[])?;
    let reps = calls.div_ceil(CALLS_A_REP);
    let begin = Instant::now();
    let mut dice = Dice(0x2026_1123);
    for n in 0..calls {
        one(&store, &set, &mut dice, n, reps).await?;
        if (n + 1) % 1_000 == 0 {
            eprintln!("{} calls, {:.0} s", n + 1, begin.elapsed().as_secs_f64());
        }
    }
    store.wipe().await?;
    store.close().await;
    Ok(())
}
