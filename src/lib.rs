//! Motcua: a public-service portal and electronic one-stop desk in one executable.
//!
//! The floors and the one direction in which they import each other are drawn in
//! `ARCHITECTURE.md`; `tests/tidy` keeps them.

pub mod cli;
pub mod config;
pub mod documents;
pub mod domain;
pub mod env;
pub mod interop;
pub mod office;
pub mod ops;
pub mod search;
pub mod store;
pub mod web;
