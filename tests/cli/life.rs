//! Starting, ending and starting again.

use std::fs;
use std::os::unix::fs::PermissionsExt;

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
