//! The numbers table: what people call each metric, in words and units they use.

use crate::analyze::Analysis;
use crate::model::answers::Verdict;
use crate::rubric::{Guideline, RubricSet};
use crate::speech::metrics::TalkBasis;

use super::report::NumberOut;

/// The rows of the numbers table; what is unknown has no row.
pub(super) fn numbers(analysis: &Analysis, set: &RubricSet) -> Vec<NumberOut> {
    let metrics = &analysis.prepared.metrics;
    let rep = analysis.prepared.call.parties.get(analysis.prepared.rep).map_or("", |party| party.display_name());
    let guideline =
        |metric: &str| set.guidelines.find(metric, analysis.prepared.call.call_type, analysis.prepared.duration_ms);
    let mut rows = Vec::new();
    let mut measured = |label: String, metric: &str, value: Option<f64>, show: fn(f64) -> String| {
        let Some(value) = value else { return };
        let guideline = guideline(metric);
        rows.push(NumberOut {
            label,
            value: show(value),
            guide: guideline.map(|guideline| range(&guideline, show)),
            standing: guideline.map(|guideline| standing(&guideline, value).to_owned()),
        });
    };
    let share = match metrics.talk_share_of {
        Some(TalkBasis::Words) => format!("Talk share in words, {rep}"),
        _ => format!("Talk share, {rep}"),
    };
    measured(share, "rep_talk_share", metrics.rep_talk_share, percent);
    measured(format!("Longest stretch, {rep}"), "longest_monologue_s", metrics.longest_monologue_s, clock);
    measured("Wait before answering".to_owned(), "patience_s", metrics.patience_s, seconds);
    if let Some(questions) = metrics.rep_questions {
        let guideline = guideline("rep_questions");
        rows.push(NumberOut {
            label: format!("Questions by {rep}"),
            value: match metrics.open_questions {
                Some(open) => format!("{questions}, {open} open"),
                None => questions.to_string(),
            },
            guide: guideline.map(|guideline| range(&guideline, |value| format!("{value:.0}"))),
            standing: guideline.map(|guideline| standing(&guideline, f64::from(questions)).to_owned()),
        });
    }
    if let Some(ratio) = gongs_ratio(analysis) {
        let below_ours = usize::from(metrics.rep_talk_share.is_some());
        rows.insert(below_ours, plain("Talk share as Gong measures it", percent(ratio)));
    }
    if let Some(questions) = metrics.buyer_questions {
        rows.push(plain("Questions by the buyer", questions.to_string()));
    }
    if let Some(booked) = metrics.next_step_booked {
        rows.push(plain("Next step with a day", if booked { "agreed" } else { "none agreed" }.to_owned()));
    }
    rows
}

/// Gong measures the host only, who need not be the coached person.
fn gongs_ratio(analysis: &Analysis) -> Option<f64> {
    let findings = analysis.gong.as_ref()?;
    let rep = analysis.prepared.call.parties.get(analysis.prepared.rep)?;
    findings.talk_ratio.filter(|_| findings.host.is_some() && findings.host == rep.speaker_key)
}

fn plain(label: &str, value: String) -> NumberOut {
    NumberOut { label: label.to_owned(), value, guide: None, standing: None }
}

fn range(guideline: &Guideline, show: fn(f64) -> String) -> String {
    match (guideline.min, guideline.max) {
        (Some(min), Some(max)) => format!("{} to {}", show(min), show(max)),
        (Some(min), None) => format!("{} or more", show(min)),
        (None, Some(max)) => format!("up to {}", show(max)),
        (None, None) => String::new(),
    }
}

fn standing(guideline: &Guideline, value: f64) -> &'static str {
    match guideline.judge(value) {
        Verdict::Yes => "within",
        _ if guideline.max.is_some_and(|max| value > max) => "over",
        _ => "under",
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn seconds(seconds: f64) -> String {
    format!("{seconds:.1} s")
}

fn clock(seconds: f64) -> String {
    let seconds = seconds.round() as i64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
