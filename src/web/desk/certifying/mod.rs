//! Certification (chứng thực): papers row by row, the fee, and out: under a minute by keyboard.

pub mod books;
mod page;
mod rows;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::access::Desk;
use super::counter::{person_of, read_cards};
use super::posted::{Posted, asked, posted};
use super::{dates, money};
use crate::domain::dossier::{Dossier, parse_dossier_code};
use crate::domain::ids::UserName;
use crate::domain::refusal::Refusal;
use crate::domain::rules::CertificationKind;
use crate::domain::words::Message;
use crate::office::Failure;
use crate::office::certifying::{PaperAsked, Quote, Visit};
use crate::web::visitor::{see_other, status_of};
use crate::web::words::desk_counter as counter_words;

pub use rows::fields;

/// Where the page lies.
pub(super) const HERE: &str = "/mot-cua/chung-thuc";

/// The form as it stands.
struct Form {
    sent: Posted,
    kinds: Vec<CertificationKind>,
    papers: Vec<PaperAsked>,
    likely: String,
    quotes: Vec<Quote>,
    card_read: Option<String>,
    card_wrong: Option<Message>,
}

impl Form {
    fn of(desk: &Desk, mut sent: Posted) -> Self {
        let (card_read, card_wrong) = read_cards(&mut sent);
        let agency = &desk.staff.agency;
        let kinds = desk.office().certification_kinds(agency);
        let (papers, last) = rows::read(&sent);
        let first = kinds.first().map(|kind| kind.procedure.to_string()).unwrap_or_default();
        let exemption = sent.some("exemption");
        let quotes = desk.office().certification_quotes(agency, &papers, exemption.as_deref());
        let likely = if last.is_empty() { first } else { last };
        Self { sent, kinds, papers, likely, quotes, card_read, card_wrong }
    }

    fn total(&self) -> u64 {
        self.quotes.iter().flatten().map(|quote| quote.total).sum()
    }

    fn visit(&self, later: bool) -> Result<Visit, Refusal> {
        let typed = self.sent.get("applicant.birth_date");
        let birth_date = dates::date(typed);
        if birth_date.is_none() && !typed.is_empty() {
            return Err(Refusal::field("applicant.birth_date", counter_words::BIRTH_NOT_REAL));
        }
        Ok(Visit {
            applicant: person_of(&self.sent, "applicant", birth_date),
            papers: self.papers.clone(),
            signer: UserName::new(self.sent.get("signer")),
            exemption: self.sent.some("exemption"),
            method: money::method(self.sent.get("method"))?,
            receipt_number: self.sent.some("receipt_number"),
            later,
        })
    }
}

/// `GET /mot-cua/chung-thuc`; after a visit `?xong={code}`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let query = asked(&request);
    if let Some(code) = parse_dossier_code(query.get("xong")) {
        return match desk.office().dossier(desk.caller(), &code) {
            Ok(dossier) => page::done(&desk, &dossier),
            Err(failure) => desk.failed(&failure),
        };
    }
    let form = Form::of(&desk, query);
    page::form_page(&desk, &form, None, StatusCode::OK)
}

/// `POST /mot-cua/chung-thuc`.
pub async fn act(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let later = match sent.get("_lam") {
        "tra" => Some(false),
        "tra-sau" => Some(true),
        _ => None,
    };
    let once = sent.once(desk.caller(), HERE);
    let form = Form::of(&desk, sent);
    let Some(later) = later else {
        return page::form_page(&desk, &form, None, StatusCode::OK);
    };
    let certified = match form.visit(later) {
        Ok(visit) => desk.office().certify(desk.caller(), visit, once).await,
        Err(refusal) => Err(refusal.into()),
    };
    match certified {
        Ok(dossier) => see_other(&format!("{HERE}?xong={}", dossier.code)),
        Err(Failure::Refused(refusal)) => {
            let status = status_of(&refusal.clone().into());
            page::form_page(&desk, &form, Some(&refusal), status)
        }
        Err(fault) => desk.failed(&fault),
    }
}

/// The command of the action's form on a dossier.
///
/// # Errors
/// The way of payment is unknown.
pub fn read(
    desk: &Desk,
    dossier: &Dossier,
    sent: &Posted,
) -> Result<crate::domain::dossier::Command, Refusal> {
    rows::command(desk, dossier, sent)
}
