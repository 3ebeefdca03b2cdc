//! What happens around every request: its reference, its log line, its figures, its headers, and
//! an answer of ours when a handler has none.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use futures_util::{FutureExt, TryFutureExt};

use super::errors::{self, Asked};
use super::headers::{self, TrustedProxies};
use super::metrics::Metrics;
use crate::web::Site;
use crate::web::kept::{KeptPages, Wish};
use crate::web::rights;

/// The header that carries the reference of a request.
const REFERENCE: HeaderName = HeaderName::from_static("x-request-id");

/// Answers a request, whatever happens inside.
pub(super) async fn watch(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let began = Instant::now();
    if let Some(trusted) = request.app_data::<web::Data<TrustedProxies>>().cloned() {
        trusted.check(&mut request);
    }
    let metrics = request.app_data::<web::Data<Metrics>>().cloned();
    let base = headers::base(&request);
    let reference = metrics.as_ref().map_or_else(String::new, |metrics| metrics.reference());
    let asked = Asked::of(&request, &base, reference);
    let method = request.method().clone();
    if method == Method::HEAD {
        // As for GET; the connection knows, and leaves the body out.
        request.head_mut().method = Method::GET;
    }
    let kept = kept(&request, &base);
    let outcome = match kept {
        Some(response) => Ok(Ok(request.into_response(response).map_into_left_body())),
        None => {
            let answer = next.call(request).map_ok(ServiceResponse::map_into_right_body);
            AssertUnwindSafe(answer).catch_unwind().await
        }
    };
    let outcome = match outcome {
        Ok(Ok(response)) => {
            let response = response.map_into_boxed_body();
            let response = if is_listed(&response) {
                response
            } else {
                asked.dress(ServiceResponse::new(
                    response.request().clone(),
                    HttpResponse::NotFound().finish(),
                ))
            };
            Ok(if errors::is_bare(&response) { asked.dress(response) } else { response })
        }
        Ok(Err(error)) => {
            let status = error.as_response_error().status_code();
            tracing::warn!(reference = asked.reference, %error, "a request failed");
            Err(asked.answer(status))
        }
        Err(_) => {
            tracing::error!(reference = asked.reference, "a handler panicked");
            Err(asked.answer(StatusCode::INTERNAL_SERVER_ERROR))
        }
    };
    let status = match &outcome {
        Ok(response) => response.status(),
        Err(response) => response.status(),
    };
    let took = began.elapsed();
    if let Some(metrics) = metrics {
        metrics.count(status.as_u16(), took);
    }
    let (reference, status, micros) = (&asked.reference, status.as_u16(), took.as_micros() as u64);
    if tracing::enabled!(target: "motcua::access", tracing::Level::INFO) {
        // The template of the path only: codes and queries may name persons.
        let pattern = outcome.as_ref().ok().and_then(|answer| answer.request().match_pattern());
        let path = pattern.as_deref().unwrap_or("-");
        tracing::info!(target: "motcua::access", reference, %method, path, status, micros);
    }
    finish(outcome, &asked)
}

type Outcome = Result<ServiceResponse<BoxBody>, HttpResponse>;

fn finish(outcome: Outcome, asked: &Asked) -> Result<ServiceResponse<BoxBody>, Error> {
    let complete = |headers: &mut actix_web::http::header::HeaderMap| {
        headers::secure(headers, asked.is_secure);
        if let Ok(value) = HeaderValue::from_str(&asked.reference) {
            headers.insert(REFERENCE, value);
        }
    };
    match outcome {
        Ok(mut response) => {
            complete(response.headers_mut());
            Ok(response)
        }
        // Without the request, which is lost: an error that carries its whole answer.
        Err(mut response) => {
            complete(response.headers_mut());
            Err(actix_web::error::InternalError::from_response("answered", response).into())
        }
    }
}

/// Whether the table of rights names what was answered. What takes a visitor has asked it before it
/// began; this is for what looks at nobody.
fn is_listed(response: &ServiceResponse<BoxBody>) -> bool {
    let status = response.status();
    let is_answered = status != StatusCode::METHOD_NOT_ALLOWED && status != StatusCode::NOT_FOUND;
    !is_answered || rights::is_listed(response.request())
}

/// The answer, when it is a page that was kept.
fn kept(request: &ServiceRequest, base: &str) -> Option<HttpResponse> {
    if request.method() != Method::GET {
        return None;
    }
    let pages = request.app_data::<web::Data<KeptPages>>()?;
    let site = request.app_data::<web::Data<Site>>()?;
    let path = request.uri().path_and_query()?.as_str();
    pages.find(site, Wish { base, headers: request.headers(), path })
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;
    use actix_web::http::header::CONTENT_TYPE;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, init_service, try_call_service};
    use actix_web::{App, HttpResponse, web};

    use super::watch;

    async fn panics() -> HttpResponse {
        panic!("a handler that has a bug")
    }

    #[actix_web::test]
    async fn a_handler_that_panics_is_answered_for() {
        let app = App::new()
            .wrap(from_fn(watch))
            .route("/api/x", web::get().to(panics))
            .route("/x", web::get().to(panics));
        let app = init_service(app).await;
        for (path, kind) in [("/api/x", "application/problem+json"), ("/x", "text/html")] {
            let request = TestRequest::get().uri(path).to_request();
            let error = try_call_service(&app, request).await.expect_err("an answer of its own");
            let answer = error.error_response();
            assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
            let named = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
            assert!(named.is_some_and(|named| named.starts_with(kind)), "{named:?}");
            assert!(answer.headers().contains_key("content-security-policy"));
        }
    }
}
