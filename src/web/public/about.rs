//! Pages about the site: what is not there yet, accessibility, the look.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::html;

use super::incoming;
use super::page::{Page, answer, call, own_path, settle};
use crate::domain::words::Message;
use crate::web::Site;
use crate::web::shell::{Look, look_choice};
use crate::web::visitor::{Visitor, look_cookie, see_other};
use crate::web::words::{public as words, shell as shell_words};

/// `GET /danh-gia`, `/phan-anh`, `/hoi-dap`, `/thong-ke`: said plainly until they are there.
pub(super) async fn not_yet(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    let lang = visitor.lang;
    let path = visitor.path.split('?').next().unwrap_or_default();
    let (title, text): (Message, Message) = match path {
        "/danh-gia" => (words::RATING, words::RATING_NOT_YET),
        "/phan-anh" => (shell_words::FEEDBACK, words::FEEDBACK_NOT_YET),
        "/hoi-dap" => (shell_words::QUESTIONS, words::QUESTIONS_NOT_YET),
        _ => (shell_words::FIGURES, words::FIGURES_NOT_YET),
    };
    let main = html! {
        h1 { (title.say(lang)) }
        p { (text.say(lang)) }
        (call(&site, lang))
        p { a href="/" { (words::TO_HOME.say(lang)) } }
    };
    let page = Page { title: title.say(lang), ..Page::default() };
    answer(&site, &visitor, StatusCode::OK, &page, &main)
}

/// `GET /tiep-can`.
pub(super) async fn access(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    let lang = visitor.lang;
    let csrf = visitor.csrf(&site);
    let main = html! {
        h1 { (words::ACCESS_TITLE.say(lang)) }
        p { (words::ACCESS_INTRO.say(lang)) }
        ul {
            li { (words::ACCESS_KEYS.say(lang)) }
            li { (words::ACCESS_READER.say(lang)) }
            li { (words::ACCESS_SCRIPTS.say(lang)) }
        }
        p { (words::ACCESS_HELP.say(lang)) }
        (call(&site, lang))
        (look_choice(lang, visitor.look, &csrf, "", "/tiep-can"))
    };
    let page = Page { title: words::ACCESS_TITLE.say(lang), indexed: true, ..Page::default() };
    answer(&site, &visitor, StatusCode::OK, &page, &main)
}

/// `POST /giao-dien`.
pub(super) async fn set_look(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let mut response = see_other(own_path(posted.value("back")).unwrap_or("/"));
        // A cookie that cannot be added leaves the look as it was.
        let _ = response.add_cookie(&look_cookie(Look::from_id(posted.value("look"))));
        Ok(response)
    };
    settle(&site, &visitor, result.await)
}
