//! A calculation of several steps in boxes: what is done, one step behind the other, with the result so far.

use super::typed::TypedValue;
use crate::domain::form::Calculation;
use crate::domain::refusal::FieldError;
use crate::web::desk::posted::Posted;
use crate::web::words::form_builder as words;

/// Further steps that a page has room for.
pub const STEPS: usize = 5;

/// A step as typed: what is done, and with which value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedStep {
    pub operation: String,
    pub value: TypedValue,
}

/// The steps that were typed.
pub fn read(sent: &Posted) -> Vec<TypedStep> {
    let step = |row: usize| {
        let get = |part: &str| sent.get(&format!("steps[{row}]{part}")).to_owned();
        TypedStep {
            operation: get(".operation"),
            value: TypedValue { of: get(""), number: get(".number") },
        }
    };
    (0..STEPS).map(step).filter(|step| *step != TypedStep::default()).collect()
}

/// A calculation taken apart: what it begins with, and the steps behind it.
pub fn apart(calculation: &Calculation) -> (&Calculation, Vec<TypedStep>) {
    let (mut rest, mut steps) = (calculation, Vec::new());
    while let Some((operation, first, second)) = last(rest) {
        let value = TypedValue::of(second);
        let Some(value) = value.filter(|_| is_several(first)) else { break };
        steps.push(TypedStep { operation: operation.to_owned(), value });
        rest = first;
    }
    steps.reverse();
    (rest, steps)
}

fn last(calculation: &Calculation) -> Option<(&'static str, &Calculation, &Calculation)> {
    match calculation {
        Calculation::Sum(parts) => match parts.as_slice() {
            [first, second] => Some(("sum", first, second)),
            _ => None,
        },
        Calculation::Product(parts) => match parts.as_slice() {
            [first, second] => Some(("product", first, second)),
            _ => None,
        },
        Calculation::Difference(parts) => Some(("less", &parts.0, &parts.1)),
        Calculation::Quotient(parts) => Some(("by", &parts.0, &parts.1)),
        _ => None,
    }
}

fn is_several(calculation: &Calculation) -> bool {
    last(calculation).is_some()
        || matches!(calculation, Calculation::Sum(_) | Calculation::Product(_))
}

/// The calculation that the steps make of what they begin with; what is incomplete is said at its box.
pub fn onto(base: Calculation, steps: &[TypedStep], errors: &mut Vec<FieldError>) -> Calculation {
    let mut result = base;
    for (row, step) in steps.iter().enumerate() {
        let at = format!("steps[{row}]");
        let value = step.value.meant(&format!("{at}.number"), errors);
        let Some(value) = value.filter(|_| !step.operation.is_empty()) else {
            let field = if step.operation.is_empty() { format!("{at}.operation") } else { at };
            errors.push(FieldError { field, text: words::STEP_INCOMPLETE.into() });
            continue;
        };
        result = match step.operation.as_str() {
            "less" => Calculation::Difference(Box::new((result, value))),
            "by" => Calculation::Quotient(Box::new((result, value))),
            "product" => Calculation::Product(vec![result, value]),
            _ => Calculation::Sum(vec![result, value]),
        };
    }
    result
}
