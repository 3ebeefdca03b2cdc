//! The applicant's view: by code alone the status and no more, everything with the secret or a proof
//! of the dossier's phone or email.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::actions::Sent;
use super::asking::Asking;
use super::body;
use super::deadline::why_lines;
use super::dossiers::code_of;
use super::fees::AssessmentAnswer;
use super::openapi::ApplicantAction;
use super::problem::{ApiFailure, Outcome, lang_of};
use super::state::{ChangeState, DossierState, LinkItem};
use crate::domain::calendar::{local, written};
use crate::domain::dossier::{Action, Actor, Directory, Dossier, Event};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::tracking::{Happened, Proof, Tracked, TrackedPart};
use crate::office::world::World;
use crate::web::Site;
use crate::web::limits::Asked;
use crate::web::words::api as words;

/// What everybody may know of a dossier.
#[derive(Serialize, ToSchema)]
pub struct TrackingStatus {
    /// Its code.
    #[schema(example = "H40.12-261123-0001")]
    pub code: String,
    /// The national status.
    pub status: u8,
    /// Its national words.
    pub status_name: &'static str,
}

/// The secret of a dossier's receipt.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Secret {
    /// The 8 characters; blanks, dashes and case do not matter. Absent when `X-Proof` is sent.
    #[schema(example = "K7M29PXD")]
    pub secret: Option<String>,
}

/// Everything that the applicant may see.
#[derive(Serialize, ToSchema)]
pub struct TrackingDetails {
    /// The dossier.
    #[serde(flatten)]
    pub state: DossierState,
    /// The calculation of its due date, line by line; empty when nothing runs.
    pub why: Vec<String>,
    /// What it costs.
    pub cost: Cost,
    /// Its time line, oldest first.
    pub history: Vec<HappenedItem>,
    /// Its parts in other agencies, each with its own time line: one secret shows all of them.
    pub links: Vec<TrackingPart>,
}

/// What a dossier costs, in whole VND.
#[derive(Serialize, ToSchema)]
pub struct Cost {
    /// What its answers come to, as reception computes it.
    pub expected: AssessmentAnswer,
    /// What is asked for so far, paid or not.
    pub asked: u64,
    /// What was paid of it.
    pub paid: u64,
    /// What is left to pay of it.
    pub left: u64,
}

impl Cost {
    fn of(dossier: &Dossier, world: &World, now: jiff::Timestamp, lang: Lang) -> Self {
        let schedule = world.fees(&dossier.competent_agency, &dossier.procedure);
        let expected = schedule.expected(&dossier.form, dossier.channel, local(now).date());
        Self {
            expected: AssessmentAnswer::new(expected, lang),
            asked: dossier.asked_for(),
            paid: dossier.paid(),
            left: dossier.unpaid(),
        }
    }
}

/// A part of a dossier, as its applicant sees it.
#[derive(Serialize, ToSchema)]
pub struct TrackingPart {
    /// The part.
    #[serde(flatten)]
    pub part: LinkItem,
    /// Its dossier, once it is open.
    pub dossier: Option<DossierState>,
    /// Its time line, oldest first.
    pub history: Vec<HappenedItem>,
}

/// One thing that happened.
#[derive(Serialize, ToSchema)]
pub struct HappenedItem {
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// What, such as `received`.
    #[schema(example = "received")]
    pub action: &'static str,
    /// `applicant`, `desk` or `system`.
    pub actor: &'static str,
    /// The status after it.
    pub status: u8,
    /// Its national words.
    pub status_name: &'static str,
    /// When the dossier was due after it.
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
    /// The reason that was given.
    pub reason: Option<String>,
    /// What a supplement answered in words.
    pub text: Option<String>,
    /// What a correction changed, or is to change: field, old and new value.
    pub changes: Option<Vec<ChangeState>>,
}

/// Shows a dossier's status, and no more
#[utoipa::path(
    tag = "tracking",
    security(()),
    params(("code" = String, Path, description = "The dossier's code", example = "H40.12-261123-0001")),
    responses((status = 200, description = "The status", body = TrackingStatus)),
)]
#[get("/tracking/{code}")]
pub async fn track_status(path: Path<String>, asking: Asking, site: Data<Site>) -> Outcome {
    asking.limit(&site, Asked::Reading)?;
    let found = site.office.public_status(&code_of(&path))?;
    Ok(HttpResponse::Ok().json(TrackingStatus {
        code: found.code.to_string(),
        status: found.status.code(),
        status_name: found.status.name().vi,
    }))
}

/// Shows a dossier to its applicant
#[utoipa::path(
    tag = "tracking",
    security((), ("proof" = [])),
    params(("code" = String, Path, description = "The dossier's code")),
    request_body = Secret,
    responses((status = 200, description = "The dossier", body = TrackingDetails)),
)]
#[post("/tracking/{code}/details")]
pub async fn track_details(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    asking.limit(&site, Asked::Secret)?;
    let bytes = body::read(&request, payload).await?;
    let sent: Secret = if bytes.is_empty() { Secret::default() } else { body::parse(&bytes)? };
    let code = code_of(&path);
    site.office.public_status(&code)?;
    let tracked = site.office.track(&code, &proof(sent.secret, &asking)?)?;
    let (world, now) = (site.office.world(), site.office.now());
    Ok(HttpResponse::Ok().json(TrackingDetails::of(&tracked, &world, now, lang_of(&request))))
}

impl TrackingDetails {
    /// What the applicant may see of a dossier.
    pub fn of(tracked: &Tracked, world: &World, now: jiff::Timestamp, lang: Lang) -> Self {
        Self {
            state: DossierState::for_applicant(&tracked.dossier, world, now),
            why: why_lines(&tracked.dossier, world, lang),
            cost: Cost::of(&tracked.dossier, world, now, lang),
            history: public(&tracked.history),
            links: tracked.parts.iter().map(|part| tracking_part(part, world, now)).collect(),
        }
    }
}

fn public(history: &[Happened]) -> Vec<HappenedItem> {
    history.iter().filter(|happened| is_public(happened)).map(HappenedItem::new).collect()
}

fn tracking_part(part: &TrackedPart, world: &World, now: jiff::Timestamp) -> TrackingPart {
    let open = part.open.as_ref();
    TrackingPart {
        part: LinkItem::from(&part.seen),
        dossier: open.map(|(dossier, _)| DossierState::for_applicant(dossier, world, now)),
        history: open.map(|(_, history)| public(history)).unwrap_or_default(),
    }
}

fn proof(secret: Option<String>, asking: &Asking) -> Result<Proof, Refusal> {
    match (secret, &asking.contact) {
        (Some(typed), _) => Ok(Proof::Secret { typed, from: asking.address.clone() }),
        (None, Some(contact)) => Ok(Proof::Contact(contact.clone())),
        (None, None) => {
            let missing = Refusal::field("secret", words::MISSING);
            Err(Refusal { kind: RefusalKind::Unauthenticated, ..missing })
        }
    }
}

/// Whether a line is for the applicant: officials' questions to each other are not.
fn is_public(happened: &Happened) -> bool {
    !matches!(
        happened.event,
        Event::Noted { .. } | Event::Consulted { .. } | Event::ConsultationAnswered { .. }
    )
}

impl HappenedItem {
    fn new(happened: &Happened) -> Self {
        let reason = match &happened.event {
            Event::Refused { reason }
            | Event::Transferred { reason, .. }
            | Event::ProcedureChanged { reason, .. }
            | Event::Extended { reason, .. }
            | Event::DueDateMoved { reason, .. }
            | Event::WithdrawalRequested { reason }
            | Event::WithdrawalRejected { reason, .. }
            | Event::PaymentRequestCancelled { reason, .. }
            | Event::TransferRejected { reason }
            | Event::Corrected { reason, .. }
            | Event::CorrectionRequested { reason, .. }
            | Event::CorrectionRejected { reason }
            | Event::Stopped { reason, .. }
            | Event::Voided { reason } => Some(reason.clone()),
            _ => None,
        };
        let text = match &happened.event {
            Event::Supplemented { text, .. } | Event::SupplementPromised { text, .. } => {
                text.clone()
            }
            _ => None,
        };
        let changes = match &happened.event {
            Event::Corrected { changes, .. } | Event::CorrectionRequested { changes, .. } => {
                Some(changes.iter().map(ChangeState::from).collect())
            }
            _ => None,
        };
        let actor = match happened.actor.as_str() {
            "applicant" => "applicant",
            "system" => "system",
            _ => "desk",
        };
        Self {
            at: written(happened.at),
            action: happened.event.kind(),
            actor,
            status: happened.status.code(),
            status_name: happened.status.name().vi,
            due_at: happened.due_at.map(written),
            reason,
            text,
            changes,
        }
    }
}

/// Does one of the applicant's own actions
#[utoipa::path(
    tag = "tracking",
    security((), ("proof" = [])),
    params(("code" = String, Path, description = "The dossier's code")),
    request_body = ApplicantAction,
    responses((status = 200, description = "The new state", body = DossierState)),
)]
#[post("/tracking/{code}/actions")]
pub async fn act_as_applicant(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    asking.limit(&site, Asked::Secret)?;
    let bytes = body::read(&request, payload).await?;
    let code = code_of(&path);
    site.office.public_status(&code)?;
    let secret = match body::object(&bytes)?.remove("secret") {
        None | Some(Value::Null) => None,
        Some(Value::String(secret)) => Some(secret),
        Some(_) => return Err(Refusal::field("secret", body::wrong_value(words::A_TEXT)).into()),
    };
    let proof = proof(secret, &asking)?;
    let dossier = site.office.track(&code, &proof)?.dossier;
    let mut sent = Sent::read(&bytes, applicants)?;
    sent.take("secret");
    // Whoever proved the dossier is its applicant, whatever else they call themselves.
    let route = format!("POST tracking/{code}/actions");
    let once = asking.once_as("applicant", &route, &bytes);
    let outcome = match sent.request(&site, &dossier) {
        Ok((mut command, files)) => {
            super::actions::note_as_text(&mut command);
            let office = &site.office;
            let caller = &asking.caller;
            let done = office.act_as_applicant(caller, &code, &proof, command, files, once).await;
            done.map_err(ApiFailure::from)
        }
        Err(refusal) => Err(refusal.into()),
    };
    let done =
        outcome.map_err(|failure| sent.say_first(&site, failure, &dossier, &Actor::Applicant))?;
    let (world, now) = (site.office.world(), site.office.now());
    Ok(HttpResponse::Ok().json(DossierState::for_applicant(&done, &world, now)))
}

/// The actions that applicants have.
pub fn applicants(action: Action) -> Option<Action> {
    let own = matches!(
        action,
        Action::Supplement
            | Action::AddPapers
            | Action::RequestCorrection
            | Action::RequestWithdrawal
            | Action::DeclareTransfer
    );
    own.then_some(action)
}
