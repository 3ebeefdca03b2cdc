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
    let agency = &dossier.competent_agency;
    if let Some(unit) = unit {
        let known = ctx.directory.agency(agency).and_then(|agency| agency.unit(unit));
        if known.is_none() {
            let text = words::UNKNOWN_UNIT.text(&[("unit", unit.as_str())]);
            return Err(Refusal::field("unit", text));
        }
    }
    let Some(name) = to else { return Ok(Holder { unit: unit.clone(), user: None }) };
    let staff = ctx.directory.staff(name).filter(|staff| {
        staff.enabled && staff.agency == *agency && staff.roles.iter().any(|role| role.is_desk())
    });
    match staff {
        Some(staff) => Ok(Holder {
            unit: unit.clone().or_else(|| staff.unit.clone()),
            user: Some(staff.name.clone()),
        }),
        None => {
            let text = words::UNKNOWN_USER.text(&[("user", name.as_str())]);
            Err(Refusal::field("to", text))
        }
    }
}
