//! What is told where personal data are asked for, and the box of what needs consent.

use maud::{Markup, html};

use super::choice::checkbox;
use super::facts::{SummaryRow, summary_list};
use super::field::Field;
use crate::domain::privacy::{ConsentText, Notice};
use crate::domain::words::Lang;
use crate::web::words::privacy as words;

/// The page that says all of it.
const RIGHTS: &str = "/quyen-du-lieu";

/// A notice that opens: for what, on which ground, how long, who sees it, which rights.
pub fn privacy_note(lang: Lang, notice: Option<&Notice>) -> Markup {
    html! {
        @if let Some(notice) = notice {
            details.privacy {
                summary { (words::NOTE.say(lang)) }
                (notice_facts(lang, notice))
                p { (words::RIGHTS_SHORT.say(lang)) " " a href=(RIGHTS) { (words::RIGHTS_MORE.say(lang)) } }
            }
        }
    }
}

/// The four facts of a notice.
pub fn notice_facts(lang: Lang, notice: &Notice) -> Markup {
    let rows = [
        (words::WHAT_FOR, &notice.what_for),
        (words::GROUND, &notice.ground),
        (words::KEPT, &notice.kept),
        (words::SEEN_BY, &notice.seen_by),
    ];
    let rows = rows.map(|(label, text)| SummaryRow::text(label.say(lang), text.say(lang)));
    summary_list(lang, &rows)
}

/// The box of a purpose: never ticked but by the person who sees it.
pub fn consent_box(
    lang: Lang,
    name: &str,
    asked: &ConsentText,
    error: &str,
    ticked: bool,
) -> Markup {
    let field = Field {
        name,
        label: asked.ask.say(lang),
        hint: asked.about.say(lang),
        error,
        ..Field::default()
    };
    checkbox(lang, &field, "1", ticked)
}
