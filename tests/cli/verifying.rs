//! `verify`: a paper against the folder's key, and elsewhere against a key that was brought.

use std::fs;

use serde_json::json;

use crate::support::server::{Server, motcua};
use crate::{answer, refusal};

#[test]
fn a_paper_is_checked_where_its_folder_is_and_where_it_is_not() {
    let mut server = Server::demo();
    let token = answer(&server, &["token", "create", "--user", "tiepnhan1"])["token"].clone();
    let desk = server.client().bearer(token.as_str().expect("a token"));
    let listed = desk.get("/api/v1/dossiers?status=2&limit=1").expect(200).json();
    let code = listed["items"][0]["code"].as_str().expect("a received dossier");
    let paper = desk.get(&format!("/api/v1/dossiers/{code}/papers/receipt")).expect(200).body;
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("plain").to_owned();
    let (pdf, altered, key) = (path("giay.pdf"), path("sua.pdf"), path("khoa.pem"));
    fs::write(&pdf, &paper).expect("written");
    let mut bytes = paper;
    let place = bytes.len() / 3;
    bytes[place] ^= 4;
    fs::write(&altered, &bytes).expect("written");

    for is_served in [true, false] {
        if !is_served {
            server.terminate();
        }
        let told = answer(&server, &["verify", &pdf]);
        assert_eq!((&told["verdict"], &told["genuine"]), (&json!("genuine"), &json!(true)));
        assert_eq!(told["papers"][0]["dossier"], code);
        let done = server.command(&["verify", &altered]);
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(done.stdout.starts_with("ALTERED"), "{done:?}");
        answer(&server, &["verify", "--export-key", &key]);
    }
    let nowhere = path("none");
    let with_key = |paper: &str, key: &str| {
        motcua(&["verify", paper, "--key", key, "--json", "--data", &nowhere])
    };
    assert_eq!(with_key(&pdf, &key).code, Some(0));
    let done = with_key(&altered, &key);
    assert_eq!(done.code, Some(1));
    assert!(done.stdout.contains("\"verdict\":\"altered\""), "{done:?}");
    assert!(refusal(&with_key(&pdf, &pdf)).contains("--export-key"));

    let other = Server::empty();
    answer(&other, &["verify", "--export-key", &key]);
    let done = with_key(&pdf, &key);
    assert_eq!(done.code, Some(1));
    assert!(done.stdout.contains("\"verdict\":\"unknown_key\""), "{done:?}");
    let photo = [&[0xFF, 0xD8, 0xFF, 0xE0][..], &[0x91; 4_000][..]].concat();
    fs::write(path("anh.jpg"), photo).expect("written");
    fs::write(path("khac.pdf"), b"\n%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF").expect("written");
    for named in ["anh.jpg", "khac.pdf"] {
        let done = motcua(&["verify", &path(named), "--key", &key, "--data", &nowhere]);
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(done.stdout.starts_with("NO CODE FOUND"), "{done:?}");
    }
    fs::write(path("thu.txt"), "Kính gửi ông An").expect("written");
    assert!(with_key(&path("thu.txt"), &key).stdout.contains("\"verdict\":\"unsigned\""));
    assert_eq!(motcua(&["verify"]).code, Some(2));
}
