//! `assign` and `forward`: to a unit or a person of the competent agency.

use super::decide::Context;
use super::state::{Dossier, Holder};
use super::words;
use crate::domain::ids::{UnitCode, UserName};
use crate::domain::refusal::Refusal;

pub(super) fn holder(
    dossier: &Dossier,
    to: &Option<UserName>,
    unit: &Option<UnitCode>,
    ctx: &Context<'_>,
) -> Result<Holder, Refusal> {
    if to.is_none() && unit.is_none() {
        return Err(Refusal::field("to", words::ASSIGNEE_MISSING));
    }
    if to.is_some() && unit.is_some() {
        return Err(Refusal::field("unit", words::ASSIGNEE_TWICE));
    }
    let agency = &dossier.competent_agency;
    if let Some(unit) = unit {
        let known = ctx.directory.agency(agency).and_then(|agency| agency.unit(unit));
        if known.is_none() {
            let text = words::UNKNOWN_UNIT.text(&[("unit", unit.as_str())]);
            return Err(Refusal::field("unit", text));
        }
    }
    let Some(name) = to else { return Ok(Holder { unit: unit.clone(), user: None }) };
    let staff = ctx.directory.staff(name);
    match staff.filter(|staff| staff.enabled && staff.agency == *agency) {
        Some(staff) if !staff.roles.iter().any(|role| role.is_desk()) => {
            let text = words::NOT_AT_A_DESK.text(&[("user", name.as_str())]);
            Err(Refusal::field("to", text))
        }
        Some(staff) => Ok(Holder { unit: staff.unit.clone(), user: Some(staff.name.clone()) }),
        None => {
            let text = words::UNKNOWN_USER.text(&[("user", name.as_str())]);
            Err(Refusal::field("to", text))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{
        Case, WARD, assign, invalid, processor, receptionist, wrong_status,
    };
    use crate::domain::dossier::{Command, Status};

    fn forward(to: Option<&str>, unit: Option<&str>) -> Command {
        Command::Forward { to: to.map(Into::into), unit: unit.map(Into::into) }
    }

    #[test]
    fn a_person_comes_with_their_unit() {
        let holder = Case::processing().dossier.holder;
        assert_eq!(holder.user.unwrap().as_str(), "processor@H40.01");
        assert_eq!(holder.unit.unwrap().as_str(), "tu-phap");
    }

    #[test]
    fn it_goes_on_to_a_unit_of_the_deciding_agency() {
        let case = Case::processing().after(processor(), forward(None, Some("dia-chinh")));
        assert_eq!(case.dossier.status, Status::Processing);
        assert_eq!(case.dossier.holder.user, None);
        let due_at = Case::counter().dossier.clock.due_at;
        assert_eq!(case.dossier.clock.due_at, due_at, "the clock runs on");
    }

    #[test]
    fn it_goes_to_nobody_elsewhere() {
        let refused = |command| Case::processing().refused(processor(), command);
        assert_eq!(refused(forward(None, None)), invalid("to"));
        assert_eq!(refused(forward(None, Some("x"))), invalid("unit"));
        let both = forward(Some("processor@H40.01"), Some("tu-phap"));
        assert_eq!(refused(both), invalid("unit"));
        assert_eq!(refused(forward(Some(&format!("processor@{WARD}")), None)), invalid("to"));
        assert_eq!(refused(forward(Some("admin@H40.01"), None)), invalid("to"));
        assert_eq!(Case::online().refused(receptionist(), assign()), wrong_status());
    }
}
