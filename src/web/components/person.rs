//! Questions about people, days and money, asked the same way everywhere.

use maud::{Markup, html};

use super::choice::{Choice, select};
use super::field::{Field, Width, field_id, label_words, remarks, some, text_field};
use crate::domain::words::Lang;
use crate::web::words::components as words;

/// A date as typed, in its parts.
#[derive(Clone, Copy, Debug, Default)]
pub struct DateParts<'a> {
    /// The day.
    pub day: &'a str,
    /// The month.
    pub month: &'a str,
    /// The year.
    pub year: &'a str,
    /// Whether it is the person's own birthday: then the browser may fill it.
    pub own_birthday: bool,
    /// Whether the year alone is an answer; then the field says so.
    pub year_only: bool,
}

/// A date in three boxes, for the public; sent as `{name}.day`, `{name}.month`, `{name}.year`.
pub fn date_boxes(lang: Lang, field: &Field<'_>, date: &DateParts<'_>) -> Markup {
    let hint = match (field.hint, date.year_only) {
        ("", true) => format!("{}. {}", words::DATE_HINT.say(lang), words::YEAR_ONLY.say(lang)),
        ("", false) => words::DATE_HINT.say(lang).to_owned(),
        (given, _) => given.to_owned(),
    };
    let field = &Field { hint: &hint, ..*field };
    let boxes = [
        ("day", words::DAY, date.day, 2, "bday-day"),
        ("month", words::MONTH, date.month, 2, "bday-month"),
        ("year", words::YEAR, date.year, 4, "bday-year"),
    ];
    html! {
        fieldset class=(field.class()) aria-describedby=[field.described_by()] {
            legend { (label_words(lang, field)) }
            (remarks(lang, field))
            div.date-boxes {
                @for (index, (part, label, value, digits, token)) in boxes.into_iter().enumerate() {
                    @let name = format!("{}.{part}", field.name);
                    @let id = if index == 0 { field.id() } else { field_id(&name) };
                    div {
                        label for=(id) { (label.say(lang)) }
                        input id=(id) name=(name) type="text" inputmode="numeric"
                            class={ "digits-" (digits) } maxlength=(digits) value=[some(value)]
                            autocomplete=(if date.own_birthday { token } else { "off" })
                            aria-invalid=[field.invalid()];
                    }
                }
            }
        }
    }
}

/// A date in one box, for the desk: takes 27112026, 27/11/26 and 27/11/2026.
pub fn date_field(lang: Lang, field: &Field<'_>) -> Markup {
    let hint = some(field.hint).unwrap_or(words::DATE_HINT.say(lang));
    text_field(lang, &Field { hint, inputmode: "numeric", width: Width::Short, ..*field })
}

/// The personal identification number; label and hint default to the national words.
pub fn identity_number(lang: Lang, field: &Field<'_>) -> Markup {
    text_field(
        lang,
        &Field {
            label: some(field.label).unwrap_or(words::ID_NUMBER.say(lang)),
            hint: some(field.hint).unwrap_or(words::ID_HINT.say(lang)),
            inputmode: "numeric",
            width: Width::Medium,
            max_length: Some(20),
            autocomplete: some(field.autocomplete).unwrap_or("off"),
            ..*field
        },
    )
}

/// A telephone number; `none` is the name of the box "Không có điện thoại" and whether it is
/// ticked, when having none is an answer.
pub fn phone_field(lang: Lang, field: &Field<'_>, none: Option<(&str, bool)>) -> Markup {
    html! {
        (text_field(lang, &Field {
            label: some(field.label).unwrap_or(words::PHONE.say(lang)),
            kind: "tel",
            autocomplete: some(field.autocomplete).unwrap_or("tel"),
            width: Width::Medium,
            max_length: Some(20),
            ..*field
        }))
        @if let Some((name, ticked)) = none {
            label.choice for=(field_id(name)) {
                input id=(field_id(name)) name=(name) type="checkbox" value="1" checked[ticked];
                span { (words::NO_PHONE.say(lang)) }
            }
        }
    }
}

/// An amount of money; the label gets "(đồng)", unless it says so itself.
pub fn money_field(lang: Lang, field: &Field<'_>) -> Markup {
    let label = match field.label.to_lowercase().contains("đồng") {
        true => field.label.to_owned(),
        false => words::MONEY_UNIT.fill(lang, &[("label", field.label)]),
    };
    text_field(
        lang,
        &Field {
            label: &label,
            inputmode: "numeric",
            width: Width::Medium,
            max_length: Some(20),
            ..*field
        },
    )
}

/// A code that was sent to the person: one box, which the phone may fill.
pub fn one_time_code(lang: Lang, field: &Field<'_>) -> Markup {
    text_field(
        lang,
        &Field {
            inputmode: "numeric",
            autocomplete: "one-time-code",
            width: Width::Short,
            max_length: Some(10),
            ..*field
        },
    )
}

/// An address as chosen so far. The names sent are `{name}.province`, `.commune`, `.street`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Address<'a> {
    /// The name before the dots.
    pub name: &'a str,
    /// The legend.
    pub legend: &'a str,
    /// The provinces, the office's own first.
    pub provinces: &'a [Choice<'a>],
    /// The communes of the chosen province.
    pub communes: &'a [Choice<'a>],
    /// The street as typed.
    pub street: &'a str,
    /// What is wrong with each part; or empty.
    pub errors: [&'a str; 3],
    /// Whether it is the person's own: then the browser may fill it.
    pub own: bool,
}

/// An address: province, commune, street. Choosing another province sends `_reload`, which shows
/// its communes and keeps all that was typed.
pub fn address_fields(lang: Lang, address: &Address<'_>) -> Markup {
    let name = |part: &str| format!("{}.{part}", address.name);
    let (province, commune, street) = (name("province"), name("commune"), name("street"));
    let token = |token: &'static str| if address.own { token } else { "off" };
    html! {
        fieldset.address {
            legend { (address.legend) }
            (select(lang, &Field {
                name: &province,
                label: words::PROVINCE.say(lang),
                error: address.errors[0],
                autocomplete: token("address-level1"),
                ..Field::default()
            }, address.provinces))
            button.button.button-secondary type="submit" name="_reload" value=(address.name) {
                (words::SHOW_COMMUNES.say(lang))
            }
            (select(lang, &Field {
                name: &commune,
                label: words::COMMUNE.say(lang),
                error: address.errors[1],
                autocomplete: token("address-level2"),
                ..Field::default()
            }, address.communes))
            (text_field(lang, &Field {
                name: &street,
                label: words::STREET.say(lang),
                error: address.errors[2],
                value: address.street,
                autocomplete: token("street-address"),
                max_length: Some(200),
                ..Field::default()
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DateParts, date_boxes, identity_number};
    use crate::domain::words::Lang;
    use crate::web::components::field::Field;

    #[test]
    fn the_first_box_of_a_date_is_where_the_summary_points() {
        let field = Field { name: "birth_date", label: "Ngày sinh", ..Field::default() };
        let date = DateParts { day: "27", own_birthday: true, ..DateParts::default() };
        let page = date_boxes(Lang::Vi, &field, &date).into_string();
        assert!(page.contains(r#"<input id="f-birth-date" name="birth_date.day""#));
        assert!(page.contains(r#"autocomplete="bday-year""#));
    }

    #[test]
    fn an_identity_number_brings_its_own_words() {
        let page = identity_number(Lang::En, &Field { name: "id", ..Field::default() });
        let page = page.into_string();
        assert!(page.contains("Personal identification number"));
        assert!(page.contains("12 digits"));
    }
}
