//! The fields of one fee rule and of one exemption.

use maud::{Markup, html};

use super::fee_form::{TIERS, TypedExemption, TypedRule};
use crate::domain::catalogue::Channel;
use crate::domain::fee::{self, Unit};
use crate::domain::form::{self, DeclaredForm, Kind};
use crate::domain::refusal::FieldError;
use crate::domain::words::Lang;
use crate::office::catalogue::wire::channel_id;
use crate::web::components::{
    Choice, Field, Width, checkbox, checkboxes, date_field, error_for, money_field, select,
    text_field,
};
use crate::web::desk::say;
use crate::web::words::fees as words;

/// The answers of a procedure's form that a fee can be counted by: their names, and what they are called.
#[derive(Default)]
pub struct Answers {
    numbers: Vec<(String, String)>,
    others: Vec<(String, String)>,
}

impl Answers {
    /// Those of a form.
    pub fn of(lang: Lang, form: Option<&DeclaredForm>) -> Self {
        let mut answers = Self::default();
        for placed in form.iter().flat_map(|form| form::placed(&form.declaration)) {
            let label = placed.question.label.say(lang);
            let label = match placed.table {
                Some(table) => format!("{} › {label}", table.label.say(lang)),
                None => label.to_owned(),
            };
            let named = (placed.path(), label);
            match &placed.question.kind {
                Kind::Table { .. } | Kind::Place => {}
                kind if kind.is_number() => answers.numbers.push(named),
                _ => answers.others.push(named),
            }
        }
        answers
    }
}

/// The boxes of the answers that count a rule; what was kept stays while there is no form.
fn counted(lang: Lang, answers: &Answers, row: usize, rule: &TypedRule, error: &str) -> Markup {
    let parts = [
        ("units", words::COUNTED_UNITS, &rule.counted_units, &answers.numbers),
        ("copies", words::COUNTED_COPIES, &rule.counted_copies, &answers.numbers),
        ("what", words::COUNTED_WHAT, &rule.counted_what, &answers.others),
    ];
    html! {
        @for (part, label, value, offered) in parts {
            @let name = format!("rules[{row}].counted.{part}");
            @if answers.numbers.is_empty() { input type="hidden" name=(name) value=(value); }
            @else {
                @let choices = offered.iter().map(|(value, label)| Choice { value, label, ..Choice::default() });
                @let choices: Vec<Choice<'_>> = choices.collect();
                (select(lang, &Field {
                    name: &name, label: label.say(lang), value, optional: true,
                    hint: if part == "units" { words::COUNTED_NONE.say(lang) } else { "" },
                    error: if part == "units" { error } else { "" }, ..Field::default()
                }, &choices))
            }
        }
    }
}

/// The fields of a rule.
pub fn rule_rows(
    (lang, answers): (Lang, &Answers),
    row: usize,
    rule: &TypedRule,
    errors: &[FieldError],
) -> Markup {
    let name = |part: &str| format!("rules[{row}].{part}");
    let text = |part: &str, label: &str, value: &str, most: u32| {
        let name = name(part);
        text_field(
            lang,
            &Field {
                name: &name,
                label,
                value,
                error: error_for(errors, &name, lang),
                max_length: Some(most),
                ..Field::default()
            },
        )
    };
    let units = Unit::ALL.map(|unit| Choice {
        value: unit.id(),
        label: fee::words::unit(unit).0.say(lang),
        chosen: rule.unit == unit.id(),
        ..Choice::default()
    });
    let channels = Channel::ALL.map(|channel| Choice {
        value: channel_id(channel),
        label: say::channel(channel).say(lang),
        chosen: rule.channels.iter().any(|known| known == channel_id(channel)),
        ..Choice::default()
    });
    let kinds =
        [("fee", words::KIND_FEE), ("obligation", words::KIND_OBLIGATION)].map(|(value, label)| {
            Choice {
                value,
                label: label.say(lang),
                chosen: rule.kind == value,
                ..Choice::default()
            }
        });
    let (unit, channel, kind, copy) =
        (name("unit"), name("channels"), name("kind"), name("per_copy"));
    let tiers_error = error_for(errors, &name("tiers"), lang);
    html! {
            input type="hidden" name=(name("id")) value=(rule.id);
            (text("name", words::NAME.say(lang), &rule.name, 300))
            (select(lang, &Field {
                name: &unit, label: words::UNIT.say(lang), error: error_for(errors, &unit, lang),
                ..Field::default()
            }, &units))
            (checkbox(lang, &Field {
                name: &copy, label: words::PER_COPY.say(lang), ..Field::default()
            }, "1", rule.per_copy))
            @if !tiers_error.is_empty() { p.error { (tiers_error) } }
            @for tier in 0..TIERS.min(rule.tiers.len() + 1) { (tier_row(lang, row, tier, rule, errors)) }
            (counted(lang, answers, row, rule, error_for(errors, &name("counted.units"), lang)))
            (dong(lang, &name("cap"), words::CAP.say(lang), &rule.cap, errors))
            (checkboxes(lang, &Field {
                name: &channel, label: words::CHANNELS.say(lang),
                hint: words::CHANNELS_HINT.say(lang), optional: true, ..Field::default()
            }, &channels))
            (select(lang, &Field { name: &kind, label: words::KIND.say(lang), ..Field::default() }, &kinds))
            (dates(lang, &name("valid_from"), &rule.valid_from, &name("valid_to"), &rule.valid_to, errors))
            (text("source", words::SOURCE.say(lang), &rule.source, 300))
    }
}

fn tier_row(
    lang: Lang,
    row: usize,
    tier: usize,
    rule: &TypedRule,
    errors: &[FieldError],
) -> Markup {
    let (from, price) =
        (format!("rules[{row}].tiers[{tier}].from"), format!("rules[{row}].tiers[{tier}].price"));
    let number = (tier + 1).to_string();
    let label = words::TIER_FROM.fill(lang, &[("n", &number)]);
    let empty = (String::new(), String::new());
    let typed = rule.tiers.get(tier).unwrap_or(&empty);
    html! {
        div.row {
            (text_field(lang, &Field {
                name: &from,
                label: &label,
                value: if tier == 0 && typed.0.is_empty() { "1" } else { &typed.0 },
                error: error_for(errors, &from, lang),
                optional: tier > 0,
                inputmode: "numeric",
                width: Width::Short,
                max_length: Some(6),
                ..Field::default()
            }))
            (money_field(lang, &Field {
                name: &price,
                label: &words::TIER_PRICE.fill(lang, &[("n", &number)]),
                value: &typed.1,
                error: error_for(errors, &price, lang),
                optional: tier > 0,
                ..Field::default()
            }))
        }
    }
}

fn dong(lang: Lang, name: &str, label: &str, value: &str, errors: &[FieldError]) -> Markup {
    money_field(
        lang,
        &Field {
            name,
            label,
            value,
            error: error_for(errors, name, lang),
            optional: true,
            ..Field::default()
        },
    )
}

fn dates(
    lang: Lang,
    from: &str,
    first: &str,
    to: &str,
    last: &str,
    errors: &[FieldError],
) -> Markup {
    let field = |name, label, value| {
        date_field(
            lang,
            &Field {
                name,
                label,
                value,
                error: error_for(errors, name, lang),
                optional: true,
                max_length: Some(10),
                ..Field::default()
            },
        )
    };
    html! {
        div.row {
            (field(from, words::VALID_FROM.say(lang), first))
            (field(to, words::VALID_TO.say(lang), last))
        }
    }
}

/// The fields of an exemption.
pub fn exemption_rows(
    lang: Lang,
    row: usize,
    known: &TypedExemption,
    rules: &[TypedRule],
    errors: &[FieldError],
) -> Markup {
    let name = |part: &str| format!("exemptions[{row}].{part}");
    let text = |part: &str, label: &str, value: &str, most: u32| {
        let name = name(part);
        text_field(
            lang,
            &Field {
                name: &name,
                label,
                value,
                error: error_for(errors, &name, lang),
                max_length: Some(most),
                ..Field::default()
            },
        )
    };
    let only = name("rules");
    let choices: Vec<Choice<'_>> = rules
        .iter()
        .filter(|rule| !rule.id.is_empty())
        .map(|rule| Choice {
            value: &rule.id,
            label: &rule.name,
            chosen: known.rules.contains(&rule.id),
            ..Choice::default()
        })
        .collect();
    html! {
            input type="hidden" name=(name("id")) value=(known.id);
            (text("name", words::NAME.say(lang), &known.name, 300))
            (text("percent", words::PERCENT.say(lang), &known.percent, 3))
            @if choices.len() > 1 {
                (checkboxes(lang, &Field {
                    name: &only, label: words::ONLY_RULES.say(lang),
                    hint: words::ONLY_RULES_HINT.say(lang), optional: true, ..Field::default()
                }, &choices))
            }
            (dates(lang, &name("valid_from"), &known.valid_from, &name("valid_to"), &known.valid_to, errors))
            (text("source", words::SOURCE.say(lang), &known.source, 300))
    }
}
