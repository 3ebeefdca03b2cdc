//! Answers of a form as JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::domain::dossier::{Form, FormValue};

/// Answers of a form from JSON.
pub fn form(answers: Map<String, Value>) -> Form {
    answers.into_iter().map(|(name, value)| (name, form_value(value))).collect()
}

fn form_value(value: Value) -> FormValue {
    match value {
        Value::Null => FormValue::Null,
        Value::Bool(yes) => FormValue::Bool(yes),
        Value::Number(number) => FormValue::Number(number.to_string()),
        Value::String(text) => FormValue::Text(text),
        Value::Array(items) => FormValue::List(items.into_iter().map(form_value).collect()),
        Value::Object(group) => FormValue::Group(form(group)),
    }
}

/// Answers of a form as JSON.
pub fn form_json(form: &BTreeMap<String, FormValue>) -> Value {
    Value::Object(form.iter().map(|(name, value)| (name.clone(), value_json(value))).collect())
}

fn value_json(value: &FormValue) -> Value {
    match value {
        FormValue::Null => Value::Null,
        FormValue::Bool(yes) => Value::Bool(*yes),
        // Written as it came; a number that JSON cannot hold is shown as text.
        FormValue::Number(number) => {
            serde_json::from_str(number).unwrap_or_else(|_| Value::String(number.clone()))
        }
        FormValue::Text(text) => Value::String(text.clone()),
        FormValue::List(items) => Value::Array(items.iter().map(value_json).collect()),
        FormValue::Group(group) => form_json(group),
    }
}
