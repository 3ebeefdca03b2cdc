//! Filing as a conversation: nothing typed is lost, nothing known is asked again, and who has filed sees
//! what comes next.

use crate::api::portal::pdf;
use crate::drafts::{
    DEATH, PERSON, begin, begun, location, number_and_code, open, send, step, typed,
};
use crate::forms::citizen;
use crate::papers::at_desk;
use crate::support::http::{Answer, Client, Multipart, field};
use crate::support::server::Server;

/// A procedure without a declared form.
const PLAIN: &str = "1.001022";
const CONTACT: &str = "0912345678";
const ACCOUNT: &str = "/tai-khoan";

fn page(client: &Client, path: &str) -> String {
    client.get(path).expect(200).text()
}

/// Fills everything in; the answer is the last step.
pub fn filled(client: &Client) -> String {
    let papers = step(
        client,
        &step(client, &begin(client, PLAIN), &PERSON),
        &[("form.noi_dung", "Nhận con")],
    );
    let modes = [("paper.tp1.mode", "paper"), ("paper.tp2.mode", "paper")];
    step(client, &step(client, &papers, &modes), &[("return", "counter")])
}

pub fn posted(client: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    send(client, &page(client, path), path, fields)
}

/// Signs in where an address asks for it; the answer is where it goes on.
fn sign_in(client: &Client, address: &str) -> String {
    let asked = page(client, address);
    let (csrf, next) = (field(&asked, "_csrf"), field(&asked, "tiep").replace("&amp;", "&"));
    let fields = [("_csrf", csrf.as_str()), ("tiep", &next), ("contact", CONTACT)];
    let shown = page(client, &location(client.post_form("/dang-nhap", &fields)));
    let (_, code) = shown.split_once("Mã là ").expect("the demo shows the code");
    let csrf = field(&shown, "_csrf");
    let fields = [("_csrf", csrf.as_str()), ("tiep", &next), ("code", &code[..6])];
    location(client.post_form("/dang-nhap/ma", &fields))
}

/// Files once as the citizen; the answer is the dossier's code.
fn filed(client: &Client) -> String {
    let fields = [("pledge", "1"), ("remember", "1")];
    let done = location(posted(client, &filled(client), &fields));
    done.rsplit('/').next().unwrap_or_default().to_owned()
}

#[test]
fn handing_a_draft_on_takes_along_what_is_typed_and_not_yet_sent() {
    let server = Server::demo();
    let (phone, tablet) = (server.client().with_cookies(), server.client().with_cookies());
    let form = begun(&phone);
    assert!(page(&phone, &form).contains("name=\"_hand_on\""));
    let shown = typed(&phone, &form, &[("form.ho_ten", "Lê Thị Tám"), ("_hand_on", "1")]);
    let shown = shown.expect(200).text();
    // The browser need not keep it any longer.
    assert!(shown.contains("data-draft-done=\"nop/"), "{shown}");
    let (number, code) = number_and_code(&shown);
    open(&tablet, &number, &code).expect(303);
    assert!(page(&tablet, &form).contains("value=\"Lê Thị Tám\""));
    // A file that is chosen goes along, too.
    typed(&phone, &form, &[("form.giay_bao_tu", "bao_tu"), ("_later", "1")]).expect(303);
    let papers = form.replace("/to-khai", "/giay-to");
    let csrf = field(&page(&phone, &papers), "_csrf");
    let with_file = Multipart::new().text("_csrf", &csrf).text("_hand_on", "1").file(
        "paper.tp2",
        "bao-tu.pdf",
        "application/pdf",
        &pdf(),
    );
    phone.post_multipart(&papers, with_file).expect(200);
    assert!(page(&tablet, &papers).contains("bao-tu.pdf"));
}

#[test]
fn the_agency_that_was_chosen_is_not_asked_for_again() {
    let server = Server::demo();
    let anybody = server.client().with_cookies();
    let first = page(&anybody, &format!("/nop-ho-so/{DEATH}"));
    assert!(!first.contains("Nộp ở nơi khác"), "{first}");
    let places = first.split("name=\"place\"").skip(1);
    let places: Vec<&str> = places.filter_map(|rest| rest.split("value=\"").nth(1)).collect();
    let chosen = places[1].split('"').next().expect("a code");
    let shown = page(&anybody, &format!("/thu-tuc/{DEATH}?co_quan={chosen}"));
    let begin = format!("/nop-ho-so/{DEATH}?co_quan={chosen}");
    assert!(shown.contains(&format!("{begin}&amp;hoi=1")), "{shown}");
    // Through the questions.
    let asked = location(anybody.get(&format!("{begin}&hoi=1")));
    let answer = format!("{asked}&da=&chon=0&tiep=1");
    assert!(location(anybody.get(&answer)).contains(chosen));
    assert!(page(&anybody, &asked).contains(&format!("href=\"{begin}\"")));
    let known = page(&anybody, &begin);
    assert!(known.contains("Nộp ở nơi khác"), "{known}");
    let ticked = format!("value=\"{chosen}\" checked");
    assert!(known.contains(&ticked), "{known}");
    let next = location(send(&anybody, &known, &begin, &[("who", "self"), ("place", chosen)]));
    assert!(page(&anybody, &next.replace("/nguoi-nop", "/ai-nop")).contains(&ticked));
}

#[test]
fn a_filing_that_is_only_looked_at_leaves_no_draft() {
    let server = Server::demo();
    let citizen = citizen(&server);
    let here = format!("/nop-ho-so/{DEATH}");
    let first = page(&citizen, &here);
    assert!(first.contains("Ai nộp hồ sơ?"), "{first}");
    let refused = send(&citizen, &first, &here, &[]).expect(422).text();
    assert!(refused.contains("href=\"#f-who\""), "{refused}");
    assert!(!page(&citizen, ACCOUNT).contains("Bỏ bản nháp"));
    begin(&citizen, DEATH);
    let account = page(&citizen, ACCOUNT);
    assert!(account.contains("Bỏ bản nháp") && account.contains("Làm tiếp"), "{account}");
    // Beginning again leaves nothing behind either.
    let again = posted(&citizen, &here, &[("_again", "1")]);
    assert_eq!(location(again), here);
    assert!(!page(&citizen, ACCOUNT).contains("Bỏ bản nháp"));
}

#[test]
fn a_chosen_file_is_taken_whatever_stands_ticked_beside_it() {
    let server = Server::demo();
    let phone = server.client().with_cookies();
    let form = begun(&phone);
    typed(&phone, &form, &[("form.giay_bao_tu", "bao_tu"), ("_later", "1")]).expect(303);
    let papers = form.replace("/to-khai", "/giay-to");
    let csrf = field(&page(&phone, &papers), "_csrf");
    let form = Multipart::new()
        .text("_csrf", &csrf)
        .text("paper.tp2.mode", "paper")
        .text("_later", "1")
        .file("paper.tp2", "bao-tu.pdf", "application/pdf", &pdf());
    phone.post_multipart(&papers, form).expect(303);
    let shown = page(&phone, &papers);
    let (_, file) = shown.split_once("name=\"paper.tp2.mode\"").expect("the ways");
    assert!(file.split('>').next().is_some_and(|row| row.contains("checked")), "{file}");
    assert!(shown.contains("bao-tu.pdf"));
    // Who then decides against it is told that the file stays behind.
    posted(&phone, &papers, &[("paper.tp2.mode", "paper"), ("_later", "1")]).expect(303);
    let review = page(&phone, &papers.replace("/giay-to", "/gui"));
    assert!(review.contains("1 tệp đã tải lên cho giấy này không được gửi kèm"), "{review}");
}

#[test]
fn signing_in_to_send_keeps_the_pledge_and_what_is_missing_is_told_before() {
    let server = Server::demo();
    let phone = server.client().with_cookies();
    let early = begun(&phone).replace("/to-khai", "/gui");
    let told = posted(&phone, &early, &[("pledge", "1")]).expect(422).text();
    let (_, summary) = told.split_once("id=\"loi\"").expect("a summary");
    let place = early.replace("/gui", "/nhan-ket-qua#f-return");
    assert!(summary.contains(&format!("href=\"{place}\"")), "{summary}");

    let send_step = filled(&phone);
    let asked = location(posted(&phone, &send_step, &[("pledge", "1")]));
    assert!(asked.starts_with("/dang-nhap?"), "{asked}");
    let back = sign_in(&phone, &asked);
    let shown = page(&phone, &back);
    let (_, pledge) = shown.split_once("id=\"f-pledge\"").expect("the pledge");
    assert!(pledge.split('>').next().is_some_and(|tag| tag.contains("checked")), "{pledge}");
    location(posted(&phone, &send_step, &[("pledge", "1")]));
}

#[test]
fn what_an_account_knows_is_for_whoever_signs_in() {
    let server = Server::demo();
    filed(&citizen(&server));
    let phone = server.client().with_cookies();
    let applicant = begin(&phone, DEATH);
    let shown = page(&phone, &applicant);
    assert!(!shown.contains("Lấy từ tài khoản") && !shown.contains("Trần Văn Ộ"), "{shown}");
    assert!(shown.contains("Đăng nhập để lấy thông tin đã khai"), "{shown}");
    let fields = [("applicant.name", ""), ("applicant.phone", ""), ("_sign_in", "1")];
    let asked = location(posted(&phone, &applicant, &fields));
    assert_eq!(sign_in(&phone, &asked), applicant);
    let known = page(&phone, &applicant);
    assert!(
        known.contains("value=\"Trần Văn Ộ\"") && known.contains("Lấy từ tài khoản"),
        "{known}"
    );
    // Who has typed a name keeps what was typed.
    let other = server.client().with_cookies();
    let applicant = begin(&other, DEATH);
    let fields = [("applicant.name", "Lê Thị Tám"), ("_sign_in", "1")];
    let asked = location(posted(&other, &applicant, &fields));
    sign_in(&other, &asked);
    let kept = page(&other, &applicant);
    assert!(kept.contains("value=\"Lê Thị Tám\"") && !kept.contains("036085990001"), "{kept}");
}

#[test]
fn the_same_case_again_is_asked_about_and_never_refused() {
    let server = Server::demo();
    let citizen = citizen(&server);
    let first = filed(&citizen);
    let again = filled(&citizen);
    let asked = posted(&citizen, &again, &[("pledge", "1")]).expect(422).text();
    assert!(asked.contains("href=\"#f-once-more\"") && asked.contains(&first), "{asked}");
    assert!(asked.contains("Nộp thêm một hồ sơ nữa"), "{asked}");
    let done = location(posted(&citizen, &again, &[("pledge", "1"), ("once_more", "1")]));
    assert!(!done.ends_with(&first), "{done}");
    // The account tells them apart, with what comes next.
    let account = page(&citizen, ACCOUNT);
    assert_eq!(account.matches("Cho Trần Văn Ộ · nộp ngày").count(), 2, "{account}");
    // Another person's matter is another case.
    let other = step(
        &citizen,
        &begin(&citizen, PLAIN),
        &[
            ("applicant.name", "Lê Thị Tám"),
            PERSON[1],
            PERSON[2],
            PERSON[3],
            ("applicant.id_number", "036185990009"),
            PERSON[5],
            PERSON[6],
            PERSON[7],
        ],
    );
    let papers = step(&citizen, &other, &[("form.noi_dung", "Nhận con")]);
    let modes = [("paper.tp1.mode", "paper"), ("paper.tp2.mode", "paper")];
    let send_step = step(&citizen, &step(&citizen, &papers, &modes), &[("return", "counter")]);
    location(posted(&citizen, &send_step, &[("pledge", "1")]));
}

#[test]
fn what_waits_for_the_citizen_stands_first_in_the_account() {
    let server = Server::demo();
    let citizen = citizen(&server);
    let dossier = filed(&citizen);
    begun(&citizen);
    let account = page(&citizen, ACCOUNT);
    let place = |words: &str| account.find(words).unwrap_or_else(|| panic!("{words}: {account}"));
    assert!(place("Đang dừng ở bước “Tờ khai”") < place(&dossier), "{account}");
    assert!(account.contains("Làm tiếp trên máy khác hoặc tại quầy"));
}

#[test]
fn what_is_typed_at_the_counter_goes_back_into_the_draft() {
    let server = Server::demo();
    let phone = server.client().with_cookies();
    let form = begun(&phone);
    let shown = typed(&phone, &form, &[("form.ho_ten", "Lê Thị Tám"), ("_hand_on", "1")]);
    let (number, code) = number_and_code(&shown.expect(200).text());
    let desk = at_desk(&server, "tiepnhan1");
    let here = "/mot-cua/tiep-nhan/ban-nhap";
    let counter = posted(&desk, here, &[("number", &number), ("code", &code)]).expect(200).text();
    let typed_there = |page: &str, name: &str, does: &str| {
        let (note, seen) = (field(page, "ban_nhap"), field(page, "ban_nhap_luc"));
        let version = field(page, "form_version");
        let fields = [
            ("_lam", does),
            ("ban_nhap", &note),
            ("ban_nhap_luc", &seen),
            ("procedure", DEATH),
            ("papers_of", DEATH),
            ("who", "self"),
            ("return_channel", "post"),
            ("applicant.name", "Trần Văn Ộ"),
            ("applicant.birth_date", "06/02/1985"),
            ("form_open", "1"),
            ("form_version", &version),
            ("form.ho_ten", name),
        ];
        send(&desk, page, "/mot-cua/tiep-nhan", &fields)
    };
    let looked = typed_there(&counter, "Lê Thị Bảy", "cap-nhat").expect(200).text();
    assert!(page(&phone, &form).contains("value=\"Lê Thị Bảy\""));
    assert_eq!(
        location(typed_there(&looked, "Lê Thị Chín", "tra-lai")),
        format!("{here}?xong=tra-lai")
    );
    let kept = page(&phone, &form);
    assert!(kept.contains("value=\"Lê Thị Chín\""), "{kept}");
    let person = page(&phone, &form.replace("/to-khai", "/nguoi-nop"));
    assert!(person.contains("value=\"6\"") && person.contains("036085990001"), "{person}");
    // What the citizen has changed since is never covered.
    typed(&phone, &form, &[("form.ho_ten", "Lê Thị Mười"), ("_later", "1")]).expect(303);
    let told = typed_there(&looked, "Lê Thị Chín", "cap-nhat").expect(200).text();
    assert!(told.contains("không được ghi lại vào bản nháp"), "{told}");
    assert!(page(&phone, &form).contains("value=\"Lê Thị Mười\""));
}
