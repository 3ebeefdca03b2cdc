//! Step 3: the papers, one after the other: a file, on paper, or not needed.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde_json::json;

use super::case::{Case, address, at, saved_at};
use super::{declared, persons};
use crate::domain::catalogue::{Channel, Component};
use crate::domain::checklist::{Facts, Filer, Listed, Verdict, checklist};
use crate::domain::dossier::{Directory, MAX_PARTS};
use crate::domain::refusal::FieldError;
use crate::domain::words::{Lang, Text};
use crate::office::drafts::{Draft, Keeper};
use crate::office::filing::FiledPaper;
use crate::office::personal::Papers;
use crate::office::uploads::Upload;
use crate::office::{Failure, Outage};
use crate::web::Site;
use crate::web::components::{Choice, Field, Upload as UploadBox, UploadedFile, radios, upload};
use crate::web::incoming::Arrived;
use crate::web::public::facts;
use crate::web::public::incoming::{self, Posted};
use crate::web::public::page::{contact, find_draft, settle};
use crate::web::public::personal::reuse;
use crate::web::public::procedure::counts;
use crate::web::visitor::{Visitor, outage_text, status_of};
use crate::web::words::{public as public_words, public_filing as words};

/// How a paper is handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// As files.
    File,
    /// On paper, at the counter.
    Paper,
    /// Not at all.
    None,
    /// Not said yet.
    Unsaid,
}

impl Mode {
    /// What the visitor has chosen; papers that not everybody has begin as not needed.
    pub(super) fn of(case: &Case<'_>, one: &Listed<'_>) -> Self {
        if !is_asked(&one.verdict) {
            return Self::None;
        }
        match case.value(&format!("paper.{}.mode", one.component.id)) {
            "file" => Self::File,
            "paper" => Self::Paper,
            _ if one.verdict == Verdict::Required => Self::Unsaid,
            _ => Self::None,
        }
    }
}

/// The papers of this filing with what is said of each.
pub(super) fn listed<'c>(case: &'c Case<'_>) -> Vec<Listed<'c>> {
    let form = declared::form_of(case).map(|form| declared::evaluation(case, form).answers);
    let is_declared = form.is_some();
    let facts = Facts {
        filer: Some(Filer::by(persons::mandate_of(&case.draft.answers).as_ref())),
        channel: Some(Channel::Online),
        answers: &form.unwrap_or_default(),
        is_filled_in: true,
        declared: case.procedure.declaration().map(|paper| &paper.id).filter(|_| is_declared),
    };
    checklist(&case.procedure, case.world.paper_rules(&case.procedure.code), &facts)
}

/// Whether a paper is asked for.
pub(super) fn is_asked(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Required | Verdict::IfAny | Verdict::Open)
}

/// The name of the file field of a component.
pub(super) fn field_of(component: &Component) -> String {
    format!("paper.{}", component.id)
}

/// Every paper with its ways.
///
/// # Errors
/// The relaxed store cannot be read.
pub(super) fn papers(case: &Case<'_>) -> Result<Markup, Failure> {
    let lang = case.lang();
    let own = match case.contact {
        Some(contact) => case.site.office.offered_papers(contact)?,
        None => Papers::default(),
    };
    let listed = listed(case);
    let is = |wanted: fn(&Verdict) -> bool| listed.iter().filter(move |one| wanted(&one.verdict));
    let draw = |wanted: fn(&Verdict) -> bool| -> Result<Vec<Markup>, Failure> {
        is(wanted).map(|one| paper(case, one, &own)).collect()
    };
    let always = draw(|verdict| *verdict == Verdict::Required)?;
    let sometimes = draw(|verdict| matches!(verdict, Verdict::IfAny | Verdict::Open))?;
    Ok(html! {
        p { (words::PAPERS_INTRO.say(lang)) }
        @for paper in &always { (paper) }
        @for paper in &sometimes { (paper) }
        (left_out(&listed, lang))
    })
}

/// The papers that these answers do not need, each with why; and the catalogue's remarks.
pub(in crate::web::public) fn left_out(listed: &[Listed<'_>], lang: Lang) -> Markup {
    let spared: Vec<(&str, &Text)> = listed
        .iter()
        .filter_map(|one| match &one.verdict {
            Verdict::NotNeeded(why) => Some((one.component.name.as_str(), why)),
            _ => None,
        })
        .collect();
    let remarks: Vec<&Listed<'_>> =
        listed.iter().filter(|one| one.verdict == Verdict::Remark).collect();
    html! {
        @if !spared.is_empty() {
            section {
                h2 { (words::SPARED.say(lang)) }
                ul {
                    @for (name, why) in &spared {
                        li {
                            (name)
                            br; span.muted { (words::SPARED_WHY.fill(lang, &[("why", why.say(lang))])) }
                        }
                    }
                }
            }
        }
        @if !remarks.is_empty() {
            details {
                summary { (words::REMARKS.say(lang)) }
                ul { @for one in &remarks { li { (one.component.name) } } }
            }
        }
    }
}

fn paper(case: &Case<'_>, one: &Listed<'_>, own: &Papers) -> Result<Markup, Failure> {
    let (lang, component) = (case.lang(), one.component);
    let is_needed = one.verdict == Verdict::Required;
    let field = field_of(component);
    let mode_field = format!("{field}.mode");
    let mode = match Mode::of(case, one) {
        // The way that most take is offered first; it is still checked that a file came.
        Mode::Unsaid => Mode::File,
        mode => mode,
    };
    let files = html! {
        (file_list(case, component)?)
        (reuse::offer(case.site, case.visitor, own, (&field, &component.name)))
    };
    let choices = [
        (Mode::File, "file", words::BY_FILE, ""),
        (Mode::Paper, "paper", words::ON_PAPER, words::ON_PAPER_HINT.say(lang)),
        (Mode::None, "none", words::NOT_NEEDED, words::NOT_NEEDED_HINT.say(lang)),
    ];
    let choices: Vec<Choice<'_>> = choices
        .into_iter()
        .filter(|(way, ..)| *way != Mode::None || !is_needed)
        .map(|(way, value, label, hint)| Choice {
            value,
            label: label.say(lang),
            hint,
            chosen: way == mode,
            below: (way == Mode::File).then(|| files.clone()),
        })
        .collect();
    let mut hint = counts(component, lang);
    if !component.group.is_empty() {
        let group = component.group.trim_end_matches(':');
        hint = format!("{}. {hint}", public_words::IN_CASE.fill(lang, &[("case", group)]));
    }
    Ok(radios(
        lang,
        &Field {
            name: &mode_field,
            label: &component.name,
            hint: &hint,
            error: case.error(&mode_field),
            optional: !is_needed,
            ..Field::default()
        },
        &choices,
    ))
}

fn file_list(case: &Case<'_>, component: &Component) -> Result<Markup, Failure> {
    let lang = case.lang();
    let field = field_of(component);
    let uploads = case.files(component.id.as_str())?;
    let shown: Vec<UploadedFile> =
        uploads.iter().map(|upload| of_draft(&case.draft, upload)).collect();
    Ok(upload(
        lang,
        &UploadBox {
            field: Field {
                name: &field,
                label: words::FILES_OF.say(lang),
                error: case.error(&field),
                ..Field::default()
            },
            most: case.site.office.max_upload(),
            files: &shown,
            url: &address(&case.draft, "tai-len"),
            is_quiet: false,
        },
    ))
}

/// A file of a draft.
fn of_draft(draft: &Draft, file: &Upload) -> UploadedFile {
    UploadedFile::of(file, address(draft, &format!("tep/{}", file.id)))
}

/// What is wrong with the papers.
///
/// # Errors
/// The relaxed store cannot be read.
pub(super) fn check_papers(case: &Case<'_>) -> Result<Vec<FieldError>, Failure> {
    let mut errors = Vec::new();
    for one in &listed(case) {
        let component = one.component;
        let field = field_of(component);
        let name = [("paper", component.name.as_str())];
        match Mode::of(case, one) {
            Mode::Unsaid => {
                errors.push(at(&format!("{field}.mode"), words::PAPER_UNDECIDED.text(&name)));
            }
            Mode::File if case.files(component.id.as_str())?.is_empty() => {
                let gone = case.draft.files.iter().any(|(known, _)| known == component.id.as_str());
                let text =
                    if gone { words::FILE_GONE.into() } else { words::PAPER_EMPTY.text(&name) };
                errors.push(at(&field, text));
            }
            Mode::File | Mode::Paper | Mode::None => {}
        }
    }
    if case.draft.files.len() > MAX_PARTS {
        let text = words::TOO_MANY_FILES.text(&[("n", &MAX_PARTS.to_string())]);
        let first = case.draft.files.first().map_or("", |(component, _)| component.as_str());
        errors.push(at(&format!("paper.{first}"), text));
    }
    Ok(errors)
}

/// Puts the files of a form into the draft; the answer says which were not taken.
pub(super) fn add_files(draft: &mut Draft, files: Vec<Arrived>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for file in files {
        let Some(component) = file.field.strip_prefix("paper.") else { continue };
        match file.outcome {
            // Whoever chooses a file hands it in, whatever stood ticked beside it.
            Ok(upload) => draft.add_file(component, upload.id),
            Err(Failure::Refused(refusal)) => errors.push(at(&file.field, refusal.text)),
            Err(Failure::Fault(fault)) => {
                tracing::error!(fault = %fault, "a file could not be kept");
                let text = outage_text(Outage::of(&fault), words::NOT_A_FILE);
                errors.push(at(&file.field, text));
            }
        }
    }
    errors
}

/// Does what a button of the papers asks for: takes a file out, or one of the person's own papers in.
///
/// # Errors
/// The store or the disk fails.
pub(super) async fn press(case: &mut Case<'_>, posted: &Posted) -> Result<(), Failure> {
    if posted.has("_remove") {
        remove(case, posted.value("_remove"))?;
    }
    if posted.has(reuse::BUTTON) {
        let value = posted.value(reuse::BUTTON);
        match take_own(case, value).await {
            Err(Failure::Refused(refusal)) => {
                let field = value.split('|').next().unwrap_or_default();
                case.errors.push(at(field, refusal.text));
            }
            taken => taken?,
        }
    }
    Ok(())
}

/// Puts copies of one of the person's own papers into the draft: `value` is the button's.
async fn take_own(case: &mut Case<'_>, value: &str) -> Result<(), Failure> {
    // Whoever is not signed in has no papers of their own, and no such button.
    let Some(contact) = case.contact else { return Ok(()) };
    let owner = case.draft.caller();
    let (field, files) = reuse::take(case.site, contact, value, &owner).await?;
    let changed = case.site.office.change_draft(&case.keeper, &case.draft, |draft| {
        let component = field.strip_prefix("paper.").unwrap_or_default();
        for file in &files {
            draft.add_file(component, file.id);
        }
    })?;
    if let Some(draft) = changed {
        case.draft = draft;
    }
    Ok(())
}

/// Takes a file out of the draft.
fn remove(case: &mut Case<'_>, id: &str) -> Result<(), Failure> {
    let Some((_, file)) = case.draft.files.iter().find(|(_, file)| file.to_string() == id).cloned()
    else {
        return Ok(());
    };
    let changed = case.site.office.change_draft(&case.keeper, &case.draft, |draft| {
        draft.files.retain(|(_, known)| *known != file);
    })?;
    if let Some(draft) = changed {
        case.draft = draft;
    }
    case.site.office.discard_upload(file, &case.draft.caller())
}

/// The papers as they are filed.
///
/// # Errors
/// The relaxed store cannot be read.
pub(super) fn filed(case: &Case<'_>) -> Result<Vec<FiledPaper>, Failure> {
    let mut papers = Vec::new();
    for one in &listed(case) {
        let (component, mode) = (one.component, Mode::of(case, one));
        let uploads: Vec<Upload> = match mode {
            Mode::File => case.files(component.id.as_str())?,
            _ => Vec::new(),
        };
        if mode == Mode::Paper || !uploads.is_empty() {
            let on_paper = mode == Mode::Paper;
            papers.push(FiledPaper {
                component: component.id.to_string(),
                originals: if on_paper { component.originals } else { 0 },
                copies: if on_paper { component.copies } else { 1 },
                on_paper,
                uploads: uploads.iter().map(|upload| upload.id).collect(),
                evidence: Default::default(),
            });
        }
    }
    Ok(papers)
}

/// Step 4: how the result comes.
pub(super) fn return_way(case: &Case<'_>) -> Markup {
    let lang = case.lang();
    let choices = [
        ("online", Channel::Online, words::RETURN_ONLINE_HINT),
        ("counter", Channel::Counter, words::RETURN_COUNTER_HINT),
        ("post", Channel::Post, words::RETURN_POST_HINT),
    ]
    .map(|(value, channel, hint)| Choice {
        value,
        label: facts::channel(channel, lang),
        hint: hint.say(lang),
        chosen: case.value("return") == value,
        below: None,
    });
    radios(
        lang,
        &Field {
            name: "return",
            label: words::RETURN_HOW.say(lang),
            error: case.error("return"),
            ..Field::default()
        },
        &choices,
    )
}

/// The way out that was chosen.
pub(super) fn return_channel(case: &Case<'_>) -> Option<Channel> {
    match case.value("return") {
        "online" => Some(Channel::Online),
        "counter" => Some(Channel::Counter),
        "post" => Some(Channel::Post),
        _ => None,
    }
}

/// `POST /nop-ho-so/{code}/{draft}/tai-len`: one file, sent by the script.
pub(super) async fn take_file(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let lang = visitor.lang;
    let refuse = |status: StatusCode, words: &str| {
        HttpResponse::build(status).json(json!({ "error": words }))
    };
    let (procedure, draft) = path.into_inner();
    let found = match find_draft(&site, &visitor, (&procedure, &draft)) {
        Ok(Some(found)) => found,
        Ok(None) if contact(&visitor).is_none() => {
            return refuse(StatusCode::UNAUTHORIZED, words::ASK_SIGN_IN.say(lang));
        }
        Ok(None) => return refuse(StatusCode::NOT_FOUND, words::DRAFT_GONE.say(lang)),
        Err(failure) => return settle(&site, &visitor, Err(failure)),
    };
    let caller = found.1.caller();
    let posted = incoming::read(&site, &visitor, &request, payload, Some(&caller)).await;
    let (name, outcome) = match posted {
        Ok(posted) => {
            let name = posted.value("name").to_owned();
            (name, posted.one_file(&site, &visitor, &caller))
        }
        Err(failure) => (String::new(), Some(Err(failure))),
    };
    let upload = match outcome {
        Some(Ok(upload)) => upload,
        Some(Err(Failure::Refused(refusal))) => {
            return refuse(StatusCode::UNPROCESSABLE_ENTITY, refusal.say(lang));
        }
        Some(Err(Failure::Fault(fault))) => {
            tracing::error!(fault = %fault, "a file could not be kept");
            let text = outage_text(Outage::of(&fault), words::NOT_A_FILE);
            return refuse(status_of(&Failure::Fault(fault)), text.say(lang));
        }
        None => return refuse(StatusCode::UNPROCESSABLE_ENTITY, words::NOT_A_FILE.say(lang)),
    };
    match attach(&site, &found, &name, &upload) {
        Ok(Some(draft)) => {
            let saved = saved_at(&draft, lang);
            HttpResponse::Ok().json(of_draft(&draft, &upload).told(Some(&saved)))
        }
        Ok(None) => refuse(StatusCode::NOT_FOUND, words::DRAFT_GONE.say(lang)),
        Err(failure) => settle(&site, &visitor, Err(failure)),
    }
}

fn attach(
    site: &Site,
    (keeper, draft): &(Keeper, Draft),
    name: &str,
    upload: &Upload,
) -> Result<Option<Draft>, Failure> {
    let Some(component) = name.strip_prefix("paper.") else { return Ok(None) };
    let changed = site.office.change_draft(keeper, draft, |draft| {
        draft.add_file(component, upload.id);
    })?;
    if changed.is_none() {
        site.office.discard_upload(upload.id, &draft.caller())?;
    }
    Ok(changed)
}
