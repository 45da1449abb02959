//! The phrases of a report, the same in the terminal and in a markdown document.

use super::text::{self, clean, count, list, percent, sentence, whole};
use super::{Detail, Options, Style};
use crate::model::answers::{AnalystKind, Measured, Verdict};
use crate::model::objection::ObjectionStatus;
use crate::model::party::{Side, SideSource};
use crate::model::scorecard::DimensionStatus;
use crate::output::report::{
    CheckOut, DimensionOut, MomentKind, MomentOut, ObjectionOut, ParticipantOut, PreviousActionOut, Report,
};

/// Where something was said: the time, or the line where the transcript holds no times.
pub(super) fn place(start_ms: Option<i64>, line: u32) -> String {
    start_ms.map_or_else(|| format!("line {line}"), text::time)
}

/// What and who: people, length, name, date, reference.
pub(super) fn title(report: &Report, options: &Options) -> Vec<String> {
    let call = &report.call;
    let date =
        call.started_at.map(|at| at.to_zoned(options.time_zone.clone()).strftime("%-d %b %Y, %H:%M").to_string());
    [
        Some(people(report)),
        call.duration_s.map(text::duration),
        call.title.as_deref().or(call.file.as_deref()).map(clean).filter(|title| !title.is_empty()),
        Some(date.unwrap_or_else(|| "no date".to_owned())),
        Some(clean(&call.call_ref)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The coached rep and the buyers; from the fourth buyer on only their number.
fn people(report: &Report) -> String {
    let rep = clean(&report.rep.name);
    let buyers = report.participants.iter().filter(|p| p.side == Side::Buyer && p.spoke);
    let mut names: Vec<String> = buyers.map(|p| clean(&p.name)).collect();
    if names.len() > 3 {
        let more = names.len() - 2;
        names.truncate(2);
        names.push(format!("{more} others"));
    }
    if names.is_empty() { rep } else { format!("{rep} with {}", list(&names)) }
}

/// A score, or the sign for none.
pub(super) fn score(score: Option<f64>, style: Style) -> String {
    score.map_or_else(|| style.dash().to_owned(), whole)
}

/// What the overall score is worth: the band, or that there is none.
pub(super) fn band(report: &Report) -> String {
    let overall = &report.overall;
    let band = overall.band.map_or("not enough to say", |band| band.label());
    let unproven = report.dimensions.iter().map(|dimension| dimension.unverified).sum();
    match up_to(overall.up_to, unproven) {
        Some(up_to) => format!("{band}, {up_to}"),
        None => band.to_owned(),
    }
}

/// What a score could be: "up to 78 if 2 unproven claims hold".
pub(super) fn up_to(up_to: Option<f64>, unproven: u32) -> Option<String> {
    let holds = if unproven == 1 { "holds" } else { "hold" };
    up_to.map(|best| {
        format!("up to {} if {} {holds}", whole(best), count(unproven, "unproven claim", "unproven claims"))
    })
}

/// How far the built-in analyst got; nothing to say about Claude, who is asked every check.
pub(super) fn first_look(report: &Report) -> Option<String> {
    let overall = &report.overall;
    (report.analyst.kind == AnalystKind::Local)
        .then(|| format!("a first look: {} of {} checks answered without Claude", overall.answered, overall.applicable))
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

/// Why a dimension has no score.
pub(super) fn no_score(status: DimensionStatus) -> Option<&'static str> {
    match status {
        DimensionStatus::Scored => None,
        DimensionStatus::NotApplicable => Some("did not apply"),
        DimensionStatus::Insufficient => Some("not enough to say"),
        DimensionStatus::Failed => Some("no answers"),
    }
}

/// The checks of a dimension that its score rests on.
pub(super) fn answered(dimension: &DimensionOut) -> String {
    match dimension.applicable {
        0 => String::new(),
        applicable => format!("{:>2} of {applicable}", dimension.answered),
    }
}

/// The checks or parts that the overall score rests on.
pub(super) fn overall_answered(report: &Report) -> String {
    let overall = &report.overall;
    if overall.scored_parts < overall.applicable_parts {
        format!("from {} of {} parts", overall.scored_parts, overall.applicable_parts)
    } else {
        format!("{:>2} of {}", overall.answered, overall.applicable)
    }
}

/// One sentence each: what the table of scores cannot show.
pub(super) fn score_notes(report: &Report) -> Vec<String> {
    let mut notes = Vec::new();
    for dimension in &report.dimensions {
        let reason = dimension.reason.as_deref().filter(|reason| no_score(dimension.status) != Some(reason));
        notes.extend(reason.map(|reason| format!("{}: {}", dimension.title, sentence(reason))));
        let up_to = up_to(dimension.up_to, dimension.unverified);
        notes.extend(up_to.map(|up_to| format!("{}: {up_to}.", dimension.title)));
    }
    let skipped = report.overall.not_applicable;
    if skipped > 0 {
        notes.push(format!("{} did not apply to this call.", count(skipped, "more check", "more checks")));
    }
    if report.objections.is_empty() {
        notes.push("No concern was heard.".to_owned());
    }
    notes
}

/// How many concerns there were and how they ended.
pub(super) fn concerns(concerns: &[ObjectionOut]) -> String {
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
pub(super) fn concern_status(concern: &ObjectionOut, snippets: bool) -> String {
    match (concern.status, concern.parked_until.as_deref()) {
        (ObjectionStatus::Resolved, _) => "settled".to_owned(),
        (ObjectionStatus::Unresolved | ObjectionStatus::Missed, _) => "open".to_owned(),
        (ObjectionStatus::Parked, None) => "parked without a date".to_owned(),
        (ObjectionStatus::Parked, Some(date)) if snippets => format!("parked until {}", clean(date)),
        (ObjectionStatus::Parked, Some(_)) => "parked with a date".to_owned(),
    }
}

/// When a concern came back, and whether anybody answered it.
pub(super) fn concern_comment(concern: &ObjectionOut) -> String {
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
pub(super) fn moments(report: &Report, kind: MomentKind) -> Vec<&MomentOut> {
    report.moments.iter().filter(|moment| moment.kind == kind && !shown_by_action(report, moment)).collect()
}

/// What we have to say about the lines under the action.
pub(super) fn action_comment(report: &Report) -> &str {
    report.moments.iter().find(|moment| shown_by_action(report, moment)).map_or("", |moment| &moment.why)
}

fn shown_by_action(report: &Report, moment: &MomentOut) -> bool {
    report.action.as_ref().is_some_and(|action| {
        moment.check == action.check && moment.spoken.iter().all(|spoken| action.spoken.contains(spoken))
    })
}

/// A check's verdict in plain words. A `no` is an accusation: it is printed only where a line shows the opposite.
pub(super) fn verdict(check: &CheckOut) -> &'static str {
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
pub(super) fn label(check: &CheckOut) -> String {
    clean(&check.id).replace('_', " ")
}

/// Value and guideline of a measured check: "73 %, guide: up to 65 %".
pub(super) fn measured(metric: &str, measured: &Measured) -> String {
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

/// What stands under a check: the note and who corrected it.
pub(super) fn check_comment(check: &CheckOut) -> String {
    let note = check.note.as_deref().map(sentence);
    let corrected = check.corrected_by.as_deref().map(|by| sentence(&format!("Corrected by {by}")));
    [note, corrected].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The terms of a weighted mean, weights made to sum to 100 over the parts that have a score: `15% × 0`, `+ 25% × 88`.
pub(super) fn terms(parts: impl Iterator<Item = (f64, Option<f64>)>, times: &str) -> Vec<String> {
    let scored: Vec<(f64, f64)> = parts.filter_map(|(weight, score)| Some((weight, score?))).collect();
    let all: f64 = scored.iter().map(|(weight, _)| weight).sum();
    let term = |(weight, score): &(f64, f64)| {
        format!("{}% {times} {}", text::decimal(weight / all * 100.0), text::decimal(*score))
    };
    let plus = |(i, term): (usize, String)| if i == 0 { term } else { format!("+ {term}") };
    scored.iter().map(term).enumerate().map(plus).collect()
}

/// What a criterion lost, where that is worth a line.
pub(super) fn costs(report: &Report, costs: Option<f64>) -> Option<String> {
    let costs = costs.filter(|&costs| costs >= 0.05)?;
    let others = report.dimensions.iter().flat_map(|dimension| &dimension.criteria).filter_map(|other| other.costs);
    let largest = others.fold(0.0, f64::max);
    let points = format!("Costs {costs:.1} points of the overall score");
    Some(if costs >= largest { format!("{points}: the largest single loss.") } else { format!("{points}.") })
}

/// Who was coached, who answered, what it cost: a paragraph each.
pub(super) fn footer(report: &Report) -> Vec<String> {
    let rep = &report.rep;
    let role = match rep.role_source.as_str() {
        "flag" => "given with --role",
        "roster" => "from the roster; change with --role",
        _ => "assumed; change with --role",
    };
    let coached = format!("Coached: {}, {}. Role: {}, {role}.", rep.name, rep.chosen, rep.role_label);
    if report.not_scored.is_some() {
        return vec![coached];
    }
    vec![coached, analyst(report), "A coaching aid, not an employment decision.".to_owned()]
}

fn analyst(report: &Report) -> String {
    let rubric = &report.rubric.version;
    let when = if report.cached { "from stored answers" } else { "just now" };
    let mut sentences = match report.analyst.kind {
        AnalystKind::Local => vec![
            format!("Scored on this machine by the built-in analyst, rubric {rubric}, {when}."),
            "It counts words and times; it does not understand what was meant. Nothing was sent anywhere.".to_owned(),
        ],
        AnalystKind::Claude => vec![format!("Scored by {}, rubric {rubric}, {when}.", report.analyst.model)],
    };
    if report.stale {
        sentences.push("The words or the rubric have changed since: --no-cache scores it again.".to_owned());
    }
    sentences.extend(evidence(report));
    sentences.extend(price(report));
    sentences.join(" ")
}

fn evidence(report: &Report) -> Option<String> {
    let (claimed, verified) = (report.evidence.claimed, report.evidence.verified);
    let dropped = claimed.saturating_sub(verified);
    match (claimed, dropped) {
        (0, _) => None,
        (_, 0) => Some(format!("{} held.", count(claimed, "quote", "quotes"))),
        (_, 1) => Some(format!("{verified} of {claimed} quotes held; 1 was dropped.")),
        _ => Some(format!("{verified} of {claimed} quotes held; {dropped} were dropped.")),
    }
}

fn price(report: &Report) -> Option<String> {
    if report.analyst.kind == AnalystKind::Local {
        return None;
    }
    let usage = &report.usage;
    let tokens = [usage.input_tokens, usage.output_tokens, usage.cache_read_tokens, usage.cache_write_tokens];
    let tokens = text::thousands(tokens.into_iter().fold(0, u64::saturating_add));
    let requests = count(usage.requests, "request", "requests");
    let cost = usage.cost_usd.map_or_else(|| "price unknown".to_owned(), text::dollars);
    Some(match usage.requests {
        0 => "Running it again is free.".to_owned(),
        _ => format!("{requests}, {tokens} tokens, {cost}. Running it again is free."),
    })
}

/// What to type next.
pub(super) fn next_commands(report: &Report, detail: Detail) -> Vec<String> {
    let call = clean(&report.call.call_ref);
    let read = format!("Read: call-coach show {call}");
    match (&report.not_scored, detail) {
        (Some(_), _) => vec![read],
        (None, Detail::Full) => vec![format!("Disagree: call-coach review {call}"), read],
        (None, _) => vec!["Every check: --full".to_owned(), format!("Disagree: call-coach review {call}"), read],
    }
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
