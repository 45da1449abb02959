//! Which calls a run asks for, and what is known when it has them.

use jiff::{SignedDuration, Timestamp};

use super::SyncError;
use crate::gong::Period;
use crate::store::{OpenWindow, ReadTo, SyncState};
use crate::transcript::gong::CallFacts;

/// A day, in hours.
const DAY: i64 = 24;

/// What a person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// Calls that began from then on; else where the last sync ended, less the look-back.
    pub from: Option<Timestamp>,
    /// Calls that began before then; else now.
    pub to: Option<Timestamp>,
}

/// How far windows reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// The longest window, in days.
    pub window_days: u32,
    /// A call becomes visible at most so many days after it began.
    pub look_back_days: u32,
}

/// The window of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// What is asked for now.
    pub period: Period,
    /// Whether an interrupted run is gone on with.
    pub resumed: bool,
    /// Where the next run has to go on, because the window may not be longer.
    pub rest: Option<Timestamp>,
    /// As it is stored while it is read.
    pub(super) open: OpenWindow,
    state: SyncState,
    default_from: Timestamp,
}

impl Window {
    /// Chooses the window.
    ///
    /// # Errors
    /// [`SyncError::EmptyWindow`] when it would end before it begins.
    pub fn choose(asked: Asked, state: SyncState, now: Timestamp, reach: Reach) -> Result<Self, SyncError> {
        let longest = days(reach.window_days);
        let look_back = days(reach.look_back_days);
        let default_from = match state.read {
            // What was not visible when the reading began has begun less than the look-back before.
            Some(read) => read.to.min(before(read.at, look_back)),
            None => before(now, longest),
        };
        let from = asked.from.unwrap_or(default_from);
        let wanted_to = asked.to.unwrap_or(now);
        // Later than that, calls that were read already may have changed.
        let open = state.open.filter(|open| {
            open.to == asked.to
                && open.from <= from
                && open.done_to < wanted_to
                && open.begun_at >= before(now, look_back)
        });
        let resumed = open.is_some();
        let open = open.unwrap_or(OpenWindow { from, to: asked.to, done_to: from, begun_at: now });
        let to = open.done_to.saturating_add(longest).map_or(wanted_to, |end| end.min(wanted_to));
        let period = Period { from: open.done_to, to };
        if period.from >= period.to {
            return Err(SyncError::EmptyWindow { from: period.from, to: period.to });
        }
        let rest = (to < wanted_to).then_some(to);
        Ok(Window { period, resumed, rest, open, state, default_from })
    }

    /// What to keep while the window is read, with everything before `done_to` stored.
    pub(super) fn until(&self, done_to: Timestamp) -> SyncState {
        SyncState { open: Some(OpenWindow { done_to, ..self.open }), ..self.state }
    }

    /// What to keep when the window has been read.
    pub(super) fn finished(&self) -> SyncState {
        let done = ReadTo { to: self.period.to, at: self.open.begun_at };
        let read = match self.state.read {
            // A window that leaves a gap, or lies in the past, is no place to go on from.
            Some(read) if self.open.from > self.default_from || done.to <= read.to => read,
            _ => done,
        };
        SyncState { read: Some(read), open: None }
    }

    /// Whether a call of that time should have been there at the last sync already.
    pub(super) fn is_late(&self, started_at: Option<Timestamp>) -> bool {
        matches!((self.state.read, started_at), (Some(read), Some(at)) if at < read.to)
    }
}

/// Gong lists calls oldest first. As long as that is so, everything up to the newest call of a page is stored with it.
#[derive(Debug)]
pub(super) struct Order {
    start: Timestamp,
    reached: Timestamp,
    kept: bool,
}

impl Order {
    pub(super) fn from(start: Timestamp) -> Self {
        Order { start, reached: start, kept: true }
    }

    /// Everything before this is stored once the page is: nothing of the window when a page goes back in time.
    pub(super) fn after(&mut self, page: &[CallFacts]) -> Timestamp {
        for at in page.iter().filter_map(CallFacts::started_at) {
            self.kept &= at >= self.reached;
            self.reached = self.reached.max(at);
        }
        self.done()
    }

    pub(super) fn done(&self) -> Timestamp {
        if self.kept { self.reached } else { self.start }
    }
}

fn days(days: u32) -> SignedDuration {
    SignedDuration::from_hours(i64::from(days) * DAY)
}

fn before(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.saturating_sub(by).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REACH: Reach = Reach { window_days: 90, look_back_days: 7 };

    fn day(day: i64) -> Timestamp {
        "2026-06-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(day * DAY)
    }

    fn choose(asked: Asked, state: SyncState, now: i64) -> Window {
        Window::choose(asked, state, day(now), REACH).unwrap()
    }

    fn period(window: &Window) -> (Timestamp, Timestamp) {
        (window.period.from, window.period.to)
    }

    #[test]
    fn the_next_run_looks_back_from_the_begin_of_the_last() {
        let first = choose(Asked::default(), SyncState::default(), 0);
        assert_eq!(period(&first), (day(-90), day(0)));
        let second = choose(Asked::default(), first.finished(), 2);
        assert_eq!(period(&second), (day(-7), day(2)));
        assert!(second.is_late(Some(day(-3))) && !second.is_late(Some(day(1))) && !second.is_late(None));
    }

    #[test]
    fn an_interrupted_run_goes_on_and_still_counts_from_its_begin() {
        let first = choose(Asked::default(), SyncState::default(), 0);
        let resumed = choose(Asked::default(), first.until(day(-50)), 3);
        assert_eq!((period(&resumed), resumed.resumed), ((day(-50), day(3)), true));
        // What became visible between the two begins is looked for by the next.
        assert_eq!(choose(Asked::default(), resumed.finished(), 4).period.from, day(-7));
        // After a while it is read again from its begin.
        assert_eq!(choose(Asked::default(), first.until(day(-50)), 8).period.from, day(-82));
    }

    #[test]
    fn a_window_is_never_longer_than_allowed_and_leaves_no_gap() {
        let state = SyncState { read: Some(ReadTo { to: day(0), at: day(0) }), open: None };
        let one = choose(Asked::default(), state, 200);
        assert_eq!((period(&one), one.rest), ((day(-7), day(83)), Some(day(83))));
        let two = choose(Asked::default(), one.finished(), 200);
        assert_eq!((period(&two), two.rest), ((day(83), day(173)), Some(day(173))));
        let three = choose(Asked::default(), two.finished(), 200);
        assert_eq!((period(&three), three.rest), ((day(173), day(200)), None));
    }

    #[test]
    fn a_window_in_the_past_or_behind_a_gap_moves_nothing() {
        let state = SyncState { read: Some(ReadTo { to: day(0), at: day(0) }), open: None };
        for asked in [
            Asked { from: Some(day(-60)), to: Some(day(-50)) },
            Asked { from: Some(day(20)), to: None },
            Asked { from: Some(day(-6)), to: None },
        ] {
            assert_eq!(choose(asked, state, 30).finished(), state);
        }
        let wide = Asked { from: Some(day(-20)), to: None };
        assert_eq!(choose(wide, state, 30).finished().read, Some(ReadTo { to: day(30), at: day(30) }));
        let error = Window::choose(Asked { from: Some(day(2)), to: Some(day(1)) }, state, day(30), REACH);
        assert!(matches!(error, Err(SyncError::EmptyWindow { .. })));
    }

    #[test]
    fn a_page_that_goes_back_in_time_takes_everything_back() {
        let page = |days: &[Option<i64>]| -> Vec<CallFacts> {
            let call =
                |at: &Option<i64>| serde_json::json!({"metaData": {"started": at.map(|at| day(at).to_string())}});
            days.iter().map(|at| serde_json::from_value(call(at)).unwrap()).collect()
        };
        let mut order = Order::from(day(0));
        assert_eq!(order.after(&page(&[Some(1), None, Some(1), Some(3)])), day(3));
        assert_eq!(order.after(&page(&[])), day(3));
        assert_eq!(order.after(&page(&[Some(2)])), day(0));
        assert_eq!(order.after(&page(&[Some(9)])), day(0));
    }
}
