//! `/nop-ho-so/{code}`: filing in short steps, from a draft that the server keeps.
//!
//! Nothing typed is lost: a step is saved before it is checked, a form that meets an ended session
//! waits for the sign-in, and the draft's id is the one-shot key of the filing.

mod case;
mod declared;
mod done;
mod papers;
mod persons;
mod places;
mod review;
mod step;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use self::case::{Case, address, at};
use self::review::Sent;
use self::step::Step;
use super::facts;
use super::incoming::{self, Posted};
use super::page::{Page, answer, citizen, contact, masked, missing, settle};
use super::sign_in;
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::Directory;
use crate::domain::ids::ProcedureCode;
use crate::office::drafts::{Answers, Draft};
use crate::office::{Caller, Failure};
use crate::web::Site;
use crate::web::components::{
    BannerKind, Button, Crumb, Form, banner, button, button_link, button_row, form,
};
use crate::web::outgoing::{self, Ask};
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::{public as public_words, public_filing as words, shell as shell_words};

/// The answer that names the step last worked on.
const LAST: &str = "last";
/// The buttons that change a step and stay on it.
const STAYS: [&str; 6] = ["_remove", "_upload", "_id_kind", "_add", "_drop", "_update"];

/// The routes; those with fixed words come before those with a step.
pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route("/nop-ho-so/{code}", web::get().to(start))
        .route("/nop-ho-so/{code}", web::post().to(begin))
        .route("/nop-ho-so/{code}/da-gui/{dossier}", web::get().to(done::show))
        .route("/nop-ho-so/{code}/{draft}/tai-len", web::post().to(papers::take_file))
        .route("/nop-ho-so/{code}/{draft}/tep/{file}", web::get().to(view_file))
        .route("/nop-ho-so/{code}/{draft}/{step}", web::get().to(show_step))
        .route("/nop-ho-so/{code}/{draft}/{step}", web::post().to(take_step));
}

/// `GET /nop-ho-so/{code}`: an older draft is offered, otherwise a new one begins.
async fn start(site: web::Data<Site>, visitor: Visitor, code: web::Path<String>) -> HttpResponse {
    let world = site.office.world();
    let code = code.into_inner();
    let Some(procedure) = world.shared_procedure(&ProcedureCode::new(code.as_str())) else {
        return missing(&site, &visitor, public_words::NO_PROCEDURE.say(visitor.lang));
    };
    if let Err(instead) = facts::filed_here(&site, &procedure) {
        return settle(&site, &visitor, Err(instead.into()));
    }
    let Some(contact) = contact(&visitor) else {
        return see_other(&sign_in::address(&format!("/nop-ho-so/{code}"), ""));
    };
    let result = async {
        let drafts = site.office.drafts(contact)?;
        match drafts.iter().find(|draft| draft.procedure == code) {
            Some(draft) => {
                let main = offer(&site, &visitor, draft, &procedure.name);
                let lang = visitor.lang;
                let href = format!("/thu-tuc/{code}");
                let above = [
                    Crumb { href: "/thu-tuc", label: shell_words::PROCEDURES.say(lang) },
                    Crumb { href: &href, label: &procedure.name },
                ];
                let page = Page { title: &procedure.name, above: &above, ..Page::default() };
                Ok(answer(&site, &visitor, StatusCode::OK, &page, &main))
            }
            None => {
                let draft = new_draft(&site, contact, &code)?;
                Ok(see_other(&address(&draft, Step::Who.slug())))
            }
        }
    };
    settle(&site, &visitor, result.await)
}

fn offer(site: &Site, visitor: &Visitor, draft: &Draft, procedure: &str) -> Markup {
    let lang = visitor.lang;
    let time = instant_short(draft.saved_at);
    let last = draft.answers.get(LAST).and_then(|slug| Step::from_slug(slug));
    let last = last.unwrap_or(Step::Who);
    let csrf = visitor.csrf(site);
    let action = format!("/nop-ho-so/{}", draft.procedure);
    let about = Form { action: &action, csrf: &csrf, ..Form::default() };
    html! {
        h1 { (words::DRAFT_FOUND.fill(lang, &[("time", &time)])) }
        p.muted { (procedure) }
        p { (words::DRAFT_FOUND_TEXT.say(lang)) }
        (form(lang, &about, &button_row(&html! {
            (button_link(&address(draft, last.slug()), &Button {
                label: words::GO_ON.say(lang), ..Button::default()
            }))
            (button(&Button { label: words::START_AGAIN.say(lang), secondary: true, ..Button::default() }))
        })))
    }
}

/// A draft that begins with what the account knows.
fn new_draft(site: &Site, contact: &str, procedure: &str) -> Result<Draft, Failure> {
    let world = site.office.world();
    let mut answers: Answers = site.office.account(contact)?.profile;
    let field = if contact.contains('@') { "applicant.email" } else { "applicant.phone" };
    answers.entry(field.to_owned()).or_insert_with(|| contact.to_owned());
    let form = world.form(&ProcedureCode::from(procedure), None);
    if let Some(form) = form {
        let version = form.version.version.to_string();
        answers.insert(declared::VERSION.to_owned(), version);
    }
    site.office.begin_draft(contact, procedure, answers)
}

/// `POST /nop-ho-so/{code}`: the older drafts go, a new one begins.
async fn begin(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
    code: web::Path<String>,
) -> HttpResponse {
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        let Some(contact) = contact(&visitor) else {
            return Ok(see_other(&sign_in::address(&format!("/nop-ho-so/{code}"), "")));
        };
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let world = site.office.world();
        let Some(procedure) = world.shared_procedure(&ProcedureCode::new(code.as_str())) else {
            let why = public_words::NO_PROCEDURE.say(visitor.lang);
            return Ok(missing(&site, &visitor, why));
        };
        facts::filed_here(&site, &procedure)?;
        for draft in site.office.drafts(contact)? {
            if draft.procedure == *code {
                site.office.drop_draft(contact, &draft)?;
            }
        }
        let draft = new_draft(&site, contact, &code)?;
        Ok(see_other(&address(&draft, Step::Who.slug())))
    };
    settle(&site, &visitor, result.await)
}

type StepPath = web::Path<(String, String, String)>;

/// What the address of a step may carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    /// The draft that was meant is another contact's.
    khac: String,
    /// The answers have brought more questions.
    them: String,
}

/// `GET /nop-ho-so/{code}/{draft}/{step}`.
async fn show_step(
    site: web::Data<Site>,
    visitor: Visitor,
    path: StepPath,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    let (code, draft, slug) = path.into_inner();
    let Some(step) = Step::from_slug(&slug) else { return missing(&site, &visitor, "") };
    let Some(contact) = contact(&visitor) else {
        let here = format!("/nop-ho-so/{code}/{draft}/{slug}");
        return see_other(&sign_in::address(&here, ""));
    };
    let result = async {
        let Some(case) = Case::load(&site, &visitor, contact, (&code, &draft))? else {
            return Ok(missing(&site, &visitor, words::DRAFT_GONE.say(visitor.lang)));
        };
        if let Some(sent) = &case.draft.sent {
            return Ok(see_other(&done::address(&code, sent)));
        }
        let body = review::body(&case, step)?;
        let elsewhere = (!wanted.khac.is_empty()).then(|| drafted_elsewhere(&case));
        let body = html! {
            @if let Some(note) = elsewhere { (note) }
            @if !wanted.them.is_empty() { (declared::more(visitor.lang)) }
            (body)
        };
        Ok(case.page(StatusCode::OK, step, &body))
    };
    settle(&site, &visitor, result.await)
}

/// Says to whoever signed in with another telephone or email where their draft is.
fn drafted_elsewhere(case: &Case<'_>) -> Markup {
    let text = words::OTHER_DRAFT.fill(case.lang(), &[("contact", &masked(case.contact))]);
    banner(case.lang(), BannerKind::Note, &html! { (text) })
}

/// `POST /nop-ho-so/{code}/{draft}/{step}`: saved first, then checked.
async fn take_step(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
    path: StepPath,
) -> HttpResponse {
    let (code, draft, slug) = path.into_inner();
    let Some(step) = Step::from_slug(&slug) else { return missing(&site, &visitor, "") };
    let owner = contact(&visitor).map_or(Caller::Anybody, citizen);
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, Some(&owner)).await?;
        let Some(contact) = contact(&visitor) else {
            return wait_for_sign_in(&site, (&code, &draft, step), posted);
        };
        let Some(mut case) = Case::load(&site, &visitor, contact, (&code, &draft))? else {
            return Ok(missing(&site, &visitor, words::DRAFT_GONE.say(visitor.lang)));
        };
        if let Some(sent) = &case.draft.sent {
            return Ok(see_other(&done::address(&code, sent)));
        }
        if let Err(refusal) = visitor.check_csrf(&site, posted.value("_csrf")) {
            // Shown as typed and not saved: who sent it is not certain.
            fill(&mut case.draft, step, &case.procedure, &posted);
            let body = review::body(&case, step)?;
            let first = step.questions(&case.procedure).into_iter().next().unwrap_or_default();
            case.errors = vec![at(&first, refusal.text)];
            return Ok(case.page(StatusCode::FORBIDDEN, step, &body));
        }
        take(&mut case, step, posted).await
    };
    settle(&site, &visitor, result.await)
}

/// The answers of a step, as they were posted.
fn fill(
    draft: &mut Draft,
    step: Step,
    procedure: &crate::domain::catalogue::Procedure,
    posted: &Posted,
) {
    for name in step.questions(procedure) {
        if posted.has(&name) {
            let typed = posted.value(&name);
            let is_name = name.ends_with(".name");
            let value = if is_name { persons::spelled(typed) } else { typed.to_owned() };
            draft.answers.insert(name.clone(), value);
        } else {
            draft.answers.remove(&name);
        }
    }
    if step == Step::Form {
        declared::fill(draft, posted);
    }
    if step == Step::Who {
        // Which procedures follow is known to the world, not to the step.
        let linked = posted.fields.iter().filter(|(name, _)| name.starts_with("linked."));
        let linked = linked.map(|(name, value)| (name.clone(), value.clone()));
        draft.answers.retain(|name, _| !name.starts_with("linked."));
        draft.answers.extend(linked);
    }
    draft.answers.insert(LAST.to_owned(), step.slug().to_owned());
    if step == Step::Applicant {
        draft.answers.insert("seen".to_owned(), "1".to_owned());
    }
}

async fn take(
    case: &mut Case<'_>,
    step: Step,
    mut posted: Posted,
) -> Result<HttpResponse, Failure> {
    let files = std::mem::take(&mut posted.files);
    let (mut refused, procedure) = (Vec::new(), case.procedure.clone());
    let form = declared::form_of(case).filter(|_| step == Step::Form).cloned();
    let changed = case.site.office.change_draft(case.contact, &case.draft, |draft| {
        fill(draft, step, &procedure, &posted);
        if posted.has("_id_kind") {
            let kind = posted.value("_id_kind").to_owned();
            draft.answers.insert("applicant.id_kind".to_owned(), kind);
        }
        if let Some(form) = &form {
            declared::rearrange(draft, form, &posted);
        }
        refused = papers::add_files(draft, files);
    })?;
    if let Some(draft) = changed {
        case.draft = draft;
    }
    case.errors = refused;
    if posted.has("_remove") {
        papers::remove(case, posted.value("_remove"))?;
    }
    let stays = STAYS.iter().any(|name| posted.has(name));
    if posted.has("_later") && case.errors.is_empty() {
        return Ok(see_other("/tai-khoan?xong=de-sau"));
    }
    if let Some(form) = &form
        && (!stays || posted.has("_update"))
        && let Some(first) = declared::first_new(case, form, &posted)
    {
        return Ok(see_other(&format!("{}?them=1#{first}", case.address(step))));
    }
    if case.errors.is_empty() && stays {
        return Ok(see_other(&case.address(step)));
    }
    if case.errors.is_empty() {
        case.errors = review::check(case, step)?;
    }
    if !case.errors.is_empty() {
        let body = review::body(case, step)?;
        return Ok(case.page(StatusCode::UNPROCESSABLE_ENTITY, step, &body));
    }
    if let Some((name, seen)) = unread(case, step) {
        case.site.office.change_draft(case.contact, &case.draft, |draft| {
            draft.answers.insert(name, seen);
        })?;
        return Ok(see_other(&case.address(step)));
    }
    if step != Step::Send {
        return Ok(see_other(&case.address(step.next(&case.draft.answers))));
    }
    match review::send(case, posted.value("pledge") == "1").await? {
        Sent::Refused(page) => Ok(page),
        Sent::Filed(filed) => {
            if let (Some(id), Some(session)) = (&case.visitor.session_id, &case.visitor.session) {
                let mut session = session.clone();
                if !session.opened.contains(&filed.id) {
                    session.opened.push(filed.id);
                    case.site.office.save_session(id, &session)?;
                }
            }
            Ok(see_other(&done::address(case.procedure.code.as_str(), filed.code.as_str())))
        }
    }
}

/// A remark on this step that nobody has seen yet.
fn unread(case: &Case<'_>, step: Step) -> Option<(String, String)> {
    let who = match step {
        Step::Applicant => "applicant",
        Step::Owner => "owner",
        _ => return None,
    };
    persons::unread_warning(&case.draft.answers, who)
}

/// The session has ended while somebody was typing: the form waits for the sign-in.
fn wait_for_sign_in(
    site: &Site,
    (code, draft, step): (&str, &str, Step),
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let mut aside = posted.answers();
    for (index, file) in posted.files.iter().enumerate() {
        if let (Ok(upload), Some(component)) = (&file.outcome, file.field.strip_prefix("paper.")) {
            aside.insert(format!("_file.{index}"), format!("{}|{component}", upload.id));
        }
    }
    for (name, value) in [("_code", code), ("_draft", draft), ("_step", step.slug())] {
        aside.insert(name.to_owned(), value.to_owned());
    }
    let ticket = site.office.put_aside(&aside)?;
    let here = format!("/nop-ho-so/{code}/{draft}/{}", step.slug());
    Ok(see_other(&sign_in::address(&here, &ticket)))
}

/// Puts a form that waited into its draft, and says where to go on: the same draft when this
/// contact has it, a new one otherwise.
///
/// # Errors
/// The store fails.
pub(super) fn resume(site: &Site, contact: &str, ticket: &str) -> Result<Option<String>, Failure> {
    let Some(aside) = site.office.take_aside(ticket)? else { return Ok(None) };
    let value = |name: &str| aside.get(name).map_or("", String::as_str);
    let world = site.office.world();
    let Some(procedure) = world.shared_procedure(&ProcedureCode::from(value("_code"))) else {
        return Ok(None);
    };
    let step = Step::from_slug(value("_step")).unwrap_or(Step::Who);
    let code = procedure.code.as_str();
    let known = site.office.draft(contact, code, value("_draft"))?;
    let is_theirs = known.is_some();
    let draft = match known {
        Some(draft) => draft,
        None => new_draft(site, contact, code)?,
    };
    if let Some(sent) = &draft.sent {
        return Ok(Some(done::address(code, sent)));
    }
    let typed = aside.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let posted = Posted { fields: typed, files: Vec::new() };
    let files: Vec<(String, crate::domain::ids::AttachmentId)> = aside
        .iter()
        .filter(|(name, _)| name.starts_with("_file."))
        .filter_map(|(_, value)| value.split_once('|'))
        .filter_map(|(id, component)| Some((component.to_owned(), id.parse().ok()?)))
        .collect();
    site.office.change_draft(contact, &draft, |draft| {
        fill(draft, step, &procedure, &posted);
        draft.files.extend(files);
    })?;
    if !is_theirs {
        // The draft belongs to another telephone or email: this one begins at the beginning.
        return Ok(Some(format!("{}?khac=1", address(&draft, Step::Who.slug()))));
    }
    Ok(Some(address(&draft, step.slug())))
}

/// `GET /nop-ho-so/{code}/{draft}/tep/{file}`: a file of one's own draft.
async fn view_file(site: web::Data<Site>, visitor: Visitor, path: StepPath) -> HttpResponse {
    let (_, _, file) = path.into_inner();
    let result = async {
        let upload = match (contact(&visitor), file.parse()) {
            (Some(contact), Ok(id)) => site.office.upload(id, &citizen(contact))?,
            _ => None,
        };
        let Some(upload) = upload else { return Ok(missing(&site, &visitor, "")) };
        outgoing::file(&site.office, &upload, Ask::Show).await
    };
    settle(&site, &visitor, result.await)
}
