//! A person's own papers (Kho giấy tờ của tôi): for the contact that was proved, and nobody else.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get};
use serde::Serialize;
use utoipa::ToSchema;

use super::asking::Asking;
use super::attachments::FileContent;
use super::filing::NewPaper;
use super::problem::{ApiFailure, Outcome};
use crate::domain::calendar::written;
use crate::domain::dossier::Attachment;
use crate::domain::ids::AttachmentId;
use crate::domain::personal::{Origin, OriginKind, PersonalPaper};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::personal::no_paper;
use crate::office::{Caller, Failure};
use crate::web::Site;
use crate::web::outgoing::{self, Ask};
use crate::web::words::api as words;

/// Where a paper comes from.
#[derive(Serialize, ToSchema)]
pub struct OriginState {
    /// `result` of a dossier here, `compared` with the original by an officer, `handed_in` with a
    /// dossier, or `added` by the person.
    #[schema(example = "result")]
    pub kind: &'static str,
    /// What the paper is.
    #[schema(example = "Giấy khai sinh")]
    pub name: String,
    /// Its number.
    #[schema(example = "12/2026")]
    pub number: Option<String>,
    /// Its date.
    #[schema(format = Date)]
    pub issued_on: Option<String>,
    /// Who issued or compared it.
    pub issuer: Option<String>,
    /// The dossier that it comes from.
    #[schema(example = "H40.12-261123-0001")]
    pub dossier: Option<String>,
    /// Whether this office vouches for it: its own result, or compared with the original.
    pub confirmed: bool,
}

impl From<&Origin> for OriginState {
    fn from(origin: &Origin) -> Self {
        Self {
            kind: match origin.kind {
                OriginKind::Result => "result",
                OriginKind::Compared => "compared",
                OriginKind::HandedIn => "handed_in",
                OriginKind::Added => "added",
            },
            name: origin.name.clone(),
            number: origin.number.clone(),
            issued_on: origin.issued_on.map(|day| day.to_string()),
            issuer: origin.issuer.clone(),
            dossier: origin.dossier.as_ref().map(ToString::to_string),
            confirmed: origin.is_vouched_for(),
        }
    }
}

/// A file of a paper.
#[derive(Serialize, ToSchema)]
pub struct DocumentFile {
    /// Its id.
    #[schema(example = "0f8fad5bd9cb469fa16570867728950e")]
    pub id: String,
    /// Its name.
    pub name: String,
    /// What its content is.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
}

impl From<&Attachment> for DocumentFile {
    fn from(file: &Attachment) -> Self {
        Self {
            id: file.id.to_string(),
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            size: file.size,
        }
    }
}

/// A paper of a person.
#[derive(Serialize, ToSchema)]
pub struct DocumentState {
    /// Its id, for `components[].documents`.
    #[schema(example = "0f8fad5bd9cb469fa16570867728950e")]
    pub id: String,
    /// What it is and where it comes from.
    pub origin: OriginState,
    /// After this day it no longer holds, and cannot be used.
    #[schema(format = Date)]
    pub expires_on: Option<String>,
    /// Its files.
    pub files: Vec<DocumentFile>,
    /// When it was kept, or when the result came.
    #[schema(format = DateTime)]
    pub kept_at: String,
}

impl From<&PersonalPaper> for DocumentState {
    fn from(paper: &PersonalPaper) -> Self {
        Self {
            id: paper.id.to_string(),
            origin: OriginState::from(&paper.origin),
            expires_on: paper.expires_on.map(|day| day.to_string()),
            files: paper.files.iter().map(DocumentFile::from).collect(),
            kept_at: written(paper.kept_at),
        }
    }
}

/// A person's papers.
#[derive(Serialize, ToSchema)]
pub struct Documents {
    /// Results of their dossiers first, then what they keep, each newest first.
    pub documents: Vec<DocumentState>,
}

/// The contact that was proved.
fn person(asking: &Asking) -> Result<&str, Refusal> {
    let needed = || Refusal::new(RefusalKind::Unauthenticated, words::PROOF_NEEDED);
    asking.contact.as_deref().ok_or_else(needed)
}

/// Lists one's own papers
///
/// Results of the dossiers that this contact filed are there by themselves; the others were kept by
/// choice, on the pages.
#[utoipa::path(
    tag = "documents",
    security(("proof" = [])),
    responses((status = 200, description = "The papers", body = Documents)),
)]
#[get("/documents")]
pub async fn list_documents(asking: Asking, site: Data<Site>) -> Outcome {
    let papers = site.office.personal_papers(person(&asking)?)?;
    let documents = papers.all().map(DocumentState::from).collect();
    Ok(HttpResponse::Ok().json(Documents { documents }))
}

/// Shows one of one's own papers
#[utoipa::path(
    tag = "documents",
    security(("proof" = [])),
    params(("id" = String, Path, description = "The paper's id")),
    responses((status = 200, description = "The paper", body = DocumentState)),
)]
#[get("/documents/{id}")]
pub async fn show_document(path: Path<String>, asking: Asking, site: Data<Site>) -> Outcome {
    let papers = site.office.personal_papers(person(&asking)?)?;
    let id = path.parse().map_err(|_| no_paper())?;
    let paper = papers.find(id).ok_or_else(no_paper)?;
    Ok(HttpResponse::Ok().json(DocumentState::from(paper)))
}

/// Opens a file of one of one's own papers
#[utoipa::path(
    tag = "documents",
    security(("proof" = [])),
    params(
        ("id" = String, Path, description = "The paper's id"),
        ("file" = String, Path, description = "The file's id"),
    ),
    responses((
        status = 200, description = "The file, to be saved, as what it is",
        content((FileContent = "application/pdf"), (FileContent = "image/jpeg")),
    )),
)]
#[get("/documents/{id}/files/{file}")]
pub async fn open_document(
    path: Path<(String, String)>,
    asking: Asking,
    site: Data<Site>,
) -> Outcome {
    let contact = person(&asking)?;
    let (id, file) = (path.0.parse(), path.1.parse());
    let (Ok(id), Ok(file)) = (id, file) else { return Err(no_paper().into()) };
    let file = site.office.paper_file(contact, id, file)?;
    Ok(outgoing::file(&site.office, &file, Ask::Save).await?)
}

/// Deletes one of one's own papers for good
///
/// Row and bytes go, and with the last paper the person's key. A result belongs to its dossier and is
/// not deleted here (409).
#[utoipa::path(
    tag = "documents",
    security(("proof" = [])),
    params(("id" = String, Path, description = "The paper's id")),
    responses((status = 204, description = "It is gone")),
)]
#[delete("/documents/{id}")]
pub async fn delete_document(path: Path<String>, asking: Asking, site: Data<Site>) -> Outcome {
    let contact = person(&asking)?;
    let id = path.parse().map_err(|_| no_paper())?;
    site.office.delete_paper(contact, id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Copies the papers that components name into uploads, which are then named there. The answer is the
/// copies, to be taken back when nothing is filed.
///
/// # Errors
/// Names the first place with a paper that is not there or no longer holds.
pub async fn take(
    asking: &Asking,
    site: &Site,
    components: &mut [NewPaper],
) -> Result<Vec<AttachmentId>, ApiFailure> {
    let mut copies = Vec::new();
    for (position, component) in components.iter_mut().enumerate() {
        for (at, id) in std::mem::take(&mut component.documents).iter().enumerate() {
            let field = format!("components[{position}].documents[{at}]");
            let taken = match id.trim().parse() {
                Ok(id) => {
                    let contact = person(asking)?;
                    site.office.reuse_paper(contact, id, &asking.caller).await
                }
                Err(_) => Err(no_paper().into()),
            };
            match taken {
                Ok(files) => {
                    copies.extend(files.iter().map(|file| file.id));
                    component.uploads.extend(files.iter().map(|file| file.id.to_string()));
                }
                Err(failure) => {
                    give_back(site, &asking.caller, &copies)?;
                    return Err(at_field(field, failure).into());
                }
            }
        }
    }
    Ok(copies)
}

/// Removes copies of which nothing came.
///
/// # Errors
/// The disk fails.
pub fn give_back(site: &Site, caller: &Caller, copies: &[AttachmentId]) -> Result<(), Failure> {
    copies.iter().try_for_each(|id| site.office.discard_upload(*id, caller))
}

fn at_field(field: String, failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal) => {
            Refusal::fields(vec![FieldError { field, text: refusal.text }]).into()
        }
        fault => fault,
    }
}
