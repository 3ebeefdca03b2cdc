//! The test cases of a procedure's form, tried against everything that would be in use: its common
//! process, its fees, its papers and their conditions.

use jiff::civil::Date;

use super::{Draft, wire, words};
use crate::domain::calendar::local;
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::Directory;
use crate::domain::fee::Schedule;
use crate::domain::form::{Around, Declaration, Kind};
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Text;
use crate::office::processes::Whose;
use crate::office::world::World;
use crate::office::{Failure, Office};

/// What is done about test cases that a change lets come out otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tests {
    /// The change is refused, with each of them.
    #[default]
    Hold,
    /// They are taken over as they come out now.
    Renew,
    /// Nothing: they were tried together with all that is published along.
    Tried,
}

impl World {
    /// What stands around the form of a procedure.
    pub fn around(&self, procedure: &ProcedureCode, today: Date) -> Around {
        match self.procedure(procedure) {
            Some(known) => self.around_of(known, today),
            None => Around::nothing(today),
        }
    }

    /// What stands around the form of a procedure as the catalogue would have it.
    pub(in crate::office) fn around_of(&self, procedure: &Procedure, today: Date) -> Around {
        let fees = self.fees_as_published(procedure);
        let whose = Whose { procedure: procedure.code.clone(), agency: None };
        let steps = self.own_process(&whose).map(|process| process.steps.clone());
        let rules = self.checklist_rules(&procedure.code);
        Around { steps, ..Around::of(procedure, fees, rules, today) }
    }
}

/// Refuses a form whose test cases come out otherwise; each is named with what was expected and what
/// came.
///
/// # Errors
/// The cases, at their places.
pub(in crate::office) fn tried(declaration: &Declaration, around: &Around) -> Result<(), Refusal> {
    let mut errors = Vec::new();
    for (place, case) in declaration.cases.iter().enumerate() {
        let name = Text { vi: case.name.clone(), en: case.name.clone() };
        for why in declaration.try_case(case, around) {
            let text = words::CASE_FAILED.text_of(&[("name", &name), ("why", &why)]);
            errors.push(FieldError { field: format!("cases[{place}]"), text });
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

/// Refuses fee rules that are counted by answers which a form does not ask for, or that are no numbers.
///
/// # Errors
/// The rules, at their places.
pub(in crate::office) fn check_counted(
    schedule: &Schedule,
    declaration: &Declaration,
) -> Result<(), Refusal> {
    let mut errors = Vec::new();
    for (place, rule) in schedule.rules.iter().enumerate() {
        let Some(counted) = &rule.counted else { continue };
        let numbers = std::iter::once(&counted.units).chain(&counted.copies);
        let wrong = numbers
            .filter(|name| !is_counted_by(declaration, name, Kind::is_number))
            .chain(counted.what.iter().filter(|name| !is_counted_by(declaration, name, |_| true)));
        for name in wrong {
            let label = declaration.label_of(name);
            let rule = Text { vi: rule.name.clone(), en: rule.name.clone() };
            let text = words::FEE_COUNTS.text_of(&[("rule", &rule), ("label", &label)]);
            errors.push(FieldError { field: format!("rules[{place}].counted.units"), text });
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

fn is_counted_by(declaration: &Declaration, name: &str, fits: impl Fn(&Kind) -> bool) -> bool {
    let spot = declaration.spot(name);
    spot.and_then(|spot| declaration.at(spot)).is_some_and(|question| fits(&question.kind))
}

impl Office {
    /// Refuses a change around the form in use of a procedure that lets its test cases come out
    /// otherwise. What came out otherwise before it, as after the catalogue renamed a paper, is not held
    /// against it.
    ///
    /// # Errors
    /// The cases, at their places.
    pub(in crate::office) fn try_in_use(
        &self,
        procedure: &ProcedureCode,
        change: impl FnOnce(&mut Around),
    ) -> Result<(), Refusal> {
        let world = self.world();
        let Some(form) = world.form(procedure, None) else { return Ok(()) };
        let mut around = world.around(procedure, local(self.now()).date());
        let before = tried(&form.declaration, &around);
        let has_steps = around.steps.is_some();
        change(&mut around);
        if !has_steps {
            // The first process of a procedure changes no steps that anybody relied on.
            around.steps = None;
        }
        let Err(after) = tried(&form.declaration, &around) else { return Ok(()) };
        let known = before.err().map(|refusal| refusal.fields).unwrap_or_default();
        let new: Vec<_> = after.fields.into_iter().filter(|e| !known.contains(e)).collect();
        if new.is_empty() { Ok(()) } else { Err(Refusal::fields(new)) }
    }

    /// As [`Office::try_in_use`], with the procedure as the catalogue would have it.
    ///
    /// # Errors
    /// The cases, at their places.
    pub(in crate::office) fn try_published(&self, procedure: &Procedure) -> Result<(), Refusal> {
        let (world, today) = (self.world(), local(self.now()).date());
        self.try_in_use(&procedure.code, |around| *around = world.around_of(procedure, today))
    }

    /// Publishes the form in use again with its test cases taken over as they come out now, when one
    /// comes out otherwise.
    ///
    /// # Errors
    /// As [`Office::publish_form`].
    pub(in crate::office) fn renew_cases(
        &self,
        procedure: &ProcedureCode,
        by: &str,
    ) -> Result<(), Failure> {
        let world = self.world();
        let Some(form) = world.form(procedure, None) else { return Ok(()) };
        let around = world.around(procedure, local(self.now()).date());
        if tried(&form.declaration, &around).is_ok() {
            return Ok(());
        }
        let mut declaration = form.declaration.clone();
        declaration.renew_cases(&around);
        let draft = Draft {
            procedure: procedure.clone(),
            declaration: wire::row(&declaration),
            seen: Some(form.version.version),
            note: words::RENEWED.vi.to_owned(),
            working: None,
            tests: Tests::Hold,
        };
        self.publish_form(&draft, by)?;
        Ok(())
    }
}
