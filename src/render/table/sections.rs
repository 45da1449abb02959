//! Concerns, numbers and people.

use crate::model::objection::ObjectionStatus;
use crate::output::report::ObjectionOut;
use crate::render::layout::{Block, Cell, Line, Tone, fit, paragraph, row};
use crate::render::view::View;
use crate::render::words::Said;
use crate::render::{Detail, text, words};

/// The buyer's concerns, each once, with its repeats and the answer.
pub(super) fn concerns(view: &View<'_>) -> Block {
    let concerns = &view.report.objections;
    if concerns.is_empty() {
        return Block::new();
    }
    let label_width = concerns.iter().map(|concern| concern.kind.label().len()).max().unwrap_or_default().max(9);
    let mut block =
        vec![Line::new(Tone::Heading, "CONCERNS").put(Tone::Plain, format!("  {}", words::concerns(concerns)))];
    block.extend(concerns.iter().flat_map(|concern| one_concern(view, concern, label_width)));
    block
}

fn one_concern(view: &View<'_>, concern: &ObjectionOut, label_width: usize) -> Block {
    let tone = match concern.status {
        ObjectionStatus::Resolved => Tone::Good,
        ObjectionStatus::Unresolved | ObjectionStatus::Missed => Tone::Warn,
        ObjectionStatus::Parked => Tone::Plain,
    };
    let status = words::concern_status(concern, view.options.snippets);
    let room = view.width.saturating_sub(1 + label_width + 2);
    let mut block = row(&[Cell::new(1, label_width, concern.kind.label()), Cell::new(2, room, status).tone(tone)]);
    block.extend(view.said(&[Said::raised(concern)], &words::concern_comment(concern)));
    if let Some(response) = Said::response(concern) {
        block.extend(view.said(&[response], ""));
    }
    block
}

/// What was measured, beside its guideline.
pub(super) fn numbers(view: &View<'_>) -> Block {
    let numbers = &view.report.numbers;
    if numbers.is_empty() {
        return Block::new();
    }
    let rows: Vec<[String; 4]> = numbers
        .iter()
        .map(|number| {
            let guide = number.guide.as_deref().unwrap_or(view.style.dash());
            [&number.label, &number.value, guide, number.standing.as_deref().unwrap_or_default()].map(text::clean)
        })
        .collect();
    let widths = number_widths(view, &rows);
    let heading = ["NUMBERS", "this call", "guide", ""].map(str::to_owned);
    let mut block = number_row(view, widths, &heading, [Tone::Heading, Tone::Dim, Tone::Dim, Tone::Dim]);
    for cells in &rows {
        let standing = if matches!(cells[3].as_str(), "over" | "under") { Tone::Warn } else { Tone::Plain };
        block.extend(number_row(view, widths, cells, [Tone::Plain, Tone::Plain, Tone::Dim, standing]));
    }
    let asides = words::never_scored(view.report).filter(|_| view.options.detail == Detail::Full);
    block.extend(asides.iter().flat_map(|aside| paragraph(1, view.width, Tone::Dim, aside)));
    block
}

/// What Gong itself says, under its name, so that nobody takes it for ours.
pub(super) fn gong(view: &View<'_>) -> Block {
    let rows = words::gong(view.report, view.options);
    let Some(label_width) = rows.iter().map(|(label, _)| label.len()).max() else { return Block::new() };
    let room = view.width.saturating_sub(1 + label_width + 2);
    let mut block = vec![Line::new(Tone::Heading, "FROM GONG")];
    for (label, text) in rows {
        block.extend(row(&[Cell::new(1, label_width, label).tone(Tone::Dim), Cell::new(2, room, text::clean(&text))]));
    }
    block
}

/// Drawn by hand and not as a plain table, because colour follows the standing and the title of the
/// section shares a line with the headers.
fn number_row(view: &View<'_>, widths: [usize; 4], cells: &[String; 4], tones: [Tone; 4]) -> Block {
    let [label, value, guide, standing] = widths;
    // A guide with nothing behind it may use the room to the edge.
    let guide = if cells[3].is_empty() { view.width.saturating_sub(1 + label + 3 + value + 3) } else { guide };
    let indent = usize::from(tones[0] != Tone::Heading);
    row(&[
        Cell::new(indent, label + 1 - indent, cells[0].as_str()).tone(tones[0]),
        Cell::new(3, value, cells[1].as_str()).tone(tones[1]),
        Cell::new(3, guide, cells[2].as_str()).tone(tones[2]),
        Cell::new(3, standing, cells[3].as_str()).tone(tones[3]),
    ])
}

fn number_widths(view: &View<'_>, rows: &[[String; 4]]) -> [usize; 4] {
    let mut widths = ["NUMBERS", "this call", "guide", ""].map(str::len);
    for cells in rows {
        for (i, (width, cell)) in widths.iter_mut().zip(cells).enumerate() {
            if i < 2 || !cells[3].is_empty() {
                *width = text::width(cell).max(*width);
            }
        }
    }
    fit(&mut widths, view.width.saturating_sub(1 + 3 + 3 + 3));
    widths
}

/// Who was on the call and what told whose side they are on: everything else rests on it.
pub(super) fn people(view: &View<'_>) -> Block {
    let people = &view.report.participants;
    if people.is_empty() {
        return Block::new();
    }
    let names = people.iter().map(|person| text::width(&text::clean(&person.name)));
    let name_width = names.max().unwrap_or_default().clamp(4, 20);
    let room = view.width.saturating_sub(1 + name_width + 3);
    let mut block = vec![Line::new(Tone::Heading, "PEOPLE")];
    for person in people {
        let name = view.cut(&person.name, name_width);
        block.extend(row(&[Cell::new(1, name_width, name), Cell::new(3, room, words::person(person))]));
    }
    block
}
