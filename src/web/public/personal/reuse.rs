//! One's own papers where a paper is asked for: those that fit are offered, and go along as copies.

use jiff::civil::Date;
use maud::{Markup, html};

use super::list::standing;
use crate::domain::calendar::local;
use crate::domain::calendar::words::date_short;
use crate::domain::personal::{Holds, PersonalPaper};
use crate::domain::words::Lang;
use crate::office::personal::{Papers, no_paper};
use crate::office::uploads::Upload;
use crate::office::{Caller, Failure};
use crate::web::Site;
use crate::web::visitor::Visitor;
use crate::web::words::public_personal as words;

/// The button that takes a paper: its value is the field's name and the paper's id.
pub(in crate::web::public) const BUTTON: &str = "_reuse";
/// Papers that are offered for one component.
const MOST: usize = 8;
/// Papers that stand in the open.
const SHOWN: usize = 2;

/// The papers that a component may be, with a button each.
pub(in crate::web::public) fn offer(
    site: &Site,
    visitor: &Visitor,
    papers: &Papers,
    (field, component): (&str, &str),
) -> Markup {
    let (lang, today) = (visitor.lang, local(site.office.now()).date());
    let mut fitting = papers.fitting(component, today);
    fitting.truncate(MOST);
    let (shown, others) = fitting.split_at(fitting.len().min(SHOWN));
    html! {
        @if !shown.is_empty() {
            div.reuse {
                p { strong { (words::REUSE.say(lang)) } span.hidden { ": " (component) } }
                ul.plain { @for paper in shown { (row(paper, field, today, lang)) } }
                @if !others.is_empty() {
                    details {
                        summary { (words::REUSE_OTHERS.fill(lang, &[("n", &others.len().to_string())])) }
                        ul.plain { @for paper in others { (row(paper, field, today, lang)) } }
                    }
                }
            }
        }
    }
}

/// A paper with its button, or why it cannot be used.
fn row(paper: &PersonalPaper, field: &str, today: Date, lang: Lang) -> Markup {
    html! {
        li {
            (paper.origin.name)
            @if let Some(number) = &paper.origin.number {
                " – " (words::NUMBER.say(lang)) " " (number)
            }
            @if let Some(day) = paper.origin.issued_on { ", " (date_short(day)) }
            " " (standing(paper, today, lang))
            @if paper.holds(today) == Holds::No {
                p.hint { (words::CANNOT_USE.say(lang)) }
            } @else {
                " "
                button.button.button-secondary type="submit" name=(BUTTON)
                    value={ (field) "|" (paper.id) } formnovalidate {
                    (words::USE.say(lang))
                    span.hidden { ": " (paper.origin.name) }
                }
            }
        }
    }
}

/// Copies of the paper that a button names, with the field that they belong to.
///
/// # Errors
/// There is no such paper, it no longer holds, or the disk fails.
pub(in crate::web::public) async fn take(
    site: &Site,
    contact: &str,
    value: &str,
    owner: &Caller,
) -> Result<(String, Vec<Upload>), Failure> {
    let (field, id) = value.split_once('|').ok_or_else(no_paper)?;
    let id = id.parse().map_err(|_| no_paper())?;
    let files = site.office.reuse_paper(contact, id, owner).await?;
    Ok((field.to_owned(), files))
}
