//! `request_correction`: the applicant names typing errors in their own data. Before reception they
//! are put right at once, both values kept; after it the section decides, by `correct` or
//! `reject_correction`.

use super::correct::{self, Wanted};
use super::correction::Slot;
use super::decide::{Context, required};
use super::event::Event;
use super::state::Dossier;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(
    dossier: &Dossier,
    changes: &[Wanted],
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let reason = required("reason", reason, words::REASON_MISSING)?;
    let mut changes = correct::check(dossier, changes, ctx, |slot| !slot.is_result())?;
    changes.retain(|change| change.answer.is_some() || change.new != change.old);
    if changes.is_empty() {
        return Err(Refusal::field("changes", words::CHANGES_ALIKE));
    }
    for change in &mut changes {
        if let Some(slot) = Slot::of(&change.field, dossier) {
            change.field = slot.path();
        }
    }
    Ok(match dossier.is_before_reception() {
        true => Event::Corrected { changes, reason },
        false => Event::CorrectionRequested { changes, reason },
    })
}

pub(super) fn reject(reason: &str) -> Result<Event, Refusal> {
    Ok(Event::CorrectionRejected { reason: required("reason", reason, words::REASON_MISSING)? })
}

#[cfg(test)]
mod tests {
    use super::Wanted;
    use crate::domain::dossier::fixture::{Case, invalid, processor, receptionist, wrong_status};
    use crate::domain::dossier::{Actor, Command, Event, FormValue, Status};
    use crate::domain::refusal::RefusalKind;

    fn changes(all: &[(&str, &str)]) -> Vec<Wanted> {
        let text = |value: &str| FormValue::Text(value.to_owned());
        all.iter().map(|(field, value)| ((*field).to_owned(), text(value))).collect()
    }

    fn ask(all: &[(&str, &str)]) -> Command {
        Command::RequestCorrection { changes: changes(all), reason: "Gõ nhầm".to_owned() }
    }

    fn correct(all: &[(&str, &str)]) -> Command {
        Command::Correct { changes: changes(all), reason: "Theo đề nghị".to_owned() }
    }

    fn reject(reason: &str) -> Command {
        Command::RejectCorrection { reason: reason.to_owned() }
    }

    #[test]
    fn before_reception_it_is_done_at_once_and_both_values_are_kept() {
        let case = Case::online().after(Actor::Applicant, ask(&[("name", "Nguyễn Thị Lân")]));
        assert_eq!(case.dossier.owner.name, "Nguyễn Thị Lân");
        assert_eq!(case.dossier.correction, None);
        let Some((_, Event::Corrected { changes, .. })) = case.log.last() else {
            panic!("not corrected")
        };
        assert_eq!(changes[0].field, "owner.name");
        assert_eq!(changes[0].old, "Nguyễn Thị Lan");
    }

    #[test]
    fn after_it_the_section_decides_field_by_field() {
        let asked = [("applicant.name", "Nguyễn Thị Lân"), ("form.so_ban", "3")];
        let case = Case::processing().after(Actor::Applicant, ask(&asked));
        assert_eq!(case.dossier.owner.name, "Nguyễn Thị Lan", "it stands as it was");
        let case = case.after(receptionist(), correct(&[("owner.name", "Nguyễn Thị Lân")]));
        let left = case.dossier.correction.as_ref().expect("one field is not answered");
        assert_eq!(left.changes.len(), 1);
        assert_eq!(left.changes[0].field, "form.so_ban");
        assert_eq!(case.refused(receptionist(), reject(" ")), invalid("reason"));
        let case = case.after(receptionist(), reject("Giấy tờ ghi 2 bản"));
        assert_eq!(case.dossier.correction, None);
        let again = case.refused(receptionist(), reject("Lần nữa"));
        assert_eq!(again.0, RefusalKind::Impossible, "nothing is asked any more");
    }

    #[test]
    fn it_names_what_differs_and_can_be_so() {
        let refused = |all: &[(&str, &str)]| Case::processing().refused(Actor::Applicant, ask(all));
        assert_eq!(refused(&[("owner.name", "Nguyễn Thị Lan")]), invalid("changes"));
        assert_eq!(refused(&[]), invalid("changes"));
        assert_eq!(refused(&[("owner.phone", "12")]), invalid("changes.owner.phone"));
        assert_eq!(refused(&[("result.number", "8")]), invalid("changes.result.number"));
        let by_desk = Case::processing().refused(processor(), ask(&[("owner.name", "X")]));
        assert_eq!(by_desk.0, RefusalKind::Forbidden);
    }

    #[test]
    fn what_is_not_answered_ends_with_the_dossier() {
        let case = Case::counter().after(Actor::Applicant, ask(&[("owner.name", "Lê Lan")]));
        let withdraw = Command::RequestWithdrawal { reason: "Đổi ý".to_owned() };
        let case = case.after(Actor::Applicant, withdraw);
        assert!(case.dossier.correction.is_some());
        let case = case.after(processor(), Command::ApproveWithdrawal);
        assert_eq!((case.dossier.status, &case.dossier.correction), (Status::Stopped, &None));
        assert_eq!(case.refused(Actor::Applicant, ask(&[("name", "X")])), wrong_status());
    }
}
