//! Money from the rule to the closed book: certified copies, exemptions, obligations, transfers,
//! reversals, and what is refused on the way.

use serde_json::{Value, json};

use super::portal::{Filed, Portal, api, birth, filed, with};
use crate::support::http::Client;

/// Certified copies, taken in at the counter.
fn copies(portal: &Portal) -> Filed {
    let body = with(
        birth(),
        json!({"procedure": "2.000815", "channel": "counter", "components": [
            {"id": "tp1", "originals": 1, "copies": 0, "on_paper": true},
        ]}),
    );
    filed(portal.desk("tiepnhan1").post(&api("/dossiers"), &body))
}

/// What the books of the desk hold in a method today: payments, what came in, what went back.
fn book(cashier: &Client, day: &str) -> Value {
    let days = cashier.get(&api("/takings/days")).expect(200).json();
    let days = days["days"].as_array().unwrap().clone();
    days.into_iter().find(|known| known["day"] == day).unwrap_or(Value::Null)
}

fn total(book: &Value, method: &str, what: &str) -> u64 {
    let methods = book["methods"].as_array().cloned().unwrap_or_default();
    let of = methods.iter().find(|known| known["method"] == method);
    of.map_or(0, |known| known[what].as_u64().unwrap())
}

#[test]
fn certified_copies_are_counted_paid_reversed_and_closed() {
    let portal = Portal::demo();
    let cashier = portal.desk("thungan1");
    let dossier = copies(&portal);
    let seven =
        json!({"channel": "counter", "counts": [{"rule": "copy", "units": 7, "copies": 2}]});
    let computed =
        portal.anybody().post(&api("/procedures/2.000815/fees/assess"), &seven).expect(200).json();
    assert_eq!(computed["total"], 18_000);
    assert_eq!(computed["items"][0]["why"].as_array().unwrap().len(), 2);

    let act = |body: Value| dossier.act(&cashier, body);
    let refused = |body: Value, status: u16, field: &str| {
        let problem = act(body).expect(status).json();
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
        problem
    };
    let uncounted = refused(json!({"action": "request_payment"}), 422, "counts");
    assert!(uncounted["rule"].as_str().unwrap().contains("226/2016/TT-BTC"));
    let counts = |units: u32| json!([{"rule": "copy", "units": units, "copies": 2}]);
    refused(json!({"action": "request_payment", "counts": counts(0)}), 422, "counts[0].units");
    let asked = act(json!({"action": "request_payment", "counts": counts(7)})).expect(200).json();
    assert_eq!((asked["status"].as_u64(), asked["unpaid"].as_u64()), (Some(2), Some(18_000)));
    assert_eq!(asked["fees"][0]["source"], "Thông tư 226/2016/TT-BTC, Điều 4");
    let qr = asked["transfer"]["vietqr"].as_str().unwrap();
    assert!(qr.contains("A000000727") && qr.contains("540518000"), "{qr}");

    let pay = |more: Value| with(json!({"action": "record_payment", "method": "cash"}), more);
    for amount in [0, 17_999, 18_001, 1_000_000_000_000_000_u64] {
        refused(pay(json!({"amount": amount})), 422, "amount");
    }
    act(pay(json!({"amount": -1}))).expect(422);
    act(pay(json!({"method": "gold"}))).expect(422);
    let today = local_day(&act(pay(json!({"receipt_number": "AA/26E 1"}))).expect(200).json());
    act(pay(json!({}))).expect(409);
    let before = book(&cashier, &today);
    assert!(total(&before, "cash", "taken") >= 18_000);

    // It was the card after all; then the money goes back and the fee is owed again.
    refused(json!({"action": "reverse_payment", "reason": " "}), 422, "reason");
    let wrong = json!({"action": "reverse_payment", "reason": "Quẹt thẻ", "method": "card",
        "receipt_number": "AA/26E 1"});
    let anew = act(wrong).expect(200).json();
    assert_eq!(
        (anew["unpaid"].as_u64(), anew["payments"][0]["reversed"]["instead"].as_u64()),
        (Some(0), Some(2))
    );
    let back = act(json!({"action": "reverse_payment", "reason": "Thu nhầm"})).expect(200).json();
    assert_eq!(back["unpaid"], 18_000);
    let cancel = json!({"action": "cancel_payment_request", "reason": "Nhầm hồ sơ"});
    assert_eq!(act(cancel).expect(200).json()["unpaid"], 0);
    let after = book(&cashier, &today);
    assert_eq!(total(&after, "cash", "reversed"), total(&before, "cash", "reversed") + 18_000);
    assert_eq!(total(&after, "card", "reversed"), total(&before, "card", "reversed") + 18_000);

    closes_once(&portal, &dossier, &today);
}

/// A day is closed once, by its cashier, and what comes later stands on the next.
fn closes_once(portal: &Portal, dossier: &Filed, today: &str) {
    let cashier = portal.desk("thungan1");
    let before = book(&cashier, today);
    let close =
        |client: &Client, day: &str| client.post(&api("/takings/closing"), &json!({"day": day}));
    close(&portal.desk("vanthu1"), today).expect(403);
    assert_eq!(close(&cashier, "2099-01-01").expect(409).json()["errors"][0]["field"], "day");
    let closed = close(&cashier, today).expect(200).json();
    assert_eq!(closed["methods"], before["methods"]);
    close(&cashier, today).expect(409);
    let counts = json!([{"rule": "copy", "units": 1, "copies": 2}]);
    let act = |body: Value| dossier.act(&cashier, body).expect(200);
    act(json!({"action": "request_payment", "counts": counts}));
    act(json!({"action": "record_payment", "method": "cash"}));
    assert_eq!(book(&cashier, today)["methods"], closed["methods"], "a closed day stays");
    cashier.get(&api(&format!("/takings?from={today}&to=2099-01-01"))).expect(422);
    let done = portal.server().command(&["check"]);
    assert_eq!(done.code, Some(0), "{}{}", done.stdout, done.stderr);
}

/// The day of the first payment of a dossier.
fn local_day(state: &Value) -> String {
    state["payments"][0]["at"].as_str().unwrap()[..10].to_owned()
}

/// What is published and not asked for is not forgotten: the desk is told who asks.
#[test]
fn a_published_fee_that_nobody_asked_for_is_shown() {
    let portal = Portal::demo();
    let body = with(birth(), json!({"procedure": "2.000528", "channel": "counter"}));
    let dossier = filed(portal.desk("tiepnhan1").post(&api("/dossiers"), &body));
    let page = |user: &str| {
        let desk = crate::papers::at_desk(portal.server(), user);
        desk.get(&format!("/mot-cua/ho-so/{}?lang=vi", dossier.code)).expect(200).text()
    };
    let note = "chưa yêu cầu nộp";
    let seen = page("tiepnhan1");
    assert!(seen.contains(note) && seen.contains("thủ quỹ yêu cầu nộp"), "{seen}");
    let way = format!("/mot-cua/ho-so/{}/viec/request_payment", dossier.code);
    assert!(page("thungan1").contains(&way));
    let cashier = portal.desk("thungan1");
    dossier.act(&cashier, json!({"action": "request_payment"})).expect(200);
    assert!(!page("tiepnhan1").contains(note));
}

#[test]
fn an_exemption_names_its_reason_and_an_obligation_pauses() {
    let portal = Portal::demo();
    let cashier = portal.desk("thungan1");
    let body = with(birth(), json!({"procedure": "2.000528", "channel": "counter"}));
    let dossier = filed(portal.desk("tiepnhan1").post(&api("/dossiers"), &body));
    let unknown = json!({"action": "request_payment", "exemption": "rich"});
    let problem = dossier.act(&cashier, unknown).expect(422).json();
    assert_eq!(problem["errors"][0]["field"], "exemption");
    let exempt = json!({"action": "request_payment", "exemption": "poor_household",
        "exemption_proof": "Giấy chứng nhận số 12"});
    let state = dossier.act(&cashier, exempt).expect(200).json();
    assert_eq!((state["unpaid"].as_u64(), state["fees"][0]["amount"].as_u64()), (Some(0), Some(0)));
    let why = state["fees"][0]["why"].to_string();
    assert!(why.contains("hộ nghèo: Giấy chứng nhận số 12"), "{why}");
    let fees = json!([{"name": "Lệ phí trước bạ", "amount": 1_250_000, "kind": "obligation"}]);
    let held =
        dossier.act(&cashier, json!({"action": "request_payment", "fees": fees})).expect(200);
    assert_eq!(held.json()["status"], 6);

    let secret = &dossier.secret;
    let own = |body: Value| {
        let version = dossier.version(&cashier);
        let body = with(body, json!({"secret": secret, "version": version}));
        portal.anybody().post(&dossier.tracked("/actions"), &body)
    };
    own(json!({"action": "declare_transfer", "amount": 1})).expect(422);
    let told = own(json!({"action": "declare_transfer", "amount": 1_250_000})).expect(200).json();
    assert_eq!(told["declared"]["amount"], 1_250_000);
    own(json!({"action": "declare_transfer"})).expect(409);
    let waiting = cashier.get(&api("/dossiers?queue=declared")).expect(200).json();
    let to_collect = cashier.get(&api("/dossiers?queue=to_collect&limit=200")).expect(200);
    assert!(!to_collect.text().contains(&dossier.code), "one list at a time");
    assert!(waiting.to_string().contains(&dossier.code));
    let lost = json!({"action": "reject_transfer", "reason": "Chưa thấy tiền về"});
    dossier.act(&cashier, lost).expect(200);
    let to_collect = cashier.get(&api("/dossiers?queue=to_collect&limit=200")).expect(200);
    assert!(to_collect.text().contains(&dossier.code), "it is to be taken again");
    own(json!({"action": "declare_transfer"})).expect(200);
    let paid = dossier.act(&cashier, json!({"action": "record_payment", "method": "transfer"}));
    let paid = paid.expect(200).json();
    assert_eq!((paid["status"].as_u64(), paid["declared"].is_null()), (Some(2), true));
}

#[test]
fn fee_rules_are_the_administrators_and_wrong_ones_name_their_place() {
    let portal = Portal::demo();
    let admin = portal.desk("quantri");
    let at = api("/procedures/2.000908/fees");
    let rule = |price: Value| {
        json!({"rules": [{"id": "book", "name": "Phí", "unit": "copy", "source": "Nghị quyết",
            "tiers": [{"from": 1, "price": price}]}]})
    };
    portal.desk("thungan1").post(&at, &rule(json!(1_000))).expect(403);
    portal.anybody().post(&at, &rule(json!(1_000))).expect(401);
    let problem = admin.post(&at, &rule(json!(9_000_000_000_000_u64))).expect(422).json();
    assert_eq!(problem["errors"][0]["field"], "rules[0].tiers[0].price");
    admin.post(&at, &rule(json!(-1))).expect(422);
    let set = admin.post(&at, &rule(json!(3_000))).expect(200).json();
    assert_eq!(
        (set["origin"].as_str(), set["rules"][0]["tiers"][0]["price"].as_u64()),
        (Some("instance"), Some(3_000))
    );
    let dropped = admin.post(&at, &json!({})).expect(200).json();
    assert_eq!(dropped["origin"], "published");
    let account = json!({"bin": "9704", "account": "1 2", "holder": ""});
    let problem = admin.post(&api("/agencies/H40.12/bank_account"), &account).expect(422).json();
    assert_eq!(problem["errors"].as_array().unwrap().len(), 2, "{problem}");
}
