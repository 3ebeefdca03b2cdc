//! The search above a list of procedures: words, and whether only those count that have one of their
//! own.

use maud::{Markup, html};

use crate::domain::catalogue::Procedure;
use crate::domain::words::{Lang, fold};
use crate::web::address::percent_path;
use crate::web::components::{
    Button, Field, Form, Method, Pages, button, checkbox, form, pagination, text_field,
};
use crate::web::desk::posted::Posted;

/// Rows of a page.
pub const ROWS: usize = 50;

/// The words of a search.
pub struct Finding<'a> {
    /// The list.
    pub here: &'a str,
    /// What the box asks.
    pub find: &'a str,
    /// What the tick says.
    pub only_own: &'a str,
    /// The button.
    pub show: &'a str,
    /// What was asked.
    pub sent: &'a Posted,
}

/// What is looked for in a list of procedures, folded once.
pub struct Wanted(String);

impl Wanted {
    /// The words of a search.
    pub fn of(text: &str) -> Self {
        Self(fold(text))
    }

    /// Whether a procedure's name or code has them.
    pub fn fits(&self, procedure: &Procedure) -> bool {
        let has = |text| fold(text).contains(&self.0);
        self.0.is_empty() || has(&procedure.name) || has(procedure.code.as_str())
    }
}

impl Finding<'_> {
    /// Whether only what has one of its own is shown.
    pub fn is_only_own(&self) -> bool {
        self.sent.has("co")
    }

    /// The first row of the page.
    pub fn from(&self) -> usize {
        self.sent.get("tu").parse().unwrap_or(0)
    }

    /// The words.
    pub fn wanted(&self) -> Wanted {
        Wanted::of(self.sent.get("q"))
    }

    /// The search.
    pub fn search(&self, lang: Lang) -> Markup {
        let field = Field {
            name: "q",
            label: self.find,
            value: self.sent.get("q"),
            kind: "search",
            autocomplete: "off",
            key: "F2",
            max_length: Some(200),
            ..Field::default()
        };
        let only = Field { name: "co", label: self.only_own, ..Field::default() };
        let body = html! {
            (text_field(lang, &field))
            (checkbox(lang, &only, "1", self.is_only_own()))
            (button(&Button { label: self.show, secondary: true, ..Button::default() }))
        };
        let frame = Form { action: self.here, method: Method::Get, ..Form::default() };
        html! { search.row { (form(lang, &frame, &body)) } }
    }

    /// The links to the pages before and after, of so many that were found.
    pub fn pages(&self, lang: Lang, found: usize) -> Markup {
        let at = |from: usize| {
            let only = if self.is_only_own() { "&co=1" } else { "" };
            format!("{}?q={}{only}&tu={from}", self.here, percent_path(self.sent.get("q")))
        };
        let from = self.from();
        let newer = if from > 0 { at(from.saturating_sub(ROWS)) } else { String::new() };
        let older = if found > from + ROWS { at(from + ROWS) } else { String::new() };
        pagination(lang, &Pages { newer: &newer, older: &older, undated: true, ..Pages::default() })
    }
}
