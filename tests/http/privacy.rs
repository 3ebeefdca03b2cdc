//! Personal data: what needs consent is asked for and never assumed, and is taken back with effect at
//! once.

use crate::api::documents::add;
use crate::drafts::{begin, location};
use crate::filing::{filled, posted};
use crate::forms::citizen;
use crate::papers::send;
use crate::support::http::Client;
use crate::support::server::Server;

const NAME: &str = "Trần Văn Ộ";
const PLAIN: &str = "1.001022";
const DATA: &str = "/tai-khoan/thong-tin";
const CONSENTS: &str = "/tai-khoan/dong-y";
const PAPERS: &str = "/tai-khoan/giay-to";

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
    assert!(!page(&citizen, &begin(&citizen, PLAIN)).contains(NAME));

    let last = filled(&citizen);
    // What was ticked stays ticked when something else is missing.
    let refused = posted(&citizen, &last, &[("remember", "1")]).expect(422).text();
    assert!(box_of(&refused, "remember").expect("a box").contains("checked"), "{refused}");
    let fields = [("pledge", "1"), ("once_more", "1"), ("remember", "1")];
    location(posted(&citizen, &last, &fields));
    assert!(page(&citizen, DATA).contains(NAME));
    assert!(page(&citizen, &begin(&citizen, PLAIN)).contains(NAME));
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
    for said in ["Khi nộp tại quầy", "91/2025/QH15", "Điều 19", "không ô nào được đánh dấu sẵn"] {
        assert!(rights.contains(said), "{said}: {rights}");
    }
    assert!(page(&anybody, "/quyen-du-lieu?lang=en").contains("needs no consent"));
    assert!(page(&anybody, "/dang-nhap").contains("Gửi mã một lần để biết chắc"));
}
