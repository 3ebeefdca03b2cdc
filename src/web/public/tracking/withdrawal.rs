//! An applicant asks for a dossier back.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::acting::{Acting, Over};
use super::{Code, fresh_key, require};
use crate::domain::dossier::{Action, Command, Status};
use crate::domain::refusal::RefusalKind;
use crate::office::Failure;
use crate::office::acting::Files;
use crate::web::Site;
use crate::web::components::{Confirm, Field, Form, confirm, error_for, text_area};
use crate::web::public::incoming;
use crate::web::public::page::settle;
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::public_tracking as words;

/// `GET /tra-cuu/{dossier}/rut`.
pub(super) async fn ask(site: web::Data<Site>, visitor: Visitor, code: Code) -> HttpResponse {
    let opened = match require(&site, &visitor, &code) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let acting = Acting { site: &site, visitor: &visitor, opened: &opened };
    let result = acting.check(Action::RequestWithdrawal).map(|()| {
        let form = form(&acting, "", &fresh_key(&site), Over::Nothing);
        acting.page(&title(&acting), Over::Nothing, &form)
    });
    settle(&site, &visitor, result)
}

fn title(acting: &Acting<'_>) -> String {
    let code = acting.dossier().code.as_str();
    words::WITHDRAW_TITLE.fill(acting.visitor.lang, &[("code", code)])
}

fn form(acting: &Acting<'_>, reason: &str, key: &str, over: Over<'_>) -> Markup {
    let (lang, dossier) = (acting.visitor.lang, acting.dossier());
    let back = acting.back();
    let action = format!("{back}/rut");
    let csrf = acting.visitor.csrf(acting.site);
    let consequence = match dossier.status {
        Status::Registered => words::WITHDRAW_1,
        _ => words::WITHDRAW_2,
    };
    confirm(
        lang,
        &Confirm {
            title: &title(acting),
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
                    error: error_for(over.errors(), "reason", lang),
                    value: reason,
                    max_length: Some(1_000),
                    ..Field::default()
                }, 3))
            },
        },
    )
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
        let acting = Acting { site: &site, visitor: &visitor, opened: &opened };
        let reason = posted.value("reason");
        let command = Command::RequestWithdrawal { reason: reason.to_owned() };
        let done = match visitor.check_csrf(&site, posted.value("_csrf")) {
            Ok(()) => {
                let sender = acting.caller();
                acting.send("web withdrawal", &posted, command, (&sender, Files::default())).await
            }
            Err(refusal) => Err(refusal.into()),
        };
        match done {
            Ok(dossier) => Ok(see_other(&format!("/tra-cuu/{}?xong=rut", dossier.code))),
            Err(Failure::Refused(refusal)) => {
                let late = acting.check(Action::RequestWithdrawal).is_err();
                if late && refusal.kind != RefusalKind::Forbidden {
                    return Ok(acting.gone(&title(&acting), &refusal, &posted));
                }
                let over = Over::of(&refusal, &posted);
                let form = form(&acting, reason, posted.value("_key"), over);
                Ok(acting.page(&title(&acting), over, &form))
            }
            Err(fault) => Err(fault),
        }
    };
    settle(&site, &visitor, result.await)
}
