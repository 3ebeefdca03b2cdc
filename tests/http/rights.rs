//! Who may use which address: every route of the live program by every kind of caller, on objects of
//! their own and of others, beside a table that was reviewed apart from the program's own
//! (`tests/data/rights.tsv`).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::api::documents::browser;
use crate::api::portal::{Filed, Portal, api, birth, filed, form, pdf, with};
use crate::papers::at_desk;
use crate::support::http::{Answer, Client, field};

/// The letters of the reviewed table, and who signs in for them.
const CALLERS: [(char, Caller); 15] = [
    ('N', Caller::Nobody),
    ('Z', Caller::Citizen("0912345678")),
    ('Y', Caller::Citizen("0912345679")),
    ('R', Caller::Account("tiepnhan1")),
    ('O', Caller::Account("dieuphoi1")),
    ('P', Caller::Account("thuly1")),
    ('A', Caller::Account("lanhdao1")),
    ('K', Caller::Account("vanthu1")),
    ('C', Caller::Account("thungan1")),
    ('H', Caller::Account("giamdoc1")),
    ('M', Caller::Account("quantri")),
    ('U', Caller::Account("kiemtra1")),
    ('I', Caller::Account("ketnoi1")),
    ('r', Caller::Account("tiepnhan11")),
    ('p', Caller::Account("thuly11")),
];

#[derive(Clone, Copy)]
enum Caller {
    Nobody,
    Citizen(&'static str),
    Account(&'static str),
}

/// A caller as a browser and as a program.
struct Visitor {
    letter: char,
    browser: Client,
    program: Client,
    csrf: String,
}

impl Visitor {
    fn new(portal: &Portal, letter: char, caller: Caller) -> Self {
        let (browser, program, page) = match caller {
            Caller::Nobody => {
                (portal.server().client().with_cookies(), portal.anybody(), "/dang-nhap")
            }
            Caller::Citizen(phone) => (browser(portal, phone), portal.citizen(phone), "/tra-cuu"),
            Caller::Account(name) => {
                (at_desk(portal.server(), name), portal.desk(name), "/mot-cua")
            }
        };
        let csrf = field(&browser.get(page).expect(200).text(), "_csrf");
        Self { letter, browser, program, csrf }
    }

    /// What the server says to a request with no more than every form has, and `fields`.
    fn ask(&self, method: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        if path.starts_with("/api/") {
            let json = [("Content-Type", "application/json")];
            let body = if method == "GET" { Vec::new() } else { b"{}".to_vec() };
            return self.program.send(method, path, &json, body);
        }
        match method {
            "GET" => self.browser.get(path),
            _ => {
                let own = [("_csrf", self.csrf.as_str())];
                self.browser.post_form(path, &[&own[..], fields].concat())
            }
        }
    }
}

/// Whether the answer lets the caller at what the address is about.
fn is_open(path: &str, answer: &Answer) -> bool {
    let location = answer.header("Location").unwrap_or_default();
    let is_turned_away = location.starts_with("/mot-cua/dang-nhap")
        || location.starts_with("/dang-nhap")
        || (path != "/tra-cuu" && location.starts_with("/tra-cuu"));
    !matches!(answer.status, 401 | 403 | 404) && !is_turned_away
}

/// What the addresses of the walk are about: a birth registration at the first commune with a file and
/// a result, its citizen's own paper, a draft of a browser that nobody signed in at, a form in work.
struct Objects {
    dossier: Filed,
    attachment: String,
    names: BTreeMap<&'static str, String>,
}

/// A row of the reviewed table: address, method, the letters of who gets through, and with what:
/// `part=value` of the address, `?query`, `+field=value` of the form, `open=STATUS` that is the natural
/// answer to whoever gets through.
struct Row {
    method: String,
    path: String,
    letters: String,
    with: String,
}

fn reviewed() -> Vec<Row> {
    let text = include_str!("../data/rights.tsv");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default().to_owned();
            Row { method: cell(), path: cell(), letters: cell(), with: cell() }
        })
        .collect()
}

/// The routes that the running program serves, as its own page lists them; what is not listed there
/// answers nobody.
fn live(portal: &Portal) -> BTreeSet<(String, String)> {
    let page = at_desk(portal.server(), "quantri").get("/quan-tri/phan-quyen").expect(200).text();
    let rows = page.split("<tr").filter_map(|row| {
        let (_, rest) = row.split_once("<span class=\"path\">")?;
        let (path, rest) = rest.split_once("</span>")?;
        let methods = rest.split(['<', '>']).find(|text| {
            ["GET", "POST", "PUT", "PATCH", "DELETE"].iter().any(|known| text.starts_with(known))
        })?;
        Some((path.to_owned(), methods.to_owned()))
    });
    rows.flat_map(|(path, methods)| {
        let methods: Vec<String> = methods.split(' ').map(str::to_owned).collect();
        methods.into_iter().map(move |method| (path.clone(), method))
    })
    .collect()
}

#[test]
fn the_reviewed_table_names_every_route_of_the_running_program() {
    let portal = Portal::demo();
    let reviewed: BTreeSet<(String, String)> =
        reviewed().into_iter().map(|row| (row.path, row.method)).collect();
    let live = live(&portal);
    assert!(live.len() > 200, "{}", live.len());
    let missing: Vec<_> = live.difference(&reviewed).collect();
    let gone: Vec<_> = reviewed.difference(&live).collect();
    assert!(missing.is_empty() && gone.is_empty(), "not reviewed: {missing:?}; gone: {gone:?}");
}

#[test]
fn every_route_opens_to_those_who_may_and_to_nobody_else() {
    // The whole walk comes from one address.
    let settings = tempfile::tempdir().unwrap();
    let file = settings.path().join("motcua.toml");
    let many = "{ per_minute = 100000, burst = 100000 }";
    std::fs::write(&file, format!("[limits]\nsending = {many}\nticket = {many}\n")).unwrap();
    let portal = Portal::demo_with(&["--config", file.to_str().unwrap()]);
    let visitors: Vec<Visitor> =
        CALLERS.iter().map(|(letter, caller)| Visitor::new(&portal, *letter, *caller)).collect();
    let objects = objects(&visitors);
    let mut wrong = Vec::new();
    let mut rows = reviewed();
    // What ends sessions or takes objects away comes last.
    let takes_away = |row: &Row| {
        let ends =
            ["/xoa", "/xoa/ma", "/phien", "/bo-nhap", "/nop-ho-so/{code}", "/bo-ma-xac-thuc"];
        row.method == "DELETE"
            || row.method == "POST" && ends.iter().any(|end| row.path.ends_with(end))
    };
    rows.sort_by_key(|row| (row.path.ends_with("/dang-xuat"), takes_away(row)));
    for row in &rows {
        let path = objects.address(&row.path, &row.with);
        let tokens: Vec<&str> = row.with.split_whitespace().collect();
        let fields: Vec<(&str, &str)> =
            tokens.iter().filter_map(|token| token.strip_prefix('+')?.split_once('=')).collect();
        let counts = |answer: &Answer| {
            let natural = row.with.split_once("open=").map(|(_, status)| status);
            natural == Some(answer.status.to_string().as_str()) || is_open(&path, answer)
        };
        let mut through = String::new();
        // What is for everybody is tried by one of each kind.
        let asked = |letter: char| row.letters != "*" || "NZRM".contains(letter);
        for visitor in visitors.iter().filter(|visitor| asked(visitor.letter)) {
            let answer = visitor.ask(&row.method, &path, &fields);
            assert!(answer.status < 500, "{} {path}: {}", row.method, answer.text());
            assert!(answer.status != 429, "{} {path}", row.method);
            if counts(&answer) {
                through.push(visitor.letter);
            }
        }
        let expected: String = CALLERS
            .iter()
            .map(|(letter, _)| *letter)
            .filter(|letter| asked(*letter))
            .filter(|letter| row.letters == "*" || row.letters.contains(*letter))
            .collect();
        if through != expected {
            wrong.push(format!("{}\t{}\t{through} instead of {expected}", row.method, row.path));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

impl Objects {
    /// The address of a pattern; `with` has `name=value` for what this row needs, and a query.
    fn address(&self, pattern: &str, with: &str) -> String {
        let mut path = pattern.to_owned();
        let mut query = String::new();
        for part in with.split_whitespace() {
            match part.split_once('=') {
                Some((name, value)) if !name.starts_with(['?', '+']) => {
                    let value = self.value(value);
                    path = path.replace(&format!("{{{name}}}"), &value);
                }
                _ if part.starts_with('?') => query = self.value(part),
                _ => {}
            }
        }
        for (name, value) in &self.names {
            path = path.replace(&format!("{{{name}}}"), value);
        }
        format!("{}{query}", path.replace("{way:.*}", "x"))
    }

    fn value(&self, text: &str) -> String {
        text.replace("@dossier", &self.dossier.code).replace("@attachment", &self.attachment)
    }
}

fn objects(visitors: &[Visitor]) -> Objects {
    let of = |letter: char| visitors.iter().find(|known| known.letter == letter).expect("known");
    let citizen = &of('Z').program;
    let file = form("to-khai.pdf", "application/pdf", &pdf());
    let upload = citizen.post_multipart(&api("/uploads"), file).expect(201).json();
    let papers = json!([
        {"id": "tp1", "originals": 1, "copies": 0, "uploads": [upload["id"]]},
        {"id": "tp2", "originals": 1, "copies": 0, "on_paper": true},
    ]);
    let body = with(birth(), json!({"components": papers}));
    let dossier = filed(citizen.post(&api("/dossiers"), &body));
    dossier.act(&of('R').program, json!({"action": "accept"})).expect(200);
    let state = of('R').program.get(&dossier.at("")).expect(200).json();
    let attachment = state["attachments"][0]["id"].as_str().expect("an id").to_owned();
    // A draft of the browser that nobody is signed in at.
    let nobody = of('N');
    let first = crate::drafts::begin(&nobody.browser, "1.001193");
    let parts: Vec<&str> = first.split('/').collect();
    let waiting = form("quet.pdf", "application/pdf", &pdf());
    let waiting = of('R').program.post_multipart(&api("/uploads"), waiting).expect(201).json();
    for name in ["Giấy ra viện", "Giấy kết hôn"] {
        crate::api::documents::add(&of('Z').browser, name, "");
    }
    let own = citizen.get(&api("/documents")).expect(200).json();
    let (paper, document) = (&own["documents"][0], &own["documents"][1]);
    let id = |object: &Value| object["id"].as_str().expect("an id").to_owned();
    let ticket = json!({"agency": "H40.12", "service": "filing"});
    let ticket = nobody.program.post(&api("/tickets"), &ticket).expect(201).json();
    let request = [("kind", "access"), ("text", "x"), ("agency", "H40.12")];
    of('Z').ask("POST", "/tai-khoan/yeu-cau/moi", &request).expect(303);
    let home = nobody.browser.get("/").expect(200).text();
    let asset = home.split_once("/assets/").map_or("", |(_, rest)| rest);
    let asset = asset.split('"').next().unwrap_or_default();
    let names = [
        ("dossier", dossier.code.clone()),
        ("draft", parts[3].to_owned()),
        ("step", parts[4].to_owned()),
        ("upload", id(&waiting)),
        ("paper", id(paper)),
        ("paper_file", id(&paper["files"][0])),
        ("document", id(document)),
        ("document_file", id(&document["files"][0])),
        ("request", "1".to_owned()),
        ("number", ticket["number"].as_str().expect("a number").to_owned()),
        ("asset", asset.to_owned()),
        ("procedure", "1.001193".to_owned()),
        ("agency", "H40.12".to_owned()),
        ("code", "1.001193".to_owned()),
        ("action", "note".to_owned()),
        ("deed", "receipt".to_owned()),
        ("name", "kiemtra11".to_owned()),
        ("version", "1".to_owned()),
        ("text", "x".to_owned()),
        ("file", attachment.clone()),
    ];
    Objects { dossier, attachment, names: names.into() }
}
