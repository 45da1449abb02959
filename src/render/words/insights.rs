//! The phrases of a rep's or the team's insights.

use crate::insights::numbers::{Change, Direction};
use crate::insights::series::Break;
use crate::insights::{Counted, FocusOut, Mark, NumberLine, Spoken, TeamMember, WorthHearing};
use crate::output::insights::{InsightsOut, TeamOrder};
use crate::render::text;

/// A strip has at most this many marks; of more calls the newest are drawn.
const MAX_MARKS: usize = 24;
/// The fewest scored calls of a trend.
const MIN_FOR_TREND: u64 = 8;
/// One listens from this long before a moment …
const LISTEN_BEFORE_MS: i64 = 15_000;
/// … to this long behind it.
const LISTEN_AFTER_MS: i64 = 105_000;

/// Who, as what, how many calls, when.
pub(in crate::render) fn about(out: &InsightsOut, zone: &jiff::tz::TimeZone) -> Vec<String> {
    let calls = text::count(u32::try_from(out.calls).unwrap_or(u32::MAX), "call", "calls");
    let pieces = [out.rep.name.clone(), out.insights.role_label.clone(), calls];
    pieces.into_iter().chain(text::days(out.range.from, out.range.to, zone)).collect()
}

/// On how many calls the focus was done.
pub(in crate::render) fn focus_rate(focus: &FocusOut) -> String {
    let partly = if focus.partly > 0 { format!(", in part on {} more", focus.partly) } else { String::new() };
    format!("Done on {} of the {} calls where it applied{partly}.", focus.done, focus.asked)
}

/// Why the focus is not the check that was asked for.
pub(in crate::render) fn focus_unknown(out: &InsightsOut) -> Option<String> {
    let check = out.insights.focus_unknown.as_ref()?.replace('_', " ");
    let shown = if out.insights.focus.is_some() { " Shown instead is what costs most." } else { "" };
    Some(format!("Nothing is known of \"{check}\": it was answered on none of these calls.{shown}"))
}

/// What became of the focus of the period before.
pub(in crate::render) fn last_focus(out: &InsightsOut) -> Option<String> {
    let last = out.insights.last_focus.as_ref()?;
    let same = out.insights.focus.as_ref().is_some_and(|focus| focus.check == last.check);
    let what = if same { "Still the same focus" } else { last.text.as_str() };
    Some(format!(
        "Last time: {} Done on {} of {} calls before, on {} of {} now.",
        text::sentence(what),
        last.done_before,
        last.asked_before,
        last.done,
        last.asked
    ))
}

/// Whether there are calls enough to compare the halves.
pub(in crate::render) fn has_trend(out: &InsightsOut) -> bool {
    out.insights.changes.iter().any(|change| change.trend.is_some())
}

/// Whether any call has a score, be it of one dimension only.
pub(in crate::render) fn has_scores(out: &InsightsOut) -> bool {
    out.insights.changes.iter().any(|change| change.mean.is_some())
}

/// The marks of a strip, and the place of the first of them among all calls.
pub(in crate::render) fn shown_marks(out: &InsightsOut) -> (usize, &[Mark]) {
    let marks = &out.insights.marks;
    let from = marks.len().saturating_sub(MAX_MARKS);
    (from, marks.get(from..).unwrap_or_default())
}

/// What the numbers and the strips cannot say themselves; the signs are those of a strip for a call without a score and
/// for a break, `None` where no strips are drawn.
pub(in crate::render) fn strip_notes(out: &InsightsOut, signs: Option<(&str, &str)>) -> Vec<String> {
    let insights = &out.insights;
    let mut notes: Vec<String> = Vec::new();
    if let Some(gap) = insights.gaps.last().filter(|gap| gap.peer_score.is_some()) {
        let role = &insights.role_label;
        notes.push(format!("peers: {} other {role}s, {} calls, same time", gap.peers, gap.peers_n));
    }
    notes.extend(insights.no_peers.clone());
    if let Some((no_score, _)) = signs
        && insights.marks.iter().any(|mark| mark.scores.values().any(Option::is_none))
    {
        notes.push(format!("{no_score} no score on this call"));
    }
    if has_trend(out) {
        notes.push("\"same\" means no more than the calls differ from one another anyway.".to_owned());
    } else {
        notes.push(format!("Too few calls for a trend ({MIN_FOR_TREND} needed)."));
    }
    if signs.is_some() && insights.marks.len() > MAX_MARKS {
        notes.push(format!("The strips show the newest {MAX_MARKS} calls."));
    }
    for one in insights.trends.last().iter().flat_map(|trend| &trend.breaks) {
        let sign = signs.map_or_else(String::new, |(_, break_sign)| format!("{break_sign} "));
        notes
            .push(format!("{sign}{}.", broken(one, if has_trend(out) { "first and last are" } else { "the mean is" })));
    }
    notes
}

/// From which call on scores cannot be compared with those before, and what was taken behind it.
pub(in crate::render) fn broken(one: &Break, taken: &str) -> String {
    format!("From {} on: {}; {taken} taken behind it", one.call, one.what)
}

/// The points won or lost and which way that is; `None` with too few calls. The points are those between the halves as
/// they are printed beside them.
pub(in crate::render) fn change(change: &Change, minus: &str) -> Option<(String, &'static str)> {
    let trend = change.trend?;
    let points = change.recent?.round() - change.earlier?.round();
    let sign = if points < 0.0 { minus } else { "+" };
    let word = match trend {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Same => "same",
    };
    Some((format!("{sign}{:.0}", points.abs()), word))
}

/// Of which calls the numbers are.
pub(in crate::render) fn numbers_of(out: &InsightsOut) -> String {
    let numbers = &out.insights.numbers;
    let kind = numbers.call_type.map_or_else(String::new, |kind| format!("{} ", kind.as_str().replace('_', " ")));
    format!("{} {kind}{}", numbers.calls, if numbers.calls == 1 { "call" } else { "calls" })
}

/// Label, value, team median and guide of a metric, in the units that people use.
pub(in crate::render) fn number(line: &NumberLine, dash: &str) -> (&'static str, String, String, String) {
    let percent = |value: f64| text::percent(value);
    let time = |value: f64| text::time((value * 1_000.0) as i64);
    let seconds = |value: f64| format!("{value:.1} s");
    let plain = |value: f64| text::decimal(value);
    let (label, show): (&'static str, &dyn Fn(f64) -> String) = match line.metric {
        "rep_talk_share" => ("Talk share", &percent),
        "longest_monologue_s" => ("Longest stretch", &time),
        "patience_s" => ("Wait before answering", &seconds),
        "rep_questions" => ("Questions", &plain),
        "open_questions" => ("Questions, open", &plain),
        "next_step_booked" => ("Next step with a day", &percent),
        other => (other, &plain),
    };
    let guide = match (line.min, line.max) {
        (Some(min), Some(max)) => format!("{} to {}", show(min), show(max)),
        (Some(min), None) => format!("{} or more", show(min)),
        (None, Some(max)) => format!("up to {}", show(max)),
        (None, None) => dash.to_owned(),
    };
    (label, show(line.value), line.team_median.map_or_else(|| dash.to_owned(), show), guide)
}

/// In which order the people stand: a ranking only where somebody asked for one.
pub(in crate::render) fn team_order(order: TeamOrder) -> &'static str {
    match order {
        TeamOrder::Name => "By name, not by rank.",
        TeamOrder::Overall => "Sorted by overall score, as asked.",
        TeamOrder::Calls => "Sorted by the number of calls, as asked.",
    }
}

/// For each person whose scores break, from which call on they count.
pub(in crate::render) fn team_breaks(reps: &[TeamMember]) -> Vec<String> {
    let last = |rep: &TeamMember| Some(format!("{}: {}.", rep.name, broken(rep.breaks.last()?, "all are")));
    reps.iter().filter_map(last).collect()
}

/// Why a moment is worth hearing.
pub(in crate::render) fn worth(one: &WorthHearing) -> &'static str {
    match one.kind {
        "praise" => "Praise",
        "coach" => "Coach",
        _ => "Open concern",
    }
}

/// `c412, 13:50 to 15:35`: from a little before the moment on.
pub(in crate::render) fn listen(moment: &Spoken) -> String {
    match moment.start_ms {
        Some(at) => {
            let (from, to) = (text::time(at - LISTEN_BEFORE_MS), text::time(at + LISTEN_AFTER_MS));
            format!("{}, {from} to {to}", moment.call)
        }
        None => format!("{}, line {}", moment.call, moment.line),
    }
}

/// Where no focus can be chosen.
pub(in crate::render) const NO_FOCUS: &str = "None this time: nothing that was missed can be shown in their words.";

/// How many calls count, and why others do not.
pub(in crate::render) fn counted(counted: Counted) -> String {
    let waiting = counted.unscored.saturating_sub(counted.insufficient);
    let mut why = Vec::new();
    for (n, one, many) in [
        (counted.without_transcript, "has no transcript yet", "have no transcript yet"),
        (waiting, "was not analysed or is no call to coach", "were not analysed or are no calls to coach"),
        (counted.insufficient, "has too little for an overall score", "have too little for an overall score"),
        (counted.other_analyst, "was scored by another analyst", "were scored by another analyst"),
    ] {
        match n {
            0 => {}
            1 => why.push(format!("1 {one}")),
            n => why.push(format!("{n} {many}")),
        }
    }
    let why = if why.is_empty() { String::new() } else { format!(": {}", why.join(", ")) };
    let undated = match counted.undated {
        0 => String::new(),
        1 => " 1 more has no date and is in no period.".to_owned(),
        n => format!(" {n} more have no date and are in no period."),
    };
    let corrected = match counted.corrected {
        0 => String::new(),
        1 => " 1 verdict was corrected by a person.".to_owned(),
        n => format!(" {n} verdicts were corrected by a person."),
    };
    format!("{} of {} calls scored{why}.{undated}{corrected}", counted.scored, counted.calls)
}

/// How many calls count, who scored them, which zone.
pub(in crate::render) fn insights_footer(out: &InsightsOut) -> Vec<String> {
    let insights = &out.insights;
    let mut lines = vec![counted(insights.counted)];
    if !insights.models.is_empty() {
        let (models, rubrics) = (insights.models.join(", "), insights.rubrics.join(", "));
        lines.push(format!("Scored by {models}, rubric {rubrics}. Times are {}.", out.range.time_zone));
    }
    lines.push("A coaching aid, not an employment decision.".to_owned());
    lines
}
