//! The phrases of a report, the same in the terminal, in a markdown document and on a page. What comes from outside is neither
//! cleaned nor escaped here: each face does that when it prints, as its own rules ask.

mod checks;
mod footer;
mod gong;
mod insights;
mod moments;
mod scores;

pub(super) use checks::{check_comment, label, measured, verdict};
pub(super) use footer::{footer, never_scored, next_commands, request_ids};
pub(super) use gong::gong;
pub(super) use insights::{
    NO_FOCUS, about, broken, change, counted, focus_rate, focus_unknown, has_scores, has_trend, insights_footer,
    last_focus, listen, number, numbers_of, shown_marks, strip_notes, team_breaks, team_order, worth,
};
pub(super) use moments::{Said, action_comment, concern_comment, concern_status, concerns, moment_comment, moments};
pub(super) use scores::{
    answered, band, costs, first_look, no_score, overall_answered, proviso, score, score_notes, terms,
};

use super::Options;
use super::text::{self, list, percent};
use crate::model::party::{Side, SideSource};
use crate::output::report::{ParticipantOut, PreviousActionOut, Report};

/// What and who: people, length, name, date, reference.
pub(super) fn title(report: &Report, options: &Options) -> Vec<String> {
    let call = &report.call;
    // The last part of the path, as both kinds of system write it: the rest is of no use to a reader.
    let file_name = call.file.as_deref().and_then(|path| path.rsplit(['/', '\\']).next());
    let date = call.started_at.map(|at| text::date(at, &options.time_zone));
    [
        Some(people(report)),
        call.duration_s.map(text::duration),
        call.title.as_deref().or(file_name).map(str::to_owned),
        Some(date.unwrap_or_else(|| "no date".to_owned())),
        Some(call.call_ref.clone()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The coached rep and the buyers; from the fourth buyer on only their number.
fn people(report: &Report) -> String {
    let rep = report.rep.name.clone();
    let buyers = report.participants.iter().filter(|p| p.side == Side::Buyer && p.spoke);
    let mut names: Vec<String> = buyers.map(|p| p.name.clone()).collect();
    if names.len() > 3 {
        let more = names.len() - 2;
        names.truncate(2);
        names.push(format!("{more} others"));
    }
    if names.is_empty() { rep } else { format!("{rep} with {}", list(&names)) }
}

/// Whose side somebody is on, what told so, and how much they talked: "customer (from the roster), 29 % of the talk".
pub(super) fn person(person: &ParticipantOut) -> String {
    let side = match person.side {
        Side::Rep => "ours",
        Side::Buyer => "customer",
        Side::Unknown => "side unknown",
    };
    let source = person.side_source.map(|source| match source {
        SideSource::Gong => " (from Gong)",
        SideSource::CompanyDomain => " (by e-mail domain)",
        SideSource::Roster => " (from the roster)",
        SideSource::File => " (as the file says)",
        SideSource::Flag => " (given with a flag)",
        SideSource::Asked => " (as you said)",
    });
    let talk = match (person.spoke, person.talk_share) {
        (false, _) => ", did not speak".to_owned(),
        (true, None) => String::new(),
        (true, Some(share)) => format!(", {} of the talk", percent(share)),
    };
    format!("{side}{}{talk}", source.unwrap_or_default())
}

/// Where something was said: the time, or the line where the transcript holds no times.
pub(super) fn place(start_ms: Option<i64>, line: u32) -> String {
    start_ms.map_or_else(|| format!("line {line}"), text::time)
}

/// Whether what was asked last time was done.
pub(super) fn previous(previous: &PreviousActionOut) -> String {
    let at = match (previous.start_ms, previous.line) {
        (Some(ms), _) => format!(" ({})", text::time(ms)),
        (None, Some(line)) => format!(" (line {line})"),
        (None, None) => String::new(),
    };
    match previous.done {
        Some(true) => format!("done{at}"),
        Some(false) => format!("not done{at}"),
        None => "can't tell whether it was done".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{Detail, sample};

    fn options(hours_ahead: i8) -> Options {
        let time_zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(hours_ahead));
        Options { detail: Detail::Normal, snippets: true, time_zone }
    }

    #[test]
    fn a_date_is_printed_in_the_zone_that_was_asked_for() {
        let mut report = sample::local();
        report.call.started_at = Some("2026-02-14T23:30:00Z".parse().unwrap());
        assert_eq!(title(&report, &options(0))[3], "14 Feb 2026, 23:30");
        assert_eq!(title(&report, &options(1))[3], "15 Feb 2026, 00:30");
    }

    #[test]
    fn a_title_stands_for_the_file_and_a_file_for_its_folders() {
        let mut report = sample::local();
        report.call.file = Some("calls/2026/bakery.vtt".to_owned());
        assert_eq!(title(&report, &options(0))[2], "bakery.vtt");
        report.call.title = Some("Bakery intro".to_owned());
        assert_eq!(title(&report, &options(0))[2], "Bakery intro");
    }

    #[test]
    fn many_buyers_are_counted() {
        let mut report = sample::local();
        let buyer = report.participants[1].clone();
        let named = |name: &str| ParticipantOut { name: name.to_owned(), ..buyer.clone() };
        report.participants.push(ParticipantOut { spoke: false, ..named("Silent") });
        report.participants.push(named("Ines"));
        assert_eq!(people(&report), "Nadia with Tomas Berg and Ines");
        report.participants.extend([named("Jon"), named("Kai")]);
        assert_eq!(people(&report), "Nadia with Tomas Berg, Ines and 2 others");
    }

    #[test]
    fn where_no_times_are_known_lines_are_named() {
        assert_eq!([place(Some(89_000), 9), place(None, 9)], ["1:29", "line 9"]);
    }

    #[test]
    fn last_time_is_done_not_done_or_unknown() {
        let Some(asked) = sample::claude().previous_action else { panic!("the sample has one") };
        assert_eq!(previous(&asked), "not done (8:42)");
        let untimed = PreviousActionOut { done: Some(true), start_ms: None, ..asked.clone() };
        assert_eq!(previous(&untimed), "done (line 50)");
        assert_eq!(previous(&PreviousActionOut { done: None, ..asked }), "can't tell whether it was done");
    }
}
