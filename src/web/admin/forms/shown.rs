//! A form as officials read it: what each question is, when it is asked, what it must fulfil.

use maud::{Markup, html};

use crate::domain::form::{
    Calculation, Check, Declaration, Kind, Must, Placed, Prefill, PrefillOf, PrefillPart, Question,
    QuestionPart, Section, When,
};
use crate::domain::process::{Condition, Test};
use crate::domain::words::{Lang, Message};
use crate::web::words::components as component_words;
use crate::web::words::form_builder as words;

/// What kinds are called, by their names in files, in the order in which they are offered.
pub const KINDS: [(&str, Message); 16] = [
    ("text", words::KIND_TEXT),
    ("name", words::KIND_NAME),
    ("date", words::KIND_DATE),
    ("id_number", words::KIND_ID_NUMBER),
    ("phone", words::KIND_PHONE),
    ("email", words::KIND_EMAIL),
    ("place", words::KIND_PLACE),
    ("choice", words::KIND_CHOICE),
    ("tick", words::KIND_TICK),
    ("number", words::KIND_NUMBER),
    ("money", words::KIND_MONEY),
    ("tax_code", words::KIND_TAX_CODE),
    ("ethnicity", words::KIND_ETHNICITY),
    ("nationality", words::KIND_NATIONALITY),
    ("table", words::KIND_TABLE),
    ("calculated", words::KIND_CALCULATED),
];

/// A form, and the language in which it is told.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The language.
    pub lang: Lang,
    /// The form.
    pub declaration: &'a Declaration,
}

impl Shown<'_> {
    /// The whole form: sections with their questions.
    pub fn form(&self) -> Markup {
        html! {
            @for section in &self.declaration.sections {
                section.form-section {
                    h3 { (section.title.say(self.lang)) }
                    (self.about(section))
                    ol.form-fields {
                        @for question in &section.questions { li { (self.question(question, None)) } }
                    }
                }
            }
        }
    }

    /// The help of a section and when it is asked.
    pub fn about(&self, section: &Section) -> Markup {
        html! {
            @if !section.help.vi.is_empty() { p.hint { (section.help.say(self.lang)) } }
            @if !section.only_if.is_empty() { p.hint { (self.asked(&section.only_if, None)) } }
        }
    }

    /// A question: its label, and below it what it is.
    pub fn question(&self, question: &Question, table: Option<&Question>) -> Markup {
        html! {
            span.field-label { (question.label.say(self.lang)) }
            span.hint { (self.traits(question, table).join(" · ")) }
            @if let Kind::Table { columns, .. } = &question.kind {
                ul.form-columns {
                    @for column in columns { li { (self.question(column, Some(question))) } }
                }
            }
        }
    }

    /// What is to be said of a question, beside its label.
    fn traits(&self, question: &Question, table: Option<&Question>) -> Vec<String> {
        let mut said = vec![self.kind_of(question)];
        if !question.is_required && !matches!(question.kind, Kind::Calculated(_)) {
            said.push(words::OPTIONAL.say(self.lang).to_owned());
        }
        said.extend(self.rules(question, table));
        said
    }

    /// What is to be said of a question where its kind stands beside it: limits, conditions, checks.
    pub fn details(&self, question: &Question, table: Option<&Question>) -> Vec<String> {
        let name = KINDS.iter().find(|(id, _)| *id == question.kind.id());
        let name = name.map_or("", |(_, message)| message.say(self.lang));
        let kind = self.kind_of(question);
        let limits = kind.strip_prefix(name).unwrap_or(&kind).trim_start_matches([',', ':', ' ']);
        let mut said: Vec<String> = Vec::new();
        if !limits.is_empty() {
            said.push(limits.to_owned());
        }
        if let Kind::Table { columns, .. } = &question.kind {
            let labels: Vec<&str> = columns.iter().map(|c| c.label.say(self.lang)).collect();
            said.push(format!("{}: {}", words::COLUMNS.say(self.lang), labels.join(", ")));
        }
        said.extend(self.rules(question, table));
        said
    }

    fn rules(&self, question: &Question, table: Option<&Question>) -> Vec<String> {
        let lang = self.lang;
        let mut said = Vec::new();
        if !question.only_if.is_empty() {
            said.push(self.asked(&question.only_if, table));
        }
        said.extend(question.checks.iter().map(|check| self.check(check, question, table)));
        if let Some(prefill) = question.prefill {
            let with = self.prefill(prefill);
            said.push(format!("{}: {with}", QuestionPart::Prefill.name().say(lang)));
        }
        said
    }

    fn asked(&self, conditions: &[Condition], table: Option<&Question>) -> String {
        words::ASKED_ONLY.fill(self.lang, &[("when", &self.conditions(conditions, table))])
    }

    /// Conditions in words.
    pub fn conditions(&self, conditions: &[Condition], table: Option<&Question>) -> String {
        let said: Vec<String> =
            conditions.iter().map(|condition| self.condition(condition, table)).collect();
        said.join(words::AND.say(self.lang))
    }

    /// A condition in words.
    pub fn condition(&self, condition: &Condition, table: Option<&Question>) -> String {
        let question = self.named(&condition.field, table);
        let field = self.label(&condition.field, table);
        let is_tick = question.is_some_and(|question| question.kind == Kind::Tick);
        let (message, value) = match &condition.test {
            Test::Is(value) if is_tick && is_yes(value) => (words::TICKED, String::new()),
            Test::Is(_) if is_tick => (words::UNTICKED, String::new()),
            Test::Is(value) => (words::IS, self.option(question, value)),
            Test::IsNot(value) => (words::IS_NOT, self.option(question, value)),
            Test::Given => (words::GIVEN, String::new()),
            Test::Missing => (words::MISSING, String::new()),
        };
        message.fill(self.lang, &[("field", &field), ("value", &value)])
    }

    /// The question of a name; in a table first among its columns.
    fn named<'q>(&'q self, field: &str, table: Option<&'q Question>) -> Option<&'q Question> {
        let key = field.split('.').next().unwrap_or_default();
        let columns = match table.map(|table| &table.kind) {
            Some(Kind::Table { columns, .. }) => columns.as_slice(),
            _ => &[],
        };
        let column = columns.iter().find(|column| column.key == key);
        column.or_else(|| self.declaration.question(key))
    }

    /// The label of a name, in quotes; of a part of an address with that part.
    pub fn label(&self, field: &str, table: Option<&Question>) -> String {
        let lang = self.lang;
        let Some(question) = self.named(field, table) else { return format!("“{field}”") };
        let part = field.split_once('.').map(|(_, part)| match part {
            "province" => component_words::PROVINCE.say(lang).to_owned(),
            "commune" => component_words::COMMUNE.say(lang).to_owned(),
            "detail" => component_words::STREET.say(lang).to_owned(),
            other => other.to_owned(),
        });
        match part {
            Some(part) => format!("“{}” ({part})", question.label.say(lang)),
            None => format!("“{}”", question.label.say(lang)),
        }
    }

    fn option(&self, question: Option<&Question>, value: &str) -> String {
        let Some(Kind::Choice(options)) = question.map(|question| &question.kind) else {
            return value.to_owned();
        };
        let known = options.iter().find(|option| option.value.eq_ignore_ascii_case(value.trim()));
        known.map_or(value, |option| option.label.say(self.lang)).to_owned()
    }

    /// What the answer to a question is, with its limits: a table that must be answered has a row.
    pub fn kind_of(&self, question: &Question) -> String {
        match &question.kind {
            Kind::Table { columns, min: 0, max } if question.is_required => {
                self.kind(&Kind::Table { columns: columns.clone(), min: 1, max: *max })
            }
            kind => self.kind(kind),
        }
    }

    /// What an answer is, with its limits.
    pub fn kind(&self, kind: &Kind) -> String {
        let lang = self.lang;
        let name = KINDS.iter().find(|(id, _)| *id == kind.id()).map_or("", |(_, m)| m.say(lang));
        let limits: Vec<String> = match kind {
            Kind::Text { lines } if *lines > 1 => {
                return words::KIND_TEXT_LINES.fill(lang, &[("n", &lines.to_string())]);
            }
            Kind::Number { min, max, places } => {
                let say = |message: Message, n: String| message.fill(lang, &[("n", &n)]);
                [
                    min.map(|min| say(words::FROM, min.to_string())),
                    max.map(|max| say(words::UP_TO, max.to_string())),
                    (*places > 0).then(|| say(words::PLACES, places.to_string())),
                ]
                .into_iter()
                .flatten()
                .collect()
            }
            Kind::Date(When::Past) => vec![words::WHEN_PAST.say(lang).to_owned()],
            Kind::Date(When::Future) => vec![words::WHEN_FUTURE.say(lang).to_owned()],
            Kind::Choice(options) => {
                let labels: Vec<&str> = options.iter().map(|o| o.label.say(lang)).collect();
                return format!("{name}: {}", labels.join(" / "));
            }
            Kind::Table { min, max, .. } => {
                let values = [("min", min.to_string()), ("max", max.to_string())];
                vec![words::ROWS.fill(lang, &values.each_ref().map(|(n, v)| (*n, v.as_str())))]
            }
            Kind::Calculated(calculation) => {
                return format!("{name}: {}", self.calculation(calculation, None));
            }
            _ => Vec::new(),
        };
        if limits.is_empty() { name.to_owned() } else { format!("{name}, {}", limits.join(", ")) }
    }

    /// A calculation as it would be written.
    pub fn calculation(&self, calculation: &Calculation, table: Option<&Question>) -> String {
        let lang = self.lang;
        let part = |part: &Calculation| match part {
            Calculation::Sum(_) | Calculation::Difference(_) => {
                format!("({})", self.calculation(part, table))
            }
            _ => self.calculation(part, table),
        };
        let joined = |parts: &[Calculation], sign: &str| {
            parts.iter().map(part).collect::<Vec<_>>().join(sign)
        };
        match calculation {
            Calculation::Constant(value) => value.to_string(),
            Calculation::Today => words::TODAY.say(lang).to_owned(),
            Calculation::Answer(key) => self.label(key, table),
            Calculation::Total { table: key, column } => {
                let of = self.declaration.question(key);
                let named = self.label(column, of);
                let values = [("column", named.trim_matches(['“', '”'])), ("table", key)];
                let label = of.map_or(key.as_str(), |question| question.label.say(lang));
                words::CALC_TOTAL.fill(lang, &[values[0], ("table", label)])
            }
            Calculation::Rows(key) => {
                let of = self.declaration.question(key);
                let label = of.map_or(key.as_str(), |question| question.label.say(lang));
                words::CALC_ROWS.fill(lang, &[("table", label)])
            }
            Calculation::Sum(parts) => joined(parts, " + "),
            Calculation::Product(parts) => joined(parts, " × "),
            Calculation::Difference(parts) => format!("{} − {}", part(&parts.0), part(&parts.1)),
            Calculation::Quotient(parts) => format!("{} : {}", part(&parts.0), part(&parts.1)),
        }
    }

    fn check(&self, check: &Check, of: &Question, table: Option<&Question>) -> String {
        let message = must(check.must, &of.kind);
        let than = self.calculation(&check.than, table);
        let years = check.years.unsigned_abs().to_string();
        let values = [("than", than.as_str()), ("n", years.as_str())];
        let than = match check.years {
            0 => than.clone(),
            ..0 => words::YEARS_BEFORE.fill(self.lang, &values),
            1.. => words::YEARS_AFTER.fill(self.lang, &values),
        };
        let must = message.fill(self.lang, &[("than", &than)]);
        let said = check.message.say(self.lang);
        words::CHECK.fill(self.lang, &[("must", &must), ("message", said)])
    }

    /// Where an answer is filled in from.
    pub fn prefill(&self, prefill: Prefill) -> String {
        let part = match prefill.part {
            PrefillPart::Name => words::PART_NAME,
            PrefillPart::BirthDate => words::PART_BIRTH_DATE,
            PrefillPart::BirthYear => words::PART_BIRTH_YEAR,
            PrefillPart::IdNumber => words::PART_ID_NUMBER,
            PrefillPart::Phone => words::PART_PHONE,
            PrefillPart::Email => words::PART_EMAIL,
            PrefillPart::Address => words::PART_ADDRESS,
        };
        let of = match prefill.of {
            PrefillOf::Applicant => words::OF_APPLICANT,
            PrefillOf::Owner => words::OF_OWNER,
            PrefillOf::Represented => words::OF_REPRESENTED,
        };
        of.fill(self.lang, &[("part", part.say(self.lang))])
    }

    /// A part of a question in words, to be set beside what it was before.
    pub fn part(&self, placed: Placed<'_>, part: QuestionPart) -> String {
        let (lang, question) = (self.lang, placed.question);
        let text = match part {
            QuestionPart::Label => both(&question.label),
            QuestionPart::Help => both(&question.help),
            QuestionPart::Kind => self.kind_of(question),
            QuestionPart::Required => {
                if question.is_required { words::YES } else { words::NO }.say(lang).to_owned()
            }
            QuestionPart::OnlyIf => self.conditions(&question.only_if, placed.table),
            QuestionPart::Checks => {
                let said =
                    question.checks.iter().map(|check| self.check(check, question, placed.table));
                said.collect::<Vec<_>>().join("; ")
            }
            QuestionPart::Prefill => {
                question.prefill.map(|prefill| self.prefill(prefill)).unwrap_or_default()
            }
        };
        if text.is_empty() { words::DIFF_EMPTY.say(lang).to_owned() } else { text }
    }
}

/// How an answer of a kind must stand to another value.
pub fn must(must: Must, kind: &Kind) -> Message {
    match (must, kind) {
        (Must::AtLeast, Kind::Date(_)) => words::MUST_NOT_BEFORE,
        (Must::AtMost, Kind::Date(_)) => words::MUST_NOT_AFTER,
        (Must::AtLeast, _) => words::MUST_AT_LEAST,
        (Must::AtMost, _) => words::MUST_AT_MOST,
        (Must::Same, _) => words::MUST_SAME,
        (Must::Differ, _) => words::MUST_DIFFER,
    }
}

/// Both languages where they differ: either may be what changed.
fn both(text: &crate::domain::words::Text) -> String {
    if text.vi == text.en { text.vi.clone() } else { format!("{} / {}", text.vi, text.en) }
}

fn is_yes(value: &str) -> bool {
    matches!(value.trim().to_lowercase().as_str(), "có" | "true" | "yes" | "1")
}
