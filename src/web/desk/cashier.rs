//! The cashier's desk: what is to be collected, which transfers are to be compared with the account,
//! what was taken in on a day, and the closing of the day.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::civil::Date;
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::acting::address;
use super::posted::{Posted, asked, posted, with_office};
use super::printing::served;
use super::{dates, register, say};
use crate::domain::agency::Role;
use crate::domain::calendar::local;
use crate::domain::calendar::words::{date_short, instant_short};
use crate::domain::dossier::{Action, Dossier, Queue};
use crate::domain::fee::grouped;
use crate::domain::ids::UserName;
use crate::domain::refusal::Refusal;
use crate::office::Failure;
use crate::office::cashier::{CashDay, CashLine};
use crate::office::lists::{List, ListQuery};
use crate::web::address;
use crate::web::components::{
    BannerKind, Button, Column, Confirm, DataTable, EmptyState, Field, Form, Method, Row, banner,
    button, confirm, data_table, date_field, empty_state, error_for, error_summary, form,
};
use crate::web::outgoing;
use crate::web::visitor::{see_other, status_of};
use crate::web::words::fees as words;

/// The page.
pub const HERE: &str = "/mot-cua/thu-tien";
/// Rows of each list of dossiers.
const ROWS: usize = 50;

/// The account and the day that an address asks for.
fn wanted(query: &Posted) -> Result<(Option<UserName>, Option<Date>), Refusal> {
    let account = query.some("nguoi").map(UserName::new);
    let day = query
        .some("ngay")
        .map(|typed| dates::date(&typed).ok_or_else(|| Refusal::field("ngay", words::DATE_WRONG)));
    Ok((account, day.transpose()?))
}

/// `GET /mot-cua/thu-tien?ngay=…&nguoi=…`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    page(&desk, &asked(&request), None)
}

fn page(desk: &Desk, query: &Posted, refused: Option<&Refusal>) -> HttpResponse {
    let lang = desk.lang();
    let title = words::CASHIER.say(lang);
    let looked = wanted(query);
    let wrong = looked.as_ref().err().cloned();
    let (account, day) = looked.unwrap_or_default();
    let read = || -> Result<(List, List, CashDay), Failure> {
        let list = |queue| {
            let query = ListQuery { queue: Some(queue), limit: ROWS, ..ListQuery::default() };
            desk.office().list(desk.caller(), &query)
        };
        let day = desk.office().cash_day(desk.caller(), account.as_ref(), day)?;
        Ok((list(Queue::Declared)?, list(Queue::ToCollect)?, day))
    };
    let (declared, open, day) = match read() {
        Ok(read) => read,
        Err(failure) => return desk.failed(&failure),
    };
    let refusal = refused.or(wrong.as_ref());
    let closed = query.some("chot").and_then(|day| dates::date(&day));
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        @if let Some(day) = closed {
            (banner(lang, BannerKind::Done, &html! {
                (words::CLOSED_NOW.fill(lang, &[("day", &date_short(day))]))
            }))
        }
        h1 { (title) }
        @if !declared.dossiers.is_empty() {
            section {
                h2 { (words::TO_CHECK.say(lang)) }
                (declared_table(desk, &declared.dossiers))
            }
        }
        section {
            h2 { (words::TO_COLLECT.say(lang)) }
            (open_table(desk, &open.dossiers))
        }
        (book(desk, query, &day, refusal))
    };
    let status = match (refused, &wrong) {
        (Some(refusal), _) => status_of(&refusal.clone().into()),
        (None, Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, None) => StatusCode::OK,
    };
    let refused = refusal.is_some();
    desk.page(status, &Sheet { title, refused, ..Sheet::default() }, &main)
}

fn to_dossier(dossier: &Dossier) -> Markup {
    html! { a.code href={ "/mot-cua/ho-so/" (dossier.code) "?xem=phi" } { (dossier.code) } }
}

fn collect(desk: &Desk, dossier: &Dossier) -> Markup {
    let may = Action::RecordPayment.allows(&desk.caller().actor(), dossier);
    html! {
        @if may {
            a href=(address(dossier, Action::RecordPayment)) {
                (words::COLLECT.say(desk.lang())) span.hidden { " " (dossier.code) }
            }
        }
    }
}

fn declared_table(desk: &Desk, dossiers: &[Dossier]) -> Markup {
    let lang = desk.lang();
    let columns = [
        Column::new(words::CONTENT.say(lang)),
        Column::new(words::PAYER.say(lang)),
        Column::number(words::AMOUNT.say(lang)),
        Column::new(words::SINCE.say(lang)),
        Column::action(words::COLLECT.say(lang)),
    ];
    let row = |dossier: &Dossier| {
        let declared = dossier.declared.as_ref();
        Row::new(vec![
            to_dossier(dossier),
            html! { (dossier.submitter.name) },
            html! { (grouped(declared.map_or(0, |declared| declared.amount))) },
            html! { @if let Some(declared) = declared { (instant_short(declared.at)) } },
            html! {
                (collect(desk, dossier)) " · "
                a href=(address(dossier, Action::RejectTransfer)) {
                    (Action::RejectTransfer.name().say(lang))
                    span.hidden { " " (dossier.code) }
                }
            },
        ])
    };
    table(desk, words::TO_CHECK.say(lang), &columns, dossiers.iter().map(row).collect())
}

fn open_table(desk: &Desk, dossiers: &[Dossier]) -> Markup {
    let lang = desk.lang();
    if dossiers.is_empty() {
        return empty_state(
            lang,
            &EmptyState {
                words: words::NOTHING_TO_COLLECT.say(lang),
                href: "/mot-cua?hang=all",
                way: words::TO_ALL.say(lang),
            },
        );
    }
    let columns = [
        Column::new(words::CONTENT.say(lang)),
        Column::new(words::PAYER.say(lang)),
        Column::new(words::RULE.say(lang)),
        Column::number(words::AMOUNT.say(lang)),
        Column::new(words::SINCE.say(lang)),
        Column::action(words::COLLECT.say(lang)),
    ];
    let row = |dossier: &Dossier| {
        let names: Vec<&str> = dossier.open_fees().map(|fee| fee.line.name.as_str()).collect();
        let since = dossier.open_fees().next().map(|fee| instant_short(fee.asked_at));
        Row::new(vec![
            to_dossier(dossier),
            html! { (dossier.submitter.name) },
            html! { (names.join(", ")) },
            html! { (grouped(dossier.unpaid())) },
            html! { (since.unwrap_or_default()) },
            collect(desk, dossier),
        ])
    };
    table(desk, words::TO_COLLECT.say(lang), &columns, dossiers.iter().map(row).collect())
}

fn table(desk: &Desk, caption: &str, columns: &[Column<'_>], rows: Vec<Row>) -> Markup {
    data_table(
        desk.lang(),
        &DataTable { caption, caption_hidden: true, columns, rows: &rows, select: "" },
    )
}

/// A day of the book: its sums, its lines, its closing.
fn book(desk: &Desk, query: &Posted, day: &CashDay, refusal: Option<&Refusal>) -> Markup {
    let lang = desk.lang();
    let is_own = day.account == desk.staff.name;
    let mine = if is_own { String::new() } else { format!("&nguoi={}", day.account) };
    let when = date_short(day.day);
    html! {
        section id="so-thu" {
            h2 {
                (words::BOOK.say(lang)) ": " (when)
                @if !is_own { " – " (day.cashier) }
            }
            (day_form(desk, query, day, refusal))
            @if let Some(at) = day.sums.closed_at {
                p { strong { (words::CLOSED.fill(lang, &[("when", &instant_short(at))])) } }
            }
            @if day.lines.is_empty() { p.muted { (words::NOTHING_TAKEN.say(lang)) } }
            @else {
                (sums(desk, day))
                (lines(desk, &day.lines))
                ul.also {
                    li { a href={ (HERE) "/chot-so.pdf?ngay=" (day.day) (mine) }
                        target="_blank" rel="noopener" data-key="F8" {
                        (words::CLOSING_SHEET.say(lang)) " " kbd { "F8" }
                    } }
                    li { a href={ (HERE) "/thu.xlsx?tu=" (day.day) "&den=" (day.day) } {
                        (words::SPREADSHEET.say(lang))
                    } }
                }
            }
            @if is_own && day.sums.closed_at.is_none() && !day.lines.is_empty() {
                (closing(desk, day.day))
            }
            (other_days(desk, day, &mine))
        }
    }
}

fn day_form(desk: &Desk, query: &Posted, day: &CashDay, refusal: Option<&Refusal>) -> Markup {
    let lang = desk.lang();
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let shown = date_short(day.day);
    let value = match error_for(errors, "ngay", lang) {
        "" => shown.as_str(),
        _ => query.get("ngay"),
    };
    let body = html! {
        (date_field(lang, &Field {
            name: "ngay",
            label: words::DAY.say(lang),
            value,
            error: error_for(errors, "ngay", lang),
            autocomplete: "off",
            max_length: Some(10),
            ..Field::default()
        }))
        @if day.account != desk.staff.name {
            input type="hidden" name="nguoi" value=(day.account);
        }
        (button(&Button { label: words::SHOW_DAY.say(lang), secondary: true, ..Button::default() }))
    };
    html! {
        div.row { (form(lang, &Form { action: HERE, method: Method::Get, ..Form::default() }, &body)) }
    }
}

fn sums(desk: &Desk, day: &CashDay) -> Markup {
    let lang = desk.lang();
    let columns = [
        Column::new(words::HOW.say(lang)),
        Column::number(words::METHOD_COUNT.say(lang)),
        Column::number(words::METHOD_TAKEN.say(lang)),
        Column::number(words::METHOD_REVERSED.say(lang)),
        Column::number(words::METHOD_LEFT.say(lang)),
    ];
    let mut rows: Vec<Row> = day
        .sums
        .sums
        .iter()
        .map(|sum| {
            Row::new(vec![
                html! { (say::method(sum.method).say(lang)) },
                html! { (sum.takings) },
                html! { (grouped(sum.taken)) },
                html! { (grouped(sum.reversed)) },
                html! { (signed(sum.left())) },
            ])
        })
        .collect();
    rows.push(Row::new(vec![
        html! { strong { (words::SUM.say(lang)) } },
        html! {},
        html! {},
        html! {},
        html! { strong { (signed(day.sums.left())) } },
    ]));
    table(desk, words::SUM.say(lang), &columns, rows)
}

/// `1.250.000`, `-8.000`.
fn signed(dong: i128) -> String {
    let digits = grouped(u64::try_from(dong.unsigned_abs()).unwrap_or(u64::MAX));
    if dong < 0 { format!("-{digits}") } else { digits }
}

fn lines(desk: &Desk, lines: &[CashLine]) -> Markup {
    let lang = desk.lang();
    let columns = [
        Column::new(words::CONTENT.say(lang)),
        Column::new(words::TIME.say(lang)),
        Column::new(words::PAYER.say(lang)),
        Column::new(words::RULE.say(lang)),
        Column::new(words::HOW.say(lang)),
        Column::new(words::RECEIPT.say(lang)),
        Column::number(words::AMOUNT.say(lang)),
    ];
    let row = |line: &CashLine| {
        let entry = &line.entry;
        let amount = i128::from(entry.amount) * if entry.is_reversal { -1 } else { 1 };
        Row::new(vec![
            html! { a.code href={ "/mot-cua/ho-so/" (entry.code) "?xem=phi" } { (entry.code) } },
            html! { (instant_short(entry.at)) },
            html! { (line.payer) },
            html! {
                (line.what)
                @if entry.is_reversal { " (" (words::REVERSAL.say(lang)) ")" }
            },
            html! { (say::method(entry.method).say(lang)) },
            html! { (entry.receipt_number.as_deref().unwrap_or_default()) },
            html! { (signed(amount)) },
        ])
    };
    table(desk, words::TAKEN.say(lang), &columns, lines.iter().map(row).collect())
}

fn closing(desk: &Desk, day: Date) -> Markup {
    let lang = desk.lang();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let label = words::CLOSE.fill(lang, &[("day", &date_short(day))]);
    let to = format!("{HERE}/chot-so");
    html! {
        p.hint { (words::CLOSE_ABOUT.say(lang)) }
        (form(lang, &Form { action: &to, csrf: &csrf, key: &key, ..Form::default() }, &html! {
            input type="hidden" name="day" value=(day);
            (button(&Button { label: &label, ..Button::default() }))
        }))
    }
}

fn other_days(desk: &Desk, day: &CashDay, mine: &str) -> Markup {
    let lang = desk.lang();
    html! {
        @if !day.last_days.is_empty() {
            h3 { (words::LAST_DAYS.say(lang)) }
            ul {
                @for (known, sums) in &day.last_days {
                    li {
                        a href={ (HERE) "?ngay=" (known) (mine) "#so-thu" } { (date_short(*known)) }
                        ": " (signed(sums.left())) "\u{a0}đồng, "
                        @if sums.closed_at.is_some() { (words::IS_CLOSED.say(lang)) }
                        @else { strong { (words::NOT_CLOSED.say(lang)) } }
                    }
                }
            }
        }
        (colleagues(desk, day))
    }
}

/// The books of the other cashiers, for those who look after them.
fn colleagues(desk: &Desk, day: &CashDay) -> Markup {
    let world = desk.office().world();
    let looks_after = desk.is(Role::Head) || desk.is(Role::Auditor);
    let others: Vec<_> = world
        .accounts()
        .into_iter()
        .filter(|known| known.agency == desk.staff.agency && known.is(Role::Cashier))
        .filter(|known| known.name != day.account)
        .collect();
    html! {
        @if looks_after && !others.is_empty() {
            h3 { (words::WHO.say(desk.lang())) }
            ul {
                @for known in &others {
                    li { a href={ (HERE) "?nguoi=" (known.name) "&ngay=" (day.day) "#so-thu" } {
                        (known.full_name)
                    } }
                }
            }
        }
    }
}

/// What will be closed, before it is: nobody can open the day again.
fn ask_to_close(desk: &Desk, sent: &Posted, day: Date) -> HttpResponse {
    let lang = desk.lang();
    let book = match desk.office().cash_day(desk.caller(), None, Some(day)) {
        Ok(book) => book,
        Err(failure) => return desk.failed(&failure),
    };
    if book.sums.closed_at.is_some() || book.lines.is_empty() {
        return see_other(&format!("{HERE}?ngay={day}#so-thu"));
    }
    let title = words::CLOSE.fill(lang, &[("day", &date_short(day))]);
    let (to, back) = (format!("{HERE}/chot-so"), format!("{HERE}?ngay={day}#so-thu"));
    let main = confirm(
        lang,
        &Confirm {
            title: &title,
            consequences: html! {
                (sums(desk, &book))
                @if day == local(desk.office().now()).date() { p { (words::CLOSE_TODAY.say(lang)) } }
                p { (words::CLOSE_ABOUT.say(lang)) }
            },
            label: &title,
            danger: true,
            back: &back,
            form: Form {
                action: &to,
                csrf: &desk.csrf(),
                key: sent.get("_key"),
                ..Form::default()
            },
            fields: html! {
                input type="hidden" name="_sure" value="1";
                input type="hidden" name="day" value=(day);
            },
        },
    );
    desk.ok(&Sheet { title: &title, narrow: true, ..Sheet::default() }, &main)
}

/// `POST /mot-cua/thu-tien/chot-so`: asks first.
pub async fn close(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let Some(day) = dates::date(sent.get("day")) else {
        return page(&desk, &sent, Some(&Refusal::field("ngay", words::DATE_WRONG)));
    };
    if !sent.has("_sure") {
        return ask_to_close(&desk, &sent, day);
    }
    match desk.office().close_day(desk.caller(), day).await {
        Ok(_) => see_other(&format!("{HERE}?ngay={day}&chot={day}#so-thu")),
        Err(Failure::Refused(mut refusal)) => {
            for error in &mut refusal.fields {
                "ngay".clone_into(&mut error.field);
            }
            page(&desk, &sent, Some(&refusal))
        }
        Err(fault) => desk.failed(&fault),
    }
}

/// `GET /mot-cua/thu-tien/chot-so.pdf?ngay=…&nguoi=…`.
pub async fn sheet(desk: Desk, request: HttpRequest) -> HttpResponse {
    let looked = wanted(&asked(&request)).and_then(|(account, day)| {
        let day = day.ok_or_else(|| Refusal::field("ngay", words::DATE_WRONG))?;
        Ok((account, day))
    });
    let base = address::base(&request);
    let printed = match looked {
        Ok((account, day)) => {
            with_office(&desk, move |office, caller| {
                office.closing_pdf(caller, account.as_ref(), day, &base)
            })
            .await
        }
        Err(refusal) => Err(refusal.into()),
    };
    served(&desk, printed)
}

/// `GET /mot-cua/thu-tien/thu.xlsx?tu=…&den=…`.
pub async fn spreadsheet(desk: Desk, request: HttpRequest) -> HttpResponse {
    let written = match register::period(&desk, &asked(&request)) {
        Ok(period) => {
            with_office(&desk, move |office, caller| office.cash_xlsx(caller, period)).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match written {
        Ok(written) => outgoing::spreadsheet(&written.file_name, written.bytes),
        Err(failure) => desk.failed(&failure),
    }
}
