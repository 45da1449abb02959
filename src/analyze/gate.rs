//! Not every recording is a call to coach (RUBRIC, section 3). What is not is stored and not scored, with the reason.

use crate::model::call::{Call, CallType};
use crate::model::party::{Party, Side};
use crate::model::transcript::Transcript;

/// A shorter call is none to coach, unless it is a cold call.
const MIN_DURATION_MS: i64 = 5 * 60 * 1_000;
/// Neither is one with fewer words.
const MIN_WORDS: usize = 300;
/// Nor one with more than this part of its words from unknown voices.
const MAX_UNATTRIBUTED: f64 = 0.2;
/// Fewer letters than this do not tell a language.
const MIN_LETTERS_FOR_LANGUAGE: usize = 200;

/// Why the call is none to coach, as whole sentences; `None` when it is one.
///
/// `parties` are those of the call with their sides decided.
pub(super) fn not_a_call(call: &Call, parties: &[Party], transcript: &Transcript) -> Option<String> {
    only_ours(parties).or_else(|| unattributed(transcript)).or_else(|| too_short(call, transcript))
}

fn only_ours(parties: &[Party]) -> Option<String> {
    let mut speakers = parties.iter().filter(|party| party.spoke).peekable();
    if parties.iter().any(|party| party.spoke && party.side != Side::Rep) {
        return None;
    }
    let last = speakers.clone().last().map_or("them", Party::display_name);
    let names = match speakers.peek() {
        Some(_) => speakers.map(Party::display_name).collect::<Vec<_>>().join(", "),
        None => return Some("Nobody with a name speaks on it.".to_owned()),
    };
    Some(format!("Only our own people speak on it ({names}). If {last} is the customer: --buyer \"{last}\""))
}

fn unattributed(transcript: &Transcript) -> Option<String> {
    let words = |text: &str| text.split_whitespace().count();
    let unknown: usize =
        transcript.lines.iter().filter(|line| line.party.is_none()).map(|line| words(&line.text)).sum();
    let share = unknown as f64 / transcript.words().max(1) as f64;
    (share > MAX_UNATTRIBUTED).then(|| {
        let percent = (share * 100.0).round();
        format!("{percent} % of the words belong to no known speaker; up to 20 % can be worked with.")
    })
}

/// Why the built-in analyst cannot score a call in another language; `None` when it can.
pub(super) fn other_language(transcript: &Transcript) -> Option<String> {
    let mut sample = String::new();
    for line in &transcript.lines {
        sample.push_str(&line.text);
        sample.push(' ');
        if sample.len() > 4_000 {
            break;
        }
    }
    if sample.chars().filter(|c| c.is_alphabetic()).count() < MIN_LETTERS_FOR_LANGUAGE {
        return None;
    }
    let info = whatlang::detect(&sample)?;
    let foreign = info.is_reliable() && info.lang() != whatlang::Lang::Eng;
    foreign.then(|| format!("It seems to be in {}; the built-in analyst knows only English.", info.lang().eng_name()))
}

fn too_short(call: &Call, transcript: &Transcript) -> Option<String> {
    if call.call_type == Some(CallType::ColdCall) {
        return None;
    }
    let words = transcript.words();
    let duration = call.duration_ms.or_else(|| transcript.end_ms());
    if let Some(ms) = duration.filter(|ms| *ms < MIN_DURATION_MS) {
        let (minutes, seconds) = (ms / 60_000, ms / 1_000 % 60);
        return Some(format!(
            "It took {minutes} min {seconds} s; calls under 5 minutes say too little. If it is a cold call: --call-type cold_call"
        ));
    }
    (words < MIN_WORDS).then(|| {
        format!(
            "It has {words} words; calls under {MIN_WORDS} say too little. If it is a cold call: --call-type cold_call"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::transcript::SpokenText;

    const ENGLISH: &str = "We have been looking at this for a while and the team thinks it could work for us. ";

    fn call(sides: [Side; 2], minutes: i64, text: [&str; 2], call_type: Option<CallType>) -> Option<String> {
        let party = |(n, side)| Party { name: Some(format!("P{n}")), side, spoke: true, ..Party::default() };
        let parties: Vec<_> = sides.into_iter().enumerate().map(party).collect();
        let said = |(n, text): (usize, &str)| SpokenText {
            party: Some(n),
            start_ms: None,
            end_ms: None,
            text: text.to_owned(),
        };
        let transcript = Transcript::from_spoken(text.into_iter().enumerate().map(said));
        let call = Call { duration_ms: Some(minutes * 60_000), call_type, ..Call::default() };
        not_a_call(&call, &parties, &transcript).or_else(|| other_language(&transcript))
    }

    #[test]
    fn a_conversation_with_a_buyer_is_coached() {
        let text = ENGLISH.repeat(10);
        assert_eq!(call([Side::Rep, Side::Buyer], 9, [&text, &text], None), None);
        assert_eq!(call([Side::Rep, Side::Unknown], 9, [&text, &text], None), None);
    }

    #[test]
    fn everything_else_is_stored_with_its_reason() {
        let text = ENGLISH.repeat(10);
        let german =
            "Wir haben uns das schon länger angesehen und das Team glaubt, dass es für uns passen könnte. ".repeat(12);
        let reason = |found: Option<String>| found.expect("a reason");
        assert!(reason(call([Side::Rep, Side::Rep], 9, [&text, &text], None)).contains("P0, P1"));
        assert!(reason(call([Side::Rep, Side::Buyer], 4, [&text, &text], None)).contains("4 min"));
        assert!(reason(call([Side::Rep, Side::Buyer], 9, [ENGLISH, ENGLISH], None)).contains("36 words"));
        assert!(reason(call([Side::Rep, Side::Buyer], 9, [&german, &german], None)).contains("German"));
        assert_eq!(call([Side::Rep, Side::Buyer], 4, [ENGLISH, ENGLISH], Some(CallType::ColdCall)), None);
    }

    #[test]
    fn too_many_unknown_voices_and_nobody_can_be_coached() {
        let said = |party, times| SpokenText { party, start_ms: None, end_ms: None, text: ENGLISH.repeat(times) };
        let transcript = Transcript::from_spoken([said(Some(0), 10), said(None, 5)]);
        assert!(unattributed(&transcript).is_some_and(|reason| reason.starts_with("33 %")));
    }
}
