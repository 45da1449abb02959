//! Single checks.

use crate::model::answers::{Measured, Verdict};
use crate::output::report::CheckOut;
use crate::render::text::{self, percent, sentence};

/// A check's verdict in plain words. A `no` is an accusation: it is printed only where a line shows the opposite.
pub(in crate::render) fn verdict(check: &CheckOut) -> &'static str {
    match check.verdict {
        Verdict::Yes => "yes",
        Verdict::Partial => "partial",
        Verdict::No if check.evidence.is_empty() && check.measured.is_none() => "not heard",
        Verdict::No => "no",
        Verdict::NotApplicable => "did not apply",
        Verdict::Unanswered => "can't tell",
        Verdict::Unverified => "not proven",
    }
}

/// A check's row label.
pub(in crate::render) fn label(check: &CheckOut) -> String {
    check.id.replace('_', " ")
}

/// Value and guideline of a measured check: "73 %, guide: up to 65 %".
pub(in crate::render) fn measured(metric: &str, measured: &Measured) -> String {
    let bounds = [measured.min, measured.max];
    let minutes = bounds.iter().flatten().chain([&measured.value]).any(|&seconds| seconds >= 60.0);
    let amount = |value: f64| match metric {
        metric if metric.ends_with("_share") => percent(value),
        metric if metric.ends_with("_s") && minutes => text::time((value * 1000.0) as i64),
        metric if metric.ends_with("_s") => format!("{} s", text::decimal(value)),
        _ => text::decimal(value),
    };
    let value = amount(measured.value);
    match (measured.min, measured.max) {
        (None, None) => value,
        (Some(min), None) => format!("{value}, guide: {} or more", amount(min)),
        (None, Some(max)) => format!("{value}, guide: up to {}", amount(max)),
        (Some(min), Some(max)) => format!("{value}, guide: {} to {}", amount(min), amount(max)),
    }
}

/// What stands under a check: the note and who corrected it. An analyst's note on a judged check may repeat words of the
/// call, so it goes where quotes go.
pub(in crate::render) fn check_comment(check: &CheckOut, snippets: bool) -> String {
    let is_ours = check.corrected_by.is_some() || check.verdict == Verdict::NotApplicable;
    let note = check.note.as_deref().filter(|_| snippets || is_ours).map(sentence);
    let corrected = check.corrected_by.as_deref().map(|by| sentence(&format!("Corrected by {by}")));
    [note, corrected].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::{check, nadia};

    #[test]
    fn a_no_is_printed_only_where_a_line_shows_the_opposite() {
        let missed = check("why_now_asked", Verdict::No);
        assert_eq!(verdict(&missed), "not heard");
        assert_eq!(verdict(&CheckOut { chance: Some(nadia((1, 0), "So.")), ..missed.clone() }), "not heard");
        assert_eq!(verdict(&CheckOut { evidence: vec![nadia((1, 0), "So.")], ..missed }), "no");
    }

    #[test]
    fn every_other_verdict_has_its_words() {
        let words = [Verdict::Yes, Verdict::Partial, Verdict::Unanswered, Verdict::NotApplicable, Verdict::Unverified]
            .map(|verdict| super::verdict(&check("a", verdict)));
        assert_eq!(words, ["yes", "partial", "can't tell", "did not apply", "not proven"]);
    }

    #[test]
    fn values_stand_in_the_unit_of_their_metric() {
        let of = |value, min, max| Measured { value, min, max };
        assert_eq!(measured("rep_talk_share", &of(0.731, None, Some(0.65))), "73 %, guide: up to 65 %");
        assert_eq!(measured("longest_monologue_s", &of(54.0, None, Some(150.0))), "0:54, guide: up to 2:30");
        assert_eq!(measured("patience_s", &of(0.84, Some(0.6), None)), "0.8 s, guide: 0.6 s or more");
        assert_eq!(measured("rep_questions", &of(12.0, Some(11.0), Some(14.0))), "12, guide: 11 to 14");
        assert_eq!(measured("interruptions", &of(2.0, None, None)), "2");
    }

    #[test]
    fn a_correction_names_the_person() {
        let corrected = CheckOut { corrected_by: Some("Mara".to_owned()), ..check("a", Verdict::Yes) };
        assert_eq!(check_comment(&corrected, true), "Corrected by Mara.");
        let noted = CheckOut { note: Some("Only hinted at".to_owned()), ..corrected };
        assert_eq!(check_comment(&noted, false), "Only hinted at. Corrected by Mara.");
        let claimed = CheckOut { corrected_by: None, ..noted };
        assert_eq!(
            (check_comment(&claimed, true).as_str(), check_comment(&claimed, false).as_str()),
            ("Only hinted at.", "")
        );
    }
}
