//! Days and times as people name them in talk.

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// From the first to the nineteenth.
const ORDINALS: [&str; 19] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
/// What stands before "the second" and after it when it is a day.
const LEADING: [&str; 9] = ["after", "before", "between", "by", "from", "of", "on", "to", "until"];
const CLOSING: [&str; 15] =
    ["after", "and", "at", "before", "but", "for", "i", "in", "is", "or", "so", "then", "we", "when", "with"];

/// Whether words name a day that can be put into a calendar.
pub fn names_day(words: &[String]) -> bool {
    day_in(words).is_some()
}

/// Whether words name a day of the calendar: "Thursday", "the 14th", but not "today" or "tomorrow".
pub fn names_date(words: &[String]) -> bool {
    day_in(words).is_some_and(|day| !matches!(day.as_str(), "today" | "tomorrow" | "tonight" | "this"))
}

/// The word that names a day that can be put into a calendar, as a name is written: "Thursday", "14th".
pub fn day_in(words: &[String]) -> Option<String> {
    let found = words.iter().enumerate().find(|(at, word)| {
        let before = at.checked_sub(1).and_then(|at| words.get(at)).map_or("", String::as_str);
        let after = words.get(at + 1).map_or("", String::as_str);
        let name = bare(word);
        let plain = name.strip_suffix('s').filter(|plain| WEEKDAYS.contains(plain));
        // "on Mondays" is a habit.
        (WEEKDAYS.contains(&name) && plain.is_none())
            || matches!(name, "tomorrow" | "today" | "tonight")
            || (MONTHS.contains(&name) && (is_day_number(before) || is_day_number(after)))
            || (before == "the" && is_ordinal(word))
            || is_written_ordinal(word) && is_in_place_of_a_day(words, *at)
            || (*word == "this" && matches!(after, "afternoon" | "evening"))
    });
    found.map(|(_, word)| {
        if !WEEKDAYS.contains(&bare(word)) && !MONTHS.contains(&bare(word)) {
            return bare(word).to_owned();
        }
        let mut letters = bare(word).chars();
        letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect()
    })
}

fn bare(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

/// Whether words name a time without a day: "next week", "soon", "end of the month".
pub fn names_vague_time(words: &[String]) -> bool {
    words.windows(2).any(|pair| {
        matches!(pair, [a, b] if matches!(a.as_str(), "next" | "this" | "following" | "coming" | "few" | "couple") && is_span(b))
    }) || words.iter().any(|word| matches!(word.as_str(), "soon" | "shortly" | "asap" | "later" | "afterwards"))
        || words.windows(3).any(|three| {
            matches!(three, [a, _, c] if a == "in" && is_span(c))
                || matches!(three, [a, b, c] if a == "after" && matches!(b.as_str(), "our" | "this" | "the") && c == "call")
        })
}

fn is_span(word: &str) -> bool {
    matches!(word, "day" | "days" | "week" | "weeks" | "month" | "months" | "quarter" | "hour" | "hours" | "year")
}

fn is_day_number(word: &str) -> bool {
    is_ordinal(word) || word.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
}

/// "the second" may be anything; "on the second of July", "Tuesday the second", "by the second" are days.
fn is_in_place_of_a_day(words: &[String], at: usize) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", String::as_str);
    let (before, earlier, after) = (word(at.checked_sub(1)), word(at.checked_sub(2)), word(at.checked_add(1)));
    let month_follows = MONTHS.contains(&after) || (after == "of" && MONTHS.contains(&word(at.checked_add(2))));
    if month_follows || WEEKDAYS.contains(&bare(before)) {
        return true;
    }
    // Nothing else is counted that far.
    let is_large = words.get(at).is_some_and(|word| word.contains('-') || word.ends_with("teenth"));
    let ends = after.is_empty() || CLOSING.contains(&after);
    before == "the"
        && (is_large && !matches!(after, "century" | "floor" | "time" | "one")
            || ends && (WEEKDAYS.contains(&bare(earlier)) || LEADING.contains(&earlier)))
}

fn is_written_ordinal(word: &str) -> bool {
    let (tens, unit) = word.split_once('-').unwrap_or(("", word));
    match tens {
        "" => ORDINALS.contains(&unit) || matches!(unit, "twentieth" | "thirtieth"),
        "twenty" => ORDINALS.iter().take(9).any(|ordinal| *ordinal == unit),
        "thirty" => unit == "first",
        _ => false,
    }
}

fn is_ordinal(word: &str) -> bool {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    digits.is_some_and(|digits| digits.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)))
}

#[cfg(test)]
mod tests {
    use super::super::text::words;
    use super::*;

    #[test]
    fn days_are_told_from_habits_and_vague_times() {
        for sentence in [
            "Thursday at two",
            "how about the 14th",
            "on March 3",
            "3 March then",
            "tomorrow",
            "Friday's fine",
            "on the second of July",
            "Tuesday the fourth",
            "by the sixth",
            "let's say the twenty-first at ten",
            "I'm back on the third",
        ] {
            assert!(names_day(&words(sentence)), "{sentence}");
        }
        for sentence in [
            "next week",
            "we meet on Mondays",
            "you may go",
            "march on",
            "the 45th",
            "at two",
            "the second one",
            "on the second floor",
            "that's the third",
            "my first time",
        ] {
            assert!(!names_day(&words(sentence)), "{sentence}");
        }
        assert!(names_vague_time(&words("maybe next week or so")));
        assert!(names_vague_time(&words("in two weeks")));
    }
}
