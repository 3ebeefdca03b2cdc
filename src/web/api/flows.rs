//! What moves between the counter and the house: hand-over lists, and the post of a day.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asking::Asking;
use super::body;
use super::params::Params;
use super::problem::{ApiFailure, Outcome};
use crate::domain::calendar::local;
use crate::domain::calendar::written;
use crate::domain::dossier::Dossier;
use crate::domain::ids::{DossierCode, UnitCode};
use crate::domain::words::Lang;
use crate::office::Failure;
use crate::office::handing::{Direction, HandedOver};
use crate::office::printing::Period;
use crate::web::Site;
use crate::web::incoming::off_thread;
use crate::web::words::api as words;

/// A line of a hand-over list.
#[derive(Serialize, ToSchema)]
pub struct HandOverBody {
    /// The dossier's code.
    pub code: String,
    /// The procedure's name.
    pub procedure_name: String,
    /// Whose matter it is.
    pub owner: String,
    /// The unit that holds it, by code.
    pub unit: Option<String>,
    /// When it was handed over.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who took it over; null until it is acknowledged.
    pub taken_by: Option<String>,
    /// When.
    #[schema(format = DateTime)]
    pub taken_at: Option<String>,
}

impl From<HandedOver> for HandOverBody {
    fn from(line: HandedOver) -> Self {
        let (taken_by, taken_at) = line.taken.unzip();
        Self {
            code: line.dossier.code.to_string(),
            procedure_name: line.dossier.procedure_name,
            owner: line.dossier.owner.name,
            unit: line.dossier.holder.unit.map(|unit| unit.to_string()),
            at: written(line.at),
            taken_by,
            taken_at: taken_at.map(written),
        }
    }
}

/// What was handed over in a period.
#[derive(Serialize, ToSchema)]
pub struct HandOverPage {
    /// The lines, oldest first.
    pub items: Vec<HandOverBody>,
}

/// The dossiers that arrived.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Taking {
    /// Their codes.
    pub codes: Vec<String>,
}

/// What became of each.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct TakingAnswer {
    /// The dossiers, in the order given.
    pub items: Vec<TakingOutcome>,
}

/// What became of one.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct TakingOutcome {
    /// The dossier's code.
    pub code: String,
    /// Whether it is acknowledged now.
    pub taken: bool,
    /// Why not.
    pub reason: Option<String>,
}

/// The post of a day.
#[derive(Serialize, ToSchema)]
pub struct PostPage {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Results that wait to be sent.
    pub waiting: Vec<PostItem>,
    /// Results that were sent.
    pub sent: Vec<PostItem>,
    /// Dossiers that came.
    pub came: Vec<PostItem>,
}

/// An item of the post.
#[derive(Serialize, ToSchema)]
pub struct PostItem {
    /// The dossier's code.
    pub code: String,
    /// To whom, or from whom.
    pub name: String,
    /// Where.
    pub address: Option<String>,
    /// The postal operator's number.
    pub tracking_number: Option<String>,
}

impl From<&Dossier> for PostItem {
    fn from(dossier: &Dossier) -> Self {
        Self {
            code: dossier.code.to_string(),
            name: dossier.submitter.name.clone(),
            address: dossier.submitter.address.clone(),
            tracking_number: dossier.delivery.as_ref().and_then(|d| d.tracking_number.clone()),
        }
    }
}

/// Lists what was handed over in a period
///
/// Dossiers from the section to a unit (`out`), or results back from it (`back`).
#[utoipa::path(
    tag = "desk",
    security(("token" = [])),
    params(
        ("from" = Option<String>, Query, description = "First day; today by default"),
        ("to" = Option<String>, Query, description = "Last day; today by default"),
        ("direction" = Option<String>, Query, description = "`out` (by default) or `back`"),
        ("unit" = Option<String>, Query, description = "Only this unit, by code"),
    ),
    responses((status = 200, description = "The list", body = HandOverPage)),
)]
#[get("/hand-overs")]
pub async fn list_hand_overs(request: HttpRequest, asking: Asking, site: Data<Site>) -> Outcome {
    let caller = asking.signed_in()?.clone();
    let today = local(site.office.now()).date();
    let mut params = Params::of(&request);
    let date = |text: &str| text.parse::<Date>().ok();
    let from = params.read("from", words::A_DATE, date).unwrap_or(today);
    let to = params.read("to", words::A_DATE, date).unwrap_or(today);
    let direction =
        params.choice("direction", &[("out", Direction::Out), ("back", Direction::Back)]);
    let unit = params.text("unit").map(UnitCode::new);
    params.finish()?;
    let (period, direction) = (Period::new(from, to)?, direction.unwrap_or_default());
    let office = site.office.clone();
    let found =
        off_thread(move || office.handed_over(&caller, period, direction, unit.as_ref())).await;
    let items = found.map_err(ApiFailure::from)?.into_iter().map(Into::into).collect();
    Ok(HttpResponse::Ok().json(HandOverPage { items }))
}

/// Acknowledges dossiers that were handed over
///
/// By whom they were given to, or by their unit; each has its own outcome.
#[utoipa::path(
    tag = "desk",
    security(("token" = [])),
    request_body = Taking,
    responses((status = 200, description = "What became of each", body = TakingAnswer)),
)]
#[post("/hand-overs")]
pub async fn take_over(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    let caller = asking.signed_in()?;
    let bytes = body::read(&request, payload).await?;
    let sent: Taking = body::parse(&bytes)?;
    let answer = site.office.once(asking.once("POST hand-overs", &bytes), async {
        let codes: Vec<DossierCode> = sent.codes.iter().map(DossierCode::new).collect();
        let outcomes = site.office.take_over(caller, &codes).await?;
        let items = outcomes.into_iter().map(|(code, outcome)| TakingOutcome {
            code: code.to_string(),
            taken: outcome.is_ok(),
            reason: match outcome {
                Err(Failure::Refused(refusal)) => Some(refusal.say(Lang::Vi).to_owned()),
                _ => None,
            },
        });
        Ok::<_, ApiFailure>(TakingAnswer { items: items.collect() })
    });
    Ok(HttpResponse::Ok().json(answer.await?))
}

/// Lists the post of a day
#[utoipa::path(
    tag = "desk",
    security(("token" = [])),
    params(("date" = Option<String>, Query, description = "The day; today by default")),
    responses((status = 200, description = "The post", body = PostPage)),
)]
#[get("/post")]
pub async fn show_post(request: HttpRequest, asking: Asking, site: Data<Site>) -> Outcome {
    let caller = asking.signed_in()?.clone();
    let mut params = Params::of(&request);
    let date = params.read("date", words::A_DATE, |text| text.parse::<Date>().ok());
    params.finish()?;
    let date = date.unwrap_or_else(|| local(site.office.now()).date());
    let day = Period::new(date, date)?;
    let office = site.office.clone();
    let post = off_thread(move || office.post_of(&caller, day)).await.map_err(ApiFailure::from)?;
    let items = |dossiers: &[Dossier]| dossiers.iter().map(PostItem::from).collect();
    Ok(HttpResponse::Ok().json(PostPage {
        date,
        waiting: items(&post.waiting),
        sent: items(&post.sent),
        came: items(&post.came),
    }))
}
