//! `/tai-khoan/yeu-cau`: requests about one's own data.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use crate::domain::agency::Agency;
use crate::domain::calendar::local;
use crate::domain::calendar::words::date_short;
use crate::domain::dossier::Dossier;
use crate::domain::ids::{AgencyCode, DossierCode};
use crate::domain::privacy::{Place, Request, RequestKind};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Lang;
use crate::office::Failure;
use crate::office::privacy::requests::NewRequest;
use crate::web::Site;
use crate::web::components::{
    BannerKind, Button, Choice, Crumb, Field, Form, banner, button, button_link, button_row,
    error_for, error_summary, form, key_facts, radios, select, text_area,
};
use crate::web::public::incoming::{self, Posted};
use crate::web::public::page::{Page, answer, contact, settle};
use crate::web::public::sign_in;
use crate::web::request_course as course;
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::{data_requests as words, public_filing as filing_words};

use super::{REQUESTS, note};

/// Where one is made.
pub(super) const NEW: &str = "/tai-khoan/yeu-cau/moi";

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// What was just done.
    xong: String,
}

fn framed(
    site: &Site,
    visitor: &Visitor,
    title: &str,
    refused: bool,
    main: &Markup,
) -> HttpResponse {
    let lang = visitor.lang;
    let account = Crumb { href: "/tai-khoan", label: filing_words::ACCOUNT.say(lang) };
    let list = Crumb { href: REQUESTS, label: words::MINE.say(lang) };
    let both = [account, list];
    let above = if title == words::MINE.say(lang) { &both[..1] } else { &both[..] };
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    answer(site, visitor, status, &Page { title, above, refused, ..Page::default() }, main)
}

/// `GET /tai-khoan/yeu-cau`.
pub(super) async fn list(
    site: web::Data<Site>,
    visitor: Visitor,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else {
        return see_other(&sign_in::address(REQUESTS, ""));
    };
    let shown = site.office.data_requests_of(contact).map(|requests| {
        let lang = visitor.lang;
        let main = html! {
            (done(&requests, &wanted.xong, lang))
            h1 { (words::MINE.say(lang)) }
            p { (words::ABOUT.say(lang)) }
            (button_row(&button_link(NEW, &Button { label: words::NEW.say(lang), ..Button::default() })))
            @if requests.is_empty() { p.muted { (words::NONE.say(lang)) } }
            ul.cards { @for request in &requests { li { (card(&site, &visitor, request)) } } }
        };
        framed(&site, &visitor, words::MINE.say(lang), false, &main)
    });
    settle(&site, &visitor, shown)
}

fn done(requests: &[Request], just_done: &str, lang: Lang) -> Markup {
    let said = match (just_done, requests.first()) {
        ("rut", _) => words::WAS_TAKEN_BACK.say(lang).to_owned(),
        ("gui", Some(request)) => {
            let day = date_short(local(request.answer_by).date());
            words::SENT.fill(lang, &[("number", &course::number(request)), ("day", &day)])
        }
        _ => return html! {},
    };
    banner(lang, BannerKind::Done, &html! { (said) })
}

fn card(site: &Site, visitor: &Visitor, request: &Request) -> Markup {
    let (lang, csrf) = (visitor.lang, visitor.csrf(site));
    let world = site.office.world();
    let number = course::number(request);
    let mut facts = vec![(words::STATE.say(lang), html! { (request.state.name().say(lang)) })];
    facts.extend(course::next_date(request, lang));
    html! {
        article.card {
            h2 { (request.kind.name().say(lang)) " " span.muted.code { (number) } }
            (key_facts(&facts))
            p.as-typed { (request.details.text) }
            @if let Some(code) = &request.details.dossier {
                p { a href={ "/tra-cuu/" (code) } { (code) } }
            }
            (course::course(request, (&site.office.privacy().periods, &world), course::Reader::Asker, lang))
            @if request.state.is_open() {
                (form(lang, &Form { action: REQUESTS, csrf: &csrf, label: &number, ..Form::default() }, &html! {
                    input type="hidden" name="so" value=(request.number);
                    (button(&Button { label: words::TAKE_BACK.say(lang), secondary: true, ..Button::default() }))
                }))
            }
        }
    }
}

/// `POST /tai-khoan/yeu-cau`: one is taken back.
pub(super) async fn take_back(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else {
        return see_other(&sign_in::address(REQUESTS, ""));
    };
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let number = posted.value("so").parse().unwrap_or_default();
        site.office.take_request_back(contact, number).await?;
        Ok::<_, Failure>(see_other(&format!("{REQUESTS}?xong=rut")))
    };
    settle(&site, &visitor, result.await)
}

/// `GET /tai-khoan/yeu-cau/moi`.
pub(super) async fn ask(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return see_other(&sign_in::address(NEW, "")) };
    let shown = form_page(&site, &visitor, contact, (&Posted::default(), None));
    settle(&site, &visitor, shown)
}

fn form_page(
    site: &Site,
    visitor: &Visitor,
    contact: &str,
    (typed, refusal): (&Posted, Option<&Refusal>),
) -> Result<HttpResponse, Failure> {
    let (lang, csrf) = (visitor.lang, visitor.csrf(site));
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let known = site.office.account(contact)?.dossiers;
    let dossiers = site.office.applicants_dossiers(&known)?;
    let world = site.office.world();
    let agencies: Vec<&Agency> = world.agencies().collect();
    let home = world.home().map_or("", |agency| agency.code.as_str());
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (words::NEW.say(lang)) }
        (form(lang, &Form { action: NEW, csrf: &csrf, ..Form::default() }, &html! {
            (kinds(site, typed.value("kind"), errors, lang))
            (text_area(lang, &Field {
                hint: words::TEXT_HINT.say(lang),
                max_length: Some(2_000),
                ..field(typed, errors, "text", words::TEXT.say(lang), lang)
            }, 5))
            @if !dossiers.is_empty() {
                (select(lang, &Field {
                    optional: true,
                    ..field(typed, errors, "dossier", words::DOSSIER.say(lang), lang)
                }, &dossiers.iter().map(dossier_choice).collect::<Vec<_>>()))
            }
            @if agencies.len() > 1 {
                (select(lang, &Field {
                    value: if typed.has("agency") { typed.value("agency") } else { home },
                    ..field(typed, errors, "agency", words::AGENCY.say(lang), lang)
                }, &agencies.iter().map(|agency| Choice {
                    value: agency.code.as_str(), label: &agency.name, ..Choice::default()
                }).collect::<Vec<_>>()))
            }
            (note(site, visitor, Place::Request))
            (button(&Button { label: words::SEND.say(lang), ..Button::default() }))
        }))
    };
    Ok(framed(site, visitor, words::NEW.say(lang), refusal.is_some(), &main))
}

fn field<'a>(
    typed: &'a Posted,
    errors: &'a [FieldError],
    name: &'a str,
    label: &'a str,
    lang: Lang,
) -> Field<'a> {
    let (value, error) = (typed.value(name), error_for(errors, name, lang));
    Field { name, label, value, error, ..Field::default() }
}

/// What may be asked for, each with its period.
fn kinds(site: &Site, chosen: &str, errors: &[FieldError], lang: Lang) -> Markup {
    let periods = &site.office.privacy().periods;
    let rows: Vec<(RequestKind, String)> = RequestKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let period = course::duration(periods.of(kind)?.alone, lang);
            Some((kind, words::KIND_PERIOD.fill(lang, &[("period", &period)])))
        })
        .collect();
    let choices: Vec<Choice<'_>> = rows
        .iter()
        .map(|(kind, hint)| Choice {
            value: kind.id(),
            label: kind.name().say(lang),
            hint,
            chosen: chosen == kind.id(),
            ..Choice::default()
        })
        .collect();
    let error = error_for(errors, "kind", lang);
    radios(
        lang,
        &Field { name: "kind", label: words::KIND.say(lang), error, ..Field::default() },
        &choices,
    )
}

fn dossier_choice(dossier: &Dossier) -> Choice<'_> {
    Choice { value: dossier.code.as_str(), label: &dossier.procedure_name, ..Choice::default() }
}

/// `POST /tai-khoan/yeu-cau/moi`.
pub(super) async fn send(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return see_other(&sign_in::address(NEW, "")) };
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let sent = match new_request(&site, contact, &posted) {
            Ok(new) => site.office.ask_about_data(contact, new).await,
            Err(refusal) => Err(refusal.into()),
        };
        match sent {
            Ok(_) => Ok(see_other(&format!("{REQUESTS}?xong=gui"))),
            Err(Failure::Refused(refusal)) if !refusal.fields.is_empty() => {
                form_page(&site, &visitor, contact, (&posted, Some(&refusal)))
            }
            Err(failure) => Err(failure),
        }
    };
    settle(&site, &visitor, result.await)
}

fn new_request(site: &Site, contact: &str, posted: &Posted) -> Result<NewRequest, Refusal> {
    let missing = || Refusal::field("kind", words::KIND);
    let kind = RequestKind::from_id(posted.value("kind")).ok_or_else(missing)?;
    let world = site.office.world();
    let home = || world.home().map(|agency| agency.code.clone());
    let chosen = posted.value("agency");
    let agency = match chosen {
        "" => home().unwrap_or_else(|| AgencyCode::new(String::new())),
        code => AgencyCode::new(code.to_owned()),
    };
    let remembered = site.office.remembered_details(contact).unwrap_or_default();
    let name = remembered.get("applicant.name").cloned().unwrap_or_default();
    let dossier = posted.value("dossier");
    Ok(NewRequest {
        agency,
        kind,
        name,
        id_number: String::new(),
        contact: contact.to_owned(),
        text: posted.value("text").to_owned(),
        dossier: (!dossier.is_empty()).then(|| DossierCode::new(dossier)),
        is_identified: false,
    })
}
