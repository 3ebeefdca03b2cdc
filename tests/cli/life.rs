//! Starting, ending and starting again.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::thread;

use serde_json::json;

use crate::support::server::Server;
use crate::{answer, on, refusal};

#[test]
fn a_folder_has_one_server_which_ends_cleanly_on_sigterm() {
    let mut server = Server::empty();
    let socket = server.folder().join("control.sock");
    assert_eq!(fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o600);
    let second = server.command(&["serve", "--listen", "127.0.0.1:0", "--json"]);
    assert!(refusal(&second).contains("in use"));
    let agency = ["--agency-code", "H1", "--agency-name", "X", "--admin", "ad"];
    let password = server.folder().with_extension("pw");
    fs::write(&password, "mot-mat-khau-dai").unwrap();
    let init = ["init", "--json", "--password-file", password.to_str().unwrap()];
    refusal(&server.command(&[&init[..], &agency[..]].concat()));
    fs::remove_file(password).unwrap();
    server.client().get("/healthz").expect(200);
    assert_eq!(server.terminate().code(), Some(0));
    assert!(!socket.exists());
    server.restart();
    server.client().get("/readyz").expect(200);
}

#[test]
fn a_request_that_was_accepted_is_answered_though_the_end_has_begun() {
    let mut server = Server::empty();
    let address = server.base().trim_start_matches("http://").to_owned();
    let body = r#"{"user": "admin", "password": "khong-phai-mat-khau"}"#;
    let mut stream = TcpStream::connect(&address).unwrap();
    let head = format!(
        "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        line
    };
    assert!(line().starts_with("HTTP/1.1 100"));
    assert_eq!(line().trim(), "");
    let ending = thread::spawn(move || server.terminate().code());
    // Once nobody listens any more, the end has begun.
    while TcpStream::connect(&address).is_ok() {
        thread::yield_now();
    }
    stream.write_all(body.as_bytes()).unwrap();
    assert!(line().starts_with("HTTP/1.1 401"));
    assert_eq!(ending.join().unwrap(), Some(0));
}

#[test]
fn connections_without_a_whole_question_are_closed_at_the_end() {
    let mut server = Server::empty();
    let address = server.base().trim_start_matches("http://").to_owned();
    let mut idle = TcpStream::connect(&address).unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    let mut half = TcpStream::connect(&address).unwrap();
    half.write_all(b"GET /healthz HTTP/1.1\r\nHo").unwrap();
    assert_eq!(server.terminate().code(), Some(0));
    // They were closed on this side: nothing but the end is read from either.
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).unwrap();
    assert_eq!(answer(&server, &["check"])["ok"], true);
}

#[test]
fn a_killed_server_leaves_a_folder_that_can_be_used() {
    let mut server = Server::empty();
    answer(&server, &["token", "create", "--user", "admin", "--name", "truoc"]);
    server.kill();
    // Its socket is still there, and nobody answers: the folder is at rest.
    assert!(server.command(&["token", "list"]).stdout.contains("truoc"));
    server.restart();
    assert!(server.command(&["token", "list"]).stdout.contains("truoc"));
}

#[test]
fn a_demo_is_made_once_and_served_again() {
    let mut server = Server::demo();
    assert!(server.log().contains("tiepnhan1"), "{}", server.log());
    let dossiers = |server: &Server| {
        let figures = server.client().get("/metrics").expect(200).text();
        let line = figures.lines().find_map(|line| line.strip_prefix("motcua_dossiers "));
        line.expect("the figure").parse::<u64>().expect("a number")
    };
    let before = dossiers(&server);
    assert!(before > 50, "{before}");
    let users = answer(&server, &["user", "list"]);
    let roles: Vec<&str> =
        users.as_array().unwrap().iter().filter_map(|user| user["roles"][0].as_str()).collect();
    for role in ["receptionist", "coordinator", "processor", "approver", "clerk", "cashier"] {
        assert!(roles.contains(&role), "{role}");
    }
    assert_eq!(server.terminate().code(), Some(0));
    server.restart();
    assert_eq!(dossiers(&server), before);
}

#[test]
fn a_folder_is_checked_and_indexed_anew_at_rest_and_while_it_is_served() {
    let mut server = Server::demo();
    for is_served in [true, false] {
        let told = answer(&server, &["reindex"]);
        assert!(told["dossiers"].as_u64().unwrap() > 50, "{told}");
        let told = answer(&server, &["check"]);
        assert_eq!((&told["ok"], &told["problems"]), (&json!(true), &json!([])), "{told}");
        if is_served {
            assert_eq!(server.terminate().code(), Some(0));
        }
    }
}

#[test]
fn real_data_is_never_served_as_a_demo() {
    let mut server = Server::empty();
    assert_eq!(server.terminate().code(), Some(0));
    let done = on(server.folder(), &["demo", "--listen", "127.0.0.1:0", "--json"]);
    assert!(refusal(&done).contains("motcua serve"));
}

#[test]
fn an_address_in_use_is_told() {
    let server = Server::empty();
    let taken = server.base().trim_start_matches("http://").to_owned();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    let done = on(&data, &["demo", "--listen", &taken, "--json"]);
    assert!(refusal(&done).contains("--listen"));
    let done = on(&data, &["demo", "--listen", "nowhere", "--json"]);
    assert!(refusal(&done).contains("nowhere"));
}
