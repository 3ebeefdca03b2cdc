//! `transfer`: to the agency that is competent; the applicant is told.

use super::clock;
use super::decide::{Context, required};
use super::event::Event;
use super::state::Dossier;
use super::words;
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::Refusal;

pub(super) fn decide(
    dossier: &Dossier,
    agency: &AgencyCode,
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let reason = required("reason", reason, words::REASON_MISSING)?;
    if ctx.directory.agency(agency).is_none() {
        let text = words::UNKNOWN_AGENCY.text(&[("agency", agency.as_str())]);
        return Err(Refusal::field("agency", text));
    }
    if !ctx.directory.is_open(agency) {
        let text = words::AGENCY_CLOSED.text(&[("agency", agency.as_str())]);
        return Err(Refusal::field("agency", text));
    }
    if dossier.receiving_agency == *agency && dossier.competent_agency == *agency {
        return Err(Refusal::field("agency", words::SAME_AGENCY));
    }
    let due_at = match dossier.received_at {
        None => {
            let rules = ctx.directory.rules(&dossier.rule_pack);
            Some(clock::answer_due(ctx.now, agency, rules, ctx)?)
        }
        Some(_) => clock::due(&dossier.clock, agency, ctx)?,
    };
    Ok(Event::Transferred { agency: agency.clone(), reason, due_at })
}

#[cfg(test)]
mod tests {
    use crate::domain::agency::Role;
    use crate::domain::dossier::fixture::{
        ASKED, CLOSED, Case, WARD, at, invalid, processor, receptionist, staff, wrong_status,
    };
    use crate::domain::dossier::{Command, Status};
    use crate::domain::refusal::RefusalKind;
    use jiff::civil::date;

    fn transfer(agency: &str) -> Command {
        Command::Transfer {
            agency: agency.into(), reason: "Không đúng thẩm quyền".to_owned()
        }
    }

    #[test]
    fn the_other_agency_has_it_and_the_first_may_still_look() {
        let case = Case::online().later(3).after(receptionist(), transfer(ASKED));
        assert_eq!(case.dossier.status, Status::Registered);
        // Its own eight hours, from the transfer at 12:00.
        assert_eq!(case.dossier.clock.due_at, Some(at(date(2026, 11, 24).at(14, 0, 0, 0))));
        let accept = || Command::Accept { components: Vec::new() };
        assert_eq!(case.refused(receptionist(), accept()).0, RefusalKind::Forbidden);
        assert!(receptionist().sees(&case.dossier));
        let there = staff(Role::Receptionist, ASKED);
        assert_eq!(case.after(there, accept()).dossier.status, Status::Received);
    }

    #[test]
    fn what_was_received_stays_due_from_its_receipt() {
        let due_at = Case::counter().dossier.clock.due_at;
        let case = Case::counter().later(48).after(receptionist(), transfer(ASKED));
        assert_eq!((case.dossier.status, case.dossier.clock.due_at), (Status::Received, due_at));
    }

    #[test]
    fn it_goes_somewhere_else_and_in_time() {
        for nowhere in ["H1", CLOSED] {
            let refused = Case::online().refused(receptionist(), transfer(nowhere));
            assert_eq!(refused, invalid("agency"));
        }
        let there = Case::online().after(receptionist(), transfer(ASKED));
        let same = there.refused(staff(Role::Receptionist, ASKED), transfer(ASKED));
        assert_eq!(same, invalid("agency"));
        assert_eq!(Case::processing().refused(receptionist(), transfer(ASKED)), wrong_status());
        assert_eq!(Case::online().refused(processor(), transfer(WARD)).0, RefusalKind::Forbidden);
    }
}
