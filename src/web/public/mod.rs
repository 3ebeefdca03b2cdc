//! The public portal: find a procedure, file it, follow it. Every page works without scripts.

mod about;
mod account;
mod account_data;
mod bring;
mod cache;
mod catalogue;
mod checking;
mod communes;
mod declared_paper;
mod facts;
mod filing;
mod guiding;
mod home;
mod incoming;
mod life;
mod mandates;
mod page;
mod personal;
mod places;
mod privacy;
mod procedure;
mod rules;
mod sign_in;
pub mod sign_on;
mod tickets;
mod tracking;

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};

pub(super) use self::facts::duration_in_words;
pub(super) use self::page::masked;
pub use self::privacy::place_name;
use super::Site;
use super::visitor::Visitor;

/// The routes.
pub fn configure(cfg: &mut ServiceConfig) {
    tracking::configure(cfg);
    declared_paper::configure(cfg);
    cfg.route("/", web::get().to(home::show))
        .route("/thu-tuc", web::get().to(catalogue::list))
        .route("/thu-tuc/goi-y", web::get().to(catalogue::suggest))
        .route("/xa-phuong", web::get().to(communes::list))
        .route("/thu-tuc/{code}", web::get().to(procedure::show))
        .route("/thu-tuc/{code}/co-dung-khong", web::get().to(guiding::show))
        .route(life::HERE, web::get().to(life::list))
        .route("/viec-trong-doi/{slug}", web::get().to(life::show))
        .route("/dang-nhap", web::get().to(sign_in::ask))
        .route("/dang-nhap", web::post().to(sign_in::send))
        .route("/dang-nhap/ma", web::get().to(sign_in::ask_code))
        .route("/dang-nhap/ma", web::post().to(sign_in::check_code))
        .route("/dang-xuat", web::post().to(sign_in::end))
        .route("/tai-khoan", web::get().to(account::show))
        .route(account::ENDING, web::post().to(account::end_sessions))
        .route("/tai-khoan/bo-nhap", web::get().to(account::ask_drop))
        .route("/tai-khoan/bo-nhap", web::post().to(account::drop_draft))
        .route("/tiep-can", web::get().to(about::access))
        .route("/giao-dien", web::post().to(about::set_look))
        .route("/quy-tac", web::get().to(rules::show));
    for not_yet in ["/danh-gia", "/phan-anh", "/hoi-dap", "/thong-ke"] {
        cfg.route(not_yet, web::get().to(about::not_yet));
    }
    sign_on::configure(cfg);
    account_data::configure(cfg);
    mandates::configure(cfg);
    personal::configure(cfg);
    privacy::configure(cfg);
    filing::configure(cfg);
    checking::configure(cfg);
    tickets::configure(cfg);
    cfg.default_service(web::get().to(nothing_here));
}

/// No page has this address; programs get an answer without words, which the server dresses.
async fn nothing_here(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    if visitor.path.starts_with("/api/") {
        return HttpResponse::NotFound().finish();
    }
    page::missing(&site, &visitor, "")
}
