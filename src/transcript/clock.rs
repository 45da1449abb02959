//! Times as transcript files write them: `00:01:02.500`, `1:02`, `0:0:5.32`, `00:01:02,500`, `3.480`.

/// Milliseconds of a cue's time: hours and minutes may be missing, any padding, `.` or `,` before the fraction,
/// a leading `-` for what was said before the recording began.
pub(super) fn cue_time(text: &str) -> Option<i64> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let mut seconds = 0;
    for (n, part) in whole.split(':').enumerate() {
        // Hours, minutes, seconds; a line of ever more parts would not fit a number.
        if n == 3 {
            return None;
        }
        seconds = seconds * 60 + digits(part, 6)?;
    }
    let thousandths = match fraction.len() {
        0 => 0,
        _ if !fraction.bytes().all(|byte| byte.is_ascii_digit()) => return None,
        1 => digits(fraction, 1)? * 100,
        2 => digits(fraction, 2)? * 10,
        _ => digits(fraction.get(..3)?, 3)?,
    };
    Some(sign * (seconds * 1000 + thousandths))
}

/// Milliseconds of a time in running text, where `10` or `3.5` must not count as one: at least minutes and seconds.
pub(super) fn text_time(text: &str) -> Option<i64> {
    let (_, seconds) = text.rsplit_once(':')?;
    let padded = seconds.len() == 2 || seconds.get(2..3).is_some_and(|after| after == "." || after == ",");
    (padded && seconds.starts_with(['0', '1', '2', '3', '4', '5'])).then(|| cue_time(text))?.filter(|ms| *ms >= 0)
}

fn digits(text: &str, most: usize) -> Option<i64> {
    let plain = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_of_writing_a_time_is_read() {
        for (text, ms) in [
            ("00:01:02.500", 62_500),
            ("00:01:02,500", 62_500),
            ("0:0:5.32", 5_320),
            ("1:02", 62_000),
            ("3.480", 3_480),
            ("-00:00:01.000", -1_000),
            ("01:03:50.2099", 3_830_209),
        ] {
            assert_eq!(cue_time(text), Some(ms), "{text}");
        }
        for text in
            ["", "a", "1:2:3:4", "1:", "1:-2", "1.x", "9999999", "7:55550:7:77:55550:7:77775:57775:55:7:77:1:1:11"]
        {
            assert_eq!(cue_time(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_in_running_text_has_minutes_and_padded_seconds() {
        assert_eq!(text_time("0:15"), Some(15_000));
        assert_eq!(text_time("1:00:15.50"), Some(3_615_500));
        for text in ["15", "3.5", "3:5", "4:75", "-0:15"] {
            assert_eq!(text_time(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_written_time_reads_back(ms in 0i64..360_000_000) {
            let text = format!("{:02}:{:02}:{:02}.{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000);
            prop_assert_eq!(cue_time(&text), Some(ms));
            prop_assert_eq!(text_time(&text), Some(ms));
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = (cue_time(&text), text_time(&text));
        }
    }
}
