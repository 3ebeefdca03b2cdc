//! Agencies in the hands of an administrator.

use serde_json::json;

use crate::api::portal::{Portal, api};
use crate::papers::{at_desk, send};
use crate::support::http::{Answer, Client};

/// The list.
const HERE: &str = "/quan-tri/co-quan";

fn press(client: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    send(client, HERE, path, fields)
}

#[test]
fn an_agency_is_added_changed_and_works() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let new = format!("{HERE}/them");
    let typed = [
        ("agency", "h40.77"),
        ("name", "Ủy ban nhân dân xã Bến Thử"),
        ("superior", ""),
        ("place", "Bến Thử"),
        ("level", "commune"),
        ("one_stop", "Trung tâm Phục vụ hành chính công xã Bến Thử"),
        ("units", "Tư pháp - Hộ tịch\n\n Địa chính - Xây dựng \n"),
    ];
    assert_eq!(
        press(&admin, &new, &typed).expect(303).header("Location"),
        Some("/quan-tri/co-quan?xong=1")
    );
    let list = admin.get(HERE).expect(200).text();
    assert!(list.contains("H40.77") && list.contains("Địa chính - Xây dựng"), "{list}");
    // Once; and what is wrong is said at its field, with nothing lost.
    let twice = press(&admin, &new, &typed).expect(422).text();
    assert!(
        twice.contains("Đã có cơ quan mang mã này.") && twice.contains("value=\"h40.77\""),
        "{twice}"
    );
    let wrong = [("agency", "H40/78"), ("name", "Xã"), ("units", "Văn phòng")];
    assert!(press(&admin, &new, &wrong).expect(422).text().contains("id=\"loi\""));
    let bare = [("agency", "H40.79"), ("name", " "), ("units", "")];
    let bare = press(&admin, &new, &bare).expect(422).text();
    assert!(bare.contains("Nhập tên cơ quan.") && bare.contains("từ 1 đến"), "{bare}");

    // Units are renamed and added, none goes.
    let here = format!("{HERE}/H40.77");
    assert!(admin.get(&here).expect(200).text().contains("name=\"unit.tu-phap-ho-tich\""));
    let changed = [
        ("name", "Ủy ban nhân dân xã Bến Mới"),
        ("level", "commune"),
        ("unit.tu-phap-ho-tich", "Tư pháp"),
        ("units", "Công an xã"),
    ];
    press(&admin, &here, &changed).expect(303);
    let list = admin.get(HERE).expect(200).text();
    for known in ["xã Bến Mới", "<li>Tư pháp</li>", "Địa chính - Xây dựng", "Công an xã"]
    {
        assert!(list.contains(known), "{known}: {list}");
    }

    // A dossier is handed on to it.
    let dossier = portal.file(&portal.citizen("0912345678"));
    let away = json!({"action": "transfer", "agency": "H40.77", "reason": "Đúng thẩm quyền"});
    let state = dossier.act(&portal.desk("tiepnhan1"), away).expect(200).json();
    assert_eq!(state["competent_agency"], "H40.77");
    let figures = portal.anybody().get(&api("/statistics?by=agency")).expect(200).json();
    assert!(figures["items"].to_string().contains("H40.77"));

    // Closing asks first; then nothing is handed on to it.
    let close = format!("{here}/mo");
    let asked = press(&admin, &close, &[("mo", "0")]).expect(200).text();
    assert!(asked.contains("mở lại bất cứ lúc nào"), "{asked}");
    let another = portal.file(&portal.citizen("0912345678"));
    let away = json!({"action": "transfer", "agency": "H40.77", "reason": "Đúng thẩm quyền"});
    press(&admin, &close, &[("mo", "0"), ("_sure", "1")]).expect(303);
    another.act(&portal.desk("tiepnhan1"), away).problem(422);

    at_desk(portal.server(), "thuly1").get(&here).expect(403);
    at_desk(portal.server(), "thuly1").post_form(&new, &typed).expect(403);
}
