//! Signing in at the desk beyond the password: second factors, passwords of one's own, devices. Codes
//! and cookies that are wrong, old, used or stolen open nothing.

use jiff::Timestamp;
use serde_json::json;
use totp_rs::{Builder, Secret};

use crate::api::portal::{Portal, api};
use crate::papers::{at_desk, send};
use crate::support::http::{Answer, Client, field};

const SIGN_IN: &str = "/mot-cua/dang-nhap";
const CODE: &str = "/mot-cua/dang-nhap/ma";
const OWN: &str = "/mot-cua/tai-khoan";
const SET_UP: &str = "/mot-cua/tai-khoan/ma-xac-thuc";
const PASSWORD: &str = "/mot-cua/tai-khoan/mat-khau";
const COOKIE: &str = "motcua_phien";

/// An authenticator app, on the server's clock.
struct App {
    secret: Vec<u8>,
    step: u64,
}

impl App {
    /// One that was given the key of a set-up page.
    fn scanned(page: &Answer) -> Self {
        let text = page.text();
        let (_, key) = text.split_once("<code>").expect("a key to type");
        let key: String = key.split("</code>").next().unwrap().replace(' ', "");
        let date = page.header("date").expect("servers say the time");
        let now: Timestamp = jiff::fmt::rfc2822::parse(date).unwrap().timestamp();
        let secret = Secret::try_from_base32(key).unwrap().as_ref().to_vec();
        Self { secret, step: u64::try_from(now.as_second()).unwrap() / 30 }
    }

    /// The code that it shows so many steps of 30 seconds from when it was set up.
    fn code(&self, later: i64) -> String {
        let totp = Builder::new().with_secret(self.secret.clone()).build().unwrap();
        let step = self.step.checked_add_signed(later).unwrap();
        totp.generate(step * 30).to_string()
    }
}

fn signing_in(portal: &Portal, user: &str, password: &str) -> (Client, Answer) {
    let client = portal.server().client().with_cookies();
    let sent = send(&client, SIGN_IN, SIGN_IN, &[("user", user), ("password", password)]);
    (client, sent)
}

fn at(answer: Answer) -> String {
    answer.expect(303).header("location").unwrap().to_owned()
}

fn demand(portal: &Portal, role: &str) {
    let rules = "/quan-tri/dang-nhap";
    send(&at_desk(portal.server(), "quantri"), rules, rules, &[("role", role)]).expect(303);
}

/// The ten codes of the page that shows them once.
fn recovery_codes(page: &str) -> Vec<String> {
    let (_, list) = page.split_once("class=\"recovery\"").expect("recovery codes");
    let list = list.split("</ul>").next().unwrap();
    let codes = list.split("<code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
    codes.collect()
}

/// Signs in, sets the demanded second factor up, and brings app and recovery codes.
fn set_up(portal: &Portal, user: &str) -> (Client, App, Vec<String>) {
    let (client, sent) = signing_in(portal, user, "motcua-demo");
    assert_eq!(at(sent), SET_UP);
    let page = client.get(SET_UP).expect(200);
    let app = App::scanned(&page);
    let (csrf, sealed) = (field(&page.text(), "_csrf"), field(&page.text(), "khoa"));
    let try_code = |code: &str| {
        client.post_form(SET_UP, &[("_csrf", &csrf), ("khoa", &sealed), ("code", code)])
    };
    let wrong = try_code(&app.code(-900)).expect(422).text();
    assert!(wrong.contains("Mã chưa khớp") && wrong.contains(&sealed), "the same key is shown");
    let stolen = client.cookie(COOKIE).unwrap();
    let done = try_code(&app.code(0)).expect(200).text();
    assert_ne!(client.cookie(COOKIE).unwrap(), stolen, "a new id with new rights");
    let codes = recovery_codes(&done);
    assert_eq!(codes.len(), 10);
    (client, app, codes)
}

#[test]
fn who_lacks_a_demanded_second_factor_can_do_nothing_but_set_it_up() {
    let portal = Portal::demo();
    demand(&portal, "receptionist");
    let (half, sent) = signing_in(&portal, "tiepnhan1", "motcua-demo");
    assert_eq!(at(sent), SET_UP);
    for path in ["/mot-cua", "/mot-cua/tiep-nhan", OWN, "/mot-cua/tai-khoan/bo-ma-xac-thuc"] {
        assert_eq!(at(half.get(path)), SET_UP, "{path}");
    }
    let token = half.cookie(COOKIE).unwrap();
    portal.anybody().bearer(&token).get(&api("/dossiers")).problem(401);
    let body = json!({"user": "tiepnhan1", "password": "motcua-demo"});
    let problem = portal.anybody().post(&api("/sessions"), &body).problem(403);
    assert_eq!(problem["type"], "urn:motcua:problem:second_factor_setup_required");

    let (whole, _, codes) = set_up(&portal, "tiepnhan1");
    assert!(whole.get("/mot-cua").expect(200).text().contains("Trần Thu Hà"));
    assert_eq!(at(half.get("/mot-cua")), "/mot-cua/dang-nhap?tiep=/mot-cua", "other sessions end");
    let own = whole.get(OWN).expect(200).text();
    assert!(own.contains("còn 10 mã dự phòng") && !own.contains(&codes[0]), "{own}");
    let drop_it = "/mot-cua/tai-khoan/bo-ma-xac-thuc";
    let kept = send(&whole, drop_it, drop_it, &[("code", &codes[0])]).expect(403).text();
    assert!(kept.contains("bắt buộc có mã xác thực"));
    // Other roles go on as before.
    portal.desk("thuly1").get(&api("/dossiers?limit=1")).expect(200);
}

#[test]
fn a_code_is_asked_for_and_taken_once() {
    let portal = Portal::demo();
    demand(&portal, "receptionist");
    let (_, app, codes) = set_up(&portal, "tiepnhan1");
    let api_sign_in = |code: Option<&str>| {
        let mut body = json!({"user": "tiepnhan1", "password": "motcua-demo"});
        if let Some(code) = code {
            body["code"] = json!(code);
        }
        portal.anybody().post(&api("/sessions"), &body)
    };
    let missing = api_sign_in(None);
    assert_eq!(missing.problem(401)["type"], "urn:motcua:problem:second_factor_required");
    let used = api_sign_in(Some(&app.code(0))).problem(401);
    assert!(used["detail"].as_str().unwrap().contains("used already"), "{used}");
    api_sign_in(Some(&app.code(1))).expect(200);
    api_sign_in(Some(&app.code(1))).problem(401);
    api_sign_in(Some(&app.code(-3))).problem(401);
    // Recovery codes, as people copy them, each once.
    let spelled = codes[0].to_lowercase().replace('-', " ");
    api_sign_in(Some(&spelled)).expect(200);
    api_sign_in(Some(&codes[0])).problem(401);

    let (client, sent) = signing_in(&portal, "tiepnhan1", "motcua-demo");
    assert_eq!(at(sent), CODE);
    assert_eq!(at(client.get("/mot-cua")), CODE);
    let before = client.cookie(COOKIE).unwrap();
    let wrong = send(&client, CODE, CODE, &[("code", "abc")]).expect(401).text();
    assert!(wrong.contains("Mã chưa đúng"), "{wrong}");
    assert_eq!(at(send(&client, CODE, CODE, &[("code", &codes[1])])), "/mot-cua");
    assert_ne!(client.cookie(COOKIE).unwrap(), before);
    let thief = portal.anybody().header("Cookie", &format!("{COOKIE}={before}"));
    assert_eq!(at(thief.get("/mot-cua")), "/mot-cua/dang-nhap?tiep=/mot-cua");

    // New recovery codes make the old ones worthless.
    let renew = "/mot-cua/tai-khoan/ma-du-phong";
    let fresh = send(&client, renew, renew, &[("code", &codes[2])]).expect(200).text();
    let fresh = recovery_codes(&fresh);
    api_sign_in(Some(&codes[3])).problem(401);
    api_sign_in(Some(&fresh[0])).expect(200);

    // Wrong codes lock the name as wrong passwords do, whatever comes between.
    for _ in 0..5 {
        api_sign_in(Some("000000")).problem(401);
    }
    api_sign_in(Some(&fresh[1])).problem(429);
}

#[test]
fn an_administrator_resets_what_was_lost() {
    let portal = Portal::demo();
    demand(&portal, "receptionist");
    let (client, _, codes) = set_up(&portal, "tiepnhan1");
    let admin = at_desk(portal.server(), "quantri");
    let reset = "/quan-tri/tai-khoan/tiepnhan1/ma-xac-thuc";
    let account = "/quan-tri/tai-khoan/tiepnhan1/sua";
    assert!(admin.get("/quan-tri/tai-khoan").expect(200).text().contains(account));
    assert!(admin.get(account).expect(200).text().contains(reset));
    send(&admin, reset, reset, &[]).expect(303);
    assert_eq!(at(client.get("/mot-cua")), "/mot-cua/dang-nhap?tiep=/mot-cua");
    let (again, sent) = signing_in(&portal, "tiepnhan1", "motcua-demo");
    assert_eq!(at(sent), SET_UP);
    send(&again, SET_UP, SET_UP, &[("code", &codes[0])]).expect(422);
    // The command does the same, and says when there is nothing to do.
    let none = portal.server().command(&["user", "second-factor", "reset", "tiepnhan1"]);
    assert_eq!(none.code, Some(1), "{none:?}");
    let (_, _, _) = set_up(&portal, "tiepnhan1");
    let done = portal.server().command(&["user", "second-factor", "reset", "tiepnhan1"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    for page in ["/quan-tri/dang-nhap", reset] {
        at_desk(portal.server(), "thuly1").get(page).expect(403);
    }
}

#[test]
fn a_second_factor_is_moved_with_the_old_one_and_dropped_where_it_is_free() {
    let portal = Portal::demo();
    let client = at_desk(portal.server(), "thuly1");
    let page = client.get(SET_UP).expect(200);
    let app = App::scanned(&page);
    let (csrf, sealed) = (field(&page.text(), "_csrf"), field(&page.text(), "khoa"));
    let form = |code: &str, more: (&str, &str)| {
        let fields = [("_csrf", csrf.as_str()), ("khoa", &sealed), ("code", code), more];
        client.post_form(SET_UP, &fields)
    };
    // Whoever finds the desk open cannot make it theirs.
    form(&app.code(0), ("password", "")).expect(422);
    form(&app.code(0), ("password", "khong-phai")).expect(422);
    let codes = recovery_codes(&form(&app.code(0), ("password", "motcua-demo")).expect(200).text());
    let page = client.get(SET_UP).expect(200);
    let moved = App::scanned(&page);
    let (csrf, sealed) = (field(&page.text(), "_csrf"), field(&page.text(), "khoa"));
    let form = |old: &str| {
        let code = moved.code(0);
        let fields = [("_csrf", &csrf), ("khoa", &sealed), ("code", &code)];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        client.post_form(SET_UP, &[&fields[..], &[("old_code", old)]].concat())
    };
    form("000000").expect(401);
    let fresh = recovery_codes(&form(&codes[0]).expect(200).text());
    let drop_it = "/mot-cua/tai-khoan/bo-ma-xac-thuc";
    send(&client, drop_it, drop_it, &[("code", &codes[1])]).expect(401);
    assert_eq!(
        at(send(&client, drop_it, drop_it, &[("code", &fresh[0])])),
        format!("{OWN}?xong=bo-ma")
    );
    // A key made for one account is none for another.
    let other = at_desk(portal.server(), "vanthu1");
    let csrf = field(&other.get(SET_UP).expect(200).text(), "_csrf");
    let code = moved.code(0);
    let fields =
        [("_csrf", csrf.as_str()), ("khoa", &sealed), ("code", &code), ("password", "motcua-demo")];
    assert!(other.post_form(SET_UP, &fields).expect(422).text().contains("không còn dùng được"));
}

#[test]
fn a_password_of_one_s_own_is_long_unknown_to_others_and_ends_other_sessions() {
    let portal = Portal::demo();
    let client = at_desk(portal.server(), "thuly1");
    let elsewhere = at_desk(portal.server(), "thuly1");
    let change = |present: &str, new: &str, again: &str| {
        let fields = [("present", present), ("password", new), ("again", again)];
        send(&client, PASSWORD, PASSWORD, &fields)
    };
    let long = "con trâu đi trước cái cày";
    for (present, new, again, said) in [
        ("sai", long, long, "Mật khẩu hiện tại chưa đúng"),
        ("motcua-demo", long, "khác", "chưa giống nhau"),
        ("motcua-demo", "kx7Qm2vz", "kx7Qm2vz", "ít nhất 15 ký tự"),
        ("motcua-demo", "matkhaumatkhaumatkhau", "matkhaumatkhaumatkhau", "nhiều người dùng"),
        ("motcua-demo", "nguyenhoangnam.2026", "nguyenhoangnam.2026", "họ tên"),
        ("motcua-demo", "motcua-demo", "motcua-demo", "phải khác mật khẩu hiện tại"),
    ] {
        let page = change(present, new, again).expect(422).text();
        assert!(page.contains(said), "{new}: {page}");
        assert!(!page.contains(new), "what was typed is not sent back");
    }
    let stolen = client.cookie(COOKIE).unwrap();
    assert_eq!(at(change("motcua-demo", long, long)), format!("{OWN}?xong=mat-khau"));
    client.get(OWN).expect(200);
    elsewhere.get(OWN).expect(303);
    portal.anybody().header("Cookie", &format!("{COOKIE}={stolen}")).get(OWN).expect(303);
    let sign_in = |password: &str| {
        portal.anybody().post(&api("/sessions"), &json!({"user": "thuly1", "password": password}))
    };
    sign_in("motcua-demo").problem(401);
    // The same letters however a keyboard composes them.
    let decomposed = "con tra\u{302}u đi trươ\u{301}c ca\u{301}i ca\u{300}y";
    sign_in(decomposed).expect(200);
}

#[test]
fn a_password_that_somebody_else_set_is_good_for_choosing_one_s_own() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let reset = "/quan-tri/tai-khoan/thuly1/mat-khau";
    let easy = send(&admin, reset, reset, &[("password", "12345678")]).expect(422).text();
    assert!(easy.contains("nhiều người dùng"), "{easy}");
    send(&admin, reset, reset, &[("password", "tam-thoi-71")]).expect(303);
    let body = json!({"user": "thuly1", "password": "tam-thoi-71"});
    let problem = portal.anybody().post(&api("/sessions"), &body).problem(403);
    assert_eq!(problem["type"], "urn:motcua:problem:password_change_required");
    let back = "/mot-cua/dang-nhap?tiep=/mot-cua/bang-theo-doi";
    let client = portal.server().client().with_cookies();
    let sent = send(
        &client,
        back,
        SIGN_IN,
        &[("user", "thuly1"), ("password", "tam-thoi-71"), ("tiep", "/mot-cua/bang-theo-doi")],
    );
    assert_eq!(at(sent), PASSWORD);
    assert_eq!(at(client.get("/mot-cua")), PASSWORD);
    let long = "qua cầu rút ván lại bơi";
    let chosen = send(&client, PASSWORD, PASSWORD, &[("password", long), ("again", long)]);
    assert_eq!(at(chosen), "/mot-cua/bang-theo-doi", "to where they wanted");
    client.get("/mot-cua").expect(200);
}

#[test]
fn people_see_their_devices_and_sign_them_out() {
    let portal = Portal::demo();
    let client = at_desk(portal.server(), "thuly1");
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let body = json!({"user": "thuly1", "password": "motcua-demo"});
    let firefox = portal.anybody().header("User-Agent", agent).post(&api("/sessions"), &body);
    let token = firefox.expect(200).json()["token"].as_str().unwrap().to_owned();
    let with_token = || portal.anybody().bearer(&token).get(&api("/dossiers?limit=1"));
    with_token().expect(200);
    let page = client.get(OWN).expect(200).text();
    assert!(page.contains("Firefox, Linux") && page.contains("thiết bị này"), "{page}");
    assert!(!page.contains(&token), "an id is in no page");
    let handle = page.split("name=\"phien\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    // Nobody ends a session of somebody else.
    let other = at_desk(portal.server(), "vanthu1");
    let end = format!("{OWN}/phien");
    send(&other, OWN, &end, &[("phien", handle)]).expect(404);
    client.post_form(&end, &[("phien", handle)]).expect(403);
    with_token().expect(200);
    send(&client, OWN, &end, &[("phien", handle)]).expect(303);
    with_token().problem(401);
    let (a, b) = (at_desk(portal.server(), "thuly1"), at_desk(portal.server(), "thuly1"));
    send(&client, OWN, &end, &[("moi", "1")]).expect(303);
    for ended in [a, b] {
        ended.get(OWN).expect(303);
    }
    client.get(OWN).expect(200);
    assert!(!client.get(OWN).expect(200).text().contains("name=\"phien\""));
}

#[test]
fn an_id_that_a_stranger_chose_is_not_taken_on() {
    let portal = Portal::demo();
    let chosen = "a".repeat(64);
    let client = portal.server().client().header("Cookie", &format!("{COOKIE}={chosen}"));
    let page = client.get(SIGN_IN).expect(200).text();
    let fields = [
        ("_csrf", field(&page, "_csrf")),
        ("user", "thuly1".to_owned()),
        ("password", "motcua-demo".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let answer = client.post_form(SIGN_IN, &fields).expect(303);
    let set = answer.header("set-cookie").unwrap();
    assert!(set.starts_with(COOKIE) && !set.contains(&chosen), "{set}");
    assert_eq!(at(client.get("/mot-cua")), "/mot-cua/dang-nhap?tiep=/mot-cua");
}

#[test]
fn an_account_gets_other_roles_and_its_sessions_end() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let clerk = at_desk(portal.server(), "vanthu1");
    let edit = "/quan-tri/tai-khoan/vanthu1/sua";
    let place = ("agency", "H40.12");
    for wrong in [vec![place], vec![("role", "clerk"), ("agency", "H40.99")]] {
        send(&admin, edit, edit, &wrong).expect(422);
    }
    clerk.get(OWN).expect(200);
    let fields = [("role", "receptionist"), ("role", "cashier"), place, ("full_name", "Lê Thị Mơ")];
    send(&admin, edit, edit, &fields).expect(303);
    clerk.get(OWN).expect(303);
    let again = at_desk(portal.server(), "vanthu1").get(OWN).expect(200).text();
    assert!(again.contains("Lê Thị Mơ") && again.contains("Thu phí, lệ phí"), "{again}");
    // Nobody takes the last administrator's role away, not even that one.
    let server = crate::support::server::Server::empty();
    let last = server.command(&["user", "change", "admin", "--role", "clerk"]);
    assert!(last.code == Some(1) && last.stderr.contains("only administrator"), "{last:?}");
    let named = server.command(&["user", "change", "admin", "--full-name", "Cao Anh", "--json"]);
    assert!(named.code == Some(0) && named.stdout.contains("Cao Anh"), "{named:?}");
}
