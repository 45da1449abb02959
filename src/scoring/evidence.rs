//! Does the quote stand in the line, and did the right person say it?
//!
//! The haystack is the transcript and nothing else. What does not stand there is dropped by the caller and counted,
//! never repaired. What does is returned in the transcript's own words, never in the analyst's.

use crate::model::answers::{Evidence, Quote};
use crate::model::party::{Party, Side};
use crate::model::transcript::{Line, Transcript};
use crate::rubric::Proof;

use super::folded::{self, Folded};

/// A quote needs this many words, unless it is a whole utterance.
const MIN_WORDS: usize = 3;

/// Why a quote is no evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The transcript has no line of this number.
    #[error("there is no such line")]
    NoSuchLine,
    /// The words do not stand there.
    #[error("the words do not stand in that line")]
    NotInLine,
    /// Too few words to prove anything.
    #[error("fewer than three words, and not a whole utterance")]
    TooShort,
    /// The line is the other side's, or nobody knows whose it is.
    #[error("somebody else said it")]
    WrongSide,
    /// A colleague of the coached rep said it: the party's index.
    #[error("a colleague said it")]
    Colleague(usize),
}

/// The words and people of one call, as a verifier needs them.
#[derive(Debug, Clone, Copy)]
pub struct Hearing<'a> {
    /// The lines that may be cited.
    pub transcript: &'a Transcript,
    /// The same lines as the analyst saw them. Some characters may be others, but every byte is where it was: quotes
    /// are looked for here, and printed from the lines above.
    pub shown: &'a Transcript,
    /// Who speaks; [`Line::party`] is an index into it.
    pub parties: &'a [Party],
    /// The coached rep's index.
    pub rep: usize,
}

impl Hearing<'_> {
    /// Checks one quote.
    ///
    /// After NFKC, straight quotes, lower case and collapsed white space it must stand in the cited line, on word
    /// boundaries, with at least three words or as a whole utterance. A quote with "…" counts when all its pieces
    /// stand in order; one that runs on into the next line counts when that line is the same speaker's.
    ///
    /// # Errors
    /// The reason for which it is no evidence.
    pub fn verify(&self, quote: &Quote, proof: Proof) -> Result<Evidence, Rejection> {
        let line = self.transcript.line(quote.line).ok_or(Rejection::NoSuchLine)?;
        let shown = self.shown.line(quote.line).ok_or(Rejection::NoSuchLine)?;
        let wanted = Folded::new(&quote.quote);
        let needle = wanted.trimmed();
        if needle.is_empty() {
            return Err(Rejection::NotInLine);
        }
        if wanted.words() < MIN_WORDS && !is_whole_utterance(shown, needle) {
            return Err(Rejection::TooShort);
        }
        let evidence = find_in(&shown.text, line, &wanted)
            .or_else(|| {
                let (shown, line) = (run_on(self.shown, shown)?, run_on(self.transcript, line)?);
                find_in(&shown.text, &line, &wanted)
            })
            .ok_or(Rejection::NotInLine)?;
        self.side_fits(line, proof)?;
        Ok(evidence)
    }

    fn side_fits(&self, line: &Line, proof: Proof) -> Result<(), Rejection> {
        if proof == Proof::Either {
            return Ok(());
        }
        let party = line.party.ok_or(Rejection::WrongSide)?;
        let side = self.parties.get(party).map_or(Side::Unknown, |party| party.side);
        match (proof, side) {
            (Proof::Rep, _) if party == self.rep => Ok(()),
            (Proof::Rep, Side::Rep) => Err(Rejection::Colleague(party)),
            (Proof::Buyer, Side::Buyer) => Ok(()),
            _ => Err(Rejection::WrongSide),
        }
    }
}

/// The line together with the one after it, if one person says both: a long turn is cut into several lines.
fn run_on(transcript: &Transcript, line: &Line) -> Option<Line> {
    let next = transcript.line(line.n.checked_add(1)?).filter(|next| next.party == line.party)?;
    let mut joined = line.clone();
    joined.text.push(' ');
    let shift = joined.text.len();
    joined.text.push_str(&next.text);
    joined.utterances.extend(next.utterances.iter().cloned().map(|mut utterance| {
        utterance.from += shift;
        utterance.to += shift;
        utterance
    }));
    Some(joined)
}

fn is_whole_utterance(line: &Line, needle: &[char]) -> bool {
    line.utterances
        .iter()
        .filter_map(|utterance| line.text.get(utterance.from..utterance.to))
        .any(|text| Folded::new(text).trimmed() == needle)
}

/// Finds the words in what was shown of a line, and returns what was said there.
fn find_in(shown: &str, line: &Line, wanted: &Folded) -> Option<Evidence> {
    let haystack = Folded::new(shown);
    let chars = haystack.find(wanted.trimmed(), 0).or_else(|| {
        // Dots that stand in the transcript were matched above; here they mark an omission.
        let pieces = wanted.pieces();
        if pieces.len() < 2 || pieces.iter().map(|piece| folded::words(piece)).sum::<usize>() < MIN_WORDS {
            return None;
        }
        let mut from = 0;
        let mut start = None;
        for piece in pieces {
            let found = haystack.find(piece, from)?;
            from = found.end;
            start.get_or_insert(found.start);
        }
        // All words between the pieces are shown too: leaving some out can turn a sentence into its opposite.
        Some(start?..from)
    })?;
    let mut bytes = haystack.origin(&chars)?;
    let closing = line.text.get(bytes.end..)?.chars().take_while(|c| matches!(c, '.' | '?' | '!' | '…' | ','));
    bytes.end += closing.map(char::len_utf8).sum::<usize>();
    let (start_ms, end_ms) = line.times_of(&bytes);
    let quote = line.text.get(bytes)?.trim_end_matches(',').to_owned();
    Some(Evidence { line: line.n, start_ms, end_ms, quote })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::transcript::SpokenText;

    const REP: usize = 0;
    const COLLEAGUE: usize = 1;
    const BUYER: usize = 2;
    const STRANGER: usize = 3;

    fn parties() -> Vec<Party> {
        let party = |side| Party { side, spoke: true, ..Party::default() };
        [Side::Rep, Side::Rep, Side::Buyer, Side::Unknown].map(party).to_vec()
    }

    fn transcript(lines: &[(usize, &str)]) -> Transcript {
        Transcript::from_spoken(lines.iter().map(|(party, text)| SpokenText {
            party: Some(*party),
            start_ms: None,
            end_ms: None,
            text: (*text).to_owned(),
        }))
    }

    fn verify(lines: &[(usize, &str)], line: u32, quote: &str, proof: Proof) -> Result<String, Rejection> {
        let transcript = transcript(lines);
        let hearing = Hearing { transcript: &transcript, shown: &transcript, parties: &parties(), rep: REP };
        hearing.verify(&Quote { line, quote: quote.to_owned() }, proof).map(|evidence| evidence.quote)
    }

    #[test]
    fn a_quote_is_shown_in_the_transcripts_own_words() {
        let call = [(BUYER, "Well, it’s  TOO expensive for us, honestly.")];
        for quote in ["it's too expensive for us", "\"it's too expensive for us\"", "IT’S TOO   EXPENSIVE FOR US,"] {
            assert_eq!(verify(&call, 1, quote, Proof::Buyer).as_deref(), Ok("it’s  TOO expensive for us"), "{quote}");
        }
    }

    #[test]
    fn invented_words_are_no_evidence() {
        let call = [(BUYER, "We could try that next week."), (BUYER, "Let me see.")];
        for quote in ["we will try that next week", "that next week. Let me see if", "try that … we could", ""] {
            assert_eq!(verify(&call, 1, quote, Proof::Buyer), Err(Rejection::NotInLine), "{quote}");
        }
        assert_eq!(verify(&call, 3, "We could try that", Proof::Buyer), Err(Rejection::NoSuchLine));
        assert_eq!(verify(&call, 0, "We could try that", Proof::Buyer), Err(Rejection::NoSuchLine));
    }

    /// What was shown is looked through, what was said is printed.
    #[test]
    fn a_quote_of_what_was_shown_is_printed_as_it_was_said() {
        let (said, shown) = (transcript(&[(BUYER, "It is [inaudible] too <much>.")]), "It is (inaudible) too (much).");
        let shown = transcript(&[(BUYER, shown)]);
        let hearing = Hearing { transcript: &said, shown: &shown, parties: &parties(), rep: REP };
        let verify = |quote: &str| hearing.verify(&Quote { line: 1, quote: quote.to_owned() }, Proof::Buyer);
        assert_eq!(
            verify("is (inaudible) too (much)").map(|found| found.quote).as_deref(),
            Ok("is [inaudible] too <much")
        );
        assert_eq!(verify("It is (inaudible) too").map(|found| found.quote).as_deref(), Ok("It is [inaudible] too"));
        assert_eq!(verify("It is [inaudible] too"), Err(Rejection::NotInLine));
    }

    #[test]
    fn half_a_word_is_no_evidence() {
        let call = [(BUYER, "We can't do that in Aprilia")];
        assert_eq!(verify(&call, 1, "We can", Proof::Buyer), Err(Rejection::TooShort));
        assert_eq!(verify(&call, 1, "do that in April", Proof::Buyer), Err(Rejection::NotInLine));
        assert_eq!(verify(&[(BUYER, "so we can't do it")], 1, "so we can", Proof::Buyer), Err(Rejection::NotInLine));
    }

    #[test]
    fn two_words_count_only_as_a_whole_utterance() {
        assert_eq!(
            verify(&[(BUYER, "Sounds hefty.")], 1, "sounds hefty", Proof::Buyer).as_deref(),
            Ok("Sounds hefty.")
        );
        let call = [(BUYER, "Sounds hefty to me.")];
        assert_eq!(verify(&call, 1, "sounds hefty", Proof::Buyer), Err(Rejection::TooShort));
    }

    #[test]
    fn the_right_person_must_have_said_it() {
        let words = "let us look at the numbers";
        for (speaker, proof, expected) in [
            (REP, Proof::Rep, Ok(())),
            (COLLEAGUE, Proof::Rep, Err(Rejection::Colleague(COLLEAGUE))),
            (BUYER, Proof::Rep, Err(Rejection::WrongSide)),
            (STRANGER, Proof::Rep, Err(Rejection::WrongSide)),
            (BUYER, Proof::Buyer, Ok(())),
            (REP, Proof::Buyer, Err(Rejection::WrongSide)),
            (STRANGER, Proof::Buyer, Err(Rejection::WrongSide)),
            (STRANGER, Proof::Either, Ok(())),
            (REP, Proof::Either, Ok(())),
        ] {
            assert_eq!(verify(&[(speaker, words)], 1, words, proof).map(drop), expected, "{speaker} {proof:?}");
        }
    }

    #[test]
    fn omissions_must_stand_in_order_and_are_filled_in() {
        let call = [(BUYER, "I would not, to be honest, pay that much for it.")];
        for quote in ["I would … pay that much", "I would ... pay that much", "… I would [...] pay that much …"] {
            let shown = verify(&call, 1, quote, Proof::Buyer);
            assert_eq!(shown.as_deref(), Ok("I would not, to be honest, pay that much"), "{quote}");
        }
        assert_eq!(verify(&call, 1, "pay that much … I would", Proof::Buyer), Err(Rejection::NotInLine));
    }

    #[test]
    fn a_quote_may_run_on_into_the_same_speakers_next_line_only() {
        let long = format!("{} and then we", "word ".repeat(58).trim());
        let same = [(BUYER, long.as_str()), (BUYER, "lost the whole order.")];
        let quote = "and then we lost the whole order";
        assert_eq!(verify(&same, 1, quote, Proof::Buyer).as_deref(), Ok("and then we lost the whole order."));
        let other = [(BUYER, long.as_str()), (REP, "lost the whole order.")];
        assert_eq!(verify(&other, 1, quote, Proof::Buyer), Err(Rejection::NotInLine));
    }

    proptest! {
        #[test]
        fn evidence_always_stands_in_the_cited_line_or_runs_on(text in "\\PC{0,80}", next in "\\PC{0,40}", quote in "\\PC{0,30}") {
            let call = [(BUYER, text.as_str()), (REP, "Okay, go on."), (BUYER, next.as_str())];
            let transcript = transcript(&call);
            let parties = parties();
            let hearing = Hearing { transcript: &transcript, shown: &transcript, parties: &parties, rep: REP };
            for line in 1..=3 {
                if let Ok(evidence) = hearing.verify(&Quote { line, quote: quote.clone() }, Proof::Buyer) {
                    let cited = transcript.line(line).expect("cited line");
                    prop_assert!(cited.text.contains(&evidence.quote));
                    prop_assert_eq!(cited.party, Some(BUYER));
                }
            }
        }

        #[test]
        fn any_three_words_of_a_line_are_found(words in prop::collection::vec("[a-zA-Zäßñ']{1,8}[,.?]?", 3..20), at in 0usize..17) {
            let text = words.join(" ");
            let piece = words.iter().skip(at.min(words.len() - 3)).take(3).cloned().collect::<Vec<_>>().join(" ");
            prop_assume!(folded::words(Folded::new(&piece).trimmed()) == 3);
            prop_assert!(verify(&[(BUYER, &text)], 1, &piece, Proof::Buyer).is_ok(), "{} in {}", piece, text);
        }
    }
}
