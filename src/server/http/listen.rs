//! Connections: how long one may say nothing, how many there may be, and how they end.

use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use http_body_util::BodyExt as _;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

/// A connection on which no whole request head comes for this long is closed.
const SILENCE: Duration = Duration::from_secs(15);
/// More connections wait until others end.
const MAX_CONNECTIONS: usize = 4_096;
/// Files that are not connections: the database, the log.
const OTHER_FILES: usize = 128;
/// After a failed accept (usually: no more files may be open) others get time to end.
const PAUSE: Duration = Duration::from_millis(50);
/// At the end a connection whose client is still sending a request gets this long; one may also never have sent anything.
const LAST_CALL: Duration = Duration::from_secs(1);
/// What is in flight at the end may take this long.
const GRACE: Duration = Duration::from_secs(30);

/// Whether only this machine can reach the address.
pub fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

/// A socket that accepts connections.
#[derive(Debug)]
pub struct Listening {
    listener: TcpListener,
    connections: Arc<Semaphore>,
}

impl Listening {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the address cannot be used.
    pub async fn at(address: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let connections = MAX_CONNECTIONS.min(allowed_files().saturating_sub(OTHER_FILES)).max(1);
        Ok(Listening { listener, connections: Arc::new(Semaphore::new(connections)) })
    }

    /// The address, with the port that was chosen if it was left open.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `end` is over, and then what is in flight.
    pub async fn serve(self, router: Router, end: impl Future<Output = ()>) {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(SILENCE);
        let in_flight = InFlight::default();
        let service = TowerToHyperService::new(router.layer(from_fn_with_state(in_flight.clone(), counted)));
        let graceful = GracefulShutdown::new();
        let mut end = pin!(end);
        loop {
            let accepted = async {
                let place = self.connections.clone().acquire_owned().await;
                (self.listener.accept().await, place)
            };
            let (accepted, place) = tokio::select! {
                accepted = accepted => accepted,
                () = &mut end => break,
            };
            let stream = match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!("a connection could not be accepted: {error}");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            // Small answers go out at once.
            let _ = stream.set_nodelay(true);
            let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service.clone()));
            tokio::spawn(async move {
                // A client that breaks off has its reasons.
                let _ = connection.await;
                drop(place);
            });
        }
        drop(self.listener);
        let ended = async {
            tokio::select! {
                () = graceful.shutdown() => {}
                () = in_flight.none_for(LAST_CALL) => {}
            }
        };
        if tokio::time::timeout(GRACE, ended).await.is_err() {
            tracing::warn!("some requests were not answered within {} seconds", GRACE.as_secs());
        }
    }
}

/// How many requests are being answered, the sending of the answer included.
#[derive(Debug, Clone, Default)]
struct InFlight(Arc<watch::Sender<usize>>);

/// One of them.
struct Counted(InFlight);

impl InFlight {
    fn one_more(&self) -> Counted {
        self.0.send_modify(|count| *count += 1);
        Counted(self.clone())
    }

    /// Waits until there have been none for so long.
    async fn none_for(&self, time: Duration) {
        let mut count = self.0.subscribe();
        loop {
            // The sender lives as long as `self`, so that waiting does not fail.
            let _ = count.wait_for(|count| *count == 0).await;
            if tokio::time::timeout(time, count.wait_for(|count| *count > 0)).await.is_err() {
                return;
            }
        }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0.send_modify(|count| *count -= 1);
    }
}

async fn counted(State(in_flight): State<InFlight>, request: Request, next: Next) -> Response {
    let one = in_flight.one_more();
    next.run(request).await.map(|body| {
        Body::new(body.map_frame(move |frame| {
            let _ = &one;
            frame
        }))
    })
}

/// How many files the process may have open, after asking for as many as it can get.
#[cfg(unix)]
fn allowed_files() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let wanted = (MAX_CONNECTIONS + OTHER_FILES) as u64;
    let more = limit.maximum.map_or(wanted, |maximum| maximum.min(wanted));
    if limit.current.is_some_and(|current| current < more) {
        // What is not given is not used.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(more), maximum: limit.maximum });
    }
    getrlimit(Resource::Nofile).current.map_or(usize::MAX, |current| usize::try_from(current).unwrap_or(usize::MAX))
}

#[cfg(not(unix))]
fn allowed_files() -> usize {
    usize::MAX
}
