//! What the JSON of all vendors has in common: pieces of speech with a speaker's label and times.
//!
//! Every field may be missing or null, times may be numbers or text, labels text or numbers.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::model::transcript::{LINE_MAX_MS, LINE_MAX_WORDS};

use super::clean::clean;
use super::draft::Draft;

/// Silence after which the next word begins another utterance, in milliseconds. Shorter ones are part of a sentence,
/// as they are where a vendor gives whole sentences.
const PAUSE_MS: i64 = 2000;

/// A word, or as much as the vendor gives in one piece.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// The vendor's label or name of the voice.
    pub(super) speaker: Option<String>,
    pub(super) start_ms: Option<i64>,
    pub(super) end_ms: Option<i64>,
    pub(super) text: String,
    pub(super) join: Join,
}

/// How a piece is put behind the one before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Join {
    /// With a blank.
    #[default]
    Spaced,
    /// As it is: the vendor gives blanks as pieces of their own.
    Tight,
    /// A full stop or the like: as it is, and never the beginning of an utterance.
    Mark,
}

/// Joins the pieces of each speaker to utterances: up to the end of a sentence, a pause, or as much as one line holds.
pub(super) fn join(pieces: impl IntoIterator<Item = Piece>) -> Vec<Piece> {
    let mut utterances: Vec<Piece> = Vec::new();
    let mut words = 0;
    for piece in pieces {
        let start_ms = piece.start_ms.or(utterances.last().and_then(|last| last.end_ms));
        let end_ms = piece.end_ms.or(start_ms);
        let goes_on = utterances.last().filter(|last| {
            piece.join == Join::Mark
                || (last.speaker == piece.speaker
                    && words < LINE_MAX_WORDS
                    && !ends_a_sentence(&last.text)
                    && last.end_ms.zip(start_ms).is_none_or(|(end, start)| start - end < PAUSE_MS)
                    && last.start_ms.zip(end_ms).is_none_or(|(start, end)| (0..LINE_MAX_MS).contains(&(end - start))))
        });
        match (goes_on.is_some(), utterances.last_mut()) {
            (true, Some(last)) => {
                if piece.join == Join::Spaced && !last.text.ends_with(char::is_whitespace) {
                    last.text.push(' ');
                }
                last.text.push_str(&piece.text);
                if piece.join != Join::Mark {
                    last.end_ms = last.end_ms.max(end_ms);
                    words += 1;
                }
            }
            _ => {
                utterances.push(Piece { start_ms, end_ms, ..piece });
                words = 1;
            }
        }
    }
    utterances
}

fn ends_a_sentence(text: &str) -> bool {
    text.trim_end_matches(|last: char| last.is_whitespace() || matches!(last, '"' | '\'' | ')' | '”' | '’'))
        .ends_with(['.', '?', '!', '。', '？', '！'])
}

impl Draft {
    /// Adds pieces as utterances.
    pub(super) fn say_pieces(&mut self, pieces: impl IntoIterator<Item = Piece>) {
        for piece in pieces {
            let party = piece.speaker.and_then(|label| self.voice(&label));
            let end_ms = piece.end_ms.max(piece.start_ms).filter(|_| piece.end_ms.is_some());
            self.say(party, (piece.start_ms, end_ms), &piece.text);
        }
    }
}

/// A list of pieces; null, and elements without any text, are left out while it is read.
pub(super) fn pieces<'de, D, T>(deserializer: D) -> Result<Vec<Piece>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Into<Piece>,
{
    elements(deserializer, |element: T| Some(element.into()).filter(|piece| !piece.text.is_empty()))
}

/// A list; null, and elements that say nothing, are left out while it is read: a million `{}` cost no memory.
pub(super) fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default + PartialEq,
{
    elements(deserializer, |element: T| Some(element).filter(|element| *element != T::default()))
}

fn elements<'de, D, T, U>(deserializer: D, keep: fn(T) -> Option<U>) -> Result<Vec<U>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Elements<T, U>(fn(T) -> Option<U>);

    impl<'de, T: Deserialize<'de>, U> Visitor<'de> for Elements<T, U> {
        type Value = Vec<U>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }

        fn visit_unit<E: Error>(self) -> Result<Vec<U>, E> {
            Ok(Vec::new())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<U>, A::Error> {
            let mut kept = Vec::new();
            while let Some(element) = list.next_element::<Option<T>>()? {
                kept.extend(element.and_then(self.0));
            }
            Ok(kept)
        }
    }

    deserializer.deserialize_any(Elements(keep))
}

/// A label: text, or a whole number. Ids have up to 20 digits, so they are text here.
pub(super) fn label<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    struct Label;

    impl Visitor<'_> for Label {
        type Value = Option<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("text or a whole number")
        }

        fn visit_unit<E: Error>(self) -> Result<Option<String>, E> {
            Ok(None)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Option<String>, E> {
            Ok(Some(clean(text)).filter(|label| !label.is_empty()))
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<Option<String>, E> {
            Ok(Some(number.to_string()))
        }

        fn visit_i64<E: Error>(self, number: i64) -> Result<Option<String>, E> {
            Ok(Some(number.to_string()))
        }

        fn visit_f64<E: Error>(self, number: f64) -> Result<Option<String>, E> {
            Ok(Some(number.to_string()))
        }
    }

    deserializer.deserialize_any(Label)
}

/// A time or a length: a number, a number as text (`"2.64"`, `"1.200s"`), a clock's time, or seconds and nanos.
/// Whatever else stands there is an unknown one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Time(Option<f64>);

impl Time {
    /// Milliseconds, the vendor counting in seconds.
    pub(super) fn seconds(self) -> Option<i64> {
        self.ms(1000.0)
    }

    /// Milliseconds, the vendor counting in them.
    pub(super) fn millis(self) -> Option<i64> {
        self.ms(1.0)
    }

    /// Milliseconds in one of the vendor's units. Sums of what is more than 3000 years could overflow.
    pub(super) fn ms(self, unit: f64) -> Option<i64> {
        self.0.map(|number| (number * unit).round()).filter(|ms| ms.abs() < 1e14).map(|ms| ms as i64)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyTime;

        impl<'de> Visitor<'de> for AnyTime {
            type Value = Time;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time")
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Time, E> {
                Ok(Time(Some(number)))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Time, E> {
                Ok(Time(Some(number as f64)))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Time, E> {
                Ok(Time(Some(number as f64)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Time, E> {
                let text = text.trim().trim_end_matches('s');
                let clock = || super::clock::text_time(text).map(|ms| ms as f64 / 1000.0);
                Ok(Time(text.parse().ok().or_else(clock).filter(|number: &f64| number.is_finite())))
            }

            fn visit_unit<E: Error>(self) -> Result<Time, E> {
                Ok(Time(None))
            }

            fn visit_bool<E: Error>(self, _: bool) -> Result<Time, E> {
                Ok(Time(None))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Time, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Time(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Time, A::Error> {
                let mut total = None;
                while let Some(key) = map.next_key::<String>()? {
                    let unit = match key.as_str() {
                        "seconds" => 1.0,
                        "nanos" => 1e-9,
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    if let Time(Some(number)) = map.next_value()? {
                        total = Some(total.unwrap_or(0.0) + number * unit);
                    }
                }
                Ok(Time(total))
            }
        }

        deserializer.deserialize_any(AnyTime)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word(speaker: &str, start_ms: i64, text: &str) -> Piece {
        Piece {
            speaker: Some(speaker.to_owned()),
            start_ms: Some(start_ms),
            end_ms: Some(start_ms + 200),
            text: text.to_owned(),
            join: Join::Spaced,
        }
    }

    fn mark(text: &str) -> Piece {
        Piece { text: text.to_owned(), join: Join::Mark, ..Piece::default() }
    }

    #[test]
    fn words_become_sentences_of_one_speaker_without_a_pause() {
        let joined = join([
            word("A", 0, "Right"),
            mark(","),
            word("A", 300, "yes"),
            mark("."),
            word("A", 600, "So"),
            word("B", 700, "Hm"),
            word("A", 1000, "well"),
            word("A", 3200, "then"),
        ]);
        let found: Vec<_> = joined.iter().map(|u| (u.text.as_str(), u.start_ms.unwrap(), u.end_ms.unwrap())).collect();
        assert_eq!(
            found,
            [("Right, yes.", 0, 500), ("So", 600, 800), ("Hm", 700, 900), ("well", 1000, 1200), ("then", 3200, 3400)]
        );
    }

    #[test]
    fn words_without_marks_are_cut_as_lines_are_and_words_without_times_stay_in_place() {
        let joined = join((0..100).map(|n| word("A", n * 250, "a")));
        assert_eq!(joined.iter().map(|u| u.text.split(' ').count()).collect::<Vec<_>>(), [60, 40]);
        let untimed = Piece { start_ms: None, end_ms: None, ..word("B", 0, "5") };
        let joined = join([word("A", 0, "a"), untimed]);
        assert_eq!((joined[1].start_ms, joined[1].end_ms), (Some(200), Some(200)));
    }

    #[test]
    fn a_time_may_be_written_in_any_way() {
        for (json, ms) in [
            ("1.2345", Some(1235)),
            ("2", Some(2000)),
            ("-1", Some(-1000)),
            (r#""2.64""#, Some(2640)),
            (r#""1.200s""#, Some(1200)),
            (r#""00:01:02.5""#, Some(62_500)),
            (r#"{"seconds":"1","nanos":500000000,"x":[]}"#, Some(1500)),
            ("null", None),
            ("true", None),
            ("[1]", None),
            (r#""later""#, None),
            ("1e300", None),
            (r#""inf""#, None),
        ] {
            assert_eq!(serde_json::from_str::<Time>(json).unwrap().seconds(), ms, "{json}");
        }
    }

    proptest! {
        #[test]
        fn joining_loses_no_word_and_no_speaker(words in prop::collection::vec(("[AB]", 0i64..100_000, "[a-z]{1,5}[.?]?"), 0..50)) {
            let pieces: Vec<_> = words.iter().map(|(speaker, at, text)| word(speaker, *at, text)).collect();
            let said = |pieces: &[Piece]| -> Vec<(String, String)> {
                let of = |p: &Piece| p.text.split(' ').map(|t| (p.speaker.clone().unwrap(), t.to_owned())).collect::<Vec<_>>();
                pieces.iter().flat_map(of).collect()
            };
            prop_assert_eq!(said(&join(pieces.clone())), said(&pieces));
        }
    }
}
