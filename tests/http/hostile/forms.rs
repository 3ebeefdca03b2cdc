//! Every form of the portal that can be reached, sent with the token of somebody else; and texts that
//! read otherwise than they are.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::json;

use super::demo_with;
use crate::api::portal::{api, birth, with};
use crate::support::http::{Client, field};
use crate::support::server::Server;

/// Pages that are looked at for each account.
const PAGES: usize = 60;

/// Forms that change nothing, and how they answer without what they need: looking up, checking a
/// paper, files to compare (whose token is asked for with the file), and the show of all parts.
const HARMLESS: [(&str, u16); 5] = [
    ("/kiem-tra", 422),
    ("/tra-cuu", 422),
    ("/quan-tri/thu-tuc", 422),
    ("/quan-tri/to-khai/nhap", 422),
    ("/quan-tri/thanh-phan", 404),
];

fn sign_in(server: &Server, user: &str) -> Client {
    let client = server.client().with_cookies();
    let csrf = field(&client.get("/mot-cua/dang-nhap").expect(200).text(), "_csrf");
    let form = [("_csrf", csrf.as_str()), ("user", user), ("password", "motcua-demo")];
    client.post_form("/mot-cua/dang-nhap", &form).expect(303);
    client
}

/// A form of a page: where it goes, and the fields that it carries.
struct Sent {
    action: String,
    fields: Vec<(String, String)>,
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let value = rest.split('"').next()?;
    Some(value.replace("&amp;", "&"))
}

fn forms(page: &str, path: &str) -> Vec<Sent> {
    let parts = page.split("<form").skip(1).filter_map(|part| part.split_once("</form>"));
    let all = parts.filter_map(|(part, _)| {
        let (tag, body) = part.split_once('>')?;
        if attribute(tag, "method")? != "post" {
            return None;
        }
        let action = attribute(tag, "action").unwrap_or_else(|| path.to_owned());
        let inputs = body.split("<input").skip(1).filter_map(|input| {
            let tag = input.split('>').next()?;
            Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()))
        });
        Some(Sent { action, fields: inputs.collect() })
    });
    all.collect()
}

fn links(page: &str) -> Vec<String> {
    let hrefs = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = hrefs.filter(|href| href.starts_with('/') && !href.starts_with("//"));
    let pages = own.filter(|href| {
        !["/assets", "/theme.css", ".pdf", ".xlsx", "lang=", "/tep/", "#"]
            .iter()
            .any(|no| href.contains(no))
    });
    pages.map(|href| href.replace("&amp;", "&")).collect()
}

/// Forms that an account meets, by where they go: one of each.
fn reached(client: &Client, begin: &str) -> BTreeMap<String, Sent> {
    let (mut queue, mut seen) = (VecDeque::from([begin.to_owned()]), BTreeSet::new());
    let mut found = BTreeMap::new();
    while let Some(path) = queue.pop_front().filter(|_| seen.len() < PAGES) {
        // Pages that differ in what is asked only have the same forms.
        if !seen.insert(path.split('?').next().unwrap_or_default().to_owned()) {
            continue;
        }
        let answer = client.get(&path);
        if answer.status != 200
            || !answer.header("content-type").unwrap_or("").starts_with("text/html")
        {
            continue;
        }
        let page = answer.text();
        queue.extend(links(&page));
        for form in forms(&page, &path) {
            found
                .entry(form.action.split('?').next().unwrap_or_default().to_owned())
                .or_insert(form);
        }
    }
    found
}

fn commits(server: &Server) -> String {
    let figures = server.client().get("/metrics").expect(200).text();
    figures.lines().find(|line| line.starts_with("motcua_last_commit ")).unwrap().to_owned()
}

#[test]
fn no_form_works_with_the_token_of_somebody_else() {
    let server = Server::demo();
    let foreign = field(&sign_in(&server, "kiemtra1").get("/mot-cua").expect(200).text(), "_csrf");
    let before = commits(&server);
    let (mut tried, mut taken) = (BTreeSet::new(), Vec::new());
    for (user, begin) in [
        ("quantri", "/quan-tri"),
        ("tiepnhan1", "/mot-cua"),
        ("thuly1", "/mot-cua"),
        ("lanhdao1", "/mot-cua"),
        ("vanthu1", "/mot-cua"),
        ("thungan1", "/mot-cua"),
        ("", "/"),
    ] {
        let client =
            if user.is_empty() { server.client().with_cookies() } else { sign_in(&server, user) };
        for (action, form) in reached(&client, begin) {
            if !tried.insert(action.clone()) {
                continue;
            }
            for token in [foreign.as_str(), ""] {
                let fields = form.fields.iter().filter(|(name, _)| name != "_csrf");
                let mut fields: Vec<(&str, &str)> =
                    fields.map(|(name, value)| (name.as_str(), value.as_str())).collect();
                fields.push(("_csrf", token));
                let answer = client.post_form(&form.action, &fields);
                // Signing out leads to the page of signing in, and ends nothing.
                let is_out =
                    action.ends_with("/dang-xuat") && answer.header("set-cookie").is_none();
                let is_harmless = HARMLESS.contains(&(action.as_str(), answer.status));
                if answer.status != 403 && !is_out && !is_harmless {
                    taken.push(format!("{action} as {user:?}: {}", answer.status));
                }
            }
        }
        if !user.is_empty() {
            client.get(begin).expect(200);
        }
    }
    assert!(taken.is_empty(), "{taken:#?}");
    assert!(tried.len() > 25, "so many forms are reached: {tried:?}");
    assert_eq!(commits(&server), before, "nothing was written");
}

#[test]
fn pages_of_persons_are_kept_by_nobody() {
    let server = Server::demo();
    for (user, begin) in [("tiepnhan1", "/mot-cua"), ("quantri", "/quan-tri")] {
        let client = sign_in(&server, user);
        let page = client.get(begin).expect(200).text();
        for path in links(&page).into_iter().take(25) {
            let answer = client.get(&path);
            if path.starts_with("/mot-cua") || path.starts_with("/quan-tri") {
                assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
            }
            assert!(answer.header("content-security-policy").is_some(), "{path}");
        }
    }
}

#[test]
fn names_that_read_otherwise_than_they_are_do_not_get_in() {
    let server = Server::demo();
    let desk = json!({"user": "tiepnhan1", "password": "motcua-demo"});
    let token = server.client().post(&api("/sessions"), &desk).expect(200).json();
    let desk = server.client().bearer(token["token"].as_str().unwrap());
    let before = commits(&server);
    for name in [
        "Nguyễn Văn \u{410}n",
        "Nguyễn \u{202e}nA năV",
        "Nguyễn\u{0} Văn An",
        "Nguyễn \u{2066}Văn An",
        "Nguyễn\u{1b}[31m Văn An",
        "\u{200b}",
        "<script>alert(1)</script>\u{7}",
    ] {
        let person = json!({"applicant": {"name": name, "phone": "0912345678"}});
        desk.post(&api("/dossiers"), &with(birth(), person)).problem(422);
    }
    let escaped =
        with(birth(), json!({"applicant": {"name": "Nguyễn Văn An", "phone": "0912345678"}}));
    let escaped = escaped.to_string().replace("Nguyễn Văn An", "Nguyễn \\u202eVăn An");
    let headers = [("Content-Type", "application/json")];
    desk.send("POST", &api("/dossiers"), &headers, escaped.into_bytes()).problem(422);
    assert_eq!(commits(&server), before);
}

#[test]
fn a_hundred_passwords_hold_up_nobody_else() {
    let (server, _folder) = demo_with("[limits]\nsign_in = { per_minute = 6000, burst = 1000 }\n");
    let (open, refused) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for number in 0..100 {
            let (server, open, refused) = (&server, &open, &refused);
            open.fetch_add(1, Ordering::SeqCst);
            scope.spawn(move || {
                let body = json!({"user": format!("nobody{number}"), "password": "wrong-password"});
                let answer = server.client().post(&api("/sessions"), &body);
                assert!(matches!(answer.status, 401 | 429), "{}", answer.status);
                if answer.status == 429 {
                    assert!(answer.header("retry-after").is_some());
                    refused.fetch_add(1, Ordering::SeqCst);
                }
                open.fetch_sub(1, Ordering::SeqCst);
            });
        }
        // Once the queue is full, others are answered while it is worked off.
        while refused.load(Ordering::SeqCst) == 0 && open.load(Ordering::SeqCst) > 0 {
            thread::yield_now();
        }
        server.client().get("/thu-tuc").expect(200);
        assert!(open.load(Ordering::SeqCst) > 0, "passwords are still being hashed");
    });
    assert!(refused.load(Ordering::SeqCst) > 0, "the queue has an end");
}
