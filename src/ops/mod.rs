//! ops

pub mod demo_data;
