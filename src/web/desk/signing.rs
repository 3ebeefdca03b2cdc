//! Signing in at the desk, and out.

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::own;
use super::posted::asked;
use crate::domain::agency::{Role, Staff};
use crate::domain::refusal::Refusal;
use crate::office::Failure;
use crate::office::accounts::DEMO_PASSWORD;
use crate::office::sessions::{Pending, SignedOn};
use crate::office::sign_on::Purpose;
use crate::office::signing_in::{SignedIn, Step};
use crate::web::Site;
use crate::web::components::{
    Button, Field, Form, Width, button, error_summary, form, password_field, text_field,
};
use crate::web::shell::page;
use crate::web::signing_on;
use crate::web::visitor::{
    FrameData, Visitor, device_cookie, html as answer, known_device, no_session_cookie, see_other,
    session_cookie, status_of,
};
use crate::web::words::desk as words;
use crate::web::words::roles;

/// Where it lies.
pub const HERE: &str = "/mot-cua/dang-nhap";

/// How a sign-in goes on: under a new session, at an address.
pub struct Onwards {
    /// The address.
    pub at: String,
    /// The cookie of the session.
    pub cookie: Cookie<'static>,
    /// The cookie by which the browser is known, once the account is signed in.
    pub device: Option<Cookie<'static>>,
}

impl Onwards {
    /// Goes there.
    pub fn redirect(self) -> HttpResponse {
        let mut response = see_other(&self.at);
        // Only a cookie with forbidden letters cannot be added; ours is hexadecimal.
        let _ = response.add_cookie(&self.cookie);
        if let Some(device) = &self.device {
            let _ = response.add_cookie(device);
        }
        response
    }
}

/// Where a part of the sign-in is done.
pub fn address(step: Step) -> &'static str {
    match step {
        Step::Code => own::second::CODE,
        Step::Password => own::password::PATH,
        Step::SetUp => own::second::PATH,
    }
}

/// Goes on after a part of the sign-in, under a new session: to the next part, or to `back`.
///
/// # Errors
/// The store fails.
pub fn go_on(
    site: &Site,
    visitor: &Visitor,
    signed: &SignedIn,
    is_proved: bool,
    back: &str,
) -> Result<Onwards, Failure> {
    // A session of the same account keeps the provider from which it came.
    let same = visitor.session.as_ref().filter(|session| {
        let pending = session.pending.as_ref().map(|pending| pending.user.as_str());
        [session.user.as_deref(), pending].contains(&Some(signed.staff.name.as_str()))
    });
    let signed_on = same.and_then(|session| session.signed_on.clone());
    go_on_by(site, visitor, signed, is_proved, (back, signed_on))
}

/// The same, after a provider has vouched for the account's owner.
///
/// # Errors
/// The store fails.
pub fn go_on_by(
    site: &Site,
    visitor: &Visitor,
    signed: &SignedIn,
    is_proved: bool,
    (back, signed_on): (&str, Option<SignedOn>),
) -> Result<Onwards, Failure> {
    if let Some(old) = &visitor.session_id {
        site.office.end_session(old)?;
    }
    let user = signed.staff.name.to_string();
    let mut device = None;
    let ((id, mut session), at) = match signed.step {
        None => {
            let token = site.office.device_token(&user)?;
            device = token.map(|token| device_cookie(visitor, &token));
            (site.office.begin_session(Some(user), None, &visitor.device)?, back)
        }
        Some(step) => {
            let pending = Pending { user, is_proved, back: back.to_owned() };
            (site.office.begin_pending(pending, &visitor.device)?, address(step))
        }
    };
    if signed_on.is_some() {
        session.signed_on = signed_on;
        site.office.save_session(&id, &session)?;
    }
    Ok(Onwards { at: at.to_owned(), cookie: session_cookie(visitor, &id), device })
}

/// What the form sends.
#[derive(serde::Deserialize)]
pub struct SignIn {
    #[serde(rename = "_csrf", default)]
    csrf: String,
    #[serde(default)]
    user: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    tiep: String,
}

/// `GET /mot-cua/dang-nhap`.
pub async fn show(visitor: Visitor, site: web::Data<Site>, request: HttpRequest) -> HttpResponse {
    let back = inside(asked(&request).get("tiep")).to_owned();
    if visitor.is_desk() {
        return see_other(&back);
    }
    sign_in_page(&visitor, &site, &request, (StatusCode::OK, None), "", &back)
}

/// `POST /mot-cua/dang-nhap`: a new session, whatever went before.
pub async fn sign_in(
    visitor: Visitor,
    site: web::Data<Site>,
    request: HttpRequest,
    sent: web::Form<SignIn>,
) -> HttpResponse {
    let sent = sent.into_inner();
    let back = inside(&sent.tiep).to_owned();
    let name = sent.user.trim();
    let outcome = match visitor.check_csrf(&site, &sent.csrf) {
        Ok(()) => {
            site.office.sign_in(name, &sent.password, &known_device(&visitor, &request)).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    let onwards = outcome.and_then(|signed| go_on(&site, &visitor, &signed, false, &back));
    match onwards {
        Ok(onwards) => onwards.redirect(),
        Err(failure) => {
            let (status, refusal) = (status_of(&failure), own::shown(failure));
            sign_in_page(&visitor, &site, &request, (status, Some(&refusal)), name, &back)
        }
    }
}

/// `POST /mot-cua/dang-xuat`.
pub async fn sign_out(
    visitor: Visitor,
    site: web::Data<Site>,
    request: HttpRequest,
    sent: web::Form<SignIn>,
) -> HttpResponse {
    let mut response = see_other(HERE);
    if visitor.check_csrf(&site, &sent.csrf).is_ok()
        && let Some(id) = &visitor.session_id
    {
        if let Err(failure) = site.office.end_session(id) {
            tracing::error!("ending a session failed: {failure:?}");
        }
        let signed_on = visitor.session.as_ref().and_then(|session| session.signed_on.as_ref());
        response = see_other(&signing_on::signed_out(&site, &request, signed_on, HERE).await);
        let _ = response.add_cookie(&no_session_cookie(&visitor));
    }
    response
}

/// Only an address of the desk or of administration is a way back.
pub(super) fn inside(back: &str) -> &str {
    let path = back.split(['?', '#']).next().unwrap_or_default();
    let ours = ["/mot-cua", "/quan-tri"].iter().any(|root| {
        path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    let plain = !back.contains('\\') && !back.contains(char::is_control) && !path.contains("//");
    if ours && plain && !path.starts_with("/mot-cua/dang-") { back } else { "/mot-cua" }
}

fn sign_in_page(
    visitor: &Visitor,
    site: &Site,
    request: &HttpRequest,
    (status, refusal): (StatusCode, Option<&Refusal>),
    name: &str,
    back: &str,
) -> HttpResponse {
    let lang = visitor.lang;
    let data = FrameData::of(site, visitor);
    let csrf = visitor.csrf(site);
    let fields = html! {
        input type="hidden" name="tiep" value=(back);
        (text_field(lang, &Field {
            name: "user",
            label: words::USER_NAME.say(lang),
            value: name,
            autocomplete: "username",
            width: Width::Medium,
            autofocus: refusal.is_none(),
            max_length: Some(40),
            ..Field::default()
        }))
        (password_field(lang, &Field {
            name: "password",
            label: words::PASSWORD.say(lang),
            autocomplete: "current-password",
            width: Width::Medium,
            ..Field::default()
        }))
        (button(&Button { label: words::SIGN_IN.say(lang), ..Button::default() }))
    };
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (words::SIGN_IN_TITLE.say(lang)) }
        (signing_on::offer(site, lang, Purpose::Staff, (back, "")))
        (form(lang, &Form {
            action: "/mot-cua/dang-nhap", csrf: &csrf, ..Form::default()
        }, &fields))
        (own::passkeys::offer(site, visitor, request))
        @if site.office.is_demo() { (demo_accounts(visitor, site)) }
    };
    let mut frame = visitor.frame(&data, words::SIGN_IN_TITLE.say(lang));
    frame.refused = refusal.is_some();
    frame.head = Some(own::passkeys::head());
    answer(status, page(&frame, &main))
}

/// The demo's accounts, whose password is public.
fn demo_accounts(visitor: &Visitor, site: &Site) -> Markup {
    let lang = visitor.lang;
    let world = site.office.world();
    let home = world.home().map(|agency| agency.code.clone());
    let accounts: Vec<Staff> = world
        .accounts()
        .into_iter()
        .filter(|staff| {
            let here = Some(&staff.agency) == home.as_ref();
            staff.enabled && here && !staff.is(Role::Integration)
        })
        .cloned()
        .collect();
    html! {
        details open {
            summary { (words::DEMO_ACCOUNTS.say(lang)) }
            p { (words::DEMO_PASSWORD.say(lang)) " " code { (DEMO_PASSWORD) } }
            dl.summary {
                @for staff in &accounts {
                    div {
                        dt { code { (staff.name) } }
                        dd {
                            (staff.full_name) " – "
                            @for (index, role) in staff.roles.iter().enumerate() {
                                @if index > 0 { ", " }
                                (roles::name(*role).say(lang))
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn the_way_back_stays_at_the_desk() {
        assert_eq!(
            inside("/mot-cua/ho-so/H40.12-261123-0001?xem=phi"),
            "/mot-cua/ho-so/H40.12-261123-0001?xem=phi"
        );
        assert_eq!(inside("/quan-tri"), "/quan-tri");
        for elsewhere in [
            "",
            "https://x.vn",
            "//x.vn",
            "/mot-cua//x.vn",
            "/mot-cuaa",
            "/tai-khoan",
            "/mot-cua\\x",
            "/mot-cua/dang-xuat",
        ] {
            assert_eq!(inside(elsewhere), "/mot-cua", "{elsewhere}");
        }
    }
}
