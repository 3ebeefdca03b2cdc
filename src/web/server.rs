//! The HTTP server: listening, limits, headers, a clean end.
