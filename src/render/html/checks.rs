//! Every check with its verdict and its proof, and the arithmetic from them to the score.

use maud::{Markup, html};

use super::{DASH, Quoting, plain};
use crate::model::answers::Verdict;
use crate::output::report::{CheckOut, CriterionOut, DimensionOut, Report};
use crate::render::text;
use crate::render::words::{self, Said};

pub(super) fn sections(report: &Report, quoting: Quoting<'_>) -> Markup {
    html! {
        @if let Some(score) = report.overall.score {
            section.whole {
                h2 { "Overall: " (text::whole(score)) }
                (sum(score, report.dimensions.iter().map(|dimension| (dimension.weight, dimension.score))))
            }
        }
        @for dimension in report.dimensions.iter().filter(|dimension| dimension.applicable > 0) {
            section {
                (title(dimension))
                @for one in &dimension.criteria { (criterion(report, one, quoting)) }
            }
        }
    }
}

fn title(dimension: &DimensionOut) -> Markup {
    let score = words::score(dimension.score, DASH);
    html! {
        h2 { (plain(&dimension.title)) ": " (words::no_score(dimension.status).unwrap_or(&score)) }
        @if let Some(score) = dimension.score {
            (sum(score, dimension.criteria.iter().map(|criterion| (criterion.weight, criterion.score))))
        }
    }
}

fn sum(score: f64, parts: impl Iterator<Item = (f64, Option<f64>)>) -> Markup {
    let terms = words::terms(parts, "×");
    html! { @if !terms.is_empty() { p.sum { (text::whole(score)) " = " (terms.join(" ")) } } }
}

fn criterion(report: &Report, criterion: &CriterionOut, quoting: Quoting<'_>) -> Markup {
    html! {
        h3 {
            (plain(&criterion.title)) ": " (words::score(criterion.score, DASH))
            span.dim { ", weight " (text::decimal(criterion.weight)) }
        }
        ul.checks { @for one in &criterion.checks { (check(one, quoting)) } }
        @if let Some(costs) = words::costs(report, criterion.costs) { p.note { (costs) } }
    }
}

fn check(check: &CheckOut, quoting: Quoting<'_>) -> Markup {
    let class = match check.verdict {
        Verdict::Yes => "good",
        Verdict::No | Verdict::Unverified => "warn",
        Verdict::Partial => "",
        Verdict::NotApplicable | Verdict::Unanswered => "dim",
    };
    let comment = words::check_comment(check, quoting.snippets);
    html! {
        li {
            span class=(class) { (words::verdict(check)) }
            div {
                p { (plain(&check.ask)) " " code { (plain(&check.id)) } }
                @if let Some(measured) = &check.measured {
                    p.spoken { (words::measured(check.metric.as_deref().unwrap_or_default(), measured)) }
                }
                @for spoken in &check.evidence { p.spoken { (quoting.spoken(&Said::new(spoken))) } }
                @if let Some(chance) = &check.chance {
                    p.spoken { "chance: " (quoting.spoken(&Said::new(chance))) }
                }
                @if !comment.is_empty() { p.dim { (plain(&comment)) } }
            }
        }
    }
}
