//! Choosing a password of one's own.

use actix_web::{HttpResponse, web};
use maud::html;
use serde::Deserialize;

use super::{HERE, Signer, shown};
use crate::domain::password::{LONGEST, SHORTEST, SHORTEST_ALONE};
use crate::domain::refusal::Refusal;
use crate::office::Failure;
use crate::office::signing_in::Step;
use crate::web::components::{
    Button, Field, Form, Width, button, error_for, error_summary, form, password_field,
};
use crate::web::desk::signing;
use crate::web::visitor::see_other;
use crate::web::words::own_account as words;

/// Where it lies.
pub const PATH: &str = "/mot-cua/tai-khoan/mat-khau";

/// What the form sends.
#[derive(Deserialize)]
pub struct Change {
    #[serde(rename = "_csrf", default)]
    csrf: String,
    #[serde(default)]
    present: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

/// `GET /mot-cua/tai-khoan/mat-khau`.
pub async fn show(signer: Signer) -> HttpResponse {
    match signer.step() {
        Some(step) if step != Step::Password => see_other(signing::address(step)),
        _ => page(&signer, None),
    }
}

fn page(signer: &Signer, refusal: Option<&Refusal>) -> HttpResponse {
    let lang = signer.lang();
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let office = &signer.site.office;
    let secured =
        office.has_second(signer.staff.name.as_str()) || office.demands_second(&signer.staff);
    let least = if secured { SHORTEST } else { SHORTEST_ALONE };
    let hint =
        words::NEW_HINT.fill(lang, &[("n", &least.to_string()), ("max", &LONGEST.to_string())]);
    let field = |name: &'static str, label: &'static str| Field {
        name,
        label,
        error: error_for(errors, name, lang),
        autocomplete: "new-password",
        width: Width::Medium,
        ..Field::default()
    };
    let csrf = signer.csrf();
    let title = words::PASSWORD_TITLE.say(lang);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        @if signer.is_pending() { p { (words::PASSWORD_GIVEN.say(lang)) } }
        p { (words::PASSWORD_RULES.say(lang)) }
        (form(lang, &Form { action: PATH, csrf: &csrf, ..Form::default() }, &html! {
            // Password managers need to know whose it is.
            input type="hidden" name="username" autocomplete="username" value=(signer.staff.name);
            @if !signer.is_pending() {
                (password_field(lang, &Field {
                    autocomplete: "current-password",
                    ..field("present", words::PRESENT.say(lang))
                }))
            }
            (password_field(lang, &Field { hint: &hint, ..field("password", words::NEW.say(lang)) }))
            (password_field(lang, &field("again", words::AGAIN.say(lang))))
            p.hint { (words::PASSWORD_ENDS.say(lang)) }
            (button(&Button { label: title, ..Button::default() }))
        }))
    };
    signer.page(title, refusal, &main)
}

/// `POST /mot-cua/tai-khoan/mat-khau`.
pub async fn change(signer: Signer, sent: web::Form<Change>) -> HttpResponse {
    if signer.step().is_some_and(|step| step != Step::Password) {
        return see_other(PATH);
    }
    match changed(&signer, &sent).await {
        Ok(response) => response,
        Err(failure) => page(&signer, Some(&shown(failure))),
    }
}

async fn changed(signer: &Signer, sent: &Change) -> Result<HttpResponse, Failure> {
    signer.check(&sent.csrf)?;
    let name = signer.staff.name.as_str();
    if sent.password != sent.again {
        return Err(Refusal::field("again", words::AGAIN_DIFFERS).into());
    }
    if !signer.is_pending() {
        signer.site.office.check_own_password(name, &sent.present, "present").await?;
    }
    signer.site.office.choose_password(name, &sent.password).await?;
    Ok(signer.go_on(&format!("{HERE}?xong=mat-khau"))?.redirect())
}
