//! What an applicant does to a dossier: add what was asked for, or ask for it back.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde_json::json;

use super::{Opened, require};
use crate::domain::dossier::{Action, Command, Dossier, Request, Status};
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::acting::Files;
use crate::office::repeat::Once;
use crate::office::uploads::Upload;
use crate::office::{Caller, Failure, Outage};
use crate::web::Site;
use crate::web::components::{
    Button, Choice, Confirm, Crumb, Field, Form, Method, Upload as UploadBox, UploadedFile, button,
    button_row, confirm, error_for, error_summary, form, radios, text_area, upload,
};
use crate::web::public::incoming::{self, Posted};
use crate::web::public::page::{Page, answer, citizen, contact, settle, size_words};
use crate::web::visitor::{Visitor, outage_text, see_other, status_of};
use crate::web::words::{
    public_filing as filing_words, public_tracking as words, shell as shell_words,
};

type Code = web::Path<String>;

/// Who acts: the proved contact, or nobody in particular with an opened dossier.
fn caller(visitor: &Visitor) -> Caller {
    contact(visitor).map_or(Caller::Anybody, citizen)
}

/// A key for a form that is sent once.
fn fresh_key(site: &Site) -> String {
    site.office.env().bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What was posted for one missing thing.
struct Item {
    component: Option<String>,
    name: String,
    reason: String,
    has_not: bool,
    why: String,
    files: Vec<Upload>,
}

/// The missing things with what was posted for them so far.
fn items(
    site: &Site,
    visitor: &Visitor,
    dossier: &Dossier,
    posted: &Posted,
) -> Result<Vec<Item>, Failure> {
    let lang = visitor.lang;
    let world = site.office.world();
    let procedure = world.shared_procedure(&dossier.procedure);
    let asked = dossier.supplement.iter().flat_map(|supplement| &supplement.items);
    let removed = posted.value("_remove");
    let mut items = Vec::new();
    for (index, item) in asked.enumerate() {
        let component = item.component.as_ref();
        let name = component.and_then(|id| {
            let known = procedure.as_ref().and_then(|p| p.component(id.as_str()));
            let handed_in = dossier.paper(id).map(|paper| paper.name.clone());
            known.map(|component| component.name.clone()).or(handed_in)
        });
        let kept = format!("item.{index}.kept");
        let mut files = Vec::new();
        for (_, id) in posted.fields.iter().filter(|(key, id)| *key == kept && id != removed) {
            if let Ok(id) = id.parse() {
                files.extend(site.office.upload(id, &caller(visitor))?);
            }
        }
        let field = format!("item.{index}");
        let fresh = posted.files.iter().filter(|file| file.field == field);
        files.extend(fresh.filter_map(|file| file.outcome.as_ref().ok().cloned()));
        items.push(Item {
            component: component.map(ToString::to_string),
            name: name.unwrap_or_else(|| words::ITEM_OTHER.say(lang).to_owned()),
            reason: item.reason.clone(),
            has_not: posted.value(&format!("item.{index}.mode")) == "none",
            why: posted.value(&format!("item.{index}.why")).trim().to_owned(),
            files,
        });
    }
    Ok(items)
}

/// `GET /tra-cuu/{dossier}/bo-sung`.
pub(super) async fn ask_supplement(
    site: web::Data<Site>,
    visitor: Visitor,
    code: Code,
) -> HttpResponse {
    let opened = match require(&site, &visitor, &code) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let dossier = &opened.tracked.dossier;
    if dossier.status != Status::SupplementRequired {
        let refusal = Refusal::new(RefusalKind::Impossible, words::NOT_NOW);
        return settle(&site, &visitor, Err(refusal.into()));
    }
    let result = items(&site, &visitor, dossier, &Posted::default());
    let key = fresh_key(&site);
    let result = result.map(|items| {
        supplement_page(&site, &visitor, dossier, (&items, &key), None, StatusCode::OK)
    });
    settle(&site, &visitor, result)
}

fn supplement_page(
    site: &Site,
    visitor: &Visitor,
    dossier: &Dossier,
    (items, key): (&[Item], &str),
    refusal: Option<&Refusal>,
    status: StatusCode,
) -> HttpResponse {
    let lang = visitor.lang;
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let csrf = visitor.csrf(site);
    let action = format!("/tra-cuu/{}/bo-sung", dossier.code);
    let about =
        Form { action: &action, method: Method::PostFiles, csrf: &csrf, key, ..Form::default() };
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (words::SUPPLEMENT_TITLE.say(lang)) }
        p.muted { (dossier.procedure_name) }
        p { (words::SUPPLEMENT_INTRO.say(lang)) }
        (form(lang, &about, &html! {
            input type="hidden" name="version" value=(dossier.version);
            @for (index, item) in items.iter().enumerate() {
                (item_fields(site, visitor, dossier, (index, item), errors))
            }
            (button_row(&html! {
                (button(&Button { label: words::SUPPLEMENT_SEND.say(lang), ..Button::default() }))
                a href={ "/tra-cuu/" (dossier.code) } { (filing_words::LATER.say(lang)) }
            }))
        }))
    };
    let title = words::SUPPLEMENT_TITLE.say(lang);
    let href = format!("/tra-cuu/{}", dossier.code);
    let above = [
        Crumb { href: "/tra-cuu", label: shell_words::TRACK.say(lang) },
        Crumb { href: &href, label: dossier.code.as_str() },
    ];
    let page = Page { title, above: &above, refused: refusal.is_some(), ..Page::default() };
    answer(site, visitor, status, &page, &main)
}

fn item_fields(
    site: &Site,
    visitor: &Visitor,
    dossier: &Dossier,
    (index, item): (usize, &Item),
    errors: &[FieldError],
) -> Markup {
    let lang = visitor.lang;
    let field = format!("item.{index}");
    let (mode, why) = (format!("{field}.mode"), format!("{field}.why"));
    let files = item_files(site, visitor, dossier, (&field, item), error_for(errors, &field, lang));
    let about = Field {
        name: &why,
        label: words::HAVE_NOT_WHY.say(lang),
        error: error_for(errors, &why, lang),
        value: &item.why,
        max_length: Some(1_000),
        ..Field::default()
    };
    let choices = [
        Choice {
            value: "file",
            label: filing_words::BY_FILE.say(lang),
            chosen: !item.has_not,
            below: Some(files),
            ..Choice::default()
        },
        Choice {
            value: "none",
            label: words::HAVE_NOT.say(lang),
            chosen: item.has_not,
            below: Some(text_area(lang, &about, 2)),
            ..Choice::default()
        },
    ];
    let question = Field {
        name: &mode,
        label: &item.name,
        hint: &item.reason,
        error: error_for(errors, &mode, lang),
        ..Field::default()
    };
    radios(lang, &question, &choices)
}

fn item_files(
    site: &Site,
    visitor: &Visitor,
    dossier: &Dossier,
    (field, item): (&str, &Item),
    error: &str,
) -> Markup {
    let lang = visitor.lang;
    let shown: Vec<(String, String)> =
        item.files.iter().map(|file| (file.id.to_string(), size_words(file.size))).collect();
    let shown: Vec<UploadedFile<'_>> = item
        .files
        .iter()
        .zip(&shown)
        .map(|(file, (id, size))| UploadedFile {
            id,
            name: &file.name,
            size,
            pages: file.pages,
            view: "",
        })
        .collect();
    let max_mb = u32::try_from(site.office.max_upload() / (1024 * 1024)).unwrap_or(u32::MAX);
    let label = filing_words::FILES_OF.say(lang);
    upload(
        lang,
        &UploadBox {
            field: Field { name: field, label, error, ..Field::default() },
            max_mb,
            files: &shown,
            url: &format!("/tra-cuu/{}/tai-len", dossier.code),
        },
    )
}

fn check(items: &[Item]) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let name = [("paper", item.name.as_str())];
        if item.has_not && item.why.is_empty() {
            let text = words::HAVE_NOT_WHY_MISSING.text(&name);
            errors.push(FieldError { field: format!("item.{index}.why"), text });
        } else if !item.has_not && item.files.is_empty() {
            let text = words::ITEM_EMPTY.text(&name);
            errors.push(FieldError { field: format!("item.{index}"), text });
        }
    }
    errors
}

/// `POST /tra-cuu/{dossier}/bo-sung`.
pub(super) async fn supplement(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
    code: Code,
) -> HttpResponse {
    let owner = caller(&visitor);
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, Some(&owner)).await?;
        let opened = match require(&site, &visitor, &code) {
            Ok(opened) => opened,
            Err(answer) => return Ok(*answer),
        };
        let dossier = &opened.tracked.dossier;
        let items = items(&site, &visitor, dossier, &posted)?;
        let key = posted.value("_key");
        let show = |refusal: Option<&Refusal>, status| {
            supplement_page(&site, &visitor, dossier, (&items, key), refusal, status)
        };
        if let Err(refusal) = visitor.check_csrf(&site, posted.value("_csrf")) {
            return Ok(show(Some(&refusal), StatusCode::FORBIDDEN));
        }
        let mut errors = unfit(&posted);
        let only_files = posted.has("_upload") || posted.has("_remove");
        if errors.is_empty() && !only_files {
            errors = check(&items);
        }
        if !errors.is_empty() {
            let refusal = Refusal::fields(errors);
            return Ok(show(Some(&refusal), StatusCode::UNPROCESSABLE_ENTITY));
        }
        if only_files {
            return Ok(show(None, StatusCode::OK));
        }
        match send_supplement(&site, &owner, &opened, &items, &posted).await {
            Ok(code) => Ok(see_other(&format!("/tra-cuu/{code}?xong=bo-sung"))),
            Err(Failure::Refused(refusal)) => {
                let status = status_of(&Failure::Refused(refusal.clone()));
                Ok(show(Some(&at_first(refusal)), status))
            }
            Err(fault) => Err(fault),
        }
    };
    settle(&site, &visitor, result.await)
}

/// The files that were not taken.
fn unfit(posted: &Posted) -> Vec<FieldError> {
    let refused = posted.files.iter().filter_map(|file| match &file.outcome {
        Err(Failure::Refused(refusal)) => {
            Some(FieldError { field: file.field.clone(), text: refusal.text.clone() })
        }
        _ => None,
    });
    refused.collect()
}

/// A refusal of the whole belongs to the first question of the page.
fn at_first(refusal: Refusal) -> Refusal {
    let fields = refusal.fields.iter().map(|error| error.text.clone());
    let mut texts: Vec<_> = fields.collect();
    if texts.is_empty() {
        texts.push(refusal.text.clone());
    }
    let fields = texts.into_iter().map(|text| FieldError { field: "item.0.mode".to_owned(), text });
    Refusal { fields: fields.collect(), ..refusal }
}

async fn send_supplement(
    site: &Site,
    owner: &Caller,
    opened: &Opened,
    items: &[Item],
    posted: &Posted,
) -> Result<crate::domain::ids::DossierCode, Failure> {
    let reasons: Vec<String> = items
        .iter()
        .filter(|item| item.has_not)
        .map(|item| format!("{}: {}", item.name, item.why))
        .collect();
    let files: Vec<(Option<String>, AttachmentId)> = items
        .iter()
        .filter(|item| !item.has_not)
        .flat_map(|item| item.files.iter().map(|file| (item.component.clone(), file.id)))
        .collect();
    let request = Request {
        version: posted.value("version").parse().unwrap_or(0),
        command: Command::Supplement {
            attachments: Vec::new(),
            text: (!reasons.is_empty()).then(|| reasons.join("\n")),
        },
        note: None,
    };
    let code = &opened.tracked.dossier.code;
    let once = Once::new(code.as_str(), "web supplement", posted.value("_key"), b"");
    let done =
        site.office.act_as_applicant(owner, code, &opened.proof, request, Files(files), Some(once));
    Ok(done.await?.code)
}

/// `POST /tra-cuu/{dossier}/tai-len`: one file, sent by the script.
pub(super) async fn take_file(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
    code: Code,
) -> HttpResponse {
    let lang = visitor.lang;
    let refuse =
        |status: StatusCode, text: &str| HttpResponse::build(status).json(json!({ "error": text }));
    if require(&site, &visitor, &code).is_err() {
        return refuse(StatusCode::UNAUTHORIZED, words::SECRET_MISSING.say(lang));
    }
    let owner = caller(&visitor);
    let posted = incoming::read(&site, &visitor, &request, payload, Some(&owner)).await;
    let arrived = posted.map(|mut posted| posted.files.pop().map(|file| file.outcome));
    match arrived {
        Ok(Some(Ok(upload))) => HttpResponse::Ok().json(json!({
            "id": upload.id.to_string(), "name": upload.name, "size": size_words(upload.size),
        })),
        Ok(Some(Err(Failure::Refused(refusal)))) | Err(Failure::Refused(refusal)) => {
            refuse(StatusCode::UNPROCESSABLE_ENTITY, refusal.say(lang))
        }
        Ok(Some(Err(Failure::Fault(fault)))) | Err(Failure::Fault(fault)) => {
            tracing::error!(fault = %fault, "a file could not be kept");
            let text = outage_text(Outage::of(&fault), filing_words::NOT_A_FILE);
            refuse(status_of(&Failure::Fault(fault)), text.say(lang))
        }
        Ok(None) => refuse(StatusCode::UNPROCESSABLE_ENTITY, filing_words::NOT_A_FILE.say(lang)),
    }
}

/// `GET /tra-cuu/{dossier}/rut`.
pub(super) async fn ask_withdrawal(
    site: web::Data<Site>,
    visitor: Visitor,
    code: Code,
) -> HttpResponse {
    let opened = match require(&site, &visitor, &code) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let dossier = &opened.tracked.dossier;
    if !Action::RequestWithdrawal.from().contains(&dossier.status) {
        return see_other(&format!("/tra-cuu/{}", dossier.code));
    }
    let key = fresh_key(&site);
    withdrawal_page(&site, &visitor, dossier, ("", &key), None, StatusCode::OK)
}

fn withdrawal_page(
    site: &Site,
    visitor: &Visitor,
    dossier: &Dossier,
    (reason, key): (&str, &str),
    refusal: Option<&Refusal>,
    status: StatusCode,
) -> HttpResponse {
    let lang = visitor.lang;
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let (action, back) =
        (format!("/tra-cuu/{}/rut", dossier.code), format!("/tra-cuu/{}", dossier.code));
    let csrf = visitor.csrf(site);
    let title = words::WITHDRAW_TITLE.fill(lang, &[("code", dossier.code.as_str())]);
    let consequence = match dossier.status {
        Status::Registered => words::WITHDRAW_1,
        _ => words::WITHDRAW_2,
    };
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        (confirm(lang, &Confirm {
            title: &title,
            consequences: html! { p { (consequence.say(lang)) } },
            label: words::WITHDRAW.say(lang),
            danger: true,
            back: &back,
            form: Form { action: &action, csrf: &csrf, key, ..Form::default() },
            fields: html! {
                input type="hidden" name="version" value=(dossier.version);
                (text_area(lang, &Field {
                    name: "reason",
                    label: words::WITHDRAW_REASON.say(lang),
                    error: error_for(errors, "reason", lang),
                    value: reason,
                    max_length: Some(1_000),
                    ..Field::default()
                }, 3))
            },
        }))
    };
    let page = Page { title: &title, refused: refusal.is_some(), ..Page::default() };
    answer(site, visitor, status, &page, &main)
}

/// `POST /tra-cuu/{dossier}/rut`.
pub(super) async fn withdraw(
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
        let dossier = &opened.tracked.dossier;
        let (reason, key) = (posted.value("reason"), posted.value("_key"));
        let command = Command::RequestWithdrawal { reason: reason.to_owned() };
        let request =
            Request { version: posted.value("version").parse().unwrap_or(0), command, note: None };
        let once = Once::new(dossier.code.as_str(), "web withdrawal", key, b"");
        let checked = visitor.check_csrf(&site, posted.value("_csrf")).map_err(Failure::from);
        let done = match checked {
            Ok(()) => {
                let owner = caller(&visitor);
                let (office, proof) = (&site.office, &opened.proof);
                office
                    .act_as_applicant(
                        &owner,
                        &dossier.code,
                        proof,
                        request,
                        Files::default(),
                        Some(once),
                    )
                    .await
            }
            Err(failure) => Err(failure),
        };
        match done {
            Ok(dossier) => Ok(see_other(&format!("/tra-cuu/{}?xong=rut", dossier.code))),
            Err(Failure::Refused(refusal)) => {
                let status = status_of(&Failure::Refused(refusal.clone()));
                Ok(withdrawal_page(&site, &visitor, dossier, (reason, key), Some(&refusal), status))
            }
            Err(fault) => Err(fault),
        }
    };
    settle(&site, &visitor, result.await)
}
