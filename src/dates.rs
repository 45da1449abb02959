//! Points in time and ranges of time as people type them.
//!
//! A range is half-open inside: it begins with `from` and ends before `to`. Days, months, quarters and weeks (from
//! Monday on) are those of a time zone; `now`, which carries the zone, is passed in.
//!
//! To add a form: its line in [`HELP`], its arm in [`named`] or [`counted`], and a row in the table of the tests.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp, ToSpan as _, Zoned};

/// Every form, for `call-coach help dates`.
pub const HELP: &str = "\
Ranges, for --period:
  30d, 2w, 3m, 1y        the last days, weeks, months or years, today included
  \"last 30 days\"         the same in words; also past-2-weeks, last_7_days
  36h                    the last hours, up to now
  today, yesterday
  this-week, last-week   from Monday on; also month, quarter and year
  2026-10-05             one day
  2026-10, 2026-Q3, 2026 one month, quarter or year
  2026-10-05..2026-10-09 from one to the other, both included
  all                    everything; also all_time

Points in time, for --from, --to and --before:
  any of the above       --from takes where it begins, --to where it ends
  30d, 2w, 3m, 36h       that long ago: --from 30d --to 7d leaves out the last 7 days
  2026-10-05T14:30       in your time zone
  2026-10-05T14:30Z      in UTC, or with an offset such as +02:00

--to and the end of a range include a day, month or quarter that is named without a time. Days begin and end in the \
time zone of the settings (call-coach config show), which every report names.";

/// The furthest back that a count may reach; more is a typing mistake.
const MAX_COUNT: i64 = 100_000;

/// A half-open range: `from` belongs to it, `to` does not. `None` is without an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    /// Where it begins.
    pub from: Option<Timestamp>,
    /// Where it ends.
    pub to: Option<Timestamp>,
}

impl Range {
    /// Whether the point lies in it.
    pub fn contains(&self, point: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= point) && self.to.is_none_or(|to| point < to)
    }

    /// The range of equal length just before this one; `None` when this one has no length.
    pub fn before(&self) -> Option<Range> {
        let (from, to) = (self.from?, self.to?);
        let start = from.checked_sub(to.duration_since(from)).ok()?;
        Some(Range { from: Some(start), to: Some(from) })
    }
}

/// Why a text is no point or range of time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// It has no known form.
    #[error("`{0}` is no date or period")]
    Unknown(String),
    /// There is no such day, or it lies outside of the years that can be counted.
    #[error("`{0}` is no day in the calendar")]
    NoSuchDay(String),
    /// It ends before it begins.
    #[error("the time ends ({to}) before it begins ({from})")]
    Backwards {
        /// Where it begins, as typed.
        from: String,
        /// Where it ends, as typed.
        to: String,
    },
}

/// The range of `--period`, or of `--from` and `--to`; without any of them all time.
///
/// # Errors
/// When a text has no known form, or the range ends before it begins.
pub fn range(from: Option<&str>, to: Option<&str>, period: Option<&str>, now: &Zoned) -> Result<Range, DateError> {
    if let Some(text) = period {
        return self::period(text, now);
    }
    let range = Range {
        from: from.map(|text| self::from(text, now)).transpose()?.flatten(),
        to: to.map(|text| self::to(text, now)).transpose()?.flatten(),
    };
    match (range.from.zip(range.to), from, to) {
        (Some((begin, end)), Some(from), Some(to)) if end < begin => {
            Err(DateError::Backwards { from: from.to_owned(), to: to.to_owned() })
        }
        _ => Ok(range),
    }
}

/// The range that a period such as `30d`, `last-quarter` or `2026-Q3` means.
///
/// # Errors
/// When the text has no known form.
pub fn period(text: &str, now: &Zoned) -> Result<Range, DateError> {
    match text.split_once("..") {
        Some((_, to)) if to.contains("..") => return Err(DateError::Unknown(text.to_owned())),
        Some((from, to)) => return range(Some(from), Some(to), None, now),
        None => {}
    }
    let words = normal(text);
    if let Some(length) = counted(&words) {
        let from = length.begin(now).ok_or_else(|| DateError::NoSuchDay(text.to_owned()))?;
        let to = if length.hours { now.timestamp() } else { end_of_today(now, text)? };
        return Ok(Range { from: Some(from), to: Some(to) });
    }
    match words.as_str() {
        "all" | "all-time" | "ever" | "always" => Ok(Range::default()),
        _ => {
            let (first, next) = named(&words, text, now.date())?;
            let zone = now.time_zone();
            Ok(Range { from: Some(begin(first, zone, text)?), to: Some(begin(next, zone, text)?) })
        }
    }
}

/// Where `--from` begins; `None` is the beginning of time.
///
/// # Errors
/// When the text has no known form.
pub fn from(text: &str, now: &Zoned) -> Result<Option<Timestamp>, DateError> {
    match instant(text, now) {
        Some(point) => Ok(Some(point)),
        None => Ok(period(text, now)?.from),
    }
}

/// Where `--to` ends: what is named without a time of day is included. A count (`7d`) is that long ago.
///
/// # Errors
/// When the text has no known form.
pub fn to(text: &str, now: &Zoned) -> Result<Option<Timestamp>, DateError> {
    if let Some(point) = instant(text, now) {
        return Ok(Some(point));
    }
    let range = period(text, now)?;
    Ok(if counted(&normal(text)).is_some() { range.from } else { range.to })
}

/// A date with a time of day.
fn instant(text: &str, now: &Zoned) -> Option<Timestamp> {
    let text = text.trim();
    // Without a time of day it is a day, which begins and ends.
    if !text.contains(':') {
        return None;
    }
    let local = |time: DateTime| time.to_zoned(now.time_zone().clone()).ok().map(|zoned| zoned.timestamp());
    text.parse::<Timestamp>().ok().or_else(|| text.parse::<DateTime>().ok().and_then(local))
}

/// `Last 30 Days`, `last_30_days` and `last-30-days` are one.
fn normal(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c == '_' || c == '-').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

/// A count of hours or days back from now.
struct Length {
    span: Span,
    hours: bool,
}

impl Length {
    /// Days are whole ones, today included: `1d` is today.
    fn begin(&self, now: &Zoned) -> Option<Timestamp> {
        if self.hours {
            return now.timestamp().checked_sub(SignedDuration::from_hours(i64::from(self.span.get_hours()))).ok();
        }
        let day = now.date().tomorrow().ok()?.checked_sub(self.span).ok()?;
        Some(day.to_zoned(now.time_zone().clone()).ok()?.timestamp())
    }
}

/// `30d`, `30-days`, `last-30-days`.
fn counted(words: &str) -> Option<Length> {
    let words = ["last-", "past-", "previous-"].iter().find_map(|word| words.strip_prefix(word)).unwrap_or(words);
    let words = words.strip_suffix("-ago").unwrap_or(words);
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (count, unit) = words.split_at_checked(digits)?;
    let count: i64 = count.parse().ok().filter(|count| (1..=MAX_COUNT).contains(count))?;
    let span = match unit.trim_start_matches('-') {
        "h" | "hour" | "hours" => count.hours(),
        "d" | "day" | "days" => count.days(),
        "w" | "week" | "weeks" => count.weeks(),
        "m" | "mo" | "month" | "months" => Span::new().try_months(count).ok()?,
        "q" | "quarter" | "quarters" => Span::new().try_months(count * 3).ok()?,
        "y" | "year" | "years" => Span::new().try_years(count).ok()?,
        _ => return None,
    };
    Some(Length { hours: span.get_hours() != 0, span })
}

/// The first day of what is named, and the first day behind it.
fn named(words: &str, text: &str, today: Date) -> Result<(Date, Date), DateError> {
    let unknown = || DateError::Unknown(text.to_owned());
    let outside = |_| DateError::NoSuchDay(text.to_owned());
    let week = || {
        let since_monday = i64::from(today.weekday().since(Weekday::Monday));
        today.checked_sub(since_monday.days())
    };
    let quarter = || Date::new(today.year(), (today.month() - 1) / 3 * 3 + 1, 1);
    let (first, length) = match words {
        "today" => (Ok(today), 1.day()),
        "yesterday" => (today.yesterday(), 1.day()),
        "this-week" => (week(), 1.week()),
        "last-week" | "previous-week" => (week().and_then(|day| day.checked_sub(1.week())), 1.week()),
        "this-month" => (Ok(today.first_of_month()), 1.month()),
        "last-month" | "previous-month" => (today.first_of_month().checked_sub(1.month()), 1.month()),
        "this-quarter" => (quarter(), 3.months()),
        "last-quarter" | "previous-quarter" => (quarter().and_then(|day| day.checked_sub(3.months())), 3.months()),
        "this-year" => (Ok(today.first_of_year()), 1.year()),
        "last-year" | "previous-year" => (today.first_of_year().checked_sub(1.year()), 1.year()),
        _ => calendar(words).ok_or_else(unknown)?,
    };
    let first = first.map_err(outside)?;
    Ok((first, first.checked_add(length).map_err(outside)?))
}

/// `2026`, `2026-10`, `2026-q3`, `2026-10-05`: the first day and how long.
fn calendar(words: &str) -> Option<(Result<Date, jiff::Error>, Span)> {
    let parts: Vec<&str> = words.split('-').collect();
    let number = |text: &str, digits: usize| {
        (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse::<i16>().ok())?
    };
    let small = |text: &str| number(text, 2).and_then(|number| i8::try_from(number).ok());
    let (year, rest) = parts.split_first()?;
    let year = number(year, 4)?;
    match rest {
        [] => Some((Date::new(year, 1, 1), 1.year())),
        [quarter] if quarter.starts_with('q') => {
            let n = quarter.strip_prefix('q').and_then(|n| n.parse::<i8>().ok()).filter(|n| (1..=4).contains(n))?;
            Some((Date::new(year, (n - 1) * 3 + 1, 1), 3.months()))
        }
        [month] => Some((Date::new(year, small(month)?, 1), 1.month())),
        [month, day] => Some((Date::new(year, small(month)?, small(day)?), 1.day())),
        _ => None,
    }
}

fn end_of_today(now: &Zoned, text: &str) -> Result<Timestamp, DateError> {
    let tomorrow = now.date().tomorrow().map_err(|_| DateError::NoSuchDay(text.to_owned()))?;
    begin(tomorrow, now.time_zone(), text)
}

/// The first moment of a day; where the clocks skip midnight that is later than 0:00.
fn begin(day: Date, zone: &TimeZone, text: &str) -> Result<Timestamp, DateError> {
    let zoned = day.to_zoned(zone.clone()).map_err(|_| DateError::NoSuchDay(text.to_owned()))?;
    Ok(zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    /// A Monday in winter time.
    fn now() -> Zoned {
        "2026-11-23T10:00:00+01:00[Europe/Berlin]".parse().expect("a time")
    }

    fn local(point: Option<Timestamp>, zone: &TimeZone) -> String {
        point.map_or_else(|| "-".to_owned(), |at| at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string())
    }

    fn shown(range: Range) -> [String; 2] {
        [range.from, range.to].map(|point| {
            let text = local(point, now().time_zone());
            text.strip_suffix("T00:00").unwrap_or(&text).to_owned()
        })
    }

    #[rstest]
    #[case("30d", "2026-10-25", "2026-11-24")]
    #[case("90d", "2026-08-26", "2026-11-24")]
    #[case("1d", "2026-11-23", "2026-11-24")]
    #[case("last 30 days", "2026-10-25", "2026-11-24")]
    #[case("last_7_days", "2026-11-17", "2026-11-24")]
    #[case("last_30_days", "2026-10-25", "2026-11-24")]
    #[case("Past-2-Weeks", "2026-11-10", "2026-11-24")]
    #[case("2w", "2026-11-10", "2026-11-24")]
    #[case("3m", "2026-08-24", "2026-11-24")]
    #[case("1y", "2025-11-24", "2026-11-24")]
    #[case("2q", "2026-05-24", "2026-11-24")]
    #[case("36h", "2026-11-21T22:00", "2026-11-23T10:00")]
    #[case("today", "2026-11-23", "2026-11-24")]
    #[case("yesterday", "2026-11-22", "2026-11-23")]
    #[case("this-week", "2026-11-23", "2026-11-30")]
    #[case("last week", "2026-11-16", "2026-11-23")]
    #[case("this month", "2026-11-01", "2026-12-01")]
    #[case("last-month", "2026-10-01", "2026-11-01")]
    #[case("this-quarter", "2026-10-01", "2027-01-01")]
    #[case("last-quarter", "2026-07-01", "2026-10-01")]
    #[case("last_quarter", "2026-07-01", "2026-10-01")]
    #[case("this_year", "2026-01-01", "2027-01-01")]
    #[case("last_year", "2025-01-01", "2026-01-01")]
    #[case("2026-Q3", "2026-07-01", "2026-10-01")]
    #[case("2026q3", "unknown", "")]
    #[case("2026-10", "2026-10-01", "2026-11-01")]
    #[case("2024-02", "2024-02-01", "2024-03-01")]
    #[case("2026", "2026-01-01", "2027-01-01")]
    #[case("2026-10-05", "2026-10-05", "2026-10-06")]
    #[case("2026-10-05..2026-10-09", "2026-10-05", "2026-10-10")]
    #[case("2026-10-05T09:00..2026-10-09", "2026-10-05T09:00", "2026-10-10")]
    #[case("all_time", "-", "-")]
    #[case("all", "-", "-")]
    fn periods(#[case] text: &str, #[case] from: &str, #[case] to: &str) {
        match period(text, &now()) {
            Ok(range) => assert_eq!(shown(range), [from, to], "{text}"),
            Err(_) => assert_eq!(from, "unknown", "{text}"),
        }
    }

    #[rstest]
    #[case("2026-10-05", "2026-10-05", "2026-10-06")]
    #[case("2026-10-05T14:30", "2026-10-05T14:30", "2026-10-05T14:30")]
    #[case("2026-10-05T14:30Z", "2026-10-05T16:30", "2026-10-05T16:30")]
    #[case("2026-10-05 14:30:10", "2026-10-05T14:30", "2026-10-05T14:30")]
    #[case("2026-09", "2026-09-01", "2026-10-01")]
    #[case("2026-Q2", "2026-04-01", "2026-07-01")]
    #[case("7d", "2026-11-17", "2026-11-17")]
    #[case("30 days ago", "2026-10-25", "2026-10-25")]
    #[case("today", "2026-11-23", "2026-11-24")]
    fn points(#[case] text: &str, #[case] begin: &str, #[case] end: &str) {
        let range = Range { from: from(text, &now()).expect("good"), to: to(text, &now()).expect("good") };
        assert_eq!(shown(range), [begin, end], "{text}");
    }

    #[rstest]
    #[case("")]
    #[case("soon")]
    #[case("0d")]
    #[case("1d..2d..3d")]
    #[case("d")]
    #[case("9999999999d")]
    #[case("2026-13")]
    #[case("2026-02-30")]
    #[case("2026-Q5")]
    #[case("26-10-05")]
    #[case("2026-1-5")]
    #[case("last")]
    #[case("2026-10-05T25:00")]
    fn nonsense(#[case] text: &str) {
        assert!(period(text, &now()).is_err(), "{text}");
        assert!(from(text, &now()).is_err() && to(text, &now()).is_err(), "{text}");
    }

    #[test]
    fn what_ends_before_it_begins_is_refused() {
        let error = range(Some("2026-10-05"), Some("2026-10-03"), None, &now()).expect_err("backwards");
        assert_eq!(error.to_string(), "the time ends (2026-10-03) before it begins (2026-10-05)");
        assert!(range(Some("2026-10-05"), Some("2026-10-05"), None, &now()).is_ok(), "one day");
    }

    #[test]
    fn days_are_those_of_the_zone_and_have_23_or_25_hours_when_clocks_change() {
        let hours = |day: &str| {
            let range = period(day, &now()).expect("good");
            range.to.zip(range.from).map(|(to, from)| to.duration_since(from).as_hours())
        };
        assert_eq!([hours("2026-03-29"), hours("2026-10-25"), hours("2026-10-26")], [Some(23), Some(25), Some(24)]);
    }

    #[test]
    fn a_day_without_a_midnight_begins_later() {
        let zoned: Zoned = "2018-11-04T12:00:00-02:00[America/Sao_Paulo]".parse().expect("a time");
        assert_eq!(local(period("today", &zoned).expect("good").from, zoned.time_zone()), "2018-11-04T01:00");
    }

    const ZONES: [&str; 5] = ["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati", "America/Sao_Paulo"];

    fn any_now() -> impl Strategy<Value = Zoned> {
        (0..4_000_000_000i64, 0..ZONES.len()).prop_map(|(second, zone)| {
            let zone = TimeZone::get(ZONES[zone]).expect("a zone");
            Timestamp::from_second(second).expect("a time").to_zoned(zone)
        })
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>(), now in any_now()) {
            let _ = (period(&text, &now), from(&text, &now), to(&text, &now));
        }

        #[test]
        fn nothing_like_a_date_panics(text in "[0-9a-zQT:. -]{0,20}", now in any_now()) {
            if let Ok(Range { from: Some(from), to: Some(to) }) = period(&text, &now) {
                prop_assert!(from <= to);
            }
        }

        #[test]
        fn a_count_back_holds_now_and_meets_the_rest_without_gap(n in 1..2000u32, unit in "[hdwmy]", now in any_now()) {
            let text = format!("{n}{unit}");
            if let Ok(range) = period(&text, &now) {
                prop_assert!(unit == "h" || range.contains(now.timestamp()));
                prop_assert!(range.from < range.to);
                prop_assert_eq!(from(&text, &now), Ok(range.from));
                prop_assert_eq!(to(&text, &now), Ok(range.from), "--to 7d ends where --from 7d begins");
            }
        }

        #[test]
        fn the_days_of_a_month_are_the_month(now in any_now()) {
            let whole = period("this-month", &now).expect("good");
            let mut at = whole.from;
            for day in 1..=now.date().days_in_month() {
                let day = period(&format!("{}-{day:02}", now.strftime("%Y-%m")), &now).expect("good");
                prop_assert_eq!(day.from, at);
                at = day.to;
            }
            prop_assert_eq!(at, whole.to);
        }

        #[test]
        fn quarters_are_three_months_each(year in 1971..2100i16, quarter in 1..5i8, now in any_now()) {
            let whole = period(&format!("{year}-Q{quarter}"), &now).expect("good");
            let month = |n: i8| period(&format!("{year}-{:02}", (quarter - 1) * 3 + n), &now).expect("good");
            prop_assert_eq!((whole.from, whole.to), (month(1).from, month(3).to));
            prop_assert_eq!(month(1).to, month(2).from);
        }
    }
}
