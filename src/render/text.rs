//! Small pieces of text that every face shares: times, amounts, plurals, and what makes foreign text safe to print.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many columns a terminal needs for this text.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Foreign text in one line, without anything that could steer a terminal.
///
/// Control characters and runs of white space become one blank. Direction marks are left out, because they could
/// reorder the text around them, and so are characters on whose width terminals disagree, because columns would break.
pub fn clean(text: &str) -> String {
    let visible: String =
        text.chars().filter(|&c| !is_invisible(c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}'                                                  // soft hyphen
        | '\u{61c}' | '\u{200e}' | '\u{200f}'                     // direction marks
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'       // direction overrides and isolates
        | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}'       // zero-width blanks and joiners
        | '\u{fe00}'..='\u{fe0f}'                                 // variation selectors
        | '\u{e0000}'..='\u{e007f}')
}

/// The text, cut to at most `max` columns; a cut is marked at the end with `mark`.
pub fn cut(text: &str, max: usize, mark: &str) -> String {
    if width(text) <= max {
        return text.to_owned();
    }
    let room = max.saturating_sub(width(mark));
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += width(grapheme);
        if used > room {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.truncate(kept.trim_end().len());
    kept.push_str(mark);
    kept
}

/// `1 call`, `2 calls`.
pub fn count(n: u32, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// A moment of a call as `m:ss`, from an hour on as `h:mm:ss`. Begun seconds are not counted.
pub fn time(ms: i64) -> String {
    let seconds = ms.max(0) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// A length of time in seconds as `42 s`, `9 min 29 s` or `1 h 4 min`.
pub fn duration(seconds: f64) -> String {
    // The cast saturates and turns NaN into 0, so no value from a damaged file can do harm.
    let seconds = seconds.round() as u64;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, 0, _) => format!("{hours} h"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// A whole number, rounded half away from zero as the bands are; never `-0`.
pub fn whole(value: f64) -> String {
    format!("{}", value.round() + 0.0)
}

/// A number with one decimal, or with none where that says the same.
pub fn decimal(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0 + 0.0;
    if tenths.fract() == 0.0 { format!("{tenths:.0}") } else { format!("{tenths:.1}") }
}

/// A ratio of 0–1 as `73 %`.
pub fn percent(ratio: f64) -> String {
    format!("{} %", whole(ratio * 100.0))
}

/// `26100` as `26,100`.
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// US dollars as `$0.09`; an amount that would print as nothing is `under $0.01`.
pub fn dollars(amount: f64) -> String {
    if amount > 0.0 && amount < 0.005 { "under $0.01".to_owned() } else { format!("${:.2}", amount + 0.0) }
}

/// The text with a full stop, unless it ends in a mark of its own.
pub fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.is_empty() || text.ends_with(['.', '!', '?', '…', ':', '"', '”']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// The text with its first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `15 Oct 2026, 10:01` in the reader's time zone. The first moment of a day in UTC is how a date without an hour is kept:
/// it is printed as the date that it is.
pub fn date(at: jiff::Timestamp, zone: &jiff::tz::TimeZone) -> String {
    const MS_PER_DAY: i64 = 86_400_000;
    if at.as_millisecond() % MS_PER_DAY == 0 {
        return at.to_zoned(jiff::tz::TimeZone::UTC).strftime("%-d %b %Y").to_string();
    }
    at.to_zoned(zone.clone()).strftime("%-d %b %Y, %H:%M").to_string()
}

/// The day on which a call began, in the reader's time zone.
pub fn day(at: jiff::Timestamp, zone: &jiff::tz::TimeZone) -> jiff::civil::Date {
    const MS_PER_DAY: i64 = 86_400_000;
    // A date without a time of day is kept as midnight in UTC.
    let zone = if at.as_millisecond() % MS_PER_DAY == 0 { &jiff::tz::TimeZone::UTC } else { zone };
    at.to_zoned(zone.clone()).date()
}

/// The day of a call in a list: `20 Nov`, or `20 Nov 25` when it is not in the year that goes without saying.
pub fn short_date(at: jiff::Timestamp, zone: &jiff::tz::TimeZone, year: Option<i16>) -> String {
    let day = day(at, zone);
    day.strftime(if year == Some(day.year()) { "%-d %b" } else { "%-d %b %y" }).to_string()
}

/// `20 Nov 2026`, in the reader's time zone.
pub fn long_date(at: jiff::Timestamp, zone: &jiff::tz::TimeZone) -> String {
    day(at, zone).strftime("%-d %b %Y").to_string()
}

/// The first and the last day of a range; its end does not belong to it.
pub fn first_and_last_day(
    from: Option<jiff::Timestamp>,
    to: Option<jiff::Timestamp>,
    zone: &jiff::tz::TimeZone,
) -> (Option<jiff::civil::Date>, Option<jiff::civil::Date>) {
    let day = |at: jiff::Timestamp| at.to_zoned(zone.clone()).date();
    let last = to.map(|to| day(to.checked_sub(jiff::SignedDuration::from_millis(1)).unwrap_or(to)));
    (from.map(day), last)
}

/// A range as days, the last one included: `25 Aug – 22 Nov 2026`. `None` for all time.
pub fn days(from: Option<jiff::Timestamp>, to: Option<jiff::Timestamp>, zone: &jiff::tz::TimeZone) -> Option<String> {
    let (from, to) = first_and_last_day(from, to, zone);
    let long = |day: jiff::civil::Date| day.strftime("%-d %b %Y").to_string();
    Some(match (from, to) {
        (None, None) => return None,
        (Some(from), None) => format!("from {}", long(from)),
        (None, Some(to)) => format!("to {}", long(to)),
        (Some(from), Some(to)) if from == to => long(to),
        (Some(from), Some(to)) if from.year() == to.year() => format!("{} – {}", from.strftime("%-d %b"), long(to)),
        (Some(from), Some(to)) => format!("{} – {}", long(from), long(to)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_and_lengths_read_as_people_write_them() {
        assert_eq!([time(0), time(89_999), time(3_599_000), time(3_600_000)], ["0:00", "1:29", "59:59", "1:00:00"]);
        assert_eq!(time(-5), "0:00");
        assert_eq!(
            [duration(42.4), duration(569.0), duration(600.0), duration(3600.0), duration(3899.0)],
            ["42 s", "9 min 29 s", "10 min", "1 h", "1 h 4 min"]
        );
        assert_eq!(duration(f64::NAN), "0 s");
    }

    #[test]
    fn numbers_have_no_floating_surprises() {
        assert_eq!([whole(59.5), whole(-0.2), whole(100.0)], ["60", "0", "100"]);
        assert_eq!([decimal(87.5), decimal(30.0), decimal(0.04), decimal(-0.01)], ["87.5", "30", "0", "0"]);
        assert_eq!([percent(0.731), percent(1.0)], ["73 %", "100 %"]);
        assert_eq!(
            [thousands(0), thousands(999), thousands(26_100), thousands(1_234_567)],
            ["0", "999", "26,100", "1,234,567"]
        );
        assert_eq!([dollars(0.0), dollars(0.001), dollars(0.094)], ["$0.00", "under $0.01", "$0.09"]);
    }

    #[test]
    fn lists_and_plurals() {
        let items = |n: usize| ["a", "b", "c"].iter().take(n).map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            [list(&items(0)), list(&items(1)), list(&items(2)), list(&items(3))],
            ["", "a", "a and b", "a, b and c"]
        );
        assert_eq!([count(1, "call", "calls"), count(0, "call", "calls")], ["1 call", "0 calls"]);
    }

    #[test]
    fn a_terminal_cannot_be_steered() {
        assert_eq!(clean("a\u{1b}[31mred\u{7}\r\n\tb \u{202e}c\u{200b}d"), "a [31mred b cd");
    }

    #[test]
    fn a_cut_leaves_whole_characters() {
        assert_eq!(cut("日本語の名前", 7, "…"), "日本語…");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2, "…"), "e\u{301}…");
        assert_eq!(cut("short", 5, "…"), "short");
    }

    proptest! {
        #[test]
        fn a_cut_is_never_too_wide(text in "\\PC*", max in 3_usize..60) {
            prop_assert!(width(&cut(&clean(&text), max, "...")) <= max);
        }
    }
}
