//! Processes of procedures: published through the interface and in the editor, and followed by dossiers.

use serde_json::{Value, json};

use crate::api::portal::{Filed, Portal, api, filed};
use crate::papers::at_desk;
use crate::support::http::{Answer, Client};

/// The land procedure of the demo, whose process asks two units at once.
const LAND: &str = "1.013978";

fn put(client: &Client, path: &str, body: &Value) -> Answer {
    let headers = [("Content-Type", "application/json")];
    client.send("PUT", path, &headers, body.to_string().into())
}

fn land_process() -> String {
    api(&format!("/procedures/{LAND}/process"))
}

/// Takes a land dossier in over the counter; the applicant is exempt from the tax.
fn taken_in(portal: &Portal) -> Filed {
    let body = json!({
        "procedure": LAND,
        "agency": "H40.12",
        "channel": "counter",
        "applicant": {"name": "Nguyễn Thị Thử", "phone": "0912345678"},
        "form": {"mien_nghia_vu": "có"},
        "components": [{"id": "tp1", "originals": 1, "copies": 0}],
        "return_channel": "counter",
    });
    filed(portal.desk("tiepnhan1").post(&api("/dossiers"), &body))
}

/// Where a dossier stands: its version of the process, and each step with its state.
fn standing(reader: &Client, dossier: &Filed) -> (u64, Vec<(String, String)>) {
    let state = reader.get(&dossier.at("")).expect(200).json();
    let process = &state["process"];
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let steps = process["steps"].as_array().expect("steps").iter();
    let steps = steps.map(|step| (text(&step["id"]), text(&step["state"]))).collect();
    (process["version"].as_u64().expect("a version"), steps)
}

fn open(reader: &Client, dossier: &Filed) -> Vec<String> {
    let (_, steps) = standing(reader, dossier);
    let is_open = |(_, state): &(String, String)| ["open", "due_soon"].contains(&state.as_str());
    steps.into_iter().filter(is_open).map(|(id, _)| id).collect()
}

#[test]
fn a_land_dossier_asks_two_at_once_and_finishes_on_its_old_version() {
    let portal = Portal::demo();
    let (processor, admin) = (portal.desk("thuly2"), portal.desk("quantri"));
    let dossier = taken_in(&portal);
    dossier.act(&portal.desk("dieuphoi1"), json!({"action": "assign", "to": "thuly2"})).expect(200);
    assert_eq!(open(&processor, &dossier), ["tham-tra"]);

    // The step is the surveyors'; the book-keeper does not say that it is done.
    let complete = json!({"action": "complete_step", "step": "tham-tra"});
    dossier.act(&portal.desk("vanthu1"), complete.clone()).expect(403);
    let wrong = json!({"action": "complete_step", "step": "trinh"});
    let refused = dossier.act(&processor, wrong).expect(422).json();
    assert_eq!(refused["errors"][0]["field"], "step");
    dossier.act(&processor, complete).expect(200);
    assert_eq!(open(&processor, &dossier), ["y-kien-tu-phap", "y-kien-kinh-te"], "both at once");

    for unit in ["tu-phap-ho-tich", "kinh-te"] {
        let ask = json!({
            "action": "consult", "unit": unit, "question": "Có ý kiến gì không?",
            "due_at": "2099-01-05",
        });
        dossier.act(&processor, ask).expect(200);
    }
    let answer = |number: u32| json!({"action": "answer_consultation", "consultation": number, "answer": "Nhất trí."});
    dossier.act(&portal.desk("thuly4"), answer(2)).expect(200);
    assert_eq!(open(&processor, &dossier), ["y-kien-tu-phap"]);

    // Midway the process is edited: two steps fewer.
    let published = admin.get(&land_process()).expect(200).json();
    let mut steps = published["steps"].as_array().unwrap().clone();
    steps.drain(4..6);
    let edited =
        put(&admin, &land_process(), &json!({"version": published["version"], "steps": steps}));
    assert_eq!(edited.expect(200).json()["version"], 2);
    let other = taken_in(&portal);
    assert_eq!(standing(&processor, &other).0, 2, "what is received now follows the new one");

    dossier.act(&portal.desk("thuly1"), answer(1)).expect(200);
    assert_eq!(open(&processor, &dossier), ["trinh"], "the tax is left out for who is exempt");
    dossier.act(&processor, json!({"action": "submit_for_approval"})).expect(200);
    dossier.act(&portal.desk("lanhdao1"), json!({"action": "approve"})).expect(200);
    let finish = json!({
        "action": "finish", "favourable": true,
        "result": {"name": "Giấy chứng nhận", "number": "CN 0012"},
    });
    let done = dossier.act(&processor, finish).expect(200).json();
    assert_eq!(done["status"], 9);

    let (version, steps) = standing(&processor, &dossier);
    assert_eq!(version, 1);
    let state = |id: &str| steps.iter().find(|step| step.0 == id).expect("the step").1.clone();
    assert_eq!(state("nghia-vu"), "skipped");
    assert_eq!(state("cap-so"), "passed", "nobody numbered it");
    for id in ["tiep-nhan", "tham-tra", "y-kien-tu-phap", "y-kien-kinh-te", "trinh", "phe-duyet"] {
        assert_eq!(state(id), "in_time", "{id}");
    }
    let whole = processor.get(&dossier.at("")).expect(200).json();
    let left_out = &whole["process"]["steps"][4];
    assert!(
        left_out["reason"].as_str().unwrap().contains("Được miễn nghĩa vụ tài chính là “có”"),
        "{left_out}"
    );
    let kinds: Vec<_> = whole["events"].as_array().unwrap().iter().map(|e| &e["action"]).collect();
    assert!(kinds.contains(&&json!("process_begun")) && kinds.contains(&&json!("step_completed")));
    let check = portal.server().command(&["check"]);
    assert_eq!(check.code, Some(0), "{}{}", check.stdout, check.stderr);
}

#[test]
fn lateness_is_told_step_by_step() {
    let portal = Portal::demo();
    let desk = portal.desk("thuly2");
    let list = desk.get(&api(&format!("/dossiers?procedure={LAND}"))).expect(200).json();
    let mut late = Vec::new();
    for item in list["items"].as_array().unwrap() {
        let code = item["code"].as_str().unwrap();
        let dossier = desk.get(&api(&format!("/dossiers/{code}"))).expect(200).json();
        for step in dossier["process"]["steps"].as_array().unwrap() {
            let is_late = ["late", "overdue"].contains(&step["state"].as_str().unwrap());
            assert_eq!(step["late_minutes"].as_u64().unwrap() > 0, is_late, "{step}");
            if step["state"] == "late" {
                assert!(step["done_at"].as_str() > step["due_at"].as_str());
                assert!(
                    step["done_by_version"].as_u64().unwrap()
                        <= dossier["version"].as_u64().unwrap()
                );
                late.push(code.to_owned());
            }
        }
    }
    let code = late.first().expect("a dossier of the demo was late in a step");
    let at_desk = at_desk(portal.server(), "thuly2");
    let page = at_desk.get(&format!("/mot-cua/ho-so/{code}?xem=quy-trinh")).expect(200).text();
    assert!(page.contains("flow-drawing") && page.contains("trễ "), "{page}");
    let sheet = at_desk.get(&format!("/mot-cua/ho-so/{code}/in/control_sheet")).expect(200);
    assert_eq!(sheet.header("Content-Type"), Some("application/pdf"));
}

#[test]
fn what_cannot_be_a_process_is_refused_with_its_place() {
    let portal = Portal::demo();
    let admin = portal.desk("quantri");
    let published = admin.get(&land_process()).expect(200).json();
    assert_eq!((&published["version"], &published["agency"]), (&json!(1), &Value::Null));
    assert!(published["total_hours"].as_u64() <= published["published_hours"].as_u64());
    let refused = |change: &dyn Fn(&mut Vec<Value>)| {
        let mut steps = published["steps"].as_array().unwrap().clone();
        change(&mut steps);
        let answer = put(&admin, &land_process(), &json!({ "steps": steps })).expect(422).json();
        let errors = answer["errors"].as_array().unwrap().clone();
        errors.iter().map(|e| e["field"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(refused(&|steps| steps.clear()), ["steps"]);
    assert_eq!(refused(&|steps| steps[1]["hours"] = json!(100)), ["steps[4].hours"]);
    assert_eq!(refused(&|steps| steps[1]["unit"] = json!("x")), ["steps[1].unit"]);
    let king = |steps: &mut Vec<Value>| steps[5]["role"] = json!("king");
    assert_eq!(refused(&king), ["steps[5].role"]);
    let field = |steps: &mut Vec<Value>| steps[4]["skip_when"]["field"] = json!("miễn thuế");
    assert_eq!(refused(&field), ["steps[4].skip_when.field"]);
    let never = |steps: &mut Vec<Value>| steps[6]["skip_when"] = steps[4]["skip_when"].clone();
    assert_eq!(refused(&never), ["steps[6].skip_when.field"], "without approval no result");
    // Nothing of it was written, and only administrators come so far.
    assert_eq!(admin.get(&land_process()).expect(200).json()["version"], 1);
    portal.desk("thuly2").get(&land_process()).expect(403);
    portal.anybody().get(&land_process()).expect(401);
    admin.get(&api("/procedures/9.999999/process")).expect(404);
    let old = json!({"version": 0, "steps": published["steps"]});
    put(&admin, &land_process(), &old).expect(409);
}

fn post(client: &Client, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    client.post_form(path, &fields)
}

/// The hidden fields of the last form with a token.
fn hidden_fields(page: &str) -> Vec<(String, String)> {
    let form = page.rsplit("<form").find(|form| form.contains("name=\"_key\"")).expect("a form");
    let inputs = form.split("<input type=\"hidden\" name=\"").skip(1);
    let field = |input: &str| {
        let mut parts = input.split('"');
        let name = parts.next().expect("a name").to_owned();
        (name, parts.nth(1).unwrap_or_default().to_owned())
    };
    inputs.map(field).collect()
}

/// Every field of the editor as a browser would send it.
fn editor(page: &str) -> Vec<(String, String)> {
    let form = page.split("<form").find(|form| form.contains("name=\"steps[0].name\""));
    let form = form.expect("the editor").split("</form>").next().unwrap();
    let mut fields = Vec::new();
    for tag in form.split('<') {
        let attribute = |name: &str| {
            let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
            let value = tag[from..].split('"').next()?.replace("&quot;", "\"");
            Some(value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        };
        if tag.starts_with("input") {
            fields.push((attribute("name").unwrap(), attribute("value").unwrap_or_default()));
        } else if tag.starts_with("textarea") {
            let text = tag.split('>').nth(1).unwrap_or_default().trim_start().to_owned();
            fields.push((attribute("name").unwrap(), text));
        } else if tag.starts_with("select") {
            fields.push((attribute("name").unwrap(), String::new()));
        } else if tag.starts_with("option") && tag.contains(" selected") {
            fields.last_mut().unwrap().1 = attribute("value").unwrap();
        }
    }
    fields
}

#[test]
fn the_editor_moves_steps_counts_hours_publishes_and_goes_back() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    // Three working days, 20 of 24 hours.
    let here = "/quan-tri/quy-trinh/1.001612";
    let page = admin.get(here).expect(200).text();
    assert!(page.contains("Tổng 20/24 giờ"), "{page}");
    let mut fields = editor(&page);
    let set = |fields: &mut Vec<(String, String)>, name: &str, value: &str| {
        fields.iter_mut().find(|field| field.0 == name).expect("the field").1 = value.to_owned();
    };
    let press = |fields: &[(String, String)], name: &str, value: &str| {
        let pressed = [fields, &[(name.to_owned(), value.to_owned())][..]].concat();
        post(&admin, here, &pressed)
    };
    set(&mut fields, "steps[1].hours", "18");
    let refused = press(&fields, "_publish", "1").expect(422).text();
    assert!(refused.contains("Tổng 28/24 giờ") && refused.contains("Vượt thời hạn công bố 4 giờ"));
    assert!(refused.contains("href=\"#f-steps-3--hours\""), "{refused}");

    // The same mistake twice is told twice, each with its step.
    let mut nameless = fields.clone();
    set(&mut nameless, "steps[1].name", "");
    set(&mut nameless, "steps[2].name", "");
    let refused = press(&nameless, "_publish", "1").expect(422).text();
    for step in ["Bước 2: Nhập tên bước.", "Bước 3: Nhập tên bước."] {
        assert!(refused.contains(step), "{step}: {refused}");
    }

    set(&mut fields, "steps[1].hours", "8");
    let moved = press(&fields, "_add", "1").expect(200).text();
    let mut fields = editor(&moved);
    assert_eq!(fields.iter().filter(|field| field.0.ends_with(".name")).count(), 6);
    for (name, value) in [
        ("steps[2].name", "Kiểm tra <địa điểm>"),
        ("steps[2].role", "u:kinh-te"),
        ("steps[2].hours", "4"),
        ("steps[2].ends_with", "complete_step"),
    ] {
        set(&mut fields, name, value);
    }
    let up = press(&fields, "_up", "2").expect(200).text();
    let fields = editor(&up);
    let looked = press(&fields, "_preview", "1").expect(200).text();
    assert!(looked.contains("flow-drawing"), "{looked}");
    assert!(looked.contains("Kiểm tra &lt;địa điểm&gt;"), "{looked}");
    assert!(looked.contains("Tổng 22/24 giờ"));
    // The form's test cases say which steps run: another process takes them over, or changes nothing.
    let held = press(&fields, "_publish", "1").expect(422).text();
    assert!(held.contains("Các bước phải là") && held.contains("name=\"tests\""), "{held}");
    let mut fields = fields;
    fields.push(("tests".to_owned(), "1".to_owned()));
    let published = press(&fields, "_publish", "1").expect(303);
    assert!(published.header("Location").unwrap().ends_with("xong=2"));

    let compared = admin.get(&format!("{here}/ban/2?so=1")).expect(200).text();
    assert!(
        compared.contains("Thêm bước “Kiểm tra &lt;địa điểm&gt;”") && compared.contains("10 → 8")
    );
    let old = admin.get(&format!("{here}/ban/1")).expect(200).text();
    assert!(old.contains("phát hành thành bản 3"));
    let mut again = hidden_fields(&old);
    again.push(("tests".to_owned(), "1".to_owned()));
    post(&admin, &format!("{here}/ban/1"), &again).expect(303);
    let back = admin.get(here).expect(200).text();
    assert!(back.contains("Phát hành bản 4") && back.contains("Tổng 20/24 giờ"));
    at_desk(portal.server(), "thuly2").get(here).expect(403);
}

#[test]
fn what_leaves_a_step_out_is_chosen_in_words_or_named() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let here = format!("/quan-tri/quy-trinh/{LAND}");
    let page = admin.get(&here).expect(200).text();
    assert!(page.contains("Bỏ qua khi") && page.contains("Được miễn nghĩa vụ tài chính là “có”"));
    let fields = editor(&page);
    let value = |fields: &[(String, String)], name: &str| {
        fields.iter().find(|field| field.0 == name).expect("the field").1.clone()
    };
    assert_eq!(value(&fields, "steps[4].skip_when.field"), "mien_nghia_vu", "chosen in the list");
    assert_eq!(value(&fields, "steps[4].skip_when.other"), "");
    let press = |changes: &[(&str, &str)], button: &str| {
        let mut fields = fields.clone();
        for (name, value) in changes {
            let field = fields.iter_mut().find(|field| field.0 == *name).expect("the field");
            field.1 = (*value).to_owned();
        }
        fields.push((button.to_owned(), "1".to_owned()));
        post(&admin, &here, &fields)
    };
    // A test without an answer, a name that is none, and a step that every result needs.
    for (changes, said) in [
        (&[("steps[4].skip_when.field", "")][..], "Bước 5: Chọn câu trả lời để xét"),
        (
            &[("steps[4].skip_when.other", "diện tích")],
            "Bước 5: Tên câu trả lời “diện tích” chưa đúng",
        ),
        (
            &[("steps[6].skip_when.field", "so_con"), ("steps[6].skip_when.test", "given")],
            "Bước 7: Không có “",
        ),
    ] {
        let refused = press(changes, "_publish").expect(422).text();
        assert!(refused.contains(said), "{said}: {refused}");
    }
    let named = [
        ("steps[4].skip_when.other", "thua_dat.dien_tich"),
        ("steps[4].skip_when.test", "missing"),
        ("steps[4].skip_when.value", ""),
    ];
    let looked = press(&named, "_preview").expect(200).text();
    assert_eq!(value(&editor(&looked), "steps[4].skip_when.other"), "thua_dat.dien_tich");
    press(&named, "_publish").expect(303);
    // What one process looks at is known to the next.
    let other = admin.get("/quan-tri/quy-trinh/1.001612").expect(200).text();
    assert!(other.contains("<option value=\"thua_dat.dien_tich\">"), "{other}");
}
