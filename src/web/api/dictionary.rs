//! The everyday words of this instance: what people here say, and what official names call it.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, get, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asking::Asking;
use super::body;
use super::params::Params;
use super::problem::Outcome;
use crate::domain::agency::Role;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::Failure;
use crate::office::dictionary::OwnWord;
use crate::web::Site;
use crate::web::incoming::off_thread;
use crate::web::words::api as words;

/// The own expressions of an instance, beside those that ship.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WordList {
    /// How often they were changed; sent back, it keeps two editors from undoing each other's work.
    #[schema(example = 0)]
    pub version: usize,
    /// The expressions; what is left out is taken back.
    pub words: Vec<WordItem>,
}

/// An expression.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WordItem {
    /// What people say; parts that may stand apart are divided by `~`.
    #[schema(example = "giấy ~ độc thân")]
    pub said: String,
    /// What it is called officially; nothing takes a shipped expression out of use.
    pub official: Vec<String>,
    /// Whether the words as said point elsewhere when taken literally.
    #[serde(default)]
    pub misleads: bool,
}

fn list(site: &Site) -> Result<WordList, Failure> {
    let world = site.office.world();
    let item = |word: &OwnWord| WordItem {
        said: word.said.clone(),
        official: word.official.clone(),
        misleads: word.misleads,
    };
    let version = site.office.word_changes()?.len();
    Ok(WordList { version, words: world.words().iter().map(item).collect() })
}

fn admin(asking: &Asking) -> Result<String, Refusal> {
    let caller = asking.signed_in()?;
    match caller.staff() {
        Some(staff) if staff.is(Role::Admin) => Ok(staff.name.to_string()),
        _ => Err(Refusal::new(RefusalKind::Forbidden, words::ADMIN_ONLY)),
    }
}

/// Lists the instance's own everyday words
#[utoipa::path(
    tag = "procedures",
    security(("token" = [])),
    responses((status = 200, description = "The expressions", body = WordList)),
)]
#[get("/words")]
pub async fn list_words(request: HttpRequest, asking: Asking, site: Data<Site>) -> Outcome {
    Params::of(&request).finish()?;
    admin(&asking)?;
    Ok(HttpResponse::Ok().json(list(&site)?))
}

/// Sets the instance's own everyday words
///
/// The search follows at once. Every expression is checked before any is written, and named by its place,
/// such as `words[2].official`; another version than the present one is refused.
#[utoipa::path(
    tag = "procedures",
    security(("token" = [])),
    request_body = WordList,
    responses((status = 200, description = "The expressions as they stand now", body = WordList)),
)]
#[put("/words")]
pub async fn set_words(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    Params::of(&request).finish()?;
    let by = admin(&asking)?;
    let sent: WordList = body::parse(&body::read(&request, payload).await?)?;
    let word = |item: WordItem| OwnWord {
        said: item.said,
        official: item.official,
        misleads: item.misleads,
    };
    let (wanted, office) =
        (sent.words.into_iter().map(word).collect::<Vec<_>>(), site.office.clone());
    off_thread(move || office.set_words(&wanted, sent.version, &by)).await?;
    Ok(HttpResponse::Ok().json(list(&site)?))
}
