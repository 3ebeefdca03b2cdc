//! Pages for the public and the desk, and the REST API. Thin: it parses, asks `office`, and renders.

pub mod assets;
pub mod components;
pub mod shell;
pub mod theme;
pub mod words;
