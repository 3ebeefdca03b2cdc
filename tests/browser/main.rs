//! The pages in a real browser, as people use them: with scripts and without.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on must stop")]

#[path = "../support/mod.rs"]
mod support;

mod administration;
mod calendar;
mod counter;
mod data;
mod desk;
mod drafts;
mod filing;
mod forms;
mod linked;
mod money;
mod passkeys;
mod personal;
mod supplement;
mod the_browser_itself;
mod uploads;
