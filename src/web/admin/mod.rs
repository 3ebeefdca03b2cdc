//! Administration: `/quan-tri/…`. For administrators; what oversees the office is for auditors too.

mod account_edit;
mod accounts;
mod agency;
mod bank;
mod calendar;
mod calendar_form;
mod catalogue;
mod checkpoints;
pub mod data_requests;
mod dictionary;
mod disposal;
mod fee_form;
mod fee_rows;
mod fees;
mod finding;
mod forms;
mod guide_choices;
mod guiding;
mod guiding_preview;
mod house;
mod intake;
mod layouts;
mod life;
mod linking;
mod looks;
mod notices;
mod paper_conditions;
mod posters;
mod privacy;
mod process_editor;
mod process_skipping;
mod processes;
mod provider_form;
mod providers;
mod queue;
mod renewing;
mod rights;
mod rules;
mod sign_in;
mod templates;
mod waiting;

use actix_web::http::StatusCode;
use actix_web::web::{Payload, ServiceConfig, get, post, resource, scope};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::components::{Group, Tab, sections};
use super::desk::access::{Desk, Sheet};
use super::desk::posted::{Posted, posted};
use super::words::{
    admin as words, admin_papers as paper_words, linking as link_words, rules as rule_words,
};
use crate::domain::words::Message;

/// The pages by what they are about, in the order of their links.
const GROUPS: [(Message, &[(&str, Message)]); 7] = [
    (
        words::GROUP_PROCEDURES,
        &[
            ("/quan-tri/thu-tuc", words::CATALOGUE),
            (forms::HERE, super::words::form_builder::TITLE),
            (guiding::HERE, super::words::admin_guiding::TITLE),
            (life::HERE, super::words::life::TITLE),
            (dictionary::HERE, super::words::dictionary::TITLE),
        ],
    ),
    (
        words::GROUP_PROCESSING,
        &[
            (processes::HERE, super::words::process::TITLE),
            ("/quan-tri/lich", words::CALENDAR),
            (linking::HERE, link_words::ADMIN_TITLE),
            (intake::HERE, link_words::INTAKE_TITLE),
            (queue::HERE, super::words::tickets::ADMIN_TITLE),
            (notices::HERE, super::words::notices::TITLE),
        ],
    ),
    (
        words::GROUP_PAPERS,
        &[
            ("/quan-tri/quy-tac", rule_words::CHOOSE_TITLE),
            ("/quan-tri/mau-giay", paper_words::LAYOUTS),
            (posters::HERE, super::words::posters::TITLE),
        ],
    ),
    (words::GROUP_MONEY, &[(fees::HERE, super::words::fees::FEES)]),
    (
        words::GROUP_PEOPLE,
        &[
            (accounts::HERE, words::ACCOUNTS),
            (rights::HERE, super::words::rights::TITLE),
            (sign_in::HERE, super::words::own_account::RULES_TITLE),
            (providers::HERE, super::words::sign_on::TITLE),
            (agency::LIST, words::AGENCIES),
        ],
    ),
    (
        words::GROUP_PROOF,
        &[
            (checkpoints::HERE, super::words::proof::CHECKPOINTS),
            (looks::HERE, super::words::proof::LOOKS),
            (disposal::HERE, super::words::disposal::TITLE),
            (data_requests::HERE, super::words::data_requests::TITLE),
            (privacy::HERE, super::words::privacy::TEXTS),
        ],
    ),
    (
        words::GROUP_SYSTEM,
        &[("/quan-tri", words::HEALTH), ("/quan-tri/thanh-phan", words::COMPONENTS)],
    ),
];

/// The routes.
pub fn configure(cfg: &mut ServiceConfig) {
    cfg.service(
        scope("/quan-tri")
            .route("", get().to(house::health))
            .route("/co-quan", get().to(house::agencies))
            .route("/co-quan/{code}", get().to(agency::show))
            .route("/co-quan/{code}", post().to(agency::save))
            .route("/co-quan/{code}/mo", post().to(intake::set_open))
            .route(linking::PATH, get().to(linking::list))
            .service(
                resource("/lien-thong/{code}")
                    .route(get().to(linking::edit))
                    .route(post().to(linking::save)),
            )
            .service(
                resource(intake::PATH).route(get().to(intake::show)).route(post().to(intake::save)),
            )
            .service(
                resource("/hang-doi").route(get().to(queue::show)).route(post().to(queue::save)),
            )
            .route("/phan-quyen", get().to(rights::show))
            .route("/du-lieu-ca-nhan", get().to(privacy::show))
            .configure(data_requests::routes)
            .route("/thanh-phan", get().to(house::gallery))
            .service(
                resource("/thu-tuc")
                    .route(get().to(catalogue::show))
                    .route(post().to(catalogue::import)),
            )
            .service(
                resource("/quy-tac").route(get().to(rules::show)).route(post().to(rules::choose)),
            )
            .route("/mau-giay", get().to(layouts::list))
            .service(
                resource("/mau-giay/{layout}")
                    .route(get().to(layouts::edit))
                    .route(post().to(layouts::change)),
            )
            .route("/quy-trinh", get().to(processes::list))
            .service(
                resource("/quy-trinh/{procedure}")
                    .route(get().to(processes::edit))
                    .route(post().to(processes::change)),
            )
            .service(
                resource("/quy-trinh/{procedure}/ban/{version}")
                    .route(get().to(processes::version))
                    .route(post().to(processes::publish_again)),
            )
            .service(
                resource("/tu-ngu")
                    .route(get().to(dictionary::show))
                    .route(post().to(dictionary::change)),
            )
            .route("/thu-tuc/ghi", post().to(catalogue::write))
            .configure(catalogue::routes)
            .configure(guidance_routes)
            .configure(fee_routes)
            .service(
                resource("/lich").route(get().to(calendar::show)).route(post().to(calendar::check)),
            )
            .route("/lich/ghi", post().to(calendar::write))
            .configure(oversight_routes)
            .configure(forms::routes)
            .configure(notices_routes)
            .configure(accounts_routes),
    );
}

/// What leads people to procedures: questions, papers by conditions, matters of life, posters.
fn guidance_routes(cfg: &mut ServiceConfig) {
    cfg.route("/huong-dan", get().to(guiding::list))
        .service(
            resource("/huong-dan/{kind}/{name}")
                .route(get().to(guiding::edit))
                .route(post().to(guiding::change)),
        )
        .route("/niem-yet", get().to(posters::show))
        .route("/niem-yet.pdf", get().to(posters::print))
        .route("/viec-trong-doi", get().to(life::list))
        .service(
            resource("/viec-trong-doi/{slug}")
                .route(get().to(life::edit))
                .route(post().to(life::save)),
        );
}

fn notices_routes(cfg: &mut ServiceConfig) {
    cfg.service(
        resource("/thong-bao").route(get().to(notices::show)).route(post().to(notices::save)),
    )
    .route("/thong-bao/thu", post().to(notices::try_out))
    .service(
        resource("/thong-bao/mau/{kind}")
            .route(get().to(templates::show))
            .route(post().to(templates::save)),
    );
}

fn fee_routes(cfg: &mut ServiceConfig) {
    cfg.route("/le-phi", get().to(fees::list))
        .route("/le-phi/tai-khoan", post().to(bank::save_account))
        .service(
            resource("/le-phi/{procedure}")
                .route(get().to(fees::edit))
                .route(post().to(fees::change)),
        );
}

/// What administrators and auditors see.
fn oversight_routes(cfg: &mut ServiceConfig) {
    cfg.service(
        resource("/chot-nhat-ky")
            .route(get().to(checkpoints::show))
            .route(post().to(checkpoints::make)),
    )
    .route("/chot-nhat-ky/{agency}/{file}", get().to(checkpoints::file))
    .route("/xem-ho-so", get().to(looks::show))
    .service(resource("/tieu-huy").route(get().to(disposal::show)).route(post().to(disposal::act)))
    .route("/tieu-huy/{code}/{file}", get().to(disposal::file));
}

fn accounts_routes(cfg: &mut ServiceConfig) {
    cfg.service(
        resource("/tai-khoan").route(get().to(accounts::show)).route(post().to(accounts::add)),
    )
    .service(
        resource("/tai-khoan/{name}/khoa")
            .route(get().to(accounts::ask_disable))
            .route(post().to(accounts::disable)),
    )
    .service(
        resource("/tai-khoan/{name}/mo")
            .route(get().to(accounts::ask_enable))
            .route(post().to(accounts::enable)),
    )
    .service(
        resource("/tai-khoan/{name}/mat-khau")
            .route(get().to(accounts::ask_password))
            .route(post().to(accounts::set_password)),
    )
    .service(
        resource("/tai-khoan/{name}/sua")
            .route(get().to(account_edit::ask))
            .route(post().to(account_edit::save)),
    )
    .service(
        resource("/tai-khoan/{name}/ma-xac-thuc")
            .route(get().to(sign_in::ask_reset))
            .route(post().to(sign_in::reset)),
    )
    .service(resource("/dang-nhap").route(get().to(sign_in::show)).route(post().to(sign_in::save)))
    .route("/dang-nhap-mot-lan", get().to(providers::list))
    .service(
        resource("/dang-nhap-mot-lan/{provider}")
            .route(get().to(providers::edit))
            .route(post().to(providers::save)),
    )
    .route("/dang-nhap-mot-lan/{provider}/thu", post().to(providers::try_out))
    .service(
        resource("/dang-nhap-mot-lan/{provider}/bo")
            .route(get().to(providers::ask_remove))
            .route(post().to(providers::remove)),
    );
}

/// Reads a form of an administrator.
///
/// # Errors
/// The answer to give: it is somebody else, or the form cannot be read.
async fn sent_by_admin(
    desk: &Desk,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Posted, HttpResponse> {
    posted(desk, request, payload).await
}

/// A page of administration, or the refusal to show it.
fn page(
    desk: &Desk,
    status: StatusCode,
    (here, title): (&str, &str),
    refused: bool,
    main: &Markup,
) -> HttpResponse {
    let lang = desk.lang();
    let link = |(href, label): &(&'static str, Message)| Tab {
        href,
        label: label.say(lang),
        count: None,
        current: *href == here,
    };
    let own = |(label, pages): &(Message, &[(&'static str, Message)])| Group {
        label: label.say(lang),
        pages: pages
            .iter()
            .filter(|(href, _)| crate::web::rights::opens(href, desk.caller()))
            .map(link)
            .collect(),
    };
    let groups: Vec<Group<'_>> = GROUPS.iter().map(own).collect();
    let main = html! {
        (sections(words::TITLE.say(lang), &groups))
        (main)
    };
    desk.page(status, &Sheet { title, refused, ..Sheet::default() }, &main)
}
