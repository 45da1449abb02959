//! Whole documents, read by eye before they were kept, and the rules that hold for every one of them.

mod full;
mod hostile;
mod html;
mod insights;
mod markdown;
mod sizes;
mod terminal;

use super::{Detail, Options, Style};
use crate::output::report::Report;

fn style(width: usize) -> Style {
    Style { width, colour: false, unicode: true }
}

fn options(detail: Detail) -> Options {
    Options { detail, snippets: true, time_zone: jiff::tz::TimeZone::UTC }
}

fn normal(report: &Report, width: usize) -> String {
    super::report(report, style(width), &options(Detail::Normal))
}
