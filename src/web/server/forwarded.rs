//! What a proxy tells of a request: believed from proxies of ours only, and of what they tell the
//! last entries only, since a client may have written those before.

use std::net::{IpAddr, SocketAddr};

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

/// Peers that stand before this server and tell where requests came from.
#[derive(Clone, Debug)]
pub(super) struct TrustedProxies(pub Vec<IpAddr>);

const FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
/// What no handler may see. `Forwarded` says the same in another way: a proxy that writes one of the
/// two lets the client's own word through in the other.
const NEVER: [HeaderName; 2] =
    [HeaderName::from_static("forwarded"), HeaderName::from_static("x-real-ip")];

/// Whether a proxy told anything.
pub(super) fn is_told(headers: &HeaderMap) -> bool {
    [&FOR, &PROTO, &HOST].into_iter().any(|name| headers.contains_key(name))
}

impl TrustedProxies {
    /// Whether a peer is one of them.
    pub fn has(&self, peer: IpAddr) -> bool {
        self.0.contains(&peer.to_canonical())
    }

    /// Leaves of the forwarding headers what can be believed: at most one plain value each.
    pub fn check(&self, request: &mut ServiceRequest) {
        let is_trusted = request.peer_addr().is_some_and(|peer| self.has(peer.ip()));
        let headers = request.headers_mut();
        for name in &NEVER {
            headers.remove(name);
        }
        if !is_told(headers) {
            return;
        }
        let client = if is_trusted { self.client(headers) } else { None };
        let proto =
            last(headers, &PROTO).filter(|proto| matches!(proto.as_str(), "http" | "https"));
        let told = [
            (FOR, client.map(|client| client.to_string())),
            (PROTO, proto.filter(|_| is_trusted)),
            (HOST, last(headers, &HOST).filter(|_| is_trusted)),
        ];
        for (name, value) in told {
            headers.remove(&name);
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
                headers.insert(name, value);
            }
        }
    }

    /// The address nearest to us that no proxy of ours has. What cannot be read ends the search: the
    /// entries before it are anybody's.
    fn client(&self, headers: &HeaderMap) -> Option<IpAddr> {
        let mut nearest = None;
        for entry in entries(headers, &FOR).iter().rev() {
            let Some(address) = address(entry) else { break };
            nearest = Some(address);
            if !self.has(address) {
                break;
            }
        }
        nearest
    }
}

fn entries(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    let texts = headers.get_all(name).map(|value| value.to_str().unwrap_or("?"));
    texts.flat_map(|text| text.split(',')).map(|entry| entry.trim().to_owned()).collect()
}

fn last(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    entries(headers, name).pop().map(|entry| entry.to_ascii_lowercase())
}

/// An address as proxies write it: plain, in brackets, or with a port.
fn address(entry: &str) -> Option<IpAddr> {
    let bare = entry.trim_start_matches('[').trim_end_matches(']');
    let parsed = bare.parse::<IpAddr>().ok();
    let parsed = parsed.or_else(|| entry.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    parsed.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::TrustedProxies;

    /// The client of a request that came from the proxy 10.0.0.1 with these entries.
    fn client(peer: &str, told: &[&str]) -> String {
        let proxies =
            TrustedProxies(vec!["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()]);
        let mut request = TestRequest::get().peer_addr(format!("{peer}:4711").parse().unwrap());
        for entry in told {
            request = request.append_header(("X-Forwarded-For", *entry));
        }
        request = request.append_header(("Forwarded", "for=203.0.113.66;proto=https"));
        let mut request = request.to_srv_request();
        proxies.check(&mut request);
        assert!(!request.headers().contains_key("forwarded"));
        let info = request.connection_info();
        assert_eq!(info.scheme(), "http");
        info.realip_remote_addr().unwrap_or_default().to_owned()
    }

    #[test]
    fn only_the_entries_of_our_own_proxies_count() {
        let proxy = "10.0.0.1";
        assert_eq!(client(proxy, &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(
            client(proxy, &["203.0.113.66, 198.51.100.7"]),
            "198.51.100.7",
            "a forged first"
        );
        assert_eq!(client(proxy, &["203.0.113.66", "198.51.100.7"]), "198.51.100.7", "two headers");
        assert_eq!(client(proxy, &["198.51.100.7, 10.0.0.2"]), "198.51.100.7", "two proxies");
        assert_eq!(client(proxy, &["198.51.100.7:55123"]), "198.51.100.7");
        assert_eq!(client(proxy, &["[2001:db8::7]:443"]), "2001:db8::7");
        assert_eq!(client(proxy, &["[2001:db8::7]"]), "2001:db8::7");
        assert_eq!(client(proxy, &["::ffff:198.51.100.7"]), "198.51.100.7");
        assert_eq!(
            client(proxy, &["198.51.100.7, unknown"]),
            "10.0.0.1",
            "no guess beyond garbage"
        );
        assert_eq!(client(proxy, &["", "<script>"]), "10.0.0.1");
        assert_eq!(client("192.0.2.1", &["198.51.100.7"]), "192.0.2.1", "no proxy of ours");
    }
}
