//! On what somebody is signed in, in coarse words: enough to know one's own devices again, too little
//! to follow anybody.

use actix_web::HttpRequest;
use actix_web::http::header;

/// Browsers by a mark of their user agent; the first that fits. Most call themselves Chrome and Safari
/// too.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("coc_coc", "Cốc Cốc"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Zalo", "Zalo"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

/// The device of a request, such as `Chrome, Windows`; empty when it says nothing that is known.
pub fn of(request: &HttpRequest) -> String {
    let agent = request.headers().get(header::USER_AGENT);
    named(agent.and_then(|value| value.to_str().ok()).unwrap_or_default())
}

fn named(agent: &str) -> String {
    let find = |marks: &[(&str, &'static str)]| {
        marks.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let parts: Vec<&str> = [find(&BROWSERS), find(&SYSTEMS)].into_iter().flatten().collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn devices_are_told_by_browser_and_system() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like \
            Gecko) Chrome/142.0.0.0 Safari/537.36";
        assert_eq!(named(windows), "Chrome, Windows");
        assert_eq!(named(&format!("{windows} Edg/142.0.0.0")), "Edge, Windows");
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 \
            (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
        assert_eq!(named(iphone), "Safari, iPhone");
        assert_eq!(named("curl/8.5.0"), "");
    }
}
