//! Found calls: in a terminal, as lines for other programs, as markdown.

use super::layout::{Block, Cell, Line, Tone, paragraph, print, row, stack};
use super::markdown::escape::{escape, linked};
use super::{Style, text};
use crate::model::objection::{ObjectionStatus, ObjectionType};
use crate::output::search::{FoundCallOut, SearchOut};
use crate::search::Within;
use crate::store::{FoundObjection, TextQuery};

/// At most this many lines of a call are printed; the JSON holds more.
const LINES_A_CALL: usize = 3;
/// At most this much of a line stands before the word that was found, in bytes; never more than half of the room.
const BEFORE_MATCH: usize = 30;

/// What was looked for, as far as it decides what is shown.
#[derive(Debug, Clone)]
pub struct FoundIn {
    /// The zone of the dates.
    pub time_zone: jiff::tz::TimeZone,
    /// The year that goes without saying.
    pub this_year: i16,
    /// The words.
    pub text: Option<TextQuery>,
    /// The concern.
    pub objection: Option<ObjectionType>,
    /// How it ended; empty is in any way.
    pub statuses: Vec<ObjectionStatus>,
    /// Whether concerns are what was looked for.
    pub shows_concerns: bool,
    /// Whether the calls are sorted by their length, which is then shown.
    pub by_length: bool,
    /// The dimension whose scores were asked for.
    pub by_dimension: Option<String>,
    /// For an empty result: what there is in that time.
    pub within: Option<Within>,
}

impl FoundIn {
    /// The concern to show for a call, the one that is worst off, and how many more fit.
    pub(super) fn concern<'a>(&self, call: &'a FoundCallOut) -> Option<(&'a FoundObjection, usize)> {
        let fits = |one: &&FoundObjection| {
            self.objection.is_none_or(|kind| kind == one.kind)
                && (self.statuses.is_empty() || self.statuses.contains(&one.status))
        };
        let fitting: Vec<_> = call.objections.iter().filter(fits).collect();
        let worst = fitting.iter().min_by_key(|one| (standing(one.status), u8::MAX - one.severity, one.line))?;
        Some((*worst, fitting.len() - 1))
    }

    fn title(&self, found: &SearchOut) -> Vec<String> {
        let calls = text::count(u32::try_from(found.total).unwrap_or(u32::MAX), "call", "calls");
        let what = match self.objection {
            Some(kind) => format!("{calls} with a {} concern", kind.label()),
            None => calls,
        };
        let mut pieces = vec![what];
        pieces.extend(period(found, &self.time_zone));
        if self.shows_concerns && found.calls.len() as u64 == found.total {
            let mut counts = [0; 3];
            for (concern, _) in found.calls.iter().filter_map(|call| self.concern(call)) {
                if let Some(count) = counts.get_mut(standing(concern.status)) {
                    *count += 1;
                }
            }
            let named = counts.iter().zip(["open", "parked", "settled"]).filter(|(count, _)| **count > 0);
            pieces.push(named.map(|(count, name)| format!("{count} {name}")).collect::<Vec<_>>().join(", "));
        }
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }
}

/// Whether nobody settled the concern or took it on.
pub(super) fn is_open(status: ObjectionStatus) -> bool {
    standing(status) == 0
}

/// Worst first: open, parked, settled.
fn standing(status: ObjectionStatus) -> usize {
    match status {
        ObjectionStatus::Unresolved | ObjectionStatus::Missed => 0,
        ObjectionStatus::Parked => 1,
        ObjectionStatus::Resolved => 2,
    }
}

pub(super) fn status_word(status: ObjectionStatus) -> (&'static str, Tone) {
    match standing(status) {
        0 => ("open", Tone::Warn),
        1 => ("parked", Tone::Plain),
        _ => ("settled", Tone::Good),
    }
}

/// `24 Oct – 22 Nov 2026`, the last day included.
fn period(found: &SearchOut, zone: &jiff::tz::TimeZone) -> Option<String> {
    text::days(found.range.from, found.range.to, zone)
}

/// One row a coached rep.
struct Row<'a> {
    call: &'a FoundCallOut,
    rep: String,
    score: Option<f64>,
    /// The first row of its call.
    first: bool,
}

fn table_rows<'a>(found: &'a SearchOut, context: &FoundIn) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for call in &found.calls {
        if call.scores.is_empty() {
            rows.push(Row { call, rep: call.reps.join(", "), score: None, first: true });
        }
        for (n, score) in call.scores.iter().enumerate() {
            let value = if context.by_dimension.is_some() { score.dimension } else { score.overall };
            rows.push(Row { call, rep: score.rep.clone(), score: value, first: n == 0 });
        }
    }
    rows
}

fn whole(score: Option<f64>, dash: &str) -> String {
    score.map_or_else(|| dash.to_owned(), text::whole)
}

/// The found calls as a page for a terminal.
pub fn search(found: &SearchOut, context: &FoundIn, style: Style) -> String {
    let width = style.page_width();
    if found.total == 0 {
        let said = empty(found, context).replace('–', style.dash());
        return print(paragraph(0, width, Tone::Plain, &said), style.colour);
    }
    // Nothing in it is anybody's words: the dash is that of a range of days.
    let title = context.title(found).join(&format!(" {} ", style.dot())).replace('–', style.dash());
    let mut opening: Block = paragraph(0, width, Tone::Heading, &title);
    opening.push(Line::new(Tone::Dim, style.rule().repeat(width)));
    opening.extend(list(found, context, style));
    print(stack([opening, below(found, context, style)]), style.colour)
}

fn list(found: &SearchOut, context: &FoundIn, style: Style) -> Block {
    let width = style.page_width();
    let tail = if context.shows_concerns { 7 + 2 + 8 + 2 + 6 } else { 7 } + if context.by_length { 9 } else { 0 };
    let columns = ["DATE", "CALL", "TITLE", "REP", "LENGTH", "SCORE", "CONCERN", "AT"];
    let call_width = found.calls.iter().map(|call| call.call_ref.len()).max().unwrap_or(4).max(4);
    let room = width.saturating_sub(10 + call_width + 2 + 2 + tail);
    let rep_width = (room * 2 / 5).clamp(8, 24);
    let title_width = room.saturating_sub(rep_width).max(8);
    let cells = |texts: [String; 8], tone: Tone, concern: Tone| {
        let [date, call, title, rep, length, score, status, at] = texts;
        let cut = |text: &str, width| text::cut(&text::clean(text), width, style.ellipsis());
        let mut cells = vec![
            Cell::new(0, 9, date).tone(tone),
            Cell::new(1, call_width, call).tone(tone),
            Cell::new(2, title_width, cut(&title, title_width)).tone(tone),
            Cell::new(2, rep_width, cut(&rep, rep_width)).tone(tone),
        ];
        if context.by_length {
            cells.push(right(1, 8, &length).tone(tone));
        }
        cells.push(right(1, 5, &score).tone(tone));
        if context.shows_concerns {
            cells.push(Cell::new(2, 9, status).tone(concern));
            cells.push(right(1, 7, &at).tone(tone));
        }
        row(&cells)
    };
    let mut block = cells(columns.map(str::to_owned), Tone::Heading, Tone::Heading);
    for line in table_rows(found, context) {
        let call = line.call;
        let concern = context.concern(call).filter(|_| context.shows_concerns && line.first);
        let (status, tone) = concern.map_or(("", Tone::Plain), |(concern, _)| status_word(concern.status));
        let more = concern.filter(|(_, more)| *more > 0).map_or_else(String::new, |(_, more)| format!(" +{more}"));
        let at = concern.and_then(|(concern, _)| concern.start_ms).map(text::time).unwrap_or_default();
        let date = call.started_at.map(|at| text::short_date(at, &context.time_zone, Some(context.this_year)));
        block.extend(cells(
            [
                date.unwrap_or_else(|| style.dash().to_owned()),
                call.call_ref.clone(),
                call.label(),
                line.rep.clone(),
                call.duration_s
                    .map_or_else(|| style.dash().to_owned(), |seconds| text::time((seconds * 1_000.0) as i64)),
                whole(line.score, style.dash()),
                format!("{status}{more}"),
                at,
            ],
            Tone::Plain,
            tone,
        ));
        if line.first {
            block.extend(proof(call, concern.map(|(concern, _)| concern), context, style));
        }
    }
    block
}

/// What shows that the call is one that was looked for.
fn proof(call: &FoundCallOut, concern: Option<&FoundObjection>, context: &FoundIn, style: Style) -> Block {
    let width = style.page_width();
    let indent = 10;
    let mut block = Block::new();
    if let Some(concern) = concern {
        let quote = text::cut(&text::clean(&concern.quote), width.saturating_sub(indent + 2), style.ellipsis());
        block.extend(paragraph(indent, width, Tone::Plain, &format!("\"{quote}\"")));
    }
    if let Some(query) = &context.text {
        for line in call.matches.iter().take(LINES_A_CALL) {
            let at = line.start_ms.map_or_else(|| format!("#{}", line.line), text::time);
            let speaker = text::cut(&text::clean(&line.speaker), 14, style.ellipsis());
            let room = width.saturating_sub(indent + 8 + 15);
            let said =
                text::cut(&text::clean(&snippet(&line.text, query, room, style.ellipsis())), room, style.ellipsis());
            block.extend(row(&[
                right(indent, 7, &at).tone(Tone::Dim),
                Cell::new(1, 14, speaker),
                Cell::new(1, room, said),
            ]));
        }
        if call.matches.len() > LINES_A_CALL {
            let more = call.matches.len() - LINES_A_CALL;
            let end = if call.matches.len() >= 10 { " or more" } else { "" };
            block.extend(paragraph(indent + 8, width, Tone::Dim, &format!("and {more}{end} further lines")));
        }
    }
    block
}

/// The line from a little before the word that was found.
fn snippet(line: &str, query: &TextQuery, room: usize, ellipsis: &str) -> String {
    let at = query.find_in(line);
    let from = line.floor_char_boundary(at.saturating_sub(BEFORE_MATCH.min(room / 2)));
    if from == 0 {
        return line.to_owned();
    }
    let (_, rest) = line.split_at(from);
    let rest = rest.split_once(' ').map_or(rest, |(_, rest)| rest);
    format!("{ellipsis} {rest}")
}

/// How many are shown, and what to type next.
fn below(found: &SearchOut, context: &FoundIn, style: Style) -> Block {
    let width = style.page_width();
    let shown = found.calls.len();
    let (Some(first), true) = (found.calls.first(), shown > 0) else {
        let text = format!("There are {} calls; none of them behind --offset {}.", found.total, found.offset);
        return paragraph(0, width, Tone::Dim, &text);
    };
    let mut lines = vec![if found.total > shown as u64 {
        let next = found.offset + shown;
        let more = if (next as u64) < found.total { format!("  Next: --offset {next}") } else { String::new() };
        format!("{} to {} of {}.{more}", found.offset + 1, next, found.total)
    } else {
        format!("{shown} of {}.", found.total)
    }];
    lines.push(format!("Days are {}.", found.range.time_zone));
    if let Some(call) = found.calls.iter().find(|call| call.scores.is_empty() && call.has_transcript) {
        lines.push(format!("{} not scored yet: call-coach analyze {}", style.dash(), call.call_ref));
    }
    let corrected = found.calls.iter().filter(|call| call.scores.iter().any(|score| score.corrected > 0));
    let corrected: Vec<&str> = corrected.map(|call| call.call_ref.as_str()).collect();
    if !corrected.is_empty() {
        lines.push(format!("A person corrected verdicts of {}.", corrected.join(", ")));
    }
    let at = match (context.concern(first).filter(|_| context.shows_concerns), first.matches.first()) {
        (Some((concern, _)), _) => concern.start_ms,
        (None, Some(line)) => line.start_ms,
        (None, None) => None,
    };
    let at = at.map(|at| format!(" --at {}", text::time(at))).unwrap_or_default();
    lines.push(format!("Read one: call-coach show {}{at}", first.call_ref));
    if context.shows_concerns && context.statuses.is_empty() {
        lines.push("Only what is open: add --objection-status open".to_owned());
    }
    lines.iter().flat_map(|line| paragraph(0, width, Tone::Dim, line)).collect()
}

fn empty(found: &SearchOut, context: &FoundIn) -> String {
    let when = period(found, &context.time_zone).map(|when| format!(", {when}")).unwrap_or_default();
    let there_is = context.within.map(|Within { calls, scored }| {
        let calls = text::count(u32::try_from(calls).unwrap_or(u32::MAX), "call", "calls");
        format!(" {calls} in that time; {scored} scored.")
    });
    let advice = match (context.within.map(|within| within.calls), found.range.from) {
        (Some(0), None) => "Bring some in: call-coach import FILE, or call-coach sync.",
        (_, Some(_)) => "Try --from 90d, or fewer filters.",
        (_, None) => "Try fewer filters.",
    };
    format!("No call fits{when}.{} {advice}\n", there_is.unwrap_or_default())
}

/// One call a line between tabs, its reference first, for other programs.
pub fn search_lines(found: &SearchOut, context: &FoundIn) -> String {
    let mut out = String::new();
    for line in table_rows(found, context) {
        let call = line.call;
        let date = call.started_at.map(|at| at.to_zoned(context.time_zone.clone()).date().to_string());
        let title = call.label();
        let fields = [&*call.call_ref, &date.unwrap_or_default(), &whole(line.score, ""), &line.rep, &title];
        out.push_str(&fields.map(text::clean).join("\t"));
        out.push('\n');
    }
    out
}

/// The found calls as a markdown table.
pub fn search_markdown(found: &SearchOut, context: &FoundIn) -> String {
    if found.total == 0 {
        return empty(found, context);
    }
    let mut out = format!(
        "**{}**\n\n| Date | Call | Title | Rep | Score | |\n|---|---|---|---|--:|---|\n",
        escape(&context.title(found).join(", "))
    );
    for line in table_rows(found, context) {
        let call = line.call;
        let date = call.started_at.map(|at| text::long_date(at, &context.time_zone));
        let mut proof: Vec<String> = Vec::new();
        if let Some((concern, _)) = context.concern(call).filter(|_| context.shows_concerns && line.first) {
            let at = concern.start_ms.map(|at| format!("{} ", text::time(at))).unwrap_or_default();
            proof.push(format!("{}, {at}\"{}\"", status_word(concern.status).0, escape(&concern.quote)));
        }
        for found in call.matches.iter().take(LINES_A_CALL).filter(|_| line.first) {
            let at = found.start_ms.map(|at| format!("{} ", text::time(at))).unwrap_or_default();
            proof.push(format!("{at}{}: \"{}\"", escape(&found.speaker), escape(&found.text)));
        }
        let cells = [
            date.unwrap_or_else(|| "–".to_owned()),
            linked(&call.call_ref, call.url.as_deref()),
            escape(&call.label()),
            escape(&line.rep),
            whole(line.score, "–"),
            proof.join("<br>"),
        ];
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    let last = found.offset + found.calls.len();
    let zone = &found.range.time_zone;
    out.push_str(&format!("\n{} of {}. Days are {zone}.\n", last - found.offset, found.total));
    out
}

/// A cell whose text stands at its right end.
fn right(gap: usize, width: usize, value: &str) -> Cell {
    let own = text::width(value).min(width);
    Cell::new(gap + width - own, own, value)
}
