//! What operators do: the demo, and what runs beside the server.

pub mod background;
pub mod demo;
pub mod demo_data;
