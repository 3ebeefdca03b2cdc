//! Disposal of dossiers whose period is over: the list, its approval, and the records that stay.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::page;
use crate::domain::agency::Role;
use crate::domain::calendar::local;
use crate::domain::calendar::words::{date_short, instant_short};
use crate::domain::ids::{AttachmentId, DossierCode};
use crate::domain::refusal::Refusal;
use crate::office::Failure;
use crate::office::disposal::{Disposal, Disposed, Due};
use crate::web::components::{
    BannerKind, Button, Column, Confirm, DataTable, Field, Form, Row, banner, button, confirm,
    data_table, error_for, error_summary, form, text_field,
};
use crate::web::desk::access::{Desk, Sheet};
use crate::web::desk::posted::{Posted, asked, posted, with_office};
use crate::web::outgoing::{self, Ask, Leaving};
use crate::web::visitor::see_other;
use crate::web::words::disposal as words;

/// The page.
pub const HERE: &str = "/quan-tri/tieu-huy";
/// Dossiers of one list.
const ROWS: usize = 200;
/// Records that are shown.
const RECORDS: usize = 100;

/// `GET /quan-tri/tieu-huy`; after a disposal `?xong={number of dossiers}`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let query = asked(&request);
    shown(&desk, &query, None).await
}

fn approves(desk: &Desk) -> bool {
    desk.is(Role::Head) || desk.is(Role::Admin)
}

async fn shown(desk: &Desk, query: &Posted, refusal: Option<&Refusal>) -> HttpResponse {
    let may_approve = approves(desk);
    let read = with_office(desk, move |office, caller| {
        let due = if may_approve { office.due_for_disposal(caller, ROWS)? } else { Vec::new() };
        Ok((due, office.disposals(caller, RECORDS)?))
    });
    let (due, records) = match read.await {
        Ok(read) => read,
        Err(failure) => return desk.failed(&failure),
    };
    let lang = desk.lang();
    let title = words::TITLE.say(lang);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        @if let Some(number) = query.some("xong") {
            (banner(lang, BannerKind::Done, &html! {
                (words::DONE.fill(lang, &[("n", &number)]))
            }))
        }
        h1 { (title) }
        p { (words::ABOUT.say(lang)) }
        @if may_approve {
            section {
                h2 { (words::DUE.say(lang)) }
                @if due.is_empty() { p { (words::NONE_DUE.say(lang)) } }
                @else { (approve(desk, query, &due, refusal)) }
            }
        }
        section {
            h2 { (words::RECORDS.say(lang)) }
            @if records.is_empty() { p.muted { (words::NO_RECORDS.say(lang)) } }
            @for (number, disposal) in &records { (record(desk, *number, disposal)) }
        }
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, title), refusal.is_some(), &main)
}

fn approve(desk: &Desk, query: &Posted, due: &[Due], refusal: Option<&Refusal>) -> Markup {
    let lang = desk.lang();
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let columns = [
        Column::new(words::DOSSIER.say(lang)),
        Column::new(words::PROCEDURE.say(lang)),
        Column::new(words::ENDED.say(lang)),
        Column::new(words::PERIOD.say(lang)),
    ];
    let row = |due: &Due| Row {
        cells: vec![
            html! { a.code href={ "/mot-cua/ho-so/" (due.code) } { (due.code) } },
            html! { (due.procedure_name) },
            html! { (date_short(due.ended)) br; span.muted { (due.status.say(lang)) } },
            html! {
                (words::YEARS.fill(lang, &[("n", &due.years.to_string())]))
                br; span.muted { (due.source) }
            },
        ],
        code: due.code.to_string(),
        ticked: query.all("ma").any(|code| code == due.code.as_str()),
    };
    let rows: Vec<Row> = due.iter().map(row).collect();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let ground = Field {
        name: "ground",
        label: words::GROUND.say(lang),
        hint: words::GROUND_HINT.say(lang),
        value: query.get("ground"),
        error: error_for(errors, "ground", lang),
        autocomplete: "off",
        max_length: Some(500),
        ..Field::default()
    };
    let table = DataTable {
        caption: words::DUE.say(lang),
        caption_hidden: true,
        columns: &columns,
        rows: &rows,
        select: "ma",
    };
    form(
        lang,
        &Form { action: HERE, csrf: &csrf, key: &key, ..Form::default() },
        &html! {
            (data_table(lang, &table))
            (text_field(lang, &ground))
            (button(&Button { label: words::APPROVE.say(lang), danger: true, ..Button::default() }))
        },
    )
}

/// `POST /quan-tri/tieu-huy`: asks first.
pub async fn act(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let codes: Vec<DossierCode> = sent.all("ma").map(DossierCode::new).collect();
    let ground = sent.get("ground").to_owned();
    let refusal = if codes.is_empty() {
        Some(Refusal::field("ma", words::CHOOSE))
    } else if ground.is_empty() {
        Some(Refusal::field("ground", words::GROUND_EMPTY))
    } else {
        None
    };
    if let Some(refusal) = refusal {
        return shown(&desk, &sent, Some(&refusal)).await;
    }
    if !sent.has("_sure") {
        return ask(&desk, &sent, &codes);
    }
    let number = codes.len();
    let done = with_office(&desk, move |office, caller| office.dispose(caller, &codes, &ground));
    match done.await {
        Ok(_) => see_other(&format!("{HERE}?xong={number}")),
        Err(Failure::Refused(refusal)) if !refusal.fields.is_empty() => {
            shown(&desk, &sent, Some(&refusal)).await
        }
        Err(failure) => desk.failed(&failure),
    }
}

fn ask(desk: &Desk, sent: &Posted, codes: &[DossierCode]) -> HttpResponse {
    let lang = desk.lang();
    let number = codes.len().to_string();
    let title = words::SURE.fill(lang, &[("n", &number)]);
    let main = confirm(
        lang,
        &Confirm {
            title: &title,
            consequences: html! {
                p { (words::SURE_ABOUT.say(lang)) }
                p { (words::GROUND.say(lang)) ": " strong { (sent.get("ground")) } }
                ul { @for code in codes { li.code { (code) } } }
            },
            label: &title,
            danger: true,
            back: HERE,
            form: Form {
                action: HERE,
                csrf: &desk.csrf(),
                key: sent.get("_key"),
                ..Form::default()
            },
            fields: html! {
                input type="hidden" name="_sure" value="1";
                input type="hidden" name="ground" value=(sent.get("ground"));
                @for code in codes { input type="hidden" name="ma" value=(code); }
            },
        },
    );
    desk.ok(&Sheet { title: &title, narrow: true, ..Sheet::default() }, &main)
}

fn record(desk: &Desk, number: u64, disposal: &Disposal) -> Markup {
    let lang = desk.lang();
    let columns = [
        Column::new(words::DOSSIER.say(lang)),
        Column::new(words::PROCEDURE.say(lang)),
        Column::new(words::ENDED.say(lang)),
        Column::new(words::RESULT.say(lang)),
    ];
    let row = |known: &Disposed| {
        Row::new(vec![
            html! { span.code { (known.code) } },
            html! { (known.procedure) },
            html! { (date_short(local(known.ended_at).date())) br; span.muted { (known.status.say(lang)) } },
            html! {
                (known.number)
                @for (at, file) in known.files.iter().enumerate() {
                    " " a href={ (HERE) "/" (known.code) "/" (file.id) } {
                        (words::RESULT_FILE.fill(lang, &[("n", &(at + 1).to_string())]))
                        span.hidden { " " (known.code) }
                    }
                }
            },
        ])
    };
    let rows: Vec<Row> = disposal.dossiers.iter().map(row).collect();
    let (n, count) = (number.to_string(), disposal.dossiers.len().to_string());
    html! {
        details {
            summary {
                (words::RECORD.fill(lang, &[
                    ("n", &n), ("when", &instant_short(disposal.at)), ("count", &count),
                ]))
            }
            p { (words::APPROVED_BY.fill(lang, &[("name", &disposal.name)])) }
            p { (words::GROUND.say(lang)) ": " (disposal.ground) }
            (data_table(lang, &DataTable {
                caption: words::RECORDS.say(lang),
                caption_hidden: true,
                columns: &columns,
                rows: &rows,
                select: "",
            }))
        }
    }
}

/// `GET /quan-tri/tieu-huy/{code}/{file}`: a result that was kept.
pub async fn file(desk: Desk, path: web::Path<(String, String)>) -> HttpResponse {
    let (code, id) = path.into_inner();
    let found = id
        .parse::<AttachmentId>()
        .map_err(|_| Failure::from(Refusal::field("file", words::CHOOSE)));
    let found = found.and_then(|id| {
        desk.office().kept_result(desk.caller(), &DossierCode::new(code.clone()), id)
    });
    let (kept, key) = match found {
        Ok(found) => found,
        Err(failure) => return desk.failed(&failure),
    };
    let name = format!("ket-qua-{code}");
    let leaving = Leaving {
        id: kept.id,
        name: &name,
        media_type: &kept.media_type,
        size: kept.size,
        key: key.as_ref(),
    };
    match outgoing::file(&desk.site.office, leaving, Ask::Show).await {
        Ok(response) => response,
        Err(failure) => desk.failed(&failure),
    }
}
