//! Headers that every answer carries.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HOST, HeaderMap, HeaderName, HeaderValue};

use super::forwarded;
use crate::web::address;
use crate::web::assets::CONTENT_SECURITY_POLICY;

/// Scheme and host, as the visitor sees them.
pub(super) fn base(request: &ServiceRequest) -> String {
    let headers = request.headers();
    let is_forwarded = forwarded::is_told(headers);
    match headers.get(HOST).and_then(|host| host.to_str().ok()) {
        // The same as below, without reading headers that are not there.
        Some(host) if !is_forwarded && !request.app_config().secure() => format!("http://{host}"),
        _ => address::base(request.request()),
    }
}

/// The headers of every answer; an answer's own come first.
static ALWAYS: [(HeaderName, HeaderValue); 7] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (header::CROSS_ORIGIN_OPENER_POLICY, HeaderValue::from_static("same-origin")),
    (header::CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin")),
    (
        header::PERMISSIONS_POLICY,
        HeaderValue::from_static(
            "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
        ),
    ),
];

/// Adds them.
pub(super) fn secure(headers: &mut HeaderMap, is_secure: bool) {
    for (name, value) in &ALWAYS {
        if !headers.contains_key(name) {
            headers.insert(name.clone(), value.clone());
        }
    }
    if is_secure && !headers.contains_key(header::STRICT_TRANSPORT_SECURITY) {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
}
