//! Every component in its states, with the long words that real offices have.

use maud::{Markup, html};

use super::{Icon, icon, status_tag};
use crate::domain::words::Lang;

/// The body of `/quan-tri/thanh-phan`.
pub fn gallery(lang: Lang) -> Markup {
    html! {
        h1 { "Thành phần giao diện" }
        @for code in 1..=10 { p { (status_tag(lang, code)) } }
        @for drawing in Icon::ALL { (icon(drawing)) }
    }
}
