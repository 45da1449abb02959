//! The built-in analyst as a whole.

use call_coach::analyze::cast::{CastRequest, cast};
use call_coach::analyze::local;
use call_coach::model::answers::Answers;
use call_coach::model::party::{Party, Side};
use call_coach::model::transcript::{SpokenText, Transcript, hex};
use call_coach::rubric::RubricSet;
use call_coach::scoring::evidence::Hearing;
use call_coach::scoring::verify::{Asked, verify};
use call_coach::speech::conversation::Conversation;
use call_coach::transcript::{InputFile, read};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::support::binary::file;

/// What the analyst says about every sample, as one hash, under the version that says it.
const SAID: (&str, &str) = ("local-3", "c4bbca750c3926b4");

fn answers(set: &RubricSet, transcript: &Transcript, parties: &[Party], rep: usize) -> Vec<Answers> {
    let conversation = Conversation::new(transcript, parties, rep, &set.trackers);
    let hearing = Hearing { transcript, shown: transcript, parties, rep };
    let verified = |rubric| {
        let mut answers = verify(rubric, &local::answer(&conversation, rubric), &hearing, Asked::default());
        local::temper(rubric, &mut answers);
        answers
    };
    set.dimensions.iter().map(verified).collect()
}

#[test]
fn new_answers_need_a_new_version() {
    let set = RubricSet::load(&[]).unwrap();
    let mut hasher = Sha256::new();
    for (sample, rep) in [
        ("samples/01-discovery.json", "Mara"),
        ("samples/02-poor-demo.vtt", "Joost"),
        ("samples/03-pricing-negotiation.md", "Mara"),
        ("samples/04-renewal.srt", "Sam"),
        ("samples/05-messy.txt", "Priya"),
    ] {
        let bytes = fs_err::read(file(sample)).unwrap();
        let recording = read(&[InputFile { name: Some(sample), bytes: &bytes }]).remove(0).unwrap();
        let request = CastRequest { rep: Some(rep.to_owned()), ..CastRequest::default() };
        let cast = cast(&recording.call.parties, &[], &request).unwrap();
        let answers = answers(&set, &recording.transcript, &cast.parties, cast.rep);
        hasher.update(serde_json::to_string(&answers).unwrap());
    }
    let said = hex(&hasher.finalize()).chars().take(16).collect::<String>();
    assert_eq!(
        (local::VERSION, said.as_str()),
        SAID,
        "the built-in analyst's answers changed: raise local::VERSION, so that stored answers are not used for them"
    );
}

/// Sentences of every kind that a signal listens for, and some that none does.
const SENTENCES: [&str; 24] = [
    "What brings you here today?",
    "I wanted to talk about your planning.",
    "Do you have a few minutes?",
    "I saw that you opened a new office.",
    "It takes us four hours every week, and it's always late.",
    "We lost two customers because of that.",
    "We want to be done by six.",
    "How many people are involved in the decision?",
    "That's too expensive for us.",
    "I'm not sure about that.",
    "I understand. What do you compare it with?",
    "One of our customers saved ten percent.",
    "I could do ten percent off.",
    "Does that settle the price for you?",
    "That makes sense.",
    "I'll get you an answer by Friday.",
    "How about Thursday at two?",
    "That works for me.",
    "So, to sum up: you send the file, we meet on Thursday.",
    "I'll send you the list tomorrow.",
    "Yes.",
    "Mhm…",
    "The weather was nice; “really” nice — you know.",
    "Ünïcödé wörds ärë fïne tóo.",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_is_said_every_quote_stands_in_its_line(
        said in prop::collection::vec((0usize..4, 0usize..SENTENCES.len(), prop_oneof!["[ -~]{0,12}", "\\PC{0,12}"]), 1..60),
    ) {
        let set = RubricSet::load(&[]).unwrap();
        let side = |side| Party { side, spoke: true, ..Party::default() };
        let parties = [side(Side::Rep), side(Side::Buyer), side(Side::Rep), side(Side::Unknown)];
        let transcript = Transcript::from_spoken(said.iter().map(|(party, sentence, noise)| SpokenText {
            party: Some(*party),
            start_ms: None,
            end_ms: None,
            text: format!("{} {noise}", SENTENCES[*sentence]),
        }));
        for answers in answers(&set, &transcript, &parties, 0) {
            let checks = answers.checks.iter().flat_map(|check| check.evidence.iter().chain(&check.chance));
            let objections = answers.objections.iter().flat_map(|o| std::iter::once(&o.raised).chain(&o.repeats).chain(&o.response));
            for evidence in checks.chain(objections) {
                let line = transcript.line(evidence.line).unwrap();
                prop_assert!(line.text.contains(&evidence.quote), "{:?} in {:?}", evidence.quote, line.text);
            }
            // An analyst that quotes what is there loses nothing to the verifier. (Marks that join the blank before them
            // may cost a quote; that errs on the right side.)
            if said.iter().all(|(.., noise)| noise.is_ascii()) {
                prop_assert_eq!(answers.evidence.claimed, answers.evidence.verified);
            }
        }
    }
}
