//! `/quan-tri/dang-nhap`: which roles sign in with a second factor, and the reset of one.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::html;

use super::accounts::{self, ask, known, settled};
use super::{page, sent_by_admin};
use crate::domain::agency::{Role, Staff};
use crate::web::components::{
    BannerKind, Button, Choice, Field, Form, banner, button, checkboxes, form,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{asked, with_office};
use crate::web::visitor::see_other;
use crate::web::words::{admin as admin_words, agencies, own_account as words, roles};

/// Where it lies.
pub const HERE: &str = "/quan-tri/dang-nhap";

/// `GET /quan-tri/dang-nhap`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let (lang, office) = (desk.lang(), desk.office());
    let chosen = office.second_factor_roles();
    let offered: Vec<Choice<'_>> = Role::ALL
        .into_iter()
        .filter(|role| *role != Role::Integration)
        .map(|role| Choice {
            value: role.id(),
            label: roles::name(role).say(lang),
            chosen: chosen.contains(&role),
            ..Choice::default()
        })
        .collect();
    let lacks = |staff: &&&Staff| {
        staff.enabled && office.demands_second(staff) && !office.has_second(staff.name.as_str())
    };
    let lacking = office.world().accounts().iter().filter(lacks).count();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let title = words::RULES_TITLE.say(lang);
    let field = Field { name: "role", label: words::RULES_ROLES.say(lang), ..Field::default() };
    let main = html! {
        @if asked(&request).has("xong") {
            (banner(lang, BannerKind::Done, &html! { (admin_words::SAVED.say(lang)) }))
        }
        h1 { (title) }
        p { (words::RULES_ABOUT.say(lang)) }
        (form(lang, &Form { action: HERE, csrf: &csrf, key: &key, ..Form::default() }, &html! {
            (checkboxes(lang, &field, &offered))
            (button(&Button { label: agencies::SAVE.say(lang), ..Button::default() }))
        }))
        @if lacking > 0 {
            p {
                a href=(accounts::HERE) {
                    (words::RULES_LACKING.fill(lang, &[("n", &lacking.to_string())]))
                }
            }
        }
        p.hint { (words::RULES_TOKENS.say(lang)) }
    };
    page(&desk, StatusCode::OK, (HERE, title), false, &main)
}

/// `POST /quan-tri/dang-nhap`.
pub async fn save(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let roles: Vec<Role> = sent.all("role").filter_map(Role::from_id).collect();
    match with_office(&desk, move |office, _| office.set_second_factor_roles(&roles)).await {
        Ok(()) => see_other(&format!("{HERE}?xong=1")),
        Err(failure) => desk.failed(&failure),
    }
}

/// `GET /quan-tri/tai-khoan/{name}/ma-xac-thuc`.
pub async fn ask_reset(desk: Desk, path: web::Path<String>) -> HttpResponse {
    let staff = match known(&desk, &path) {
        Ok(staff) => staff,
        Err(response) => return response,
    };
    let lang = desk.lang();
    let title = words::RESET_SECOND_TITLE.fill(lang, &[("name", staff.name.as_str())]);
    let about = html! { p { (staff.full_name) } p { (words::RESET_SECOND_ABOUT.say(lang)) } };
    let address = format!("{}/{}/ma-xac-thuc", accounts::HERE, staff.name);
    ask(&desk, &address, &title, about, words::RESET_SECOND.say(lang), html! {})
}

/// `POST /quan-tri/tai-khoan/{name}/ma-xac-thuc`.
pub async fn reset(
    desk: Desk,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let name = path.into_inner();
    let outcome = with_office(&desk, move |office, _| office.reset_second_factor(&name)).await;
    settled(&desk, &sent, outcome)
}
