//! The built-in analyst on a call of one hour (about 10,000 words), without the database: from the transcript to verified
//! answers of all dimensions.

use std::hint::black_box;

use call_coach::analyze::local;
use call_coach::model::party::{Party, Side};
use call_coach::model::transcript::{SpokenText, Transcript};
use call_coach::rubric::RubricSet;
use call_coach::scoring::evidence::Hearing;
use call_coach::scoring::verify::{Asked, verify};
use call_coach::speech::conversation::Conversation;
use call_coach::speech::metrics;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Said over and over with other numbers: of the kinds that signals listen for, and plain talk.
const SENTENCES: [&str; 16] = [
    "So walk me through how you plan a normal week today, if you would",
    "We copy the orders by hand every evening, and on a Monday that takes us about four hours",
    "What happens when it goes wrong",
    "Then the drivers call me from the road and we lose customers because of that",
    "I understand, and what would be different for you by Christmas",
    "I'd want the plan done by six, by anybody on the team",
    "Who else will want a say before you go ahead with something like this",
    "My boss signs off anything over ten thousand, and legal looks at the contract",
    "That's more than I expected, to be honest",
    "More than what, what did you hold it against",
    "We have a customer of your size that went from seven late deliveries to one and a half in ten weeks",
    "I'm a bit worried about where the data of our drivers is stored",
    "I'll get you the data sheet from our security people by Wednesday noon",
    "How does Thursday at ten look for the two of you",
    "Thursday at ten is good, I'll ask him today",
    "The weather was rather fine when we drove along the river on the way back from the depot",
];
const WORDS: usize = 10_000;

fn call() -> Transcript {
    let (mut said, mut words, mut start) = (Vec::new(), 0, 0);
    while words < WORDS {
        let n = said.len();
        let text = format!("{}, number {n}{}", SENTENCES[n % SENTENCES.len()], if n % 3 == 0 { "?" } else { "." });
        let count = text.split_whitespace().count();
        let end = start + i64::try_from(count).unwrap_or_default() * 360;
        said.push(SpokenText { party: Some(n / 2 % 2), start_ms: Some(start), end_ms: Some(end), text });
        words += count;
        start = end + 400;
    }
    Transcript::from_spoken(said)
}

fn bench(criterion: &mut Criterion) {
    let Ok(set) = RubricSet::load(&[]) else { return };
    let transcript = call();
    let parties = [Side::Rep, Side::Buyer].map(|side| Party { side, spoke: true, ..Party::default() });
    let mut group = criterion.benchmark_group("local analysis");
    group.throughput(Throughput::Elements(transcript.words() as u64));
    group.bench_function("one hour", |bencher| {
        bencher.iter(|| {
            let conversation = Conversation::new(&transcript, &parties, 0, &set.trackers);
            let hearing = Hearing { transcript: &transcript, shown: &transcript, parties: &parties, rep: 0 };
            let metrics = metrics::measure(&conversation, transcript.end_ms());
            let answers: Vec<_> = set
                .dimensions
                .iter()
                .map(|rubric| verify(rubric, &local::answer(&conversation, rubric), &hearing, Asked::default()))
                .collect();
            black_box((metrics, answers))
        });
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
