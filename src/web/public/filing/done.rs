//! The confirmation of a filing: code, secret, digests, and when the answer comes.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use crate::domain::calendar::words::date_long;
use crate::domain::dossier::{Attachment, Directory, Dossier};
use crate::domain::words::Lang;
use crate::web::Site;
use crate::web::address;
use crate::web::components::{
    BannerKind, Button, banner, button_link, button_row, key_facts, qr_code, size_words,
};
use crate::web::public::page::{Page, answer, digest_groups, missing, settle};
use crate::web::public::tracking;
use crate::web::visitor::Visitor;
use crate::web::words::{public_filing as words, public_personal as personal_words};

/// Where the confirmation of a dossier is.
pub(super) fn address(procedure: &str, dossier: &str) -> String {
    format!("/nop-ho-so/{procedure}/da-gui/{dossier}")
}

/// `GET /nop-ho-so/{code}/da-gui/{dossier}`.
pub(super) async fn show(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (_, dossier) = path.into_inner();
    let result = async {
        let Some(code) = site.office.code_as_typed(&dossier) else {
            return Ok(missing(&site, &visitor, ""));
        };
        let Some(tracked) = tracking::opened(&site, &visitor, &code)? else {
            return Ok(crate::web::visitor::see_other(&format!("/tra-cuu/{code}")));
        };
        let lang = visitor.lang;
        let main =
            confirmation(&site, &tracked.dossier, &address::public(&site.office, &request), lang);
        let title = words::SENT.say(lang);
        let page = Page { title, draft_done: "nop/*", ..Page::default() };
        Ok(answer(&site, &visitor, StatusCode::OK, &page, &main))
    };
    settle(&site, &visitor, result.await)
}

/// The lookup secret in two groups, as papers print it.
pub(crate) fn grouped(secret: &str) -> String {
    match secret.split_at_checked(4) {
        Some((first, rest)) if !rest.is_empty() => format!("{first} {rest}"),
        _ => secret.to_owned(),
    }
}

fn confirmation(site: &Site, dossier: &Dossier, base: &str, lang: Lang) -> Markup {
    let world = site.office.world();
    let section =
        world.agency(&dossier.receiving_agency).map(|a| a.one_stop.clone()).unwrap_or_default();
    let when = dossier.clock.due_at.map(|at| date_long(at, lang)).unwrap_or_default();
    let link = format!("{base}/tra-cuu/{}?ma={}", dossier.code, dossier.lookup_secret);
    let title = words::QR_TITLE.fill(lang, &[("code", dossier.code.as_str())]);
    let on_paper: Vec<&str> =
        dossier.components.iter().filter(|p| p.on_paper).map(|p| p.name.as_str()).collect();
    html! {
        (banner(lang, BannerKind::Done, &html! { (dossier.procedure_name) }))
        h1 { (words::SENT.say(lang)) }
        (key_facts(&[
            (words::YOUR_CODE.say(lang), html! { strong.code { (dossier.code) } }),
            (words::YOUR_SECRET.say(lang), html! {
                strong.code { (grouped(&dossier.lookup_secret)) }
                p.hint { (words::KEEP_SECRET.say(lang)) }
            }),
            (words::ANSWER_BY.say(lang), html! {
                (words::ANSWER_WHO.fill(lang, &[("section", &section), ("when", &when)]))
            }),
        ]))
        @if let Some(code) = qr_code(&title, &link) { (code) }
        @if !on_paper.is_empty() {
            p { (words::BRING_THESE.say(lang)) }
            ul { @for name in on_paper { li { (name) } } }
        }
        (button_row(&html! {
            (button_link(&format!("/tra-cuu/{}/phieu.pdf", dossier.code), &Button {
                label: words::PRINT_SLIP.say(lang), ..Button::default()
            }))
            (button_link(&format!("/tra-cuu/{}", dossier.code), &Button {
                label: words::FOLLOW.say(lang), secondary: true, ..Button::default()
            }))
            @if !dossier.attachments.is_empty() {
                a href={ "/tai-khoan/giay-to/giu/" (dossier.code) } {
                    (personal_words::KEEP_AFTER.say(lang))
                }
            }
        }))
        @if !dossier.attachments.is_empty() {
            h2 { (words::WHAT_WAS_SENT.say(lang)) }
            p.hint { (words::DIGEST_HELP.say(lang)) }
            (digests(dossier, lang))
        }
    }
}

fn digests(dossier: &Dossier, lang: Lang) -> Markup {
    let of = |file: &Attachment| {
        let paper = file.component.as_ref().and_then(|component| dossier.paper(component));
        paper.map(|paper| paper.name.clone()).unwrap_or_default()
    };
    html! {
        dl.summary {
            @for file in &dossier.attachments {
                div {
                    dt { (of(file)) }
                    dd {
                        (file.name) " " span.muted { (size_words(file.size)) }
                        p.hint { (words::DIGEST.say(lang)) ": " span.digest { (digest_groups(&file.sha256)) } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn a_secret_is_read_in_two_groups() {
        assert_eq!(grouped("K7M29PXD"), "K7M2 9PXD");
        assert_eq!(grouped("K7M"), "K7M");
    }
}
