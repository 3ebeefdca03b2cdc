//! Rendered pages for visitors without a session: the same for everybody until the world changes,
//! or, where they tell of a dossier, until the next commit.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::civil::Date;

use super::page::{Page, answer, base_address, chose_language, whole};
use crate::domain::calendar::local;
use crate::domain::words::Lang;
use crate::office::Failure;
use crate::office::world::World;
use crate::web::Site;
use crate::web::shell::Look;
use crate::web::visitor::{Visitor, lang_cookie};

/// Bytes of pages that one worker keeps.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// The pages that one worker keeps.
#[derive(Default)]
pub(super) struct Pages(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// The picture from which all were made; another one empties the store.
    world: Option<Arc<World>>,
    day: Option<Date>,
    bytes: usize,
    pages: HashMap<Key, Arc<Rendered>>,
}

/// Language, look, scheme and host, path with query.
type Key = (Lang, &'static str, String, String);

struct Rendered {
    /// The last commit when it was made, for pages that tell of dossiers.
    commit: Option<u64>,
    etag: String,
    body: web::Bytes,
}

impl Pages {
    fn get(&self, world: &Arc<World>, day: Date, key: &Key) -> Option<Arc<Rendered>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let current = kept.world.as_ref().is_some_and(|known| Arc::ptr_eq(known, world));
        if !current || kept.day != Some(day) {
            *kept = Kept { world: Some(world.clone()), day: Some(day), ..Kept::default() };
        }
        kept.pages.get(key).cloned()
    }

    fn put(&self, key: Key, rendered: &Arc<Rendered>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.bytes + rendered.body.len() > MOST_BYTES {
            kept.pages.clear();
            kept.bytes = 0;
        }
        kept.bytes += rendered.body.len();
        if let Some(old) = kept.pages.insert(key, rendered.clone()) {
            kept.bytes -= old.body.len();
        }
    }
}

fn key(visitor: &Visitor, base: String) -> Key {
    let look = match visitor.look {
        Look::System => "",
        Look::Light => "light",
        Look::Dark => "dark",
    };
    (visitor.lang, look, base, visitor.path.clone())
}

/// What a handler of such a page is asked with.
pub(super) struct Asked<'a> {
    /// The site.
    pub site: &'a Site,
    /// Who asks.
    pub visitor: &'a Visitor,
    /// The request, for its headers.
    pub request: &'a HttpRequest,
    /// The worker's pages.
    pub pages: &'a Pages,
    /// The last commit, for pages that tell of dossiers: another one makes them anew.
    pub commit: Option<u64>,
}

/// A page that says the same to everybody without a session: kept, with a tag by which a browser
/// asks whether it has changed. `make` gives the page, or the answer to give instead.
pub(super) fn shared(
    asked: &Asked<'_>,
    make: impl FnOnce(
        &dyn Fn(&Page<'_>, &maud::Markup) -> HttpResponse,
    ) -> Result<HttpResponse, Failure>,
) -> Result<HttpResponse, Failure> {
    let Asked { site, visitor, request, pages, commit } = asked;
    if visitor.session.is_some() {
        return make(&|page, main| {
            answer(site, visitor, actix_web::http::StatusCode::OK, page, main)
        });
    }
    let world = site.office.world();
    let day = local(site.office.now()).date();
    let key = key(visitor, base_address(request));
    let kept = pages.get(&world, day, &key).filter(|rendered| rendered.commit == *commit);
    if let Some(rendered) = kept {
        return Ok(serve(request, visitor, &rendered));
    }
    make(&|page, main| {
        let body = whole(site, visitor, page, main).into_string();
        let digest = blake3::hash(body.as_bytes()).to_hex();
        let etag = format!("\"{}\"", &digest[..20]);
        let rendered = Arc::new(Rendered { commit: *commit, etag, body: body.into() });
        pages.put(key.clone(), &rendered);
        serve(request, visitor, &rendered)
    })
}

fn serve(request: &HttpRequest, visitor: &Visitor, rendered: &Rendered) -> HttpResponse {
    let known =
        request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).is_some_and(
            |tags| tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == rendered.etag),
        );
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .insert_header((VARY, "Cookie"))
        .insert_header((ETAG, rendered.etag.as_str()));
    if chose_language(visitor) {
        response.cookie(lang_cookie(visitor.lang));
    }
    if known {
        return response.finish();
    }
    response.insert_header((CONTENT_TYPE, "text/html; charset=utf-8")).body(rendered.body.clone())
}
