//! Addresses: how values are written into them, and under which one the visitor sees the site.

use actix_web::HttpRequest;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::office::Office;

/// What a value hides: all but the unreserved letters of RFC 3986.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// What a path as a value hides: its slashes stay readable.
const PATH: &AsciiSet = &VALUE.remove(b'/');

/// A text for a query or a header.
pub fn percent(text: &str) -> String {
    utf8_percent_encode(text, VALUE).to_string()
}

/// As [`percent`], with slashes as they are.
pub fn percent_path(text: &str) -> String {
    utf8_percent_encode(text, PATH).to_string()
}

/// Scheme and host under which the visitor sees the site.
pub fn base(request: &HttpRequest) -> String {
    let connection = request.connection_info();
    format!("{}://{}", connection.scheme(), connection.host())
}

/// What links that leave the page, such as QR codes, begin with: the address that the instance is
/// known under, else the one that the visitor used.
pub fn public(office: &Office, request: &HttpRequest) -> String {
    office.public_address().unwrap_or_else(|| base(request))
}

#[cfg(test)]
mod tests {
    use super::{percent, percent_path};

    #[test]
    fn a_query_value_keeps_no_sign_of_its_own() {
        assert_eq!(
            percent_path("/mot-cua?q=Ễnh&hang=mine#x"),
            "/mot-cua%3Fq%3D%E1%BB%84nh%26hang%3Dmine%23x"
        );
        assert_eq!(percent("tách khẩu&"), "t%C3%A1ch%20kh%E1%BA%A9u%26");
    }
}
