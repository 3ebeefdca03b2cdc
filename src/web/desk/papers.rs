//! Papers and files of a dossier: shown, served, added, printed.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::access::Desk;
use super::dossier::Seen;
use super::posted::{Posted, asked, posted};
use crate::domain::calendar::words::{date_short, instant_short};
use crate::domain::dossier::{Attachment, Dossier, Event, Evidence, PaperForm, parse_dossier_code};
use crate::domain::ids::{AttachmentId, ComponentId, DossierCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::Failure;
use crate::web::components::{
    BannerKind, Button, Choice, Column, DataTable, Field, Form, Icon, Method, Row, Tone,
    UploadedFile, banner_named, button, data_table, date_field, form, select, size_words, tag,
    text_field,
};
use crate::web::origin::origin_words;
use crate::web::outgoing::{self, Ask};
use crate::web::visitor::see_other;
use crate::web::words::{desk as words, public_personal as personal_words};

/// A paper that is ticked when it was received and checked, with its numbers.
#[derive(Clone, Debug, Default)]
pub struct CheckRow<'a> {
    /// The component.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Whether it is demanded, and how it came; or empty.
    pub about: &'a str,
    /// Whether the browser starts here.
    pub autofocus: bool,
    /// Whether it is ticked.
    pub ticked: bool,
    /// Originals as typed.
    pub originals: &'a str,
    /// Copies as typed.
    pub copies: &'a str,
    /// What is wrong with the numbers; or empty.
    pub error: &'a str,
    /// What was written down of it.
    pub evidence: Evidence,
    /// What is wrong with its date; or empty.
    pub date_error: &'a str,
    /// Its date as typed.
    pub date: &'a str,
}

/// The boxes for what is written down of a paper: its form beside the numbers, the rest below.
fn evidence_fields(lang: Lang, row: &CheckRow<'_>) -> Markup {
    let names = ["h", "s", "n", "i"].map(|part| format!("{part}.{}", row.id));
    let [form, number, date, issuer] = &names;
    let chosen = row.evidence.form;
    let choices = PaperForm::ALL.map(|form| Choice {
        value: form.id(),
        label: form.name().say(lang),
        chosen: chosen == Some(form),
        ..Choice::default()
    });
    let text = |name, label: crate::domain::words::Message, value| Field {
        name,
        label: label.say(lang),
        value,
        optional: true,
        autocomplete: "off",
        max_length: Some(200),
        ..Field::default()
    };
    let said = |value: &Option<String>| value.clone().unwrap_or_default();
    let (written, by) = (said(&row.evidence.number), said(&row.evidence.issuer));
    let is_open = !written.is_empty() || !by.is_empty() || !row.date.is_empty();
    html! {
        (select(lang, &Field {
            name: form,
            label: words::PAPER_FORM.say(lang),
            ..Field::default()
        }, &choices))
        details.evidence open[is_open || !row.date_error.is_empty()] {
            summary { (words::PAPER_MORE.say(lang)) span.hidden { ": " (row.name) } }
            div.pairs {
                (text_field(lang, &text(number, words::PAPER_NUMBER, &written)))
                (date_field(lang, &Field {
                    error: row.date_error, ..text(date, words::PAPER_DATE, row.date)
                }))
                (text_field(lang, &text(issuer, words::PAPER_ISSUER, &by)))
            }
        }
    }
}

/// What was written down of a paper, in a line; nothing when nothing was.
pub fn evidence_words(lang: Lang, evidence: &Evidence) -> String {
    let form = evidence.form.map(|form| form.name().say(lang).to_owned());
    let number = evidence
        .number
        .as_ref()
        .map(|number| words::EVIDENCE_NUMBER.fill(lang, &[("number", number)]));
    let date = evidence.issued_on.map(date_short);
    [form, number, date, evidence.issuer.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// A row of a check list: tick, originals, copies.
pub fn check_row(lang: Lang, row: &CheckRow<'_>) -> Markup {
    // The name of its error: the summary of errors leads here.
    let id = crate::web::components::field_id(&format!("paper.{}", row.id));
    let numbers = [("o", words::ORIGINALS, row.originals), ("c", words::COPIES, row.copies)];
    html! {
        div.check-row {
            label.choice for=(id) {
                input id=(id) type="checkbox" name="paper" value=(row.id) checked[row.ticked]
                    autofocus[row.autofocus]
                    aria-invalid=[(!row.error.is_empty()).then_some("true")];
                span {
                    (row.name)
                    @if !row.about.is_empty() { span.hint { (row.about) } }
                }
            }
            @for (part, label, value) in numbers {
                @let name = format!("{part}.{}", row.id);
                @let number = crate::web::components::field_id(&name);
                div.number {
                    label for=(number) { (label.say(lang)) span.hidden { ": " (row.name) } }
                    input id=(number) name=(name) type="text" inputmode="numeric" class="digits-2"
                        maxlength="2" autocomplete="off" value=(value)
                        aria-invalid=[(!row.error.is_empty()).then_some("true")];
                }
            }
            @if !row.error.is_empty() { p.error { (row.error) } }
            (evidence_fields(lang, row))
        }
    }
}

/// The files that digitise a component.
pub fn files_of<'a>(
    dossier: &'a Dossier,
    component: &'a ComponentId,
) -> impl Iterator<Item = &'a Attachment> {
    dossier.attachments.iter().filter(move |file| file.component.as_ref() == Some(component))
}

/// The files of a component as links.
pub fn files(desk: &Desk, dossier: &Dossier, component: &ComponentId) -> Markup {
    links(desk, dossier, files_of(dossier, component))
}

/// Files as links.
pub fn links<'a>(
    desk: &Desk,
    dossier: &Dossier,
    files: impl Iterator<Item = &'a Attachment>,
) -> Markup {
    let lang = desk.lang();
    let files: Vec<&Attachment> = files.collect();
    html! {
        @if !files.is_empty() {
            ul.files {
                @for file in files {
                    @let address = format!("/mot-cua/ho-so/{}/tep/{}", dossier.code, file.id);
                    li {
                        span.file-name { (file.name) }
                        span.muted { (size_words(file.size)) }
                        (super::digitising::compared(desk, dossier, file.id))
                        @if let Some(origin) = &file.origin {
                            span.reason {
                                @if origin.is_vouched_for() {
                                    (tag(Tone::Ok, Icon::Tick, personal_words::VOUCHED.say(lang))) " "
                                }
                                (origin_words(origin, lang))
                            }
                        }
                        @if outgoing::can_be_shown(&file.media_type) {
                            a href={ (address) "?xem=1" } target="_blank" rel="noopener" {
                                (words::VIEW_FILE.say(lang)) span.hidden { " " (file.name) }
                            }
                        }
                        a href=(address) {
                            (words::DOWNLOAD.say(lang)) span.hidden { " " (file.name) }
                        }
                    }
                }
            }
        }
    }
}

/// What the applicant wrote with the last papers that were added: why one of them is lacking, for
/// example. Whoever takes the dossier in reads it beside the papers.
pub fn supplementer_said(desk: &Desk, seen: &Seen) -> Markup {
    let lang = desk.lang();
    let last = seen.history.iter().rev().find_map(|recorded| match &recorded.event {
        Event::Supplemented { text, .. } | Event::SupplementPromised { text, .. } => {
            Some((recorded.link.at, text.as_deref()))
        }
        Event::SupplementRequested { .. } => Some((recorded.link.at, None)),
        _ => None,
    });
    html! {
        @if let Some((at, Some(text))) = last {
            @let values = [("when", instant_short(at))];
            @let title = words::SUPPLEMENTER_SAID.fill(lang, &values.each_ref().map(|(k, v)| (*k, v.as_str())));
            (banner_named(BannerKind::Note, &title, &html! { p.as-typed { (text) } }))
        }
    }
}

/// The part of a dossier's page with its papers.
pub fn list(desk: &Desk, seen: &Seen) -> Markup {
    let (lang, dossier) = (desk.lang(), &seen.dossier);
    let columns = [
        Column::new(words::PAPER_NAME.say(lang)),
        Column::number(words::ORIGINALS.say(lang)),
        Column::number(words::COPIES.say(lang)),
        Column::new(words::CHECKED.say(lang)),
        Column::new(words::FILES.say(lang)),
    ];
    let rows: Vec<Row> = dossier
        .components
        .iter()
        .map(|paper| {
            let checked = if paper.checked { words::IS_CHECKED } else { words::NOT_CHECKED };
            let has_files = files_of(dossier, &paper.component).next().is_some();
            Row::new(vec![
                html! {
                    (paper.name)
                    @let said = evidence_words(lang, &paper.evidence);
                    @if !said.is_empty() { span.reason.muted { (said) } }
                },
                html! { (paper.originals) },
                html! { (paper.copies) },
                html! { (checked.say(lang)) },
                html! {
                    @if has_files { (files(desk, dossier, &paper.component)) }
                    @else { span.muted { (words::NO_FILES.say(lang)) } }
                },
            ])
        })
        .collect();
    let results = || dossier.attachments.iter().filter(|file| file.is_result);
    let drafts = || dossier.drafts.iter().flat_map(|draft| &draft.files);
    let others = || {
        dossier.attachments.iter().filter(|file| {
            let known = file.component.as_ref().and_then(|id| dossier.paper(id)).is_some();
            !file.is_result && !known
        })
    };
    html! {
        (supplementer_said(desk, seen))
        @if rows.is_empty() { p.muted { (words::NO_PAPERS.say(lang)) } }
        @else {
            (data_table(lang, &DataTable {
                caption: words::TAB_PAPERS.say(lang),
                caption_hidden: true,
                columns: &columns,
                rows: &rows,
                select: "",
            }))
        }
        @if others().next().is_some() {
            h2 { (words::OTHER_FILES.say(lang)) }
            (links(desk, dossier, others()))
        }
        @if results().next().is_some() {
            h2 { (words::RESULT_FILES.say(lang)) }
            (links(desk, dossier, results()))
        }
        @if drafts().next().is_some() {
            h2 { (words::DRAFT_FILES.say(lang)) }
            (links(desk, dossier, drafts()))
        }
        @if !dossier.status.is_ended() {
            (super::digitising::link(desk, dossier))
            (add_form(desk, dossier))
        }
    }
}

fn add_form(desk: &Desk, dossier: &Dossier) -> Markup {
    let lang = desk.lang();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let papers: Vec<Choice<'_>> = dossier
        .components
        .iter()
        .map(|paper| Choice {
            value: paper.component.as_str(),
            label: &paper.name,
            ..Choice::default()
        })
        .collect();
    let action = format!("/mot-cua/ho-so/{}/tep", dossier.code);
    let body = html! {
        input type="hidden" name="version" value=(dossier.version);
        (select(lang, &Field {
            name: "component",
            label: words::FOR_PAPER.say(lang),
            optional: true,
            ..Field::default()
        }, &papers))
        div.field {
            label for="f-file" { (words::FILE.say(lang)) }
            input id="f-file" name="file" type="file"
                accept="image/jpeg,image/png,image/heic,image/heif,application/pdf,.heic,.pdf";
        }
        (button(&Button { label: words::ADD_FILE.say(lang), secondary: true, ..Button::default() }))
    };
    html! {
        details.add-file {
            summary { (words::ADD_FILE.say(lang)) }
            (form(lang, &Form {
                action: &action,
                method: Method::PostFiles,
                csrf: &csrf,
                key: &key,
                ..Form::default()
            }, &body))
        }
    }
}

/// The dossier's code in an address.
pub fn code_of(typed: &str) -> DossierCode {
    parse_dossier_code(typed).unwrap_or_else(|| DossierCode::new(typed))
}

/// `POST /mot-cua/ho-so/{code}/tep`: one more file.
pub async fn add(
    desk: Desk,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let code = code_of(&path);
    // Nothing is taken from somebody whom the dossier does not concern.
    if let Err(failure) = desk.office().dossier(desk.caller(), &code) {
        return desk.failed(&failure);
    }
    let sent = match posted(&desk, &request, payload).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    match add_sent(&desk, &code, &sent).await {
        Ok(()) => see_other(&format!("/mot-cua/ho-so/{code}?xem=giay-to&tep=1")),
        Err(failure) => desk.failed(&failure),
    }
}

async fn add_sent(desk: &Desk, code: &DossierCode, sent: &Posted) -> Result<(), Failure> {
    if !sent.refused.is_empty() {
        return Err(Refusal::fields(sent.refused.clone()).into());
    }
    let upload = sent.uploads(desk, "file").into_iter().next();
    let upload = upload.ok_or_else(|| Refusal::field("file", words::FILE_MISSING))?;
    let version = sent.get("version").parse().unwrap_or(0);
    let component = sent.some("component");
    desk.office()
        .attach_upload(desk.caller(), code, version, component.as_deref(), upload, None)
        .await?;
    Ok(())
}

/// `GET /mot-cua/ho-so/{code}/tep/{id}`; `?xem=1` shows it.
pub async fn serve(
    desk: Desk,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> HttpResponse {
    let unknown = || Failure::from(Refusal::new(RefusalKind::NotFound, words::NOT_FOUND));
    let shown = asked(&request).has("xem");
    let found = path
        .1
        .parse::<AttachmentId>()
        .map_err(|_| unknown())
        .and_then(|id| desk.office().attachment(desk.caller(), &code_of(&path.0), id));
    let file = match found {
        Ok(file) => file,
        Err(failure) => return desk.failed(&failure),
    };
    let ask = if shown { Ask::Show } else { Ask::Save };
    let sent = outgoing::file(&desk.site.office, &file, ask).await;
    sent.unwrap_or_else(|failure| desk.failed(&failure))
}

/// `POST /mot-cua/tai-len`: a file that a script sends ahead of its form.
pub async fn upload(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let refused = sent.refused.first().map(|error| error.text.say(desk.lang()).to_owned());
    // In pieces, ahead of this form.
    let whole = sent.get("upload").parse().ok();
    let whole = whole.and_then(|id| desk.office().upload(id, desk.caller()).ok().flatten());
    match sent.uploads(&desk, "file").into_iter().next().or(whole) {
        Some(upload) => HttpResponse::Created()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(UploadedFile::of(&upload, format!("/mot-cua/tai-len/{}", upload.id)).told(None)),
        None => HttpResponse::UnprocessableEntity().json(serde_json::json!({
            "error": refused.unwrap_or_else(|| words::FILE_MISSING.say(desk.lang()).to_owned()),
        })),
    }
}

/// `GET /mot-cua/tai-len/{id}`: one's own file that waits for its dossier.
pub async fn waiting(desk: Desk, path: web::Path<String>) -> HttpResponse {
    let unknown = || Failure::from(Refusal::new(RefusalKind::NotFound, words::NOT_FOUND));
    let found = match path.parse::<AttachmentId>() {
        Ok(id) => desk.office().upload(id, desk.caller()),
        Err(_) => Ok(None),
    };
    let file = match found {
        Ok(Some(file)) => file,
        Ok(None) => return desk.failed(&unknown()),
        Err(failure) => return desk.failed(&failure),
    };
    let sent = outgoing::file(&desk.site.office, &file, Ask::Show).await;
    sent.unwrap_or_else(|failure| desk.failed(&failure))
}
