//! Who may see a desk page, and the frame of every one of them.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::signing;
use crate::domain::agency::{Agency, Role, Staff};
use crate::domain::dossier::{Directory, parse_dossier_code};
use crate::domain::ids::DossierCode;
use crate::domain::privacy::Place;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::{Lang, Text};
use crate::office::{Caller, Failure, Office, Outage};
use crate::web::Site;
use crate::web::address::percent_path;
use crate::web::admin::data_requests;
use crate::web::components::{Crumb, ErrorPage, error_page, privacy_note};
use crate::web::rights;
use crate::web::server::spent::Spent;
use crate::web::shell::{Area, DESK_NAV, NavItem, page};
use crate::web::visitor::{
    FrameData, Visitor, chosen_language, html, lang_cookie, outage_words, see_other, status_of,
};
use crate::web::words::{absences, data_requests as request_words, desk as words};

/// Somebody signed in at the desk; a page that takes it sends everybody else to sign in.
pub struct Desk {
    /// The visitor.
    pub visitor: Visitor,
    /// The account.
    pub staff: Staff,
    /// The site.
    pub site: web::Data<Site>,
}

impl FromRequest for Desk {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Spent::checking(request, || Self::checked(request, payload)))
    }
}

impl Desk {
    /// Who asks, if the address is theirs to ask for.
    fn checked(request: &HttpRequest, payload: &mut Payload) -> Result<Self, actix_web::Error> {
        let visitor = Visitor::from_request(request, payload).into_inner();
        let site = request.app_data::<web::Data<Site>>().cloned();
        match (visitor, site) {
            (Ok(visitor), Some(site)) => match visitor.caller.staff().cloned() {
                Some(staff) => Self { visitor, staff, site }.admitted(request),
                None => Err(sign_in_first(request, &visitor, &site)),
            },
            (Err(error), _) => Err(error),
            (_, None) => Err(actix_web::error::ErrorInternalServerError("no site")),
        }
    }
}

/// After signing in the person comes back here; a form cannot be sent again that way.
fn sign_in_first(request: &HttpRequest, visitor: &Visitor, site: &Site) -> actix_web::Error {
    let pending = visitor.session.as_ref().and_then(|session| session.pending.as_ref());
    let step = pending.and_then(|p| site.office.step_of(&p.user, p.is_proved).ok()?.step);
    if let Some(step) = step {
        let next = see_other(signing::address(step));
        return InternalError::from_response("not yet signed in", next).into();
    }
    let back = if request.method() == actix_web::http::Method::GET {
        visitor.path.as_str()
    } else {
        request.path()
    };
    let address = format!("/mot-cua/dang-nhap?tiep={}", percent_path(back));
    InternalError::from_response("not signed in", see_other(&address)).into()
}

/// What no page of the desk answers to.
pub async fn no_page(desk: Desk) -> HttpResponse {
    desk.failed(&Refusal::new(RefusalKind::NotFound, words::NOT_FOUND).into())
}

/// What a desk page says around its content.
#[derive(Clone, Default)]
pub struct Sheet<'a> {
    /// The page's name.
    pub title: &'a str,
    /// The pages above.
    pub above: &'a [Crumb<'a>],
    /// Whether a form was refused.
    pub refused: bool,
    /// One column of text instead of the full width.
    pub narrow: bool,
    /// More for the head of the page.
    pub head: Option<Markup>,
}

impl Desk {
    /// The account, if the table of rights lets it use this address.
    fn admitted(self, request: &HttpRequest) -> Result<Self, actix_web::Error> {
        match rights::check(request, &self.visitor.caller) {
            Ok(()) => Ok(self),
            Err(refusal) => {
                let answer = match refusal.kind {
                    RefusalKind::Forbidden => self.forbidden(),
                    _ => self.failed(&refusal.into()),
                };
                Err(InternalError::from_response("not for this account", answer).into())
            }
        }
    }

    /// The use cases.
    pub fn office(&self) -> &Office {
        &self.site.office
    }

    /// Who calls them.
    pub fn caller(&self) -> &Caller {
        &self.visitor.caller
    }

    /// The language of the page.
    pub fn lang(&self) -> Lang {
        self.visitor.lang
    }

    /// Whether the account has this role.
    pub fn is(&self, role: Role) -> bool {
        self.staff.is(role)
    }

    /// The province of the account's agency; or empty.
    pub fn province(&self) -> String {
        let world = self.office().world();
        world.agency(&self.staff.agency).map(Agency::province).unwrap_or_default()
    }

    /// The notice of a place where personal data are asked for.
    pub fn privacy_note(&self, place: Place) -> Markup {
        let notice = self.office().privacy().texts.notice(place, self.office().today());
        let lang = self.lang();
        html! {
            (privacy_note(lang, notice))
            @if rights::opens(data_requests::NEW, self.caller()) {
                p { a href=(data_requests::NEW) { (request_words::DESK_NEW.say(lang)) } }
            }
        }
    }

    /// The token of this visitor's forms.
    pub fn csrf(&self) -> String {
        self.visitor.csrf(&self.site)
    }

    /// A fresh one-shot key.
    pub fn new_key(&self) -> String {
        let random: [u8; 16] = self.office().env().bytes();
        random.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A page around `main`.
    pub fn page(&self, status: StatusCode, sheet: &Sheet<'_>, main: &Markup) -> HttpResponse {
        let data = FrameData::of(&self.site, &self.visitor);
        let world = self.office().world();
        let unit = self.staff.unit.as_ref().and_then(|unit| {
            world.agency(&self.staff.agency)?.unit(unit).map(|unit| unit.name.clone())
        });
        let csrf = self.csrf();
        let named = match &self.staff.stands_in_for {
            Some(away) => {
                let away = world.staff(away).map_or(away.as_str(), |staff| &staff.full_name);
                let both = [("name", self.staff.full_name.as_str()), ("away", away)];
                absences::IN_PLACE.fill(self.lang(), &both)
            }
            None => self.staff.full_name.clone(),
        };
        let nav: Vec<NavItem> =
            DESK_NAV.iter().filter(|item| self.offers(item.href)).copied().collect();
        let mut frame = self.visitor.frame(&data, sheet.title);
        frame.area =
            Area::Desk { name: &named, unit: unit.as_deref().unwrap_or_default(), csrf: &csrf };
        frame.nav = &nav;
        frame.above = sheet.above;
        frame.refused = sheet.refused;
        frame.wide = !sheet.narrow;
        frame.head = sheet.head.clone();
        let mut response = html(status, page(&frame, main));
        if let Some(lang) = chosen_language(&self.visitor.path) {
            // Only a cookie with forbidden letters cannot be added; a language's tag has none.
            let _ = response.add_cookie(&lang_cookie(lang));
        }
        response
    }

    /// A page that worked.
    pub fn ok(&self, sheet: &Sheet<'_>, main: &Markup) -> HttpResponse {
        self.page(StatusCode::OK, sheet, main)
    }

    /// Whether the way to a page stands in the head: for whoever may open it, and has it to do.
    fn offers(&self, href: &str) -> bool {
        let is_daily = match href {
            "/mot-cua/goi-so" => self.is(Role::Receptionist) || self.is(Role::Cashier),
            // Among the pages of administration for whoever sees those.
            "/quan-tri/tieu-huy" | "/quan-tri/yeu-cau-du-lieu" => {
                self.is(Role::Head) && !self.is(Role::Admin)
            }
            "/quan-tri/xem-ho-so" => self.is(Role::Auditor) && !self.is(Role::Admin),
            _ => true,
        };
        is_daily && rights::opens(href, self.caller())
    }

    /// The page of something that failed, with a way on.
    pub fn failed(&self, failure: &Failure) -> HttpResponse {
        let lang = self.lang();
        let reference = self.new_key()[..8].to_uppercase();
        let (title, sentence) = match failure {
            Failure::Refused(refusal) => {
                let title = match refusal.kind {
                    RefusalKind::NotFound => words::NOT_FOUND,
                    RefusalKind::Forbidden => words::FORBIDDEN,
                    _ => words::NOT_POSSIBLE,
                };
                tracing::info!(reference, kind = ?refusal.kind, "a desk page was refused");
                (title, refusal.say(lang).to_owned())
            }
            Failure::Fault(fault) => {
                tracing::error!(reference, "a desk page failed: {fault}");
                let told = outage_words(Outage::of(fault), &reference);
                let (title, text) =
                    told.unwrap_or((words::SYSTEM_FAILED, Text::from(words::SEND_AGAIN)));
                (title, text.say(lang).to_owned())
            }
        };
        let main = error_page(
            lang,
            &ErrorPage {
                title: title.say(lang),
                advice: html! {
                    @if sentence != title.say(lang) { p { (sentence) } }
                    @if let Some(code) = self.dossier_here(failure) {
                        p { a href={ "/mot-cua/ho-so/" (code) } { (words::TO_DOSSIER.say(lang)) } }
                    }
                    p { a href="/mot-cua" { (words::TO_INBOX.say(lang)) } }
                },
                reference: &reference,
            },
        );
        let sheet = Sheet { title: title.say(lang), narrow: true, ..Sheet::default() };
        self.page(status_of(failure), &sheet, &main)
    }

    /// The dossier that a refused page is about, when this account may look at it.
    fn dossier_here(&self, failure: &Failure) -> Option<DossierCode> {
        let path = self.visitor.path.split(['?', '#']).next()?;
        let (code, _) = path.strip_prefix("/mot-cua/ho-so/")?.split_once('/')?;
        let unknown = matches!(failure, Failure::Refused(r) if r.kind == RefusalKind::NotFound);
        parse_dossier_code(code)
            .filter(|code| !unknown || self.office().dossier(self.caller(), code).is_ok())
    }

    /// The page of something that this account may not open.
    pub fn forbidden(&self) -> HttpResponse {
        self.failed(&Refusal::new(RefusalKind::Forbidden, words::MAY_NOT_SEE).into())
    }
}
