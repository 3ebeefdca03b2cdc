//! What of an import is looked at first: changes that people would feel who file or wait.

use super::words;
use crate::domain::catalogue::{Channel, DurationUnit, Procedure, SubmissionWay};
use crate::domain::words::Message;

/// A change that is easily overlooked in a long list and felt at the counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peril {
    /// The office gets less time.
    Shorter,
    /// People wait longer.
    Longer,
    /// It costs otherwise.
    Fee,
    /// A paper is demanded that was not.
    PaperDemanded,
    /// A paper is demanded no longer.
    PaperGone,
    /// It can no longer be filed on some way.
    WayGone,
}

impl Peril {
    /// What it is called.
    pub const fn name(self) -> Message {
        match self {
            Self::Shorter => words::PERIL_SHORTER,
            Self::Longer => words::PERIL_LONGER,
            Self::Fee => words::PERIL_FEE,
            Self::PaperDemanded => words::PERIL_PAPER,
            Self::PaperGone => words::PERIL_PAPER_GONE,
            Self::WayGone => words::PERIL_WAY,
        }
    }
}

/// What is perilous between two states of a procedure.
pub fn perils(old: &Procedure, new: &Procedure) -> Vec<Peril> {
    let ways = Channel::ALL.into_iter().filter_map(|channel| {
        let of = |procedure: &Procedure| {
            procedure.submission.iter().find(|way| way.channel == channel).cloned()
        };
        Some((of(old)?, of(new)))
    });
    let mut found = Vec::new();
    for (before, after) in ways {
        let Some(after) = after else {
            found.push(Peril::WayGone);
            continue;
        };
        if (before.fee_vnd, &before.fee_text) != (after.fee_vnd, &after.fee_text) {
            found.push(Peril::Fee);
        }
        if let (Some(was), Some(is)) = (minutes(&before), minutes(&after)) {
            match is.cmp(&was) {
                std::cmp::Ordering::Less => found.push(Peril::Shorter),
                std::cmp::Ordering::Greater => found.push(Peril::Longer),
                std::cmp::Ordering::Equal => {}
            }
        }
    }
    let demanded = |procedure: &Procedure, id: &str| {
        procedure.components.iter().any(|paper| paper.mandatory && paper.id.as_str() == id)
    };
    let differ = |one: &Procedure, other: &Procedure| {
        let mandatory = one.components.iter().filter(|paper| paper.mandatory);
        mandatory.map(|paper| paper.id.as_str()).any(|id| !demanded(other, id))
    };
    found.extend(differ(new, old).then_some(Peril::PaperDemanded));
    found.extend(differ(old, new).then_some(Peril::PaperGone));
    found.sort_unstable();
    found.dedup();
    found
}

/// How long a way takes, roughly: to tell which of two durations is the shorter one.
fn minutes(way: &SubmissionWay) -> Option<u64> {
    let amount = u64::from(way.duration.unwrap_or(1));
    Some(match way.unit? {
        DurationUnit::SameDay => 8 * 60,
        DurationUnit::WorkingHour => amount * 60,
        DurationUnit::Hour => amount * 20,
        // Eight hours of a working day; five of seven days are working days.
        DurationUnit::WorkingDay => amount * 8 * 60,
        DurationUnit::Day => amount * 8 * 60 * 5 / 7,
        DurationUnit::Month => amount * 8 * 60 * 21,
    })
}
