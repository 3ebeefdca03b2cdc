//! An applicant pays: what is asked for, how to transfer it, and that the transfer was made.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::{Code, fresh_key, require, withdrawal::caller};
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::{Action, Command, Directory, Dossier, Event, Request};
use crate::domain::refusal::Refusal;
use crate::office::Failure;
use crate::office::acting::Files;
use crate::office::repeat::Once;
use crate::office::tracking::Tracked;
use crate::web::Site;
use crate::web::components::{
    BannerKind, Button, Crumb, Form, SummaryRow, banner, button, error_summary, fee_steps, form,
    summary_list, transfer_code,
};
use crate::web::public::incoming;
use crate::web::public::page::{Page, answer, money, settle};
use crate::web::visitor::{Visitor, see_other, status_of};
use crate::web::words::{fees as words, shell as shell_words};

/// `GET /tra-cuu/{dossier}/thanh-toan`.
pub(super) async fn ask(site: web::Data<Site>, visitor: Visitor, code: Code) -> HttpResponse {
    match require(&site, &visitor, &code) {
        Ok(opened) => page(&site, &visitor, &opened.tracked, None, StatusCode::OK),
        Err(answer) => *answer,
    }
}

fn page(
    site: &Site,
    visitor: &Visitor,
    tracked: &Tracked,
    refusal: Option<&Refusal>,
    status: StatusCode,
) -> HttpResponse {
    let (lang, dossier) = (visitor.lang, &tracked.dossier);
    let unpaid = dossier.unpaid();
    let title = words::PAY_TITLE.say(lang);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        (said(site, visitor, tracked))
        h1 { (title) }
        p.muted { (dossier.procedure_name) }
        @if unpaid == 0 {
            p.lead { (words::PAY_NOTHING.say(lang)) }
        } @else {
            p.lead { (words::PAY_LEAD.fill(lang, &[("amount", &money(unpaid))])) }
            (lines(visitor, dossier))
            (ways(site, visitor, dossier))
        }
        (papers(visitor, dossier))
    };
    let back = format!("/tra-cuu/{}", dossier.code);
    let above = [
        Crumb { href: "/tra-cuu", label: shell_words::TRACK.say(lang) },
        Crumb { href: &back, label: dossier.code.as_str() },
    ];
    let page = Page { title, above: &above, refused: refusal.is_some(), ..Page::default() };
    answer(site, visitor, status, &page, &main)
}

/// How it stands: waiting for the bank, taken in, or not found.
fn said(site: &Site, visitor: &Visitor, tracked: &Tracked) -> Markup {
    let (lang, dossier) = (visitor.lang, &tracked.dossier);
    if let Some(declared) = &dossier.declared {
        let values = [("amount", money(declared.amount)), ("when", instant_short(declared.at))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        return banner(
            lang,
            BannerKind::Note,
            &html! {
                p { strong { (words::PAY_WAITING.say(lang)) } }
                p { (words::PAY_WAITING_SINCE.fill(lang, &values)) }
                p { a href={ "/tra-cuu/" (dossier.code) "/thanh-toan" } { (words::PAY_CHECK_AGAIN.say(lang)) } }
            },
        );
    }
    let last = tracked.history.iter().rev().find_map(|happened| match &happened.event {
        Event::TransferRejected { reason } => Some(Some(reason)),
        Event::PaymentRecorded { .. } | Event::PaymentRequestCancelled { .. } => Some(None),
        _ => None,
    });
    match (last.flatten(), dossier.standing_takings().last()) {
        (Some(reason), _) if dossier.unpaid() > 0 => {
            let world = site.office.world();
            let agency = world.agency(&dossier.receiving_agency);
            let phone =
                agency.map(|agency| agency.phone.as_str()).filter(|phone| !phone.is_empty());
            let failed = match phone {
                Some(phone) => words::PAY_FAILED.fill(lang, &[("phone", phone)]),
                None => words::PAY_FAILED_PLAIN.say(lang).to_owned(),
            };
            banner(
                lang,
                BannerKind::Refused,
                &html! {
                    p { strong { (failed) } }
                    p { (words::PAY_BECAUSE.fill(lang, &[("reason", reason)])) }
                },
            )
        }
        (_, Some(taking)) => banner(
            lang,
            BannerKind::Done,
            &html! {
                (words::PAY_RECEIVED.fill(lang, &[("amount", &money(taking.amount))]))
            },
        ),
        _ => html! {},
    }
}

fn lines(visitor: &Visitor, dossier: &Dossier) -> Markup {
    let lang = visitor.lang;
    let rows: Vec<SummaryRow<'_>> = dossier
        .open_fees()
        .map(|fee| SummaryRow {
            label: &fee.line.name,
            value: Some(html! {
                (money(fee.line.amount))
                @if let Some(basis) = &fee.line.basis {
                    details {
                        summary { (words::HOW_COMPUTED.say(lang)) }
                        (fee_steps(lang, &basis.steps))
                        p.muted { (basis.source) }
                    }
                }
            }),
            change: "",
        })
        .collect();
    html! { h2 { (words::PAY_LINES.say(lang)) } (summary_list(lang, &rows)) }
}

fn ways(site: &Site, visitor: &Visitor, dossier: &Dossier) -> Markup {
    let lang = visitor.lang;
    let world = site.office.world();
    let may = Action::DeclareTransfer.from().contains(&dossier.status);
    let address = format!("/tra-cuu/{}/thanh-toan", dossier.code);
    let (csrf, key) = (visitor.csrf(site), fresh_key(site));
    html! {
        @match world.transfer_of(dossier) {
            // Who has transferred must not be shown a code to do it again.
            Some(transfer) if dossier.declared.is_none() => {
                (transfer_code(lang, &transfer))
                @if may {
                    (form(lang, &Form { action: &address, csrf: &csrf, key: &key, ..Form::default() }, &html! {
                        input type="hidden" name="version" value=(dossier.version);
                        input type="hidden" name="amount" value=(transfer.amount);
                        (button(&Button { label: words::PAID_ALREADY.say(lang), ..Button::default() }))
                    }))
                }
            },
            Some(_) => {},
            None => p { (words::PAY_NO_ACCOUNT.say(lang)) },
        }
        h2 { (words::PAY_AT_COUNTER.say(lang)) }
        p { (words::PAY_AT_COUNTER_HOW.say(lang)) }
    }
}

fn papers(visitor: &Visitor, dossier: &Dossier) -> Markup {
    let lang = visitor.lang;
    html! {
        ul.links {
            @if !dossier.fees.is_empty() {
                li { a href={ "/tra-cuu/" (dossier.code) "/giay/fee_slip.pdf" } {
                    (words::PAY_SLIP.say(lang))
                } }
            }
            li { a href={ "/tra-cuu/" (dossier.code) } { (words::PAY_BACK.say(lang)) } }
        }
    }
}

/// `POST /tra-cuu/{dossier}/thanh-toan`.
pub(super) async fn send(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
    code: Code,
) -> HttpResponse {
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        let opened = match require(&site, &visitor, &code) {
            Ok(opened) => opened,
            Err(answer) => return Ok(*answer),
        };
        let dossier = &opened.tracked.dossier;
        let command = Command::DeclareTransfer { amount: posted.value("amount").parse().ok() };
        let version = posted.value("version").parse().unwrap_or(0);
        let request = Request { version, command, note: None };
        let once = Once::new(dossier.code.as_str(), "web transfer", posted.value("_key"), b"");
        let done = match visitor.check_csrf(&site, posted.value("_csrf")) {
            Ok(()) => {
                let (owner, files) = (caller(&visitor), Files::default());
                let office = &site.office;
                office
                    .act_as_applicant(
                        &owner,
                        &dossier.code,
                        &opened.proof,
                        request,
                        files,
                        Some(once),
                    )
                    .await
            }
            Err(refusal) => Err(refusal.into()),
        };
        match done {
            Ok(dossier) => Ok(see_other(&format!("/tra-cuu/{}/thanh-toan", dossier.code))),
            Err(Failure::Refused(refusal)) => {
                let status = status_of(&Failure::Refused(refusal.clone()));
                Ok(page(&site, &visitor, &opened.tracked, Some(&refusal), status))
            }
            Err(fault) => Err(fault),
        }
    };
    settle(&site, &visitor, result.await)
}
