//! What a title or a file's name tells: when the call began and of which kind it was.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::model::call::{Call, CallType};

/// Words in a title or name that tell the kind of call. Words are separated by single blanks.
const KINDS: [(&str, CallType); 15] = [
    ("cold call", CallType::ColdCall),
    ("cold outreach", CallType::ColdCall),
    ("discovery", CallType::Discovery),
    ("intro call", CallType::Discovery),
    ("introduction call", CallType::Discovery),
    ("demo", CallType::Demo),
    ("technical", CallType::Technical),
    ("deep dive", CallType::Technical),
    ("negotiation", CallType::Negotiation),
    ("pricing", CallType::Negotiation),
    ("follow up", CallType::FollowUp),
    ("followup", CallType::FollowUp),
    ("renewal", CallType::Renewal),
    ("support call", CallType::Support),
    ("support", CallType::Support),
];

/// Fills what the content left open: the start from the file's name, the kind from title and name.
pub(super) fn complete(call: &mut Call, file_name: Option<&str>) {
    let name = file_name.map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name)).unwrap_or_default();
    call.started_at = call.started_at.or_else(|| started_at(name));
    call.call_type =
        call.call_type.or_else(|| call_type(&format!("{} / {name}", call.title.as_deref().unwrap_or_default())));
}

/// The kind of call that the text names; `None` when it names two different ones.
pub(super) fn call_type(text: &str) -> Option<CallType> {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let text = format!(" {} ", words.join(" "));
    let mut found = KINDS.iter().filter(|(words, _)| text.contains(&format!(" {words} "))).map(|(_, kind)| *kind);
    let first = found.next()?;
    found.all(|kind| kind == first).then_some(first)
}

/// The date, and the time where there is one, in a name such as `GMT20260214-150203_Recording` or `2026-02-14 demo`.
/// A date alone is its first moment in UTC.
fn started_at(name: &str) -> Option<Timestamp> {
    let digits_at = |at: usize, count: usize| -> Option<i16> {
        let text = name.get(at..at + count)?;
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
    };
    let mark_at = |at: usize, marks: &[u8]| name.as_bytes().get(at).is_some_and(|byte| marks.contains(byte));
    let is_digit = |at: usize| name.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    (0..name.len()).find_map(|at| {
        if at > 0 && is_digit(at - 1) {
            return None;
        }
        let dashed = mark_at(at + 4, b"-_") && mark_at(at + 7, b"-_");
        let (month, day, end) = if dashed { (at + 5, at + 8, at + 10) } else { (at + 4, at + 6, at + 8) };
        let [month, day] = [digits_at(month, 2)?, digits_at(day, 2)?].map(|number| i8::try_from(number).unwrap_or(0));
        let date = Date::new(digits_at(at, 4)?, month, day).ok().filter(|date| (2000..2100).contains(&date.year()))?;
        if is_digit(end) {
            return None;
        }
        let time = mark_at(end, b"-_T ").then(|| time_at(name.get(end + 1..)?)).flatten().unwrap_or(Time::midnight());
        let instant = TimeZone::UTC.to_timestamp(DateTime::from_parts(date, time));
        instant.ok()
    })
}

/// `150203`, `15-02-03`, `15-02`, `1502`.
fn time_at(text: &str) -> Option<Time> {
    let digits: String = text
        .chars()
        .take(8)
        .take_while(|letter| letter.is_ascii_digit() || matches!(letter, '-' | '_' | '.' | ':'))
        .filter(char::is_ascii_digit)
        .collect();
    let number = |at: usize| digits.get(at..at + 2).and_then(|text| text.parse::<i8>().ok());
    Time::new(number(0)?, number(2)?, number(4).unwrap_or(0), 0).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_tell_when() {
        for (name, at) in [
            ("GMT20260214-150203_Recording.vtt", "2026-02-14T15:02:03Z"),
            ("acme 2026-02-14.txt", "2026-02-14T00:00:00Z"),
            ("2026-02-14T15-02.txt", "2026-02-14T15:02:00Z"),
            ("call_20260214.txt", "2026-02-14T00:00:00Z"),
        ] {
            assert_eq!(started_at(name), Some(at.parse().unwrap()), "{name}");
        }
        for name in ["7782342274025937895.json", "2026-13-14.txt", "call 12.txt", "202602141.txt", ""] {
            assert_eq!(started_at(name), None, "{name}");
        }
    }

    #[test]
    fn titles_tell_the_kind_by_whole_words_and_only_one() {
        assert_eq!(call_type("Acme_cold-call_3"), Some(CallType::ColdCall));
        assert_eq!(call_type("Pricing negotiation"), Some(CallType::Negotiation));
        assert_eq!(call_type("Follow-up: Acme"), Some(CallType::FollowUp));
        for text in ["Democracy", "Discovery and demo", "Acme", ""] {
            assert_eq!(call_type(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_name_makes_it_panic(name in any::<String>()) {
            let _ = (started_at(&name), call_type(&name));
        }
    }
}
