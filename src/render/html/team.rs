//! The team over time, by name unless another order was asked for.

use jiff::tz::TimeZone;
use maud::{Markup, html};

use super::insights::{direction, moment};
use super::{DASH, charts, page, plain};
use crate::insights::{TeamMember, WorthHearing};
use crate::output::insights::TeamOut;
use crate::render::{text, words};
use crate::store::OVERALL;

/// The team's insights as a page of its own, with what is worth an hour on top if it was asked for.
pub fn team(out: &TeamOut, zone: &TimeZone) -> String {
    let people = text::count(u32::try_from(out.team.reps.len()).unwrap_or(u32::MAX), "person", "people");
    let about: Vec<String> = [people].into_iter().chain(text::days(out.range.from, out.range.to, zone)).collect();
    let main = html! {
        header {
            h1 { "Team" }
            p.meta { (about.join(" · ")) }
        }
        @if out.team.reps.is_empty() {
            section { p { "No scored call in this time." } }
        } @else {
            @if !out.team.worth_your_hour.is_empty() {
                section.action {
                    h2 { "Worth your hour" }
                    @for one in &out.team.worth_your_hour { (worth(one, zone)) }
                }
            }
            (everybody(out))
            (concerns(out))
        }
        footer {
            p {
                (words::team_order(out.order)) " Change is the last half of the scored calls against the first, 8 needed; "
                "open counts concerns that were not settled."
            }
            @for note in words::team_breaks(&out.team.reps) { p { (plain(&note)) } }
            p { (words::counted(out.team.counted)) }
            p { "Times are " (plain(&out.range.time_zone)) ". A coaching aid, not an employment decision." }
        }
    };
    page(&format!("Team, {}", about.join(", ")), &main)
}

fn worth(one: &WorthHearing, zone: &TimeZone) -> Markup {
    html! {
        div.block {
            h3 { (words::worth(one)) ": " bdi { (plain(&one.rep)) } }
            p {
                (plain(&one.moment.title)) ", " (plain(&words::listen(&one.moment))) " (" (one.minutes) " min). "
                (plain(&text::capital(&text::sentence(&one.why))))
            }
            (moment(&one.moment, zone, ""))
        }
    }
}

fn everybody(out: &TeamOut) -> Markup {
    let dimensions: Vec<&(String, String)> = out.titles.iter().filter(|(id, _)| id != OVERALL).collect();
    html! {
        section {
            h2 { "Everybody" }
            table.stacked {
                thead { tr {
                    th scope="col" { "Name" } th.n scope="col" { "Calls" } th.n scope="col" { "Overall" }
                    th scope="col" { "Change" }
                    @for (_, title) in &dimensions { th.n scope="col" { (plain(title)) } }
                    th.n scope="col" { "Open" }
                } }
                tbody { @for member in &out.team.reps { (row(member, &dimensions)) } }
            }
        }
    }
}

fn row(member: &TeamMember, dimensions: &[&(String, String)]) -> Markup {
    let score = |id: &str| member.scores.get(id).copied().flatten();
    html! {
        tr {
            th scope="row" {
                bdi { (plain(&member.name)) } span.dim { " " (plain(&member.role)) }
                @if let Some(overall) = score(OVERALL) { (charts::bar(overall)) }
            }
            td.n data-label="Calls" { (member.calls) }
            td.n data-label="Overall" { (words::score(score(OVERALL), DASH)) }
            td.short data-label="Change" { (direction(&member.change)) }
            @for (id, title) in dimensions { td.n data-label=(plain(title)) { (words::score(score(id), DASH)) } }
            td.n data-label="Open" { (member.open_concerns) }
        }
    }
}

fn concerns(out: &TeamOut) -> Markup {
    html! {
        @if !out.team.objections.is_empty() {
            section.whole {
                h2 { "Concerns raised" }
                table {
                    thead { tr {
                        th scope="col" { "Type" }
                        @for head in ["Raised", "Settled", "Open"] { th.n scope="col" { (head) } }
                    } }
                    tbody { @for one in &out.team.objections { tr {
                        th scope="row" { (text::capital(one.kind.label())) }
                        td.n { (one.raised) } td.n { (one.settled) } td.n { (one.open) }
                    } } }
                }
            }
        }
    }
}
