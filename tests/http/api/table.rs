//! Every cell of status × action × role, tried through the API and compared with the table of
//! domain.md section 3, which is written down here from that text alone.
//!
//! The dossiers are taken in at one agency and decided at another, so that the sides are told apart.
//! Every request carries a field that no action has: what is allowed gets as far as its contents
//! (422) and changes nothing; what is not is refused before (403 for the role, 409 for the status).

use serde_json::{Value, json};

use super::portal::{Filed, Portal, api, filed};
use crate::support::http::Client;

/// An account and the request it makes.
type Act = (&'static str, Value);

/// Action, statuses by national code, who: role and side, `r` receiving, `c` competent, `e` either.
/// `4w`, `4a` and `4p` are Processing in work, awaiting approval and approved; `5*` is a supplement
/// before reception.
const TABLE: [(&str, &str, &str); 29] = [
    ("accept", "1", "receptionist:r"),
    ("refuse", "1 5*", "receptionist:r"),
    ("request_supplement", "1 2 4w 4a 4p", "receptionist:r processor:c"),
    ("supplement", "5 5*", "applicant receptionist:r"),
    ("transfer", "1 2", "receptionist:r"),
    ("change_procedure", "1 2", "receptionist:r"),
    ("assign", "2 4w 4a 4p", "receptionist:r coordinator:e processor:c"),
    ("forward", "2 4w 4a 4p", "receptionist:r coordinator:e processor:c"),
    ("consult", "4w 4a 4p", "processor:c"),
    ("answer_consultation", "", "processor:asked"),
    ("submit_for_approval", "4w", "processor:c"),
    ("approve", "4a", "approver:c"),
    ("return_for_rework", "4a 4p", "approver:c"),
    ("issue_number", "4p", "clerk:c"),
    ("request_payment", "1 2 4w 4a 4p 9", "processor:c cashier:e"),
    ("record_payment", "1 2 4w 4a 4p 6 9", "processor:c cashier:e"),
    ("extend", "2 4w 4a 4p", "approver:c"),
    // A citizen at the counter asks a receptionist to write it down.
    ("request_withdrawal", "1 2 4w 4a 4p 5 5* 6", "applicant receptionist:r"),
    ("approve_withdrawal", "7", "processor:c"),
    ("reject_withdrawal", "7", "processor:c"),
    ("stop", "2 4w 4a 4p 5 5* 6", "approver:c"),
    ("finish", "4p", "processor:c"),
    ("receive_result", "9", "receptionist:r"),
    ("deliver", "9", "receptionist:r"),
    ("return_papers", "3 8 10", "receptionist:r"),
    ("correct", "1 2 4w 4a 4p 5 5* 6 7", "receptionist:r"),
    ("correct_result", "9 10", "receptionist:r"),
    ("void", "1 2", "head:e"),
    ("note", "1 2 3 4w 4a 4p 5 5* 6 7 8 9 10", "desk"),
];

/// Account, role, side; `s` has nothing to do with the dossiers.
const ACCOUNTS: [(&str, &str, &str); 16] = [
    ("tiepnhan1", "receptionist", "r"),
    ("dieuphoi1", "coordinator", "r"),
    ("thuly1", "processor", "r"),
    ("lanhdao1", "approver", "r"),
    ("vanthu1", "clerk", "r"),
    ("thungan1", "cashier", "r"),
    ("giamdoc1", "head", "r"),
    ("quantri", "admin", "r"),
    ("kiemtra1", "auditor", "r"),
    ("ketnoi1", "integration", "r"),
    ("tiepnhan21", "receptionist", "c"),
    ("dieuphoi21", "coordinator", "c"),
    ("thuly21", "processor", "c"),
    ("lanhdao21", "approver", "c"),
    ("vanthu21", "clerk", "c"),
    ("thuly11", "processor", "s"),
];

/// A procedure of the province, filed at a commune.
fn submission(channel: &str) -> Value {
    let paper = |id: &str| json!({"id": id, "originals": 1, "on_paper": true});
    json!({
        "procedure": "1.002153", "agency": "H40.12", "channel": channel,
        "applicant": {"name": "Nguyễn Thị Thử", "phone": "0912345678"},
        "components": [paper("tp1"), paper("tp2"), paper("tp3")],
    })
}

struct Desks<'a> {
    portal: &'a Portal,
    clients: Vec<(&'static str, Client)>,
}

impl Desks<'_> {
    fn of(&self, user: &str) -> &Client {
        &self.clients.iter().find(|(name, _)| *name == user).expect("an account").1
    }

    fn do_all(&self, dossier: &Filed, deeds: &[(&str, Value)]) {
        for (user, body) in deeds {
            let answer = dossier.act(self.of(user), body.clone());
            assert_eq!(answer.status, 200, "{user} {body}: {}", answer.text());
        }
    }

    /// A dossier in each case of the table, with an open fee wherever one may be asked for.
    fn dossiers(&self) -> Vec<(&'static str, Filed)> {
        let why = |action: &str| json!({"action": action, "reason": "lý do"});
        let items = json!([{"reason": "Thiếu chữ ký."}]);
        let ask = json!({"action": "request_supplement", "items": items});
        let fee = |kind: &str| {
            let line = json!({"name": "Phí", "amount": 9000, "kind": kind});
            json!({"action": "request_payment", "fees": [line]})
        };
        let given = ("dieuphoi21", json!({"action": "assign", "to": "thuly21"}));
        let laid = ("thuly21", json!({"action": "submit_for_approval"}));
        let approved = ("lanhdao21", json!({"action": "approve"}));
        let result = json!({"name": "Giấy đăng ký", "number": "7/STP"});
        let done = ("thuly21", json!({"action": "finish", "favourable": true, "result": result}));
        let unpaid = ("thungan1", fee("fee"));
        let desk = "tiepnhan1";
        let ways: Vec<(&'static str, &str, Vec<Act>)> = vec![
            ("1", "online", vec![unpaid.clone()]),
            ("2", "counter", vec![unpaid.clone()]),
            ("3", "online", vec![(desk, why("refuse"))]),
            ("4w", "counter", vec![given.clone(), unpaid.clone()]),
            ("4a", "counter", vec![given.clone(), laid.clone(), unpaid.clone()]),
            ("4p", "counter", vec![given.clone(), laid.clone(), approved.clone(), unpaid.clone()]),
            ("5", "counter", vec![(desk, ask.clone())]),
            ("5*", "online", vec![(desk, ask)]),
            ("6", "counter", vec![given.clone(), ("thuly21", fee("obligation"))]),
            ("7", "counter", vec![given.clone(), (desk, why("request_withdrawal"))]),
            ("8", "counter", vec![given.clone(), ("lanhdao21", why("stop"))]),
            (
                "9",
                "counter",
                vec![given.clone(), laid.clone(), approved.clone(), done.clone(), unpaid],
            ),
            (
                "10",
                "counter",
                vec![
                    given,
                    laid,
                    approved,
                    done,
                    (desk, json!({"action": "deliver", "channel": "counter"})),
                ],
            ),
        ];
        let citizen = self.portal.citizen("0912345678");
        let made = ways.into_iter().map(|(case, channel, deeds)| {
            let filer = if channel == "online" { &citizen } else { self.of(desk) };
            let dossier = filed(filer.post(&api("/dossiers"), &submission(channel)));
            self.do_all(&dossier, &deeds);
            (case, dossier)
        });
        made.collect()
    }
}

fn expected(case: &str, (action, cases, who): (&str, &str, &str), role: &str, side: &str) -> u16 {
    match (side, role) {
        ("s", _) | (_, "admin" | "integration") => return 404,
        (_, "auditor") => return 403,
        _ => {}
    }
    let allowed = who.split(' ').any(|who| match who.split_once(':') {
        Some((own, place)) => own == role && (place == side || place == "e"),
        None => who == "desk",
    });
    if !allowed {
        return 403;
    }
    let _ = action;
    if cases.split(' ').any(|own| own == case) { 422 } else { 409 }
}

#[test]
fn every_cell_of_status_action_and_role_is_as_the_domain_says() {
    let portal = Portal::demo();
    let clients = ACCOUNTS.iter().map(|(user, ..)| (*user, portal.desk(user))).collect();
    let desks = Desks { portal: &portal, clients };
    let dossiers: Vec<(&str, Filed, u64)> = desks
        .dossiers()
        .into_iter()
        .map(|(case, dossier)| {
            let state = desks.of("thuly21").get(&dossier.at("")).expect(200).json();
            let status = state["status"].as_u64().expect("a status").to_string();
            assert_eq!(case.trim_end_matches(char::is_alphabetic).trim_end_matches('*'), status);
            let version = state["version"].as_u64().expect("a version");
            (case, dossier, version)
        })
        .collect();
    let mut wrong = Vec::new();
    for (case, dossier, version) in &dossiers {
        for row in TABLE {
            for (user, role, side) in ACCOUNTS {
                let body = json!({"action": row.0, "version": version, "none": true});
                let answer = desks.of(user).post(&dossier.at("/actions"), &body);
                let wanted = expected(case, row, role, side);
                if answer.status != wanted {
                    wrong.push(format!("{case} {} {user}: {}, not {wanted}", row.0, answer.status));
                } else if wanted != 404 && wanted != 422 {
                    let problem = answer.json();
                    assert!(problem["rule"].is_string(), "{case} {} {user}: {problem}", row.0);
                }
            }
        }
        let now = desks.of("thuly21").get(&dossier.at("")).expect(200).json();
        assert_eq!(now["version"], *version, "a refused request changed something");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    applicants_have_their_own(&desks, &dossiers);
}

/// Applicants have two actions of their own, and programs none.
fn applicants_have_their_own(desks: &Desks<'_>, dossiers: &[(&str, Filed, u64)]) {
    let citizen = desks.portal.citizen("0912345678");
    let program = desks.portal.program();
    for (case, dossier, version) in dossiers {
        for row in TABLE.iter().filter(|row| row.2.contains("applicant")) {
            let body = json!({"action": row.0, "version": version, "none": true});
            let answer = citizen.post(&dossier.tracked("/actions"), &body);
            let wanted = if row.1.split(' ').any(|own| own == *case) { 422 } else { 409 };
            assert_eq!(answer.status, wanted, "{case} {}: {}", row.0, answer.text());
        }
        let body = json!({"action": "note", "version": version, "note": "x"});
        program.post(&dossier.at("/actions"), &body).problem(403);
    }
}

#[test]
fn who_is_asked_answers_and_does_nothing_else() {
    let portal = Portal::demo();
    let clients = ["tiepnhan1", "dieuphoi21", "thuly21", "thuly11", "tiepnhan11"];
    let clients = clients.map(|user| (user, portal.desk(user))).into();
    let desks = Desks { portal: &portal, clients };
    let dossier = filed(desks.of("tiepnhan1").post(&api("/dossiers"), &submission("counter")));
    let ask = json!({
        "action": "consult", "agency": "H40.15", "question": "Có ý kiến gì không?",
        "due_at": "2099-01-05",
    });
    desks.do_all(
        &dossier,
        &[("dieuphoi21", json!({"action": "assign", "to": "thuly21"})), ("thuly21", ask)],
    );
    let version = dossier.version(desks.of("thuly21"));
    for (user, role) in [("thuly11", "processor"), ("tiepnhan11", "receptionist")] {
        for (action, ..) in TABLE {
            let body = json!({"action": action, "version": version, "none": true});
            let answer = desks.of(user).post(&dossier.at("/actions"), &body);
            let wanted = match (action, role) {
                ("note", _) | ("answer_consultation", "processor") => 422,
                _ => 403,
            };
            assert_eq!(answer.status, wanted, "{action} {user}: {}", answer.text());
        }
    }
}
