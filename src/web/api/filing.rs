//! `POST dossiers`: a submission by a citizen with a proof, a receptionist, or a program.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, post};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::asking::Asking;
use super::body;
use super::documents;
use super::evidence::EvidenceBody;
use super::names::ChannelName;
use super::person::{MandateBody, PersonBody};
use super::problem::{ApiFailure, Outcome};
use crate::domain::agency::Role;
use crate::domain::calendar::written;
use crate::domain::catalogue::Channel;
use crate::domain::dossier::Link;
use crate::domain::dossier::words::{COUNTER_NEEDS_RECEPTIONIST, FILING_NOT_YOURS};
use crate::domain::ids::{AttachmentId, DossierId};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::Caller;
use crate::office::answers::form;
use crate::office::filing::{FiledPaper, Filing};
use crate::web::Site;
use crate::web::limits::Asked;
use crate::web::words::api as words;

/// A submission.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDossier {
    /// The procedure's national code.
    #[schema(example = "1.001193")]
    pub procedure: String,
    /// Where it is handed in: by default the receptionist's own agency, else the first that takes
    /// the procedure.
    pub agency: Option<String>,
    /// The way in; `counter` and `post` are a receptionist's.
    pub channel: ChannelName,
    /// Whose matter it is; the applicant's when absent.
    pub owner: Option<PersonBody>,
    /// Who files.
    pub applicant: PersonBody,
    /// By what right, when it is for somebody else.
    pub mandate: Option<MandateBody>,
    /// The answers of the form.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub form: Map<String, Value>,
    /// The papers.
    #[serde(default)]
    pub components: Vec<NewPaper>,
    /// The way out; the counter when absent.
    pub return_channel: Option<ChannelName>,
    /// Numbers that other systems gave it; from programs and receptionists only.
    #[serde(default)]
    pub external_codes: Vec<String>,
    /// Who decides, when more than one agency could: by default the one that takes it in, or the
    /// first that settles the procedure.
    pub competent_agency: Option<String>,
    /// Who decides the procedures that follow, where that is left to the filing.
    #[serde(default)]
    pub linked: Vec<LinkChoice>,
    /// The desk helped to file it at the national portal: then `channel` is `online`, the national
    /// number is among `external_codes`, and it is received at once. From receptionists only.
    #[serde(default)]
    pub assisted: bool,
}

/// Who decides a procedure that follows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkChoice {
    /// The procedure's code.
    pub procedure: String,
    /// The agency's code.
    pub agency: String,
}

/// A paper of a submission.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPaper {
    /// The component's id.
    pub id: Option<String>,
    /// Or its exact name.
    pub name: Option<String>,
    /// Originals.
    #[serde(default)]
    pub originals: u32,
    /// Copies.
    #[serde(default)]
    pub copies: u32,
    /// Will be brought on paper.
    #[serde(default)]
    pub on_paper: bool,
    /// Ids of uploads.
    #[serde(default)]
    pub uploads: Vec<String>,
    /// Ids of one's own papers (`GET documents`), of which the dossier gets copies; with a proof only.
    #[serde(default)]
    pub documents: Vec<String>,
    /// What the desk writes down of it; ignored online.
    #[serde(default)]
    pub evidence: EvidenceBody,
}

/// What the sender of a submission learns.
#[derive(Serialize, ToSchema)]
pub struct FiledAnswer {
    /// The dossier's code.
    #[schema(example = "H40.12-261123-0001")]
    pub code: String,
    /// The national status.
    pub status: u8,
    /// Its national words.
    #[schema(example = "Mới đăng ký")]
    pub status_name: &'static str,
    /// The secret that opens it to its applicant.
    pub lookup_secret: String,
    /// Its version.
    #[schema(minimum = 1)]
    pub version: u64,
    /// When the section answers, or when the result is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
    /// Its parts in other agencies.
    pub links: Vec<FiledLink>,
}

/// A part of a dossier that was filed.
#[derive(Serialize, ToSchema)]
pub struct FiledLink {
    /// The procedure that follows.
    pub procedure: String,
    /// Who decides it.
    pub agency: String,
    /// When it opens.
    #[schema(example = "at_reception")]
    pub opens: &'static str,
    /// Its dossier's code, when it is open already.
    pub code: Option<String>,
}

/// Files a dossier
///
/// With a proof or a citizen's session it is registered (status 1); from a receptionist at the
/// counter or by post it is received at once (status 2). Sent again under the same
/// `Idempotency-Key` it gets its first answer.
#[utoipa::path(
    tag = "dossiers",
    security(("token" = []), ("proof" = [])),
    request_body = NewDossier,
    responses((status = 201, description = "Filed", body = FiledAnswer)),
)]
#[post("/dossiers")]
pub async fn file_dossier(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    let caller = asking.signed_in()?;
    may_file(caller)?;
    asking.limit(&site, Asked::Sending)?;
    let bytes = body::read(&request, payload).await?;
    let mut sent: NewDossier = body::parse(&bytes)?;
    if caller.staff().is_none() && sent.channel != ChannelName::Online {
        return Err(Refusal::new(RefusalKind::Forbidden, COUNTER_NEEDS_RECEPTIONIST).into());
    }
    if !sent.external_codes.is_empty() && !matches!(caller, Caller::Program(_) | Caller::Staff(_)) {
        return Err(Refusal::field("external_codes", words::PROGRAMS_ONLY).into());
    }
    if sent.assisted && caller.staff().is_none() {
        return Err(Refusal::field("assisted", words::DESK_HELPS).into());
    }
    let once = asking.once("POST dossiers", &bytes);
    let copies = documents::take(&asking, &site, &mut sent.components).await?;
    let filed = async { Ok::<_, ApiFailure>(site.office.file(caller, filing(sent)?, once).await?) };
    let filed = filed.await;
    // Those that became the dossier's stay.
    documents::give_back(&site, caller, &copies)?;
    let filed = filed?;
    remember(&site, caller, filed.id);
    Ok(HttpResponse::Created().json(FiledAnswer {
        code: filed.code.to_string(),
        status: filed.status.code(),
        status_name: filed.status.name().vi,
        lookup_secret: filed.lookup_secret,
        version: filed.version,
        due_at: filed.due_at.map(written),
        links: filed.links.iter().map(FiledLink::from).collect(),
    }))
}

/// Adds a dossier to the account of the contact that filed it, so that its result is among their papers.
fn remember(site: &Site, caller: &Caller, dossier: DossierId) {
    let Caller::Citizen(contact) = caller else { return };
    // It is filed all the same.
    if let Err(failure) = site.office.remember_filed(contact, dossier) {
        tracing::error!(%failure, "a dossier could not be added to its account");
    }
}

impl From<&Link> for FiledLink {
    fn from(link: &Link) -> Self {
        Self {
            procedure: link.procedure.to_string(),
            agency: link.agency.to_string(),
            opens: link.opens.id(),
            code: link.dossier.as_ref().map(|(_, code)| code.to_string()),
        }
    }
}

/// Refuses by role before the contents are looked at.
fn may_file(caller: &Caller) -> Result<(), ApiFailure> {
    match caller {
        Caller::Staff(staff) if !staff.is(Role::Receptionist) => {
            Err(Refusal::new(RefusalKind::Forbidden, FILING_NOT_YOURS).into())
        }
        _ => Ok(()),
    }
}

fn filing(sent: NewDossier) -> Result<Filing, Refusal> {
    let mut errors = Vec::new();
    let mut papers = Vec::with_capacity(sent.components.len());
    for (position, paper) in sent.components.into_iter().enumerate() {
        let field = format!("components[{position}]");
        let component = component(&field, paper.id, paper.name, &mut errors);
        let uploads =
            paper.uploads.iter().enumerate().filter_map(|(at, id)| {
                upload_id(&format!("{field}.uploads[{at}]"), id, &mut errors)
            });
        let uploads = uploads.collect();
        papers.push(FiledPaper {
            component,
            originals: paper.originals,
            copies: paper.copies,
            on_paper: paper.on_paper,
            uploads,
            evidence: paper.evidence.into(),
        });
    }
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    Ok(Filing {
        procedure: sent.procedure,
        agency: sent.agency.filter(|agency| !agency.trim().is_empty()),
        channel: sent.channel.into(),
        return_channel: sent.return_channel.map_or(Channel::Counter, Into::into),
        owner: sent.owner.map(Into::into),
        applicant: sent.applicant.into(),
        mandate: sent.mandate.map(Into::into),
        form: form(sent.form),
        papers,
        external_codes: sent.external_codes,
        competent: sent.competent_agency,
        linked: sent.linked.into_iter().map(|link| (link.procedure, link.agency)).collect(),
        is_assisted: sent.assisted,
        form_version: None,
    })
}

/// A component's id or name; notes an error when there is neither.
pub fn component(
    field: &str,
    id: Option<String>,
    name: Option<String>,
    errors: &mut Vec<FieldError>,
) -> String {
    let named = id.or(name).unwrap_or_default().trim().to_owned();
    if named.is_empty() {
        let (field, text) = (format!("{field}.id"), words::COMPONENT_NAMELESS.into());
        errors.push(FieldError { field, text });
    }
    named
}

/// An upload's id; notes an error when it is none.
pub fn upload_id(field: &str, id: &str, errors: &mut Vec<FieldError>) -> Option<AttachmentId> {
    let parsed = id.trim().parse().ok();
    if parsed.is_none() {
        let text = body::wrong_value(words::AN_ID);
        errors.push(FieldError { field: field.to_owned(), text });
    }
    parsed
}
