//! Requests that another site's page makes in a visitor's browser: none that changes anything is
//! taken, whatever token it carries. Forms carry their tokens besides.

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, ORIGIN};

/// Whether it changes something and the browser says that another site's page sent it. Programs say
/// nothing of the kind.
pub(super) fn is_foreign(
    request: &ServiceRequest,
    base: &str,
    public: impl Fn() -> Option<String>,
) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    let headers = request.headers();
    match text(headers, "sec-fetch-site") {
        Some(site) => !matches!(site, "same-origin" | "none"),
        // Without TLS browsers say the origin only.
        None => match text(headers, ORIGIN.as_str()) {
            Some(origin) => {
                let same = |ours: &str| authority(ours).eq_ignore_ascii_case(authority(origin));
                !(same(base) || public().is_some_and(|public| same(&public)))
            }
            None => false,
        },
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

/// Host and port. The scheme is left out: a proxy may have taken TLS off without saying so.
fn authority(origin: &str) -> &str {
    let rest = origin.split_once("://").map_or("", |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}
