//! A citizen's own account: devices, what is known of them, and its deletion.

use crate::api::portal::{Portal, api};
use crate::drafts::begin;
use crate::forms::citizen;
use crate::papers::send;
use crate::support::http::Client;

const ACCOUNT: &str = "/tai-khoan";
const DATA: &str = "/tai-khoan/thong-tin";
const DELETE: &str = "/tai-khoan/xoa";
const BIRTH: &str = "1.001193";

/// Begins a filing; the answer is its step of the applicant.
fn step(client: &Client) -> String {
    begin(client, BIRTH)
}

#[test]
fn what_somebody_says_of_themselves_fills_the_next_filing_in_until_it_is_deleted() {
    let portal = Portal::demo();
    let client = citizen(portal.server());
    let wrong = [
        ("applicant.id_number", "036185990000"),
        ("applicant.birth_date.day", "31"),
        ("applicant.birth_date.month", "2"),
        ("applicant.birth_date.year", "1985"),
    ];
    let page = send(&client, DATA, DATA, &wrong).expect(422).text();
    assert!(page.contains("036185990000") && page.contains("ngày có thật"), "{page}");
    let own = [
        ("applicant.name", "Lê Thị Bưởi"),
        ("applicant.id_number", "036185990001"),
        ("other", "x"),
        ("remember", "1"),
    ];
    let at = send(&client, DATA, DATA, &own).expect(303).header("location").unwrap().to_owned();
    assert!(client.get(&at).expect(200).text().contains("Lê Thị Bưởi"));
    let applicant = step(&client);
    assert!(client.get(&applicant).expect(200).text().contains("Lê Thị Bưởi"));
    send(&client, DATA, DATA, &[("_forget", "1")]).expect(303);
    assert!(!client.get(DATA).expect(200).text().contains("Lê Thị Bưởi"));
    let stranger = portal.server().client().with_cookies();
    for path in [DATA, DELETE] {
        let at = stranger.get(path).expect(303).header("location").unwrap().to_owned();
        assert!(at.starts_with("/dang-nhap?"), "{at}");
    }
}

#[test]
fn devices_are_signed_out_one_by_one_and_all_at_once() {
    let portal = Portal::demo();
    let (here, there) = (citizen(portal.server()), citizen(portal.server()));
    let page = here.get(ACCOUNT).expect(200).text();
    let handle = page.split("name=\"phien\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let end = "/tai-khoan/phien";
    here.post_form(end, &[("phien", handle)]).expect(403);
    there.get(ACCOUNT).expect(200);
    send(&here, ACCOUNT, end, &[("phien", handle)]).expect(303);
    there.get(ACCOUNT).expect(303);
    let again = citizen(portal.server());
    send(&here, ACCOUNT, end, &[("moi", "1")]).expect(303);
    again.get(ACCOUNT).expect(303);
    here.get(ACCOUNT).expect(200);
}

#[test]
fn an_account_goes_for_good_and_its_dossiers_stay() {
    let portal = Portal::demo();
    let filed = portal.file(&portal.citizen("0912345678"));
    let (client, elsewhere) = (citizen(portal.server()), citizen(portal.server()));
    step(&client);
    send(&client, DATA, DATA, &[("applicant.name", "Lê Thị Bưởi"), ("remember", "1")]).expect(303);
    let asked = client.get(DELETE).expect(200).text();
    assert!(asked.contains("1 bản nháp"), "{asked}");
    // A code is asked for: a browser that was left open does not do.
    send(&client, DELETE, DELETE, &[("code", "000000")]).expect(401);
    let sent = send(&client, DELETE, "/tai-khoan/xoa/ma", &[]).expect(200).text();
    let code = &sent.split_once("Mã là ").expect("the demo shows the code").1[..6];
    client.post_form(DELETE, &[("code", code)]).expect(403);
    let gone = send(&client, DELETE, DELETE, &[("code", code)]).expect(303);
    assert_eq!(gone.header("location"), Some("/tai-khoan/da-xoa"));
    for ended in [&client, &elsewhere] {
        ended.get(ACCOUNT).expect(303);
    }
    let again = citizen(portal.server());
    let empty = again.get(ACCOUNT).expect(200).text();
    assert!(!empty.contains("Lê Thị Bưởi") && !empty.contains("1.001193"), "{empty}");
    assert!(!again.get(DATA).expect(200).text().contains("Lê Thị Bưởi"));
    let details = serde_json::json!({"secret": filed.secret});
    let path = api(&format!("/tracking/{}/details", filed.code));
    portal.anybody().post(&path, &details).expect(200);
}
