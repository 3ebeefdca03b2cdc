//! A procedure on paper: its declared form, empty to print, with where its code leads, and its guide.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use super::page::{missing, settle};
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::office::printing::FormCode;
use crate::web::incoming::off_thread;
use crate::web::visitor::{Visitor, see_other};
use crate::web::{Site, address, outgoing};

/// The routes.
pub(super) fn configure(cfg: &mut ServiceConfig) {
    cfg.route("/thu-tuc/{code}/to-khai.pdf", web::get().to(print))
        .route("/thu-tuc/{code}/huong-dan.pdf", web::get().to(guide))
        .route("/to-khai/{way:.*}", web::get().to(lead));
}

/// `GET /thu-tuc/{code}/to-khai.pdf`: the form, empty, with its code.
async fn print(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    code: web::Path<String>,
) -> HttpResponse {
    let (office, base) = (site.office.clone(), address::public(&site.office, &request));
    let code = ProcedureCode::new(code.into_inner());
    let printed = off_thread(move || office.empty_form(&code, &base));
    let printed = printed.await.map(|pdf| outgoing::pdf(&pdf.file_name, pdf.bytes));
    settle(&site, &visitor, printed)
}

/// `GET /thu-tuc/{code}/huong-dan.pdf?co_quan=…`: the guide, of every agency or of one.
async fn guide(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    code: web::Path<String>,
) -> HttpResponse {
    let (office, base) = (site.office.clone(), address::public(&site.office, &request));
    let code = ProcedureCode::new(code.into_inner());
    let query: Vec<(String, String)> = web::Query::from_query(request.query_string())
        .map(web::Query::into_inner)
        .unwrap_or_default();
    let agency = query.into_iter().find(|(name, _)| name == "co_quan");
    let agency = agency.map(|(_, code)| AgencyCode::new(code));
    let printed = off_thread(move || office.guide(&code, agency.as_ref(), &base));
    let printed = printed.await.map(|pdf| outgoing::pdf(&pdf.file_name, pdf.bytes));
    settle(&site, &visitor, printed)
}

/// `GET /to-khai/{procedure}/{version}`, and `…/{dossier}`: what a telephone reads from a printed form
/// leads to the procedure, or to the dossier, which asks for its secret.
async fn lead(site: web::Data<Site>, visitor: Visitor, way: web::Path<String>) -> HttpResponse {
    match FormCode::read(&format!("/to-khai/{way}")) {
        Some(FormCode { dossier: Some(dossier), .. }) => see_other(&format!("/tra-cuu/{dossier}")),
        Some(FormCode { version, .. }) => see_other(&format!("/thu-tuc/{}", version.procedure)),
        None => missing(&site, &visitor, ""),
    }
}
