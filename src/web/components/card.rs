//! Things in a list that are more than a row, and lists without a thing.

use std::ops::Range;

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
    /// What in its name answers the question: places in bytes, in order.
    pub marks: &'a [Range<usize>],
    /// Field, duration, fee, ways: a few words each.
    pub facts: &'a [&'a str],
}

/// A procedure: its name as a heading link, and its facts on one line.
pub fn procedure_card(card: &ProcedureCard<'_>) -> Markup {
    html! {
        article.card {
            h2 { a href=(card.href) { (marked(card.name, card.marks)) } }
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

/// A text in parts, and of each whether it is marked. Places that are none are left out.
pub fn in_parts<'a>(text: &'a str, marks: &[Range<usize>]) -> Vec<(&'a str, bool)> {
    let (mut parts, mut end) = (Vec::new(), 0);
    for mark in marks {
        let (Some(before), Some(inside)) = (text.get(end..mark.start), text.get(mark.clone()))
        else {
            continue;
        };
        parts.extend([(before, false), (inside, true)]);
        end = mark.end;
    }
    parts.extend(text.get(end..).map(|rest| (rest, false)));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

/// A text with the words that answer a question marked.
pub fn marked(text: &str, marks: &[Range<usize>]) -> Markup {
    html! {
        @for (part, is_marked) in in_parts(text, marks) {
            @if is_marked { mark { (part) } } @else { (part) }
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

#[cfg(test)]
mod tests {
    use super::{in_parts, marked};

    #[test]
    fn words_that_answer_are_marked() {
        let text = "Đăng ký tạm trú";
        let at = text.find("tạm").unwrap();
        let places = vec![at..text.len(), text.len()..text.len()];
        assert_eq!(in_parts(text, &places), [("Đăng ký ", false), ("tạm trú", true)]);
        assert_eq!(marked(text, &places).into_string(), "Đăng ký <mark>tạm trú</mark>");
        let broken = vec![1..3, 2..3];
        assert_eq!(in_parts(text, &broken), [(text, false)], "a place inside a letter is none");
        assert!(in_parts("", &[0..9, 3..4]).is_empty());
    }
}
