//! The accounts to which money is transferred.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::fees::HERE;
use super::house::refusal_of;
use super::sent_by_admin;
use crate::domain::agency::Agency;
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::Refusal;
use crate::office::fees::{BANKS, BankAccount};
use crate::web::components::{
    Button, Choice, Field, Form, Width, button, error_for, form, select, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, with_office};
use crate::web::visitor::see_other;
use crate::web::words::fees as words;

/// The form of an agency's account.
pub fn account_form(
    desk: &Desk,
    agency: &Agency,
    sent: &Posted,
    refusal: Option<&Refusal>,
) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let stored = world.bank_account(&agency.code).cloned().unwrap_or_default();
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let shown = |field: &str, stored: &str| match refusal {
        Some(_) => sent.get(field).to_owned(),
        None => stored.to_owned(),
    };
    let (bin, account, holder) = (
        shown("bin", &stored.bin),
        shown("account", &stored.account),
        shown("holder", &stored.holder),
    );
    // The same fields stand in the form of every agency: only the refused one's have plain names.
    let name = |field: &str| match refusal {
        Some(_) => field.to_owned(),
        None => format!("{}.{field}", agency.code),
    };
    let names = ["bin", "account", "holder"].map(name);
    let labels: Vec<String> = BANKS.iter().map(|b| format!("{} ({})", b.name, b.bin)).collect();
    let none = Choice {
        value: "",
        label: words::BANK_NONE.say(lang),
        chosen: bin.is_empty(),
        ..Choice::default()
    };
    let banks = BANKS.iter().zip(&labels).map(|(bank, label)| Choice {
        value: bank.bin,
        label,
        chosen: bin == bank.bin,
        ..Choice::default()
    });
    let choices: Vec<Choice<'_>> = std::iter::once(none).chain(banks).collect();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let to = format!("{HERE}/tai-khoan");
    let field = |at: usize, label, plain: &str| Field {
        name: "",
        label,
        error: error_for(errors, plain, lang),
        max_length: Some([6, 19, 100][at]),
        width: Width::Medium,
        ..Field::default()
    };
    let body = html! {
        input type="hidden" name="agency" value=(agency.code);
        (select(lang, &Field { name: &names[0], ..field(0, words::BANK_CHOOSE.say(lang), "bin") }, &choices))
        (text_field(lang, &Field {
            name: &names[1], value: &account, inputmode: "numeric",
            ..field(1, words::ACCOUNT.say(lang), "account")
        }))
        (text_field(lang, &Field {
            name: &names[2], value: &holder, ..field(2, words::HOLDER.say(lang), "holder")
        }))
        (button(&Button { label: words::BANK_SAVE.say(lang), secondary: true, ..Button::default() }))
    };
    html! {
        section {
            h3 { (agency.name) }
            (form(lang, &Form { action: &to, csrf: &csrf, key: &key, ..Form::default() }, &body))
        }
    }
}

/// `POST /quan-tri/le-phi/tai-khoan`.
pub async fn save_account(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let mut sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let agency = AgencyCode::new(sent.get("agency"));
    for field in ["bin", "account", "holder"] {
        if let Some(typed) = sent.some(&format!("{agency}.{field}")) {
            sent.set(field, typed);
        }
    }
    let account = BankAccount {
        bin: sent.get("bin").to_owned(),
        account: sent.get("account").to_owned(),
        holder: sent.get("holder").to_owned(),
    };
    let account = Some(account).filter(|account| *account != BankAccount::default());
    let code = agency.clone();
    let saved = with_office(&desk, move |office, _| office.set_bank_account(&code, account)).await;
    match saved {
        Ok(()) => see_other(&format!("{HERE}?xong=tai-khoan")),
        Err(failure) => match refusal_of(&desk, failure) {
            Ok(refusal) => super::fees::listing(&desk, &sent, Some((&agency, &refusal))),
            Err(response) => response,
        },
    }
}
