//! An applicant pays: what is asked for, how to transfer it, and that the transfer was made.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::acting::{Acting, Over};
use super::{Code, fresh_key, require};
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::{Action, Command, Directory, Dossier, Event};
use crate::office::Failure;
use crate::office::acting::Files;
use crate::office::tracking::Tracked;
use crate::web::Site;
use crate::web::components::{
    BannerKind, Button, Form, SummaryRow, banner, button, fee_steps, form, summary_list,
    transfer_code,
};
use crate::web::public::incoming;
use crate::web::public::page::{money, settle};
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::fees as words;

/// `GET /tra-cuu/{dossier}/thanh-toan`.
pub(super) async fn ask(site: web::Data<Site>, visitor: Visitor, code: Code) -> HttpResponse {
    match require(&site, &visitor, &code) {
        Ok(opened) => {
            let acting = Acting { site: &site, visitor: &visitor, opened: &opened };
            acting.page(words::PAY_TITLE.say(visitor.lang), Over::Nothing, &content(&acting))
        }
        Err(answer) => *answer,
    }
}

fn content(acting: &Acting<'_>) -> Markup {
    let (site, visitor) = (acting.site, acting.visitor);
    let (lang, dossier) = (visitor.lang, acting.dossier());
    let unpaid = dossier.unpaid();
    html! {
        (said(site, visitor, &acting.opened.tracked))
        h1 { (words::PAY_TITLE.say(lang)) }
        p.muted { (dossier.procedure_name) }
        @if unpaid == 0 {
            p.lead { (words::PAY_NOTHING.say(lang)) }
        } @else {
            p.lead { (words::PAY_LEAD.fill(lang, &[("amount", &money(unpaid))])) }
            (lines(visitor, dossier))
            (ways(site, visitor, dossier))
        }
        (papers(visitor, dossier))
    }
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
                p.hint { (words::PAY_SAME_PHONE.say(lang)) }
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
        nav aria-label=(words::PAY_FURTHER.say(lang)) {
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
        let acting = Acting { site: &site, visitor: &visitor, opened: &opened };
        let command = Command::DeclareTransfer { amount: posted.value("amount").parse().ok() };
        let done = match visitor.check_csrf(&site, posted.value("_csrf")) {
            Ok(()) => {
                let sender = acting.caller();
                acting.send("web transfer", &posted, command, (&sender, Files::default())).await
            }
            Err(refusal) => Err(refusal.into()),
        };
        match done {
            Ok(dossier) => Ok(see_other(&format!("/tra-cuu/{}/thanh-toan", dossier.code))),
            Err(Failure::Refused(refusal)) => {
                let over = Over::of(&refusal, &posted);
                Ok(acting.page(words::PAY_TITLE.say(visitor.lang), over, &content(&acting)))
            }
            Err(fault) => Err(fault),
        }
    };
    settle(&site, &visitor, result.await)
}
