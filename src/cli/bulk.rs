//! Many calls in one run: leave to spend, progress on stderr, a line a call, totals.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::app::App;
use super::error::{CliError, Kind};
use crate::analyze::Analyst;
use crate::model::answers::{AnalystKind, Usage};
use crate::output::estimate::EstimateOut;
use crate::output::report::Report;
use crate::render;
use crate::render::text;

/// What a run over many calls has done so far.
pub(super) struct Progress {
    bar: ProgressBar,
    scored: usize,
    stored: usize,
    not_scored: usize,
    failed: usize,
    usage: Usage,
    analyst: AnalystKind,
}

impl Progress {
    /// A line on stderr where that is a terminal; what is done is summed up in any case.
    pub(super) fn new(app: &App<'_>, calls: usize, analyst: AnalystKind) -> Self {
        let shown = calls > 1 && app.ui.shows_progress();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(calls as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{pos} of {len} calls{msg}, about {eta} left") {
            bar.set_style(style);
        }
        Progress { bar, scored: 0, stored: 0, not_scored: 0, failed: 0, usage: Usage::default(), analyst }
    }

    /// A call is done.
    pub(super) fn done(&mut self, report: &Report, usage: &Usage) {
        match report {
            report if report.not_scored.is_some() => self.not_scored += 1,
            report if report.cached => self.stored += 1,
            _ => self.scored += 1,
        }
        self.usage.add(usage);
        self.step();
    }

    /// A call has failed.
    pub(super) fn failed(&mut self) {
        self.failed += 1;
        self.step();
    }

    fn step(&self) {
        self.bar.set_message(format!(", {} failed, {} stored before{}", self.failed, self.stored, self.cost()));
        self.bar.inc(1);
    }

    fn cost(&self) -> String {
        match (self.analyst, self.usage.cost_microusd) {
            (AnalystKind::Local, _) => String::new(),
            (AnalystKind::Claude, Some(cost)) => format!(", {}", text::dollars(cost as f64 / 1e6)),
            (AnalystKind::Claude, None) if self.usage.requests == 0 => String::new(),
            (AnalystKind::Claude, None) => ", price unknown".to_owned(),
        }
    }

    /// Lets something be printed above the line.
    pub(super) fn above<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// The sum of it all.
    pub(super) fn sum(self) -> String {
        self.bar.finish_and_clear();
        let counts = [
            (self.scored, "scored"),
            (self.stored, "scored before"),
            (self.not_scored, "not to be coached"),
            (self.failed, "failed"),
        ];
        let counts: Vec<String> =
            counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        let mut sum = counts.join(", ");
        if self.usage.requests > 0 {
            let requests = text::count(self.usage.requests, "request", "requests");
            let tokens = text::thousands(self.usage.tokens());
            sum += &format!("; {requests}, {tokens} tokens{}", self.cost());
        }
        sum
    }
}

/// One line on one call.
pub(super) fn line(report: &Report) -> String {
    let call = &report.call;
    let score = report.overall.score.map_or_else(|| "–".to_owned(), |score| format!("{score:.0}"));
    let title = call.title.as_deref().or(call.file.as_deref()).unwrap_or(&call.id);
    let said = report.not_scored.as_deref().unwrap_or(&report.verdict);
    let line = format!("{:<6} {score:>3}  {}: {title}. {said}", call.call_ref, report.rep.name);
    text::clean(&line)
}

/// Spending on many calls needs a yes: from a person, from `--yes`, or from a limit.
pub(super) fn may_spend(app: &App<'_>, analyst: &Analyst, estimate: &EstimateOut, yes: bool) -> Result<bool, CliError> {
    let Analyst::Claude(claude) = analyst else { return Ok(true) };
    if estimate.requests == 0 || yes || claude.budget.is_limited() {
        return Ok(true);
    }
    if !app.ui.may_ask() {
        return Err(CliError::new(Kind::Usage, "Claude is asked about many calls only with a limit or a yes")
            .hint("Add --max-cost 5, or --yes; --dry-run says what it would cost."));
    }
    app.ui.note(render::estimate(estimate).trim_end());
    Ok(dialoguer::Confirm::new().with_prompt("Go on?").default(false).interact()?)
}
