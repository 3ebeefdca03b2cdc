//! A child process whose output is kept, and which never outlives its test.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How long a program may take to say what it is waited for. Far above what it takes: only a program
/// that hangs gets here.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running program.
pub struct Process {
    child: Child,
    output: Arc<Output>,
}

#[derive(Default)]
struct Output {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    lines: Vec<String>,
    closed: usize,
}

impl Process {
    /// Starts `command` with its standard input closed and its output captured.
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        let output = Arc::new(Output::default());
        follow(child.stdout.take().expect("stdout is piped"), &output);
        follow(child.stderr.take().expect("stderr is piped"), &output);
        Self { child, output }
    }

    /// Waits for a line that contains `marker` and returns what follows it there. Panics with the
    /// program's whole output when it ends, or hangs, without saying so.
    pub fn wait_for(&self, marker: &str) -> String {
        let state = self.output.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (state, _) = self
            .output
            .changed
            .wait_timeout_while(state, PATIENCE, |state| {
                state.closed < 2 && after(&state.lines, marker).is_none()
            })
            .unwrap_or_else(PoisonError::into_inner);
        after(&state.lines, marker)
            .unwrap_or_else(|| panic!("never said {marker:?}:\n{}", state.lines.join("\n")))
    }

    /// Everything it has said so far, standard output and errors as they came.
    pub fn log(&self) -> String {
        self.output.state.lock().unwrap_or_else(PoisonError::into_inner).lines.join("\n")
    }

    /// `kill -9`: it gets no chance to finish anything; returns how it ended.
    pub fn kill(&mut self) -> ExitStatus {
        self.child.kill().expect("a child can be killed");
        self.child.wait().expect("a killed child ends")
    }

    /// Sends it a signal, such as `HUP`.
    pub fn signal(&self, name: &str) {
        // The shell's own `kill`: small systems have no other.
        let signal = format!("kill -{name} {}", self.child.id());
        let sent = Command::new("sh").args(["-c", &signal]).status().expect("sh runs");
        assert!(sent.success(), "cannot send SIG{name}");
    }

    /// SIGTERM, as an init system sends it; returns how it ended.
    pub fn terminate(&mut self) -> ExitStatus {
        self.signal("TERM");
        self.child.wait().expect("a terminated child ends")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already, and then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn after(lines: &[String], marker: &str) -> Option<String> {
    lines.iter().find_map(|line| line.split_once(marker)).map(|(_, rest)| rest.to_owned())
}

fn follow(stream: impl Read + Send + 'static, output: &Arc<Output>) {
    let output = Arc::clone(output);
    thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut line = Vec::new();
        while matches!(reader.read_until(b'\n', &mut line), Ok(read) if read > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            output.state.lock().unwrap_or_else(PoisonError::into_inner).lines.push(text);
            output.changed.notify_all();
            line.clear();
        }
        output.state.lock().unwrap_or_else(PoisonError::into_inner).closed += 1;
        output.changed.notify_all();
    });
}
