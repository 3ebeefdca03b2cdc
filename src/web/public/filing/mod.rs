//! `/nop-ho-so/{code}`: filing in short steps, from a draft that the server keeps.
//!
//! Nothing typed is lost: a step is saved before it is checked, a form that meets an ended session
//! waits for the sign-in, and the draft's id is the one-shot key of the filing.

mod beginning;
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
mod signpost;
mod step;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

pub(super) use self::beginning::{begin_asking, begin_at, known_by};
pub(super) use self::elsewhere::{reached, way_elsewhere, way_on, whose};
pub(super) use self::papers::left_out;

use self::case::{Case, address, at};
use self::review::Sent;
use self::step::Step;
use super::incoming::{self, Posted};
use super::page::{citizen, contact, find_draft, masked, missing, settle};
use super::personal::reuse;
use super::sign_in;
use crate::domain::ids::ProcedureCode;
use crate::domain::privacy::Purpose;
use crate::office::drafts::Draft;
use crate::office::{Caller, Failure};
use crate::web::Site;
use crate::web::address::public as public_address;
use crate::web::components::{BannerKind, banner};
use crate::web::outgoing::{self, Ask};
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::public_filing as words;

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
    cfg.route("/nop-ho-so/{code}", web::get().to(beginning::start))
        .route("/nop-ho-so/{code}", web::post().to(beginning::begin))
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

type StepPath = web::Path<(String, String, String)>;

/// What the address of a step may carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    /// The draft that was meant is another contact's.
    khac: String,
    /// The answers have brought more questions.
    them: String,
    /// The pledge was ticked before the sign-in.
    cam_doan: String,
}

/// The button that signs in, for what the account knows.
const SIGN_IN: &str = "_sign_in";
/// The button that hands the draft on to another device or the counter.
const HAND_ON: &str = "_hand_on";

/// `GET /nop-ho-so/{code}/{draft}/{step}`.
async fn show_step(
    site: web::Data<Site>,
    visitor: Visitor,
    path: StepPath,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    let (code, draft, slug) = path.into_inner();
    let goes_on = slug == elsewhere::GO_ON;
    let step = if goes_on { Some(Step::Who) } else { Step::from_slug(&slug) };
    let Some(step) = step else { return missing(&site, &visitor, "") };
    let result = async {
        let Some(mut case) = Case::load(&site, &visitor, (&code, &draft))? else {
            if contact(&visitor).is_none() {
                let here = format!("/nop-ho-so/{code}/{draft}/{slug}");
                return Ok(see_other(&sign_in::address(&here, "")));
            }
            return Ok(missing(&site, &visitor, words::DRAFT_GONE.say(visitor.lang)));
        };
        if let Some(sent) = &case.draft.sent {
            return Ok(see_other(&done::address(&code, sent)));
        }
        if goes_on {
            return Ok(see_other(&case.address(elsewhere::unfinished(&case)?)));
        }
        case.is_pledged = !wanted.cam_doan.is_empty();
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
        take(&mut case, step, posted, &public_address(&site.office, &request)).await
    };
    settle(&site, &visitor, result.await)
}

/// Where whoever works on the draft of an address says that they are reached; empty when nobody does.
pub(super) fn reached_at(site: &Site, visitor: &Visitor, path: &str) -> String {
    let mut parts = path.strip_prefix("/nop-ho-so/").unwrap_or_default().split('/');
    let (Some(code), Some(draft)) = (parts.next(), parts.next()) else { return String::new() };
    let Ok(Some((_, draft))) = find_draft(site, visitor, (code, draft)) else {
        return String::new();
    };
    let said = |name: &str| draft.answers.get(name).map(|text| text.trim().to_owned());
    let said = [said("applicant.phone"), said("applicant.email")].into_iter().flatten();
    said.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
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
    base: &str,
) -> Result<HttpResponse, Failure> {
    let files = std::mem::take(&mut posted.files);
    let (mut refused, procedure) = (Vec::new(), case.procedure.clone());
    let form = declared::form_of(case).filter(|_| step == Step::Form).cloned();
    let person = known::taken(case, posted.value(known::PRESSED))?;
    let follows = declared::form_of(case).cloned();
    let today = case.today();
    let changed = case.site.office.change_draft(&case.keeper, &case.draft, |draft| {
        let before = draft.answers.clone();
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
        if let Some(form) = &follows {
            declared::follow(&before, &mut draft.answers, form, today);
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
    if let Some(left) = left(case, step, &posted, base)? {
        return Ok(left);
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
    case.is_pledged = posted.value("pledge") == "1";
    case.is_remembered = posted.value(Purpose::Remember.id()) == "1";
    case.is_once_more = posted.value(review::ONCE_MORE) == "1";
    go_on(case, step).await
}

/// Where a button leads that leaves a step as it was saved; none when another was pressed, or a file
/// was not taken.
fn left(
    case: &Case<'_>,
    step: Step,
    posted: &Posted,
    base: &str,
) -> Result<Option<HttpResponse>, Failure> {
    if !case.errors.is_empty() {
        return Ok(None);
    }
    if posted.has(HAND_ON) {
        return elsewhere::handed_on(case, step, base).map(Some);
    }
    if posted.has(signpost::CARRY) {
        return signpost::carried_on(case);
    }
    if posted.has(SIGN_IN) {
        return Ok(Some(see_other(&sign_in::address(&case.address(step), ""))));
    }
    if posted.has("_later") {
        return Ok(Some(see_other(match case.contact {
            Some(_) => "/tai-khoan?xong=de-sau",
            None => "/ban-nhap?xong=de-sau",
        })));
    }
    Ok(None)
}

/// From a step that is saved to the next one, once nothing of it is wrong.
async fn go_on(case: &mut Case<'_>, step: Step) -> Result<HttpResponse, Failure> {
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
    if step != Step::Send {
        return Ok(see_other(&case.address(step.next(&case.draft.answers))));
    }
    match review::send(case).await? {
        Sent::SignInFirst => {
            let here = case.address(step);
            let here = if case.is_pledged { format!("{here}?cam_doan=1") } else { here };
            Ok(see_other(&sign_in::address(&here, "")))
        }
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
    let keeper = site.office.keeper_of(contact);
    let known = site.office.draft(&keeper, code, value("_draft"))?;
    let is_theirs = known.is_some();
    let draft = match known {
        Some(draft) => draft,
        None => beginning::new_draft(site, contact, code)?,
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
