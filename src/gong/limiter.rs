//! No more requests in a second than Gong allows.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The span in which requests are counted.
const SPAN: Duration = Duration::from_millis(1000);

/// Lets at most so many requests begin in any [`SPAN`].
///
/// Nobody here knows when a request arrives at Gong, only that it does so after it was sent and before its reply came.
/// So a request occupies its place until one span after its reply: however long the ways were, Gong never counts more
/// in any span than there are places.
#[derive(Debug, Clone)]
pub(super) struct Limiter {
    places: Arc<Semaphore>,
}

/// A request's place among those that may run. Dropped, it stays taken for one span more.
#[derive(Debug)]
pub(super) struct Place {
    permit: Option<OwnedSemaphorePermit>,
}

impl Limiter {
    /// A limiter for this many requests a second; none is read as one.
    pub(super) fn new(a_second: u32) -> Self {
        Limiter { places: Arc::new(Semaphore::new(usize::try_from(a_second.max(1)).unwrap_or(usize::MAX))) }
    }

    /// Waits, in the order of asking, until a request may be sent.
    pub(super) async fn place(&self) -> Place {
        Place { permit: Arc::clone(&self.places).acquire_owned().await.ok() }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let permit = self.permit.take();
        // Without a runtime the program ends, and so does the permit.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                tokio::time::sleep(SPAN).await;
                drop(permit);
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    /// When each of `count` requests began and ended, with `side_by_side` of them under way and replies that take
    /// `reply_ms` in turn. Time is tokio's, which stands still.
    async fn run(a_second: u32, count: usize, side_by_side: usize, reply_ms: &[u64]) -> Vec<(Duration, Duration)> {
        let limiter = Limiter::new(a_second);
        let start = Instant::now();
        let mut tasks = tokio::task::JoinSet::new();
        for worker in 0..side_by_side {
            let (limiter, reply_ms) = (limiter.clone(), reply_ms.to_vec());
            tasks.spawn(async move {
                let mut times = Vec::new();
                for n in (worker..count).step_by(side_by_side) {
                    let place = limiter.place().await;
                    let sent = start.elapsed();
                    tokio::time::sleep(Duration::from_millis(reply_ms[n % reply_ms.len()])).await;
                    times.push((sent, start.elapsed()));
                    drop(place);
                }
                times
            });
        }
        let mut times: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
        times.sort();
        times
    }

    /// Wherever between sending and reply each request arrived: no span holds more than `limit`.
    fn assert_limited(times: &[(Duration, Duration)], limit: usize) {
        for (_, reply) in times {
            // The worst case for the span that begins here: all that were not answered before it arrive in it.
            let end = *reply + SPAN;
            let in_span = times.iter().filter(|(sent, answered)| *answered >= *reply && *sent < end).count();
            assert!(in_span <= limit, "{in_span} requests within a second from {reply:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn no_second_sees_more_than_three_whatever_the_replies_take() {
        for (side_by_side, reply_ms) in [(1, &[0][..]), (2, &[50]), (4, &[50, 900, 3, 2500]), (9, &[1, 999, 1000, 10])]
        {
            let times = run(3, 60, side_by_side, reply_ms).await;
            assert_eq!(times.len(), 60);
            assert_limited(&times, 3);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_allowance_is_used() {
        let times = run(3, 50, 2, &[50]).await;
        let took = times.last().expect("last").1;
        assert!(took < Duration::from_millis(50 * 1000 / 3).mul_f64(1.1), "{took:?}");
    }
}
