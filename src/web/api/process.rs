//! The process of a procedure, for administrators; and where a dossier stands in its own.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asking::Asking;
use super::body;
use super::params::Params;
use super::problem::Outcome;
use crate::domain::agency::Role;
use crate::domain::calendar::written;
use crate::domain::deadline::Amount;
use crate::domain::dossier::{Directory, Dossier};
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::process::{Process, Run, StepState, StepView, total_hours, usual};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::forms::Tests;
use crate::office::processes::wire::{AskedRow, ConditionRow, StepRow, rows};
use crate::office::processes::{Draft, Published, Whose};
use crate::office::world::World;
use crate::web::Site;
use crate::web::process::{condition, standing};
use crate::web::words::api as words;

/// A step of a process.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepBody {
    /// Stays the same over versions; a free one is given when it is absent.
    #[serde(default)]
    #[schema(example = "tham-tra")]
    pub id: String,
    /// Its name.
    #[schema(example = "Thẩm tra hồ sơ")]
    pub name: String,
    /// The role that does it; or `unit`.
    #[schema(example = "processor")]
    pub role: Option<String>,
    /// The unit of the competent agency that does it; or `role`.
    pub unit: Option<String>,
    /// Working hours for it.
    #[schema(minimum = 1, example = 16)]
    pub hours: u32,
    /// What is done.
    #[serde(default)]
    pub does: String,
    /// The document that comes out.
    #[serde(default)]
    pub document: String,
    /// Whom it asks, when it is a consultation.
    pub consults: Option<AskedBody>,
    /// Whether it runs beside the step before it.
    #[serde(default)]
    pub parallel: bool,
    /// When it is left out.
    pub skip_when: Option<ConditionBody>,
    /// The action that ends it: `assign`, `complete_step`, `answer_consultation`,
    /// `submit_for_approval`, `approve`, `issue_number` or `finish`. When absent,
    /// `answer_consultation` for a consultation, else `complete_step`.
    pub ends_with: Option<String>,
}

/// Whom a step asks: an agency, a unit of one, or a unit of the competent agency.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedBody {
    /// The agency; the competent one when absent.
    pub agency: Option<String>,
    /// The unit in it.
    pub unit: Option<String>,
}

/// When a step is left out: a test of an answer of the form.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionBody {
    /// The answer's name, with dots into groups.
    #[schema(example = "mien_nghia_vu")]
    pub field: String,
    /// `is`, `is_not`, `given` or `missing`.
    #[schema(example = "is")]
    pub test: String,
    /// What it is compared with, for the first two.
    #[schema(example = "có")]
    pub value: Option<String>,
}

/// A process to publish.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcessBody {
    /// The newest version that the sender saw, 0 when there was none; then a newer one is not
    /// published over (409).
    pub version: Option<u32>,
    /// Its steps, in order.
    pub steps: Vec<StepBody>,
}

/// A process as it is published.
#[derive(Serialize, ToSchema)]
pub struct ProcessState {
    /// The procedure's code.
    pub procedure: String,
    /// The agency whose own it is; null for the one that every agency has.
    pub agency: Option<String>,
    /// Its version; 0 for the usual process, which no one published.
    pub version: u32,
    /// Its steps, in order.
    pub steps: Vec<StepBody>,
    /// The working hours of the whole: of steps side by side the longest counts.
    pub total_hours: u32,
    /// The published duration in working hours.
    pub published_hours: Option<u32>,
    /// Every published version, the newest first.
    pub versions: Vec<VersionItem>,
}

/// A published version.
#[derive(Serialize, ToSchema)]
pub struct VersionItem {
    /// Its number.
    pub version: u32,
    /// Who published it.
    pub by: String,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
}

/// Where a dossier stands in the process that it began with.
#[derive(Serialize, ToSchema)]
pub struct RunState {
    /// The version; 0 for the usual process.
    pub version: u32,
    /// Every step, in order.
    pub steps: Vec<StepRunState>,
}

/// How a step stands.
#[derive(Serialize, ToSchema)]
pub struct StepRunState {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The role that does it.
    pub role: Option<String>,
    /// Or the unit.
    pub unit: Option<String>,
    /// Its working hours; 0 in the usual process.
    pub hours: u32,
    /// Whether it runs beside the step before it.
    pub parallel: bool,
    /// The action that ends it.
    pub ends_with: &'static str,
    /// `waiting`; `open`, `due_soon`, `overdue` or `paused` while it is to be done; `in_time`, `late`
    /// or `done` (it had no time of its own); `skipped` by its condition; `passed` when the dossier
    /// went on without it; `stopped` when the dossier ended before.
    #[schema(example = "in_time")]
    pub state: &'static str,
    /// When it began.
    #[schema(format = DateTime)]
    pub opened_at: Option<String>,
    /// Until when it is or was to be done; null while paused.
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
    /// When it ended.
    #[schema(format = DateTime)]
    pub done_at: Option<String>,
    /// The dossier's version by which it ended: that event says who.
    pub done_by_version: Option<u64>,
    /// Minutes of office time by which it is or was late; 0 when it is not.
    pub late_minutes: u32,
    /// Why it was left out.
    pub reason: Option<String>,
    /// How many times it was gone through.
    pub turns: usize,
}

impl From<StepBody> for StepRow {
    fn from(body: StepBody) -> Self {
        Self {
            id: body.id,
            name: body.name,
            role: body.role,
            unit: body.unit,
            hours: body.hours,
            does: body.does,
            document: body.document,
            consults: body
                .consults
                .map(|asked| AskedRow { agency: asked.agency, unit: asked.unit }),
            parallel: body.parallel,
            skip_when: body.skip_when.map(|when| ConditionRow {
                field: when.field,
                test: when.test,
                value: when.value,
            }),
            ends_with: body.ends_with,
        }
    }
}

impl From<StepRow> for StepBody {
    fn from(row: StepRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            role: row.role,
            unit: row.unit,
            hours: row.hours,
            does: row.does,
            document: row.document,
            consults: row
                .consults
                .map(|asked| AskedBody { agency: asked.agency, unit: asked.unit }),
            parallel: row.parallel,
            skip_when: row.skip_when.map(|when| ConditionBody {
                field: when.field,
                test: when.test,
                value: when.value,
            }),
            ends_with: row.ends_with,
        }
    }
}

impl ProcessState {
    fn new(process: &Process, whose: &Whose, hours: Option<u32>, versions: &[Published]) -> Self {
        Self {
            procedure: whose.procedure.to_string(),
            agency: process.agency.as_ref().map(ToString::to_string),
            version: process.version,
            steps: rows(&process.steps).into_iter().map(StepBody::from).collect(),
            total_hours: total_hours(&process.steps),
            published_hours: hours,
            versions: versions
                .iter()
                .map(|published| VersionItem {
                    version: published.process.version,
                    by: published.by.clone(),
                    at: written(published.at),
                })
                .collect(),
        }
    }
}

impl RunState {
    /// How each step of a dossier's run stands.
    pub fn new(dossier: &Dossier, run: &Run, world: &World, now: jiff::Timestamp) -> Self {
        let views = standing(world, dossier, run, now);
        let steps = views.iter().map(StepRunState::new).collect();
        Self { version: run.process.version, steps }
    }
}

impl StepRunState {
    fn new(view: &StepView<'_>) -> Self {
        let step = view.step;
        let turn = view.turns.last().filter(|turn| !turn.passage.is_past);
        let ended = turn.and_then(|turn| turn.passage.ended);
        let [row]: [StepRow; 1] = rows(std::slice::from_ref(step)).try_into().unwrap_or_default();
        let reason = step.skip_when.as_ref().filter(|_| view.state == StepState::Skipped);
        Self {
            id: step.id.to_string(),
            name: step.name.clone(),
            role: row.role,
            unit: row.unit,
            hours: step.hours,
            parallel: step.parallel,
            ends_with: step.ends_with.id(),
            state: view.state.id(),
            opened_at: turn.map(|turn| written(turn.passage.opened_at)),
            due_at: turn.and_then(|turn| turn.passage.due_at).map(written),
            done_at: ended.map(|ended| written(ended.at)),
            done_by_version: ended.map(|ended| ended.version),
            late_minutes: match view.late {
                Some(Amount::OfficeMinutes(minutes)) => minutes,
                _ => 0,
            },
            reason: reason.map(|when| condition(crate::domain::words::Lang::Vi, when)),
            turns: view.turns.len(),
        }
    }
}

fn whose(procedure: &str, agency: Option<String>) -> Whose {
    let agency = agency.map(AgencyCode::new);
    Whose { procedure: ProcedureCode::new(procedure.trim()), agency }
}

/// Refuses everybody but administrators, in the order of the contract: 401, 404, 403.
fn check_admin(asking: &Asking, site: &Site, whose: &Whose) -> Result<String, Refusal> {
    let caller = asking.signed_in()?;
    site.office.check_whose(whose)?;
    match caller.staff() {
        Some(staff) if staff.is(Role::Admin) => Ok(staff.name.to_string()),
        _ => Err(Refusal::new(RefusalKind::Forbidden, words::ADMIN_ONLY)),
    }
}

/// Shows the process of a procedure with its versions
///
/// Without one of its own an agency has the common one, and without that the usual process, which is
/// version 0.
#[utoipa::path(
    tag = "procedures",
    security(("token" = [])),
    params(
        ("code" = String, Path, description = "The procedure's code", example = "1.013978"),
        ("agency" = Option<String>, Query, description = "The agency's own; when absent, the common one"),
    ),
    responses((status = 200, description = "The process", body = ProcessState)),
)]
#[get("/procedures/{code}/process")]
pub async fn show_process(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
) -> Outcome {
    let mut params = Params::of(&request);
    let whose = whose(&path, params.text("agency"));
    params.finish()?;
    check_admin(&asking, &site, &whose)?;
    let world = site.office.world();
    let known = match &whose.agency {
        Some(agency) => world.process(&whose.procedure, agency),
        None => world.own_process(&whose),
    };
    let hours = world.published_hours(&whose, site.office.now());
    let versions = site.office.process_versions(&whose)?;
    let process = known.unwrap_or(usual());
    Ok(HttpResponse::Ok().json(ProcessState::new(process, &whose, hours, &versions)))
}

/// Publishes a process as the next version
///
/// Dossiers that began keep theirs. What cannot be a process is refused before anything is written,
/// with the place, such as `steps[2].hours` when the hours go over the published duration, or `cases[0]`
/// when a test case of the form expects other steps.
#[utoipa::path(
    tag = "procedures",
    security(("token" = [])),
    params(
        ("code" = String, Path, description = "The procedure's code", example = "1.013978"),
        ("agency" = Option<String>, Query, description = "The agency's own; when absent, the common one"),
    ),
    request_body = ProcessBody,
    responses((status = 200, description = "The published version", body = ProcessState)),
)]
#[put("/procedures/{code}/process")]
pub async fn publish_process(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    let mut params = Params::of(&request);
    let whose = whose(&path, params.text("agency"));
    params.finish()?;
    let by = check_admin(&asking, &site, &whose)?;
    let sent: ProcessBody = body::parse(&body::read(&request, payload).await?)?;
    let steps = sent.steps.into_iter().map(StepRow::from).collect();
    let draft = Draft { whose: whose.clone(), steps, seen: sent.version, tests: Tests::Hold };
    let office = site.office.clone();
    let published = crate::web::incoming::off_thread(move || {
        let process = office.publish_process(&draft, &by)?;
        let versions = office.process_versions(&draft.whose)?;
        Ok((process, versions))
    });
    let (process, versions) = published.await?;
    let hours = site.office.world().published_hours(&whose, site.office.now());
    Ok(HttpResponse::Ok().json(ProcessState::new(&process, &whose, hours, &versions)))
}
