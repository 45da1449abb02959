//! The way to a PostgreSQL server: encryption, poolers, and databases that are asleep.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use call_coach::store::{Store, StoreError, Target};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, UnixStream};

use super::processes::run_writers;
use super::schema::steps;
use crate::support::database::{empty_postgres, sqlite};
use crate::support::dump;
use crate::support::postgres::{Ours, Pooler, server};
use crate::support::skipped;

/// The server, if it is ours to connect to in many ways.
fn ours() -> Option<&'static Ours> {
    let ours = server()?.ours.as_ref();
    if ours.is_none() {
        skipped("ways to a server that the tests did not start");
    }
    ours
}

async fn status(url: &str) -> Result<(), StoreError> {
    Store::status(&Target::parse(url).unwrap()).await.map(drop)
}

#[tokio::test]
async fn a_self_signed_certificate_encrypts_but_proves_nothing() {
    let Some(ours) = ours() else { return };
    let Some(certificate) = &ours.certificate else { return skipped("TLS: `openssl` made no certificate") };
    let file = certificate.display();
    for parameters in
        ["sslmode=require", "sslmode=prefer", "sslmode=disable", "", "sslmode=require&channel_binding=prefer"]
    {
        status(&ours.over_tcp("localhost", parameters)).await.unwrap_or_else(|error| panic!("{parameters}: {error}"));
    }
    // With the certificate at hand it is checked, and so is the name that it was made for.
    for parameters in ["sslmode=verify-full", "channel_binding=require", "sslmode=verify-ca"] {
        status(&ours.over_tcp("localhost", &format!("{parameters}&sslrootcert={file}"))).await.unwrap();
    }
    for (host, parameters, reason) in [
        ("localhost", "sslmode=verify-full".to_owned(), "UnknownIssuer"),
        ("localhost", "sslmode=require&channel_binding=require".to_owned(), "UnknownIssuer"),
        ("localhost", "sslmode=verify-ca".to_owned(), "UnknownIssuer"),
        ("127.0.0.1", format!("sslmode=verify-full&sslrootcert={file}"), "not valid for name"),
    ] {
        let error = status(&ours.over_tcp(host, &parameters)).await.unwrap_err();
        assert!(matches!(error, StoreError::Refused { .. }), "{parameters}: {error:?}");
        for part in [reason, "sslmode=verify-full&sslrootcert=FILE", "`sslmode=require` alone"] {
            assert!(error.to_string().contains(part), "{parameters}: {error}");
        }
    }
}

#[tokio::test]
async fn a_wrong_password_and_a_missing_database_are_the_servers_words() {
    let Some(ours) = ours() else { return };
    let url = ours.over_tcp("localhost", "");
    for (url, reason) in [
        (url.replace("postgres:of", "postgres:for"), "password authentication failed"),
        (url.replace("/postgres?", "/no_such_database?"), "\"no_such_database\" does not exist"),
    ] {
        let error = status(&url).await.unwrap_err();
        assert!(error.to_string().contains(reason) && !error.to_string().contains("one#run"), "{error}");
    }
}

#[tokio::test]
async fn a_server_without_tls_is_explained() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // The first connection only knocks. The answer to a request for TLS is one letter.
            if stream.read_exact(&mut [0; 8]).await.is_ok() {
                stream.write_all(b"N").await.unwrap();
            }
        }
    });
    let error = status(&format!("postgres://u:p@127.0.0.1:{port}/db?sslmode=require")).await.unwrap_err();
    assert!(error.to_string().contains("sslmode=disable") && matches!(error, StoreError::Refused { .. }), "{error}");
    server.abort();
}

/// Listens before our server and drops the first connections, as the proxy before a sleeping database may do.
async fn sleeper(ours: &'static Ours, drops: usize) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let greeted = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&greeted);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let count = Arc::clone(&count);
            tokio::spawn(async move {
                // Whoever only knocks says nothing.
                if stream.peek(&mut [0]).await.unwrap_or(0) == 0 || count.fetch_add(1, Ordering::SeqCst) < drops {
                    return;
                }
                let socket = ours.folder.join(format!(".s.PGSQL.{}", ours.port));
                let mut server = UnixStream::connect(socket).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut stream, &mut server).await;
            });
        }
    });
    (port, greeted)
}

#[tokio::test]
async fn a_database_that_is_asleep_is_waited_for_but_not_for_ever() {
    let Some(ours) = ours() else { return };
    let url = |port| format!("postgres://postgres@127.0.0.1:{port}/postgres?sslmode=disable");
    let (port, greeted) = sleeper(ours, 2).await;
    status(&url(port)).await.unwrap();
    assert!(greeted.load(Ordering::SeqCst) >= 3);
    let (port, greeted) = sleeper(ours, usize::MAX).await;
    let error = status(&url(port)).await.unwrap_err();
    assert_eq!(greeted.load(Ordering::SeqCst), 6);
    assert!(error.to_string().contains("tried 6 times; a database that was asleep"), "{error}");
}

#[tokio::test]
async fn a_pooler_that_gives_each_transaction_another_connection_loses_nothing() {
    let Some(ours) = ours() else { return };
    let pooler = match Pooler::start(ours) {
        Ok(pooler) => pooler,
        Err(reason) => return skipped(&format!("poolers: {reason}")),
    };
    let Some(database) = empty_postgres().await else { return };
    let Target::Postgres(options) = &database.target else { return };
    let url = pooler.url(options.get_database().unwrap());
    let target = Target::parse(&url).unwrap();
    let out_of_date = Store::open(&target).await.unwrap_err();
    assert!(matches!(out_of_date, StoreError::OutOfDate { pending, .. } if pending == steps()), "{out_of_date:?}");
    // Twice, and by several at once: whoever comes second finds it done.
    let migrations = (0..4).map(|_| Store::migrate(&target, false));
    let applied = futures_util::future::join_all(migrations).await;
    let applied = applied.into_iter().map(|migrated| migrated.unwrap().applied.len()).collect::<Vec<_>>();
    assert_eq!(applied.iter().sum::<usize>(), steps(), "{applied:?}");
    run_writers(&database, &url).await;
    is_copied_out_and_in(&pooler, &target).await;
    let refused = status(&format!("{url}&options=endpoint%3Dep-x")).await.unwrap_err();
    assert!(refused.to_string().contains("leave `options` out"), "{refused}");
}

/// A long transaction each way.
async fn is_copied_out_and_in(pooler: &Pooler, pooled: &Target) {
    let (file, team) = (sqlite(), empty_postgres().await.unwrap());
    let Target::Postgres(options) = &team.target else { return };
    let behind_pooler = Target::parse(&pooler.url(options.get_database().unwrap())).unwrap();
    Store::migrate(&behind_pooler, false).await.unwrap();
    for (from, to) in [(pooled, &file.target), (&file.target, &behind_pooler)] {
        let (from, to) = (Store::open(from).await.unwrap(), Store::open(to).await.unwrap());
        from.copy_to(&to).await.unwrap();
        from.close().await;
        to.close().await;
    }
    dump::assert_same(&dump::tables(&team.target).await, &dump::tables(pooled).await, "a copy behind a pooler");
}
