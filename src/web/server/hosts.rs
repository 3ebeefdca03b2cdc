//! Under which names the site is asked for. A forged name must reach no link, no QR code and no page
//! that is kept for others.

use actix_web::HttpRequest;
use actix_web::http::header::{HOST, HeaderValue};
use actix_web::http::{StatusCode, Version};

use super::forwarded;

/// The names that are answered; none of them when any will do.
#[derive(Clone, Debug, Default)]
pub(super) struct Hosts(Vec<String>);

impl Hosts {
    /// The host of the public address and further names, in any case of letters.
    pub fn new(public_url: Option<&str>, further: &[String]) -> Self {
        let public = public_url.map(|url| {
            let host = url.split_once("://").map_or(url, |(_, host)| host);
            name_of(host.split('/').next().unwrap_or_default()).to_owned()
        });
        let all = public.into_iter().chain(further.iter().cloned());
        Self(all.map(|name| name.to_ascii_lowercase()).collect())
    }

    /// Whether the request asks for us.
    ///
    /// # Errors
    /// 400 when it names nobody, several, or something that is no host; 421 when it is for another.
    pub fn check(&self, request: &HttpRequest) -> Result<(), StatusCode> {
        let headers = request.headers();
        let mut own = headers.get_all(HOST);
        let (first, second) = (own.next(), own.next());
        let authority = request.uri().authority().map(|authority| authority.as_str());
        if second.is_some()
            || (first.is_none() && authority.is_none() && request.version() == Version::HTTP_11)
        {
            return Err(StatusCode::BAD_REQUEST);
        }
        let told = headers.get("x-forwarded-host").filter(|_| forwarded::is_told(headers));
        let read = |value: &HeaderValue| value.to_str().unwrap_or_default().to_owned();
        let named = [first.map(read), authority.map(str::to_owned), told.map(read)];
        let effective = named[2].as_ref().or(named[0].as_ref()).or(named[1].as_ref());
        if named.iter().flatten().any(|host| !is_host(host)) {
            return Err(StatusCode::BAD_REQUEST);
        }
        match effective {
            Some(host) if !self.answers_to(name_of(host)) => Err(StatusCode::MISDIRECTED_REQUEST),
            _ => Ok(()),
        }
    }

    /// Numbers are always answered: a machine in the office has no name, and no link is made of them
    /// when there is a public address.
    fn answers_to(&self, name: &str) -> bool {
        let is_number = name.starts_with('[') || name.parse::<std::net::Ipv4Addr>().is_ok();
        self.0.is_empty()
            || is_number
            || name.eq_ignore_ascii_case("localhost")
            || self.0.iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}

/// The name without its port.
pub(super) fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether it is a name or number with or without a port, and nothing that ends up as more in a link.
fn is_host(host: &str) -> bool {
    let name = name_of(host);
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    let is_v6 = name
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .is_some_and(|number| number.parse::<std::net::Ipv6Addr>().is_ok());
    (1..=253).contains(&name.len())
        && host.len() - name.len() <= 6
        && (is_v6 || name.bytes().all(letters))
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;
    use actix_web::test::TestRequest;

    use super::Hosts;

    fn asked(hosts: &Hosts, named: &[&str]) -> Result<(), u16> {
        let mut request = TestRequest::get().uri("/");
        for name in named {
            request = request.append_header(("Host", *name));
        }
        hosts.check(&request.to_http_request()).map_err(|status: StatusCode| status.as_u16())
    }

    #[test]
    fn a_request_is_for_us_for_another_or_for_nobody() {
        let hosts = Hosts::new(Some("https://Motcua.example.vn:8443/"), &["desk.lan".to_owned()]);
        for good in [
            "motcua.example.vn",
            "MOTCUA.example.vn:8443",
            "desk.lan",
            "localhost:1",
            "192.0.2.1",
            "[::1]:80",
        ] {
            assert_eq!(asked(&hosts, &[good]), Ok(()), "{good}");
        }
        for foreign in ["evil.example", "motcua.example.vn.evil.example", "xmotcua.example.vn"] {
            assert_eq!(asked(&hosts, &[foreign]), Err(421), "{foreign}");
        }
        for broken in [
            "",
            "a b",
            "a@motcua.example.vn",
            "motcua.example.vn/x",
            "a\"b",
            "[::1",
            "x:123456",
            "x:y",
        ] {
            assert_eq!(asked(&hosts, &[broken]), Err(400), "{broken}");
        }
        assert_eq!(asked(&hosts, &["desk.lan", "evil.example"]), Err(400));
        assert_eq!(asked(&hosts, &[]), Err(400));
        assert_eq!(asked(&Hosts::default(), &["any.name.at.all"]), Ok(()));
    }
}
