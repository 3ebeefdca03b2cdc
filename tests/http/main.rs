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
mod citizen_account;
mod counter;
mod declared_forms;
mod desk_flows;
mod disposal;
mod drafts;
mod filing;
mod form_builder;
mod form_cases;
mod forms;
mod hostile;
mod mandates;
mod pages;
mod papers;
mod privacy;
mod processes;
mod proof;
mod rights;
mod search;
mod sign_in;
mod sign_on;
mod sign_on_real;
mod signed;
mod substitutes;
mod the_client_itself;
mod the_process_itself;
mod tickets;
mod tls;
mod typed_lines;
