//! What can be done to a dossier, and doing it.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::action_bodies;
use super::asking::Asking;
use super::body;
use super::dossiers::code_of;
use super::openapi::DossierAction;
use super::problem::{ApiFailure, Outcome, lang_of};
use super::state::DossierState;
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::words::changed;
use crate::domain::dossier::{Action, Actor, Command, Directory, Dossier, Request, check_possible};
use crate::domain::ids::DossierCode;
use crate::domain::refusal::{Refusal, RefusalKind, rule_words};
use crate::domain::words::{Lang, Text};
use crate::office::acting::Files;
use crate::office::{Caller, Failure};
use crate::web::Site;
use crate::web::visitor::status_of;
use crate::web::words::{api as words, desk_events};

/// Most events that are told of a dossier that changed meanwhile.
const MOST_TOLD: usize = 5;

/// What can be done to a dossier.
#[derive(Serialize, ToSchema)]
pub struct ActionPage {
    /// The dossier's code.
    pub code: String,
    /// Its version, to name in the action.
    pub version: u64,
    /// Its status.
    pub status: u8,
    /// Its status in the national words.
    pub status_name: &'static str,
    /// Every action.
    pub items: Vec<ActionItem>,
    /// Always null: there is one page.
    pub next_cursor: Option<String>,
}

/// Whether an action is possible.
#[derive(Serialize, ToSchema)]
pub struct ActionItem {
    /// The action.
    #[schema(example = "accept")]
    pub action: &'static str,
    /// The words on its button.
    pub name: &'static str,
    /// Whether the caller may do it now.
    pub possible: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonItem>,
}

/// Why an action is not possible.
#[derive(Serialize, ToSchema)]
pub struct ReasonItem {
    /// The HTTP status that doing it would get: 403 for the role, 409 for the status.
    #[schema(example = 409)]
    pub status: u16,
    /// In words.
    pub detail: String,
    /// The legal source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// Lists what the caller may do to a dossier now, and for the rest why not
#[utoipa::path(
    tag = "dossiers",
    security(("token" = [])),
    params(("code" = String, Path, description = "The dossier's code")),
    responses((status = 200, description = "Every action", body = ActionPage)),
)]
#[get("/dossiers/{code}/actions")]
pub async fn list_actions(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
) -> Outcome {
    let caller = asking.signed_in()?;
    let dossier = site.office.dossier(caller, &code_of(&path))?;
    let lang = lang_of(&request);
    let items = site.office.possible(caller, &dossier).into_iter().map(|possible| ActionItem {
        action: possible.action.id(),
        name: possible.action.name().say(lang),
        possible: possible.refusal.is_none(),
        reason: possible.refusal.map(|refusal| ReasonItem {
            detail: refusal.say(lang).to_owned(),
            rule: refusal.rule.as_deref().map(|rule| rule_words(rule, lang)),
            status: status_of(&refusal.into()).as_u16(),
        }),
    });
    Ok(HttpResponse::Ok().json(ActionPage {
        code: dossier.code.to_string(),
        version: dossier.version,
        status: dossier.status.code(),
        status_name: dossier.status.name().vi,
        items: items.collect(),
        next_cursor: None,
    }))
}

/// Does something to a dossier
///
/// The `version` is the one that the sender saw: when the dossier has changed since, nothing happens
/// (409). Sent again under the same `Idempotency-Key` it gets its first answer.
#[utoipa::path(
    tag = "dossiers",
    security(("token" = [])),
    params(("code" = String, Path, description = "The dossier's code")),
    request_body = DossierAction,
    responses((status = 200, description = "The new state", body = DossierState)),
)]
#[post("/dossiers/{code}/actions")]
pub async fn act(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    let caller = asking.signed_in()?;
    let code = code_of(&path);
    let dossier = site.office.dossier(caller, &code)?;
    let bytes = body::read(&request, payload).await?;
    let sent = Sent::read(&bytes, Some)?;
    let once = asking.once(&format!("POST dossiers/{code}/actions"), &bytes);
    let outcome = match sent.request(&site, &dossier) {
        Ok((command, files)) => {
            let done = site.office.act(caller, &code, command, files, once).await;
            done.map_err(ApiFailure::from)
        }
        Err(refusal) => Err(refusal.into()),
    };
    let done = outcome
        .map_err(|failure| sent.say_first(&site, failure, &dossier, &caller.actor()))
        .map_err(|failure| sent.tell_meanwhile(&site, caller, &code, failure))?;
    let world = site.office.world();
    Ok(HttpResponse::Ok().json(DossierState::new(&done, &world, site.office.now())))
}

/// An action as it was sent.
pub struct Sent {
    action: Action,
    /// What it carries, without `action`.
    object: Map<String, Value>,
}

impl Sent {
    /// Reads which action a body names; `may` says which ones the caller's kind has at all.
    ///
    /// # Errors
    /// The body is no object, or names no such action.
    pub fn read(bytes: &[u8], may: impl Fn(Action) -> Option<Action>) -> Result<Self, ApiFailure> {
        let mut object = body::object(bytes)?;
        let refuse = |text| ApiFailure::from(Refusal::field("action", text));
        let named = match object.remove("action") {
            Some(Value::String(name)) => name,
            Some(_) => return Err(refuse(body::wrong_value(words::A_TEXT))),
            None => return Err(refuse(words::MISSING.into())),
        };
        let known = || -> String {
            let all = Action::ALL.iter().copied().filter_map(&may);
            all.map(Action::id).collect::<Vec<_>>().join(", ")
        };
        let action = Action::from_id(&named)
            .ok_or_else(|| refuse(words::UNKNOWN_ACTION.text(&[("known", &known())])))?;
        if may(action).is_none() {
            return Err(refuse(words::ACTION_NOT_HERE.text(&[("known", &known())])));
        }
        Ok(Self { action, object })
    }

    /// An action with what it carries.
    pub fn of(action: Action, object: Map<String, Value>) -> Self {
        Self { action, object }
    }

    /// Takes a field that is no part of the action.
    pub fn take(&mut self, field: &str) -> Option<Value> {
        self.object.remove(field)
    }

    /// The command on this dossier.
    ///
    /// # Errors
    /// Names the fields that are missing or wrong.
    pub fn request(&self, site: &Site, dossier: &Dossier) -> Result<(Request, Files), Refusal> {
        let world = site.office.world();
        let calendar = world.calendar(&dossier.competent_agency);
        action_bodies::read(self.action, Value::Object(self.object.clone()), calendar)
    }

    /// Of a version that is not the last one any more: what happened since it was seen.
    fn tell_meanwhile(
        &self,
        site: &Site,
        caller: &Caller,
        code: &DossierCode,
        failure: ApiFailure,
    ) -> ApiFailure {
        let seen = self.object.get("version").and_then(Value::as_u64);
        let (ApiFailure::Office(Failure::Refused(refusal)), Some(seen)) = (&failure, seen) else {
            return failure;
        };
        let history = site.office.history(caller, code);
        let (RefusalKind::Conflict, Ok((_, history))) = (refusal.kind, history) else {
            return failure;
        };
        let said = |lang| {
            let since = history.iter().filter(|recorded| recorded.link.version > seen);
            let since: Vec<String> = since
                .take(MOST_TOLD)
                .map(|recorded| {
                    let name = desk_events::name(&recorded.event).say(lang);
                    format!("{name} ({})", instant_short(recorded.link.at))
                })
                .collect();
            let since = words::MEANWHILE.fill(lang, &[("events", &since.join("; "))]);
            format!("{} {since}", refusal.say(lang))
        };
        let text = Text { vi: said(Lang::Vi), en: said(Lang::En) };
        Refusal { text, ..refusal.clone() }.into()
    }

    /// The checks come in an order: before something is said of the contents, the role (403), the
    /// version and the status (409) have their say.
    pub fn say_first(
        &self,
        site: &Site,
        failure: ApiFailure,
        dossier: &Dossier,
        actor: &Actor,
    ) -> ApiFailure {
        if !failure.is_about_content() {
            return failure;
        }
        let world = site.office.world();
        let possible =
            check_possible(dossier, self.action, actor, world.rules_of(dossier, site.office.now()));
        let seen = self.object.get("version").and_then(Value::as_u64).filter(|seen| *seen > 0);
        match (possible, seen) {
            (Err(refusal), _) if refusal.kind != RefusalKind::Impossible => refusal.into(),
            (_, Some(seen)) if seen != dossier.version => changed(dossier.version, seen).into(),
            (Err(refusal), _) => refusal.into(),
            (Ok(()), _) => failure,
        }
    }
}

/// An applicant's note on a supplement is what they answer, not a note among colleagues.
pub fn note_as_text(request: &mut Request) {
    if let Command::Supplement { text, .. } = &mut request.command {
        *text = request.note.take();
    }
}
