//! Connections: how long one may say nothing, how many there may be, and how they end.

use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// A connection on which no whole request head comes for this long is closed.
const SILENCE: Duration = Duration::from_secs(15);
/// More connections wait until others end.
const MAX_CONNECTIONS: usize = 4_096;
/// Files that are not connections: the database, the log.
const OTHER_FILES: usize = 128;
/// After a failed accept (usually: no more files may be open) others get time to end.
const PAUSE: Duration = Duration::from_millis(50);
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
        let service = TowerToHyperService::new(router);
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
        if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
            tracing::warn!("some requests were not answered within {} seconds", GRACE.as_secs());
        }
    }
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
