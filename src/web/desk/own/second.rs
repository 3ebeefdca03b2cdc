//! The second factor: setting it up with an app, moving it, its recovery codes, taking it away; and
//! the page of a sign-in that asks for a code.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::{HERE, Signer, passkeys, shown};
use crate::domain::calendar::words::instant_short;
use crate::domain::password::SHORTEST_ALONE;
use crate::domain::refusal::Refusal;
use crate::domain::words::{Lang, Message};
use crate::office::Failure;
use crate::office::second_factor::{NewSecret, SecondFactor};
use crate::office::signing_in::{SignedIn, Step};
use crate::web::components::{
    Button, Confirm, Field, Form, Width, button, button_link, confirm, error_for, error_summary,
    form, one_time_code, password_field, qr_code,
};
use crate::web::desk::signing;
use crate::web::visitor::see_other;
use crate::web::words::own_account as words;

/// Where it is set up.
pub const PATH: &str = "/mot-cua/tai-khoan/ma-xac-thuc";
/// Where a sign-in asks for the code.
pub const CODE: &str = "/mot-cua/dang-nhap/ma";
const RECOVERY: &str = "/mot-cua/tai-khoan/ma-du-phong";
const DROP: &str = "/mot-cua/tai-khoan/bo-ma-xac-thuc";

/// What the forms send.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(rename = "_csrf", default)]
    csrf: String,
    /// The sealed secret that the app was given.
    #[serde(default)]
    khoa: String,
    #[serde(default)]
    code: String,
    /// A code of what is replaced.
    #[serde(default)]
    old_code: String,
    #[serde(default)]
    password: String,
}

/// What one's own account says of it.
pub fn section(lang: Lang, second: Option<SecondFactor>, must: bool) -> Markup {
    html! {
        section {
            h2 { (words::SECOND.say(lang)) }
            @match second {
                Some(second) => {
                    p {
                        (words::SECOND_ON.fill(lang, &[
                            ("when", &instant_short(second.since)),
                            ("n", &second.recovery_left.to_string()),
                        ]))
                    }
                    ul.links {
                        li { a href=(RECOVERY) { (words::RECOVERY_NEW.say(lang)) } }
                        li { a href=(PATH) { (words::SECOND_CHANGE.say(lang)) } }
                        @if !must { li { a href=(DROP) { (words::SECOND_DROP.say(lang)) } } }
                    }
                }
                None => {
                    p { (words::SECOND_OFF.say(lang)) ". " (words::SECOND_WHY.say(lang)) }
                    p { a href=(PATH) { (words::SECOND_SET.say(lang)) } }
                }
            }
        }
    }
}

/// `GET /mot-cua/dang-nhap/ma`.
pub async fn ask_code(signer: Signer, request: HttpRequest) -> HttpResponse {
    match signer.step() {
        Some(Step::Code) => code_page(&signer, &request, None),
        Some(step) => see_other(signing::address(step)),
        None => see_other("/mot-cua"),
    }
}

fn code_page(signer: &Signer, request: &HttpRequest, refusal: Option<&Refusal>) -> HttpResponse {
    let (lang, csrf) = (signer.lang(), signer.csrf());
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let title = words::CODE_TITLE.say(lang);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        (form(lang, &Form { action: CODE, csrf: &csrf, ..Form::default() }, &html! {
            (one_time_code(lang, &Field {
                name: "code",
                label: words::CODE.say(lang),
                hint: words::CODE_HINT.say(lang),
                error: error_for(errors, "code", lang),
                autofocus: refusal.is_none(),
                ..Field::default()
            }))
            (button(&Button { label: words::CONTINUE.say(lang), ..Button::default() }))
        }))
        (passkeys::offer(&signer.site, &signer.visitor, request))
        p.hint { (words::CODE_LOST.say(lang)) }
        p { a href=(signing::HERE) { (words::START_AGAIN.say(lang)) } }
    };
    signer.page(title, refusal, &main)
}

/// `POST /mot-cua/dang-nhap/ma`.
pub async fn take_code(
    signer: Signer,
    request: HttpRequest,
    sent: web::Form<Sent>,
) -> HttpResponse {
    let Some(pending) = signer.pending.clone().filter(|_| signer.step() == Some(Step::Code)) else {
        return see_other(CODE);
    };
    let taken: Result<SignedIn, Failure> = async {
        signer.check(&sent.csrf)?;
        signer.site.office.sign_in_code(&pending.user, &sent.code).await
    }
    .await;
    let done = taken.and_then(|signed| {
        signing::go_on(&signer.site, &signer.visitor, &signed, true, &pending.back)
    });
    done.map(|onwards| onwards.redirect())
        .unwrap_or_else(|failure| code_page(&signer, &request, Some(&shown(failure))))
}

/// `GET /mot-cua/tai-khoan/ma-xac-thuc`.
pub async fn show(signer: Signer) -> HttpResponse {
    match signer.step() {
        Some(step) if step != Step::SetUp => see_other(signing::address(step)),
        _ => set_up_page(&signer, &signer.site.office.new_second_factor(&signer.staff), None),
    }
}

fn set_up_page(signer: &Signer, secret: &NewSecret, refusal: Option<&Refusal>) -> HttpResponse {
    let lang = signer.lang();
    let has = signer.site.office.has_second(signer.staff.name.as_str());
    let title = if has { words::SECOND_CHANGE } else { words::SECOND_SET }.say(lang);
    let csrf = signer.csrf();
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        @if signer.is_pending() { p { (words::SECOND_MUST.say(lang)) } }
        @else if !has { p { (words::SECOND_WHY.say(lang)) } }
        ol.set-up {
            li { p { (words::STEP_APP.say(lang)) } }
            li {
                p { (words::STEP_SCAN.say(lang)) }
                @if let Some(code) = qr_code(words::QR.say(lang), &secret.address) {
                    div.qr-box { (code) }
                }
                p { (words::STEP_TYPE.say(lang)) " " code { (secret.typed) } }
            }
            li {
                p { (words::STEP_CODE.say(lang)) }
                (form(lang, &Form { action: PATH, csrf: &csrf, ..Form::default() }, &html! {
                    input type="hidden" name="khoa" value=(secret.sealed);
                    (set_up_fields(signer, has, refusal))
                    (button(&Button { label: title, ..Button::default() }))
                }))
            }
        }
    };
    signer.page(title, refusal, &main)
}

fn set_up_fields(signer: &Signer, has: bool, refusal: Option<&Refusal>) -> Markup {
    let lang = signer.lang();
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    html! {
        (one_time_code(lang, &Field {
            name: "code",
            label: words::FIRST_CODE.say(lang),
            error: error_for(errors, "code", lang),
            ..Field::default()
        }))
        @if has {
            (old_code_field(lang, error_for(errors, "old_code", lang)))
        } @else if !signer.is_pending() {
            (password_field(lang, &Field {
                name: "password",
                label: words::PRESENT.say(lang),
                error: error_for(errors, "password", lang),
                autocomplete: "current-password",
                width: Width::Medium,
                ..Field::default()
            }))
        }
    }
}

fn old_code_field(lang: Lang, error: &str) -> Markup {
    one_time_code(
        lang,
        &Field { name: "old_code", label: words::OLD_CODE.say(lang), error, ..Field::default() },
    )
}

/// `POST /mot-cua/tai-khoan/ma-xac-thuc`.
pub async fn set_up(signer: Signer, sent: web::Form<Sent>) -> HttpResponse {
    if signer.step().is_some_and(|step| step != Step::SetUp) {
        return see_other(PATH);
    }
    let codes = set(&signer, &sent).await;
    match codes.and_then(|codes| told(&signer, &codes)) {
        Ok(response) => response,
        Err(failure) => {
            let office = &signer.site.office;
            let same = office.same_second_factor(&signer.staff, &sent.khoa);
            let secret = same.unwrap_or_else(|_| office.new_second_factor(&signer.staff));
            set_up_page(&signer, &secret, Some(&shown(failure)))
        }
    }
}

async fn set(signer: &Signer, sent: &Sent) -> Result<Vec<String>, Failure> {
    signer.check(&sent.csrf)?;
    let (office, name) = (&signer.site.office, signer.staff.name.as_str());
    let old = office.has_second(name).then_some(sent.old_code.as_str());
    if old.is_none() && !signer.is_pending() {
        office.check_own_password(name, &sent.password, "password").await?;
    }
    office.set_second_factor(name, &sent.khoa, &sent.code, old).await
}

/// The recovery codes, this once, under a session of a new id.
fn told(signer: &Signer, codes: &[String]) -> Result<HttpResponse, Failure> {
    let lang = signer.lang();
    let onwards = signer.go_on(HERE)?;
    let when = instant_short(signer.site.office.now());
    let name = signer.staff.name.as_str();
    let main = html! {
        h1 { (words::RECOVERY.say(lang)) }
        p { strong { (words::RECOVERY_ONCE.say(lang)) } }
        ul.recovery { @for code in codes { li { code { (code) } } } }
        p { (words::RECOVERY_USE.say(lang)) }
        p.hint { (words::RECOVERY_OF.fill(lang, &[("name", name), ("when", &when)])) }
        div.buttons {
            (button_link(&onwards.at, &Button {
                label: words::RECOVERY_KEPT.say(lang),
                ..Button::default()
            }))
        }
    };
    let mut response = signer.page(words::RECOVERY.say(lang), None, &main);
    // Only a cookie with forbidden letters cannot be added; ours is hexadecimal.
    let _ = response.add_cookie(&onwards.cookie);
    Ok(response)
}

/// `GET /mot-cua/tai-khoan/ma-du-phong`.
pub async fn ask_recovery(desk: super::Desk) -> HttpResponse {
    ask(&signer_of(desk), &RENEWING, None)
}

/// `POST /mot-cua/tai-khoan/ma-du-phong`.
pub async fn renew(desk: super::Desk, sent: web::Form<Sent>) -> HttpResponse {
    let signer = signer_of(desk);
    let name = signer.staff.name.as_str();
    let codes: Result<_, Failure> = async {
        signer.check(&sent.csrf)?;
        signer.site.office.renew_recovery(name, &sent.code).await
    }
    .await;
    let told = codes.and_then(|codes| told(&signer, &codes));
    told.unwrap_or_else(|failure| ask(&signer, &RENEWING, Some(&shown(failure))))
}

/// `GET /mot-cua/tai-khoan/bo-ma-xac-thuc`.
pub async fn ask_drop(desk: super::Desk) -> HttpResponse {
    ask(&signer_of(desk), &DROPPING, None)
}

/// `POST /mot-cua/tai-khoan/bo-ma-xac-thuc`.
pub async fn drop_it(desk: super::Desk, sent: web::Form<Sent>) -> HttpResponse {
    let signer = signer_of(desk);
    let dropped: Result<(), Failure> = async {
        signer.check(&sent.csrf)?;
        signer.site.office.drop_second_factor(&signer.staff, &sent.code).await
    }
    .await;
    let done = dropped.and_then(|()| signer.go_on(&format!("{HERE}?xong=bo-ma")));
    done.map(|onwards| onwards.redirect())
        .unwrap_or_else(|failure| ask(&signer, &DROPPING, Some(&shown(failure))))
}

fn signer_of(desk: super::Desk) -> Signer {
    let super::Desk { visitor, staff, site } = desk;
    Signer { visitor, staff, site, pending: None }
}

/// Something that a code of the second factor is asked for.
struct Asked {
    path: &'static str,
    title: Message,
    about: Message,
    danger: bool,
}

const RENEWING: Asked = Asked {
    path: RECOVERY,
    title: words::RECOVERY_NEW,
    about: words::RECOVERY_NEW_ABOUT,
    danger: false,
};

const DROPPING: Asked =
    Asked { path: DROP, title: words::SECOND_DROP, about: words::SECOND_DROP_ABOUT, danger: true };

fn ask(signer: &Signer, asked: &Asked, refusal: Option<&Refusal>) -> HttpResponse {
    if !signer.site.office.has_second(signer.staff.name.as_str()) {
        return see_other(HERE);
    }
    let (lang, csrf) = (signer.lang(), signer.csrf());
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let title = asked.title.say(lang);
    let about = asked.about.fill(lang, &[("n", &SHORTEST_ALONE.to_string())]);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        (confirm(lang, &Confirm {
            title,
            consequences: html! { p { (about) } },
            label: title,
            danger: asked.danger,
            back: HERE,
            form: Form { action: asked.path, csrf: &csrf, ..Form::default() },
            fields: one_time_code(lang, &Field {
                name: "code",
                label: words::CODE.say(lang),
                error: error_for(errors, "code", lang),
                ..Field::default()
            }),
        }))
    };
    signer.page(title, refusal, &main)
}
