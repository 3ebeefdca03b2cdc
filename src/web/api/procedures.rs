//! The catalogue of procedures, for everybody.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::asking::Asking;
use super::names::{ChannelName, LevelName, UnitName};
use super::params::Params;
use super::problem::{Outcome, lang_of};
use crate::domain::agency::Agency;
use crate::domain::catalogue::{Channel, Level, Procedure};
use crate::domain::dossier::Directory;
use crate::domain::form::{Declaration, DeclaredForm, OfficialForm};
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::validity::Standing;
use crate::domain::words::Lang;
use crate::office::browsing::Browse;
use crate::office::catalogue::wire::channel_id;
use crate::office::forms::wire::{self, DeclarationRow};
use crate::office::settings::level_id;
use crate::office::world::World;
use crate::web::Site;
use crate::web::limits::Asked;
use crate::web::visitor::sender;
use crate::web::words::api as words;

/// A page of procedures.
#[derive(Serialize, ToSchema)]
pub struct ProcedurePage {
    /// The procedures, best first.
    pub items: Vec<ProcedureItem>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
    /// Procedures on all pages.
    pub total: usize,
    /// What mistyped words were read as; null when they were read as typed.
    pub read_as: Option<String>,
    /// What else the words may have meant; null when there is nothing likelier.
    pub did_you_mean: Option<String>,
    /// Who settles the matter and where to go, when that is another body.
    pub elsewhere: Option<String>,
    /// Where that is: its name, and its site or a `tel:` number.
    pub elsewhere_place: Option<PlaceItem>,
}

/// Where another body is found.
#[derive(Serialize, ToSchema)]
pub struct PlaceItem {
    /// Its name.
    pub name: String,
    /// The address of its site, or `tel:` and a number; null when it has neither.
    pub link: Option<String>,
}

/// A procedure in a list.
#[derive(Serialize, ToSchema)]
pub struct ProcedureItem {
    /// National code.
    #[schema(example = "1.001193")]
    pub code: String,
    /// Official name.
    pub name: String,
    /// Field (lĩnh vực).
    pub field: String,
    /// Levels that settle it; empty when the catalogue does not say.
    pub levels: Vec<LevelName>,
    /// The agency that settles it, in the catalogue's words.
    pub agency: String,
    /// Whether it is in force.
    pub standing: StandingName,
}

/// Whether a procedure is in force today.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StandingName {
    /// It takes effect later.
    NotYet,
    /// It takes dossiers.
    InForce,
    /// It was abolished or replaced; dossiers that are there go on.
    Ended,
}

impl From<Standing> for StandingName {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::NotYet(_) => Self::NotYet,
            Standing::InForce => Self::InForce,
            Standing::Ended(_) => Self::Ended,
        }
    }
}

/// When a procedure is in force.
#[derive(Serialize, ToSchema)]
pub struct ValidityItem {
    /// Whether it is today.
    pub standing: StandingName,
    /// The first day; null when it always was.
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// The first day on which it is no longer; null while no end is set.
    #[schema(value_type = Option<String>, format = Date)]
    pub ends: Option<Date>,
    /// The decision that did it, or empty.
    pub decision: String,
    /// What takes its place today, all in force or to come.
    pub successors: Vec<SuccessorItem>,
}

/// A procedure that takes the place of another.
#[derive(Serialize, ToSchema)]
pub struct SuccessorItem {
    /// National code.
    pub code: String,
    /// Official name.
    pub name: String,
}

/// An agency at which a procedure can be filed.
#[derive(Serialize, ToSchema)]
pub struct TakerItem {
    /// Its code.
    #[schema(example = "H40.12")]
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its own guidance for this procedure, or empty.
    pub guidance: String,
    /// The counter that takes it, or empty.
    pub counter: String,
    /// Days and hours, where they differ from those of its section; or empty.
    pub hours: String,
    /// Whom to call about it.
    pub phone: String,
}

/// A procedure.
#[derive(Serialize, ToSchema)]
pub struct ProcedureDetails {
    /// National code.
    #[schema(example = "1.001193")]
    pub code: String,
    /// Official name.
    pub name: String,
    /// The decision that published it, or empty.
    pub decision: String,
    /// Levels that settle it.
    pub levels: Vec<LevelName>,
    /// Kind in the catalogue's words.
    pub kind: String,
    /// Field (lĩnh vực).
    pub field: String,
    /// Who may apply.
    pub subjects: Vec<String>,
    /// The body that issued it, or empty.
    pub issuer: String,
    /// The agency that settles it, in the catalogue's words.
    pub agency: String,
    /// Agencies that take part, in the catalogue's words.
    pub coordinating_agency: String,
    /// When it is in force.
    pub validity: ValidityItem,
    /// The agencies here at which it can be filed, the first by default.
    pub agencies: Vec<TakerItem>,
    /// Codes of those among them for which it is filed online at the national portal.
    pub national: Vec<String>,
    /// Where that is; null when none is.
    pub entrance: Option<String>,
    /// Ways to file.
    pub submission: Vec<WayItem>,
    /// Steps, a paragraph a line.
    pub steps: String,
    /// Papers asked for.
    pub components: Vec<ComponentItem>,
    /// Conditions.
    pub requirements: String,
    /// What the applicant gets.
    pub results: Vec<ResultItem>,
    /// Legal sources.
    pub legal_basis: Vec<String>,
    /// The fields of its electronic form: `{version, title, sections: [{title, questions: [{key, kind,
    /// label, required, only_if, …}]}]}`; null while it has none, and then a submission's `form` may
    /// be `{}`. What a form does not ask for may be sent and is kept as it came.
    #[schema(value_type = Option<Object>)]
    pub form: Option<FormBody>,
}

/// A declared form.
#[derive(Serialize)]
pub struct FormBody {
    /// Its version.
    version: u32,
    #[serde(flatten)]
    declaration: DeclarationRow,
}

impl From<&DeclaredForm> for FormBody {
    fn from(form: &DeclaredForm) -> Self {
        // Test cases, and how the form compares with the paper, are the office's own.
        let (cases, official) = (Vec::new(), OfficialForm::default());
        let declaration = Declaration { cases, official, ..form.declaration.clone() };
        Self { version: form.version.version, declaration: wire::row(&declaration) }
    }
}

/// A way to file.
#[derive(Serialize, ToSchema)]
pub struct WayItem {
    /// The way in.
    pub channel: ChannelName,
    /// How long it takes.
    pub duration: Option<u32>,
    /// How that is counted.
    pub unit: Option<UnitName>,
    /// The fee in whole VND, when it is one figure.
    pub fee_vnd: Option<u64>,
    /// The fee in words.
    pub fee_text: String,
}

/// A paper that is asked for.
#[derive(Serialize, ToSchema)]
pub struct ComponentItem {
    /// Stable within the procedure.
    #[schema(example = "tp1")]
    pub id: String,
    /// The case that it belongs to; empty when always asked.
    pub group: String,
    /// Its name.
    pub name: String,
    /// Originals.
    pub originals: u32,
    /// Copies.
    pub copies: u32,
    /// Whether a dossier without it is refused.
    pub mandatory: bool,
}

/// What the applicant gets.
#[derive(Serialize, ToSchema)]
pub struct ResultItem {
    /// Its name.
    pub name: String,
    /// Its national code, or empty.
    pub code: String,
}

fn levels(levels: &[Level]) -> Vec<LevelName> {
    levels.iter().map(|level| (*level).into()).collect()
}

/// Searches or lists procedures
///
/// Everyday words, with or without accents, find procedures; without `q`, all are listed.
#[utoipa::path(
    tag = "procedures",
    security(()),
    params(
        ("q" = Option<String>, Query, description = "Words or a code", example = "khai sinh"),
        ("as_typed" = Option<bool>, Query, description = "Take the words as typed, without mending"),
        ("field" = Option<String>, Query, description = "Only this field, as published"),
        ("subject" = Option<String>, Query, description = "Only what these people may apply for, as published"),
        ("agency" = Option<String>, Query, description = "Only what the agency with this code takes"),
        ("channel" = Option<ChannelName>, Query, description = "Only what is handed in this way"),
        ("level" = Option<LevelName>, Query, description = "Only what this level settles"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Items of a page; 50 by default"),
        ("cursor" = Option<String>, Query, pattern = r"^\d{1,9}$", description = "`next_cursor` of the page before"),
    ),
    responses((status = 200, description = "A page of procedures", body = ProcedurePage)),
)]
#[get("/procedures")]
pub async fn list_procedures(request: HttpRequest, asking: Asking, site: Data<Site>) -> Outcome {
    asking.limit(&site, Asked::Reading)?;
    let lang = lang_of(&request);
    let mut params = Params::of(&request);
    let (text, field) = (params.text("q").unwrap_or_default(), params.text("field"));
    let subject = params.text("subject");
    let as_typed = params.choice("as_typed", &[("true", true), ("false", false)]).unwrap_or(false);
    let channel = params.choice("channel", &Channel::ALL.map(|way| (channel_id(way), way)));
    let level = params.choice("level", &Level::ALL.map(|level| (level_id(level), level)));
    let agency = params.text("agency").map(|code| AgencyCode::new(code.to_uppercase()));
    let limit = params.limit();
    let offset = params.read("cursor", words::CURSOR, |text| text.parse::<usize>().ok());
    params.finish()?;
    let offset = offset.unwrap_or(0);
    let (field, subject) = (field.as_deref(), subject.as_deref());
    let agency = agency.as_ref();
    let browse =
        Browse { text: &text, as_typed, field, level, subject, agency, channel, limit, offset };
    let found = site.office.browse(&browse)?;
    let (world, today) = (site.office.world(), site.office.today());
    let items: Vec<ProcedureItem> =
        found.procedures.iter().map(|known| ProcedureItem::new(known, &world, today)).collect();
    let end = offset.saturating_add(items.len());
    let next_cursor = (end < found.total && !items.is_empty()).then(|| end.to_string());
    if offset == 0 && [field, subject].iter().all(Option::is_none) && !text.trim().is_empty() {
        // A count that is lost harms nobody.
        let address = request.connection_info().realip_remote_addr().unwrap_or_default().to_owned();
        let sender = sender(&request, None, &address);
        if let Err(failure) = site.office.count_query(&text, found.total, &sender) {
            tracing::warn!(?failure, "a query was not counted");
        }
    }
    let (sure, likelier) = match found.meant {
        Some(meant) if meant.is_sure => (Some(meant.text), None),
        meant => (None, meant.map(|meant| meant.text)),
    };
    Ok(HttpResponse::Ok().json(ProcedurePage {
        items,
        next_cursor,
        total: found.total,
        read_as: sure,
        did_you_mean: likelier,
        elsewhere_place: found.elsewhere.as_ref().map(|other| PlaceItem {
            name: other.place.name.say(lang).to_owned(),
            link: Some(other.place.link.clone()).filter(|link| !link.is_empty()),
        }),
        elsewhere: found.elsewhere.map(|other| other.say(lang).to_owned()),
    }))
}

impl ProcedureItem {
    fn new(procedure: &Procedure, world: &World, day: Date) -> Self {
        Self {
            standing: world.standing(&procedure.code, day).into(),
            code: procedure.code.to_string(),
            name: procedure.name.clone(),
            field: procedure.field.clone(),
            levels: levels(&procedure.levels),
            agency: procedure.agency.clone(),
        }
    }
}

/// Shows a procedure with its papers, steps, fees and results
#[utoipa::path(
    tag = "procedures",
    security(()),
    params(("code" = String, Path, description = "National code", example = "1.001193")),
    responses((status = 200, description = "The procedure", body = ProcedureDetails)),
)]
#[get("/procedures/{code}")]
pub async fn show_procedure(path: Path<String>, asking: Asking, site: Data<Site>) -> Outcome {
    asking.limit(&site, Asked::Reading)?;
    let world = site.office.world();
    let procedure = world.shared_procedure(&ProcedureCode::new(path.trim())).ok_or_else(|| {
        let text = crate::domain::dossier::words::UNKNOWN_PROCEDURE;
        Refusal::new(RefusalKind::NotFound, text.text(&[("procedure", &path)]))
    })?;
    let codes = |agencies: Vec<&Agency>| agencies.iter().map(|a| a.code.to_string()).collect();
    let today = site.office.today();
    let mut details = ProcedureDetails::new(&procedure, &world, today);
    details.national = codes(world.national_takers(&procedure, today));
    details.form = world.form(&procedure.code, None).map(FormBody::from);
    details.entrance =
        (!details.national.is_empty()).then(|| world.connections().entrance_of(&procedure.code));
    Ok(HttpResponse::Ok().json(details))
}

impl ValidityItem {
    fn new(code: &ProcedureCode, world: &World, day: Date) -> Self {
        let known = world.validity(code).cloned().unwrap_or_default();
        let heirs = world.heirs(code, day).into_iter();
        let successor = |heir: &Procedure| SuccessorItem {
            code: heir.code.to_string(),
            name: heir.name.clone(),
        };
        Self {
            standing: known.on(day).into(),
            from: known.from,
            ends: known.ends,
            decision: known.decision,
            successors: heirs.map(successor).collect(),
        }
    }
}

impl TakerItem {
    fn new(agency: &Agency, procedure: &ProcedureCode, world: &World) -> Self {
        let offer = world.offer(&agency.code, procedure).cloned().unwrap_or_default();
        let hours = offer.hours_said(Lang::Vi).join("; ");
        Self {
            code: agency.code.to_string(),
            name: agency.name.clone(),
            guidance: offer.guidance,
            counter: offer.counter,
            hours,
            phone: if offer.phone.is_empty() { agency.phone.clone() } else { offer.phone },
        }
    }
}

impl ProcedureDetails {
    fn new(procedure: &Procedure, world: &World, day: Date) -> Self {
        let takers = world.takers(procedure, day).into_iter();
        let agencies = takers.map(|agency| TakerItem::new(agency, &procedure.code, world));
        let ways = procedure.submission.iter().map(|way| WayItem {
            channel: way.channel.into(),
            duration: way.duration,
            unit: way.unit.map(Into::into),
            fee_vnd: way.fee_vnd,
            fee_text: way.fee_text.clone(),
        });
        let components = procedure.components.iter().map(|component| ComponentItem {
            id: component.id.to_string(),
            group: component.group.clone(),
            name: component.name.clone(),
            originals: component.originals,
            copies: component.copies,
            mandatory: component.mandatory,
        });
        let results = procedure.results.iter();
        Self {
            code: procedure.code.to_string(),
            name: procedure.name.clone(),
            decision: procedure.decision.clone(),
            levels: levels(&procedure.levels),
            kind: procedure.kind.clone(),
            field: procedure.field.clone(),
            subjects: procedure.subjects.clone(),
            issuer: procedure.issuer.clone(),
            agency: procedure.agency.clone(),
            coordinating_agency: procedure.coordinating_agency.clone(),
            validity: ValidityItem::new(&procedure.code, world, day),
            agencies: agencies.collect(),
            national: Vec::new(),
            entrance: None,
            submission: ways.collect(),
            steps: procedure.steps.clone(),
            components: components.collect(),
            requirements: procedure.requirements.clone(),
            results: results
                .map(|result| ResultItem { name: result.name.clone(), code: result.code.clone() })
                .collect(),
            legal_basis: procedure.legal_basis.clone(),
            form: None,
        }
    }
}
