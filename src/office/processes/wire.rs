//! Steps as they are entered and kept: plain texts, read into steps of the domain.

use serde::{Deserialize, Serialize};

use crate::domain::agency::Role;
use crate::domain::ids::{AgencyCode, StepId, UnitCode};
use crate::domain::process::{Asked, Condition, EndsWith, Performer, Step, Test, words};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Text;

/// A step, as it is entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRow {
    /// Its id; a free one is given when it is empty.
    #[serde(default)]
    pub id: String,
    /// Its name.
    pub name: String,
    /// The role that does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Or the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Working hours.
    pub hours: u32,
    /// What is done.
    #[serde(default)]
    pub does: String,
    /// What comes out.
    #[serde(default)]
    pub document: String,
    /// Whom it asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consults: Option<AskedRow>,
    /// Whether it runs beside the step before it.
    #[serde(default)]
    pub parallel: bool,
    /// When it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip_when: Option<ConditionRow>,
    /// The action that ends it; when none is named, the answer of a consultation, else its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_with: Option<String>,
}

/// Whom a step asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedRow {
    /// The agency; the competent one when none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The unit in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// When a step is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionRow {
    /// The answer's name.
    pub field: String,
    /// `is`, `is_not`, `given` or `missing`.
    pub test: String,
    /// What it is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// Reads steps.
///
/// # Errors
/// A [`Refusal`] that names every place with an unknown role, action or test.
pub fn steps(rows: &[StepRow]) -> Result<Vec<Step>, Refusal> {
    let mut errors = Vec::new();
    let mut steps: Vec<Step> = Vec::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        let mut refuse = |field: &str, text: Text| {
            errors.push(FieldError { field: format!("steps[{place}].{field}"), text });
        };
        let id = match row.id.trim() {
            "" => free_id(rows, &steps),
            id => StepId::new(id),
        };
        let consults = row.consults.as_ref().map(|asked| Asked {
            agency: text(&asked.agency).map(AgencyCode::new),
            unit: text(&asked.unit).map(UnitCode::new),
        });
        let by = performer(row, &mut refuse);
        let ends_with = ends_with(row, &mut refuse);
        let skip_when = row.skip_when.as_ref().and_then(|row| condition(row, &mut refuse));
        steps.push(Step {
            id,
            name: row.name.trim().to_owned(),
            by,
            hours: row.hours,
            does: row.does.trim().to_owned(),
            document: row.document.trim().to_owned(),
            consults,
            parallel: row.parallel,
            skip_when,
            ends_with,
        });
    }
    if errors.is_empty() { Ok(steps) } else { Err(Refusal::fields(errors)) }
}

/// Steps as they are kept.
pub fn rows(steps: &[Step]) -> Vec<StepRow> {
    let row = |step: &Step| {
        let (role, unit) = match &step.by {
            Performer::Role(role) => (Some(role.id().to_owned()), None),
            Performer::Unit(unit) => (None, Some(unit.to_string())),
        };
        StepRow {
            id: step.id.to_string(),
            name: step.name.clone(),
            role,
            unit,
            hours: step.hours,
            does: step.does.clone(),
            document: step.document.clone(),
            consults: step.consults.as_ref().map(|asked| AskedRow {
                agency: asked.agency.as_ref().map(ToString::to_string),
                unit: asked.unit.as_ref().map(ToString::to_string),
            }),
            parallel: step.parallel,
            skip_when: step.skip_when.as_ref().map(|when| ConditionRow {
                field: when.field.clone(),
                test: when.test.id().to_owned(),
                value: when.test.value().map(str::to_owned),
            }),
            ends_with: Some(step.ends_with.id().to_owned()),
        }
    };
    steps.iter().map(row).collect()
}

fn text(value: &Option<String>) -> Option<String> {
    value.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The first of `b1`, `b2` … that no step has.
fn free_id(rows: &[StepRow], steps: &[Step]) -> StepId {
    let is_free = |id: &String| {
        rows.iter().all(|row| row.id.trim() != id) && steps.iter().all(|s| s.id.as_str() != id)
    };
    let mut ids = (1..).map(|number: u32| format!("b{number}"));
    StepId::new(ids.find(is_free).unwrap_or_default())
}

fn performer(row: &StepRow, refuse: &mut impl FnMut(&str, Text)) -> Performer {
    match (text(&row.role), text(&row.unit)) {
        (Some(_), Some(_)) => refuse("role", words::WHO_TWICE.into()),
        (None, Some(unit)) => return Performer::Unit(UnitCode::new(unit)),
        (Some(id), None) => match Role::from_id(&id) {
            Some(role) => return Performer::Role(role),
            None => refuse("role", words::ROLE_UNKNOWN.text(&[("role", &id)])),
        },
        (None, None) => refuse("role", words::WHO_MISSING.into()),
    }
    Performer::Role(Role::Processor)
}

fn ends_with(row: &StepRow, refuse: &mut impl FnMut(&str, Text)) -> EndsWith {
    let usual = if row.consults.is_some() { EndsWith::Answer } else { EndsWith::Complete };
    let Some(id) = text(&row.ends_with) else { return usual };
    EndsWith::from_id(&id).unwrap_or_else(|| {
        refuse("ends_with", words::ENDS_UNKNOWN.text(&[("action", &id)]));
        usual
    })
}

/// A test of an answer, as it was entered.
pub(in crate::office) fn condition(
    row: &ConditionRow,
    refuse: &mut impl FnMut(&str, Text),
) -> Option<Condition> {
    let value = text(&row.value);
    let test = match (row.test.as_str(), value) {
        ("is", value) => Test::Is(value.unwrap_or_default()),
        ("is_not", value) => Test::IsNot(value.unwrap_or_default()),
        ("given", None) => Test::Given,
        ("missing", None) => Test::Missing,
        ("given" | "missing", Some(_)) => {
            refuse("skip_when.value", words::VALUE_NOT_NEEDED.into());
            return None;
        }
        (other, _) => {
            refuse("skip_when.test", words::TEST_UNKNOWN.text(&[("test", other)]));
            return None;
        }
    };
    Some(Condition { field: row.field.trim().to_owned(), test })
}

#[cfg(test)]
mod tests {
    use super::{AskedRow, ConditionRow, StepRow, rows, steps};
    use crate::domain::process::EndsWith;

    fn row(name: &str) -> StepRow {
        let role = Some("processor".to_owned());
        StepRow { name: name.to_owned(), role, hours: 8, ..StepRow::default() }
    }

    fn refused(row: StepRow) -> Vec<String> {
        let refusal = steps(&[row]).err();
        refusal.map_or(Vec::new(), |r| r.fields.into_iter().map(|f| f.field).collect())
    }

    #[test]
    fn steps_come_back_as_they_went_and_free_ids_are_given() {
        let asked = AskedRow { agency: Some("H40.15".to_owned()), unit: None };
        let when = ConditionRow {
            field: "mien_thue".to_owned(),
            test: "is".to_owned(),
            value: Some("có".to_owned()),
        };
        let entered = [
            row("A"),
            StepRow { id: "b1".to_owned(), consults: Some(asked), ..row("B") },
            StepRow { skip_when: Some(when), parallel: true, ..row("C") },
        ];
        let read = steps(&entered).unwrap();
        let ids: Vec<_> = read.iter().map(|step| step.id.as_str()).collect();
        assert_eq!(ids, ["b2", "b1", "b3"]);
        assert_eq!(read[0].ends_with, EndsWith::Complete);
        assert_eq!(read[1].ends_with, EndsWith::Answer);
        assert_eq!(steps(&rows(&read)).unwrap(), read);
    }

    #[test]
    fn what_stands_for_nothing_is_named_by_its_place() {
        let role = |role: &str| StepRow { role: Some(role.to_owned()), ..row("A") };
        assert_eq!(refused(role("king")), ["steps[0].role"]);
        assert_eq!(refused(role("")), ["steps[0].role"]);
        assert_eq!(refused(StepRow { unit: Some("x".to_owned()), ..row("A") }), ["steps[0].role"]);
        let ends = StepRow { ends_with: Some("deliver".to_owned()), ..row("A") };
        assert_eq!(refused(ends), ["steps[0].ends_with"]);
        let when = |test: &str, value: Option<&str>| StepRow {
            skip_when: Some(ConditionRow {
                field: "a".to_owned(),
                test: test.to_owned(),
                value: value.map(str::to_owned),
            }),
            ..row("A")
        };
        assert_eq!(refused(when("over", None)), ["steps[0].skip_when.test"]);
        assert_eq!(refused(when("given", Some("x"))), ["steps[0].skip_when.value"]);
    }
}
