//! `/quan-tri/tai-khoan/{name}/sua`: name, roles and place of an account.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::accounts::{HERE, chosen_place, known, place_field, role_field};
use super::{page, sent_by_admin};
use crate::domain::agency::{Role, Staff};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::Failure;
use crate::office::accounts::AccountChange;
use crate::web::components::{
    Button, Field, Form, button, button_row, error_for, error_summary, form, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::own;
use crate::web::desk::posted::{Posted, with_office};
use crate::web::visitor::see_other;
use crate::web::words::{
    absences, admin as words, agencies, components, desk as desk_words, own_account,
};

/// `GET /quan-tri/tai-khoan/{name}/sua`.
pub async fn ask(desk: Desk, path: web::Path<String>) -> HttpResponse {
    let staff = match known(&desk, &path) {
        Ok(staff) => staff,
        Err(response) => return response,
    };
    let mut now = Posted::default();
    now.set("full_name", staff.full_name.as_str());
    for role in &staff.roles {
        now.add("role", role.id());
    }
    now.set(
        "agency",
        match &staff.unit {
            Some(unit) => format!("{}/{unit}", staff.agency),
            None => staff.agency.to_string(),
        },
    );
    edit_page(&desk, &staff, &now, None)
}

fn edit_page(desk: &Desk, staff: &Staff, sent: &Posted, refusal: Option<&Refusal>) -> HttpResponse {
    let (lang, csrf, key) = (desk.lang(), desk.csrf(), desk.new_key());
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let title = words::EDIT_TITLE.fill(lang, &[("name", staff.name.as_str())]);
    let action = format!("{HERE}/{}/sua", staff.name);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        p { (words::EDIT_ABOUT.say(lang)) }
        (form(lang, &Form { action: &action, csrf: &csrf, key: &key, ..Form::default() }, &html! {
            (text_field(lang, &Field {
                name: "full_name",
                label: desk_words::NAME.say(lang),
                value: sent.get("full_name"),
                error: error_for(errors, "full_name", lang),
                autocomplete: "off",
                max_length: Some(200),
                ..Field::default()
            }))
            (role_field(desk, sent, errors))
            (place_field(desk, sent, errors))
            (button_row(&html! {
                (button(&Button { label: agencies::SAVE.say(lang), ..Button::default() }))
                a href=(HERE) { (components::NO_GO_BACK.say(lang)) }
            }))
        }))
        (further(desk, staff))
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, &title), refusal.is_some(), &main)
}

/// What else is done to an account.
fn further(desk: &Desk, staff: &Staff) -> Markup {
    let lang = desk.lang();
    html! {
        ul.links {
            li { a href={ (own::HERE) "/nghi/" (staff.name) } { (absences::ABSENCES.say(lang)) } }
            li { a href={ (HERE) "/" (staff.name) "/mat-khau" } { (words::RESET.say(lang)) } }
            @if desk.office().has_second(staff.name.as_str()) {
                li {
                    a href={ (HERE) "/" (staff.name) "/ma-xac-thuc" } data-dialog {
                        (own_account::RESET_SECOND.say(lang))
                    }
                }
            }
        }
    }
}

/// `POST /quan-tri/tai-khoan/{name}/sua`.
pub async fn save(
    desk: Desk,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let staff = match known(&desk, &path) {
        Ok(staff) => staff,
        Err(response) => return response,
    };
    let (agency, unit) = chosen_place(&sent);
    let change = AccountChange {
        full_name: Some(sent.get("full_name").to_owned()),
        roles: Some(sent.all("role").filter_map(Role::from_id).collect()),
        place: Some((agency, unit)),
    };
    let name = staff.name.to_string();
    let saved = with_office(&desk, move |office, _| office.edit_account(&name, change)).await;
    match saved {
        Ok(()) => see_other(&format!("{HERE}?xong=1")),
        Err(Failure::Refused(refusal)) if refusal.kind == RefusalKind::Invalid => {
            edit_page(&desk, &staff, &sent, Some(&refusal))
        }
        Err(failure) => desk.failed(&failure),
    }
}
