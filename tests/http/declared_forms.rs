//! Declared forms on paper: filled in, empty with a code, and back from the scanner.

use serde_json::{Value, json};

use crate::api::portal::{Filed, Portal, api, birth, filed, with};
use crate::papers::at_desk;
use crate::support::http::{Answer, Client, field};

/// The procedure whose form the tests fill in: a copy of an extract.
const EXTRACT: &str = "2.000635";

/// A copy of an extract, filed online with the answers of the form's first test case.
fn extract() -> Value {
    let shipped = include_str!("../../assets/forms/2.000635.json");
    let shipped: Value = serde_json::from_str(shipped).expect("a form");
    with(
        birth(),
        json!({
            "procedure": EXTRACT,
            "form": shipped["cases"][0]["answers"],
            "components": [{"id": "tp1", "originals": 1, "copies": 0, "on_paper": true}],
        }),
    )
}

fn file(portal: &Portal) -> Filed {
    filed(portal.citizen("0912345678").post(&api("/dossiers"), &extract()))
}

/// Whether it is a PDF of its own name.
fn is_pdf(answer: &Answer, name: &str) -> bool {
    let named = answer.header("Content-Disposition").is_some_and(|how| how.contains(name));
    answer.header("Content-Type") == Some("application/pdf") && named
}

fn opened(portal: &Portal, dossier: &Filed) -> Client {
    let client = portal.server().client().with_cookies();
    let csrf = field(&client.get("/tra-cuu").expect(200).text(), "_csrf");
    let fields = [("_csrf", csrf.as_str()), ("code", &dossier.code), ("secret", &dossier.secret)];
    client.post_form("/tra-cuu", &fields).expect(303);
    client
}

#[test]
fn a_declared_form_prints_with_the_answers_for_the_desk_and_the_applicant() {
    let portal = Portal::demo();
    let dossier = file(&portal);
    let name = format!("to-khai-{}.pdf", dossier.code);

    let applicant = opened(&portal, &dossier);
    let here = format!("/tra-cuu/{}", dossier.code);
    let paper = format!("{here}/giay/declared_form.pdf");
    assert!(applicant.get(&here).expect(200).text().contains(&paper), "the page leads to it");
    let theirs = applicant.get(&paper).expect(200);
    assert!(is_pdf(&theirs, &name));
    // Without the secret there is nothing to read.
    let stranger = portal.server().client().with_cookies();
    stranger.get(&paper).expect(303);

    let desk = at_desk(portal.server(), "tiepnhan1");
    let here = format!("/mot-cua/ho-so/{}", dossier.code);
    let paper = format!("{here}/in/declared_form");
    assert!(desk.get(&here).expect(200).text().contains(&paper));
    assert!(is_pdf(&desk.get(&paper).expect(200), &name));

    // A dossier whose answers are free has no such paper.
    let free = filed(portal.citizen("0912345678").post(&api("/dossiers"), &birth()));
    let here = format!("/mot-cua/ho-so/{}", free.code);
    assert!(!desk.get(&here).expect(200).text().contains("declared_form"));
    desk.get(&format!("{here}/in/declared_form")).expect(404);
}

#[test]
fn an_empty_form_prints_from_its_procedure_and_its_code_leads_back() {
    let portal = Portal::demo();
    let anybody = portal.server().client();
    let page = anybody.get(&format!("/thu-tuc/{EXTRACT}")).expect(200).text();
    let paper = format!("/thu-tuc/{EXTRACT}/to-khai.pdf");
    assert!(page.contains(&paper) && page.contains("In tờ khai trống"));
    assert!(is_pdf(&anybody.get(&paper).expect(200), &format!("to-khai-{EXTRACT}.pdf")));
    for none in ["1.001193", "9.999999"] {
        anybody.get(&format!("/thu-tuc/{none}/to-khai.pdf")).expect(404);
    }
    let way = |path: &str| {
        anybody.get(path).expect(303).header("Location").expect("the way on").to_owned()
    };
    assert!(way(&format!("/to-khai/{EXTRACT}/1")).ends_with(&format!("/thu-tuc/{EXTRACT}")));
    let dossier = way(&format!("/to-khai/{EXTRACT}/1/H40.12-261130-0001"));
    assert!(dossier.ends_with("/tra-cuu/H40.12-261130-0001"));
    anybody.get("/to-khai/x").expect(404);
}
