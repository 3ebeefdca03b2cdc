//! Personal data: what needs consent is asked for and never assumed, and is taken back with effect at
//! once.

use crate::api::documents::add;
use crate::api::portal::Portal;
use crate::drafts::{DEATH, begin, location};
use crate::filing::{filled, posted};
use crate::forms::citizen;
use crate::papers::{at_desk, send};
use crate::support::http::{Client, field};
use crate::support::server::Server;

const NAME: &str = "Trần Văn Ộ";
const PLAIN: &str = "1.001022";
const BIRTH: &str = "1.001193";
const DATA: &str = "/tai-khoan/thong-tin";
const CONSENTS: &str = "/tai-khoan/dong-y";
const PAPERS: &str = "/tai-khoan/giay-to";
const COPY: &str = "/tai-khoan/ban-sao";
const REQUESTS: &str = "/tai-khoan/yeu-cau";
const ASK: &str = "/tai-khoan/yeu-cau/moi";
const DESK: &str = "/quan-tri/yeu-cau-du-lieu";

/// Makes the first request of an instance, at the first commune.
fn ask(client: &Client, kind: &str) {
    let fields = [("kind", kind), ("text", "Theo quyền của tôi"), ("agency", "H40.12")];
    send(client, ASK, ASK, &fields).expect(303);
}

fn page(client: &Client, path: &str) -> String {
    client.get(path).expect(200).text()
}

/// The tag of the box of a page with this name.
fn box_of<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let (_, tag) = page.split_once(&format!("name=\"{name}\" type=\"checkbox\""))?;
    tag.split('>').next()
}

#[test]
fn who_files_is_remembered_by_consent_alone_and_forgotten_when_it_is_taken_back() {
    let server = Server::demo();
    let citizen = citizen(&server);
    let last = filled(&citizen);
    let shown = page(&citizen, &last);
    assert!(shown.contains("Dữ liệu cá nhân được dùng thế nào"), "{shown}");
    let asked = box_of(&shown, "remember").expect("a box");
    assert!(!asked.contains("checked"), "{asked}");
    location(posted(&citizen, &last, &[("pledge", "1")]));
    assert!(!page(&citizen, DATA).contains(NAME), "nothing was agreed to");
    assert!(!page(&citizen, &begin(&citizen, BIRTH)).contains(NAME));

    let last = filled(&citizen);
    // What was ticked stays ticked when something else is missing.
    let refused = posted(&citizen, &last, &[("remember", "1")]).expect(422).text();
    assert!(box_of(&refused, "remember").expect("a box").contains("checked"), "{refused}");
    let fields = [("pledge", "1"), ("once_more", "1"), ("remember", "1")];
    location(posted(&citizen, &last, &fields));
    assert!(page(&citizen, DATA).contains(NAME));
    assert!(page(&citizen, &begin(&citizen, DEATH)).contains(NAME));
    let consents = page(&citizen, CONSENTS);
    assert!(consents.contains("khi nộp hồ sơ (bản 1)"), "{consents}");

    let gone = send(&citizen, CONSENTS, CONSENTS, &[("muc-dich", "remember")]).expect(303);
    let told = page(&citizen, gone.header("Location").expect("a way on"));
    assert!(told.contains("Đã rút lại") && told.contains("Rút lại: Ghi nhớ thông tin"), "{told}");
    assert!(told.contains("Đồng ý: Ghi nhớ thông tin"), "the record stays: {told}");
    assert!(!page(&citizen, DATA).contains(NAME));
    assert!(!page(&citizen, &begin(&citizen, PLAIN)).contains(NAME));
}

#[test]
fn details_are_not_saved_without_a_tick() {
    let server = Server::demo();
    let citizen = citizen(&server);
    let own = [("applicant.name", NAME)];
    let refused = send(&citizen, DATA, DATA, &own).expect(422).text();
    assert!(refused.contains("href=\"#f-remember\"") && refused.contains(NAME), "{refused}");
    assert!(!page(&citizen, DATA).contains(NAME));
    send(&citizen, DATA, DATA, &[own[0], ("remember", "1")]).expect(303);
    // Once agreed, it is not asked again.
    let known = page(&citizen, DATA);
    assert!(known.contains(NAME) && box_of(&known, "remember").is_none(), "{known}");
    send(&citizen, DATA, DATA, &[("applicant.name", "Lê Thị Tám")]).expect(303);
    assert!(page(&citizen, DATA).contains("Lê Thị Tám"));
    assert!(page(&citizen, CONSENTS).contains("trong tài khoản (bản 1)"));
}

#[test]
fn kept_papers_go_with_the_consent() {
    let server = Server::demo();
    let citizen = citizen(&server);
    add(&citizen, "Giấy khai sinh", "");
    assert!(page(&citizen, CONSENTS).contains("khi giữ giấy tờ (bản 1)"));
    let purpose = ("muc-dich", "papers");
    let asked = send(&citizen, CONSENTS, CONSENTS, &[purpose]).expect(200).text();
    assert!(asked.contains("1 giấy tờ đã giữ bị xóa ngay"), "{asked}");
    assert!(page(&citizen, PAPERS).contains("Giấy khai sinh"), "nothing has gone yet");
    send(&citizen, CONSENTS, CONSENTS, &[purpose, ("_sure", "1")]).expect(303);
    assert!(!page(&citizen, PAPERS).contains("Giấy khai sinh"));
    assert!(page(&citizen, CONSENTS).contains("Không đồng ý"));
}

#[test]
fn rights_are_said_to_everybody_in_both_languages() {
    let server = Server::demo();
    let anybody = server.client();
    let home = page(&anybody, "/");
    assert!(home.contains("href=\"/quyen-du-lieu\""), "{home}");
    let rights = page(&anybody, "/quyen-du-lieu");
    for said in ["Khi nộp tại quầy", "91/2025/QH15", "Điều 19", "không ô nào được đánh dấu sẵn"]
    {
        assert!(rights.contains(said), "{said}: {rights}");
    }
    assert!(page(&anybody, "/quyen-du-lieu?lang=en").contains("needs no consent"));
    assert!(page(&anybody, "/dang-nhap").contains("Gửi mã một lần để biết chắc"));
}

#[test]
fn a_restriction_is_asked_for_granted_and_ended_by_the_person() {
    let server = Server::demo();
    let (citizen, head) = (citizen(&server), at_desk(&server, "giamdoc1"));
    send(&citizen, DATA, DATA, &[("applicant.name", NAME), ("remember", "1")]).expect(303);
    let unsaid = send(&citizen, ASK, ASK, &[("kind", "restrict"), ("agency", "H40.12")]);
    assert!(unsaid.expect(422).text().contains("href=\"#f-text\""));
    ask(&citizen, "restrict");
    let own = page(&citizen, REQUESTS);
    assert!(own.contains("YC-1") && own.contains("Mới nhận"), "{own}");
    let list = page(&head, DESK);
    assert!(list.contains("YC-1") && list.contains(NAME) && !list.contains("0912345678"), "{list}");

    let one = format!("{DESK}/1");
    let nothing = send(&head, &one, &one, &[("seen", "1")]).expect(422).text();
    assert!(nothing.contains("Chọn việc làm"), "{nothing}");
    let told = [("seen", "1"), ("deed", "tell"), ("text", "Trả lời trong 15 ngày")];
    send(&head, &one, &one, &told).expect(303);
    assert!(page(&citizen, REQUESTS).contains("Trả lời trong 15 ngày"));
    // Who saw it before that does not decide over it.
    send(&head, &one, &one, &[("seen", "1"), ("deed", "grant")]).expect(409);
    let longer = [("seen", "2"), ("deed", "extend"), ("text", "Cần xác minh")];
    send(&head, &one, &one, &longer).expect(303);
    let again = [("seen", "3"), ("deed", "extend"), ("text", "Cần xác minh nữa")];
    send(&head, &one, &one, &again).expect(409);
    send(&head, &one, &one, &[("seen", "3"), ("deed", "grant")]).expect(303);
    assert!(page(&citizen, REQUESTS).contains("Đã thực hiện"));

    assert!(!page(&citizen, &begin(&citizen, BIRTH)).contains(NAME), "it is not offered");
    assert!(page(&citizen, DATA).contains(NAME), "and not lost");
    assert!(page(&citizen, CONSENTS).contains("không được dùng để điền sẵn"));
    send(&citizen, CONSENTS, CONSENTS, &[("muc-dich", "han-che")]).expect(303);
    assert!(page(&citizen, &begin(&citizen, DEATH)).contains(NAME));
}

#[test]
fn an_erasure_is_refused_on_a_ground_of_the_law_or_done_at_once() {
    let server = Server::demo();
    let (citizen, head) = (citizen(&server), at_desk(&server, "giamdoc1"));
    add(&citizen, "Giấy khai sinh", "");
    ask(&citizen, "erase");
    ask(&citizen, "erase");
    let one = format!("{DESK}/1");
    let refused = [("seen", "1"), ("deed", "refuse"), ("text", "Còn hồ sơ đang lưu")];
    let groundless = send(&head, &one, &one, &refused).expect(422).text();
    assert!(groundless.contains("href=\"#f-ground\"") && groundless.contains("Còn hồ sơ"));
    let grounded = [refused[0], refused[1], refused[2], ("ground", "archive")];
    send(&head, &one, &one, &grounded).expect(303);
    let own = page(&citizen, REQUESTS);
    assert!(own.contains("Luật Lưu trữ số 33/2024/QH15") && own.contains("Còn hồ sơ"), "{own}");
    assert!(page(&citizen, PAPERS).contains("Giấy khai sinh"));
    send(&citizen, REQUESTS, REQUESTS, &[("so", "1")]).expect(409);

    let two = format!("{DESK}/2");
    assert!(page(&head, &two).contains("không lấy lại được"));
    send(&head, &two, &two, &[("seen", "1"), ("deed", "grant")]).expect(303);
    citizen.get(PAPERS).expect(303);
    let again = crate::forms::citizen(&server);
    assert!(!page(&again, PAPERS).contains("Giấy khai sinh"));
    let record = page(&again, CONSENTS);
    assert!(record.contains("Xóa tài khoản") && record.contains("YC-2"), "{record}");
}

/// Takes a request of the citizen of these tests in at the counter.
fn record(desk: &Client, kind: &str) {
    let new = format!("{DESK}/moi");
    let asked = [
        ("name", NAME),
        ("id_number", "036085990001"),
        ("contact", "0912345678"),
        ("kind", kind),
        ("text", "Theo quyền của tôi"),
        ("identified", "1"),
    ];
    send(desk, &new, &new, &asked).expect(303);
}

#[test]
fn nobody_at_the_desk_deletes_alone_what_a_citizen_keeps() {
    let server = Server::demo();
    let (citizen, head) = (citizen(&server), at_desk(&server, "giamdoc1"));
    let (admin, receptionist) = (at_desk(&server, "quantri"), at_desk(&server, "tiepnhan1"));
    add(&citizen, "Giấy khai sinh", "");
    for (number, kind) in [(1, "erase"), (2, "withdraw")] {
        record(&head, kind);
        let one = format!("{DESK}/{number}");
        let shown = page(&head, &one);
        assert!(shown.contains("người đứng đầu hoặc quản trị viên khác"), "{shown}");
        assert!(!shown.contains("value=\"grant\""), "{shown}");
        let alone = send(&head, &one, &one, &[("seen", "1"), ("deed", "grant")]).expect(422);
        assert!(alone.text().contains("do chính bạn ghi nhận"), "{}", alone.text());
        // What nobody granted is not carried out either.
        send(&head, &one, &one, &[("seen", "1"), ("deed", "carry")]).expect(409);
        send(&admin, &one, &one, &[("seen", "1"), ("deed", "carry")]).expect(409);
        assert!(page(&citizen, PAPERS).contains("Giấy khai sinh"), "{kind}");
    }
    // Who only takes requests in grants none.
    record(&receptionist, "erase");
    let third = format!("{DESK}/3");
    send(&receptionist, &third, &third, &[("seen", "1"), ("deed", "grant")]).expect(403);

    let one = format!("{DESK}/1");
    send(&admin, &one, &one, &[("seen", "1"), ("deed", "grant")]).expect(303);
    citizen.get(PAPERS).expect(303);
    let shown = page(&admin, &one);
    assert!(shown.contains("giamdoc1") && shown.contains("quantri"), "it says who both were");
    let again = crate::forms::citizen(&server);
    assert!(!page(&again, PAPERS).contains("Giấy khai sinh"));
    assert!(!page(&again, REQUESTS).contains("giamdoc1"), "and names no official to who asked");
}

#[test]
fn what_is_still_asked_for_ends_with_the_account() {
    let server = Server::demo();
    let (citizen, head) = (citizen(&server), at_desk(&server, "giamdoc1"));
    ask(&citizen, "access");
    ask(&citizen, "erase");
    let two = format!("{DESK}/2");
    send(&head, &two, &two, &[("seen", "1"), ("deed", "grant")]).expect(303);
    let shown = page(&head, &format!("{DESK}/1"));
    assert!(shown.contains("Đóng vì tài khoản đã xóa"), "{shown}");
    assert!(!shown.contains("name=\"deed\""), "nothing is left to do");
    let done = page(&head, &two);
    assert!(done.contains("Đã thực hiện") && !done.contains("Đóng vì"), "{done}");
    let again = crate::forms::citizen(&server);
    let record = page(&again, CONSENTS);
    assert!(record.contains("Đóng yêu cầu YC-1 cùng tài khoản"), "{record}");
}

#[test]
fn who_has_no_account_asks_at_the_counter() {
    let server = Server::demo();
    let desk = at_desk(&server, "tiepnhan1");
    let new = format!("{DESK}/moi");
    let asked = [
        ("name", NAME),
        ("id_number", "036085990001"),
        ("kind", "access"),
        ("text", "Xem dữ liệu của tôi"),
    ];
    let unknown = send(&desk, &new, &new, &asked).expect(422).text();
    assert!(unknown.contains("href=\"#f-identified\""), "{unknown}");
    let identified = [&asked[..], &[("identified", "1")]].concat();
    let at = send(&desk, &new, &new, &identified).expect(303);
    assert_eq!(at.header("Location"), Some("/quan-tri/yeu-cau-du-lieu/1"));
    let shown = page(&desk, "/quan-tri/yeu-cau-du-lieu/1");
    assert!(shown.contains("036085990001") && !shown.contains("name=\"deed\""), "{shown}");
    assert!(!page(&desk, DESK).contains("036085990001"), "not in the list");
}

#[test]
fn a_code_is_good_for_what_it_was_sent_for_alone() {
    let server = Server::demo();
    let citizen = citizen(&server);
    let sent = send(&citizen, COPY, "/tai-khoan/ban-sao/ma", &[]).expect(200).text();
    let code = &sent.split_once("Mã là ").expect("the demo shows the code").1[..6];
    send(&citizen, "/tai-khoan/xoa", "/tai-khoan/xoa", &[("code", code)]).expect(401);
    let proof = serde_json::json!({"phone": "0912345678", "code": code});
    citizen.post("/api/v1/otp/verify", &proof).expect(401);
    page(&citizen, PAPERS);
    let csrf = field(&sent, "_csrf");
    citizen.post_form(COPY, &[("_csrf", csrf.as_str()), ("code", code)]).expect(200);
}

/// Asks for the copy with a fresh code.
fn copied(client: &Client) -> crate::support::http::Answer {
    let sent = send(client, COPY, "/tai-khoan/ban-sao/ma", &[]).expect(200).text();
    let code = &sent.split_once("Mã là ").expect("the demo shows the code").1[..6];
    let csrf = field(&sent, "_csrf");
    client.post_form(COPY, &[("_csrf", csrf.as_str()), ("code", code)])
}

#[test]
fn a_copy_of_ones_own_data_has_all_of_it_and_nothing_of_others() {
    let portal = Portal::demo();
    let client = citizen(portal.server());
    send(&client, DATA, DATA, &[("applicant.name", NAME), ("remember", "1")]).expect(303);
    add(&client, "Giấy khai sinh", "");
    begin(&client, BIRTH);
    let own = portal.file(&portal.citizen("0912345678"));
    let other = portal.file(&portal.citizen("0912345679"));
    portal.desk("tiepnhan1").get(&own.at("")).expect(200);

    send(&client, COPY, COPY, &[("code", "000000")]).expect(401);
    let zip = copied(&client).expect(200);
    assert_eq!(zip.header("Content-Type"), Some("application/zip"));
    assert_eq!(zip.header("Cache-Control"), Some("no-store"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip.body)).expect("a ZIP");
    let names: Vec<String> =
        archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    assert!(!names.iter().any(|name| name.contains(&other.code)), "{names:?}");
    assert!(names.iter().any(|name| name.starts_with("giay-to/")), "{names:?}");
    let mut read = |name: &str| {
        let mut file = archive.by_name(name).unwrap_or_else(|_| panic!("{name} in {names:?}"));
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).expect("text");
        text
    };
    let data: serde_json::Value = serde_json::from_str(&read("du-lieu.json")).expect("JSON");
    assert_eq!(data["details"]["applicant.name"], NAME);
    assert_eq!(data["record"][0]["what"], "agreed");
    assert_eq!(data["drafts"].as_array().map(Vec::len), Some(1));
    assert_eq!(data["papers"][0]["origin"]["name"], "Giấy khai sinh");
    assert_eq!(data["sessions"].as_array().map(Vec::len), Some(1));
    let dossier = read(&format!("ho-so/{}/ho-so.json", own.code));
    assert!(dossier.contains("history") && dossier.contains(&own.code), "{dossier}");
    let looks = read(&format!("ho-so/{}/ai-da-xem.json", own.code));
    assert!(looks.contains("receptionist"), "{looks}");
    let overview = read("tong-quan.html");
    assert!(overview.contains(&own.code) && !overview.contains(&other.code), "{overview}");

    copied(&client).expect(200);
    copied(&client).expect(200);
    let refused = copied(&client).expect(429).text();
    assert!(refused.contains("Đã tải 3 bản sao"), "{refused}");
    assert!(page(&client, CONSENTS).contains("Nhận bản sao dữ liệu"));
}

#[test]
fn the_log_of_a_walk_names_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("motcua.toml");
    std::fs::write(&config, "log = \"info\"\nlog_json = true\n").unwrap();
    let server = Server::demo_with(&["--config", config.to_str().unwrap()]);
    let client = citizen(&server);
    location(posted(&client, &filled(&client), &[("pledge", "1"), ("remember", "1")]));
    add(&client, "Giấy khai sinh của Trần Văn Ộ", "");
    let wrong = [("applicant.name", NAME), ("applicant.id_number", "0361859")];
    send(&client, DATA, DATA, &wrong).expect(422);
    ask(&client, "access");
    copied(&client).expect(200);
    let desk = at_desk(&server, "tiepnhan1");
    let new = format!("{DESK}/moi");
    let asked = [("name", NAME), ("id_number", "036085990001"), ("kind", "access"), ("text", NAME)];
    send(&desk, &new, &new, &asked).expect(422);
    desk.get("/mot-cua?tim=Tr%E1%BA%A7n+V%C4%83n+%E1%BB%98&so=0912345678").expect(200);
    let last = desk.get("/mot-cua/khong-co?so=036085990001&ten=Tran+Van+O").expect(404);
    server.wait_for_log(last.header("x-request-id").expect("a reference"));
    let log = server.log();
    assert!(log.contains("a request about data came in"), "{log}");
    let folded = log.to_lowercase();
    for private in
        ["Trần Văn Ộ", "0912345678", "036085990001", "036185990000", "Giấy khai sinh của"]
    {
        assert!(!log.contains(private), "{private}");
    }
    for private in ["tran van o", "tran+van+o", "tr%e1%ba%a7n", "912345678", "912 345 678"] {
        assert!(!folded.contains(private), "{private}");
    }
}
