//! `/healthz`, `/readyz` and `/metrics`, for whoever watches the process.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};

use super::metrics::Metrics;
use crate::web::Site;

/// The routes.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/healthz", web::get().to(alive))
        .route("/readyz", web::get().to(ready))
        .route("/metrics", web::get().to(figures));
}

/// The process answers.
async fn alive() -> HttpResponse {
    plain(HttpResponse::Ok(), "ok\n")
}

/// The store can be read.
async fn ready(site: web::Data<Site>) -> HttpResponse {
    match site.office.load() {
        Ok(_) => plain(HttpResponse::Ok(), "ready\n"),
        Err(failure) => {
            tracing::error!(%failure, "the store cannot be read");
            plain(HttpResponse::ServiceUnavailable(), "the store cannot be read\n")
        }
    }
}

async fn figures(site: web::Data<Site>, metrics: web::Data<Metrics>) -> HttpResponse {
    match metrics.render(&site.office) {
        Ok(text) => HttpResponse::Ok()
            .insert_header((CACHE_CONTROL, "no-store"))
            .content_type("text/plain; version=0.0.4; charset=utf-8")
            .body(text),
        Err(failure) => {
            tracing::error!(%failure, "the store cannot be read");
            plain(HttpResponse::ServiceUnavailable(), "the store cannot be read\n")
        }
    }
}

fn plain(mut response: actix_web::HttpResponseBuilder, text: &'static str) -> HttpResponse {
    response
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("text/plain; charset=utf-8")
        .body(text)
}
