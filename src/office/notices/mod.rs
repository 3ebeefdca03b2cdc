//! Notices: letters made with their events, reminders brought by the clock, and what the carrier,
//! the desk and the public read of them.

mod carrying;
mod consulting;
mod making;
mod reading;
mod reminding;
pub mod settings;
pub mod words;

pub(super) use carrying::Urgent;
pub use carrying::{Carried, Due, Outcome, SentCode, Trial, UrgentCode};
pub(super) use making::notifier;
pub use reading::{Outbox, Troubled};
pub use settings::{Ends, Gateway, NoticeSettings, Security, Smtp};

pub use crate::store::outbox::{LetterId, Posted};
