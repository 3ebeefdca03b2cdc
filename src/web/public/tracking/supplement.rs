//! An applicant adds what was asked for. What is typed and uploaded is kept with the dossier until it
//! is sent.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde_json::json;

use super::present::paper_name;
use super::{Code, Opened, fresh_key, require};
use crate::domain::calendar::words::date_long;
use crate::domain::dossier::{Command, Dossier, Request, Status};
use crate::domain::ids::{AttachmentId, DossierCode};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::acting::Files;
use crate::office::repeat::Once;
use crate::office::supplementing::SupplementDraft;
use crate::office::uploads::Upload;
use crate::office::{Failure, Office, Outage};
use crate::web::Site;
use crate::web::components::{
    Button, Choice, Crumb, Field, Form, Method, Upload as UploadBox, UploadedFile, button,
    button_row, error_for, error_summary, form, radios, text_area, upload,
};
use crate::web::incoming::Arrived;
use crate::web::outgoing::{self, Ask};
use crate::web::public::incoming::{self, Posted};
use crate::web::public::page::{Page, answer, missing, settle, size_words};
use crate::web::visitor::{Visitor, outage_text, see_other, status_of};
use crate::web::words::{
    public_filing as filing_words, public_tracking as words, shell as shell_words,
};

/// How one missing thing is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// With files; the first choice for a paper.
    File,
    /// On paper, at the counter.
    Counter,
    /// Not at all, with the reason.
    HasNot,
    /// In words, perhaps with files: what is missing is no paper of the procedure.
    Words,
}

/// What is prepared for one missing thing.
struct Item {
    component: Option<String>,
    name: String,
    reason: String,
    way: Way,
    text: String,
    files: Vec<Upload>,
}

/// The missing things with what is prepared for them so far.
fn items(site: &Site, dossier: &Dossier, draft: &SupplementDraft) -> Result<Vec<Item>, Failure> {
    let world = site.office.world();
    let asked = dossier.supplement.iter().flat_map(|supplement| &supplement.items);
    let mut items = Vec::new();
    for (index, item) in asked.enumerate() {
        let field = format!("item.{index}");
        let typed = |part: &str| {
            let text = draft.answers.get(&format!("{field}.{part}")).map(|text| text.trim());
            text.unwrap_or_default().to_owned()
        };
        let way = match (&item.component, typed("mode").as_str()) {
            (None, _) => Way::Words,
            (Some(_), "counter") => Way::Counter,
            (Some(_), "none") => Way::HasNot,
            (Some(_), _) => Way::File,
        };
        let mut files = Vec::new();
        for (_, id) in draft.files.iter().filter(|(known, _)| *known == field) {
            files.extend(site.office.upload(*id, &Office::SUPPLEMENTER)?);
        }
        items.push(Item {
            component: item.component.as_ref().map(ToString::to_string),
            name: item
                .component
                .as_ref()
                .and_then(|component| paper_name(&world, dossier, component))
                .unwrap_or_default(),
            reason: item.reason.clone(),
            way,
            text: typed(if way == Way::Words { "text" } else { "why" }),
            files,
        });
    }
    Ok(items)
}

impl Item {
    /// What it is called: the paper, or what the office asks to be said.
    fn name(&self) -> &str {
        if self.name.is_empty() { &self.reason } else { &self.name }
    }

    /// The answer in words, as the office reads it.
    fn words(&self) -> Option<String> {
        let line = match self.way {
            Way::File => return None,
            Way::Words if self.text.is_empty() => return None,
            Way::Words => format!("{}: {}", self.name(), self.text),
            Way::Counter => words::ANSWER_COUNTER.fill(Lang::Vi, &[("paper", self.name())]),
            Way::HasNot => {
                words::ANSWER_NONE.fill(Lang::Vi, &[("paper", self.name()), ("why", &self.text)])
            }
        };
        Some(line)
    }

    /// Whether its files are sent.
    fn takes_files(&self) -> bool {
        matches!(self.way, Way::File | Way::Words)
    }
}

fn check(items: &[Item]) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let mut refuse = |part: &str, message: crate::domain::words::Message| {
            let text = message.text(&[("paper", item.name())]);
            errors.push(FieldError { field: format!("item.{index}{part}"), text });
        };
        match item.way {
            Way::File if item.files.is_empty() => refuse("", words::ITEM_EMPTY),
            Way::Words if item.text.is_empty() && item.files.is_empty() => {
                refuse(".text", words::ANSWER_MISSING);
            }
            Way::HasNot if item.text.is_empty() => refuse(".why", words::HAVE_NOT_WHY_MISSING),
            Way::File | Way::Words | Way::HasNot | Way::Counter => {}
        }
    }
    errors
}

/// The page in the hands of its visitor.
struct Asked<'a> {
    site: &'a Site,
    visitor: &'a Visitor,
    dossier: &'a Dossier,
    key: &'a str,
}

/// `GET /tra-cuu/{dossier}/bo-sung`.
pub(super) async fn ask(site: web::Data<Site>, visitor: Visitor, code: Code) -> HttpResponse {
    let opened = match require(&site, &visitor, &code) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let dossier = &opened.tracked.dossier;
    let key = fresh_key(&site);
    let asked = Asked { site: &site, visitor: &visitor, dossier, key: &key };
    let result = is_asked(dossier).and_then(|()| {
        let items = items(&site, dossier, &site.office.supplement_draft(dossier)?)?;
        Ok(asked.page(&items, None, StatusCode::OK))
    });
    settle(&site, &visitor, result)
}

fn is_asked(dossier: &Dossier) -> Result<(), Failure> {
    if dossier.status == Status::SupplementRequired {
        return Ok(());
    }
    Err(Refusal::new(RefusalKind::Impossible, words::NOT_NOW).into())
}

impl Asked<'_> {
    fn page(&self, items: &[Item], refusal: Option<&Refusal>, status: StatusCode) -> HttpResponse {
        let Self { site, visitor, dossier, key } = *self;
        let lang = visitor.lang;
        let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
        let csrf = visitor.csrf(site);
        let action = format!("/tra-cuu/{}/bo-sung", dossier.code);
        let local = local_draft(dossier);
        let about = Form {
            action: &action,
            method: Method::PostFiles,
            csrf: &csrf,
            key,
            draft: &local,
            ..Form::default()
        };
        let main = html! {
            @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
            h1 { (words::SUPPLEMENT_TITLE.say(lang)) }
            p.muted { (dossier.procedure_name) }
            p { strong { (until(dossier, lang)) } }
            p { (words::SUPPLEMENT_INTRO.say(lang)) }
            (form(lang, &about, &html! {
                input type="hidden" name="version" value=(dossier.version);
                @for (index, item) in items.iter().enumerate() {
                    (self.item_fields(index, item, errors))
                }
                (button_row(&html! {
                    (button(&Button { label: words::SUPPLEMENT_SEND.say(lang), ..Button::default() }))
                    (button(&Button {
                        label: filing_words::LATER.say(lang),
                        name: "_later",
                        value: "1",
                        secondary: true,
                        ..Button::default()
                    }))
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

    fn item_fields(&self, index: usize, item: &Item, errors: &[FieldError]) -> Markup {
        let lang = self.visitor.lang;
        let field = format!("item.{index}");
        let (mode, why) = (format!("{field}.mode"), format!("{field}.why"));
        let files = self.item_files(&field, item, error_for(errors, &field, lang));
        if item.way == Way::Words {
            return self.words_fields(&field, item, errors, &files);
        }
        let reason = Field {
            name: &why,
            label: words::HAVE_NOT_WHY.say(lang),
            error: error_for(errors, &why, lang),
            value: if item.way == Way::HasNot { &item.text } else { "" },
            max_length: Some(1_000),
            ..Field::default()
        };
        let choices = [
            (Way::File, "file", filing_words::BY_FILE, Some(files)),
            (Way::Counter, "counter", words::TO_COUNTER, None),
            (Way::HasNot, "none", words::HAVE_NOT, Some(text_area(lang, &reason, 2))),
        ]
        .map(|(way, value, label, below)| Choice {
            value,
            label: label.say(lang),
            hint: if way == Way::Counter { words::TO_COUNTER_HINT.say(lang) } else { "" },
            chosen: item.way == way,
            below,
        });
        let question = Field {
            name: &mode,
            label: item.name(),
            hint: &item.reason,
            error: error_for(errors, &mode, lang),
            ..Field::default()
        };
        radios(lang, &question, &choices)
    }

    /// What is no paper is answered in words, with files when that helps.
    fn words_fields(
        &self,
        field: &str,
        item: &Item,
        errors: &[FieldError],
        files: &Markup,
    ) -> Markup {
        let lang = self.visitor.lang;
        let text = format!("{field}.text");
        let question = Field {
            name: &text,
            label: words::ANSWER.say(lang),
            error: error_for(errors, &text, lang),
            value: &item.text,
            max_length: Some(1_000),
            ..Field::default()
        };
        html! {
            fieldset.field {
                legend { (item.reason) }
                (text_area(lang, &question, 3))
                (files)
            }
        }
    }

    fn item_files(&self, field: &str, item: &Item, error: &str) -> Markup {
        let (lang, code) = (self.visitor.lang, &self.dossier.code);
        let shown: Vec<(String, String, String)> = item
            .files
            .iter()
            .map(|file| {
                let view = format!("/tra-cuu/{code}/bo-sung/tep/{}", file.id);
                (file.id.to_string(), size_words(file.size), view)
            })
            .collect();
        let shown: Vec<UploadedFile<'_>> = item
            .files
            .iter()
            .zip(&shown)
            .map(|(file, (id, size, view))| UploadedFile {
                id,
                name: &file.name,
                size,
                pages: file.pages,
                view,
            })
            .collect();
        let max_mb = u32::try_from(self.site.office.max_upload() / (1024 * 1024));
        let label =
            if item.way == Way::Words { words::ANSWER_FILES } else { filing_words::FILES_OF };
        upload(
            lang,
            &UploadBox {
                field: Field {
                    name: field,
                    label: label.say(lang),
                    error,
                    optional: item.way == Way::Words,
                    ..Field::default()
                },
                max_mb: max_mb.unwrap_or(u32::MAX),
                files: &shown,
                url: &format!("/tra-cuu/{code}/tai-len"),
            },
        )
    }
}

/// The name under which a browser keeps what is typed.
pub(super) fn local_draft(dossier: &Dossier) -> String {
    format!(
        "bo-sung/{}/{}",
        dossier.code,
        dossier.supplements_asked.0 + dossier.supplements_asked.1
    )
}

fn until(dossier: &Dossier, lang: Lang) -> String {
    match dossier.supplement.as_ref().and_then(|supplement| supplement.due_at) {
        Some(at) => words::SUPPLEMENT_BY.fill(lang, &[("when", &date_long(at, lang))]),
        None => words::SUPPLEMENT_NO_DATE.say(lang).to_owned(),
    }
}

/// Saves what was posted in the dossier's draft; the answer says which files were not taken.
fn save(
    site: &Site,
    dossier: &Dossier,
    posted: &mut Posted,
) -> Result<(SupplementDraft, Vec<FieldError>), Failure> {
    let files = std::mem::take(&mut posted.files);
    let mut refused = Vec::new();
    let gone: Option<AttachmentId> = posted.value("_remove").parse().ok();
    let draft = site.office.change_supplement_draft(dossier, |draft| {
        draft.answers = posted.answers();
        draft.answers.retain(|name, _| name.starts_with("item.") && !name.ends_with(".kept"));
        for file in files {
            refused.extend(add(draft, file));
        }
        draft.files.retain(|(_, id)| Some(*id) != gone);
    })?;
    if let Some(id) = gone {
        site.office.discard_upload(id, &Office::SUPPLEMENTER)?;
    }
    Ok((draft, refused))
}

fn add(draft: &mut SupplementDraft, file: Arrived) -> Option<FieldError> {
    let text = match file.outcome {
        Ok(upload) => {
            draft.files.push((file.field, upload.id));
            return None;
        }
        Err(Failure::Refused(refusal)) => refusal.text,
        Err(Failure::Fault(fault)) => {
            tracing::error!(fault = %fault, "a file could not be kept");
            filing_words::NOT_A_FILE.into()
        }
    };
    Some(FieldError { field: file.field, text })
}

/// `POST /tra-cuu/{dossier}/bo-sung`: saved first, then checked.
pub(super) async fn send(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
    code: Code,
) -> HttpResponse {
    let opened = match require(&site, &visitor, &code) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let dossier = &opened.tracked.dossier;
    let result = async {
        let sender = Some(&Office::SUPPLEMENTER);
        let mut posted = incoming::read(&site, &visitor, &request, payload, sender).await?;
        let key = posted.value("_key").to_owned();
        let asked = Asked { site: &site, visitor: &visitor, dossier, key: &key };
        if let Err(refusal) = visitor.check_csrf(&site, posted.value("_csrf")) {
            // Shown as typed and not saved: who sent it is not certain.
            let typed = SupplementDraft { answers: posted.answers(), files: Vec::new() };
            let items = items(&site, dossier, &typed)?;
            return Ok(asked.page(&items, Some(&refusal), StatusCode::FORBIDDEN));
        }
        if dossier.status != Status::SupplementRequired {
            // Sent twice: the second answer is the first one's.
            return send_items(&site, &opened, &[], &posted).await;
        }
        let (draft, mut errors) = save(&site, dossier, &mut posted)?;
        let items = items(&site, dossier, &draft)?;
        let here = format!("/tra-cuu/{}", dossier.code);
        if errors.is_empty() && posted.has("_later") {
            return Ok(see_other(&format!("{here}?xong=de-sau")));
        }
        if errors.is_empty() && (posted.has("_upload") || posted.has("_remove")) {
            return Ok(see_other(&format!("{here}/bo-sung")));
        }
        if errors.is_empty() {
            errors = check(&items);
        }
        if !errors.is_empty() {
            let refusal = Refusal::fields(errors);
            return Ok(asked.page(&items, Some(&refusal), StatusCode::UNPROCESSABLE_ENTITY));
        }
        match send_items(&site, &opened, &items, &posted).await {
            Err(Failure::Refused(refusal)) => {
                let status = status_of(&Failure::Refused(refusal.clone()));
                Ok(asked.page(&items, Some(&at_first(refusal)), status))
            }
            sent => sent,
        }
    };
    settle(&site, &visitor, result.await)
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

async fn send_items(
    site: &Site,
    opened: &Opened,
    items: &[Item],
    posted: &Posted,
) -> Result<HttpResponse, Failure> {
    let said: Vec<String> = items.iter().filter_map(Item::words).collect();
    let files: Vec<(Option<String>, AttachmentId)> = items
        .iter()
        .filter(|item| item.takes_files())
        .flat_map(|item| item.files.iter().map(|file| (item.component.clone(), file.id)))
        .collect();
    let request = Request {
        version: posted.value("version").parse().unwrap_or(0),
        command: Command::Supplement {
            attachments: Vec::new(),
            text: (!said.is_empty()).then(|| said.join("\n")),
        },
        note: None,
    };
    let dossier = &opened.tracked.dossier;
    let code: &DossierCode = &dossier.code;
    let once = Some(Once::new(code.as_str(), "web supplement", posted.value("_key"), b""));
    let (sender, files) = (Office::SUPPLEMENTER, Files(files));
    site.office.act_as_applicant(&sender, code, &opened.proof, request, files, once).await?;
    site.office.drop_supplement_draft(dossier)?;
    Ok(see_other(&format!("/tra-cuu/{code}?xong=bo-sung")))
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
    let Ok(opened) = require(&site, &visitor, &code) else {
        return refuse(StatusCode::UNAUTHORIZED, words::SECRET_MISSING.say(lang));
    };
    let dossier = &opened.tracked.dossier;
    let taken = async {
        is_asked(dossier)?;
        let sender = Some(&Office::SUPPLEMENTER);
        let mut posted = incoming::read(&site, &visitor, &request, payload, sender).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let none = || Refusal::field("file", filing_words::NOT_A_FILE);
        let upload = posted.files.pop().ok_or_else(none)?.outcome?;
        let field = posted.value("name").to_owned();
        let draft = site.office.change_supplement_draft(dossier, |draft| {
            draft.answers.insert(format!("{field}.mode"), "file".to_owned());
            draft.files.push((field, upload.id));
        });
        draft.map(|_| upload)
    };
    match taken.await {
        Ok(upload) => HttpResponse::Ok().json(json!({
            "id": upload.id.to_string(),
            "name": upload.name,
            "size": size_words(upload.size),
            "pages": upload.pages,
            "view": format!("/tra-cuu/{}/bo-sung/tep/{}", dossier.code, upload.id),
        })),
        Err(Failure::Refused(refusal)) => {
            refuse(StatusCode::UNPROCESSABLE_ENTITY, refusal.say(lang))
        }
        Err(Failure::Fault(fault)) => {
            tracing::error!(fault = %fault, "a file could not be kept");
            let text = outage_text(Outage::of(&fault), filing_words::NOT_A_FILE);
            refuse(status_of(&Failure::Fault(fault)), text.say(lang))
        }
    }
}

/// `GET /tra-cuu/{dossier}/bo-sung/tep/{file}`: a file that is prepared.
pub(super) async fn view_file(
    site: web::Data<Site>,
    visitor: Visitor,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (code, file) = path.into_inner();
    let opened = match require(&site, &visitor, &code) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let result = async {
        let draft = site.office.supplement_draft(&opened.tracked.dossier)?;
        let wanted = draft.files.iter().find(|(_, id)| id.to_string() == file);
        let upload = match wanted {
            Some((_, id)) => site.office.upload(*id, &Office::SUPPLEMENTER)?,
            None => None,
        };
        let Some(upload) = upload else { return Ok(missing(&site, &visitor, "")) };
        outgoing::file(&site.office, &upload, Ask::Show).await
    };
    settle(&site, &visitor, result.await)
}
