//! Signing in: desk accounts by password, the public by a one-time code.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asking::{Asking, pace};
use super::body;
use super::problem::{ApiFailure, Outcome};
use crate::domain::refusal::Refusal;
use crate::office::Failure;
use crate::office::sessions::{CodeFor, clean_contact};
use crate::office::signing_in::Step;
use crate::web::Site;
use crate::web::limits::Asked;
use crate::web::words::api as words;

/// A desk sign-in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The account's name.
    #[schema(example = "tiepnhan1")]
    pub user: String,
    /// Its password.
    pub password: String,
    /// The code of the account's second factor, when it has one: of the app, or a recovery code.
    #[schema(example = "123456")]
    pub code: Option<String>,
}

/// The token of a session.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct SessionAnswer {
    /// To send as `Authorization: Bearer`; ends 8 hours after its last use, 24 hours after it began.
    pub token: String,
}

/// A phone or an email.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeRequest {
    /// A phone number.
    #[schema(example = "0912345678")]
    pub phone: Option<String>,
    /// An email address, when there is no phone.
    pub email: Option<String>,
}

/// That a code was sent.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct CodeAnswer {
    /// That the gateway or mail server has taken the code; in the demo, that it stands below.
    pub sent: bool,
    /// The code itself; in the demo only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// A phone or an email with the code that came to it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeCheck {
    /// The phone number.
    #[schema(example = "0912345678")]
    pub phone: Option<String>,
    /// The email address, when there is no phone.
    pub email: Option<String>,
    /// The six digits.
    #[schema(example = "123456")]
    pub code: String,
}

/// The proof of a phone or email.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct ProofAnswer {
    /// To send as `X-Proof` for an hour.
    pub proof: String,
}

/// Signs a desk account in
///
/// An account with a second factor needs its `code`: without it the answer is 401 of the type
/// `urn:motcua:problem:second_factor_required`. Who has to choose a password of their own first, or to set
/// a second factor up, does so on the page of the desk: 403 of the types
/// `urn:motcua:problem:password_change_required` and `urn:motcua:problem:second_factor_setup_required`.
#[utoipa::path(
    tag = "sign-in",
    security(()),
    request_body = SignIn,
    responses((status = 200, description = "The session's token", body = SessionAnswer)),
)]
#[post("/sessions")]
pub async fn begin_session(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    pace(&site, Asked::SignIn, &asking.address)?;
    let bytes = body::read(&request, payload).await?;
    let sent: SignIn = body::parse(&bytes)?;
    let once = asking.once("POST sessions", &bytes);
    let device = crate::web::device::of(&request);
    let answer = site.office.once(once, async {
        let name = sent.user.trim();
        let mut signed = site.office.sign_in(name, &sent.password, "").await?;
        if signed.step == Some(Step::Code) {
            let code = sent.code.as_deref().filter(|code| !code.trim().is_empty());
            let code = code.ok_or_else(|| ApiFailure::more_to_sign_in(Step::Code))?;
            signed = site.office.sign_in_code(name, code).await?;
        }
        if let Some(step) = signed.step {
            return Err(ApiFailure::more_to_sign_in(step));
        }
        let user = Some(signed.staff.name.to_string());
        let (token, _) = site.office.begin_session(user, None, &device)?;
        Ok::<_, ApiFailure>(SessionAnswer { token })
    });
    Ok(HttpResponse::Ok().json(answer.await?))
}

/// Sends a one-time code to a phone or email
///
/// Answers once the agency's gateway or mail server has taken the code; without one (409) no code can
/// be sent. The demo sends nothing and answers with the code.
#[utoipa::path(
    tag = "sign-in",
    security(()),
    request_body = CodeRequest,
    responses((status = 200, description = "The code is on its way", body = CodeAnswer)),
)]
#[post("/otp")]
pub async fn send_code(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    pace(&site, Asked::Code, &asking.address)?;
    let bytes = body::read(&request, payload).await?;
    let sent: CodeRequest = body::parse(&bytes)?;
    let contact = one_contact(sent.phone, sent.email)?;
    let field = if contact.contains('@') { "email" } else { "phone" };
    let at_contact = |failure| renamed(failure, field);
    let once = asking.once("POST otp", &bytes);
    let answer = site.office.once(once, async {
        pace(&site, Asked::CodeTo, &contact)?;
        let code = site.office.send_code(&contact, CodeFor::Proof).map_err(at_contact)?;
        let code = code.left().await.map_err(at_contact)?;
        let code = site.office.is_demo().then_some(code);
        Ok::<_, ApiFailure>(CodeAnswer { sent: true, code })
    });
    Ok(HttpResponse::Ok().json(answer.await?))
}

/// Checks a one-time code
#[utoipa::path(
    tag = "sign-in",
    security(()),
    request_body = CodeCheck,
    responses((status = 200, description = "The proof", body = ProofAnswer)),
)]
#[post("/otp/verify")]
pub async fn verify_code(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    pace(&site, Asked::Code, &asking.address)?;
    let bytes = body::read(&request, payload).await?;
    let sent: CodeCheck = body::parse(&bytes)?;
    let contact = one_contact(sent.phone, sent.email)?;
    let once = asking.once("POST otp/verify", &bytes);
    let answer = site.office.once(once, async {
        let contact = site.office.verify_code(&contact, CodeFor::Proof, &sent.code)?;
        Ok::<_, ApiFailure>(ProofAnswer { proof: site.office.make_proof(&contact) })
    });
    Ok(HttpResponse::Ok().json(answer.await?))
}

/// A refusal of the contact at the field that it was sent in.
fn renamed(mut failure: Failure, field: &str) -> Failure {
    if let Failure::Refused(refusal) = &mut failure {
        for error in refusal.fields.iter_mut().filter(|error| error.field == "contact") {
            field.clone_into(&mut error.field);
        }
    }
    failure
}

/// The one contact that was sent, in the spelling under which it is kept.
fn one_contact(phone: Option<String>, email: Option<String>) -> Result<String, Refusal> {
    use crate::domain::identity;
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let (field, typed) = match (filled(phone), filled(email)) {
        (Some(phone), None) => ("phone", phone),
        (None, Some(email)) => ("email", email),
        _ => return Err(Refusal::field("phone", words::CONTACT_NEEDED)),
    };
    let checked = match field {
        "phone" => identity::phone(&typed).map(drop),
        _ => identity::email(&typed).map(drop),
    };
    checked.map_err(|message| Refusal::field(field, message))?;
    clean_contact(&typed).ok_or_else(|| Refusal::field(field, words::CONTACT_NEEDED))
}
