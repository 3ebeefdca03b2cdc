//! That a child process is waited for, killed and ended as the other tests take for granted.

use std::os::unix::process::ExitStatusExt;
use std::process::Command;

use crate::support::process::Process;

fn shell(script: &str) -> Process {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    Process::start(command)
}

#[test]
fn waiting_returns_what_follows_the_marker() {
    let process =
        shell("echo starting; echo listening on http://127.0.0.1:9; exec tail -f /dev/null");
    assert_eq!(process.wait_for("listening on "), "http://127.0.0.1:9");
    assert!(process.log().starts_with("starting\n"));
}

#[test]
#[should_panic(expected = "the folder is in use")]
fn a_program_that_ends_without_the_marker_shows_what_it_said() {
    shell("echo 'the folder is in use' >&2; exit 1").wait_for("listening on ");
}

#[test]
fn a_signal_to_end_lets_the_program_finish_and_a_kill_does_not() {
    let finishing = "trap 'exit 7' TERM; echo ready; while :; do :; done";
    let mut process = shell(finishing);
    process.wait_for("ready");
    assert_eq!(process.terminate().code(), Some(7));

    let mut process = shell("trap '' TERM; echo ready; exec tail -f /dev/null");
    process.wait_for("ready");
    assert_eq!(process.kill().signal(), Some(9));
}
