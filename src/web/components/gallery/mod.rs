//! Every component in its states, with the long words that real offices have. The page
//! `/quan-tri/thanh-phan` shows it, and the tests read it for what no page may contain.

mod asking;
mod showing;

use maud::{Markup, html};

use crate::domain::words::Lang;

/// The body of `/quan-tri/thanh-phan`.
pub fn gallery(lang: Lang) -> Markup {
    html! {
        h1 { "Thành phần giao diện" }
        p { "Mỗi thành phần có một cách dựng. Trang này bày ra mọi trạng thái của chúng." }
        (showing::showing(lang))
        (asking::asking(lang))
    }
}

/// A named part of the gallery.
fn part(name: &str, content: &Markup) -> Markup {
    html! { section { h2 { (name) } (content) } }
}

#[cfg(test)]
mod tests;
