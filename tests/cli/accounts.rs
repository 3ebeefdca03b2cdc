//! `user` and `token`, at rest and served.

use std::fs;

use serde_json::json;

use crate::support::server::Server;
use crate::{answer, refusal, served_and_at_rest};

#[test]
fn accounts_are_added_listed_and_shut() {
    served_and_at_rest(|server| {
        let password = server.folder().with_extension("password");
        fs::write(&password, "mot-mat-khau-dai\n").unwrap();
        let path = password.to_str().unwrap();
        let add = ["user", "add", "hoa", "--role", "receptionist", "--role", "cashier"];
        let name = ["--full-name", "Trần Thị Hoa", "--agency", "H40.12", "--password-file", path];
        let added = answer(server, &[&add[..], &name[..]].concat());
        let hoa = json!({
            "name": "hoa", "full_name": "Trần Thị Hoa", "roles": ["receptionist", "cashier"],
            "agency": "H40.12", "enabled": true,
        });
        assert_eq!(added, hoa);
        let listed = answer(server, &["user", "list"]);
        assert_eq!(listed.as_array().unwrap().len(), 2);
        assert_eq!(listed[1], hoa);
        let again = server.command(&["user", "add", "hoa", "--role", "clerk", "--json"]);
        assert!(refusal(&again).contains("hoa"));
        answer(server, &["user", "password", "hoa", "--password-file", path]);
        answer(server, &["user", "disable", "hoa"]);
        assert_eq!(answer(server, &["user", "list"])[1]["enabled"], false);
        let unknown = server.command(&["user", "disable", "nobody", "--json"]);
        assert!(refusal(&unknown).contains("nobody"));
        fs::remove_file(password).unwrap();
    });
}

#[test]
fn an_account_is_opened_again_but_the_last_administrator_is_never_shut() {
    served_and_at_rest(|server| {
        let last = server.command(&["user", "disable", "admin", "--json"]);
        assert!(refusal(&last).contains("only administrator"), "{last:?}");
        assert_eq!(answer(server, &["user", "list"])[0]["enabled"], true);
        let password = server.folder().with_extension("password");
        fs::write(&password, "mot-mat-khau-dai\n").unwrap();
        let path = password.to_str().unwrap();
        let add = ["user", "add", "chi", "--role", "admin", "--password-file", path];
        answer(server, &add);
        answer(server, &["token", "create", "--user", "admin", "--name", "cu"]);
        assert_eq!(answer(server, &["user", "disable", "admin"])["enabled"], false);
        let tokens = server.command(&["token", "list"]).stdout;
        assert!(!tokens.contains("cu"), "a shut account keeps no token: {tokens}");
        refusal(&server.command(&["user", "disable", "chi", "--json"]));
        let set = server.command(&["user", "password", "admin", "--password-file", path]);
        assert!(set.stdout.contains("user enable admin"), "{set:?}");
        assert_eq!(answer(server, &["user", "enable", "admin"])["enabled"], true);
        let listed = answer(server, &["user", "list"]);
        assert!(listed.as_array().unwrap().iter().all(|user| user["enabled"] == true));
        let unknown = server.command(&["user", "enable", "nobody", "--json"]);
        assert!(refusal(&unknown).contains("nobody"));
        fs::remove_file(password).unwrap();
    });
}

#[test]
fn an_unknown_agency_is_refused() {
    let server = Server::empty();
    let arguments = ["user", "add", "hoa", "--role", "clerk", "--agency", "H40.99", "--json"];
    assert!(refusal(&server.command(&arguments)).contains("H40.99"));
}

#[test]
fn tokens_are_told_once_and_can_be_ended() {
    served_and_at_rest(|server| {
        let made = answer(server, &["token", "create", "--user", "admin", "--name", "may-in"]);
        assert_eq!(made["name"], "may-in");
        let token = made["token"].as_str().unwrap().to_owned();
        assert!(token.starts_with("mc_") && token.len() > 40, "{token}");
        let program = ["token", "create", "--role", "integration", "--name", "truc-lien-thong"];
        assert_ne!(answer(server, &program)["token"], token);
        let unnamed = answer(server, &["token", "create", "--user", "admin"]);
        assert!(!unnamed["name"].as_str().unwrap().is_empty());
        let listed = server.command(&["token", "list"]);
        assert!(listed.stdout.contains("may-in") && !listed.stdout.contains(&token), "{listed:?}");
        answer(server, &["token", "revoke", "may-in"]);
        let again = server.command(&["token", "revoke", "may-in", "--json"]);
        assert!(refusal(&again).contains("may-in"));
        let nobody = server.command(&["token", "create", "--user", "nobody", "--json"]);
        assert!(refusal(&nobody).contains("nobody"));
    });
}

#[test]
fn passwords_that_are_tried_first_are_refused_and_short_ones_told() {
    served_and_at_rest(|server| {
        let file = server.folder().with_extension("password");
        let path = file.to_str().unwrap();
        let add = ["user", "add", "binh", "--role", "clerk", "--password-file", path];
        for (password, why) in
            [("ngan", "at least 8"), ("matkhau123", "many people"), ("binh-12345", "name of")]
        {
            fs::write(&file, password).unwrap();
            let told = refusal(&server.command(&[&add[..], &["--json"]].concat()));
            assert!(told.contains(why), "{password}: {told}");
        }
        fs::write(&file, "kx7Qm2vz").unwrap();
        let added = server.command(&add);
        assert!(added.code == Some(0) && added.stdout.contains("shorter than 15"), "{added:?}");
        let given =
            server.command(&["user", "password", "binh", "--password-file", path, "--must-change"]);
        assert!(given.code == Some(0) && !given.stdout.contains("shorter"), "{given:?}");
        for nobody in ["binh", "nobody"] {
            let reset = ["user", "second-factor", "reset", nobody, "--json"];
            refusal(&server.command(&reset));
        }
        fs::remove_file(&file).unwrap();
    });
}
