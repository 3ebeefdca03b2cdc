//! Central sign-on against a provider that says what it is told to: what is bad opens nothing, and every
//! answer is calm.

use serde_json::{Value, json};

use crate::api::portal::Portal;
use crate::papers::{at_desk, send};
use crate::support::http::{Answer, Client, field};
use crate::support::provider::{Told, led, query};

pub const ADMIN: &str = "/quan-tri/dang-nhap-mot-lan";
const COOKIE: &str = "motcua_dang_nhap";

/// Sets a provider up as an administrator does.
pub fn set_up(portal: &Portal, id: &str, issuer: &str, further: &[(&str, &str)]) {
    let admin = at_desk(portal.server(), "quantri");
    let new = format!("{ADMIN}/them");
    let client = format!("motcua-{id}");
    let fields = [
        ("id", id),
        ("name_vi", "VNeID"),
        ("issuer", issuer),
        ("client", client.as_str()),
        ("secret", "bi-mat-cua-ung-dung"),
        ("scopes", "profile email phone"),
        ("for", "citizens"),
        ("for", "staff"),
        ("local", "1"),
        ("name", "name"),
        ("birth_date", "birthdate"),
        ("phone", "phone_number"),
        ("id_number", "citizen.number"),
    ];
    send(&admin, &new, &new, &[&fields[..], further].concat()).expect(303);
}

/// A portal with a provider that says what it is told to.
pub fn told(further: &[(&str, &str)]) -> (Portal, Told) {
    let (portal, provider) = (Portal::demo(), Told::start());
    set_up(&portal, "vneid", &provider.issuer, further);
    (portal, provider)
}

/// A sign-in that has gone to the provider.
struct Begun {
    browser: Client,
    state: String,
    nonce: String,
    now: i64,
}

impl Begun {
    fn at(portal: &Portal, path: &str) -> Self {
        Self::of(portal.server().client().with_cookies(), path)
    }

    fn of(browser: Client, path: &str) -> Self {
        let answer = browser.get(path).expect(303);
        let date = answer.header("date").expect("servers say the time").to_owned();
        let now = jiff::fmt::rfc2822::parse(&date).unwrap().timestamp().as_second();
        let to = led(answer);
        assert_eq!(query(&to, "code_challenge_method"), "S256");
        assert_eq!(query(&to, "response_type"), "code");
        assert!(query(&to, "code_challenge").len() == 43, "{to}");
        let (state, nonce) = (query(&to, "state"), query(&to, "nonce"));
        Self { browser, state, nonce, now }
    }

    fn citizen(portal: &Portal) -> Self {
        Self::at(portal, "/dang-nhap/mot-lan/vneid")
    }

    fn staff(portal: &Portal) -> Self {
        Self::at(portal, "/mot-cua/dang-nhap/mot-lan/vneid?tiep=/mot-cua/moi")
    }

    fn claims(&self, provider: &Told) -> Value {
        provider.claims("motcua-vneid", &self.nonce, self.now)
    }

    fn come_back(&self, code: &str) -> Answer {
        let path = "/dang-nhap/mot-lan/vneid/tra-loi";
        self.browser.get(&format!("{path}?code={code}&state={}", self.state))
    }

    /// Comes back with a good token that says more.
    fn with(&self, provider: &Told, further: Value) -> Answer {
        let mut claims = self.claims(provider);
        for (name, value) in further.as_object().unwrap() {
            claims[name] = value.clone();
        }
        self.come_back(&provider.code(&claims))
    }
}

#[track_caller]
fn refused(answer: Answer, status: u16, words: &str) {
    let text = answer.expect(status).text();
    assert!(text.contains("Chưa đăng nhập được") && text.contains(words), "{text}");
    assert!(text.contains("Về trang đăng nhập"), "a way back");
}

const UNPROVED: &str = "không xác thực được";

#[test]
fn tokens_that_prove_nothing_open_nothing() {
    let (portal, provider) = told(&[]);
    let bad = |name: &str, change: &dyn Fn(&mut Value, i64)| {
        let begun = Begun::citizen(&portal);
        let mut claims = begun.claims(&provider);
        change(&mut claims, begun.now);
        let answer = begun.come_back(&provider.code(&claims));
        assert_eq!(answer.status, 401, "{name}");
        refused(answer, 401, UNPROVED);
        assert_eq!(begun.browser.cookie("motcua_phien"), None, "{name}");
    };
    bad("nonce", &|claims, _| claims["nonce"] = json!("another"));
    bad("no nonce", &|claims, _| {
        claims.as_object_mut().unwrap().remove("nonce");
    });
    bad("audience", &|claims, _| claims["aud"] = json!("another-program"));
    bad("audiences", &|claims, _| claims["aud"] = json!(["motcua-vneid", "another-program"]));
    bad("party", &|claims, _| claims["azp"] = json!("another-program"));
    bad("issuer", &|claims, _| claims["iss"] = json!("https://another.example"));
    bad("expired", &|claims, now| claims["exp"] = json!(now - 120));
    bad("from the future", &|claims, now| claims["iat"] = json!(now + 600));
    bad("old", &|claims, now| claims["iat"] = json!(now - 7_200));
    bad("access token", &|claims, _| claims["at_hash"] = json!("AAAAAAAAAAAAAAAAAAAAAA"));
    bad("nobody", &|claims, _| claims["sub"] = json!(""));
    for header in [
        json!({"alg": "none"}),
        json!({"alg": "HS256", "kid": "one"}),
        json!({"alg": "RS256", "kid": "one"}),
    ] {
        let begun = Begun::citizen(&portal);
        let code = provider.code_for(&header, &begun.claims(&provider));
        refused(begun.come_back(&code), 401, UNPROVED);
    }
    let log = portal.server().log();
    assert!(
        !log.contains("person-1") && !log.contains("code-0"),
        "codes and people are not logged"
    );
}

#[test]
fn an_answer_belongs_to_the_browser_that_asked_and_comes_once() {
    let (portal, provider) = told(&[]);
    let begun = Begun::citizen(&portal);
    let code = provider.code(&begun.claims(&provider));
    let path = "/dang-nhap/mot-lan/vneid/tra-loi";
    let elsewhere = "không bắt đầu từ trình duyệt này";
    let stranger = portal.server().client().with_cookies();
    let address = format!("{path}?code={code}&state={}", begun.state);
    refused(stranger.get(&address), 401, elsewhere);
    // Another one's sign-in is under way in that browser.
    let other = Begun::citizen(&portal);
    refused(other.browser.get(&address), 401, elsewhere);
    refused(begun.browser.get(&format!("{path}?code={code}")), 401, elsewhere);

    let begun = Begun::citizen(&portal);
    let kept = begun.browser.cookie(COOKIE).unwrap();
    let code = provider.code(&begun.claims(&provider));
    assert_eq!(led(begun.come_back(&code)), "/dang-nhap/noi");
    assert_eq!(begun.browser.cookie(COOKIE), None, "what was begun is over");
    // Who has kept the cookie comes back no second time.
    let replayed = portal.server().client().header("Cookie", &format!("{COOKIE}={kept}"));
    let again = format!("{path}?code={code}&state={}", begun.state);
    refused(replayed.get(&again), 401, "đã dùng");
}

#[test]
fn answers_of_another_provider_and_errors_are_told_calmly() {
    let (portal, provider) = told(&[]);
    let path = "/dang-nhap/mot-lan/vneid/tra-loi";
    let begun = Begun::citizen(&portal);
    let code = provider.code(&begun.claims(&provider));
    let state = &begun.state;
    let mixed = format!("{path}?code={code}&state={state}&iss=https%3A%2F%2Fevil.example");
    refused(begun.browser.get(&mixed), 401, UNPROVED);
    for (error, words) in [
        ("access_denied", "đã bị hủy ở VNeID"),
        ("temporarily_unavailable", "VNeID chưa cho đăng nhập"),
        ("%3Cscript%3E", "VNeID chưa cho đăng nhập"),
    ] {
        let begun = Begun::citizen(&portal);
        let sent = format!("{path}?error={error}&error_description=x&state={}", begun.state);
        let answer = begun.browser.get(&sent);
        assert!(!answer.text().contains("<script>"), "nothing of the provider's is repeated");
        refused(answer, 401, words);
    }
    refused(Begun::citizen(&portal).come_back("unknown"), 401, "hết hạn hoặc đã dùng");
    // Who says that it names itself always does.
    provider.set_metadata(json!({"authorization_response_iss_parameter_supported": true}));
    send_trial(&portal).expect(200);
    let begun = Begun::citizen(&portal);
    let code = provider.code(&begun.claims(&provider));
    refused(begun.come_back(&code), 401, UNPROVED);
}

fn send_trial(portal: &Portal) -> Answer {
    let admin = at_desk(portal.server(), "quantri");
    send(&admin, &format!("{ADMIN}/vneid"), &format!("{ADMIN}/vneid/thu"), &[])
}

#[test]
fn a_provider_that_is_down_keeps_nobody_out() {
    let (portal, provider) = told(&[]);
    provider.set_down(true);
    let browser = portal.server().client().with_cookies();
    refused(browser.get("/dang-nhap/mot-lan/vneid"), 401, "chưa trả lời được");
    refused(browser.get("/mot-cua/dang-nhap/mot-lan/vneid"), 401, "chưa trả lời được");
    at_desk(portal.server(), "tiepnhan1").get("/mot-cua").expect(200);
    provider.set_down(false);
    let begun = Begun::citizen(&portal);
    let code = provider.code(&begun.claims(&provider));
    provider.set_down(true);
    refused(begun.come_back(&code), 401, "chưa trả lời được");
}

#[test]
fn keys_that_change_are_asked_for_again_and_not_for_every_made_up_one() {
    let (portal, provider) = told(&[]);
    assert_eq!(led(Begun::citizen(&portal).with(&provider, json!({}))), "/dang-nhap/noi");
    assert_eq!(provider.keys_asked(), 1);
    provider.rotate();
    assert_eq!(led(Begun::citizen(&portal).with(&provider, json!({}))), "/dang-nhap/noi");
    assert_eq!(provider.keys_asked(), 2);
    let begun = Begun::citizen(&portal);
    let made_up = json!({"alg": "EdDSA", "kid": "three"});
    let code = provider.code_for(&made_up, &begun.claims(&provider));
    refused(begun.come_back(&code), 401, UNPROVED);
    assert_eq!(provider.keys_asked(), 2);
}

#[test]
fn what_the_token_leaves_out_is_asked_for_of_the_same_person() {
    let (portal, provider) = told(&[]);
    provider.set_userinfo(json!({"sub": "person-2", "name": "Kẻ Khác"}));
    refused(Begun::citizen(&portal).with(&provider, json!({})), 401, UNPROVED);
    let said =
        json!({"sub": "person-1", "name": "Lê Thị Bưởi", "citizen": {"number": "036185990001"}});
    provider.set_userinfo(said);
    let begun = Begun::citizen(&portal);
    assert_eq!(led(begun.with(&provider, json!({}))), "/dang-nhap/noi");
    let page = begun.browser.get("/dang-nhap/noi").expect(200).text();
    assert!(page.contains("Lê Thị Bưởi") && page.contains("036185990001"), "{page}");
}

#[test]
fn staff_is_let_in_by_link_or_by_the_claim_that_was_named_and_by_nothing_else() {
    let (portal, provider) = told(&[]);
    provider.set_userinfo(json!({"sub": "person-1"}));
    let claim = json!({"preferred_username": "tiepnhan1", "email": "tiepnhan1@example.org"});
    let unknown = "Chưa có tài khoản cán bộ nào nối";
    refused(Begun::staff(&portal).with(&provider, claim.clone()), 403, unknown);

    let (portal, provider) = told(&[("match", "preferred_username")]);
    provider.set_userinfo(json!({"sub": "person-1"}));
    refused(
        Begun::staff(&portal).with(&provider, json!({"preferred_username": "nobody"})),
        403,
        unknown,
    );
    let begun = Begun::staff(&portal);
    let old = begun.browser.cookie("motcua_phien");
    assert_eq!(led(begun.with(&provider, claim.clone())), "/mot-cua/moi");
    assert_ne!(begun.browser.cookie("motcua_phien"), old, "a session of its own");
    assert!(begun.browser.get("/mot-cua").expect(200).text().contains("Trần Thu Hà"));
    // The name at the provider counts from now on, and not the claim.
    let other = json!({"sub": "person-1", "preferred_username": "quantri"});
    let begun = Begun::staff(&portal);
    led(begun.with(&provider, other));
    assert!(begun.browser.get("/mot-cua").expect(200).text().contains("Trần Thu Hà"));
    // Somebody else with the same claim does not get the account.
    provider.set_userinfo(json!({"sub": "person-2"}));
    let thief = json!({"sub": "person-2", "preferred_username": "tiepnhan1"});
    refused(Begun::staff(&portal).with(&provider, thief), 409, "đã nối với một người khác");
    // A shut account stays shut.
    provider.set_userinfo(json!({"sub": "person-1"}));
    let shut = "/quan-tri/tai-khoan/tiepnhan1/khoa";
    send(&at_desk(portal.server(), "quantri"), shut, shut, &[]).expect(303);
    refused(Begun::staff(&portal).with(&provider, claim), 403, "đã khóa");
}

#[test]
fn roles_follow_the_claims_and_never_take_the_last_administrator() {
    let rules = "desk | Tiếp nhận hồ sơ | H40.12\nofficer | processor | H40.12";
    let named = [("match", "user"), ("roles_claim", "groups"), ("rules", rules)];
    let (portal, provider) = told(&named);
    provider.set_userinfo(json!({"sub": "person-1"}));
    let come = |user: &str, groups: &[&str]| {
        let begun = Begun::staff(&portal);
        let said = json!({"sub": user, "user": user, "groups": groups});
        provider.set_userinfo(json!({"sub": user}));
        let answer = begun.with(&provider, said);
        (begun.browser, answer)
    };
    let (browser, answer) = come("tiepnhan1", &["officer", "else"]);
    led(answer);
    browser.get("/mot-cua/tiep-nhan").expect(403);
    let (browser, answer) = come("tiepnhan1", &["officer", "desk"]);
    led(answer);
    browser.get("/mot-cua/tiep-nhan").expect(200);
    refused(come("tiepnhan1", &["else"]).1, 403, "không cho biết vai trò nào");
    let admin = at_desk(portal.server(), "quantri");
    let shut = "/quan-tri/tai-khoan/quantri11/khoa";
    send(&admin, shut, shut, &[]).expect(303);
    come("quantri", &["desk"]).1.expect(422);
    at_desk(portal.server(), "quantri").get("/quan-tri").expect(200);
}

#[test]
fn a_second_factor_is_asked_for_unless_the_provider_has_shown_one() {
    let (portal, provider) = told(&[("match", "user"), ("second", "mfa otp")]);
    let rules = "/quan-tri/dang-nhap";
    send(&at_desk(portal.server(), "quantri"), rules, rules, &[("role", "receptionist")])
        .expect(303);
    provider.set_userinfo(json!({"sub": "person-1"}));
    let said = |more: Value| {
        let mut said = json!({"user": "tiepnhan1"});
        for (name, value) in more.as_object().unwrap() {
            said[name] = value.clone();
        }
        said
    };
    let begun = Begun::staff(&portal);
    let at = led(begun.with(&provider, said(json!({"amr": ["pwd"]}))));
    assert_eq!(at, "/mot-cua/tai-khoan/ma-xac-thuc");
    assert_eq!(led(begun.browser.get("/mot-cua")), at, "nothing else is open");
    let begun = Begun::staff(&portal);
    let at = led(begun.with(&provider, said(json!({"amr": ["pwd", "otp"]}))));
    assert_eq!(at, "/mot-cua/moi");
    begun.browser.get("/mot-cua").expect(200);
}

#[test]
fn the_way_back_is_ours_and_the_way_there_is_open_to_whom_it_is_for() {
    let (portal, provider) = told(&[("match", "user")]);
    provider.set_userinfo(json!({"sub": "person-1"}));
    for (asked, at) in [
        ("https%3A%2F%2Fevil.example", "/mot-cua"),
        ("%2F%2Fevil.example", "/mot-cua"),
        ("/mot-cua/moi", "/mot-cua/moi"),
    ] {
        let begun = Begun::at(&portal, &format!("/mot-cua/dang-nhap/mot-lan/vneid?tiep={asked}"));
        assert_eq!(led(begun.with(&provider, json!({"user": "tiepnhan1"}))), at);
    }
    let admin = at_desk(portal.server(), "quantri");
    let form = format!("{ADMIN}/vneid");
    let only = [
        ("name_vi", "VNeID"),
        ("issuer", provider.issuer.as_str()),
        ("client", "motcua-vneid"),
        ("for", "citizens"),
        ("local", "1"),
    ];
    send(&admin, &form, &form, &only).expect(303);
    let browser = portal.server().client().with_cookies();
    browser.get("/mot-cua/dang-nhap/mot-lan/vneid").expect(404);
    browser.get("/dang-nhap/mot-lan/unknown").expect(404);
    assert!(!browser.get("/mot-cua/dang-nhap").expect(200).text().contains("VNeID"));
    assert!(browser.get("/dang-nhap").expect(200).text().contains("Đăng nhập bằng VNeID"));
}

#[test]
fn an_administrator_is_told_what_is_wrong_with_a_provider() {
    let (portal, provider) = told(&[]);
    let fine = send_trial(&portal).expect(200).text();
    assert!(fine.contains("dùng được để đăng nhập"), "{fine}");
    assert!(!fine.contains("bi-mat-cua-ung-dung"), "the secret is never shown");
    assert!(fine.contains("/dang-nhap/mot-lan/vneid/tra-loi"), "what is to be registered");
    for (metadata, words) in [
        (json!({"issuer": "https://other.example"}), "tự xưng là https://other.example"),
        (json!({"code_challenge_methods_supported": ["plain"]}), "PKCE S256"),
        (
            json!({"id_token_signing_alg_values_supported": ["HS256"]}),
            "không ký bằng khóa công khai",
        ),
        (json!({"token_endpoint": "http://sso.example/token"}), "không có https://"),
        (json!({"response_types_supported": 7}), "không phải thông tin"),
    ] {
        provider.set_metadata(metadata);
        let page = send_trial(&portal).expect(200).text();
        assert!(page.contains(words), "{words}: {page}");
    }
    provider.set_down(true);
    assert!(send_trial(&portal).expect(200).text().contains("HTTP 503"));
    let admin = at_desk(portal.server(), "quantri");
    let new = format!("{ADMIN}/them");
    let wrong =
        [("id", "Tỉnh"), ("issuer", "http://sso.example"), ("rules", "a | b"), ("match", "x")];
    let page = send(&admin, &new, &new, &wrong).expect(422).text();
    assert!(page.contains("Dòng 1 cần ba phần"), "{page}");
    let page = send(&admin, &new, &new, &wrong[..2]).expect(422).text();
    for words in ["chữ thường không dấu", "bắt đầu bằng https://", "Nhập tên trên nút", "client ID"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let gone = format!("{ADMIN}/vneid/bo");
    send(&admin, &gone, &gone, &[]).expect(303);
    portal.server().client().get("/dang-nhap/mot-lan/vneid").expect(404);
}

#[test]
fn the_page_after_a_sign_out_shows_no_way_that_others_put_there() {
    let portal = Portal::demo();
    let stranger = portal.server().client().with_cookies();
    let csrf = field(&stranger.get("/dang-nhap").expect(200).text(), "_csrf");
    let foreign = "https://evil.example/phish";
    let fields = [("_csrf", csrf.as_str()), ("way", foreign), ("home", foreign)];
    let sent = stranger.post_form("/nop-ho-so/1.001193/x/nguoi-nop", &fields);
    let kept = sent.header("Location").unwrap_or_default().to_owned();
    for ticket in kept.split(['=', '&']).chain([foreign]) {
        let page = stranger.get(&format!("/dang-xuat/xong?phieu={ticket}")).expect(200).text();
        assert!(!page.contains("href=\"https://evil.example"), "{page}");
    }
}
