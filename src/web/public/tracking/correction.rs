//! An applicant puts typing errors in what they stated right: before reception at once, after it as
//! a request that the section answers.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::acting::{Acting, Over};
use super::{Code, fresh_key, require};
use crate::domain::agency::Agency;
use crate::domain::dossier::{Action, Command, Directory, Dossier, FormValue};
use crate::domain::form::Declaration;
use crate::domain::refusal::{FieldError, RefusalKind};
use crate::office::Failure;
use crate::office::acting::Files;
use crate::web::Site;
use crate::web::asking::{SHOWN, named};
use crate::web::components::{
    AddressField, AddressParts, BannerKind, Button, DateParts, Field, Form, Width, address_fields,
    banner, button, button_row, date_boxes, error_for, form, text_area, text_field,
};
use crate::web::public::incoming::{self, Posted};
use crate::web::public::page::settle;
use crate::web::restating::{Restating, at_questions, form_of};
use crate::web::stated::{self, GROUPS, Stated};
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::public_acting as words;

/// The first box of the page.
const FIRST: &str = "changes.owner.name";

/// `GET /tra-cuu/{dossier}/sua`.
pub(super) async fn ask(site: web::Data<Site>, visitor: Visitor, code: Code) -> HttpResponse {
    let opened = match require(&site, &visitor, &code) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let acting = Acting { site: &site, visitor: &visitor, opened: &opened };
    let result = acting.check(Action::RequestCorrection).map(|()| {
        let form = fields(&acting, &Posted::default(), &fresh_key(&site), Over::Nothing);
        acting.page(words::CORRECT.say(visitor.lang), Over::Nothing, &form)
    });
    settle(&site, &visitor, result)
}

/// The fields that an applicant may correct, beside those that a declared form asks for.
fn own(dossier: &Dossier, form: Option<&Declaration>) -> Vec<Stated> {
    let mut all = stated::correctable(dossier, form);
    all.retain(|one| !one.path.starts_with("result."));
    all
}

fn fields(acting: &Acting<'_>, posted: &Posted, key: &str, over: Over<'_>) -> Markup {
    let (lang, dossier) = (acting.visitor.lang, acting.dossier());
    let (action, back) = (format!("{}/sua", acting.back()), acting.back());
    let csrf = acting.visitor.csrf(acting.site);
    let world = acting.site.office.world();
    let declared = form_of(&world, dossier);
    let all = own(dossier, declared);
    let what = match dossier.is_before_reception() {
        true => words::CORRECT_NOW,
        false => words::CORRECT_LATER,
    };
    let about = Form { action: &action, csrf: &csrf, key, ..Form::default() };
    html! {
        h1 { (words::CORRECT.say(lang)) }
        p.muted { (dossier.procedure_name) }
        p { (what.say(lang)) }
        @if let Some(asked) = &dossier.correction {
            (banner(lang, BannerKind::Note, &html! {
                p { (words::CORRECT_AGAIN.say(lang)) }
                ul { @for line in stated::changed(&asked.changes, declared, lang) { li.as-typed { (line) } } }
            }))
        }
        (form(lang, &about, &html! {
            input type="hidden" name="version" value=(dossier.version);
            @for (begin, legend) in GROUPS {
                @let group = all.iter().filter(|one| one.path.starts_with(begin));
                @if group.clone().next().is_some() {
                    fieldset {
                        legend { h2 { (legend.say(lang)) } }
                        @for one in group { (field(one, posted, over, acting)) }
                    }
                }
            }
            @if let Some(declared) = declared { (answers(acting, declared, posted, over)) }
            (text_area(lang, &Field {
                name: "reason",
                label: words::CORRECT_WHY.say(lang),
                hint: words::CORRECT_WHY_HINT.say(lang),
                error: error_for(over.errors(), "reason", lang),
                value: posted.value("reason"),
                max_length: Some(1_000),
                ..Field::default()
            }, 2))
            (button_row(&html! {
                (button(&Button { label: words::CORRECT_SEND.say(lang), ..Button::default() }))
                a href=(back) { (words::TO_DOSSIER.say(lang)) }
            }))
        }))
    }
}

/// The answers, asked once more by the form that they were given in.
fn answers(acting: &Acting<'_>, form: &Declaration, posted: &Posted, over: Over<'_>) -> Markup {
    let office = &acting.site.office;
    let mut said = Restating::of(office, form, acting.dossier(), posted.pairs(), false);
    said.rearrange((posted.value("_add"), posted.value("_drop")));
    let pressed =
        if posted.has("_update") { posted.value("_update") } else { posted.value("_add") };
    said.body(acting.visitor.lang, over.errors(), (&province(acting), false), pressed)
}

/// The province of the agency that takes the dossier in.
fn province(acting: &Acting<'_>) -> String {
    let world = acting.site.office.world();
    world.agency(&acting.dossier().receiving_agency).map(Agency::province).unwrap_or_default()
}

fn field(stated: &Stated, posted: &Posted, over: Over<'_>, acting: &Acting<'_>) -> Markup {
    let lang = acting.visitor.lang;
    let name = format!("changes.{}", stated.path);
    let value = if posted.has(&name) { posted.value(&name) } else { &stated.value };
    let about = Field {
        name: &name,
        label: stated.label.say(lang),
        error: error_for(over.errors(), &name, lang),
        value,
        autocomplete: "off",
        optional: stated.value.is_empty(),
        ..Field::default()
    };
    let part = |path: &str| stated.path.ends_with(path);
    if part(".birth_date") {
        return birth_date(stated, posted, &about, lang);
    }
    if part(".address") {
        return address(stated, posted, &about, acting, over);
    }
    let long = stated.path.starts_with("form.") && stated.value.chars().count() > 60;
    match (long, part(".phone"), part(".email")) {
        (true, ..) => text_area(lang, &Field { max_length: Some(4_000), ..about }, 3),
        (_, true, _) => text_field(
            lang,
            &Field { kind: "tel", width: Width::Medium, max_length: Some(20), ..about },
        ),
        (_, _, true) => text_field(lang, &Field { kind: "email", max_length: Some(254), ..about }),
        _ => text_field(lang, &Field { max_length: Some(500), ..about }),
    }
}

fn address(
    stated: &Stated,
    posted: &Posted,
    about: &Field<'_>,
    acting: &Acting<'_>,
    over: Over<'_>,
) -> Markup {
    let sent = |name: &str| posted.has(name).then(|| posted.value(name));
    let is_typed = AddressParts::names(about.name).iter().any(|name| posted.has(name));
    let parts = match is_typed {
        true => AddressParts::typed(about.name, sent),
        false => AddressParts::of_line(&stated.value),
    };
    address_fields(
        acting.visitor.lang,
        &AddressField {
            field: *about,
            parts: Some(&parts),
            first: &province(acting),
            errors: over.errors(),
            ..AddressField::default()
        },
    )
}

fn birth_date(
    stated: &Stated,
    posted: &Posted,
    about: &Field<'_>,
    lang: crate::domain::words::Lang,
) -> Markup {
    let mut parts = stated.value.split('/');
    let mut part = |name: &str| {
        let name = format!("changes.{}.{name}", stated.path);
        let standing = parts.next().unwrap_or_default();
        if posted.has(&name) { posted.value(&name).to_owned() } else { standing.to_owned() }
    };
    let (day, month, year) = (part("day"), part("month"), part("year"));
    let date = DateParts { day: &day, month: &month, year: &year, ..DateParts::default() };
    date_boxes(lang, about, &date)
}

/// The fields whose values differ from what stands in the dossier.
fn changes(acting: &Acting<'_>, posted: &Posted) -> Vec<(String, FormValue)> {
    let (dossier, world) = (acting.dossier(), acting.site.office.world());
    let form = form_of(&world, dossier);
    let text = |(path, text)| (path, FormValue::Text(text));
    let mut changes: Vec<_> = boxes(dossier, form, posted).into_iter().map(text).collect();
    if let Some(form) = form.filter(|_| posted.has(SHOWN)) {
        let said = Restating::of(&acting.site.office, form, dossier, posted.pairs(), false);
        changes.extend(said.changes(dossier));
    }
    changes
}

fn boxes(dossier: &Dossier, form: Option<&Declaration>, posted: &Posted) -> Vec<(String, String)> {
    let differs = |one: Stated| {
        let name = format!("changes.{}", one.path);
        if one.path.ends_with(".birth_date") {
            let typed = date(posted, &name)?;
            return (typed.0 != one.value).then_some((one.path, typed.1));
        }
        if AddressParts::names(&name).iter().any(|name| posted.has(name)) {
            let sent = |name: &str| posted.has(name).then(|| posted.value(name));
            let line = AddressParts::instead_of(&one.value, &name, sent)?;
            return Some((one.path, line));
        }
        let typed = posted.value(&name).trim();
        // A browser ends lines in its own way.
        let (typed, standing) = (typed.replace("\r\n", "\n"), one.value.replace("\r\n", "\n"));
        (posted.has(&name) && typed != standing.trim()).then_some((one.path, typed))
    };
    own(dossier, form).into_iter().filter_map(differs).collect()
}

/// A date of three boxes, as people write it and as the command takes it; what is no date goes on as
/// typed, so that the refusal names it.
fn date(posted: &Posted, name: &str) -> Option<(String, String)> {
    let part = |part: &str| posted.value(&format!("{name}.{part}")).trim().to_owned();
    if !posted.has(&format!("{name}.year")) {
        return None;
    }
    let (day, month, year) = (part("day"), part("month"), part("year"));
    if day.is_empty() && month.is_empty() && year.is_empty() {
        return Some((String::new(), String::new()));
    }
    let number = |text: &str| text.parse::<i8>().ok();
    let parsed = number(&day)
        .zip(number(&month))
        .zip(year.parse::<i16>().ok())
        .and_then(|((day, month), year)| jiff::civil::Date::new(year, month, day).ok());
    Some(match parsed {
        Some(date) => (crate::domain::calendar::words::date_short(date), date.to_string()),
        None => (String::from("?"), format!("{day}/{month}/{year}")),
    })
}

/// `POST /tra-cuu/{dossier}/sua`.
pub(super) async fn send(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
    code: Code,
) -> HttpResponse {
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        let opened = match require(&site, &visitor, &code) {
            Ok(opened) => opened,
            Err(answer) => return Ok(*answer),
        };
        let acting = Acting { site: &site, visitor: &visitor, opened: &opened };
        let title = words::CORRECT.say(visitor.lang);
        if ["_reload", "_update", "_add", "_drop"].iter().any(|name| posted.has(name)) {
            let form = fields(&acting, &posted, posted.value("_key"), Over::Nothing);
            return Ok(acting.page(title, Over::Nothing, &form));
        }
        let command = Command::RequestCorrection {
            changes: changes(&acting, &posted),
            reason: posted.value("reason").to_owned(),
        };
        let done = match visitor.check_csrf(&site, posted.value("_csrf")) {
            Ok(()) => {
                let sender = acting.caller();
                acting.send("web correction", &posted, command, (&sender, Files::default())).await
            }
            Err(refusal) => Err(refusal.into()),
        };
        match done {
            Ok(dossier) => {
                let word = if dossier.is_before_reception() { "da-sua" } else { "sua" };
                Ok(see_other(&format!("/tra-cuu/{}?xong={word}", dossier.code)))
            }
            Err(Failure::Refused(mut refusal)) => {
                let late = acting.check(Action::RequestCorrection).is_err();
                if late && refusal.kind != RefusalKind::Forbidden {
                    return Ok(acting.gone(title, &refusal, &posted));
                }
                at_first(&mut refusal.fields);
                at_questions(&mut refusal.fields);
                let world = site.office.world();
                let refusal = named(&refusal, form_of(&world, acting.dossier()));
                let over = Over::of(&refusal, &posted);
                let form = fields(&acting, &posted, posted.value("_key"), over);
                Ok(acting.page(title, over, &form))
            }
            Err(fault) => Err(fault),
        }
    };
    settle(&site, &visitor, result.await)
}

/// What is wrong with the whole is said at the first question.
fn at_first(errors: &mut [FieldError]) {
    for error in errors.iter_mut().filter(|error| error.field == "changes") {
        error.field = FIRST.to_owned();
    }
}
