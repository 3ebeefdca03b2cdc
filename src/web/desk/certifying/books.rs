//! The yearly books of certification: read, printed by month, closed for the year.

use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use crate::domain::calendar::local;
use crate::domain::calendar::words::date_short;
use crate::domain::words::Lang;
use crate::office::printing::{BookAsked, BookEntry};
use crate::web::address::{self, percent};
use crate::web::components::{
    Button, Choice, Column, DataTable, EmptyState, Field, Form, Method, Row, Width, button,
    data_table, empty_state, form, select, text_field,
};
use crate::web::desk::access::{Desk, Sheet};
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::desk::printing::served;
use crate::web::desk::say;
use crate::web::outgoing;
use crate::web::words::certifying as words;

const HERE: &str = "/mot-cua/chung-thuc/so";
/// Numbers of a page: the last ones.
const ROWS: usize = 200;

/// The book of an address: of this year and month, when it names none.
fn wanted(desk: &Desk, query: &Posted) -> BookAsked {
    let today = local(desk.office().now()).date();
    let books = signs(desk);
    let named = query.some("so").filter(|sign| books.contains(sign));
    let month = match query.get("thang") {
        "" if !query.has("nam") => Some(today.month()),
        month => month.parse().ok().filter(|month| (1..=12).contains(month)),
    };
    let year = query.get("nam").parse().ok().filter(|year| (2000..=2200).contains(year));
    BookAsked {
        book: named.or_else(|| books.first().cloned()).unwrap_or_default(),
        year: year.unwrap_or_else(|| today.year()),
        month,
    }
}

/// The agency's books as a list offers them: what stands in them, and their sign.
fn named_books(desk: &Desk) -> Vec<(String, String)> {
    let kinds = desk.office().certification_kinds(&desk.staff.agency);
    let label = |sign: &String| {
        let same = kinds.iter().filter(|kind| kind.book == *sign);
        let names: Vec<&str> = same.map(|kind| kind.name.say(desk.lang())).collect();
        format!("{} ({sign})", names.join(", "))
    };
    signs(desk).into_iter().map(|sign| (sign.clone(), label(&sign))).collect()
}

/// The signs of the agency's books, each once.
fn signs(desk: &Desk) -> Vec<String> {
    let mut signs: Vec<String> = Vec::new();
    for kind in desk.office().certification_kinds(&desk.staff.agency) {
        if !signs.contains(&kind.book) {
            signs.push(kind.book);
        }
    }
    signs
}

/// `GET /mot-cua/chung-thuc/so?so=…&nam=…&thang=…`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let (lang, title) = (desk.lang(), words::BOOKS.say(desk.lang()));
    let wanted = wanted(&desk, &asked(&request));
    let looked = wanted.clone();
    let found =
        with_office(&desk, move |office, caller| office.certification_book(caller, &looked, ROWS));
    let (entries, total) = match found.await {
        Ok(found) => found,
        Err(failure) => return desk.failed(&failure),
    };
    let main = html! {
        h1 { (title) }
        p { (words::BOOKS_ABOUT.say(lang)) }
        (asking(&desk, &wanted))
        (content(&desk, &wanted, &entries, total))
    };
    desk.ok(&Sheet { title, ..Sheet::default() }, &main)
}

fn asking(desk: &Desk, wanted: &BookAsked) -> Markup {
    let lang = desk.lang();
    let named = named_books(desk);
    let books: Vec<Choice<'_>> = named
        .iter()
        .map(|(sign, label)| Choice {
            value: sign,
            label,
            chosen: *sign == wanted.book,
            ..Choice::default()
        })
        .collect();
    let named: Vec<(String, String)> = (1..=12_i8)
        .map(|month| {
            let number = month.to_string();
            (number.clone(), words::MONTH_N.fill(lang, &[("n", &number)]))
        })
        .collect();
    let mut months = vec![Choice {
        value: "0",
        label: words::WHOLE_YEAR.say(lang),
        chosen: wanted.month.is_none(),
        ..Choice::default()
    }];
    months.extend(named.iter().map(|(value, label)| Choice {
        value,
        label,
        chosen: wanted.month.is_some_and(|month| month.to_string() == *value),
        ..Choice::default()
    }));
    let year = wanted.year.to_string();
    let body = html! {
        (select(lang, &Field {
            name: "so", label: words::BOOK.say(lang), ..Field::default()
        }, &books))
        (text_field(lang, &Field {
            name: "nam",
            label: words::YEAR.say(lang),
            value: &year,
            inputmode: "numeric",
            width: Width::Short,
            max_length: Some(4),
            ..Field::default()
        }))
        (select(lang, &Field {
            name: "thang", label: words::MONTH.say(lang), ..Field::default()
        }, &months))
        (button(&Button { label: words::SHOW.say(lang), ..Button::default() }))
    };
    html! { div.row { (form(lang, &Form { action: HERE, method: Method::Get, ..Form::default() }, &body)) } }
}

fn content(desk: &Desk, wanted: &BookAsked, entries: &[BookEntry], total: usize) -> Markup {
    let lang = desk.lang();
    if entries.is_empty() {
        return empty_state(
            lang,
            &EmptyState { words: words::EMPTY.say(lang), ..EmptyState::default() },
        );
    }
    let month = wanted.month.unwrap_or(0);
    let asked = format!("so={}&nam={}&thang={month}", percent(&wanted.book), wanted.year);
    let copies: u32 = entries.iter().map(|entry| entry.copies).sum();
    let fee: u64 = entries.iter().map(|entry| entry.fee).sum();
    let values = [
        ("n", entries.len().to_string()),
        ("copies", copies.to_string()),
        ("fee", say::money(fee)),
    ];
    let values = values.each_ref().map(|(slot, value)| (*slot, value.as_str()));
    html! {
        @if total > entries.len() {
            p.hint { (words::NEWEST.fill(lang, &[("n", &entries.len().to_string())])) }
        }
        p { strong { (words::FOUND.fill(lang, &values)) } }
        ul.also {
            li { a href={ (HERE) "/so.pdf?" (asked) } target="_blank" rel="noopener" data-key="F8" {
                (words::PDF.say(lang)) " " kbd { "F8" }
            } }
            li { a href={ (HERE) "/so.xlsx?" (asked) } { (words::XLSX.say(lang)) } }
        }
        (table(lang, entries))
    }
}

fn table(lang: Lang, entries: &[BookEntry]) -> Markup {
    let columns = [
        Column::new(words::NUMBER.say(lang)),
        Column::new(words::DATE.say(lang)),
        Column::new(words::PERSON.say(lang)),
        Column::new(words::PAPER.say(lang)),
        Column::new(words::SIGNED_BY.say(lang)),
        Column::number(words::COPIES.say(lang)),
        Column::number(words::FEE.say(lang)),
        Column::new(words::DOSSIER.say(lang)),
    ];
    let rows: Vec<Row> = entries
        .iter()
        .map(|entry| {
            Row::new(vec![
                html! { (format!("{:02}", entry.number)) },
                html! { (date_short(entry.on)) },
                html! { (entry.person) },
                html! { (entry.paper) },
                html! { (entry.signer) },
                html! { (entry.copies) },
                html! { (say::money(entry.fee)) },
                html! { a.code href={ "/mot-cua/ho-so/" (entry.code) } { (entry.code) } },
            ])
        })
        .collect();
    data_table(
        lang,
        &DataTable {
            caption: words::BOOKS.say(lang),
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: "",
        },
    )
}

/// `GET /mot-cua/chung-thuc/so/so.pdf?…`.
pub async fn pdf(desk: Desk, request: HttpRequest) -> HttpResponse {
    let (wanted, base) = (wanted(&desk, &asked(&request)), address::base(&request));
    let printed = with_office(&desk, move |office, caller| {
        office.certification_book_pdf(caller, &wanted, &base)
    });
    served(&desk, printed.await)
}

/// `GET /mot-cua/chung-thuc/so/so.xlsx?…`.
pub async fn spreadsheet(desk: Desk, request: HttpRequest) -> HttpResponse {
    let wanted = wanted(&desk, &asked(&request));
    let written =
        with_office(&desk, move |office, caller| office.certification_book_xlsx(caller, &wanted));
    match written.await {
        Ok(written) => outgoing::spreadsheet(&written.file_name, written.bytes),
        Err(failure) => desk.failed(&failure),
    }
}
