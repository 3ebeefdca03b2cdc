//! Notices: which event tells whom what, in which words, and when it may go.
//!
//! All of it is pure: `store` writes the letters in the commit of their event, `interop` carries
//! them, and neither decides anything.

mod letter;
mod reminders;
mod short;
mod tells;
mod template;
mod timing;
pub mod words;

pub use letter::{Addressee, Channel, Delivery, DeliveryState, Letter};
pub use reminders::{Proposal, Reminder, propose_apology, remind};
pub use short::{SHORT, short};
pub use tells::{Told, asked, tells};
pub use template::{Facts, Field, Kind, Template, check_template, default_template, fill};
pub use timing::{BACK_OFF, Quiet, may_go_at, retry_at};
