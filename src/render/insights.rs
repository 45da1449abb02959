//! A rep or the team over time, as a page for a terminal.

use super::layout::{Block, Cell, Line, Tone, paragraph, print, row, stack};
use super::{Style, text};
use crate::insights::numbers::{Change, Direction};
use crate::insights::{NumberLine, Spoken};
use crate::output::insights::{InsightsOut, TeamOut, title_of};
use crate::store::OVERALL;
use jiff::tz::TimeZone;

/// A strip has at most this many marks; of more calls the newest are drawn.
const MAX_MARKS: usize = 24;
/// The fewest scored calls of a trend.
const MIN_FOR_TREND: u64 = 8;

struct View<'a> {
    out: &'a InsightsOut,
    zone: &'a TimeZone,
    style: Style,
    width: usize,
}

/// A rep's insights as a page for a terminal.
pub fn insights(out: &InsightsOut, zone: &TimeZone, style: Style) -> String {
    let view = View { out, zone, style, width: style.page_width() };
    let blocks = [
        view.opening(),
        view.focus(),
        view.each_call(),
        view.concerns(),
        view.numbers(),
        view.wins(),
        view.plan(),
        view.footer(),
    ];
    print(stack(blocks), style.colour)
}

impl View<'_> {
    fn opening(&self) -> Block {
        let calls = text::count(u32::try_from(self.out.calls).unwrap_or(u32::MAX), "call", "calls");
        let period = text::days(self.out.range.from, self.out.range.to, self.zone);
        let pieces = [self.out.rep.name.clone(), self.out.insights.role_label.clone(), calls];
        let title = pieces.into_iter().chain(period).collect::<Vec<_>>().join(&format!(" {} ", self.style.dot()));
        let mut block = paragraph(0, self.width, Tone::Heading, &title);
        block.push(Line::new(Tone::Dim, self.style.rule().repeat(self.width)));
        block.extend(paragraph(1, self.width, Tone::Plain, &self.out.headline));
        block
    }

    fn focus(&self) -> Block {
        let insights = &self.out.insights;
        let mut block = Block::new();
        if let Some(last) = &insights.last_focus {
            let same = insights.focus.as_ref().is_some_and(|focus| focus.check == last.check);
            let what = if same { "Still the same focus" } else { last.text.as_str() };
            let text = format!(
                "Last time: {} Done on {} of {} calls before, on {} of {} now.",
                text::sentence(what),
                last.done_before,
                last.asked_before,
                last.done,
                last.asked
            );
            block.extend(paragraph(1, self.width, Tone::Dim, &text));
        }
        let Some(focus) = &insights.focus else { return block };
        let mut lines = vec![Line::new(Tone::Heading, "FOCUS")];
        lines.extend(paragraph(1, self.width, Tone::Plain, &focus.text));
        let rate = format!("Done on {} of the {} calls where it applied.", focus.done, focus.asked);
        lines.extend(paragraph(1, self.width, Tone::Dim, &rate));
        let moments: Block = focus.moments.iter().flat_map(|moment| self.moment(moment)).collect();
        stack([lines, block, moments])
    }

    fn moment(&self, moment: &Spoken) -> Block {
        let date = moment.started_at.map(|at| text::short_date(at, self.zone)).unwrap_or_default();
        let at = moment.start_ms.map_or_else(|| format!("#{}", moment.line), text::time);
        let speaker = text::cut(&text::clean(&moment.speaker), 12, self.style.ellipsis());
        let room = self.width.saturating_sub(38);
        let mut block = row(&[
            Cell::new(1, 6, date),
            Cell::new(2, 6, moment.call.clone()),
            Cell::new(1, 7, at),
            Cell::new(1, 12, speaker),
            Cell::new(1, room, format!("\"{}\"", moment.quote)),
        ]);
        if moment.done {
            block.extend(row(&[Cell::new(37, room, "Their own best example.").tone(Tone::Dim)]));
        }
        block
    }

    fn each_call(&self) -> Block {
        let insights = &self.out.insights;
        if insights.marks.is_empty() {
            return Block::new();
        }
        let trend = insights.changes.iter().any(|change| change.trend.is_some());
        let shares = insights.gaps.is_empty();
        let marks = insights.marks.len().min(MAX_MARKS);
        let strip_width = marks + 2 + insights.trends.iter().map(|t| t.breaks.len()).max().unwrap_or(0).min(6);
        let title_width = 19;
        let heading = Line::new(Tone::Heading, "EACH CALL, OLDEST FIRST").pad_to(1 + title_width + 1 + strip_width + 2);
        let heading = if trend {
            heading.put(Tone::Heading, "first   last   change")
        } else {
            heading.put(Tone::Heading, "mean")
        };
        let end = 1 + title_width + 1 + strip_width + 2 + if trend { 26 } else { 8 };
        let peers = if shares { heading } else { heading.pad_to(end).put(Tone::Heading, "peers") };
        let mut block = vec![peers];
        let whole = |value: Option<f64>| value.map_or_else(|| self.style.dash().to_owned(), text::whole);
        for change in &insights.changes {
            let title = text::cut(title_of(&self.out.titles, &change.dimension), title_width, self.style.ellipsis());
            let mut line = Line::new(Tone::Plain, format!(" {title}")).pad_to(1 + title_width + 1);
            line = line.put(Tone::Plain, self.strip(&change.dimension)).pad_to(1 + title_width + 1 + strip_width + 2);
            line = if trend {
                let (words, tone) = self.change(change);
                let line =
                    line.put(Tone::Plain, format!("{:>5}  {:>5}   ", whole(change.earlier), whole(change.recent)));
                line.put(tone, words)
            } else {
                line.put(Tone::Plain, format!("{:>4}", whole(change.mean)))
            };
            if !shares {
                let peer = insights.gaps.iter().find(|gap| gap.dimension == change.dimension);
                let peer = format!("{:>5}", whole(peer.and_then(|gap| gap.peer_score)));
                line = line.pad_to(end).put(Tone::Plain, peer);
            }
            block.push(line);
        }
        let mut notes: Vec<String> = Vec::new();
        if let Some(gap) = insights.gaps.last().filter(|gap| gap.peer_score.is_some()) {
            let role = &insights.role_label;
            notes.push(format!("peers: {} other {role}s, {} calls, same time", gap.peers, gap.peers_n));
        }
        notes.extend(insights.no_peers.clone());
        let unscored = |mark: &crate::insights::Mark| mark.scores.values().any(Option::is_none);
        if insights.marks.iter().any(unscored) {
            notes.push(format!("{} no score on this call", if self.style.unicode { "·" } else { "." }));
        }
        if !trend {
            notes.push(format!("Too few calls for a trend ({MIN_FOR_TREND} needed)."));
        } else {
            notes.push("\"same\" means no more than the calls differ from one another anyway.".to_owned());
        }
        if insights.marks.len() > MAX_MARKS {
            notes.push(format!("The strips show the newest {MAX_MARKS} calls."));
        }
        for one in insights.trends.last().iter().flat_map(|trend| &trend.breaks) {
            let bar = if self.style.unicode { "┊" } else { "|" };
            notes.push(format!("{bar} from {} on: {}; first and last are taken behind it.", one.call, one.what));
        }
        block.extend(notes.iter().flat_map(|note| paragraph(1, self.width, Tone::Dim, note)));
        block
    }

    /// One mark a call; the gap in the middle is the half-way line, a bar a break.
    fn strip(&self, dimension: &str) -> String {
        const MARKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        let insights = &self.out.insights;
        let breaks = insights.trends.iter().find(|trend| trend.dimension == dimension).map(|trend| &trend.breaks);
        let from = insights.marks.len().saturating_sub(MAX_MARKS);
        let half = from + (insights.marks.len() - from) / 2;
        let broken = breaks.is_some_and(|breaks| !breaks.is_empty());
        let mut strip = String::new();
        for (place, mark) in insights.marks.iter().enumerate().skip(from) {
            if place == half && place > from && !broken {
                strip.push(' ');
            }
            if place > from && breaks.is_some_and(|breaks| breaks.iter().any(|one| one.place == place)) {
                strip.push(if self.style.unicode { '┊' } else { '|' });
            }
            let score = mark.scores.get(dimension).copied().flatten();
            strip.push(match score {
                None => {
                    if self.style.unicode {
                        '·'
                    } else {
                        '.'
                    }
                }
                // Eighths of 100, as digits where nothing else can be drawn.
                Some(score) => {
                    let eighth = ((score.clamp(0.0, 100.0) / 12.5) as usize).min(7);
                    if self.style.unicode {
                        MARKS.get(eighth).copied().unwrap_or('█')
                    } else {
                        char::from_digit(u32::try_from(eighth + 1).unwrap_or(8), 10).unwrap_or('8')
                    }
                }
            });
        }
        strip
    }

    fn change(&self, change: &Change) -> (String, Tone) {
        let Some((points, trend)) = change.change.zip(change.trend) else {
            return (self.style.dash().to_owned(), Tone::Plain);
        };
        let minus = if self.style.unicode { "–" } else { "-" };
        let sign = if points.round() < 0.0 { minus } else { "+" };
        let (word, tone) = match trend {
            Direction::Up => ("up", Tone::Good),
            Direction::Down => ("down", Tone::Warn),
            Direction::Same => ("same", Tone::Dim),
        };
        (format!("{:>4} {word}", format!("{sign}{:.0}", points.abs())), tone)
    }

    fn concerns(&self) -> Block {
        let objections = &self.out.insights.objections;
        if objections.is_empty() {
            return Block::new();
        }
        let line = |cells: [String; 6], tone: Tone| {
            let [name, raised, settled, parked, open, asked] = cells;
            let text = format!("{raised:>8}{settled:>10}{parked:>9}{open:>7}   {asked}");
            Line::new(tone, format!(" {name}")).pad_to(18).put(tone, text)
        };
        let heads = ["", "raised", "settled", "parked", "open", "asked first"].map(str::to_owned);
        let mut block = vec![line(heads, Tone::Heading)];
        if let Some(first) = block.first_mut() {
            *first = Line::new(Tone::Heading, "CONCERNS").pad_to(18).put(
                Tone::Heading,
                format!("{:>8}{:>10}{:>9}{:>7}   asked first", "raised", "settled", "parked", "open"),
            );
        }
        for one in objections {
            let counts = [one.raised, one.settled, one.parked, one.open].map(|count| count.to_string());
            let [raised, settled, parked, open] = counts;
            let asked = format!("{} of {}", one.asked_first, one.raised);
            block.push(line([one.kind.label().to_owned(), raised, settled, parked, open, asked], Tone::Plain));
        }
        block
    }

    fn numbers(&self) -> Block {
        let numbers = &self.out.insights.numbers;
        if numbers.lines.is_empty() {
            return Block::new();
        }
        let kind = numbers.call_type.map_or_else(String::new, |kind| format!("{} ", kind.as_str().replace('_', " ")));
        let calls = if numbers.calls == 1 { "call" } else { "calls" };
        let title = format!("NUMBERS, {} {kind}{calls}", numbers.calls);
        let with_team = numbers.lines.iter().any(|line| line.team_median.is_some());
        let team = if with_team { "team median" } else { "" };
        let mut block = vec![
            Line::new(Tone::Heading, title).pad_to(32).put(Tone::Heading, format!("{:<12}{team:<14}guide", "mean")),
        ];
        for line in &numbers.lines {
            let (label, value, median, guide) = number(line, self.style);
            let median = if with_team { median } else { String::new() };
            let cells = Line::new(Tone::Plain, format!(" {label}")).pad_to(32).put(Tone::Plain, value);
            block.push(cells.pad_to(44).put(Tone::Plain, median).pad_to(58).put(Tone::Plain, guide));
        }
        block
    }

    fn wins(&self) -> Block {
        let mut block = Block::new();
        for win in &self.out.insights.wins {
            let date = win.started_at.map(|at| text::short_date(at, self.zone)).unwrap_or_default();
            let at = win.moment.as_ref().and_then(|moment| moment.start_ms).map(text::time).unwrap_or_default();
            let why = win.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
            block.extend(row(&[
                Cell::new(1, 6, date),
                Cell::new(2, 6, win.call.clone()),
                Cell::new(1, 7, at),
                Cell::new(1, self.width.saturating_sub(25), format!("{}, {:.0}{why}", win.title, win.score)),
            ]));
        }
        if !block.is_empty() {
            block.insert(0, Line::new(Tone::Heading, "KEEP DOING"));
        }
        block
    }

    fn plan(&self) -> Block {
        let mut block = Block::new();
        for (n, step) in self.out.plan.iter().enumerate() {
            let room = self.width.saturating_sub(4);
            block.extend(row(&[Cell::new(1, 1, (n + 1).to_string()), Cell::new(2, room, step.clone())]));
        }
        if !block.is_empty() {
            block.insert(0, Line::new(Tone::Heading, "UNTIL THE NEXT ONE-TO-ONE"));
        }
        block
    }

    fn footer(&self) -> Block {
        let text = footer(self.out);
        text.iter().flat_map(|text| paragraph(1, self.width, Tone::Dim, text)).collect()
    }
}

/// How many calls count, who scored them, which zone.
pub(super) fn footer(out: &InsightsOut) -> Vec<String> {
    let insights = &out.insights;
    let counted = insights.counted;
    let mut why = Vec::new();
    for (n, one, many) in [
        (counted.without_transcript, "has no transcript yet", "have no transcript yet"),
        (counted.unscored, "has no score", "have no score"),
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
    let mut lines = vec![format!("{} of {} calls scored{why}.{undated}", counted.scored, counted.calls)];
    if !insights.models.is_empty() {
        let (models, rubrics) = (insights.models.join(", "), insights.rubrics.join(", "));
        lines.push(format!("Scored by {models}, rubric {rubrics}. Times are {}.", out.range.time_zone));
    }
    lines.push("A coaching aid, not an employment decision.".to_owned());
    lines
}

/// Label, value, team median and guide of a metric, in the units that people use.
pub(super) fn number(line: &NumberLine, style: Style) -> (&'static str, String, String, String) {
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
        (None, None) => style.dash().to_owned(),
    };
    (label, show(line.value), line.team_median.map_or_else(|| style.dash().to_owned(), show), guide)
}

/// The team's insights as a page for a terminal.
pub fn team(out: &TeamOut, zone: &TimeZone, style: Style) -> String {
    let width = style.page_width();
    let period = text::days(out.range.from, out.range.to, zone);
    let people = text::count(u32::try_from(out.team.reps.len()).unwrap_or(u32::MAX), "person", "people");
    let title =
        ["Team".to_owned(), people].into_iter().chain(period).collect::<Vec<_>>().join(&format!(" {} ", style.dot()));
    let mut opening = paragraph(0, width, Tone::Heading, &title);
    opening.push(Line::new(Tone::Dim, style.rule().repeat(width)));
    if out.team.reps.is_empty() {
        opening.extend(paragraph(1, width, Tone::Plain, "No scored call in this time. Score some: call-coach analyze"));
        return print(opening, style.colour);
    }
    let dimensions: Vec<&(String, String)> = out.titles.iter().filter(|(id, _)| id != OVERALL).collect();
    let heads: String = dimensions.iter().map(|(_, title)| format!("{:>6}", short(title))).collect();
    let name_width = out.team.reps.iter().map(|rep| text::width(&rep.name)).max().unwrap_or(4).clamp(4, 24);
    let mut block = opening;
    let head = ["NAME", "ROLE", "CALLS", "OVERALL", "CHANGE", "OPEN"];
    let [name, role, calls, overall, change, open] = head;
    let head = format!("{name:<name_width$}  {role:<7} {calls:>5} {overall:>7}  {change:<9}{heads}{open:>6}");
    block.push(Line::new(Tone::Heading, head));
    let whole = |value: Option<f64>| value.map_or_else(|| style.dash().to_owned(), text::whole);
    for rep in &out.team.reps {
        let score = |id: &str| whole(rep.scores.get(id).copied().flatten());
        let change = match (rep.change.change, rep.change.trend) {
            (Some(points), Some(Direction::Up)) => format!("+{points:.0} up"),
            (Some(points), Some(Direction::Down)) => format!("{points:.0} down"),
            (Some(_), _) => "same".to_owned(),
            _ => style.dash().to_owned(),
        };
        let name = text::cut(&text::clean(&rep.name), name_width, style.ellipsis());
        let scores: String = dimensions.iter().map(|(id, _)| format!("{:>6}", score(id))).collect();
        let (calls, overall, open) = (rep.calls, score(OVERALL), rep.open_concerns);
        let rest = format!("{:<7} {calls:>5} {overall:>7}  {change:<9}{scores}{open:>6}", rep.role);
        block.push(Line::new(Tone::Plain, name).pad_to(name_width + 2).put(Tone::Plain, rest));
    }
    let note = "By name, not by rank. CHANGE is the last half of the scored calls against the first, 8 needed; OPEN counts concerns that were not settled. A coaching aid, not an employment decision.";
    print(stack([block, paragraph(0, width, Tone::Dim, note)]), style.colour)
}

/// The beginning of a title, as a narrow column's head.
fn short(title: &str) -> String {
    title.chars().take(4).collect::<String>().to_uppercase()
}
