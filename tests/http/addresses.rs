//! Addresses by province and commune: older names, other provinces, the card at the counter.

use serde_json::{Value, json};

use crate::api::portal::{Portal, api, birth, filed, with};
use crate::drafts::begin;
use crate::forms::citizen;
use crate::papers::{at_desk, send};
use crate::support::http::{Answer, Client, field, stands};
use crate::support::server::Server;

/// A procedure that is filed online.
const PROCEDURE: &str = "2.000635";
const COUNTER: &str = "/mot-cua/tiep-nhan";
const OLD: &str = "Thôn 3, xã Tân Hội, huyện Đan Phượng, TP. Hà Nội";
const SAID: &str = "Trước đây: Xã Tân Hội, Huyện Đan Phượng, Thành phố Hà Nội; \
                    nay là Xã Ô Diên, Thành phố Hà Nội.";

fn page(client: &Client, path: &str) -> String {
    client.get(path).expect(200).text()
}

fn post(client: &Client, step: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf = field(&page(client, step), "_csrf");
    client.post_form(step, &[&[("_csrf", csrf.as_str())], fields].concat())
}

/// To the page about the applicant.
fn applicant(citizen: &Client) -> String {
    begin(citizen, PROCEDURE)
}

const PERSON: [(&str, &str); 6] = [
    ("applicant.name", "Trần Văn Ộ"),
    ("applicant.birth_date.day", "5"),
    ("applicant.birth_date.month", "2"),
    ("applicant.birth_date.year", "1985"),
    ("applicant.id_number", "036085990001"),
    ("applicant.phone", "0912345678"),
];

fn living<'a>(province: &'a str, commune: &'a str, detail: &'a str) -> Vec<(&'a str, &'a str)> {
    let address = [
        ("applicant.address.province", province),
        ("applicant.address.commune", commune),
        ("applicant.address.detail", detail),
    ];
    [&PERSON[..], &address].concat()
}

#[test]
fn an_older_address_is_mapped_and_the_page_says_how() {
    let server = Server::demo();
    let citizen = citizen(&server);
    let here = applicant(&citizen);
    let first = page(&citizen, &here);
    assert!(first.contains("<option selected>Tỉnh Ninh Bình"), "the office's own first: {first}");
    // Typed as the card has it: nothing is taken over unseen.
    let shown = post(&citizen, &here, &living("Tỉnh Ninh Bình", "", OLD)).expect(422).text();
    assert!(shown.contains(SAID), "{shown}");
    assert!(shown.contains("<option selected>Xã Ô Diên"), "{shown}");
    assert_eq!(field(&shown, "applicant.address.was"), OLD);
    post(&citizen, &here, &living("Thành phố Hà Nội", "Xã Ô Diên", "Thôn 3")).expect(303);
    // The declared form begins with its parts.
    let form = page(&citizen, &here.replace("/nguoi-nop", "/to-khai"));
    assert!(form.contains("<option selected>Xã Ô Diên"), "{form}");
    let last = page(&citizen, &here.replace("/nguoi-nop", "/gui"));
    assert!(last.contains("Thôn 3, Xã Ô Diên, Thành phố Hà Nội"), "{last}");
}

#[test]
fn of_a_commune_that_was_split_the_person_chooses() {
    let server = Server::demo();
    let citizen = citizen(&server);
    let here = applicant(&citizen);
    let old = "Số 9, phường Cống Vị, quận Ba Đình, Hà Nội";
    let shown = post(&citizen, &here, &living("Tỉnh Ninh Bình", "", old)).expect(422).text();
    let said = "Trước đây: Phường Cống Vị, Quận Ba Đình, Thành phố Hà Nội; nay thuộc \
                Phường Ngọc Hà, Thành phố Hà Nội; Phường Giảng Võ, Thành phố Hà Nội.";
    assert!(shown.contains(said), "{shown}");
    assert!(shown.contains("Chọn xã, phường, đặc khu."), "{shown}");
    let offered = shown.find("<option>Phường Ngọc Hà").expect("offered");
    assert!(offered < shown.find("<option>Phường Ba Đình").expect("in the list"), "first");
    post(&citizen, &here, &living("Thành phố Hà Nội", "Phường Giảng Võ", "Số 9")).expect(303);
}

#[test]
fn another_province_is_shown_without_scripts_and_nothing_is_lost() {
    let server = Server::demo();
    let citizen = citizen(&server);
    let here = applicant(&citizen);
    let moved = living("Thành phố Huế", "Phường Nam Định", "Số 1");
    let moved = [&moved[..], &[("_reload", "applicant.address")]].concat();
    post(&citizen, &here, &moved).expect(303);
    let shown = page(&citizen, &here);
    for kept in ["<option selected>Thành phố Huế", "Phường Thuận Hóa", "Trần Văn Ộ", "Số 1"]
    {
        assert!(shown.contains(kept), "{kept}: {shown}");
    }
    assert!(!shown.contains("Phường Nam Định</option>"), "a commune of another province");
    assert!(shown.len() < 60_000, "{} bytes", shown.len());
    let missing = post(&citizen, &here, &living("Thành phố Huế", "", "Số 1")).expect(422).text();
    assert!(missing.contains("#f-applicant-address-commune"), "{missing}");
    // Abroad there is no commune; a plain line of a program stays.
    post(&citizen, &here, &living("-", "", "5 Rue X, Paris")).expect(303);
    let plain = [&PERSON[..], &[("applicant.address", "Phường Nam Định")]].concat();
    post(&citizen, &here, &plain).expect(303);

    let names = citizen.get("/xa-phuong?tinh=Th%C3%A0nh%20ph%E1%BB%91%20Hu%E1%BA%BF").expect(200);
    assert_eq!(names.json().as_array().map(Vec::len), Some(40));
    assert_eq!(citizen.get("/xa-phuong?tinh=x").expect(200).text(), "[]");
}

#[test]
fn programs_send_a_commune_by_its_code_and_learn_it_from_a_line() {
    let portal = Portal::demo();
    let citizen = portal.citizen("0912345678");
    let file = |applicant: Value| {
        let birth = birth();
        let applicant = with(birth["applicant"].clone(), applicant);
        citizen.post(&api("/dossiers"), &with(birth, json!({"applicant": applicant})))
    };
    let sent = json!({"place": {"commune": "09817", "detail": "Thôn 3"}});
    let code = filed(file(sent)).code;
    let desk = portal.desk("tiepnhan1");
    let state = desk.get(&api(&format!("/dossiers/{code}"))).expect(200).json();
    let applicant = &state["applicant"];
    assert_eq!(applicant["address"], "Thôn 3, Xã Ô Diên, Thành phố Hà Nội", "{state}");
    assert_eq!(applicant["place"]["commune"], "09817");
    assert_eq!(applicant["place"]["province_name"], "Thành phố Hà Nội");
    // A line of before stays as it was sent.
    let code = filed(file(json!({"address": OLD}))).code;
    let state = desk.get(&api(&format!("/dossiers/{code}"))).expect(200).json();
    assert_eq!(state["applicant"]["address"], OLD);
    assert!(state["applicant"]["place"].is_null(), "{state}");
    let problem = file(json!({"place": {"commune": "00000"}})).problem(422);
    assert!(problem.to_string().contains("applicant.place.commune"), "{problem}");
}

#[test]
fn a_card_with_older_names_is_split_at_the_counter() {
    let server = Server::demo();
    let desk = at_desk(&server, "tiepnhan1");
    let card = format!("001085990001||Trần Văn Ộ|05021985|Nam|{OLD}|05062021");
    let shown = send(&desk, COUNTER, COUNTER, &[("_lam", "cap-nhat"), ("card", &card)]);
    let shown = shown.expect(200).text();
    assert!(shown.contains(SAID), "{shown}");
    assert_eq!(stands(&shown, "applicant.address.province"), "Thành phố Hà Nội");
    assert_eq!(stands(&shown, "applicant.address.commune"), "Xã Ô Diên");
    assert_eq!(stands(&shown, "applicant.address.was"), OLD);
}
