//! Failures as problem documents (RFC 9457), in the language that the sender reads.

use std::fmt;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::refusal::{Refusal, RefusalKind, rule_words};
use crate::domain::words::{Lang, Message, Text};
use crate::office::signing_in::Step;
use crate::office::{Failure, Outage};
use crate::web::visitor::{outage_words, status_of};
use crate::web::words::api as words;

/// Why a call of the API has no effect.
#[derive(Clone, Debug)]
pub enum ApiFailure {
    /// What a use case said.
    Office(Failure),
    /// What the web alone says.
    Web(Box<WebProblem>),
}

/// A problem that no use case knows of.
#[derive(Clone, Debug)]
pub struct WebProblem {
    status: StatusCode,
    kind: &'static str,
    title: Message,
    text: Text,
    header: Option<(header::HeaderName, String)>,
}

/// What every call but the files' answers with.
pub type Outcome = Result<HttpResponse, ApiFailure>;

/// A problem document (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The kind of problem, such as `urn:motcua:problem:invalid`.
    #[serde(rename = "type")]
    #[schema(example = "urn:motcua:problem:invalid")]
    kind: String,
    /// The kind in words.
    title: String,
    /// The HTTP status.
    #[schema(example = 422)]
    status: u16,
    /// What happened and what to do.
    detail: String,
    /// The fields to repair; empty when none is the cause.
    errors: Vec<ProblemField>,
    /// The legal source of the rule that refuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
}

impl Problem {
    /// A failure as one part of an answer that is no failure as a whole.
    pub fn of(failure: &ApiFailure, lang: Lang) -> Self {
        match failure {
            ApiFailure::Office(Failure::Refused(refusal)) => Self::of_refusal(refusal, lang),
            ApiFailure::Office(Failure::Fault(fault)) => {
                tracing::error!(%fault, "a part of a call of the API failed");
                let detail = words::TITLE_FAULT.say(lang).to_owned();
                Self::new(failure.status_code(), "fault", words::TITLE_FAULT.say(lang), detail)
            }
            ApiFailure::Web(problem) => {
                let detail = problem.text.say(lang).to_owned();
                Self::new(problem.status, problem.kind, problem.title.say(lang), detail)
            }
        }
    }

    /// Its HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    fn new(status: StatusCode, kind: &str, title: &str, detail: String) -> Self {
        Self {
            kind: format!("urn:motcua:problem:{kind}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail,
            errors: Vec::new(),
            rule: None,
        }
    }

    fn of_refusal(refusal: &Refusal, lang: Lang) -> Self {
        let (kind, title) = match refusal.kind {
            RefusalKind::Unauthenticated => ("unauthenticated", words::TITLE_UNAUTHENTICATED),
            RefusalKind::NotFound => ("not_found", words::TITLE_NOT_FOUND),
            RefusalKind::Forbidden => ("forbidden", words::TITLE_FORBIDDEN),
            RefusalKind::Conflict => ("conflict", words::TITLE_CONFLICT),
            RefusalKind::Impossible => ("impossible", words::TITLE_IMPOSSIBLE),
            RefusalKind::Invalid => ("invalid", words::TITLE_INVALID),
            RefusalKind::TooLarge => ("too_large", words::TITLE_TOO_LARGE),
            RefusalKind::TooMany => ("too_many", words::TITLE_TOO_MANY),
        };
        let fields = refusal.fields.iter().map(|error| ProblemField {
            field: error.field.clone(),
            message: error.text.say(lang).to_owned(),
        });
        let status = status_of(&Failure::Refused(refusal.clone()));
        Self {
            errors: fields.collect(),
            rule: refusal.rule.as_ref().map(|rule| rule_words(rule, lang)),
            ..Self::new(status, kind, title.say(lang), refusal.say(lang).to_owned())
        }
    }

    fn response(&self) -> HttpResponse {
        let status = StatusCode::from_u16(self.status);
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut builder: HttpResponseBuilder = HttpResponse::build(status);
        builder.insert_header((header::CONTENT_TYPE, "application/problem+json; charset=utf-8"));
        builder.body(serde_json::to_vec(self).unwrap_or_default())
    }
}

/// A field to repair.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// Its path in what was sent, such as `components[2].originals`.
    #[schema(example = "applicant.name")]
    field: String,
    /// What is wrong and how to repair it.
    message: String,
}

impl<T: Into<Failure>> From<T> for ApiFailure {
    fn from(failure: T) -> Self {
        Self::Office(failure.into())
    }
}

impl ApiFailure {
    fn web(status: StatusCode, kind: &'static str, title: Message, text: impl Into<Text>) -> Self {
        let text = text.into();
        Self::Web(Box::new(WebProblem { status, kind, title, text, header: None }))
    }

    fn with(self, name: header::HeaderName, value: String) -> Self {
        match self {
            Self::Web(mut problem) => {
                problem.header = Some((name, value));
                Self::Web(problem)
            }
            office => office,
        }
    }

    /// 400: the bytes cannot be parsed.
    pub fn malformed(text: impl Into<Text>) -> Self {
        Self::web(StatusCode::BAD_REQUEST, "malformed", words::TITLE_MALFORMED, text)
    }

    /// 415: not the type of content that the call takes.
    pub fn media_type(text: Message) -> Self {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Self::web(status, "media_type", words::TITLE_MEDIA_TYPE, text)
    }

    /// 413: more bytes than the call takes.
    pub fn too_large(text: Text) -> Self {
        Self::web(StatusCode::PAYLOAD_TOO_LARGE, "too_large", words::TITLE_TOO_LARGE, text)
    }

    /// 409: a piece does not begin where the file goes on.
    pub fn wrong_offset(offset: u64) -> Self {
        let offset = offset.to_string();
        let text = words::WRONG_OFFSET.text(&[("offset", &offset)]);
        let name = header::HeaderName::from_static("upload-offset");
        Self::web(StatusCode::CONFLICT, "offset", words::TITLE_OFFSET, text).with(name, offset)
    }

    /// 429: come again after so many seconds.
    pub fn too_many(seconds: u64) -> Self {
        let seconds = seconds.max(1).to_string();
        let text = words::SLOW_DOWN.text(&[("seconds", &seconds)]);
        let status = StatusCode::TOO_MANY_REQUESTS;
        Self::web(status, "too_many", words::TITLE_TOO_MANY, text)
            .with(header::RETRY_AFTER, seconds)
    }

    /// 401 or 403: the password was right, and more is needed before the account is signed in.
    pub fn more_to_sign_in(step: Step) -> Self {
        let (status, kind, text) = match step {
            Step::Code => {
                (StatusCode::UNAUTHORIZED, "second_factor_required", words::SECOND_REQUIRED)
            }
            Step::Password => {
                (StatusCode::FORBIDDEN, "password_change_required", words::CHANGE_REQUIRED)
            }
            Step::SetUp => {
                (StatusCode::FORBIDDEN, "second_factor_setup_required", words::SET_UP_REQUIRED)
            }
        };
        let problem = Self::web(status, kind, words::TITLE_MORE_TO_SIGN_IN, text);
        match step {
            Step::Code => problem.with(header::WWW_AUTHENTICATE, "Bearer".to_owned()),
            Step::Password | Step::SetUp => problem,
        }
    }

    /// 404: there is no such address.
    pub fn no_route() -> Self {
        Self::web(StatusCode::NOT_FOUND, "not_found", words::TITLE_NOT_FOUND, words::NO_ROUTE)
    }

    /// 405: the address takes other methods.
    pub fn method(allowed: String) -> Self {
        let text = words::WRONG_METHOD.text(&[("methods", &allowed)]);
        Self::web(StatusCode::METHOD_NOT_ALLOWED, "method", words::TITLE_METHOD, text)
            .with(header::ALLOW, allowed)
    }

    /// Whether what was sent is missing or wrong, so that a check that comes first may speak first.
    pub fn is_about_content(&self) -> bool {
        match self {
            Self::Office(Failure::Refused(refusal)) => refusal.kind == RefusalKind::Invalid,
            _ => false,
        }
    }

    /// The answer in `lang`. A fault is written to the log under its reference number.
    pub fn response(&self, lang: Lang, reference: &str) -> HttpResponse {
        match self {
            Self::Office(Failure::Refused(refusal)) => refused(refusal, lang),
            Self::Office(Failure::Fault(fault)) => {
                tracing::error!(reference, %fault, "a call of the API failed");
                let outage = Outage::of(fault);
                let other = || (words::TITLE_FAULT, words::FAULT.text(&[("reference", reference)]));
                let (title, detail) = outage_words(outage, reference).unwrap_or_else(other);
                let kind = match outage {
                    Outage::ReadOnly(_) => "read_only",
                    Outage::LostFile => "lost_file",
                    Outage::Other => "fault",
                };
                let detail = detail.say(lang).to_owned();
                let status = self.status_code();
                let mut response = Problem::new(status, kind, title.say(lang), detail).response();
                if let Outage::ReadOnly(_) = outage {
                    let minute = header::HeaderValue::from_static("60");
                    response.headers_mut().insert(header::RETRY_AFTER, minute);
                }
                response
            }
            Self::Web(problem) => {
                let (title, detail) = (problem.title.say(lang), problem.text.say(lang).to_owned());
                let mut response =
                    Problem::new(problem.status, problem.kind, title, detail).response();
                if let Some((name, value)) = &problem.header
                    && let Ok(value) = header::HeaderValue::from_str(value)
                {
                    response.headers_mut().insert(name.clone(), value);
                }
                response
            }
        }
    }
}

fn refused(refusal: &Refusal, lang: Lang) -> HttpResponse {
    let mut response = Problem::of_refusal(refusal, lang).response();
    let extra = match refusal.kind {
        RefusalKind::Unauthenticated => Some((header::WWW_AUTHENTICATE, "Bearer")),
        RefusalKind::TooMany => Some((header::RETRY_AFTER, "60")),
        _ => None,
    };
    if let Some((name, value)) = extra {
        response.headers_mut().insert(name, header::HeaderValue::from_static(value));
    }
    response
}

impl fmt::Display for ApiFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Office(failure) => failure.fmt(f),
            Self::Web(problem) => f.write_str(&problem.text.en),
        }
    }
}

impl ResponseError for ApiFailure {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Office(failure) => status_of(failure),
            Self::Web(problem) => problem.status,
        }
    }

    // Rendered again in the sender's language by `dress`.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// The language that a request asks for: `?lang=`, else the first of ours in `Accept-Language`.
pub fn lang_of(request: &HttpRequest) -> Lang {
    let asked = request.query_string().split('&').find_map(|pair| pair.strip_prefix("lang="));
    if let Some(lang) = asked.and_then(Lang::from_tag) {
        return lang;
    }
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE);
    let accepted = accepted.and_then(|value| value.to_str().ok()).unwrap_or_default();
    preferred(accepted)
}

fn preferred(accepted: &str) -> Lang {
    let mut best: Option<(f32, Lang)> = None;
    for range in accepted.split(',') {
        let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
        let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        let Some(lang) = Lang::from_tag(&primary) else { continue };
        let weight = weight.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse).unwrap_or(0.0);
        if weight > 0.0 && best.is_none_or(|(found, _)| weight > found) {
            best = Some((weight, lang));
        }
    }
    best.map_or(Lang::default(), |(_, lang)| lang)
}

#[cfg(test)]
mod tests {
    use super::preferred;
    use crate::domain::words::Lang;

    #[test]
    fn the_preferred_language_is_the_heaviest_of_ours() {
        for (header, lang) in [
            ("", Lang::Vi),
            ("fr, de;q=0.9", Lang::Vi),
            ("en", Lang::En),
            ("en-US,en;q=0.9,vi;q=0.8", Lang::En),
            ("en;q=0.5, vi-VN", Lang::Vi),
            ("vi;q=0, en;q=0.1", Lang::En),
            ("en;q=abc", Lang::Vi),
        ] {
            assert_eq!(preferred(header), lang, "{header}");
        }
    }
}
