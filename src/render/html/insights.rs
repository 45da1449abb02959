//! A rep over time.

use jiff::tz::TimeZone;
use maud::{Markup, html};

use super::charts::{self, Column};
use super::{DASH, QUOTE_MAX, page, place, plain};
use crate::insights::Spoken;
use crate::insights::numbers::{Change, Direction};
use crate::output::insights::{InsightsOut, title_of};
use crate::render::{text, words};

/// A rep's insights as a page of its own.
pub fn insights(out: &InsightsOut, zone: &TimeZone) -> String {
    let about = words::about(out, zone);
    let main = html! {
        (opening(out, &about))
        (focus(out, zone))
        (each_call(out, zone))
        (concerns(out))
        (numbers(out))
        (wins(out, zone))
        (plan(out))
        footer { @for text in words::insights_footer(out) { p { (plain(&text)) } } }
    };
    page(&about.join(", "), &main)
}

fn opening(out: &InsightsOut, about: &[String]) -> Markup {
    let (name, rest) = about.split_first().map_or(("", &[][..]), |(name, rest)| (name.as_str(), rest));
    html! {
        header {
            h1 { bdi { (plain(name)) } }
            p.meta { (plain(&rest.join(" · "))) }
        }
        section.whole { p.verdict { (plain(&out.headline)) } }
    }
}

fn focus(out: &InsightsOut, zone: &TimeZone) -> Markup {
    html! {
        @if let Some(focus) = &out.insights.focus {
            section.action {
                h2 { "Focus" }
                p.what { (plain(&focus.text)) }
                p.dim { (words::focus_rate(focus)) }
                @for note in words::focus_unknown(out).into_iter().chain(words::last_focus(out)) { p.dim { (plain(&note)) } }
                @for one in &focus.moments {
                    (moment(one, zone, if one.done { "Their own best example." } else { "" }))
                }
            }
        } @else if words::has_scores(out) {
            section.action {
                h2 { "Focus" }
                p { (words::NO_FOCUS) }
                @for note in words::focus_unknown(out).into_iter().chain(words::last_focus(out)) { p.dim { (plain(&note)) } }
            }
        }
    }
}

/// Words of a call with the day and the call they are from, and below what we have to say about them.
pub(super) fn moment(moment: &Spoken, zone: &TimeZone, comment: &str) -> Markup {
    let at = words::place(moment.start_ms, moment.line);
    let date = moment.started_at.map(|at| format!("{}, ", text::long_date(at, zone))).unwrap_or_default();
    html! {
        div.said.dated {
            span.at { (date) (plain(&moment.call)) ", " (place(&at, moment.url.as_deref())) }
            span.who { bdi { (plain(&moment.speaker)) } }
            span.words dir="auto" { "“" (text::cut(&plain(&moment.quote), QUOTE_MAX, " …")) "”" }
            @if !comment.is_empty() { p.why { (comment) } }
        }
    }
}

fn each_call(out: &InsightsOut, zone: &TimeZone) -> Markup {
    let insights = &out.insights;
    let trend = words::has_trend(out);
    let peers = insights.gaps.iter().any(|gap| gap.peer_score.is_some());
    html! {
        @if !insights.marks.is_empty() {
            section.whole {
                h2 { "Each call, oldest first" }
                table.stacked.strips {
                    thead { tr {
                        th scope="col" { "Part" } th scope="col" { "Calls" }
                        @if trend { th.n scope="col" { "First half" } th.n scope="col" { "Last half" } th scope="col" { "Change" } }
                        @else { th.n scope="col" { "Mean" } }
                        @if peers { th.n scope="col" { "Peers" } }
                    } }
                    tbody { @for change in &insights.changes { (part(out, zone, change, (trend, peers))) } }
                }
                p.note { "The lines mark 60 and 80 of 100: solid and strong." }
                @for note in words::strip_notes(out, Some(("•", "┊"))) { p.note { (plain(&note)) } }
            }
        }
    }
}

fn part(out: &InsightsOut, zone: &TimeZone, change: &Change, (trend, peers): (bool, bool)) -> Markup {
    let title = plain(title_of(&out.titles, &change.dimension));
    let gap = out.insights.gaps.iter().find(|gap| gap.dimension == change.dimension);
    html! {
        tr {
            th scope="row" { (title) }
            td.chart { (strip(out, zone, &change.dimension, &title)) }
            @if trend {
                td.n data-label="First half" { (words::score(change.earlier, DASH)) }
                td.n data-label="Last half" { (words::score(change.recent, DASH)) }
                td.short data-label="Change" { (direction(change)) }
            } @else {
                td.n data-label="Mean" { (words::score(change.mean, DASH)) }
            }
            @if peers { td.n data-label="Peers" { (words::score(gap.and_then(|gap| gap.peer_score), DASH)) } }
        }
    }
}

fn strip(out: &InsightsOut, zone: &TimeZone, dimension: &str, title: &str) -> Markup {
    let (from, marks) = words::shown_marks(out);
    let breaks = out.insights.trends.iter().find(|trend| trend.dimension == dimension);
    let breaks = breaks.map(|trend| trend.breaks.as_slice()).unwrap_or_default();
    let columns: Vec<Column> = (from..)
        .zip(marks)
        .map(|(place, mark)| {
            let date = mark.started_at.map(|at| format!("{}, ", text::long_date(at, zone))).unwrap_or_default();
            Column {
                label: format!("{date}{}", mark.call),
                score: mark.scores.get(dimension).copied().flatten(),
                begins_anew: breaks.iter().any(|one| one.place == place),
            }
        })
        .collect();
    if columns.iter().all(|column| column.score.is_none()) {
        return html! { span.dim { "no score on any call" } };
    }
    let told: Vec<String> = columns.iter().map(|column| words::score(column.score, "none")).collect();
    let in_halves = words::has_trend(out) && breaks.is_empty();
    charts::strip(&format!("{title} by call: {}", told.join(", ")), &columns, in_halves)
}

/// Points and which way, coloured only when it is more than chance.
pub(super) fn direction(change: &Change) -> Markup {
    let class = match change.trend {
        Some(Direction::Up) => "good",
        Some(Direction::Down) => "warn",
        _ => "dim",
    };
    html! {
        @match words::change(change, "–") {
            Some((points, word)) => span class=(class) { (points) " " (word) },
            None => span.dim { (DASH) },
        }
    }
}

fn concerns(out: &InsightsOut) -> Markup {
    html! {
        @if !out.insights.objections.is_empty() {
            section.whole {
                h2 { "Concerns" }
                table {
                    thead { tr {
                        th scope="col" { "Type" }
                        @for head in ["Raised", "Settled", "Parked", "Open", "Asked first"] { th.n scope="col" { (head) } }
                    } }
                    tbody { @for one in &out.insights.objections { tr {
                        th scope="row" { (text::capital(one.kind.label())) }
                        td.n { (one.raised) }
                        td.n { (one.settled) }
                        td.n { (one.parked) }
                        td.n { (one.open) }
                        td.n { (one.asked_first) " of " (one.raised) }
                    } } }
                }
            }
        }
    }
}

fn numbers(out: &InsightsOut) -> Markup {
    let lines = &out.insights.numbers.lines;
    let team = lines.iter().any(|line| line.team_median.is_some());
    html! {
        @if !lines.is_empty() {
            section.whole {
                h2 { "Numbers, " (words::numbers_of(out)) }
                table {
                    thead { tr {
                        th scope="col" { "Measure" } th.n scope="col" { "Mean" }
                        @if team { th.n scope="col" { "Team median" } }
                        th scope="col" { "Guide" }
                    } }
                    tbody { @for line in lines {
                        @let (label, value, median, guide) = words::number(line, DASH);
                        tr {
                            th scope="row" { (label) }
                            td.n { (value) }
                            @if team { td.n { (median) } }
                            td.dim { (guide) }
                        }
                    } }
                }
            }
        }
    }
}

fn wins(out: &InsightsOut, zone: &TimeZone) -> Markup {
    html! {
        @if !out.insights.wins.is_empty() {
            section {
                h2 { "Keep doing" }
                @for win in &out.insights.wins {
                    div.block {
                        h3 {
                            (plain(&win.title)) " " span.tag.good { (text::whole(win.score)) }
                        }
                        @if let Some(why) = &win.why { p { (plain(&text::capital(&text::sentence(why)))) } }
                        @if let Some(one) = &win.moment { (moment(one, zone, "")) }
                    }
                }
            }
        }
    }
}

fn plan(out: &InsightsOut) -> Markup {
    html! {
        @if !out.plan.is_empty() {
            section.whole {
                h2 { "Until the next one-to-one" }
                ol.plan { @for step in &out.plan { li { (plain(step)) } } }
            }
        }
    }
}
