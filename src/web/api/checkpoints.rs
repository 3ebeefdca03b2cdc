//! Checkpoints of an agency's log, for programs and auditors that keep them elsewhere.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use super::asking::Asking;
use super::params::Params;
use super::problem::Outcome;
use super::state::hex;
use crate::documents::seal::SignedCheckpoint;
use crate::domain::calendar::written;
use crate::domain::ids::AgencyCode;
use crate::web::Site;
use crate::web::words::api as words;

/// A page of an agency's checkpoints.
#[derive(Serialize, ToSchema)]
pub struct CheckpointPage {
    /// The checkpoints, the last one first.
    pub items: Vec<CheckpointItem>,
    /// To send as `cursor` for the next page; null when this was the last one.
    pub next_cursor: Option<String>,
}

/// Where an agency's log stood, signed.
#[derive(Serialize, ToSchema)]
pub struct CheckpointItem {
    /// Whose log.
    pub agency: String,
    /// Its place among the agency's checkpoints, from 1 without gaps.
    pub number: u64,
    /// When it was made.
    #[schema(format = DateTime)]
    pub at: String,
    /// The `seq` of the log's last event then.
    pub seq: u64,
    /// The chain's `hash` at that event.
    pub hash: String,
    /// Its `commit`.
    pub commit: u64,
    /// How many looks at dossiers the instance had noted.
    pub looks: u64,
    /// The hash of their chain; zeros when there was none.
    pub looks_hash: String,
    /// `sha256` of the checkpoint before; zeros before the first.
    pub previous: String,
    /// SHA-256 of this one, with its signature.
    pub sha256: String,
    /// The short name of the key that signed.
    pub key: String,
    /// The whole of it with its signature, as `POST papers/check` and `motcua check --against` read it.
    pub text: String,
}

impl From<&SignedCheckpoint> for CheckpointItem {
    fn from(signed: &SignedCheckpoint) -> Self {
        let said = &signed.said;
        Self {
            agency: said.agency.to_string(),
            number: said.number,
            at: written(said.at),
            seq: said.sequence,
            hash: hex(&said.chain),
            commit: said.commit,
            looks: said.looks,
            looks_hash: hex(&said.looks_chain),
            previous: hex(&said.previous),
            sha256: hex(&signed.digest()),
            key: signed.key.to_string(),
            text: signed.text(),
        }
    }
}

/// Lists the checkpoints of an agency's log
///
/// For auditors and administrators, and for programs that keep them where this instance cannot reach.
#[utoipa::path(
    tag = "integration",
    security(("token" = [])),
    params(
        ("agency" = Option<String>, Query, description = "The agency's code; the account's own, or the only one, by default", example = "H40.12"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Items of a page; 50 by default"),
    ),
    responses((status = 200, description = "A page of checkpoints", body = CheckpointPage)),
)]
#[get("/checkpoints")]
pub async fn list_checkpoints(request: HttpRequest, asking: Asking, site: Data<Site>) -> Outcome {
    let caller = asking.signed_in()?;
    let mut params = Params::of(&request);
    let named = params.text("agency").map(|code| AgencyCode::new(code.to_uppercase()));
    let before = params.read("cursor", words::CURSOR, |text| text.parse::<u64>().ok());
    let limit = params.limit();
    params.finish()?;
    let agency = site.office.checkpoints_agency(caller, named.as_ref())?;
    let known = site.office.checkpoints(&agency, before, limit)?;
    let last = known.last().map(|last| last.said.number);
    let next = last.filter(|number| known.len() == limit && *number > 1);
    Ok(HttpResponse::Ok().json(CheckpointPage {
        next_cursor: next.map(|number| number.to_string()),
        items: known.iter().map(CheckpointItem::from).collect(),
    }))
}
