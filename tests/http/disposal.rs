//! Disposal: what was disposed of is nowhere any more, not in a store that was restored from before it
//! either; and an interrupted change of the keyring is finished.

use std::fs;
use std::path::{Path, PathBuf};

use motcua::documents::blobs::{BlobFault, BlobKey, BlobStore};
use motcua::store::engine::redb::{Options, RedbEngine};
use motcua::store::engine::{Batch, Engine};
use motcua::store::keyring::SealKey;
use motcua::store::tables::{ALL, META};
use serde_json::{Value, json};

use crate::api::portal::{Filed, Portal, api, birth, filed, form, with};
use crate::papers::{at_desk, send};
use crate::support::http::Client;
use crate::support::server::{Server, motcua};

/// The page.
const HERE: &str = "/quan-tri/tieu-huy";
/// Long after every period of the demo's dossiers.
const LATER: &str = "2045-01-05T09:00:00+07:00";
/// What must be nowhere: the name as typed and as searches fold it, number and telephone.
const TRACES: [&str; 5] = [
    "Đặng Thị Ngọc Uyển",
    "đặng thị ngọc uyển",
    "dang thi ngoc uyen",
    "001190012345",
    "0987650321",
];

/// A dossier with a file, refused with a reason: the name stands in answers, letters and file.
fn refused(portal: &Portal) -> Filed {
    let citizen = portal.citizen("0987650321");
    let pdf = crate::api::portal::pdf();
    let named = [&pdf[..], "\n% Đặng Thị Ngọc Uyển 001190012345\n".as_bytes()].concat();
    let sent = form("dang-thi-ngoc-uyen.pdf", "application/pdf", &named);
    let upload = citizen.post_multipart(&api("/uploads"), sent).expect(201).json();
    // What it is about is kept for years, not for ever as matters of civil status are.
    let promised = |id: &str| json!({"id": id, "originals": 1, "on_paper": true});
    let body = json!({
        "procedure": "1.002153", "agency": "H40.12", "channel": "online",
        "applicant": {
            "name": TRACES[0], "phone": TRACES[4], "id_number": TRACES[3],
            "birth_date": "1990-05-17", "email": "uyen@example.vn",
        },
        "components": [
            {"id": "tp1", "originals": 1, "uploads": [upload["id"]]},
            promised("tp2"), promised("tp3"),
        ],
    });
    let dossier = filed(citizen.post(&api("/dossiers"), &body));
    let reason = format!("{} chưa nộp chứng chỉ hành nghề.", TRACES[0]);
    let act = json!({"action": "refuse", "version": 1, "reason": reason});
    portal.desk("tiepnhan1").post(&dossier.at("/actions"), &act).expect(200);
    dossier
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        match entry.file_type().expect("a type") {
            kind if kind.is_dir() => copy(&entry.path(), &target),
            kind if kind.is_file() => {
                fs::copy(entry.path(), target).expect("copied");
            }
            _ => {}
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("one").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The files of a folder in whose raw bytes a trace of the person is.
fn traces(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for path in files(folder) {
        let bytes = fs::read(&path).unwrap_or_default();
        for trace in TRACES {
            if memchr::memmem::find(&bytes, trace.as_bytes()).is_some() {
                found.push(format!("{}: {trace}", path.display()));
            }
        }
    }
    found
}

#[track_caller]
fn fits(folder: &Path) {
    let data = folder.to_str().expect("plain");
    let done = motcua(&["check", "--data", data]);
    assert_eq!(done.code, Some(0), "{done:?}");
}

/// The search for traces sees a name that is not sealed: in the store, and in a file.
fn plant(folder: &Path, planted: &Path) {
    copy(folder, planted);
    let engine = RedbEngine::open(&planted.join("motcua.redb"), &ALL, Options::durable()).unwrap();
    let mut batch = Batch::new();
    batch.put(META, b"planted".to_vec(), TRACES[0].as_bytes().to_vec());
    engine.commit(batch).unwrap();
    drop(engine);
    fs::write(planted.join("blobs/tep"), TRACES[3]).unwrap();
    assert_eq!(traces(planted).len(), 2, "{:?}", traces(planted));
}

/// The folder of files with the key that opens its pieces, as somebody has them who has today's keys.
fn blobs(folder: &Path, keys: &Path) -> BlobStore {
    let bytes = |path: &str| {
        let text = fs::read_to_string(keys.join(path)).expect("a key");
        data_encoding::HEXLOWER.decode(text.trim().as_bytes()).expect("hexadecimal")
    };
    let instance = SealKey::from_bytes(bytes("instance.key").try_into().expect("32 bytes"));
    let text = instance.open(b"blobs", &bytes("blobs.key")).expect("opened");
    let key: BlobKey = String::from_utf8(text).expect("text").parse().expect("an age identity");
    BlobStore::new(folder.join("blobs"), key).expect("a folder")
}

/// No key of the folder opens a file that lies in a copy of yesterday.
#[track_caller]
fn no_key_opens_files(yesterday: &Path, keys: &Path, blob: &str) {
    let copies = blobs(yesterday, keys);
    let old: Vec<_> = copies.list().expect("a list").map(|blob| blob.expect("one").id).collect();
    assert!(old.iter().any(|id| id.to_string() == blob), "{old:?}");
    for id in old {
        assert!(matches!(copies.open(id, None), Err(BlobFault::Sealed { .. })), "{id}");
    }
}

/// How many dossiers the desk finds by the person's number.
fn found_by_number(desk: &Client) -> usize {
    let found = desk.get(&api(&format!("/dossiers?q={}", TRACES[3]))).expect(200).json();
    found["items"].as_array().expect("items").len()
}

/// Approves the disposal of a dossier, as the head of the centre does.
fn approve(portal: &Portal, code: &str) {
    let head = at_desk(portal.server(), "giamdoc1");
    let listed = head.get(HERE).expect(200).text();
    assert!(listed.contains(code), "{listed}");
    let nothing = send(&head, HERE, HERE, &[("ma", code)]).expect(422).text();
    assert!(nothing.contains("Ghi căn cứ tiêu hủy"), "{nothing}");
    let fields = [("ma", code), ("ground", "Quyết định 12/QĐ-UBND ngày 04/01/2045")];
    let asked = send(&head, HERE, HERE, &fields).expect(200).text();
    assert!(asked.contains("Không khôi phục được"), "{asked}");
    let sure = [&fields[..], &[("_sure", "1")]].concat();
    let done = send(&head, HERE, HERE, &sure).expect(303);
    assert_eq!(done.header("Location"), Some("/quan-tri/tieu-huy?xong=1"));
}

#[test]
fn what_was_disposed_of_is_gone_from_files_and_from_a_store_that_was_restored() {
    let mut portal = Portal::demo();
    let dossier = refused(&portal);
    let code = dossier.code.clone();
    let desk = portal.desk("tiepnhan1");
    let state = desk.get(&dossier.at("")).expect(200).json();
    assert_eq!(state["owner"]["name"], TRACES[0]);
    let blob = state["attachments"][0]["id"].as_str().expect("a file").to_owned();
    assert_eq!(portal.server_mut().terminate().code(), Some(0));
    let folder = portal.server().folder().to_owned();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let yesterday = elsewhere.path().join("yesterday");
    copy(&folder, &yesterday);

    plant(&folder, &elsewhere.path().join("planted"));

    portal.server_mut().restart_at(LATER);
    approve(&portal, &code);
    let desk = portal.desk("tiepnhan1");
    desk.get(&dossier.at("")).problem(404);
    desk.get(&dossier.at(&format!("/attachments/{blob}"))).problem(404);
    assert_eq!(found_by_number(&desk), 0);
    let head = at_desk(portal.server(), "giamdoc1");
    let records = head.get(HERE).expect(200).text();
    for words in [code.as_str(), "Quyết định 12/QĐ-UBND ngày 04/01/2045", "Người phê duyệt:"]
    {
        assert!(records.contains(words), "{words}: {records}");
    }
    // The office goes on under the new key.
    let next = with(birth(), json!({"channel": "counter"}));
    let next = filed(desk.post(&api("/dossiers"), &next));
    desk.get(&next.at("")).expect(200);
    assert_eq!(portal.server_mut().terminate().code(), Some(0));
    fits(&folder);
    assert_eq!(traces(&folder), Vec::<String>::new());
    assert!(!files(&folder).iter().any(|path| path.to_string_lossy().contains(&blob)));

    no_key_opens_files(&yesterday, &folder.join("keys"), &blob);

    // Yesterday's data beside today's keys, as a backup is restored.
    let restored = tempfile::tempdir().expect("a folder");
    copy(&yesterday, restored.path());
    fs::remove_dir_all(restored.path().join("keys")).unwrap();
    copy(&folder.join("keys"), &restored.path().join("keys"));
    assert!(files(restored.path()).iter().any(|path| path.to_string_lossy().contains(&blob)));
    // Opened once it forgets, opened again it has overwritten what it forgot.
    fits(restored.path());
    fits(restored.path());
    assert_eq!(traces(restored.path()), Vec::<String>::new());
    assert!(!files(restored.path()).iter().any(|path| path.to_string_lossy().contains(&blob)));
    let server = Server::on(restored);
    let token = server.command(&["token", "create", "--user", "tiepnhan1", "--json"]);
    let token: Value = serde_json::from_str(&token.stdout).expect("JSON");
    let desk = server.client().bearer(token["token"].as_str().expect("a token"));
    desk.get(&dossier.at("")).expect(404);
    assert_eq!(found_by_number(&desk), 0);
    drop(server);

    // The keys of yesterday do not open today's store, and say so.
    let mixed = elsewhere.path().join("mixed");
    copy(&folder, &mixed);
    fs::remove_dir_all(mixed.join("keys")).unwrap();
    copy(&yesterday.join("keys"), &mixed.join("keys"));
    let done = motcua(&["check", "--data", mixed.to_str().expect("plain")]);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.stderr.contains("keys/ is older than the store"), "{done:?}");
    // Yesterday's keys still open yesterday's store: no copy of them may be kept.
    fits(&yesterday);
}

#[test]
fn a_change_of_the_keyring_that_was_interrupted_is_finished_at_the_next_start() {
    let mut portal = Portal::demo();
    let dossier = refused(&portal);
    assert_eq!(portal.server_mut().terminate().code(), Some(0));
    let folder = portal.server().folder().to_owned();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let before = elsewhere.path().join("before");
    copy(&folder, &before);
    portal.server_mut().restart_at(LATER);
    approve(&portal, &dossier.code);
    assert_eq!(portal.server_mut().terminate().code(), Some(0));

    let after = elsewhere.path().join("after");
    copy(&folder, &after);

    let old = fs::read(before.join("keys/keyring.key")).unwrap();
    let new = fs::read(after.join("keys/keyring.key")).unwrap();
    let keys = folder.join("keys");
    // Cut off before the first row was wrapped anew, after the last one, and while the old key was
    // being overwritten.
    for (store, present) in [(&before, &old), (&after, &old), (&after, &vec![b'0'; old.len()])] {
        fs::remove_dir_all(&folder).unwrap();
        copy(store, &folder);
        fs::write(keys.join("keyring.next"), &new).unwrap();
        fs::write(keys.join("keyring.key"), present).unwrap();
        if present == &old && keys.join("keyring.copy").exists() {
            fs::remove_file(keys.join("keyring.copy")).unwrap();
        }
        portal.server_mut().restart_at(LATER);
        let done = portal.server().command(&["check"]);
        assert_eq!(done.code, Some(0), "{done:?}");
        assert_eq!(portal.server_mut().terminate().code(), Some(0));
        assert!(!keys.join("keyring.next").exists() && keys.join("keyring.copy").exists());
        assert_eq!(fs::read(keys.join("keyring.key")).unwrap(), new);
        fits(&folder);
    }
}

#[test]
fn who_may_not_approve_and_what_is_not_due_is_refused() {
    let portal = Portal::demo();
    let dossier = refused(&portal);
    let head = at_desk(portal.server(), "giamdoc1");
    let listed = head.get(HERE).expect(200).text();
    assert!(listed.contains("Không có hồ sơ nào hết hạn lưu") && !listed.contains(&dossier.code));
    let desk = at_desk(portal.server(), "tiepnhan1");
    desk.get(HERE).expect(403);
    let auditor = at_desk(portal.server(), "kiemtra1");
    let seen = auditor.get(HERE).expect(200).text();
    assert!(seen.contains("Biên bản tiêu hủy") && !seen.contains("name=\"ground\""), "{seen}");
}
