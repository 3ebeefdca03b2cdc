//! The boxes of the page of a question: its label and kind, what belongs to the kind, help, checks,
//! what it begins with, and where it stands.

use maud::{Markup, html};

use super::conditions;
use super::further::{STEPS, TypedStep};
use super::question::Place;
use super::shown::{KINDS, Shown, must};
use super::typed::{KEPT, NUMBER, ROWS, TODAY, Typed, TypedCheck, TypedValue, when_id};
use crate::domain::form::{Calculation, Kind, Must, Prefill, When};
use crate::domain::refusal::FieldError;
use crate::domain::words::{Lang, Message};
use crate::web::components::{
    Choice, Field, Width, checkbox, error_for, select, text_area, text_field,
};
use crate::web::words::form_builder as words;

/// What the boxes of a question are made of.
pub struct Boxes<'a> {
    pub lang: Lang,
    /// What was typed.
    pub typed: &'a Typed,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    pub shown: Shown<'a>,
    pub place: &'a Place<'a>,
}

impl Boxes<'_> {
    fn field<'f>(&'f self, name: &'f str, label: Message, value: &'f str) -> Field<'f> {
        Field {
            name,
            label: label.say(self.lang),
            value,
            error: error_for(self.errors, name, self.lang),
            autocomplete: "off",
            ..Field::default()
        }
    }

    fn small(&self, name: &str, label: Message, value: &str) -> Markup {
        text_field(
            self.lang,
            &Field {
                inputmode: "decimal",
                width: Width::Short,
                max_length: Some(30),
                ..self.field(name, label, value)
            },
        )
    }

    pub fn more(&self, title: Message, is_open: bool, body: &Markup) -> Markup {
        let has_error = |names: &[&str]| {
            self.errors.iter().any(|error| names.iter().any(|name| error.field.starts_with(name)))
        };
        let wrong = (title == words::CONDITIONS && has_error(&["only_if"]))
            || (title == words::CHECKS && has_error(&["checks"]))
            || (title == words::HELP && has_error(&["help"]));
        html! {
            details.more open[is_open || wrong] {
                summary { (title.say(self.lang)) }
                (body)
            }
        }
    }

    /// The name of its answers.
    pub fn key(&self) -> Markup {
        let field = self.field("key", words::KEY, &self.place.question.key);
        let hint = words::KEY_HINT.say(self.lang);
        text_field(self.lang, &Field { hint, max_length: Some(40), ..field })
    }

    pub fn main(&self) -> Markup {
        let lang = self.lang;
        let is_column = self.place.table.is_some();
        let kinds = KINDS.iter().filter(|(id, _)| !is_column || !matches!(*id, "table" | "place"));
        let kinds: Vec<Choice<'_>> = kinds
            .map(|(value, label)| Choice { value, label: label.say(lang), ..Choice::default() })
            .collect();
        html! {
            div.pairs {
                (text_field(lang, &Field {
                    max_length: Some(300), ..self.field("label", words::LABEL, &self.typed.label)
                }))
                (text_field(lang, &Field {
                    max_length: Some(300),
                    optional: true,
                    ..self.field("label_en", words::LABEL_EN, &self.typed.label_en)
                }))
                (select(lang, &Field {
                    ..self.field("kind", words::KIND, &self.typed.kind)
                }, &kinds))
                @if self.typed.kind != "calculated" {
                    (checkbox(lang, &self.field("required", words::REQUIRED, ""), "1", self.typed.required))
                }
            }
        }
    }

    /// What belongs to the kind.
    pub fn details(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        html! {
            @match typed.shown.as_str() {
                "text" => (self.small("lines", words::LINES, &typed.lines)),
                "number" => div.step-fields {
                    (self.small("min", words::MIN, &typed.min))
                    (self.small("max", words::MAX, &typed.max))
                    (self.small("places", words::DECIMALS, &typed.places))
                },
                "date" => (self.when()),
                "choice" => (text_area(lang, &Field {
                    hint: words::OPTIONS_HINT.say(lang),
                    max_length: Some(20_000),
                    ..self.field("options", words::OPTIONS, &typed.options)
                }, 5)),
                "table" => div.step-fields {
                    (self.small("min", words::ROWS_MIN, &typed.min))
                    (self.small("max", words::ROWS_MAX, &typed.max))
                },
                "calculated" => (self.calculation()),
                _ => {},
            }
        }
    }

    fn when(&self) -> Markup {
        let offered =
            [(when_id(When::Past), words::WHEN_PAST), (when_id(When::Future), words::WHEN_FUTURE)];
        let offered = offered.map(|(value, label)| Choice {
            value,
            label: label.say(self.lang),
            ..Choice::default()
        });
        let field = self.field("when", words::WHEN_ALLOWED, &self.typed.when);
        let hint = words::WHEN_HINT.say(self.lang);
        select(self.lang, &Field { optional: true, hint, ..field }, &offered)
    }

    pub fn help(&self) -> Markup {
        let area = |name, label, value| {
            text_area(
                self.lang,
                &Field {
                    max_length: Some(2_000),
                    optional: true,
                    ..self.field(name, label, value)
                },
                2,
            )
        };
        html! {
            div.pairs {
                (area("help", words::HELP_VI, &self.typed.help))
                (area("help_en", words::HELP_EN, &self.typed.help_en))
            }
        }
    }

    /// The answers above that can be compared or calculated with.
    fn values(&self, only_numbers: bool) -> Vec<(String, String)> {
        let table = self.place.table;
        let label = |key: &str| self.shown.label(key, table);
        let mut found = vec![(NUMBER.to_owned(), words::NUMBER_TYPED.say(self.lang).to_owned())];
        for question in &self.place.above {
            match &question.kind {
                Kind::Table { columns, .. } => {
                    for column in columns.iter().filter(|column| column.kind.is_number()) {
                        let total = Calculation::Total {
                            table: question.key.clone(),
                            column: column.key.clone(),
                        };
                        let said = self.shown.calculation(&total, table);
                        found.push((format!("t|{}|{}", question.key, column.key), said));
                    }
                    let rows =
                        self.shown.calculation(&Calculation::Rows(question.key.clone()), table);
                    found.push((format!("r|{}", question.key), rows));
                }
                kind if !only_numbers || kind.is_number() => {
                    found.push((format!("a|{}", question.key), label(&question.key)));
                }
                _ => {}
            }
        }
        found
    }

    /// A choice among values, and the number beside it.
    fn value(
        &self,
        name: (&str, &str),
        label: (&str, &str),
        typed: &TypedValue,
        offered: &[(String, String)],
    ) -> Markup {
        let lang = self.lang;
        let choices: Vec<Choice<'_>> = offered
            .iter()
            .map(|(value, label)| Choice { value, label, ..Choice::default() })
            .collect();
        html! {
            (select(lang, &Field {
                name: name.0,
                label: label.0,
                value: &typed.of,
                error: error_for(self.errors, name.0, lang),
                ..Field::default()
            }, &choices))
            div.beside {
                (text_field(lang, &Field {
                    name: name.1,
                    label: label.1,
                    value: &typed.number,
                    error: error_for(self.errors, name.1, lang),
                    autocomplete: "off",
                    inputmode: "decimal",
                    width: Width::Medium,
                    ..Field::default()
                }))
            }
        }
    }

    fn calculation(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        let mut operations = vec![
            ("sum", words::OP_SUM.say(lang).to_owned()),
            ("product", words::OP_PRODUCT.say(lang).to_owned()),
            ("less", words::OP_LESS.say(lang).to_owned()),
            ("by", words::OP_BY.say(lang).to_owned()),
        ];
        if let (KEPT, Kind::Calculated(kept)) =
            (typed.operation.as_str(), &self.place.question.kind)
        {
            operations.push((KEPT, self.shown.calculation(kept, self.place.table)));
        }
        let operations: Vec<Choice<'_>> = operations
            .iter()
            .map(|(value, label)| Choice { value, label, ..Choice::default() })
            .collect();
        let offered = self.values(true);
        let count = (typed.values.len() + 1).clamp(3, ROWS);
        let empty = TypedValue::default();
        html! {
            (select(lang, &self.field("calculate", words::CALCULATION, &typed.operation), &operations))
            @for row in 0..count {
                @let number = (row + 1).to_string();
                @let label = words::VALUE_N.fill(lang, &[("n", &number)]);
                @let beside = words::NUMBER_N.fill(lang, &[("n", &number)]);
                @let name = format!("values[{row}]");
                div.condition-row {
                    (self.value(
                        (&name, &format!("{name}.number")),
                        (&label, &beside),
                        typed.values.get(row).unwrap_or(&empty),
                        &offered,
                    ))
                }
            }
            @if typed.operation != KEPT {
                details.more open[!typed.steps.is_empty()] {
                    summary { (words::FURTHER.say(lang)) }
                    p.hint { (words::FURTHER_HINT.say(lang)) }
                    @for row in 0..(typed.steps.len() + 1).min(STEPS) { (self.step(row, &offered)) }
                }
            }
        }
    }

    /// What is done with the result so far.
    fn step(&self, row: usize, offered: &[(String, String)]) -> Markup {
        let (lang, empty) = (self.lang, TypedStep::default());
        let step = self.typed.steps.get(row).unwrap_or(&empty);
        let number = (row + 1).to_string();
        let said = |message: Message| message.fill(lang, &[("n", &number)]);
        let operations = [
            ("sum", words::STEP_SUM),
            ("less", words::STEP_LESS),
            ("product", words::STEP_PRODUCT),
            ("by", words::STEP_BY),
        ];
        let operations = operations.map(|(value, label)| Choice {
            value,
            label: label.say(lang),
            ..Choice::default()
        });
        let name = format!("steps[{row}]");
        let operation = format!("{name}.operation");
        html! {
            div.step-fields {
                (select(lang, &Field {
                    name: &operation,
                    label: &said(words::STEP_N),
                    value: &step.operation,
                    error: error_for(self.errors, &operation, lang),
                    ..Field::default()
                }, &operations))
                (self.value(
                    (&name, &format!("{name}.number")),
                    (&said(words::STEP_VALUE_N), &said(words::STEP_NUMBER_N)),
                    &step.value,
                    offered,
                ))
            }
        }
    }

    pub fn checks(&self) -> Markup {
        let count = (self.typed.checks.len() + 1).min(ROWS);
        let empty = TypedCheck::default();
        html! {
            p.hint { (words::CHECKS_HINT.say(self.lang)) }
            @for row in 0..count {
                (self.check(row, self.typed.checks.get(row).unwrap_or(&empty)))
            }
        }
    }

    fn check(&self, row: usize, typed: &TypedCheck) -> Markup {
        let lang = self.lang;
        let number = (row + 1).to_string();
        let at = |part: &str| format!("checks[{row}].{part}");
        let kind = &self.place.question.kind;
        let musts =
            Must::ALL.map(|(id, known)| (id, must(known, kind).fill(lang, &[("than", "…")])));
        let musts =
            musts.each_ref().map(|(value, label)| Choice { value, label, ..Choice::default() });
        let mut offered = self.values(false);
        let is_of_time = matches!(kind, Kind::Date(_) | Kind::Number { .. });
        if is_of_time {
            offered.insert(0, (TODAY.to_owned(), words::TODAY.say(lang).to_owned()));
        }
        if let (KEPT, Some(check)) = (typed.than.of.as_str(), self.place.question.checks.get(row)) {
            let kept = self.shown.calculation(&check.than, self.place.table);
            offered.push((KEPT.to_owned(), kept));
        }
        let names =
            [at("must"), at("than"), at("number"), at("message"), at("message_en"), at("years")];
        html! {
            fieldset.check-boxes {
                legend { (words::CHECK_N.fill(lang, &[("n", &number)])) }
                div.step-fields {
                    (select(lang, &Field { ..self.field(&names[0], words::MUST, &typed.must)
                    }, &musts))
                    (self.value(
                        (&names[1], &names[2]),
                        (words::THAN.say(lang), words::THAN_NUMBER.say(lang)),
                        &typed.than,
                        &offered,
                    ))
                    @if is_of_time {
                        (text_field(lang, &Field {
                            hint: words::YEARS_HINT.say(lang),
                            width: Width::Short,
                            max_length: Some(5),
                            optional: true,
                            ..self.field(&names[5], words::YEARS, &typed.years)
                        }))
                    }
                }
                div.pairs {
                    (text_field(lang, &Field {
                        max_length: Some(300), ..self.field(&names[3], words::MESSAGE, &typed.message)
                    }))
                    (text_field(lang, &Field {
                        max_length: Some(300), ..self.field(&names[4], words::MESSAGE_EN, &typed.message_en)
                    }))
                }
            }
        }
    }

    pub fn prefill(&self) -> Markup {
        let all = Prefill::all().map(|prefill| (prefill.id(), self.shown.prefill(prefill)));
        let all: Vec<(String, String)> = all.collect();
        let choices: Vec<Choice<'_>> =
            all.iter().map(|(value, label)| Choice { value, label, ..Choice::default() }).collect();
        let field = self.field("prefill", words::PREFILL, &self.typed.prefill);
        let hint = words::PREFILL_HINT.say(self.lang);
        let above = (self.place.above.as_slice(), self.place.table);
        html! {
            (select(self.lang, &Field { optional: true, hint, ..field }, &choices))
            p { (words::PREFILL_IF.say(self.lang)) }
            (conditions::boxes(&self.shown, "prefill_if", above, &self.typed.prefill_if, self.errors))
        }
    }

    /// How many questions behind it are asked alike.
    pub fn spread(&self) -> Markup {
        let field = self.field("spread", words::SPREAD, "");
        let hint = words::SPREAD_HINT.say(self.lang);
        text_field(
            self.lang,
            &Field { hint, optional: true, inputmode: "numeric", max_length: Some(3), ..field },
        )
    }

    /// Where to move it.
    pub fn behind(&self) -> Markup {
        let lang = self.lang;
        let mut places: Vec<(String, String)> = Vec::new();
        for (number, section) in self.shown.declaration.sections.iter().enumerate() {
            let title = [("what", section.title.say(lang))];
            places.push((format!("#{number}"), words::TOP_OF.fill(lang, &title)));
            for question in section.questions.iter().filter(|q| q.key != self.place.question.key) {
                let label = [("what", question.label.say(lang))];
                places.push((question.key.clone(), words::BEHIND.fill(lang, &label)));
            }
        }
        let choices: Vec<Choice<'_>> = places
            .iter()
            .map(|(value, label)| Choice { value, label, ..Choice::default() })
            .collect();
        let field = self.field("behind", words::MOVE_TO, &self.typed.behind);
        select(lang, &Field { optional: true, ..field }, &choices)
    }
}
