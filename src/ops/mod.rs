//! Work on a whole instance: check, reindex, seed, measure, the demo, operations that the command
//! line asks for, and what runs beside the server.

pub mod background;
pub mod bench;
mod calendars;
pub mod check;
mod checkpoints;
pub mod control;
pub mod deadlines;
pub mod demo;
pub mod demo_data;
pub mod founding;
pub mod operations;
pub mod papers;
pub mod reindex;
pub mod seed;
#[cfg(test)]
mod test_support;

/// Is told what is being done, how much of it is done, and how much there is.
pub type Progress<'a> = &'a mut dyn FnMut(&str, u64, u64);
