//! The measurements measure what they say; how fast is for release builds.

use super::observed::Tape;
use super::{SubmitOptions, inbox, instance, search, submit};
use crate::domain::agency::Role;
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Command, Delivery, Request};
use crate::domain::ids::{AgencyCode, UserName};
use crate::office::Caller;
use crate::office::acting::Files;
use crate::ops::demo_data;
use crate::ops::seed::{Cast, SeedOptions, reference, run};
use crate::ops::test_support::{env, furnished};

#[test]
fn submissions_share_commits_and_keep_their_write_budget() {
    let folder = tempfile::tempdir().unwrap();
    let options = SubmitOptions { clients: 16, dossiers: 400 };
    let figures = submit(folder.path(), &env(), options).unwrap();
    assert_eq!(figures.get("commands"), Some(400.0));
    assert!(figures.get("commands_a_commit").unwrap() > 1.5, "{figures}");
    // Event, state, code, key, three queues at one agency or two; counters, number and commit are
    // shared by the commands of a commit.
    let puts = figures.get("puts_a_command").unwrap();
    assert!((6.0..=14.0).contains(&puts), "{figures}");
    assert!(figures.get("share_of_raw_redb").unwrap() > 0.0);
}

#[test]
fn inboxes_show_rows_and_tables_line_up() {
    let folder = tempfile::tempdir().unwrap();
    let office = furnished(folder.path());
    run(&office, SeedOptions { dossiers: 200, seed: 1 }, &mut |_, _, _| {}).unwrap();
    let figures = inbox(&office).unwrap();
    assert_eq!(figures.get("dossiers"), Some(200.0));
    assert!(figures.get("rows").unwrap() > 600.0, "{figures}");
    let table = figures.to_string();
    assert!(table.starts_with("inbox\n") && table.contains("page of 50 p99"), "{table}");
}

#[test]
fn queries_are_scored() {
    let catalogue = include_bytes!("../../../assets/demo/procedures.jsonl");
    let figures =
        search("đăng ký khai sinh\t1.001193\nkhông có mã\t\n", ("a.jsonl", catalogue)).unwrap().0;
    assert_eq!(figures.get("queries"), Some(1.0));
    assert_eq!(figures.get("hit@5"), Some(100.0));
    assert!(search("không có mã\t\n", ("a.jsonl", catalogue)).is_err());
}

/// What each step of a dossier's way may put and delete, letters and counters included: the table of
/// `docs/performance.md`. A step that needs more says there why.
const BUDGET: [(&str, usize, usize); 8] = [
    ("submit", 15, 0),
    ("accept", 11, 4),
    ("assign", 11, 2),
    ("submit_for_approval", 5, 0),
    ("approve", 7, 2),
    ("issue_number", 3, 2),
    ("finish", 6, 11),
    ("deliver", 6, 2),
];

/// The commands after the submission, with who gives them.
fn way(processor: &UserName) -> [(Role, Command); 7] {
    let date = jiff::civil::date(2026, 11, 23);
    let finish = Command::Finish {
        favourable: true,
        name: "Giấy chứng nhận".to_owned(),
        number: None,
        reason: None,
        form: None,
        collect_reason: None,
        attachments: Vec::new(),
    };
    [
        (Role::Receptionist, Command::Accept { components: Vec::new() }),
        (Role::Coordinator, Command::Assign { to: Some(processor.clone()), unit: None }),
        (Role::Processor, Command::SubmitForApproval { draft: None, attachments: Vec::new() }),
        (Role::Approver, Command::Approve),
        (Role::Clerk, Command::IssueNumber { number: "12/2026-KQ".to_owned(), date }),
        (Role::Processor, finish),
        (Role::Receptionist, Command::Deliver(Delivery::by(Channel::Counter))),
    ]
}

#[test]
fn every_step_keeps_its_budget_of_writes() {
    let (folder, tape) = (tempfile::tempdir().unwrap(), Tape::default());
    let office = instance(folder.path(), &env(), &|engine| tape.observe(engine)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let cast = Cast::of(office.world(), office.today(), demo_data::load().unwrap().people).unwrap();
    tape.take();
    let filing = reference(&cast, 1);
    let agency = AgencyCode::from(filing.agency.as_deref().unwrap());
    let filed = runtime.block_on(office.file(&Caller::Anybody, filing, None)).unwrap();
    let mut spent = vec![("submit", tape.take().counts())];
    let world = office.world();
    let desk = |role, agency: &AgencyCode| {
        let mut accounts = world.accounts().into_iter();
        let found = accounts.find(|staff| staff.is(role) && staff.agency == *agency);
        Caller::Staff(found.unwrap().clone())
    };
    let program = Caller::Program("bench".to_owned());
    let competent = office.dossier(&program, &filed.code).unwrap().competent_agency;
    let processor = desk(Role::Processor, &competent).staff().unwrap().name.clone();
    for (role, command) in way(&processor) {
        let at = if role == Role::Receptionist { &agency } else { &competent };
        let name = command.action().id();
        let version = office.dossier(&program, &filed.code).unwrap().version;
        let request = Request { version, command, note: None };
        let caller = desk(role, at);
        let done = office.act(&caller, &filed.code, request, Files::default(), None);
        runtime.block_on(done).unwrap();
        spent.push((name, tape.take().counts()));
    }
    assert!(spent.iter().all(|(_, (commits, ..))| *commits == 1), "{spent:?}");
    assert_eq!(spent.len(), BUDGET.len());
    for ((name, puts, deletes), (step, (_, put, deleted))) in BUDGET.into_iter().zip(&spent) {
        assert_eq!(*step, name);
        assert!(*put <= puts && *deleted <= deletes, "{step}: {put} puts, {deleted} deletes");
    }
}
