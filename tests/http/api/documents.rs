//! A person's own papers: results come in by themselves, files are kept by choice, and used again as
//! copies whose origin the desk sees. Nobody else gets at them.

use std::path::Path;

use serde_json::{Value, json};

use super::portal::{Filed, Portal, api, birth, filed, form, pdf, with};
use crate::papers::at_desk;
use crate::support::http::{Client, Multipart, field};

const PHONE: &str = "0912345678";

/// A PDF that differs from others by its words.
fn paper(words: &str) -> Vec<u8> {
    [pdf(), format!("\n% {words}\n%%EOF\n").into_bytes()].concat()
}

/// A birth registration of a citizen with its result as a file.
fn with_result(portal: &Portal, citizen: &Client) -> Filed {
    let file = form("to-khai.pdf", "application/pdf", &paper("tờ khai"));
    let upload = citizen.post_multipart(&api("/uploads"), file).expect(201).json();
    let papers = json!([
        {"id": "tp1", "originals": 1, "copies": 0, "uploads": [upload["id"]]},
        {"id": "tp2", "originals": 1, "copies": 0, "on_paper": true},
    ]);
    let body = with(birth(), json!({"components": papers, "return_channel": "online"}));
    let dossier = filed(citizen.post(&api("/dossiers"), &body));
    for (user, body) in [
        ("tiepnhan1", json!({"action": "accept"})),
        ("dieuphoi1", json!({"action": "assign", "to": "thuly1"})),
        ("thuly1", json!({"action": "submit_for_approval"})),
        ("lanhdao1", json!({"action": "approve"})),
    ] {
        dossier.act(&portal.desk(user), body).expect(200);
    }
    let processor = portal.desk("thuly1");
    let file = form("khai-sinh.pdf", "application/pdf", &paper("giấy khai sinh"));
    let upload = processor.post_multipart(&api("/uploads"), file).expect(201).json();
    let result = json!({"name": "Giấy khai sinh", "number": "12/2026", "uploads": [upload["id"]]});
    let finish = json!({"action": "finish", "favourable": true, "result": result});
    dossier.act(&processor, finish).expect(200);
    dossier
}

fn documents(reader: &Client) -> Vec<Value> {
    let listed = reader.get(&api("/documents")).expect(200).json();
    listed["documents"].as_array().expect("a list").clone()
}

/// A browser without scripts in which a telephone was proved.
pub fn browser(portal: &Portal, phone: &str) -> Client {
    let client = portal.server().client().with_cookies();
    let csrf = field(&client.get("/dang-nhap").expect(200).text(), "_csrf");
    let sent = client.post_form("/dang-nhap", &[("_csrf", &csrf), ("contact", phone)]).expect(303);
    let page = client.get(sent.header("Location").expect("the way on")).expect(200).text();
    let (_, code) = page.split_once("Mã là ").expect("the demo shows the code");
    let csrf = field(&page, "_csrf");
    client.post_form("/dang-nhap/ma", &[("_csrf", &csrf), ("code", &code[..6])]).expect(303);
    client
}

/// Keeps a paper by hand, through the page.
pub fn add(client: &Client, name: &str, expires_on: &str) {
    let page = "/tai-khoan/giay-to/them";
    let csrf = field(&client.get(page).expect(200).text(), "_csrf");
    let sent = Multipart::new()
        .text("_csrf", &csrf)
        .text("name", name)
        .text("expires_on", expires_on)
        .text("agreed", "1")
        .file("files", "giay.pdf", "application/pdf", &paper(name));
    let done = client.post_multipart(page, sent).expect(303);
    assert_eq!(done.header("Location"), Some("/tai-khoan/giay-to?xong=giu"));
}

/// Every file below a folder.
fn files(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}

#[test]
fn a_result_comes_in_by_itself_and_is_used_again_as_a_copy() {
    let portal = Portal::demo();
    let citizen = portal.citizen(PHONE);
    let dossier = with_result(&portal, &citizen);
    let papers = documents(&citizen);
    assert_eq!(papers.len(), 1, "{papers:?}");
    let origin = &papers[0]["origin"];
    assert_eq!((&origin["kind"], &origin["confirmed"]), (&json!("result"), &json!(true)));
    assert_eq!((&origin["name"], &origin["number"]), (&json!("Giấy khai sinh"), &json!("12/2026")));
    assert_eq!(origin["dossier"], dossier.code.as_str());
    let id = papers[0]["id"].as_str().expect("an id");
    let file = papers[0]["files"][0]["id"].as_str().expect("an id");
    let address = api(&format!("/documents/{id}/files/{file}"));
    assert_eq!(citizen.get(&address).expect(200).body, paper("giấy khai sinh"));
    assert_eq!(citizen.get(&api(&format!("/documents/{id}"))).expect(200).json(), papers[0]);
    let kept = citizen.send("DELETE", &api(&format!("/documents/{id}")), &[], Vec::new());
    kept.problem(409);

    // Nobody else sees it, uses it or takes it away.
    let other = portal.citizen("0987654321");
    assert!(documents(&other).is_empty());
    other.get(&address).problem(404);
    other.get(&api(&format!("/documents/{id}"))).problem(404);
    other.send("DELETE", &api(&format!("/documents/{id}")), &[], Vec::new()).problem(404);
    portal.desk("thuly1").get(&api("/documents")).problem(401);
    let uses = json!({"components": [
        {"id": "tp1", "originals": 1, "copies": 0, "documents": [id]},
        {"id": "tp2", "originals": 1, "copies": 0, "on_paper": true},
    ]});
    let refused = other.post(&api("/dossiers"), &with(birth(), uses.clone())).problem(422);
    assert_eq!(refused["errors"][0]["field"], "components[0].documents[0]");

    let again = filed(citizen.post(&api("/dossiers"), &with(birth(), uses)));
    let desk = portal.desk("tiepnhan1");
    let state = desk.get(&again.at("")).expect(200).json();
    let copy = &state["attachments"][0];
    assert_ne!(copy["id"], file, "its own copy");
    assert_eq!(copy["origin"], *origin);
    let copy = again.at(&format!("/attachments/{}", copy["id"].as_str().expect("an id")));
    assert_eq!(desk.get(&copy).expect(200).body, paper("giấy khai sinh"));
}

#[test]
fn the_desk_reads_where_a_paper_comes_from() {
    let portal = Portal::demo();
    let citizen = portal.citizen(PHONE);
    let first = with_result(&portal, &citizen);
    let id = documents(&citizen)[0]["id"].clone();
    let uses = json!({"components": [
        {"id": "tp1", "originals": 1, "copies": 0, "documents": [id]},
        {"id": "tp2", "originals": 1, "copies": 0, "on_paper": true},
    ]});
    let again = filed(citizen.post(&api("/dossiers"), &with(birth(), uses)));
    let desk = at_desk(portal.server(), "tiepnhan1");
    let page = desk.get(&format!("/mot-cua/ho-so/{}?xem=giay-to", again.code)).expect(200).text();
    let said = format!(
        "Lấy từ kho của người nộp: kết quả Giấy khai sinh số 12/2026 của hồ sơ {}",
        first.code
    );
    assert!(page.contains(&said), "{page}");
}

#[test]
fn a_paper_that_is_kept_is_reused_until_it_expires_and_goes_for_good() {
    let mut portal = Portal::demo();
    let citizen = portal.citizen(PHONE);
    let client = browser(&portal, PHONE);
    let blobs = portal.server().folder().join("blobs");
    let before = files(&blobs);
    add(&client, "Giấy chứng nhận kết hôn", "");
    add(&client, "Giấy khám sức khỏe", "1/2/2020");
    let page = client.get("/tai-khoan/giay-to").expect(200).text();
    assert!(page.contains("Giấy chứng nhận kết hôn") && page.contains("Hết hạn từ"), "{page}");
    assert!(client.get("/tai-khoan").expect(200).text().contains("Giấy tờ sắp hoặc đã hết hạn"));
    let papers = documents(&citizen);
    let named = |name: &str| {
        let found = papers.iter().find(|paper| paper["origin"]["name"] == name);
        found.expect("it is there")["id"].as_str().expect("an id").to_owned()
    };
    let (good, over) = (named("Giấy chứng nhận kết hôn"), named("Giấy khám sức khỏe"));
    let uses = |id: &str| {
        with(
            birth(),
            json!({"components": [
                {"id": "tp1", "originals": 1, "copies": 0, "documents": [id]},
                {"id": "tp2", "originals": 1, "copies": 0, "on_paper": true},
            ]}),
        )
    };
    let refused = citizen.post(&api("/dossiers"), &uses(&over)).problem(422);
    assert_eq!(refused["errors"][0]["field"], "components[0].documents[0]");
    let dossier = filed(citizen.post(&api("/dossiers"), &uses(&good)));
    assert_eq!(files(&blobs), before + 3, "two that are kept, and the dossier's copy");
    check(&portal, 0);

    let other = browser(&portal, "0987654321");
    for page in [format!("{good}/xoa"), format!("{good}/tep/{good}")] {
        other.get(&format!("/tai-khoan/giay-to/{page}")).expect(404);
    }
    let ask = format!("/tai-khoan/giay-to/{good}/xoa");
    let page = client.get(&ask).expect(200).text();
    assert!(page.contains("không lấy lại được"), "{page}");
    client.post_form(&ask, &[("_csrf", "x")]).expect(403);
    let gone = client.post_form(&ask, &[("_csrf", &field(&page, "_csrf"))]).expect(303);
    assert_eq!(gone.header("Location"), Some("/tai-khoan/giay-to?xong=xoa"));
    citizen.send("DELETE", &api(&format!("/documents/{over}")), &[], Vec::new()).expect(204);
    assert!(documents(&citizen).is_empty());
    assert_eq!(files(&blobs), before + 1, "only the dossier's copy is left");
    let state = portal.desk("tiepnhan1").get(&dossier.at("")).expect(200).json();
    assert_eq!(state["attachments"][0]["origin"]["kind"], "added");
    portal.server_mut().terminate();
    check(&portal, 0);
}

fn check(portal: &Portal, code: i32) -> String {
    let folder = portal.server().folder().to_str().expect("a plain name").to_owned();
    let done = portal.server().command(&["check"]);
    assert_eq!(done.code, Some(code), "{folder}: {}{}", done.stdout, done.stderr);
    done.stdout + &done.stderr
}

/// No procedure of the catalogue, which lies in clear, asks for a paper of this name.
const NAME: &str = "Giấy quyết định số bảy của bà Tư";

#[test]
fn papers_are_sealed_and_a_lost_file_is_found() {
    let mut portal = Portal::demo();
    let client = browser(&portal, PHONE);
    let blobs = portal.server().folder().join("blobs");
    let known = all(&blobs);
    add(&client, NAME, "");
    let fresh: Vec<_> = all(&blobs).into_iter().filter(|path| !known.contains(path)).collect();
    assert_eq!(fresh.len(), 1);
    portal.server_mut().terminate();
    for name in ["motcua.redb", "relaxed.redb"] {
        let bytes = std::fs::read(portal.server().folder().join(name)).expect("a store");
        let holds = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        assert!(!holds(NAME), "{name} has the name of a paper in clear");
    }
    std::fs::remove_file(&fresh[0]).expect("removed");
    let told = check(&portal, 1);
    assert!(told.contains("papers of person") && told.contains("missing"), "{told}");
}

fn all(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.flat_map(|path| if path.is_dir() { all(&path) } else { vec![path] }).collect()
}

#[test]
fn papers_of_a_dossier_are_kept_by_choice_and_with_consent() {
    let portal = Portal::demo();
    let citizen = portal.citizen(PHONE);
    let dossier = with_result(&portal, &citizen);
    let client = browser(&portal, PHONE);
    let page = format!("/tai-khoan/giay-to/giu/{}", dossier.code);
    let shown = client.get(&page).expect(200).text();
    assert!(shown.contains("Mục đích duy nhất"), "{shown}");
    let csrf = field(&shown, "_csrf");
    let state = portal.desk("tiepnhan1").get(&dossier.at("")).expect(200).json();
    let handed_in = state["attachments"].as_array().expect("files").iter();
    let handed_in = handed_in.clone().find(|file| file["is_result"] == false).expect("a paper");
    let id = handed_in["id"].as_str().expect("an id");
    let refused = client.post_form(&page, &[("_csrf", &csrf), ("files", id)]).expect(422).text();
    assert!(refused.contains("Đánh dấu đồng ý"), "{refused}");
    let agreed = [("_csrf", csrf.as_str()), ("files", id), ("agreed", "1")];
    client.post_form(&page, &agreed).expect(303);
    let kept = documents(&citizen).into_iter().find(|paper| paper["origin"]["kind"] == "handed_in");
    let kept = kept.expect("it is kept");
    assert_eq!(kept["origin"]["dossier"], dossier.code.as_str());
    assert_ne!(kept["files"][0]["id"], id, "a copy");
    browser(&portal, "0987654321").get(&page).expect(404);
}
