//! The working-time calendar of an agency (domain section 5).
