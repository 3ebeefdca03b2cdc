//! Signed papers: what was printed is known again wherever it is held, and what was altered is found.

use serde_json::{Value, json};

use crate::api::portal::{Filed, Portal, api, birth, filed, with};
use crate::support::http::{Client, Multipart};
use crate::support::server::Server;

/// Takes a birth registration in over the counter.
fn taken_in(portal: &Portal) -> Filed {
    let body = with(birth(), json!({"channel": "counter"}));
    filed(portal.desk("tiepnhan1").post(&api("/dossiers"), &body))
}

fn check(client: &Client, paper: Vec<u8>) -> Value {
    let headers = [("Content-Type", "application/octet-stream")];
    client.send("POST", &api("/papers/check"), &headers, paper).expect(200).json()
}

#[test]
fn a_receipt_names_what_was_handed_in_and_verifies_as_file_and_as_code() {
    let portal = Portal::demo();
    let (desk, anybody) = (portal.desk("tiepnhan1"), portal.anybody());
    let dossier = taken_in(&portal);
    let listed = desk.get(&dossier.at("/papers")).expect(200).json();
    let names: Vec<&str> =
        listed["items"].as_array().unwrap().iter().map(|i| i["paper"].as_str().unwrap()).collect();
    assert!(names.contains(&"receipt") && names.contains(&"control_sheet"), "{names:?}");

    let pdf = desk.get(&dossier.at("/papers/receipt")).expect(200).body;
    let told = check(&anybody, pdf.clone());
    assert_eq!((&told["verdict"], &told["whole_file"]), (&json!("genuine"), &json!(true)));
    let paper = &told["papers"][0];
    let state = desk.get(&dossier.at("")).expect(200).json();
    assert_eq!(paper["dossier"], dossier.code);
    assert_eq!(paper["due_at"], state["due_at"]);
    let event = state["events"].as_array().unwrap().iter().find(|e| e["action"] == "received");
    let event = event.expect("the reception");
    assert_eq!(paper["sequence"], event["seq"]);
    assert!(event["hash"].as_str().unwrap().starts_with(paper["chain"].as_str().unwrap()));
    let components = paper["contents"]["components"].as_array().unwrap();
    assert_eq!(paper["items"], components.len());
    assert!(components.iter().all(|component| component["name"].is_string()));

    // Any byte: in a drawing, in the seal, in what was signed.
    for at in [100, pdf.len() / 2, pdf.len() - 300, pdf.len() - 1] {
        let mut altered = pdf.clone();
        altered[at] ^= 1;
        assert_ne!(check(&anybody, altered)["verdict"], "genuine", "byte {at}");
    }

    let signed = desk.get(&dossier.at("/papers/receipt?format=json")).expect(200).json();
    let text = signed["text"].as_str().unwrap();
    assert_eq!(signed["contents"], paper["contents"], "the same paper, printed twice");
    assert_eq!(check(&anybody, text.into())["verdict"], "genuine");
    assert_eq!(check(&anybody, signed.to_string().into())["verdict"], "genuine");
    desk.get(&dossier.at("/papers/apology")).expect(404);
    desk.get(&dossier.at("/papers/receipt?format=xml")).expect(422);
}

#[test]
fn the_public_page_tells_genuine_from_altered() {
    let portal = Portal::demo();
    let (desk, anybody) = (portal.desk("tiepnhan1"), portal.anybody());
    let dossier = taken_in(&portal);
    let signed = desk.get(&dossier.at("/papers/receipt?format=json")).expect(200).json();
    let text = signed["text"].as_str().unwrap();
    for way in ["/KIEM-TRA/", "/kiem-tra/"] {
        let page = anybody.get(&format!("{way}{text}")).expect(200).text();
        assert!(page.contains("Mã trên giấy là thật."), "{way}");
        assert!(page.contains(&dossier.code) && page.contains("Giấy tiếp nhận"));
        assert!(!page.contains(&dossier.secret), "what opens the dossier stays away");
    }
    let last = if text.ends_with('A') { "B" } else { "A" };
    let altered = format!("{}{last}{last}", &text[..text.len() - 2]);
    let page = anybody.get(&format!("/KIEM-TRA/{altered}")).expect(200).text();
    assert!(page.contains("Giấy đã bị sửa"), "{page}");
    assert!(!page.contains("Cơ quan đã ký"), "nothing of it is told as true");

    let send = |form: Multipart| anybody.post_multipart("/kiem-tra", form);
    let pdf = desk.get(&dossier.at("/papers/receipt")).expect(200).body;
    let file = |bytes: &[u8]| Multipart::new().file("file", "giay.pdf", "application/pdf", bytes);
    let page = send(file(&pdf)).expect(200).text();
    assert!(
        page.contains("Giấy thật, chưa bị sửa.") && page.contains("đúng như khi cơ quan phát hành")
    );
    let mut altered = pdf;
    altered[500] ^= 1;
    assert!(send(file(&altered)).expect(200).text().contains("Tệp đã bị sửa"));
    let photo = [&[0xFF, 0xD8, 0xFF, 0xE0][..], &[0x91; 4_000][..]].concat();
    for foreign in [&photo[..], b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF"] {
        let page = send(file(foreign)).expect(200).text();
        assert!(page.contains("Không tìm thấy mã của cơ quan"), "{page}");
        assert!(!page.contains("bị sửa"), "{page}");
        assert_eq!(check(&anybody, foreign.to_vec())["verdict"], "unsigned");
    }
    let link = format!("http://127.0.0.1/KIEM-TRA/{text}");
    assert!(send(Multipart::new().text("text", &link)).expect(200).text().contains("là thật"));
    assert!(send(Multipart::new().text("text", "")).expect(422).text().contains("id=\"loi\""));

    // A paper of another office: nobody here can tell.
    let elsewhere = Server::demo_with(&[]);
    let page = elsewhere.client().get(&format!("/KIEM-TRA/{text}")).expect(200).text();
    assert!(page.contains("Chưa kết luận được: giấy của hệ thống khác."));
    let keys = |client: Client| client.get("/.well-known/motcua-keys.pem").expect(200).text();
    let own = keys(portal.anybody());
    assert!(own.starts_with("-----BEGIN PUBLIC KEY-----"));
    assert_ne!(own, keys(elsewhere.client()));
}

#[test]
fn many_papers_of_one_file_are_each_signed() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let codes = [taken_in(&portal).code, taken_in(&portal).code];
    let ask = |body: Value| desk.post(&api("/papers"), &body);
    let file = ask(json!({"paper": "receipt", "dossiers": codes})).expect(200).body;
    let told = check(&portal.anybody(), file);
    assert_eq!(told["verdict"], "genuine");
    let papers = told["papers"].as_array().unwrap();
    let seen: Vec<&str> = papers.iter().map(|paper| paper["dossier"].as_str().unwrap()).collect();
    assert_eq!(seen, codes);
    assert_eq!(
        ask(json!({"paper": "recipe", "dossiers": codes})).problem(422)["errors"][0]["field"],
        "paper"
    );
    assert_eq!(ask(json!({"paper": "apology", "dossiers": codes})).status, 404);
    // A list names no dossier, and stands after the last event of the agency's log.
    let coordinator = portal.desk("dieuphoi1");
    let version = desk.get(&api(&format!("/dossiers/{}", codes[0]))).json()["version"].clone();
    let assign = json!({"action": "assign", "version": version, "to": "thuly1"});
    coordinator.post(&api(&format!("/dossiers/{}/actions", codes[0])), &assign).expect(200);
    let list = ask(json!({"paper": "hand_over", "dossiers": [codes[0]]})).expect(200).body;
    let told = check(&portal.anybody(), list);
    assert_eq!(
        (&told["verdict"], &told["papers"][0]["dossier"]),
        (&json!("genuine"), &Value::Null)
    );
    let contents = &told["papers"][0]["contents"];
    assert_eq!(contents["lines"][0]["code"], codes[0]);
    assert_eq!(contents["lines"][0]["papers"], "02 bản chính", "no copies, so none are named");
    assert_eq!(contents["number"], "……/BBBG", "numbered by who keeps it");
}

#[test]
fn a_name_stands_only_under_what_its_owner_does() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let contents = |dossier: &Filed, paper: &str| {
        let way = dossier.at(&format!("/papers/{paper}?format=json"));
        desk.get(&way).expect(200).json()["contents"].clone()
    };
    // A processor grants the withdrawal; the notice is the head's to sign.
    let withdrawn = taken_in(&portal);
    let ask = json!({"action": "request_withdrawal", "reason": "Không còn nhu cầu."});
    withdrawn.act(&desk, ask).expect(200);
    let grant = json!({"action": "approve_withdrawal"});
    withdrawn.act(&portal.desk("thuly1"), grant).expect(200);
    let notice = contents(&withdrawn, "stop_notice");
    assert_eq!(notice["signer"]["role"], "Thủ trưởng cơ quan, đơn vị");
    assert_eq!(notice["signer"]["name"], "");
    // Who stops it is the head.
    let stopped = taken_in(&portal);
    let stop = json!({"action": "stop", "reason": "Đã giải quyết ở nơi khác."});
    stopped.act(&portal.desk("lanhdao1"), stop).expect(200);
    assert_ne!(contents(&stopped, "stop_notice")["signer"]["name"], "");
    // Who takes originals back is another than who is printed elsewhere.
    let back = json!({
        "action": "return_papers", "items": ["Giấy chứng sinh"], "received_by": "Trần Thị Bích",
    });
    stopped.act(&desk, back).expect(200);
    let slip = contents(&stopped, "return_slip");
    assert_eq!(
        (&slip["taker"], &slip["items"][0]),
        (&json!("Trần Thị Bích"), &json!("Giấy chứng sinh"))
    );
    let sheet = contents(&stopped, "control_sheet");
    assert!(sheet["steps"].as_array().is_some_and(|steps| !steps.is_empty()));
    assert!(sheet["outcome"].as_str().is_some_and(|said| said.contains("hạn")), "{sheet}");
}

#[test]
fn an_applicant_gets_the_papers_that_are_theirs() {
    let portal = Portal::demo();
    let citizen = portal.citizen("0912345678");
    let dossier = portal.file(&citizen);
    let slip = citizen.get(&dossier.at("/papers/submission_slip")).expect(200).body;
    assert_eq!(check(&portal.anybody(), slip)["verdict"], "genuine");
    citizen.get(&dossier.at("/papers/control_sheet")).expect(404);
    portal.citizen("0987654321").get(&dossier.at("/papers/submission_slip")).expect(404);
}
