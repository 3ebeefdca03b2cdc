//! `change_procedure`: filed under the wrong one; a new deadline, both kept in history.

use super::clock;
use super::decide::{Context, required};
use super::event::Event;
use super::state::{Clock, Dossier};
use super::words;
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::Refusal;

pub(super) fn decide(
    dossier: &Dossier,
    procedure: &ProcedureCode,
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let reason = required("reason", reason, words::REASON_MISSING)?;
    let Some(right) = ctx.directory.procedure(procedure) else {
        let text = words::UNKNOWN_PROCEDURE.text(&[("procedure", procedure.as_str())]);
        return Err(Refusal::field("procedure", text));
    };
    if dossier.procedure == *procedure {
        return Err(Refusal::field("procedure", words::SAME_PROCEDURE));
    }
    let Some(duration) = clock::published(right, dossier.channel) else {
        return Err(Refusal::field("procedure", words::NO_DURATION));
    };
    let due_at = match dossier.received_at {
        None => dossier.clock.due_at,
        Some(received_at) => {
            // A date given with an apology was for the wrong procedure.
            let clock = dossier.clock.clone();
            let basis = Clock { duration: Some(duration), extended_to: None, ..clock };
            clock::due(&basis, received_at, &dossier.competent_agency, ctx)?
        }
    };
    Ok(Event::ProcedureChanged {
        procedure: procedure.clone(),
        procedure_name: right.name.clone(),
        field: right.field.clone(),
        reason,
        duration: Some(duration),
        due_at,
    })
}
