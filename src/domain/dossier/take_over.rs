//! Taking over: whoever holds a dossier says that the section's papers arrived.

use super::actor::Actor;
use super::event::Event;
use super::state::Dossier;
use super::status::Status;
use super::words;
use crate::domain::agency::Staff;
use crate::domain::refusal::{Refusal, RefusalKind};

/// Decides whether the actor takes a dossier over: it was given to them, or to their unit.
///
/// # Errors
/// It is not theirs to see or to take, is not in process, or was taken already.
pub fn take_over(dossier: &Dossier, actor: &Actor) -> Result<Event, Refusal> {
    if !actor.sees(dossier) {
        return Err(Refusal::new(RefusalKind::NotFound, words::NOT_YOURS));
    }
    let staff = actor.staff().filter(|staff| holds(dossier, staff));
    let staff =
        staff.ok_or_else(|| Refusal::new(RefusalKind::Forbidden, words::NOT_HANDED_TO_YOU))?;
    if dossier.status != Status::Processing {
        return Err(Refusal::new(RefusalKind::Impossible, words::NOT_IN_PROCESS));
    }
    if let Some((by, _)) = &dossier.taken_over {
        let text = words::TAKEN_ALREADY.text(&[("name", by)]);
        return Err(Refusal::new(RefusalKind::Conflict, text));
    }
    Ok(Event::TakenOver { by: staff.full_name.clone() })
}

/// Whether a dossier was given to this account: by name, or to its unit.
pub fn holds(dossier: &Dossier, staff: &Staff) -> bool {
    let holder = &dossier.holder;
    staff.agency == dossier.competent_agency
        && match &holder.user {
            Some(user) => user == staff.desk(),
            None => holder.unit.is_some() && holder.unit == staff.unit,
        }
}

#[cfg(test)]
mod tests {
    use super::take_over;
    use crate::domain::dossier::fixture::{Case, clerk, processor, receptionist, told};
    use crate::domain::dossier::{Command, Status};
    use crate::domain::refusal::RefusalKind;

    #[test]
    fn whom_it_was_given_to_takes_it_over_once() {
        let mut case = Case::processing();
        let kind = |case: &Case<'_>, actor| told(take_over(&case.dossier, &actor).unwrap_err()).0;
        assert_eq!(kind(&case, clerk()), RefusalKind::Forbidden);
        assert_eq!(kind(&case, receptionist()), RefusalKind::Forbidden);
        let event = take_over(&case.dossier, &processor()).unwrap();
        case.dossier.apply(case.now, &event);
        assert_eq!(case.dossier.taken_over, Some(("processor".to_owned(), case.now)));
        assert_eq!(kind(&case, processor()), RefusalKind::Conflict);
        // Passed on to the unit, it is to be taken over again, by anybody of the unit.
        let unit = Command::Forward { to: None, unit: Some("tu-phap".into()) };
        let case = case.after(processor(), unit);
        assert!(
            case.dossier.taken_over.is_none() && take_over(&case.dossier, &processor()).is_ok()
        );
        let ended = Case::in_status(Status::Finished);
        assert_eq!(kind(&ended, processor()), RefusalKind::Impossible);
    }
}
