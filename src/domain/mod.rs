//! What the law and the office say. Pure: no clock, no I/O, no async, no HTTP, no storage types.

pub mod absence;
pub mod agency;
pub mod calendar;
pub mod catalogue;
pub mod checklist;
pub mod deadline;
pub mod dossier;
pub mod fee;
pub mod form;
pub mod guidance;
pub mod identity;
pub mod ids;
pub mod look;
pub mod notice;
pub mod offer;
pub mod password;
pub mod person;
pub mod personal;
pub mod process;
pub mod refusal;
pub mod retention;
pub mod rules;
pub mod territory;
pub mod ticket;
pub mod validity;
pub mod words;
