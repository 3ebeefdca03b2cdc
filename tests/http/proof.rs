//! Proof: checkpoints that are kept elsewhere find every later change of a log, and each look at a
//! dossier is known to auditors and to its applicant.

use std::fs;
use std::path::{Path, PathBuf};

use motcua::documents::seal::{PaperKey, SignedCheckpoint, checkpoints_in};
use motcua::store::codec::wire::Wire;
use motcua::store::engine::redb::{Options, RedbEngine};
use motcua::store::engine::{Batch, Direction, Engine, Row, Table, scan_prefix};
use motcua::store::event_log::{Hash, Logged, link};
use motcua::store::places::{Block, Place};
use motcua::store::tables::{ALL, CHECKPOINTS, Key, LOG, LOOKS, LOOKS_BY, META, PLACES};
use serde_json::{Value, json};

use crate::api::portal::{Filed, Portal, api, birth, filed, form, pdf, with};
use crate::papers::{at_desk, send};
use crate::support::http::Multipart;
use crate::support::server::{Done, Server};

/// The agency of the demo's first accounts.
const AGENCY: &str = "H40.12";
/// The page of checkpoints.
const PAGE: &str = "/quan-tri/chot-nhat-ky";

/// A folder for what is kept elsewhere.
struct Elsewhere(tempfile::TempDir);

impl Elsewhere {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("plain").to_owned()
    }

    fn keep(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).expect("written");
        path
    }
}

fn taken_in(portal: &Portal, agency: &str, user: &str) -> Filed {
    let body = with(birth(), json!({"channel": "counter", "agency": agency}));
    filed(portal.desk(user).post(&api("/dossiers"), &body))
}

/// Writes the last checkpoint of the agency to a file.
#[track_caller]
fn exported(server: &Server, file: &str) -> Value {
    let done = server.command(&["checkpoint", "export", file, "--agency", AGENCY, "--json"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    serde_json::from_str(&done.stdout).expect("JSON")
}

#[track_caller]
fn create(server: &Server) {
    let done = server.command(&["checkpoint", "create", "--agency", AGENCY]);
    assert_eq!(done.code, Some(0), "{done:?}");
}

fn against(server: &Server, file: &str) -> Done {
    server.command(&["check", "--against", file])
}

#[track_caller]
fn found(done: &Done, sentence: &str) {
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.stdout.contains(sentence), "{done:?}");
}

#[track_caller]
fn holds(done: &Done) {
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.stdout.contains("still holds"), "{done:?}");
}

/// The closed store of a folder.
fn closed(folder: &Path) -> RedbEngine {
    RedbEngine::open(&folder.join("motcua.redb"), &ALL, Options::durable()).expect("it opens")
}

fn rows(engine: &RedbEngine, table: Table) -> Vec<Row> {
    let snapshot = engine.snapshot().expect("a snapshot");
    scan_prefix(snapshot.as_ref(), table, &[], None, Direction::Forward, usize::MAX).expect("rows")
}

#[test]
fn a_checkpoint_that_was_kept_elsewhere_holds_as_paper_as_file_and_by_its_code() {
    let mut portal = Portal::demo();
    let elsewhere = Elsewhere::new();
    taken_in(&portal, AGENCY, "tiepnhan1");
    let auditor = at_desk(portal.server(), "kiemtra1");
    let made = send(&auditor, PAGE, PAGE, &[]).expect(303);
    let way = made.header("Location").expect("the page").to_owned();
    let number = way.rsplit('=').next().expect("a number").to_owned();
    let page = auditor.get(&way).expect(200).text();
    assert!(page.contains(&format!("phiếu số {number}")), "{page}");

    let sheet = auditor.get(&format!("{PAGE}/{AGENCY}/{number}.pdf")).expect(200);
    assert_eq!(sheet.header("Content-Type"), Some("application/pdf"));
    let paper = elsewhere.keep("phieu.pdf", &sheet.body);
    let text = auditor.get(&format!("{PAGE}/{AGENCY}/{number}.txt")).expect(200).text();
    let file = elsewhere.keep("phieu.txt", text.as_bytes());
    let by_command = elsewhere.path("lenh.txt");
    exported(portal.server(), &by_command);
    assert_eq!(fs::read_to_string(&by_command).unwrap(), text);

    // Whoever holds it asks on the page, or elsewhere with the public key alone.
    let code = text.split_whitespace().last().expect("its text").to_owned();
    let told = portal.anybody().get(&format!("/KIEM-TRA/{code}")).expect(200).text();
    assert!(told.contains("vẫn giữ đúng") && told.contains("Ủy ban"), "{told}");
    let sent = Multipart::new().file("file", "phieu.pdf", "application/pdf", &sheet.body);
    let told = portal.anybody().post_multipart("/kiem-tra", sent).expect(200).text();
    assert!(told.contains("Giấy thật, chưa bị sửa") && told.contains("vẫn giữ đúng"), "{told}");
    let verified = portal.server().command(&["verify", &file, "--json"]);
    assert_eq!(verified.code, Some(0), "{verified:?}");

    let auditor_api = portal.desk("kiemtra1");
    let listed = auditor_api.get(&api("/checkpoints?limit=1")).expect(200).json();
    assert_eq!(listed["items"][0]["text"], code);
    let feed = portal.desk("ketnoi1").get(&api("/events?limit=200")).expect(200).json();
    let seq = listed["items"][0]["seq"].as_u64().expect("a sequence");
    let event = feed["items"].as_array().unwrap().iter().find(|event| event["seq"] == seq);
    if let Some(event) = event {
        assert_eq!(event["hash"], listed["items"][0]["hash"]);
    }
    let program = portal.program();
    program.get(&api(&format!("/checkpoints?agency={AGENCY}"))).expect(200);
    assert_eq!(program.get(&api("/checkpoints")).problem(422)["errors"][0]["field"], "agency");
    portal.desk("tiepnhan1").get(&api("/checkpoints")).problem(403);
    auditor_api.get(&api("/checkpoints?agency=H40.15")).problem(404);
    let desk = at_desk(portal.server(), "tiepnhan1");
    assert!(desk.get(PAGE).expect(403).text().contains("không có quyền"));
    auditor.get(&format!("{PAGE}/H40.15/1.pdf")).expect(404);

    // What happens later adds to the log and changes nothing of what was stated.
    taken_in(&portal, AGENCY, "tiepnhan1");
    holds(&against(portal.server(), &paper));
    holds(&against(portal.server(), &file));
    create(portal.server());
    assert_eq!(portal.server_mut().terminate().code(), Some(0));
    for kept in [&paper, &file] {
        holds(&against(portal.server(), kept));
    }
    let next = elsewhere.path("sau.txt");
    let told = exported(portal.server(), &next);
    assert_eq!(told["previous"], json!(hex(&read(&file).digest())), "each names the one before");
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(file: &str) -> SignedCheckpoint {
    checkpoints_in(&fs::read(file).expect("the file")).pop().expect("a checkpoint")
}

/// What an administrator can do who has the folder and every key: the first event of the log gets
/// another actor, and every hash after it is made anew.
fn rewrite(folder: &Path) {
    let engine = closed(folder);
    let (mut before, mut batch): (Hash, Batch) = ([0; 32], Batch::new());
    let mut altered = false;
    for (key, value) in rows(&engine, LOG) {
        let place = Place::from_key(&key).expect("a place");
        let mut logged = Logged::from_bytes(place, &value).expect("an event");
        if logged.event.agency.as_str() != AGENCY {
            continue;
        }
        if !altered {
            logged.header.actor = "lanhdao1".to_owned();
            altered = true;
        }
        before = link(&before, &logged.header.to_bytes());
        logged.hash = before;
        batch.put(LOG, key, logged.to_bytes());
    }
    for (key, _) in rows(&engine, CHECKPOINTS) {
        batch.delete(CHECKPOINTS, key);
    }
    assert!(altered);
    engine.commit(batch).expect("written");
}

#[test]
fn a_log_that_was_written_anew_with_every_key_is_found_by_an_older_checkpoint() {
    let mut portal = Portal::demo();
    let elsewhere = Elsewhere::new();
    create(portal.server());
    let file = elsewhere.path("cu.txt");
    exported(portal.server(), &file);
    assert_eq!(portal.server_mut().terminate().code(), Some(0));
    holds(&against(portal.server(), &file));

    rewrite(portal.server().folder());
    let reindexed = portal.server().command(&["reindex"]);
    assert_eq!(reindexed.code, Some(0), "{reindexed:?}");
    let unaware = portal.server().command(&["check"]);
    assert_eq!(unaware.code, Some(0), "from inside nothing shows: {unaware:?}");
    found(&against(portal.server(), &file), "the chain was written anew");
    // New checkpoints of the rewritten log hide nothing either.
    create(portal.server());
    let late = elsewhere.path("moi.txt");
    exported(portal.server(), &late);
    holds(&against(portal.server(), &late));
    found(&against(portal.server(), &file), "the chain was written anew");
    portal.server_mut().restart();
    let code = read(&file).text();
    let told = portal.anybody().get(&format!("/kiem-tra/{code}")).expect(200).text();
    assert!(told.contains("Không dùng giấy này") && told.contains("đã được viết lại"), "{told}");
}

#[test]
fn a_log_that_was_cut_or_set_back_or_is_another_one_is_told_apart() {
    let mut portal = Portal::demo();
    let elsewhere = Elsewhere::new();
    let folder = portal.server().folder().to_owned();
    let store = folder.join("motcua.redb");
    assert_eq!(portal.server_mut().terminate().code(), Some(0));
    let yesterday = fs::read(&store).expect("the store");
    portal.server_mut().restart();
    taken_in(&portal, AGENCY, "tiepnhan1");
    create(portal.server());
    let file = elsewhere.path("phieu.txt");
    exported(portal.server(), &file);
    // The instance goes on elsewhere, so that only this log ends early when it is cut.
    taken_in(&portal, "H40.15", "tiepnhan11");
    assert_eq!(portal.server_mut().terminate().code(), Some(0));
    holds(&against(portal.server(), &file));

    let today = fs::read(&store).expect("the store");
    cut(&folder);
    found(&against(portal.server(), &file), "the log was cut");
    fs::write(&store, &yesterday).expect("written");
    found(&against(portal.server(), &file), "this is an older copy of the folder");
    fs::write(&store, &today).expect("written");
    holds(&against(portal.server(), &file));

    let mut other = Server::empty();
    other.terminate();
    found(&against(&other, &file), "is of another instance");

    let forged = read(&file).said.sign(&PaperKey::from_bytes(&[9; 32])).text();
    let forged = elsewhere.keep("gia.txt", forged.as_bytes());
    found(&against(portal.server(), &forged), "was never one of this instance");
    let mut letters = read(&file).text().into_bytes();
    let at = letters.len() / 2;
    letters[at] = if letters[at] == b'A' { b'B' } else { b'A' };
    let altered = elsewhere.keep("sua.txt", &letters);
    found(&against(portal.server(), &altered), "the checkpoint itself was altered");
    let nothing = elsewhere.keep("khong.txt", b"Kinh gui: ong An");
    let done = against(portal.server(), &nothing);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.stderr.contains("holds no whole checkpoint"), "{done:?}");
    let missing = against(portal.server(), &elsewhere.path("none.txt"));
    assert_eq!(missing.code, Some(2), "{missing:?}");
}

/// Takes the last event out of the agency's log, with its place.
fn cut(folder: &Path) {
    let engine = closed(folder);
    let prefix = Key::new().agency(&AGENCY.into());
    let mut blocks =
        rows(&engine, PLACES).into_iter().filter(|(key, _)| key.starts_with(prefix.bytes()));
    let (key, value) = blocks.next_back().expect("places");
    let mut block = Block::from_bytes(&value).expect("a block");
    let place = block.0.pop().expect("an event");
    let mut batch = Batch::new();
    batch.delete(LOG, Vec::from(place.key()));
    match block.0.is_empty() {
        true => batch.delete(PLACES, key),
        false => batch.put(PLACES, key, block.to_bytes()),
    }
    engine.commit(batch).expect("written");
}

/// How many rows of looks a page has that contain a text.
fn looks(page: &str, text: &str) -> usize {
    let rows = page.split("<tr role=\"row\">").skip(2);
    rows.filter(|row| row.contains(text)).count()
}

#[test]
fn every_look_is_known_to_the_auditor_and_to_the_applicant() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let sent = form("don.pdf", "application/pdf", &pdf());
    let upload = desk.post_multipart(&api("/uploads"), sent).expect(201).json();
    let papers = json!([
        {"id": "tp1", "originals": 1, "uploads": [upload["id"]]},
        {"id": "tp2", "originals": 1, "on_paper": true},
    ]);
    let body = with(birth(), json!({"channel": "counter", "components": papers}));
    let dossier = filed(desk.post(&api("/dossiers"), &body));
    let code = &dossier.code;
    let here = "/quan-tri/xem-ho-so";
    let of = format!("{here}?ho-so={code}");
    let auditor = at_desk(portal.server(), "kiemtra1");
    let page = auditor.get(&of).expect(200).text();
    assert_eq!(looks(&page, code), 0, "taking it in is no look, and lists are none: {page}");

    let page_desk = at_desk(portal.server(), "thuly1");
    page_desk.get("/mot-cua").expect(200);
    for _ in 0..3 {
        page_desk.get(&format!("/mot-cua/ho-so/{code}")).expect(200);
    }
    page_desk.get(&format!("/mot-cua/ho-so/{code}?xem=giay-to")).expect(200);
    let state = desk.get(&dossier.at("")).expect(200).json();
    let file = state["attachments"][0]["id"].as_str().expect("a file").to_owned();
    page_desk.get(&format!("/mot-cua/ho-so/{code}/tep/{file}")).expect(200);
    desk.get(&dossier.at("/papers/receipt")).expect(200);
    portal.program().get(&dossier.at("")).expect(200);

    let page = auditor.get(&of).expect(200).text();
    assert_eq!(looks(&page, code), 5, "{page}");
    assert_eq!(looks(&page, "thuly1"), 2, "{page}");
    assert_eq!(looks(&page, "Tệp đính kèm"), 1, "{page}");
    assert_eq!(looks(&page, "In giấy của hồ sơ"), 1, "{page}");
    assert_eq!(looks(&page, "phần mềm kết nối"), 1, "{page}");
    assert!(page.contains("thuộc cơ quan giải quyết"), "{page}");
    let one = auditor.get(&format!("{of}&nguoi=thuly1")).expect(200).text();
    assert_eq!((looks(&one, "thuly1"), looks(&one, "tiepnhan1")), (2, 0), "{one}");
    let old = auditor.get(&format!("{here}?ngay=01/01/2020")).expect(200).text();
    assert!(old.contains("Không có lượt xem nào như vậy"), "{old}");
    assert!(
        auditor.get(&format!("{here}?ngay=31/02/2026")).expect(422).text().contains("id=\"loi\"")
    );
    // Who audits another agency sees nothing of it; who audits none may not ask.
    let other = at_desk(portal.server(), "kiemtra11").get(&of).expect(200).text();
    assert_eq!(looks(&other, code), 0, "{other}");
    page_desk.get(here).expect(403);

    let citizen = portal.server().client().with_cookies();
    let fields = [("code", code.as_str()), ("secret", dossier.secret.as_str())];
    send(&citizen, "/tra-cuu", "/tra-cuu", &fields).expect(303);
    let tracked = citizen.get(&format!("/tra-cuu/{code}")).expect(200).text();
    assert!(tracked.contains("Ai đã xem hồ sơ của tôi"), "{tracked}");
    let seen = citizen.get(&format!("/tra-cuu/{code}/ai-da-xem")).expect(200).text();
    for words in ["Trần Thu Hà", "Thụ lý", "Ủy ban", "Phần mềm kết nối của cơ quan", "Tệp đính kèm"]
    {
        assert!(seen.contains(words), "{words}: {seen}");
    }
    // An inspection shows with its function and no name.
    at_desk(portal.server(), "kiemtra1").get(&format!("/mot-cua/ho-so/{code}")).expect(200);
    let seen = citizen.get(&format!("/tra-cuu/{code}/ai-da-xem")).expect(200).text();
    assert!(seen.contains("– Kiểm tra, Ủy ban"), "{seen}");
    let stranger = portal.server().client().with_cookies();
    stranger.get(&format!("/tra-cuu/{code}/ai-da-xem")).expect(303);
}

#[test]
fn looks_that_wait_are_written_at_the_end_and_altered_ones_are_found() {
    let mut portal = Portal::demo();
    let elsewhere = Elsewhere::new();
    let dossier = taken_in(&portal, AGENCY, "tiepnhan1");
    for user in ["tiepnhan1", "thuly1", "lanhdao1"] {
        portal.desk(user).get(&dossier.at("")).expect(200);
    }
    assert_eq!(portal.server_mut().terminate().code(), Some(0));
    let told = portal.server().command(&["check", "--json"]);
    let told: Value = serde_json::from_str(&told.stdout).expect("JSON");
    assert_eq!((&told["ok"], told["looks"].as_u64()), (&json!(true), Some(3)), "{told}");
    create(portal.server());
    let file = elsewhere.path("phieu.txt");
    exported(portal.server(), &file);
    assert_eq!(read(&file).said.looks, 3);

    let folder: PathBuf = portal.server().folder().to_owned();
    let whole = fs::read(folder.join("motcua.redb")).expect("the store");
    let damage = |change: &dyn Fn(&RedbEngine, &mut Batch)| {
        fs::write(folder.join("motcua.redb"), &whole).expect("written");
        let engine = closed(&folder);
        let mut batch = Batch::new();
        change(&engine, &mut batch);
        engine.commit(batch).expect("written");
        drop(engine);
        against(portal.server(), &file)
    };
    let first = |engine: &RedbEngine, table| rows(engine, table).remove(0);
    let altered = damage(&|engine, batch| {
        let (key, mut value) = first(engine, LOOKS);
        let last = value.len() - 1;
        // Why the dossier was theirs.
        value[last] = if value[last] == 1 { 2 } else { 1 };
        batch.put(LOOKS, key, value);
    });
    found(&altered, "look 1: the chain is broken");
    let missing = damage(&|engine, batch| batch.delete(LOOKS, first(engine, LOOKS).0));
    found(&missing, "looks: number 1 is missing");
    let cut = damage(&|engine, batch| {
        batch.delete(LOOKS, rows(engine, LOOKS).pop().expect("a look").0);
    });
    found(&cut, "the log of looks was cut");
    let unlisted = damage(&|engine, batch| batch.delete(LOOKS_BY, first(engine, LOOKS_BY).0));
    found(&unlisted, "a list does not have it");
    let end = damage(&|_, batch| batch.delete(META, b"looks".to_vec()));
    found(&end, "not at 0 as noted");
    let kept = read(&file);
    let own = |engine: &RedbEngine| {
        let mut all = rows(engine, CHECKPOINTS).into_iter();
        all.find(|(_, value)| value == kept.bytes()).expect("the checkpoint")
    };
    let row = damage(&|engine, batch| {
        let (key, mut value) = own(engine);
        value[60] ^= 1;
        batch.put(CHECKPOINTS, key, value);
    });
    found(&row, &format!("checkpoint {} of H40.12", kept.said.number));
    let gone = damage(&|engine, batch| batch.delete(CHECKPOINTS, own(engine).0));
    found(&gone, "the list of checkpoints here does not have it any more");
}
