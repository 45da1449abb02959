//! The scores of a report, drawn by hand: bars give way to numbers, and numbers of less weight to those of more.

use super::band_tone;
use crate::output::report::DimensionOut;
use crate::render::layout::{Block, Line, Tone, paragraph};
use crate::render::view::View;
use crate::render::{bars, text, words};

/// Where the columns of the table stand on this page.
struct Columns {
    title_width: usize,
    bar_cells: Option<usize>,
    score_end: usize,
    weight_end: Option<usize>,
    checks_at: usize,
    band_at: usize,
}

impl Columns {
    fn of(view: &View<'_>) -> Self {
        let report = view.report;
        let titles = report.dimensions.iter().map(|dimension| text::width(&text::clean(&dimension.title)));
        let titles = titles.chain([text::width(&overall_title(view))]);
        let widest_title = titles.max().unwrap_or_default().clamp(12, 30) + 2;
        let unscored = report.dimensions.iter().filter_map(|dimension| words::no_score(dimension.status));
        let bar_cells = bars::cells(view.style.page_width());

        let bar = bar_cells.unwrap_or_default();
        // Without bars the reason for a missing score stands where the band would.
        let reason = if bar_cells.is_some() { 0 } else { unscored.map(str::len).max().unwrap_or_default() };
        let behind_score = 3 + "21 of 21".len() + 3 + "needs work".len().max(reason);
        let room_for_title = |weight: usize| view.width.saturating_sub(1 + bar + 4 + weight + behind_score);
        let weight = if room_for_title(7) >= widest_title.min(20) { 7 } else { 0 };

        let title_width = widest_title.min(room_for_title(weight));
        let score_end = 1 + title_width + bar + 4;
        let checks_at = score_end + weight + 3;
        Columns {
            title_width,
            bar_cells,
            score_end,
            weight_end: (weight > 0).then_some(score_end + weight),
            checks_at,
            band_at: checks_at + "21 of 21".len() + 3,
        }
    }
}

/// How wide the table is when nothing has to be cut.
pub(super) fn natural_width(view: &View<'_>) -> usize {
    Columns::of(view).band_at + "needs work".len()
}

pub(super) fn section(view: &View<'_>) -> Block {
    let report = view.report;
    if report.dimensions.is_empty() {
        return Block::new();
    }
    let columns = Columns::of(view);
    let mut heading = Line::new(Tone::Heading, "SCORES");
    if let Some(end) = columns.weight_end {
        heading = put_before(heading, end, Tone::Dim, "weight");
    }
    let mut block = vec![heading.pad_to(columns.checks_at).put(Tone::Dim, "checks")];
    block.extend(report.dimensions.iter().map(|dimension| dimension_line(view, &columns, dimension)));
    block.push(overall_line(view, &columns));
    for note in words::score_notes(report) {
        block.extend(paragraph(1, view.width, Tone::Dim, &note));
    }
    block
}

fn dimension_line(view: &View<'_>, columns: &Columns, dimension: &DimensionOut) -> Line {
    let reason = words::no_score(dimension.status);
    let mut line = start(view, columns, &dimension.title);
    match reason {
        Some(reason) if columns.bar_cells.is_some() => line = line.put(Tone::Dim, reason),
        _ => line = with_score(view, columns, line, dimension.score, Tone::Plain),
    }
    if let Some(end) = columns.weight_end {
        line = put_before(line, end, Tone::Plain, &format!("{} %", text::decimal(dimension.weight)));
    }
    line = line.pad_to(columns.checks_at).put(Tone::Plain, words::answered(dimension));
    match reason {
        Some(reason) if columns.bar_cells.is_none() => line.pad_to(columns.band_at).put(Tone::Dim, reason),
        _ => with_band(columns, line, dimension),
    }
}

fn with_band(columns: &Columns, line: Line, dimension: &DimensionOut) -> Line {
    match dimension.band {
        Some(band) => line.pad_to(columns.band_at).put(band_tone(Some(band)), band.label()),
        None => line,
    }
}

fn overall_line(view: &View<'_>, columns: &Columns) -> Line {
    let overall = &view.report.overall;
    let line = start(view, columns, &overall_title(view));
    let line = match overall.score {
        None if columns.bar_cells.is_some() => line.put(Tone::Dim, "not enough to say"),
        score => with_score(view, columns, line, score, Tone::Heading),
    };
    line.pad_to(columns.checks_at).put(Tone::Plain, words::overall_answered(view.report))
}

fn overall_title(view: &View<'_>) -> String {
    format!("Overall, as {}", text::clean(&view.report.rep.role_label))
}

fn start(view: &View<'_>, columns: &Columns, title: &str) -> Line {
    let title = view.cut(title, columns.title_width.saturating_sub(2));
    Line::new(Tone::Plain, format!(" {title}")).pad_to(1 + columns.title_width)
}

fn with_score(view: &View<'_>, columns: &Columns, line: Line, score: Option<f64>, tone: Tone) -> Line {
    let mut line = line;
    if let (Some(cells), Some(score)) = (columns.bar_cells, score) {
        let (full, empty) = bars::bar(score, cells, view.style);
        line = line.put(Tone::Plain, full).put(Tone::Dim, empty);
    }
    put_before(line, columns.score_end, tone, &words::score(score, view.style.dash()))
}

/// Puts text so that it ends at this column.
fn put_before(line: Line, end: usize, tone: Tone, text: &str) -> Line {
    line.pad_to(end.saturating_sub(text::width(text))).put(tone, text)
}
