//! Laws that hold for every input: encodings give back what they took and never panic, replay gives
//! the state, numbers have no gaps, a repeated request is done once.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod deadlines;
mod encodings;
mod ledgers;
mod real_years;
mod repeats;
#[path = "../support/workshop.rs"]
#[allow(dead_code, reason = "each test binary uses the part that it needs")]
mod workshop;
