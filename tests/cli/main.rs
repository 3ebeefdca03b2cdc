//! The command line, on the real executable: what it does, prints and returns.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on must stop")]

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod calendars;
mod catalogue;
mod damage;
mod keys;
mod life;
mod making;
mod verifying;
mod watching;

use std::path::Path;

use serde_json::Value;

use support::server::{Done, Server, motcua};

/// Runs a command on a folder.
fn on(folder: &Path, arguments: &[&str]) -> Done {
    let data = folder.to_str().expect("temporary folders have plain names");
    motcua(&[arguments, &["--data", data]].concat())
}

/// The answer of a command that must succeed under `--json`.
#[track_caller]
fn answer(server: &Server, arguments: &[&str]) -> Value {
    let done = server.command(&[arguments, &["--json"]].concat());
    assert_eq!(done.code, Some(0), "{done:?}");
    serde_json::from_str(&done.stdout).unwrap_or_else(|error| panic!("{error}: {done:?}"))
}

/// The sentence of a command that must fail under `--json`.
#[track_caller]
fn refusal(done: &Done) -> String {
    assert_eq!(done.code, Some(1), "{done:?}");
    let told: Value = serde_json::from_str(&done.stdout).expect("JSON");
    let sentence = told["error"].as_str().expect("a sentence").to_owned();
    assert!(done.stderr.contains(&sentence), "{done:?}");
    sentence
}

/// The same work on a folder that is served, and on one at rest.
fn served_and_at_rest(work: fn(&Server)) {
    let mut server = Server::empty();
    work(&server);
    drop(server);
    server = Server::empty();
    assert_eq!(server.terminate().code(), Some(0));
    work(&server);
}
