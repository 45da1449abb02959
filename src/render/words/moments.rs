//! What was said on the call, and what we have to say about it.

use super::place;
use crate::model::objection::ObjectionStatus;
use crate::output::report::{MomentKind, MomentOut, ObjectionOut, Report, SpokenOut};
use crate::render::text::list;

/// Something that was said: where, by whom, the words.
pub(in crate::render) struct Said<'a> {
    pub(in crate::render) place: String,
    pub(in crate::render) speaker: &'a str,
    pub(in crate::render) quote: &'a str,
}

impl<'a> Said<'a> {
    pub(in crate::render) fn new(spoken: &'a SpokenOut) -> Self {
        Said { place: place(spoken.start_ms, spoken.line), speaker: &spoken.speaker, quote: &spoken.quote }
    }

    /// The buyer's words that raised a concern.
    pub(in crate::render) fn raised(concern: &'a ObjectionOut) -> Self {
        Said { place: place(concern.start_ms, concern.line), speaker: &concern.speaker, quote: &concern.quote }
    }

    /// The rep's answer to a concern, where there is one.
    pub(in crate::render) fn response(concern: &'a ObjectionOut) -> Option<Self> {
        Some(Said {
            place: place(concern.response_start_ms, concern.response_line?),
            speaker: concern.response_speaker.as_deref().unwrap_or_default(),
            quote: concern.response_quote.as_deref()?,
        })
    }
}

/// How many concerns there were and how they ended.
pub(in crate::render) fn concerns(concerns: &[ObjectionOut]) -> String {
    let settled = concerns.iter().filter(|concern| concern.status == ObjectionStatus::Resolved).count();
    let settled = match (concerns.len(), settled) {
        (1, 0) => "not settled".to_owned(),
        (1, _) => "settled".to_owned(),
        (_, 0) => "none settled".to_owned(),
        (2, 2) => "both settled".to_owned(),
        (all, settled) if settled == all => "all settled".to_owned(),
        (_, settled) => format!("{settled} settled"),
    };
    format!("{} raised, {settled}", concerns.len())
}

/// How a concern ended. The date stands in the speaker's words, so it goes where quotes go.
pub(in crate::render) fn concern_status(concern: &ObjectionOut, snippets: bool) -> String {
    match (concern.status, concern.parked_until.as_deref()) {
        (ObjectionStatus::Resolved, _) => "settled".to_owned(),
        (ObjectionStatus::Unresolved | ObjectionStatus::Missed, _) => "open".to_owned(),
        (ObjectionStatus::Parked, None) => "parked without a date".to_owned(),
        (ObjectionStatus::Parked, Some(date)) if snippets => format!("parked until {date}"),
        (ObjectionStatus::Parked, Some(_)) => "parked with a date".to_owned(),
    }
}

/// When a concern came back, and whether anybody answered it.
pub(in crate::render) fn concern_comment(concern: &ObjectionOut) -> String {
    let repeats: Vec<String> = concern.repeats.iter().map(|again| place(again.start_ms, again.line)).collect();
    let mut sentences = Vec::new();
    if !repeats.is_empty() {
        sentences.push(format!("Came back at {}.", list(&repeats)));
    }
    if concern.status == ObjectionStatus::Missed {
        sentences.push("Nobody answered it.".to_owned());
    }
    sentences.join(" ")
}

/// The moments of a kind, without the one that the action has shown already.
pub(in crate::render) fn moments(report: &Report, kind: MomentKind) -> Vec<&MomentOut> {
    report.moments.iter().filter(|moment| moment.kind == kind && !shown_by_action(report, moment)).collect()
}

/// What there is to say about a moment. The analyst's own sentence may repeat words of the call, so it goes where quotes
/// go.
pub(in crate::render) fn moment_comment(moment: &MomentOut, snippets: bool) -> &str {
    moment.note.as_deref().filter(|_| snippets).unwrap_or(&moment.why)
}

/// What there is to say about the lines under the action.
pub(in crate::render) fn action_comment(report: &Report, snippets: bool) -> &str {
    let note = report.action.as_ref().and_then(|action| action.note.as_deref()).filter(|_| snippets);
    let moment = || report.moments.iter().find(|moment| shown_by_action(report, moment));
    note.or_else(|| moment().map(|moment| moment_comment(moment, snippets))).unwrap_or_default()
}

fn shown_by_action(report: &Report, moment: &MomentOut) -> bool {
    report.action.as_ref().is_some_and(|action| {
        moment.check == action.check && moment.spoken.iter().all(|spoken| action.spoken.contains(spoken))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    fn ended(status: ObjectionStatus) -> ObjectionOut {
        ObjectionOut { status, parked_until: None, ..sample::local().objections[1].clone() }
    }

    #[test]
    fn concerns_are_counted_in_words() {
        use ObjectionStatus::{Missed, Parked, Resolved, Unresolved};
        let said = |all: &[ObjectionStatus]| concerns(&all.iter().map(|status| ended(*status)).collect::<Vec<_>>());
        assert_eq!(said(&[Unresolved]), "1 raised, not settled");
        assert_eq!(said(&[Resolved]), "1 raised, settled");
        assert_eq!(said(&[Missed, Parked]), "2 raised, none settled");
        assert_eq!(said(&[Resolved, Resolved]), "2 raised, both settled");
        assert_eq!(said(&[Resolved, Parked, Unresolved]), "3 raised, 1 settled");
        assert_eq!(said(&[Resolved; 3]), "3 raised, all settled");
    }

    #[test]
    fn a_parked_concern_names_its_date_where_words_may_be_quoted() {
        let mut concern = ended(ObjectionStatus::Parked);
        assert_eq!(concern_status(&concern, true), "parked without a date");
        concern.parked_until = Some("next Friday".to_owned());
        assert_eq!(concern_status(&concern, true), "parked until next Friday");
        assert_eq!(concern_status(&concern, false), "parked with a date");
    }

    #[test]
    fn a_concern_that_nobody_answered_says_so() {
        let concern =
            ObjectionOut { repeats: sample::local().objections[0].repeats.clone(), ..ended(ObjectionStatus::Missed) };
        assert_eq!(concern_comment(&concern), "Came back at 5:14 and 9:02. Nobody answered it.");
    }

    #[test]
    fn the_moment_under_the_action_is_not_shown_twice() {
        let mut report = sample::local();
        assert_eq!(action_comment(&report, true), "No question about it: the demo began 13 s later.");
        assert_eq!(moments(&report, MomentKind::Change).len(), 1);
        report.action = None;
        assert_eq!(action_comment(&report, true), "");
        assert_eq!(moments(&report, MomentKind::Change).len(), 2);
    }

    #[test]
    fn the_analysts_sentence_goes_where_quotes_go() {
        let mut report = sample::local();
        let note = || Some("He said it twice.".to_owned());
        (report.moments[1].note, report.action.as_mut().expect("an action").note) = (note(), note());
        for (snippets, said) in [(true, "He said it twice."), (false, report.moments[1].why.as_str())] {
            assert_eq!(moment_comment(&report.moments[1], snippets), said);
        }
        assert_eq!(action_comment(&report, true), "He said it twice.");
        assert_eq!(action_comment(&report, false), "No question about it: the demo began 13 s later.");
    }
}
