//! Desk accounts: who may sign in, with which roles.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::house::refusal_of;
use super::{page, sent_by_admin};
use crate::domain::agency::{Role, Staff};
use crate::domain::dossier::Directory;
use crate::domain::ids::{AgencyCode, UnitCode, UserName};
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::Failure;
use crate::office::accounts::{GivenPassword, NewAccount};
use crate::web::components::{
    BannerKind, Button, Choice, Column, Confirm, DataTable, Field, Form, Row, Width, banner,
    button, checkboxes, confirm, data_table, error_for, error_summary, form, password_field,
    select, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::desk::say;
use crate::web::visitor::see_other;
use crate::web::words::admin as words;
use crate::web::words::{desk as desk_words, own_account as own_words, roles};

/// Where it lies.
pub const HERE: &str = "/quan-tri/tai-khoan";

/// `GET /quan-tri/tai-khoan`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    list_page(&desk, &asked(&request), None)
}

fn list_page(desk: &Desk, sent: &Posted, refusal: Option<&Refusal>) -> HttpResponse {
    let lang = desk.lang();
    let title = words::ACCOUNTS.say(lang);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        @if sent.has("xong") {
            (banner(lang, BannerKind::Done, &html! { (words::SAVED.say(lang)) }))
        }
        h1 { (title) }
        (add_form(desk, sent, refusal))
        (list(desk))
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, title), refusal.is_some(), &main)
}

fn list(desk: &Desk) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let columns = [
        Column::new(desk_words::USER_NAME.say(lang)),
        Column::new(desk_words::NAME.say(lang)),
        Column::new(words::ROLES.say(lang)),
        Column::new(words::PLACE.say(lang)),
        Column::new(own_words::SECOND.say(lang)),
        Column::action(words::ACTIONS.say(lang)),
    ];
    let row = |staff: &Staff| {
        let names: Vec<&str> = staff.roles.iter().map(|r| roles::name(*r).say(lang)).collect();
        let unit = staff.unit.as_ref().map(|unit| say::unit_name(&world, &staff.agency, unit));
        let agency = say::agency_name(&world, &staff.agency);
        Row::new(vec![
            html! { a.code href={ (HERE) "/" (staff.name) "/sua" } { (staff.name) } },
            html! { (staff.full_name) },
            html! { (names.join(", ")) },
            html! { (unit.unwrap_or_default()) @if staff.unit.is_some() { ", " } (agency) },
            html! {
                @let has = desk.office().has_second(staff.name.as_str());
                (if has { own_words::HAS_SECOND } else { own_words::HAS_NO_SECOND }.say(lang))
            },
            html! {
                @if staff.enabled {
                    a href={ (HERE) "/" (staff.name) "/mat-khau" } {
                        (words::RESET.say(lang)) span.hidden { " " (staff.name) }
                    }
                    @if staff.name != desk.staff.name {
                        " · " a href={ (HERE) "/" (staff.name) "/khoa" } data-dialog {
                            (words::DISABLE.say(lang)) span.hidden { " " (staff.name) }
                        }
                    }
                } @else {
                    span.muted { (words::DISABLED.say(lang)) }
                    " · " a href={ (HERE) "/" (staff.name) "/mo" } data-dialog {
                        (words::ENABLE.say(lang)) span.hidden { " " (staff.name) }
                    }
                }
            },
        ])
    };
    let rows: Vec<Row> = world.accounts().into_iter().map(row).collect();
    data_table(
        lang,
        &DataTable {
            caption: words::ACCOUNTS.say(lang),
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: "",
        },
    )
}

fn add_form(desk: &Desk, sent: &Posted, refusal: Option<&Refusal>) -> Markup {
    let lang = desk.lang();
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let field = |name: &'static str, label: &'static str| Field {
        name,
        label,
        value: sent.get(name),
        error: error_for(errors, name, lang),
        autocomplete: "off",
        max_length: Some(200),
        ..Field::default()
    };
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let body = html! {
        (text_field(lang, &Field {
            width: Width::Medium,
            hint: words::USER_HINT.say(lang),
            ..field("name", desk_words::USER_NAME.say(lang))
        }))
        (text_field(lang, &field("full_name", desk_words::NAME.say(lang))))
        (role_field(desk, sent, errors))
        (place_field(desk, sent, errors))
        (password_field(lang, &Field {
            width: Width::Medium,
            autocomplete: "new-password",
            hint: words::PASSWORD_HINT.say(lang),
            ..field("password", desk_words::PASSWORD.say(lang))
        }))
        (button(&Button { label: words::ADD.say(lang), ..Button::default() }))
    };
    html! {
        details open[refusal.is_some()] {
            summary { (words::ADD.say(lang)) }
            (form(lang, &Form { action: HERE, csrf: &csrf, key: &key, ..Form::default() }, &body))
        }
    }
}

/// The roles to tick.
pub fn role_field(desk: &Desk, sent: &Posted, errors: &[FieldError]) -> Markup {
    let lang = desk.lang();
    let ticked: Vec<&str> = sent.all("role").collect();
    let offered: Vec<Choice<'_>> = Role::ALL
        .into_iter()
        .filter(|role| *role != Role::Integration || ticked.contains(&role.id()))
        .map(|role| Choice {
            value: role.id(),
            label: roles::name(role).say(lang),
            chosen: ticked.contains(&role.id()),
            ..Choice::default()
        })
        .collect();
    let field = Field {
        name: "role",
        label: words::ROLES.say(lang),
        error: error_for(errors, "role", lang),
        ..Field::default()
    };
    checkboxes(lang, &field, &offered)
}

/// The agency, or a unit of it.
pub fn place_field(desk: &Desk, sent: &Posted, errors: &[FieldError]) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let places: Vec<(String, String)> = world
        .agencies()
        .flat_map(|agency| {
            let whole = (agency.code.to_string(), agency.name.clone());
            let units = agency.units.iter().map(|unit| {
                (
                    format!("{}/{}", agency.code, unit.code),
                    format!("{} – {}", agency.name, unit.name),
                )
            });
            std::iter::once(whole).chain(units).collect::<Vec<_>>()
        })
        .collect();
    let places: Vec<Choice<'_>> =
        places.iter().map(|(value, label)| Choice { value, label, ..Choice::default() }).collect();
    let field = Field {
        name: "agency",
        label: words::PLACE.say(lang),
        value: sent.get("agency"),
        error: error_for(errors, "agency", lang),
        ..Field::default()
    };
    select(lang, &field, &places)
}

/// The agency and the unit that were chosen.
pub fn chosen_place(sent: &Posted) -> (AgencyCode, Option<UnitCode>) {
    match sent.get("agency").split_once('/') {
        Some((agency, unit)) => (AgencyCode::from(agency), Some(UnitCode::from(unit))),
        None => (AgencyCode::from(sent.get("agency")), None),
    }
}

/// `POST /quan-tri/tai-khoan`.
pub async fn add(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let roles: Vec<Role> = sent.all("role").filter_map(Role::from_id).collect();
    let (agency, unit) = chosen_place(&sent);
    let new = NewAccount {
        name: sent.get("name").to_owned(),
        full_name: sent.get("full_name").to_owned(),
        roles,
        agency,
        unit,
    };
    let password = sent.get("password").to_owned();
    let added = if new.roles.is_empty() {
        Err(Refusal::field("role", words::ROLE_MISSING).into())
    } else {
        with_office(&desk, move |office, _| {
            office.add_account(new, Some(GivenPassword::first(&password)))
        })
        .await
    };
    settled(&desk, &sent, added)
}

/// The list after something was done to an account, or refused.
pub fn settled(desk: &Desk, sent: &Posted, outcome: Result<(), Failure>) -> HttpResponse {
    match outcome {
        Ok(()) => see_other(&format!("{HERE}?xong=1")),
        Err(failure) => match refusal_of(desk, failure) {
            Ok(refusal) => list_page(desk, sent, Some(&refusal)),
            Err(response) => response,
        },
    }
}

/// The account of an address.
///
/// # Errors
/// The page to answer with: there is none.
pub fn known(desk: &Desk, name: &str) -> Result<Staff, HttpResponse> {
    let world = desk.office().world();
    let staff = world.staff(&UserName::from(name)).cloned();
    staff.ok_or_else(|| {
        let kind = crate::domain::refusal::RefusalKind::NotFound;
        desk.failed(&Refusal::new(kind, desk_words::NOT_FOUND).into())
    })
}

/// A page that asks before something is done to an account.
pub fn ask(
    desk: &Desk,
    path: &str,
    title: &str,
    about: Markup,
    label: &str,
    fields: Markup,
) -> HttpResponse {
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let main = confirm(
        desk.lang(),
        &Confirm {
            title,
            consequences: about,
            label,
            danger: false,
            back: HERE,
            form: Form { action: path, csrf: &csrf, key: &key, ..Form::default() },
            fields,
        },
    );
    page(desk, StatusCode::OK, (HERE, title), false, &main)
}

/// `GET /quan-tri/tai-khoan/{name}/khoa`.
pub async fn ask_disable(desk: Desk, path: web::Path<String>) -> HttpResponse {
    let staff = match known(&desk, &path) {
        Ok(staff) => staff,
        Err(response) => return response,
    };
    let lang = desk.lang();
    let title = words::DISABLE_TITLE.fill(lang, &[("name", staff.name.as_str())]);
    let about = html! { p { (staff.full_name) } p { (words::DISABLE_ABOUT.say(lang)) } };
    let address = format!("{HERE}/{}/khoa", staff.name);
    ask(&desk, &address, &title, about, words::DISABLE.say(lang), html! {})
}

/// `POST /quan-tri/tai-khoan/{name}/khoa`.
pub async fn disable(
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
    let outcome = if name == desk.staff.name.as_str() {
        Err(Refusal::field("name", words::NOT_YOURSELF).into())
    } else {
        with_office(&desk, move |office, _| office.disable_account(&name)).await
    };
    settled(&desk, &sent, outcome)
}

/// `GET /quan-tri/tai-khoan/{name}/mo`.
pub async fn ask_enable(desk: Desk, path: web::Path<String>) -> HttpResponse {
    let staff = match known(&desk, &path) {
        Ok(staff) => staff,
        Err(response) => return response,
    };
    let lang = desk.lang();
    let title = words::ENABLE_TITLE.fill(lang, &[("name", staff.name.as_str())]);
    let about = html! { p { (staff.full_name) } p { (words::ENABLE_ABOUT.say(lang)) } };
    let address = format!("{HERE}/{}/mo", staff.name);
    ask(&desk, &address, &title, about, words::ENABLE.say(lang), html! {})
}

/// `POST /quan-tri/tai-khoan/{name}/mo`.
pub async fn enable(
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
    let outcome = with_office(&desk, move |office, _| office.enable_account(&name)).await;
    settled(&desk, &sent, outcome)
}

/// `GET /quan-tri/tai-khoan/{name}/mat-khau`.
pub async fn ask_password(desk: Desk, path: web::Path<String>) -> HttpResponse {
    match known(&desk, &path) {
        Ok(staff) => password_page(&desk, &staff),
        Err(response) => response,
    }
}

fn password_page(desk: &Desk, staff: &Staff) -> HttpResponse {
    let lang = desk.lang();
    let title = words::RESET_TITLE.fill(lang, &[("name", staff.name.as_str())]);
    let about = html! {
        p { (staff.full_name) }
        p { (words::RESET_ABOUT.say(lang)) " " (own_words::MUST_CHANGE_HINT.say(lang)) "." }
    };
    let address = format!("{HERE}/{}/mat-khau", staff.name);
    let fields = password_field(
        lang,
        &Field {
            name: "password",
            label: words::NEW_PASSWORD.say(lang),
            hint: words::PASSWORD_HINT.say(lang),
            autocomplete: "new-password",
            width: Width::Medium,
            ..Field::default()
        },
    );
    ask(desk, &address, &title, about, words::RESET.say(lang), fields)
}

/// `POST /quan-tri/tai-khoan/{name}/mat-khau`.
pub async fn set_password(
    desk: Desk,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let (name, password) = (path.into_inner(), sent.get("password").to_owned());
    let outcome = with_office(&desk, move |office, _| {
        office.set_password(&name, GivenPassword::first(&password))
    })
    .await;
    settled(&desk, &sent, outcome)
}
