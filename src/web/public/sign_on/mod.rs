//! Signing in through a provider: the way there, the way back, the first time, and the way out.

mod joining;
mod linking;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

pub(super) use linking::section;

use super::page::{Page, answer, contact, own_path};
use super::sign_in::{self, Wanted};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::Failure;
use crate::office::sign_on::{
    Answer, Arrival, Begun, Confirmed, Join, Purpose, Returned, words as office_words,
};
use crate::web::Site;
use crate::web::components::{
    Button, ErrorPage, SummaryRow, button_link, error_page, summary_list,
};
use crate::web::desk::own::sign_on as desk_linking;
use crate::web::desk::signing;
use crate::web::signing_on::{self, Going};
use crate::web::visitor::{Visitor, outage_words, see_other, status_of};
use crate::web::words::sign_on as words;

/// The routes.
pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route("/dang-nhap/mot-lan/{provider}", web::get().to(begin))
        .route("/dang-nhap/mot-lan/{provider}/tra-loi", web::get().to(come_back))
        .route(joining::HERE, web::get().to(joining::ask))
        .route(joining::HERE, web::post().to(joining::go_on))
        .route(signing_on::SIGNED_OUT, web::get().to(signed_out));
    linking::configure(cfg);
}

/// What the way there carries.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Towards {
    /// Where to go on.
    tiep: String,
    /// The ticket of a form that waits.
    giu: String,
    /// Whether the provider has to ask again.
    lai: String,
}

/// `GET /dang-nhap/mot-lan/{provider}`.
async fn begin(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    id: web::Path<String>,
    towards: web::Query<Towards>,
) -> HttpResponse {
    let going = Going {
        purpose: Purpose::Citizen,
        back: own_path(&towards.tiep).unwrap_or_default(),
        ticket: &towards.giu,
        account: "",
        again: !towards.lai.is_empty(),
    };
    let gone = signing_on::go(&site, &visitor, &request, &id, going).await;
    gone.unwrap_or_else(|failure| failed(&site, &visitor, Purpose::Citizen, &failure))
}

/// What the provider sends along.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Told {
    code: String,
    state: String,
    iss: Option<String>,
    error: String,
}

/// `GET /dang-nhap/mot-lan/{provider}/tra-loi`.
async fn come_back(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    id: web::Path<String>,
    told: web::Query<Told>,
) -> HttpResponse {
    let kept = signing_on::begun(&visitor, &request);
    let returned = Returned { provider: &id, kept: &kept, state: &told.state };
    let begun = site.office.take_begun(returned);
    let purpose = begun.as_ref().map_or(Purpose::Citizen, |begun| begun.purpose);
    let arrived = match begun {
        Ok(begun) => arrive(&site, &visitor, begun, told.into_inner()).await,
        Err(refusal) => Err(refusal.into()),
    };
    let mut response = arrived.unwrap_or_else(|failure| failed(&site, &visitor, purpose, &failure));
    // A cookie that stays is worth nothing: what it holds comes back once.
    let _ = response.add_cookie(&signing_on::no_begun(&visitor));
    response
}

async fn arrive(
    site: &Site,
    visitor: &Visitor,
    begun: Begun,
    told: Told,
) -> Result<HttpResponse, Failure> {
    let provider = site.office.provider(&begun.provider)?;
    let refused = |text| Refusal::new(RefusalKind::Unauthenticated, text).into();
    // RFC 9207: also an error is another provider's when it says so.
    if told.iss.as_ref().is_some_and(|issuer| *issuer != provider.issuer) {
        return Err(refused(office_words::NOT_TRUSTED.into()));
    }
    if !told.error.is_empty() || told.code.is_empty() {
        let message = match told.error.as_str() {
            "access_denied" | "login_required" | "interaction_required" | "consent_required" => {
                office_words::DENIED
            }
            _ => office_words::PROVIDER_REFUSED,
        };
        tracing::info!(provider = provider.id, "a provider sent somebody back without a sign-in");
        return Err(refused(provider.in_words(message)));
    }
    let going_on = begun.clone();
    let sent = Answer { code: told.code, issuer: told.iss };
    let identity = site.office.finish_sign_on(&provider, begun, sent).await?;
    let Begun { purpose, back, ticket, account, .. } = going_on;
    let join = Join { account: &account, back: &back, ticket: &ticket };
    let signed_on = site.office.signed_on(&provider, &identity);
    match purpose {
        Purpose::Citizen => match site.office.citizen_arrives(&provider, &identity, &join)? {
            Arrival::Known(account) => {
                let wanted = Wanted::towards(&back, &ticket);
                sign_in::begin(site, visitor, &account, &wanted, Some(signed_on))
            }
            Arrival::New(ticket) => Ok(signing_on::to_joining(visitor, joining::HERE, &ticket)),
        },
        Purpose::LinkCitizen => {
            same_account(contact(visitor), &account)?;
            match site.office.citizen_arrives(&provider, &identity, &join)? {
                Arrival::New(ticket) => Ok(signing_on::to_joining(visitor, linking::HERE, &ticket)),
                Arrival::Known(_) => Ok(see_other("/tai-khoan")),
            }
        }
        Purpose::Staff => {
            let signed = site.office.staff_arrives(&provider, &identity).await?;
            let proved = signed.step.is_none();
            signing::go_on_by(site, visitor, &signed, proved, (&back, Some(signed_on)))
                .map(signing::Onwards::redirect)
        }
        Purpose::LinkStaff => {
            let name = visitor.caller.staff().map(|staff| staff.name.as_str());
            same_account(name, &account)?;
            let ticket = site.office.staff_joins(&provider, &identity, &join)?;
            Ok(signing_on::to_joining(visitor, desk_linking::HERE, &ticket))
        }
    }
}

/// Refuses to link another account than the one from which the way began.
fn same_account(now: Option<&str>, then: &str) -> Result<(), Refusal> {
    let other = || Refusal::new(RefusalKind::Unauthenticated, office_words::NOT_BEGUN_HERE);
    (now == Some(then)).then_some(()).ok_or_else(other)
}

/// Nobody was signed in: why, and the way back.
pub(in crate::web) fn failed(
    site: &Site,
    visitor: &Visitor,
    purpose: Purpose,
    failure: &Failure,
) -> HttpResponse {
    let lang = visitor.lang;
    let (reference, sentence) = match failure {
        Failure::Refused(refusal) => (String::new(), refusal.say(lang).to_owned()),
        Failure::Fault(fault) => {
            let reference = format!("{:08x}", u32::from_be_bytes(site.office.env().bytes()));
            tracing::error!(reference, fault = %fault, "signing on failed");
            let told = outage_words(crate::office::Outage::of(fault), &reference);
            let text = told.map_or(office_words::NOT_REACHED.into(), |(_, text)| text);
            (reference, text.say(lang).to_owned())
        }
    };
    let again = match purpose {
        Purpose::Citizen => "/dang-nhap",
        Purpose::Staff => signing::HERE,
        Purpose::LinkCitizen => "/tai-khoan",
        Purpose::LinkStaff => crate::web::desk::own::HERE,
    };
    let title = words::FAILED.say(lang);
    let advice = html! {
        p { (sentence) }
        div.buttons {
            (button_link(again, &Button { label: words::TRY_AGAIN.say(lang), ..Button::default() }))
        }
    };
    let main = error_page(lang, &ErrorPage { title, advice, reference: &reference });
    // The address holds what a provider sent along: it is repeated nowhere.
    let page = Page { title, path: again, ..Page::default() };
    answer(site, visitor, status_of(failure), &page, &main)
}

/// What a provider confirms of somebody.
pub(in crate::web) fn facts(visitor: &Visitor, confirmed: &Confirmed) -> Markup {
    let lang = visitor.lang;
    let said =
        |name: &str| confirmed.answers.get(&format!("applicant.{name}")).map_or("", String::as_str);
    let parts = ["birth_date.day", "birth_date.month", "birth_date.year"].map(said);
    let born: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let rows = [
        (words::FULL_NAME, said("name").to_owned()),
        (words::BIRTH_DATE, born.join("/")),
        (words::ID_NUMBER, said("id_number").to_owned()),
        (words::ORGANISATION, confirmed.organisation.clone()),
    ];
    let shown = rows.iter().filter(|(_, value)| !value.is_empty());
    let shown: Vec<SummaryRow<'_>> =
        shown.map(|(label, value)| SummaryRow::text(label.say(lang), value)).collect();
    html! { @if !shown.is_empty() { (summary_list(lang, &shown)) } }
}

/// The name of somebody, as a provider confirms it.
pub(in crate::web) fn name_of(visitor: &Visitor, confirmed: &Confirmed) -> String {
    let name = confirmed.answers.get("applicant.name").cloned();
    name.unwrap_or_else(|| words::SOMEBODY.say(visitor.lang).to_owned())
}

/// What an address of the page after a sign-out carries.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Left {
    phieu: String,
}

/// `GET /dang-xuat/xong`.
async fn signed_out(
    site: web::Data<Site>,
    visitor: Visitor,
    left: web::Query<Left>,
) -> HttpResponse {
    let lang = visitor.lang;
    let kept = site.office.kept_way_out(&left.phieu);
    let world = site.office.world();
    let way = kept.as_ref().and_then(|[id, way, _]| Some((world.provider(id)?, way.as_str())));
    let home = kept.as_ref().map_or("/", |[_, _, home]| home.as_str());
    let title = words::SIGNED_OUT.say(lang);
    let main = html! {
        h1 { (title) }
        p { (words::SIGNED_OUT_HERE.say(lang)) }
        @if let Some((provider, way)) = way {
            @let name = [("provider", provider.name(lang))];
            p { (words::STILL_THERE.fill(lang, &name)) }
            div.buttons {
                (button_link(way, &Button {
                    label: &words::SIGN_OUT_THERE.fill(lang, &name), ..Button::default()
                }))
                a href=(home) { (home_words(home).say(lang)) }
            }
        } @else {
            p { a href=(home) { (home_words(home).say(lang)) } }
        }
    };
    answer(&site, &visitor, StatusCode::OK, &Page { title, ..Page::default() }, &main)
}

fn home_words(home: &str) -> crate::domain::words::Message {
    if home == "/" { words::TO_HOME } else { words::TO_DESK }
}
