//! Rendered pages for visitors without a session: the same for everybody until the world changes,
//! the minute ends or, where they tell of a dossier, until the next commit. They are answered at the
//! door, before any route is looked for.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use actix_web::HttpResponse;
use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, COOKIE, ETAG, HeaderMap,
    HeaderValue, IF_NONE_MATCH, SET_COOKIE, VARY,
};
use actix_web::web::Bytes;

use super::Site;
use super::visitor::{SESSION_COOKIE, chosen_language, lang_cookie};
use crate::office::world::World;

/// Bytes of pages that one worker keeps.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// How hard brotli tries: each page is compressed once, while somebody waits.
const BROTLI_QUALITY: u32 = 5;

/// The pages that one worker keeps.
#[derive(Default)]
pub struct KeptPages(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// The picture from which all were made; another one empties the store.
    world: Option<Arc<World>>,
    /// The minute of the clock in which all were made: pages say "today" and "now".
    minute: i64,
    bytes: usize,
    pages: HashMap<String, Arc<KeptPage>>,
}

/// A page as it is sent.
pub struct KeptPage {
    /// The last commit when it was made, for pages that tell of dossiers.
    commit: Option<u64>,
    etag: HeaderValue,
    body: Bytes,
    brotli: OnceLock<Option<Bytes>>,
}

/// What distinguishes one rendering from another: scheme and host (in QR codes), the cookies that
/// choose language and look, path and query. None for who has a session.
fn key(wish: Wish<'_>) -> Option<String> {
    let Wish { base, headers, path } = wish;
    let mut key = String::with_capacity(base.len() + path.len() + 16);
    key.push_str(base);
    key.push_str(path);
    for cookies in headers.get_all(COOKIE) {
        let cookies = cookies.to_str().ok()?;
        if cookies.contains(SESSION_COOKIE) {
            return None;
        }
        key.push('\n');
        key.push_str(cookies);
    }
    Some(key)
}

/// What a request asks, as far as kept pages depend on it.
#[derive(Clone, Copy)]
pub struct Wish<'a> {
    /// Scheme and host, as the visitor sees them.
    pub base: &'a str,
    /// The request's headers.
    pub headers: &'a HeaderMap,
    /// Path and query.
    pub path: &'a str,
}

/// A page that was just made.
pub struct Made {
    /// The picture that it shows.
    pub world: Arc<World>,
    /// The last commit before it was made, for pages that tell of dossiers.
    pub commit: Option<u64>,
    /// The page.
    pub body: String,
}

impl KeptPages {
    /// The answer, when the page is kept in a form that the visitor takes: gzip is for the middleware.
    pub fn find(&self, site: &Site, wish: Wish<'_>) -> Option<HttpResponse> {
        let takes =
            |coding| wish.headers.get(ACCEPT_ENCODING).is_some_and(|list| takes(list, coding));
        if takes("gzip") && !takes("br") {
            return None;
        }
        let page = self.get(site, &key(wish)?)?;
        Some(page.answer(wish))
    }

    fn get(&self, site: &Site, key: &str) -> Option<Arc<KeptPage>> {
        let world = site.office.world();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.renew(world, minute(site));
        let page = kept.pages.get(key)?;
        let holds = page.commit.is_none_or(|commit| commit == site.office.last_commit());
        holds.then(|| page.clone())
    }

    /// Keeps a page and answers with it.
    pub fn keep(&self, site: &Site, wish: Wish<'_>, made: Made) -> HttpResponse {
        let Made { world, commit, body } = made;
        let digest = blake3::hash(body.as_bytes()).to_hex();
        let etag = HeaderValue::from_str(&format!("\"{}\"", &digest[..20]));
        let page = Arc::new(KeptPage {
            commit,
            etag: etag.unwrap_or_else(|_| HeaderValue::from_static("\"\"")),
            body: body.into(),
            brotli: OnceLock::new(),
        });
        if let Some(key) = key(wish) {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            // The world may have changed while the page was made.
            if Arc::ptr_eq(&world, &site.office.world()) {
                kept.renew(world, minute(site));
                kept.put(key, page.clone());
            }
        }
        page.answer(wish)
    }
}

fn minute(site: &Site) -> i64 {
    site.office.now().as_second().div_euclid(60)
}

impl Kept {
    fn renew(&mut self, world: Arc<World>, minute: i64) {
        let same = self.world.as_ref().is_some_and(|known| Arc::ptr_eq(known, &world));
        if !same || self.minute != minute {
            *self = Self { world: Some(world), minute, ..Self::default() };
        }
    }

    fn put(&mut self, key: String, page: Arc<KeptPage>) {
        // Twice the body: its compressed form, the key and the entry come on top.
        let size = 2 * page.body.len();
        if self.bytes + size > MOST_BYTES {
            self.pages.clear();
            self.bytes = 0;
        }
        self.bytes += size;
        if let Some(old) = self.pages.insert(key, page) {
            self.bytes -= 2 * old.body.len();
        }
    }
}

impl KeptPage {
    fn answer(&self, wish: Wish<'_>) -> HttpResponse {
        let known = wish.headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        let own = self.etag.to_str().unwrap_or_default();
        let is_known = known.is_some_and(|tags| {
            tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == own)
        });
        let mut response =
            if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() }.finish();
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        headers.insert(VARY, HeaderValue::from_static("Cookie, Accept-Encoding"));
        headers.insert(ETAG, self.etag.clone());
        if let Some(lang) = chosen_language(wish.path)
            && let Ok(cookie) = HeaderValue::from_str(&lang_cookie(lang).to_string())
        {
            headers.append(SET_COOKIE, cookie);
        }
        if is_known {
            return response;
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        let takes_brotli = wish.headers.get(ACCEPT_ENCODING).is_some_and(|list| takes(list, "br"));
        let brotli = if takes_brotli { self.compressed() } else { None };
        let body = match brotli {
            Some(brotli) => {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
                brotli
            }
            None => self.body.clone(),
        };
        response.set_body(body).map_into_boxed_body()
    }

    fn compressed(&self) -> Option<Bytes> {
        let compress = || {
            let out = Vec::with_capacity(self.body.len() / 4);
            let mut writer = brotli::CompressorWriter::new(out, 4096, BROTLI_QUALITY, 20);
            writer.write_all(&self.body).ok()?;
            Some(writer.into_inner().into())
        };
        self.brotli.get_or_init(compress).clone()
    }
}

/// Whether a list of codings has this one.
fn takes(accepted: &HeaderValue, coding: &str) -> bool {
    let accepted = accepted.to_str().unwrap_or_default();
    accepted.split(',').any(|item| {
        let (name, weight) = item.split_once(';').unwrap_or((item, ""));
        name.trim() == coding && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}
