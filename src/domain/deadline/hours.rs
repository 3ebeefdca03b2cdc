//! Deadlines of hours: office time and the clock's.

use jiff::{SignedDuration, Timestamp};

use super::days::at;
use super::tally::TimeTally;
use super::why::WhyLine;
use super::{Case, Closed, DeadlineError, Rules};
use crate::domain::calendar::{Calendar, local};

impl Case<'_> {
    /// Regular office time consumed from the receipt on, outside the pauses; ending exactly at the
    /// end of a session stays there.
    pub(super) fn working_hours(&self, why: &mut Vec<WhyLine>) -> Result<Timestamp, DeadlineError> {
        why.push(WhyLine::WorkingHours { amount: self.amount });
        self.tell_pauses(why);
        let mut left = SignedDuration::from_hours(i64::from(self.amount));
        let mut tally = TimeTally::new(self.calendar);
        let mut date = local(self.received).date();
        while date <= self.horizon {
            let sessions = self.calendar.regular(date);
            if sessions.is_empty() {
                tally.day_off(date);
            }
            let (mut begun, mut ended) = (None, self.received);
            let (mut spent, mut open) = (SignedDuration::ZERO, SignedDuration::ZERO);
            for session in sessions {
                let (opens, closes) = (at(date, session.opens)?, at(date, session.closes)?);
                open += closes.duration_since(opens);
                let running = running(opens.max(self.received), closes, &self.pauses);
                for (from, to) in running {
                    let piece = to.duration_since(from).min(left);
                    if piece.is_zero() {
                        continue;
                    }
                    begun = begun.or(Some(from));
                    ended = later(from, piece)?;
                    spent += piece;
                    left -= piece;
                }
            }
            if let Some(begun) = begun {
                tally.day(local(begun), local(ended), spent, spent == open);
            }
            if left.is_zero() {
                tally.write(why);
                return Ok(ended);
            }
            date = date.tomorrow().map_err(|_| DeadlineError::TooFar)?;
        }
        Err(DeadlineError::TooFar)
    }

    /// The clock's hours outside the pauses.
    pub(super) fn clock_hours(&self, why: &mut Vec<WhyLine>) -> Result<Timestamp, DeadlineError> {
        why.push(WhyLine::ClockHours { amount: self.amount });
        self.tell_pauses(why);
        let mut left = SignedDuration::from_hours(i64::from(self.amount));
        let mut total = SignedDuration::ZERO;
        for (from, to) in running(self.received, Timestamp::MAX, &self.pauses) {
            let piece = to.duration_since(from).min(left);
            let reached = later(from, piece)?;
            left -= piece;
            total += piece;
            why.push(WhyLine::ClockTime { from, to: reached, time: piece, total });
            if left.is_zero() {
                let in_reach = local(reached).date() <= self.horizon;
                return if in_reach { Ok(reached) } else { Err(DeadlineError::TooFar) };
            }
        }
        Err(DeadlineError::TooFar)
    }

    /// The regular office time between two instants that no pause covers.
    pub(super) fn office_time(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        let mut sum = SignedDuration::ZERO;
        let mut date = local(from).date();
        let last = local(to).date();
        while date <= last {
            for session in self.calendar.regular(date) {
                let (Ok(opens), Ok(closes)) = (at(date, session.opens), at(date, session.closes))
                else {
                    continue;
                };
                for (from, to) in running(opens.max(from), closes.min(to), &self.pauses) {
                    sum += to.duration_since(from);
                }
            }
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
        sum
    }

    fn tell_pauses(&self, why: &mut Vec<WhyLine>) {
        for pause in self.pauses.iter().filter(|pause| pause.to > self.received) {
            why.push(WhyLine::NotRunning { from: pause.from, to: pause.to });
        }
    }
}

/// The regular office time between two instants; none when the second one is earlier.
pub fn office_time(calendar: &Calendar, from: Timestamp, to: Timestamp) -> SignedDuration {
    let rules = Rules::default();
    let case = Case {
        calendar,
        received: from,
        amount: 0,
        pauses: Vec::new(),
        rules: &rules,
        horizon: local(to).date(),
    };
    case.office_time(from, to)
}

/// The stretches between two instants that no pause covers, in order; `pauses` come in the order of
/// their beginnings and may overlap.
fn running(
    from: Timestamp,
    to: Timestamp,
    pauses: &[Closed],
) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
    let mut cursor = from;
    let mut rest = pauses.iter();
    std::iter::from_fn(move || {
        while cursor < to {
            let Some(pause) = rest.find(|pause| pause.to > cursor) else {
                let stretch = (cursor, to);
                cursor = to;
                return Some(stretch);
            };
            let stretch = (cursor, pause.from.min(to));
            cursor = pause.to;
            if stretch.0 < stretch.1 {
                return Some(stretch);
            }
        }
        None
    })
}

fn later(from: Timestamp, by: SignedDuration) -> Result<Timestamp, DeadlineError> {
    from.checked_add(by).map_err(|_| DeadlineError::TooFar)
}
