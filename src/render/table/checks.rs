//! Every check with its verdict and its proof, and the arithmetic from them to the score: the work, shown.

use crate::model::answers::Verdict;
use crate::output::report::{CheckOut, CriterionOut, DimensionOut};
use crate::render::layout::{Block, Cell, Line, Tone, beside, flow, paragraph, row};
use crate::render::view::View;
use crate::render::words::Said;
use crate::render::{text, words};

/// Room for the longest verdict that stands in a row of its own.
const VERDICT_WIDTH: usize = "not proven".len() + 1;
/// Longer check names are wrapped.
const LABEL_WIDTH: usize = 24;

/// The overall arithmetic, then one block for the title of each dimension and for each of its criteria.
pub(super) fn sections(view: &View<'_>) -> Vec<Block> {
    let report = view.report;
    let parts = report.dimensions.iter().map(|dimension| (dimension.weight, dimension.score));
    let mut blocks = vec![sum(view, "OVERALL", report.overall.score, parts)];
    for dimension in report.dimensions.iter().filter(|dimension| dimension.applicable > 0) {
        blocks.push(title(view, dimension));
        blocks.extend(dimension.criteria.iter().map(|criterion| criterion_block(view, criterion)));
    }
    blocks
}

fn title(view: &View<'_>, dimension: &DimensionOut) -> Block {
    let title = text::clean(&dimension.title).to_uppercase();
    match words::no_score(dimension.status) {
        Some(reason) => {
            let room = view.width.saturating_sub(2 + text::width(reason));
            vec![Line::new(Tone::Heading, view.cut(&title, room)).put(Tone::Dim, format!("  {reason}"))]
        }
        None => {
            let parts = dimension.criteria.iter().map(|criterion| (criterion.weight, criterion.score));
            sum(view, &title, dimension.score, parts)
        }
    }
}

/// `DISCOVERY 43 = 15% × 0 + 25% × 88 …`: a score can always be traced.
fn sum(view: &View<'_>, title: &str, score: Option<f64>, parts: impl Iterator<Item = (f64, Option<f64>)>) -> Block {
    let terms = words::terms(parts, view.style.times());
    let Some(score) = score else { return Block::new() };
    let head = Line::new(Tone::Heading, format!("{}  {}", view.cut(title, 28), text::whole(score)));
    if terms.is_empty() {
        return vec![head];
    }
    let head = head.put(Tone::Plain, "  =  ");
    let indent = head.width();
    let mut lines = flow(view.width.saturating_sub(indent), " ", &terms).into_iter();
    let mut block = vec![head.put(Tone::Plain, lines.next().unwrap_or_default())];
    block.extend(lines.map(|line| Line::default().pad_to(indent).put(Tone::Plain, line)));
    block
}

fn criterion_block(view: &View<'_>, criterion: &CriterionOut) -> Block {
    let weight = format!("weight {}", text::decimal(criterion.weight));
    let score = format!("{:>3}   {weight:<10}", words::score(criterion.score, view.style.dash()));
    let title_width = view.width.saturating_sub(1 + text::width(&score) + 2).min(60);
    let title = Line::new(Tone::Plain, format!(" {}", view.cut(&criterion.title, title_width)));
    let mut block = vec![title.pad_to(1 + title_width + 1).put(Tone::Plain, score.trim_end())];
    for check in criterion.checks.iter().filter(|check| !gathered(check)) {
        block.extend(check_block(view, check));
    }
    for verdict in [Verdict::Unanswered, Verdict::NotApplicable] {
        block.extend(gathered_line(view, criterion, verdict));
    }
    if let Some(costs) = words::costs(view.report, criterion.costs) {
        block.extend(paragraph(2 + VERDICT_WIDTH, view.width, Tone::Dim, &costs));
    }
    block
}

/// Whether a check says nothing but that there is nothing to say: those share a line.
fn gathered(check: &CheckOut) -> bool {
    matches!(check.verdict, Verdict::Unanswered | Verdict::NotApplicable)
        && words::check_comment(check, true).is_empty()
}

fn gathered_line(view: &View<'_>, criterion: &CriterionOut, verdict: Verdict) -> Block {
    let checks = criterion.checks.iter().filter(|check| check.verdict == verdict && gathered(check));
    let labels: Vec<String> = checks.clone().map(words::label).collect();
    let Some(first) = checks.clone().next() else { return Block::new() };
    let text = format!("{}: {}", words::verdict(first), labels.join(", "));
    paragraph(2, view.width, Tone::Dim, &text)
}

fn check_block(view: &View<'_>, check: &CheckOut) -> Block {
    let tone = match check.verdict {
        Verdict::Yes => Tone::Good,
        Verdict::No | Verdict::Unverified => Tone::Warn,
        Verdict::Partial => Tone::Plain,
        Verdict::NotApplicable | Verdict::Unanswered => Tone::Dim,
    };
    let verdict = words::verdict(check);
    let at = 2 + VERDICT_WIDTH + LABEL_WIDTH;
    let beside_it = view.in_proof_column(at);
    let mut block =
        row(&[Cell::new(2, VERDICT_WIDTH, verdict).tone(tone), Cell::new(0, LABEL_WIDTH, words::label(check))]);
    block = match beside_it {
        Some(column) => beside(block, proof(&column, check), at),
        None => {
            let below = proof(&view.in_column(view.width.saturating_sub(VERDICT_WIDTH)), check);
            block.extend(beside(Block::new(), below, VERDICT_WIDTH));
            block
        }
    };
    block.extend(paragraph(
        2 + VERDICT_WIDTH,
        view.width,
        Tone::Dim,
        &words::check_comment(check, view.options.snippets),
    ));
    block
}

/// What a verdict rests on: the value, the lines, or where it should have happened.
fn proof(view: &View<'_>, check: &CheckOut) -> Block {
    let mut block = Block::new();
    if let Some(measured) = &check.measured {
        let value = words::measured(check.metric.as_deref().unwrap_or_default(), measured);
        block.extend(paragraph(2, view.width, Tone::Plain, &value));
    }
    let said: Vec<Said<'_>> = check.evidence.iter().map(Said::new).collect();
    block.extend(view.said(&said, ""));
    if let Some(chance) = &check.chance {
        let mut text = format!("chance: {}", words::place(chance.start_ms, chance.line));
        if view.options.snippets {
            let room = view.width.saturating_sub(2);
            text = format!("{text}, after {}", view.quote(&chance.quote, room, 2));
        }
        block.extend(paragraph(2, view.width, Tone::Dim, &text));
    }
    block
}
