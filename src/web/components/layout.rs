//! One thing beside another, and boxes around things that belong together.

use maud::{Markup, html};

/// The content with a box at its right, such as the facts and the one button of a procedure. A
/// phone shows the box first. Needs `PageFrame::wide`.
pub fn side_right(side: &Markup, content: &Markup) -> Markup {
    html! {
        div.columns.side-right { div.side { (side) } div.content { (content) } }
    }
}

/// As [`side_right`] with what is to be read first above the rest of the content: a phone shows it,
/// then the box, then the rest.
pub fn lead_side_right(lead: &Markup, side: &Markup, content: &Markup) -> Markup {
    html! {
        div.columns.side-right.with-lead {
            div.content { (lead) }
            div.side { (side) }
            div.content.rest { (content) }
        }
    }
}

/// The content with a list at its left, such as the queues of the inbox. A phone shows the list
/// first. Needs `PageFrame::wide`.
pub fn side_left(side: &Markup, content: &Markup) -> Markup {
    html! {
        div.columns.side-left { div.side { (side) } div.content { (content) } }
    }
}

/// A box with an optional heading (empty: none).
pub fn panel(heading: &str, content: &Markup) -> Markup {
    html! {
        section.box {
            @if !heading.is_empty() { h2 { (heading) } }
            (content)
        }
    }
}

/// A link of a list, with how many things it leads to.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListedLink<'a> {
    /// Its address.
    pub href: &'a str,
    /// Its words.
    pub label: &'a str,
    /// How many things it leads to, if that is worth saying.
    pub count: Option<u64>,
}

/// Links under each other; `spread` sets them in columns where there is room.
pub fn link_list(spread: bool, links: &[ListedLink<'_>]) -> Markup {
    html! {
        ul.links.spread[spread] {
            @for link in links {
                li {
                    a href=(link.href) { (link.label) }
                    @if let Some(count) = link.count { " " span.count { "(" (count) ")" } }
                }
            }
        }
    }
}
