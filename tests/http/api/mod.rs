//! The REST API on the demo: what it takes, what it answers, what it refuses and in which order.

mod batch;
mod connected;
mod corrections;
mod deadlines;
mod disk;
pub mod documents;
mod feed;
mod files;
mod journey;
mod linked;
mod lists;
mod money;
mod openapi;
mod pieces;
pub mod portal;
mod refusals;
mod repeats;
mod results;
mod sign_in;
mod table;
mod tracking;
