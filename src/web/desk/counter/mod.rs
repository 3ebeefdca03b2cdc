//! The counter: one page, one form, and the keyboard. Enter and the scanner only ever refresh it;
//! F9 takes the dossier in.

pub mod drafted;
mod form;
mod giving_back;
mod page;
mod papers;
mod preview;
pub mod scanned;
mod state;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::access::Desk;
use super::posted::{asked, posted};
use crate::domain::checklist::Verdict;
use crate::domain::dossier::{Dossier, Form, parse_dossier_code};
use crate::domain::refusal::Refusal;
use crate::office::Failure;
use crate::office::filing::{Filed, Filing};
use crate::web::visitor::{see_other, status_of};
use state::Counter;
pub(super) use state::{person_of, read_cards};

/// `GET /mot-cua/tiep-nhan`; after a reception `?xong={code}`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let query = asked(&request);
    if let Some(code) = parse_dossier_code(query.get("xong")) {
        return match desk.office().dossier(desk.caller(), &code) {
            Ok(dossier) => page::done(&desk, &dossier),
            Err(failure) => desk.failed(&failure),
        };
    }
    let counter = Counter::of(&desk, query);
    answer(&desk, &counter, None)
}

/// `POST /mot-cua/tiep-nhan`.
pub async fn act(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let files = sent.get("_lam") == "tiep-nhan" && !sent.is_interim();
    // Taken before the fields are filled in: sent twice, it is the same.
    let once = sent.once(desk.caller(), "/mot-cua/tiep-nhan");
    let mut counter = Counter::of(&desk, sent);
    counter.given_back = match giving_back::give_back(&desk, &mut counter) {
        Ok(given) => given,
        Err(fault) => return desk.failed(&fault),
    };
    if counter.sent.get("_lam") == drafted::LEAVES {
        return drafted::left(counter.given_back);
    }
    if !files {
        let refusal = (!counter.sent.refused.is_empty())
            .then(|| Refusal::fields(counter.sent.refused.clone()));
        return answer(&desk, &counter, refusal.as_ref());
    }
    let draft = match drafted::draft_of(&desk, &counter.sent) {
        Ok(draft) => draft,
        Err(Failure::Refused(refusal)) => return answer(&desk, &counter, Some(&refusal)),
        Err(fault) => return desk.failed(&fault),
    };
    let once = draft.as_ref().map(drafted::once).or(once);
    let filed = match counter.filing(&desk) {
        Ok(filing) => desk.office().file(desk.caller(), filing, once).await,
        Err(refusal) => Err(refusal.into()),
    };
    match filed {
        Ok(filed) => received(&desk, &counter, &filed),
        Err(Failure::Refused(refusal)) => {
            let refusal = counter.at_form(refusal);
            answer(&desk, &counter, Some(&refusal))
        }
        Err(fault) => desk.failed(&fault),
    }
}

/// The dossier is there; a draft that it came from is sent with it.
fn received(desk: &Desk, counter: &Counter, filed: &Filed) -> HttpResponse {
    if let Some(note) = counter.sent.some(drafted::NOTE)
        && let Err(failure) = desk.office().draft_was_received(&note, filed)
    {
        // The dossier stands; a second filing of the draft would find it.
        tracing::error!(%failure, "a draft could not be marked as sent");
    }
    see_other(&format!("/mot-cua/tiep-nhan?xong={}", filed.code))
}

/// What the rules say of the form as it stands.
struct Looked {
    /// The dossier as it would be received now, once enough is known.
    dossier: Option<Dossier>,
    /// What is said of each paper of the procedure, in the catalogue's order.
    papers: Vec<Verdict>,
}

impl Looked {
    fn at(desk: &Desk, counter: &Counter) -> Self {
        let filing = counter.filing_to_look(desk);
        let looked = |filing| desk.office().preview_filing(desk.caller(), filing).ok();
        let papers = filing
            .clone()
            .and_then(|filing| desk.office().papers_asked(desk.caller(), filing).ok());
        // A wrong answer keeps nobody from seeing the date.
        let bare = filing.clone().map(|filing| Filing { form: Form::default(), ..filing });
        Self {
            dossier: filing.and_then(looked).or_else(|| bare.and_then(looked)),
            papers: papers.unwrap_or_default(),
        }
    }
}

fn answer(desk: &Desk, counter: &Counter, refusal: Option<&Refusal>) -> HttpResponse {
    let status = refusal.map_or(StatusCode::OK, |refusal| status_of(&refusal.clone().into()));
    let looked = Looked::at(desk, counter);
    // What is wrong already stands at its field before anybody files.
    let wrong = counter.wrong_answers(desk, &desk.office().world());
    page::form_page(desk, counter, (&looked, &wrong), refusal, status)
}
