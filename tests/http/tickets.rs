//! The queue before the counters, from the kiosk to the screen.

use std::collections::BTreeSet;

use serde_json::json;

use crate::api::portal::{Portal, api, birth, filed, with};
use crate::papers::{at_desk, send};

/// Takes a number at the kiosk and returns it.
fn take(portal: &Portal, service: &str) -> String {
    let body = json!({ "service": service, "agency": "H40.12" });
    let ticket = portal.anybody().post(&api("/tickets"), &body).expect(201).json();
    ticket["number"].as_str().expect("a number").to_owned()
}

#[test]
fn a_number_goes_from_the_kiosk_to_the_counter() {
    let portal = Portal::demo();
    let person = portal.server().client().with_cookies();
    let fields = [("co_quan", "H40.15"), ("service", "filing")];
    let way = send(&person, "/lay-so?co-quan=H40.15", "/lay-so", &fields).expect(303);
    let way = way.header("Location").expect("the number's page").to_owned();
    let page = person.get(&way).expect(200).text();
    let number = way.rsplit('/').next().expect("a number").to_owned();
    assert!(page.contains(&number) && page.contains("Trước Ông/Bà") || page.contains("tiếp theo"));
    let slip = person.get(&format!("{way}/phieu.pdf")).expect(200);
    assert_eq!(slip.header("Content-Type"), Some("application/pdf"));
    let nothing = send(&person, "/lay-so", "/lay-so", &[("service", "")]).expect(422).text();
    assert!(nothing.contains("id=\"loi\""));

    let desk = at_desk(portal.server(), "tiepnhan11");
    let here = "/mot-cua/goi-so";
    assert!(send(&desk, here, here, &[("_lam", "tiep")]).expect(422).text().contains("số quầy"));
    let called = |deed: &str, number: &str| {
        let fields = [("_lam", deed), ("counter", "3"), ("so", number)];
        send(&desk, here, here, &fields).expect(303)
    };
    let shown = || portal.anybody().get("/man-hinh-goi-so?co-quan=H40.15").expect(200).text();
    // Whoever came before is served first; the demo's queue may have begun.
    for _ in 0..50 {
        called("tiep", "");
        if shown().contains(&format!("<strong>{number}</strong>")) {
            break;
        }
    }
    assert!(shown().contains(&format!("<strong>{number}</strong>")), "{}", shown());
    assert!(person.get(&way).expect(200).text().contains("Mời Ông/Bà đến quầy 3."));
    called("again", &number);

    // What is taken in now belongs to the number at the counter.
    let desk_api = portal.desk("tiepnhan11");
    let body = with(birth(), json!({"channel": "counter", "agency": "H40.15"}));
    let code = filed(desk_api.post(&api("/dossiers"), &body)).code;
    let day = desk_api.get(&api("/tickets")).expect(200).json();
    let ours = day["items"].as_array().unwrap().iter().find(|item| item["number"] == *number);
    assert_eq!(ours.unwrap()["dossiers"], json!([code]), "{day}");
    called("absent", &number);
    assert!(!shown().contains(&format!("<strong>{number}</strong>")));
    assert!(person.get(&way).expect(200).text().contains("chưa thấy Ông/Bà"));
}

#[test]
fn everybody_gets_a_number_of_their_own_and_no_two_counters_the_same() {
    let portal = Portal::demo();
    let numbers: BTreeSet<String> = std::thread::scope(|scope| {
        let taking: Vec<_> =
            (0..10).map(|_| scope.spawn(|| take(&portal, "certification"))).collect();
        taking.into_iter().map(|taken| taken.join().expect("a number")).collect()
    });
    assert_eq!(numbers.len(), 10);
    let called: BTreeSet<String> = std::thread::scope(|scope| {
        let counters = [("tiepnhan1", 1), ("tiepnhan2", 2), ("thungan1", 3)];
        let calling = counters.map(|(user, counter)| {
            let portal = &portal;
            scope.spawn(move || {
                let body = json!({"counter": counter, "services": ["certification"]});
                let call = portal.desk(user).post(&api("/tickets/calls"), &body).expect(200);
                call.json()["number"].as_str().expect("a number").to_owned()
            })
        });
        calling.into_iter().map(|called| called.join().expect("a number")).collect()
    });
    assert_eq!(called.len(), 3);
    let screen = portal.anybody().get(&api("/tickets/screen?agency=H40.12")).expect(200).json();
    for number in &called {
        let shown = screen["called"].as_array().unwrap().iter().any(|c| c["number"] == **number);
        assert!(shown, "{number}: {screen}");
    }
    // Another counter's number is not ended, and another agency's is not there.
    let (first, last) = (called.first().unwrap(), numbers.last().unwrap());
    let body = json!({"action": "served"});
    let turn = |user: &str, number: &str| {
        portal.desk(user).post(&api(&format!("/tickets/{number}/actions")), &body)
    };
    turn("vanthu1", first).problem(409);
    turn("tiepnhan11", last).problem(404);
    portal.desk("quantri").post(&api("/tickets/calls"), &json!({"counter": 1})).problem(403);
    portal.desk("tiepnhan1").post(&api("/tickets/calls"), &json!({"counter": 0})).problem(422);
}

#[test]
fn an_administrator_sets_what_numbers_are_for() {
    let portal = Portal::demo();
    let (admin, anybody) = (at_desk(portal.server(), "quantri"), portal.anybody());
    let here = "/quan-tri/hang-doi";
    let kiosk = |agency: &str| anybody.get(&format!("/lay-so?co-quan={agency}")).expect(200).text();
    let set = |fields: &[(&str, &str)]| {
        let fields = [&[("agency", "H40.12")][..], fields].concat();
        send(&admin, &format!("{here}?co-quan=H40.12"), here, &fields)
    };
    let before = take(&portal, "advice");
    // Advice goes, another service comes; what cannot be is refused by its letter.
    let nothing = set(&[]).expect(422).text();
    assert!(nothing.contains("Đặt tên cho ít nhất một việc."), "{nothing}");
    let same = [("services[0].name", "Nộp hồ sơ"), ("services[4].name", "nộp hồ sơ")];
    assert!(set(&same).expect(422).text().contains("Tên việc E trùng với việc A."));
    let english = [("services[2].name_en", "Land")];
    assert!(set(&english).expect(422).text().contains("Nhập tên cho việc C."));
    set(&[
        ("services[0].name", "Nộp hồ sơ"),
        ("services[0].name_en", "File a dossier"),
        ("services[4].name", "Đất đai <xã>"),
        ("services[4].leads_to", "certification"),
    ])
    .expect(303);
    let page = kiosk("H40.12");
    assert!(
        page.contains("Đất đai &lt;xã&gt;") && !page.contains("Hướng dẫn, việc khác"),
        "{page}"
    );
    assert!(kiosk("H40.15").contains("Hướng dẫn, việc khác"), "another agency keeps its own");

    let listed = anybody.get(&api("/tickets/services?agency=H40.12")).expect(200).json();
    let ids: Vec<_> = listed["items"].as_array().unwrap().iter().map(|s| &s["service"]).collect();
    assert_eq!(ids, ["filing", "service_e"]);
    assert_eq!(take(&portal, "service_e"), "E001");
    let gone = json!({"service": "advice", "agency": "H40.12"});
    assert_eq!(anybody.post(&api("/tickets"), &gone).problem(422)["errors"][0]["field"], "service");
    // Who took a number before is served still, and the day's figures have them.
    assert!(anybody.get(&format!("/lay-so/H40.12/{before}")).expect(200).text().contains("Việc D"));
    let day = portal.desk("tiepnhan1").get(&api("/tickets")).expect(200).json();
    let of = |name: &str| day["figures"].as_array().unwrap().iter().any(|f| f["service"] == name);
    assert!(of("advice") && of("service_e"), "{day}");
    let screen = anybody.get("/man-hinh-goi-so?co-quan=H40.12").expect(200).text();
    assert!(screen.contains("Đất đai &lt;xã&gt; 1"), "{screen}");

    // A counter is led on to where the service is done.
    let desk = at_desk(portal.server(), "tiepnhan1");
    let calling = "/mot-cua/goi-so";
    send(&desk, calling, calling, &[("_lam", "tiep"), ("counter", "5"), ("viec", "service_e")])
        .expect(303);
    let page = desk.get(calling).expect(200).text();
    assert!(page.contains("Số E001 đang ở quầy 5"), "{page}");
    assert!(page.contains("<a href=\"/mot-cua/chung-thuc\">Chứng thực</a>"), "{page}");

    set(&[("_usual", "1")]).expect(303);
    assert!(kiosk("H40.12").contains("Hướng dẫn, việc khác"));
    at_desk(portal.server(), "tiepnhan1").get(here).expect(403);
}
