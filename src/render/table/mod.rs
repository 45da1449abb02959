//! The report in a terminal. A reader who stops after ten lines has the number, the verdict and the one action.

mod checks;
mod scores;
mod sections;

use super::layout::{Block, Line, Tone, beside, flow, paragraph, print, row, stack};
use super::view::View;
use super::words::Said;
use super::{Detail, Options, Style, layout::Cell, text, words};
use crate::model::scorecard::Band;
use crate::output::report::{MomentKind, Report};

/// The narrowest column in which moments are still readable beside the scores.
const MOMENTS_MIN: usize = 30;
/// Blanks between the scores and the moments.
const MOMENTS_GAP: usize = 4;
/// From this page width on, moments stand to the right of the scores.
const WIDE: usize = 120;

/// The report of one call as text for a terminal, each line ended by a line feed.
///
/// No line is wider than the page (see [`Style::width`]), and none ends in blanks. Everything that comes from the
/// transcript is stripped of control characters.
pub fn report(report: &Report, style: Style, options: &Options) -> String {
    let view = View::new(report, style, options);
    let mut blocks = vec![opening(&view)];
    if report.not_scored.is_none() {
        blocks.extend([last_time(&view), next_call(&view)]);
    }
    if options.detail != Detail::Brief {
        blocks.extend(body(&view));
        blocks.push(sections::gong(&view));
        if options.detail == Detail::Full {
            blocks.extend(checks::sections(&view));
            blocks.push(sections::people(&view));
        }
        if report.not_scored.is_none() {
            blocks.push(notes(&view));
        }
        blocks.extend([footer(&view), commands(&view)]);
    }
    print(stack(blocks), style.colour)
}

/// Scores, concerns, moments, numbers.
fn body(view: &View<'_>) -> Vec<Block> {
    if view.report.not_scored.is_some() {
        return vec![sections::numbers(view)];
    }
    let left_width = scores::natural_width(view);
    let right_at = left_width + MOMENTS_GAP;
    let right = view.in_column(view.width.saturating_sub(right_at));
    let moments = |view| [moments(view, MomentKind::Keep), moments(view, MomentKind::Change)];
    if view.width < WIDE || right.width < MOMENTS_MIN {
        let [keep, change] = moments(view);
        return vec![scores::section(view), sections::concerns(view), keep, change, sections::numbers(view)];
    }
    let left = view.in_column(left_width);
    let left = stack([scores::section(&left), sections::concerns(&left), sections::numbers(&left)]);
    vec![beside(left, stack(moments(&right)), right_at)]
}

/// What and who, the number, the verdict.
fn opening(view: &View<'_>) -> Block {
    let report = view.report;
    let between = format!(" {} ", view.style.dot());
    let title = flow(view.width, &between, &words::title(report, view.options));
    let mut block: Block = title.into_iter().map(|line| Line::new(Tone::Heading, line)).collect();
    block.push(Line::new(Tone::Dim, view.style.rule().repeat(view.width)));
    if let Some(reason) = &report.not_scored {
        block.push(Line::new(Tone::Heading, " No score: this is not a call to coach."));
        let reason = format!("{} Stored, not scored.", text::sentence(reason));
        block.extend(paragraph(1, view.width, Tone::Plain, &reason));
        block.extend(notes(view));
        return block;
    }
    block.extend(headline(view));
    block.extend(paragraph(1, view.width, Tone::Plain, &report.verdict));
    block
}

fn headline(view: &View<'_>) -> Block {
    let report = view.report;
    let score = format!("{:>3}  ", words::score(report.overall.score, view.style.dash()));
    let line = Line::new(Tone::Heading, score).put(band_tone(report.overall.band), words::band(report));
    let remarks = words::proviso(report).into_iter().chain(words::first_look(report));
    remarks.fold(vec![line], |block, remark| append(block, view.width, (5, 5), &remark))
}

/// What was asked after the call before, and whether it was done.
fn last_time(view: &View<'_>) -> Block {
    let Some(previous) = &view.report.previous_action else { return Block::new() };
    let heading = "LAST TIME";
    let room = view.width.saturating_sub(heading.len() + 2);
    let block = row(&[Cell::new(0, heading.len(), heading).tone(Tone::Heading), Cell::new(2, room, &*previous.text)]);
    append(block, view.width, (3, heading.len() + 2), &words::previous(previous))
}

/// Puts a remark behind the last line, a gap away, or below it, indented, where there is no room.
fn append(mut block: Block, page_width: usize, (gap, indent): (usize, usize), remark: &str) -> Block {
    match block.pop() {
        Some(last) if last.width() + gap + text::width(remark) <= page_width => {
            let end = last.width() + gap;
            block.push(last.pad_to(end).put(Tone::Dim, remark));
        }
        last => {
            block.extend(last);
            block.extend(paragraph(indent, page_width, Tone::Dim, remark));
        }
    }
    block
}

/// The one thing to do, and the lines that show why.
fn next_call(view: &View<'_>) -> Block {
    let Some(action) = &view.report.action else { return Block::new() };
    let mut block = vec![Line::new(Tone::Heading, "NEXT CALL")];
    block.extend(paragraph(1, view.width, Tone::Plain, &action.text));
    let said: Vec<Said<'_>> = action.spoken.iter().map(Said::new).collect();
    stack([block, view.said(&said, words::action_comment(view.report, view.options.snippets))])
}

fn moments(view: &View<'_>, kind: MomentKind) -> Block {
    let heading = match kind {
        MomentKind::Keep => "KEEP DOING",
        MomentKind::Change => "CHANGE",
    };
    let mut block = Block::new();
    for moment in words::moments(view.report, kind) {
        let said: Vec<Said<'_>> = moment.spoken.iter().map(Said::new).collect();
        block.extend(view.said(&said, words::moment_comment(moment, view.options.snippets)));
    }
    if !block.is_empty() {
        block.insert(0, Line::new(Tone::Heading, heading));
    }
    block
}

fn notes(view: &View<'_>) -> Block {
    view.report.notes.iter().flat_map(|note| paragraph(1, view.width, Tone::Plain, note)).collect()
}

fn footer(view: &View<'_>) -> Block {
    let ids = words::request_ids(view.report).filter(|_| view.options.detail == Detail::Full);
    let paragraphs = words::footer(view.report).into_iter().chain(ids);
    paragraphs.flat_map(|text| paragraph(1, view.width, Tone::Dim, &text)).collect()
}

fn commands(view: &View<'_>) -> Block {
    let lines = flow(view.width.saturating_sub(1), "   ", &words::next_commands(view.report, view.options.detail));
    lines.into_iter().map(|line| Line::new(Tone::Dim, format!(" {line}"))).collect()
}

fn band_tone(band: Option<Band>) -> Tone {
    match band {
        Some(Band::Strong) => Tone::Good,
        Some(Band::NeedsWork) => Tone::Warn,
        Some(Band::Solid) | None => Tone::Plain,
    }
}
