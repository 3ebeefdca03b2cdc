//! Searching as people do, and the dictionary that officials keep.

use crate::api::portal::Portal;
use crate::papers::{at_desk, send};

const HERE: &str = "/quan-tri/tu-ngu";

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn page(portal: &Portal, question: &str) -> String {
    portal.server().client().get(&format!("/thu-tuc?q={}", encoded(question))).expect(200).text()
}

#[test]
fn a_search_shows_what_it_read_and_what_answers() {
    let portal = Portal::demo();
    let typed = page(&portal, "ddawng kys keets hoon");
    assert!(typed.contains("Đang hiện kết quả cho “đăng ký kết hôn”"), "{typed}");
    assert!(typed.contains("Chỉ tìm “ddawng kys keets hoon”") && typed.contains("dung=1"));
    assert!(typed.contains("<mark>đăng ký kết hôn</mark>"));
    let doubtful = page(&portal, "kham sinh");
    assert!(doubtful.contains("Có phải Ông/Bà tìm “khai sinh”?"), "{doubtful}");
    let literal = portal.server().client().get("/thu-tuc?q=kham+sinh&dung=1").expect(200).text();
    assert!(!literal.contains("Có phải Ông/Bà"));

    let list = portal.anybody().get("/api/v1/procedures?q=d9a8ng+ky1+ket+hon").expect(200).json();
    assert_eq!(list["read_as"], "đăng ký kết hôn");
    assert_eq!(list["items"][0]["code"], "1.000894");
    let hints = portal.anybody().get("/thu-tuc/goi-y?q=ket+ho").expect(200).json();
    let parts = hints[0]["parts"].as_array().expect("parts");
    assert!(parts.iter().any(|part| part[1] == true), "{hints}");
}

#[test]
fn what_others_settle_is_told_with_where_to_go() {
    let portal = Portal::demo();
    let divorce = page(&portal, "xin ly hon");
    assert!(divorce.contains("Tòa án nhân dân khu vực"));
    let marriage = page(&portal, "kết hôn");
    assert!(!marriage.contains("Tòa án nhân dân khu vực"));
    let nothing = page(&portal, "zzzzqq");
    assert!(nothing.contains("Chưa tìm thấy") && nothing.contains("https://dichvucong.gov.vn"));
    let english = "/api/v1/procedures?q=ly+hon";
    let told = portal.anybody().get(english).expect(200).json();
    assert!(told["elsewhere"].as_str().is_some_and(|text| text.contains("Court")), "{told}");
    assert_eq!(told["elsewhere_place"]["name"], "People's Court of the area", "{told}");
    // With a link where the place has a site, or the number to call.
    let licence = page(&portal, "mat bang lai");
    let link =
        "<a href=\"https://dichvucong.gov.vn\" rel=\"noreferrer\">Cổng Dịch vụ công quốc gia</a>";
    assert!(licence.contains("Nơi cần đến:") && licence.contains(link), "{licence}");
    assert!(page(&portal, "bị lừa đảo").contains("href=\"tel:113\""));
}

#[test]
fn a_query_without_result_becomes_an_expression() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    // What one sender alone asks is nobody's to read, however often; names and numbers never are.
    let ask = |question: &str, browser: &str| {
        let client = portal.server().client().header("User-Agent", browser);
        client.get(&format!("/api/v1/procedures?q={}", encoded(question))).expect(200);
    };
    for _ in 0..2 {
        ask("zuzu bibo", "một");
    }
    assert!(!admin.get(HERE).expect(200).text().contains("zuzu bibo"));
    ask("zuzu bibo", "hai");
    for browser in ["một", "hai"] {
        ask("Nguyễn Văn Bibo", browser);
        ask("0912345678", browser);
    }
    assert!(page(&portal, "zuzu bibo").contains("Chưa tìm thấy"));
    let listed = admin.get(HERE).expect(200).text();
    assert!(listed.contains("zuzu bibo") && listed.contains("tu=zuzu"), "{listed}");
    assert!(!listed.contains("0912345678") && !listed.contains("Nguyễn Văn Bibo"), "{listed}");

    let fields = |deed, seen, official| {
        [("viec", deed), ("seen", seen), ("said", "zuzu bibo"), ("official", official)]
    };
    let change = |fields: &[(&str, &str)]| send(&admin, HERE, HERE, fields);
    let refused = change(&fields("luu", "0", " ")).expect(422).text();
    assert!(refused.contains("Ghi ít nhất một tên chính thức."));
    let tried = change(&fields("thu", "0", "đăng ký kết hôn")).expect(200).text();
    assert!(tried.contains("câu hỏi đổi kết quả đầu") && tried.contains("1.000894"), "{tried}");
    assert!(page(&portal, "zuzu bibo").contains("Chưa tìm thấy"), "a trial changes nothing");
    // What nobody asked yet and no expression says: a procedure's own name is tried, too.
    let tried = change(&[
        ("viec", "thu"),
        ("seen", "0"),
        ("said", "đăng ký kết hôn"),
        ("official", "khai tử"),
        ("misleads", "1"),
    ]);
    let tried = tried.expect(200).text();
    let known: usize = tried
        .split_once("Đã xem ")
        .and_then(|(_, rest)| rest.split_once(' '))
        .and_then(|(number, _)| number.parse().ok())
        .expect("how many were looked at");
    assert!(known > 5_000, "{known}");
    assert!(
        tried.contains(">Thủ tục đăng ký kết hôn lưu động</td>")
            || tried.contains(">Thủ tục đăng ký kết hôn</td>"),
        "{tried}"
    );

    change(&fields("luu", "0", "đăng ký kết hôn")).expect(303);
    assert!(page(&portal, "zuzu bibo").contains("/thu-tuc/1.000894"));
    change(&fields("luu", "0", "đăng ký khai tử")).expect(422);
    let history = admin.get(HERE).expect(200).text();
    assert!(history.contains("“zuzu bibo” là đăng ký kết hôn"));

    let mut portal = portal;
    portal.server_mut().terminate();
    portal.server_mut().restart();
    assert!(page(&portal, "zuzu bibo").contains("/thu-tuc/1.000894"), "it outlives the process");
    let admin = at_desk(portal.server(), "quantri");
    send(&admin, HERE, HERE, &fields("bo", "1", "")).expect(303);
    assert!(page(&portal, "zuzu bibo").contains("Chưa tìm thấy"));
    at_desk(portal.server(), "tiepnhan1").get(HERE).expect(403);
}

#[test]
fn programs_read_and_set_the_own_words() {
    let portal = Portal::demo();
    let admin = portal.desk("quantri");
    let put = |body: &serde_json::Value| {
        let headers = [("Content-Type", "application/json")];
        admin.send("PUT", "/api/v1/words", &headers, body.to_string().into_bytes())
    };
    let none = admin.get("/api/v1/words").expect(200).json();
    assert_eq!((&none["version"], &none["words"]), (&0.into(), &serde_json::json!([])));
    let word = serde_json::json!({"said": "Zuzu  bibo", "official": ["đăng ký kết hôn"]});
    let two = serde_json::json!({"said": "lala", "official": ["đăng ký khai sinh"]});
    let set = put(&serde_json::json!({"version": 0, "words": [word, two]})).expect(200).json();
    assert_eq!((&set["version"], &set["words"][1]["said"]), (&2.into(), &"zuzu bibo".into()));
    assert!(page(&portal, "zuzu bibo").contains("/thu-tuc/1.000894"), "the search follows");

    // Everything is checked before anything is written, and an old version is refused.
    let wrong = serde_json::json!({"version": 2, "words": [two, {"said": "…", "official": ["a"]}]});
    let problem = put(&wrong).problem(422);
    assert!(problem.to_string().contains("words[1].said"), "{problem}");
    put(&serde_json::json!({"version": 0, "words": []})).problem(409);
    assert!(page(&portal, "zuzu bibo").contains("/thu-tuc/1.000894"));
    let less = put(&serde_json::json!({"version": 2, "words": [two]})).expect(200).json();
    assert_eq!((&less["version"], less["words"].as_array().unwrap().len()), (&3.into(), 1));
    assert!(page(&portal, "zuzu bibo").contains("Chưa tìm thấy"));
    portal.desk("tiepnhan1").get("/api/v1/words").problem(403);
}
