//! Work on a whole instance: the demo, operations that the command line asks for, and what runs
//! beside the server.

pub mod background;
pub mod control;
pub mod demo;
pub mod demo_data;
pub mod founding;
pub mod operations;

/// Is told what is being done, how much of it is done, and how much there is.
pub type Progress<'a> = &'a mut dyn FnMut(&str, u64, u64);
