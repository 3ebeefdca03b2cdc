//! `/nop-ho-so/{code}`: an older draft is offered; otherwise the first question, with which the draft
//! begins. Nothing is kept before it is answered.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::case::{Case, address};
use super::step::Step;
use super::{declared, elsewhere, fill, persons};
use crate::domain::calendar::local;
use crate::domain::calendar::words::instant_short;
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::Directory;
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::Failure;
use crate::office::drafts::{Answers, Draft, Keeper};
use crate::office::world::World;
use crate::web::Site;
use crate::web::address::percent;
use crate::web::components::{
    Button, Crumb, Form, button, button_link, button_row, error_summary, form,
};
use crate::web::limits::Asked;
use crate::web::public::page::{Page, answer, contact, drafts, missing, settle};
use crate::web::public::{facts, guiding, incoming, places, sign_in};
use crate::web::visitor::{Visitor, drafts_cookie, see_other};
use crate::web::words::{public as public_words, public_filing as words, shell as shell_words};

/// The button that leaves the older drafts.
const AGAIN: &str = "_again";

/// What the address of the beginning may carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Beginning {
    /// The questions whether it is the right procedure come first.
    hoi: String,
    /// The agency that was chosen on the pages before.
    co_quan: String,
}

/// Where a filing begins, with the agency that was chosen, if one was.
pub(in crate::web::public) fn begin_at(procedure: &ProcedureCode, agency: &str) -> String {
    match agency {
        "" => format!("/nop-ho-so/{procedure}"),
        agency => format!("/nop-ho-so/{procedure}?co_quan={}", percent(agency)),
    }
}

/// Where a filing begins that has not been asked yet whether it is the right procedure.
pub(in crate::web::public) fn begin_asking(
    world: &World,
    procedure: &ProcedureCode,
    agency: &str,
) -> String {
    let begin = begin_at(procedure, agency);
    match world.guide_of(procedure) {
        Some(_) if agency.is_empty() => format!("{begin}?hoi=1"),
        Some(_) => format!("{begin}&hoi=1"),
        None => begin,
    }
}

/// `GET /nop-ho-so/{code}`.
pub(super) async fn start(
    site: web::Data<Site>,
    visitor: Visitor,
    code: web::Path<String>,
    beginning: web::Query<Beginning>,
) -> HttpResponse {
    let world = site.office.world();
    let Some(procedure) = world.shared_procedure(&ProcedureCode::new(code.as_str())) else {
        return missing(&site, &visitor, public_words::NO_PROCEDURE.say(visitor.lang));
    };
    if let Err(instead) = facts::filed_here(&site, &procedure) {
        return not_filed(&site, &visitor, &procedure, &instead);
    }
    let result = async {
        let found = drafts(&site, &visitor)?.into_iter().find(|(_, d)| d.procedure == *code);
        if let Some((_, draft)) = found {
            return Ok(offered(&site, &visitor, &draft, &procedure));
        }
        if !beginning.hoi.is_empty() && world.guide_of(&procedure.code).is_some() {
            return Ok(see_other(&guiding::address(&procedure.code, &beginning.co_quan)));
        }
        let case = fresh(&site, &visitor, &procedure.code, &beginning.co_quan)?;
        Ok(first_page(&case, &beginning.co_quan))
    };
    settle(&site, &visitor, result.await)
}

/// Why a procedure is not filed here, and where to go: what takes its place, or who takes it.
fn not_filed(
    site: &Site,
    visitor: &Visitor,
    procedure: &Procedure,
    instead: &Refusal,
) -> HttpResponse {
    let (lang, world) = (visitor.lang, site.office.world());
    let today = site.office.today();
    let href = format!("/thu-tuc/{}", procedure.code);
    let is_in_force = world.is_in_force(&procedure.code, today);
    let now = (local(site.office.now()), "");
    let main = html! {
        h1 { (procedure.name) }
        @if is_in_force { p.notice { (instead.say(lang)) } }
        @else { (places::notice(&world, procedure, today, lang)) }
        @if is_in_force { (places::takers(&world, procedure, now, lang)) }
        p { a href=(href) { (public_words::RIGHT_ONE_SEE.say(lang)) } }
    };
    let above = [Crumb { href: "/thu-tuc", label: shell_words::PROCEDURES.say(lang) }];
    let page = Page { title: &procedure.name, above: &above, ..Page::default() };
    answer(site, visitor, StatusCode::UNPROCESSABLE_ENTITY, &page, &main)
}

/// A filing that nobody keeps yet, with what the account knows and the agency that was chosen.
fn fresh<'a>(
    site: &'a Site,
    visitor: &'a Visitor,
    procedure: &ProcedureCode,
    agency: &str,
) -> Result<Case<'a>, Failure> {
    let gone = || Refusal::new(RefusalKind::NotFound, public_words::NO_PROCEDURE);
    let contact = contact(visitor);
    let mut answers = known_answers(site, contact, procedure)?;
    if !agency.is_empty() {
        answers.insert("place".to_owned(), agency.to_owned());
    }
    let draft = Draft::unkept(procedure.as_str(), answers);
    let keeper = match contact {
        Some(contact) => site.office.keeper_of(contact),
        None => Keeper::browser(&secret(site, visitor)).ok_or_else(gone)?,
    };
    Ok(Case::of(site, visitor, keeper, draft).ok_or_else(gone)?)
}

/// The secret of this browser's drafts: its own, or a fresh one.
fn secret(site: &Site, visitor: &Visitor) -> String {
    let known = visitor.browser.as_deref().filter(|secret| Keeper::browser(secret).is_some());
    known.map_or_else(|| site.office.browser_secret(), str::to_owned)
}

/// The first question. Whoever has an account may sign in first and type less.
fn first_page(case: &Case<'_>, agency: &str) -> HttpResponse {
    let (lang, code) = (case.lang(), &case.procedure.code);
    let here = begin_at(code, agency);
    let csrf = case.visitor.csrf(case.site);
    let about = Form { action: &here, csrf: &csrf, ..Form::default() };
    let heading = match case.contact {
        Some(_) => words::WHO_FILES,
        None => words::BEGIN_TITLE,
    };
    let main = html! {
        @if !case.errors.is_empty() {
            (error_summary(lang, &Refusal::fields(case.errors.clone())))
        }
        h1 { (heading.say(lang)) }
        p.muted { (case.procedure.name) }
        @if case.contact.is_none() { p { (words::BEGIN_ABOUT.say(lang)) } }
        (form(lang, &about, &html! {
            (persons::who(case, !agency.is_empty()))
            (button_row(&html! {
                (button(&Button { label: words::CONTINUE.say(lang), ..Button::default() }))
                @if case.contact.is_none() {
                    (button_link(&sign_in::address(&here, ""), &Button {
                        label: words::BEGIN_SIGNED_IN.say(lang), secondary: true, ..Button::default()
                    }))
                }
            }))
        }))
        @if case.contact.is_none() {
            p { a href="/ban-nhap" { (words::OPEN_DRAFT.say(lang)) } }
        }
    };
    let status = match case.errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    framed(case.site, case.visitor, &case.procedure, (status, &main))
}

fn framed(
    site: &Site,
    visitor: &Visitor,
    procedure: &Procedure,
    (status, main): (StatusCode, &Markup),
) -> HttpResponse {
    let href = format!("/thu-tuc/{}", procedure.code);
    let above = [
        Crumb { href: "/thu-tuc", label: shell_words::PROCEDURES.say(visitor.lang) },
        Crumb { href: &href, label: &procedure.name },
    ];
    let refused = status != StatusCode::OK;
    let page = Page { title: &procedure.name, above: &above, refused, ..Page::default() };
    answer(site, visitor, status, &page, main)
}

fn offered(site: &Site, visitor: &Visitor, draft: &Draft, procedure: &Procedure) -> HttpResponse {
    let lang = visitor.lang;
    let time = instant_short(draft.saved_at);
    let last = elsewhere::last_step(draft);
    let csrf = visitor.csrf(site);
    let action = format!("/nop-ho-so/{}", draft.procedure);
    let about = Form { action: &action, csrf: &csrf, ..Form::default() };
    let main = html! {
        h1 { (words::DRAFT_FOUND.fill(lang, &[("time", &time)])) }
        p.muted { (procedure.name) }
        p { (words::DRAFT_FOUND_TEXT.say(lang)) }
        (form(lang, &about, &button_row(&html! {
            (button_link(&address(draft, last.slug()), &Button {
                label: words::GO_ON.say(lang), ..Button::default()
            }))
            (button(&Button {
                label: words::START_AGAIN.say(lang),
                name: AGAIN,
                value: "1",
                secondary: true,
                ..Button::default()
            }))
        })))
    };
    framed(site, visitor, procedure, (StatusCode::OK, &main))
}

/// What a draft begins with: what the account knows, and the form's version.
fn known_answers(
    site: &Site,
    contact: Option<&str>,
    procedure: &ProcedureCode,
) -> Result<Answers, Failure> {
    let known = |contact| site.office.known_of(contact);
    let mut answers = contact.map_or(Ok(Answers::new()), known)?;
    if let Some(form) = site.office.world().form(procedure, None) {
        let version = form.version.version.to_string();
        answers.insert(declared::VERSION.to_owned(), version);
    }
    Ok(answers)
}

/// What a draft takes over from the account of whoever has just signed in: the applicant, when nobody
/// was named yet.
///
/// # Errors
/// The relaxed store cannot be read.
pub(in crate::web::public) fn known_by(
    site: &Site,
    contact: &str,
) -> Result<impl FnOnce(&mut Draft) + use<>, Failure> {
    let known = site.office.known_of(contact)?;
    Ok(move |draft: &mut Draft| {
        let name = draft.answers.get("applicant.name").map_or("", |name| name.trim());
        if name.is_empty() {
            draft.answers.retain(|name, _| !name.starts_with("applicant.") && name != "seen");
            draft.answers.extend(known);
        }
    })
}

/// A draft of an account for a procedure, with what the account knows.
pub(super) fn new_draft(site: &Site, contact: &str, procedure: &str) -> Result<Draft, Failure> {
    let answers = known_answers(site, Some(contact), &ProcedureCode::from(procedure))?;
    site.office.begin_draft(&site.office.keeper_of(contact), procedure, answers)
}

/// `POST /nop-ho-so/{code}`: the draft begins with the first answer; or the older ones go.
pub(super) async fn begin(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
    code: web::Path<String>,
    beginning: web::Query<Beginning>,
) -> HttpResponse {
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        let world = site.office.world();
        let Some(procedure) = world.shared_procedure(&ProcedureCode::new(code.as_str())) else {
            let why = public_words::NO_PROCEDURE.say(visitor.lang);
            return Ok(missing(&site, &visitor, why));
        };
        facts::filed_here(&site, &procedure)?;
        if posted.has(AGAIN) {
            visitor.check_csrf(&site, posted.value("_csrf"))?;
            for (keeper, draft) in drafts(&site, &visitor)? {
                if draft.procedure == *code {
                    site.office.drop_draft(&keeper, &draft)?;
                }
            }
            return Ok(see_other(&begin_at(&procedure.code, "")));
        }
        let mut case = fresh(&site, &visitor, &procedure.code, &beginning.co_quan)?;
        fill(&mut case.draft, Step::Who, &procedure, &posted);
        case.errors = match visitor.check_csrf(&site, posted.value("_csrf")) {
            Ok(()) => persons::check_who(&case),
            Err(refusal) => vec![super::case::at("who", refusal.text)],
        };
        match case.errors.is_empty() {
            true => kept(case),
            false => Ok(first_page(&case, &beginning.co_quan)),
        }
    };
    settle(&site, &visitor, result.await)
}

/// The draft with its first answer is the account's, or the browser's, which gets a secret for it.
fn kept(case: Case<'_>) -> Result<HttpResponse, Failure> {
    let Case { site, visitor, .. } = case;
    if case.contact.is_none()
        && let Err(seconds) = site.limits.pace(Asked::Sending, &visitor.address)
    {
        let text = words::BEGIN_TOO_FAST.text(&[("seconds", &seconds.to_string())]);
        return Err(Refusal::new(RefusalKind::TooMany, text).into());
    }
    let secret = secret(site, visitor);
    let (keeper, cookie) = match Keeper::browser(&secret) {
        Some(keeper) if case.contact.is_none() => (keeper, Some(drafts_cookie(visitor, &secret))),
        _ => (case.keeper, None),
    };
    let (code, answers) = (case.procedure.code.as_str(), case.draft.answers);
    let draft = site.office.begin_draft(&keeper, code, answers)?;
    let mut response = see_other(&address(&draft, Step::Who.next(&draft.answers).slug()));
    if let Some(cookie) = cookie {
        // A browser that keeps no cookies signs in to keep a draft.
        let _ = response.add_cookie(&cookie);
    }
    Ok(response)
}
