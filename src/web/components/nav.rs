//! Ways through the pages.

use maud::{Markup, html};

use super::field::{field_id, some};
use crate::domain::words::Lang;
use crate::web::words::components as words;

/// A page above this one.
#[derive(Clone, Copy, Debug)]
pub struct Crumb<'a> {
    /// Its address.
    pub href: &'a str,
    /// Its name.
    pub label: &'a str,
}

/// The pages above this one, topmost first; a phone shows only the nearest.
pub fn breadcrumb(lang: Lang, above: &[Crumb<'_>]) -> Markup {
    html! {
        @if !above.is_empty() {
            nav.breadcrumb aria-label=(words::BREADCRUMB.say(lang)) {
                ol { @for crumb in above { li { a href=(crumb.href) { (crumb.label) } } } }
            }
        }
    }
}

/// The way back inside a form.
pub fn back_link(lang: Lang, href: &str) -> Markup {
    html! { p.back { a href=(href) { (words::BACK.say(lang)) } } }
}

/// One of several views of a thing, each with an address.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tab<'a> {
    /// Its address.
    pub href: &'a str,
    /// Its name.
    pub label: &'a str,
    /// How many things it holds, if that is worth saying.
    pub count: Option<u64>,
    /// Whether it is this page.
    pub current: bool,
}

/// Views of a thing, as links; `label` names the group for screen readers.
pub fn tabs(label: &str, tabs: &[Tab<'_>]) -> Markup {
    html! { nav.tabs aria-label=(label) { (links(tabs)) } }
}

fn links(tabs: &[Tab<'_>]) -> Markup {
    html! {
        ul {
            @for tab in tabs {
                li {
                    a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                        (tab.label)
                        @if let Some(count) = tab.count { " " span.count { (count) } }
                    }
                }
            }
        }
    }
}

/// Pages under one heading.
#[derive(Clone, Debug, Default)]
pub struct Group<'a> {
    /// The heading; it leads to the first page.
    pub label: &'a str,
    /// The pages; a group without any is left out.
    pub pages: Vec<Tab<'a>>,
}

/// Many pages in groups: the headings in a row, below them the pages of the group that is open. On a
/// phone all of them stand behind the page that is open.
pub fn sections(label: &str, groups: &[Group<'_>]) -> Markup {
    let open = groups.iter().flat_map(|group| &group.pages).find(|page| page.current);
    html! {
        nav.sections aria-label=(label) {
            details {
                summary { (label) @if let Some(open) = open { ": " strong { (open.label) } } }
                ul.groups {
                    @for group in groups {
                        @if let Some(first) = group.pages.first() {
                            @let is_open = group.pages.iter().any(|page| page.current);
                            li.open[is_open] {
                                a.group href=(first.href) aria-current=[is_open.then_some("true")] {
                                    (group.label)
                                }
                                (links(&group.pages))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A step of a form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Step<'a> {
    /// Its name.
    pub label: &'a str,
    /// Where it can be seen again, when it is done; or empty.
    pub href: &'a str,
}

/// "Bước 2 / 5" with the names of all steps; `current` counts from 1. Stands over the `h1`.
pub fn steps(lang: Lang, current: usize, items: &[Step<'_>]) -> Markup {
    let (n, of) = (current.to_string(), items.len().to_string());
    html! {
        nav.steps aria-label=(words::STEPS.say(lang)) {
            p { (words::STEP.fill(lang, &[("n", &n), ("of", &of)])) }
            ol {
                @for (index, step) in items.iter().enumerate() {
                    li.done[index + 1 < current]
                        aria-current=[(index + 1 == current).then_some("step")] {
                        @if index + 1 < current && !step.href.is_empty() {
                            a href=(step.href) {
                                (step.label)
                                span.hidden { ", " (words::STEP_DONE.say(lang)) }
                            }
                        } @else { span { (step.label) } }
                    }
                }
            }
        }
    }
}

/// A box that asks for a page of results.
#[derive(Clone, Copy, Debug)]
pub struct SearchBox<'a> {
    /// Where the question goes.
    pub action: &'a str,
    /// The visible label; empty: "Tìm thủ tục".
    pub label: &'a str,
    /// How to ask; or empty.
    pub hint: &'a str,
    /// The question so far.
    pub value: &'a str,
    /// Where scripts get suggestions (JSON `[{code, name, url, parts}]`); or empty.
    pub suggest: &'a str,
    /// The key that moves here, such as `F2`; or empty.
    pub key: &'a str,
    /// Whether the label is the page's `h1`.
    pub heading: bool,
}

impl Default for SearchBox<'_> {
    fn default() -> Self {
        Self {
            action: "/thu-tuc",
            label: "",
            hint: "",
            value: "",
            suggest: "/thu-tuc/goi-y",
            key: "",
            heading: false,
        }
    }
}

/// A search box.
pub fn search_box(lang: Lang, search: &SearchBox<'_>) -> Markup {
    let label = some(search.label).unwrap_or(words::FIND_PROCEDURE.say(lang));
    let id = field_id("q");
    let hint = (!search.hint.is_empty()).then(|| format!("{id}-hint"));
    html! {
        form.search role="search" action=(search.action) method="get" {
            @if search.heading { h1 { label for=(id) { (label) } } }
            @else {
                label for=(id) {
                    (label) @if !search.key.is_empty() { " " kbd { (search.key) } }
                }
            }
            div.search-row {
                div.combobox {
                    input id=(id) name="q" type="search" value=[some(search.value)]
                        autocomplete="off" enterkeyhint="search" aria-describedby=[hint.as_deref()]
                        data-key=[some(search.key)] data-suggest=[some(search.suggest)]
                        data-label=(words::SUGGESTIONS.say(lang))
                        data-count=(words::SUGGESTIONS_COUNT.say(lang));
                }
                button.button type="submit" { (words::FIND_PROCEDURE.say(lang)) }
            }
            @if let Some(hint) = &hint { p.hint id=(hint) { (search.hint) } }
        }
    }
}

/// The ways to the neighbouring pages of a list that is read by cursor.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pages<'a> {
    /// The address of the newer rows; or empty.
    pub newer: &'a str,
    /// The address of the older rows; or empty.
    pub older: &'a str,
    /// Whether the list was cut short before its end: then the older link says "Xem tiếp".
    pub partial: bool,
    /// Whether its rows are neither newer nor older, as procedures are: then it has pages.
    pub undated: bool,
}

/// "‹ Mới hơn", "Cũ hơn ›"; of what has no date "‹ Trang trước", "Trang sau ›".
pub fn pagination(lang: Lang, pages: &Pages<'_>) -> Markup {
    let (newer, older) = match (pages.undated, pages.partial) {
        (true, _) => (words::PAGE_BEFORE, words::PAGE_AFTER),
        (false, true) => (words::NEWER, words::MORE),
        (false, false) => (words::NEWER, words::OLDER),
    };
    html! {
        @if !pages.newer.is_empty() || !pages.older.is_empty() {
            nav.pagination aria-label=(words::PAGING.say(lang)) {
                @if !pages.newer.is_empty() {
                    a rel="prev" href=(pages.newer) { "‹ " (newer.say(lang)) }
                }
                @if !pages.older.is_empty() {
                    a rel="next" href=(pages.older) { (older.say(lang)) " ›" }
                }
            }
        }
    }
}
