//! The REST API: `/api/v1/…`. Thin: it reads a request strictly, asks `office`, and writes the answer
//! as JSON; what is refused becomes a problem document (RFC 9457) in the sender's language.

mod action_bodies;
mod action_parts;
mod actions;
mod asking;
mod attachments;
mod batch;
mod body;
mod certifications;
mod checkpoints;
mod deadline;
mod dictionary;
mod documents;
mod dossiers;
mod events;
mod evidence;
mod examples;
mod fees;
mod filing;
mod flows;
mod happened;
mod linking;
mod moment;
mod money;
mod names;
pub mod openapi;
mod papers;
mod params;
mod person;
mod pieces;
mod problem;
mod procedures;
mod process;
mod receiving;
mod sessions;
mod state;
mod statistics;
mod takings;
mod tickets;
mod tracking;
mod uploads;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, Scope};
use utoipa::OpenApi;

pub use self::documents::DocumentState;
use self::problem::{ApiFailure, Outcome, lang_of};
pub use self::tracking::TrackingDetails;
use super::Site;

/// Where the API lies.
pub const BASE: &str = "/api/v1";

/// Every call, once: registered as a route and described in the OpenAPI document.
macro_rules! calls {
    ($($module:ident :: $call:ident,)*) => {
        fn register(scope: Scope) -> Scope {
            scope$(.service($module::$call))*
        }

        #[derive(OpenApi)]
        #[openapi(paths($($module::$call),*))]
        struct Calls;
    };
}

calls! {
    procedures::list_procedures,
    procedures::show_procedure,
    dictionary::list_words,
    dictionary::set_words,
    process::show_process,
    process::publish_process,
    fees::show_fees,
    fees::set_fees,
    fees::assess_fees,
    fees::set_bank_account,
    linking::list_followers,
    linking::declare_followers,
    linking::set_intake,
    sessions::begin_session,
    sessions::send_code,
    sessions::verify_code,
    uploads::keep_upload,
    pieces::begin_resumable,
    pieces::tell_resumable,
    pieces::send_piece,
    pieces::drop_resumable,
    filing::file_dossier,
    dossiers::list_dossiers,
    dossiers::show_dossier,
    deadline::show_deadline,
    attachments::add_attachment,
    attachments::open_attachment,
    papers::list_papers,
    papers::print_paper,
    papers::print_papers,
    papers::check_paper,
    actions::list_actions,
    actions::act,
    batch::act_on_many,
    documents::list_documents,
    documents::show_document,
    documents::open_document,
    documents::delete_document,
    tracking::track_status,
    tracking::track_details,
    tracking::act_as_applicant,
    flows::list_hand_overs,
    flows::take_over,
    flows::show_post,
    takings::list_takings,
    takings::show_cash_book,
    takings::close_day,
    certifications::certify,
    certifications::show_book,
    tickets::take_ticket,
    tickets::list_tickets,
    tickets::list_ticket_services,
    tickets::show_ticket_screen,
    tickets::call_ticket,
    tickets::turn_ticket,
    statistics::show_statistics,
    events::list_events,
    checkpoints::list_checkpoints,
    openapi::show_openapi,
}

/// The routes.
pub fn configure(cfg: &mut ServiceConfig) {
    let scope = register(web::scope(BASE)).default_service(web::to(no_route));
    cfg.service(scope.wrap(from_fn(dress)));
}

/// Answers what no call does: 405 where another method would do, else 404.
async fn no_route(request: HttpRequest) -> Outcome {
    let path = request.path().strip_prefix(BASE).unwrap_or_default();
    match openapi::methods_of(path) {
        Some(methods) if !methods.contains(&request.method().as_str()) => {
            Err(ApiFailure::method(methods.join(", ")))
        }
        _ => Err(ApiFailure::no_route()),
    }
}

/// Renders failures in the sender's language, and keeps answers out of caches.
async fn dress(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let lang = lang_of(request.request());
    let site = request.app_data::<Data<Site>>().cloned();
    let answered = next.call(request).await?.map_into_boxed_body();
    let failure = answered.response().error().map(|error| match error.as_error::<ApiFailure>() {
        Some(failure) => failure.clone(),
        None if error.as_response_error().status_code() == StatusCode::NOT_FOUND => {
            ApiFailure::no_route()
        }
        None => ApiFailure::malformed(super::words::api::BODY_CUT),
    });
    let mut answered = match failure {
        Some(failure) => {
            let random: [u8; 4] = site.map_or([0; 4], |site| site.office.env().bytes());
            let response = failure.response(lang, &state::hex(&random));
            let (request, _) = answered.into_parts();
            ServiceResponse::new(request, response)
        }
        None => answered,
    };
    let headers = answered.headers_mut();
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    }
    let nosniff = header::HeaderValue::from_static("nosniff");
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    Ok(answered)
}
