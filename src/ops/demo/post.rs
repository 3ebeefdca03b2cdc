//! A dossier that came to each of the demo's communes by post today.

use jiff::Timestamp;

use super::cast::Cast;
use super::clock::DemoClock;
use crate::domain::agency::Role;
use crate::domain::catalogue::{Channel, Level};
use crate::domain::dossier::{Evidence, PaperForm};
use crate::domain::ids::ProcedureCode;
use crate::office::filing::{FiledPaper, Filing};
use crate::office::{Caller, Failure, Office};

/// What was posted: a copy of a civil status extract.
const PROCEDURE: &str = "2.000635";

/// Takes it in.
pub(super) async fn fill(
    office: &Office,
    cast: &Cast<'_>,
    clock: &DemoClock,
    now: Timestamp,
) -> Result<(), Failure> {
    clock.set(now);
    let world = office.world();
    let Some(procedure) = world.shared_procedure(&ProcedureCode::new(PROCEDURE)) else {
        return Ok(());
    };
    for (turn, commune) in cast.agencies(Level::Commune).into_iter().enumerate() {
        let Some(desk) = cast.staff(Role::Receptionist, &commune.code, "") else { continue };
        let papers = procedure.components.iter().filter(|component| component.mandatory);
        let papers = papers.map(|component| FiledPaper {
            component: component.id.to_string(),
            originals: component.originals,
            copies: component.copies,
            on_paper: true,
            uploads: Vec::new(),
            evidence: Evidence { form: Some(PaperForm::CertifiedCopy), ..Evidence::default() },
        });
        let filing = Filing {
            procedure: PROCEDURE.to_owned(),
            agency: Some(commune.code.to_string()),
            channel: Channel::Post,
            return_channel: Channel::Post,
            owner: None,
            applicant: cast.person(11 + turn * 4),
            mandate: None,
            form: Default::default(),
            papers: papers.collect(),
            external_codes: Vec::new(),
            competent: None,
            linked: Vec::new(),
            is_assisted: false,
        };
        office.file(&Caller::Staff(desk.clone()), filing, None).await?;
    }
    Ok(())
}
