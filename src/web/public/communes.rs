//! `/xa-phuong`: the communes of a province, for the script of an address.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::domain::territory::territory;

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// The province's name.
    tinh: String,
}

/// `GET /xa-phuong?tinh=…`: names, as a page lists them.
pub(super) async fn list(wanted: web::Query<Wanted>) -> HttpResponse {
    let province = territory().province_called(&wanted.tinh).map_or("", |province| province.name);
    let communes = territory().communes_of(province).iter();
    let names: Vec<&str> = communes.map(|commune| commune.name).collect();
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=86400")).json(names)
}
