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
