//! What a declaration must be before it can be published: something that people can fill in.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, RoundingStrategy};

use super::fulfilling::can_hold;
use super::{
    Calculation, Case, Check, ChoiceOption, Declaration, Kind, Must, OfficialForm, PLACE_PARTS,
    Question, words,
};
use crate::domain::process::{Condition, Test};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::{Message, Text};

/// Most sections.
pub const MAX_SECTIONS: usize = 30;
/// Most questions of a form, and of a table.
pub const MAX_QUESTIONS: usize = 200;
/// Most signatures under the printed form.
const MAX_SIGNERS: usize = 4;
/// Most answers to choose from.
pub const MAX_OPTIONS: usize = 100;
/// Most rows of a table.
pub const MAX_ROWS: u32 = 100;
/// Longest label or message.
const MAX_LABEL: usize = 300;
/// Longest help.
const MAX_HELP: usize = 2_000;
/// Deepest nesting of a calculation.
const MAX_DEPTH: usize = 8;

/// Refuses a declaration that cannot be a form.
///
/// # Errors
/// A [`Refusal`] that names each place: `sections[0].questions[2].only_if[0]`.
pub fn check(declaration: &Declaration) -> Result<(), Refusal> {
    let mut checking = Checking::new(declaration);
    if declaration.title.vi.trim().is_empty() {
        checking.add("title", words::NO_TITLE);
    }
    for (place, role) in declaration.signers.iter().enumerate() {
        checking.texts(&format!("signers[{place}]"), [("role", role, MAX_LABEL)]);
    }
    checking.official(&declaration.official);
    checking.count("signers", declaration.signers.len(), (0, MAX_SIGNERS), words::NO_SECTIONS);
    checking.count("sections", declaration.sections.len(), (1, MAX_SECTIONS), words::NO_SECTIONS);
    let total = declaration.questions().count();
    checking.count("sections", total, (0, MAX_QUESTIONS), words::NO_QUESTIONS);
    for (place, section) in declaration.sections.iter().enumerate() {
        let at = format!("sections[{place}]");
        checking
            .texts(&at, [("title", &section.title, MAX_LABEL), ("help", &section.help, MAX_HELP)]);
        if section.title.vi.trim().is_empty() {
            checking.add(format!("{at}.title"), words::SECTION_UNTITLED);
        }
        if section.questions.is_empty() {
            checking.add(format!("{at}.questions"), words::NO_QUESTIONS);
        }
        let tested = checking.conditions(&at, &section.only_if, None, &Tested::default());
        for (place, question) in section.questions.iter().enumerate() {
            checking.question(&format!("{at}.questions[{place}]"), question, &tested);
        }
    }
    for (place, case) in declaration.cases.iter().enumerate() {
        checking.case(&format!("cases[{place}]"), case, declaration);
    }
    match checking.errors.is_empty() {
        true => Ok(()),
        false => Err(Refusal::fields(checking.errors)),
    }
}

/// What conditions already demand of each answer.
type Tested<'a> = BTreeMap<&'a str, Vec<&'a Test>>;

struct Checking<'a> {
    declaration: &'a Declaration,
    errors: Vec<FieldError>,
    /// The columns of the table that is looked at.
    columns: &'a [Question],
    /// Questions above the one that is looked at; of a table, its columns above.
    above: Vec<&'a Question>,
    /// Every key, with the keys that it needs.
    needs: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Checking<'a> {
    fn new(declaration: &'a Declaration) -> Self {
        let mut needs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for section in &declaration.sections {
            for question in &section.questions {
                let conditions = section.only_if.iter().chain(&question.only_if);
                let mut needed: Vec<&str> = conditions.map(|c| first(&c.field)).collect();
                if let Kind::Calculated(calculation) = &question.kind {
                    needed.extend(calculation.needs().into_iter().map(|(key, _)| key));
                }
                needs.entry(&question.key).or_insert(needed);
            }
        }
        Self { declaration, errors: Vec::new(), columns: &[], above: Vec::new(), needs }
    }

    fn add(&mut self, field: impl Into<String>, text: impl Into<Text>) {
        self.errors.push(FieldError { field: field.into(), text: text.into() });
    }

    /// Refuses a place for the sake of the question with a key, which is named by its label.
    fn add_about(&mut self, at: &str, message: Message, key: &str) {
        let column = self.columns.iter().find(|column| column.key == key);
        let label = column.map_or_else(|| self.declaration.label_of(key), |c| c.label.clone());
        self.add(at, message.text_of(&[("label", &label)]));
    }

    fn official(&mut self, official: &OfficialForm) {
        let same = |text: &str| Text { vi: text.to_owned(), en: text.to_owned() };
        let at = "official";
        let source = same(&official.source);
        self.texts(at, [("source", &source, MAX_LABEL), ("note", &official.note, MAX_HELP)]);
        self.count(
            "official.fields",
            official.fields.len(),
            (0, MAX_QUESTIONS),
            words::NO_QUESTIONS,
        );
        self.count("official.added", official.added.len(), (0, MAX_QUESTIONS), words::NO_QUESTIONS);
        for (place, field) in official.fields.iter().enumerate() {
            let label = same(&field.label);
            self.texts(&format!("{at}.fields[{place}]"), [("label", &label, MAX_LABEL)]);
        }
        for (place, added) in official.added.iter().enumerate() {
            self.texts(&format!("{at}.added[{place}]"), [("why", &added.why, MAX_LABEL)]);
        }
    }

    fn count(&mut self, at: &str, count: usize, (least, most): (usize, usize), few: Message) {
        if count < least {
            self.add(at, few);
        } else if count > most {
            self.add(at, words::TOO_MANY_PARTS.text(&[("max", &most.to_string())]));
        }
    }

    fn texts<const N: usize>(&mut self, at: &str, texts: [(&str, &Text, usize); N]) {
        for (part, text, most) in texts {
            if [&text.vi, &text.en].into_iter().any(|text| text.chars().count() > most) {
                let long = words::TEXT_TOO_LONG.text(&[("max", &most.to_string())]);
                self.add(format!("{at}.{part}"), long);
            }
        }
    }

    fn question(&mut self, at: &str, question: &'a Question, outer: &Tested<'a>) {
        self.texts(at, [("label", &question.label, MAX_LABEL), ("help", &question.help, MAX_HELP)]);
        if question.label.vi.trim().is_empty() {
            self.add(format!("{at}.label"), words::LABEL_MISSING);
        }
        let key = question.key.as_str();
        if !is_key(key) {
            self.add(format!("{at}.key"), words::KEY_WRONG);
        } else if self.above.iter().any(|known| known.key == key) {
            self.add(format!("{at}.key"), words::KEY_TWICE.text(&[("key", key)]));
        }
        self.conditions(at, &question.only_if, Some(key), outer);
        for (place, condition) in question.prefill_if.iter().enumerate() {
            self.referred(&format!("{at}.prefill_if[{place}]"), first(&condition.field), Some(key));
        }
        self.kind(at, question);
        self.above.push(question);
        for (place, check) in question.checks.iter().enumerate() {
            let at = format!("{at}.checks[{place}]");
            self.comparison(&at, question, check);
            // One that leaves nothing over is told; those behind it are not.
            let (before, so_far) = (&question.checks[..place], &question.checks[..=place]);
            if can_be(&question.kind, before) && !can_be(&question.kind, so_far) {
                self.add(&at, words::CHECK_IMPOSSIBLE);
            }
        }
    }

    fn kind(&mut self, at: &str, question: &'a Question) {
        match &question.kind {
            kind @ Kind::Number { .. } if !can_be(kind, &[]) => {
                self.add(format!("{at}.min"), words::RANGE_EMPTY);
            }
            Kind::Choice(options) => self.options(at, options),
            Kind::Table { columns, min, max } => {
                if min > max || *max == 0 {
                    self.add(format!("{at}.min"), words::RANGE_EMPTY);
                } else if *max > MAX_ROWS {
                    let text = words::TOO_MANY_PARTS.text(&[("max", &MAX_ROWS.to_string())]);
                    self.add(format!("{at}.max"), text);
                }
                self.columns(at, columns);
            }
            Kind::Calculated(calculation) => {
                if question.is_required {
                    self.add(format!("{at}.required"), words::CALCULATED_REQUIRED);
                }
                self.calculation(&format!("{at}.calculate"), calculation, Some(&question.key));
            }
            _ => {}
        }
    }

    fn options(&mut self, at: &str, options: &[ChoiceOption]) {
        self.count(&format!("{at}.options"), options.len(), (2, MAX_OPTIONS), words::OPTIONS_FEW);
        let mut seen = BTreeSet::new();
        for (place, option) in options.iter().enumerate() {
            let at = format!("{at}.options[{place}]");
            if option.value.trim().is_empty() || option.label.vi.trim().is_empty() {
                self.add(at, words::OPTION_EMPTY);
            } else if !seen.insert(&option.value) {
                self.add(at, words::OPTION_TWICE.text(&[("value", &option.value)]));
            }
        }
    }

    fn columns(&mut self, at: &str, columns: &'a [Question]) {
        let at_columns = format!("{at}.columns");
        self.count(&at_columns, columns.len(), (1, MAX_QUESTIONS), words::COLUMNS_FEW);
        let outside = std::mem::take(&mut self.above);
        self.columns = columns;
        for (place, column) in columns.iter().enumerate() {
            let at = format!("{at_columns}[{place}]");
            if matches!(column.kind, Kind::Table { .. } | Kind::Place) {
                self.add(format!("{at}.kind"), words::COLUMN_KIND);
            } else {
                self.question(&at, column, &Tested::default());
            }
        }
        (self.above, self.columns) = (outside, &[]);
    }

    /// The question of a name that something refers to, when it stands above.
    fn referred(&mut self, at: &str, key: &str, from: Option<&str>) -> Option<&'a Question> {
        let found = self.above.iter().copied().find(|question| question.key == key);
        if found.is_none() {
            let is_known =
                self.needs.contains_key(key) || self.columns.iter().any(|c| c.key == key);
            match from {
                Some(from) if from == key => self.add(at, words::REF_SELF),
                Some(from) if self.leads_to(key, from) => {
                    self.add_about(at, words::REF_CIRCULAR, key);
                }
                _ if is_known => self.add_about(at, words::REF_LATER, key),
                _ => self.add(at, words::REF_UNKNOWN.text(&[("key", key)])),
            }
        }
        found
    }

    /// Whether a question depends on another, at any distance.
    fn leads_to(&self, from: &str, to: &str) -> bool {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(key) = open.pop() {
            if key == to {
                return true;
            }
            if seen.insert(key) {
                open.extend(self.needs.get(key).into_iter().flatten());
            }
        }
        false
    }

    /// Looks at conditions, and says what they demand together with the outer ones.
    fn conditions(
        &mut self,
        at: &str,
        conditions: &'a [Condition],
        from: Option<&str>,
        outer: &Tested<'a>,
    ) -> Tested<'a> {
        let mut tested = outer.clone();
        for (place, condition) in conditions.iter().enumerate() {
            let at = format!("{at}.only_if[{place}]");
            let field = condition.field.as_str();
            let Some(question) = self.referred(&at, first(field), from) else { continue };
            if !is_part(question, field) {
                self.add(&at, words::REF_UNKNOWN.text(&[("key", field)]));
                continue;
            }
            if condition.test.value().is_some_and(|value| value.trim().is_empty()) {
                self.add(&at, words::CONDITION_EMPTY);
                continue;
            }
            let before = tested.entry(field).or_default();
            let contradicts = before.iter().any(|known| excludes(known, &condition.test));
            before.push(&condition.test);
            if contradicts || !can_hold(question, &condition.test) {
                self.add(&at, words::NEVER_ASKED);
            }
        }
        tested
    }

    fn calculation(&mut self, at: &str, calculation: &'a Calculation, from: Option<&str>) {
        if calculation.depth() > MAX_DEPTH {
            let text = words::CALCULATION_DEEP.text(&[("max", &MAX_DEPTH.to_string())]);
            return self.add(at, text);
        }
        if is_hollow(calculation) {
            self.add(at, words::CALCULATION_EMPTY);
        }
        if calculation.has_today() {
            self.add(at, words::TODAY_ALONE);
        }
        if calculation.divides_by_zero() {
            self.add(at, words::ZERO_DIVISOR);
        }
        let counts_rows = |key: &str| matches!(calculation_kind(calculation, key), Some(true));
        for (key, column) in calculation.needs() {
            let Some(question) = self.referred(at, key, from) else { continue };
            let text = match (&question.kind, column) {
                (Kind::Table { columns, .. }, Some(column)) => {
                    let known = columns.iter().find(|known| known.key == column);
                    let is_number = known.is_some_and(|known| known.kind.is_number());
                    (!is_number).then_some(words::REF_NO_TABLE)
                }
                (_, Some(_)) => Some(words::REF_NO_TABLE),
                (Kind::Table { .. }, None) => (!counts_rows(key)).then_some(words::REF_NO_NUMBER),
                (kind, None) => (!kind.is_number()).then_some(words::REF_NO_NUMBER),
            };
            if let Some(message) = text {
                self.add_about(at, message, key);
            }
        }
    }

    fn comparison(&mut self, at: &str, question: &'a Question, check: &'a Check) {
        self.texts(at, [("message", &check.message, MAX_LABEL)]);
        if check.message.vi.trim().is_empty() {
            self.add(format!("{at}.message"), words::MESSAGE_MISSING);
        }
        let at_than = format!("{at}.than");
        let is_of_time = |kind: &Kind| matches!(kind, Kind::Date(_) | Kind::Number { .. });
        if check.years != 0 {
            let other = match &check.than {
                Calculation::Answer(key) => self.above.iter().find(|other| other.key == *key),
                _ => None,
            };
            let than =
                check.than == Calculation::Today || other.is_some_and(|o| is_of_time(&o.kind));
            if !than || !is_of_time(&question.kind) {
                self.add(format!("{at}.years"), words::YEARS_OF_TIME);
            }
        }
        match &check.than {
            Calculation::Today if is_of_time(&question.kind) => {}
            Calculation::Today => self.add(at_than, words::TODAY_OF_TIME),
            // Dates and texts are compared with answers alone; those may be of any kind.
            Calculation::Answer(key) if *key == question.key => {
                self.add(at_than, words::REF_SELF);
            }
            Calculation::Answer(key) => {
                self.referred(&at_than, key, Some(&question.key));
            }
            than if question.kind.is_number() => {
                self.calculation(&at_than, than, Some(&question.key));
            }
            _ => self.add_about(&at_than, words::REF_NO_NUMBER, &question.key),
        }
    }

    fn case(&mut self, at: &str, case: &'a Case, declaration: &Declaration) {
        if case.name.trim().is_empty() {
            self.add(format!("{at}.name"), words::CASE_NAMELESS);
        }
        let keys = case.shows.iter().chain(&case.hides).chain(case.values.iter().map(|(k, _)| k));
        for key in keys.filter(|key| declaration.question(key).is_none()) {
            self.add(at, words::REF_UNKNOWN.text(&[("key", key)]));
        }
    }
}

/// Whether two demands on one answer cannot both be met.
fn excludes(a: &Test, b: &Test) -> bool {
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    match (a, b) {
        (Test::Is(a), Test::Is(b)) => !same(a, b),
        (Test::Is(a), Test::IsNot(b)) | (Test::IsNot(b), Test::Is(a)) => same(a, b),
        (Test::Missing, Test::Is(_) | Test::IsNot(_) | Test::Given)
        | (Test::Is(_) | Test::IsNot(_) | Test::Given, Test::Missing) => true,
        _ => false,
    }
}

/// Whether a number of this kind can fulfil all of these checks that compare it with constants.
fn can_be(kind: &Kind, checks: &[Check]) -> bool {
    let (mut least, mut most, places) = match kind {
        Kind::Number { min, max, places } => (*min, *max, *places),
        Kind::Money => (Some(Decimal::ZERO), None, 0),
        _ => return true,
    };
    let mut not = Vec::new();
    for check in checks {
        let Some(value) = check.than.constant() else { continue };
        if matches!(check.must, Must::AtLeast | Must::Same) {
            least = Some(least.map_or(value, |least| least.max(value)));
        }
        if matches!(check.must, Must::AtMost | Must::Same) {
            most = Some(most.map_or(value, |most| most.min(value)));
        }
        if check.must == Must::Differ {
            not.push(value);
        }
    }
    let (Some(least), Some(most)) = (least, most) else { return true };
    // The least number with so many places that is not below the least.
    let up = RoundingStrategy::ToPositiveInfinity;
    let first = least.round_dp_with_strategy(places, up);
    let last = most.round_dp_with_strategy(places, RoundingStrategy::ToNegativeInfinity);
    first < last || (first == last && !not.contains(&first))
}

/// Whether a calculation uses a name as a table whose rows it counts; none when it does not use it.
fn calculation_kind(calculation: &Calculation, key: &str) -> Option<bool> {
    match calculation {
        Calculation::Rows(table) if table == key => Some(true),
        Calculation::Answer(answer) if answer == key => Some(false),
        Calculation::Sum(parts) | Calculation::Product(parts) => {
            // Used as a number anywhere, it must be one.
            parts.iter().filter_map(|part| calculation_kind(part, key)).min()
        }
        Calculation::Difference(parts) | Calculation::Quotient(parts) => {
            [&parts.0, &parts.1].into_iter().filter_map(|p| calculation_kind(p, key)).min()
        }
        _ => None,
    }
}

/// Whether a sum or a product of nothing is in it.
fn is_hollow(calculation: &Calculation) -> bool {
    match calculation {
        Calculation::Sum(parts) | Calculation::Product(parts) => {
            parts.is_empty() || parts.iter().any(is_hollow)
        }
        Calculation::Difference(parts) | Calculation::Quotient(parts) => {
            is_hollow(&parts.0) || is_hollow(&parts.1)
        }
        _ => false,
    }
}

fn first(field: &str) -> &str {
    field.split('.').next().unwrap_or_default()
}

/// Whether a name with dots is an answer of a question.
fn is_part(question: &Question, field: &str) -> bool {
    match field.split_once('.') {
        None => true,
        Some((_, part)) => question.kind == Kind::Place && PLACE_PARTS.contains(&part),
    }
}

/// Whether a text can be the key of a question.
pub fn is_key(key: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (1..=40).contains(&key.len())
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(fits)
}
