//! An applicant asks for a dossier back.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::html;

use super::{Code, fresh_key, require};
use crate::domain::dossier::{Action, Command, Dossier, Request, Status};
use crate::domain::refusal::Refusal;
use crate::office::acting::Files;
use crate::office::repeat::Once;
use crate::office::{Caller, Failure};
use crate::web::Site;
use crate::web::components::{Confirm, Field, Form, confirm, error_for, error_summary, text_area};
use crate::web::public::incoming;
use crate::web::public::page::{Page, answer, citizen, contact, settle};
use crate::web::visitor::{Visitor, see_other, status_of};
use crate::web::words::public_tracking as words;

/// Who acts: the proved contact, or nobody in particular with an opened dossier.
pub(super) fn caller(visitor: &Visitor) -> Caller {
    contact(visitor).map_or(Caller::Anybody, citizen)
}

/// `GET /tra-cuu/{dossier}/rut`.
pub(super) async fn ask(site: web::Data<Site>, visitor: Visitor, code: Code) -> HttpResponse {
    let opened = match require(&site, &visitor, &code) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let dossier = &opened.tracked.dossier;
    if !Action::RequestWithdrawal.from().contains(&dossier.status) {
        return see_other(&format!("/tra-cuu/{}", dossier.code));
    }
    let key = fresh_key(&site);
    page(&site, &visitor, dossier, ("", &key), None, StatusCode::OK)
}

fn page(
    site: &Site,
    visitor: &Visitor,
    dossier: &Dossier,
    (reason, key): (&str, &str),
    refusal: Option<&Refusal>,
    status: StatusCode,
) -> HttpResponse {
    let lang = visitor.lang;
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let (action, back) =
        (format!("/tra-cuu/{}/rut", dossier.code), format!("/tra-cuu/{}", dossier.code));
    let csrf = visitor.csrf(site);
    let title = words::WITHDRAW_TITLE.fill(lang, &[("code", dossier.code.as_str())]);
    let consequence = match dossier.status {
        Status::Registered => words::WITHDRAW_1,
        _ => words::WITHDRAW_2,
    };
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        (confirm(lang, &Confirm {
            title: &title,
            consequences: html! { p { (consequence.say(lang)) } },
            label: words::WITHDRAW.say(lang),
            danger: true,
            back: &back,
            form: Form { action: &action, csrf: &csrf, key, ..Form::default() },
            fields: html! {
                input type="hidden" name="version" value=(dossier.version);
                (text_area(lang, &Field {
                    name: "reason",
                    label: words::WITHDRAW_REASON.say(lang),
                    error: error_for(errors, "reason", lang),
                    value: reason,
                    max_length: Some(1_000),
                    ..Field::default()
                }, 3))
            },
        }))
    };
    let page = Page { title: &title, refused: refusal.is_some(), ..Page::default() };
    answer(site, visitor, status, &page, &main)
}

/// `POST /tra-cuu/{dossier}/rut`.
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
        let (reason, key) = (posted.value("reason"), posted.value("_key"));
        let command = Command::RequestWithdrawal { reason: reason.to_owned() };
        let request =
            Request { version: posted.value("version").parse().unwrap_or(0), command, note: None };
        let once = Once::new(dossier.code.as_str(), "web withdrawal", key, b"");
        let checked = visitor.check_csrf(&site, posted.value("_csrf")).map_err(Failure::from);
        let done = match checked {
            Ok(()) => {
                let owner = caller(&visitor);
                let (office, proof) = (&site.office, &opened.proof);
                office
                    .act_as_applicant(
                        &owner,
                        &dossier.code,
                        proof,
                        request,
                        Files::default(),
                        Some(once),
                    )
                    .await
            }
            Err(failure) => Err(failure),
        };
        match done {
            Ok(dossier) => Ok(see_other(&format!("/tra-cuu/{}?xong=rut", dossier.code))),
            Err(Failure::Refused(refusal)) => {
                let status = status_of(&Failure::Refused(refusal.clone()));
                Ok(page(&site, &visitor, dossier, (reason, key), Some(&refusal), status))
            }
            Err(fault) => Err(fault),
        }
    };
    settle(&site, &visitor, result.await)
}
