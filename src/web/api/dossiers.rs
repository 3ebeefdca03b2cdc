//! `GET dossiers` and `GET dossiers/{code}`: what the desk sees.

use std::collections::BTreeMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::asking::Asking;
use super::happened::data;
use super::moment::{read_end, read_start};
use super::names::{ChannelName, DeadlineStateName};
use super::params::Params;
use super::problem::Outcome;
use super::process::RunState;
use super::state::{DossierState, HolderState, LinkItem, deadline_state, due_at, hex};
use crate::domain::absence::in_whose_place;
use crate::domain::agency::Role;
use crate::domain::calendar::written;
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Dossier, Queue, Status, parse_dossier_code, run_of};
use crate::domain::ids::{DossierCode, UserName};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::catalogue::wire::channel_id;
use crate::office::lists::ListQuery;
use crate::office::looking_up::FoundCounts;
use crate::office::reading::ChainedEvent;
use crate::office::world::World;
use crate::office::{Caller, Office};
use crate::web::Site;
use crate::web::words::api as words;

/// A page of dossiers.
#[derive(Serialize, ToSchema)]
pub struct DossierPage {
    /// The dossiers.
    pub items: Vec<DossierItem>,
    /// Where the next page begins; null on the last one. A page may be short and have one.
    pub next_cursor: Option<String>,
    /// With `q`: how many there are in all, and by status, field, procedure and way in, each counted
    /// under the other filters. Null without `q`, and with `queue`.
    pub counts: Option<FoundState>,
}

/// How many dossiers a search finds.
#[derive(Serialize, ToSchema)]
pub struct FoundState {
    /// On all pages.
    pub total: u64,
    /// By national status number.
    #[schema(example = json!({"4": 12}))]
    pub status: BTreeMap<u8, u64>,
    /// By field of procedures.
    pub field: BTreeMap<String, u64>,
    /// By procedure.
    pub procedure: BTreeMap<String, u64>,
    /// By way in.
    pub channel: BTreeMap<&'static str, u64>,
}

impl FoundState {
    fn new(found: FoundCounts) -> Self {
        Self {
            total: found.total,
            status: found.statuses.into_iter().map(|(s, n)| (s.code(), n)).collect(),
            field: found.fields,
            procedure: found.procedures.into_iter().map(|(p, n)| (p.to_string(), n)).collect(),
            channel: found.channels.into_iter().map(|(c, n)| (channel_id(c), n)).collect(),
        }
    }
}

/// A dossier in a list.
#[derive(Serialize, ToSchema)]
pub struct DossierItem {
    /// Its code.
    #[schema(example = "H40.12-261123-0001")]
    pub code: String,
    /// The national status.
    pub status: u8,
    /// Its national words.
    pub status_name: &'static str,
    /// Its version.
    pub version: u64,
    /// The procedure's code.
    pub procedure: String,
    /// The procedure's name.
    pub procedure_name: String,
    /// The procedure's field.
    pub field: String,
    /// The owner's name.
    pub owner_name: String,
    /// The agency that takes it in.
    pub receiving_agency: String,
    /// The agency that decides.
    pub competent_agency: String,
    /// Who holds it.
    pub holder: HolderState,
    /// When it was filed.
    #[schema(format = DateTime)]
    pub submitted_at: String,
    /// When it was received.
    #[schema(format = DateTime)]
    pub received_at: Option<String>,
    /// When it is due.
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
    /// How it stands against that.
    pub deadline_state: Option<DeadlineStateName>,
}

/// A dossier with its events.
#[derive(Serialize, ToSchema)]
pub struct DossierDetails {
    /// Its state.
    #[serde(flatten)]
    pub state: DossierState,
    /// Where it stands in its procedure's process; null before it is received.
    pub process: Option<RunState>,
    /// Its parts in other agencies.
    pub links: Vec<LinkItem>,
    /// Its events, oldest first.
    pub events: Vec<EventItem>,
}

/// An event of a dossier, chained into its agency's log.
#[derive(Serialize, ToSchema)]
pub struct EventItem {
    /// The agency whose log it is.
    pub agency: String,
    /// Its place in that log, from 1 without gaps.
    pub seq: u64,
    /// The commit that made it durable.
    pub commit: u64,
    /// The dossier's version after it.
    pub version: u64,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who: an account's name, `applicant`, `system` or a program's name.
    pub actor: String,
    /// The account that is away, in whose place the actor did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<String>,
    /// What happened, such as `received`.
    #[schema(example = "received")]
    pub action: &'static str,
    /// The dossier's status after it.
    pub status: u8,
    /// Its data, with the fields of its kind.
    #[schema(value_type = Object)]
    pub data: Value,
    /// SHA-256 of the sealed part, hexadecimal.
    pub sealed_sha256: String,
    /// The clear header, hexadecimal.
    pub header: String,
    /// The chain's hash at it: SHA-256 of `prev_hash` and `header`.
    pub hash: String,
    /// The chain's hash before it.
    pub prev_hash: String,
}

impl EventItem {
    fn new(chained: &ChainedEvent) -> Self {
        let link = &chained.link;
        Self {
            agency: link.agency.to_string(),
            seq: link.sequence,
            commit: link.commit,
            version: link.version,
            at: written(link.at),
            actor: in_whose_place(&link.actor).0.to_owned(),
            in_place_of: in_whose_place(&link.actor).1.map(str::to_owned),
            action: chained.event.kind(),
            status: link.status.code(),
            data: data(&chained.event),
            sealed_sha256: hex(&link.sealed_sha256),
            header: hex(&link.header),
            hash: hex(&link.hash),
            prev_hash: hex(&link.prev_hash),
        }
    }
}

impl DossierItem {
    fn new(dossier: &Dossier, world: &World, office: &Office) -> Self {
        Self {
            code: dossier.code.to_string(),
            status: dossier.status.code(),
            status_name: dossier.status.name().vi,
            version: dossier.version,
            procedure: dossier.procedure.to_string(),
            procedure_name: dossier.procedure_name.clone(),
            field: dossier.field.clone(),
            owner_name: dossier.owner.name.clone(),
            receiving_agency: dossier.receiving_agency.to_string(),
            competent_agency: dossier.competent_agency.to_string(),
            holder: HolderState {
                unit: dossier.holder.unit.as_ref().map(ToString::to_string),
                user: dossier.holder.user.as_ref().map(ToString::to_string),
            },
            submitted_at: written(dossier.submitted_at),
            received_at: dossier.received_at.map(written),
            due_at: due_at(dossier).map(written),
            deadline_state: deadline_state(dossier, world, office.now()),
        }
    }
}

/// The code of an address in its one spelling, or the number that another system gave, as it is.
pub fn code_of(path: &str) -> DossierCode {
    parse_dossier_code(path).unwrap_or_else(|| DossierCode::new(path.trim()))
}

/// Lists dossiers that concern the caller's agency
///
/// Without `queue` or a due date the newest come first. A page may be short and still have a
/// `next_cursor`: a request looks at a bounded number of dossiers. With `q`, what fits the words best
/// is found, newest first, and `counts` says how many there are.
#[utoipa::path(
    tag = "dossiers",
    security(("token" = [])),
    params(
        ("status" = Option<u8>, Query, minimum = 1, maximum = 10, description = "Only this status"),
        ("q" = Option<String>, Query, description = "Anything on the paper, whole or in part: code, number of the result, name, identity number, phone, address"),
        ("queue" = Option<String>, Query, description = "`all`, `open`, `to_check`, `to_assign`, `work`, `to_approve`, `to_number`, `to_finish`, `waiting`, `withdrawals`, `corrections`, `consultations`, `results_to_receive`, `to_deliver`, `steps` (open steps, by when they are nearly due), `ended`, `to_collect` or `declared`"),
        ("assignee" = Option<String>, Query, description = "Only what this account works on, or with another status what it held last; `me` for the caller"),
        ("field" = Option<String>, Query, description = "Only this field of procedures"),
        ("procedure" = Option<String>, Query, description = "Only this procedure"),
        ("channel" = Option<ChannelName>, Query, description = "Only what came in this way"),
        ("due_before" = Option<String>, Query, pattern = r"^\d{4}-\d{2}-\d{2}([Tt ].+)?$", description = "Only due before; an instant or a date. Without a status, only open ones"),
        ("received_from" = Option<String>, Query, pattern = r"^\d{4}-\d{2}-\d{2}([Tt ].+)?$", description = "Only received at or after; an instant or a date"),
        ("received_to" = Option<String>, Query, pattern = r"^\d{4}-\d{2}-\d{2}([Tt ].+)?$", description = "Only received before; an instant, or a date with its whole day"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Items of a page; 50 by default"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
    ),
    responses((status = 200, description = "A page of dossiers", body = DossierPage)),
)]
#[get("/dossiers")]
pub async fn list_dossiers(request: HttpRequest, asking: Asking, site: Data<Site>) -> Outcome {
    let caller = asking.signed_in()?;
    let works = |staff: &crate::domain::agency::Staff| {
        staff.roles.iter().any(|role| role.is_desk() || *role == Role::Auditor)
    };
    if !caller.staff().is_some_and(works) {
        return Err(Refusal::new(RefusalKind::Forbidden, words::DESK_ONLY).into());
    }
    let query = list_query(Params::of(&request), caller)?;
    let list = site.office.list(caller, &query)?;
    let world = site.office.world();
    let items = list.dossiers.iter().map(|d| DossierItem::new(d, &world, &site.office)).collect();
    Ok(HttpResponse::Ok().json(DossierPage {
        items,
        next_cursor: list.next,
        counts: list.found.map(FoundState::new),
    }))
}

fn list_query(mut params: Params, caller: &Caller) -> Result<ListQuery, Refusal> {
    let status =
        params.read("status", words::A_STATUS, |text| Status::from_code(text.parse().ok()?));
    let me = |name: String| match caller.staff() {
        Some(staff) if name == "me" => staff.desk().clone(),
        _ => UserName::new(name),
    };
    let query = ListQuery {
        status,
        queue: params.choice("queue", &Queue::ALL.map(|queue| (queue.id(), queue))),
        assignee: params.text("assignee").map(me),
        field: params.text("field"),
        procedure: params.text("procedure"),
        channel: params.choice("channel", &Channel::ALL.map(|way| (channel_id(way), way))),
        due_before: params.read("due_before", words::A_TIME, read_start),
        received_from: params.read("received_from", words::A_TIME, read_start),
        received_to: params.read("received_to", words::A_TIME, read_end),
        text: params.text("q"),
        cursor: params.text("cursor"),
        limit: params.limit(),
        ..ListQuery::default()
    };
    params.finish()?;
    Ok(query)
}

/// Shows a dossier with its events
#[utoipa::path(
    tag = "dossiers",
    security(("token" = [])),
    params(("code" = String, Path, description = "The dossier's code", example = "H40.12-261123-0001")),
    responses((status = 200, description = "The dossier", body = DossierDetails)),
)]
#[get("/dossiers/{code}")]
pub async fn show_dossier(path: Path<String>, asking: Asking, site: Data<Site>) -> Outcome {
    let caller = asking.signed_in()?;
    let (dossier, events) = site.office.history(caller, &code_of(&path))?;
    let (world, now) = (site.office.world(), site.office.now());
    let state = DossierState::new(&dossier, &world, now);
    let history = events.iter().map(|event| (event.link.at, &event.event));
    let run = run_of(&dossier, history, &*world);
    let process = run.map(|run| RunState::new(&dossier, &run, &world, now));
    let events = events.iter().map(EventItem::new).collect();
    let links = site.office.links(&dossier)?.iter().map(LinkItem::from).collect();
    Ok(HttpResponse::Ok().json(DossierDetails { state, process, links, events }))
}
