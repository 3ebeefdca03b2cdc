//! Work on a whole instance: check, reindex, seed, measure.

pub mod check;
pub mod demo_data;
pub mod reindex;

/// Is told what is being done, how much of it is done, and how much there is.
pub type Progress<'a> = &'a mut dyn FnMut(&str, u64, u64);
