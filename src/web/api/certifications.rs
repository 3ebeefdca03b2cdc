//! Certification in one visit, and its yearly books.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::action_parts::PaperToCertify;
use super::asking::Asking;
use super::body;
use super::names::MethodName;
use super::params::Params;
use super::person::PersonBody;
use super::problem::{ApiFailure, Outcome};
use super::state::DossierState;
use crate::domain::calendar::local;
use crate::domain::dossier::PaymentMethod;
use crate::domain::ids::UserName;
use crate::office::certifying::{PaperAsked, Visit};
use crate::office::printing::{BookAsked, BookEntry};
use crate::web::Site;
use crate::web::incoming::off_thread;
use crate::web::words::api as words;

/// Numbers of a page.
const MOST: usize = 1_000;

/// A visit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCertification {
    /// Who asks.
    pub applicant: PersonBody,
    /// The papers.
    pub papers: Vec<PaperToCertify>,
    /// Who signs, by account.
    #[schema(example = "lanhdao1")]
    pub signer: String,
    /// The exemption that is granted, by its id.
    pub exemption: Option<String>,
    /// How the fee is paid; cash when absent.
    pub method: Option<MethodName>,
    /// Serial and number of the official receipt.
    pub receipt_number: Option<String>,
    /// Certified and handed over on the next working day; only after the hour of the rule pack.
    #[serde(default)]
    pub later: bool,
}

/// A number of a book.
#[derive(Serialize, ToSchema)]
pub struct BookEntryBody {
    /// The number.
    pub number: u32,
    /// Its day.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Who asked.
    pub person: String,
    /// The papers.
    pub paper: String,
    /// Who signed.
    pub signer: String,
    /// Copies.
    pub copies: u32,
    /// The fee, in đồng.
    pub fee: u64,
    /// The dossier's code.
    pub dossier: String,
}

impl From<BookEntry> for BookEntryBody {
    fn from(entry: BookEntry) -> Self {
        Self {
            number: entry.number,
            date: entry.on,
            person: entry.person,
            paper: entry.paper,
            signer: entry.signer,
            copies: entry.copies,
            fee: entry.fee,
            dossier: entry.code,
        }
    }
}

/// A book of certification.
#[derive(Serialize, ToSchema)]
pub struct BookPage {
    /// Its sign.
    #[schema(example = "SCT/BS")]
    pub book: String,
    /// The year.
    pub year: i16,
    /// The month; null for the whole year.
    pub month: Option<i8>,
    /// How many numbers it has.
    pub total: usize,
    /// The last numbers, a thousand at most.
    pub items: Vec<BookEntryBody>,
}

/// Certifies papers in one visit
///
/// One commit: the dossier is received, the fee is computed and collected, every paper gets its
/// number in the year's book, and all is handed over (status 10). A receptionist's.
#[utoipa::path(
    tag = "certification",
    security(("token" = [])),
    request_body = NewCertification,
    responses((status = 201, description = "The dossier", body = DossierState)),
)]
#[post("/certifications")]
pub async fn certify(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    let caller = asking.signed_in()?;
    let bytes = body::read(&request, payload).await?;
    let sent: NewCertification = body::parse(&bytes)?;
    let visit = Visit {
        applicant: sent.applicant.into(),
        papers: sent.papers.into_iter().map(asked).collect(),
        signer: UserName::new(sent.signer.trim()),
        exemption: sent.exemption,
        method: sent.method.map_or(PaymentMethod::Cash, Into::into),
        receipt_number: sent.receipt_number,
        later: sent.later,
    };
    let once = asking.once("POST certifications", &bytes);
    let dossier = site.office.certify(caller, visit, once).await?;
    let world = site.office.world();
    Ok(HttpResponse::Created().json(DossierState::new(&dossier, &world, site.office.now())))
}

fn asked(paper: PaperToCertify) -> PaperAsked {
    let PaperToCertify { procedure, name, pages, copies } = paper;
    PaperAsked { procedure, name, pages, copies }
}

/// Reads a book of certification
///
/// Of the desk's own agency, by year and month.
#[utoipa::path(
    tag = "certification",
    security(("token" = [])),
    params(
        ("book" = String, Query, description = "The book's sign", example = "SCT/BS"),
        ("year" = Option<i16>, Query, description = "The year; this one by default"),
        ("month" = Option<i8>, Query, description = "The month; the whole year by default"),
    ),
    responses((status = 200, description = "The book", body = BookPage)),
)]
#[get("/certifications")]
pub async fn show_book(request: HttpRequest, asking: Asking, site: Data<Site>) -> Outcome {
    let caller = asking.signed_in()?.clone();
    let mut params = Params::of(&request);
    let book = params.text("book").unwrap_or_default();
    let year = params.read("year", words::A_NUMBER, |text| text.parse::<i16>().ok());
    let month = params.read("month", words::A_NUMBER, |text| {
        text.parse::<i8>().ok().filter(|month| (1..=12).contains(month))
    });
    params.finish()?;
    let year = year.unwrap_or_else(|| local(site.office.now()).year());
    let wanted = BookAsked { book: book.clone(), year, month };
    let office = site.office.clone();
    let found = off_thread(move || office.certification_book(&caller, &wanted, MOST)).await;
    let (entries, total) = found.map_err(ApiFailure::from)?;
    let items = entries.into_iter().map(Into::into).collect();
    Ok(HttpResponse::Ok().json(BookPage { book, year, month, total, items }))
}
