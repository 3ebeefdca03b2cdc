//! The process of a procedure (quy trình nội bộ, quy trình điện tử): its steps, who does them in how
//! many working hours, which of them run side by side, and which are left out (domain section 6).
//!
//! [`Process`] is a published version, [`check`] refuses what cannot be one, [`Run`] is where a dossier
//! stands in the version that it began with.

mod changes;
mod check;
mod condition;
#[cfg(test)]
mod laws;
mod run;
mod standing;
mod usual;
pub mod words;

use std::ops::Range;

pub use changes::{Difference, StepField, differences};
pub use check::{Ground, MAX_HOURS, MAX_NAME, MAX_STEPS, check, plain_id};
pub use condition::{Condition, Test};
pub use run::{Ended, How, Passage, Run, StepDue, What};
pub use standing::{StepState, StepView, Turn, views};
pub use usual::{step_name, usual};

use super::agency::{Agency, Role, Staff};
use super::catalogue::{DurationUnit, Procedure};
use super::deadline::Duration;
use super::dossier::Action;
use super::ids::{AgencyCode, ProcedureCode, StepId, UnitCode};

/// A version of a procedure's process, as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    /// The procedure.
    pub procedure: ProcedureCode,
    /// The competent agency whose own it is; none for every agency without one of its own.
    pub agency: Option<AgencyCode>,
    /// Counts from 1; 0 is the usual process of procedures that have none.
    pub version: u32,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Stays the same over versions.
    pub id: StepId,
    /// What it is called.
    pub name: String,
    /// Who does it.
    pub by: Performer,
    /// Working hours for it; 0 for the usual process, which has the dossier's date alone.
    pub hours: u32,
    /// What is done in it.
    pub does: String,
    /// The document that comes out of it, or empty.
    pub document: String,
    /// Whom it asks, when it is a consultation.
    pub consults: Option<Asked>,
    /// Whether it runs beside the step before it.
    pub parallel: bool,
    /// When it is left out.
    pub skip_when: Option<Condition>,
    /// What ends it.
    pub ends_with: EndsWith,
}

/// Who does a step at the competent agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Performer {
    /// Whoever has this role.
    Role(Role),
    /// A unit.
    Unit(UnitCode),
}

/// Whom a step consults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The agency; the competent one when none is named.
    pub agency: Option<AgencyCode>,
    /// The unit in it.
    pub unit: Option<UnitCode>,
}

macro_rules! ends {
    ($($(#[$doc:meta])* $variant:ident = $action:ident;)*) => {
        /// The action that ends a step.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EndsWith { $($(#[$doc])* $variant,)* }

        impl EndsWith {
            /// Each of them, in the order in which a dossier meets them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The action.
            pub const fn action(self) -> Action {
                match self { $(Self::$variant => Action::$action,)* }
            }
        }
    };
}

ends! {
    /// The dossier is given on.
    Assign = Assign;
    /// Whoever does it says so.
    Complete = CompleteStep;
    /// The agency or unit asked has answered.
    Answer = AnswerConsultation;
    /// The dossier is laid before the approver.
    Submit = SubmitForApproval;
    /// It is approved.
    Approve = Approve;
    /// It is numbered.
    Number = IssueNumber;
    /// Its result is recorded.
    Finish = Finish;
}

impl EndsWith {
    /// The one with this action's name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|ends| ends.id() == id)
    }

    /// The action's name in the API.
    pub const fn id(self) -> &'static str {
        self.action().id()
    }

    /// Whether no dossier reaches its result without it, so that nothing leaves it out.
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Submit | Self::Approve | Self::Finish)
    }
}

impl Step {
    /// Whether this account does the step for the agencies of a dossier.
    pub fn is_done_by(
        &self,
        staff: &Staff,
        receiving: &AgencyCode,
        competent: &AgencyCode,
    ) -> bool {
        let is_competent = staff.agency == *competent;
        match &self.by {
            Performer::Unit(unit) => {
                is_competent
                    && staff.unit.as_ref() == Some(unit)
                    && staff.roles.iter().any(|role| role.is_desk())
            }
            Performer::Role(role) => {
                let at_counter = matches!(role, Role::Receptionist | Role::Cashier | Role::Head);
                staff.is(*role) && (is_competent || (at_counter && staff.agency == *receiving))
            }
        }
    }
}

impl Asked {
    /// Whether a consultation of this agency and unit is the one that is meant.
    pub fn is(&self, agency: &AgencyCode, unit: Option<&UnitCode>, competent: &AgencyCode) -> bool {
        self.agency.as_ref().unwrap_or(competent) == agency
            && self.unit.as_ref().is_none_or(|wanted| Some(wanted) == unit)
    }
}

impl Process {
    /// The place of a step.
    pub fn place(&self, id: &StepId) -> Option<usize> {
        self.steps.iter().position(|step| step.id == *id)
    }
}

/// The steps that run side by side, group by group in order.
pub fn groups(steps: &[Step]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if step.parallel => group.end = place + 1,
            _ => groups.push(place..place + 1),
        }
    }
    groups
}

/// The working hours of a whole process: of steps side by side the longest one counts.
pub fn total_hours(steps: &[Step]) -> u32 {
    let longest = |group: Range<usize>| {
        steps.get(group).unwrap_or_default().iter().map(|step| step.hours).max().unwrap_or(0)
    };
    groups(steps).into_iter().map(longest).fold(0, u32::saturating_add)
}

/// What the published duration of a procedure is in working hours: the shortest one of its ways in,
/// with so many hours in a working day and working days in a week. None when nothing is published.
pub fn published_hours(procedure: &Procedure, hours_a_day: u32, days_a_week: u32) -> Option<u32> {
    let ways = procedure.submission.iter().filter_map(|way| {
        let unit = way.unit?;
        let duration = Duration::new(way.duration.unwrap_or(0), unit);
        let is_one = unit == DurationUnit::SameDay || duration.amount > 0;
        is_one.then(|| hours_of(duration, hours_a_day, days_a_week))
    });
    ways.min()
}

/// A duration in working hours, with so many in a working day and working days in a week.
pub fn hours_of(duration: Duration, hours_a_day: u32, days_a_week: u32) -> u32 {
    let days = |days: u32| {
        let working = u64::from(days) * u64::from(days_a_week.clamp(1, 7)) / 7;
        u32::try_from(working).unwrap_or(u32::MAX).max(1).saturating_mul(hours_a_day)
    };
    match duration.unit {
        DurationUnit::SameDay => hours_a_day,
        DurationUnit::WorkingHour | DurationUnit::Hour => duration.amount,
        DurationUnit::WorkingDay => duration.amount.saturating_mul(hours_a_day),
        DurationUnit::Day => days(duration.amount),
        DurationUnit::Month => days(duration.amount.saturating_mul(30)),
    }
}

/// The name of who does a step, as the agency calls it; a role by `role_name`.
pub fn performer_name<'a>(
    by: &'a Performer,
    agency: Option<&'a Agency>,
    role_name: impl Fn(Role) -> &'a str,
) -> &'a str {
    match by {
        Performer::Role(role) => role_name(*role),
        Performer::Unit(code) => {
            let unit = agency.and_then(|agency| agency.unit(code));
            unit.map_or(code.as_str(), |unit| unit.name.as_str())
        }
    }
}

#[cfg(test)]
pub(crate) mod fixture {
    use super::{Asked, Condition, EndsWith, Performer, Process, Step, Test};
    use crate::domain::agency::Role;

    /// A step of a role.
    pub(crate) fn step(id: &str, role: Role, hours: u32, ends_with: EndsWith) -> Step {
        Step {
            id: id.into(),
            name: format!("Bước {id}"),
            by: Performer::Role(role),
            hours,
            does: String::new(),
            document: String::new(),
            consults: None,
            parallel: false,
            skip_when: None,
            ends_with,
        }
    }

    /// A consultation of a unit, beside the step before it or not.
    pub(crate) fn asks(id: &str, unit: &str, hours: u32, parallel: bool) -> Step {
        let consults = Some(Asked { agency: None, unit: Some(unit.into()) });
        Step { consults, parallel, ..step(id, Role::Processor, hours, EndsWith::Answer) }
    }

    /// 4 + 16 + max(24, 16) + 8 + 8 + 4 + 4 hours: the land dossier of the tests. The step `tax` is
    /// left out for who is exempt.
    pub(crate) fn land() -> Process {
        let exempt = Condition { field: "mien_thue".to_owned(), test: Test::Is("có".to_owned()) };
        let steps = vec![
            step("give", Role::Receptionist, 4, EndsWith::Assign),
            step("check", Role::Processor, 16, EndsWith::Complete),
            asks("map", "dia-chinh", 24, false),
            asks("law", "tu-phap", 16, true),
            Step { skip_when: Some(exempt), ..step("tax", Role::Processor, 8, EndsWith::Complete) },
            step("lay", Role::Processor, 8, EndsWith::Submit),
            step("sign", Role::Approver, 4, EndsWith::Approve),
            step("end", Role::Processor, 4, EndsWith::Finish),
        ];
        Process { procedure: "1.001".into(), agency: None, version: 1, steps }
    }
}

#[cfg(test)]
mod tests {
    use super::fixture::{land, step};
    use super::{EndsWith, Step, groups, hours_of, total_hours};
    use crate::domain::agency::Role;
    use crate::domain::catalogue::DurationUnit;
    use crate::domain::deadline::Duration;

    #[test]
    fn of_steps_side_by_side_the_longest_counts() {
        let land = land();
        assert_eq!(groups(&land.steps)[2], 2..4);
        assert_eq!(total_hours(&land.steps), 4 + 16 + 24 + 8 + 8 + 4 + 4);
        assert_eq!(total_hours(&[]), 0);
    }

    #[test]
    fn the_first_step_runs_beside_none() {
        let first = Step { parallel: true, ..step("a", Role::Processor, 1, EndsWith::Complete) };
        assert_eq!(groups(&[first]).len(), 1);
    }

    #[test]
    fn published_durations_are_counted_in_working_hours() {
        let hours = |amount, unit| hours_of(Duration::new(amount, unit), 8, 5);
        assert_eq!(hours(3, DurationUnit::WorkingDay), 24);
        assert_eq!(hours(24, DurationUnit::WorkingHour), 24);
        assert_eq!(hours(0, DurationUnit::SameDay), 8);
        assert_eq!(hours(30, DurationUnit::Day), 21 * 8);
        assert_eq!(hours(1, DurationUnit::Day), 8, "no less than a day");
        assert_eq!(hours(2, DurationUnit::Month), 42 * 8);
    }
}
