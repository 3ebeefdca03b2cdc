//! What ships for a procedure and is not in use yet: shown, and published with one press.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::{HERE, Looked, looked};
use crate::domain::fee;
use crate::domain::process::total_hours;
use crate::domain::refusal::Refusal;
use crate::office::fees::Origin;
use crate::office::ready::Ready;
use crate::web::admin::house::refusal_of;
use crate::web::admin::{page, renewing, sent_by_admin};
use crate::web::components::{Button, Form, button, error_summary, form};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::with_office;
use crate::web::visitor::see_other;
use crate::web::words::form_builder as words;

/// The box of a procedure's page; nothing when all that ships is in use.
pub fn offer(desk: &Desk, looked: &Looked, refusal: Option<&Refusal>) -> Markup {
    let lang = desk.lang();
    let Ok(Some(ready)) = desk.office().ready_made(&looked.code) else { return html! {} };
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = format!("{}/san-co", looked.address());
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let body = html! {
        (renewing::offer(lang, errors))
        (button(&Button { label: words::READY_PUBLISH.say(lang), ..Button::default() }))
    };
    html! {
        section.box {
            h2 { (words::READY.say(lang)) }
            ul { @for line in lines(desk, &ready) { li { (line) } } }
            p.hint { (words::READY_ABOUT.say(lang)) }
            (form(lang, &Form { action: &action, csrf: &csrf, key: &key, ..Form::default() }, &body))
        }
    }
}

fn lines(desk: &Desk, ready: &Ready) -> Vec<String> {
    let lang = desk.lang();
    let mut lines = Vec::new();
    if let Some(form) = &ready.form {
        let questions = form.questions().count().to_string();
        let cases = form.cases.len().to_string();
        let title = form.title.say(lang);
        let values = [("title", title), ("n", &questions), ("cases", &cases)];
        lines.push(words::READY_FORM.fill(lang, &values));
    }
    if let Some(steps) = &ready.steps {
        let (count, hours) = (steps.len().to_string(), total_hours(steps).to_string());
        let names: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
        let names = names.join(" → ");
        let values = [("n", count.as_str()), ("hours", &hours), ("names", &names)];
        lines.push(words::READY_PROCESS.fill(lang, &values));
    }
    let (fees, origin) = &ready.fees;
    if *origin == Origin::National {
        let rules = fees.rules.iter();
        let rules: Vec<String> =
            rules.map(|rule| format!("{}: {}", rule.name, fee::words::rule(rule, lang))).collect();
        lines.push(words::READY_FEES.fill(lang, &[("fees", &rules.join("; "))]));
    }
    lines
}

/// `POST /quan-tri/to-khai/{procedure}/san-co`.
pub async fn publish(
    desk: Desk,
    path: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let looked = match looked(&desk, &path) {
        Ok(looked) => looked,
        Err(response) => return response,
    };
    let (code, by) = (looked.code.clone(), desk.staff.name.to_string());
    let tests = renewing::chosen(&sent);
    let done =
        with_office(&desk, move |office, _| office.publish_ready_made(&code, (tests, &by))).await;
    match done.map_err(|failure| refusal_of(&desk, failure)) {
        Ok(()) => see_other(&format!("{}?san_co=1", looked.address())),
        Err(Ok(refusal)) => refused(&desk, &looked, &renewing::at_the_box(refusal)),
        Err(Err(response)) => response,
    }
}

fn refused(desk: &Desk, looked: &Looked, refusal: &Refusal) -> HttpResponse {
    let lang = desk.lang();
    let title = words::OF.fill(lang, &[("procedure", &looked.name)]);
    let main = html! {
        (error_summary(lang, refusal))
        (looked.head(&title, (&looked.address(), words::BACK_FORM.say(lang))))
        (offer(desk, looked, Some(refusal)))
    };
    page(desk, StatusCode::UNPROCESSABLE_ENTITY, (HERE, &title), true, &main)
}
