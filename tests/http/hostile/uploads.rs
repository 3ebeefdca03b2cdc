//! Files that are something else besides, that do something by themselves, or that grow when opened.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::json;

use super::demo_with;
use crate::api::portal::pdf;
use crate::support::http::{Client, Multipart};
use crate::support::server::Server;

fn citizen(server: &Server) -> Client {
    let sent =
        server.client().post("/api/v1/otp", &json!({"phone": "0912345678"})).expect(200).json();
    let body = json!({"phone": "0912345678", "code": sent["code"]});
    let proof = server.client().post("/api/v1/otp/verify", &body).expect(200).json();
    server.client().header("X-Proof", proof["proof"].as_str().unwrap())
}

fn upload(client: &Client, name: &str, content: &[u8]) -> crate::support::http::Answer {
    let form = Multipart::new().file("file", name, "application/octet-stream", content);
    client.post_multipart("/api/v1/uploads", form)
}

/// Files that are kept, and those that were begun.
fn kept(server: &Server) -> usize {
    let folders = std::fs::read_dir(server.folder().join("blobs")).unwrap();
    let files = folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap());
    files.count()
}

#[test]
fn files_of_two_kinds_and_files_that_act_are_not_kept() {
    let server = Server::demo();
    let client = citizen(&server);
    let before = kept(&server);
    let script = String::from_utf8(pdf()).unwrap().replace(
        "/Type /Catalog",
        "/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
    );
    let mut archive = pdf();
    archive.extend([0; 46]);
    archive.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2e\0\0\0\0\0\0\0\0\0");
    let bomb = [
        &b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x02\0\0\0\0\0\0\0"[..],
        b"\0\0\0\x05IDATabcde\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82",
    ]
    .concat();
    for (name, content) in [
        ("a.pdf", script.as_bytes()),
        ("a.pdf", &archive),
        ("a.pdf", b"<html><script>alert(1)</script>%PDF-1.4"),
        ("a.png", &bomb),
        ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"),
        ("a.html", b"<!doctype html><script>alert(1)</script>"),
        ("a.pdf.exe", b"MZ\x90\0"),
        ("a.jpg", b"GIF89a/*\xff\xd8\xff*/=1"),
    ] {
        let problem = upload(&client, name, content).problem(422);
        assert_eq!(problem["errors"][0]["field"], "file", "{name}: {problem}");
    }
    let advice = upload(&client, "a.pdf", script.as_bytes()).problem(422);
    assert!(advice["detail"].as_str().unwrap().contains("Lưu dạng PDF"), "{advice}");
    assert_eq!(kept(&server), before, "nothing of them is left");
    upload(&client, "a.pdf", &pdf()).expect(201);
    assert_eq!(kept(&server), before + 1);
}

#[test]
fn names_that_deceive_are_shown_as_what_they_are() {
    let server = Server::demo();
    let client = citizen(&server);
    for name in [
        "../../../etc/passwd.pdf",
        "a\u{202e}gpj.pdf",
        "a\u{200b}b.pdf",
        "con.pdf",
        "Gia\u{302}\u{301}y.pdf",
    ] {
        upload(&client, name, &pdf()).expect(201);
    }
    let outside = server.folder().join("../etc");
    assert!(!outside.exists());
}

/// A daemon that answers as ClamAV does; how many files it was shown.
fn clamd(verdict: &'static str) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, shown) =
        (listener.local_addr().unwrap().to_string(), Arc::new(AtomicUsize::new(0)));
    let count = shown.clone();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut command = [0; 10];
            stream.read_exact(&mut command).unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            let mut content = Vec::new();
            loop {
                let mut length = [0; 4];
                // Who gives a file up goes away.
                if stream.read_exact(&mut length).is_err() {
                    break;
                }
                let mut part = vec![0; u32::from_be_bytes(length) as usize];
                if part.is_empty() {
                    count.fetch_add(1, Ordering::SeqCst);
                    let is_bad = memchr::memmem::find(&content, b"EICAR").is_some();
                    let said =
                        if is_bad { "stream: Eicar-Test-Signature FOUND\0" } else { verdict };
                    stream.write_all(said.as_bytes()).unwrap();
                    break;
                }
                stream.read_exact(&mut part).unwrap();
                content.extend(part);
            }
        }
    });
    (address, shown)
}

#[test]
fn a_virus_scanner_is_asked_about_every_file() {
    let (address, shown) = clamd("stream: OK\0");
    let (server, _folder) = demo_with(&format!("clamav = \"{address}\"\n"));
    let client = citizen(&server);
    let before = kept(&server);
    let already = shown.load(Ordering::SeqCst);
    upload(&client, "a.pdf", &pdf()).expect(201);
    assert_eq!(shown.load(Ordering::SeqCst), already + 1);
    let bad = String::from_utf8(pdf()).unwrap().replace("%PDF-1.4\n", "%PDF-1.4\n%EICAR\n");
    let problem = upload(&client, "a.pdf", bad.as_bytes()).problem(422);
    assert!(problem["detail"].as_str().unwrap().contains("mã độc"), "{problem}");
    server.wait_for_log("Eicar-Test-Signature");
    assert_eq!(kept(&server), before + 1);
}

#[test]
fn without_its_scanner_no_file_is_taken() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let (confused, _) = clamd("stream: INSTREAM size limit exceeded. ERROR\0");
    for address in [gone, confused] {
        // The demo is made with files of its own, which no scanner need see.
        let mut server = Server::demo();
        server.terminate();
        let settings = tempfile::tempdir().unwrap();
        let file = settings.path().join("motcua.toml");
        std::fs::write(&file, format!("clamav = \"{address}\"\n")).unwrap();
        server.restart_as(&["serve", "--config", file.to_str().unwrap()]);
        let client = citizen(&server);
        let before = kept(&server);
        let answer = upload(&client, "a.pdf", &pdf());
        let problem = answer.problem(429);
        assert!(problem["detail"].as_str().unwrap().contains("quầy"), "{problem}");
        assert_eq!(kept(&server), before);
        server.client().get("/readyz").expect(200);
    }
}
