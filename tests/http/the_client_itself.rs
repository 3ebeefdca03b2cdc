//! That the client sends what it says, and takes every answer as it comes.

use serde_json::json;

use crate::support::fixture::{Request, serve};
use crate::support::http::{Client, Multipart};

/// Answers with what it was asked, as JSON, except on a few paths.
fn answer(request: &Request) -> String {
    match request.path.as_str() {
        "/problem" => "409 Conflict\nContent-Type: application/problem+json\n\n\
                       {\"status\": 409, \"title\": \"The dossier has changed\"}"
            .to_owned(),
        "/moved" => "303 See Other\nLocation: /elsewhere\n\n".to_owned(),
        "/sign-in" => "204 No Content\nSet-Cookie: __Host-session=abc; Path=/; Secure; HttpOnly\n\
                       Set-Cookie: theme=dark; Path=/\n\n"
            .to_owned(),
        "/sign-out" => {
            "204 No Content\nSet-Cookie: __Host-session=; Max-Age=0; Path=/\n\n".to_owned()
        }
        _ => {
            let seen = json!({
                "method": request.method,
                "headers": request.headers.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
                "body": String::from_utf8_lossy(&request.body),
            });
            format!("200 OK\nContent-Type: application/json\n\n{seen}")
        }
    }
}

#[test]
fn refusals_and_redirects_are_answers() {
    let client = Client::new(&serve(answer));
    assert_eq!(client.get("/problem").problem(409)["title"], "The dossier has changed");
    let moved = client.get("/moved").expect(303);
    assert_eq!(moved.header("location"), Some("/elsewhere"));
}

#[test]
#[should_panic(expected = "The dossier has changed")]
fn an_unexpected_status_shows_the_body() {
    Client::new(&serve(answer)).get("/problem").expect(200);
}

#[test]
fn json_token_and_idempotency_key_are_sent() {
    let client = Client::new(&serve(answer)).bearer("t0k3n").header("X-Proof", "p");
    let seen = client.post_once("key-1", "/api", &json!({"version": 3})).expect(200).json();
    assert_eq!(seen["method"], "POST");
    assert_eq!(seen["body"], "{\"version\":3}");
    assert_eq!(seen["headers"]["authorization"], "Bearer t0k3n");
    assert_eq!(seen["headers"]["x-proof"], "p");
    assert_eq!(seen["headers"]["idempotency-key"], "key-1");
    assert_eq!(seen["headers"]["content-type"], "application/json");
    let seen = client.post("/api", &json!({})).json();
    assert!(seen["headers"].get("idempotency-key").is_none());
}

#[test]
fn forms_are_sent_as_browsers_send_them() {
    let client = Client::new(&serve(answer));
    let seen = client.post_form("/", &[("q", "khai sinh & tử"), ("trang", "2")]).json();
    assert_eq!(seen["body"], "q=khai%20sinh%20%26%20t%E1%BB%AD&trang=2");

    let form = Multipart::new().text("component", "to-khai").file(
        "file",
        "đơn.pdf",
        "application/pdf",
        b"%PDF-1.7",
    );
    let seen = client.post_multipart("/", form).json();
    let content_type = seen["headers"]["content-type"].as_str().unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"component\"\r\n\r\nto-khai\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"đơn.pdf\"\r\n\
         Content-Type: application/pdf\r\n\r\n%PDF-1.7\r\n--{boundary}--\r\n"
    );
    assert_eq!(seen["body"], expected);
}

#[test]
fn cookies_are_kept_only_when_asked() {
    let site = serve(answer);
    let client = Client::new(&site).with_cookies();
    client.get("/sign-in").expect(204);
    assert_eq!(client.cookie("__Host-session").as_deref(), Some("abc"));
    assert_eq!(client.get("/").json()["headers"]["cookie"], "__Host-session=abc; theme=dark");
    client.get("/sign-out").expect(204);
    assert_eq!(client.get("/").json()["headers"]["cookie"], "theme=dark");

    let forgetful = Client::new(&site);
    forgetful.get("/sign-in").expect(204);
    assert!(forgetful.get("/").json()["headers"].get("cookie").is_none());
}
