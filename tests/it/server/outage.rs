//! A database that goes away and comes back.

use std::sync::atomic::{AtomicBool, Ordering};

use call_coach::store::{Store, Target};
use serde_json::json;
use tokio::net::{TcpListener, UnixStream};
use tokio::sync::watch;

use super::support::{Server, coached};
use crate::support::binary::{Home, file};
use crate::support::database::empty_postgres;
use crate::support::postgres::{Ours, server};
use crate::support::skipped;

/// So many requests are enough to see a change.
const MANY: usize = 1_000;

/// Ends the load, also when the test fails.
struct End<'a>(&'a AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

/// The way to our server, which can be cut.
struct Way {
    port: u16,
    is_open: watch::Sender<bool>,
}

async fn way(ours: &'static Ours) -> Way {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let is_open = watch::Sender::new(true);
    let state = is_open.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut state = state.subscribe();
            tokio::spawn(async move {
                if !*state.borrow_and_update() {
                    return;
                }
                let socket = ours.folder.join(format!(".s.PGSQL.{}", ours.port));
                let mut server = UnixStream::connect(socket).await.unwrap();
                tokio::select! {
                    _ = tokio::io::copy_bidirectional(&mut stream, &mut server) => {}
                    _ = state.wait_for(|is_open| !is_open) => {}
                }
            });
        }
    });
    Way { port, is_open }
}

#[test]
fn a_file_that_was_moved_away_or_written_over_is_no_database() {
    let home = coached();
    let file = home.folder.path().join(".local/share/call-coach/calls.db");
    let aside = file.with_extension("aside");
    let server = Server::start(&mut home.process(), &["--dev"]);
    let health = || {
        let reply = server.get("/health");
        (reply.status, reply.json()["database"].as_str().unwrap().to_owned())
    };
    let (there, gone) = ((200, "ok".to_owned()), (503, "unavailable".to_owned()));
    assert_eq!(health(), there);
    std::fs::rename(&file, &aside).unwrap();
    assert_eq!(health(), gone, "moved away");
    std::fs::copy(&aside, &file).unwrap();
    assert_eq!(health(), gone, "another file, if with the same calls");
    std::fs::rename(&aside, &file).unwrap();
    assert_eq!(health(), there, "it is back");
    std::fs::write(&file, "something else").unwrap();
    assert_eq!(health(), gone, "written over");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_outlives_its_database() {
    let Some(ours) = server().and_then(|server| server.ours.as_ref()) else {
        return skipped("a database that goes away");
    };
    let Some(database) = empty_postgres().await else { return };
    Store::migrate(&database.target, false).await.unwrap();
    let Target::Postgres(options) = &database.target else { return };
    let way = way(ours).await;
    let url =
        format!("postgres://postgres:of@127.0.0.1:{}/{}?sslmode=disable", way.port, options.get_database().unwrap());
    let home = Home::new();
    let run = home.run(&["analyze", &file("samples/01-discovery.json"), "--analyst", "local", "--database-url", &url]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let server = Server::start(&mut home.process(), &["--dev", "--analyst", "local", "--database-url", &url]);
    let search = || server.tool("search_calls", &json!({}));
    assert_eq!(search().json()["total"], 1);

    let goes_on = AtomicBool::new(true);
    std::thread::scope(|scope| {
        let load: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut seen = Vec::new();
                    while goes_on.load(Ordering::SeqCst) {
                        let reply = search();
                        assert!(!reply.body.contains("postgres") && !reply.body.contains("SELECT"), "{}", reply.body);
                        seen.push(reply.status);
                    }
                    seen
                })
            })
            .collect();
        let end = End(&goes_on);
        way.is_open.send_replace(false);
        assert!((0..MANY).any(|_| search().status != 200), "the way is cut");
        let down = search();
        assert_eq!((down.status, &down.json()["error"]["kind"]), (503, &json!("database")), "{}", down.body);
        assert_eq!(down.header("retry-after"), Some("1"));
        let health = server.get("/health");
        assert_eq!((health.status, &health.json()["status"]), (503, &json!("degraded")), "{}", health.body);
        way.is_open.send_replace(true);
        assert!((0..MANY).any(|_| search().status == 200), "the way is open again");
        assert_eq!(server.get("/health").json()["status"], "ok");
        drop(end);
        for one in load {
            let seen = one.join().unwrap();
            assert!(seen.iter().all(|status| [200, 503].contains(status)), "{seen:?}");
        }
    });
}
