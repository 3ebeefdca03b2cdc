//! Keeps events and projections in an ordered key-value engine, atomically.
//!
//! [`engine`] is the seam, [`tables`] the one list of tables, [`codec`] the bytes, [`keyring`] the
//! sealing of personal parts, [`books`] the cashiers' books, [`ledger`] the one writer (append, views, letters and answers in one
//! commit), [`outbox`] the letters, [`chained`] records in chains of their own, [`looks`] who was shown what, [`privacy`] what people agreed to, [`data_requests`] what they ask, [`checkpoints`] where logs stood, [`disposals`] what is gone, [`rewrapping`] the keyring's own key,
//! [`reader`] what reads ask, [`schema`] the format version.

pub mod books;
pub mod chained;
pub mod checkpoints;
pub mod codec;
pub mod data_requests;
pub mod disposals;
pub mod engine;
pub mod event_log;
pub mod keyring;
pub mod ledger;
pub mod looks;
pub mod outbox;
mod packing;
pub mod persons;
pub mod places;
pub mod privacy;
pub mod reader;
pub mod rewrapping;
pub mod schema;
mod sealing;
pub mod tables;
pub mod txn;
pub mod views;
mod writer;
