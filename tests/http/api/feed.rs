//! The feed of an agency's log, and the script of `docs/format.md` that verifies its chain.

use std::fs;
use std::process::Command;

use sha2::{Digest, Sha256};

use super::portal::{Portal, api};

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
}

#[test]
fn the_feed_has_no_gaps_and_its_chain_holds() {
    let portal = Portal::demo();
    let program = portal.program();
    let (mut after, mut before, mut pages) = (0, vec![0; 32], 0);
    loop {
        let query = format!("/events?agency=H40.12&limit=50&after={after}");
        let page = program.get(&api(&query)).expect(200).json();
        for item in page["items"].as_array().unwrap() {
            assert_eq!(item["seq"], after + 1);
            let header = bytes(item["header"].as_str().unwrap());
            assert_eq!(bytes(item["prev_hash"].as_str().unwrap()), before);
            before = Sha256::digest([before, header.clone()].concat()).to_vec();
            assert_eq!(bytes(item["hash"].as_str().unwrap()), before);
            let sealed = bytes(item["sealed_sha256"].as_str().unwrap());
            assert!(header.windows(32).any(|part| part == sealed), "the header holds the digest");
            assert!(item["action"].is_string() && item.get("data").is_none());
            after += 1;
        }
        pages += 1;
        if page["next_cursor"].is_null() {
            break;
        }
    }
    assert!(after > 100 && pages > 2, "{after} events on {pages} pages");
    // The dossier's own page tells the same hashes.
    let first = program.get(&api("/events?agency=H40.12&limit=1")).expect(200).json();
    let code = first["items"][0]["code"].as_str().unwrap();
    let dossier = program.get(&api(&format!("/dossiers/{code}"))).expect(200).json();
    assert_eq!(dossier["events"][0]["hash"], first["items"][0]["hash"]);
    assert_eq!(dossier["events"][0]["seq"], 1);
}

#[test]
fn only_integration_reads_the_feed_and_only_its_own_agency_s() {
    let portal = Portal::demo();
    portal.anybody().get(&api("/events")).problem(401);
    portal.desk("tiepnhan1").get(&api("/events")).problem(403);
    portal.desk("ketnoi1").get(&api("/events?limit=1")).expect(200);
    portal.desk("ketnoi1").get(&api("/events?agency=H40.15")).problem(404);
    let program = portal.program();
    assert_eq!(program.get(&api("/events")).problem(422)["errors"][0]["field"], "agency");
    program.get(&api("/events?agency=H99")).problem(404);
    program.get(&api("/events?agency=h40.15&after=999999")).expect(200);
    program.get(&api("/events?agency=H40.15&after=x")).problem(422);
}

#[test]
fn the_script_of_the_format_s_page_verifies_the_feed() {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/format.md")).unwrap();
    let script = page.split("```python\n").nth(1).expect("a script").split("```").next().unwrap();
    let portal = Portal::demo();
    let run = |token: &str| {
        Command::new("python3")
            .args(["-c", script, portal.server().base(), "H40.12", token])
            .output()
            .expect("python3, which tests/run needs as well")
    };
    let done = run(&portal.program_token());
    let (said, wrong) =
        (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{wrong}");
    assert!(said.contains("events, the chain holds"), "{said}");
    assert!(!run("mc_0").status.success());
}
