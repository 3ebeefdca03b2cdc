//! The page of a question: what was typed, and the question that it means. Field names are those of the
//! form's refusals, so that an error stands where it was made.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::conditions::{self, TypedCondition};
use super::further::{self, TypedStep};
use crate::domain::form::{
    Calculation, Check, ChoiceOption, Kind, Must, Prefill, Question, When, fresh_key, typed_number,
};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Text;
use crate::web::desk::posted::Posted;
use crate::web::words::form_builder as words;

/// Conditions, checks and values of a calculation that a page has room for.
pub const ROWS: usize = 8;
/// Stands for what the boxes cannot show, and stays as it is.
pub const KEPT: &str = "keep";
/// Stands for the present day.
pub const TODAY: &str = "d";
/// Stands for a number that is typed beside.
pub const NUMBER: &str = "n";

/// A comparison as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedCheck {
    pub must: String,
    pub than: TypedValue,
    pub years: String,
    pub message: String,
    pub message_en: String,
}

/// A value as typed: an answer, a sum of a column, a number of rows, or a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedValue {
    pub of: String,
    pub number: String,
}

/// A question as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub label: String,
    pub label_en: String,
    pub help: String,
    pub help_en: String,
    pub kind: String,
    /// The kind whose details the page showed.
    pub shown: String,
    pub required: bool,
    pub prefill: String,
    pub behind: String,
    pub only_if: Vec<TypedCondition>,
    pub prefill_if: Vec<TypedCondition>,
    pub checks: Vec<TypedCheck>,
    pub lines: String,
    pub min: String,
    pub max: String,
    pub places: String,
    pub when: String,
    pub options: String,
    pub operation: String,
    pub values: Vec<TypedValue>,
    pub steps: Vec<TypedStep>,
}

impl Typed {
    /// A question to be changed.
    pub fn of(question: &Question) -> Self {
        let mut typed = Self {
            label: question.label.vi.clone(),
            label_en: english(&question.label),
            help: question.help.vi.clone(),
            help_en: english(&question.help),
            kind: question.kind.id().to_owned(),
            shown: question.kind.id().to_owned(),
            required: question.is_required,
            prefill: question.prefill.map(Prefill::id).unwrap_or_default(),
            only_if: question.only_if.iter().map(TypedCondition::of).collect(),
            prefill_if: question.prefill_if.iter().map(TypedCondition::of).collect(),
            checks: question.checks.iter().map(TypedCheck::of).collect(),
            ..Self::default()
        };
        let said = |value: Option<Decimal>| value.map(|n| n.to_string()).unwrap_or_default();
        match &question.kind {
            Kind::Text { lines } => typed.lines = lines.to_string(),
            Kind::Number { min, max, places } => {
                (typed.min, typed.max, typed.places) = (said(*min), said(*max), places.to_string());
            }
            Kind::Date(when) => typed.when = when_id(*when).to_owned(),
            Kind::Choice(options) => typed.options = options_text(options),
            Kind::Table { min, max, .. } => {
                (typed.min, typed.max) = (min.to_string(), max.to_string());
            }
            Kind::Calculated(calculation) => {
                (typed.operation, typed.values, typed.steps) = typed_calculation(calculation);
            }
            _ => {}
        }
        typed
    }

    /// What a form sent.
    pub fn read(sent: &Posted) -> Self {
        let get = |name: &str| sent.get(name).to_owned();
        let check = |row: usize| {
            let part = |part: &str| get(&format!("checks[{row}].{part}"));
            TypedCheck {
                must: part("must"),
                than: TypedValue { of: part("than"), number: part("number") },
                years: part("years"),
                message: part("message"),
                message_en: part("message_en"),
            }
        };
        let value = |row: usize| TypedValue {
            of: get(&format!("values[{row}]")),
            number: get(&format!("values[{row}].number")),
        };
        Self {
            label: get("label"),
            label_en: get("label_en"),
            help: get("help"),
            help_en: get("help_en"),
            kind: get("kind"),
            shown: get("shown"),
            required: sent.has("required"),
            prefill: get("prefill"),
            behind: get("behind"),
            only_if: conditions::read(sent, "only_if"),
            prefill_if: conditions::read(sent, "prefill_if"),
            checks: (0..ROWS).map(check).filter(|check| *check != TypedCheck::default()).collect(),
            lines: get("lines"),
            min: get("min"),
            max: get("max"),
            places: get("places"),
            when: get("when"),
            options: get("options"),
            operation: get("calculate"),
            values: (0..ROWS).map(value).filter(|value| *value != TypedValue::default()).collect(),
            steps: further::read(sent),
        }
    }

    /// The question that it means, in place of an old one.
    ///
    /// # Errors
    /// Numbers that are none, and boxes that belong together, at their fields.
    pub fn question(&self, old: &Question) -> Result<Question, Refusal> {
        let mut errors = Vec::new();
        let kind = self.kind(old, &mut errors);
        let is_calculated = matches!(kind, Kind::Calculated(_));
        let checks = self.checks.iter().enumerate();
        let checks = checks
            .filter_map(|(row, check)| check.meant(row, old.checks.get(row), &mut errors))
            .collect();
        let question = Question {
            key: old.key.clone(),
            label: text(&self.label, &self.label_en),
            help: text(&self.help, &self.help_en),
            is_required: self.required && !is_calculated,
            only_if: conditions::meant(&self.only_if),
            kind,
            checks,
            prefill: Prefill::from_id(&self.prefill).filter(|_| !is_calculated),
            // Without anything to begin with there is nothing to ask.
            prefill_if: match self.prefill.is_empty() || is_calculated {
                true => Vec::new(),
                false => conditions::meant(&self.prefill_if),
            },
        };
        if errors.is_empty() { Ok(question) } else { Err(Refusal::fields(errors)) }
    }

    fn kind(&self, old: &Question, errors: &mut Vec<FieldError>) -> Kind {
        // The page showed the details of another kind: this one begins afresh.
        if self.kind != self.shown {
            return Kind::fresh(&self.kind).unwrap_or_else(|| old.kind.clone());
        }
        let mut whole = |name: &str, typed: &str, otherwise: u32| match typed {
            "" => otherwise,
            typed => typed.parse().unwrap_or_else(|_| {
                wrong(errors, name);
                otherwise
            }),
        };
        match self.kind.as_str() {
            "text" => {
                let lines = whole("lines", &self.lines, 1).clamp(1, 20);
                Kind::Text { lines: u8::try_from(lines).unwrap_or(1) }
            }
            "number" => {
                let places = whole("places", &self.places, 0).min(6);
                let (min, max) =
                    (number("min", &self.min, errors), number("max", &self.max, errors));
                Kind::Number { min, max, places }
            }
            "date" => Kind::Date(match self.when.as_str() {
                "past" => When::Past,
                "future" => When::Future,
                _ => When::Any,
            }),
            "choice" => Kind::Choice(read_options(&self.options, &old.kind)),
            "table" => {
                let (min, max) = (whole("min", &self.min, 0), whole("max", &self.max, 20));
                let columns = match &old.kind {
                    Kind::Table { columns, .. } => columns.clone(),
                    _ => Vec::new(),
                };
                Kind::Table { columns, min, max }
            }
            "calculated" => Kind::Calculated(self.calculation(&old.kind, errors)),
            other => Kind::fresh(other).unwrap_or_else(|| old.kind.clone()),
        }
    }

    fn calculation(&self, old: &Kind, errors: &mut Vec<FieldError>) -> Calculation {
        if let (KEPT, Kind::Calculated(old)) = (self.operation.as_str(), old) {
            return old.clone();
        }
        let values = self.values.iter().enumerate();
        let mut values: Vec<Calculation> = values
            .filter_map(|(row, value)| value.meant(&format!("values[{row}].number"), errors))
            .collect();
        let base = match (self.operation.as_str(), values.len()) {
            ("product", _) => Calculation::Product(values),
            ("less" | "by", 2) => {
                let second = values.swap_remove(1);
                let pair = Box::new((values.swap_remove(0), second));
                if self.operation == "by" {
                    Calculation::Quotient(pair)
                } else {
                    Calculation::Difference(pair)
                }
            }
            ("less" | "by", _) => {
                let text = words::TWO_VALUES.into();
                errors.push(FieldError { field: "calculate".to_owned(), text });
                Calculation::Sum(values)
            }
            (_, 1) => values.swap_remove(0),
            _ => Calculation::Sum(values),
        };
        further::onto(base, &self.steps, errors)
    }
}

impl TypedCheck {
    fn of(check: &Check) -> Self {
        let must = Must::ALL.into_iter().find(|(_, must)| *must == check.must);
        let kept = TypedValue { of: KEPT.to_owned(), number: String::new() };
        Self {
            must: must.map_or("", |(id, _)| id).to_owned(),
            than: TypedValue::of(&check.than).unwrap_or(kept),
            years: if check.years == 0 { String::new() } else { check.years.to_string() },
            message: check.message.vi.clone(),
            message_en: english(&check.message),
        }
    }

    fn meant(
        &self,
        row: usize,
        old: Option<&Check>,
        errors: &mut Vec<FieldError>,
    ) -> Option<Check> {
        let must = Must::ALL.into_iter().find(|(id, _)| *id == self.must);
        let at = |part: &str| format!("checks[{row}].{part}");
        let than = match (self.than.of.as_str(), old) {
            (KEPT, Some(old)) => Some(old.than.clone()),
            _ => self.than.meant(&at("number"), errors),
        };
        let missing = [("must", must.is_none()), ("than", than.is_none())];
        for (part, _) in missing.into_iter().filter(|(_, is_missing)| *is_missing) {
            errors.push(FieldError { field: at(part), text: words::CHECK_INCOMPLETE.into() });
        }
        let years = match self.years.as_str() {
            "" => 0,
            typed => typed.replace('−', "-").parse().unwrap_or_else(|_| {
                wrong(errors, &at("years"));
                0
            }),
        };
        let message = text(&self.message, &self.message_en);
        Some(Check { must: must?.1, than: than?, years, message })
    }
}

impl TypedValue {
    /// A value in boxes; none when it is more than one.
    pub fn of(value: &Calculation) -> Option<Self> {
        let of = match value {
            Calculation::Constant(number) => {
                return Some(Self { of: NUMBER.to_owned(), number: number.to_string() });
            }
            Calculation::Answer(key) => format!("a|{key}"),
            Calculation::Today => TODAY.to_owned(),
            Calculation::Total { table, column } => format!("t|{table}|{column}"),
            Calculation::Rows(table) => format!("r|{table}"),
            _ => return None,
        };
        Some(Self { of, number: String::new() })
    }

    /// The value that is meant.
    pub fn meant(&self, at: &str, errors: &mut Vec<FieldError>) -> Option<Calculation> {
        let mut parts = self.of.split('|');
        let meant = match (parts.next(), parts.next(), parts.next()) {
            (Some("a"), Some(key), _) => Calculation::Answer(key.to_owned()),
            (Some(TODAY), ..) => Calculation::Today,
            (Some("t"), Some(table), Some(column)) => {
                Calculation::Total { table: table.to_owned(), column: column.to_owned() }
            }
            (Some("r"), Some(table), _) => Calculation::Rows(table.to_owned()),
            _ => return number(at, &self.number, errors).map(Calculation::Constant),
        };
        Some(meant)
    }
}

/// A calculation in boxes: the operation, its values, and the steps behind it.
fn typed_calculation(calculation: &Calculation) -> (String, Vec<TypedValue>, Vec<TypedStep>) {
    let (base, steps) = further::apart(calculation);
    let two = |parts: &(Calculation, Calculation)| vec![parts.0.clone(), parts.1.clone()];
    let (operation, parts) = match base {
        Calculation::Sum(parts) => ("sum", parts.clone()),
        Calculation::Product(parts) => ("product", parts.clone()),
        Calculation::Difference(parts) => ("less", two(parts)),
        Calculation::Quotient(parts) => ("by", two(parts)),
        single => ("sum", vec![single.clone()]),
    };
    let values: Option<Vec<TypedValue>> = parts.iter().map(TypedValue::of).collect();
    match values.filter(|values| values.len() <= ROWS && steps.len() <= further::STEPS) {
        Some(values) => (operation.to_owned(), values, steps),
        None => (KEPT.to_owned(), Vec::new(), Vec::new()),
    }
}

/// The name of when a date may lie.
pub const fn when_id(when: When) -> &'static str {
    match when {
        When::Any => "",
        When::Past => "past",
        When::Future => "future",
    }
}

/// Both languages as they are typed.
pub fn text(vi: &str, en: &str) -> Text {
    Text { vi: vi.to_owned(), en: if en.is_empty() { vi } else { en }.to_owned() }
}

/// The English words, where they are others.
pub fn english(text: &Text) -> String {
    if text.en == text.vi { String::new() } else { text.en.clone() }
}

fn number(at: &str, typed: &str, errors: &mut Vec<FieldError>) -> Option<Decimal> {
    if typed.is_empty() {
        return None;
    }
    // Exact as it is kept, else as people write it.
    let found = Decimal::from_str(typed).ok().or_else(|| typed_number(typed).ok());
    if found.is_none() {
        wrong(errors, at);
    }
    found
}

fn wrong(errors: &mut Vec<FieldError>, at: &str) {
    errors.push(FieldError { field: at.to_owned(), text: words::NUMBER_WRONG.into() });
}

/// Answers to choose from, one a line: `label | English | value`.
fn options_text(options: &[ChoiceOption]) -> String {
    let line = |option: &ChoiceOption| {
        let english = english(&option.label);
        let between =
            if english.is_empty() { " | | ".to_owned() } else { format!(" | {english} | ") };
        format!("{}{between}{}", option.label.vi, option.value)
    };
    options.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// An answer without a value keeps the one that its label had, or gets one of its own.
fn read_options(typed: &str, old: &Kind) -> Vec<ChoiceOption> {
    let known = match old {
        Kind::Choice(options) => options.as_slice(),
        _ => &[],
    };
    let mut found: Vec<ChoiceOption> = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut parts = line.split('|').map(str::trim);
        let mut part = || parts.next().unwrap_or_default();
        let (vi, en, value) = (part(), part(), part());
        let before = known.iter().find(|option| option.label.vi == vi);
        let value = match (value, before) {
            ("", Some(before)) => before.value.clone(),
            ("", None) => {
                fresh_key(vi, &|key| found.iter().chain(known).any(|option| option.value == key))
            }
            (value, _) => value.to_owned(),
        };
        found.push(ChoiceOption { value, label: text(vi, en) });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Typed, TypedValue};
    use crate::domain::form::{Calculation, Declaration, Kind, Question};
    use crate::domain::ids::ProcedureCode;
    use crate::office::forms::{shipped, wire};

    fn declaration(code: &ProcedureCode) -> Declaration {
        wire::declaration(&shipped::form(code).unwrap().unwrap()).unwrap()
    }

    #[test]
    fn what_is_shown_in_boxes_means_the_same_again() {
        for code in shipped::procedures() {
            for question in declaration(&code).questions() {
                let again = Typed::of(question).question(question);
                assert_eq!(again.as_ref(), Ok(question), "{code}");
            }
        }
    }

    #[test]
    fn a_calculation_of_several_steps_stays_what_it_is() {
        let answer = |key: &str| Calculation::Answer(key.to_owned());
        let sum = Calculation::Sum(vec![answer("luong"), answer("khac"), answer("dat")]);
        let less = Calculation::Difference(Box::new((sum.clone(), answer("no"))));
        let by = Calculation::Quotient(Box::new((less.clone(), Calculation::Rows("ho".into()))));
        let form = declaration(&ProcedureCode::from("1.001193"));
        for (calculation, steps) in [(by.clone(), 2), (less, 1), (sum, 0)] {
            let question = Question {
                kind: Kind::Calculated(calculation),
                is_required: false,
                prefill: None,
                prefill_if: Vec::new(),
                ..form.question("ho_ten").unwrap().clone()
            };
            let typed = Typed::of(&question);
            assert_eq!((typed.operation.as_str(), typed.steps.len()), ("sum", steps));
            assert_eq!(typed.question(&question), Ok(question));
        }
        // A step without its value is refused at its box.
        let question =
            Question { kind: Kind::Calculated(by), ..form.question("ho_ten").unwrap().clone() };
        let mut typed = Typed::of(&question);
        typed.steps[1].value = TypedValue::default();
        assert_eq!(typed.question(&question).unwrap_err().fields[0].field, "steps[1]");
        // What the boxes cannot show stays.
        let deep = Calculation::Difference(Box::new((
            answer("a"),
            Calculation::Sum(vec![answer("b"), answer("c")]),
        )));
        let kept = Question { kind: Kind::Calculated(deep), is_required: false, ..question };
        let kept = Question { prefill: None, prefill_if: Vec::new(), ..kept };
        assert_eq!(Typed::of(&kept).question(&kept), Ok(kept));
    }

    #[test]
    fn answers_keep_their_values_when_their_words_change() {
        let form = declaration(&ProcedureCode::from("1.001193"));
        let sex = form.question("gioi_tinh").unwrap();
        let typed = Typed {
            options: "Nam\nNữ giới | Female | nu\nKhác\nNam".to_owned(),
            ..Typed::of(sex)
        };
        let crate::domain::form::Kind::Choice(options) = typed.question(sex).unwrap().kind else {
            panic!("no choice")
        };
        let values: Vec<&str> = options.iter().map(|option| option.value.as_str()).collect();
        // The same twice is refused by the form's own check, with its place.
        assert_eq!(values, ["nam", "nu", "khac", "nam"]);
    }

    #[test]
    fn what_is_no_number_is_refused_at_its_box() {
        let form = declaration(&ProcedureCode::from("1.001193"));
        let question = form.question("ho_ten").unwrap();
        let typed = Typed {
            kind: "number".to_owned(),
            shown: "number".to_owned(),
            min: "ba".to_owned(),
            max: "1.500,5".to_owned(),
            ..Typed::of(question)
        };
        let refused = typed.question(question).unwrap_err();
        assert_eq!(refused.fields.len(), 1);
        assert_eq!(refused.fields[0].field, "min");
    }
}
