//! `/healthz`, `/readyz` and `/metrics`, for whoever watches the process.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};

use super::metrics::Metrics;
use crate::web::Site;
use crate::web::incoming::off_thread;

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

/// The store can be read and written.
async fn ready(site: web::Data<Site>) -> HttpResponse {
    let office = site.office.clone();
    match off_thread(move || Ok(office.is_ready())).await {
        Ok(Ok(())) => plain(HttpResponse::Ok(), "ready\n"),
        Ok(Err(fault)) => {
            tracing::error!(%fault, "the store cannot be read and written");
            plain(HttpResponse::ServiceUnavailable(), format!("{}\n", fault.advice().en))
        }
        Err(busy) => plain(HttpResponse::ServiceUnavailable(), format!("{busy}\n")),
    }
}

async fn figures(site: web::Data<Site>, metrics: web::Data<Metrics>) -> HttpResponse {
    match metrics.render(&site) {
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

fn plain(mut response: actix_web::HttpResponseBuilder, text: impl Into<String>) -> HttpResponse {
    response
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("text/plain; charset=utf-8")
        .body(text.into())
}
