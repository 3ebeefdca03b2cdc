//! The feed: an agency's log in order, for programs that follow it.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use super::asking::Asking;
use super::params::Params;
use super::problem::Outcome;
use super::state::hex;
use crate::domain::absence::in_whose_place;
use crate::domain::agency::Role;
use crate::domain::calendar::written;
use crate::domain::dossier::Directory;
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::Caller;
use crate::office::reading::Link;
use crate::office::world::World;
use crate::web::Site;
use crate::web::words::api as words;

/// A page of an agency's log.
#[derive(Serialize, ToSchema)]
pub struct FeedPage {
    /// The events, oldest first, without gaps.
    pub items: Vec<FeedItem>,
    /// To send as `after` for the next page; null when this was the last one for now.
    pub next_cursor: Option<String>,
}

/// An event of an agency's log: its clear header. What happened in detail, the dossier says.
#[derive(Serialize, ToSchema)]
pub struct FeedItem {
    /// The agency whose log it is.
    pub agency: String,
    /// Its place in the log, from 1 without gaps.
    pub seq: u64,
    /// The commit that made it durable.
    pub commit: u64,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who: an account's name, `applicant`, `system` or a program's name.
    pub actor: String,
    /// The account that is away, in whose place the actor did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<String>,
    /// What happened, such as `received`; null for kinds of later versions.
    pub action: Option<String>,
    /// The dossier.
    pub code: String,
    /// Its procedure.
    pub procedure: String,
    /// Its version after it.
    pub version: u64,
    /// Its status after it.
    pub status: u8,
    /// That in the national words.
    pub status_name: &'static str,
    /// When it is due after it.
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
    /// SHA-256 of the sealed part, hexadecimal.
    pub sealed_sha256: String,
    /// The clear header's bytes, hexadecimal; `docs/format.md` writes them down.
    pub header: String,
    /// The chain's hash at it: SHA-256 of `prev_hash` and `header`.
    pub hash: String,
    /// The chain's hash before it; zeros before the first.
    pub prev_hash: String,
}

impl From<&Link> for FeedItem {
    fn from(link: &Link) -> Self {
        Self {
            agency: link.agency.to_string(),
            seq: link.sequence,
            commit: link.commit,
            at: written(link.at),
            actor: in_whose_place(&link.actor).0.to_owned(),
            in_place_of: in_whose_place(&link.actor).1.map(str::to_owned),
            action: link.kind.clone(),
            code: link.code.to_string(),
            procedure: link.procedure.to_string(),
            version: link.version,
            status: link.status.code(),
            status_name: link.status.name().vi,
            due_at: link.due_at.map(written),
            sealed_sha256: hex(&link.sealed_sha256),
            header: hex(&link.header),
            hash: hex(&link.hash),
            prev_hash: hex(&link.prev_hash),
        }
    }
}

/// Reads an agency's log
///
/// Poll with `after` set to the last `seq` that was read. The chain verifies from headers alone.
#[utoipa::path(
    tag = "integration",
    security(("token" = [])),
    params(
        ("agency" = Option<String>, Query, description = "The agency's code; the account's own, or the only one, by default", example = "H40.12"),
        ("after" = Option<u64>, Query, description = "Only events after this `seq`; 0 by default"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before, in place of `after`"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Items of a page; 50 by default"),
    ),
    responses((status = 200, description = "A page of the log", body = FeedPage)),
)]
#[get("/events")]
pub async fn list_events(request: HttpRequest, asking: Asking, site: Data<Site>) -> Outcome {
    let caller = asking.signed_in()?;
    let mut params = Params::of(&request);
    let world = site.office.world();
    let agency = agency(params.text("agency"), caller, &world)?;
    let after = params.read("after", words::A_NUMBER, |text| text.parse::<u64>().ok());
    let cursor = params.read("cursor", words::CURSOR, |text| text.parse::<u64>().ok());
    let limit = params.limit();
    params.finish()?;
    let links = site.office.feed(&agency, after.or(cursor).unwrap_or(0), limit)?;
    let next_cursor = links.last().filter(|_| links.len() == limit);
    Ok(HttpResponse::Ok().json(FeedPage {
        next_cursor: next_cursor.map(|link| link.sequence.to_string()),
        items: links.iter().map(FeedItem::from).collect(),
    }))
}

/// The agency whose log the caller reads: an account's own, for a program any.
fn agency(named: Option<String>, caller: &Caller, world: &World) -> Result<AgencyCode, Refusal> {
    if !caller.is(Role::Integration) {
        return Err(Refusal::new(RefusalKind::Forbidden, words::INTEGRATION_ONLY));
    }
    let unknown = || Refusal::new(RefusalKind::NotFound, words::AGENCY_UNKNOWN);
    let named = named.map(|code| AgencyCode::new(code.to_uppercase()));
    match (named, caller.staff()) {
        (Some(code), Some(staff)) if code != staff.agency => Err(unknown()),
        (_, Some(staff)) => Ok(staff.agency.clone()),
        (Some(code), None) => {
            world.agency(&code).map(|agency| agency.code.clone()).ok_or_else(unknown)
        }
        (None, None) => {
            let mut agencies = world.agencies();
            match (agencies.next(), agencies.next()) {
                (Some(only), None) => Ok(only.code.clone()),
                _ => Err(Refusal::field("agency", words::AGENCY_NEEDED)),
            }
        }
    }
}
