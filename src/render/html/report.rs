//! The report of one call: the same content in the same order as in a terminal.

use maud::{Markup, html};

use super::charts::{self, Mark};
use super::{DASH, Quoting, checks, page, place, plain, secure};
use crate::model::objection::ObjectionStatus;
use crate::model::party::Side;
use crate::model::scorecard::Band;
use crate::output::report::{DimensionOut, MomentKind, NumberOut, ObjectionOut, ParticipantOut, Report};
use crate::render::words::{self, Said};
use crate::render::{Detail, Options, text};

/// The report of one call as a page of its own: everything it needs is in it, and nothing in it runs.
pub fn report(report: &Report, options: &Options) -> String {
    let title = words::title(report, options);
    let quoting =
        Quoting { url: report.call.url.as_deref(), snippets: options.snippets, whole: options.detail == Detail::Full };
    let is_scored = report.not_scored.is_none();
    let main = html! {
        (opening(report, &title))
        @if is_scored { (next_call(report, quoting)) }
        @if options.detail != Detail::Brief {
            @if is_scored {
                (scores(report))
                (time_line(report))
                (concerns(&report.objections, quoting))
                (moments(report, "Keep doing", MomentKind::Keep, quoting))
                (moments(report, "Change", MomentKind::Change, quoting))
            }
            (numbers(report, options))
            (gong(report, options))
            @if options.detail == Detail::Full && is_scored { (checks::sections(report, quoting)) }
            (people(report))
            (footer(report, options))
        }
    };
    page(&title.join(", "), &main)
}

/// The class that repeats in colour what the band says in words.
pub(super) fn band_class(band: Option<Band>) -> &'static str {
    match band {
        Some(Band::Strong) => "tag good",
        Some(Band::NeedsWork) => "tag warn",
        Some(Band::Solid) | None => "tag",
    }
}

fn opening(report: &Report, title: &[String]) -> Markup {
    let (people, rest) = title.split_first().map_or(("", &[][..]), |(people, rest)| (people.as_str(), rest));
    html! {
        header {
            h1 { bdi { (plain(people)) } }
            p.meta {
                @for (n, piece) in rest.iter().enumerate() { @if n > 0 { " · " } bdi { (plain(piece)) } }
                @if let Some(url) = secure(report.call.url.as_deref()) {
                    " · " (place("open the recording", Some(url)))
                }
            }
        }
        @if let Some(reason) = &report.not_scored {
            section.whole {
                p.verdict { strong { "No score: this is not a call to coach." } }
                p { (plain(&text::sentence(reason))) " Stored, not scored." }
                @for note in &report.notes { p { (plain(note)) } }
            }
        } @else {
            section.whole {
                div.headline {
                    span.score { (words::score(report.overall.score, DASH)) }
                    div {
                        p {
                            span class=(band_class(report.overall.band)) { (words::band(report)) }
                            @for remark in words::proviso(report).into_iter().chain(words::first_look(report)) {
                                " " span.dim { (remark) }
                            }
                        }
                        p.verdict { (plain(&report.verdict)) }
                    }
                }
            }
        }
    }
}

fn next_call(report: &Report, quoting: Quoting<'_>) -> Markup {
    html! {
        @if let Some(previous) = &report.previous_action {
            section.whole {
                h2 { "Last time" }
                p { (plain(&previous.text)) " " strong { (text::capital(&words::previous(previous))) "." } }
            }
        }
        @if let Some(action) = &report.action {
            section.action.whole {
                h2 { "Next call" }
                p.what { (plain(&action.text)) }
                @let said: Vec<Said<'_>> = action.spoken.iter().map(Said::new).collect();
                (quoting.said(&said, words::action_comment(report, quoting.snippets)))
            }
        }
    }
}

fn scores(report: &Report) -> Markup {
    html! {
        @if !report.dimensions.is_empty() {
            section.whole {
                h2 { "Scores" }
                table.scores {
                    thead {
                        tr { th scope="col" { "Part" } th.n scope="col" { "Score" } th.n.wide scope="col" { "Weight" }
                            th.n scope="col" { "Checks" } }
                    }
                    tbody { @for dimension in &report.dimensions { (score_row(dimension)) } }
                    tfoot {
                        tr {
                            th scope="row" {
                                "Overall, as " (plain(&report.rep.role_label)) " "
                                span class=(band_class(report.overall.band)) { (words::band(report)) }
                                @if let Some(score) = report.overall.score { (charts::bar(score)) }
                            }
                            td.n { (words::score(report.overall.score, DASH)) }
                            td.wide {}
                            td.n { (words::overall_answered(report).trim_start()) }
                        }
                    }
                }
                p.note { "Strong from 80, solid from 60." }
                @for note in words::score_notes(report) { p.note { (plain(&note)) } }
            }
        }
    }
}

fn score_row(dimension: &DimensionOut) -> Markup {
    html! {
        tr {
            th scope="row" {
                (plain(&dimension.title)) " "
                @match (words::no_score(dimension.status), dimension.band) {
                    (Some(reason), _) => span.dim { (reason) },
                    (None, Some(band)) => span class=(band_class(Some(band))) { (band.label()) },
                    (None, None) => {}
                }
                @if let Some(score) = dimension.score { (charts::bar(score)) }
            }
            td.n { (words::score(dimension.score, DASH)) }
            td.n.wide { (text::decimal(dimension.weight)) " %" }
            td.n { (words::answered(dimension).trim_start()) }
        }
    }
}

/// Where in the call the moments and concerns of the report lie; nothing for a call without times.
fn time_line(report: &Report) -> Markup {
    let length = report.call.duration_s.filter(|length| *length > 0.0).map(|length| (length * 1_000.0) as i64);
    let mark = |kind| if kind == MomentKind::Keep { Mark::Keep } else { Mark::Change };
    let action =
        report.action.iter().flat_map(|action| action.spoken.iter().map(move |one| (one.start_ms, mark(action.kind))));
    let moments = report
        .moments
        .iter()
        .flat_map(|moment| moment.spoken.first().into_iter().map(move |one| (one.start_ms, mark(moment.kind))));
    let concerns = report
        .objections
        .iter()
        .map(|one| (one.start_ms, if one.status == ObjectionStatus::Resolved { Mark::Settled } else { Mark::Open }));
    let mut marks: Vec<(i64, Mark)> =
        action.take(1).chain(moments).chain(concerns).filter_map(|(ms, mark)| Some((ms?, mark))).collect();
    marks.sort_by_key(|(ms, _)| *ms);
    marks.dedup();
    html! {
        @if let Some(length) = length.filter(|_| !marks.is_empty()) {
            section.whole { h2 { "Where in the call" } (charts::time_line(&marks, length)) }
        }
    }
}

fn concerns(concerns: &[ObjectionOut], quoting: Quoting<'_>) -> Markup {
    html! {
        @if !concerns.is_empty() {
            section {
                h2 { "Concerns: " (words::concerns(concerns)) }
                @for concern in concerns {
                    div.block {
                        h3 {
                            (text::capital(concern.kind.label())) " "
                            span class=(status_class(concern.status)) {
                                (plain(&words::concern_status(concern, quoting.snippets)))
                            }
                        }
                        @let said: Vec<Said<'_>> =
                            [Some(Said::raised(concern)), Said::response(concern)].into_iter().flatten().collect();
                        (quoting.said(&said, &words::concern_comment(concern)))
                    }
                }
            }
        }
    }
}

fn status_class(status: ObjectionStatus) -> &'static str {
    match status {
        ObjectionStatus::Resolved => "tag good",
        ObjectionStatus::Unresolved | ObjectionStatus::Missed => "tag warn",
        ObjectionStatus::Parked => "tag",
    }
}

fn moments(report: &Report, heading: &str, kind: MomentKind, quoting: Quoting<'_>) -> Markup {
    let moments = words::moments(report, kind);
    html! {
        @if !moments.is_empty() {
            section {
                h2 { (heading) }
                @for moment in moments {
                    @let said: Vec<Said<'_>> = moment.spoken.iter().map(Said::new).collect();
                    (quoting.said(&said, words::moment_comment(moment, quoting.snippets)))
                }
            }
        }
    }
}

fn numbers(report: &Report, options: &Options) -> Markup {
    html! {
        @if !report.numbers.is_empty() {
            section.whole {
                h2 { "Numbers" }
                (talk(report))
                table {
                    thead { tr {
                        th scope="col" { "Measure" } th scope="col" { "This call" } th scope="col" { "Guide" }
                    } }
                    tbody {
                        @for number in &report.numbers { (number_row(number)) }
                    }
                }
                @if options.detail == Detail::Full {
                    @if let Some(aside) = words::never_scored(report) { p.note { (aside) } }
                }
            }
        }
    }
}

fn number_row(number: &NumberOut) -> Markup {
    let standing = number.standing.as_deref();
    let is_beyond = standing.is_some_and(|standing| matches!(standing, "over" | "under"));
    html! {
        tr {
            th scope="row" { (plain(&number.label)) }
            td { (plain(&number.value)) }
            td {
                span.dim { (plain(number.guide.as_deref().unwrap_or(DASH))) }
                @if let Some(standing) = standing { ", " span class=[is_beyond.then_some("warn")] { (plain(standing)) } }
            }
        }
    }
}

/// How the talk was shared between everybody who spoke.
fn talk(report: &Report) -> Markup {
    let people = || report.participants.iter().filter_map(|one| Some((one, one.talk_share?)));
    let told: Vec<String> =
        people().map(|(one, share)| format!("{} {}", plain(&one.name), text::percent(share))).collect();
    let class = |one: &ParticipantOut| match one.side {
        Side::Rep if one.name == report.rep.name => "fill",
        Side::Rep => "ours",
        Side::Buyer | Side::Unknown => "theirs",
    };
    html! {
        @if told.len() > 1 {
            div.block {
                (charts::parts(
                    &format!("Talk: {}", text::list(&told)),
                    &people().map(|(one, share)| (class(one), share)).collect::<Vec<_>>(),
                ))
                // Each name by itself: one from right to left would take the others and the numbers along.
                p.note { "Talk: " @for (n, (one, share)) in people().enumerate() {
                    @if n > 0 { " · " }
                    bdi { (plain(&one.name)) } " " (text::percent(share))
                } }
            }
        }
    }
}

fn gong(report: &Report, options: &Options) -> Markup {
    let rows = words::gong(report, options);
    html! {
        @if !rows.is_empty() {
            section {
                h2 { "From Gong" }
                dl { @for (label, text) in &rows {
                    dt { (label) }
                    dd dir="auto" { (place(text, (*label == "Link").then_some(text.as_str()))) }
                } }
            }
        }
    }
}

fn people(report: &Report) -> Markup {
    html! {
        @if !report.participants.is_empty() {
            section.whole {
                h2 { "People" }
                dl { @for person in &report.participants {
                    dt { bdi { (plain(&person.name)) } }
                    dd { (words::person(person)) }
                } }
            }
        }
    }
}

fn footer(report: &Report, options: &Options) -> Markup {
    let ids = words::request_ids(report).filter(|_| options.detail == Detail::Full);
    html! {
        footer {
            @if report.not_scored.is_none() { @for note in &report.notes { p { (plain(note)) } } }
            @for text in words::footer(report).iter().chain(&ids) { p { (plain(text)) } }
            p { (plain(&words::next_commands(report, options.detail).join(" · "))) }
        }
    }
}
