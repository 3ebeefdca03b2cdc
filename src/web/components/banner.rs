//! What happened, said where it stays.

use maud::{Markup, html};

use super::icon::{Icon, icon};
use crate::domain::words::Lang;
use crate::web::words::components as words;

/// What a banner tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BannerKind {
    /// It worked.
    Done,
    /// Something to know.
    Note,
    /// It could not be done.
    Refused,
}

/// A banner: an icon, a word for its kind, and the sentence. It stands on the next page.
pub fn banner(lang: Lang, kind: BannerKind, sentence: &Markup) -> Markup {
    let word = match kind {
        BannerKind::Done => words::DONE,
        BannerKind::Note => words::NOTE,
        BannerKind::Refused => words::REFUSED,
    };
    banner_named(kind, word.say(lang), sentence)
}

/// A banner that begins with its own finding: where something was found out, nothing was done or
/// refused.
pub fn banner_named(kind: BannerKind, finding: &str, sentence: &Markup) -> Markup {
    let (class, drawing) = match kind {
        BannerKind::Done => ("banner banner-ok", Icon::Tick),
        BannerKind::Note => ("banner banner-note", Icon::Info),
        BannerKind::Refused => ("banner banner-bad", Icon::Cross),
    };
    html! {
        div class=(class) role="status" {
            (icon(drawing))
            div { strong { (finding) } div { (sentence) } }
        }
    }
}

/// A place where a script says "Có 2 hồ sơ mới. Tải lại": it asks `url` every `seconds`, which
/// answers `{"new": 2}`. Without scripts it stays empty.
pub fn live_note(lang: Lang, url: &str, seconds: u32) -> Markup {
    html! {
        p.live role="status" data-poll=(url) data-every=(seconds)
            data-words=(words::NEW_DOSSIERS.say(lang)) data-reload=(words::RELOAD.say(lang)) {}
    }
}

/// The body of a page that failed: what happened, a way on, a reference.
#[derive(Clone, Debug)]
pub struct ErrorPage<'a> {
    /// The heading, such as "Không tìm thấy trang".
    pub title: &'a str,
    /// What to do next.
    pub advice: Markup,
    /// The reference number for the helper; or empty.
    pub reference: &'a str,
}

/// The body of a page that failed.
pub fn error_page(lang: Lang, page: &ErrorPage<'_>) -> Markup {
    html! {
        h1 { (page.title) }
        (page.advice)
        @if !page.reference.is_empty() {
            p.hint { (words::REFERENCE.fill(lang, &[("code", page.reference)])) }
        }
    }
}
