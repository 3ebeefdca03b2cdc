//! Money: how an amount came about, and how it is transferred.

use maud::{Markup, html};

use super::facts::key_facts;
use super::qr::qr_code;
use crate::domain::fee::{Assessment, Step, dong};
use crate::domain::words::Lang;
use crate::office::fees::Transfer;
use crate::web::words::fees as words;

/// A calculation: each fee with its lines and its sum, and the sum of all.
pub fn calculation(lang: Lang, assessment: &Assessment) -> Markup {
    html! {
        div.calculation {
            @for item in &assessment.items {
                p { strong { (item.name) } ": " (dong(item.amount)) }
                (steps(lang, &item.steps))
            }
            p { strong { (words::TOTAL.fill(lang, &[("amount", &dong(assessment.total))])) } }
        }
    }
}

/// The lines of one fee's calculation.
pub fn steps(lang: Lang, steps: &[Step]) -> Markup {
    html! { ul { @for step in steps { li { (step.say(lang)) } } } }
}

/// How to transfer: the VietQR code, and everything in it as text.
pub fn transfer_code(lang: Lang, transfer: &Transfer) -> Markup {
    let title = words::QR_TITLE
        .fill(lang, &[("amount", &dong(transfer.amount)), ("account", &transfer.account)]);
    html! {
        section.transfer {
            h2 { (words::SCAN.say(lang)) }
            @if let Some(code) = qr_code(&title, &transfer.qr) { div.transfer-code { (code) } }
            (key_facts(&[
                (words::BANK.say(lang), html! { (transfer.bank) }),
                (words::ACCOUNT.say(lang), html! { span.code { (transfer.account) } }),
                (words::HOLDER.say(lang), html! { (transfer.holder) }),
                (words::AMOUNT.say(lang), html! { strong { (dong(transfer.amount)) } }),
                (words::CONTENT.say(lang), html! { span.code { (transfer.content) } }),
            ]))
        }
    }
}
