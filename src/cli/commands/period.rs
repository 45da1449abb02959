//! `--from`, `--to` and `--period`, on every command that takes them.

use clap::Args;
use jiff::Zoned;

use super::super::app::App;
use super::super::error::CliError;
use crate::dates::{self, Range};
use crate::output::search::RangeOut;

/// When calls began.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "When (call-coach help dates)")]
pub(in crate::cli) struct PeriodArguments {
    /// Calls that began then or later: 2026-10-05, 30d, last-month.
    #[arg(long, value_name = "TIME")]
    pub(super) from: Option<String>,
    /// Calls that began before the end of it; a day is included.
    #[arg(long, value_name = "TIME")]
    pub(super) to: Option<String>,
    /// A range: 30d, last-quarter, 2026-Q3, 2026-10.
    #[arg(long, value_name = "PERIOD", conflicts_with_all = ["from", "to"])]
    pub(super) period: Option<String>,
}

impl PeriodArguments {
    /// Whether any of the three was typed.
    pub(super) fn is_given(&self) -> bool {
        self.from.is_some() || self.to.is_some() || self.period.is_some()
    }

    /// The range; without any argument that of `usual`.
    pub(super) fn range(&self, app: &App<'_>, usual: &str) -> Result<Range, CliError> {
        let now = now(app);
        let period = self.period.as_deref().or((!self.is_given()).then_some(usual));
        Ok(dates::range(self.from.as_deref(), self.to.as_deref(), period, &now)?)
    }
}

/// Now, in the zone of the settings.
pub(super) fn now(app: &App<'_>) -> Zoned {
    app.now.to_zoned(app.settings.time_zone.value.clone())
}

/// The range with the zone whose days were counted.
pub(super) fn shown(app: &App<'_>, range: Range) -> RangeOut {
    RangeOut::new(range, &app.settings.zone_name(app.now))
}
