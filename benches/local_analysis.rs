//! How long listening to a one-hour call takes: preparing it, and everything that is heard in it.

use std::hint::black_box;

use call_coach::model::party::{Party, Side};
use call_coach::model::transcript::{SpokenText, Transcript};
use call_coach::speech::conversation::Conversation;
use call_coach::speech::trackers::Trackers;
use call_coach::speech::{metrics, next_steps, objections, signals};
use criterion::{Criterion, criterion_group, criterion_main};

const WORDS: usize = 10_000;
/// Two and a half words a second.
const MS_PER_WORD: usize = 400;

/// What is said, over and over, by the two in turn.
const SAID: [&str; 8] = [
    "So walk me through what happens today when an order comes in from one of the regional teams.",
    "Well, somebody copies it into the spreadsheet, and, um, then two people check it by hand, which takes most of a day.",
    "Okay, and what does that cost you when a mistake slips through?",
    "Last quarter it was about forty thousand dollars, so honestly the price you sent still feels high to me.",
    "I hear you. Is it the total that worries you, or how it compares with what you pay now?",
    "A bit of both. We would also need our security team to look at it before we can sign anything.",
    "That makes sense. I'll send the questionnaire today, and could we meet again on Thursday at two?",
    "Thursday works for me, and I'll bring Priya from finance along.",
];

fn call() -> (Transcript, Vec<Party>) {
    let mut said = Vec::new();
    let mut words = 0;
    for (n, text) in SAID.iter().cycle().enumerate() {
        if words >= WORDS {
            break;
        }
        let start = words * MS_PER_WORD;
        words += text.split_whitespace().count();
        said.push(SpokenText {
            party: Some(n % 2),
            start_ms: i64::try_from(start).ok(),
            end_ms: i64::try_from(words * MS_PER_WORD).ok(),
            text: (*text).to_owned(),
        });
    }
    let parties = [Side::Rep, Side::Buyer].map(|side| Party { side, spoke: true, ..Party::default() });
    (Transcript::from_spoken(said), parties.to_vec())
}

fn local_analysis(c: &mut Criterion) {
    let Ok(trackers) = Trackers::embedded() else { return };
    let (transcript, parties) = call();
    let duration_ms = transcript.end_ms();
    let conversation = Conversation::new(&transcript, &parties, 0, &trackers);
    let mut group = c.benchmark_group("one-hour call");
    group.bench_function("trackers", |b| b.iter(Trackers::embedded));
    group.bench_function("conversation", |b| {
        b.iter(|| Conversation::new(black_box(&transcript), &parties, 0, &trackers));
    });
    group.bench_function("metrics", |b| b.iter(|| metrics::measure(black_box(&conversation), duration_ms)));
    group.bench_function("objections", |b| b.iter(|| objections::objections(black_box(&conversation))));
    group.bench_function("next steps", |b| {
        b.iter(|| {
            let sentences = black_box(&conversation).sentences().iter();
            sentences.filter(|sentence| next_steps::is_commitment(&conversation, sentence)).count()
        });
    });
    group.bench_function("signals", |b| {
        let signals: Vec<_> = signals::names().filter_map(signals::find).collect();
        b.iter(|| signals.iter().map(|signal| signal.hear(black_box(&conversation)).quotes.len()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, local_analysis);
criterion_main!(benches);
