//! Absences and substitutes: one's own, those of an account that an administrator looks after, and
//! working in the place of somebody who is away.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::civil::Date;
use maud::{Markup, html};

use super::HERE;
use super::signing::Onwards;
use crate::domain::absence::{self, Absence};
use crate::domain::agency::Staff;
use crate::domain::calendar::words::date_short;
use crate::domain::dossier::Directory;
use crate::domain::ids::UserName;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::Failure;
use crate::office::sessions::Session;
use crate::office::world::World;
use crate::web::components::{
    Button, Choice, Crumb, Field, Form, Width, button, date_field, error_for, error_summary, form,
    row_button, select,
};
use crate::web::desk::access::{Desk, Sheet};
use crate::web::desk::dates;
use crate::web::desk::posted::{Posted, posted, with_office};
use crate::web::visitor::{see_other, session_cookie, status_of};
use crate::web::words::{absences as words, desk as desk_words};

/// Where one's own absences are declared.
const OWN: &str = "/mot-cua/tai-khoan/nghi";
/// Where somebody begins and ends to stand in.
const STANDING_IN: &str = "/mot-cua/tai-khoan/lam-thay";

/// Where those of an account are declared by whoever looks after it.
fn address_of(desk: &Desk, of: &UserName) -> String {
    if desk.staff.name == *of { OWN.to_owned() } else { format!("{OWN}/{of}") }
}

fn full_name(world: &World, name: &UserName) -> String {
    world.staff(name).map_or_else(|| name.to_string(), |staff| staff.full_name.clone())
}

/// What one's own account says: absences, and for whom one stands in today.
pub fn section(desk: &Desk) -> Markup {
    let lang = desk.lang();
    let world = desk.office().world();
    let own = desk.office().absences_of(&desk.staff.name);
    html! {
        section {
            h2 { (words::ABSENCES.say(lang)) }
            @if own.is_empty() { p { (words::NONE.say(lang)) } }
            @else { (declared(desk, &world, OWN, &own)) }
            p { a href=(OWN) { (words::DECLARE.say(lang)) } }
        }
        (standing_in(desk))
    }
}

/// Absences that were declared, each with the way to take it back.
fn declared(desk: &Desk, world: &World, action: &str, absences: &[Absence]) -> Markup {
    let (lang, csrf) = (desk.lang(), desk.csrf());
    form(
        lang,
        &Form { action, csrf: &csrf, ..Form::default() },
        &html! {
            ul.links {
                @for one in absences {
                    @let (from, to) = (date_short(one.from), date_short(one.to));
                    @let substitute = full_name(world, &one.substitute);
                    li {
                        (words::LINE.fill(lang, &[
                            ("from", &from), ("to", &to), ("name", &substitute),
                        ]))
                        " · "
                        (row_button(
                            words::TAKE_BACK.say(lang), &from, "_drop", &one.from.to_string(),
                        ))
                    }
                }
            }
        },
    )
}

fn standing_in(desk: &Desk) -> Markup {
    let (lang, csrf) = (desk.lang(), desk.csrf());
    let away = desk.office().stands_in_for(&desk.staff.name);
    let now = desk.staff.stands_in_for.as_ref();
    html! {
        @if !away.is_empty() {
            section {
                h2 { (words::STAND_IN.say(lang)) }
                p { (words::STAND_IN_ABOUT.say(lang)) }
                (form(lang, &Form { action: STANDING_IN, csrf: &csrf, ..Form::default() }, &html! {
                    ul.links {
                        @for (staff, to) in &away {
                            li {
                                (words::AWAY_UNTIL.fill(lang, &[
                                    ("name", &staff.full_name), ("to", &date_short(*to)),
                                ]))
                                " · "
                                @if now == Some(&staff.name) {
                                    (row_button(words::STOP.say(lang), &staff.full_name, "thay", ""))
                                } @else {
                                    (row_button(
                                        words::BEGIN.say(lang), &staff.full_name, "thay",
                                        staff.name.as_str(),
                                    ))
                                }
                            }
                        }
                    }
                }))
            }
        }
    }
}

/// `GET /mot-cua/tai-khoan/nghi`.
pub async fn ask_own(desk: Desk) -> HttpResponse {
    let name = desk.staff.name.clone();
    page(&desk, &name, &Posted::default(), None)
}

/// `GET /mot-cua/tai-khoan/nghi/{name}`: of an account that one looks after.
pub async fn ask(desk: Desk, path: web::Path<String>) -> HttpResponse {
    page(&desk, &UserName::from(path.as_str()), &Posted::default(), None)
}

/// `POST /mot-cua/tai-khoan/nghi`.
pub async fn change_own(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let name = desk.staff.name.clone();
    changed(desk, request, payload, name).await
}

/// `POST /mot-cua/tai-khoan/nghi/{name}`.
pub async fn change(
    desk: Desk,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let name = UserName::from(path.as_str());
    changed(desk, request, payload, name).await
}

fn page(desk: &Desk, of: &UserName, sent: &Posted, refusal: Option<&Refusal>) -> HttpResponse {
    let (lang, world) = (desk.lang(), desk.office().world());
    let known = world.staff(of).filter(|away| desk.office().may_declare(desk.caller(), away));
    let Some(away) = known else {
        return desk.failed(&Refusal::new(RefusalKind::NotFound, desk_words::NOT_FOUND).into());
    };
    let is_own = desk.staff.name == *of;
    let title = match is_own {
        true => words::ABSENCES.say(lang).to_owned(),
        false => words::ABSENCES_OF.fill(lang, &[("name", &away.full_name)]),
    };
    let known = desk.office().absences_of(of);
    let action = address_of(desk, of);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        p { (words::ABOUT.say(lang)) }
        @if !known.is_empty() { (declared(desk, &world, &action, &known)) }
        (fields(desk, away, &action, sent, refusal))
    };
    let above = [Crumb { href: HERE, label: super::words::TITLE.say(lang) }];
    let sheet = Sheet {
        title: &title,
        above: &above,
        refused: refusal.is_some(),
        narrow: true,
        ..Sheet::default()
    };
    let status = refusal.map_or(StatusCode::OK, |r| status_of(&Failure::Refused(r.clone())));
    desk.page(status, &sheet, &main)
}

fn fields(
    desk: &Desk,
    away: &Staff,
    action: &str,
    sent: &Posted,
    refusal: Option<&Refusal>,
) -> Markup {
    let (lang, world, csrf) = (desk.lang(), desk.office().world(), desk.csrf());
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let field = |name: &'static str, label: &'static str| Field {
        name,
        label,
        value: sent.get(name),
        error: error_for(errors, name, lang),
        autocomplete: "off",
        width: Width::Medium,
        ..Field::default()
    };
    let fits = |staff: &&&Staff| {
        staff.enabled
            && staff.agency == away.agency
            && staff.name != away.name
            && staff.roles.iter().any(|role| role.is_desk())
    };
    let accounts = world.accounts();
    let people: Vec<Choice<'_>> = accounts
        .iter()
        .filter(fits)
        .map(|staff| Choice {
            value: staff.name.as_str(),
            label: &staff.full_name,
            ..Choice::default()
        })
        .collect();
    form(
        lang,
        &Form { action, csrf: &csrf, ..Form::default() },
        &html! {
            (date_field(lang, &field("from", words::FROM.say(lang))))
            (date_field(lang, &field("to", words::TO.say(lang))))
            (select(lang, &field("substitute", words::SUBSTITUTE.say(lang)), &people))
            (button(&Button { label: words::DECLARE.say(lang), ..Button::default() }))
        },
    )
}

async fn changed(
    desk: Desk,
    request: HttpRequest,
    payload: web::Payload,
    of: UserName,
) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let back = if desk.staff.name == of { HERE.to_owned() } else { address_of(&desk, &of) };
    let outcome = match sent.some("_drop").and_then(|day| day.parse::<Date>().ok()) {
        Some(from) => {
            let of = of.clone();
            with_office(&desk, move |office, caller| office.withdraw_absence(caller, &of, from))
                .await
        }
        None => match absence_of(&sent, &of) {
            Ok(new) => {
                with_office(&desk, move |office, caller| office.declare_absence(caller, &new)).await
            }
            Err(refusal) => Err(refusal.into()),
        },
    };
    match outcome {
        Ok(()) => see_other(&back),
        Err(Failure::Refused(refusal)) if refusal.kind == RefusalKind::Invalid => {
            page(&desk, &of, &sent, Some(&refusal))
        }
        Err(failure) => desk.failed(&failure),
    }
}

fn absence_of(sent: &Posted, of: &UserName) -> Result<Absence, Refusal> {
    let day = |name: &str| dates::date(sent.get(name));
    let (Some(from), Some(to)) = (day("from"), day("to")) else {
        let missing = ["from", "to"].into_iter().filter(|name| day(name).is_none());
        let errors = missing
            .map(|name| FieldError { field: name.to_owned(), text: absence::DATES_MISSING.into() });
        return Err(Refusal::fields(errors.collect()));
    };
    Ok(Absence { of: of.clone(), from, to, substitute: UserName::from(sent.get("substitute")) })
}

/// `POST /mot-cua/tai-khoan/lam-thay`: begins or ends to work in somebody's place, under a session of
/// a new id.
pub async fn stand_in(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    match renewed(&desk, sent.some("thay")) {
        Ok(onwards) => onwards.redirect(),
        Err(failure) => desk.failed(&failure),
    }
}

fn renewed(desk: &Desk, away: Option<String>) -> Result<Onwards, Failure> {
    let office = desk.office();
    if let Some(away) = &away {
        office.in_place_of(&desk.staff, &UserName::from(away.as_str()))?;
    }
    let gone = || Refusal::new(RefusalKind::Unauthenticated, desk_words::NOT_POSSIBLE);
    let visitor = &desk.visitor;
    let before = visitor.session_id.as_deref().zip(visitor.session.as_ref()).ok_or_else(gone)?;
    let at = if away.is_some() { "/mot-cua" } else { HERE };
    let session = Session { stands_in_for: away, ..before.1.clone() };
    let (id, _) = office.renew_session(before.0, &session)?;
    Ok(Onwards { at: at.to_owned(), cookie: session_cookie(visitor, &id), device: None })
}
