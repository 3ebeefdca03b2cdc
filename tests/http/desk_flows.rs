//! What moves between the counter and the house: scans, hand-overs, the post.

use serde_json::json;

use crate::api::portal::{Portal, api, birth, filed, form, pdf, with};
use crate::papers::{at_desk, send};

#[test]
fn papers_keep_their_form_number_date_and_issuer() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let shown = json!({"form": "shown", "number": "12/2024", "issued_on": "2024-05-06",
        "issuer": "UBND phường Nam Định"});
    let papers = json!([
        {"id": "tp1", "originals": 1, "evidence": {"form": "original"}},
        {"id": "tp2", "copies": 1, "evidence": shown},
    ]);
    let body = with(birth(), json!({"channel": "counter", "components": papers}));
    let code = filed(desk.post(&api("/dossiers"), &body)).code;
    let state = desk.get(&api(&format!("/dossiers/{code}"))).expect(200).json();
    assert_eq!(state["components"][1]["evidence"], shown);
    let page = at_desk(portal.server(), "tiepnhan1");
    let listed = page.get(&format!("/mot-cua/ho-so/{code}?xem=giay-to")).expect(200).text();
    assert!(listed.contains("Bản chụp, đối chiếu bản chính, số 12/2024, 06/05/2024"), "{listed}");
    let ahead = json!([
        {"id": "tp1", "originals": 1, "evidence": {"issued_on": "2999-01-01"}},
        {"id": "tp2", "originals": 1},
    ]);
    let body = with(body, json!({"components": ahead}));
    let problem = desk.post(&api("/dossiers"), &body).problem(422);
    assert_eq!(problem["errors"][0]["field"], "components[0].issued_on");
}

#[test]
fn several_scans_go_to_their_papers_and_the_officer_vouches_for_them() {
    let portal = Portal::demo();
    let api_desk = portal.desk("tiepnhan1");
    let body = with(birth(), json!({"channel": "counter"}));
    let code = filed(api_desk.post(&api("/dossiers"), &body)).code;
    let desk = at_desk(portal.server(), "tiepnhan1");
    let here = format!("/mot-cua/ho-so/{code}/so-hoa");
    let none = send(&desk, &here, &here, &[("version", "2")]).expect(422).text();
    assert!(none.contains("Chọn ít nhất một tệp"));

    // Sent ahead, as scripts do; the page then asks for the paper of each.
    let ids: Vec<String> = (0..2)
        .map(|_| {
            let sent = form("quet.pdf", "application/pdf", &pdf());
            let upload = api_desk.post_multipart(&api("/uploads"), sent).expect(201).json();
            upload["id"].as_str().expect("an id").to_owned()
        })
        .collect();
    let kept = [("tep.kept", ids[0].as_str()), ("tep.kept", &ids[1])];
    let looked = send(&desk, &here, &here, &[&kept[..], &[("_upload", "tep")]].concat());
    let page = looked.expect(200).text();
    assert_eq!(page.matches("class=\"scan-row\"").count(), 2, "{page}");
    let papers = [format!("t.{}", ids[0]), format!("t.{}", ids[1])];
    let chosen = [(papers[0].as_str(), "tp2"), (&papers[1], "tp1")];
    let fields = [&kept[..], &chosen[..], &[("version", "2"), ("compared", "1")]].concat();
    send(&desk, &here, &here, &fields).expect(303);
    let state = api_desk.get(&api(&format!("/dossiers/{code}"))).expect(200).json();
    let of: Vec<_> =
        state["attachments"].as_array().unwrap().iter().map(|a| a["component"].clone()).collect();
    assert_eq!(of, [json!("tp2"), json!("tp1")]);
    let listed = desk.get(&format!("/mot-cua/ho-so/{code}?xem=giay-to")).expect(200).text();
    assert_eq!(listed.matches("Trần Thu Hà đã đối chiếu").count(), 2, "{listed}");
    let version = state["version"].to_string();
    let one = form("them.pdf", "application/pdf", &pdf());
    let one = one.text("component", "tp1").text("version", &version).text("compared", "true");
    let at = api(&format!("/dossiers/{code}/attachments"));
    api_desk.post_multipart(&at, one).expect(201);
    let listed = desk.get(&format!("/mot-cua/ho-so/{code}?xem=giay-to")).expect(200).text();
    assert_eq!(listed.matches("Trần Thu Hà đã đối chiếu").count(), 3, "{listed}");
    let done = portal.server().command(&["check"]);
    assert_eq!(done.code, Some(0), "{}{}", done.stdout, done.stderr);
}

#[test]
fn whoever_takes_dossiers_over_acknowledges_the_list() {
    let portal = Portal::demo();
    let receptionist = portal.desk("tiepnhan1");
    let body = with(birth(), json!({"channel": "counter"}));
    let dossier = filed(receptionist.post(&api("/dossiers"), &body));
    dossier.act(&receptionist, json!({"action": "assign", "to": "thuly1"})).expect(200);
    let code = dossier.code.as_str();
    let here = "/mot-cua/ban-giao";
    let clerk = at_desk(portal.server(), "tiepnhan1");
    let listed = clerk.get(here).expect(200).text();
    assert!(listed.contains(code) && listed.contains("chưa ký nhận"));
    let list = clerk.get(&format!("/mot-cua/in/hand_over?ma={code}")).expect(200);
    assert_eq!(list.header("Content-Type"), Some("application/pdf"));
    // The section does not sign for the unit.
    assert!(send(&clerk, here, here, &[("ma", code)]).status >= 400);
    let processor = at_desk(portal.server(), "thuly1");
    send(&processor, here, here, &[]).expect(422);
    send(&processor, here, here, &[("ma", code)]).expect(303);
    send(&processor, here, here, &[("ma", code)]).expect(409);
    let signed = clerk.get(here).expect(200).text();
    let row = signed.split("<tr").skip(1).find(|row| row.contains(code)).expect("its row");
    assert!(row.contains("Nguyễn Hoàng Nam"), "{row}");
    clerk.get(&format!("{here}?tu=31/02/2026")).expect(422);
    let told = receptionist.get(&api("/hand-overs")).expect(200).json();
    let line = told["items"].as_array().unwrap().iter().find(|line| line["code"] == code);
    assert_eq!(line.unwrap()["taken_by"], "Nguyễn Hoàng Nam");
    let again = portal.desk("thuly1").post(&api("/hand-overs"), &json!({"codes": [code]}));
    let again = again.expect(200).json();
    assert_eq!(again["items"][0]["taken"], false, "{again}");
}

#[test]
fn the_post_of_a_day_shows_what_goes_out_under_which_number() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let body = with(birth(), json!({"channel": "post", "return_channel": "post"}));
    let dossier = filed(desk.post(&api("/dossiers"), &body));
    let code = dossier.code.as_str();
    for (user, action) in [
        ("tiepnhan1", json!({"action": "assign", "to": "thuly1"})),
        ("thuly1", json!({"action": "submit_for_approval"})),
        ("lanhdao1", json!({"action": "approve"})),
        (
            "thuly1",
            json!({"action": "finish", "favourable": true,
            "result": {"name": "Giấy khai sinh", "number": "5/2026"}}),
        ),
        ("tiepnhan1", json!({"action": "receive_result"})),
    ] {
        dossier.act(&portal.desk(user), action).expect(200);
    }
    let page = at_desk(portal.server(), "tiepnhan1");
    let parts = |text: &str| {
        let (waiting, rest) = text.split_once(">Đã gửi").expect("sent");
        let (sent, came) = rest.split_once(">Đã nhận").expect("received");
        [waiting, sent, came].map(|part| part.contains(code))
    };
    let day = page.get("/mot-cua/tra-ket-qua/buu-chinh").expect(200).text();
    assert_eq!(parts(&day), [true, false, true]);
    page.get(&format!("/mot-cua/in/envelope?ma={code}")).expect(200);
    let sent =
        json!({"action": "deliver", "channel": "post", "tracking_number": "ee 123456789 vn"});
    dossier.act(&desk, sent).expect(200);
    let day = page.get("/mot-cua/tra-ket-qua/buu-chinh").expect(200).text();
    assert_eq!(parts(&day), [false, true, true]);
    assert!(day.contains("EE123456789VN"));
    let told = desk.get(&api("/post")).expect(200).json();
    let item = told["sent"].as_array().unwrap().iter().find(|item| item["code"] == code);
    assert_eq!(item.unwrap()["tracking_number"], "EE123456789VN");
}
