//! Nothing that was acknowledged is lost, whatever fails: power, disk, clock, process.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod clock;
mod disk;
mod folder;
mod killed;
mod notices;
mod power;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/workshop.rs"]
#[allow(dead_code, reason = "each test binary uses the part that it needs")]
mod workshop;
