//! Who looks at a page: session, language, look; and the checks that every form carries.

use std::future::{Ready, ready};

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use maud::Markup;
use subtle::ConstantTimeEq;

use super::Site;
use super::device;
use super::rights;
use super::shell::{Area, Look, PageFrame};
use super::words::{server, visitor as words};
use crate::domain::calendar::words::instant_short;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::{Lang, Message, Text};
use crate::office::drafts::KEPT;
use crate::office::known_devices::KNOWN;
use crate::office::sessions::Session;
use crate::office::{Caller, Failure, Outage};

/// The session's cookie, without what [`cookie_name`] puts before it.
pub const SESSION_COOKIE: &str = "motcua_phien";
/// Holds the secret of a browser's drafts.
const DRAFTS_COOKIE: &str = "motcua_nhap";
/// By what a browser shows that an account was signed in there.
const DEVICE_COOKIE: &str = "motcua_may";
const LANG_COOKIE: &str = "motcua_ngon_ngu";
const LOOK_COOKIE: &str = "motcua_giao_dien";

/// A visitor of a page.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The id in the cookie, if a session goes on.
    pub session_id: Option<String>,
    /// The session.
    pub session: Option<Session>,
    /// Who it is.
    pub caller: Caller,
    /// The language of the page.
    pub lang: Lang,
    /// Light, dark or the system's.
    pub look: Look,
    /// The address asked for, with its query.
    pub path: String,
    /// Whether the request came over TLS, here or at a proxy.
    pub is_secure: bool,
    /// The network address that it came from.
    pub address: String,
    /// The secret under which this browser keeps drafts, if it has begun one.
    pub browser: Option<String>,
    /// On what it is looked at, in coarse words; or empty.
    pub device: String,
}

impl Visitor {
    /// The token that a form of this visitor carries: bound to the session, or to nobody's.
    pub fn csrf(&self, site: &Site) -> String {
        let about = match &self.session {
            Some(session) => session.csrf.as_slice(),
            None => b"nobody",
        };
        let token = blake3::keyed_hash(site.office.form_key().bytes(), about);
        token.to_hex().to_string()
    }

    /// Refuses a form whose token is not this visitor's.
    ///
    /// # Errors
    /// The page was open while the session ended, or the form is forged.
    pub fn check_csrf(&self, site: &Site, token: &str) -> Result<(), Refusal> {
        let fits = token.as_bytes().ct_eq(self.csrf(site).as_bytes());
        if bool::from(fits) {
            Ok(())
        } else {
            Err(Refusal::new(RefusalKind::Forbidden, words::FORM_TOO_OLD))
        }
    }

    /// The desk account, or where to sign in.
    pub fn is_desk(&self) -> bool {
        matches!(self.caller, Caller::Staff(_))
    }

    /// A frame with what is the same on every page of an area; set the title.
    pub fn frame<'a>(&'a self, site: &'a FrameData, title: &'a str) -> PageFrame<'a> {
        PageFrame {
            lang: self.lang,
            title,
            agency: &site.agency,
            phone: &site.phone,
            address: &site.address,
            look: self.look,
            path: &self.path,
            training: &site.training,
            area: Area::Public,
            ..PageFrame::default()
        }
    }
}

/// What the frame of a page says of the agency; owned, so that a frame can borrow it.
#[derive(Clone, Debug, Default)]
pub struct FrameData {
    /// The agency's name.
    pub agency: String,
    /// Its phone.
    pub phone: String,
    /// Its address.
    pub address: String,
    /// The band of the demo, or empty.
    pub training: String,
}

impl FrameData {
    /// For public pages, and for the desk of a visitor's own agency.
    pub fn of(site: &Site, visitor: &Visitor) -> Self {
        let world = site.office.world();
        let own = visitor.caller.staff().and_then(|staff| {
            use crate::domain::dossier::Directory;
            world.agency(&staff.agency)
        });
        let training = match (site.office.is_demo(), site.office.env().is_moved()) {
            (false, _) => String::new(),
            (true, false) => words::DEMO.say(visitor.lang).to_owned(),
            (true, true) => {
                let now = instant_short(site.office.now());
                words::TRAINING.fill(visitor.lang, &[("now", &now)])
            }
        };
        match own.or_else(|| world.home()) {
            Some(agency) => Self {
                agency: agency.name.clone(),
                phone: agency.phone.clone(),
                address: agency.address.clone(),
                training,
            },
            None => Self { agency: "Motcua".to_owned(), training, ..Self::default() },
        }
    }
}

impl FromRequest for Visitor {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(site) = request.app_data::<web::Data<Site>>() else {
            return ready(Err(actix_web::error::ErrorInternalServerError("no site")));
        };
        ready(match rights::is_listed(request) {
            true => Ok(read(request, site)),
            false => Err(actix_web::error::ErrorNotFound("no such address")),
        })
    }
}

fn read(request: &HttpRequest, site: &Site) -> Visitor {
    let cookie = |name: &str| request.cookie(name).map(|cookie| cookie.value().to_owned());
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let lang = chosen_language(path)
        .or_else(|| cookie(LANG_COOKIE).as_deref().and_then(Lang::from_tag))
        .unwrap_or_default();
    let is_secure = request.connection_info().scheme() == "https";
    let session_id = cookie(&cookie_name(SESSION_COOKIE, is_secure)).filter(|id| id.len() == 64);
    // A store that cannot be read shows as nobody signed in; the page then says what is wrong.
    let session = session_id.as_deref().and_then(|id| site.office.session(id).ok().flatten());
    let caller = match &session {
        Some(session) => site.office.caller_of_session(session),
        None => Caller::Anybody,
    };
    Visitor {
        session_id: session_id.filter(|_| session.is_some()),
        session,
        caller,
        lang,
        look: Look::from_id(&cookie(LOOK_COOKIE).unwrap_or_default()),
        path: path.to_owned(),
        is_secure,
        address: request.connection_info().realip_remote_addr().unwrap_or_default().to_owned(),
        browser: cookie(&cookie_name(DRAFTS_COOKIE, is_secure)),
        device: device::of(request),
    }
}

/// Who asks, as far as two people are told apart: a session, else an address with its browser. It is
/// digested before it is kept.
pub fn sender(request: &HttpRequest, session: Option<&str>, address: &str) -> String {
    let browser =
        request.headers().get(header::USER_AGENT).and_then(|browser| browser.to_str().ok());
    match session {
        Some(session) => session.to_owned(),
        None => format!("{address} {}", browser.unwrap_or_default()),
    }
}

fn query_value(query: &str, name: &str) -> Option<String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).next_back()
}

/// The name under which a cookie that gives rights is kept. Over TLS it begins with `__Host-`: no other
/// name of the domain, and nothing that came without TLS, can then set one in its place. Without TLS,
/// as in an office's own network, browsers refuse such names.
fn cookie_name(name: &'static str, is_secure: bool) -> String {
    if is_secure { format!("__Host-{name}") } else { name.to_owned() }
}

fn right_cookie(visitor: &Visitor, name: &'static str, value: &str) -> Cookie<'static> {
    Cookie::build(cookie_name(name, visitor.is_secure), value.to_owned())
        .path("/")
        .http_only(true)
        .secure(visitor.is_secure)
        .same_site(SameSite::Lax)
        .finish()
}

/// A cookie that some minutes' work hangs on, such as a way to a provider and back.
pub fn passing_cookie(
    visitor: &Visitor,
    name: &'static str,
    value: &str,
    minutes: i64,
) -> Cookie<'static> {
    let mut cookie = right_cookie(visitor, name, value);
    cookie.set_max_age(actix_web::cookie::time::Duration::minutes(minutes));
    cookie
}

/// What such a cookie holds; or empty.
pub fn passing(visitor: &Visitor, request: &HttpRequest, name: &'static str) -> String {
    let cookie = request.cookie(&cookie_name(name, visitor.is_secure));
    cookie.map(|cookie| cookie.value().to_owned()).unwrap_or_default()
}

/// The cookie that ends one.
pub fn no_passing_cookie(visitor: &Visitor, name: &'static str) -> Cookie<'static> {
    let mut cookie = right_cookie(visitor, name, "");
    cookie.make_removal();
    cookie
}

/// The cookie of a session.
pub fn session_cookie(visitor: &Visitor, id: &str) -> Cookie<'static> {
    right_cookie(visitor, SESSION_COOKIE, id)
}

/// The cookie with the secret of a browser's drafts, as long as they are kept.
pub fn drafts_cookie(visitor: &Visitor, secret: &str) -> Cookie<'static> {
    let mut cookie = right_cookie(visitor, DRAFTS_COOKIE, secret);
    cookie.set_max_age(actix_web::cookie::time::Duration::seconds(KEPT.as_secs()));
    cookie
}

/// The cookie by which a browser is known to an account.
pub fn device_cookie(visitor: &Visitor, token: &str) -> Cookie<'static> {
    let mut cookie = right_cookie(visitor, DEVICE_COOKIE, token);
    cookie.set_max_age(actix_web::cookie::time::Duration::seconds(KNOWN.as_secs()));
    cookie
}

/// What [`device_cookie`] left in this browser; or empty.
pub fn known_device(visitor: &Visitor, request: &HttpRequest) -> String {
    let name = cookie_name(DEVICE_COOKIE, visitor.is_secure);
    request.cookie(&name).map(|cookie| cookie.value().to_owned()).unwrap_or_default()
}

/// The cookie that ends a session in the browser.
pub fn no_session_cookie(visitor: &Visitor) -> Cookie<'static> {
    let mut cookie = right_cookie(visitor, SESSION_COOKIE, "");
    cookie.make_removal();
    cookie
}

/// The language that an address asks for, which is then kept.
pub fn chosen_language(path_and_query: &str) -> Option<Lang> {
    let (_, query) = path_and_query.split_once('?')?;
    query_value(query, "lang").as_deref().and_then(Lang::from_tag)
}

/// A cookie that keeps a choice of language for a year.
pub fn lang_cookie(lang: Lang) -> Cookie<'static> {
    kept_cookie(LANG_COOKIE, lang.tag())
}

/// A cookie that keeps light or dark for a year.
pub fn look_cookie(look: Look) -> Cookie<'static> {
    kept_cookie(LOOK_COOKIE, look.id().unwrap_or(""))
}

fn kept_cookie(name: &'static str, value: &'static str) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(actix_web::cookie::time::Duration::days(365))
        .finish()
}

/// An answer with a page; never kept by caches, since pages may name persons.
pub fn html(status: actix_web::http::StatusCode, page: Markup) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(page.into_string())
}

/// The answer to a form that worked: look at another page.
pub fn see_other(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish()
}

/// Title and sentence of an outage that has words of its own; the log tells more under `reference`.
pub fn outage_words(outage: Outage, reference: &str) -> Option<(Message, Text)> {
    match outage {
        Outage::ReadOnly(reason) => {
            let text = server::READ_ONLY_WHY.text_with(&[("reason", reason)]);
            Some((server::READ_ONLY, text))
        }
        Outage::LostFile => {
            let text = server::LOST_FILE_WHY.text(&[("reference", reference)]);
            Some((server::LOST_FILE, text))
        }
        Outage::Other => None,
    }
}

/// The sentence of a fault at a field: that of the outage when it has one.
pub fn outage_text(outage: Outage, otherwise: Message) -> Text {
    outage_words(outage, "").map_or_else(|| otherwise.into(), |(_, text)| text)
}

/// The HTTP status of a failure.
pub fn status_of(failure: &Failure) -> actix_web::http::StatusCode {
    use actix_web::http::StatusCode;
    match failure {
        Failure::Fault(fault) => match Outage::of(fault) {
            Outage::ReadOnly(_) => StatusCode::SERVICE_UNAVAILABLE,
            Outage::LostFile | Outage::Other => StatusCode::INTERNAL_SERVER_ERROR,
        },
        Failure::Refused(refusal) => match refusal.kind {
            RefusalKind::Unauthenticated => StatusCode::UNAUTHORIZED,
            RefusalKind::NotFound => StatusCode::NOT_FOUND,
            RefusalKind::Forbidden => StatusCode::FORBIDDEN,
            RefusalKind::Conflict | RefusalKind::Impossible => StatusCode::CONFLICT,
            RefusalKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            RefusalKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            RefusalKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        },
    }
}
