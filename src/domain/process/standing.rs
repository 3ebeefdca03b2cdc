//! How each step of a run stands against its hours.

use jiff::Timestamp;

use super::{How, Passage, Run, Step, words};
use crate::domain::calendar::Calendar;
use crate::domain::deadline::{Amount, office_time};
use crate::domain::words::Message;

macro_rules! states {
    ($($(#[$doc:meta])* $variant:ident $id:literal $words:ident;)*) => {
        /// How a step stands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum StepState { $($(#[$doc])* $variant,)* }

        impl StepState {
            /// Every state.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name in the API.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// Its words.
            pub const fn name(self) -> Message {
                match self { $(Self::$variant => words::$words,)* }
            }
        }
    };
}

states! {
    /// Not reached.
    Waiting "waiting" STATE_WAITING;
    /// Somebody is to do it now.
    Open "open" STATE_OPEN;
    /// The same, and little time is left.
    DueSoon "due_soon" STATE_DUE_SOON;
    /// The same, and its time is over.
    Overdue "overdue" STATE_OVERDUE;
    /// The dossier's clock stands still in it.
    Paused "paused" STATE_PAUSED;
    /// Done; it had no time of its own.
    Done "done" STATE_DONE;
    /// Done in time.
    InTime "in_time" STATE_IN_TIME;
    /// Done late.
    Late "late" STATE_LATE;
    /// Left out by its condition.
    Skipped "skipped" STATE_SKIPPED;
    /// The dossier went on without it.
    Passed "passed" STATE_PASSED;
    /// The dossier was sent back from it.
    Returned "returned" STATE_RETURNED;
    /// The dossier ended before it was done.
    Stopped "stopped" STATE_STOPPED;
}

/// One time that a step was gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn<'a> {
    /// The passage.
    pub passage: &'a Passage,
    /// How it stands.
    pub state: StepState,
    /// By how much office time it is or was late.
    pub late: Option<Amount>,
}

/// A step as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepView<'a> {
    /// Its place.
    pub place: usize,
    /// The step.
    pub step: &'a Step,
    /// How it stands now.
    pub state: StepState,
    /// By how much office time it is or was late.
    pub late: Option<Amount>,
    /// Each time that it was gone through, oldest first.
    pub turns: Vec<Turn<'a>>,
}

impl StepState {
    /// Whether somebody is to do the step now.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::DueSoon | Self::Overdue | Self::Paused)
    }

    /// Whether its time was or is over.
    pub const fn is_late(self) -> bool {
        matches!(self, Self::Overdue | Self::Late)
    }
}

/// Every step of a run, in order, as it stands at `now` by the agency's calendar.
pub fn views<'a>(
    run: &'a Run,
    calendar: &Calendar,
    now: Timestamp,
    is_paused: bool,
) -> Vec<StepView<'a>> {
    let steps = run.process.steps.iter().enumerate();
    let view = |(place, step): (usize, &'a Step)| {
        let own = run.passages.iter().filter(|passage| passage.step as usize == place);
        let turns: Vec<Turn<'a>> =
            own.map(|passage| turn(passage, calendar, now, is_paused)).collect();
        let current = turns.last().filter(|turn| !turn.passage.is_past).copied();
        StepView {
            place,
            step,
            state: current.map_or(StepState::Waiting, |turn| turn.state),
            late: current.and_then(|turn| turn.late),
            turns,
        }
    };
    steps.map(view).collect()
}

fn turn<'a>(
    passage: &'a Passage,
    calendar: &Calendar,
    now: Timestamp,
    is_paused: bool,
) -> Turn<'a> {
    let until = passage.ended.map_or(now, |ended| ended.at);
    let is_over = passage.due_at.is_some_and(|due| until > due);
    let state = match passage.ended.map(|ended| ended.how) {
        None if is_paused => StepState::Paused,
        None if is_over => StepState::Overdue,
        None if passage.warn_at.is_some_and(|warn| now >= warn) => StepState::DueSoon,
        None => StepState::Open,
        Some(How::Done) if passage.due_at.is_none() => StepState::Done,
        Some(How::Done) if is_over => StepState::Late,
        Some(How::Done) => StepState::InTime,
        Some(How::Skipped) => StepState::Skipped,
        Some(How::Passed) => StepState::Passed,
        Some(How::Returned) => StepState::Returned,
        Some(How::Stopped) => StepState::Stopped,
    };
    let late = passage.due_at.filter(|_| is_over).map(|due| {
        let minutes = office_time(calendar, due, until).as_mins();
        Amount::OfficeMinutes(u32::try_from(minutes).unwrap_or(0).max(1))
    });
    Turn { passage, state, late }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::land;
    use super::{StepState, views};
    use crate::domain::calendar::{Calendar, instant};
    use crate::domain::deadline::Amount;
    use crate::domain::dossier::Form;
    use crate::domain::process::{Run, StepDue, What};
    use jiff::Timestamp;
    use jiff::civil::date;

    fn at(day: i8, hour: i8) -> Timestamp {
        instant(date(2026, 11, day).at(hour, 0, 0, 0)).unwrap()
    }

    #[test]
    fn lateness_is_told_where_it_arose_in_office_time() {
        let (calendar, form) = (Calendar::office_hours(), Form::default());
        // Monday 23 November, 9:00; the step is due at 14:00, nearly from 11:00.
        let mut run = Run::begin(land(), at(23, 9), 1, &form);
        let due = StepDue { step: "give".into(), due_at: at(23, 14), warn_at: at(23, 11) };
        run.set_due(&[due]);
        let state = |run: &Run, now| views(run, &calendar, now, false)[0].state;
        assert_eq!(state(&run, at(23, 10)), StepState::Open);
        assert_eq!(state(&run, at(23, 11)), StepState::DueSoon);
        assert_eq!(state(&run, at(23, 14)), StepState::DueSoon, "still in time");
        // Thursday: Tuesday the 24th is a day off.
        let late = &views(&run, &calendar, at(26, 8), false)[0];
        assert_eq!(late.state, StepState::Overdue);
        assert_eq!(late.late, Some(Amount::OfficeMinutes(180 + 450 + 30)));
        assert_eq!(views(&run, &calendar, at(26, 8), true)[0].state, StepState::Paused);
        run.happened(at(23, 15), 2, What::Assigned, &form);
        let done = &views(&run, &calendar, at(26, 8), false);
        assert_eq!(
            (done[0].state, done[0].late),
            (StepState::Late, Some(Amount::OfficeMinutes(60)))
        );
        assert_eq!(done[1].state, StepState::Open, "it has no date yet");
        assert_eq!(done[2].state, StepState::Waiting);
    }
}
