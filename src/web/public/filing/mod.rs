//! `/nop-ho-so/{code}`: filing in short steps, from a draft that the server keeps.
//!
//! Nothing typed is lost: a step is saved before it is checked, a form that meets an ended session
//! waits for the sign-in, and the draft's id is the one-shot key of the filing.

mod case;
mod conflict;
mod declared;
mod done;
mod elsewhere;
mod known;
mod papers;
mod persons;
mod places;
mod review;
mod step;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

pub(super) use self::papers::left_out;

use self::case::{Case, address, at};
use self::review::Sent;
use self::step::Step;
use super::incoming::{self, Posted};
use super::page::{Page, answer, citizen, contact, drafts, find_draft, masked, missing, settle};
use super::personal::reuse;
use super::sign_in;
use super::{facts, guiding};
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::Directory;
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::drafts::{Answers, Draft, Keeper};
use crate::office::world::World;
use crate::office::{Caller, Failure};
use crate::web::Site;
use crate::web::components::{
    BannerKind, Button, Crumb, Form, banner, button, button_link, button_row, form,
};
use crate::web::limits::Asked;
use crate::web::outgoing::{self, Ask};
use crate::web::visitor::{Visitor, drafts_cookie, see_other};
use crate::web::words::{public as public_words, public_filing as words, shell as shell_words};

/// The answer that names the step last worked on.
const LAST: &str = "last";
/// The buttons that change a step and stay on it.
const STAYS: [&str; 9] = [
    "_remove",
    "_upload",
    "_id_kind",
    "_add",
    "_drop",
    "_update",
    "_reload",
    reuse::BUTTON,
    known::PRESSED,
];

/// The routes; those with fixed words come before those with a step.
pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route("/nop-ho-so/{code}", web::get().to(start))
        .route("/nop-ho-so/{code}", web::post().to(begin))
        .route("/nop-ho-so/{code}/da-gui/{dossier}", web::get().to(done::show))
        .route("/ban-nhap", web::get().to(elsewhere::ask_number))
        .route("/ban-nhap", web::post().to(elsewhere::open))
        .route("/ban-nhap/{number}", web::get().to(elsewhere::ask_number))
        .route("/nop-ho-so/{code}/{draft}/may-khac", web::get().to(elsewhere::ask))
        .route("/nop-ho-so/{code}/{draft}/may-khac", web::post().to(elsewhere::hand_on))
        .route("/nop-ho-so/{code}/{draft}/tai-len", web::post().to(papers::take_file))
        .route("/nop-ho-so/{code}/{draft}/tep/{file}", web::get().to(view_file))
        .route("/nop-ho-so/{code}/{draft}/{step}", web::get().to(show_step))
        .route("/nop-ho-so/{code}/{draft}/{step}", web::post().to(take_step));
}

/// What the address of the beginning may carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Beginning {
    /// The questions whether it is the right procedure come first.
    hoi: String,
}

/// Where a filing begins that has not been asked yet whether it is the right procedure.
pub(super) fn begin_asking(world: &World, procedure: &ProcedureCode) -> String {
    match world.guide_of(procedure) {
        Some(_) => format!("/nop-ho-so/{procedure}?hoi=1"),
        None => format!("/nop-ho-so/{procedure}"),
    }
}

/// `GET /nop-ho-so/{code}`: an older draft is offered, otherwise a new one begins.
async fn start(
    site: web::Data<Site>,
    visitor: Visitor,
    code: web::Path<String>,
    beginning: web::Query<Beginning>,
) -> HttpResponse {
    let world = site.office.world();
    let code = code.into_inner();
    let Some(procedure) = world.shared_procedure(&ProcedureCode::new(code.as_str())) else {
        return missing(&site, &visitor, public_words::NO_PROCEDURE.say(visitor.lang));
    };
    if let Err(instead) = facts::filed_here(&site, &procedure) {
        return settle(&site, &visitor, Err(instead.into()));
    }
    let result = async {
        let lang = visitor.lang;
        let found = drafts(&site, &visitor)?.into_iter().find(|(_, d)| d.procedure == code);
        let is_asked = !beginning.hoi.is_empty() && world.guide_of(&procedure.code).is_some();
        if found.is_none() && is_asked {
            return Ok(see_other(&guiding::address(&procedure.code)));
        }
        let main = match (found, contact(&visitor)) {
            (Some((_, draft)), _) => offer(&site, &visitor, &draft, &procedure.name),
            (None, Some(contact)) => {
                let keeper = Keeper::contact(contact);
                let draft = new_draft(&site, Some(contact), &keeper, &code)?;
                return Ok(see_other(&address(&draft, Step::Who.slug())));
            }
            (None, None) => welcome(&site, &visitor, &code, &procedure.name),
        };
        let href = format!("/thu-tuc/{code}");
        let above = [
            Crumb { href: "/thu-tuc", label: shell_words::PROCEDURES.say(lang) },
            Crumb { href: &href, label: &procedure.name },
        ];
        let page = Page { title: &procedure.name, above: &above, ..Page::default() };
        Ok(answer(&site, &visitor, StatusCode::OK, &page, &main))
    };
    settle(&site, &visitor, result.await)
}

/// Filing may begin at once; who has an account signs in first and types less.
fn welcome(site: &Site, visitor: &Visitor, code: &str, procedure: &str) -> Markup {
    let lang = visitor.lang;
    let (csrf, here) = (visitor.csrf(site), format!("/nop-ho-so/{code}"));
    let about = Form { action: &here, csrf: &csrf, ..Form::default() };
    html! {
        h1 { (words::BEGIN_TITLE.say(lang)) }
        p.muted { (procedure) }
        p { (words::BEGIN_ABOUT.say(lang)) }
        (form(lang, &about, &button_row(&html! {
            (button(&Button { label: words::BEGIN.say(lang), ..Button::default() }))
            (button_link(&sign_in::address(&here, ""), &Button {
                label: words::BEGIN_SIGNED_IN.say(lang), secondary: true, ..Button::default()
            }))
        })))
        p { a href="/ban-nhap" { (words::OPEN_DRAFT.say(lang)) } }
    }
}

fn offer(site: &Site, visitor: &Visitor, draft: &Draft, procedure: &str) -> Markup {
    let lang = visitor.lang;
    let time = instant_short(draft.saved_at);
    let last = elsewhere::last_step(draft);
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
fn new_draft(
    site: &Site,
    contact: Option<&str>,
    keeper: &Keeper,
    procedure: &str,
) -> Result<Draft, Failure> {
    let world = site.office.world();
    let mut answers = Answers::new();
    if let Some(contact) = contact {
        answers = site.office.account(contact)?.profile;
        let field = if contact.contains('@') { "applicant.email" } else { "applicant.phone" };
        answers.entry(field.to_owned()).or_insert_with(|| contact.to_owned());
    }
    let form = world.form(&ProcedureCode::from(procedure), None);
    if let Some(form) = form {
        let version = form.version.version.to_string();
        answers.insert(declared::VERSION.to_owned(), version);
    }
    site.office.begin_draft(keeper, procedure, answers)
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
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let world = site.office.world();
        let Some(procedure) = world.shared_procedure(&ProcedureCode::new(code.as_str())) else {
            let why = public_words::NO_PROCEDURE.say(visitor.lang);
            return Ok(missing(&site, &visitor, why));
        };
        facts::filed_here(&site, &procedure)?;
        for (keeper, draft) in drafts(&site, &visitor)? {
            if draft.procedure == *code {
                site.office.drop_draft(&keeper, &draft)?;
            }
        }
        begin_by(&site, &visitor, &code)
    };
    settle(&site, &visitor, result.await)
}

/// A new draft of the account, or of the browser, which gets a secret for it.
fn begin_by(site: &Site, visitor: &Visitor, code: &str) -> Result<HttpResponse, Failure> {
    let to_first = |draft: &Draft| see_other(&address(draft, Step::Who.slug()));
    if let Some(contact) = contact(visitor) {
        let draft = new_draft(site, Some(contact), &Keeper::contact(contact), code)?;
        return Ok(to_first(&draft));
    }
    if let Err(seconds) = site.limits.pace(Asked::Sending, &visitor.address) {
        let text = words::BEGIN_TOO_FAST.text(&[("seconds", &seconds.to_string())]);
        return Err(Refusal::new(RefusalKind::TooMany, text).into());
    }
    let known = visitor.browser.as_deref().filter(|secret| Keeper::browser(secret).is_some());
    let secret = known.map_or_else(|| site.office.browser_secret(), str::to_owned);
    let Some(keeper) = Keeper::browser(&secret) else { return Ok(see_other("/")) };
    let mut response = to_first(&new_draft(site, None, &keeper, code)?);
    // A browser that keeps no cookies signs in to keep a draft.
    let _ = response.add_cookie(&drafts_cookie(visitor, &secret));
    Ok(response)
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
    let result = async {
        let Some(case) = Case::load(&site, &visitor, (&code, &draft))? else {
            if contact(&visitor).is_none() {
                let here = format!("/nop-ho-so/{code}/{draft}/{slug}");
                return Ok(see_other(&sign_in::address(&here, "")));
            }
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
    let contact = case.contact.map(masked).unwrap_or_default();
    let text = words::OTHER_DRAFT.fill(case.lang(), &[("contact", &contact)]);
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
    let result = async {
        let case = Case::load(&site, &visitor, (&code, &draft))?;
        // What nobody in particular sends waits for the sign-in, with its files.
        let owner = match (&case, contact(&visitor)) {
            (Some(case), _) => case.draft.caller(),
            (None, Some(contact)) => citizen(contact),
            (None, None) => Caller::Anybody,
        };
        let posted = incoming::read(&site, &visitor, &request, payload, Some(&owner)).await?;
        let Some(mut case) = case else {
            if contact(&visitor).is_none() {
                return wait_for_sign_in(&site, (&code, &draft, step), posted);
            }
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
        let clashes = conflict::clashes(&case, step, &posted);
        if !clashes.is_empty() {
            // Shown as typed and not saved: whoever sends it again has read what the other wrote.
            fill(&mut case.draft, step, &case.procedure, &posted);
            case.errors = clashes;
            let body = review::body(&case, step)?;
            return Ok(case.page(StatusCode::CONFLICT, step, &body));
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
    match step {
        Step::Applicant => persons::settle_address(&mut draft.answers, "applicant"),
        Step::Owner => persons::settle_address(&mut draft.answers, "owner"),
        _ => {}
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
    let person = known::taken(case, posted.value(known::PRESSED))?;
    let changed = case.site.office.change_draft(&case.keeper, &case.draft, |draft| {
        fill(draft, step, &procedure, &posted);
        if posted.has("_id_kind") {
            let kind = posted.value("_id_kind").to_owned();
            draft.answers.insert("applicant.id_kind".to_owned(), kind);
        }
        if let Some(person) = person {
            draft.answers.retain(|name, _| !name.starts_with("owner."));
            draft.answers.extend(person);
        }
        if let Some(form) = &form {
            declared::rearrange(draft, form, &posted);
        }
        refused = papers::add_files(draft, files);
    })?;
    if let Some(draft) = changed {
        case.stored = draft.answers.clone();
        case.draft = draft;
    }
    case.errors = refused;
    papers::press(case, &posted).await?;
    let stays = STAYS.iter().any(|name| posted.has(name));
    if posted.has("_later") && case.errors.is_empty() {
        return Ok(see_other(match case.contact {
            Some(_) => "/tai-khoan?xong=de-sau",
            None => "/ban-nhap",
        }));
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
    go_on(case, step, posted.value("pledge") == "1").await
}

/// From a step that is saved to the next one, once nothing of it is wrong.
async fn go_on(case: &mut Case<'_>, step: Step, is_pledged: bool) -> Result<HttpResponse, Failure> {
    if case.errors.is_empty() {
        case.errors = review::check(case, step)?;
    }
    if !case.errors.is_empty() {
        let body = review::body(case, step)?;
        return Ok(case.page(StatusCode::UNPROCESSABLE_ENTITY, step, &body));
    }
    if let Some((name, seen)) = unread(case, step) {
        case.site.office.change_draft(&case.keeper, &case.draft, |draft| {
            draft.answers.insert(name, seen);
        })?;
        return Ok(see_other(&case.address(step)));
    }
    if step == Step::Send && case.contact.is_none() {
        return Ok(see_other(&sign_in::address(&case.address(step), "")));
    }
    if step != Step::Send {
        return Ok(see_other(&case.address(step.next(&case.draft.answers))));
    }
    match review::send(case, is_pledged).await? {
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
    let keeper = Keeper::contact(contact);
    let known = site.office.draft(&keeper, code, value("_draft"))?;
    let is_theirs = known.is_some();
    let draft = match known {
        Some(draft) => draft,
        None => new_draft(site, Some(contact), &keeper, code)?,
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
    site.office.change_draft(&keeper, &draft, |draft| {
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
    let (code, draft, file) = path.into_inner();
    let result = async {
        let upload = match (find_draft(&site, &visitor, (&code, &draft))?, file.parse()) {
            (Some((_, draft)), Ok(id)) => site.office.upload(id, &draft.caller())?,
            _ => None,
        };
        let Some(upload) = upload else { return Ok(missing(&site, &visitor, "")) };
        outgoing::file(&site.office, &upload, Ask::Show).await
    };
    settle(&site, &visitor, result.await)
}
