//! A full disk, and a damaged file: what callers, visitors and watchers are told.

use std::fs;
use std::path::{Path, PathBuf};

use super::portal::{Portal, api, birth, filed, form, pdf};
use crate::support::http::Multipart;

#[test]
fn a_full_disk_is_told_as_reading_only_and_takes_the_server_out_of_service() {
    let mut portal = Portal::demo();
    // Made while there is room: what fits on a full disk depends on the free pages left.
    let program = portal.program_token();
    assert_eq!(portal.server_mut().terminate().code(), Some(0));
    let store = portal.server().folder().join("motcua.redb");
    let bytes = fs::metadata(&store).unwrap().len();
    portal.server_mut().restart_on_full_disk(bytes);
    let watcher = portal.server().client();
    watcher.get("/readyz").expect(200);
    let citizen = portal.citizen("0912345678");
    // Free pages take some dossiers before the file has to grow.
    let mut told = Vec::new();
    let refused = loop {
        let answer = citizen.post(&api("/dossiers"), &birth());
        if answer.status != 201 {
            break answer;
        }
        told.push(filed(answer).code);
        assert!(told.len() < 2_000, "the file never grows");
    };
    assert_eq!(refused.header("retry-after"), Some("60"));
    let problem = refused.problem(503);
    assert_eq!(problem["type"], "urn:motcua:problem:read_only");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.starts_with("Reading only for now: the server's disk is full."), "{detail}");
    let unready = watcher.get("/readyz").expect(503).text();
    assert!(unready.contains("disk of the data folder is full"), "{unready}");
    watcher.get("/healthz").expect(200);
    let large = [pdf(), vec![b' '; usize::try_from(bytes).unwrap() + (1 << 20)]].concat();
    let kept = citizen.post_multipart(&api("/uploads"), form("a.pdf", "application/pdf", &large));
    assert_eq!(kept.problem(503)["type"], "urn:motcua:problem:read_only");
    // Reading goes on, and nothing that was told is lost.
    let desk = portal.anybody().bearer(&program);
    for code in told.iter().rev().take(3) {
        desk.get(&api(&format!("/tracking/{code}"))).expect(200);
    }
    portal.server_mut().kill();
    portal.server_mut().restart();
    portal.server().client().get("/readyz").expect(200);
    let citizen = portal.citizen("0912345678");
    portal.file(&citizen);
    for code in told {
        portal.anybody().get(&api(&format!("/tracking/{code}"))).expect(200);
    }
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|ending| ending == "age"))
        .collect()
}

#[test]
fn a_damaged_file_is_told_as_one_that_trying_again_cannot_help() {
    let portal = Portal::demo();
    let citizen = portal.citizen("0912345678");
    let dossier = portal.file(&citizen);
    let desk = portal.desk("tiepnhan1");
    let sent = Multipart::new()
        .file("file", "a.pdf", "application/pdf", &pdf())
        .text("version", "1")
        .text("component", "tp1");
    let added = desk.post_multipart(&dossier.at("/attachments"), sent).expect(201).json();
    let id = added["id"].as_str().unwrap();
    let address = dossier.at(&format!("/attachments/{id}"));
    let blobs = files_in(&portal.server().folder().join("blobs"));
    let blob = blobs.iter().find(|path| path.to_string_lossy().contains(id)).unwrap();
    let whole = fs::read(blob).unwrap();
    for length in [50, whole.len() - 1, whole.len() / 2] {
        fs::write(blob, &whole[..length]).unwrap();
        let problem = desk.get(&address).problem(500);
        assert_eq!(problem["type"], "urn:motcua:problem:lost_file");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("damaged or lost") && detail.contains("backup"), "{detail}");
    }
    fs::remove_file(blob).unwrap();
    desk.get(&address).problem(500);
    fs::write(blob, &whole).unwrap();
    assert_eq!(desk.get(&address).expect(200).body, pdf());
}
