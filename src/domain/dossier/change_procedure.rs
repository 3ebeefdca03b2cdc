//! `change_procedure`: filed under the wrong one; a new deadline, both kept in history.

use super::clock;
use super::decide::{Context, required};
use super::event::Event;
use super::link::plan;
use super::state::{Clock, Dossier};
use super::words;
use crate::domain::calendar::local;
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::Refusal;
use crate::domain::validity::check_in_force;

pub(super) fn decide(
    dossier: &Dossier,
    procedure: &ProcedureCode,
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let reason = required("reason", reason, words::REASON_MISSING)?;
    let Some(right) = ctx.directory.procedure(procedure) else {
        let text = words::UNKNOWN_PROCEDURE.text(&[("procedure", procedure.as_str())]);
        return Err(Refusal::field("procedure", text));
    };
    if dossier.procedure == *procedure {
        return Err(Refusal::field("procedure", words::SAME_PROCEDURE));
    }
    check_in_force(procedure, local(ctx.now).date(), ctx.rules, ctx.directory)?;
    let Some(duration) = clock::published(right, dossier.channel) else {
        return Err(Refusal::field("procedure", words::NO_DURATION));
    };
    let due_at = match dossier.received_at {
        None => dossier.clock.due_at,
        Some(_) => {
            // A date given with an apology was for the wrong procedure.
            let clock = dossier.clock.clone();
            let basis = Clock { duration: Some(duration), extended_to: None, ..clock };
            clock::due(&basis, &dossier.competent_agency, ctx)?
        }
    };
    let mut events = vec![Event::ProcedureChanged {
        procedure: procedure.clone(),
        procedure_name: right.name.clone(),
        field: right.field.clone(),
        reason,
        duration: Some(duration),
        due_at,
    }];
    let agencies = (&dossier.receiving_agency, &dossier.competent_agency);
    let last = dossier.links.iter().map(|link| link.number).max().unwrap_or(0);
    let links = plan(procedure, agencies, &[], last, ctx)?;
    if !links.is_empty() {
        events.push(Event::LinksPlanned { links });
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{
        Case, OTHER_PROCEDURE, PROCEDURE, UNPUBLISHED, at, invalid, receptionist, wrong_status,
    };
    use crate::domain::dossier::{CheckedPaper, Command};
    use jiff::civil::date;

    fn change(procedure: &str) -> Command {
        Command::ChangeProcedure { procedure: procedure.into(), reason: "Nộp nhầm".to_owned() }
    }

    #[test]
    fn the_deadline_is_the_new_procedures_from_the_same_receipt() {
        let case = Case::counter().later(48).after(receptionist(), change(OTHER_PROCEDURE));
        assert_eq!(case.dossier.procedure.as_str(), OTHER_PROCEDURE);
        assert_eq!(case.dossier.clock.due_at, Some(at(date(2026, 12, 7).at(17, 0, 0, 0))));
    }

    #[test]
    fn before_reception_the_answer_stays_due() {
        let answer_due = Case::online().dossier.clock.due_at;
        let case = Case::online().later(2).after(receptionist(), change(OTHER_PROCEDURE));
        assert_eq!(case.dossier.clock.due_at, answer_due);
    }

    #[test]
    fn papers_of_the_wrong_procedure_are_known_by_name_not_by_id() {
        let case = Case::online().after(receptionist(), change(OTHER_PROCEDURE));
        let check = |component: &str| CheckedPaper {
            component: component.to_owned(),
            originals: 1,
            copies: 0,
            evidence: Default::default(),
        };
        let components = vec![check("tp1"), check("tp2")];
        let case = case.after(receptionist(), Command::Accept { components });
        let papers: Vec<_> =
            case.dossier.components.iter().map(|p| (p.name.as_str(), p.checked)).collect();
        assert_eq!(papers, [("Tờ khai", true), ("Đơn đề nghị", true)]);
    }

    #[test]
    fn the_other_procedure_must_exist_and_be_open() {
        let refused = |procedure| Case::counter().refused(receptionist(), change(procedure));
        for procedure in [PROCEDURE, UNPUBLISHED, "9.999"] {
            assert_eq!(refused(procedure), invalid("procedure"), "{procedure}");
        }
        assert_eq!(
            Case::processing().refused(receptionist(), change(OTHER_PROCEDURE)),
            wrong_status()
        );
    }
}
