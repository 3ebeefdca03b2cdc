//! stand-in
use jiff::{Timestamp, civil::Time};
use super::{calendar::Calendar, catalogue::DurationUnit};
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration { pub amount: u32, pub unit: DurationUnit }
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause { pub from: Timestamp, pub to: Option<Timestamp> }
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PausePolicy { Resume, Restart }
pub struct Rules { pub same_day_cutoff: Time }
pub struct Deadline { pub due_at: Option<Timestamp> }
pub struct DeadlineError;
pub fn due(_: &Calendar, _: Timestamp, _: Duration, _: &[Pause], _: PausePolicy, _: &Rules) -> Result<Deadline, DeadlineError> { Err(DeadlineError) }
