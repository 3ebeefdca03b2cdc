//! `POST dossiers/actions`: the same action on many dossiers in one commit, each with its own outcome.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, post};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::actions::Sent;
use super::asking::Asking;
use super::body;
use super::dossiers::code_of;
use super::problem::{ApiFailure, Outcome, Problem, lang_of};
use crate::domain::calendar::written;
use crate::domain::dossier::{Action, Dossier, Request};
use crate::domain::ids::DossierCode;
use crate::domain::refusal::Refusal;
use crate::domain::words::Lang;
use crate::office::{Caller, Failure};
use crate::web::Site;
use crate::web::words::api as words;

/// Most dossiers of one batch.
pub const MOST: usize = 200;

/// What can be done to many dossiers at once: it brings no files along.
pub fn in_batches(action: Action) -> Option<Action> {
    matches!(
        action,
        Action::Accept
            | Action::Assign
            | Action::Forward
            | Action::Approve
            | Action::IssueNumber
            | Action::ReceiveResult
            | Action::Deliver
    )
    .then_some(action)
}

/// An action on many dossiers.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({
    "action": "assign", "to": "thuly1",
    "items": [{"code": "H40.12-261123-0001", "version": 2}],
}))]
pub struct BatchAction {
    /// `accept`, `assign`, `forward`, `approve`, `issue_number`, `receive_result` or `deliver`.
    #[schema(example = "assign")]
    pub action: String,
    /// The dossiers, at most 200, done in this order.
    pub items: Vec<BatchItem>,
    /// What the action carries for all of them, by the fields of its own body.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub fields: Map<String, Value>,
}

/// A dossier of a batch.
#[derive(Deserialize, ToSchema)]
pub struct BatchItem {
    /// Its code, or the number that another system gave it.
    #[schema(example = "H40.12-261123-0001")]
    pub code: String,
    /// The version that the sender saw.
    #[schema(minimum = 1)]
    pub version: u64,
    /// What the action carries for this one, in place of what it carries for all: a `number`.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub fields: Map<String, Value>,
}

/// How a batch went.
#[derive(Serialize, ToSchema)]
pub struct BatchAnswer {
    /// How many were done.
    pub done: usize,
    /// How many were not.
    pub refused: usize,
    /// Each with its outcome, in the order of the request.
    pub items: Vec<BatchOutcome>,
}

/// How it went with one dossier.
#[derive(Serialize, ToSchema)]
pub struct BatchOutcome {
    /// The code as it was sent.
    pub code: String,
    /// The HTTP status that the action alone would have got.
    #[schema(example = 200)]
    pub status: u16,
    /// The dossier after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dossier: Option<BatchState>,
    /// Why it was not done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// A dossier after its action.
#[derive(Serialize, ToSchema)]
pub struct BatchState {
    /// Its own code.
    pub code: String,
    /// Its version.
    #[schema(minimum = 1)]
    pub version: u64,
    /// The national status.
    pub status: u8,
    /// Its national words.
    pub status_name: &'static str,
    /// When it is due.
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
}

impl BatchState {
    fn new(dossier: &Dossier) -> Self {
        Self {
            code: dossier.code.to_string(),
            version: dossier.version,
            status: dossier.status.code(),
            status_name: dossier.status.name().vi,
            due_at: dossier.clock.due_at.map(written),
        }
    }
}

/// Does the same to many dossiers
///
/// All that can be done is done in one commit; what is refused takes nothing else down and has its
/// problem beside it. The answer is 200 whatever the outcomes. Sent again under the same
/// `Idempotency-Key`, what was done gets its first answer, and what was refused is tried again.
#[utoipa::path(
    tag = "dossiers",
    security(("token" = [])),
    request_body = BatchAction,
    responses((status = 200, description = "Each with its outcome", body = BatchAnswer)),
)]
#[post("/dossiers/actions")]
pub async fn act_on_many(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    let caller = asking.signed_in()?;
    let bytes = body::read(&request, payload).await?;
    let batch: BatchAction = body::parse(&bytes)?;
    let action = batch.action()?;
    batch.check_size()?;
    let sent: Vec<Sent> = batch.items.iter().map(|item| batch.sent(action, item)).collect();
    let (mut outcomes, mut wanted, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for (place, (item, sent)) in batch.items.iter().zip(&sent).enumerate() {
        outcomes.push(match request_of(&site, caller, item, sent) {
            Ok(request) => {
                wanted.push(request);
                places.push(place);
                None
            }
            Err(failure) => Some(Err(failure)),
        });
    }
    let codes: Vec<DossierCode> = wanted.iter().map(|(code, _)| code.clone()).collect();
    let once = |code: &DossierCode| asking.once(&format!("POST dossiers/actions {code}"), &bytes);
    let done = site.office.act_on_each(caller, wanted, once).await?;
    for ((place, code), done) in places.into_iter().zip(codes).zip(done) {
        let told = |failure: Failure| match site.office.dossier(caller, &code) {
            Ok(now) => sent[place].say_first(&site, failure.into(), &now, &caller.actor()),
            Err(_) => failure.into(),
        };
        outcomes[place] = Some(done.map_err(told));
    }
    let lang = lang_of(&request);
    let outcomes = batch.items.iter().zip(outcomes.into_iter().flatten());
    let items: Vec<BatchOutcome> =
        outcomes.map(|(item, outcome)| told(item, outcome, lang)).collect();
    let refused = items.iter().filter(|item| item.problem.is_some()).count();
    let done = items.len() - refused;
    Ok(HttpResponse::Ok().json(BatchAnswer { done, refused, items }))
}

fn told(item: &BatchItem, outcome: Result<Dossier, ApiFailure>, lang: Lang) -> BatchOutcome {
    let code = item.code.clone();
    match outcome {
        Ok(dossier) => {
            let dossier = Some(BatchState::new(&dossier));
            BatchOutcome { code, status: 200, dossier, problem: None }
        }
        Err(failure) => {
            let problem = Problem::of(&failure, lang);
            BatchOutcome { code, status: problem.status(), dossier: None, problem: Some(problem) }
        }
    }
}

impl BatchAction {
    fn action(&self) -> Result<Action, Refusal> {
        let known = Action::ALL.iter().copied().filter_map(in_batches).map(Action::id);
        let known = known.collect::<Vec<_>>().join(", ");
        let action = Action::from_id(&self.action).and_then(in_batches);
        action.ok_or_else(|| {
            Refusal::field("action", words::ACTION_NOT_HERE.text(&[("known", &known)]))
        })
    }

    fn check_size(&self) -> Result<(), Refusal> {
        if (1..=MOST).contains(&self.items.len()) {
            return Ok(());
        }
        let text = words::BATCH_SIZE.text(&[("max", &MOST.to_string())]);
        Err(Refusal::field("items", text))
    }

    /// The action's body for one dossier.
    fn sent(&self, action: Action, item: &BatchItem) -> Sent {
        let mut object = self.fields.clone();
        object.extend(item.fields.clone());
        object.insert("version".to_owned(), Value::from(item.version));
        Sent::of(action, object)
    }
}

/// The request on the dossier of an item.
fn request_of(
    site: &Site,
    caller: &Caller,
    item: &BatchItem,
    sent: &Sent,
) -> Result<(DossierCode, Request), ApiFailure> {
    let dossier = site.office.dossier(caller, &code_of(&item.code))?;
    match sent.request(site, &dossier) {
        Ok((request, _)) => Ok((dossier.code, request)),
        Err(refusal) => Err(sent.say_first(site, refusal.into(), &dossier, &caller.actor())),
    }
}
