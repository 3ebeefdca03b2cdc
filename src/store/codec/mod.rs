//! Bytes of stored values; `docs/format.md` writes them down for other programs.

mod domain;
pub mod event;
mod process;
pub mod wire;
