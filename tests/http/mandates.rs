//! Acting for somebody else: a kept paper names them, and a filing that begins with it is filled in.

use crate::api::portal::{Portal, pdf};
use crate::forms::citizen;
use crate::papers::send;
use crate::support::http::{Client, Multipart, field};

const HERE: &str = "/tai-khoan/uy-quyen";
const ADD: &str = "/tai-khoan/uy-quyen/them";
const BIRTH: &str = "1.001193";

fn keep(client: &Client, name: &str, issued_on: &str, expires_on: &str) {
    let page = "/tai-khoan/giay-to/them";
    let csrf = field(&client.get(page).expect(200).text(), "_csrf");
    let sent = Multipart::new()
        .text("_csrf", &csrf)
        .text("name", name)
        .text("number", "15")
        .text("issued_on", issued_on)
        .text("expires_on", expires_on)
        .text("agreed", "1")
        .file("files", "giay.pdf", "application/pdf", &pdf());
    client.post_multipart(page, sent).expect(303);
}

/// The id of the only kept paper, as the form offers it.
fn kept(client: &Client) -> String {
    let page = client.get(ADD).expect(200).text();
    let (_, rest) = page.split_once("name=\"paper\"").expect("the papers");
    let mut ids = rest.split("value=\"").skip(1).map(|part| part.split('"').next().unwrap());
    let id = ids.find(|id| id.len() >= 32).unwrap_or_else(|| panic!("a paper in {page}"));
    id.to_owned()
}

#[test]
fn a_mandate_fills_the_owner_in_until_it_is_taken_back() {
    let portal = Portal::demo();
    let client = citizen(portal.server());
    assert!(client.get(ADD).expect(200).text().contains("Trước hết tải giấy"));
    keep(&client, "Giấy ủy quyền", "20/11/2026", "");
    let paper = kept(&client);
    let wrong = [("paper", paper.as_str()), ("kind", "mandate"), ("name", ""), ("id_number", "12")];
    let page = send(&client, ADD, ADD, &wrong).expect(422).text();
    assert!(page.contains("Nhập họ tên") && page.contains("mã số thuế"), "{page}");
    send(&client, ADD, ADD, &[("kind", "x")]).expect(422);
    let right = [
        ("paper", paper.as_str()),
        ("kind", "mandate"),
        ("name", "Lê Văn Nhãn"),
        ("id_number", "036185990001"),
        ("birth_date.day", "1"),
        ("birth_date.month", "2"),
        ("birth_date.year", "1985"),
    ];
    send(&client, ADD, ADD, &right).expect(303);
    // A year, as the Civil Code says of one without an end.
    let listed = client.get(HERE).expect(200).text();
    assert!(listed.contains("Lê Văn Nhãn") && listed.contains("đến hết 20/11/2027"), "{listed}");
    let file = format!("{HERE}/{paper}");
    let offered = client.get(&format!("{file}?q=khai+sinh")).expect(200).text();
    assert!(offered.contains("Nộp hồ sơ thay Lê Văn Nhãn") && offered.contains(BIRTH), "{offered}");
    let begun = send(&client, &file, &file, &[("procedure", BIRTH)]).expect(303);
    let step = begun.header("location").unwrap().to_owned();
    assert!(step.contains(BIRTH) && step.ends_with("/ai-nop"), "{step}");
    let owner = client.get(&step.replace("/ai-nop", "/chu-ho-so")).expect(200).text();
    for filled in ["Lê Văn Nhãn", "036185990001", "Giấy ủy quyền, số 15, ngày 20/11/2026"]
    {
        assert!(owner.contains(filled), "{filled}: {owner}");
    }
    // It is nobody else's.
    let other = portal.server().client().with_cookies();
    other.get(&file).expect(303);
    send(&client, HERE, HERE, &[("id", &paper)]).expect(303);
    assert!(!client.get(HERE).expect(200).text().contains("Lê Văn Nhãn"));
    client.get(&file).expect(404);
    assert!(client.get("/tai-khoan/giay-to").expect(200).text().contains("Giấy ủy quyền"));
}

#[test]
fn a_mandate_that_is_over_or_for_another_field_begins_nothing() {
    let portal = Portal::demo();
    let client = citizen(portal.server());
    keep(&client, "Giấy ủy quyền cũ", "01/11/2020", "");
    let old = kept(&client);
    let fields = [("paper", old.as_str()), ("kind", "mandate"), ("name", "Lê Văn Nhãn")];
    assert!(send(&client, ADD, ADD, &fields).expect(422).text().contains("hết hạn"));
    // A parent's right has no end of its own.
    let fields =
        [("paper", old.as_str()), ("kind", "law"), ("name", "Lê Thị Na"), ("field", "Đất đai")];
    send(&client, ADD, ADD, &fields).expect(303);
    assert!(client.get(HERE).expect(200).text().contains("lĩnh vực Đất đai"));
    let file = format!("{HERE}/{old}");
    assert!(!client.get(&format!("{file}?q=khai+sinh")).expect(200).text().contains(BIRTH));
    send(&client, &file, &file, &[("procedure", BIRTH)]).expect(409);
}
