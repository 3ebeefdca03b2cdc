//! `GET dossiers/{code}/deadline`: a due date with the calculation that leads to it.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use super::asking::Asking;
use super::dossiers::code_of;
use super::names::DeadlineStateName;
use super::problem::{Outcome, lang_of};
use super::state::{deadline_state, due_at};
use crate::domain::calendar::written;
use crate::domain::dossier::{Directory, Dossier, clock_agency, explain};
use crate::domain::words::Lang;
use crate::office::world::World;
use crate::web::Site;

/// When a dossier is due, and why then.
#[derive(Serialize, ToSchema)]
pub struct DeadlineExplained {
    /// When it is due, or was when it ended; null while it is paused.
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
    /// How it stands against that.
    pub deadline_state: Option<DeadlineStateName>,
    /// The calculation, line by line, in the caller's language: adding it up gives the date. Empty
    /// when the dossier has ended and the calendar has changed since.
    pub why: Vec<String>,
}

/// The calculation of a dossier's due date, in words.
pub(super) fn why_lines(dossier: &Dossier, world: &World, lang: Lang) -> Vec<String> {
    let calendar = world.calendar(clock_agency(dossier));
    let told = explain(dossier, calendar, world.rules(&dossier.rule_pack)).ok().flatten();
    told.map(|told| told.why.iter().map(|line| line.say(lang)).collect()).unwrap_or_default()
}

/// Explains a dossier's due date
#[utoipa::path(
    tag = "dossiers",
    security(("token" = [])),
    params(("code" = String, Path, description = "The dossier's code", example = "H40.12-261123-0001")),
    responses((status = 200, description = "The due date and its calculation", body = DeadlineExplained)),
)]
#[get("/dossiers/{code}/deadline")]
pub async fn show_deadline(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
) -> Outcome {
    let dossier = site.office.dossier(asking.signed_in()?, &code_of(&path))?;
    let (world, now) = (site.office.world(), site.office.now());
    Ok(HttpResponse::Ok().json(DeadlineExplained {
        due_at: due_at(&dossier).map(written),
        deadline_state: deadline_state(&dossier, &world, now),
        why: why_lines(&dossier, &world, lang_of(&request)),
    }))
}
