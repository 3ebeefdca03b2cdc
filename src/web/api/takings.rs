//! The cashiers' books: the days, the list of a period, the closing of a day.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asking::Asking;
use super::body;
use super::names::MethodName;
use super::params::Params;
use super::problem::{ApiFailure, Outcome};
use crate::domain::calendar::local;
use crate::domain::calendar::written;
use crate::domain::fee::takings::{DayBook, MethodSum};
use crate::domain::ids::UserName;
use crate::office::cashier::CashLine;
use crate::office::printing::Period;
use crate::web::Site;
use crate::web::words::api as words;

/// What came in and went back in one way.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct MethodTotal {
    /// How.
    pub method: MethodName,
    /// How many payments.
    pub payments: u32,
    /// What came in, in whole VND.
    pub taken: u64,
    /// How many reversals.
    pub reversals: u32,
    /// What went back, in whole VND.
    pub reversed: u64,
}

impl From<&MethodSum> for MethodTotal {
    fn from(sum: &MethodSum) -> Self {
        Self {
            method: sum.method.into(),
            payments: sum.takings,
            taken: sum.taken,
            reversals: sum.reversals,
            reversed: sum.reversed,
        }
    }
}

/// A day of a book.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct DayTotals {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// By method.
    pub methods: Vec<MethodTotal>,
    /// When it was closed; null while it is open.
    #[schema(format = DateTime)]
    pub closed_at: Option<String>,
}

impl DayTotals {
    fn new(day: Date, book: &DayBook) -> Self {
        Self {
            day,
            methods: book.sums.iter().map(MethodTotal::from).collect(),
            closed_at: book.closed_at.map(written),
        }
    }
}

/// Money that moved.
#[derive(Serialize, ToSchema)]
pub struct TakingItem {
    /// The day of the book.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// The dossier's code.
    pub dossier: String,
    /// The payment among the dossier's `payments`.
    pub payment: u32,
    /// Who filed it.
    pub payer: String,
    /// What was paid for.
    pub what: String,
    /// How.
    pub method: MethodName,
    /// Serial and number of the official receipt.
    pub receipt_number: Option<String>,
    /// Whole VND.
    pub amount: u64,
    /// Whether it went back.
    pub reversal: bool,
    /// Whose book it is in.
    pub cashier: String,
}

impl TakingItem {
    fn new(line: CashLine) -> Self {
        let entry = line.entry;
        Self {
            day: entry.day,
            at: written(entry.at),
            dossier: entry.code.to_string(),
            payment: entry.taking,
            payer: line.payer,
            what: line.what,
            method: entry.method.into(),
            receipt_number: entry.receipt_number,
            amount: entry.amount,
            reversal: entry.is_reversal,
            cashier: line.cashier,
        }
    }
}

/// What an agency took in during a period.
#[derive(Serialize, ToSchema)]
pub struct TakingsPage {
    /// By cashier and time.
    pub items: Vec<TakingItem>,
    /// Always null: there is one page.
    pub next_cursor: Option<String>,
}

/// Lists what the caller's agency took in
///
/// For cashiers, processors, the head of the centre and auditors.
#[utoipa::path(
    tag = "fees",
    security(("token" = [])),
    params(
        ("from" = Option<String>, Query, description = "First day; today by default"),
        ("to" = Option<String>, Query, description = "Last day; the first one by default"),
    ),
    responses((status = 200, description = "Money that moved", body = TakingsPage)),
)]
#[get("/takings")]
pub async fn list_takings(request: HttpRequest, asking: Asking, site: Data<Site>) -> Outcome {
    let caller = asking.signed_in()?;
    let mut params = Params::of(&request);
    let read = |text: &str| text.parse::<Date>().ok();
    let from = params.read("from", words::A_DATE, read);
    let from = from.unwrap_or_else(|| local(site.office.now()).date());
    let to = params.read("to", words::A_DATE, read).unwrap_or(from);
    params.finish()?;
    let period = Period::new(from, to).map_err(|mut refusal| {
        refusal.fields.iter_mut().for_each(|error| "to".clone_into(&mut error.field));
        refusal
    })?;
    let items = site.office.cash_list(caller, period)?;
    let items = items.into_iter().map(TakingItem::new).collect();
    Ok(HttpResponse::Ok().json(TakingsPage { items, next_cursor: None }))
}

/// The last days of a book.
#[derive(Serialize, ToSchema)]
pub struct BookAnswer {
    /// Whose.
    pub cashier: String,
    /// The last day that was closed.
    #[schema(value_type = Option<String>, format = Date)]
    pub last_closed: Option<Date>,
    /// The last days with entries, the last one first.
    pub days: Vec<DayTotals>,
}

/// Shows where a book stands
#[utoipa::path(
    tag = "fees",
    security(("token" = [])),
    params(("cashier" = Option<String>, Query, description = "An account of the agency; the caller by default")),
    responses((status = 200, description = "The book", body = BookAnswer)),
)]
#[get("/takings/days")]
pub async fn show_cash_book(request: HttpRequest, asking: Asking, site: Data<Site>) -> Outcome {
    let caller = asking.signed_in()?;
    let mut params = Params::of(&request);
    let account = params.text("cashier").map(UserName::new);
    params.finish()?;
    let day = site.office.cash_day(caller, account.as_ref(), None)?;
    Ok(HttpResponse::Ok().json(BookAnswer {
        cashier: day.account.to_string(),
        last_closed: day.book.last_closed,
        days: day.last_days.iter().map(|(day, book)| DayTotals::new(*day, book)).collect(),
    }))
}

/// Which day is closed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosingBody {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
}

/// Closes a day of the caller's own book
///
/// Days are closed in order, and a closed day never changes: what comes later stands on the next.
#[utoipa::path(
    tag = "fees",
    security(("token" = [])),
    request_body = ClosingBody,
    responses((status = 200, description = "The day's totals", body = DayTotals)),
)]
#[post("/takings/closing")]
pub async fn close_day(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    let caller = asking.signed_in()?;
    let bytes = body::read(&request, payload).await?;
    let sent: ClosingBody = body::parse(&bytes)?;
    let once = asking.once("POST takings/closing", &bytes);
    let work = async {
        let closed = site.office.close_day(caller, sent.day).await?;
        Ok::<_, ApiFailure>(DayTotals::new(sent.day, &closed))
    };
    Ok(HttpResponse::Ok().json(site.office.once(once, work).await?))
}
