//! Things in a list that are more than a row, and lists without a thing.

use maud::{Markup, html};

use crate::domain::words::Lang;
use crate::web::words::components as words;

/// A procedure in a list.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProcedureCard<'a> {
    /// Its page.
    pub href: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its code.
    pub code: &'a str,
    /// Field, duration, fee, ways: a few words each.
    pub facts: &'a [&'a str],
}

/// A procedure: its name as a heading link, and its facts on one line.
pub fn procedure_card(card: &ProcedureCard<'_>) -> Markup {
    html! {
        article.card {
            h2 { a href=(card.href) { (card.name) } }
            p.facts {
                @for (index, fact) in card.facts.iter().enumerate() {
                    @if index > 0 { "\u{a0}· " }
                    (fact)
                }
            }
            @if !card.code.is_empty() { p.code { (card.code) } }
        }
    }
}

/// Cards under each other; `ordered` when the order means something, as in search results.
pub fn card_list(ordered: bool, cards: &[Markup]) -> Markup {
    html! {
        @if ordered { ol.cards { @for card in cards { li { (card) } } } }
        @else { ul.cards { @for card in cards { li { (card) } } } }
    }
}

/// A list without a thing in it.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmptyState<'a> {
    /// What is not there, such as "Chưa có hồ sơ nào."
    pub words: &'a str,
    /// Where to go instead; or empty.
    pub href: &'a str,
    /// The words of that way.
    pub way: &'a str,
}

/// Says that there is nothing, and shows a way out.
pub fn empty_state(lang: Lang, empty: &EmptyState<'_>) -> Markup {
    html! {
        p.empty {
            @if empty.words.is_empty() { (words::NONE_YET.say(lang)) } @else { (empty.words) }
            @if !empty.href.is_empty() { " " a href=(empty.href) { (empty.way) } }
        }
    }
}
