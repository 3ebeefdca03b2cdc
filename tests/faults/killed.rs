//! The real program, killed under load again and again: whatever a client was told is there after
//! the restart, and the check finds nothing.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde_json::{Value, json};

use crate::support::http::Client;
use crate::support::server::Server;

/// How often it is killed.
const KILLS: u64 = 6;
/// Clients at the same time.
const CLIENTS: u64 = 4;

fn body(procedure: &str, components: &Value, number: u64) -> Value {
    json!({
        "procedure": procedure,
        "channel": "counter",
        "applicant": { "name": format!("Trần Văn Thử {number}"), "phone": "0912345678" },
        "form": {},
        "components": components,
        "return_channel": "counter",
    })
}

#[test]
fn what_was_acknowledged_survives_kill_9_under_load() {
    let mut server = Server::demo();
    let made = server.command(&["token", "create", "--user", "tiepnhan1", "--json"]);
    let token: Value = serde_json::from_str(made.stdout.trim()).expect(&made.stderr);
    let token = token["token"].as_str().unwrap().to_owned();
    let procedure = server.client().get("/api/v1/procedures/1.001193").expect(200).json();
    let papers = procedure["components"].as_array().unwrap().iter();
    let papers: Value =
        papers.map(|c| json!({ "id": c["id"], "originals": 1, "copies": 0 })).collect();
    let told = Mutex::new(Vec::<String>::new());
    let number = AtomicU64::new(0);
    for round in 1..=KILLS {
        let stop = AtomicBool::new(false);
        let enough = told.lock().unwrap().len() as u64 + 10 + 7 * round;
        let base = server.base().to_owned();
        std::thread::scope(|scope| {
            for _ in 0..CLIENTS {
                scope.spawn(|| {
                    let client = Client::new(&base).bearer(&token);
                    while !stop.load(Ordering::Relaxed) {
                        let number = number.fetch_add(1, Ordering::Relaxed);
                        let body = body("1.001193", &papers, number);
                        // The server dies in the middle of some requests.
                        let asked = client.try_post("/api/v1/dossiers", &body);
                        let Some(answer) = asked else { return };
                        let code = answer.expect(201).json()["code"].as_str().unwrap().to_owned();
                        told.lock().unwrap().push(code);
                    }
                });
            }
            while (told.lock().unwrap().len() as u64) < enough {
                std::thread::yield_now();
            }
            server.kill();
            stop.store(true, Ordering::Relaxed);
        });
        let checked = server.command(&["check", "--json"]);
        let report: Value = serde_json::from_str(checked.stdout.trim()).expect(&checked.stderr);
        assert_eq!((&report["ok"], checked.code), (&json!(true), Some(0)), "{report:#}");
        server.restart();
        let client = server.client().bearer(&token);
        for code in told.lock().unwrap().iter().rev().take(40) {
            client.get(&format!("/api/v1/dossiers/{code}")).expect(200);
        }
    }
    let told = told.into_inner().unwrap();
    let mut distinct = told.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), told.len(), "a number was given twice");
    let client = server.client().bearer(&token);
    for code in &told {
        client.get(&format!("/api/v1/tracking/{code}")).expect(200);
    }
}
