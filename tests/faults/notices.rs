//! Letters wait while gateways are down, are given up in the end and not before, keep their order,
//! and survive the end of the process.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use motcua::domain::catalogue;
use motcua::domain::dossier::{Command, Request};
use motcua::domain::ids::DossierCode;
use motcua::domain::notice::{Channel, DeliveryState};
use motcua::domain::person::Person;
use motcua::interop::carrier::{Round, carry};
use motcua::office::acting::Files;
use motcua::office::filing::{FiledPaper, Filing};
use motcua::office::notices::{Gateway, NoticeSettings, Posted, Security, Smtp};
use motcua::office::sessions::CodeFor;
use motcua::office::{Caller, Office};
use motcua::ops::{demo, demo_data};
use tempfile::TempDir;

use crate::support::fixture::{Request as Asked, serve};
use crate::support::mail::Mail;
use crate::support::server::Server;
use crate::workshop::Turning;

/// A gateway that can be down.
struct Sms {
    base: String,
    is_up: Arc<AtomicBool>,
    got: Arc<Mutex<Vec<(String, String)>>>,
}

impl Sms {
    fn start(is_up: bool) -> Self {
        let is_up = Arc::new(AtomicBool::new(is_up));
        let got: Arc<Mutex<Vec<(String, String)>>> = Arc::default();
        let (up, taken) = (is_up.clone(), got.clone());
        let base = serve(move |asked: &Asked| {
            if !up.load(Ordering::SeqCst) {
                return "503 Down\n\n".to_owned();
            }
            assert_eq!(asked.header("authorization"), Some("Bearer k3y"));
            let id = asked.header("idempotency-key").unwrap_or_default().to_owned();
            let body = String::from_utf8(asked.body.clone()).unwrap();
            taken.lock().unwrap().push((id, body));
            "200 OK\n\n{\"status\":\"ok\"}".to_owned()
        });
        Self { base, is_up, got }
    }

    fn settings(&self, office: &Office) -> NoticeSettings {
        let gateway = Gateway {
            url: format!("{}/send", self.base),
            method: "POST".to_owned(),
            headers: office.seal_secret("Authorization: Bearer k3y"),
            body: r#"{"to":"{to}","text":"{text}","id":"{id}"}"#.to_owned(),
            plain: true,
            success: Some(("status".to_owned(), "ok".to_owned())),
        };
        NoticeSettings {
            gateways: [("sms", gateway)].into(),
            tries: 3,
            ..NoticeSettings::default()
        }
    }

    fn texts(&self) -> Vec<String> {
        self.got.lock().unwrap().iter().map(|(_, body)| body.clone()).collect()
    }
}

struct House {
    clock: Turning,
    office: Office,
    folder: TempDir,
}

impl House {
    fn new() -> Self {
        let clock = Turning::new();
        // Nine in the morning: the clock begins at eight.
        clock.turn(SignedDuration::from_hours(1));
        let folder = tempfile::tempdir().unwrap();
        let office = Office::create(folder.path(), clock.env(), false).unwrap();
        demo::furnish(&office, &demo_data::load().unwrap(), None).unwrap();
        Self { clock, office, folder }
    }

    fn caller(&self, name: &str) -> Caller {
        self.office.caller_of_user(name).unwrap()
    }

    /// A dossier over the counter: it is received at once.
    fn file(&self) -> DossierCode {
        let papers = |component: &str| FiledPaper {
            component: component.to_owned(),
            originals: 1,
            copies: 0,
            on_paper: true,
            uploads: Vec::new(),
            evidence: Default::default(),
        };
        let filing = Filing {
            procedure: "1.001193".to_owned(),
            agency: None,
            channel: catalogue::Channel::Counter,
            return_channel: catalogue::Channel::Counter,
            owner: None,
            applicant: Person {
                name: "Nguyễn Thị Thử".to_owned(),
                phone: Some("0912345678".to_owned()),
                email: Some("thu@example.org".to_owned()),
                ..Person::default()
            },
            mandate: None,
            form: Default::default(),
            papers: vec![papers("tp1"), papers("tp2")],
            external_codes: Vec::new(),
            competent: None,
            linked: Vec::new(),
            is_assisted: false,
            form_version: None,
        };
        let filed = wait(self.office.file(&self.caller("tiepnhan1"), filing, None));
        filed.unwrap().code
    }

    fn act(&self, name: &str, code: &DossierCode, command: Command) {
        let caller = self.caller(name);
        let version = self.office.dossier(&caller, code).unwrap().version;
        let request = Request { command, version, note: None };
        wait(self.office.act(&caller, code, request, Files::default(), None)).unwrap();
    }

    fn carry(&self) -> Round {
        carry(&self.office, &|| false).unwrap()
    }

    fn letters(&self, code: &DossierCode) -> Vec<Posted> {
        self.office.letters(&self.caller("tiepnhan1"), code).unwrap()
    }

    /// How far the deliveries of a way are, oldest first.
    fn states(&self, code: &DossierCode, channel: Channel) -> Vec<(DeliveryState, u32)> {
        let letters = self.letters(code);
        let deliveries = letters.iter().flat_map(|posted| &posted.letter.deliveries);
        deliveries.filter(|d| d.channel == channel).map(|d| (d.state, d.tries)).collect()
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

#[test]
fn what_a_gateway_cannot_take_waits_and_comes_once_in_order() {
    let house = House::new();
    let sms = Sms::start(false);
    house.office.set_notices(&sms.settings(&house.office)).unwrap();
    let code = house.file();
    let reason = "Thiếu chữ ký".to_owned();
    let stop = Command::Stop { reason, decision_number: None };
    house.act("lanhdao1", &code, stop);
    assert_eq!(house.carry(), Round { failed: 1, ..Round::default() });
    assert_eq!(house.carry(), Round::default(), "nothing is due before its time");
    let waiting = [(DeliveryState::Waiting, 1), (DeliveryState::Waiting, 0)];
    assert_eq!(house.states(&code, Channel::Sms), waiting);
    sms.is_up.store(true, Ordering::SeqCst);
    house.clock.turn(SignedDuration::from_mins(1));
    assert_eq!(house.carry().sent, 1);
    assert_eq!(house.carry().sent, 1);
    assert_eq!(house.carry(), Round::default());
    let texts = sms.texts();
    assert!(texts[0].contains(&format!("Ho so {code} da duoc tiep nhan. Hen tra:")), "{texts:?}");
    assert!(texts[1].contains("da dung giai quyet. Ly do: Thieu chu ky"), "{texts:?}");
    assert!(texts.iter().all(|text| text.contains("\"to\":\"0912345678\"")));
    assert_eq!(house.states(&code, Channel::Web).len(), 2);
}

#[test]
fn what_fails_too_often_is_given_up_and_sent_again_by_hand() {
    let house = House::new();
    let sms = Sms::start(false);
    house.office.set_notices(&sms.settings(&house.office)).unwrap();
    let code = house.file();
    for minutes in [0, 1, 5] {
        house.clock.turn(SignedDuration::from_mins(minutes));
        house.carry();
    }
    assert_eq!(house.states(&code, Channel::Sms), [(DeliveryState::Dead, 3)]);
    let outbox = house.office.outbox().unwrap();
    assert_eq!((outbox.waiting, outbox.dead), (0, 1));
    assert_eq!(outbox.troubled[0].delivery.error, "HTTP 503");
    house.clock.turn(SignedDuration::from_hours(48));
    assert_eq!(house.carry(), Round::default());
    sms.is_up.store(true, Ordering::SeqCst);
    let posted = house.letters(&code).remove(0);
    let place = (posted.id.version, posted.id.place);
    let caller = house.caller("tiepnhan1");
    house.office.send_again(&caller, &code, place, Channel::Sms).unwrap();
    assert_eq!(house.carry().sent, 1);
    assert!(house.office.send_again(&caller, &code, place, Channel::Sms).is_err());
    assert_eq!(sms.texts().len(), 1);
}

#[test]
fn nothing_leaves_at_night_but_one_time_codes() {
    let house = House::new();
    let sms = Sms::start(true);
    house.office.set_notices(&sms.settings(&house.office)).unwrap();
    // Nine in the evening.
    house.clock.turn(SignedDuration::from_hours(12));
    house.file();
    house.office.send_code("0912 345 678", CodeFor::SignIn).unwrap();
    assert_eq!(house.carry().sent, 1);
    assert!(sms.texts()[0].contains("Ma xac thuc de dang nhap: "), "{:?}", sms.texts());
    house.clock.turn(SignedDuration::from_mins(599));
    assert_eq!(house.carry(), Round::default());
    house.clock.turn(SignedDuration::from_mins(1));
    assert_eq!(house.carry().sent, 1);
}

fn smtp(port: u16) -> NoticeSettings {
    let server = Smtp {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        from: "Một cửa <motcua@example.org>".to_owned(),
        ..Smtp::default()
    };
    NoticeSettings { email: Some(server), ..NoticeSettings::default() }
}

#[test]
fn mail_goes_over_smtp_and_never_carries_the_secret() {
    let house = House::new();
    let mail = Mail::start();
    house.office.set_notices(&smtp(mail.port)).unwrap();
    mail.refuse(Some("451 later"));
    let code = house.file();
    assert_eq!(house.carry().failed, 1);
    mail.refuse(None);
    house.clock.turn(SignedDuration::from_mins(1));
    assert_eq!(house.carry().sent, 1);
    let letters = mail.letters();
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, "thu@example.org"));
    assert!(letters[0].text.contains("Message-ID: <"), "{}", letters[0].text);
    let secret = house.office.dossier(&house.caller("tiepnhan1"), &code).unwrap().lookup_secret;
    let posted = &house.letters(&code)[0].letter;
    assert!(![&posted.subject, &posted.long, &posted.short].iter().any(|t| t.contains(&secret)));
    mail.refuse(Some("550 nobody of that name"));
    house.file();
    assert_eq!(house.carry().given_up, 1, "an address that does not exist is not tried again");
}

#[test]
fn words_of_the_office_are_used_and_wrong_ones_refused() {
    use motcua::domain::notice::{Kind, Template};
    let house = House::new();
    let words = |long: &str| Template {
        subject: "Hồ sơ".to_owned(),
        long: long.to_owned(),
        short: "{mã hồ sơ}".to_owned(),
    };
    let office = &house.office;
    let refused = office.set_template(Kind::Received, Some(words("{mã hồ sơ} {tên}")));
    assert!(refused.unwrap_err().to_string().contains("{tên}"));
    office.set_template(Kind::Received, Some(words("Xin báo: {mã hồ sơ}"))).unwrap();
    let code = house.file();
    assert_eq!(house.letters(&code)[0].letter.long, format!("Xin báo: {code}"));
    office.set_template(Kind::Received, None).unwrap();
    let code = house.file();
    assert!(house.letters(&code)[0].letter.long.starts_with("Kính gửi Ông/Bà,"));
}

#[test]
fn the_desk_is_reminded_once_before_and_once_after_the_date() {
    let house = House::new();
    house.office.remind().unwrap();
    let code = house.file();
    house.act("dieuphoi1", &code, Command::Assign { to: Some("thuly1".into()), unit: None });
    let mut kinds = Vec::new();
    for _ in 0..14 * 24 {
        house.clock.turn(SignedDuration::from_hours(1));
        house.office.remind().unwrap();
    }
    for name in ["thuly1", "lanhdao1"] {
        let caller = house.caller(name);
        let name = &caller.staff().unwrap().name;
        let letters = house.office.letters_to_staff(name, 20).unwrap();
        kinds.push(
            letters.iter().rev().map(|(_, posted)| posted.letter.kind.id()).collect::<Vec<_>>(),
        );
    }
    assert_eq!(kinds[0], ["assigned", "due_soon", "overdue"]);
    assert_eq!(kinds[1].last(), Some(&"overdue"));
    assert!(kinds[1].len() <= 2, "{kinds:?}");
}

#[test]
fn who_is_asked_is_reminded_and_both_sides_told_when_it_is_late() {
    let house = House::new();
    house.office.remind_of_questions().unwrap();
    let code = house.file();
    house.act("dieuphoi1", &code, Command::Assign { to: Some("thuly1".into()), unit: None });
    let due_at = house.office.now() + SignedDuration::from_hours(5 * 24);
    let question = Command::Consult {
        agency: Some("H40.15".into()),
        unit: Some("tu-phap-ho-tich".into()),
        question: "Có đăng ký thường trú không?".to_owned(),
        due_at,
        shares: Vec::new(),
    };
    house.act("thuly1", &code, question);
    for _ in 0..8 * 24 {
        house.clock.turn(SignedDuration::from_hours(1));
        house.office.remind_of_questions().unwrap();
    }
    let answer = Command::AnswerConsultation {
        number: 1,
        answer: "Có, từ năm 2020.".to_owned(),
        attachments: Vec::new(),
    };
    house.act("thuly11", &code, answer);
    let kinds = |name: &str| -> Vec<&str> {
        let letters = house.office.letters_to_staff(&name.into(), 20).unwrap();
        letters.iter().rev().map(|(_, posted)| posted.letter.kind.id()).collect()
    };
    assert_eq!(kinds("thuly11"), ["consulted", "consultation_due", "consultation_late"]);
    assert_eq!(kinds("thuly1"), ["assigned", "consultation_late", "consultation_answered"]);
}

#[test]
fn a_letter_survives_kill_9_and_keeps_its_name() {
    let House { office, folder, .. } = {
        let mut house = House::new();
        let sms = Sms::start(true);
        house
            .office
            .set_notices(&NoticeSettings { quiet: None, ..sms.settings(&house.office) })
            .unwrap();
        house.file();
        // The gateway takes it, and the process dies before that is written down.
        let before = house.office.due_deliveries().unwrap();
        assert_eq!(before.len(), 1);
        drop(house.office);
        house.office = Office::open(house.folder.path(), house.clock.env()).unwrap();
        let after = house.office.due_deliveries().unwrap();
        assert_eq!(after[0].id, before[0].id);
        house
    };
    let sms = Sms::start(false);
    office
        .set_notices(&NoticeSettings { quiet: None, tries: 20, ..sms.settings(&office) })
        .unwrap();
    drop(office);
    let mut server = Server::on(folder);
    server.wait_for_log("a letter could not be sent");
    server.kill();
    assert!(!server.log().contains("0912345678"), "{}", server.log());
    let folder = server.folder().to_owned();
    let office = Office::open(&folder, Turning::new().env()).unwrap();
    let waits = office.outbox().unwrap();
    assert_eq!((waits.waiting, waits.dead), (1, 0));
}
