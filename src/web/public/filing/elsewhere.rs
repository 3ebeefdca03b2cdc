//! "Làm tiếp trên máy khác": a draft gets a number and a code, by which another device or the counter
//! opens the same draft.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::case::{Case, address as part_of, at};
use super::step::{Step, is_for_another};
use super::{LAST, done, review};
use crate::domain::calendar::words::instant_short;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::{Lang, Message};
use crate::office::Failure;
use crate::office::drafts::{Draft, Handed, Keeper};
use crate::web::Site;
use crate::web::address;
use crate::web::components::{
    BannerKind, Button, Crumb, Form, banner, button, error_summary, form, handed_fields, key_facts,
    qr_code,
};
use crate::web::limits::Asked;
use crate::web::public::incoming;
use crate::web::public::page::{Page, answer, drafts, keepers, missing, settle};
use crate::web::visitor::{Visitor, drafts_cookie, see_other, status_of};
use crate::web::words::{public_filing as words, shell as shell_words};

/// The last part of the address of a draft's page.
const ELSEWHERE: &str = "may-khac";
/// The last part of the address that leads to the first step which is not finished.
pub(super) const GO_ON: &str = "lam-tiep";
/// Where a number and code are entered.
const OPEN: &str = "/ban-nhap";

/// `GET /nop-ho-so/{code}/{draft}/may-khac`.
pub(super) async fn ask(
    site: web::Data<Site>,
    visitor: Visitor,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (code, draft) = path.into_inner();
    let result = async {
        let Some(case) = Case::load(&site, &visitor, (&code, &draft))? else {
            return Ok(missing(&site, &visitor, words::DRAFT_GONE.say(visitor.lang)));
        };
        if let Some(sent) = &case.draft.sent {
            return Ok(see_other(&done::address(&code, sent)));
        }
        Ok(page(
            &case,
            "",
            &html! {
                p { (words::ELSEWHERE_ABOUT.say(visitor.lang)) }
                @match &case.draft.number_said {
                    None => (make(&case, words::ELSEWHERE_MAKE.say(visitor.lang), false)),
                    Some(number) => {
                        @let number = grouped(number);
                        p {
                            (words::ELSEWHERE_NUMBER.fill(visitor.lang, &[("number", &number)]))
                        }
                        (make(&case, words::ELSEWHERE_AGAIN.say(visitor.lang), false))
                    }
                }
            },
        ))
    };
    settle(&site, &visitor, result.await)
}

/// `POST /nop-ho-so/{code}/{draft}/may-khac`: a fresh number and code.
pub(super) async fn hand_on(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (code, draft) = path.into_inner();
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let Some(case) = Case::load(&site, &visitor, (&code, &draft))? else {
            return Ok(missing(&site, &visitor, words::DRAFT_GONE.say(visitor.lang)));
        };
        if let Some(sent) = &case.draft.sent {
            return Ok(see_other(&done::address(&code, sent)));
        }
        handed_on(&case, last_step(&case.draft), &address::public(&site.office, &request))
    };
    settle(&site, &visitor, result.await)
}

/// A fresh number and code for a draft whose step was just saved.
///
/// # Errors
/// The draft is gone, or the relaxed store fails.
pub(super) fn handed_on(case: &Case<'_>, step: Step, base: &str) -> Result<HttpResponse, Failure> {
    let handed = case.site.office.hand_on(&case.keeper, &case.draft)?;
    let body = html! {
        (shown(&handed, base, case.lang()))
        (make(case, words::ELSEWHERE_AGAIN.say(case.lang()), true))
    };
    Ok(page(case, &case.local_draft(step), &body))
}

fn make(case: &Case<'_>, label: &str, secondary: bool) -> Markup {
    let csrf = case.visitor.csrf(case.site);
    let action = part_of(&case.draft, ELSEWHERE);
    let about = Form { action: &action, csrf: &csrf, ..Form::default() };
    let button = button(&Button { label, secondary, ..Button::default() });
    let back = way_on(&case.draft);
    html! {
        (form(case.lang(), &about, &button))
        p { a href=(back) { (words::ELSEWHERE_BACK.say(case.lang())) } }
    }
}

/// The step last worked on.
fn last_step(draft: &Draft) -> Step {
    draft.answers.get(LAST).and_then(|slug| Step::from_slug(slug)).unwrap_or(Step::Who)
}

/// For whom a draft is, as far as it says.
pub(in crate::web::public) fn whose(draft: &Draft) -> String {
    let who = if is_for_another(&draft.answers) { "owner.name" } else { "applicant.name" };
    draft.answers.get(who).map_or("", |name| name.trim()).to_owned()
}

/// The first step that is not finished: one that lacks something, or the one after the last that was
/// worked on.
///
/// # Errors
/// The relaxed store cannot be read.
pub(super) fn unfinished(case: &Case<'_>) -> Result<Step, Failure> {
    let last = last_step(&case.draft);
    let mut is_behind = true;
    for step in Step::path(&case.draft.answers) {
        if !is_behind || !review::check(case, step)?.is_empty() {
            return Ok(step);
        }
        is_behind = is_behind && step != last;
    }
    Ok(Step::Send)
}

/// How far a draft is: the step that is gone on with; none when its procedure is gone.
///
/// # Errors
/// The relaxed store cannot be read.
pub(in crate::web::public) fn reached(
    site: &Site,
    visitor: &Visitor,
    draft: &Draft,
) -> Result<Option<Message>, Failure> {
    let Some(keeper) = keepers(site, visitor).into_iter().next() else { return Ok(None) };
    let case = Case::of(site, visitor, keeper, draft.clone());
    let step = case.map(|case| unfinished(&case)).transpose()?;
    Ok(step.map(Step::heading))
}

/// Where a draft is gone on with: the way leads to the first step that is not finished.
pub(in crate::web::public) fn way_on(draft: &Draft) -> String {
    part_of(draft, GO_ON)
}

/// Where a draft is handed on to another device or the counter.
pub(in crate::web::public) fn way_elsewhere(draft: &Draft) -> String {
    part_of(draft, ELSEWHERE)
}

/// "K7QP2 M9X4T"
fn grouped(number: &str) -> String {
    let (first, rest) = number.split_at_checked(5).unwrap_or((number, ""));
    format!("{first} {rest}")
}

fn shown(handed: &Handed, base: &str, lang: Lang) -> Markup {
    let link = format!("{base}{OPEN}/{}", handed.number);
    let until = instant_short(handed.until);
    html! {
        (key_facts(&[
            (words::DRAFT_NUMBER.say(lang), html! { strong.code { (grouped(&handed.number)) } }),
            (words::DRAFT_CODE.say(lang), html! { strong.code { (handed.code) } }),
        ]))
        p { (words::ELSEWHERE_UNTIL.fill(lang, &[("time", &until)])) }
        h2 { (words::ELSEWHERE_DEVICE.say(lang)) }
        p { (words::ELSEWHERE_LINK.say(lang)) }
        p.digest { (link) }
        @if let Some(drawing) = qr_code(&link, &link) { (drawing) }
        h2 { (words::ELSEWHERE_DESK.say(lang)) }
        p { (words::ELSEWHERE_DESK_ABOUT.say(lang)) }
    }
}

/// `saved` names what a browser kept of a step that the server has now.
fn page(case: &Case<'_>, saved: &str, body: &Markup) -> HttpResponse {
    let lang = case.lang();
    let href = format!("/thu-tuc/{}", case.procedure.code);
    let above = [
        Crumb { href: "/thu-tuc", label: shell_words::PROCEDURES.say(lang) },
        Crumb { href: &href, label: &case.procedure.name },
    ];
    let title = words::ELSEWHERE.say(lang);
    let main = html! {
        h1 { (title) }
        p.muted { (case.procedure.name) }
        (body)
    };
    let page = Page { title, above: &above, draft_done: saved, ..Page::default() };
    answer(case.site, case.visitor, StatusCode::OK, &page, &main)
}

/// What the address of the page may carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Came {
    /// What was just done.
    xong: String,
}

/// `GET /ban-nhap` and `GET /ban-nhap/{number}`: the number and its code.
pub(super) async fn ask_number(
    site: web::Data<Site>,
    visitor: Visitor,
    number: Option<web::Path<String>>,
    came: web::Query<Came>,
) -> HttpResponse {
    let number = number.map(web::Path::into_inner).unwrap_or_default();
    let was_left = came.xong == "de-sau";
    let result = async { number_page(&site, &visitor, (&number, was_left), None) };
    settle(&site, &visitor, result.await)
}

fn number_page(
    site: &Site,
    visitor: &Visitor,
    (number, was_left): (&str, bool),
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, Failure> {
    let (lang, csrf) = (visitor.lang, visitor.csrf(site));
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let own = drafts(site, visitor)?;
    let world = site.office.world();
    let title = words::OPEN_DRAFT.say(lang);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        @if was_left && !own.is_empty() {
            (banner(lang, BannerKind::Done, &html! { (words::DRAFT_KEPT_HERE.say(lang)) }))
        }
        h1 { (title) }
        p { (words::OPEN_DRAFT_ABOUT.say(lang)) }
        (form(lang, &Form { action: OPEN, csrf: &csrf, ..Form::default() }, &html! {
            (handed_fields(lang, number, errors))
            (button(&Button { label: words::OPEN_DRAFT_DO.say(lang), ..Button::default() }))
        }))
        @if !own.is_empty() {
            h2 { (words::DRAFTS_HERE.say(lang)) }
            ul.links {
                @for (_, draft) in &own {
                    @if let Some(known) = world.shared_procedure(&draft.procedure.as_str().into()) {
                        li {
                            a href=(way_on(draft)) { (known.name) }
                            @let whom = whose(draft);
                            @if !whom.is_empty() { " – " (whom) }
                            " " span.muted {
                                (words::DRAFT_OF.fill(lang, &[("time", &instant_short(draft.saved_at))]))
                            }
                            br; a href=(way_elsewhere(draft)) {
                                (words::ELSEWHERE.say(lang)) span.hidden { ": " (known.name) }
                            }
                        }
                    }
                }
            }
        }
    };
    let page = Page { title, refused: refusal.is_some(), ..Page::default() };
    let status = refusal.map_or(StatusCode::OK, |refusal| status_of(&refusal.clone().into()));
    Ok(answer(site, visitor, status, &page, &main))
}

/// `POST /ban-nhap`: this device works on the draft too.
pub(super) async fn open(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        let number = posted.value("number").to_owned();
        match opened(&site, &visitor, (&number, posted.value("code")), posted.value("_csrf")) {
            Err(Failure::Refused(refusal)) => {
                number_page(&site, &visitor, (&number, false), Some(&refusal))
            }
            other => other,
        }
    };
    settle(&site, &visitor, result.await)
}

fn opened(
    site: &Site,
    visitor: &Visitor,
    (number, code): (&str, &str),
    token: &str,
) -> Result<HttpResponse, Failure> {
    let at_code =
        |refusal: Refusal| Refusal { fields: vec![at("code", refusal.text.clone())], ..refusal };
    visitor.check_csrf(site, token).map_err(at_code)?;
    if let Err(seconds) = site.limits.pace(Asked::Code, &visitor.address) {
        let text = words::CODE_TOO_FAST.text(&[("seconds", &seconds.to_string())]);
        return Err(at_code(Refusal::new(RefusalKind::TooMany, text)).into());
    }
    let opened = site.office.open_handed(number, code)?;
    let (draft, secret) = (&opened.draft, visitor.browser.clone());
    if let Some(sent) = &draft.sent {
        return Ok(see_other(&done::address(&draft.procedure, sent)));
    }
    let mut response = see_other(&way_on(draft));
    let keeper = match keepers(site, visitor).into_iter().next() {
        Some(keeper) => keeper,
        None => {
            let secret = secret.unwrap_or_else(|| site.office.browser_secret());
            // A browser that keeps no cookie is asked for number and code again.
            let _ = response.add_cookie(&drafts_cookie(visitor, &secret));
            match Keeper::browser(&secret) {
                Some(keeper) => keeper,
                None => return Ok(see_other(OPEN)),
            }
        }
    };
    site.office.keep_opened(&keeper, &opened)?;
    Ok(response)
}
