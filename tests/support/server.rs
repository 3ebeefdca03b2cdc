//! The real executable: as a server on a folder of its own, and as a command that runs to its end.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{fs, io};

use tempfile::TempDir;

use super::http::Client;
use super::process::Process;

const PROGRAM: &str = env!("CARGO_BIN_EXE_motcua");
const READY: &str = "listening on ";
/// The administrator's password in folders made by [`Server::empty`].
pub const ADMIN_PASSWORD: &str = "dem-trang-tren-song-huong";

/// A server on a free port, with a data folder that goes when it goes.
pub struct Server {
    process: Process,
    base: String,
    arguments: Vec<String>,
    folder: TempDir,
}

impl Server {
    /// The demo instance: agencies, catalogue, staff of every role, dossiers.
    pub fn demo() -> Self {
        let folder = new_folder();
        copy(template(), folder.path()).expect("the demo is copied");
        Self::start("demo", &[], folder)
    }

    /// A demo of its own, made anew, with further arguments, such as `--dossiers 1000`.
    pub fn demo_with(arguments: &[&str]) -> Self {
        Self::start("demo", arguments, new_folder())
    }

    /// An instance that has only its agency `H40.12` and the administrator `admin`.
    pub fn empty() -> Self {
        let folder = new_folder();
        let data = folder.path().to_str().expect("temporary folders have plain names");
        let agency = ["--agency-code", "H40.12", "--agency-name", "UBND phường Bến Thử"];
        let made = Command::new(PROGRAM)
            .args(["init", "--data", data, "--admin", "admin"])
            .args(agency)
            .env("MOTCUA_ADMIN_PASSWORD", ADMIN_PASSWORD)
            .output()
            .expect("the program starts");
        assert!(made.status.success(), "init: {}", String::from_utf8_lossy(&made.stderr));
        Self::start("serve", &[], folder)
    }

    /// A server on a folder that a test has made.
    pub fn on(folder: TempDir) -> Self {
        Self::start("serve", &[], folder)
    }

    fn start(command: &str, arguments: &[&str], folder: TempDir) -> Self {
        let arguments: Vec<String> =
            [command].iter().chain(arguments).map(|argument| (*argument).to_owned()).collect();
        let process = spawn(&arguments, folder.path());
        let base = process.wait_for(READY);
        Self { process, base, arguments, folder }
    }

    /// Starts it again on the same folder after [`Server::kill`] or [`Server::terminate`].
    pub fn restart(&mut self) {
        self.process = spawn(&self.arguments, self.folder.path());
        self.base = self.process.wait_for(READY);
    }

    /// As [`Server::restart`], with the clock of a training folder moved to an instant after all that
    /// has happened in it.
    pub fn restart_at(&mut self, clock: &str) {
        self.arguments = ["serve", "--clock", clock].map(str::to_owned).to_vec();
        self.restart();
    }

    /// As [`Server::restart`], on a disk that is full for files that would grow beyond `bytes`.
    pub fn restart_on_full_disk(&mut self, bytes: u64) {
        let mut command = Command::new("sh");
        // POSIX counts in blocks of 512 bytes; a write beyond fails when its signal is ignored.
        let limited = format!("trap '' XFSZ; ulimit -S -f {}; exec \"$0\" \"$@\"", bytes / 512);
        command.args(["-c", &limited, PROGRAM]).args(&self.arguments);
        command.args(["--listen", "127.0.0.1:0", "--data"]).arg(self.folder.path());
        self.process = Process::start(command);
        self.base = self.process.wait_for(READY);
    }

    /// `kill -9`; returns how it ended.
    pub fn kill(&mut self) -> ExitStatus {
        self.process.kill()
    }

    /// SIGTERM; returns how it ended.
    pub fn terminate(&mut self) -> ExitStatus {
        self.process.terminate()
    }

    /// Sends it a signal, such as `HUP`.
    pub fn signal(&self, name: &str) {
        self.process.signal(name);
    }

    /// Starts it again on the same folder with other arguments than before.
    pub fn restart_as(&mut self, arguments: &[&str]) {
        self.arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        self.restart();
    }

    /// What follows `marker` in its output, once it has said so.
    pub fn said(&self, marker: &str) -> String {
        self.process.wait_for(marker)
    }

    /// Where it listens, such as `http://127.0.0.1:41234`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The address of `path`, which begins with `/`.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// A client of this server, without cookies or token.
    pub fn client(&self) -> Client {
        Client::new(&self.base)
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What it has printed since its last start.
    pub fn log(&self) -> String {
        self.process.log()
    }

    /// Waits until it has printed a line that contains `marker`.
    pub fn wait_for_log(&self, marker: &str) {
        self.process.wait_for(marker);
    }

    /// Runs `motcua ARGUMENTS --data FOLDER` beside the server, or on its folder at rest.
    pub fn command(&self, arguments: &[&str]) -> Done {
        let data = self.folder.path().to_str().expect("temporary folders have plain names");
        motcua(&[arguments, &["--data", data]].concat())
    }
}

/// How a command ended.
#[derive(Debug)]
pub struct Done {
    /// The exit code; `None` after a signal.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Runs `motcua ARGUMENTS` to its end, with nothing on its standard input.
pub fn motcua(arguments: &[&str]) -> Done {
    let output = Command::new(PROGRAM)
        .args(arguments)
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the program starts");
    Done {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A demo folder at rest, of this build and day. Making one costs more than most tests; each test
/// serves a copy, as a demo is served the second time.
fn template() -> &'static Path {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo");
        let of_now = all.join(build_and_day());
        if !of_now.exists() {
            // Those of earlier builds and days.
            let _ = fs::remove_dir_all(&all);
            fs::create_dir_all(&all).expect("a folder for the demo");
            let mut made = Server::start("demo", &[], new_folder());
            assert!(made.terminate().success(), "{}", made.log());
            let copied = all.join("copied");
            copy(made.folder(), &copied).expect("the demo is kept");
            fs::rename(copied, &of_now).expect("the demo is kept");
        }
        of_now
    })
}

#[expect(clippy::disallowed_methods, reason = "the program under test has the machine's clock")]
fn build_and_day() -> String {
    let program = fs::metadata(PROGRAM).expect("the program is built");
    let built = program.modified().expect("files have times");
    let since = |time: SystemTime| time.duration_since(UNIX_EPOCH).unwrap_or_default();
    // Days begin at midnight in Vietnam.
    let day = (since(SystemTime::now()).as_secs() + 7 * 3_600) / 86_400;
    format!("{}-{}-{day}", program.len(), since(built).as_millis())
}

/// Copies a folder's files and folders; sockets stay.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    fs::set_permissions(to, fs::metadata(from)?.permissions())?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, target) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            copy(&entry.path(), &target)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn spawn(arguments: &[String], folder: &Path) -> Process {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).args(["--listen", "127.0.0.1:0", "--data"]).arg(folder);
    Process::start(command)
}

fn new_folder() -> TempDir {
    tempfile::Builder::new().prefix("motcua-test-").tempdir().expect("a temporary folder")
}
