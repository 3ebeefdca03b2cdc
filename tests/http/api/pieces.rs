//! Files that come in pieces: they go on after a broken connection and a restart, for their sender alone.

use std::io::Write;
use std::net::TcpStream;
use std::path::Path;

use serde_json::json;

use super::portal::{Portal, api, birth, filed, pdf, with};
use crate::support::http::{Answer, Client};

/// A PDF of some size: what follows its end is skipped by readers.
fn large_pdf() -> Vec<u8> {
    let start = pdf();
    let comment = "% chú thích\n".repeat(40_000);
    // The marks that readers look for stay at the beginning and the end.
    [b"%PDF-1.4\n".as_slice(), comment.as_bytes(), &start[9..]].concat()
}

fn begin(sender: &Client, length: usize) -> String {
    let about = json!({"name": "tờ khai.pdf", "length": length, "media_type": "application/pdf"});
    let begun = sender.post(&api("/uploads/resumable"), &about).expect(201);
    assert_eq!(begun.header("upload-offset"), Some("0"));
    let place = begun.header("location").expect("a place").to_owned();
    assert_eq!(begun.json()["location"], place.as_str());
    place
}

fn piece(sender: &Client, place: &str, offset: usize, bytes: &[u8]) -> Answer {
    let headers = [
        ("Content-Type", "application/offset+octet-stream"),
        ("Upload-Offset", &*offset.to_string()),
    ];
    sender.send("PATCH", place, &headers, bytes.to_vec())
}

fn offset(sender: &Client, place: &str) -> usize {
    let told = sender.send("HEAD", place, &[], Vec::new()).expect(200);
    told.header("upload-offset").expect("an offset").parse().expect("a number")
}

/// How many files lie in the folder of blobs.
fn blobs(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.map(|path| if path.is_dir() { blobs(&path) } else { 1 }).sum()
}

#[test]
fn a_file_in_pieces_goes_on_after_a_break_and_a_restart() {
    let mut portal = Portal::demo();
    let citizen = portal.citizen("0912345678");
    let file = large_pdf();
    let third = file.len() / 3;
    let place = begin(&citizen, file.len());
    let kept = piece(&citizen, &place, 0, &file[..third]).expect(204);
    assert_eq!(kept.header("upload-offset"), Some(third.to_string().as_str()));
    let sent = &file[third..2 * third];
    cut(portal.server().base(), &citizen, &place, third, &sent[..sent.len() / 2], sent.len());
    // What came before the break is kept; the server may still be writing it down.
    let half = third + sent.len() / 2;
    let told = (0..10_000).map(|_| offset(&citizen, &place)).find(|told| *told > third);
    assert_eq!(told, Some(half));
    portal.server_mut().terminate();
    portal.server_mut().restart();
    let citizen = portal.citizen("0912345678");
    assert_eq!(offset(&citizen, &place), half);
    let whole = piece(&citizen, &place, half, &file[half..]).expect(200).json();
    assert_eq!(whole["size"].as_u64(), Some(file.len() as u64));
    assert_eq!(
        (whole["media_type"].as_str(), whole["name"].as_str()),
        (Some("application/pdf"), Some("tờ khai.pdf"))
    );
    assert_eq!(offset(&citizen, &place), file.len());

    let papers = json!({"components": [
        {"id": "tp1", "originals": 1, "copies": 0, "uploads": [whole["id"]]},
        {"id": "tp2", "originals": 1, "copies": 0, "on_paper": true},
    ]});
    let dossier = filed(citizen.post(&api("/dossiers"), &with(birth(), papers)));
    let id = whole["id"].as_str().expect("an id");
    let opened = citizen.get(&dossier.at(&format!("/attachments/{id}"))).expect(200);
    assert!(opened.body == file, "every byte in its place");
}

/// Sends a part of what it announces, and hangs up.
fn cut(base: &str, sender: &Client, place: &str, offset: usize, bytes: &[u8], announced: usize) {
    let host = base.strip_prefix("http://").expect("an address");
    let mut stream = TcpStream::connect(host).expect("the server listens");
    let proof = sender.header_value("X-Proof").expect("a proof");
    let head = format!(
        "PATCH {place} HTTP/1.1\r\nHost: {host}\r\nX-Proof: {proof}\r\nUpload-Offset: {offset}\r\n\
         Content-Type: application/offset+octet-stream\r\nContent-Length: {announced}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).expect("the head is sent");
    stream.write_all(bytes).expect("a part is sent");
}

#[test]
fn pieces_follow_each_other_and_belong_to_their_sender() {
    let portal = Portal::demo();
    let (citizen, other) = (portal.citizen("0912345678"), portal.citizen("0987654321"));
    let file = large_pdf();
    let place = begin(&citizen, file.len());
    piece(&citizen, &place, 0, &file[..1_000]).expect(204);
    for wrong in [0, 999, 1_001] {
        let refused = piece(&citizen, &place, wrong, &file[1_000..2_000]);
        assert_eq!(refused.problem(409)["type"], "urn:motcua:problem:offset");
        assert_eq!(refused.header("upload-offset"), Some("1000"));
    }
    let more = [&file[1_000..], b"x"].concat();
    piece(&citizen, &place, 1_000, &more).problem(413);
    for stranger in [&other, &portal.anybody(), &portal.desk("tiepnhan1")] {
        piece(stranger, &place, 1_000, &file[1_000..]).problem(404);
        assert_eq!(stranger.send("HEAD", &place, &[], Vec::new()).status, 404);
        stranger.send("DELETE", &place, &[], Vec::new()).problem(404);
    }
    assert_eq!(offset(&citizen, &place), 1_000, "nothing of it was kept");
    let headers = [("Content-Type", "application/pdf"), ("Upload-Offset", "1000")];
    citizen.send("PATCH", &place, &headers, file[1_000..].to_vec()).problem(415);

    let before = blobs(&portal.server().folder().join("blobs"));
    citizen.send("DELETE", &place, &[], Vec::new()).expect(204);
    assert_eq!(blobs(&portal.server().folder().join("blobs")), before - 1, "its bytes are gone");
    assert_eq!(citizen.send("HEAD", &place, &[], Vec::new()).status, 404);
}

#[test]
fn a_file_in_pieces_is_judged_as_any_other() {
    let portal = Portal::demo();
    let citizen = portal.citizen("0912345678");
    let begun = |about| citizen.post(&api("/uploads/resumable"), &about);
    let about = |length: u64| json!({"name": "a.pdf", "length": length});
    assert_eq!(begun(about(0)).problem(422)["errors"][0]["field"], "length");
    begun(about(21 * 1024 * 1024)).problem(413);

    let before = blobs(&portal.server().folder().join("blobs"));
    let program = b"MZ\x90\x00 a program".repeat(100);
    let place = begin(&citizen, program.len());
    piece(&citizen, &place, 0, &program[..700]).expect(204);
    let problem = piece(&citizen, &place, 700, &program[700..]).problem(422);
    assert_eq!(problem["errors"][0]["field"], "file");
    assert_eq!(citizen.send("HEAD", &place, &[], Vec::new()).status, 404);
    assert_eq!(blobs(&portal.server().folder().join("blobs")), before, "nothing of it is left");

    for _ in 0..20 {
        begin(&citizen, 10);
    }
    begun(about(10)).problem(429);
}

#[test]
fn pieces_that_nobody_goes_on_with_are_swept_and_never_lie_in_clear() {
    let mut portal = Portal::demo();
    let citizen = portal.citizen("0912345678");
    let file = large_pdf();
    let folder = portal.server().folder().join("blobs");
    let before = blobs(&folder);
    let place = begin(&citizen, file.len());
    piece(&citizen, &place, 0, &file[..5_000]).expect(204);
    assert_eq!(blobs(&folder), before + 1);
    portal.server_mut().terminate();
    for name in ["motcua.redb", "relaxed.redb"] {
        let bytes = std::fs::read(portal.server().folder().join(name)).expect("a store");
        let holds = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        assert!(!holds("tờ khai.pdf"), "{name} has the name in clear");
    }
    portal.server_mut().restart_at("2031-01-06T08:00:00+07:00");
    let citizen = portal.citizen("0912345678");
    assert_eq!(citizen.send("HEAD", &place, &[], Vec::new()).status, 404);
    // The sweep runs beside the requests.
    let swept = (0..500_000).any(|_| {
        citizen.get(&api("/statistics"));
        blobs(&folder) <= before
    });
    assert!(swept, "the pieces are still there");
}
