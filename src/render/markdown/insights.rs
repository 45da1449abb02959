//! A rep or the team over time, as a document that can be pasted.

use jiff::tz::TimeZone;

use super::escape::{escape, linked};
use crate::insights::Spoken;
use crate::insights::numbers::Change;
use crate::output::insights::{InsightsOut, TeamOut, title_of};
use crate::render::{text, words};
use crate::store::OVERALL;

fn whole(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), text::whole)
}

fn moment(moment: &Spoken, zone: &TimeZone) -> String {
    let date = moment.started_at.map(|at| format!("{}, ", text::long_date(at, zone))).unwrap_or_default();
    let at = moment.start_ms.map_or_else(|| format!("line {}", moment.line), text::time);
    let call = linked(&moment.call, moment.url.as_deref());
    format!("{date}{call} at {at}, {}: \"{}\"", escape(&moment.speaker), escape(&moment.quote))
}

fn trend(change: &Change) -> String {
    match words::change(change, "–") {
        Some((_, "same")) => "same".to_owned(),
        Some((points, word)) => format!("{points}, {word}"),
        None => "–".to_owned(),
    }
}

/// A rep's insights as markdown.
pub fn insights(out: &InsightsOut, zone: &TimeZone) -> String {
    let insights = &out.insights;
    let period = text::days(out.range.from, out.range.to, zone).map(|period| format!(", {period}")).unwrap_or_default();
    let mut page = format!("# {}{period}\n\n{}\n", escape(&out.rep.name), escape(&out.headline));
    if let Some(focus) = &insights.focus {
        page += &format!("\n## Focus\n\n**{}**\n\n", escape(&focus.text));
        page += &format!("{}\n\n", words::focus_rate(focus));
        for one in &focus.moments {
            let best = if one.done { " (the best example)" } else { "" };
            page += &format!("- {}{best}\n", moment(one, zone));
        }
    } else if words::has_scores(out) {
        page += &format!("\n## Focus\n\n{}\n\n", words::NO_FOCUS);
    }
    for note in words::focus_unknown(out).into_iter().chain(words::last_focus(out)) {
        page += &format!("\n{}\n", escape(&note));
    }
    if !insights.changes.is_empty() && !insights.marks.is_empty() {
        let peers = !insights.gaps.is_empty();
        page += "\n## Scores\n\n| | first half | last half | change | mean |";
        page += if peers { " peers |\n|---|--:|--:|---|--:|--:|\n" } else { "\n|---|--:|--:|---|--:|\n" };
        for change in &insights.changes {
            let title = escape(title_of(&out.titles, &change.dimension));
            let (earlier, recent, mean) = (whole(change.earlier), whole(change.recent), whole(change.mean));
            page += &format!("| {title} | {earlier} | {recent} | {} | {mean} |", trend(change));
            if peers {
                let gap = insights.gaps.iter().find(|gap| gap.dimension == change.dimension);
                page += &format!(" {} |", whole(gap.and_then(|gap| gap.peer_score)));
            }
            page.push('\n');
        }
        for one in insights.trends.last().iter().flat_map(|trend| &trend.breaks) {
            page += &format!("\n{}.\n", words::broken(one, "halves and mean are"));
        }
    }
    if let Some(reason) = &insights.no_peers {
        page += &format!("\n{}\n", escape(reason));
    }
    if !insights.objections.is_empty() {
        page += "\n## Concerns\n\n| | raised | settled | parked | open | asked first |\n|---|--:|--:|--:|--:|--:|\n";
        for one in &insights.objections {
            page += &format!(
                "| {} | {} | {} | {} | {} | {} |\n",
                one.kind.label(),
                one.raised,
                one.settled,
                one.parked,
                one.open,
                one.asked_first
            );
        }
    }
    if !insights.numbers.lines.is_empty() {
        let team = insights.numbers.lines.iter().any(|line| line.team_median.is_some());
        page += &format!("\n## Numbers, {} calls\n\n| | mean | ", insights.numbers.calls);
        page += if team { "team median | guide |\n|---|--:|--:|---|\n" } else { "guide |\n|---|--:|---|\n" };
        for line in &insights.numbers.lines {
            let (label, value, median, guide) = words::number(line, "–");
            let median = if team { format!("{median} | ") } else { String::new() };
            page += &format!("| {label} | {value} | {median}{guide} |\n");
        }
    }
    if !insights.wins.is_empty() {
        page += "\n## Keep doing\n\n";
        for win in &insights.wins {
            let why = win.why.as_ref().map(|why| format!(": {}", escape(why))).unwrap_or_default();
            let call = linked(&win.call, win.moment.as_ref().and_then(|moment| moment.url.as_deref()));
            page += &format!("- {} ({call}), {:.0}{why}\n", escape(&win.title), win.score);
        }
    }
    if !out.plan.is_empty() {
        page += "\n## Until the next one-to-one\n\n";
        for (n, step) in (1..).zip(&out.plan) {
            page += &format!("{n}. {}\n", escape(step));
        }
    }
    page.push('\n');
    for line in words::insights_footer(out) {
        page += &format!("{}  \n", escape(&line));
    }
    page
}

/// The team's insights as markdown; with what is worth an hour on top, if it was asked for.
pub fn team(out: &TeamOut, zone: &TimeZone) -> String {
    let period = text::days(out.range.from, out.range.to, zone).map(|period| format!(", {period}")).unwrap_or_default();
    let mut page = format!("# Team{period}\n");
    if out.team.reps.is_empty() {
        page += "\nNo scored call in this time.\n";
        return page;
    }
    if !out.team.worth_your_hour.is_empty() {
        page += "\n## Worth your hour\n\n";
        for one in &out.team.worth_your_hour {
            let kind = words::worth(one);
            page += &format!(
                "- **{kind}: {}**, {}, {} ({} min). {}\n",
                escape(&one.rep),
                linked(&one.moment.title, one.moment.url.as_deref()),
                words::listen(&one.moment),
                one.minutes,
                escape(&one.why)
            );
            page += &format!("  {}: \"{}\"\n", escape(&one.moment.speaker), escape(&one.moment.quote));
        }
    }
    let titles: Vec<_> = out.titles.iter().filter(|(id, _)| id != OVERALL).collect();
    page += "\n## Everybody\n\n| | calls | overall | change |";
    for (_, title) in &titles {
        page += &format!(" {} |", escape(title));
    }
    page += " open concerns |\n|---|--:|--:|---|";
    page += &"--:|".repeat(titles.len() + 1);
    page.push('\n');
    for rep in &out.team.reps {
        let score = |id: &str| whole(rep.scores.get(id).copied().flatten());
        page += &format!("| {} | {} | {} | {} |", escape(&rep.name), rep.calls, score(OVERALL), trend(&rep.change));
        for (id, _) in &titles {
            page += &format!(" {} |", score(id));
        }
        page += &format!(" {} |\n", rep.open_concerns);
    }
    if !out.team.objections.is_empty() {
        let named: Vec<String> = out
            .team
            .objections
            .iter()
            .map(|one| format!("{} {} ({} open)", one.raised, one.kind.label(), one.open))
            .collect();
        page += &format!("\nConcerns raised: {}.\n", named.join(", "));
    }
    for note in words::team_breaks(&out.team.reps) {
        page += &format!("\n{}\n", escape(&note));
    }
    let counted = words::counted(out.team.counted);
    page += &format!(
        "\n{counted} {} Times are {}. A coaching aid, not an employment decision.\n",
        words::team_order(out.order),
        out.range.time_zone
    );
    page
}
