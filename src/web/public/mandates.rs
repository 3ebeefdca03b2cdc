//! `/tai-khoan/uy-quyen`: for whom somebody acts, and filing for them.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::incoming::{self, Posted};
use super::page::{Page, answer, contact, settle};
use super::{facts, sign_in};
use crate::domain::calendar::words::date_short;
use crate::domain::catalogue::Procedure;
use crate::domain::ids::{PersonalPaperId, ProcedureCode};
use crate::domain::person::{MandateKind, Person};
use crate::domain::personal::{PersonalPaper, Represents};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::Failure;
use crate::office::browsing::Browse;
use crate::office::personal::no_paper;
use crate::web::Site;
use crate::web::components::{
    BannerKind, Button, Choice, Crumb, DateParts, Field, Form, SearchBox, Width, banner, button,
    button_link, date_boxes, error_for, error_summary, form, radios, row_button, search_box,
    select, text_field,
};
use crate::web::visitor::{Visitor, see_other, status_of};
use crate::web::words::{mandates as words, public_filing as filing_words};

const HERE: &str = "/tai-khoan/uy-quyen";
const ADD: &str = "/tai-khoan/uy-quyen/them";
/// Procedures that are offered at once.
const OFFERED: usize = 20;

/// The routes.
pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route(HERE, web::get().to(list))
        .route(HERE, web::post().to(revoke))
        .route(ADD, web::get().to(ask))
        .route(ADD, web::post().to(add))
        .route("/tai-khoan/uy-quyen/{id}", web::get().to(choose))
        .route("/tai-khoan/uy-quyen/{id}", web::post().to(begin));
}

/// What the account's page says of it.
pub(super) fn section(lang: Lang) -> Markup {
    html! {
        section {
            h2 { (words::TITLE.say(lang)) }
            p { a href=(HERE) { (words::FILE_FOR.say(lang)) } }
        }
    }
}

fn page(
    site: &Site,
    visitor: &Visitor,
    title: &str,
    refusal: Option<&Refusal>,
    main: &Markup,
) -> HttpResponse {
    let lang = visitor.lang;
    let above = [
        Crumb { href: "/tai-khoan", label: filing_words::ACCOUNT.say(lang) },
        Crumb { href: HERE, label: words::TITLE.say(lang) },
    ];
    let above = if title == words::TITLE.say(lang) { &above[..1] } else { &above[..] };
    let status = refusal.map_or(StatusCode::OK, |r| status_of(&Failure::Refused(r.clone())));
    let page = Page { title, above, refused: refusal.is_some(), ..Page::default() };
    answer(site, visitor, status, &page, main)
}

fn to_sign_in(visitor: &Visitor) -> HttpResponse {
    see_other(&sign_in::address(visitor.path.split('?').next().unwrap_or(HERE), ""))
}

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    xong: String,
}

/// `GET /tai-khoan/uy-quyen`.
async fn list(site: web::Data<Site>, visitor: Visitor, wanted: web::Query<Wanted>) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return to_sign_in(&visitor) };
    let shown = site.office.mandates(contact).map(|mandates| {
        let (lang, csrf, today) = (visitor.lang, visitor.csrf(&site), site.office.today());
        let done = match wanted.xong.as_str() {
            "ghi" => Some(words::SAVED),
            "thu-hoi" => Some(words::REVOKED),
            _ => None,
        };
        let main = html! {
            @if let Some(done) = done {
                (banner(lang, BannerKind::Done, &html! { (done.say(lang)) }))
            }
            h1 { (words::TITLE.say(lang)) }
            p { (words::ABOUT.say(lang)) }
            @if mandates.is_empty() { p.muted { (words::NONE.say(lang)) } }
            @else {
                (form(lang, &Form { action: HERE, csrf: &csrf, ..Form::default() }, &html! {
                    ul.cards { @for paper in &mandates { li { (card(paper, today, lang)) } } }
                }))
            }
            div.buttons {
                (button_link(ADD, &Button {
                    label: words::ADD.say(lang), secondary: true, ..Button::default()
                }))
            }
        };
        page(&site, &visitor, words::TITLE.say(lang), None, &main)
    });
    settle(&site, &visitor, shown)
}

fn card(paper: &PersonalPaper, today: Date, lang: Lang) -> Markup {
    let Some(represents) = &paper.represents else { return html! {} };
    let last = paper.acts_until();
    let is_over = last.is_some_and(|last| last < today);
    let until = match last {
        _ if is_over => words::OVER.say(lang).to_owned(),
        Some(last) => words::UNTIL.fill(lang, &[("date", &date_short(last))]),
        None => words::OPEN_END.say(lang).to_owned(),
    };
    let scope = match &represents.field {
        Some(field) => words::ONLY.fill(lang, &[("field", field)]),
        None => words::EVERYTHING.say(lang).to_owned(),
    };
    html! {
        article.card {
            h3 { (represents.owner.name) }
            p.facts {
                (kind_words(represents.kind, lang)) " · " (paper.origin.name) " · " (until) " · " (scope)
            }
            p {
                @if !is_over {
                    a href={ (HERE) "/" (paper.id) } {
                        (words::FILE_FOR.say(lang))
                        span.hidden { ": " (represents.owner.name) }
                    }
                    " · "
                }
                (row_button(
                    words::REVOKE.say(lang), &represents.owner.name, "id", &paper.id.to_string(),
                ))
            }
        }
    }
}

fn kind_words(kind: MandateKind, lang: Lang) -> &'static str {
    match kind {
        MandateKind::Authorised => words::AUTHORISED.say(lang),
        MandateKind::LegalRepresentative => words::BY_LAW.say(lang),
    }
}

async fn read(
    site: &Site,
    visitor: &Visitor,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<Posted, Failure> {
    let posted = incoming::read(site, visitor, request, payload, None).await?;
    visitor.check_csrf(site, posted.value("_csrf"))?;
    Ok(posted)
}

/// `POST /tai-khoan/uy-quyen`: one is taken back.
async fn revoke(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return to_sign_in(&visitor) };
    let revoked = async {
        let posted = read(&site, &visitor, &request, payload).await?;
        let id = posted.value("id").parse().map_err(|_| no_paper())?;
        site.office.revoke_mandate(contact, id).await?;
        Ok(see_other(&format!("{HERE}?xong=thu-hoi")))
    };
    settle(&site, &visitor, revoked.await)
}

/// `GET /tai-khoan/uy-quyen/them`.
async fn ask(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return to_sign_in(&visitor) };
    let shown = add_page(&site, &visitor, contact, &Posted::default(), None);
    settle(&site, &visitor, shown)
}

fn add_page(
    site: &Site,
    visitor: &Visitor,
    contact: &str,
    typed: &Posted,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, Failure> {
    let (lang, csrf) = (visitor.lang, visitor.csrf(site));
    let kept = site.office.personal_papers(contact)?.kept;
    let title = words::ADD.say(lang);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        @if kept.is_empty() {
            p { (words::PAPER_FIRST.say(lang)) }
            p { a href="/tai-khoan/giay-to/them" { (words::KEEP_PAPER.say(lang)) } }
        } @else {
            (form(lang, &Form { action: ADD, csrf: &csrf, ..Form::default() }, &html! {
                (fields(site, lang, &kept, typed, refusal.map_or(&[][..], |r| &r.fields)))
                (button(&Button { label: words::SAVE.say(lang), ..Button::default() }))
            }))
        }
    };
    Ok(page(site, visitor, title, refusal, &main))
}

fn fields(
    site: &Site,
    lang: Lang,
    kept: &[PersonalPaper],
    typed: &Posted,
    errors: &[FieldError],
) -> Markup {
    let field = |name: &'static str, label: &'static str, optional: bool| Field {
        name,
        label,
        value: typed.value(name),
        error: error_for(errors, name, lang),
        autocomplete: "off",
        optional,
        max_length: Some(200),
        ..Field::default()
    };
    let ids: Vec<String> = kept.iter().map(|paper| paper.id.to_string()).collect();
    let papers: Vec<Choice<'_>> = kept
        .iter()
        .zip(&ids)
        .map(|(paper, id)| Choice { value: id, label: &paper.origin.name, ..Choice::default() })
        .collect();
    let kinds =
        [("mandate", words::AUTHORISED), ("law", words::BY_LAW)].map(|(value, label)| Choice {
            value,
            label: label.say(lang),
            chosen: typed.value("kind") == value,
            ..Choice::default()
        });
    let world = site.office.world();
    let scopes: Vec<Choice<'_>> = world
        .fields()
        .into_iter()
        .map(|name| Choice { value: name, label: name, ..Choice::default() })
        .collect();
    html! {
        (select(lang, &field("paper", words::PAPER.say(lang), false), &papers))
        p { a href="/tai-khoan/giay-to/them" { (words::KEEP_PAPER.say(lang)) } }
        (radios(lang, &field("kind", words::KIND.say(lang), false), &kinds))
        (text_field(lang, &field("name", words::FOR.say(lang), false)))
        (text_field(lang, &Field {
            width: Width::Medium, ..field("id_number", words::NUMBER.say(lang), true)
        }))
        (date_boxes(lang, &field("birth_date", filing_words::BIRTH_DATE.say(lang), true), &DateParts {
            day: typed.value("birth_date.day"),
            month: typed.value("birth_date.month"),
            year: typed.value("birth_date.year"),
            own_birthday: false,
            year_only: false,
        }))
        (text_field(lang, &Field {
            width: Width::Medium, ..field("phone", words::PHONE.say(lang), true)
        }))
        (text_field(lang, &field("address", words::ADDRESS.say(lang), true)))
        (select(lang, &Field {
            hint: words::SCOPE_HINT.say(lang), ..field("field", words::SCOPE.say(lang), true)
        }, &scopes))
    }
}

/// `POST /tai-khoan/uy-quyen/them`.
async fn add(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return to_sign_in(&visitor) };
    let added = async {
        let posted = read(&site, &visitor, &request, payload).await?;
        let saved = match mandate(&posted) {
            Ok((id, represents)) => site.office.set_mandate(contact, id, represents).await,
            Err(refusal) => Err(refusal.into()),
        };
        match saved {
            Ok(()) => Ok(see_other(&format!("{HERE}?xong=ghi"))),
            Err(Failure::Refused(refusal)) if refusal.kind == RefusalKind::Invalid => {
                add_page(&site, &visitor, contact, &posted, Some(&refusal))
            }
            Err(failure) => Err(failure),
        }
    };
    settle(&site, &visitor, added.await)
}

fn mandate(posted: &Posted) -> Result<(PersonalPaperId, Represents), Refusal> {
    let mut errors = Vec::new();
    let mut refuse = |field: &str, message: crate::domain::words::Message| {
        errors.push(FieldError { field: field.to_owned(), text: message.into() });
    };
    let some = |name: &str| {
        let text = posted.value(name).split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    let id = posted.value("paper").parse::<PersonalPaperId>().ok();
    if id.is_none() {
        refuse("paper", words::PAPER_MISSING);
    }
    let kind = match posted.value("kind") {
        "mandate" => Some(MandateKind::Authorised),
        "law" => Some(MandateKind::LegalRepresentative),
        _ => None,
    };
    if kind.is_none() {
        refuse("kind", words::KIND_MISSING);
    }
    let born = ["day", "month", "year"].map(|part| some(&format!("birth_date.{part}")));
    let birth_date = match &born {
        [None, None, None] => None,
        [Some(day), Some(month), Some(year)] => {
            let parts = day.parse().ok().zip(month.parse().ok()).zip(year.parse().ok());
            parts.and_then(|((day, month), year)| Date::new(year, month, day).ok())
        }
        _ => None,
    };
    if birth_date.is_none() && born.iter().any(Option::is_some) {
        refuse("birth_date", filing_words::DATE_REAL);
    }
    let (Some(id), Some(kind), true) = (id, kind, errors.is_empty()) else {
        return Err(Refusal::fields(errors));
    };
    let owner = Person {
        name: some("name").unwrap_or_default(),
        id_number: some("id_number").map(|number| number.replace(' ', "")),
        birth_date,
        phone: some("phone"),
        email: None,
        address: some("address"),
    };
    Ok((id, Represents { owner, kind, field: some("field") }))
}

fn found(site: &Site, contact: &str, id: &str) -> Result<PersonalPaper, Failure> {
    let id: PersonalPaperId = id.parse().map_err(|_| no_paper())?;
    let mut mandates = site.office.mandates(contact)?.into_iter();
    mandates.find(|paper| paper.id == id).ok_or_else(|| no_paper().into())
}

/// `GET /tai-khoan/uy-quyen/{id}`: what is filed for them?
async fn choose(
    site: web::Data<Site>,
    visitor: Visitor,
    id: web::Path<String>,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return to_sign_in(&visitor) };
    let shown = found(&site, contact, &id).and_then(|paper| {
        let (lang, csrf) = (visitor.lang, visitor.csrf(&site));
        let represents = paper.represents.as_ref().ok_or_else(no_paper)?;
        let field = represents.field.as_deref();
        let browse = Browse { text: wanted.q.trim(), field, limit: OFFERED, ..Browse::default() };
        let mut offered = site.office.browse(&browse)?.procedures;
        offered.retain(|procedure| facts::filed_here(&site, procedure).is_ok());
        let action = format!("{HERE}/{}", paper.id);
        let title = words::FILE_TITLE.fill(lang, &[("name", &represents.owner.name)]);
        let main = html! {
            h1 { (title) }
            (search_box(lang, &SearchBox {
                action: &action, label: words::FIND.say(lang), value: &wanted.q, ..SearchBox::default()
            }))
            @if offered.is_empty() { p { (words::FOUND_NONE.say(lang)) } }
            (form(lang, &Form { action: &action, csrf: &csrf, ..Form::default() }, &html! {
                ul.links {
                    @for procedure in &offered { li { (offer(procedure, lang)) } }
                }
            }))
        };
        Ok(page(&site, &visitor, &title, None, &main))
    });
    settle(&site, &visitor, shown)
}

fn offer(procedure: &Procedure, lang: Lang) -> Markup {
    html! {
        (procedure.name) " · "
        (row_button(words::BEGIN.say(lang), &procedure.name, "procedure", procedure.code.as_str()))
    }
}

/// `POST /tai-khoan/uy-quyen/{id}`: the filing begins.
async fn begin(
    site: web::Data<Site>,
    visitor: Visitor,
    id: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return to_sign_in(&visitor) };
    let begun = async {
        let posted = read(&site, &visitor, &request, payload).await?;
        let paper = found(&site, contact, &id)?;
        let code = ProcedureCode::new(posted.value("procedure"));
        let procedure = site.office.world().shared_procedure(&code);
        let procedure = procedure.ok_or_else(no_paper)?;
        facts::filed_here(&site, &procedure)?;
        let draft = site.office.begin_by_mandate(contact, paper.id, &procedure)?;
        Ok(see_other(&format!("/nop-ho-so/{}/{}/ai-nop", draft.procedure, draft.id)))
    };
    settle(&site, &visitor, begun.await)
}
