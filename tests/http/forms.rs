//! Forms of procedures in the hands of an administrator.

use crate::papers::{at_desk, send};
use crate::support::http::{Answer, Client};
use crate::support::server::Server;

/// The list.
const HERE: &str = "/quan-tri/to-khai";
/// A procedure of the demo with a published form.
const RESIDENCE: &str = "1.004873";

fn page(client: &Client, path: &str) -> String {
    client.get(path).expect(200).text()
}

/// Sends a form with a token and a key of the session.
fn press(client: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    send(client, "/quan-tri/thu-tuc", path, fields)
}

#[test]
fn a_form_is_read_and_an_old_version_is_published_again() {
    let server = Server::demo();
    let admin = at_desk(&server, "quantri");
    let list = page(&admin, &format!("{HERE}?co=1"));
    assert!(list.contains(RESIDENCE) && list.contains("Bản 1"), "{list}");
    let here = format!("{HERE}/{RESIDENCE}");
    let shown = page(&admin, &here);
    assert!(shown.contains("Bản đang áp dụng: bản 1") && shown.contains("Chỉ hỏi khi"), "{shown}");

    // The one in use is not offered again.
    assert!(!page(&admin, &format!("{here}/ban/1")).contains("Dùng lại"));
    let again = format!("{here}/ban/1");
    let done = press(&admin, &again, &[("seen", "1")]).expect(303);
    assert!(done.header("Location").unwrap().ends_with("xong=2"));
    let compared = page(&admin, &format!("{here}/ban/2?so=1"));
    assert!(compared.contains("Hai bản giống nhau."), "{compared}");
    let versions = page(&admin, &here);
    assert!(versions.contains("Quay về bản 1") && versions.contains("Bản đang áp dụng: bản 2"));
    assert!(page(&admin, &again).contains("phát hành thành bản 3"));
    // Who looked before that does not publish over it.
    press(&admin, &again, &[("seen", "1")]).expect(409);

    at_desk(&server, "thuly1").get(&here).expect(403);
    at_desk(&server, "thuly1").post_form(&again, &[("seen", "2")]).expect(403);
    admin.get(&format!("{HERE}/9.999999")).expect(404);
    admin.get(&format!("{here}/ban/9")).expect(404);
}
