//! Hand-over lists both ways, and the word of whoever took the papers over.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::dates;
use super::posted::{Posted, asked, posted, with_office};
use crate::domain::calendar::local;
use crate::domain::calendar::words::{date_short, instant_short};
use crate::domain::dossier::Directory;
use crate::domain::ids::{DossierCode, UnitCode};
use crate::domain::refusal::Refusal;
use crate::office::handing::{Direction, HandedOver};
use crate::office::printing::{Deed, Period};
use crate::office::{Failure, Office};
use crate::web::address::percent;
use crate::web::components::{
    BannerKind, Button, Choice, Column, DataTable, EmptyState, Field, Form, Method, Row, banner,
    button, button_link, data_table, date_field, empty_state, error_for, error_summary, form,
    select,
};
use crate::web::visitor::{see_other, status_of};
use crate::web::words::desk as desk_words;
use crate::web::words::desk_flows as words;
use crate::web::words::desk_printing as printing_words;

const HERE: &str = "/mot-cua/ban-giao";
/// Most dossiers of a printed list.
const MOST: usize = 300;

/// What an address asks for.
struct Wanted {
    period: Period,
    direction: Direction,
    unit: Option<UnitCode>,
}

impl Wanted {
    fn of(desk: &Desk, query: &Posted) -> Result<Self, Refusal> {
        let today = local(desk.office().now()).date();
        let day = |name: &str, label: crate::domain::words::Message| match query.get(name) {
            "" => Ok(today),
            typed => dates::date(typed).ok_or_else(|| {
                Refusal::field(name, printing_words::DATE_WRONG.text_with(&[("label", label)]))
            }),
        };
        let (from, to) = (day("tu", printing_words::FROM)?, day("den", printing_words::TO)?);
        let direction = match query.get("chieu") {
            "ve" => Direction::Back,
            _ => Direction::Out,
        };
        let unit = query.some("don-vi").map(UnitCode::new);
        Ok(Self { period: Period::new(from, to)?, direction, unit })
    }

    fn query(&self) -> String {
        let way = if self.direction == Direction::Back { "ve" } else { "di" };
        let unit = self.unit.as_ref().map(|unit| percent(unit.as_str())).unwrap_or_default();
        let (from, to) = (self.period.from(), self.period.to());
        format!("tu={from}&den={to}&chieu={way}&don-vi={unit}")
    }
}

/// `GET /mot-cua/ban-giao?tu=…&den=…&chieu=…&don-vi=…`; after an acknowledgement `&nhan={n}`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    answer(&desk, &asked(&request), None).await
}

/// `POST /mot-cua/ban-giao`: the ticked dossiers arrived.
pub async fn act(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let codes: Vec<DossierCode> = sent.all("ma").map(super::papers::code_of).collect();
    if codes.is_empty() {
        let refusal = Refusal::field("ma", words::TICK_FIRST);
        return answer(&desk, &sent, Some(refusal)).await;
    }
    let outcomes = match desk.office().take_over(desk.caller(), &codes).await {
        Ok(outcomes) => outcomes,
        Err(failure) => return desk.failed(&failure),
    };
    let refused = outcomes.iter().find_map(|(_, outcome)| match outcome {
        Err(Failure::Refused(refusal)) => Some(refusal.clone()),
        _ => None,
    });
    if let Some(refusal) = refused {
        return answer(&desk, &sent, Some(refusal)).await;
    }
    let query = Wanted::of(&desk, &sent).map(|wanted| wanted.query()).unwrap_or_default();
    see_other(&format!("{HERE}?{query}&nhan={}", outcomes.len()))
}

async fn answer(desk: &Desk, query: &Posted, refusal: Option<Refusal>) -> HttpResponse {
    let (lang, title) = (desk.lang(), words::HAND_OVERS.say(desk.lang()));
    let (found, refusal) = match Wanted::of(desk, query) {
        Ok(wanted) => {
            let (period, direction, unit) = (wanted.period, wanted.direction, wanted.unit.clone());
            let lines = with_office(desk, move |office, caller| {
                office.handed_over(caller, period, direction, unit.as_ref())
            });
            match lines.await {
                Ok(lines) => (Some((wanted, lines)), refusal),
                Err(failure) => return desk.failed(&failure),
            }
        }
        Err(wrong) => (None, Some(wrong)),
    };
    let errors = refusal.as_ref().map_or(&[][..], |refusal| &refusal.fields);
    let taken = query.some("nhan");
    let main = html! {
        @if let Some(refusal) = &refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        @if let Some(n) = &taken {
            (banner(lang, BannerKind::Done, &html! { (words::TOOK.fill(lang, &[("n", n)])) }))
        }
        p { (words::HAND_OVERS_ABOUT.say(lang)) }
        (asking(desk, query, errors))
        @if let Some((wanted, lines)) = &found { (list(desk, wanted, lines)) }
    };
    let status = refusal.clone().map_or(StatusCode::OK, |refusal| status_of(&refusal.into()));
    let refused = refusal.is_some();
    desk.page(status, &Sheet { title, refused, ..Sheet::default() }, &main)
}

fn asking(desk: &Desk, query: &Posted, errors: &[crate::domain::refusal::FieldError]) -> Markup {
    let lang = desk.lang();
    let today = date_short(local(desk.office().now()).date());
    let typed = |name: &str| match query.some(name) {
        Some(typed) => dates::date(&typed).map_or(typed, date_short),
        None => today.clone(),
    };
    let (from, to) = (typed("tu"), typed("den"));
    let world = desk.office().world();
    let units = world.agency(&desk.staff.agency).map(|agency| agency.units.as_slice());
    let choices: Vec<Choice<'_>> = units
        .unwrap_or_default()
        .iter()
        .map(|unit| Choice {
            value: unit.code.as_str(),
            label: &unit.name,
            chosen: unit.code.as_str() == query.get("don-vi"),
            ..Choice::default()
        })
        .collect();
    let back = query.get("chieu") == "ve";
    let ways =
        [("di", words::OUT, !back), ("ve", words::BACK, back)].map(|(value, label, chosen)| {
            Choice { value, label: label.say(lang), chosen, ..Choice::default() }
        });
    let date = |name: &'static str, label: crate::domain::words::Message, value| Field {
        name,
        label: label.say(lang),
        value,
        error: error_for(errors, name, lang),
        autocomplete: "off",
        max_length: Some(10),
        ..Field::default()
    };
    let body = html! {
        (select(lang, &Field {
            name: "chieu", label: words::WAY.say(lang), ..Field::default()
        }, &ways))
        (select(lang, &Field {
            name: "don-vi",
            label: words::UNIT.say(lang),
            hint: words::EVERY_UNIT.say(lang),
            optional: true,
            ..Field::default()
        }, &choices))
        (date_field(lang, &date("tu", printing_words::FROM, &from)))
        (date_field(lang, &date("den", printing_words::TO, &to)))
        (button(&Button { label: printing_words::SHOW.say(lang), ..Button::default() }))
    };
    html! { div.row { (form(lang, &Form { action: HERE, method: Method::Get, ..Form::default() }, &body)) } }
}

fn list(desk: &Desk, wanted: &Wanted, lines: &[HandedOver]) -> Markup {
    let lang = desk.lang();
    if lines.is_empty() {
        let words = words::NOTHING_HANDED.say(lang);
        return empty_state(lang, &EmptyState { words, ..EmptyState::default() });
    }
    let deed = match wanted.direction {
        Direction::Out => Deed::HandOver,
        Direction::Back => Deed::ResultHandOver,
    };
    let codes: Vec<&str> = lines.iter().take(MOST).map(|l| l.dossier.code.as_str()).collect();
    let print = format!("/mot-cua/in/{}?ma={}", deed.id(), codes.join(","));
    let waits = |line: &&HandedOver| {
        wanted.direction == Direction::Out && Office::waits_for(&desk.staff, line)
    };
    let mine = lines.iter().filter(waits).count();
    let table = table(desk, lines, mine > 0);
    let (csrf, key) = (desk.csrf(), desk.new_key());
    html! {
        div.buttons {
            (button_link(&print, &Button {
                label: words::PRINT_LIST.say(lang), key: "F8", secondary: true, ..Button::default()
            }))
        }
        @if mine > 0 {
            p { strong { (words::TO_TAKE.fill(lang, &[("n", &mine.to_string())])) } }
            (form(lang, &Form { action: HERE, csrf: &csrf, key: &key, ..Form::default() }, &html! {
                input type="hidden" name="tu" value=(wanted.period.from());
                input type="hidden" name="den" value=(wanted.period.to());
                input type="hidden" name="don-vi"
                    value=(wanted.unit.as_ref().map(UnitCode::as_str).unwrap_or_default());
                (table)
                div.buttons id="f-ma" {
                    (button(&Button {
                        label: words::TAKE.say(lang), key: "F9", ..Button::default()
                    }))
                }
            }))
        } @else { (table) }
    }
}

fn table(desk: &Desk, lines: &[HandedOver], ticks: bool) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let columns = [
        Column::new(desk_words::DOSSIER.say(lang)),
        Column::new(desk_words::PROCEDURE.say(lang)),
        Column::new(desk_words::OWNER.say(lang)),
        Column::new(words::UNIT.say(lang)),
        Column::new(words::HANDED_AT.say(lang)),
        Column::new(words::TAKEN.say(lang)),
    ];
    let rows: Vec<Row> = lines
        .iter()
        .map(|line| {
            let dossier = &line.dossier;
            let unit = dossier.holder.unit.as_ref();
            let unit =
                unit.map(|unit| super::say::unit_name(&world, &dossier.competent_agency, unit));
            let cells = vec![
                html! { a.code href={ "/mot-cua/ho-so/" (dossier.code) } { (dossier.code) } },
                html! { (dossier.procedure_name) },
                html! { (dossier.owner.name) },
                html! { (unit.unwrap_or_default()) },
                html! { (instant_short(line.at)) },
                match &line.taken {
                    Some((by, at)) => html! { (by) ", " (instant_short(*at)) },
                    None => html! { span.muted { (words::NOT_TAKEN.say(lang)) } },
                },
            ];
            let ticked = ticks && Office::waits_for(&desk.staff, line);
            Row { cells, code: dossier.code.to_string(), ticked }
        })
        .collect();
    data_table(
        lang,
        &DataTable {
            caption: words::HAND_OVERS.say(lang),
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: if ticks { "ma" } else { "" },
        },
    )
}
