//! A rep or the team over time as a long table, one value a row, so that a spreadsheet can pivot it.
//!
//! `level` is `call` or `period`; `subject` is what is measured (a dimension, a metric, a type of concern) and `measure`
//! what of it; `n` is of how many calls. Scores of one subject can be compared within one `series` only: the next begins
//! where the rubric or the model changed.

use jiff::tz::TimeZone;

use super::{Cell, Sheet};
use crate::insights::ObjectionCount;
use crate::insights::numbers::Change;
use crate::output::insights::{InsightsOut, TeamOut};
use crate::output::search::RangeOut;
use crate::render::text;

const HEADERS: [&str; 13] =
    ["rep", "email", "role", "from", "to", "level", "call", "date", "series", "subject", "measure", "value", "n"];

/// One person in one period, about whom a row says something.
struct About<'a> {
    sheet: &'a mut Sheet,
    rep: &'a str,
    email: &'a str,
    role: &'a str,
    range: &'a RangeOut,
    zone: &'a TimeZone,
}

/// The call that a value is of, and the series it belongs to.
#[derive(Default)]
struct Place<'a> {
    call: &'a str,
    date: Option<jiff::civil::Date>,
    series: Option<usize>,
}

impl About<'_> {
    fn row(&mut self, place: &Place<'_>, (subject, measure): (&str, &str), value: Option<f64>, n: Option<u64>) {
        let (from, to) = text::first_and_last_day(self.range.from, self.range.to, self.zone);
        self.sheet.row(&[
            Cell::Text(self.rep),
            Cell::Text(self.email),
            Cell::Text(self.role),
            Cell::Day(from),
            Cell::Day(to),
            Cell::Text(if place.call.is_empty() { "period" } else { "call" }),
            Cell::Text(place.call),
            Cell::Day(place.date),
            Cell::Number(place.series.map(|series| series as f64)),
            Cell::Text(subject),
            Cell::Text(measure),
            Cell::Number(value),
            n.map_or(Cell::Number(None), Cell::count),
        ]);
    }

    fn period(&mut self, what: (&str, &str), value: Option<f64>, n: Option<u64>) {
        self.row(&Place::default(), what, value, n);
    }

    fn counted(&mut self, what: (&str, &str), count: u64) {
        self.period(what, Some(count as f64), None);
    }

    fn halves(&mut self, change: &Change, series: Option<usize>) {
        let place = Place { series, ..Place::default() };
        let all = change.n_earlier + change.n_recent;
        for (measure, value, n) in [
            ("first_half_mean", change.earlier, change.n_earlier),
            ("last_half_mean", change.recent, change.n_recent),
            ("change", change.change, all),
        ] {
            self.row(&place, (&change.dimension, measure), value, Some(n));
        }
    }

    fn concerns(&mut self, concerns: &[ObjectionCount]) {
        for one in concerns {
            for (measure, count) in [
                ("raised", one.raised),
                ("settled", one.settled),
                ("parked", one.parked),
                ("open", one.open),
                ("asked_first", one.asked_first),
            ] {
                self.period((one.kind.as_str(), measure), Some(count as f64), Some(one.raised));
            }
        }
    }
}

/// A rep's insights as a table: each call's scores, then what holds for the whole time.
pub fn insights(out: &InsightsOut, zone: &TimeZone) -> String {
    let mut sheet = Sheet::new(&HEADERS);
    let mut about = About {
        sheet: &mut sheet,
        rep: &out.rep.name,
        email: out.rep.email.as_deref().unwrap_or_default(),
        role: &out.rep.role,
        range: &out.range,
        zone,
    };
    scores(&mut about, out);
    let insights = &out.insights;
    about.concerns(&insights.objections);
    for line in &insights.numbers.lines {
        about.period((line.metric, "mean"), Some(line.value), Some(line.n));
        if line.team_median.is_some() {
            about.period((line.metric, "team_median"), line.team_median, Some(line.team_n));
        }
    }
    if let Some(focus) = &insights.focus {
        about.period((&focus.check, "calls_where_done"), Some(focus.done as f64), Some(focus.asked));
    }
    let counted = insights.counted;
    for (measure, count) in [
        ("all", counted.calls),
        ("scored", counted.scored),
        ("without_transcript", counted.without_transcript),
        ("unscored", counted.unscored),
        ("insufficient", counted.insufficient),
        ("other_analyst", counted.other_analyst),
    ] {
        about.counted(("calls", measure), count);
    }
    sheet.finish()
}

fn scores(about: &mut About<'_>, out: &InsightsOut) {
    let insights = &out.insights;
    for change in &insights.changes {
        let breaks = insights.trends.iter().find(|trend| trend.dimension == change.dimension);
        let breaks = breaks.map(|trend| trend.breaks.as_slice()).unwrap_or_default();
        for (n, mark) in insights.marks.iter().enumerate() {
            let place = Place {
                call: &mark.call,
                date: mark.started_at.map(|at| text::day(at, about.zone)),
                series: Some(1 + breaks.iter().filter(|one| one.place <= n).count()),
            };
            let score = mark.scores.get(&change.dimension).copied().flatten();
            about.row(&place, (&change.dimension, "score"), score, Some(u64::from(score.is_some())));
        }
        // The mean and the halves are those behind the last break.
        let last = Some(1 + breaks.len());
        let mean = (change.dimension.as_str(), "mean_score");
        about.row(
            &Place { series: last, ..Place::default() },
            mean,
            change.mean,
            Some(change.n_earlier + change.n_recent),
        );
        about.halves(change, last);
        let gap = insights.gaps.iter().find(|gap| gap.dimension == change.dimension);
        if let Some(gap) = gap.filter(|gap| gap.peer_score.is_some()) {
            about.period((&gap.dimension, "peer_mean"), gap.peer_score, Some(gap.peers_n));
        }
    }
}

/// The team's insights as a table: everybody by name, then the concerns of all together.
pub fn team(out: &TeamOut, zone: &TimeZone) -> String {
    let mut sheet = Sheet::new(&HEADERS);
    for member in &out.team.reps {
        let mut about = About {
            sheet: &mut sheet,
            rep: &member.name,
            email: member.email.as_deref().unwrap_or_default(),
            role: &member.role,
            range: &out.range,
            zone,
        };
        for (dimension, mean) in &member.scores {
            about.period((dimension, "mean_score"), *mean, member.scores_n.get(dimension).copied());
        }
        about.halves(&member.change, None);
        about.counted(("calls", "scored"), member.calls);
        about.counted(("concerns", "open"), member.open_concerns);
    }
    let mut all = About { sheet: &mut sheet, rep: "", email: "", role: "", range: &out.range, zone };
    all.concerns(&out.team.objections);
    sheet.finish()
}
