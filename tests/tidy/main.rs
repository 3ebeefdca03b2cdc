//! The house rules that the compiler does not know, checked on the sources themselves.
//!
//! Each check is a function from a [`tree::Tree`] to a list of problems. It is run on the repository,
//! and on a bad snippet to show that it can fail.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod commands;
mod dependencies;
mod imports;
mod limits;
mod manners;
mod map;
mod messages;
mod raw_html;
mod source;
mod tree;
mod words;

/// Panics with every problem that was found, one a line.
#[track_caller]
fn none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// Panics unless exactly one problem was found, and it says `part`.
#[track_caller]
fn one(problems: &[String], part: &str) {
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].contains(part), "{part:?} is not in {:?}", problems[0]);
}
