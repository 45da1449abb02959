//! One PostgreSQL server a run, found on this machine or named by `CALL_COACH_TEST_POSTGRES_URL`.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;

use super::{skipped, variable};

const URL: &str = "CALL_COACH_TEST_POSTGRES_URL";
const REQUIRED: &str = "CALL_COACH_REQUIRE_POSTGRES";

/// What lets `postgres` in over the network. It is no secret: the server lives for one run.
const PASSWORD: &str = "of/one#run";
const PASSWORD_IN_URL: &str = "of%2Fone%23run";

/// The server of this run.
pub(crate) struct Server {
    /// Where it answers, with a database that always exists.
    pub(crate) url: String,
    /// The server that we started, which goes away with everything in it.
    pub(crate) ours: Option<Ours>,
    /// While this is open the server runs; see [`start`].
    _lifeline: Option<ChildStdin>,
}

/// What is known of a server that we started ourselves.
pub(crate) struct Ours {
    /// Its folder; the socket is in it.
    pub(crate) folder: PathBuf,
    /// Its port, of the socket and of the loopback address.
    pub(crate) port: u16,
    /// Its self-signed certificate for `localhost`, where `openssl` could make one.
    pub(crate) certificate: Option<PathBuf>,
}

impl Ours {
    /// Its address over the network, on the loopback interface.
    pub(crate) fn over_tcp(&self, host: &str, parameters: &str) -> String {
        format!("postgres://postgres:{PASSWORD_IN_URL}@{host}:{}/postgres?{parameters}", self.port)
    }
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
            Some(url) => Ok(Server { url, ours: None, _lifeline: None }),
            None => start(),
        };
        if let Err(reason) = &server {
            skipped(&format!("all tests with PostgreSQL: {reason}. Install its server, or set {URL}."));
        }
        server
    });
    match server {
        Ok(server) => Some(server),
        Err(reason) if variable(REQUIRED).is_some() => panic!("{REQUIRED} is set, but {reason}"),
        Err(_) => None,
    }
}

/// Starts a server that listens on a socket in a new folder and, with a password, on the loopback interface.
fn start() -> Result<Server, String> {
    let bin = find_binaries().ok_or("`initdb` and `postgres` were not found")?;
    let folder = tempfile::Builder::new().prefix("call-coach-pg-").tempdir().map_err(|error| error.to_string())?;
    let user = unprivileged_user(folder.path());
    let command = |program: &Path| in_folder(program, folder.path(), user);
    own(folder.path(), user)?;
    std::fs::write(folder.path().join("password"), PASSWORD).map_err(|error| error.to_string())?;
    own(&folder.path().join("password"), user)?;
    let made = command(&bin.join("initdb"))
        .args(["--pgdata=data", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"])
        .args(["--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile=password"])
        .output()
        .map_err(|error| error.to_string())?;
    if !made.status.success() {
        return Err(format!("initdb failed: {}", String::from_utf8_lossy(&made.stderr)));
    }
    let certificate = self_signed(&command);
    let tls = if certificate { "-c ssl=on -c ssl_cert_file=../tls.crt -c ssl_key_file=../tls.key" } else { "" };
    let port = free_port()?;
    let script = format!(
        r#"pg_ctl() {{ "$0" --pgdata=data --wait "$@" >/dev/null; }}
        pg_ctl --log=log start --options="-k '$PWD' -p {port} -c listen_addresses=127.0.0.1 -c fsync=off \
            -c max_connections=200 {tls}" && echo ready
        cat >/dev/null
        pg_ctl --mode=immediate stop
        rm -rf "$PWD""#
    );
    let lifeline = run(command(Path::new("sh")).args(["-c", &script]).arg(bin.join("pg_ctl")), folder.path())?;
    let folder = folder.keep();
    let url = format!("postgres://postgres@localhost:{port}/postgres?host={}", folder.display());
    let certificate = certificate.then(|| folder.join("tls.crt"));
    Ok(Server { url, ours: Some(Ours { folder, port, certificate }), _lifeline: Some(lifeline) })
}

/// PgBouncer in transaction mode before our server: each transaction may get another of its two connections.
pub(crate) struct Pooler {
    folder: PathBuf,
    _lifeline: ChildStdin,
}

impl Pooler {
    /// Starts one, or says why not.
    pub(crate) fn start(ours: &Ours) -> Result<Self, String> {
        let path = variable("PATH").unwrap_or_default();
        let mut folders = std::env::split_paths(&path).chain(["/usr/sbin".into()]);
        let program = folders.find_map(|folder| Some(folder.join("pgbouncer")).filter(|program| program.exists()));
        let program = program.ok_or("`pgbouncer` was not found")?;
        let folder = tempfile::Builder::new().prefix("call-coach-pgb-").tempdir().map_err(|error| error.to_string())?;
        let user = unprivileged_user(folder.path());
        let config = format!(
            "[databases]\n* = host={} port={} user=postgres\n[pgbouncer]\nlisten_addr =\nlisten_port = 6432\n\
             unix_socket_dir = {}\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 2\n",
            ours.folder.display(),
            ours.port,
            folder.path().display()
        );
        std::fs::write(folder.path().join("config"), config).map_err(|error| error.to_string())?;
        own(folder.path(), user)?;
        let script = r#"
            "$0" --quiet config 2>log &
            until [ -S .s.PGSQL.6432 ]; do kill -0 $! && sleep 0.02 || exit; done
            echo ready
            cat >/dev/null
            kill $!
            rm -rf "$PWD""#;
        let mut shell = in_folder(Path::new("sh"), folder.path(), user);
        let lifeline = run(shell.args(["-c", script]).arg(program), folder.path())?;
        Ok(Pooler { folder: folder.keep(), _lifeline: lifeline })
    }

    /// The address of a database behind it.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://postgres@/{database}?host={}&port=6432", self.folder.display())
    }
}

/// A command that runs in a folder, as a user who may run a server.
fn in_folder(program: &Path, folder: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null());
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command
}

fn own(path: &Path, user: Option<(u32, u32)>) -> Result<(), String> {
    let Some((uid, gid)) = user else { return Ok(()) };
    std::os::unix::fs::chown(path, Some(uid), Some(gid)).map_err(|error| error.to_string())
}

/// Runs a shell that starts a server and says that it is ready.
///
/// The shell waits until its standard input is closed, which the system does when the test process ends in whatever
/// way; then it stops the server and removes the folder.
fn run(shell: &mut Command, folder: &Path) -> Result<ChildStdin, String> {
    let mut shell = shell
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // An interrupt typed at the terminal must not stop the shell before it has cleaned up.
        .process_group(0)
        .spawn()
        .map_err(|error| error.to_string())?;
    let lifeline = shell.stdin.take().ok_or("no input")?;
    let mut answer = String::new();
    BufReader::new(shell.stdout.take().ok_or("no output")?)
        .read_line(&mut answer)
        .map_err(|error| error.to_string())?;
    if answer.trim() != "ready" {
        let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
        return Err(format!("the server did not start: {log}"));
    }
    Ok(lifeline)
}

/// Makes a key and a certificate that nobody else has signed.
fn self_signed(command: &impl Fn(&Path) -> Command) -> bool {
    let mut openssl = command(Path::new("openssl"));
    openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]);
    openssl.args(["-keyout", "tls.key", "-out", "tls.crt", "-subj", "/CN=localhost"]);
    openssl.args(["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"]);
    openssl.output().is_ok_and(|output| output.status.success())
}

fn free_port() -> Result<u16, String> {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    port.map(|address| address.port()).map_err(|error| error.to_string())
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
