//! What ships for a procedure and is not in use yet, form and process, published with one press.

use super::fees::Origin;
use super::forms::trying::tried;
use super::forms::{self, Tests, shipped, wire};
use super::processes::{self, Draft as ProcessDraft, Whose, wire as process_wire};
use super::{Failure, Office};
use crate::domain::calendar::local;
use crate::domain::fee::Schedule;
use crate::domain::form::{Declaration, check};
use crate::domain::ids::ProcedureCode;
use crate::domain::process::Step;
use crate::domain::refusal::Refusal;

/// What ships for a procedure and is not in use yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    /// The form.
    pub form: Option<Declaration>,
    /// The steps of the process that every agency has.
    pub steps: Option<Vec<Step>>,
    /// What it costs, and where that comes from: fees that ship are in use already.
    pub fees: (Schedule, Origin),
}

impl Office {
    /// What ships for a procedure and is not in use yet; none when nothing is left.
    ///
    /// # Errors
    /// What ships is damaged.
    pub fn ready_made(&self, procedure: &ProcedureCode) -> Result<Option<Ready>, Refusal> {
        let world = self.world();
        let form = match shipped::form(procedure) {
            Some(row) if world.form_versions(procedure).is_empty() => {
                Some(wire::declaration(&row?)?)
            }
            _ => None,
        };
        let steps = match processes::shipped::steps(procedure) {
            Some(rows) if world.own_process(&common(procedure)).is_none() => {
                Some(process_wire::steps(&rows)?)
            }
            _ => None,
        };
        let fees = world.inherited_fees(procedure);
        let is_left = form.is_some() || steps.is_some();
        Ok(is_left.then_some(Ready { form, steps, fees }))
    }

    /// Publishes what ships for a procedure and is not in use yet: process and form are checked together
    /// before either is written.
    ///
    /// # Errors
    /// A place is wrong, or a test case comes out otherwise with the fees that are set here; nothing has
    /// changed then.
    pub fn publish_ready_made(
        &self,
        procedure: &ProcedureCode,
        (tests, by): (Tests, &str),
    ) -> Result<(), Failure> {
        let Some(Ready { form, steps, .. }) = self.ready_made(procedure)? else { return Ok(()) };
        let mut around = self.world().around(procedure, local(self.now()).date());
        around.steps = steps.clone().or(around.steps);
        let form = match form {
            Some(mut form) => {
                match tests {
                    Tests::Renew => form.renew_cases(&around),
                    // What ships names the papers as the catalogue that it was made with.
                    Tests::Hold | Tests::Tried => form.renew_papers(&around),
                }
                check(&form)?;
                tried(&form, &around)?;
                Some(wire::row(&form))
            }
            None => None,
        };
        if let Some(steps) = steps {
            let steps = process_wire::rows(&steps);
            let draft = ProcessDraft { whose: common(procedure), steps, seen: Some(0), tests };
            self.publish_process(&draft, by)?;
        }
        if let Some(declaration) = form {
            let draft = forms::Draft {
                procedure: procedure.clone(),
                declaration,
                seen: Some(0),
                note: String::new(),
                working: None,
                tests: Tests::Hold,
            };
            self.publish_form(&draft, by)?;
        }
        Ok(())
    }
}

fn common(procedure: &ProcedureCode) -> Whose {
    Whose { procedure: procedure.clone(), agency: None }
}
