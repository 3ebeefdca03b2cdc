//! JSON bodies: read whole up to a limit, strictly, with the path of the field that is wrong.

use actix_web::http::header;
use actix_web::{HttpRequest, web};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::problem::ApiFailure;
use crate::domain::refusal::Refusal;
use crate::office::shape;
pub use crate::office::shape::wrong_value;
use crate::web::incoming::is_hidden;
use crate::web::words::api as words;

/// Largest JSON body, in bytes.
pub const MAX_JSON: usize = 1024 * 1024;

/// The bytes of a JSON body.
///
/// # Errors
/// 415 for another type, 413 for too many bytes, 400 when they end early.
pub async fn read(request: &HttpRequest, payload: web::Payload) -> Result<web::Bytes, ApiFailure> {
    let declared = request.headers().get(header::CONTENT_TYPE);
    let declared = declared.map(|value| value.to_str().unwrap_or("?").to_ascii_lowercase());
    // Clients name a type of their own for a POST without a body.
    let is_empty =
        request.headers().get(header::CONTENT_LENGTH).is_some_and(|length| length == "0");
    if !is_empty && declared.is_some_and(|declared| !declared.starts_with("application/json")) {
        return Err(ApiFailure::media_type(words::JSON_EXPECTED));
    }
    let max = (MAX_JSON / 1024).to_string();
    match payload.to_bytes_limited(MAX_JSON).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(ApiFailure::malformed(words::BODY_CUT)),
        Err(_) => Err(ApiFailure::too_large(words::BODY_TOO_LARGE.text(&[("max", &max)]))),
    }
}

/// The value of a JSON body.
///
/// # Errors
/// 400 when it is no JSON, 422 with the field's path when it is of another shape.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiFailure> {
    check_shown(bytes)?;
    // The plain way is the fast one; the path of the field is found only when it failed.
    serde_json::from_slice(bytes).or_else(|error: serde_json::Error| {
        // Of two that say different things none is chosen: others may have looked at the other one.
        if error.to_string().starts_with("duplicate field") {
            return Err(Refusal::field("", words::FIELD_TWICE).into());
        }
        let value: Value = serde_json::from_slice(bytes).map_err(|error| syntax(&error))?;
        Ok(from_value(value)?)
    })
}

/// The object of a JSON body.
///
/// # Errors
/// 400 when it is no JSON, 422 when it is no object.
pub fn object(bytes: &[u8]) -> Result<Map<String, Value>, ApiFailure> {
    check_shown(bytes)?;
    match serde_json::from_slice(bytes).map_err(|error| syntax(&error))? {
        Value::Object(object) => Ok(object),
        _ => Err(Refusal::field("", words::NOT_AN_OBJECT).into()),
    }
}

/// A value of JSON as what it should be.
///
/// # Errors
/// Names the field's path when it is of another shape.
pub fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, Refusal> {
    if !value.is_object() {
        return Err(Refusal::field("", words::NOT_AN_OBJECT));
    }
    serde_path_to_error::deserialize(value).map_err(|error| shape::refused(&error))
}

/// Refuses texts with characters that show nothing and change how others are read, written plainly or
/// as escapes.
fn check_shown(bytes: &[u8]) -> Result<(), Refusal> {
    let hidden = || Err(Refusal::field("", words::HIDDEN_CHARACTERS));
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    if text.chars().any(is_hidden) {
        return hidden();
    }
    let mut rest = text;
    while let Some((_, escaped)) = rest.split_once('\\') {
        let code = escaped.strip_prefix('u').and_then(|digits| digits.get(..4));
        let code = code.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if code.and_then(char::from_u32).is_some_and(is_hidden) {
            return hidden();
        }
        // What is escaped begins no escape.
        let mut letters = escaped.chars();
        letters.next();
        rest = letters.as_str();
    }
    Ok(())
}

fn syntax(error: &serde_json::Error) -> ApiFailure {
    let (line, column) = (error.line().to_string(), error.column().to_string());
    ApiFailure::malformed(words::NOT_JSON.text(&[("line", &line), ("column", &column)]))
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use jiff::civil::Date;
    use serde::Deserialize;
    use serde_json::json;

    use super::from_value;
    use crate::domain::words::Lang;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Channel {
        #[allow(dead_code, reason = "only refused values are sent")]
        Counter,
        Online,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only whether it can be read is asked")]
    struct Paper {
        name: String,
        copies: u32,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only whether it can be read is asked")]
    struct Letter {
        version: NonZeroU64,
        channel: Channel,
        papers: Vec<Paper>,
        born: Option<Date>,
        yes: Option<bool>,
    }

    #[test]
    fn a_wrong_field_is_named_by_its_path_and_never_echoed() {
        let good = json!({"version": 1, "channel": "online", "papers": []});
        assert!(from_value::<Letter>(good.clone()).is_ok());
        for (change, field, words) in [
            (json!({"version": 0}), "version", "a positive whole number"),
            (json!({"version": -1}), "version", "positive"),
            (json!({"version": "secret"}), "version", "positive"),
            (json!({"channel": "secret"}), "channel", "counter, online"),
            (json!({"papers": {}}), "papers", "a list"),
            (
                json!({"papers": [{"name": "x", "copies": -1}]}),
                "papers[0].copies",
                "from 0 to 4294967295",
            ),
            (json!({"papers": [{"name": "x"}]}), "papers[0].copies", "missing"),
            (json!({"papers": [{"name": 5, "copies": 1}]}), "papers[0].name", "a text"),
            (json!({"papers": ["secret"]}), "papers[0]", "an object"),
            (json!({"secret": 1}), "secret", "version, channel, papers, born, yes"),
            (json!({"born": "secret"}), "born", "a date"),
            (json!({"yes": "secret"}), "yes", "true or false"),
        ] {
            let mut sent = good.clone();
            for (name, value) in change.as_object().unwrap() {
                sent[name] = value.clone();
            }
            let refusal = from_value::<Letter>(sent).unwrap_err();
            assert_eq!(refusal.fields[0].field, field);
            let said = refusal.say(Lang::En);
            assert!(said.contains(words), "{field}: {said}");
            assert!(!said.contains("secret"), "{said}");
        }
        assert_eq!(from_value::<Letter>(json!([])).unwrap_err().fields[0].field, "");
    }
}
