//! Questions that are answered by choosing.

use maud::{Markup, html};

use super::field::{Field, label_words, remarks, some};
use crate::domain::words::Lang;
use crate::web::words::components as words;

/// One possible answer.
#[derive(Clone, Debug, Default)]
pub struct Choice<'a> {
    /// What the form sends.
    pub value: &'a str,
    /// What the person reads.
    pub label: &'a str,
    /// What it means; or empty.
    pub hint: &'a str,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Questions that belong to this answer only; shown below it. Scripts hide them until chosen.
    pub below: Option<Markup>,
}

/// One of few answers, as large rows.
pub fn radios(lang: Lang, field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    group(lang, field, choices, "radio")
}

/// Any of few answers, as large rows; each chosen one is sent under the same name.
pub fn checkboxes(lang: Lang, field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    group(lang, field, choices, "checkbox")
}

fn group(lang: Lang, field: &Field<'_>, choices: &[Choice<'_>], kind: &str) -> Markup {
    html! {
        fieldset class=(field.class()) aria-describedby=[field.described_by()] {
            legend { (label_words(lang, field)) }
            (remarks(lang, field))
            div.choices {
                @for (index, choice) in choices.iter().enumerate() {
                    @let id = if index == 0 { field.id() } else { format!("{}-{index}", field.id()) };
                    (row(field, choice, kind, &id))
                }
            }
        }
    }
}

fn row(field: &Field<'_>, choice: &Choice<'_>, kind: &str, id: &str) -> Markup {
    let hint = (!choice.hint.is_empty()).then(|| format!("{id}-about"));
    html! {
        label.choice for=(id) {
            input id=(id) name=(field.name) type=(kind) value=(choice.value) checked[choice.chosen]
                aria-describedby=[hint.as_deref()] aria-invalid=[field.invalid()];
            span {
                (choice.label)
                @if let Some(hint) = &hint { span.hint id=(hint) { (choice.hint) } }
            }
        }
        @if let Some(below) = &choice.below {
            div.below data-below=(id) { (below) }
        }
    }
}

/// A single box to tick, such as a pledge; `value` is what it sends.
pub fn checkbox(lang: Lang, field: &Field<'_>, value: &str, ticked: bool) -> Markup {
    html! {
        div class=(field.class()) {
            (remarks(lang, field))
            label.choice for=(field.id()) {
                input id=(field.id()) name=(field.name) type="checkbox" value=(value)
                    checked[ticked] aria-describedby=[field.described_by()]
                    aria-invalid=[field.invalid()];
                span { (label_words(lang, field)) }
            }
        }
    }
}

/// One of many answers, as a list that opens. The first row, empty, says "Chọn".
pub fn select(lang: Lang, field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    html! {
        div class=(field.class()) {
            label for=(field.id()) { (label_words(lang, field)) }
            (remarks(lang, field))
            select id=(field.id()) name=(field.name) autocomplete=[field.token()]
                aria-describedby=[field.described_by()] aria-invalid=[field.invalid()]
                data-key=[some(field.key)] autofocus[field.autofocus] {
                option value="" { (words::CHOOSE_ONE.say(lang)) }
                @for choice in choices {
                    // A list of communes is long: what says the same twice is left out.
                    @let value = (choice.value != choice.label).then_some(choice.value);
                    @let is_chosen = choice.chosen || choice.value == field.value && !field.value.is_empty();
                    option value=[value] selected[is_chosen] { (choice.label) }
                }
            }
        }
    }
}

/// As [`select`], in a row whose words say what is chosen: the label is for screen readers, and
/// something is always chosen.
pub fn row_select(field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    html! {
        select id=(field.id()) name=(field.name) aria-label=(field.label) autocomplete="off" {
            @for choice in choices {
                option value=(choice.value) selected[choice.value == field.value] { (choice.label) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, radios, select};
    use crate::domain::words::Lang;
    use crate::web::components::field::Field;

    const FIELD: Field<'static> = Field {
        name: "ai",
        label: "Ai nộp hồ sơ?",
        hint: "",
        error: "Chọn ai nộp hồ sơ",
        warning: "",
        value: "b",
        optional: false,
        autocomplete: "",
        inputmode: "",
        kind: "",
        max_length: None,
        list: "",
        width: super::super::field::Width::Full,
        prefilled: false,
        readonly: false,
        key: "",
        autofocus: false,
    };

    fn choices() -> [Choice<'static>; 2] {
        [
            Choice { value: "a", label: "A", ..Choice::default() },
            Choice { value: "b", label: "B", ..Choice::default() },
        ]
    }

    #[test]
    fn the_error_summary_reaches_the_first_answer() {
        let page = radios(Lang::Vi, &FIELD, &choices()).into_string();
        assert!(page.contains(r#"<input id="f-ai" name="ai" type="radio" value="a""#));
        assert!(
            page.contains(r#"<fieldset class="field field-refused" aria-describedby="f-ai-error""#)
        );
    }

    #[test]
    fn a_select_keeps_the_answer_by_value() {
        let page = select(Lang::Vi, &FIELD, &choices()).into_string();
        assert!(page.contains(r#"<option value="b" selected>"#));
        assert!(page.contains(r#"<option value="a">"#));
    }
}
