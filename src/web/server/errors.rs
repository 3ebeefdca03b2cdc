//! Answers for requests that no handler has answered itself: a page, or a problem document under
//! `/api`.

use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use actix_web::{FromRequest, HttpResponse, body::BoxBody, web};
use maud::html;

use crate::domain::words::{Lang, Message};
use crate::web::Site;
use crate::web::components::{ErrorPage, error_page};
use crate::web::shell::{Look, page};
use crate::web::visitor::{FrameData, Visitor};
use crate::web::words::server as words;

/// What is known of a request when its handler is lost.
pub(super) struct Asked {
    /// Its reference.
    pub reference: String,
    /// Whether it came over TLS.
    pub is_secure: bool,
    is_api: bool,
    visitor: Option<Visitor>,
    site: Option<web::Data<Site>>,
}

/// Why a request got no further than the door.
#[derive(Clone, Copy)]
pub(super) struct Away {
    /// The answer's status.
    pub status: StatusCode,
    /// After how many seconds to come again.
    pub seconds: Option<u64>,
}

/// Whether an answer is an error without words of ours.
pub(super) fn is_bare(response: &ServiceResponse<BoxBody>) -> bool {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return false;
    }
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let path = response.request().path();
    let is_probe = matches!(path, "/healthz" | "/readyz" | "/metrics");
    let is_ours = |kind: &str| {
        kind.starts_with("text/html")
            || kind.starts_with("application/problem+json")
            || kind.starts_with("application/json")
    };
    !is_probe && !kind.is_some_and(is_ours)
}

impl Asked {
    /// Notes what answers need; `base` is scheme and host.
    pub fn of(request: &ServiceRequest, base: &str, reference: String) -> Self {
        let path = request.path();
        Self {
            reference,
            is_secure: base.starts_with("https:"),
            is_api: path == "/api" || path.starts_with("/api/"),
            visitor: None,
            site: request.app_data::<web::Data<Site>>().cloned(),
        }
    }

    /// An answer with words, in place of one without.
    pub fn dress(&self, response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
        let (request, bare) = response.into_parts();
        let mut payload = actix_web::dev::Payload::None;
        let visitor = Visitor::from_request(&request, &mut payload).into_inner().ok();
        let dressed =
            Self { visitor, site: self.site.clone(), reference: self.reference.clone(), ..*self };
        let mut answer = dressed.answer(bare.status());
        for name in [ALLOW, RETRY_AFTER] {
            if let Some(value) = bare.headers().get(&name) {
                answer.headers_mut().insert(name, value.clone());
            }
        }
        ServiceResponse::new(request, answer)
    }

    /// The answer to a request that got no further than the door.
    pub fn turn_away(&self, request: &ServiceRequest, away: Away) -> HttpResponse {
        let mut payload = actix_web::dev::Payload::None;
        let visitor = Visitor::from_request(request.request(), &mut payload).into_inner().ok();
        let site = self.site.clone();
        let dressed = Self { visitor, site, reference: self.reference.clone(), ..*self };
        let mut answer = dressed.answer(away.status);
        if let Some(seconds) = away.seconds {
            answer.headers_mut().insert(RETRY_AFTER, seconds.max(1).into());
        }
        answer
    }

    /// An answer of this status.
    pub fn answer(&self, status: StatusCode) -> HttpResponse {
        let (title, advice) = sentence(status);
        let mut response = HttpResponse::build(status);
        response.insert_header((CACHE_CONTROL, "no-store"));
        if self.is_api {
            let problem = serde_json::json!({
                "type": "about:blank",
                "title": title.say(Lang::En),
                "status": status.as_u16(),
                "detail": advice.say(Lang::En),
                "errors": [],
                "reference": self.reference,
            });
            return response.content_type("application/problem+json").body(problem.to_string());
        }
        response.content_type("text/html; charset=utf-8");
        response.body(self.page(title, advice))
    }

    fn page(&self, title: Message, advice: Message) -> String {
        let visitor = self.visitor.clone().unwrap_or_else(nobody);
        let data = match &self.site {
            Some(site) => FrameData::of(site, &visitor),
            None => FrameData::default(),
        };
        let title = title.say(visitor.lang);
        let body = ErrorPage {
            title,
            advice: html! {
                p { (advice.say(visitor.lang)) }
                p { a href="/" { (words::HOME.say(visitor.lang)) } }
            },
            reference: &self.reference,
        };
        page(&visitor.frame(&data, title), &error_page(visitor.lang, &body)).into_string()
    }
}

/// Somebody of whom nothing is known.
fn nobody() -> Visitor {
    Visitor {
        session_id: None,
        session: None,
        caller: crate::office::Caller::Anybody,
        lang: Lang::Vi,
        look: Look::System,
        path: "/".to_owned(),
        is_secure: false,
        address: String::new(),
        browser: None,
        device: String::new(),
    }
}

/// What happened, and what to do next.
fn sentence(status: StatusCode) -> (Message, Message) {
    match status {
        StatusCode::NOT_FOUND => (words::NOT_FOUND, words::NOT_FOUND_ADVICE),
        StatusCode::METHOD_NOT_ALLOWED => (words::NOT_FOUND, words::WRONG_METHOD_ADVICE),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            (words::FORBIDDEN, words::FORBIDDEN_ADVICE)
        }
        StatusCode::PAYLOAD_TOO_LARGE => (words::TOO_LARGE, words::TOO_LARGE_ADVICE),
        StatusCode::REQUEST_TIMEOUT => (words::TOO_SLOW, words::TOO_SLOW_ADVICE),
        StatusCode::MISDIRECTED_REQUEST => (words::OTHER_SITE, words::OTHER_SITE_ADVICE),
        StatusCode::TOO_MANY_REQUESTS => (words::TOO_MANY, words::TOO_MANY_ADVICE),
        status if status.is_client_error() => (words::MALFORMED, words::MALFORMED_ADVICE),
        _ => (words::FAULT, words::FAULT_ADVICE),
    }
}
