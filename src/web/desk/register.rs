//! The register: what was received in a period, on the page, as a book and as a spreadsheet.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::dates;
use super::posted::{Posted, asked, with_office};
use super::printing::served;
use crate::domain::calendar::local;
use crate::domain::calendar::words::date_short;
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::Failure;
use crate::office::printing::{Period, RegisterLine, RegisterPage};
use crate::web::address;
use crate::web::components::{
    Button, Column, DataTable, EmptyState, Field, Form, Method, Pages, Row, button, data_table,
    date_field, empty_state, error_for, error_summary, form, pagination,
};
use crate::web::outgoing;
use crate::web::words::certifying;
use crate::web::words::desk as desk_words;
use crate::web::words::desk_flows as flow_words;
use crate::web::words::desk_printing as words;

/// Lines of a page.
const ROWS: usize = 50;

/// The period that an address asks for: this month until today, when it names none.
///
/// # Errors
/// A date is no date, or the period is too long or runs backwards.
pub fn period(desk: &Desk, query: &Posted) -> Result<Period, Refusal> {
    let usual = Period::month_until(local(desk.office().now()).date());
    let mut errors = Vec::new();
    let mut day = |name: &str, label: crate::domain::words::Message, usual| {
        let typed = query.get(name);
        if typed.is_empty() {
            return usual;
        }
        dates::date(typed).unwrap_or_else(|| {
            let text = words::DATE_WRONG.text_with(&[("label", label)]);
            errors.push(FieldError { field: name.to_owned(), text });
            usual
        })
    };
    let (from, to) = (day("tu", words::FROM, usual.from()), day("den", words::TO, usual.to()));
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    Period::new(from, to)
}

/// `GET /mot-cua/so-theo-doi?tu=…&den=…&bo=…`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let query = asked(&request);
    let lang = desk.lang();
    let title = words::REGISTER.say(lang);
    let skip: usize = query.get("bo").parse().unwrap_or(0);
    let looked = period(&desk, &query).map_err(Failure::from).and_then(|period| {
        Ok((period, desk.office().register(desk.caller(), period, skip.min(1_000_000), ROWS)?))
    });
    let (content, refusal) = match looked {
        Ok((period, page)) => (found(&desk, period, &page, skip), None),
        Err(Failure::Refused(refusal)) if !refusal.fields.is_empty() => (html! {}, Some(refusal)),
        Err(failure) => return desk.failed(&failure),
    };
    let main = html! {
        @if let Some(refusal) = &refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        p { (words::REGISTER_ABOUT.say(lang)) }
        ul.also {
            li { a href="/mot-cua/ban-giao" { (flow_words::HAND_OVERS.say(lang)) } }
            li { a href="/mot-cua/chung-thuc/so" { (certifying::BOOKS.say(lang)) } }
            li { a href="/mot-cua/tra-ket-qua/buu-chinh" { (flow_words::POST.say(lang)) } }
        }
        (asking(&desk, &query, refusal.as_ref()))
        (content)
    };
    let status = refusal.as_ref().map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let refused = refusal.is_some();
    desk.page(status, &Sheet { title, refused, ..Sheet::default() }, &main)
}

fn asking(desk: &Desk, query: &Posted, refusal: Option<&Refusal>) -> Markup {
    let lang = desk.lang();
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let usual = Period::month_until(local(desk.office().now()).date());
    let value = |name: &str, usual| match query.some(name) {
        Some(typed) => dates::date(&typed).map_or(typed, date_short),
        None => date_short(usual),
    };
    let (from, to) = (value("tu", usual.from()), value("den", usual.to()));
    let field = |name: &'static str, label: crate::domain::words::Message, value| Field {
        name,
        label: label.say(lang),
        value,
        error: error_for(errors, name, lang),
        autocomplete: "off",
        max_length: Some(10),
        ..Field::default()
    };
    let body = html! {
        (date_field(lang, &field("tu", words::FROM, &from)))
        (date_field(lang, &field("den", words::TO, &to)))
        (button(&Button { label: words::SHOW.say(lang), ..Button::default() }))
    };
    html! { div.row { (form(lang, &Form {
        action: "/mot-cua/so-theo-doi", method: Method::Get, ..Form::default()
    }, &body)) } }
}

fn found(desk: &Desk, period: Period, page: &RegisterPage, skip: usize) -> Markup {
    let lang = desk.lang();
    let asked = format!("tu={}&den={}", period.from(), period.to());
    if page.total == 0 {
        let year = period.to().first_of_year();
        let href = format!("/mot-cua/so-theo-doi?tu={year}&den={}", period.to());
        return empty_state(
            lang,
            &EmptyState { words: words::EMPTY.say(lang), href: &href, way: words::WIDEN.say(lang) },
        );
    }
    let here = |skip: usize| format!("/mot-cua/so-theo-doi?{asked}&bo={skip}");
    let newer = if skip == 0 { String::new() } else { here(skip.saturating_sub(ROWS)) };
    let older = if skip + ROWS < page.total { here(skip + ROWS) } else { String::new() };
    let total = page.total.to_string();
    html! {
        p { strong { (words::TOTAL.fill(lang, &[("n", &total)])) } }
        ul.also {
            li { a href={ "/mot-cua/so-theo-doi/so.pdf?" (asked) } target="_blank" rel="noopener"
                data-key="F8" { (words::BOOK.say(lang)) " " kbd { "F8" } } }
            li { a href={ "/mot-cua/so-theo-doi/so.xlsx?" (asked) } { (words::SPREADSHEET.say(lang)) } }
            li { a href={ "/mot-cua/in/receipt?" (asked) } target="_blank" rel="noopener" {
                (words::ALL_RECEIPTS.say(lang))
            } }
            li { a href="/mot-cua/in/poster" target="_blank" rel="noopener" {
                (words::POSTER.say(lang))
            } }
        }
        (table(desk, &page.lines))
        (pagination(lang, &Pages { newer: &newer, older: &older, ..Pages::default() }))
    }
}

fn table(desk: &Desk, lines: &[RegisterLine]) -> Markup {
    let lang = desk.lang();
    let columns = [
        Column::new(desk_words::DOSSIER.say(lang)),
        Column::new(desk_words::PROCEDURE.say(lang)),
        Column::new(desk_words::OWNER.say(lang)),
        Column::new(words::RECEIVED.say(lang)),
        Column::new(words::DUE.say(lang)),
        Column::new(words::SENT.say(lang)),
        Column::new(words::BACK.say(lang)),
        Column::new(words::RETURNED.say(lang)),
        Column::new(words::STATUS.say(lang)),
    ];
    let row = |line: &RegisterLine| {
        Row::new(vec![
            html! { a.code href={ "/mot-cua/ho-so/" (line.code) } { (line.code) } },
            html! { (line.procedure) },
            html! { (line.person) },
            html! { (line.received) },
            html! { (line.due) },
            html! { (line.sent) },
            html! { (line.back) },
            html! { (line.returned) },
            html! { (line.note) },
        ])
    };
    let rows: Vec<Row> = lines.iter().map(row).collect();
    data_table(
        lang,
        &DataTable {
            caption: words::REGISTER.say(lang),
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: "",
        },
    )
}

/// `GET /mot-cua/so-theo-doi/so.pdf?tu=…&den=…`.
pub async fn book(desk: Desk, request: HttpRequest) -> HttpResponse {
    let base = address::base(&request);
    let printed = match period(&desk, &asked(&request)) {
        Ok(period) => {
            with_office(&desk, move |office, caller| office.register_pdf(caller, period, &base))
                .await
        }
        Err(refusal) => Err(refusal.into()),
    };
    served(&desk, printed)
}

/// `GET /mot-cua/so-theo-doi/so.xlsx?tu=…&den=…`.
pub async fn spreadsheet(desk: Desk, request: HttpRequest) -> HttpResponse {
    let written = match period(&desk, &asked(&request)) {
        Ok(period) => {
            with_office(&desk, move |office, caller| office.register_xlsx(caller, period)).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match written {
        Ok(written) => outgoing::spreadsheet(&written.file_name, written.bytes),
        Err(failure) => desk.failed(&failure),
    }
}
