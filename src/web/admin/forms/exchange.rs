//! A procedure as one file: saved from its page, read back on the list, with what would change before
//! anything is written.

use actix_multipart::Multipart;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::exchange_report::{PARTS, part_box, report, with_places};
use super::{HERE, address, listing, looked};
use crate::domain::refusal::Refusal;
use crate::office::Failure;
use crate::office::exchange::{Part, Wanted};
use crate::web::admin::catalogue::read_file;
use crate::web::admin::house::refusal_of;
use crate::web::admin::sent_by_admin;
use crate::web::admin::waiting::{self, Waiting};
use crate::web::components::{Button, Form, Method, button, form};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, with_office};
use crate::web::visitor::see_other;
use crate::web::words::admin as admin_words;
use crate::web::words::form_builder as words;

/// `GET /quan-tri/to-khai/{procedure}/xuat`.
pub async fn save(desk: Desk, path: Path<String>) -> HttpResponse {
    let looked = match looked(&desk, &path) {
        Ok(looked) => looked,
        Err(response) => return response,
    };
    match desk.office().export_procedure(&looked.code) {
        Ok(bytes) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "application/json; charset=utf-8"))
            .insert_header((
                CONTENT_DISPOSITION,
                format!("attachment; filename=\"thu-tuc-{}.json\"", looked.code),
            ))
            .body(bytes),
        Err(failure) => desk.failed(&failure),
    }
}

/// The box of the list that takes a file.
pub fn import_form(desk: &Desk) -> Markup {
    let lang = desk.lang();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = format!("{HERE}/nhap");
    let body = html! {
        div.field {
            label for="f-file" { (words::IMPORT_FILE.say(lang)) }
            p.hint id="f-file-hint" { (words::IMPORT_HINT.say(lang)) }
            input id="f-file" name="file" type="file" accept=".json" aria-describedby="f-file-hint";
        }
        (button(&Button { label: words::IMPORT_COMPARE.say(lang), secondary: true, ..Button::default() }))
    };
    html! {
        section {
            h2 { (words::IMPORT.say(lang)) }
            (form(lang, &Form {
                action: &action, method: Method::PostFiles, csrf: &csrf, key: &key, ..Form::default()
            }, &body))
        }
    }
}

/// `POST /quan-tri/to-khai/nhap`: compares a file with what is here.
pub async fn compare(desk: Desk, request: HttpRequest, payload: Payload) -> HttpResponse {
    let file = match read_file(&desk, Multipart::new(request.headers(), payload)).await {
        Ok(file) => file,
        Err(failure) => return refused(&desk, failure),
    };
    let bytes = file.bytes.clone();
    match with_office(&desk, move |office, _| office.compare_procedure(&bytes)).await {
        Ok(compared) => {
            let page = report(&desk, &file, &compared, None);
            waiting::keep(file);
            page
        }
        Err(failure) => refused(&desk, failure),
    }
}

/// The list again, with each place of the file that cannot be taken over.
fn refused(desk: &Desk, failure: Failure) -> HttpResponse {
    match refusal_of(desk, failure) {
        Ok(refusal) => {
            let refusal = with_places(refusal, "file");
            listing(desk, &Posted::default(), Some(&refusal))
        }
        Err(response) => response,
    }
}

/// The comparison again, since what was chosen cannot be written; nothing has been.
async fn again(desk: &Desk, file: Waiting, sent: &Posted, refusal: &Refusal) -> HttpResponse {
    let bytes = file.bytes.clone();
    match with_office(desk, move |office, _| office.compare_procedure(&bytes)).await {
        Ok(compared) => {
            let page = report(desk, &file, &compared, Some((sent, refusal)));
            waiting::keep(file);
            page
        }
        Err(failure) => refused(desk, failure),
    }
}

/// `POST /quan-tri/to-khai/nhap/ghi`: writes the file that was compared.
pub async fn write(desk: Desk, request: HttpRequest, payload: Payload) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let now = desk.office().now();
    let Some(file) = waiting::take(sent.get("file"), desk.staff.name.as_str(), now) else {
        return refused(&desk, Refusal::field("file", admin_words::FILE_GONE).into());
    };
    let wanted = Wanted {
        left: Part::ALL.into_iter().filter(|part| !sent.has(&part_box(*part))).collect(),
        drafts_known: sent.has("drafts"),
        note: sent.get("note").to_owned(),
    };
    let (by, bytes) = (desk.staff.name.to_string(), file.bytes.clone());
    let done = with_office(&desk, move |office, _| office.import_procedure(&bytes, &wanted, &by));
    match done.await {
        Ok(code) => see_other(&format!("{}?nhap=1", address(&code))),
        Err(Failure::Refused(refusal)) => {
            let refusal = with_places(refusal, PARTS);
            again(&desk, file, &sent, &refusal).await
        }
        Err(failure) => refused(&desk, failure),
    }
}
