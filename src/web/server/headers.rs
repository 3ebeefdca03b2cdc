//! Headers that every answer carries, and headers of requests that not everybody may set.

use std::net::IpAddr;

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HOST, HeaderMap, HeaderName, HeaderValue};

use crate::web::address;
use crate::web::assets::CONTENT_SECURITY_POLICY;

/// Peers that stand before this server and tell where requests came from.
pub(super) struct TrustedProxies(pub Vec<IpAddr>);

/// What a proxy tells.
const FORWARDED: [&str; 5] =
    ["forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip"];

impl TrustedProxies {
    /// Takes what a proxy tells off a request that no proxy of ours has sent.
    pub fn check(&self, request: &mut ServiceRequest) {
        let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
        if peer.is_some_and(|peer| self.0.contains(&peer)) {
            return;
        }
        for name in FORWARDED {
            request.headers_mut().remove(name);
        }
    }
}

/// Scheme and host, as the visitor sees them.
pub(super) fn base(request: &ServiceRequest) -> String {
    let headers = request.headers();
    let is_forwarded = FORWARDED.iter().any(|name| headers.contains_key(*name));
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
