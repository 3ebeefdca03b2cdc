//! Filing like a conversation: begun without signing in, gone on with on another device, finished at the
//! counter; the papers for the answers; the questions that lead to the right procedure.

use crate::api::portal::pdf;
use crate::papers::at_desk;
use crate::support::http::{Answer, Client, Multipart, field, filled};
use crate::support::server::Server;

/// Death registration: its form decides about its papers.
pub const DEATH: &str = "1.000656";
pub const PERSON: [(&str, &str); 8] = [
    ("applicant.name", "Trần Văn Ộ"),
    ("applicant.birth_date.day", "5"),
    ("applicant.birth_date.month", "2"),
    ("applicant.birth_date.year", "1985"),
    ("applicant.id_number", "036085990001"),
    ("applicant.phone", "0912345678"),
    ("applicant.email", ""),
    ("applicant.address", "Số 9, phường Nam Định"),
];

pub fn location(answer: Answer) -> String {
    answer.expect(303).header("Location").expect("an address").to_owned()
}

/// The hidden fields of a page's form, under which it is sent.
pub fn send(client: &Client, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf = field(page, "_csrf");
    let mut all = vec![("_csrf", csrf.as_str())];
    all.extend_from_slice(fields);
    client.post_form(path, &all)
}

/// Begins a filing in one's own matter; the answer is the step of the applicant.
pub fn begin(client: &Client, procedure: &str) -> String {
    begin_for(client, procedure, "self")
}

/// Begins a filing with its first answer.
pub fn begin_for(client: &Client, procedure: &str, who: &str) -> String {
    let here = format!("/nop-ho-so/{procedure}");
    let page = client.get(&here).expect(200).text();
    let place = page.split_once("name=\"place\"").and_then(|(_, rest)| rest.split('"').nth(3));
    let first = [("who", who), ("place", place.expect("a place to file at"))];
    location(send(client, &page, &here, &first))
}

pub fn step(client: &Client, path: &str, fields: &[(&str, &str)]) -> String {
    let page = client.get(path).expect(200).text();
    location(send(client, &page, path, fields))
}

/// A begun filing with who files: the address of its form.
pub fn begun(client: &Client) -> String {
    let next = begin(client, DEATH);
    step(client, &next, &PERSON)
}

/// The number and code under which a draft is handed on.
pub fn handed_on(client: &Client, form: &str) -> (String, String) {
    let path = form.replace("/to-khai", "/may-khac");
    let page = client.get(&path).expect(200).text();
    number_and_code(&send(client, &page, &path, &[]).expect(200).text())
}

/// What the page of a draft that is handed on shows.
pub fn number_and_code(shown: &str) -> (String, String) {
    let (_, link) = shown.split_once("/ban-nhap/").expect("a link");
    let number = link[..10].to_owned();
    let codes = shown.split("<strong class=\"code\">").skip(1);
    let codes: Vec<&str> = codes.filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(codes[0].replace(' ', ""), number);
    (number, codes[1].to_owned())
}

pub fn open(client: &Client, number: &str, code: &str) -> Answer {
    let page = client.get(&format!("/ban-nhap/{number}")).expect(200).text();
    send(client, &page, "/ban-nhap", &[("number", number), ("code", code)])
}

/// Answers to a declared form's step, sent with what the page shows.
pub fn typed(client: &Client, form: &str, answers: &[(&str, &str)]) -> Answer {
    let page = client.get(form).expect(200).text();
    let (shown, seen) = (field(&page, "shown"), field(&page, "_seen"));
    let mut all = vec![("shown", shown.as_str()), ("_seen", seen.as_str())];
    all.extend_from_slice(answers);
    send(client, &page, form, &all)
}

#[test]
fn a_draft_belongs_to_its_browser_and_is_offered_before_a_new_one() {
    let server = Server::demo();
    let phone = server.client().with_cookies();
    let form = begun(&phone);
    assert!(form.ends_with("/to-khai"), "{form}");
    let again = phone.get(&format!("/nop-ho-so/{DEATH}")).expect(200).text();
    assert!(again.contains("Bản nháp") && again.contains("Làm tiếp"), "{again}");
    // Nobody else has it, and the way to sign in is shown in its place.
    let stranger = server.client().with_cookies();
    assert!(location(stranger.get(&form)).starts_with("/dang-nhap"));
    begin(&stranger, DEATH);
    assert!(location(stranger.get(&form)).starts_with("/dang-nhap"));
    // Sending asks who it is; the draft goes along into the account.
    let send_step = form.replace("/to-khai", "/gui");
    let page = phone.get(&send_step).expect(200).text();
    assert!(page.contains("Đăng nhập để gửi"), "{page}");
}

#[test]
fn another_device_goes_on_with_number_and_code_and_nothing_is_overwritten_unseen() {
    let server = Server::demo();
    let (phone, tablet) = (server.client().with_cookies(), server.client().with_cookies());
    let form = begun(&phone);
    let (number, code) = handed_on(&phone, &form);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let refused = open(&tablet, &number, wrong).expect(422).text();
    assert!(refused.contains("Còn 4 lần nhập"), "{refused}");
    assert_eq!(location(open(&tablet, &number, &code)), form.replace("/to-khai", "/lam-tiep"));
    assert_eq!(location(tablet.get(&form.replace("/to-khai", "/lam-tiep"))), form);
    // Both have the form open; the tablet is faster.
    let stale = phone.get(&form).expect(200).text();
    typed(&tablet, &form, &[("form.ho_ten", "Lê Thị Tám"), ("_later", "1")]).expect(303);
    let fields = [
        ("shown", field(&stale, "shown")),
        ("_seen", field(&stale, "_seen")),
        ("form.ho_ten", "Lê Thị Bảy".to_owned()),
        ("_later", "1".to_owned()),
    ];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let told = send(&phone, &stale, &form, &fields).expect(409).text();
    assert!(told.contains("Lê Thị Tám") && told.contains("value=\"Lê Thị Bảy\""), "{told}");
    // Whoever has read it decides.
    let seen = field(&told, "_seen");
    let fields = [("shown", fields[0].1), ("_seen", &seen), fields[2], fields[3]];
    send(&phone, &told, &form, &fields).expect(303);
    assert!(tablet.get(&form).expect(200).text().contains("Lê Thị Bảy"));
}

#[test]
fn a_number_is_worth_nothing_after_five_wrong_codes() {
    let server = Server::demo();
    let (phone, thief) = (server.client().with_cookies(), server.client().with_cookies());
    let (number, code) = handed_on(&phone, &begun(&phone));
    for digit in 0..5 {
        let guess = format!("{digit}{}", &code[1..]);
        let guess = if guess == code { format!("9{}", &code[1..]) } else { guess };
        open(&thief, &number, &guess).expect(422);
    }
    open(&thief, &number, &code).expect(422);
    assert!(location(thief.get("/nop-ho-so/1.000656/x/gui")).starts_with("/dang-nhap"));
}

#[test]
fn a_draft_begun_on_a_phone_is_finished_at_the_counter_once() {
    let server = Server::demo();
    let phone = server.client().with_cookies();
    let form = begun(&phone);
    typed(
        &phone,
        &form,
        &[("form.ho_ten", "Lê Thị Tám"), ("form.giay_bao_tu", "bao_tu"), ("_later", "1")],
    )
    .expect(303);
    let (number, code) = handed_on(&phone, &form);
    let desk = at_desk(&server, "tiepnhan1");
    let here = "/mot-cua/tiep-nhan/ban-nhap";
    let page = desk.get(here).expect(200).text();
    // The scanner types the address of the QR code; nothing is seen before the code.
    let scanned = format!("https://xa.example.vn/ban-nhap/{number}");
    let asked = send(&desk, &page, here, &[("number", &scanned), ("code", "")]).expect(200).text();
    assert!(!asked.contains("Trần Văn Ộ") && !asked.contains("id=\"loi\""), "{asked}");
    let (_, code_field) = asked.split_once("id=\"f-code\"").expect("the code");
    assert!(code_field.split('>').next().is_some_and(|tag| tag.contains("autofocus")), "{asked}");
    let filled =
        send(&desk, &page, here, &[("number", &scanned), ("code", &code)]).expect(200).text();
    for known in ["Trần Văn Ộ", "036085990001", "Lê Thị Tám", "05/02/1985"] {
        assert!(filled.contains(known), "{known}: {filled}");
    }
    // The answers stand in the form's own questions, to be gone on with.
    let answer = "name=\"form.ho_ten\"";
    assert_eq!(filled.matches(answer).count(), 1, "{filled}");
    assert!(
        filled.contains("name=\"form_open\"") && !filled.contains("type=\"hidden\" name=\"form.")
    );
    // The citizen sees who opened it.
    assert!(phone.get(&form).expect(200).text().contains("đã mở bản nháp này tại quầy"));
    let note = field(&filled, "ban_nhap");
    let receive = |page: &str| {
        let key = field(page, "_key");
        let version = field(page, "form_version");
        let fields = [
            ("_key", key.as_str()),
            ("_lam", "tiep-nhan"),
            ("ban_nhap", &note),
            ("procedure", DEATH),
            ("papers_of", DEATH),
            ("who", "self"),
            ("channel", "counter"),
            ("return_channel", "counter"),
            ("applicant.name", "Trần Văn Ộ"),
            ("applicant.id_number", "036085990001"),
            ("form_open", "1"),
            ("form_version", &version),
            ("form.ho_ten", "Lê Thị Tám"),
            ("form.giay_bao_tu", "bao_tu"),
            ("paper", "tp1"),
            ("paper", "tp2"),
        ];
        send(&desk, page, "/mot-cua/tiep-nhan", &fields)
    };
    let done = location(receive(&filled));
    let (_, dossier) = done.split_once("?xong=").expect("a dossier");
    // The same draft again, here or on the phone, makes no second dossier.
    let again = receive(&filled).expect(422).text();
    assert!(again.contains(dossier), "{again}");
    assert!(location(phone.get(&form)).ends_with(dossier));
    open(&server.client().with_cookies(), &number, &code).expect(303);
}

#[test]
fn only_the_papers_of_the_case_are_asked_for() {
    let server = Server::demo();
    let anybody = server.client();
    let all = anybody.get(&format!("/thu-tuc/{DEATH}")).expect(200).text();
    assert!(all.contains("Giấy báo tử hoặc giấy tờ thay") && !all.contains("Không cần: vì"));
    let case = format!("/thu-tuc/{DEATH}?ai=self&tl.giay_bao_tu=khong");
    let spared = anybody.get(&case).expect(200).text();
    assert!(spared.contains("Không cần: vì Ông/Bà khai không có giấy báo tử."), "{spared}");
    assert!(spared.contains("Không cần: vì Ông/Bà không nộp thay người khác."), "{spared}");
    let printed = anybody.get(&format!("{case}&in=1")).expect(200).text();
    assert!(printed.contains("Không cần: vì Ông/Bà khai không có giấy báo tử."));
    // In the filing.
    let phone = server.client().with_cookies();
    let form = begun(&phone);
    typed(&phone, &form, &[("form.giay_bao_tu", "khong"), ("_later", "1")]).expect(303);
    let papers = phone.get(&form.replace("/to-khai", "/giay-to")).expect(200).text();
    assert!(!papers.contains("name=\"paper.tp1.mode\""), "filled in, it is no paper: {papers}");
    assert!(papers.contains("đã kê khai trên mạng"), "{papers}");
    assert!(!papers.contains("name=\"paper.tp2.mode\""), "{papers}");
    for page in [&papers, &phone.get(&form).expect(200).text()] {
        assert!(page.len() < 60_000, "{} bytes", page.len());
    }
}

#[test]
fn a_file_that_went_up_from_the_page_is_no_other_device() {
    let server = Server::demo();
    let phone = server.client().with_cookies();
    let form = begun(&phone);
    let path = form.replace("/to-khai", "/giay-to");
    let page = phone.get(&path).expect(200).text();
    let file = Multipart::new()
        .text("_csrf", &field(&page, "_csrf"))
        .text("name", "paper.tp3")
        .file("file", "to-khai.pdf", "application/pdf", &pdf());
    phone.post_multipart(&form.replace("/to-khai", "/tai-len"), file).expect(200);
    let seen = field(&page, "_seen");
    let fields = [("_seen", seen.as_str()), ("paper.tp2.mode", "file"), ("_later", "1")];
    send(&phone, &page, &path, &fields).expect(303);
    assert!(phone.get(&path).expect(200).text().contains("to-khai.pdf"));
}

#[test]
fn questions_lead_to_the_right_sibling_and_say_why() {
    let server = Server::demo();
    let anybody = server.client();
    let page = anybody.get("/thu-tuc/1.001193").expect(200).text();
    assert!(page.contains("/thu-tuc/1.001193/co-dung-khong"), "{page}");
    let here = "/thu-tuc/1.001193/co-dung-khong";
    let end = |answers: &str| anybody.get(&format!("{here}?da={answers}")).expect(200).text();
    assert_eq!(location(anybody.get(&format!("{here}?da=2&chon=0"))), format!("{here}?da=2.0"));
    let asked = anybody.get(&format!("{here}?tiep=1")).expect(200).text();
    assert!(asked.contains("Chọn một câu trả lời"), "{asked}");
    let again = end("2.0");
    assert!(again.contains("1.004884") && again.contains("đăng ký lại"), "{again}");
    assert!(end("0.0.1.1.0").contains("2.000528"));
    assert!(end("0.0.0.1.0.2").contains("Đúng thủ tục này."));
    // Who has nothing begun is asked first, and may say to know it.
    let begin = format!("/nop-ho-so/{DEATH}?hoi=1");
    assert!(anybody.get(&format!("/thu-tuc/{DEATH}")).expect(200).text().contains(&begin));
    let asked = location(anybody.get(&begin));
    assert_eq!(asked, format!("/thu-tuc/{DEATH}/co-dung-khong"));
    let page = anybody.get(&asked).expect(200).text();
    assert!(page.contains("Tôi biết đây là thủ tục cần làm"), "{page}");
    let phone = server.client().with_cookies();
    begun(&phone);
    assert!(phone.get(&begin).expect(200).text().contains("Làm tiếp"));
    // A sibling that the catalogue here does not have is named with where to look.
    let mobile = end("0.0.0.1.1");
    assert!(mobile.contains("1.003583") && mobile.contains("Cổng Dịch vụ công"), "{mobile}");
    anybody.get("/thu-tuc/1.003554/co-dung-khong").expect(404);
}

#[test]
fn what_was_answered_goes_on_in_the_procedure_that_it_leads_to() {
    let server = Server::demo();
    let phone = server.client().with_cookies();
    let applicant = begin_for(&phone, "1.001193", "law");
    let owner = step(&phone, &applicant, &PERSON);
    let page = phone.get(&owner).expect(200).text();
    assert!(page.contains("Trẻ chưa có số thì để trống"), "{page}");
    let form = location(send(&phone, &page, &owner, &[("owner.name", "vũ minh anh")]));
    let answers = [("form.co_me", "co"), ("form.co_cha", "co"), ("_update", "co_cha")];
    typed(&phone, &form, &answers).expect(303);
    let answers = [
        ("form.co_me", "co"),
        ("form.co_cha", "co"),
        ("form.me_ho_ten", "Đỗ Thị Lan"),
        ("form.dan_toc", "Tày"),
        ("_later", "1"),
    ];
    // Put off, it says where it is.
    let put_off = location(typed(&phone, &form, &answers));
    let kept = phone.get(&put_off).expect(200).text();
    assert!(kept.contains("Đã giữ bản nháp cho trình duyệt này trong 30 ngày."), "{kept}");

    let papers = form.replace("/to-khai", "/giay-to");
    let page = phone.get(&papers).expect(200).text();
    assert!(page.contains("Làm tiếp thủ tục đó với những gì đã khai"), "{page}");
    let there = location(send(&phone, &page, &papers, &[("_other", "1")]));
    assert!(there.contains("/1.000689/"), "{there}");
    let form = location(phone.get(&there));
    let form = format!("{}/to-khai", form.rsplit_once('/').expect("a step").0);
    let page = phone.get(&form).expect(200).text();
    assert_eq!(stands(&page, "form.me_ho_ten"), "Đỗ Thị Lan", "{page}");
    assert_eq!(stands(&page, "form.dan_toc"), "Tày");
    assert!(page.contains("form.ai_nhan") && !page.contains("form.ket_hon"), "{page}");
}

/// What stands in a field of the declared form.
fn stands(page: &str, name: &str) -> String {
    let all = filled(page, "form.");
    all.into_iter().find(|(known, _)| known == name).map(|(_, value)| value).unwrap_or_default()
}

#[test]
fn what_the_persons_step_says_is_not_typed_again() {
    let server = Server::demo();
    let client = server.client().with_cookies();
    let applicant = begin_for(&client, "1.001193", "law");
    let owner = step(&client, &applicant, &PERSON);
    let child = [
        ("owner.name", "Trần Bảo An"),
        ("owner.birth_date.day", "3"),
        ("owner.birth_date.month", "11"),
        ("owner.birth_date.year", "2025"),
        ("mandate.paper", "cha"),
    ];
    let form = step(&client, &owner, &child);
    assert!(form.ends_with("/to-khai"), "{form}");
    let page = client.get(&form).expect(200).text();
    // The child is the one for whom somebody files; who asks is who files.
    assert_eq!(stands(&page, "form.ho_ten"), "Trần Bảo An");
    assert_eq!(stands(&page, "form.ngay_sinh.year"), "2025");
    assert_eq!(stands(&page, "form.nguoi_yeu_cau"), "Trần Văn Ộ");
    // Most are of one group and one nationality; the others are a list away.
    assert_eq!(stands(&page, "form.dan_toc"), "Kinh");
    assert_eq!(stands(&page, "form.quoc_tich"), "Việt Nam");
    assert_eq!(page.matches("<datalist id=\"dan-toc\">").count(), 1);
    assert!(page.contains("<option>Ê Đê</option>"), "{page}");
    // A father who files is the father of the form, and nobody is the mother yet.
    let answers = [
        ("form.quan_he", "cha"),
        ("form.co_cha", "co"),
        ("form.co_me", "co"),
        ("form.ho_ten", ""),
        ("_update", "co_cha"),
    ];
    let page = client.get(&location(typed(&client, &form, &answers))).expect(200).text();
    assert_eq!(stands(&page, "form.cha_ho_ten"), "Trần Văn Ộ");
    assert_eq!(stands(&page, "form.cha_nam_sinh"), "1985");
    assert_eq!(stands(&page, "form.cha_giay_to"), "036085990001");
    assert_eq!(stands(&page, "form.me_ho_ten"), "");
    assert_eq!(stands(&page, "form.ho_ten"), "", "what was emptied stays empty");
}
