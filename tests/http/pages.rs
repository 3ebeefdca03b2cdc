//! Pages of the portal that need no browser to be judged.

use crate::support::server::Server;

#[test]
fn what_is_not_filed_online_has_no_button_and_points_to_the_counter() {
    let server = Server::demo();
    let anybody = server.client();
    let page = anybody.get("/thu-tuc/2.000815").expect(200).text();
    assert!(!page.contains("/nop-ho-so/2.000815"));
    assert!(page.contains("Thủ tục này nộp tại quầy, không nộp trực tuyến."));
    anybody.get("/nop-ho-so/2.000815").expect(422);
    let page = anybody.get("/thu-tuc/1.001193").expect(200).text();
    assert!(page.contains("/nop-ho-so/1.001193"));
}

#[test]
fn a_mistyped_question_says_what_it_was_read_as() {
    let server = Server::demo();
    let page = server.client().get("/thu-tuc?q=khia+sinh").expect(200).text();
    assert!(page.contains("Đang hiện kết quả cho “khai sinh”"), "{page}");
    let page = server.client().get("/thu-tuc?q=khai+sinh").expect(200).text();
    assert!(!page.contains("Đang hiện kết quả"));
}

#[test]
fn the_list_narrows_by_subject_and_way_and_begins_with_what_is_open() {
    let server = Server::demo();
    let page = |query: &str| server.client().get(&format!("/thu-tuc{query}")).expect(200).text();
    let cards = |page: &str| page.matches("<article").count();
    let all = page("");
    for part in ["Đối tượng", "Cách nộp", "Lĩnh vực"] {
        assert!(all.contains(part), "{part}");
    }
    let first = all.split("<article").nth(1).expect("a card");
    assert!(first.contains("Nộp trực tuyến được"), "what can be filed stands first: {first}");
    let field = "linh_vuc=Ch%E1%BB%A9ng+th%E1%BB%B1c";
    let counter = "/thu-tuc/2.000815\"";
    assert!(page(&format!("?{field}")).contains(counter));
    assert!(page(&format!("?{field}&cach=tai-quay")).contains(counter));
    assert!(!page(&format!("?{field}&cach=truc-tuyen")).contains(counter));
    let nobody = page("?doi_tuong=Ng%C6%B0%E1%BB%9Di+ngo%C3%A0i+h%C3%A0nh+tinh");
    assert!(cards(&nobody) < cards(&all), "only what is for everybody stays");
}
