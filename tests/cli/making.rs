//! `init`, wrong usage, and what is not there yet.

use std::fs;

use crate::support::server::motcua;
use crate::{on, refusal};

const AGENCY: [&str; 6] =
    ["--agency-code", "H40.12", "--agency-name", "UBND phường Bến Thử", "--admin", "admin"];

#[test]
fn a_folder_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let password = folder.path().join("password");
    fs::write(&password, "dem-trang-tren-song\n").unwrap();
    let data = folder.path().join("data");
    let init = [&["init", "--json", "--password-file", password.to_str().unwrap()], &AGENCY[..]];
    let made = on(&data, &init.concat());
    assert_eq!(made.code, Some(0), "{made:?}");
    assert!(refusal(&on(&data, &init.concat())).contains("not empty"));
    let without = on(&data, &[&["init", "--json"], &AGENCY[..]].concat());
    assert!(refusal(&without).contains("not empty"), "before a password is asked for");
    let listed = on(&data, &["user", "list"]);
    assert!(listed.stdout.contains("admin"), "{listed:?}");
}

#[test]
fn without_a_good_password_nothing_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let none = on(&data, &[&["init", "--json"], &AGENCY[..]].concat());
    assert!(refusal(&none).contains("--password-file"));
    let password = folder.path().join("password");
    fs::write(&password, "short").unwrap();
    let path = password.to_str().unwrap();
    let short = on(&data, &[&["init", "--json", "--password-file", path], &AGENCY[..]].concat());
    assert!(refusal(&short).contains('8'));
    assert!(!data.exists());
}

#[test]
fn an_agency_without_a_name_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let password = folder.path().join("password");
    fs::write(&password, "dem-trang-tren-song\n").unwrap();
    let path = password.to_str().unwrap();
    for name in ["", "  ", &"Ủy ban ".repeat(50)] {
        let agency = ["--agency-code", "H40.12", "--agency-name", name, "--admin", "admin"];
        let init = [&["init", "--json", "--password-file", path], &agency[..]].concat();
        assert!(refusal(&on(&data, &init)).contains("200"), "{name}");
        assert!(!data.exists());
    }
}

#[test]
fn a_folder_that_is_not_ours_is_told_from_one_that_is() {
    let folder = tempfile::tempdir().unwrap();
    let sentence = refusal(&on(folder.path(), &["user", "list", "--json"]));
    assert!(sentence.contains("motcua init"), "{sentence}");
    assert_eq!(on(folder.path(), &["serve", "--listen", "127.0.0.1:0"]).code, Some(1));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn wrong_usage_is_told_from_refusal() {
    for arguments in [
        &["fly"][..],
        &[],
        &["init"],
        &["user", "add", "x", "--role", "emperor"],
        &["token", "create"],
        &["token", "create", "--role", "integration"],
        &["catalogue", "import"],
        &["check", "--against", "nonsense"],
        &["check", "--against", "H40.12/x/0123456789abcdef"],
    ] {
        let done = motcua(arguments);
        assert_eq!(done.code, Some(2), "{arguments:?}: {done:?}");
        assert!(done.stdout.is_empty() && !done.stderr.is_empty(), "{done:?}");
        let done = motcua(&[&["--json"], arguments].concat());
        assert_eq!(done.code, Some(2), "{arguments:?}: {done:?}");
        let told: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
        let sentence = told["error"].as_str().unwrap();
        assert!(!sentence.is_empty() && !sentence.contains('\n'), "{sentence}");
    }
    let done = motcua(&["token", "create", "--role", "integration", "--json"]);
    assert!(done.stdout.contains("--name <NAME>"), "{done:?}");
    assert_eq!(motcua(&["--help"]).code, Some(0));
    assert!(motcua(&["--version"]).stdout.starts_with("motcua "));
}

#[test]
fn settings_come_from_a_file_and_wrong_ones_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("motcua.toml");
    fs::write(&config, "workers = \"many\"\n").unwrap();
    let config = config.to_str().unwrap();
    let done = on(folder.path(), &["user", "list", "--json", "--config", config]);
    assert!(refusal(&done).contains("workers"));
}
