//! What is turned away at the door: forged names, forged origins, paths that are tricks.

use super::{demo_with, get, raw, status};
use crate::support::http::field;
use crate::support::server::Server;

#[test]
fn a_forged_host_reaches_no_link() {
    let (server, _folder) =
        demo_with("public_url = \"https://motcua.example.vn\"\nhosts = [\"desk.lan\"]\n");
    let asks = |host: &str| server.client().send("GET", "/thu-tuc", &[("Host", host)], Vec::new());
    for ours in ["motcua.example.vn", "desk.lan:8080", "127.0.0.1", "localhost:1"] {
        asks(ours).expect(200);
    }
    let page = asks("evil.example").expect(421);
    assert!(page.header("content-type").unwrap().starts_with("text/html"));
    assert!(!page.text().contains("evil.example"));
    for broken in ["evil.example/x", "a@motcua.example.vn", "x\"y", "motcua.example.vn:99999999"] {
        assert_eq!(asks(broken).status, 400, "{broken}");
    }
    let forwarded = server.client().header("X-Forwarded-Host", "evil.example").get("/thu-tuc");
    forwarded.expect(421);
    let twice = raw(
        &server,
        b"GET / HTTP/1.1\r\nHost: desk.lan\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(status(&twice), 400);
    let absolute =
        raw(&server, &get("http://evil.example/thu-tuc", "X-Forwarded-Host: evil.example\r\n"));
    assert_eq!(status(&absolute), 421);
    // Whoever watches the process asks by any name.
    server.client().send("GET", "/healthz", &[("Host", "probe")], Vec::new()).expect(200);
}

#[test]
fn only_what_a_trusted_proxy_adds_itself_counts() {
    // The tests come from this machine, which is no proxy here.
    let (server, _folder) =
        demo_with("trusted_proxies = []\n[limits]\nsign_in = { per_minute = 1, burst = 3 }\n");
    let wrong = |from: &str| {
        let client = server.client().header("X-Forwarded-For", from);
        let client = client.header("X-Forwarded-Proto", "https").header("X-Real-IP", from);
        let body = serde_json::json!({"user": "nobody", "password": "x"});
        client.header("Forwarded", &format!("for={from}")).post("/api/v1/sessions", &body)
    };
    for from in ["198.51.100.1", "198.51.100.2", "198.51.100.3"] {
        let answer = wrong(from).expect(401);
        assert_eq!(answer.header("strict-transport-security"), None, "nor is it TLS");
    }
    wrong("198.51.100.4").problem(429);
}

#[test]
fn another_sites_page_changes_nothing() {
    let server = Server::demo();
    // Nobody's token, which anybody can fetch: without a session it is the only one.
    let client = server.client();
    let csrf = field(&client.get("/mot-cua/dang-nhap").expect(200).text(), "_csrf");
    let body = format!("_csrf={csrf}&user=tiepnhan1&password=motcua-demo");
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let host = server.base().strip_prefix("http://").unwrap();
    let send = |name: &str, value: &str| {
        let headers = [form, (name, value)];
        client.send("POST", "/mot-cua/dang-nhap", &headers, body.clone().into_bytes())
    };
    for (name, value) in [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Origin", &format!("http://{host}.evil.example")),
    ] {
        let answer = send(name, value).expect(403);
        assert!(answer.header("set-cookie").is_none(), "{name}: {value}");
        assert!(answer.text().contains("<h1"), "a page");
    }
    send("Sec-Fetch-Site", "same-origin").expect(303);
    send("Origin", &format!("http://{host}")).expect(303);
    let headers = [("Content-Type", "application/json"), ("Sec-Fetch-Site", "cross-site")];
    let call =
        client.send("POST", "/api/v1/otp", &headers, b"{\"phone\": \"0912345678\"}".to_vec());
    call.problem(403);
}

#[test]
fn tricks_with_paths_find_nothing() {
    let server = Server::demo();
    for path in [
        "/../../etc/passwd",
        "/assets/../../../etc/passwd",
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/%252e%252e/etc/passwd",
        "/assets/..%5c..%5cwin.ini",
        "/assets/site.css%00.png",
        "//evil.example/mot-cua",
        "/.git/config",
        "/.env",
        "/thu-tuc/%00",
        "/thu-tuc/1.001193;jsessionid=1",
        "/thu-tuc/%c0%ae%c0%ae",
        "/thu-tuc/%ff%fe",
        "/thu-tuc/%",
        "/thu-tuc/%zz",
        "/tra-cuu/..%2f..%2fquan-tri",
        "/api/v1/procedures/..%2f..%2f..%2fetc%2fpasswd",
        "/api/v1/dossiers/%00",
        "/api//v1/events",
    ] {
        let answer = raw(&server, &get(path, ""));
        assert!((400..500).contains(&status(&answer)), "{path}: {answer}");
        assert!(!answer.contains("root:") && answer.contains("nosniff"), "{path}");
    }
    // A word of the path in other letters is the same word, and not a way around its guard.
    for path in ["/mot-cua", "/%6dot-cua", "/quan-tri", "/quan%2dtri", "/mot-cua/", "/MOT-CUA"] {
        let answer = raw(&server, &get(path, ""));
        assert!(matches!(status(&answer), 303 | 404), "{path}: {answer}");
    }
    server.client().get("/healthz").expect(200);
}

#[test]
fn a_way_back_leads_nowhere_else() {
    let server = Server::demo();
    for target in [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "\\/evil.example",
        "/%09/evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/mot-cua//evil.example",
        "/mot-cua\u{0}",
        " //evil.example",
    ] {
        let client = server.client().with_cookies();
        let csrf = field(&client.get("/mot-cua/dang-nhap").expect(200).text(), "_csrf");
        let form = [
            ("_csrf", csrf.as_str()),
            ("user", "tiepnhan1"),
            ("password", "motcua-demo"),
            ("tiep", target),
        ];
        let answer = client.post_form("/mot-cua/dang-nhap", &form).expect(303);
        assert_eq!(answer.header("location"), Some("/mot-cua"), "{target:?}");
        let client = server.client().with_cookies();
        let csrf = field(&client.get("/dang-nhap").expect(200).text(), "_csrf");
        let look = [("_csrf", csrf.as_str()), ("back", target), ("look", "dark")];
        let answer = client.post_form("/giao-dien", &look).expect(303);
        let location = answer.header("location").unwrap().to_owned();
        assert!(location.starts_with('/') && !location.starts_with("//"), "{target:?}: {location}");
        assert!(!location.contains(['\\', '\t', '\u{0}']), "{target:?}: {location}");
    }
}

#[test]
fn a_method_is_what_the_request_line_says() {
    let server = Server::demo();
    let client = server.client();
    for name in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
        let answer = client.send("GET", "/mot-cua/dang-xuat", &[(name, "POST")], Vec::new());
        assert!(matches!(answer.status, 303 | 404 | 405), "{name}: {}", answer.status);
    }
    let form = [("_method", "DELETE"), ("phone", "0912345678")];
    client.post_form("/api/v1/otp?_method=DELETE", &form).problem(415);
    for method in ["TRACE", "CONNECT", "PUT", "DELETE", "PROPFIND", "DEBUG"] {
        let answer = raw(&server, &[method.as_bytes(), &get("/thu-tuc", "")[3..]].concat());
        assert!((400..500).contains(&status(&answer)), "{method}: {answer}");
    }
}

#[test]
fn heads_that_are_too_long_or_no_heads_are_refused() {
    let server = Server::demo();
    let long = format!("X-Long: {}\r\n", "a".repeat(200_000));
    let many: String = (0..200).map(|number| format!("X-{number}: 1\r\n")).collect();
    for (headers, path) in
        [(long.as_str(), "/"), (&many, "/"), ("", &format!("/{}", "a".repeat(100_000)))]
    {
        let answer = raw(&server, &get(path, headers));
        // The head ends nowhere: the connection is closed, with or without words.
        assert!(answer.is_empty() || (400..500).contains(&status(&answer)), "{answer}");
    }
    for broken in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"GET / HTTP/9.9\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"POST /dang-nhap HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
        b"POST /dang-nhap HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab",
        b"POST /dang-nhap HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : localhost\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    ] {
        let answer = raw(&server, broken);
        assert!(answer.is_empty() || (400..500).contains(&status(&answer)), "{answer}");
        assert!(answer.matches("HTTP/1.1 ").count() <= 1, "one request, one answer: {answer}");
    }
    server.client().get("/healthz").expect(200);
}
