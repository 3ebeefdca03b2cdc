//! The applicant's view: the status by code alone, everything with the secret or a proof.

use serde_json::json;

use super::portal::{Portal, api, form, pdf};

#[test]
fn the_code_alone_shows_the_status_and_no_more() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let seen = portal.anybody().get(&dossier.tracked("")).expect(200).json();
    let expected = json!({"code": dossier.code, "status": 1, "status_name": "Mới đăng ký"});
    assert_eq!(seen, expected);
    portal.anybody().get(&api("/tracking/H40.12-200101-0001")).problem(404);
    portal.anybody().get(&api("/tracking/nonsense")).problem(404);
}

#[test]
fn the_secret_opens_everything_and_a_wrong_one_counts_down() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    portal.desk("tiepnhan1").post(
        &dossier.at("/actions"),
        &json!({"action": "accept", "version": 1, "note": "Giữa đồng nghiệp."}),
    );
    let anybody = portal.anybody();
    let open =
        |secret: &str| anybody.post(&dossier.tracked("/details"), &json!({"secret": secret}));
    let typed = format!(" {}-{} ", &dossier.secret[..4].to_lowercase(), &dossier.secret[4..]);
    let seen = open(&typed).expect(200).json();
    assert_eq!(seen["owner"]["name"], "Nguyễn Thị Thử");
    assert_eq!(seen["status"], 2);
    let history = seen["history"].as_array().unwrap();
    let lines: Vec<_> = history.iter().map(|h| (&h["action"], &h["actor"])).collect();
    assert_eq!(
        lines,
        [(&json!("submitted"), &json!("applicant")), (&json!("received"), &json!("desk"))]
    );
    assert!(!seen.to_string().contains("đồng nghiệp"), "notes are the desk's");
    assert!(!seen.to_string().contains("tiepnhan1"), "so are the names of officials");

    anybody.post(&dossier.tracked("/details"), &json!({})).problem(401);
    for left in [4, 3, 2, 1, 0] {
        let problem = open("22222222").problem(401);
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(&format!("{left} tries")), "{detail}");
        assert_eq!(problem["errors"][0]["field"], "secret");
    }
    let locked = open(&dossier.secret);
    locked.problem(429);
    assert!(locked.header("retry-after").is_some());
    // The lock is the secret's: a proof still opens it.
    let citizen = portal.citizen("+84 912 345 678");
    citizen.post(&dossier.tracked("/details"), &json!({})).expect(200);
}

#[test]
fn a_proof_opens_only_dossiers_of_that_phone() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let details = dossier.tracked("/details");
    let citizen = portal.citizen("0912345678");
    citizen.post(&details, &json!({})).expect(200);
    citizen.send("POST", &details, &[], Vec::new()).expect(200);
    // What clients say of a POST without a body.
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    citizen.send("POST", &details, &form, Vec::new()).expect(200);
    citizen.send("POST", &details, &form, b"secret=K7M29PXD".to_vec()).problem(415);
    portal.citizen("0987654321").post(&details, &json!({})).problem(404);
    portal.anybody().header("X-Proof", "00").post(&details, &json!({})).problem(401);
}

#[test]
fn an_applicant_adds_what_is_missing_and_takes_the_dossier_back() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let desk = portal.desk("tiepnhan1");
    let body = json!({"action": "request_supplement", "items": [
        {"component": "tp1", "reason": "Tờ khai thiếu chữ ký."},
    ], "due_at": "2099-12-01"});
    let asked = dossier.act(&desk, body).expect(200).json();
    assert_eq!(asked["status"], 5);
    assert_eq!(asked["supplement"]["due_at"], "2099-12-01T17:00:00+07:00", "the end of that day");
    assert_eq!(asked["deadline_state"], "paused");

    let anybody = portal.anybody();
    let act = |body| anybody.post(&dossier.tracked("/actions"), &body);
    act(json!({"action": "supplement", "version": 2})).problem(401);
    act(json!({"secret": "22222222", "action": "supplement", "version": 2})).problem(401);
    let secret = &dossier.secret;
    act(json!({"secret": secret, "action": "approve", "version": 2})).problem(422);
    act(json!({"secret": secret, "action": "supplement", "version": 1})).problem(409);
    act(json!({"secret": secret, "action": "supplement", "version": 2})).problem(422);
    let upload = anybody
        .post_multipart(&api("/uploads"), form("ký.pdf", "application/pdf", &pdf()))
        .expect(201)
        .json();
    let body = json!({"secret": secret, "action": "supplement", "version": 2, "uploads": [
        {"component": "tp1", "id": upload["id"]},
    ]});
    let key = "s-1";
    let first = anybody.post_once(key, &dossier.tracked("/actions"), &body).expect(200).json();
    let again = anybody.post_once(key, &dossier.tracked("/actions"), &body).expect(200).json();
    assert_eq!(first, again);
    assert_eq!(first["status"], 1);
    assert_eq!(first["attachments"][0]["component"], "tp1");
    let body = json!({
        "secret": secret, "action": "request_withdrawal", "version": first["version"],
        "reason": "Đã nộp nơi khác.",
    });
    assert_eq!(act(body).expect(200).json()["status"], 8);
}

#[test]
fn the_page_finds_a_code_however_it_is_typed() {
    let portal = Portal::demo();
    let known = portal.file(&portal.citizen("0912345678")).code;
    let visitor = portal.server().client();
    let in_one_go: String = known.chars().filter(char::is_ascii_alphanumeric).collect();
    let spellings = [
        in_one_go.to_lowercase(),
        known.replace('.', ""),
        known.replace('.', "").replace('-', " ").to_lowercase(),
        known.replace('-', "–"),
    ];
    for typed in &spellings {
        let found = visitor.post_form("/tra-cuu", &[("code", typed.as_str())]).expect(303);
        assert_eq!(found.header("location"), Some(format!("/tra-cuu/{known}").as_str()), "{typed}");
    }
}
