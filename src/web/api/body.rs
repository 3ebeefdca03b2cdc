//! JSON bodies: read whole up to a limit, strictly, with the path of the field that is wrong.

use actix_web::http::header;
use actix_web::{HttpRequest, web};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::problem::ApiFailure;
use crate::domain::refusal::Refusal;
use crate::domain::words::{Message, Text};
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
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        refuse(if path == "." { "" } else { &path }, &error.inner().to_string())
    })
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

/// The words of the library, told again in ours; they never repeat what was sent.
fn refuse(path: &str, said: &str) -> Refusal {
    let names = || -> Vec<&str> { said.split('`').skip(1).step_by(2).collect() };
    let known = |all: &[&str]| all.get(1..).unwrap_or_default().join(", ");
    if said.starts_with("missing field") {
        let name = names().first().copied().unwrap_or_default();
        let field = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        return Refusal::field(field, words::MISSING);
    }
    if said.starts_with("unknown field") {
        return Refusal::field(path, words::UNKNOWN_FIELD.text(&[("known", &known(&names()))]));
    }
    if said.starts_with("unknown variant") {
        return Refusal::field(path, words::UNKNOWN_VALUE.text(&[("known", &known(&names()))]));
    }
    if said.starts_with("duplicate field") {
        return Refusal::field(path, words::REPEATED);
    }
    Refusal::field(path, told(said))
}

/// What was expected where something else stood.
fn told(said: &str) -> Text {
    let bounds = [("u8", u64::from(u8::MAX)), ("u16", u16::MAX.into()), ("u32", u32::MAX.into())];
    let bound = bounds.into_iter().find(|(name, _)| said.ends_with(&format!("expected {name}")));
    match bound {
        Some((_, max)) => words::NUMBER_OUT_OF_RANGE.text(&[("max", &max.to_string())]),
        None => wrong_value(expected(said)),
    }
}

/// "The value is wrong: … is expected."
pub fn wrong_value(expected: Message) -> Text {
    Text {
        vi: words::WRONG_VALUE.fill(crate::domain::words::Lang::Vi, &[("expected", expected.vi)]),
        en: words::WRONG_VALUE.fill(crate::domain::words::Lang::En, &[("expected", expected.en)]),
    }
}

fn expected(said: &str) -> Message {
    let wanted = said.rsplit_once("expected ").map_or("", |(_, wanted)| wanted);
    let begins = |prefix: &str| wanted.starts_with(prefix);
    if begins("a nonzero") {
        words::A_POSITIVE_NUMBER
    } else if begins("u") || begins("i") {
        words::A_NUMBER
    } else if begins("a string") {
        words::A_TEXT
    } else if begins("a boolean") {
        words::A_BOOLEAN
    } else if begins("a sequence") {
        words::A_LIST
    } else if begins("the code of a commune") {
        words::A_COMMUNE
    } else if begins("a map") || begins("struct") {
        words::AN_OBJECT
    } else if !said.starts_with("invalid") || wanted.contains("date") {
        // Of all that bodies hold, only dates have a parser of their own.
        words::A_DATE
    } else {
        words::SOMETHING_ELSE
    }
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
