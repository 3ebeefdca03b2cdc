//! The REST API and the pages, over HTTP, on the real executable.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on must stop")]

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod agencies;
mod api;
mod applicant;
mod catalogue_life;
mod certification;
mod declared_forms;
mod desk_flows;
mod disposal;
mod drafts;
mod form_cases;
mod forms;
mod pages;
mod papers;
mod processes;
mod proof;
mod search;
mod signed;
mod the_client_itself;
mod the_process_itself;
mod tickets;
