//! What the test binaries share: the real program as a child process, an HTTP client that takes
//! every status as an answer, and a real browser.
#![allow(dead_code, reason = "each test binary uses the part that it needs")]

pub mod browser;
pub mod fixture;
pub mod http;
pub mod mail;
pub mod process;
pub mod provider;
pub mod server;
