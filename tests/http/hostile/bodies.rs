//! Bodies that come too slowly, too large, or as no text at all.

use std::io::Write;

use serde_json::json;

use super::{connect, demo_with, raw, rest, status};
use crate::support::http::{Client, field};
use crate::support::server::Server;

#[test]
fn a_client_that_stops_sending_is_let_go() {
    let (server, _folder) = demo_with("patience_seconds = 1\n");
    for (path, kind) in [
        ("/tra-cuu", "application/x-www-form-urlencoded"),
        ("/api/v1/otp", "application/json"),
        ("/api/v1/uploads", "multipart/form-data; boundary=x"),
    ] {
        let mut stream = connect(&server);
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: 5000\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(b"--x\r\n").unwrap();
        let answer = rest(stream);
        assert_eq!(status(&answer), 408, "{path}: {answer}");
        assert!(answer.contains("nosniff"), "{answer}");
    }
    // Nor is the end of a head waited for.
    let mut stream = connect(&server);
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-").unwrap();
    let answer = rest(stream);
    assert!(answer.is_empty() || status(&answer) == 408, "{answer}");
    server.client().get("/healthz").expect(200);
}

#[test]
fn one_address_cannot_hold_all_connections() {
    let (server, _folder) = demo_with("trusted_proxies = []\nconnections_per_address = 4\n");
    let held: Vec<_> = (0..4)
        .map(|_| {
            let mut stream = connect(&server);
            stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            let mut first = [0; 15];
            std::io::Read::read_exact(&mut stream, &mut first).unwrap();
            assert_eq!(&first, b"HTTP/1.1 200 OK");
            stream
        })
        .collect();
    assert_eq!(raw(&server, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"), "");
    drop(held);
    // The server notices that they are gone when it reads the next time; then there is room again.
    while !Client::new(server.base()).reaches("/healthz") {
        std::thread::yield_now();
    }
}

#[test]
fn what_is_no_form_is_refused_calmly() {
    let server = Server::demo();
    let client = server.client().with_cookies();
    let csrf = field(&client.get("/tra-cuu").expect(200).text(), "_csrf");
    let multipart = "multipart/form-data; boundary=x";
    let form = "application/x-www-form-urlencoded";
    for (kind, body) in [
        (form, &b"code=%ff%fe&secret=%c0%80"[..]),
        (form, b"code\xff\xfe"),
        (form, b"%%%=&&&==="),
        (form, b"code=%ed%a0%80"),
        (multipart, b""),
        (multipart, b"--x"),
        (multipart, b"--x\r\n\r\n\r\n--x--\r\n"),
        (multipart, b"--x\r\nContent-Disposition: form-data; name=\"code\r\n\r\n1\r\n--x--\r\n"),
        (multipart, b"--x\r\nContent-Disposition: attachment\r\n\r\n1\r\n--x--\r\n"),
        (multipart, b"--x\r\nContent-Disposition: form-data; name=\"code\"\r\n\r\n\xed\xa0\x80\r\n--x--\r\n"),
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=", b"--\r\n"),
        ("application/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"),
        ("", b"code=1"),
    ] {
        let answer = client.send("POST", "/tra-cuu", &[("Content-Type", kind)], body.to_vec());
        assert!((400..500).contains(&answer.status), "{kind} {body:?}: {}", answer.status);
        assert!(answer.header("content-type").unwrap().starts_with("text/html"));
        assert!(!answer.text().contains("root:"));
    }
    let large = [b"_csrf=".to_vec(), vec![b'a'; 3 << 20]].concat();
    let answer = client.send("POST", "/tra-cuu", &[("Content-Type", form)], large);
    assert_eq!(answer.status, 413);
    // Of a field that comes twice the last counts, as everywhere: the token is not mixed from both.
    let twice = [("_csrf", csrf.as_str()), ("_csrf", "x"), ("code", "H40.12-261123-0001")];
    let answer = client.post_form("/tra-cuu", &twice);
    assert!((300..500).contains(&answer.status), "{}", answer.status);
}

#[test]
fn what_is_no_json_is_refused_calmly() {
    let server = Server::demo();
    let client = server.client();
    let deep = "[".repeat(100_000);
    let nested = format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000));
    for body in [
        &b"{"[..],
        b"{\"phone\": \"\\ud800\"}",
        b"{\"phone\": \"\xff\"}",
        b"{\"phone\": \"0912345678\", \"phone\": \"0987654321\"}",
        b"{\"phone\": 1e999}",
        b"{\"phone\": null, \"email\": null}",
        b"{\"__proto__\": {\"admin\": true}, \"phone\": \"0912345678\"}",
        b"null",
        b"[]",
        b"\xef\xbb\xbf{}",
        deep.as_bytes(),
        nested.as_bytes(),
    ] {
        let headers = [("Content-Type", "application/json")];
        let answer = client.send("POST", "/api/v1/otp", &headers, body.to_vec());
        assert!(matches!(answer.status, 400 | 422), "{:.60?}: {}", body, answer.text());
        answer.problem(answer.status);
    }
    let large = json!({"phone": "1".repeat(2 << 20)});
    client.post("/api/v1/otp", &large).problem(413);
    client.get("/healthz").expect(200);
}
