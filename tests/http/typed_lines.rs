//! What officials type as lines: seen before it is saved, and refused at its line with what is possible.

use crate::api::portal::Portal;
use crate::papers::{at_desk, send};
use crate::support::http::{Answer, Client};

const PAPERS: &str = "/quan-tri/huong-dan/giay-to/2.000635";
const BIRTHS: &str = "/quan-tri/huong-dan/cau-hoi/khai-sinh";
const LIFE: &str = "/quan-tri/viec-trong-doi";

fn press(client: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    send(client, path, path, fields)
}

/// The lines as they stand on the page.
fn lines(client: &Client, path: &str) -> String {
    in_box(&client.get(path).expect(200).text())
}

/// The lines in the box of a page.
fn in_box(page: &str) -> String {
    let (_, box_) = page.split_once("<textarea").expect("there is a box");
    let (_, text) = box_.split_once('>').expect("it is open");
    let text = text.split("</textarea>").next().expect("it ends").trim_start();
    text.replace("&gt;", ">").replace("&lt;", "<").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn conditions_of_papers_are_seen_first_and_refused_at_their_line() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    send(&admin, "/quan-tri/to-khai", "/quan-tri/to-khai/2.000635/san-co", &[]).expect(303);
    let before = lines(&admin, PAPERS);

    // The preview says in words what would come of the lines, and saves nothing.
    let typed = "# ghi chú\nvăn bản ủy quyền | ủy quyền; câu quan_he là khac | bắt buộc | tự xin";
    let seen = press(&admin, PAPERS, &[("lines", typed), ("xem", "1")]).expect(200).text();
    for said in
        ["Bắt buộc, khi nộp theo ủy quyền và “", "theo dòng 2", "không dòng nào nói đến: ", typed]
    {
        assert!(seen.contains(said), "{said}: {seen}");
    }
    assert_eq!(lines(&admin, PAPERS), before);

    // An answer, a question and a word that nobody knows are named with what there is.
    let wrong = "văn bản ủy quyền | câu quan_he là hang_xom | | vì thế\n\n\
        văn bản ủy quyền | câu quan_hee có | | vì thế\n\
        văn bản ủy quyền | khi trời mưa | | vì thế\n\
        giấy thông hành | | | vì thế";
    let refused = press(&admin, PAPERS, &[("lines", wrong)]).expect(422).text();
    for said in [
        "Dòng 1: câu “",
        "không có câu trả lời “hang_xom”; dùng được: ",
        "khac (",
        "Dòng 3: tờ khai không có câu mang mã “quan_hee”; gần giống: quan_he",
        "Dòng 4: “khi trời mưa” không phải điều kiện",
        "Dòng 5: không có giấy tờ nào tên là “giấy thông hành”",
        "Cần sửa 4 chỗ",
        "hang_xom | | vì thế",
    ] {
        assert!(refused.contains(said), "{said}: {refused}");
    }
    assert_eq!(lines(&admin, PAPERS), before, "nothing is saved");
    let english = admin.get(&format!("{PAPERS}?lang=en")).expect(200).text();
    assert!(english.contains("What these lines say"), "{english}");
}

#[test]
fn questions_that_lead_to_unknown_procedures_are_refused_at_their_line() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let shipped = lines(&admin, BIRTHS);
    // What ships names procedures of the whole national catalogue, and may be saved as it is.
    press(&admin, BIRTHS, &[("lines", &shipped)]).expect(303);

    let typed = shipped.replacen("> 1.001193 |", "> 1.001913 |", 1);
    let place = typed.lines().position(|line| line.contains("> 1.001913 |"));
    let line = place.expect("it leads there") + 1;
    let refused = press(&admin, BIRTHS, &[("lines", &typed)]).expect(422).text();
    let said = format!("Dòng {line}: danh mục không có thủ tục mang mã “1.001913”; gần giống: ");
    assert!(refused.contains(&said), "{said}: {refused}");
    let looked = press(&admin, BIRTHS, &[("lines", &typed), ("xem", "1")]).expect(200).text();
    assert!(looked.contains(&said) && looked.contains("chưa có trong danh mục ở đây"), "{looked}");

    // A question that leads nowhere, with those that stand below it.
    let typed = shipped.replacen("> tuoi", "> tuooi", 1);
    let refused = press(&admin, BIRTHS, &[("lines", &typed)]).expect(422).text();
    assert!(refused.contains("không có câu hỏi “tuooi”; ở dưới có: lai, tuoi"), "{refused}");
    assert_eq!(lines(&admin, BIRTHS), shipped);
}

#[test]
fn a_matter_of_life_names_procedures_that_are_there() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let steps = "1.004859 | Cải chính\n\n9.999999 | Không có trong danh mục";
    let mut typed = [("slug", "doi-ten"), ("name_vi", "Đổi tên"), ("steps", steps), ("xem", "1")];
    let new = format!("{LIFE}/them-viec");
    let seen = press(&admin, &new, &typed).expect(200).text();
    assert!(seen.contains("/quan-tri/thu-tuc/1.004859\""), "{seen}");
    typed[3] = ("name_en", "");
    let refused = press(&admin, &new, &typed).expect(422).text();
    let said = "Dòng 2: danh mục không có thủ tục mang mã “9.999999”";
    assert!(refused.contains(said) && refused.contains("Đổi tên"), "{refused}");
    portal.anybody().get("/viec-trong-doi/doi-ten").expect(404);
    typed[2] = ("steps", "1.004859 | Cải chính");
    press(&admin, &new, &typed).expect(303);
}

#[test]
fn questions_are_put_together_from_lists_and_saved_once_they_lead_somewhere() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let before = lines(&admin, BIRTHS);
    let shown = admin.get(BIRTHS).expect(200).text();
    assert!(shown.contains("Hỏi tiếp: Người được khai sinh là ai?"), "{shown}");

    // A question, which nobody is led to yet.
    let asked = [("lines", before.as_str()), ("_question", "1"), ("asked", "Sinh ở đâu?")];
    let seen = press(&admin, BIRTHS, &asked).expect(200).text();
    assert!(seen.contains("Chưa lưu") && seen.contains("? sinh-o-dau | Sinh ở đâu?"), "{seen}");
    assert!(seen.contains("không câu trả lời nào dẫn đến câu “Sinh ở đâu?”"), "{seen}");
    assert_eq!(lines(&admin, BIRTHS), before, "nothing is saved");
    // Its answers, and one that leads to it.
    let mut now = format!("{before}\n? sinh-o-dau | Sinh ở đâu?");
    let mut add = |question: &str, reply: &str, leads: &str, said: &str| {
        let fields = [
            ("lines", now.as_str()),
            ("_answer", "1"),
            ("question", question),
            ("reply", reply),
            ("leads", leads),
            ("said", said),
        ];
        let page = press(&admin, BIRTHS, &fields).expect(200).text();
        now = in_box(&page);
    };
    add("sinh-o-dau", "Trong nước", "1.001193", "Sinh trong nước thì đăng ký ở xã.");
    add("sinh-o-dau", "Ở nước ngoài", "nơi khác", "Cơ quan đại diện Việt Nam.");
    add("da-dang-ky", "Không nhớ", "?sinh-o-dau", "");
    press(&admin, BIRTHS, &[("lines", &now)]).expect(303);
    let saved = lines(&admin, BIRTHS);
    assert!(saved.contains("- Không nhớ > sinh-o-dau\n"), "{saved}");
    assert!(saved.ends_with("- Ở nước ngoài > nơi khác | Cơ quan đại diện Việt Nam."), "{saved}");

    // A question goes with its answers.
    let at = saved.lines().position(|line| line.starts_with("? sinh-o-dau")).unwrap() + 1;
    let gone = [("lines", saved.as_str()), ("_remove", &at.to_string())];
    let left = in_box(&press(&admin, BIRTHS, &gone).expect(200).text());
    assert!(!left.contains("Sinh ở đâu") && !left.contains("Ở nước ngoài"), "{left}");
}
