//! office

pub mod catalogue;
