//! Fee rules: what a procedure costs, what a matter comes to, and the account for transfers.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::asking::Asking;
use super::body;
use super::money::CountBody;
use super::names::{ChannelName, FeeKindName};
use super::params::Params;
use super::problem::{ApiFailure, Outcome, lang_of};
use crate::domain::agency::Role;
use crate::domain::calendar::local;
use crate::domain::dossier::Directory;
use crate::domain::fee::{self, Assessment, Count, Schedule};
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::fees::wire::ScheduleWire;
use crate::office::fees::{BankAccount, Origin};
use crate::office::forms::Tests;
use crate::office::world::World;
use crate::web::Site;
use crate::web::incoming::off_thread;
use crate::web::limits::Asked;
use crate::web::words::api as words;

/// What a procedure costs.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct FeesAnswer {
    /// The procedure.
    pub procedure: String,
    /// The agency; null for agencies that set nothing themselves.
    pub agency: Option<String>,
    /// Where the rules come from: `agency`, `instance`, `national` or `published`.
    pub origin: String,
    /// Fees and charges: `id, name, kind, channels, unit, per_copy, tiers: [{from, price}], cap,
    /// valid_from, valid_to, source, counted: {units, copies, what}`; `counted` names the answers of the
    /// procedure's form by which it is counted.
    #[schema(value_type = Vec<Object>)]
    pub rules: Vec<Value>,
    /// Exemptions: `id, name, percent, rules, valid_from, valid_to, source`.
    #[schema(value_type = Vec<Object>)]
    pub exemptions: Vec<Value>,
}

fn answer(
    world: &World,
    procedure: &ProcedureCode,
    agency: Option<&AgencyCode>,
) -> Result<FeesAnswer, ApiFailure> {
    let (schedule, origin) = find(world, procedure, agency)?;
    let origin = match origin {
        Origin::Agency => "agency",
        Origin::Instance => "instance",
        Origin::National => "national",
        Origin::Published => "published",
    };
    let wire = ScheduleWire::from(&schedule);
    let value = |rule| serde_json::to_value(rule).unwrap_or_default();
    Ok(FeesAnswer {
        procedure: procedure.to_string(),
        agency: agency.map(ToString::to_string),
        origin: origin.to_owned(),
        rules: wire.rules.iter().map(value).collect(),
        exemptions: wire
            .exemptions
            .iter()
            .map(|known| serde_json::to_value(known).unwrap_or_default())
            .collect(),
    })
}

fn find(
    world: &World,
    procedure: &ProcedureCode,
    agency: Option<&AgencyCode>,
) -> Result<(Schedule, Origin), Refusal> {
    if world.procedure(procedure).is_none() {
        let text = crate::domain::dossier::words::UNKNOWN_PROCEDURE;
        let text = text.text(&[("procedure", procedure.as_str())]);
        return Err(Refusal::new(RefusalKind::NotFound, text));
    }
    match agency {
        None => Ok(world.inherited_fees(procedure)),
        Some(code) if world.agency(code).is_some() => Ok(world.fees_with_origin(code, procedure)),
        Some(code) => {
            let text = crate::domain::dossier::words::UNKNOWN_AGENCY;
            Err(Refusal::field("agency", text.text(&[("agency", code.as_str())])))
        }
    }
}

/// Shows what a procedure costs
#[utoipa::path(
    tag = "fees",
    security(()),
    params(
        ("code" = String, Path, description = "National code", example = "2.000815"),
        ("agency" = Option<String>, Query, description = "At which agency"),
    ),
    responses((status = 200, description = "The fee rules", body = FeesAnswer)),
)]
#[get("/procedures/{code}/fees")]
pub async fn show_fees(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
) -> Outcome {
    asking.limit(&site, Asked::Reading)?;
    let mut params = Params::of(&request);
    let agency = params.text("agency").map(AgencyCode::new);
    params.finish()?;
    let procedure = ProcedureCode::new(path.trim());
    Ok(HttpResponse::Ok().json(answer(&site.office.world(), &procedure, agency.as_ref())?))
}

/// Fee rules to be set.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeesBody {
    /// The agency; every agency that sets nothing itself when absent.
    pub agency: Option<String>,
    /// Fees and charges, as `GET` shows them; without them what was set is dropped.
    #[schema(value_type = Option<Vec<Object>>)]
    pub rules: Option<Value>,
    /// Exemptions, as `GET` shows them.
    #[schema(value_type = Option<Vec<Object>>)]
    pub exemptions: Option<Value>,
}

/// Sets what a procedure costs, or drops what was set
///
/// For administrators. What was asked for already stays as it was. Refused (`cases[n]`) while a test case
/// of the procedure's form expects other fees.
#[utoipa::path(
    tag = "fees",
    security(("token" = [])),
    params(("code" = String, Path, description = "National code", example = "2.000815")),
    request_body = FeesBody,
    responses((status = 200, description = "The fee rules now", body = FeesAnswer)),
)]
#[post("/procedures/{code}/fees")]
pub async fn set_fees(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    let by = administrator(&asking)?;
    let bytes = body::read(&request, payload).await?;
    let sent: FeesBody = body::parse(&bytes)?;
    let procedure = ProcedureCode::new(path.trim());
    let agency = sent.agency.map(AgencyCode::new);
    let schedule = match (sent.rules, sent.exemptions) {
        (None, None) => None,
        (rules, exemptions) => {
            let empty = || Value::Array(Vec::new());
            let both = serde_json::json!({
                "rules": rules.unwrap_or_else(empty),
                "exemptions": exemptions.unwrap_or_else(empty),
            });
            Some(body::from_value::<ScheduleWire>(both)?)
        }
    };
    let route = format!("POST procedures/{procedure}/fees");
    let once = asking.once(&route, &bytes);
    let work = async {
        let (office, code, at) = (site.office.clone(), procedure.clone(), agency.clone());
        off_thread(move || office.set_fees(at.as_ref(), &code, schedule, (Tests::Hold, &by)))
            .await?;
        answer(&site.office.world(), &procedure, agency.as_ref())
    };
    Ok(HttpResponse::Ok().json(site.office.once(once, work).await?))
}

/// The name of an administrator's account.
fn administrator(asking: &Asking) -> Result<String, Refusal> {
    let staff = asking.signed_in()?.staff().filter(|staff| staff.is(Role::Admin));
    let staff = staff.ok_or_else(|| Refusal::new(RefusalKind::Forbidden, words::ROLE_MAY_NOT))?;
    Ok(staff.name.to_string())
}

/// What is to be computed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssessBody {
    /// The agency that settles it.
    pub agency: Option<String>,
    /// The way in.
    pub channel: ChannelName,
    /// What is counted; rules counted by the dossier need none.
    #[serde(default)]
    pub counts: Vec<CountBody>,
    /// The id of an exemption.
    pub exemption: Option<String>,
}

/// What a matter comes to.
#[derive(Serialize, ToSchema)]
pub struct AssessmentAnswer {
    /// The fees.
    pub items: Vec<AssessedItem>,
    /// What the exemption took off, in whole VND.
    pub exempted: u64,
    /// Whole VND.
    pub total: u64,
}

/// A fee with its calculation.
#[derive(Serialize, ToSchema)]
pub struct AssessedItem {
    /// The rule's id.
    pub rule: String,
    /// What for.
    pub name: String,
    /// Its kind.
    pub kind: FeeKindName,
    /// The legal source.
    pub source: String,
    /// The calculation in the caller's language: the lines add up.
    pub why: Vec<String>,
    /// Whole VND.
    pub amount: u64,
}

impl AssessmentAnswer {
    pub(super) fn new(assessment: Assessment, lang: Lang) -> Self {
        let items = assessment.items.into_iter().map(|item| AssessedItem {
            why: item.lines(lang),
            rule: item.rule,
            name: item.name,
            kind: item.kind.into(),
            source: item.source,
            amount: item.amount,
        });
        Self {
            items: items.collect(),
            exempted: assessment.exemption.map_or(0, |granted| granted.amount),
            total: assessment.total,
        }
    }
}

/// Computes what a matter costs today
#[utoipa::path(
    tag = "fees",
    security(()),
    params(("code" = String, Path, description = "National code", example = "2.000815")),
    request_body = AssessBody,
    responses((status = 200, description = "The calculation", body = AssessmentAnswer)),
)]
#[post("/procedures/{code}/fees/assess")]
pub async fn assess_fees(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    asking.limit(&site, Asked::Reading)?;
    let sent: AssessBody = body::parse(&body::read(&request, payload).await?)?;
    let agency = sent.agency.map(AgencyCode::new);
    let world = site.office.world();
    let (schedule, _) = find(&world, &ProcedureCode::new(path.trim()), agency.as_ref())?;
    let counts: Vec<Count> = sent.counts.into_iter().map(Into::into).collect();
    let assessment = schedule.assess(&fee::Asked {
        channel: sent.channel.into(),
        day: local(site.office.now()).date(),
        counts: &counts,
        exemption: sent.exemption.as_deref(),
    })?;
    Ok(HttpResponse::Ok().json(AssessmentAnswer::new(assessment, lang_of(&request))))
}

/// An agency's account for transfers.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BankAccountBody {
    /// The bank, by its six digits at NAPAS; absent or null to remove the account.
    #[schema(example = "970405")]
    pub bin: Option<String>,
    /// The account's number.
    pub account: Option<String>,
    /// Whose it is.
    pub holder: Option<String>,
}

/// Sets the account to which money for an agency is transferred
///
/// For administrators.
#[utoipa::path(
    tag = "fees",
    security(("token" = [])),
    params(("code" = String, Path, description = "The agency's code", example = "H40.12")),
    request_body = BankAccountBody,
    responses((status = 200, description = "The account now", body = BankAccountBody)),
)]
#[post("/agencies/{code}/bank_account")]
pub async fn set_bank_account(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    administrator(&asking)?;
    let bytes = body::read(&request, payload).await?;
    let sent: BankAccountBody = body::parse(&bytes)?;
    let agency = AgencyCode::new(path.trim());
    let account = sent.bin.map(|bin| BankAccount {
        bin,
        account: sent.account.unwrap_or_default(),
        holder: sent.holder.unwrap_or_default(),
    });
    let route = format!("POST agencies/{agency}/bank_account");
    let once = asking.once(&route, &bytes);
    let work = async {
        let (office, code) = (site.office.clone(), agency.clone());
        off_thread(move || office.set_bank_account(&code, account)).await?;
        let kept = site.office.world().bank_account(&agency).cloned();
        Ok::<_, ApiFailure>(BankAccountBody {
            bin: kept.as_ref().map(|kept| kept.bin.clone()),
            account: kept.as_ref().map(|kept| kept.account.clone()),
            holder: kept.map(|kept| kept.holder),
        })
    };
    Ok(HttpResponse::Ok().json(site.office.once(once, work).await?))
}
