//! What can be done now, for one thing or for many, and the page that asks before it is done.

use maud::{Markup, html};

use super::field::some;
use super::form::{Button, Form, button, form};
use super::icon::{Icon, icon};
use crate::domain::words::Lang;
use crate::web::words::components as words;

/// Something that can be done now.
#[derive(Clone, Copy, Debug, Default)]
pub struct Action<'a> {
    /// The verb.
    pub label: &'a str,
    /// The page with its form.
    pub href: &'a str,
    /// The key that opens it, such as `F9`; or empty.
    pub key: &'a str,
    /// Whether its page is a `confirm`, which scripts may open as a dialog.
    pub asks: bool,
}

/// Something that cannot be done now, and why.
#[derive(Clone, Copy, Debug, Default)]
pub struct RefusedAction<'a> {
    /// The verb.
    pub label: &'a str,
    /// Why not.
    pub reason: &'a str,
    /// The legal source of the rule; or empty.
    pub basis: &'a str,
}

/// What can be done now with one dossier.
#[derive(Clone, Debug, Default)]
pub struct ActionPanel<'a> {
    /// The main thing: a form or a button link, as made by `form` or `button_link`.
    pub main: Option<Markup>,
    /// The others, as links to their forms.
    pub others: &'a [Action<'a>],
    /// What cannot be done, and why.
    pub refused: &'a [RefusedAction<'a>],
}

/// "Việc làm được ngay".
pub fn action_panel(lang: Lang, panel: &ActionPanel<'_>) -> Markup {
    html! {
        section.actions aria-labelledby="viec" {
            h2 id="viec" { (words::ACTIONS_NOW.say(lang)) }
            @if panel.main.is_none() && panel.others.is_empty() {
                p.muted { (words::NO_ACTION.say(lang)) }
            }
            @if let Some(main) = &panel.main { (main) }
            @if !panel.others.is_empty() {
                ul.action-links {
                    @for action in panel.others {
                        li {
                            a href=(action.href) data-key=[some(action.key)]
                                data-dialog[action.asks] {
                                (action.label)
                                @if !action.key.is_empty() { " " kbd { (action.key) } }
                            }
                        }
                    }
                }
            }
            @if !panel.refused.is_empty() {
                details.refused {
                    summary { (words::NOT_YET.say(lang)) " (" (panel.refused.len()) ")" }
                    ul { @for action in panel.refused { li { (refused(lang, action)) } } }
                }
            }
        }
    }
}

fn refused(lang: Lang, action: &RefusedAction<'_>) -> Markup {
    html! {
        strong { (action.label) } ": "
        @if action.basis.is_empty() { (action.reason) }
        @else {
            (words::BECAUSE.fill(lang, &[("reason", action.reason), ("basis", action.basis)]))
        }
    }
}

/// Something that can be done with every ticked row.
#[derive(Clone, Copy, Debug, Default)]
pub struct BulkAction<'a> {
    /// The verb.
    pub label: &'a str,
    /// The value sent under the name `viec`.
    pub value: &'a str,
    /// A control that belongs to it, such as to whom to assign.
    pub with: Option<&'a Markup>,
    /// Whether the answer opens beside the page.
    pub new_tab: bool,
}

/// The bar under a table with ticks; stands in the same form. Scripts count the ticks.
pub fn bulk_bar(lang: Lang, actions: &[BulkAction<'_>]) -> Markup {
    html! {
        div.bulk role="group" aria-label=(words::ON_CHOSEN.say(lang)) {
            p.chosen role="status" data-chosen=(words::CHOSEN.say(lang)) {
                (words::ON_CHOSEN.say(lang))
            }
            @for action in actions {
                @if let Some(with) = action.with { (with) }
                (button(&Button {
                    label: action.label,
                    name: "viec",
                    value: action.value,
                    secondary: true,
                    new_tab: action.new_tab,
                    ..Button::default()
                }))
            }
        }
    }
}

/// A page that asks before something is done that has consequences.
#[derive(Clone, Debug)]
pub struct Confirm<'a> {
    /// The question as heading, such as "Dừng giải quyết hồ sơ H40.12-261123-0001".
    pub title: &'a str,
    /// What happens, what cannot be undone.
    pub consequences: Markup,
    /// The verb of the button.
    pub label: &'a str,
    /// Whether it cannot be undone.
    pub danger: bool,
    /// The way back.
    pub back: &'a str,
    /// The form's address, token and key.
    pub form: Form<'a>,
    /// Hidden and visible fields that belong to it.
    pub fields: Markup,
}

/// Asks; works as a page, and inside a dialog when a script opens it there.
pub fn confirm(lang: Lang, ask: &Confirm<'_>) -> Markup {
    let inner = html! {
        (ask.fields)
        div.buttons {
            (button(&Button { label: ask.label, danger: ask.danger, ..Button::default() }))
            a href=(ask.back) data-close="" { (words::NO_GO_BACK.say(lang)) }
        }
    };
    html! {
        div.confirm {
            h1 { (ask.title) }
            div.consequences { (icon(Icon::Alert)) div { (ask.consequences) } }
            (form(lang, &ask.form, &inner))
        }
    }
}
