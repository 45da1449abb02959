//! One PostgreSQL server a run, found on this machine or named by `CALL_COACH_TEST_POSTGRES_URL`.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;

use super::variable;

const URL: &str = "CALL_COACH_TEST_POSTGRES_URL";
const REQUIRED: &str = "CALL_COACH_REQUIRE_POSTGRES";

/// The server of this run.
pub(crate) struct Server {
    /// Where it answers, with a database that always exists.
    pub(crate) url: String,
    /// Whether it was started by us and goes away with everything in it.
    pub(crate) is_ours: bool,
    /// While this is open the server runs; see [`start`].
    _lifeline: Option<ChildStdin>,
}

/// The server, or `None` (said once on stderr) where none can be had.
///
/// # Panics
///
/// When there is none although `CALL_COACH_REQUIRE_POSTGRES=1`.
pub(crate) fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    let server = SERVER.get_or_init(|| {
        let server = match variable(URL) {
            Some(url) => Ok(Server { url, is_ours: false, _lifeline: None }),
            None => start(),
        };
        if let Err(reason) = &server {
            // Not `eprintln!`: the test harness would keep it to itself.
            let line = format!("PostgreSQL tests are SKIPPED: {reason}. Install its server, or set {URL}.\n");
            let _ = std::io::stderr().write_all(line.as_bytes());
        }
        server
    });
    match server {
        Ok(server) => Some(server),
        Err(reason) if variable(REQUIRED).is_some() => panic!("{REQUIRED} is set, but {reason}"),
        Err(_) => None,
    }
}

/// Starts a server that listens on a socket in a new folder only.
///
/// Its parent is a shell that waits until its standard input is closed, which the system does when the test process
/// ends in whatever way; then it stops the server and removes the folder.
fn start() -> Result<Server, String> {
    let bin = find_binaries().ok_or("`initdb` and `postgres` were not found")?;
    let folder = tempfile::Builder::new().prefix("call-coach-pg-").tempdir().map_err(|error| error.to_string())?;
    let user = unprivileged_user(folder.path());
    if let Some((uid, gid)) = user {
        std::os::unix::fs::chown(folder.path(), Some(uid), Some(gid)).map_err(|error| error.to_string())?;
    }
    let command = |program: &Path| {
        let mut command = Command::new(program);
        command.current_dir(folder.path()).stdin(Stdio::null());
        if let Some((uid, gid)) = user {
            command.uid(uid).gid(gid);
        }
        command
    };
    let made = command(&bin.join("initdb"))
        .args(["--pgdata=data", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"])
        .output()
        .map_err(|error| error.to_string())?;
    if !made.status.success() {
        return Err(format!("initdb failed: {}", String::from_utf8_lossy(&made.stderr)));
    }
    let script = r#"
        pg_ctl() { "$0" --pgdata=data --wait "$@" >/dev/null; }
        pg_ctl --log=log --options="-k '$PWD' -c listen_addresses= -c fsync=off -c max_connections=200" start && echo ready
        cat >/dev/null
        pg_ctl --mode=immediate stop
        rm -rf "$PWD""#;
    let mut shell = command(Path::new("sh"))
        .args(["-c", script])
        .arg(bin.join("pg_ctl"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // An interrupt typed at the terminal must not stop the shell before it has cleaned up.
        .process_group(0)
        .spawn()
        .map_err(|error| error.to_string())?;
    let lifeline = shell.stdin.take();
    let folder = folder.keep();
    let mut answer = String::new();
    BufReader::new(shell.stdout.take().ok_or("no output")?)
        .read_line(&mut answer)
        .map_err(|error| error.to_string())?;
    if answer.trim() != "ready" {
        let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
        return Err(format!("the server did not start: {log}"));
    }
    let url = format!("postgres://postgres@localhost/postgres?host={}", folder.display());
    Ok(Server { url, is_ours: true, _lifeline: lifeline })
}

fn find_binaries() -> Option<PathBuf> {
    let path = variable("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).map(|folder| folder.join("initdb"));
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut installed: Vec<_> = debian.map(|version| version.path().join("bin/initdb")).collect();
    installed.sort();
    // A link on the path may stand alone: the other programs lie beside what it leads to.
    let initdb = on_path.chain(installed.into_iter().rev()).find_map(|initdb| initdb.canonicalize().ok())?;
    let bin = initdb.parent()?.to_owned();
    bin.join("postgres").exists().then_some(bin)
}

/// PostgreSQL refuses to run as root: `postgres` or `nobody` does it then.
fn unprivileged_user(ours: &Path) -> Option<(u32, u32)> {
    if std::fs::metadata(ours).ok()?.uid() != 0 {
        return None;
    }
    let passwd = std::fs::read_to_string("/etc/passwd").ok()?;
    ["postgres", "nobody"].iter().find_map(|name| {
        let fields: Vec<_> = passwd.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|f| f[0] == *name)?;
        Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?))
    })
}
