//! Short messages over HTTP gateways, each in the shape that its provider asks for.

use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use ureq::http::{Request, Uri};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, Error};

use super::crypto;
use crate::office::notices::{Gateway, Outcome};

/// How long a gateway may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// What a value of a form hides: all but the unreserved letters of RFC 3986.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Most bytes of an answer that are looked at.
const ANSWER: u64 = 64 * 1024;

/// The client of all gateways.
pub(super) fn agent() -> Agent {
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(crypto())
        .build();
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(0)
        .tls_config(tls);
    Agent::new_with_config(config.build())
}

/// Sends one message. `id` is the same at every try, so that a gateway can leave out a second one.
pub(super) fn send(agent: &Agent, gateway: &Gateway, id: &str, to: &str, text: &str) -> Outcome {
    let shape = Shape::of(&gateway.body);
    let request = match request(gateway, shape, id, to, text) {
        Ok(request) => request,
        Err(what) => return Outcome::Failed(what.to_owned()),
    };
    let mut response = match agent.run(request) {
        Ok(response) => response,
        Err(error) => return Outcome::Failed(said(&error)),
    };
    let status = response.status();
    if !status.is_success() {
        return Outcome::Failed(format!("HTTP {}", status.as_u16()));
    }
    let Some((field, expected)) = &gateway.success else { return Outcome::Taken };
    let answer = response.body_mut().with_config().limit(ANSWER).read_to_string();
    let answer: Option<Value> = answer.ok().and_then(|text| serde_json::from_str(&text).ok());
    let found = answer.as_ref().and_then(|answer| at(answer, field));
    match found {
        Some(value) if value == *expected => Outcome::Taken,
        _ => Outcome::Failed(format!("trả lời không có {field} = {expected}")),
    }
}

fn request(
    gateway: &Gateway,
    shape: Shape,
    id: &str,
    to: &str,
    text: &str,
) -> Result<Request<String>, &'static str> {
    let url = fill(&gateway.url, Shape::Form, id, to, text);
    let url: Uri = url.parse().map_err(|_| "địa chỉ cổng chưa đúng")?;
    let mut builder = Request::builder().method(gateway.method.as_str()).uri(url);
    let named = gateway.headers.lines().filter_map(|line| line.split_once(':'));
    let mut has_type = false;
    for (name, value) in named {
        has_type |= name.trim().eq_ignore_ascii_case("content-type");
        builder = builder.header(name.trim(), value.trim());
    }
    if !has_type && !gateway.body.is_empty() {
        builder = builder.header("content-type", shape.media_type());
    }
    builder = builder.header("idempotency-key", id);
    let body = fill(&gateway.body, shape, id, to, text);
    builder.body(body).map_err(|_| "tiêu đề của cổng chưa đúng")
}

/// How values are written into a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Json,
    Form,
}

impl Shape {
    fn of(body: &str) -> Self {
        if body.trim_start().starts_with(['{', '[']) { Self::Json } else { Self::Form }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Form => "application/x-www-form-urlencoded",
        }
    }

    fn write(self, value: &str) -> String {
        match self {
            // The text of a JSON string, without its quotation marks.
            Self::Json => {
                let quoted = Value::from(value).to_string();
                quoted[1..quoted.len() - 1].to_owned()
            }
            Self::Form => utf8_percent_encode(value, VALUE).to_string(),
        }
    }
}

fn fill(template: &str, shape: Shape, id: &str, to: &str, text: &str) -> String {
    let places = [("{to}", to), ("{text}", text), ("{id}", id)];
    let mut out = String::with_capacity(template.len() + text.len());
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        match places.iter().find(|(place, _)| rest.starts_with(place)) {
            Some((place, value)) => {
                out.push_str(&shape.write(value));
                rest = &rest[place.len()..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The value at a path such as `data.code`, as text.
fn at(answer: &Value, path: &str) -> Option<String> {
    let found = path.split('.').try_fold(answer, |value, name| value.get(name))?;
    Some(found.as_str().map_or_else(|| found.to_string(), str::to_owned))
}

/// What went wrong, without the address: a phone number may stand in it.
fn said(error: &Error) -> String {
    match error {
        Error::Timeout(_) => "cổng không trả lời kịp",
        Error::HostNotFound => "không tìm thấy máy chủ của cổng",
        Error::Tls(_) | Error::Rustls(_) => "kết nối an toàn (TLS) không lập được",
        Error::Io(_) | Error::ConnectionFailed => "không kết nối được cổng",
        _ => "cổng trả lời sai giao thức",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Shape, at, fill};

    #[test]
    fn values_are_written_as_the_shape_asks_and_never_read_as_places() {
        let json = r#"{"to":"{to}","text":"{text}","n":{"x":1}}"#;
        let filled = fill(json, Shape::of(json), "a1", "0912", "“{to}”\n\"x\"");
        let read: serde_json::Value = serde_json::from_str(&filled).unwrap();
        assert_eq!(read, json!({ "to": "0912", "text": "“{to}”\n\"x\"", "n": { "x": 1 } }));
        let form = "to={to}&m={text}&i={id}";
        assert_eq!(
            fill(form, Shape::of(form), "a1", "+84", "a&b é"),
            "to=%2B84&m=a%26b%20%C3%A9&i=a1"
        );
    }

    #[test]
    fn a_field_of_the_answer_is_found_by_its_path() {
        let answer = json!({ "data": { "code": 100, "state": "OK" } });
        assert_eq!(at(&answer, "data.code").as_deref(), Some("100"));
        assert_eq!(at(&answer, "data.state").as_deref(), Some("OK"));
        assert_eq!(at(&answer, "state"), None);
    }
}
