//! What Gong itself says about a call, under its own name.

use crate::output::report::Report;
use crate::render::{Detail, Options};

/// Longest part of Gong's summary that is shown unless everything is, in characters.
const SHORT_BRIEF: usize = 280;

/// Label and text of each row; none for a call that did not come from Gong.
pub(in crate::render) fn gong(report: &Report, options: &Options) -> Vec<(&'static str, String)> {
    let Some(findings) = &report.gong else { return Vec::new() };
    let brief = findings.brief.as_deref().filter(|_| options.snippets).map(|brief| {
        let short: String = brief.chars().take(SHORT_BRIEF).collect();
        if options.detail == Detail::Full || short.len() == brief.len() {
            brief.to_owned()
        } else {
            format!("{short} …")
        }
    });
    let topics = findings.topics.iter().map(|topic| topic.name.clone()).collect::<Vec<_>>();
    let trackers =
        findings.trackers.iter().map(|tracker| format!("{} {}×", tracker.name, tracker.count)).collect::<Vec<_>>();
    let some = |list: Vec<String>| Some(list.join(", ")).filter(|text| !text.is_empty());
    let rows =
        [("Summary", brief), ("Topics", some(topics)), ("Trackers", some(trackers)), ("Link", report.call.url.clone())];
    rows.into_iter().filter_map(|(label, text)| Some((label, text?))).collect()
}
