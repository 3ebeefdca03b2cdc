//! Papers: which ones a dossier has, each as PDF or as its signed statement, many in one file, and
//! the check of a paper that somebody holds.

use actix_web::http::header;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::asking::Asking;
use super::body;
use super::dossiers::code_of;
use super::params::Params;
use super::problem::{ApiFailure, Outcome, lang_of};
use super::state::hex;
use crate::documents::seal::{Checked, PaperSeen, Verdict};
use crate::domain::calendar::written;
use crate::domain::ids::DossierCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::Caller;
use crate::office::printing::{Deed, Pdf};
use crate::office::tracking::Proof;
use crate::web::Site;
use crate::web::incoming::off_thread;
use crate::web::limits::Asked;
use crate::web::words::api as words;
use crate::web::{address, outgoing};

/// A paper of a dossier.
#[derive(Serialize, ToSchema)]
pub struct PaperItem {
    /// Its name in addresses.
    #[schema(example = "receipt")]
    pub paper: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// Whether the applicant gets it.
    pub for_applicant: bool,
}

/// Papers.
#[derive(Serialize, ToSchema)]
pub struct PaperList {
    /// Those that the dossier has now.
    pub items: Vec<PaperItem>,
}

/// The signed statement of a paper.
#[derive(Serialize, ToSchema)]
pub struct SignedPaper {
    /// What the paper's QR code holds behind `/KIEM-TRA/`.
    pub text: String,
    /// The contents from which the paper is set; the statement holds their digest.
    #[schema(value_type = Object)]
    pub contents: Value,
}

/// Lists the papers of a dossier
#[utoipa::path(
    tag = "papers",
    security(("token" = [])),
    params(("code" = String, Path, description = "The dossier's code", example = "H40.12-261123-0001")),
    responses((status = 200, description = "The papers", body = PaperList)),
)]
#[get("/dossiers/{code}/papers")]
pub async fn list_papers(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
) -> Outcome {
    let dossier = site.office.dossier(asking.signed_in()?, &code_of(&path))?;
    let lang = lang_of(&request);
    let items = Deed::all_of(&dossier).map(|deed| PaperItem {
        paper: deed.id(),
        name: deed.name().say(lang),
        for_applicant: deed.is_for_applicant(),
    });
    Ok(HttpResponse::Ok().json(PaperList { items: items.collect() }))
}

/// Prints a paper of a dossier
///
/// For the desk; and what an applicant gets, with a proof of the dossier's phone or email. Papers
/// are set from committed events only, and carry the signature of the instance.
#[utoipa::path(
    tag = "papers",
    security(("token" = []), ("proof" = [])),
    params(
        ("code" = String, Path, description = "The dossier's code"),
        ("paper" = String, Path, description = "The paper's name", example = "receipt"),
        ("format" = Option<String>, Query, description = "`pdf`, as when absent, or `json`", example = "pdf"),
    ),
    responses((
        status = 200, description = "The paper; its signed statement for `format=json`",
        content((Vec<u8> = "application/pdf"), (SignedPaper = "application/json")),
    )),
)]
#[get("/dossiers/{code}/papers/{paper}")]
pub async fn print_paper(
    request: HttpRequest,
    path: Path<(String, String)>,
    asking: Asking,
    site: Data<Site>,
) -> Outcome {
    let caller = asking.signed_in()?.clone();
    let (code, base) = (code_of(&path.0), address::base(&request));
    let deed = deed_of(&path.1)?;
    let mut params = Params::of(&request);
    let format = params.read("format", words::A_PAPER_FORMAT, |text| match text {
        "pdf" => Some(false),
        "json" => Some(true),
        _ => None,
    });
    params.finish()?;
    let office = site.office.clone();
    let printed = off_thread(move || {
        let proof = match &caller {
            Caller::Citizen(contact) => Some(Proof::Contact(contact.clone())),
            _ => None,
        };
        match &proof {
            Some(proof) => office.print_for_applicant(&code, proof, deed, &base),
            None => office.print(&caller, &code, deed, &base),
        }
    });
    let Pdf { bytes, file_name, signed } = printed.await?;
    match format {
        Some(true) => {
            let part = signed.into_iter().next().ok_or_else(no_paper)?;
            let part = SignedPaper { text: part.text, contents: part.contents };
            Ok(HttpResponse::Ok().json(part))
        }
        _ => Ok(outgoing::pdf(&file_name, bytes)),
    }
}

/// Many papers in one file.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManyPapers {
    /// Which paper, such as `receipt` or `hand_over`.
    #[schema(example = "receipt")]
    pub paper: String,
    /// The dossiers, in the order of printing; at most 2,000.
    pub dossiers: Vec<String>,
}

/// Prints one kind of paper of many dossiers as one file
///
/// Hand-over lists have a paper for each who takes over.
#[utoipa::path(
    tag = "papers",
    security(("token" = [])),
    request_body = ManyPapers,
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/pdf")),
)]
#[post("/papers")]
pub async fn print_papers(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    let caller = asking.signed_in()?.clone();
    let bytes = body::read(&request, payload).await?;
    let sent: ManyPapers = body::parse(&bytes)?;
    let known = || words::UNKNOWN_VALUE.text(&[("known", &names().join(", "))]);
    let deed = Deed::from_id(&sent.paper).ok_or_else(|| Refusal::field("paper", known()))?;
    let codes: Vec<DossierCode> = sent.dossiers.iter().map(|code| code_of(code)).collect();
    let (office, base) = (site.office.clone(), address::base(&request));
    let printed = off_thread(move || office.print_many(&caller, &codes, deed, &base)).await?;
    Ok(outgoing::pdf(&printed.file_name, printed.bytes))
}

/// What the check of a paper found.
#[derive(Serialize, ToSchema)]
pub struct CheckedPaper {
    /// `genuine`, `altered`, `not_in_log`, `unknown_key` or `unsigned`.
    #[schema(example = "genuine")]
    pub verdict: &'static str,
    /// Whether the verdict is `genuine`.
    pub genuine: bool,
    /// Why, in the caller's language.
    pub reasons: Vec<String>,
    /// Whether every byte of a file was checked, and not only the text of a code.
    pub whole_file: bool,
    /// The key that signed.
    pub key: Option<String>,
    /// What the papers say; to be believed only when the verdict is `genuine`.
    pub papers: Vec<StatedPaper>,
}

/// What a paper states.
#[derive(Serialize, ToSchema)]
pub struct StatedPaper {
    /// Which one, such as `receipt`.
    pub paper: &'static str,
    /// Who issues it.
    pub agency: String,
    /// The dossier; null on lists.
    pub dossier: Option<String>,
    /// When it happened, or when the list was made.
    #[schema(format = DateTime)]
    pub at: String,
    /// The date that it promises.
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
    /// How many papers or lines it lists.
    pub items: u64,
    /// The place in the agency's log.
    pub sequence: u64,
    /// The first digits of the chain's hash there.
    pub chain: String,
    /// The contents, when a file carries them.
    #[schema(value_type = Option<Object>)]
    pub contents: Option<Value>,
}

/// Checks a paper
///
/// The body is the paper's PDF, or the text that its QR code holds.
#[utoipa::path(
    tag = "papers",
    security(()),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "What was found", body = CheckedPaper)),
)]
#[post("/papers/check")]
pub async fn check_paper(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    asking.limit(&site, Asked::Reading)?;
    let max = site.office.max_upload();
    let limit = usize::try_from(max).unwrap_or(usize::MAX);
    let bytes = match payload.to_bytes_limited(limit).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return Err(ApiFailure::malformed(words::BODY_CUT)),
        Err(_) => {
            let max = (max >> 10).to_string();
            return Err(ApiFailure::too_large(words::BODY_TOO_LARGE.text(&[("max", &max)])));
        }
    };
    let office = site.office.clone();
    let checked = off_thread(move || office.check_paper(&bytes)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(told(&checked, lang_of(&request))))
}

fn told(checked: &Checked, lang: Lang) -> CheckedPaper {
    CheckedPaper {
        verdict: checked.verdict.id(),
        genuine: checked.verdict == Verdict::Genuine,
        reasons: checked.reasons.iter().map(|reason| reason.say(lang).to_owned()).collect(),
        whole_file: checked.is_file,
        key: checked.key.map(|key| key.to_string()),
        papers: checked.papers.iter().map(stated).collect(),
    }
}

fn stated(seen: &PaperSeen) -> StatedPaper {
    let said = &seen.statement;
    StatedPaper {
        paper: said.deed.id(),
        agency: said.agency.to_string(),
        dossier: said.code.as_ref().map(ToString::to_string),
        at: written(said.at),
        due_at: said.due.map(written),
        items: said.items,
        sequence: said.sequence,
        chain: hex(&said.chain),
        contents: seen.contents.clone(),
    }
}

fn names() -> Vec<&'static str> {
    Deed::ALL.into_iter().map(Deed::id).collect()
}

fn deed_of(name: &str) -> Result<Deed, Refusal> {
    Deed::from_id(name).ok_or_else(no_paper)
}

fn no_paper() -> Refusal {
    Refusal::new(RefusalKind::NotFound, words::NO_PAPER)
}
