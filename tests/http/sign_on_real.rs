//! Central sign-on against a certified provider that runs beside: citizens and staff, from the button to
//! the way out.

use crate::api::portal::Portal;
use crate::drafts::begin;
use crate::papers::{at_desk, send};
use crate::sign_on::set_up;
use crate::support::http::{Client, field};
use crate::support::provider::{Real, led};

/// A portal with a real provider.
fn real(id: &str, further: &[(&str, &str)]) -> (Portal, Real) {
    let portal = Portal::demo();
    let provider = Real::start(portal.server().base());
    set_up(&portal, id, &provider.issuer, further);
    (portal, provider)
}

/// Goes from a page's button to the provider, signs in there as somebody, and comes back; the answer is
/// where it leads.
fn sign_on(portal: &Portal, provider: &Real, browser: &Client, from: &str, said: &str) -> String {
    let there = led(browser.get(from));
    let back = provider.sign_in(&provider.browser(), &there, said);
    let back = back.strip_prefix(portal.server().base()).expect("our address");
    led(browser.get(back))
}

fn browser(portal: &Portal) -> Client {
    portal.server().client().with_cookies()
}

const WAY: &str = "/dang-nhap/mot-lan/vneid";
const JOINING: &str = "/dang-nhap/noi";
const OWN: &str = "/tai-khoan";

/// The code that the demo shows.
fn shown_code(page: &str) -> &str {
    &page.split_once("Mã là ").expect("the demo shows the code").1[..6]
}

#[test]
fn a_citizen_signs_on_and_what_is_confirmed_fills_the_filing_in() {
    let (portal, provider) = real("vneid", &[]);
    let client = browser(&portal);
    assert!(client.get("/dang-nhap").expect(200).text().contains("Đăng nhập bằng VNeID"));
    assert_eq!(sign_on(&portal, &provider, &client, WAY, "login=buoi"), JOINING);
    let page = client.get(JOINING).expect(200).text();
    for said in ["Lê Thị Bưởi", "19/5/1985", "036185990001", "0912345678"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    client.get(OWN).expect(303);
    assert_eq!(led(send(&client, JOINING, JOINING, &[])), OWN);
    let own = client.get(OWN).expect(200).text();
    assert!(own.contains("VNeID xác nhận") && own.contains("chỉ mở bằng VNeID"), "{own}");
    let step = begin(&client, "1.001193");
    let filing = client.get(&step).expect(200).text();
    assert!(filing.contains("Lê Thị Bưởi") && filing.contains("036185990001"), "{filing}");

    // The next time there is nothing to ask.
    let again = browser(&portal);
    let way = format!("{WAY}?tiep=/thu-tuc/1.001193");
    assert_eq!(sign_on(&portal, &provider, &again, &way, "login=buoi"), "/thu-tuc/1.001193");
    assert!(again.get(OWN).expect(200).text().contains("1.001193"), "the same draft");
    let stranger = browser(&portal);
    assert_eq!(sign_on(&portal, &provider, &stranger, WAY, "login=khe"), JOINING);
}

#[test]
fn an_account_by_telephone_is_linked_by_its_code_alone_and_unlinked_again() {
    let (portal, provider) = real("vneid", &[]);
    let known = crate::forms::citizen(portal.server());
    let draft = begin(&known, "1.001193");
    let client = browser(&portal);
    sign_on(&portal, &provider, &client, WAY, "login=buoi");
    // The provider names the telephone; that alone opens nothing.
    assert_ne!(client.get(&draft).status, 200);
    let page = client.get(JOINING).expect(200).text();
    let csrf = field(&page, "_csrf");
    let sent = [("_csrf", csrf.as_str()), ("contact", "0912345678"), ("noi", "1")];
    let at = led(client.post_form("/dang-nhap", &sent));
    let page = client.get(&at).expect(200).text();
    assert!(page.contains("Lê Thị Bưởi") && page.contains("VNeID"), "{page}");
    let csrf = field(&page, "_csrf");
    let wrong = [("_csrf", csrf.as_str()), ("code", "000000"), ("noi", "1")];
    client.post_form("/dang-nhap/ma", &wrong).expect(401);
    let right = [("_csrf", csrf.as_str()), ("code", shown_code(&page)), ("noi", "1")];
    assert_eq!(led(client.post_form("/dang-nhap/ma", &right)), OWN);
    client.get(&draft).expect(200);

    let again = browser(&portal);
    assert_eq!(sign_on(&portal, &provider, &again, WAY, "login=buoi"), OWN);
    again.get(&draft).expect(200);
    send(&again, OWN, "/tai-khoan/bo-noi", &[("provider", "vneid")]).expect(303);
    let unlinked = browser(&portal);
    assert_eq!(sign_on(&portal, &provider, &unlinked, WAY, "login=buoi"), JOINING);
}

#[test]
fn an_account_is_linked_from_inside_after_a_question_and_one_person_has_one() {
    let (portal, provider) = real("vneid", &[]);
    let known = crate::forms::citizen(portal.server());
    let link = "/tai-khoan/noi";
    let way = format!("{link}/vneid");
    assert_eq!(sign_on(&portal, &provider, &known, &way, "login=buoi"), link);
    let asked = known.get(link).expect(200).text();
    assert!(asked.contains("Lê Thị Bưởi") && asked.contains("091•••678"), "{asked}");
    assert_eq!(led(send(&known, link, link, &[])), "/tai-khoan?xong=noi");
    let again = browser(&portal);
    assert_eq!(sign_on(&portal, &provider, &again, WAY, "login=buoi"), OWN);
    // The same person for another account: refused, and another person for this one.
    let other = portal.server().client().with_cookies();
    assert_eq!(sign_on(&portal, &provider, &other, WAY, "login=khe"), JOINING);
    send(&other, JOINING, JOINING, &[]).expect(303);
    begin(&other, "1.001193");
    assert_eq!(sign_on(&portal, &provider, &known, &way, "login=khe"), link);
    send(&known, link, link, &[]).expect(409);
    // Who is signed in as nobody is asked to sign in first.
    assert!(led(browser(&portal).get(&way)).starts_with("/dang-nhap?"));
}

#[test]
fn an_account_without_telephone_is_deleted_right_after_a_sign_on() {
    let (portal, provider) = real("vneid", &[]);
    let client = browser(&portal);
    sign_on(&portal, &provider, &client, WAY, "login=khe");
    send(&client, JOINING, JOINING, &[]).expect(303);
    send(&client, OWN, "/tai-khoan/bo-noi", &[("provider", "vneid")]).expect(409);
    let delete = "/tai-khoan/xoa";
    assert_eq!(led(send(&client, delete, delete, &[])), "/tai-khoan/da-xoa");
    let again = browser(&portal);
    assert_eq!(sign_on(&portal, &provider, &again, WAY, "login=khe"), JOINING);
}

#[test]
fn staff_links_signs_on_and_signs_out_on_both_sides() {
    let (portal, provider) = real("tinh", &[]);
    let own = "/mot-cua/tai-khoan";
    let link = "/mot-cua/tai-khoan/noi";
    let staff = "/mot-cua/dang-nhap/mot-lan/tinh?tiep=/mot-cua/moi";
    let desk = at_desk(portal.server(), "tiepnhan1");
    assert_eq!(sign_on(&portal, &provider, &desk, &format!("{link}/tinh"), "login=ha"), link);
    let asked = desk.get(link).expect(200).text();
    assert!(asked.contains("Trần Thu Hà") && asked.contains("tiepnhan1"), "{asked}");
    assert_eq!(led(send(&desk, link, link, &[])), "/mot-cua/tai-khoan?xong=noi");

    let client = browser(&portal);
    assert!(client.get("/mot-cua/dang-nhap").expect(200).text().contains("Đăng nhập bằng VNeID"));
    assert_eq!(sign_on(&portal, &provider, &client, staff, "login=ha"), "/mot-cua/moi");
    let home = client.get("/mot-cua").expect(200).text();
    assert!(home.contains("Trần Thu Hà"));
    let out = led(send(&client, "/mot-cua", "/mot-cua/dang-xuat", &[]));
    assert!(out.starts_with("/dang-xuat/xong?phieu="), "{out}");
    client.get("/mot-cua").expect(303);
    let page = client.get(&out).expect(200).text();
    let way =
        page.split("href=\"").find(|rest| rest.starts_with(&provider.issuer)).expect("a way out");
    let way = way.split('"').next().unwrap().replace("&amp;", "&");
    assert!(way.contains("id_token_hint="), "{way}");
    provider.browser().get(way.strip_prefix(&provider.issuer).unwrap()).expect(200);

    send(&desk, own, "/mot-cua/tai-khoan/bo-noi", &[("provider", "tinh")]).expect(303);
    let client = browser(&portal);
    let there = led(client.get(staff));
    let back = provider.sign_in(&provider.browser(), &there, "login=ha");
    client.get(back.strip_prefix(portal.server().base()).unwrap()).expect(403);
}

#[test]
fn staff_is_matched_and_placed_by_claims() {
    let rules = "motcua-processor | Thụ lý | H40.12";
    let named = [("match", "preferred_username"), ("roles_claim", "groups"), ("rules", rules)];
    let (portal, provider) = real("tinh", &named);
    let staff = "/mot-cua/dang-nhap/mot-lan/tinh";
    let client = browser(&portal);
    assert_eq!(sign_on(&portal, &provider, &client, staff, "login=dung"), "/mot-cua");
    assert!(client.get("/mot-cua/tai-khoan").expect(200).text().contains("thuly1"));
    let other = browser(&portal);
    let back = provider.sign_in(&provider.browser(), &led(other.get(staff)), "login=ha");
    let refused = other.get(back.strip_prefix(portal.server().base()).unwrap()).expect(403).text();
    assert!(refused.contains("không cho biết vai trò nào"), "{refused}");
}

#[test]
fn who_changes_their_mind_at_the_provider_is_told_calmly() {
    let (portal, provider) = real("vneid", &[]);
    let client = browser(&portal);
    let there = led(client.get(WAY));
    let back = provider.sign_in(&provider.browser(), &there, "error=access_denied");
    let told = client.get(back.strip_prefix(portal.server().base()).unwrap()).expect(401).text();
    assert!(told.contains("đã bị hủy ở VNeID") && told.contains("Về trang đăng nhập"), "{told}");
}
