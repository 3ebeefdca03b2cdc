//! An HTTP client for tests: one request, one answer, whatever its status; no redirect is followed.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::{HeaderMap, Request, Response};
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// A client of one server.
pub struct Client {
    agent: Agent,
    base: String,
    headers: Vec<(String, String)>,
    cookies: Option<RefCell<BTreeMap<String, String>>>,
}

impl Client {
    /// A client of the server at `base`, without cookies, token or further headers.
    pub fn new(base: &str) -> Self {
        Self::over(base, TlsConfig::default())
    }

    /// The same over TLS, for a server with this certificate (DER) and no other.
    pub fn trusting(base: &str, certificate: &[u8]) -> Self {
        let roots = vec![Certificate::from_der(certificate).to_owned()];
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::Specific(Arc::new(roots)))
            .unversioned_rustls_crypto_provider(provider)
            .build();
        Self::over(base, tls)
    }

    fn over(base: &str, tls: TlsConfig) -> Self {
        let agent = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(120)))
            .build()
            .new_agent();
        Self { agent, base: base.to_owned(), headers: Vec::new(), cookies: None }
    }

    /// Keeps and sends cookies, as a browser does. Attributes other than `Max-Age=0` are not looked
    /// at: the tests speak plain HTTP to `Secure` cookies too.
    pub fn with_cookies(mut self) -> Self {
        self.cookies = Some(RefCell::default());
        self
    }

    /// Sends `Authorization: Bearer TOKEN`.
    pub fn bearer(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    /// Sends a header with every request.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A header that is sent with every request.
    pub fn header_value(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The value of a cookie that is being kept.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.as_ref().and_then(|jar| jar.borrow().get(name).cloned())
    }

    /// `GET path`.
    pub fn get(&self, path: &str) -> Answer {
        let mut request = Request::get(format!("{}{path}", self.base));
        for (name, value) in self.all_headers() {
            request = request.header(name, value);
        }
        self.finish(self.agent.run(request.body(()).expect("a well-formed request")))
    }

    /// Whether the server can be reached, and is the one that is trusted.
    pub fn reaches(&self, path: &str) -> bool {
        let request = Request::get(format!("{}{path}", self.base)).body(());
        self.agent.run(request.expect("a well-formed request")).is_ok()
    }

    /// `POST path` with a JSON body.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, &[("Content-Type", "application/json")], body.to_string().into())
    }

    /// As [`Client::post`]; `None` when the server goes away before the whole answer is here.
    pub fn try_post(&self, path: &str, body: &Value) -> Option<Answer> {
        let mut request = Request::post(format!("{}{path}", self.base));
        for (name, value) in self.all_headers() {
            request = request.header(name, value);
        }
        let request = request.header("Content-Type", "application/json").body(body.to_string());
        let response = self.agent.run(request.expect("a well-formed request")).ok()?;
        let (parts, mut body) = response.into_parts();
        let body = body.with_config().limit(u64::MAX).read_to_vec().ok()?;
        Some(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
    }

    /// `POST path` with a JSON body and an `Idempotency-Key`.
    pub fn post_once(&self, key: &str, path: &str, body: &Value) -> Answer {
        let headers = [("Content-Type", "application/json"), ("Idempotency-Key", key)];
        self.send("POST", path, &headers, body.to_string().into())
    }

    /// `POST path` as a page's form without files does.
    pub fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", percent(name), percent(value)))
            .collect();
        let headers = [("Content-Type", "application/x-www-form-urlencoded")];
        self.send("POST", path, &headers, pairs.join("&").into())
    }

    /// `POST path` as a page's form with files does.
    pub fn post_multipart(&self, path: &str, form: Multipart) -> Answer {
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send("POST", path, &[("Content-Type", &content_type)], form.finish())
    }

    /// Any other request; `headers` come on top of the client's own.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in self.all_headers() {
            request = request.header(name, value);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.finish(self.agent.run(request.body(body).expect("a well-formed request")))
    }

    fn all_headers(&self) -> Vec<(String, String)> {
        let mut headers = self.headers.clone();
        if let Some(jar) = &self.cookies {
            let pairs: Vec<String> =
                jar.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
            if !pairs.is_empty() {
                headers.push(("Cookie".to_owned(), pairs.join("; ")));
            }
        }
        headers
    }

    fn finish(&self, response: Result<Response<ureq::Body>, ureq::Error>) -> Answer {
        let (parts, mut body) = response.expect("the server answers").into_parts();
        if let Some(jar) = &self.cookies {
            for cookie in parts.headers.get_all("set-cookie") {
                keep(&mut jar.borrow_mut(), cookie.to_str().expect("cookies are ASCII"));
            }
        }
        let body = body.with_config().limit(u64::MAX).read_to_vec().expect("the whole body comes");
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }
}

/// What the server said.
#[derive(Debug)]
pub struct Answer {
    /// The status, such as 200.
    pub status: u16,
    headers: HeaderMap,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl Answer {
    /// Panics, with the body, unless the status is `status`.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("headers are ASCII"))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{}: not JSON ({error}): {}", self.status, self.text()))
    }

    /// The problem document (RFC 9457) of an answer that must have `status`.
    #[track_caller]
    pub fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        let content_type = self.header("content-type").unwrap_or_default();
        assert!(content_type.starts_with("application/problem+json"), "{content_type}");
        let problem = self.json();
        assert_eq!(problem["status"], status, "{problem}");
        assert!(problem["title"].is_string(), "{problem}");
        problem
    }
}

const BOUNDARY: &str = "motcua-5f0d7c61c3b24d0e";

/// A form with files.
#[derive(Default)]
pub struct Multipart(Vec<u8>);

impl Multipart {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field.
    pub fn text(self, name: &str, value: &str) -> Self {
        self.part(&format!("name=\"{name}\"\r\n"), value.as_bytes())
    }

    /// Adds a file.
    pub fn file(self, name: &str, file_name: &str, media_type: &str, content: &[u8]) -> Self {
        let head =
            format!("name=\"{name}\"; filename=\"{file_name}\"\r\nContent-Type: {media_type}\r\n");
        self.part(&head, content)
    }

    fn part(mut self, head: &str, content: &[u8]) -> Self {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n");
        self.0.extend_from_slice(head.as_bytes());
        self.0.extend_from_slice(content);
        self.0.extend_from_slice(b"\r\n");
        self
    }

    fn finish(mut self) -> Vec<u8> {
        self.0.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.0
    }
}

fn keep(jar: &mut BTreeMap<String, String>, cookie: &str) {
    let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
    let (name, value) = pair.split_once('=').expect("a cookie has a name and a value");
    if attributes.to_ascii_lowercase().contains("max-age=0") {
        jar.remove(name.trim());
    } else {
        jar.insert(name.trim().to_owned(), value.trim().to_owned());
    }
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Every field of a page whose name begins so, as a browser would send it: what stands in boxes, what is
/// ticked and what is chosen.
pub fn filled(page: &str, beginning: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        rest.split('"').next().map(plain)
    };
    let mut found = Vec::new();
    for part in page.split('<').skip(1) {
        let (tag, rest) = part.split_once('>').unwrap_or((part, ""));
        let kind = tag.split(' ').next().unwrap_or_default();
        let is_off = ["checkbox", "radio"].iter().any(|k| tag.contains(&format!("type=\"{k}\"")))
            && !tag.contains(" checked");
        match (kind, attribute(tag, "name")) {
            ("input", Some(name)) if !is_off && name.starts_with(beginning) => {
                found.push((name, attribute(tag, "value").unwrap_or_default()));
            }
            ("textarea", Some(name)) if name.starts_with(beginning) => {
                found.push((name, plain(rest.trim_start_matches('\n'))));
            }
            ("select", Some(name)) => found.push((name, String::new())),
            ("option", _) if tag.contains(" selected") => {
                if let Some((_, value)) = found.last_mut() {
                    *value = attribute(tag, "value").unwrap_or_else(|| plain(rest));
                }
            }
            _ => {}
        }
    }
    found.retain(|(name, _)| name.starts_with(beginning));
    found
}

/// Text of a page without its escapes.
fn plain(text: &str) -> String {
    let text = text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&amp;", "&")
}

/// What stands in a field of a page, whatever else its tag says; of several with that name in the last.
pub fn stands(page: &str, name: &str) -> String {
    let mut all = filled(page, name).into_iter().rev();
    all.find(|(known, _)| known == name).map(|(_, value)| value).unwrap_or_default()
}

/// The value of a field of a page; of several with that name the last, since the page's own form
/// comes after those of its frame.
pub fn field(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.rsplit_once(&mark).unwrap_or_else(|| panic!("{name} in {page}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}
