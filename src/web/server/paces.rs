//! Which requests for pages are counted, and as what. The API counts its calls itself, since it knows
//! by their tokens who asks.

use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};

use crate::web::Site;
use crate::web::limits::Asked;

/// As what a request is counted against the network that it comes from.
fn asked(method: &Method, path: &str, query: &str) -> Option<Asked> {
    let carries = |name: &str| query.split('&').any(|pair| pair.starts_with(name));
    if *method == Method::POST {
        return match path {
            _ if path.starts_with("/mot-cua/dang-nhap") => Some(Asked::SignIn),
            "/dang-nhap/ma" => Some(Asked::Code),
            "/tra-cuu" => Some(Asked::Secret),
            _ if path.starts_with("/mot-cua") || path.starts_with("/quan-tri") => None,
            // `send` counts its codes itself, by contact too.
            "/dang-nhap" | "/giao-dien" => None,
            _ if path.starts_with("/api/") => None,
            _ => Some(Asked::Sending),
        };
    }
    match path {
        // What comes back from a provider shows what it left with.
        _ if path.ends_with("/tra-loi") => None,
        _ if path.starts_with("/dang-nhap/mot-lan/")
            || path.starts_with("/mot-cua/dang-nhap/mot-lan/") =>
        {
            Some(Asked::SignIn)
        }
        _ if path.starts_with("/tra-cuu/") && carries("ma=") => Some(Asked::Secret),
        _ if path.starts_with("/mot-cua") || path.starts_with("/quan-tri") => None,
        _ if path.ends_with(".pdf") => Some(Asked::Printing),
        "/thu-tuc" | "/thu-tuc/goi-y" | "/xa-phuong" => Some(Asked::Reading),
        _ if path.starts_with("/tra-cuu/")
            || path.to_ascii_lowercase().starts_with("/kiem-tra/") =>
        {
            Some(Asked::Reading)
        }
        _ => None,
    }
}

/// The network address that a request came from, after what trusted proxies tell.
fn address(request: &ServiceRequest) -> String {
    request.connection_info().realip_remote_addr().unwrap_or_default().to_owned()
}

/// Where codes of dossiers are tried.
fn is_look_up(path: &str) -> bool {
    path == "/tra-cuu" || path.starts_with("/tra-cuu/") || path.starts_with("/api/v1/tracking/")
}

/// For how many seconds the sender rests, when codes of dossiers are tried. Asked before pages that are
/// kept: they tell of dossiers too.
pub(super) fn rests(request: &ServiceRequest, site: &Site) -> Option<u64> {
    let looks_up = is_look_up(request.match_info().as_str());
    if looks_up { site.limits.rests(&address(request)) } else { None }
}

/// Counts a request. The path is looked at as the router sees it, with its letters decoded.
///
/// # Errors
/// It is one too many; the seconds after which to come again.
pub(super) fn check(request: &ServiceRequest, site: &Site) -> Result<(), u64> {
    let path = request.match_info().as_str();
    match asked(request.method(), path, request.query_string()) {
        Some(asked) => site.limits.pace(asked, &address(request)),
        None => Ok(()),
    }
}

/// Counts a code that is none.
pub(super) fn note<B>(response: &ServiceResponse<B>, site: &Site) {
    let request = response.request();
    let is_unknown = matches!(
        (request.method(), response.status()),
        (_, StatusCode::NOT_FOUND) | (&Method::POST, StatusCode::UNPROCESSABLE_ENTITY)
    );
    if is_unknown && is_look_up(request.match_info().as_str().trim_end_matches('/')) {
        let connection = request.connection_info();
        site.limits.count_unknown(connection.realip_remote_addr().unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::Method;

    use super::asked;
    use crate::web::limits::Asked;

    #[test]
    fn what_could_be_guessed_is_counted_strictly() {
        let post = |path| asked(&Method::POST, path, "");
        let get = |path, query| asked(&Method::GET, path, query);
        assert_eq!(post("/mot-cua/dang-nhap"), Some(Asked::SignIn));
        assert_eq!(post("/dang-nhap/ma"), Some(Asked::Code));
        assert_eq!(post("/tra-cuu"), Some(Asked::Secret));
        assert_eq!(get("/tra-cuu/H40.12-261123-0001", "lang=en&ma=X"), Some(Asked::Secret));
        assert_eq!(post("/nop-ho-so/1.001193"), Some(Asked::Sending));
        assert_eq!(post("/mot-cua/tiep-nhan"), None, "staff answer for themselves");
        assert_eq!(get("/thu-tuc/1.001193/to-khai.pdf", ""), Some(Asked::Printing));
        assert_eq!(get("/", ""), None);
    }
}
