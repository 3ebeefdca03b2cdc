//! Pages that say the same to everybody without a session.

use actix_web::{HttpRequest, HttpResponse};

use super::page::{Page, answer, whole};
use crate::office::Failure;
use crate::web::Site;
use crate::web::address;
use crate::web::kept::{KeptPages, Made, Wish};
use crate::web::visitor::Visitor;

/// What a handler of such a page is asked with.
pub(super) struct Asked<'a> {
    /// The site.
    pub site: &'a Site,
    /// Who asks.
    pub visitor: &'a Visitor,
    /// The request, for its headers.
    pub request: &'a HttpRequest,
    /// The worker's pages.
    pub pages: &'a KeptPages,
    /// The last commit, for pages that tell of dossiers: another one makes them anew.
    pub commit: Option<u64>,
}

/// A page that says the same to everybody without a session: kept, with a tag by which a browser
/// asks whether it has changed. `make` gives the page, or the answer to give instead.
pub(super) fn shared(
    asked: &Asked<'_>,
    make: impl FnOnce(
        &dyn Fn(&Page<'_>, &maud::Markup) -> HttpResponse,
    ) -> Result<HttpResponse, Failure>,
) -> Result<HttpResponse, Failure> {
    let Asked { site, visitor, request, pages, commit } = *asked;
    if visitor.session.is_some() {
        return make(&|page, main| {
            answer(site, visitor, actix_web::http::StatusCode::OK, page, main)
        });
    }
    let world = site.office.world();
    make(&|page, main| {
        let body = whole(site, visitor, page, main).into_string();
        let base = address::base(request);
        let wish = Wish { base: &base, headers: request.headers(), path: &visitor.path };
        pages.keep(site, wish, Made { world: world.clone(), commit, body })
    })
}
