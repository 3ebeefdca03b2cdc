//! `/mot-cua/tai-khoan`: one's own account at the desk. Its pages on passwords and second factors serve
//! those too whose sign-in is not complete, and nothing else does.

pub mod absences;
pub mod passkeys;
pub mod password;
pub mod second;
pub mod sign_on;

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::access::{Desk, Sheet};
use super::posted::asked;
use super::say;
use super::signing::{self, Onwards};
use crate::domain::agency::Staff;
use crate::domain::calendar::words::instant_short;
use crate::domain::refusal::Refusal;
use crate::domain::words::Lang;
use crate::office::sessions::{Listed, Pending, Whose};
use crate::office::signing_in::{SignedIn, Step};
use crate::office::{Failure, Outage};
use crate::web::Site;
use crate::web::components::{
    BannerKind, Button, Column, Crumb, DataTable, Form, Row, SummaryRow, banner, button,
    data_table, form, row_button, summary_list,
};
use crate::web::shell;
use crate::web::visitor::{FrameData, Visitor, html as answer, outage_text, see_other, status_of};
use crate::web::words::{
    admin as admin_words, desk as desk_words, own_account as words, passkeys as key_words, roles,
    sign_on as sign_on_words,
};

/// Where it lies.
pub const HERE: &str = "/mot-cua/tai-khoan";

/// Somebody whose password was right: signed in at the desk, or on the way.
pub struct Signer {
    /// The visitor.
    pub visitor: Visitor,
    /// The account.
    pub staff: Staff,
    /// The site.
    pub site: web::Data<Site>,
    /// What is known of a sign-in that is not complete.
    pub pending: Option<Pending>,
}

impl FromRequest for Signer {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let pending = Visitor::from_request(request, payload).into_inner();
        let pending = pending.ok().and_then(|v| Some((v.session.clone()?.pending?, v)));
        let site = request.app_data::<web::Data<Site>>().cloned();
        let (Some((pending, visitor)), Some(site)) = (pending, site) else {
            let desk = Desk::from_request(request, payload).into_inner();
            return ready(desk.map(|Desk { visitor, staff, site }| Self {
                visitor,
                staff,
                site,
                pending: None,
            }));
        };
        ready(match site.office.step_of(&pending.user, pending.is_proved) {
            Ok(SignedIn { staff, .. }) => Ok(Self { visitor, staff, site, pending: Some(pending) }),
            Err(_) => {
                let again = see_other(signing::HERE);
                Err(InternalError::from_response("not signed in", again).into())
            }
        })
    }
}

impl Signer {
    /// The language of the page.
    pub fn lang(&self) -> Lang {
        self.visitor.lang
    }

    /// Whether nothing but this part of the sign-in is open.
    pub fn is_pending(&self) -> bool {
        self.pending.is_some()
    }

    /// What is to be done next; none for who is signed in.
    pub fn step(&self) -> Option<Step> {
        let pending = self.pending.as_ref()?;
        self.site.office.step_of(&pending.user, pending.is_proved).ok()?.step
    }

    /// Refuses a form that is not of this session.
    ///
    /// # Errors
    /// The page was open while the session ended, or the form is forged.
    pub fn check(&self, token: &str) -> Result<(), Refusal> {
        self.visitor.check_csrf(&self.site, token)
    }

    /// The token of this visitor's forms.
    pub fn csrf(&self) -> String {
        self.visitor.csrf(&self.site)
    }

    /// A page; without the desk's navigation while the sign-in is not complete.
    pub fn page(&self, title: &str, failure: Option<&Refusal>, main: &Markup) -> HttpResponse {
        let status = failure.map_or(StatusCode::OK, |r| status_of(&Failure::Refused(r.clone())));
        if self.is_pending() {
            let data = FrameData::of(&self.site, &self.visitor);
            let mut frame = self.visitor.frame(&data, title);
            (frame.refused, frame.nav) = (failure.is_some(), &[]);
            frame.head = Some(passkeys::head());
            return answer(status, shell::page(&frame, main));
        }
        let desk = Desk {
            visitor: self.visitor.clone(),
            staff: self.staff.clone(),
            site: self.site.clone(),
        };
        let above = [Crumb { href: HERE, label: words::TITLE.say(self.lang()) }];
        let sheet = Sheet {
            title,
            above: &above,
            refused: failure.is_some(),
            narrow: true,
            ..Sheet::default()
        };
        desk.page(status, &sheet, main)
    }

    /// A new session after a change that ended all others, with the step that comes next, if any.
    ///
    /// # Errors
    /// The store fails.
    pub fn go_on(&self, back: &str) -> Result<Onwards, Failure> {
        let proved = self.pending.as_ref().is_none_or(|pending| pending.is_proved)
            || self.site.office.has_second(self.staff.name.as_str());
        let signed = self.site.office.step_of(self.staff.name.as_str(), proved)?;
        let back = self.pending.as_ref().map_or(back, |pending| &pending.back);
        signing::go_on(&self.site, &self.visitor, &signed, proved, back)
    }
}

/// A failure as a refusal that a form can show.
pub fn shown(failure: Failure) -> Refusal {
    match failure {
        Failure::Refused(refusal) => refusal,
        Failure::Fault(fault) => {
            tracing::error!("one's own account: {fault}");
            let text = outage_text(Outage::of(&fault), desk_words::SEND_AGAIN);
            Refusal::new(crate::domain::refusal::RefusalKind::TooMany, text)
        }
    }
}

/// `GET /mot-cua/tai-khoan`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let (lang, name) = (desk.lang(), desk.staff.name.as_str());
    let this = desk.visitor.session_id.as_deref().unwrap_or_default();
    let read = desk.office().sessions_of(Whose::Staff(name), this);
    let read = read.and_then(|sessions| {
        let links = desk.office().staff_links(name)?;
        Ok((sessions, desk.office().second_factor(name)?, desk.office().passkeys(name)?, links))
    });
    let (sessions, second, keys, links) = match read {
        Ok(read) => read,
        Err(failure) => return desk.failed(&failure),
    };
    let done = match asked(&request).get("xong") {
        "mat-khau" => Some(words::PASSWORD_CHANGED),
        "bo-ma" => Some(words::SECOND_DROPPED),
        "phien" => Some(words::ENDED),
        "khoa" => Some(key_words::ADDED),
        "bo-khoa" => Some(key_words::REMOVED),
        "noi" => Some(sign_on_words::LINKED),
        "bo-noi" => Some(sign_on_words::UNLINKED),
        _ => None,
    };
    let must = desk.office().demands_second(&desk.staff);
    let main = html! {
        @if let Some(done) = done { (banner(lang, BannerKind::Done, &html! { (done.say(lang)) })) }
        h1 { (words::TITLE.say(lang)) }
        (facts(&desk))
        section {
            h2 { (desk_words::PASSWORD.say(lang)) }
            p { a href={ (HERE) "/mat-khau" } { (words::PASSWORD_TITLE.say(lang)) } }
        }
        (second::section(lang, second, must))
        (passkeys::section(&desk, &request, &keys))
        (sign_on::section(&desk, &links))
        (absences::section(&desk))
        (devices(lang, &desk.csrf(), &format!("{HERE}/phien"), &sessions))
    };
    let head = Some(passkeys::head());
    let sheet = Sheet { title: words::TITLE.say(lang), narrow: true, head, ..Sheet::default() };
    desk.ok(&sheet, &main)
}

fn facts(desk: &Desk) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let names: Vec<&str> = desk.staff.roles.iter().map(|r| roles::name(*r).say(lang)).collect();
    let agency = say::agency_name(&world, &desk.staff.agency);
    let unit = desk.staff.unit.as_ref();
    let unit = unit.map(|unit| say::unit_name(&world, &desk.staff.agency, unit));
    let place = unit.map_or(agency.clone(), |unit| format!("{unit}, {agency}"));
    html! {
        (summary_list(lang, &[
            SummaryRow::text(desk_words::USER_NAME.say(lang), desk.staff.name.as_str()),
            SummaryRow::text(desk_words::NAME.say(lang), &desk.staff.full_name),
            SummaryRow::text(admin_words::ROLES.say(lang), &names.join(", ")),
            SummaryRow::text(admin_words::PLACE.say(lang), &place),
        ]))
        p.hint { (words::ABOUT.say(lang)) }
    }
}

/// Where somebody is signed in, and how to end it there.
pub fn devices(lang: Lang, csrf: &str, action: &str, sessions: &[Listed]) -> Markup {
    let columns = [
        Column::new(words::DEVICE.say(lang)),
        Column::new(words::SINCE.say(lang)),
        Column::new(words::LAST_SEEN.say(lang)),
        Column::action(words::ACTION.say(lang)),
    ];
    let row = |session: &Listed| {
        let device = match session.device.as_str() {
            "" => words::DEVICE_UNKNOWN.say(lang),
            device => device,
        };
        Row::new(vec![
            html! {
                (device)
                @if session.is_this { " (" (words::DEVICE_THIS.say(lang)) ")" }
            },
            html! { (instant_short(session.began_at)) },
            html! { (instant_short(session.used_at)) },
            html! {
                @if !session.is_this {
                    (row_button(words::END.say(lang), device, "phien", &session.handle))
                }
            },
        ])
    };
    let rows: Vec<Row> = sessions.iter().map(row).collect();
    let table = data_table(
        lang,
        &DataTable {
            caption: words::DEVICES.say(lang),
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: "",
        },
    );
    html! {
        section {
            h2 { (words::DEVICES.say(lang)) }
            (form(lang, &Form { action, csrf, ..Form::default() }, &html! {
                (table)
                @if sessions.len() > 1 {
                    (button(&Button {
                        label: words::END_OTHERS.say(lang),
                        name: "moi",
                        value: "1",
                        secondary: true,
                        ..Button::default()
                    }))
                }
            }))
            p.hint { (words::NOT_YOURS.say(lang)) }
        }
    }
}

/// What the form of devices sends.
#[derive(Deserialize)]
pub struct Ending {
    #[serde(rename = "_csrf", default)]
    csrf: String,
    #[serde(default)]
    phien: String,
    #[serde(default)]
    moi: String,
}

impl Ending {
    /// Ends what was asked for.
    ///
    /// # Errors
    /// The form is not this visitor's, or there is no such session.
    pub fn settle(&self, site: &Site, visitor: &Visitor, whose: Whose<'_>) -> Result<(), Failure> {
        visitor.check_csrf(site, &self.csrf)?;
        match self.moi.as_str() {
            "" => site.office.end_session_of(whose, &self.phien),
            _ => site.office.end_sessions(whose, visitor.session_id.as_deref().unwrap_or_default()),
        }
    }
}

/// `POST /mot-cua/tai-khoan/phien`.
pub async fn end_sessions(desk: Desk, sent: web::Form<Ending>) -> HttpResponse {
    let whose = Whose::Staff(desk.staff.name.as_str());
    match sent.settle(&desk.site, &desk.visitor, whose) {
        Ok(()) => see_other(&format!("{HERE}?xong=phien")),
        Err(failure) => desk.failed(&failure),
    }
}
