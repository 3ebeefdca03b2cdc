//! A procedure as one file: saved from its page, read back on the list, with what would change before
//! anything is written.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::publish::drafts_box;
use super::versions::difference_list;
use super::{HERE, address, listing, looked};
use crate::domain::agency::Role;
use crate::domain::fee::{self, Schedule};
use crate::domain::form::Declaration;
use crate::domain::process::{Process, total_hours};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Lang;
use crate::office::Failure;
use crate::office::exchange::{Compared, Wanted};
use crate::office::world::World;
use crate::web::admin::catalogue::read_file;
use crate::web::admin::house::refusal_of;
use crate::web::admin::processes::difference_list as process_differences;
use crate::web::admin::waiting::{self, Waiting};
use crate::web::admin::{page, sent_by_admin};
use crate::web::components::{
    Button, Field, Form, Method, button, button_row, checkbox, error_summary, form, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::with_office;
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
    if !desk.is(Role::Admin) {
        return desk.forbidden();
    }
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
            // The places are those of the file, not of boxes of this page.
            let placed = refusal.fields.iter().map(|error| {
                let say = |lang| match error.field.as_str() {
                    "file" => error.text.say(lang).to_owned(),
                    place => format!("{place}: {}", error.text.say(lang)),
                };
                let text = crate::domain::words::Text { vi: say(Lang::Vi), en: say(Lang::En) };
                FieldError { field: "file".to_owned(), text }
            });
            let refusal = Refusal { fields: placed.collect(), ..refusal.clone() };
            listing(desk, &crate::web::desk::posted::Posted::default(), Some(&refusal))
        }
        Err(response) => response,
    }
}

fn report(
    desk: &Desk,
    file: &Waiting,
    compared: &Compared,
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let lang = desk.lang();
    let title = words::IMPORT_OF.fill(lang, &[("procedure", &compared.name)]);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        p.muted { span.code { (compared.procedure) } " · " (file.name) " · " a href=(HERE) { (words::BACK.say(lang)) } }
        @if compared.is_same() { p { (words::IMPORT_SAME.say(lang)) } }
        @else {
            (changes(lang, &desk.office().world(), compared))
            (write_form(desk, file, compared, refusal))
        }
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, &title), refusal.is_some(), &main)
}

fn changes(lang: Lang, world: &World, compared: &Compared) -> Markup {
    let empty = Declaration::default();
    html! {
        @if !compared.catalogue.new.is_empty() { p { (words::IMPORT_NEW.say(lang)) } }
        @for change in &compared.catalogue.changed {
            section {
                h2 { (words::IMPORT_CATALOGUE.say(lang)) }
                p { (change.fields.join(", ")) }
            }
        }
        @if let Some((old, new)) = &compared.form {
            section {
                h2 { (words::TITLE.say(lang)) }
                (difference_list(lang, old.as_ref().unwrap_or(&empty), new))
            }
        }
        @if let Some((old, new)) = &compared.process {
            section {
                h2 { (words::IMPORT_PROCESS.say(lang)) }
                @let before = old.as_ref().map_or(0, |process| process.steps.len()).to_string();
                @let after = new.len().to_string();
                @let hours = total_hours(new).to_string();
                p { (words::IMPORT_STEPS.fill(lang, &[("from", &before), ("to", &after), ("hours", &hours)])) }
                @match old {
                    Some(old) => {
                        @let new = Process { steps: new.clone(), ..old.clone() };
                        (process_differences(lang, world, old, &new))
                    },
                    None => ol { @for step in new { li { (step.name) } } },
                }
            }
        }
        @if let Some((old, new)) = &compared.fees {
            section {
                h2 { (words::IMPORT_FEES.say(lang)) }
                p { (words::IMPORT_BEFORE.say(lang)) }
                (rules(lang, old))
                p { (words::IMPORT_AFTER.say(lang)) }
                (rules(lang, new))
            }
        }
        @if let Some((old, new)) = &compared.papers {
            section {
                h2 { (words::IMPORT_PAPERS.say(lang)) }
                p { (words::IMPORT_BEFORE.say(lang)) }
                (conditions(lang, old))
                p { (words::IMPORT_AFTER.say(lang)) }
                (conditions(lang, new))
            }
        }
    }
}

fn rules(lang: Lang, schedule: &Schedule) -> Markup {
    html! {
        @if schedule.rules.is_empty() { p.muted { (words::IMPORT_NO_FEES.say(lang)) } }
        @else { ul { @for rule in &schedule.rules { li { (rule.name) ": " (fee::words::rule(rule, lang)) } } } }
    }
}

/// The lines that say when which papers are asked for.
fn conditions(lang: Lang, lines: &str) -> Markup {
    html! {
        @if lines.is_empty() { p.muted { (words::IMPORT_NO_PAPERS.say(lang)) } }
        @else { ul { @for line in lines.lines() { li { (line) } } } }
    }
}

fn write_form(
    desk: &Desk,
    file: &Waiting,
    compared: &Compared,
    refusal: Option<&Refusal>,
) -> Markup {
    let lang = desk.lang();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = format!("{HERE}/nhap/ghi");
    let letters = compared.templates.len().to_string();
    let body = html! {
        input type="hidden" name="file" value=(file.key);
        (drafts_box(lang, &compared.lost, refusal.map_or(&[][..], |refusal| &refusal.fields)))
        @if !compared.templates.is_empty() {
            (checkbox(lang, &Field {
                name: "templates",
                label: &words::IMPORT_LETTERS.fill(lang, &[("n", &letters)]),
                hint: words::IMPORT_LETTERS_HINT.say(lang),
                ..Field::default()
            }, "1", false))
        }
        (text_field(lang, &Field {
            name: "note", label: words::NOTE.say(lang), optional: true, autocomplete: "off",
            max_length: Some(500), ..Field::default()
        }))
        (button_row(&html! {
            (button(&Button { label: words::IMPORT_WRITE.say(lang), ..Button::default() }))
            a href=(HERE) { (words::BACK.say(lang)) }
        }))
    };
    form(lang, &Form { action: &action, csrf: &csrf, key: &key, ..Form::default() }, &body)
}

/// The comparison again, since drafts answer what goes and that was not ticked.
async fn ask_about_drafts(desk: &Desk, file: Waiting, refusal: &Refusal) -> HttpResponse {
    let bytes = file.bytes.clone();
    match with_office(desk, move |office, _| office.compare_procedure(&bytes)).await {
        Ok(compared) => {
            let page = report(desk, &file, &compared, Some(refusal));
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
        with_templates: sent.has("templates"),
        drafts_known: sent.has("drafts"),
        note: sent.get("note").to_owned(),
    };
    let (by, bytes) = (desk.staff.name.to_string(), file.bytes.clone());
    let done = with_office(&desk, move |office, _| office.import_procedure(&bytes, &wanted, &by));
    match done.await {
        Ok(code) => see_other(&format!("{}?nhap=1", address(&code))),
        Err(Failure::Refused(refusal)) if refusal.fields.iter().any(|e| e.field == "drafts") => {
            ask_about_drafts(&desk, file, &refusal).await
        }
        Err(failure) => refused(&desk, failure),
    }
}
