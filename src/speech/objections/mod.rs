//! Concerns of the buyer: which kind, what the rep answered, and how each stood at the end (RUBRIC, section 5).
//!
//! One class a sentence, by cause. A question about a price is none, what ours say is none, and the same concern
//! coming back is one concern with repeats.
//!
//! Measured with `examples/detectors.rs`, the labels and the detector agreeing on a line:
//!
//! | text | precision | recall | F1 |
//! |---|---|---|---|
//! | 100 donation chats, looked at (`persuasion_dev.jsonl`) | 0.56 | 0.47 | 0.51 |
//! | the same, lower case, without punctuation | 0.53 | 0.47 | 0.50 |
//! | 7 invented sales calls, looked at | 0.75 | 0.59 | 0.66 |
//! | 7 more by the same hand, never looked at | 0.66 | 0.50 | 0.57 |
//! | the same, lower case, without punctuation | 0.64 | 0.46 | 0.53 |
//!
//! The class is right in about half of those found.

mod refusal;
mod reply;

use reply::ReplyTo;

use super::conversation::{Conversation, Sentence, Turn, Voice};
use super::days;
use crate::model::answers::ObjectionClaim;
use crate::model::objection::{ObjectionStatus, ObjectionType};

/// The trackers in the order in which they win when a sentence hits several: "not this quarter's budget" is budget,
/// "legal must review" is security and legal.
const CLASSES: [(&str, ObjectionType); 11] = [
    ("concern_security_legal", ObjectionType::SecurityLegal),
    ("concern_budget", ObjectionType::Budget),
    ("concern_pricing", ObjectionType::Pricing),
    ("concern_implementation", ObjectionType::Implementation),
    ("concern_need", ObjectionType::Need),
    ("concern_timing", ObjectionType::Timing),
    ("concern_authority", ObjectionType::Authority),
    ("concern_trust_risk", ObjectionType::TrustRisk),
    ("concern_competitor", ObjectionType::Competitor),
    ("concern_technical_fit", ObjectionType::TechnicalFit),
    ("concern_other", ObjectionType::Other),
];
/// What a concern is about when its words say only that there is one, the more particular first.
const SUBJECTS: [(&str, ObjectionType); 8] = [
    ("about_security_legal", ObjectionType::SecurityLegal),
    ("about_budget", ObjectionType::Budget),
    ("about_pricing", ObjectionType::Pricing),
    ("about_competitor", ObjectionType::Competitor),
    ("about_technical_fit", ObjectionType::TechnicalFit),
    ("about_implementation", ObjectionType::Implementation),
    ("about_authority", ObjectionType::Authority),
    ("about_timing", ObjectionType::Timing),
];
/// Classes whose words are also those of plain information, whatever they reply to ("our legal team is in Berlin").
const PLAIN: [ObjectionType; 3] = [ObjectionType::Authority, ObjectionType::Competitor, ObjectionType::SecurityLegal];
/// Classes whose words also answer questions about today's tools, prices and people.
const INFORMATION: [ObjectionType; 7] = [
    ObjectionType::Authority,
    ObjectionType::Competitor,
    ObjectionType::Implementation,
    ObjectionType::Pricing,
    ObjectionType::TechnicalFit,
    ObjectionType::Timing,
    ObjectionType::TrustRisk,
];
/// A concern is parked within this many turns after it was raised last …
const HANDLED_WITHIN: usize = 8;
/// … and settled, unless the rep asks by name, within this many.
const SETTLED_WITHIN: usize = 4;

/// One concern as it was heard, with the sentences it consists of.
#[derive(Debug, Clone)]
pub struct Heard<'a> {
    /// Its cause.
    pub kind: ObjectionType,
    /// The sentence that raised it.
    pub raised: &'a Sentence,
    /// Later sentences with the same concern.
    pub repeats: Vec<&'a Sentence>,
    /// The turn in which ours answered first.
    pub answer: Option<&'a Turn>,
    /// The buyer's sentence that settles it.
    pub settled: Option<&'a Sentence>,
    /// Whether the buyer says so because the rep asked.
    pub settled_when_asked: bool,
    /// Our sentence that parks it.
    pub parked: Option<&'a Sentence>,
}

/// The class of the concern that a sentence raises, if it raises one.
///
/// What a call is about is told by its words (`trackers.toml`), reluctance by its grammar. Either is enough, but for two
/// rules of conversation: a question asks for information, and what is said in answer to a question informs, unless it
/// is of a class that nobody is asked for.
pub fn class_of(conversation: &Conversation<'_>, sentence: &Sentence) -> Option<ObjectionType> {
    if sentence.voice.is_ours() || sentence.words.len() < 2 || sentence.asks() {
        return None;
    }
    let reply_to = ReplyTo::of(conversation, sentence);
    let first_of = |classes: &[(&str, ObjectionType)]| {
        classes.iter().find(|(tracker, _)| conversation.hits(sentence, tracker)).map(|(_, kind)| *kind)
    };
    // "I can't do Thursday" refuses the day and nothing else; "not before the 9th" puts the matter off.
    let names_date = days::names_date(&sentence.words);
    let refused =
        refusal::refused(&sentence.words, reply_to).filter(|kind| !names_date || *kind == ObjectionType::Timing);
    let named = first_of(&CLASSES).filter(|kind| {
        let informs = reply_to == ReplyTo::Question && INFORMATION.contains(kind);
        let is_plain = PLAIN.contains(kind) && !refusal::contrasts(&sentence.words);
        refused.is_some() || !informs && !is_plain
    });
    // "I'm worried about the price" is about the price: the cause decides, not the mood.
    let is_mood = |kind: &ObjectionType| matches!(kind, ObjectionType::Other | ObjectionType::TrustRisk);
    let cause = named.filter(|kind| !is_mood(kind));
    cause.or_else(|| named.or(refused).map(|kind| first_of(&SUBJECTS).unwrap_or(kind)))
}

/// Every concern of the call, in the order in which they were raised.
pub fn heard<'a>(conversation: &'a Conversation<'_>) -> Vec<Heard<'a>> {
    let mut concerns: Vec<Heard<'a>> = Vec::new();
    for sentence in conversation.sentences().iter().filter(|sentence| sentence.voice == Voice::Buyer) {
        let Some(kind) = class_of(conversation, sentence) else { continue };
        match concerns.iter_mut().find(|concern| concern.kind == kind) {
            // More words in the same breath are not the concern coming back.
            Some(known) => {
                let last = known.repeats.last().map_or(known.raised.turn, |repeat| repeat.turn);
                if sentence.turn > last {
                    known.repeats.push(sentence);
                }
            }
            None => concerns.push(Heard {
                kind,
                raised: sentence,
                repeats: Vec::new(),
                answer: None,
                settled: None,
                settled_when_asked: false,
                parked: None,
            }),
        }
    }
    for concern in &mut concerns {
        follow_up(conversation, concern);
    }
    concerns
}

/// Finds what became of a concern after it was raised last.
fn follow_up<'a>(conversation: &'a Conversation<'_>, concern: &mut Heard<'a>) {
    let first = concern.raised.turn + 1;
    let following = |from: usize| conversation.turns().get(from..).unwrap_or_default().iter().take(HANDLED_WITHIN);
    concern.answer = following(first).take(2).find(|turn| turn.voice.is_ours() && turn.words > 2);
    let last = concern.repeats.last().map_or(concern.raised.turn, |repeat| repeat.turn);
    // The buyer's next turns without a reservation.
    let calm = |turn: &&Turn| {
        let unsettled = |s: &Sentence| s.words.iter().any(|word| word == "but") || class_of(conversation, s).is_some();
        turn.voice == Voice::Buyer && !conversation.in_turn(turn).iter().any(unsettled)
    };
    let settles = |turn: &'a Turn| {
        let said = conversation.in_turn(turn).iter().filter(|_| calm(&turn));
        said.into_iter().find(|sentence| conversation.hits(sentence, "settled"))
    };
    // Soon after the answer, or whenever the rep asks whether this very concern is settled.
    let kind = concern.kind;
    let asked = conversation.turns().get(last + 1..).unwrap_or_default().windows(2).find_map(|pair| {
        let [ours, buyer] = pair else { return None };
        let asks = |s: &Sentence| s.asks() && conversation.hits(s, "settled_question") && names(conversation, s, kind);
        (ours.voice.is_ours() && conversation.in_turn(ours).iter().any(asks)).then_some(buyer).and_then(settles)
    });
    concern.settled = asked.or_else(|| following(last + 1).take(SETTLED_WITHIN).find_map(settles));
    concern.settled_when_asked = asked.is_some();
    concern.parked = following(last + 1)
        .flat_map(|turn| conversation.in_turn(turn))
        .find(|sentence| sentence.voice.is_ours() && !sentence.asks() && conversation.hits(sentence, "park"));
}

/// Whether a sentence names the subject of a concern.
fn names(conversation: &Conversation<'_>, sentence: &Sentence, kind: ObjectionType) -> bool {
    match SUBJECTS.iter().find(|(_, subject)| *subject == kind) {
        Some((tracker, _)) => conversation.hits(sentence, tracker),
        None => sentence.words.iter().any(|word| matches!(word.as_str(), "worry" | "concern")),
    }
}

impl Heard<'_> {
    /// How it stood at the end.
    pub fn status(&self) -> ObjectionStatus {
        match (self.answer, self.settled, self.parked) {
            (None, ..) => ObjectionStatus::Missed,
            // "I'll find out by Wednesday." "Wednesday is fine.": agreed, not settled.
            (_, Some(settled), Some(parked)) if parked.n < settled.n && !self.settled_when_asked => {
                ObjectionStatus::Parked
            }
            (_, Some(_), _) => ObjectionStatus::Resolved,
            (_, None, Some(_)) => ObjectionStatus::Parked,
            (_, None, None) => ObjectionStatus::Unresolved,
        }
    }
}

/// Every concern as a claim, for verification.
pub fn objections(conversation: &Conversation<'_>) -> Vec<ObjectionClaim> {
    heard(conversation)
        .into_iter()
        .map(|concern| {
            let strong = |sentence: &Sentence| conversation.hits(sentence, "strong_concern");
            let severity = match concern.repeats.len() {
                _ if strong(concern.raised) || concern.repeats.iter().any(|repeat| strong(repeat)) => 3,
                0 => 1,
                _ => 2,
            };
            let status = concern.status();
            ObjectionClaim {
                kind: concern.kind,
                severity,
                // Hinted concerns take understanding.
                implicit: false,
                raised: conversation.quote(concern.raised),
                repeats: concern.repeats.iter().map(|repeat| conversation.quote(repeat)).collect(),
                response: concern
                    .answer
                    .and_then(|turn| first_words(conversation, turn))
                    .map(|said| conversation.quote(said)),
                parked_until: concern
                    .parked
                    .filter(|_| status == ObjectionStatus::Parked)
                    .and_then(|sentence| days::day_in(&sentence.words)),
                status,
            }
        })
        .collect()
}

/// The first sentence of a turn that says something.
fn first_words<'a>(conversation: &'a Conversation<'_>, turn: &Turn) -> Option<&'a Sentence> {
    let sentences = conversation.in_turn(turn);
    sentences.iter().find(|sentence| sentence.words.len() > 2).or_else(|| sentences.first())
}

#[cfg(test)]
mod tests {
    use super::super::conversation::tests::{parties, trackers, transcript};
    use super::*;

    fn claims(text: &str) -> Vec<(ObjectionType, ObjectionStatus, usize)> {
        let transcript = transcript(text);
        let trackers = trackers();
        let conversation = Conversation::new(&transcript, &parties(), 0, &trackers);
        objections(&conversation).into_iter().map(|claim| (claim.kind, claim.status, claim.repeats.len())).collect()
    }

    fn kinds(text: &str) -> Vec<ObjectionType> {
        claims(text).into_iter().map(|(kind, ..)| kind).collect()
    }

    #[test]
    fn the_cause_decides_the_class() {
        for (said, kind) in [
            ("> That's too expensive for us.", ObjectionType::Pricing),
            ("> We don't have this quarter's budget for it.", ObjectionType::Budget),
            ("> Our legal team must review that before we sign.", ObjectionType::SecurityLegal),
            ("> It's not a good time for a new tool.", ObjectionType::Timing),
            ("> We're not interested, really.", ObjectionType::Need),
            ("> I can't decide that without my boss.", ObjectionType::Authority),
            ("> I'm a bit worried about that.", ObjectionType::TrustRisk),
            ("> The migration would be a nightmare.", ObjectionType::Implementation),
        ] {
            assert_eq!(kinds(said), [kind], "{said}");
        }
    }

    #[test]
    fn what_is_no_concern() {
        for said in [
            "> How much does it cost?",
            "> What about the installation cost?",
            "> Pricing was not an issue for us.",
            "Is the price too expensive for you?",
            "I understand that the budget is tight.",
            "> That sounds great.",
            "> Our legal team is in Berlin.",
            "> That fits within our budget.",
        ] {
            assert_eq!(kinds(said), [], "{said}");
        }
    }

    #[test]
    fn a_concern_that_comes_back_is_one() {
        let call =
            "> That's too expensive.\nWe could look at the terms.\n> It is still very expensive.\nI see what you mean.";
        assert_eq!(claims(call), [(ObjectionType::Pricing, ObjectionStatus::Unresolved, 1)]);
    }

    #[test]
    fn how_it_stood_at_the_end() {
        for (call, status) in [
            ("> That's too expensive.", ObjectionStatus::Missed),
            (
                "> That's too expensive.\nCompared with what?\n> With the old one.\nThat one has no support.\n> That makes sense, thanks.",
                ObjectionStatus::Resolved,
            ),
            ("> That's too expensive.\nI'll get you a comparison by Thursday.\n> Hm.", ObjectionStatus::Parked),
            ("> That's too expensive.\nMost people say that at first.\n> Hm.", ObjectionStatus::Unresolved),
        ] {
            assert_eq!(claims(call).first().map(|claim| claim.1), Some(status), "{call}");
        }
    }
}
