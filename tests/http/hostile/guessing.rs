//! Guessing: codes of dossiers, secrets, passwords.

use serde_json::json;

use super::demo_with;
use crate::support::http::{Client, field};
use crate::support::server::Server;

const TIGHT: &str = "trusted_proxies = [\"127.0.0.1\"]\n[limits]\n\
    unknown = { per_minute = 1, burst = 3 }\nsecret = { per_minute = 1, burst = 4 }\n\
    sign_in = { per_minute = 1, burst = 3 }\nprinting = { per_minute = 1, burst = 2 }\nticket = { per_minute = 1, burst = 2 }\n";

/// Somebody whose requests come from this address, through the proxy.
fn from(server: &Server, address: &str) -> Client {
    server.client().header("X-Forwarded-For", address).with_cookies()
}

fn known(server: &Server) -> String {
    let desk = json!({"user": "tiepnhan1", "password": "motcua-demo"});
    let token = server.client().post("/api/v1/sessions", &desk).expect(200).json();
    let desk = server.client().bearer(token["token"].as_str().unwrap());
    let list = desk.get("/api/v1/dossiers?limit=1").expect(200).json();
    list["items"][0]["code"].as_str().unwrap().to_owned()
}

#[test]
fn who_tries_one_code_after_another_learns_nothing_more() {
    let (server, _folder) = demo_with(TIGHT);
    let code = known(&server);
    let status_page = format!("/tra-cuu/{code}");
    let guesser = from(&server, "2001:db8::1");
    for number in 9_000..9_004 {
        guesser.get(&format!("/tra-cuu/H40.12-261123-{number}")).expect(404);
    }
    // Now neither a miss nor a hit is told, by page or by call, from the whole network.
    for client in [guesser, from(&server, "2001:db8::2")] {
        for path in [status_page.as_str(), "/tra-cuu/H40.12-261123-9999"] {
            let stopped = client.get(path).expect(429);
            assert!(stopped.header("retry-after").unwrap().parse::<u64>().unwrap() > 0);
            assert!(stopped.text().contains("<h1"), "a page");
        }
        client.get(&format!("/api/v1/tracking/{code}")).problem(429);
        client.get("/thu-tuc").expect(200);
    }
    from(&server, "2001:db8:0:1::1").get(&status_page).expect(200);
}

#[test]
fn secrets_are_tried_slowly_whatever_the_dossier() {
    let (server, _folder) = demo_with(TIGHT);
    let code = known(&server);
    let guesser = from(&server, "198.51.100.7");
    let csrf = field(&guesser.get("/tra-cuu").expect(200).text(), "_csrf");
    let guess = |client: &Client| {
        let form = [("_csrf", csrf.as_str()), ("code", &code), ("secret", "AAAA-AAAA")];
        client.post_form("/tra-cuu", &form).status
    };
    assert_eq!((guess(&guesser), guess(&guesser)), (401, 401));
    guesser.get(&format!("/tra-cuu/{code}?ma=AAAA-AAAB")).expect(401);
    guesser.get(&format!("/tra-cuu/{code}?ma=AAAA-AAAC")).expect(401);
    assert_eq!(guess(&guesser), 429);
    assert_eq!(guess(&from(&server, "198.51.100.8")), 401, "another applicant goes on");
}

#[test]
fn passwords_are_tried_slowly_whatever_the_name() {
    let (server, _folder) = demo_with(TIGHT);
    let guesser = from(&server, "198.51.100.7");
    let csrf = field(&guesser.get("/mot-cua/dang-nhap").expect(200).text(), "_csrf");
    let guess = |path: &str, name: &str| {
        let form = [("_csrf", csrf.as_str()), ("user", name), ("password", "wrong-password")];
        guesser.post_form(path, &form)
    };
    let unknown = guess("/mot-cua/dang-nhap", "nobody1").expect(401).text();
    let known = guess("/mot-cua/dang-nhap", "tiepnhan1").expect(401).text();
    let plain = |text: &str, name: &str| text.replace(&format!("value=\"{name}\""), "");
    assert_eq!(plain(&unknown, "nobody1"), plain(&known, "tiepnhan1"), "names are not told");
    // The same address in other letters is the same door.
    guess("/%6dot-cua/dang-nhap", "nobody2").expect(401);
    let stopped = guess("/mot-cua/dang-nhap", "nobody3").expect(429);
    assert!(stopped.header("retry-after").is_some());
    let body = json!({"user": "nobody4", "password": "wrong-password"});
    guesser.post("/api/v1/sessions", &body).problem(429);
}

#[test]
fn papers_are_not_typeset_without_end() {
    let (server, _folder) = demo_with(TIGHT);
    let reader = from(&server, "198.51.100.7");
    let paper = "/thu-tuc/1.001193/huong-dan.pdf";
    reader.get(paper).expect(200);
    reader.get(paper).expect(200);
    reader.get(paper).expect(429);
    reader.get("/thu-tuc/1.001193").expect(200);
}

#[test]
fn many_tries_at_once_are_no_more_than_one_after_the_other() {
    let server = Server::demo();
    let wrong = json!({"user": "thuly2", "password": "khong-phai-mat-khau"});
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let ask = || server.client().post("/api/v1/sessions", &wrong).status;
        let asking: Vec<_> = (0..24).map(|_| scope.spawn(ask)).collect();
        asking.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    let looked_at = statuses.iter().filter(|status| **status == 401).count();
    assert!((1..=5).contains(&looked_at), "{statuses:?}");
    assert!(statuses.iter().all(|status| [401, 429].contains(status)), "{statuses:?}");
}

#[test]
fn strangers_who_guess_at_a_name_do_not_lock_it_where_its_owner_works() {
    let server = Server::demo();
    let owner = server.client().with_cookies();
    let sign_in = |client: &Client, user: &str, password: &str| {
        let page = client.get("/mot-cua/dang-nhap").expect(200).text();
        let csrf = field(&page, "_csrf");
        let fields = [("_csrf", csrf.as_str()), ("user", user), ("password", password)];
        client.post_form("/mot-cua/dang-nhap", &fields).status
    };
    let sign_out = |client: &Client| {
        let page = client.get("/mot-cua").expect(200).text();
        client.post_form("/mot-cua/dang-xuat", &[("_csrf", &field(&page, "_csrf"))]).expect(303);
    };
    assert_eq!(sign_in(&owner, "thuly1", "motcua-demo"), 303);
    sign_out(&owner);
    let stranger = server.client().with_cookies();
    for _ in 0..5 {
        assert_eq!(sign_in(&stranger, "thuly1", "khong-phai-mat-khau"), 401);
    }
    assert_eq!(sign_in(&stranger, "thuly1", "motcua-demo"), 429);
    assert_eq!(sign_in(&owner, "thuly1", "motcua-demo"), 303);
    sign_out(&owner);
    // What the browser shows is of one account, and its tries are counted too.
    for _ in 0..5 {
        assert_eq!(sign_in(&owner, "lanhdao1", "khong-phai-mat-khau"), 401);
        assert_eq!(sign_in(&owner, "thuly1", "khong-phai-mat-khau"), 401);
    }
    assert_eq!(sign_in(&owner, "lanhdao1", "motcua-demo"), 429);
    assert_eq!(sign_in(&stranger, "lanhdao1", "motcua-demo"), 429);
    assert_eq!(sign_in(&owner, "thuly1", "motcua-demo"), 429);
}

#[test]
fn numbers_of_the_queue_are_not_given_out_without_end() {
    let (server, _folder) = demo_with(TIGHT);
    let greedy = from(&server, "198.51.100.77");
    let take = |client: &Client| {
        let page = client.get("/lay-so").expect(200).text();
        let service = field(&page, "service");
        let fields = [
            ("_csrf", field(&page, "_csrf")),
            ("_key", field(&page, "_key")),
            ("service", service),
        ];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        client.post_form("/lay-so", &fields).status
    };
    assert_eq!((take(&greedy), take(&greedy), take(&greedy)), (303, 303, 429));
    assert_eq!(take(&from(&server, "203.0.113.5")), 303, "others are served");
}
