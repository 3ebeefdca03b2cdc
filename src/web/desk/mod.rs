//! The desk: `/mot-cua/…`.

pub mod access;
mod acting;
mod assignees;
mod board;
mod bulk;
mod calling;
pub mod cashier;
mod certifying;
mod confirming;
mod corrections;
mod counter;
pub mod dates;
mod deeds;
mod delivery;
mod digitising;
mod dossier;
mod fields;
mod file_field;
mod handing;
mod happened;
mod inbox;
mod letters;
mod linked;
mod money;
mod narrowing;
mod next;
pub mod own;
mod papers;
mod postal;
pub mod posted;
pub mod printing;
mod reading;
mod register;
mod results;
pub mod say;
pub mod signing;
mod tabs;
mod typed;
mod views;

use actix_web::web::{ServiceConfig, get, post, resource, scope, to};

/// The routes.
pub fn configure(cfg: &mut ServiceConfig) {
    cfg.service(
        scope("/mot-cua")
            .service(
                resource("/dang-nhap")
                    .route(get().to(signing::show))
                    .route(post().to(signing::sign_in)),
            )
            .route("/dang-xuat", post().to(signing::sign_out))
            .configure(own_routes)
            .route("", get().to(inbox::show))
            .route("/moi", get().to(inbox::poll))
            .route("/hang-loat", post().to(bulk::act))
            .service(
                resource("/tiep-nhan")
                    .route(get().to(counter::show))
                    .route(post().to(counter::act)),
            )
            .service(
                resource("/tiep-nhan/ban-nhap")
                    .route(get().to(counter::drafted::show))
                    .route(post().to(counter::drafted::act)),
            )
            .service(
                resource("/tiep-nhan/to-khai")
                    .route(get().to(counter::scanned::show))
                    .route(post().to(counter::scanned::act)),
            )
            .service(
                resource("/goi-so").route(get().to(calling::show)).route(post().to(calling::act)),
            )
            .service(
                resource("/chung-thuc")
                    .route(get().to(certifying::show))
                    .route(post().to(certifying::act)),
            )
            .route("/chung-thuc/so", get().to(certifying::books::show))
            .route("/chung-thuc/so/so.pdf", get().to(certifying::books::pdf))
            .route("/chung-thuc/so/so.xlsx", get().to(certifying::books::spreadsheet))
            .service(
                resource("/ban-giao").route(get().to(handing::show)).route(post().to(handing::act)),
            )
            .route("/tra-ket-qua/buu-chinh", get().to(postal::show))
            .service(
                resource("/ho-so/{code}/so-hoa")
                    .route(get().to(digitising::show))
                    .route(post().to(digitising::act)),
            )
            .route("/tra-ket-qua", get().to(delivery::show))
            .route("/thong-bao", get().to(letters::mine))
            .route("/bang-theo-doi", get().to(board::show))
            .route("/in/{deed}", get().to(printing::many))
            .configure(cashier_routes)
            .configure(register_routes)
            .route("/tai-len", post().to(papers::upload))
            .route("/tai-len/{id}", get().to(papers::waiting))
            .route("/ho-so/{code}", get().to(dossier::show))
            .route("/ho-so/{code}/vi-sao", get().to(dossier::explain))
            .route("/ho-so/{code}/thong-bao/gui-lai", post().to(letters::send_again))
            .route("/ho-so/{code}/tep", post().to(papers::add))
            .route("/ho-so/{code}/tep/{id}", get().to(papers::serve))
            .route("/ho-so/{code}/in/{deed}", get().to(printing::one))
            .service(
                resource("/ho-so/{code}/viec/{action}")
                    .route(get().to(acting::show))
                    .route(post().to(acting::act)),
            )
            .default_service(to(access::no_page)),
    );
}

/// The parts of a sign-in, and one's own account.
fn own_routes(cfg: &mut ServiceConfig) {
    cfg.service(
        resource("/dang-nhap/ma")
            .route(get().to(own::second::ask_code))
            .route(post().to(own::second::take_code)),
    )
    .route("/dang-nhap/mot-lan/{provider}", get().to(own::sign_on::begin))
    .service(
        resource("/tai-khoan/noi")
            .route(get().to(own::sign_on::ask))
            .route(post().to(own::sign_on::link)),
    )
    .route("/tai-khoan/noi/{provider}", get().to(own::sign_on::begin_link))
    .route("/tai-khoan/bo-noi", post().to(own::sign_on::unlink))
    .route("/dang-nhap/khoa/bat-dau", post().to(own::passkeys::ask))
    .route("/dang-nhap/khoa", post().to(own::passkeys::show))
    .route("/tai-khoan/khoa/bat-dau", post().to(own::passkeys::begin))
    .route("/tai-khoan/khoa", post().to(own::passkeys::keep))
    .route("/tai-khoan/khoa/bo", post().to(own::passkeys::drop_it))
    .route("/tai-khoan", get().to(own::show))
    .route("/tai-khoan/phien", post().to(own::end_sessions))
    .service(
        resource("/tai-khoan/nghi")
            .route(get().to(own::absences::ask_own))
            .route(post().to(own::absences::change_own)),
    )
    .service(
        resource("/tai-khoan/nghi/{name}")
            .route(get().to(own::absences::ask))
            .route(post().to(own::absences::change)),
    )
    .route("/tai-khoan/lam-thay", post().to(own::absences::stand_in))
    .service(
        resource("/tai-khoan/mat-khau")
            .route(get().to(own::password::show))
            .route(post().to(own::password::change)),
    )
    .service(
        resource("/tai-khoan/ma-xac-thuc")
            .route(get().to(own::second::show))
            .route(post().to(own::second::set_up)),
    )
    .service(
        resource("/tai-khoan/ma-du-phong")
            .route(get().to(own::second::ask_recovery))
            .route(post().to(own::second::renew)),
    )
    .service(
        resource("/tai-khoan/bo-ma-xac-thuc")
            .route(get().to(own::second::ask_drop))
            .route(post().to(own::second::drop_it)),
    );
}

/// The register of dossiers, and its book.
fn register_routes(cfg: &mut ServiceConfig) {
    cfg.route("/so-theo-doi", get().to(register::show))
        .route("/so-theo-doi/so.pdf", get().to(register::book))
        .route("/so-theo-doi/so.xlsx", get().to(register::spreadsheet));
}

/// The cashier's day.
fn cashier_routes(cfg: &mut ServiceConfig) {
    cfg.route("/thu-tien", get().to(cashier::show))
        .route("/thu-tien/chot-so", post().to(cashier::close))
        .route("/thu-tien/chot-so.pdf", get().to(cashier::sheet))
        .route("/thu-tien/thu.xlsx", get().to(cashier::spreadsheet));
}
