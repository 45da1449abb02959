//! A rep or the team over time, as a page for a terminal.

use super::layout::{Block, Cell, Line, Tone, paragraph, print, row, stack};
use super::{Style, text, words};
use crate::insights::Spoken;
use crate::insights::numbers::{Change, Direction};
use crate::output::insights::{InsightsOut, TeamOut, title_of};
use crate::store::{NAME_ONLY, OVERALL};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Columns that the tables take when nothing presses.
const WIDTH_OF_CONCERNS: usize = 66;
const WIDTH_OF_NUMBERS: usize = 74;
/// What a line about a person of the team takes beside the name and the scores of the dimensions, which are left out
/// when no name would be readable beside them.
const WIDTH_OF_A_MEMBER: usize = 40;
const SHORT_NAME: usize = 12;
/// Where there is no room for [`NAME_ONLY`].
const NAME_ONLY_SHORT: &str = " (?)";

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
        let title = words::about(self.out, self.zone).join(&format!(" {} ", self.style.dot()));
        let title = title.replace('–', self.style.dash());
        let mut block = paragraph(0, self.width, Tone::Heading, &title);
        block.push(Line::new(Tone::Dim, self.style.rule().repeat(self.width)));
        block.extend(paragraph(1, self.width, Tone::Plain, &self.out.headline));
        block
    }

    fn focus(&self) -> Block {
        let insights = &self.out.insights;
        let mut block = Block::new();
        for text in words::focus_unknown(self.out).into_iter().chain(words::last_focus(self.out)) {
            block.extend(paragraph(1, self.width, Tone::Dim, &text));
        }
        let mut lines = vec![Line::new(Tone::Heading, "FOCUS")];
        let Some(focus) = &insights.focus else {
            if !words::has_scores(self.out) {
                return block;
            }
            lines.extend(paragraph(1, self.width, Tone::Plain, words::NO_FOCUS));
            lines.extend(block);
            return lines;
        };
        lines.extend(paragraph(1, self.width, Tone::Plain, &focus.text));
        lines.extend(paragraph(1, self.width, Tone::Dim, &words::focus_rate(focus)));
        let moments: Block = focus.moments.iter().flat_map(|moment| self.moment(moment)).collect();
        stack([lines, block, moments])
    }

    /// The day of a call, and how wide the column of days is: those of another year than the period's last need more.
    fn date(&self, at: Option<Timestamp>) -> (String, usize) {
        let (first, last) = text::first_and_last_day(self.out.range.from, self.out.range.to, self.zone);
        let year = last.map(|last| last.year());
        let date = at.map(|at| text::short_date(at, self.zone, year)).unwrap_or_default();
        (date, if first.map(|first| first.year()) == year { 6 } else { 9 })
    }

    fn moment(&self, moment: &Spoken) -> Block {
        let (date, date_width) = self.date(moment.started_at);
        let at = moment.start_ms.map_or_else(|| format!("#{}", moment.line), text::time);
        let speaker = text::cut(&text::clean(&moment.speaker), 12, self.style.ellipsis());
        let room = self.width.saturating_sub(32 + date_width);
        let mut block = row(&[
            Cell::new(1, date_width, date),
            Cell::new(2, 6, moment.call.clone()),
            Cell::new(1, 7, at),
            Cell::new(1, 12, speaker),
            Cell::new(1, room, format!("\"{}\"", moment.quote)),
        ]);
        if moment.done {
            block.extend(row(&[Cell::new(31 + date_width, room, "Their own best example.").tone(Tone::Dim)]));
        }
        block
    }

    fn each_call(&self) -> Block {
        let insights = &self.out.insights;
        if insights.marks.is_empty() {
            return Block::new();
        }
        let trend = words::has_trend(self.out);
        let shares = insights.gaps.is_empty();
        let marks = words::shown_marks(self.out).1.len();
        let breaks = insights.trends.iter().map(|trend| trend.breaks.len()).max().unwrap_or(0).min(6);
        let title_width = 19;
        let numbers_width = if trend { 26 } else { 8 } + if shares { 0 } else { 5 };
        // A page too narrow for both keeps the numbers.
        let drawn = 1 + title_width + 1 + marks + 2 + breaks + 2 + numbers_width <= self.width;
        let numbers = 1 + title_width + 1 + if drawn { marks + 2 + breaks + 2 } else { 3 };
        let heading = Line::new(Tone::Heading, if drawn { "EACH CALL, OLDEST FIRST" } else { "SCORES OF THE CALLS" });
        let heading = heading.pad_to(numbers).put(Tone::Heading, if trend { "first   last   change" } else { "mean" });
        let end = numbers + if trend { 26 } else { 8 };
        let peers = if shares { heading } else { heading.pad_to(end).put(Tone::Heading, "peers") };
        let mut block = vec![peers];
        let whole = |value: Option<f64>| value.map_or_else(|| self.style.dash().to_owned(), text::whole);
        for change in &insights.changes {
            let title = text::cut(title_of(&self.out.titles, &change.dimension), title_width, self.style.ellipsis());
            let mut line = Line::new(Tone::Plain, format!(" {title}")).pad_to(1 + title_width + 1);
            if drawn {
                line = line.put(Tone::Plain, self.strip(&change.dimension));
            }
            line = line.pad_to(numbers);
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
        let (no_score, break_sign) = if self.style.unicode { ("·", "┊") } else { (".", "|") };
        let notes = words::strip_notes(self.out, drawn.then_some((no_score, break_sign)));
        block.extend(notes.iter().flat_map(|note| paragraph(1, self.width, Tone::Dim, note)));
        block
    }

    /// One mark a call; the gap in the middle is the half-way line, a bar a break.
    fn strip(&self, dimension: &str) -> String {
        const MARKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        let insights = &self.out.insights;
        let breaks = insights.trends.iter().find(|trend| trend.dimension == dimension).map(|trend| &trend.breaks);
        let (from, marks) = words::shown_marks(self.out);
        let half = from + marks.len() / 2;
        let broken = breaks.is_some_and(|breaks| !breaks.is_empty());
        let mut strip = String::new();
        for (place, mark) in (from..).zip(marks) {
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
        let Some((points, word)) = words::change(change, minus(self.style)) else {
            return (self.style.dash().to_owned(), Tone::Plain);
        };
        let tone = match change.trend {
            Some(Direction::Up) => Tone::Good,
            Some(Direction::Down) => Tone::Warn,
            Some(Direction::Same) | None => Tone::Dim,
        };
        (format!("{points:>4} {word}"), tone)
    }

    fn concerns(&self) -> Block {
        let objections = &self.out.insights.objections;
        if objections.is_empty() {
            return Block::new();
        }
        // On a narrow page the columns move together.
        let (start, less) = if self.style.page_width() < WIDTH_OF_CONCERNS { (16, 1) } else { (18, 0) };
        let line = |name: String, cells: [String; 5], tone: Tone| {
            let [raised, settled, parked, open, asked] = cells;
            let [a, b, c, d, gap] = [8, 10, 9, 7, 3].map(|width| width - less);
            let text = format!("{raised:>a$}{settled:>b$}{parked:>c$}{open:>d$}{:gap$}{asked}", "");
            Line::new(tone, name).pad_to(start).put(tone, text)
        };
        let heads = ["raised", "settled", "parked", "open", "asked first"].map(str::to_owned);
        let mut block = vec![line("CONCERNS".to_owned(), heads, Tone::Heading)];
        for one in objections {
            let counts = [one.raised, one.settled, one.parked, one.open].map(|count| count.to_string());
            let [raised, settled, parked, open] = counts;
            let asked = format!("{} of {}", one.asked_first, one.raised);
            block.push(line(format!(" {}", one.kind.label()), [raised, settled, parked, open, asked], Tone::Plain));
        }
        block
    }

    fn numbers(&self) -> Block {
        let numbers = &self.out.insights.numbers;
        if numbers.lines.is_empty() {
            return Block::new();
        }
        let title = format!("NUMBERS, {}", words::numbers_of(self.out));
        let with_team = numbers.lines.iter().any(|line| line.team_median.is_some());
        let team = if with_team { "team median" } else { "" };
        let is_narrow = self.style.page_width() < WIDTH_OF_NUMBERS;
        let (a, b, c) = if is_narrow { (24, 33, 46) } else { (32, 44, 58) };
        let line = |tone, cells: [&str; 4]| {
            let [label, value, median, guide] = cells;
            Line::new(tone, label).pad_to(a).put(tone, value).pad_to(b).put(tone, median).pad_to(c).put(tone, guide)
        };
        let mut block = Block::new();
        if is_narrow {
            block.push(Line::new(Tone::Heading, title.as_str()));
        }
        let title = if is_narrow { "" } else { title.as_str() };
        block.push(line(Tone::Heading, [title, "mean", team, "guide"]));
        for number in &numbers.lines {
            let (label, value, median, guide) = words::number(number, self.style.dash());
            let median = if with_team { median.as_str() } else { "" };
            block.push(line(Tone::Plain, [&format!(" {label}"), &value, median, &guide]));
        }
        block
    }

    fn wins(&self) -> Block {
        let mut block = Block::new();
        for win in &self.out.insights.wins {
            let (date, date_width) = self.date(win.started_at);
            let at = win.moment.as_ref().and_then(|moment| moment.start_ms).map(text::time).unwrap_or_default();
            let why = win.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
            block.extend(row(&[
                Cell::new(1, date_width, date),
                Cell::new(2, 6, win.call.clone()),
                Cell::new(1, 7, at),
                Cell::new(
                    1,
                    self.width.saturating_sub(19 + date_width),
                    format!("{}, {:.0}{why}", win.title, win.score),
                ),
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
        let text = words::insights_footer(self.out);
        text.iter().flat_map(|text| paragraph(1, self.width, Tone::Dim, text)).collect()
    }
}

/// The team's insights as a page for a terminal.
pub fn team(out: &TeamOut, zone: &TimeZone, style: Style) -> String {
    let width = style.page_width();
    let period = text::days(out.range.from, out.range.to, zone);
    let people = text::count(u32::try_from(out.team.reps.len()).unwrap_or(u32::MAX), "person", "people");
    let title =
        ["Team".to_owned(), people].into_iter().chain(period).collect::<Vec<_>>().join(&format!(" {} ", style.dot()));
    let title = title.replace('–', style.dash());
    let mut opening = paragraph(0, width, Tone::Heading, &title);
    opening.push(Line::new(Tone::Dim, style.rule().repeat(width)));
    if out.team.reps.is_empty() {
        let counted = words::counted(out.team.counted);
        let text = format!("No scored call in this time. {counted} Score some: call-coach analyze --unscored");
        opening.extend(paragraph(1, width, Tone::Plain, &text));
        return print(opening, style.colour);
    }
    let mut dimensions: Vec<&(String, String)> = out.titles.iter().filter(|(id, _)| id != OVERALL).collect();
    let room = |dimensions: usize| width.saturating_sub(WIDTH_OF_A_MEMBER + 6 * dimensions);
    if room(dimensions.len()) < SHORT_NAME {
        dimensions.clear();
    }
    let heads: String = dimensions.iter().map(|(_, title)| format!("{:>6}", short(title))).collect();
    let name_width = out.team.reps.iter().map(|rep| text::width(&rep.name)).max().unwrap_or(4).clamp(4, 24);
    let name_width = name_width.min(room(dimensions.len()));
    let mut block = opening;
    let head = ["NAME", "ROLE", "CALLS", "OVERALL", "CHANGE", "OPEN"];
    let [name, role, calls, overall, change, open] = head;
    let head = format!("{name:<name_width$}  {role:<7} {calls:>5} {overall:>7}  {change:<9}{heads}{open:>6}");
    block.push(Line::new(Tone::Heading, head));
    let whole = |value: Option<f64>| value.map_or_else(|| style.dash().to_owned(), text::whole);
    for rep in &out.team.reps {
        let score = |id: &str| whole(rep.scores.get(id).copied().flatten());
        let change = match words::change(&rep.change, minus(style)) {
            Some((_, "same")) => "same".to_owned(),
            Some((points, word)) => format!("{points} {word}"),
            None => style.dash().to_owned(),
        };
        let name = cut_name(&text::clean(&rep.name), name_width, style.ellipsis());
        let role = text::cut(&rep.role, 7, style.ellipsis());
        let scores: String = dimensions.iter().map(|(id, _)| format!("{:>6}", score(id))).collect();
        let (calls, overall, open) = (rep.calls, score(OVERALL), rep.open_concerns);
        let rest = format!("{role:<7} {calls:>5} {overall:>7}  {change:<9}{scores}{open:>6}");
        block.push(Line::new(Tone::Plain, name).pad_to(name_width + 2).put(Tone::Plain, rest));
    }
    let mut notes = vec![format!(
        "{} {} CHANGE is the last half of the scored calls against the first, 8 needed; OPEN counts concerns that were \
         not settled. Times are {}. A coaching aid, not an employment decision.",
        words::counted(out.team.counted),
        words::team_order(out.order),
        out.range.time_zone
    )];
    notes.extend(words::team_breaks(&out.team.reps));
    if out.team.reps.iter().any(|rep| rep.name.ends_with(NAME_ONLY) && text::width(&rep.name) > name_width) {
        notes.push(format!("{} is somebody known by name only.", NAME_ONLY_SHORT.trim()));
    }
    let notes = notes.iter().flat_map(|note| paragraph(0, width, Tone::Dim, note)).collect();
    print(stack([block, notes]), style.colour)
}

/// A name that fits. That somebody is known by name alone stays to be seen: another may have the same name.
fn cut_name(name: &str, width: usize, ellipsis: &str) -> String {
    match name.strip_suffix(NAME_ONLY) {
        Some(own) if text::width(name) > width => {
            let room = width.saturating_sub(text::width(NAME_ONLY_SHORT));
            format!("{}{NAME_ONLY_SHORT}", text::cut(own, room, ellipsis))
        }
        _ => text::cut(name, width, ellipsis),
    }
}

fn minus(style: Style) -> &'static str {
    if style.unicode { "–" } else { "-" }
}

/// The beginning of a title, as a narrow column's head.
fn short(title: &str) -> String {
    title.chars().take(4).collect::<String>().to_uppercase()
}
