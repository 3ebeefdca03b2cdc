//! Stolen, old, replayed and foreign tokens and cookies.

use serde_json::json;

use crate::support::http::{Client, field};
use crate::support::server::Server;

fn sign_in(client: &Client, user: &str) -> String {
    let csrf = field(&client.get("/mot-cua/dang-nhap").expect(200).text(), "_csrf");
    let form = [("_csrf", csrf.as_str()), ("user", user), ("password", "motcua-demo")];
    client.post_form("/mot-cua/dang-nhap", &form).expect(303);
    client.cookie("motcua_phien").unwrap()
}

#[test]
fn a_session_begins_with_an_id_that_nobody_chose() {
    let server = Server::demo();
    // Somebody planted a session of their own in the victim's browser.
    let planter = server.client().with_cookies();
    let planted = sign_in(&planter, "tiepnhan2");
    let victim = server.client().header("Cookie", &format!("motcua_phien={planted}"));
    let csrf = field(&victim.get("/mot-cua").expect(200).text(), "_csrf");
    let form = [("_csrf", csrf.as_str()), ("user", "tiepnhan1"), ("password", "motcua-demo")];
    let answer = victim.post_form("/mot-cua/dang-nhap", &form).expect(303);
    let fresh = answer.header("set-cookie").unwrap().to_owned();
    assert!(!fresh.contains(&planted), "a new id");
    planter.get("/mot-cua").expect(303);
    // An id that was never given out is none, whatever it looks like.
    for id in ["0".repeat(64), "x".repeat(64), String::new(), "a".repeat(100_000)] {
        let client = server.client().header("Cookie", &format!("motcua_phien={id}"));
        let answer = client.get("/mot-cua");
        assert!(matches!(answer.status, 303 | 400 | 431), "{}", answer.status);
    }
}

#[test]
fn a_session_that_was_ended_is_over_everywhere() {
    let server = Server::demo();
    let client = server.client().with_cookies();
    let id = sign_in(&client, "tiepnhan1");
    let stolen = server.client().header("Cookie", &format!("motcua_phien={id}"));
    let page = stolen.get("/mot-cua").expect(200);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let csrf = field(&page.text(), "_csrf");
    client.post_form("/mot-cua/dang-xuat", &[("_csrf", "foreign")]).expect(303);
    stolen.get("/mot-cua").expect(200);
    client.post_form("/mot-cua/dang-xuat", &[("_csrf", csrf.as_str())]).expect(303);
    stolen.get("/mot-cua").expect(303);
    stolen.header("Authorization", &format!("Bearer {id}")).get("/api/v1/dossiers").problem(401);
}

#[test]
fn a_token_of_another_session_opens_no_form() {
    let server = Server::demo();
    let (own, other) = (server.client().with_cookies(), server.client().with_cookies());
    sign_in(&own, "tiepnhan1");
    sign_in(&other, "tiepnhan2");
    let foreign = field(&other.get("/mot-cua").expect(200).text(), "_csrf");
    let nobody = field(&server.client().get("/tra-cuu").expect(200).text(), "_csrf");
    for token in [foreign.as_str(), &nobody, "", "\u{0}", &"0".repeat(64)] {
        let answer = own.post_form("/mot-cua/dang-xuat", &[("_csrf", token)]).expect(303);
        assert!(answer.header("set-cookie").is_none(), "{token:?}");
        own.get("/mot-cua").expect(200);
    }
}

#[test]
fn forged_and_stolen_tokens_of_the_api_open_nothing() {
    let server = Server::demo();
    let client = || server.client();
    for token in ["mc_", "mc_000", "x", "", "mc_' OR 1=1 --", "null"] {
        client().bearer(token).get("/api/v1/dossiers").problem(401);
    }
    client()
        .header("Authorization", "Basic cXVhbnRyaTptb3RjdWEtZGVtbw==")
        .get("/api/v1/dossiers")
        .problem(401);
    for proof in ["", "00", "zz", &"ab".repeat(200), "é"] {
        client().header("X-Proof", proof).post("/api/v1/dossiers", &json!({})).problem(401);
    }
    // A code for one telephone proves no other.
    let code = client().post("/api/v1/otp", &json!({"phone": "0912345678"})).expect(200).json();
    let other = json!({"phone": "0987654321", "code": code["code"]});
    client().post("/api/v1/otp/verify", &other).problem(401);
    let newer = client().post("/api/v1/otp", &json!({"phone": "0912345678"})).expect(200).json();
    assert_ne!(newer["code"], code["code"]);
    let old = json!({"phone": "0912345678", "code": code["code"]});
    client().post("/api/v1/otp/verify", &old).problem(401);
}
