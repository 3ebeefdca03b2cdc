//! The stored twins of processes and of the runs of dossiers through them.

use super::wire::{Damaged, Reader, Wire, record, tagged};
use crate::domain::agency::Role;
use crate::domain::process::{
    Asked, Condition, Ended, EndsWith, How, Passage, Performer, Process, Run, Step, StepDue, Test,
};

tagged! {
    Role {
        0 = Receptionist, 1 = Coordinator, 2 = Processor, 3 = Approver, 4 = Clerk, 5 = Cashier,
        6 = Head, 7 = Admin, 8 = Auditor, 9 = Integration,
    }
    EndsWith {
        0 = Assign, 1 = Complete, 2 = Answer, 3 = Submit, 4 = Approve, 5 = Number, 6 = Finish,
    }
    How { 0 = Done, 1 = Skipped, 2 = Passed, 3 = Returned, 4 = Stopped }
}

record! {
    Asked { agency, unit }
    Condition { field, test }
    Step {
        id, name, by, hours, does, document, consults, parallel, skip_when, ends_with
    }
    Process { procedure, agency, version, steps }
    Ended { at, version, how }
    Passage { step, opened_at, due_at, warn_at, consultation, ended, is_past }
    Run { process, passages, is_assigned }
    StepDue { step, due_at, warn_at }
}

impl Wire for Performer {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Role(role) => {
                out.push(0);
                role.put(out);
            }
            Self::Unit(unit) => {
                out.push(1);
                unit.put(out);
            }
        }
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        match input.array()? {
            [0] => Role::take(input).map(Self::Role),
            [1] => Wire::take(input).map(Self::Unit),
            _ => Err(Damaged("performer of a step")),
        }
    }
}

impl Wire for Test {
    fn put(&self, out: &mut Vec<u8>) {
        let (tag, value) = match self {
            Self::Is(value) => (0, value.as_str()),
            Self::IsNot(value) => (1, value.as_str()),
            Self::Given => (2, ""),
            Self::Missing => (3, ""),
        };
        out.push(tag);
        value.to_owned().put(out);
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        let [tag] = input.array()?;
        let value = String::take(input)?;
        match tag {
            0 => Ok(Self::Is(value)),
            1 => Ok(Self::IsNot(value)),
            2 => Ok(Self::Given),
            3 => Ok(Self::Missing),
            _ => Err(Damaged("test of a condition")),
        }
    }
}
