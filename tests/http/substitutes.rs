//! Absences: who stands in has the work and the rights of who is away, for these days, and the log
//! names both.

use jiff::{Timestamp, ToSpan};
use serde_json::json;

use crate::api::portal::{Filed, Portal, api, birth, filed, with};
use crate::papers::{at_desk, send};
use crate::support::http::Client;

const OWN: &str = "/mot-cua/tai-khoan";
const AWAY: &str = "/mot-cua/tai-khoan/nghi";
const STAND_IN: &str = "/mot-cua/tai-khoan/lam-thay";

/// The day at the office so many days from today, as the desk types it.
fn day(client: &Client, later: i64) -> String {
    let answer = client.get("/mot-cua/dang-nhap");
    let now: Timestamp =
        jiff::fmt::rfc2822::parse(answer.header("date").unwrap()).unwrap().timestamp();
    let today = now.in_tz("Asia/Ho_Chi_Minh").unwrap().date();
    today.checked_add(later.days()).unwrap().strftime("%d/%m/%Y").to_string()
}

fn declare(
    client: &Client,
    at: &str,
    days: (i64, i64),
    substitute: &str,
) -> crate::support::http::Answer {
    let (from, to) = (day(client, days.0), day(client, days.1));
    send(client, at, at, &[("from", &from), ("to", &to), ("substitute", substitute)])
}

/// What a browser's session may do through the API.
fn through_api(portal: &Portal, browser: &Client) -> Client {
    portal.anybody().bearer(&browser.cookie("motcua_phien").unwrap())
}

fn in_work(portal: &Portal) -> Filed {
    let desk = portal.desk("tiepnhan1");
    let dossier =
        filed(desk.post(&api("/dossiers"), &with(birth(), json!({"channel": "counter"}))));
    dossier.act(&desk, json!({"action": "assign", "to": "thuly1"})).expect(200);
    dossier
}

#[test]
fn a_substitute_does_the_work_of_who_is_away_and_the_log_names_both() {
    let portal = Portal::demo();
    let dossier = in_work(&portal);
    let code = dossier.code.as_str();
    let away = at_desk(portal.server(), "thuly1");
    declare(&away, AWAY, (0, 3), "thungan1").expect(303);
    assert!(away.get(OWN).expect(200).text().contains("làm thay"));

    let cashier = at_desk(portal.server(), "thungan1");
    let submit = json!({"action": "submit_for_approval"});
    dossier.act(&through_api(&portal, &cashier), submit.clone()).problem(403);
    assert!(cashier.get(OWN).expect(200).text().contains("Làm thay người đang nghỉ"));
    let own_id = cashier.cookie("motcua_phien").unwrap();
    send(&cashier, OWN, STAND_IN, &[("thay", "thuly1")]).expect(303);
    assert_ne!(cashier.cookie("motcua_phien").unwrap(), own_id, "other rights, another id");
    let mine = cashier.get("/mot-cua?hang=mine").expect(200).text();
    assert!(mine.contains(code) && mine.contains("làm thay Nguyễn Hoàng Nam"), "{mine}");
    // The rights of who is away, and not one's own beside them.
    let acting = through_api(&portal, &cashier);
    let reversal = json!({"action": "reverse_payment", "reason": "thu nhầm"});
    dossier.act(&acting, reversal).problem(403);
    dossier.act(&acting, submit).expect(200);
    let state = acting.get(&api(&format!("/dossiers/{code}"))).expect(200).json();
    let last = state["events"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["actor"], &last["in_place_of"]), (&json!("thungan1"), &json!("thuly1")));
    let told = cashier.get(&format!("/mot-cua/ho-so/{code}?xem=dien-bien")).expect(200).text();
    assert!(told.contains(", làm thay Nguyễn Hoàng Nam"), "{told}");
    send(&cashier, OWN, STAND_IN, &[("thay", "")]).expect(303);
    assert!(!cashier.get(OWN).expect(200).text().contains("Thôi làm thay"));
    let checked = portal.server().command(&["check"]);
    assert_eq!(checked.code, Some(0), "{}{}", checked.stdout, checked.stderr);
}

#[test]
fn nobody_stands_in_unasked_or_longer_than_that() {
    let portal = Portal::demo();
    let away = at_desk(portal.server(), "lanhdao1");
    let deputy = at_desk(portal.server(), "thuly1");
    let refused = send(&deputy, OWN, STAND_IN, &[("thay", "lanhdao1")]).expect(403).text();
    assert!(refused.contains("không làm thay"), "{refused}");
    // Of others it is declared by the head and by administrators.
    deputy.get(&format!("{AWAY}/lanhdao1")).expect(404);
    at_desk(portal.server(), "giamdoc1").get(&format!("{AWAY}/lanhdao1")).expect(200);
    at_desk(portal.server(), "giamdoc1").get(&format!("{AWAY}/thuly11")).expect(404);
    for (days, substitute) in
        [((0, -1), "thuly1"), ((0, 400), "thuly1"), ((0, 2), "lanhdao1"), ((0, 2), "thuly11")]
    {
        declare(&away, AWAY, days, substitute).expect(422);
    }
    declare(&away, AWAY, (1, 3), "thuly1").expect(303);
    send(&deputy, OWN, STAND_IN, &[("thay", "lanhdao1")]).expect(403);
    let admin = at_desk(portal.server(), "quantri");
    let others = format!("{AWAY}/lanhdao1");
    declare(&admin, &others, (0, 1), "thuly1").expect(422);
    declare(&admin, &others, (0, 0), "thuly1").expect(303);
    send(&deputy, OWN, STAND_IN, &[("thay", "lanhdao1")]).expect(303);
    assert!(deputy.get("/mot-cua").expect(200).text().contains("làm thay"));
    // Who stands in declares nothing for who is away, and loses the rights with the absence.
    deputy.get(&others).expect(404);
    let page = away.get(AWAY).expect(200).text();
    let today = page.split("name=\"_drop\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    send(&away, AWAY, AWAY, &[("_drop", today)]).expect(303);
    let back = deputy.get("/mot-cua").expect(200).text();
    assert!(!back.contains("làm thay"), "{back}");
}

#[test]
fn who_stands_in_for_a_secured_account_is_secured_too() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let away = at_desk(portal.server(), "lanhdao1");
    declare(&away, AWAY, (0, 1), "thuly1").expect(303);
    let rules = "/quan-tri/dang-nhap";
    send(&admin, rules, rules, &[("role", "approver")]).expect(303);
    let deputy = at_desk(portal.server(), "thuly1");
    let refused = send(&deputy, OWN, STAND_IN, &[("thay", "lanhdao1")]).expect(403).text();
    assert!(refused.contains("cài mã xác thực"), "{refused}");
}
