//! Signing in and proving a phone.

use serde_json::json;

use super::portal::{Portal, api};

#[test]
fn a_desk_account_signs_in_with_its_password_only() {
    let portal = Portal::demo();
    let sign_in = |user: &str, password: &str| {
        portal.anybody().post(&api("/sessions"), &json!({"user": user, "password": password}))
    };
    let wrong = sign_in("tiepnhan2", "wrong-password");
    wrong.problem(401);
    assert_eq!(wrong.header("www-authenticate"), Some("Bearer"));
    assert_eq!(wrong.text(), sign_in("nobody", "wrong-password").text(), "names are not told");
    let body = json!({"user": "tiepnhan2"});
    let problem = portal.anybody().post(&api("/sessions"), &body).problem(422);
    assert_eq!(problem["errors"][0]["field"], "password");
    for _ in 0..4 {
        sign_in("tiepnhan2", "wrong-password").problem(401);
    }
    sign_in("tiepnhan2", "motcua-demo").problem(429);
    portal.desk("tiepnhan1").get(&api("/dossiers?limit=1")).expect(200);
}

#[test]
fn a_one_time_code_is_good_once() {
    let portal = Portal::demo();
    let anybody = portal.anybody();
    let phone = json!({"phone": "0912 345 678"});
    let code = anybody.post(&api("/otp"), &phone).expect(200).json();
    assert_eq!(code["sent"], true);
    let check = |code: &serde_json::Value| {
        anybody.post(&api("/otp/verify"), &json!({"phone": "+84912345678", "code": code}))
    };
    let problem = check(&json!("x")).problem(401);
    assert!(problem["detail"].as_str().unwrap().contains("4 tries"), "{problem}");
    assert!(check(&code["code"]).expect(200).json()["proof"].is_string());
    check(&code["code"]).problem(401);
    for (body, field) in [
        (json!({}), "phone"),
        (json!({"phone": "12"}), "phone"),
        (json!({"email": "x"}), "email"),
        (json!({"phone": "0912345678", "email": "a@example.org"}), "phone"),
    ] {
        assert_eq!(anybody.post(&api("/otp"), &body).problem(422)["errors"][0]["field"], field);
    }
}

#[test]
fn codes_for_one_phone_are_limited() {
    let portal = Portal::demo();
    let send = || portal.anybody().post(&api("/otp"), &json!({"phone": "0912345678"}));
    let stopped = (0..20).map(|_| send()).find(|answer| answer.status == 429);
    let stopped = stopped.expect("twenty codes in a moment are too many");
    stopped.problem(429);
    assert!(stopped.header("retry-after").unwrap().parse::<u64>().unwrap() > 0);
}

/// Outside the demo a code goes out or it does not: nothing says that it did when it cannot have.
#[test]
fn a_code_that_cannot_be_sent_is_not_said_to_be() {
    let server = crate::support::server::Server::empty();
    let anybody = server.client().header("Accept-Language", "vi");
    for (body, field) in
        [(json!({"phone": "0912345678"}), "phone"), (json!({"email": "an@example.org"}), "email")]
    {
        let problem = anybody.post(&api("/otp"), &body).problem(409);
        assert_eq!(problem["errors"][0]["field"], field);
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("chưa nối kênh tin nhắn hay máy chủ thư"), "{problem}");
    }
}

/// A browser's cookie may read; to write it needs what another site cannot send.
#[test]
fn a_browser_s_cookie_alone_does_not_write() {
    let portal = Portal::demo();
    let body = json!({"user": "tiepnhan1", "password": "motcua-demo"});
    let session = portal.anybody().post(&api("/sessions"), &body).expect(200).json();
    let cookie = format!("motcua_phien={}", session["token"].as_str().unwrap());
    let browser = portal.anybody().header("Cookie", &cookie);
    browser.get(&api("/dossiers?limit=1")).expect(200);
    browser.post(&api("/dossiers"), &json!({})).problem(401);
    let foreign = portal.anybody().header("Cookie", &cookie).header("Sec-Fetch-Site", "cross-site");
    foreign.post(&api("/dossiers"), &json!({})).problem(403);
    let own = portal.anybody().header("Cookie", &cookie).header("Sec-Fetch-Site", "same-origin");
    own.post(&api("/dossiers"), &json!({})).problem(422);
}
