//! A question with its label, hint, error and control.

use maud::{Markup, html};

use super::icon::{Icon, icon};
use crate::domain::refusal::FieldError;
use crate::domain::words::Lang;
use crate::web::words::components as words;

/// How wide a control is drawn: as wide as the answer that it expects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// The whole column.
    #[default]
    Full,
    /// About 24 characters: codes, telephone and identity numbers, dates.
    Medium,
    /// About 8 characters: one-time codes, small numbers.
    Short,
}

impl Width {
    const fn class(self) -> &'static str {
        match self {
            Self::Full => "w-full",
            Self::Medium => "w-medium",
            Self::Short => "w-short",
        }
    }
}

/// A question. Only `name` and `label` are always set; the rest defaults to absent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Field<'a> {
    /// The name that the form sends.
    pub name: &'a str,
    /// What is asked.
    pub label: &'a str,
    /// How to answer; or empty.
    pub hint: &'a str,
    /// What is wrong and how to repair it; or empty.
    pub error: &'a str,
    /// A remark on the answer that does not refuse it; or empty.
    pub warning: &'a str,
    /// The answer so far.
    pub value: &'a str,
    /// Whether it may stay empty; then the label says so.
    pub optional: bool,
    /// The `autocomplete` token; or empty, as good as `off`.
    pub autocomplete: &'a str,
    /// The `inputmode`, such as `numeric`; or empty.
    pub inputmode: &'a str,
    /// The `type`, when it is not `text`.
    pub kind: &'a str,
    /// The longest answer, in characters.
    pub max_length: Option<u32>,
    /// The `id` of a [`suggestions`] list; or empty.
    pub list: &'a str,
    /// How wide the control is.
    pub width: Width,
    /// Whether the answer was taken from the account; then the field says so.
    pub prefilled: bool,
    /// Whether the answer is shown but cannot be changed.
    pub readonly: bool,
    /// The key that moves here, such as `F2`; or empty.
    pub key: &'a str,
    /// Whether the browser starts here.
    pub autofocus: bool,
}

impl Field<'_> {
    /// The control's `id`.
    pub fn id(&self) -> String {
        field_id(self.name)
    }

    pub(super) fn described_by(&self) -> Option<String> {
        let id = self.id();
        let parts: Vec<String> = [
            (!self.hint.is_empty()).then(|| format!("{id}-hint")),
            self.prefilled.then(|| format!("{id}-from")),
            (!self.error.is_empty()).then(|| format!("{id}-error")),
            (!self.warning.is_empty()).then(|| format!("{id}-warning")),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    /// What the browser may fill in; what it may not is said by the form.
    pub(super) fn token(&self) -> Option<&str> {
        some(self.autocomplete).filter(|token| *token != "off")
    }

    pub(super) fn invalid(&self) -> Option<&'static str> {
        (!self.error.is_empty()).then_some("true")
    }

    pub(super) fn class(&self) -> &'static str {
        if self.error.is_empty() { "field" } else { "field field-refused" }
    }
}

/// The `id` of the control of a field: stable, so that the error summary can link to it.
pub fn field_id(name: &str) -> String {
    let mut id = String::with_capacity(name.len() + 2);
    id.push_str("f-");
    id.extend(name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }));
    id.truncate(id.trim_end_matches('-').len().max(2));
    id
}

/// The error of the field `name` among a refusal's, or the empty text.
pub fn error_for<'a>(errors: &'a [FieldError], name: &str, lang: Lang) -> &'a str {
    errors.iter().find(|error| error.field == name).map_or("", |error| error.text.say(lang))
}

pub(super) fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

pub(super) fn label_words(lang: Lang, field: &Field<'_>) -> Markup {
    html! {
        (field.label)
        @if field.optional { " " span.optional { (words::OPTIONAL.say(lang)) } }
        @if !field.key.is_empty() { " " kbd { (field.key) } }
    }
}

pub(super) fn remarks(lang: Lang, field: &Field<'_>) -> Markup {
    let id = field.id();
    html! {
        @if !field.hint.is_empty() { p.hint id={ (id) "-hint" } { (field.hint) } }
        @if field.prefilled { p.hint id={ (id) "-from" } { (words::PREFILLED.say(lang)) } }
        @if !field.error.is_empty() {
            p.error id={ (id) "-error" } {
                (icon(Icon::Alert))
                span { span.hidden { (words::ERROR.say(lang)) " " } (field.error) }
            }
        }
        @if !field.warning.is_empty() {
            p.warning id={ (id) "-warning" } {
                (icon(Icon::Info))
                span { span.hidden { (words::WARNING.say(lang)) " " } (field.warning) }
            }
        }
    }
}

/// One line of text.
pub fn text_field(lang: Lang, field: &Field<'_>) -> Markup {
    let kind = some(field.kind).unwrap_or("text");
    html! {
        div class=(field.class()) {
            label for=(field.id()) { (label_words(lang, field)) }
            (remarks(lang, field))
            (input(field, kind))
        }
    }
}

/// Answers that boxes with its `id` as their list suggest while somebody types; any other may be typed.
pub fn suggestions(id: &str, answers: &[&str]) -> Markup {
    html! { datalist id=(id) { @for answer in answers { option { (answer) } } } }
}

/// A password: never prefilled, never kept as a draft.
pub fn password_field(lang: Lang, field: &Field<'_>) -> Markup {
    text_field(lang, &Field { kind: "password", value: "", ..*field })
}

pub(super) fn input(field: &Field<'_>, kind: &str) -> Markup {
    html! {
        input id=(field.id()) name=(field.name) type=(kind) class=(field.width.class())
            value=[some(field.value)] autocomplete=[field.token()]
            inputmode=[some(field.inputmode)] maxlength=[field.max_length] list=[some(field.list)]
            aria-describedby=[field.described_by()] aria-invalid=[field.invalid()]
            data-key=[some(field.key)]
            readonly[field.readonly] autofocus[field.autofocus];
    }
}

/// Several lines of text, `rows` high at first; it grows with its words where the browser can.
pub fn text_area(lang: Lang, field: &Field<'_>, rows: u8) -> Markup {
    html! {
        div class=(field.class()) {
            label for=(field.id()) { (label_words(lang, field)) }
            (remarks(lang, field))
            textarea id=(field.id()) name=(field.name) rows=(rows) class=(field.width.class())
                autocomplete=[field.token()] maxlength=[field.max_length]
                aria-describedby=[field.described_by()] aria-invalid=[field.invalid()]
                data-key=[some(field.key)] readonly[field.readonly] autofocus[field.autofocus]
                { "\n" (field.value) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, field_id, text_area, text_field};
    use crate::domain::words::Lang;

    #[test]
    fn ids_survive_paths_and_indexes() {
        assert_eq!(field_id("applicant.name"), "f-applicant-name");
        assert_eq!(field_id("components[2]"), "f-components-2");
        assert_eq!(field_id(""), "f-");
    }

    #[test]
    fn names_with_quotes_and_markup_stay_words() {
        let name = r#"Trần "Ba" <b>O'Neil</b> & Cộng sự"#;
        let field = Field { name: "ten", label: name, value: name, ..Field::default() };
        let line = text_field(Lang::Vi, &field).into_string();
        assert!(!line.contains("<b>"));
        assert!(
            line.contains(r#"value="Trần &quot;Ba&quot; &lt;b&gt;O'Neil&lt;/b&gt; &amp; Cộng sự""#)
        );
        let area = text_area(Lang::Vi, &Field { value: "</textarea>", ..field }, 3).into_string();
        assert_eq!(area.matches("</textarea>").count(), 1);
    }

    #[test]
    fn the_control_names_its_hint_and_its_error() {
        let field = Field { name: "ten", label: "Tên", hint: "H", error: "E", ..Field::default() };
        let page = text_field(Lang::Vi, &field).into_string();
        assert!(page.contains(r#"aria-describedby="f-ten-hint f-ten-error" aria-invalid="true""#));
        assert!(page.contains(r#"id="f-ten-hint""#) && page.contains(r#"id="f-ten-error""#));
    }
}
