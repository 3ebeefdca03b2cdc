//! The applicant's own pages: what is sent twice, on an old version, or from the account.

use serde_json::json;

use crate::api::portal::{Filed, Portal};
use crate::support::http::{Answer, Client, field};

/// A browser without scripts in which the secret was given.
fn opened(portal: &Portal, dossier: &Filed) -> Client {
    let client = portal.server().client().with_cookies();
    let csrf = field(&client.get("/tra-cuu").expect(200).text(), "_csrf");
    let fields = [("_csrf", csrf.as_str()), ("code", &dossier.code), ("secret", &dossier.secret)];
    client.post_form("/tra-cuu", &fields).expect(303);
    client
}

/// Sends the form of a page as it was shown, with further fields; as often as one likes.
struct Shown {
    path: String,
    own: Vec<(&'static str, String)>,
}

impl Shown {
    fn at(client: &Client, path: &str) -> Self {
        let page = client.get(path).expect(200).text();
        let names = ["_csrf", "_key", "version"];
        Self { path: path.to_owned(), own: names.map(|name| (name, field(&page, name))).into() }
    }

    fn send(&self, client: &Client, fields: &[(&str, &str)]) -> Answer {
        let own = self.own.iter().map(|(name, value)| (*name, value.as_str()));
        let all: Vec<(&str, &str)> = own.chain(fields.iter().copied()).collect();
        client.post_form(&self.path, &all)
    }
}

fn location(answer: &Answer) -> &str {
    answer.header("Location").expect("the way on")
}

const NAME: (&str, &str) = ("changes.owner.name", "Nguyễn Thị Thủ");
const WHY: (&str, &str) = ("reason", "Gõ nhầm họ tên");

#[test]
fn a_correction_sent_twice_is_made_once_and_shows_both_values() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let browser = opened(&portal, &dossier);
    let here = format!("/tra-cuu/{}", dossier.code);
    assert!(browser.get(&here).expect(200).text().contains("Sửa thông tin đã khai"));
    let shown = Shown::at(&browser, &format!("{here}/sua"));
    // Without a reason, and without a change, the words stay in their boxes.
    let refused = shown.send(&browser, &[NAME]).expect(422).text();
    assert!(refused.contains("Nguyễn Thị Thủ") && refused.contains("Nhập lý do"), "{refused}");
    shown.send(&browser, &[WHY]).expect(422);
    for _ in 0..2 {
        let done = shown.send(&browser, &[NAME, WHY]).expect(303);
        assert_eq!(location(&done), format!("{here}?xong=da-sua"));
    }
    assert_eq!(dossier.version(&portal.desk("tiepnhan1")), 2, "made once");
    let page = browser.get(&format!("{here}?xong=da-sua")).expect(200).text();
    assert!(page.contains("Đã sửa thông tin."));
    assert!(page.contains("Nguyễn Thị Thử → Nguyễn Thị Thủ"), "{page}");
}

#[test]
fn on_an_old_version_the_words_are_kept_and_what_changed_is_told() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let browser = opened(&portal, &dossier);
    let here = format!("/tra-cuu/{}", dossier.code);
    let (correct, withdraw, add) = (
        Shown::at(&browser, &format!("{here}/sua")),
        Shown::at(&browser, &format!("{here}/rut")),
        Shown::at(&browser, &format!("{here}/them-giay")),
    );
    let desk = portal.desk("tiepnhan1");
    dossier.act(&desk, json!({"action": "accept"})).expect(200);
    let page = correct.send(&browser, &[NAME, WHY]).expect(409).text();
    for part in ["Hồ sơ vừa thay đổi", "Được tiếp nhận", "Nguyễn Thị Thủ", "Gõ nhầm họ tên"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    // The page that came back goes on from the present version: now it is a request.
    let again = Shown {
        path: correct.path.clone(),
        own: ["_csrf", "_key", "version"].map(|name| (name, field(&page, name))).into(),
    };
    let done = again.send(&browser, &[NAME, WHY]).expect(303);
    assert_eq!(location(&done), format!("{here}?xong=sua"));
    let page = browser.get(&here).expect(200).text();
    assert!(page.contains("Đề nghị sửa thông tin đang chờ Bộ phận Một cửa trả lời"), "{page}");

    let page = withdraw.send(&browser, &[("reason", "Đổi ý")]).expect(409).text();
    assert!(page.contains("Hồ sơ vừa thay đổi") && page.contains("Đổi ý"), "{page}");
    // What can no longer be done says so, and does not ask again.
    let page = add.send(&browser, &[]).expect(409).text();
    assert!(page.contains("Việc này không còn làm được."), "{page}");
}

#[test]
fn the_desk_reads_the_request_and_answers_it_from_the_dossier() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let accept = json!({"action": "accept"});
    dossier.act(&portal.desk("tiepnhan1"), accept).expect(200);
    let browser = opened(&portal, &dossier);
    let shown = Shown::at(&browser, &format!("/tra-cuu/{}/sua", dossier.code));
    shown.send(&browser, &[NAME, WHY]).expect(303);

    let desk = crate::papers::at_desk(portal.server(), "tiepnhan1");
    let here = format!("/mot-cua/ho-so/{}", dossier.code);
    let page = desk.get(&here).expect(200).text();
    assert!(page.contains("Người nộp đề nghị sửa thông tin"), "{page}");
    assert!(page.contains("Nguyễn Thị Thử → Nguyễn Thị Thủ"), "{page}");
    assert!(desk.get("/mot-cua?hang=corrections").expect(200).text().contains(&dossier.code));
    // The form holds what is asked for; sent as it stands, it is the answer.
    let form = Shown::at(&desk, &format!("{here}/viec/correct"));
    let filled = desk.get(&form.path).expect(200).text();
    assert!(filled.contains("value=\"Nguyễn Thị Thủ\""), "{filled}");
    form.send(&desk, &[NAME, ("reason", "Theo giấy khai sinh")]).expect(303);
    let page = browser.get(&format!("/tra-cuu/{}", dossier.code)).expect(200).text();
    assert!(!page.contains("đang chờ Bộ phận Một cửa"), "{page}");
    assert!(page.contains("Đã sửa thông tin hồ sơ"), "a letter says so: {page}");
}
