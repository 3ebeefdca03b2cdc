//! Who looked at which dossier, for auditors and administrators.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::page;
use crate::domain::calendar::words::{date_short, instant_short};
use crate::domain::dossier::parse_dossier_code;
use crate::domain::ids::{DossierCode, UserName};
use crate::domain::refusal::Refusal;
use crate::domain::words::Lang;
use crate::office::looks::{LooksPage, LooksQuery, Shown};
use crate::web::address::percent;
use crate::web::components::{
    Button, Column, DataTable, EmptyState, Field, Form, Method, Pages, Row, button, data_table,
    date_field, empty_state, error_for, error_summary, form, pagination, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::dates;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::words::{proof as words, roles};

/// The page.
pub const HERE: &str = "/quan-tri/xem-ho-so";
/// Rows of a page.
const ROWS: usize = 50;

fn wanted(query: &Posted) -> Result<LooksQuery, Refusal> {
    let day = query
        .some("ngay")
        .map(|typed| dates::date(&typed).ok_or_else(|| Refusal::field("ngay", words::DATE_WRONG)));
    let code =
        |typed: String| parse_dossier_code(&typed).unwrap_or_else(|| DossierCode::new(typed));
    Ok(LooksQuery {
        account: query.some("nguoi").map(UserName::new),
        dossier: query.some("ho-so").map(code),
        day: day.transpose()?,
        before: query.get("truoc").parse().ok(),
        limit: ROWS,
    })
}

/// `GET /quan-tri/xem-ho-so?nguoi=…&ho-so=…&ngay=…&truoc=…`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let query = asked(&request);
    let lang = desk.lang();
    let (found, refusal) = match wanted(&query) {
        Err(refusal) => (LooksPage::default(), Some(refusal)),
        Ok(wanted) => {
            match with_office(&desk, move |office, caller| office.looks(caller, &wanted)).await {
                Ok(found) => (found, None),
                Err(failure) => return desk.failed(&failure),
            }
        }
    };
    let title = words::LOOKS.say(lang);
    let older = found.next.map(|before| {
        let kept =
            ["nguoi", "ho-so", "ngay"].map(|name| format!("{name}={}", percent(query.get(name))));
        format!("{HERE}?{}&truoc={before}", kept.join("&"))
    });
    let main = html! {
        @if let Some(refusal) = &refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        p { (words::LOOKS_ABOUT.say(lang)) }
        (filters(lang, &query, refusal.as_ref()))
        @if found.looks.is_empty() && refusal.is_none() {
            (empty_state(lang, &EmptyState {
                words: words::NO_LOOKS.say(lang), href: HERE, way: words::ALL_LOOKS.say(lang),
            }))
        } @else if !found.looks.is_empty() {
            (table(lang, &found.looks))
        }
        (pagination(lang, &Pages {
            newer: if query.has("truoc") { HERE } else { "" },
            older: older.as_deref().unwrap_or_default(),
            partial: found.looks.len() < ROWS,
            ..Pages::default()
        }))
    };
    let status = refusal.as_ref().map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(&desk, status, (HERE, title), refusal.is_some(), &main)
}

fn filters(lang: Lang, query: &Posted, refusal: Option<&Refusal>) -> Markup {
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let day = query
        .some("ngay")
        .map_or(String::new(), |typed| dates::date(&typed).map_or(typed, date_short));
    let field = |name: &'static str, label: crate::domain::words::Message, value| Field {
        name,
        label: label.say(lang),
        value,
        error: error_for(errors, name, lang),
        autocomplete: "off",
        max_length: Some(60),
        optional: true,
        ..Field::default()
    };
    let account = Field {
        hint: words::ACCOUNT_HINT.say(lang),
        ..field("nguoi", words::ACCOUNT, query.get("nguoi"))
    };
    let body = html! {
        (text_field(lang, &account))
        (text_field(lang, &field("ho-so", words::DOSSIER, query.get("ho-so"))))
        (date_field(lang, &field("ngay", words::DAY, &day)))
        (button(&Button { label: words::FILTER.say(lang), ..Button::default() }))
    };
    html! {
        div.row {
            (form(lang, &Form { action: HERE, method: Method::Get, ..Form::default() }, &body))
        }
    }
}

fn table(lang: Lang, looks: &[Shown]) -> Markup {
    let columns = [
        Column::new(words::AT.say(lang)),
        Column::new(words::WHO.say(lang)),
        Column::new(words::DOSSIER.say(lang)),
        Column::new(words::WHAT.say(lang)),
        Column::new(words::WHY.say(lang)),
    ];
    let row = |shown: &Shown| {
        let look = &shown.look;
        Row::new(vec![
            html! { (instant_short(look.at)) },
            html! {
                (shown.name) " " span.muted { "(" (look.account) ")" }
                @if !shown.agency.is_empty() { br; (shown.agency) }
                br; span.muted { (roles_in_words(lang, shown)) }
            },
            html! {
                @match &shown.code {
                    Some(code) => {
                        a.code href={ (HERE) "?ho-so=" (code) } { (code) }
                    },
                    None => (words::GONE.say(lang)),
                }
            },
            html! { (words::part(look.part).say(lang)) },
            html! { (words::relation(look.relation).say(lang)) },
        ])
    };
    let rows: Vec<Row> = looks.iter().map(row).collect();
    data_table(
        lang,
        &DataTable {
            caption: words::LOOKS.say(lang),
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: "",
        },
    )
}

/// The roles that the account had, in words.
pub fn roles_in_words(lang: Lang, shown: &Shown) -> String {
    let known = shown.look.roles.iter().filter_map(|id| crate::domain::agency::Role::from_id(id));
    known.map(|role| roles::name(role).say(lang)).collect::<Vec<_>>().join("; ")
}
