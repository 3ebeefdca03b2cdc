//! What differs between two versions of a process.

use super::{Step, words};
use crate::domain::words::Message;

/// A field of a step that people compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepField {
    /// Its name.
    Name,
    /// Who does it.
    By,
    /// Its working hours.
    Hours,
    /// What is done.
    Does,
    /// What comes out.
    Document,
    /// Whom it asks.
    Consults,
    /// Whether it runs beside the one before.
    Parallel,
    /// When it is left out.
    SkipWhen,
    /// What ends it.
    EndsWith,
}

impl StepField {
    /// Every field.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::By,
        Self::Hours,
        Self::Does,
        Self::Document,
        Self::Consults,
        Self::Parallel,
        Self::SkipWhen,
        Self::EndsWith,
    ];

    /// Its words.
    pub const fn name(self) -> Message {
        match self {
            Self::Name => words::FIELD_NAME,
            Self::By => words::FIELD_BY,
            Self::Hours => words::FIELD_HOURS,
            Self::Does => words::FIELD_DOES,
            Self::Document => words::FIELD_DOCUMENT,
            Self::Consults => words::FIELD_CONSULTS,
            Self::Parallel => words::FIELD_PARALLEL,
            Self::SkipWhen => words::FIELD_SKIP,
            Self::EndsWith => words::FIELD_ENDS,
        }
    }

    fn differs(self, a: &Step, b: &Step) -> bool {
        match self {
            Self::Name => a.name != b.name,
            Self::By => a.by != b.by,
            Self::Hours => a.hours != b.hours,
            Self::Does => a.does != b.does,
            Self::Document => a.document != b.document,
            Self::Consults => a.consults != b.consults,
            Self::Parallel => a.parallel != b.parallel,
            Self::SkipWhen => a.skip_when != b.skip_when,
            Self::EndsWith => a.ends_with != b.ends_with,
        }
    }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference<'a> {
    /// A new step.
    Added(&'a Step),
    /// A step that is gone.
    Removed(&'a Step),
    /// A step that stands at another place among those that stayed.
    Moved(&'a Step),
    /// A step that is other in these fields.
    Changed(&'a Step, &'a Step, Vec<StepField>),
}

/// What differs from an old version to a new one; steps are known by their ids.
pub fn differences<'a>(old: &'a [Step], new: &'a [Step]) -> Vec<Difference<'a>> {
    let find = |steps: &'a [Step], step: &Step| steps.iter().find(|known| known.id == step.id);
    let mut found: Vec<_> =
        old.iter().filter(|step| find(new, step).is_none()).map(Difference::Removed).collect();
    let stayed: Vec<&Step> = old.iter().filter(|step| find(new, step).is_some()).collect();
    let mut place = 0;
    for step in new {
        let Some(before) = find(old, step) else {
            found.push(Difference::Added(step));
            continue;
        };
        let fields: Vec<StepField> =
            StepField::ALL.into_iter().filter(|field| field.differs(before, step)).collect();
        if !fields.is_empty() {
            found.push(Difference::Changed(before, step, fields));
        }
        if stayed.get(place).is_some_and(|known| known.id != step.id) {
            found.push(Difference::Moved(step));
        }
        place += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{land, step};
    use super::{Difference, StepField, differences};
    use crate::domain::agency::Role;
    use crate::domain::process::EndsWith;

    #[test]
    fn steps_are_known_by_their_ids() {
        let old = land().steps;
        assert!(differences(&old, &old).is_empty());
        let mut new = old.clone();
        new.remove(3);
        new[1].hours = 12;
        new[1].document = "Biên bản".to_owned();
        new.insert(2, step("see", Role::Processor, 4, EndsWith::Complete));
        let found = differences(&old, &new);
        assert!(matches!(&found[0], Difference::Removed(step) if step.id.as_str() == "law"));
        let fields = [StepField::Hours, StepField::Document];
        assert!(matches!(&found[1], Difference::Changed(_, _, changed) if *changed == fields));
        assert!(matches!(&found[2], Difference::Added(step) if step.id.as_str() == "see"));
        assert_eq!(found.len(), 3);
        new.swap(0, 1);
        assert!(differences(&old, &new).iter().any(|d| matches!(d, Difference::Moved(_))));
    }
}
