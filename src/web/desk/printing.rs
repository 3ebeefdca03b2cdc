//! Papers on their way to the printer: one of a dossier, one of many dossiers, a poster.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::papers::code_of;
use super::posted::{asked, with_office};
use super::register;
use crate::domain::dossier::Dossier;
use crate::domain::ids::{DossierCode, ProcedureCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::Failure;
use crate::office::printing::{Deed, PaperSize, Pdf, PosterOf};
use crate::web::address;
use crate::web::components::{BannerKind, Button, banner, button_link};
use crate::web::outgoing;
use crate::web::visitor::see_other;
use crate::web::words::desk as desk_words;
use crate::web::words::desk_printing as words;

/// The papers that are printed for many dossiers at once; the usual one first.
pub const MANY: [Deed; 9] = [
    Deed::Receipt,
    Deed::HandOver,
    Deed::ResultHandOver,
    Deed::ControlSheet,
    Deed::SupplementRequest,
    Deed::Apology,
    Deed::FeeSlip,
    Deed::ResultSlip,
    Deed::Envelope,
];

/// The address of a dossier's paper.
pub fn address(dossier: &Dossier, deed: Deed) -> String {
    format!("/mot-cua/ho-so/{}/in/{}", dossier.code, deed.id())
}

/// Links to those papers of a list that the dossier has.
pub fn links(desk: &Desk, dossier: &Dossier, deeds: &[Deed]) -> Markup {
    let lang = desk.lang();
    let deeds: Vec<Deed> = deeds.iter().copied().filter(|deed| deed.is_of(dossier)).collect();
    html! {
        @if !deeds.is_empty() {
            p { (words::PRINT_BEFORE.say(lang)) }
            ul.links {
                @for deed in deeds {
                    li {
                        a href=(address(dossier, deed)) target="_blank" rel="noopener" {
                            (deed.name().say(lang))
                        }
                    }
                }
            }
        }
    }
}

/// `GET /mot-cua/ho-so/{code}/in/{deed}`: a paper as PDF.
pub async fn one(
    desk: Desk,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> HttpResponse {
    let Some(deed) = Deed::from_id(&path.1) else { return unknown(&desk) };
    let (code, base) = (code_of(&path.0), address::public(desk.office(), &request));
    let printed =
        with_office(&desk, move |office, caller| office.print(caller, &code, deed, &base)).await;
    served(&desk, printed)
}

/// `GET /mot-cua/in/{deed}?ma=…,…`: a paper of each dossier, in one file; `?tu=…&den=…` of those
/// received in a period. A poster takes `?thu-tuc=…` or nothing.
pub async fn many(desk: Desk, path: web::Path<String>, request: HttpRequest) -> HttpResponse {
    let Some(deed) = Deed::from_id(&path) else { return unknown(&desk) };
    let (query, base) = (asked(&request), address::public(desk.office(), &request));
    let printed = match deed {
        Deed::Register => Err(not_found()),
        Deed::Poster => {
            let of =
                query.some("thu-tuc").map(|code| PosterOf::Procedure(ProcedureCode::new(code)));
            let (agency, of) = (desk.staff.agency.clone(), of.unwrap_or(PosterOf::Home));
            let poster = move |office: &crate::office::Office, _: &crate::office::Caller| {
                office.posters(&agency, &[of], PaperSize::A4, &base)
            };
            with_office(&desk, poster).await
        }
        _ if query.has("ma") => {
            let codes: Vec<DossierCode> =
                query.get("ma").split(',').filter(|c| !c.is_empty()).map(code_of).collect();
            with_office(&desk, move |office, caller| office.print_many(caller, &codes, deed, &base))
                .await
        }
        _ => match register::period(&desk, &query) {
            Ok(period) => {
                with_office(&desk, move |office, caller| {
                    office.print_period(caller, period, deed, &base)
                })
                .await
            }
            Err(refusal) => Err(refusal.into()),
        },
    };
    served(&desk, printed)
}

/// The way to the file of a paper of the ticked dossiers; asks when some have none.
pub fn chosen(desk: &Desk, deed: &str, codes: &[DossierCode], back: &str) -> HttpResponse {
    let Some(deed) = Deed::from_id(deed).filter(|deed| MANY.contains(deed)) else {
        return lacking(desk, &html! { p { (words::CHOOSE_PAPER.say(desk.lang())) } }, back);
    };
    let (mut having, mut without) = (Vec::new(), Vec::new());
    for code in codes {
        match desk.office().dossier(desk.caller(), code) {
            Ok(dossier) if deed.is_of(&dossier) => having.push(code.as_str()),
            Ok(_) => without.push(code),
            Err(failure) => return desk.failed(&failure),
        }
    }
    let address = format!("/mot-cua/in/{}?ma={}", deed.id(), having.join(","));
    if without.is_empty() {
        return see_other(&address);
    }
    let (lang, rest) = (desk.lang(), having.len().to_string());
    let without_count = without.len().to_string();
    let about = html! {
        p { strong { (deed.name().say(lang)) } }
        @if having.is_empty() { p { (words::NONE_HAS.say(lang)) } }
        @else {
            p { (words::SOME_LACK.fill(lang, &[("n", &without_count)])) }
            ul { @for code in without { li { a.code href={ "/mot-cua/ho-so/" (code) } { (code) } } } }
            (button_link(&address, &Button {
                label: &words::PRINT_REST.fill(lang, &[("n", &rest)]), ..Button::default()
            }))
        }
    };
    lacking(desk, &about, back)
}

fn lacking(desk: &Desk, about: &Markup, back: &str) -> HttpResponse {
    let lang = desk.lang();
    let title = desk_words::PRINT.say(lang);
    let main = html! {
        h1 { (title) }
        (banner(lang, BannerKind::Note, about))
        p { a href=(back) { (desk_words::TO_INBOX.say(lang)) } }
    };
    let sheet = Sheet { title, narrow: true, ..Sheet::default() };
    desk.page(StatusCode::OK, &sheet, &main)
}

fn not_found() -> Failure {
    Refusal::new(RefusalKind::NotFound, desk_words::NOT_FOUND).into()
}

fn unknown(desk: &Desk) -> HttpResponse {
    desk.failed(&not_found())
}

/// A file that was printed, shown by the browser; or the page of what failed.
pub fn served(desk: &Desk, printed: Result<Pdf, Failure>) -> HttpResponse {
    match printed {
        Ok(pdf) => outgoing::pdf(&pdf.file_name, pdf.bytes),
        Err(failure) => desk.failed(&failure),
    }
}
