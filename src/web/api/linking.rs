//! Which procedures follow one in other agencies (liên thông), and where procedures are filed online.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asking::Asking;
use super::body;
use super::problem::{ApiFailure, Outcome};
use crate::domain::agency::Role;
use crate::domain::dossier::linking::{Carried, Decides, Follower, Opens, Source};
use crate::domain::dossier::words::UNKNOWN_PROCEDURE;
use crate::domain::dossier::{Directory, Intake};
use crate::domain::ids::{AgencyCode, ComponentId, ProcedureCode};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::web::Site;
use crate::web::incoming::off_thread;
use crate::web::limits::Asked;
use crate::web::words::api as words;

/// What follows a procedure.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Followers {
    /// The procedures, in their order; none takes the declaration back.
    pub followers: Vec<FollowerItem>,
}

/// A procedure that follows another one.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowerItem {
    /// Its code.
    #[schema(example = "1.004222")]
    pub procedure: String,
    /// Who decides it: an agency's code, `receiving` or `competent` for those of the leading dossier,
    /// or `chosen` at filing.
    #[schema(example = "chosen")]
    pub agency: String,
    /// When its dossier opens: `with_submission`, `at_reception` or `after_result`.
    #[schema(example = "at_reception")]
    pub opens: String,
    /// The papers that go along; every mandatory one of the procedure must be among them.
    #[serde(default)]
    pub papers: Vec<CarriedItem>,
    /// The answers of the form that go along; all under their own names when empty.
    #[serde(default)]
    pub answers: Vec<AnswerItem>,
}

/// A paper that goes along.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CarriedItem {
    /// A component of the leading procedure, or `result`.
    #[schema(example = "tp1")]
    pub from: String,
    /// The component that it becomes.
    #[schema(example = "tp1")]
    pub to: String,
}

/// An answer that goes along.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerItem {
    /// Its name in the leading form.
    pub from: String,
    /// Its name there.
    pub to: String,
}

impl From<&Follower> for FollowerItem {
    fn from(follower: &Follower) -> Self {
        let papers = follower.papers.iter().map(|carried| CarriedItem {
            from: carried.from.id().to_owned(),
            to: carried.to.to_string(),
        });
        let answers = follower.answers.iter();
        Self {
            procedure: follower.procedure.to_string(),
            agency: follower.decides.id().to_owned(),
            opens: follower.opens.id().to_owned(),
            papers: papers.collect(),
            answers: answers
                .map(|(from, to)| AnswerItem { from: from.clone(), to: to.clone() })
                .collect(),
        }
    }
}

fn read(sent: Followers) -> Result<Vec<Follower>, Refusal> {
    let mut errors = Vec::new();
    let mut followers = Vec::with_capacity(sent.followers.len());
    for (place, item) in sent.followers.into_iter().enumerate() {
        let opens = Opens::from_id(&item.opens);
        if opens.is_none() {
            let known = Opens::ALL.map(Opens::id).join(", ");
            let field = format!("followers[{place}].opens");
            let text = words::UNKNOWN_VALUE.text(&[("known", &known)]);
            errors.push(FieldError { field, text });
        }
        let carried = |item: CarriedItem| Carried {
            from: Source::from_id(&item.from),
            to: ComponentId::new(item.to),
        };
        followers.push(Follower {
            procedure: ProcedureCode::new(item.procedure.trim()),
            decides: Decides::from_id(&item.agency),
            opens: opens.unwrap_or(Opens::AtReception),
            papers: item.papers.into_iter().map(carried).collect(),
            answers: item.answers.into_iter().map(|answer| (answer.from, answer.to)).collect(),
        });
    }
    if errors.is_empty() { Ok(followers) } else { Err(Refusal::fields(errors)) }
}

fn admin(asking: &Asking) -> Result<(), ApiFailure> {
    match asking.signed_in()?.is(Role::Admin) {
        true => Ok(()),
        false => Err(Refusal::new(RefusalKind::Forbidden, words::ADMIN_ONLY).into()),
    }
}

/// Shows which procedures follow one in other agencies
#[utoipa::path(
    tag = "procedures",
    security(()),
    params(("code" = String, Path, description = "The leading procedure", example = "2.000986")),
    responses((status = 200, description = "What follows it", body = Followers)),
)]
#[get("/procedures/{code}/followers")]
pub async fn list_followers(path: Path<String>, asking: Asking, site: Data<Site>) -> Outcome {
    asking.limit(&site, Asked::Reading)?;
    let world = site.office.world();
    let code = ProcedureCode::new(path.as_str());
    if world.procedure(&code).is_none() {
        let text = UNKNOWN_PROCEDURE.text(&[("procedure", code.as_str())]);
        return Err(Refusal::new(RefusalKind::NotFound, text).into());
    }
    let followers = world.followers(&code).iter().map(FollowerItem::from).collect();
    Ok(HttpResponse::Ok().json(Followers { followers }))
}

/// Declares which procedures follow one
///
/// Dossiers that are filed from then on open linked dossiers in the agencies named, in the same
/// commit. For administrators.
#[utoipa::path(
    tag = "administration",
    security(("token" = [])),
    params(("code" = String, Path, description = "The leading procedure", example = "2.000986")),
    request_body = Followers,
    responses((status = 200, description = "What follows it", body = Followers)),
)]
#[post("/procedures/{code}/followers")]
pub async fn declare_followers(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    admin(&asking)?;
    let bytes = body::read(&request, payload).await?;
    let followers = read(body::parse(&bytes)?)?;
    let (office, code) = (site.office.clone(), ProcedureCode::new(path.as_str()));
    let declared = followers.clone();
    off_thread(move || office.declare_links(&code, &declared)).await?;
    let followers = followers.iter().map(FollowerItem::from).collect();
    Ok(HttpResponse::Ok().json(Followers { followers }))
}

/// Where procedures are filed online.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IntakeBody {
    /// The agency.
    #[schema(example = "H40.12")]
    pub agency: String,
    /// The procedure; all of the agency's when absent.
    pub procedure: Option<String>,
    /// `own` for this portal, `national` for the national one; null takes back what was set.
    #[schema(example = "national")]
    pub mode: Option<String>,
}

/// Sets where the procedures of an agency are filed online, or one of them
///
/// With `national`, a citizen's online filing here is refused; dossiers come from programs, or from a
/// receptionist who helped, with the national number among their `external_codes`. For administrators.
#[utoipa::path(
    tag = "administration",
    security(("token" = [])),
    request_body = IntakeBody,
    responses((status = 200, description = "What is set", body = IntakeBody)),
)]
#[post("/intake")]
pub async fn set_intake(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    admin(&asking)?;
    let bytes = body::read(&request, payload).await?;
    let sent: IntakeBody = body::parse(&bytes)?;
    let mode = match sent.mode.as_deref().map(|id| (Intake::from_id(id), id)) {
        None => None,
        Some((Some(mode), _)) => Some(mode),
        Some((None, _)) => {
            let text = words::UNKNOWN_VALUE.text(&[("known", "own, national")]);
            return Err(Refusal::field("mode", text).into());
        }
    };
    let agency = AgencyCode::new(sent.agency.trim().to_uppercase());
    let procedure = sent.procedure.as_deref().map(|code| ProcedureCode::new(code.trim()));
    let office = site.office.clone();
    off_thread(move || office.set_intake(&agency, procedure.as_ref(), mode)).await?;
    Ok(HttpResponse::Ok().json(sent))
}
