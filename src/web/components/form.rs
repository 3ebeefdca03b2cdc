//! Forms, their buttons, and what stands on top when a form was refused.

use maud::{Markup, html};

use super::field::{field_id, some};
use super::icon::{Icon, icon};
use crate::domain::refusal::{FieldError, Refusal, rule_words};
use crate::domain::words::{Lang, Message, Text};
use crate::web::words::components as words;

/// How a form is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// It changes something.
    #[default]
    Post,
    /// It changes something and carries files.
    PostFiles,
    /// It only asks: searches and filters. No token, no key.
    Get,
}

/// A form. The token and the one-shot key become hidden fields `_csrf` and `_key`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form<'a> {
    /// The address. A refused form comes back with its summary in focus: nothing is added to the
    /// address that would stay there after success.
    pub action: &'a str,
    /// How it is sent.
    pub method: Method,
    /// The session's CSRF token.
    pub csrf: &'a str,
    /// The one-shot key: sent twice, done once.
    pub key: &'a str,
    /// The name under which scripts keep a draft in the browser; empty: no draft.
    pub draft: &'a str,
    /// Whether leaving with unsaved words asks (desk).
    pub ask_before_leaving: bool,
    /// Whether the answer is a file, so that the page stays and may send again.
    pub downloads: bool,
    /// The `id`; or empty.
    pub id: &'a str,
    /// A name for screen readers when the form has no heading; or empty.
    pub label: &'a str,
}

/// A form around `body`. Browsers fill in what says what it is and nothing else: computers of an office
/// are used by many.
pub fn form(lang: Lang, form: &Form<'_>, body: &Markup) -> Markup {
    let post = form.method != Method::Get;
    html! {
        form id=[some(form.id)] action=(form.action) method=(if post { "post" } else { "get" })
            enctype=[(form.method == Method::PostFiles).then_some("multipart/form-data")]
            aria-label=[some(form.label)] novalidate autocomplete="off"
            data-once[post && !form.downloads]
            data-sending=[(post && !form.downloads).then(|| words::SENDING.say(lang))]
            data-draft=[some(form.draft)]
            data-restored=[some(form.draft).map(|_| words::DRAFT_LOCAL.say(lang))]
            data-forget=[some(form.draft).map(|_| words::DRAFT_FORGET.say(lang))]
            data-unsaved=[form.ask_before_leaving.then(|| words::UNSAVED.say(lang))] {
            @if post {
                input type="hidden" name="_csrf" value=(form.csrf);
                input type="hidden" name="_key" value=(form.key);
            }
            (body)
        }
    }
}

/// A button that sends the form around it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Button<'a> {
    /// The verb.
    pub label: &'a str,
    /// The name that it sends; or empty.
    pub name: &'a str,
    /// The value that it sends.
    pub value: &'a str,
    /// Whether it is not the main thing to do.
    pub secondary: bool,
    /// Whether it cannot be undone; the words say what it does.
    pub danger: bool,
    /// The key that presses it, such as `F9`; or empty.
    pub key: &'a str,
    /// Another address for this button; or empty.
    pub action: &'a str,
    /// Whether the answer opens beside the page, as a paper to print does.
    pub new_tab: bool,
    /// Whether the keyboard goes on from here.
    pub autofocus: bool,
}

impl Button<'_> {
    fn class(&self) -> &'static str {
        match (self.danger, self.secondary) {
            (true, _) => "button button-danger",
            (false, true) => "button button-secondary",
            (false, false) => "button",
        }
    }
}

/// A button.
pub fn button(button: &Button<'_>) -> Markup {
    html! {
        button class=(button.class()) type="submit" name=[some(button.name)]
            value=[some(button.name).map(|_| button.value)] formaction=[some(button.action)]
            formtarget=[button.new_tab.then_some("_blank")]
            data-key=[some(button.key)] aria-keyshortcuts=[some(button.key)]
            autofocus[button.autofocus] {
            (button.label)
            @if !button.key.is_empty() { " " kbd aria-hidden="true" { (button.key) } }
        }
    }
}

/// A small button of a row: the verb, and for screen readers to what it belongs.
pub fn row_button(verb: &str, what: &str, name: &str, value: &str) -> Markup {
    html! {
        button.link type="submit" name=(name) value=(value) {
            (verb) span.hidden { " " (what) }
        }
    }
}

/// The button that Enter alone presses, when it stands first in a form: unseen, so that Enter in a
/// box (or a scanner) refreshes the form and never files it.
pub fn implicit_submit(label: &str, name: &str, value: &str) -> Markup {
    html! {
        button.hidden type="submit" name=(name) value=(value) tabindex="-1" aria-hidden="true" {
            (label)
        }
    }
}

/// A link that looks like a button, for the one thing to do on a page.
pub fn button_link(href: &str, look: &Button<'_>) -> Markup {
    html! {
        a class=(look.class()) href=(href) data-key=[some(look.key)]
            aria-keyshortcuts=[some(look.key)] {
            (look.label)
            @if !look.key.is_empty() { " " kbd aria-hidden="true" { (look.key) } }
        }
    }
}

/// Buttons and links on one line, which wraps.
pub fn button_row(buttons: &Markup) -> Markup {
    html! { div.buttons { (buttons) } }
}

/// What to repair, on top of `main`, with a link to each field. Takes the focus.
pub fn error_summary(lang: Lang, refusal: &Refusal) -> Markup {
    error_summary_at(lang, refusal, |_, error| format!("#{}", field_id(&error.field)))
}

/// As [`error_summary`] for fields on other pages: `place` says where each error is repaired.
pub fn error_summary_at(
    lang: Lang,
    refusal: &Refusal,
    place: impl Fn(usize, &FieldError) -> String,
) -> Markup {
    let count = refusal.fields.len();
    html! {
        div.summary-of-errors id="loi" role="alert" tabindex="-1" autofocus {
            h2 {
                (icon(Icon::Alert))
                span {
                    @match count {
                        0 => (words::REFUSED.say(lang)),
                        1 => (words::FIX_ONE.say(lang)),
                        _ => (words::FIX.fill(lang, &[("n", &count.to_string())])),
                    }
                }
            }
            @if count == 0 { p { (refusal.say(lang)) } }
            @else {
                ul {
                    @for (index, error) in refusal.fields.iter().enumerate() {
                        li { a href=(place(index, error)) { (error.text.say(lang)) } }
                    }
                }
            }
            @if let Some(rule) = &refusal.rule {
                details { summary { (words::BASIS.say(lang)) } p { (rule_words(rule, lang)) } }
            }
        }
    }
}

/// A refusal whose sentences say of which row they are: for a summary over rows with the same
/// fields, such as `steps[2].hours`. `rows` has what the row `{n}` of each list is called.
pub fn by_row(refusal: &Refusal, rows: &[(&str, Message)]) -> Refusal {
    let named = |error: &FieldError| {
        let (list, rest) = error.field.split_once('[')?;
        let (place, _) = rest.split_once(']')?;
        let (_, row) = rows.iter().find(|(name, _)| *name == list)?;
        let number = place.parse::<usize>().ok()?.checked_add(1)?;
        let row = row.text(&[("n", &number.to_string())]);
        let say = |lang| format!("{}: {}", row.say(lang), error.text.say(lang));
        let text = Text { vi: say(Lang::Vi), en: say(Lang::En) };
        Some(FieldError { field: error.field.clone(), text })
    };
    let fields = refusal.fields.iter().map(|error| named(error).unwrap_or_else(|| error.clone()));
    Refusal { fields: fields.collect(), ..refusal.clone() }
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::{Form, Method, by_row, error_summary, form};
    use crate::domain::refusal::{FieldError, Refusal};
    use crate::domain::words::{Lang, Message, Text};

    #[test]
    fn a_post_carries_token_and_key_and_a_get_neither() {
        let post = Form { action: "/gui", csrf: "t", key: "k", ..Form::default() };
        let page = form(Lang::Vi, &post, &html! { "x" }).into_string();
        assert!(page.contains(r#"<input type="hidden" name="_csrf" value="t">"#));
        assert!(page.contains(r#"<input type="hidden" name="_key" value="k">"#));
        assert!(page.contains(r#"action="/gui" method="post""#));
        let get = form(Lang::Vi, &Form { method: Method::Get, ..post }, &html! { "x" });
        assert!(!get.into_string().contains("_csrf"));
    }

    #[test]
    fn a_summary_over_rows_says_which_one() {
        let row = Message { vi: "Bước {n}", en: "Step {n}" };
        let text = Text { vi: "Nhập tên.".into(), en: "Enter a name.".into() };
        let fields = ["steps[0].name", "steps[11].name", "title"]
            .map(|field| FieldError { field: field.into(), text: text.clone() });
        let told = by_row(&Refusal::fields(fields.to_vec()), &[("steps", row)]);
        let said: Vec<&str> = told.fields.iter().map(|error| error.text.say(Lang::Vi)).collect();
        assert_eq!(said, ["Bước 1: Nhập tên.", "Bước 12: Nhập tên.", "Nhập tên."]);
        assert_eq!(told.fields[1].field, "steps[11].name");
    }

    #[test]
    fn the_summary_counts_links_and_escapes() {
        let text = Text { vi: "Nhập <họ tên>".into(), en: "Enter the name".into() };
        let field = |name: &str| FieldError { field: name.into(), text: text.clone() };
        let refusal = Refusal::fields(vec![field("applicant.name"), field("b")]).by_rule("Điều 17");
        let page = error_summary(Lang::Vi, &refusal).into_string();
        assert!(page.contains("Cần sửa 2 chỗ"));
        assert!(page.contains(r##"<a href="#f-applicant-name">Nhập &lt;họ tên&gt;</a>"##));
        assert!(page.contains("Điều 17"));
        let one = error_summary(Lang::En, &Refusal::fields(vec![field("b")])).into_string();
        assert!(one.contains("Fix 1 thing"));
    }
}
