//! Files: what they may be, who may open them, and how they leave.

use serde_json::json;

use super::portal::{Portal, api, birth, filed, form, pdf, with};
use crate::support::http::Multipart;

#[test]
fn a_file_comes_back_as_it_went() {
    let portal = Portal::demo();
    let citizen = portal.citizen("0912345678");
    let dossier = portal.file(&citizen);
    let desk = portal.desk("tiepnhan1");
    let sent = Multipart::new()
        .file("file", "đơn \\\" 1.pdf", "application/pdf", &pdf())
        .text("version", "1")
        .text("component", "tp1");
    let added = desk.post_multipart(&dossier.at("/attachments"), sent).expect(201).json();
    assert_eq!(
        (added["version"].as_u64(), added["size"].as_u64()),
        (Some(2), Some(pdf().len() as u64))
    );
    let address = dossier.at(&format!("/attachments/{}", added["id"].as_str().unwrap()));
    let opened = desk.get(&address).expect(200);
    assert_eq!(opened.body, pdf());
    assert_eq!(opened.header("content-type"), Some("application/pdf"));
    assert_eq!(opened.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(opened.header("cache-control"), Some("no-store"));
    let disposition = opened.header("content-disposition").unwrap();
    assert!(disposition.starts_with("attachment; filename=\""), "{disposition}");
    assert!(disposition.contains("filename*=UTF-8''%C4%91%C6%A1n"), "{disposition}");
    assert_eq!(citizen.get(&address).expect(200).body, pdf(), "its applicant opens it too");

    portal.anybody().get(&address).problem(401);
    portal.desk("tiepnhan11").get(&address).problem(404);
    portal.citizen("0987654321").get(&address).problem(404);
    desk.get(&dossier.at("/attachments/x")).problem(404);
    desk.get(&dossier.at(&format!("/attachments/{}", "0".repeat(32)))).problem(404);
}

#[test]
fn a_file_is_refused_for_what_it_is() {
    let portal = Portal::demo();
    let citizen = portal.citizen("0912345678");
    let upload = |form| citizen.post_multipart(&api("/uploads"), form);
    let problem = upload(form("a.pdf", "application/pdf", b"MZ\x90\x00 a program")).problem(422);
    assert_eq!(problem["errors"][0]["field"], "file", "{problem}");
    upload(form("a.png", "image/png", &pdf())).problem(422);
    upload(form("a.pdf", "application/pdf", b"")).problem(422);
    let large = [pdf(), vec![b' '; 21 * 1024 * 1024]].concat();
    let problem = upload(form("a.pdf", "application/pdf", &large)).problem(413);
    assert_eq!(problem["errors"][0]["field"], "file", "{problem}");
    assert_eq!(upload(Multipart::new()).problem(422)["errors"][0]["field"], "file");
    assert_eq!(
        upload(Multipart::new().text("colour", "red")).problem(422)["errors"][0]["field"],
        "colour"
    );
    upload(form("a.pdf", "application/pdf", &pdf()).file(
        "file",
        "b.pdf",
        "application/pdf",
        &pdf(),
    ))
    .problem(422);
    citizen.post(&api("/uploads"), &json!({})).problem(415);
    let cut =
        b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF";
    let headers = [("Content-Type", "multipart/form-data; boundary=x")];
    citizen.send("POST", &api("/uploads"), &headers, cut.to_vec()).problem(400);
}

#[test]
fn an_upload_belongs_to_its_sender_and_to_one_dossier() {
    let portal = Portal::demo();
    let citizen = portal.citizen("0912345678");
    let upload = |sender: &crate::support::http::Client| {
        let form = form("a.pdf", "application/pdf", &pdf());
        sender.post_multipart(&api("/uploads"), form).expect(201).json()["id"].clone()
    };
    let body = |id| {
        with(
            birth(),
            json!({"components": [
                {"id": "tp1", "originals": 1, "copies": 0, "uploads": [id]},
                {"id": "tp2", "originals": 1, "copies": 0, "on_paper": true},
            ]}),
        )
    };
    let mine = upload(&citizen);
    portal.citizen("0987654321").post(&api("/dossiers"), &body(mine.clone())).problem(422);
    filed(citizen.post(&api("/dossiers"), &body(mine.clone())));
    let problem = citizen.post(&api("/dossiers"), &body(mine)).problem(422);
    assert_eq!(problem["errors"][0]["field"], "components[0].uploads");
    // What nobody in particular sent belongs to whoever knows its id.
    filed(citizen.post(&api("/dossiers"), &body(upload(&portal.anybody()))));
}

#[test]
fn an_attachment_needs_the_present_version_and_somebody_who_works_on_it() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let send = |user: &str, version: &str, component: &str| {
        let form = Multipart::new().text("component", component).text("version", version).file(
            "file",
            "a.pdf",
            "application/pdf",
            &pdf(),
        );
        portal.desk(user).post_multipart(&dossier.at("/attachments"), form)
    };
    assert_eq!(send("tiepnhan1", "0", "tp1").problem(422)["errors"][0]["field"], "version");
    assert_eq!(send("tiepnhan1", "1", "tp99").problem(422)["errors"][0]["field"], "component");
    send("tiepnhan1", "7", "tp1").problem(409);
    send("tiepnhan11", "1", "tp1").problem(404);
    send("kiemtra1", "1", "tp1").problem(403);
    let form = Multipart::new().file("file", "a.pdf", "application/pdf", &pdf());
    let desk = portal.desk("tiepnhan1");
    let problem = desk.post_multipart(&dossier.at("/attachments"), form).problem(422);
    assert_eq!(problem["errors"][0]["field"], "version");
    assert_eq!(dossier.version(&desk), 1);
    portal.anybody().post(&dossier.at("/attachments"), &json!({})).problem(401);
}
