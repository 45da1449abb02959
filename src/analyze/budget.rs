//! What a run may cost. Every request sets its worst case aside before it is sent and gives back what it did not take, so
//! that the cap holds however many are on their way at once.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// The next request might pass the cap.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the next request may cost up to {}; {} of {} are spent", dollars(*.worst), dollars(*.spent), dollars(*.cap))]
pub struct OverBudget {
    /// The worst case of the request, in millionths of a US dollar.
    pub worst: u64,
    /// What is spent.
    pub spent: u64,
    /// What may be spent.
    pub cap: u64,
}

/// Millionths of a US dollar for people, to the hundredth of a cent.
fn dollars(microusd: u64) -> String {
    format!("${:.4}", microusd as f64 / 1e6)
}

/// The money of one run, shared by all its requests.
#[derive(Debug, Default)]
pub struct Budget {
    /// Millionths of a US dollar; `None` is no limit.
    cap: Option<u64>,
    state: Mutex<State>,
    changed: Notify,
    /// What all runs together may spend; each request must fit into both.
    whole: Option<Arc<Budget>>,
}

#[derive(Debug, Default)]
struct State {
    spent: u64,
    reserved: u64,
}

impl Budget {
    /// A budget of so many millionths of a US dollar, or without a limit.
    pub fn new(cap: Option<u64>) -> Self {
        Budget { cap, ..Budget::default() }
    }

    /// A budget of so many millionths of a US dollar, or without a limit of its own, out of a larger one.
    pub fn within(whole: Arc<Budget>, cap: Option<u64>) -> Self {
        Budget { cap, whole: Some(whole), ..Budget::default() }
    }

    /// A budget of which something is spent already.
    pub fn begun(cap: Option<u64>, spent: u64) -> Self {
        Budget { cap, state: Mutex::new(State { spent, reserved: 0 }), ..Budget::default() }
    }

    /// Whether there is a limit.
    pub fn is_limited(&self) -> bool {
        self.cap.is_some() || self.whole.as_deref().is_some_and(Budget::is_limited)
    }

    /// What was spent so far, in millionths of a US dollar.
    pub fn spent(&self) -> u64 {
        self.state().spent
    }

    /// Sets the worst case of a request aside. While others are on their way it waits for what they give back.
    ///
    /// # Errors
    /// When it does not fit even after all others are done.
    pub async fn reserve(&self, worst: u64) -> Result<Reservation<'_>, OverBudget> {
        self.set_aside(worst).await?;
        let mut reservation = Reservation { budget: self, worst, settled: false, has_whole: false };
        if let Some(whole) = &self.whole {
            // A refusal, or an end while waiting, leaves nothing set aside in this one either.
            whole.set_aside(worst).await?;
            reservation.has_whole = true;
        }
        Ok(reservation)
    }

    async fn set_aside(&self, worst: u64) -> Result<(), OverBudget> {
        loop {
            // Made before looking, so that nothing that is given back meanwhile is missed.
            let changed = self.changed.notified();
            {
                let mut state = self.state();
                let fits = self.cap.is_none_or(|cap| state.spent + state.reserved + worst <= cap);
                if fits {
                    state.reserved += worst;
                    return Ok(());
                }
                if state.reserved == 0 {
                    let cap = self.cap.unwrap_or_default();
                    return Err(OverBudget { worst, spent: state.spent, cap });
                }
            }
            changed.await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn settle(&self, worst: u64, real: u64) {
        let mut state = self.state();
        state.reserved -= worst;
        state.spent += real;
        drop(state);
        self.changed.notify_waiters();
    }
}

/// Money set aside for one request. Dropped without a word it counts as spent: what happened to it is not known.
#[derive(Debug)]
pub struct Reservation<'a> {
    budget: &'a Budget,
    worst: u64,
    settled: bool,
    /// Whether it is set aside in the larger budget too.
    has_whole: bool,
}

impl Reservation<'_> {
    /// Gives back what was not spent.
    pub fn settle(mut self, real: u64) {
        self.end(real);
    }

    fn end(&mut self, real: u64) {
        if std::mem::replace(&mut self.settled, true) {
            return;
        }
        self.budget.settle(self.worst, real);
        if let Some(whole) = self.budget.whole.as_ref().filter(|_| self.has_whole) {
            whole.settle(self.worst, real);
        }
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        // Before the larger budget has said yes nothing was sent.
        let is_sent = self.has_whole || self.budget.whole.is_none();
        self.end(if is_sent { self.worst } else { 0 });
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;

    use super::*;

    #[tokio::test]
    async fn a_request_waits_for_what_others_give_back_and_is_refused_when_none_is_left() {
        let budget = Budget::new(Some(100));
        let first = budget.reserve(60).await.expect("fits");
        let second = async {
            let second = budget.reserve(60).await.expect("fits once the first is settled");
            assert_eq!(budget.spent(), 20);
            second.settle(60);
        };
        let settle = async { first.settle(20) };
        tokio::join!(second, settle);
        let error = budget.reserve(60).await.expect_err("only 20 are left");
        assert_eq!(error, OverBudget { worst: 60, spent: 80, cap: 100 });
        assert_eq!(error.to_string(), "the next request may cost up to $0.0001; $0.0001 of $0.0001 are spent");
        drop(budget.reserve(20).await.expect("fits"));
        assert_eq!(budget.spent(), 100);
    }

    #[tokio::test]
    async fn a_request_must_fit_into_the_whole_as_well() {
        let whole = Arc::new(Budget::begun(Some(100), 30));
        let part = Budget::within(whole.clone(), Some(60));
        part.reserve(50).await.expect("fits both").settle(50);
        assert_eq!((part.spent(), whole.spent()), (50, 80));
        assert_eq!(
            part.reserve(11).await.expect_err("more than its own"),
            OverBudget { worst: 11, spent: 50, cap: 60 }
        );
        let other = Budget::within(whole.clone(), None);
        assert!(other.is_limited());
        let error = other.reserve(21).await.expect_err("more than is left for all");
        assert_eq!(error, OverBudget { worst: 21, spent: 80, cap: 100 });
        assert_eq!(other.spent(), 0, "what was refused was not spent");
        drop(other.reserve(20).await.expect("fits"));
        assert_eq!((other.spent(), whole.spent()), (20, 100));
    }

    #[tokio::test]
    async fn nothing_passes_the_cap_however_many_run_at_once() {
        let budget = Budget::new(Some(1_000));
        let request = |n: u64| {
            let budget = &budget;
            async move {
                if let Ok(reserved) = budget.reserve(90).await {
                    tokio::task::yield_now().await;
                    reserved.settle(n % 91);
                }
            }
        };
        join_all((0..500).map(request)).await;
        assert!((911..=1_000).contains(&budget.spent()), "{}", budget.spent());
    }
}
