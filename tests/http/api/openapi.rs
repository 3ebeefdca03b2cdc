//! The OpenAPI document: well formed, complete, and its examples work.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::portal::{API, Filed, Portal, api, birth, filed, form, pdf, with};
use crate::support::http::Answer;

fn document(portal: &Portal) -> Value {
    portal.anybody().get(&api("/openapi.json")).expect(200).json()
}

/// Who may call what: 401 without a token, or what else an empty request of anybody gets. Reviewed by
/// hand; a call that is missing here fails.
const CALLS: &[(&str, &str, u16)] = &[
    ("GET", "/procedures", 200),
    ("GET", "/procedures/{code}", 404),
    ("GET", "/words", 401),
    ("PUT", "/words", 401),
    ("GET", "/procedures/{code}/process", 401),
    ("PUT", "/procedures/{code}/process", 401),
    ("GET", "/procedures/{code}/followers", 404),
    ("POST", "/procedures/{code}/followers", 401),
    ("GET", "/procedures/{code}/fees", 404),
    ("POST", "/procedures/{code}/fees", 401),
    ("POST", "/procedures/{code}/fees/assess", 400),
    ("POST", "/agencies/{code}/bank_account", 401),
    ("GET", "/takings", 401),
    ("GET", "/takings/days", 401),
    ("POST", "/takings/closing", 401),
    ("POST", "/intake", 401),
    ("POST", "/sessions", 400),
    ("POST", "/otp", 400),
    ("POST", "/otp/verify", 400),
    ("POST", "/uploads", 415),
    ("POST", "/uploads/resumable", 400),
    ("GET", "/uploads/resumable/{id}", 404),
    ("PATCH", "/uploads/resumable/{id}", 404),
    ("DELETE", "/uploads/resumable/{id}", 404),
    ("GET", "/documents", 401),
    ("GET", "/documents/{id}", 401),
    ("GET", "/documents/{id}/files/{file}", 401),
    ("DELETE", "/documents/{id}", 401),
    ("POST", "/dossiers", 401),
    ("GET", "/dossiers", 401),
    ("GET", "/dossiers/{code}", 401),
    ("GET", "/dossiers/{code}/deadline", 401),
    ("POST", "/dossiers/{code}/attachments", 401),
    ("GET", "/dossiers/{code}/attachments/{id}", 401),
    ("GET", "/dossiers/{code}/papers", 401),
    ("GET", "/dossiers/{code}/papers/{paper}", 401),
    ("POST", "/papers", 401),
    ("POST", "/papers/check", 200),
    ("GET", "/dossiers/{code}/actions", 401),
    ("POST", "/dossiers/{code}/actions", 401),
    ("POST", "/dossiers/actions", 401),
    ("GET", "/tracking/{code}", 404),
    ("POST", "/tracking/{code}/details", 404),
    ("POST", "/tracking/{code}/actions", 404),
    ("GET", "/hand-overs", 401),
    ("POST", "/hand-overs", 401),
    ("GET", "/post", 401),
    ("POST", "/certifications", 401),
    ("GET", "/certifications", 401),
    ("POST", "/tickets", 400),
    ("GET", "/tickets", 401),
    ("GET", "/tickets/screen", 200),
    ("GET", "/tickets/services", 200),
    ("POST", "/tickets/calls", 401),
    ("POST", "/tickets/{number}/actions", 401),
    ("GET", "/statistics", 200),
    ("GET", "/events", 401),
    ("GET", "/checkpoints", 401),
    ("GET", "/openapi.json", 200),
];

#[test]
fn every_call_is_described_and_answers_strangers_as_reviewed() {
    let portal = Portal::demo();
    let document = document(&portal);
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            described.insert((method.to_uppercase(), path.strip_prefix(API).unwrap().to_owned()));
        }
    }
    let reviewed: BTreeSet<_> =
        CALLS.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(described, reviewed);
    for (method, path, status) in CALLS {
        let path = path.replace("{code}", "H40.12-200101-0001").replace("{id}", &"0".repeat(32));
        let path = path.replace("{number}", "A001");
        let answer = portal.anybody().send(method, &api(&path), &[], Vec::new());
        assert_eq!(answer.status, *status, "{method} {path}: {}", answer.text());
    }
}

#[test]
fn the_document_is_well_formed() {
    let portal = Portal::demo();
    let document = document(&portal);
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    assert!(document["info"]["title"].is_string() && document["info"]["version"].is_string());
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(schemes["token"]["scheme"], "bearer");
    assert_eq!(schemes["proof"]["name"], "X-Proof");
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let slots = path.matches('{').count();
        for (method, operation) in item.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let in_path = parameters.iter().filter(|p| p["in"] == "path").count();
            assert_eq!(in_path, slots, "{method} {path}");
            assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{path}");
            assert!(operation["summary"].is_string() && operation["security"].is_array());
            let responses = operation["responses"].as_object().unwrap();
            let problem = &responses["default"]["content"]["application/problem+json"]["schema"];
            assert_eq!(problem["$ref"], "#/components/schemas/Problem", "{method} {path}");
            assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path}");
            assert!(responses["503"]["headers"]["Retry-After"].is_object(), "{method} {path}");
            let has_key = parameters.iter().any(|p| p["name"] == "Idempotency-Key");
            assert_eq!(has_key, method == "post", "{method} {path}");
        }
    }
    check_references(&document, &document);
}

fn check_references(document: &Value, value: &Value) {
    match value {
        Value::Object(object) => {
            if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
                let pointer = reference.strip_prefix('#').expect("a reference within");
                assert!(document.pointer(pointer).is_some(), "{reference} names nothing");
            }
            object.values().for_each(|value| check_references(document, value));
        }
        Value::Array(items) => items.iter().for_each(|value| check_references(document, value)),
        _ => {}
    }
}

/// Who does what, in an order in which everything is possible. Each dossier begins registered.
const STORIES: &[&[(&str, &str)]] = &[
    &[
        ("applicant", "add_papers"),
        ("tiepnhan1", "accept"),
        ("applicant", "request_correction"),
        ("tiepnhan1", "reject_correction"),
        ("tiepnhan1", "correct"),
        ("dieuphoi1", "forward"),
        ("dieuphoi1", "assign"),
        ("thuly1", "consult"),
        ("thuly11", "answer_consultation"),
        ("thungan1", "request_payment"),
        ("thungan1", "record_payment"),
        ("thungan1", "reverse_payment"),
        ("applicant", "declare_transfer"),
        ("thungan1", "reject_transfer"),
        ("thungan1", "cancel_payment_request"),
        ("thuly1", "submit_for_approval"),
        ("lanhdao1", "return_for_rework"),
        ("thuly1", "submit_for_approval"),
        ("lanhdao1", "approve"),
        ("vanthu1", "issue_number"),
        ("thuly1", "finish"),
        ("tiepnhan1", "receive_result"),
        ("tiepnhan1", "deliver"),
        ("tiepnhan1", "correct_result"),
        ("tiepnhan1", "return_papers"),
        ("tiepnhan1", "note"),
    ],
    &[("tiepnhan1", "refuse")],
    &[
        ("tiepnhan1", "request_supplement"),
        ("tiepnhan1", "supplement"),
        ("tiepnhan1", "change_procedure"),
        ("tiepnhan1", "transfer"),
    ],
    &[
        ("tiepnhan1", "accept"),
        ("dieuphoi1", "assign"),
        ("lanhdao1", "extend"),
        ("tiepnhan1", "request_withdrawal"),
        ("thuly1", "reject_withdrawal"),
        ("tiepnhan1", "request_withdrawal"),
        ("thuly1", "approve_withdrawal"),
    ],
    &[("tiepnhan1", "accept"), ("lanhdao1", "stop")],
    &[("tiepnhan1", "accept"), ("giamdoc1", "void")],
    &[
        ("tiepnhan1", "request_supplement"),
        ("applicant", "supplement"),
        ("applicant", "request_withdrawal"),
    ],
];

/// The same for a land dossier, which follows a process of its own.
const OF_LAND: &[(&str, &str)] =
    &[("tiepnhan1", "accept"), ("dieuphoi1", "assign"), ("thuly2", "complete_step")];

#[test]
fn every_example_works() {
    let portal = Portal::demo();
    let document = document(&portal);
    let examples = |path: &str| {
        let operation = &document["paths"][api(path)]["post"];
        operation["requestBody"]["content"]["application/json"]["examples"].clone()
    };
    let submission = &examples("/dossiers")["paternity"]["value"];
    let citizen = portal.citizen("0912345678");
    let file = || -> Filed { filed(citizen.post(&api("/dossiers"), submission)) };
    let actions = examples("/dossiers/{code}/actions");
    let of_land = || {
        let components = json!([{"id": "tp1", "originals": 1, "on_paper": true}]);
        let land = json!({"procedure": "1.013978", "components": components});
        filed(citizen.post(&api("/dossiers"), &with(birth(), land)))
    };
    let own = examples("/tracking/{code}/actions");
    let (mut done, mut done_by_applicant) = (BTreeSet::new(), BTreeSet::new());
    let stories = STORIES.iter().map(|story| (file(), *story)).chain([(of_land(), OF_LAND)]);
    for (dossier, story) in stories {
        for (user, action) in story {
            if *user == "applicant" {
                let answer = act_as_applicant(&portal, &dossier, own[action]["value"].clone());
                assert_eq!(answer.status, 200, "{action}: {}", answer.text());
                done_by_applicant.insert((*action).to_owned());
                continue;
            }
            let body = actions[action]["value"].clone();
            assert_eq!(body["action"], *action);
            let answer = dossier.act(&portal.desk(user), body);
            assert_eq!(answer.status, 200, "{user} {action}: {}", answer.text());
            done.insert((*action).to_owned());
        }
    }
    // Certification is of procedures of its own.
    let desk = portal.desk("tiepnhan1");
    let body = json!({
        "procedure": "2.000815", "channel": "counter", "applicant": {"name": "Trần Văn Minh"},
        "components": [{"id": "tp1", "originals": 1}, {"id": "tp2", "copies": 1}],
    });
    let certified = filed(desk.post(&api("/dossiers"), &body));
    let answer = certified.act(&desk, actions["certify"]["value"].clone());
    assert_eq!(answer.status, 200, "certify: {}", answer.text());
    done.insert("certify".to_owned());
    let shown: BTreeSet<String> = actions.as_object().unwrap().keys().cloned().collect();
    assert_eq!(done, shown, "every action has an example that was tried");

    let shown: BTreeSet<String> = own.as_object().unwrap().keys().cloned().collect();
    assert_eq!(done_by_applicant, shown, "those of applicants too");
}

/// An example of an applicant's action, with the dossier's secret and version, and files of its own.
fn act_as_applicant(portal: &Portal, dossier: &Filed, example: Value) -> Answer {
    let mut body = with(
        example,
        json!({
            "secret": dossier.secret, "version": dossier.version(&portal.desk("tiepnhan1")),
        }),
    );
    for upload in body.get_mut("uploads").and_then(Value::as_array_mut).into_iter().flatten() {
        let file = form("a.pdf", "application/pdf", &pdf());
        let kept = portal.anybody().post_multipart(&api("/uploads"), file).expect(201).json();
        upload["id"] = kept["id"].clone();
    }
    portal.anybody().post(&dossier.tracked("/actions"), &body)
}

#[test]
fn every_example_fits_its_schema_s_fields() {
    let portal = Portal::demo();
    let document = document(&portal);
    let operation = &document["paths"][api("/dossiers/{code}/actions")]["post"];
    let content = &operation["requestBody"]["content"]["application/json"];
    let name = content["schema"]["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
    let one_of = &document["components"]["schemas"][name];
    let mapping = one_of["discriminator"]["mapping"].as_object().unwrap();
    assert_eq!(one_of["oneOf"].as_array().unwrap().len(), mapping.len());
    for (action, example) in content["examples"].as_object().unwrap() {
        let pointer = mapping[action].as_str().unwrap().strip_prefix('#').unwrap();
        let schema = document.pointer(pointer).unwrap();
        assert_eq!(schema["properties"]["action"]["enum"], json!([action]));
        assert_eq!(schema["additionalProperties"], false);
        let value = example["value"].as_object().unwrap();
        let required = schema["required"].as_array().unwrap();
        assert!(required.iter().all(|name| value.contains_key(name.as_str().unwrap())), "{action}");
        assert!(value.keys().all(|name| schema["properties"].get(name).is_some()), "{action}");
    }
}
