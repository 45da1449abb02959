//! Every check with its verdict and its proof.

use super::{DASH, Page, escape};
use crate::output::report::{CheckOut, CriterionOut, DimensionOut, Report};
use crate::render::text;
use crate::render::words::{self, Said};

pub(super) fn sections(page: &mut Page<'_>, report: &Report) {
    if let Some(score) = report.overall.score {
        page.heading(2, &format!("Overall: {}", text::whole(score)));
        sum(page, score, report.dimensions.iter().map(|dimension| (dimension.weight, dimension.score)));
    }
    for dimension in report.dimensions.iter().filter(|dimension| dimension.applicable > 0) {
        title(page, dimension);
        dimension.criteria.iter().for_each(|each| criterion(page, report, each));
    }
}

fn title(page: &mut Page<'_>, dimension: &DimensionOut) {
    let score = words::score(dimension.score, DASH);
    let score = words::no_score(dimension.status).unwrap_or(&score);
    page.heading(2, &format!("{}: {score}", dimension.title));
    if let Some(score) = dimension.score {
        sum(page, score, dimension.criteria.iter().map(|criterion| (criterion.weight, criterion.score)));
    }
}

fn sum(page: &mut Page<'_>, score: f64, parts: impl Iterator<Item = (f64, Option<f64>)>) {
    let terms = words::terms(parts, "×");
    if !terms.is_empty() {
        page.paragraph(&format!("{} = {}", text::whole(score), terms.join(" ")));
    }
}

fn criterion(page: &mut Page<'_>, report: &Report, criterion: &CriterionOut) {
    let score = words::score(criterion.score, DASH);
    page.heading(3, &format!("{}: {score}, weight {}", criterion.title, text::decimal(criterion.weight)));
    let rows: Vec<[String; 3]> = criterion
        .checks
        .iter()
        .map(|check| [words::verdict(check).to_owned(), escape(&words::label(check)), proof(page, check)])
        .collect();
    if !rows.is_empty() {
        page.table(["Verdict", "Check", "Proof"], [false; 3], &rows);
    }
    page.paragraph(&words::costs(report, criterion.costs).unwrap_or_default());
}

/// What a verdict rests on, in one cell.
fn proof(page: &Page<'_>, check: &CheckOut) -> String {
    let mut parts = Vec::new();
    if let Some(measured) = &check.measured {
        parts.push(escape(&words::measured(check.metric.as_deref().unwrap_or_default(), measured)));
    }
    parts.extend(check.evidence.iter().map(|spoken| page.spoken(&Said::new(spoken))));
    parts.extend(check.chance.iter().map(|chance| format!("chance: {}", page.spoken(&Said::new(chance)))));
    parts.push(escape(&words::check_comment(check, page.options.snippets)));
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}
