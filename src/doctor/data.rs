//! The database: where it lies, whether it answers, and whether what it holds can be read.

use std::path::Path;
use std::time::{Duration, Instant};

use super::settings::odd;
use super::system::{self, Remote};
use super::{Examination, Verdict};
use crate::store::{Encryption, Store, StoreError, Target};

const SET_ADDRESS: &str = "call-coach config set database_url";
const RECOVER: &str = "put a copy of it back: one is left as FILE.bak-N when a schema is updated; or save what can be \
                       read: sqlite3 FILE .recover | sqlite3 NEW.db";
const ON_A_SERVER: &str = "the data is on a server";
/// A connection that takes longer was waiting for a server that had gone to sleep.
const ASLEEP: Duration = Duration::from_secs(2);
/// Connections that one run of this program takes at most.
const OURS: u64 = 4;

pub(super) fn address(examination: &mut Examination<'_>) -> Option<Verdict> {
    if let Some(odd) = odd(examination, |key| key == "database_url") {
        return Some(odd);
    }
    let address = &examination.settings.as_ref()?.database_url;
    match Target::parse(address.value.expose()) {
        Ok(Target::Sqlite(path)) if path.is_dir() => {
            let found = format!("{} ({}) is a folder", path.display(), address.source);
            let mend = format!("{SET_ADDRESS} {}", system::quoted(&path.join("calls.db")));
            Some(Verdict::fail(found, "the database is a file: no command that keeps or finds calls can work", mend))
        }
        Ok(target) => {
            let verdict = Verdict::ok(format!("{}: {target}, from {}", target.engine(), address.source));
            examination.target = Some(target);
            Some(verdict)
        }
        Err(error) => {
            let means = format!("no command that keeps or finds calls can work; the address is {}", address.source);
            Some(Verdict::fail(error.to_string(), means, SET_ADDRESS))
        }
    }
}

pub(super) fn folder(examination: &Examination<'_>) -> Option<Verdict> {
    // What needs a place for a file is not held up by a server that needs none.
    let Target::Sqlite(path) = examination.target.as_ref()? else { return Some(Verdict::ok(ON_A_SERVER)) };
    let path = &examination.place.environment.working_dir.join(path);
    let folder = path.parent().unwrap_or(path);
    let Some(existing) = system::existing(folder) else {
        let found = format!("{} cannot be made: a part of the path is a file", folder.display());
        return Some(Verdict::fail(found, "there is no place for the database", SET_ADDRESS));
    };
    let for_file = |path: &Path| match path.exists() && !system::is_writable(path) {
        true => Some(path.to_owned()),
        false => None,
    };
    let blocked = if system::is_writable(&existing) { for_file(path) } else { Some(existing.clone()) };
    Some(match blocked {
        Some(blocked) => Verdict::fail(
            format!("{} cannot be written to", blocked.display()),
            "nothing can be stored, and SQLite cannot even read while others write",
            match blocked == folder || blocked == *path {
                true => format!("chmod u+w {}, or another place: {SET_ADDRESS}", system::quoted(&blocked)),
                // Whose that is, is not known.
                false => format!("another place: {SET_ADDRESS}"),
            },
        ),
        None if existing == folder => Verdict::ok(format!("{} can be written to", folder.display())),
        None => Verdict::ok(format!("{} can be made", folder.display())),
    })
}

pub(super) fn filesystem(examination: &Examination<'_>) -> Option<Verdict> {
    let Target::Sqlite(path) = examination.target.as_ref()? else { return Some(Verdict::skip(ON_A_SERVER)) };
    let Some(existing) = system::existing(path.parent().unwrap_or(Path::new(""))) else {
        return Some(Verdict::skip("the folder cannot be made"));
    };
    Some(match system::remote(&existing) {
        Ok(None) => Verdict::ok("a disk of this machine"),
        Ok(Some(Remote(kind))) => Verdict::warn(
            format!("{} is shared ({kind})", existing.display()),
            "SQLite relies on locks that may not hold there: two programs at once can damage the file",
            format!("to a path on this machine, or to a postgres:// URL to share it: {SET_ADDRESS}"),
        ),
        Err(()) => Verdict::skip("this system does not say which kind it is"),
    })
}

pub(super) fn encryption(examination: &Examination<'_>) -> Option<Verdict> {
    let target = examination.target.as_ref()?;
    let mend = format!("end the URL with ?sslmode=verify-full: {SET_ADDRESS}");
    Some(match target.encryption() {
        Encryption::NotNeeded => Verdict::skip("nothing leaves this machine"),
        Encryption::Verified => Verdict::ok("always, and the server proves who it is"),
        Encryption::Unverified => Verdict::warn(
            "encrypted, but the server need not prove who it is (sslmode=require)",
            "somebody in between could answer in its place and read every call",
            mend,
        ),
        Encryption::IfOffered => Verdict::warn(
            "encrypted only if the server offers it (no sslmode)",
            "calls and the password may cross the network in the clear",
            mend,
        ),
        Encryption::Forbidden => Verdict::warn(
            "not encrypted (sslmode=disable)",
            "calls and the password cross the network in the clear",
            mend,
        ),
    })
}

pub(super) async fn database(examination: &mut Examination<'_>) -> Option<Verdict> {
    let target = examination.target.as_ref()?;
    let begun = Instant::now();
    match Store::look_at(target).await {
        Ok(None) => Some(Verdict::skip("there is no database yet: the first command that needs one makes it")),
        Ok(Some(store)) => {
            let took = begun.elapsed();
            examination.store = Some(store);
            Some(Verdict::ok(match took > ASLEEP {
                true => format!("it answers, after {:.0} s: it was asleep and woke up", took.as_secs_f64()),
                false => "it answers".to_owned(),
            }))
        }
        Err(error) => Some(unusable(&error)),
    }
}

/// Why a database that is there cannot be used.
fn unusable(error: &StoreError) -> Verdict {
    let (means, mend) = match error {
        StoreError::NotADatabase(_) => (
            "no call can be stored or found; this program never overwrites a file that is not its own",
            format!("name another file: {SET_ADDRESS}"),
        ),
        StoreError::Unreachable { .. } => {
            ("no call can be stored or found until it answers", format!("start it, or mend the address: {SET_ADDRESS}"))
        }
        StoreError::ForeignSchema(_) => (
            "no call can be stored or found",
            format!("call-coach db migrate --into-existing, or name an empty one: {SET_ADDRESS}"),
        ),
        StoreError::Refused { .. } => ("no call can be stored or found", format!("mend the address: {SET_ADDRESS}")),
        StoreError::NewerSchema { .. } => {
            ("this program does not know how to read it", "install the newest call-coach".to_owned())
        }
        StoreError::Damaged => ("what is stored cannot be trusted, and most commands fail", RECOVER.to_owned()),
        StoreError::ChangedMigration { .. } => (
            "this program cannot know what it holds",
            format!("use the build that made it, or another one: {SET_ADDRESS}"),
        ),
        _ => (
            "no call can be stored or found",
            format!("call-coach db status --verbose, or another database: {SET_ADDRESS}"),
        ),
    };
    Verdict::fail(error.to_string(), means, mend)
}

pub(super) async fn schema(examination: &mut Examination<'_>) -> Option<Verdict> {
    let (target, store) = (examination.target.as_ref()?, examination.store.as_ref()?);
    let status = match store.schema(target).await {
        Ok(status) => status,
        Err(error) => return Some(unusable(&error)),
    };
    let version = status.engine_version.unwrap_or_default();
    let engine = format!("{} {version}, {:.1} MB", target.engine(), status.size_bytes as f64 / 1e6);
    let behind =
        format!("{} of {} steps are missing", status.pending.len(), status.pending.len() + status.applied.len());
    if status.pending.is_empty() {
        return Some(match store.missing_tables().await {
            Ok(missing) if missing.is_empty() => Verdict::ok(format!("{engine}, up to date")),
            Ok(missing) => Verdict::fail(
                format!("the tables {} are missing ({engine})", missing.join(", ")),
                "somebody took them away: whatever needs them fails",
                format!("put a copy of the database back, or name another one: {SET_ADDRESS}"),
            ),
            Err(error) => unusable(&error),
        });
    }
    if let Target::Postgres(_) = target {
        let means = "a shared database is changed only when somebody asks for it: until then every command refuses it";
        return Some(Verdict::fail(format!("{behind} ({engine})"), means, "call-coach db migrate"));
    }
    // What is missing the other checks would stumble over.
    examination.store.take()?.close().await;
    let means = "the next command that opens it brings it up to date, and keeps a copy of the file beside it";
    Some(Verdict::warn(format!("{behind} ({engine})"), means, "call-coach db migrate"))
}

pub(super) async fn connections(examination: &Examination<'_>) -> Option<Verdict> {
    let target = examination.target.as_ref()?;
    let found = match examination.store.as_ref()?.connections().await {
        Ok(Some(found)) => found,
        Ok(None) => return Some(Verdict::skip("a file has none")),
        Err(error) => return Some(unusable(&error)),
    };
    let said = format!("{} of {} in use", found.in_use, found.most);
    if !found.may_write {
        return Some(Verdict::fail(
            "this user may only read",
            "calls can be found, but none can be stored or scored",
            "GRANT INSERT, UPDATE, DELETE, SELECT ON ALL TABLES IN SCHEMA public TO the user in the URL",
        ));
    }
    if found.in_use + OURS <= found.most {
        return Some(Verdict::ok(said));
    }
    let mend = match target.host() {
        Some(host) if host.ends_with(".neon.tech") && !host.contains("-pooler.") => {
            format!("go through Neon's pooler: put -pooler behind the first part of {host}")
        }
        _ => "close other programs, raise max_connections, or go through a pooler".to_owned(),
    };
    Some(Verdict::warn(said, format!("a run of this program takes up to {OURS}, and may be turned away"), mend))
}

pub(super) async fn integrity(examination: &Examination<'_>) -> Option<Verdict> {
    if let Target::Postgres(_) = examination.target.as_ref()? {
        return Some(Verdict::ok("the server looks after it"));
    }
    let found = match examination.store.as_ref()?.damage().await {
        Ok(found) => found,
        Err(error) => return Some(unusable(&error)),
    };
    Some(match found.first() {
        None => Verdict::ok("no damage found"),
        Some(first) => Verdict::fail(
            format!("the file is damaged: {}", first.lines().last().unwrap_or(first)),
            "some calls cannot be read, and writing may lose more of them",
            RECOVER,
        ),
    })
}

pub(super) async fn text_index(examination: &Examination<'_>) -> Option<Verdict> {
    Some(match examination.store.as_ref()?.unindexed_lines().await {
        Ok(0) => Verdict::ok("every line can be found"),
        Ok(lines) => Verdict::warn(
            format!("{lines} lines are not in it"),
            "search --text does not find what was said there",
            "call-coach db copy NEW.db, which builds it anew there; then call-coach config set database_url NEW.db",
        ),
        Err(error) => unusable(&error),
    })
}
