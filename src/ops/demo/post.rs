//! Dossiers that came to each of the demo's communes by post today, and results that go out.

use jiff::Timestamp;

use super::cast::Cast;
use super::clock::DemoClock;
use super::player::shown;
use crate::domain::agency::Role;
use crate::domain::catalogue::{Channel, Level};
use crate::domain::dossier::{Command, Delivery, Request};
use crate::domain::ids::{AgencyCode, DossierCode, ProcedureCode};
use crate::office::acting::Files;
use crate::office::filing::{FiledPaper, Filing};
use crate::office::{Caller, Failure, Office};

/// What was posted: a copy of a civil status extract.
const PROCEDURE: &str = "2.000635";

/// How far the posted dossiers are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// Taken in.
    Came,
    /// The result waits to be sent.
    Settled,
    /// It was sent.
    Sent,
}

/// Takes them in and settles some.
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
        let papers = papers.enumerate().map(|(position, component)| FiledPaper {
            component: component.id.to_string(),
            originals: component.originals,
            copies: component.copies,
            on_paper: true,
            uploads: Vec::new(),
            evidence: shown(component, position),
        });
        let papers: Vec<FiledPaper> = papers.collect();
        for (place, stand) in [Stand::Came, Stand::Settled, Stand::Sent].into_iter().enumerate() {
            let filing = Filing {
                procedure: PROCEDURE.to_owned(),
                agency: Some(commune.code.to_string()),
                channel: Channel::Post,
                return_channel: Channel::Post,
                owner: None,
                applicant: cast.person(11 + turn * 4 + place),
                mandate: None,
                form: Default::default(),
                papers: papers.clone(),
                external_codes: Vec::new(),
                competent: None,
                linked: Vec::new(),
                is_assisted: false,
                form_version: None,
            };
            let desk = Caller::Staff(desk.clone());
            let filed = office.file(&desk, filing, None).await?;
            if stand != Stand::Came {
                settle(office, cast, &commune.code, &filed.code, stand).await?;
            }
        }
    }
    Ok(())
}

/// Goes the way from the unit to the envelope.
async fn settle(
    office: &Office,
    cast: &Cast<'_>,
    agency: &AgencyCode,
    code: &DossierCode,
    stand: Stand,
) -> Result<(), Failure> {
    let desk = |role| cast.staff(role, agency, "Hộ tịch").cloned().map(Caller::Staff);
    let (Some(receptionist), Some(processor), Some(approver)) =
        (desk(Role::Receptionist), desk(Role::Processor), desk(Role::Approver))
    else {
        return Ok(());
    };
    let to = processor.staff().map(|staff| staff.name.clone());
    let mut steps = vec![
        (&receptionist, Command::Assign { to, unit: None }),
        (&processor, Command::SubmitForApproval { draft: None, attachments: Vec::new() }),
        (&approver, Command::Approve),
        (
            &processor,
            Command::Finish {
                favourable: true,
                name: "Bản sao trích lục hộ tịch".to_owned(),
                number: Some("31/TLKS-BS".to_owned()),
                reason: None,
                form: None,
                collect_reason: None,
                attachments: Vec::new(),
            },
        ),
        (&receptionist, Command::ReceiveResult),
    ];
    if stand == Stand::Sent {
        let sent = Delivery {
            tracking_number: Some("EE402118377VN".to_owned()),
            ..Delivery::by(Channel::Post)
        };
        steps.push((&receptionist, Command::Deliver(sent)));
    }
    for (caller, command) in steps {
        let version = office.dossier(caller, code)?.version;
        let request = Request { version, command, note: None };
        office.act(caller, code, request, Files::default(), None).await?;
    }
    Ok(())
}
