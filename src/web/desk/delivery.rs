//! Handing results over: the receipt is scanned, the form for delivering opens.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::posted::asked;
use super::say;
use crate::domain::dossier::{Queue, Status, parse_dossier_code};
use crate::domain::ids::DossierCode;
use crate::office::lists::ListQuery;
use crate::web::components::{
    BannerKind, Button, Column, DataTable, EmptyState, Field, Form, Method, Row, banner, button,
    data_table, empty_state, form, text_field,
};
use crate::web::visitor::see_other;
use crate::web::words::desk as words;
use crate::web::words::desk_flows as flow_words;

/// Rows of the list below the box.
const ROWS: usize = 20;

/// `GET /mot-cua/tra-ket-qua?ma=…`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let lang = desk.lang();
    let query = asked(&request);
    let typed = query.get("ma");
    let code = code_in(typed);
    let found = code.as_ref().and_then(|code| desk.office().dossier(desk.caller(), code).ok());
    let message = match &found {
        Some(dossier) if dossier.status == Status::Finished => {
            return see_other(&format!("/mot-cua/ho-so/{}/viec/deliver", dossier.code));
        }
        Some(dossier) => {
            let code = dossier.code.as_str();
            let sentence = words::DELIVERY_NOT_YET
                .fill(lang, &[("code", code), ("status", dossier.status.say(lang))]);
            Some(html! {
                (sentence) " "
                a href={ "/mot-cua/ho-so/" (code) } { (words::OPEN_DOSSIER.say(lang)) }
            })
        }
        None if typed.is_empty() => None,
        None => Some(html! { (words::DELIVERY_NONE.say(lang)) }),
    };
    let title = words::DELIVERY_TITLE.say(lang);
    let body = html! {
        (text_field(lang, &Field {
            name: "ma",
            label: words::DELIVERY_FIND.say(lang),
            hint: words::DELIVERY_HINT.say(lang),
            value: typed,
            autocomplete: "off",
            key: "F2",
            autofocus: true,
            max_length: Some(300),
            ..Field::default()
        }))
        (button(&Button { label: words::FIND.say(lang), ..Button::default() }))
    };
    let main = html! {
        h1 { (title) }
        @if let Some(message) = &message { (banner(lang, BannerKind::Refused, message)) }
        div.row { (form(lang, &Form {
            action: "/mot-cua/tra-ket-qua", method: Method::Get, ..Form::default()
        }, &body)) }
        p { a href="/mot-cua/tra-ket-qua/buu-chinh" { (flow_words::POST.say(lang)) } }
        h2 { (words::DELIVERY_LIST.say(lang)) }
        (list(&desk))
    };
    let status =
        if message.is_some() && found.is_none() { StatusCode::NOT_FOUND } else { StatusCode::OK };
    desk.page(status, &Sheet { title, ..Sheet::default() }, &main)
}

/// The code in what a scanner read from the receipt's QR code, or in what somebody typed.
fn code_in(text: &str) -> Option<DossierCode> {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    parse_dossier_code(last)
}

fn list(desk: &Desk) -> Markup {
    let lang = desk.lang();
    let query = ListQuery { queue: Some(Queue::ToDeliver), limit: ROWS, ..ListQuery::default() };
    let list = desk.office().list(desk.caller(), &query).unwrap_or_default();
    let (world, now) = (desk.office().world(), desk.office().now());
    let columns = [
        Column::new(words::DOSSIER.say(lang)),
        Column::new(words::PROCEDURE.say(lang)),
        Column::new(words::OWNER.say(lang)),
        Column::new(words::WHY.say(lang)),
    ];
    let rows: Vec<Row> = list
        .dossiers
        .iter()
        .map(|dossier| {
            let address = format!("/mot-cua/ho-so/{}/viec/deliver", dossier.code);
            Row::new(vec![
                html! { a.code href=(address) { (dossier.code) } },
                html! { (dossier.procedure_name) },
                html! { (dossier.owner.name) },
                html! { (say::reason(lang, &world, (dossier, &desk.staff), now)) },
            ])
        })
        .collect();
    html! {
        @if rows.is_empty() {
            (empty_state(lang, &EmptyState {
                words: words::EMPTY_VIEW.say(lang), ..EmptyState::default()
            }))
        } @else {
            (data_table(lang, &DataTable {
                caption: words::DELIVERY_LIST.say(lang),
                caption_hidden: true,
                columns: &columns,
                rows: &rows,
                select: "",
            }))
            @if list.next.is_some() {
                p { a href="/mot-cua?hang=to_deliver" { (words::VIEW_ALL.say(lang)) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::code_in;

    #[test]
    fn a_scanned_address_and_a_typed_code_name_the_same_dossier() {
        let code = code_in("https://x.vn/tra-cuu/H40.12-261123-0001?ma=K7M29PXD");
        assert_eq!(code.map(|c| c.to_string()).as_deref(), Some("H40.12-261123-0001"));
        let code = code_in(" h40.122611230001 ");
        assert_eq!(code.map(|c| c.to_string()).as_deref(), Some("H40.12-261123-0001"));
        assert_eq!(code_in("Nguyễn Thị Ánh"), None);
    }
}
