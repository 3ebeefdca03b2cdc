//! A small province for the tests of this folder: a ward that takes dossiers in, a department that
//! decides, a second ward that is asked for its opinion, and a third that has nothing to do with it.

mod case;

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{DateTime, date};

use super::linking::{Carried, Decides, Follower, Opens, Source};
use super::number::CodeFormat;
use super::{
    Actor, Asking, Attachment, CertificationOrder, CertifiedPaper, Command, Delivery, Directory,
    Dossier, Event, FeeKind, FeeLine, Intake, MissingItem, Names, Paying, PaymentMethod,
    Submission, SubmittedPaper,
};
use crate::domain::agency::{Agency, Role, Staff, Unit};
use crate::domain::calendar::{Calendar, Session, Timetable, WEEKDAYS, instant};
use crate::domain::catalogue::{Channel, Component, DurationUnit, Level, Procedure, SubmissionWay};
use crate::domain::deadline::PausePolicy;
use crate::domain::fee::Schedule;
use crate::domain::ids::{
    AgencyCode, AttachmentId, DossierCode, DossierId, ProcedureCode, UnitCode, UserName,
};
use crate::domain::person::Person;
use crate::domain::process::Process;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::rules::{
    CertificationKind, ExtensionRules, Reception, RulePack, SupplementRules,
};
use crate::domain::words::Text;

pub(super) use case::Case;

/// Takes dossiers in and hands results back.
pub(super) const WARD: &str = "H40.12";
/// Decides.
pub(super) const DEPARTMENT: &str = "H40.01";
/// Is asked for its opinion.
pub(super) const ASKED: &str = "H40.13";
/// Has nothing to do with the dossier.
pub(super) const STRANGER: &str = "H40.14";
/// Has closed.
pub(super) const CLOSED: &str = "H40.15";
/// Has nobody yet.
pub(super) const EMPTY: &str = "H40.16";
/// Five working days.
pub(super) const PROCEDURE: &str = "1.001";
/// Ten working days, with other papers.
pub(super) const OTHER_PROCEDURE: &str = "1.002";
/// An answer of the form: the applicant is exempt from the tax.
pub(super) const FIELD_ANSWER: &str = "mien_thue";
/// Has no published duration.
pub(super) const UNPUBLISHED: &str = "1.003";
/// Opens the other two: one at reception, one after the result.
pub(super) const LEADING: &str = "1.004";
/// Is filed online on the national portal alone.
pub(super) const NATIONAL: &str = "1.005";
/// Is settled by the province.
pub(super) const PROVINCIAL: &str = "1.006";

/// Its papers stand in a book of certification, one number a kind.
pub(super) const CERTIFIED: &str = PROCEDURE;
/// Its papers stand in another book, one number an act.
pub(super) const CONTRACT: &str = OTHER_PROCEDURE;

/// The instance of the tests.
pub(super) struct World {
    agencies: Vec<Agency>,
    staff: Vec<Staff>,
    procedures: Vec<Procedure>,
    followers: Vec<Follower>,
    calendar: Calendar,
    process: Option<Process>,
    /// The pack in force.
    pub rules: RulePack,
    /// What everything costs; nothing unless a test says so.
    pub fees: Schedule,
}

/// The instance with the pack as it ships: restart, one supplement a phase, one new date.
pub(super) static WORLD: LazyLock<World> = LazyLock::new(|| World::new(rules()));

impl World {
    pub fn new(rules: RulePack) -> Self {
        let codes = [WARD, DEPARTMENT, ASKED, STRANGER];
        let account = |name: String, role: Role, agency: &str, unit: Option<&str>| Staff {
            name: UserName::new(name),
            full_name: role.id().to_owned(),
            roles: vec![role],
            agency: agency.into(),
            unit: unit.map(Into::into),
            enabled: true,
            stands_in_for: None,
        };
        let staff = codes.iter().flat_map(|agency| {
            let of_role = move |role: Role| {
                let unit = (role == Role::Processor).then_some("tu-phap");
                account(format!("{}@{agency}", role.id()), role, agency, unit)
            };
            let neighbour = format!("neighbour@{agency}");
            let neighbour = account(neighbour, Role::Processor, agency, Some("dia-chinh"));
            Role::ALL.into_iter().map(of_role).chain([neighbour])
        });
        let mut provincial = procedure(PROVINCIAL, Some(5), ["Tờ khai", "Bản sao"]);
        provincial.levels.push(Level::Province);
        Self {
            agencies: codes.into_iter().chain([CLOSED, EMPTY]).map(agency).collect(),
            staff: staff.collect(),
            followers: followers(),
            procedures: vec![
                procedure(PROCEDURE, Some(5), ["Tờ khai", "Giấy chứng sinh"]),
                procedure(OTHER_PROCEDURE, Some(10), ["Đơn đề nghị", "Tờ khai"]),
                procedure(UNPUBLISHED, None, ["Tờ khai", "Bản sao"]),
                procedure(LEADING, Some(5), ["Tờ khai", "Giấy chứng sinh"]),
                procedure(NATIONAL, Some(5), ["Tờ khai", "Giấy chứng sinh"]),
                provincial,
            ],
            calendar: weekdays(),
            process: None,
            rules,
            fees: Schedule::default(),
        }
    }

    /// The same with a process of [`PROCEDURE`].
    pub fn with_process(self, process: Process) -> Self {
        Self { process: Some(process), ..self }
    }
}

impl Directory for World {
    fn agency(&self, code: &AgencyCode) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.code == *code)
    }
    fn staff(&self, name: &UserName) -> Option<&Staff> {
        self.staff.iter().find(|staff| staff.name == *name)
    }
    fn procedure(&self, code: &ProcedureCode) -> Option<&Procedure> {
        self.procedures.iter().find(|procedure| procedure.code == *code)
    }
    fn calendar(&self, _: &AgencyCode) -> &Calendar {
        &self.calendar
    }
    fn process(&self, procedure: &ProcedureCode, _: &AgencyCode) -> Option<&Process> {
        self.process.as_ref().filter(|process| process.procedure == *procedure)
    }
    fn rules(&self, _: &str) -> &RulePack {
        &self.rules
    }
    fn fees(&self, _: &AgencyCode, _: &ProcedureCode) -> Schedule {
        self.fees.clone()
    }
    fn is_open(&self, agency: &AgencyCode) -> bool {
        agency.as_str() != CLOSED
    }
    fn has_role(&self, agency: &AgencyCode, unit: Option<&UnitCode>, role: Role) -> bool {
        let in_unit = |staff: &Staff| unit.is_none_or(|unit| staff.unit.as_ref() == Some(unit));
        self.staff.iter().any(|staff| staff.agency == *agency && staff.is(role) && in_unit(staff))
    }
    fn followers(&self, procedure: &ProcedureCode) -> &[Follower] {
        if procedure.as_str() == LEADING { &self.followers } else { &[] }
    }
    fn intake(&self, _: &AgencyCode, procedure: &ProcedureCode) -> Intake {
        if procedure.as_str() == NATIONAL { Intake::National } else { Intake::Own }
    }
}

/// The other procedure at reception, where the applicant chooses; then the usual one, with the
/// result, where the leading one was decided.
fn followers() -> Vec<Follower> {
    let carried = |from: &str, to: &str| Carried { from: Source::from_id(from), to: to.into() };
    vec![
        Follower {
            procedure: OTHER_PROCEDURE.into(),
            decides: Decides::Chosen,
            opens: Opens::AtReception,
            papers: vec![carried("tp1", "tp1"), carried("tp2", "tp2")],
            answers: vec![("so_ban".to_owned(), "so_luong".to_owned())],
        },
        Follower {
            procedure: PROCEDURE.into(),
            decides: Decides::Competent,
            opens: Opens::AfterResult,
            papers: vec![carried("tp1", "tp1"), carried("result", "tp2")],
            answers: Vec::new(),
        },
    ]
}

fn agency(code: &str) -> Agency {
    let unit = |code: &str| Unit { code: code.into(), name: code.to_owned() };
    Agency {
        code: code.into(),
        name: code.to_owned(),
        superior: String::new(),
        place: String::new(),
        level: if code == DEPARTMENT { Level::Province } else { Level::Commune },
        one_stop: String::new(),
        address: String::new(),
        phone: String::new(),
        units: vec![unit("tu-phap"), unit("dia-chinh"), unit("van-phong")],
    }
}

fn procedure(code: &str, days: Option<u32>, papers: [&str; 2]) -> Procedure {
    let component = |(position, name): (usize, &str)| Component {
        id: format!("tp{}", position + 1).as_str().into(),
        group: String::new(),
        name: name.to_owned(),
        originals: 1,
        copies: 0,
        mandatory: position == 0,
    };
    let way = |channel| SubmissionWay {
        channel,
        duration: days,
        unit: days.map(|_| DurationUnit::WorkingDay),
        fee_vnd: None,
        fee_text: String::new(),
    };
    Procedure {
        code: code.into(),
        name: format!("Thủ tục {code}"),
        decision: String::new(),
        levels: Vec::new(),
        kind: String::new(),
        field: "Hộ tịch".to_owned(),
        subjects: Vec::new(),
        issuer: String::new(),
        agency: String::new(),
        coordinating_agency: String::new(),
        submission: [Channel::Counter, Channel::Online, Channel::Post].map(way).into(),
        steps: String::new(),
        components: papers.into_iter().enumerate().map(component).collect(),
        requirements: String::new(),
        results: Vec::new(),
        legal_basis: Vec::new(),
    }
}

fn weekdays() -> Calendar {
    let time = |hour, minute| jiff::civil::time(hour, minute, 0, 0);
    let mut timetable = Timetable::default();
    for day in &WEEKDAYS[..5] {
        timetable.weekly[*day] =
            vec![Session::new(time(7, 30), time(11, 30)), Session::new(time(13, 30), time(17, 0))];
    }
    Calendar::new(timetable).unwrap()
}

/// The parameters of the packs that ship, with sources that tell the rules apart.
pub(super) fn rules() -> RulePack {
    let time = |hour| jiff::civil::time(hour, 0, 0, 0);
    let source = |rule: &str| (rule.to_owned(), format!("source of {rule}"));
    RulePack {
        id: "test".to_owned(),
        pack: "test".to_owned(),
        amendments: Vec::new(),
        code_format: CodeFormat::default(),
        name: Text::default(),
        sources: vec!["the pack".to_owned()],
        valid_from: date(2025, 7, 1),
        to_verify: Vec::new(),
        valid_to: None,
        reception: Reception {
            answer_working_hours: 8,
            same_day_cutoff: time(15),
            transfer_cutoff: time(15),
        },
        supplement: SupplementRules {
            per_phase: 1,
            policy: PausePolicy::Restart,
            lapse_days: None,
        },
        extension: ExtensionRules { limit: 1, days_before: 1 },
        obligation_lapse_days: None,
        due_soon_working_days: 1,
        hours_per_day: 8,
        durations: Vec::new(),
        retention: Vec::new(),
        rule_sources: [
            "statuses",
            "supplement_per_phase",
            "supplement_lapse",
            "extension",
            "obligation_lapse",
            "online_entrance",
            "competence",
        ]
        .map(source)
        .into(),
        papers: Vec::new(),
        certification: [(CERTIFIED, "SCT/BS", true), (CONTRACT, "SCT/HĐ,GD", false)]
            .map(|(procedure, book, per_paper)| CertificationKind {
                procedure: procedure.into(),
                name: Text { vi: book.to_owned(), en: book.to_owned() },
                book: book.to_owned(),
                per_paper,
                stamp: String::new(),
            })
            .into(),
    }
}

/// The instant of a time in Vietnam.
pub(super) fn at(when: DateTime) -> Timestamp {
    instant(when).unwrap()
}

/// Somebody with this role at this agency.
pub(super) fn staff(role: Role, agency: &str) -> Actor {
    let name = UserName::new(format!("{}@{agency}", role.id()));
    Actor::Staff(WORLD.staff(&name).unwrap().clone())
}

/// The ward's receptionist.
pub(super) fn receptionist() -> Actor {
    staff(Role::Receptionist, WARD)
}
/// The department's processor.
pub(super) fn processor() -> Actor {
    staff(Role::Processor, DEPARTMENT)
}
/// Another processor of the department, in another unit.
pub(super) fn neighbour() -> Actor {
    Actor::Staff(WORLD.staff(&UserName::new(format!("neighbour@{DEPARTMENT}"))).unwrap().clone())
}
/// The department's approver.
pub(super) fn approver() -> Actor {
    staff(Role::Approver, DEPARTMENT)
}
/// The department's clerk.
pub(super) fn clerk() -> Actor {
    staff(Role::Clerk, DEPARTMENT)
}
/// The ward's cashier.
pub(super) fn cashier() -> Actor {
    staff(Role::Cashier, WARD)
}
/// The head of the ward's centre.
pub(super) fn head() -> Actor {
    staff(Role::Head, WARD)
}

/// Nguyễn Thị Lan.
pub(super) fn person() -> Person {
    Person {
        name: "Nguyễn Thị Lan".to_owned(),
        phone: Some("0912345678".to_owned()),
        ..Person::default()
    }
}

/// Her dossier at the ward for the department to decide, with its mandatory paper.
pub(super) fn submission(channel: Channel) -> Submission {
    Submission {
        procedure: PROCEDURE.into(),
        receiving_agency: WARD.into(),
        competent_agency: DEPARTMENT.into(),
        channel,
        return_channel: Channel::Counter,
        owner: None,
        applicant: person(),
        mandate: None,
        form: [
            ("so_ban".to_owned(), super::FormValue::Number("2".to_owned())),
            (FIELD_ANSWER.to_owned(), super::FormValue::Bool(true)),
        ]
        .into_iter()
        .collect(),
        papers: vec![SubmittedPaper {
            component: "tp1".to_owned(),
            originals: 1,
            copies: 0,
            on_paper: true,
            attachments: Vec::new(),
            evidence: Default::default(),
        }],
        external_codes: Vec::new(),
        linked: Vec::new(),
        is_assisted: false,
        form_version: None,
    }
}

/// What a new dossier is called.
pub(super) fn names() -> Names {
    Names {
        id: DossierId([7; 16]),
        code: DossierCode::from("H40.12-261123-0001"),
        lookup_secret: "K7M29PXD".to_owned(),
    }
}

/// What of a refusal programs read: kind, fields, and the rule, unless it is the pack as a whole,
/// which stands for actions whose source the tests' pack does not name.
pub(super) fn told(refusal: Refusal) -> (RefusalKind, String, String) {
    let rule = refusal.rule.filter(|rule| *rule != WORLD.rules.sources[0]);
    let fields: Vec<_> = refusal.fields.iter().map(|error| error.field.as_str()).collect();
    (refusal.kind, fields.join(" "), rule.unwrap_or_default())
}

/// A refusal of one field.
pub(super) fn invalid(field: &str) -> (RefusalKind, String, String) {
    (RefusalKind::Invalid, field.to_owned(), String::new())
}

/// A refusal of a kind that names no field and no rule.
pub(super) fn plain(kind: RefusalKind) -> (RefusalKind, String, String) {
    (kind, String::new(), String::new())
}

/// The refusal of the table of statuses.
pub(super) fn wrong_status() -> (RefusalKind, String, String) {
    (RefusalKind::Impossible, String::new(), "source of statuses".to_owned())
}

/// The dossier after these events.
pub(super) fn replay<'e>(events: impl IntoIterator<Item = (Timestamp, &'e Event)>) -> Dossier {
    let mut events = events.into_iter();
    let Some((at, Event::Submitted(first))) = events.next() else { panic!("not submitted first") };
    let mut dossier = Dossier::open((**first).clone(), at);
    for (at, event) in events {
        dossier.apply(at, event);
    }
    dossier
}

/// To the department's processor.
pub(super) fn assign() -> Command {
    let to = UserName::new(format!("processor@{DEPARTMENT}"));
    Command::Assign { to: Some(to), unit: None }
}

/// Asks for one paper.
pub(super) fn missing() -> Command {
    let item = MissingItem { component: Some("tp2".to_owned()), reason: "Thiếu".to_owned() };
    Command::RequestSupplement { items: vec![item], due_at: None }
}

/// Answers a supplement.
pub(super) fn supplement() -> Command {
    let text = Some("Đã bổ sung".to_owned());
    Command::Supplement { attachments: Vec::new(), text, promised: Vec::new() }
}

/// Asks for 50 000 đồng.
pub(super) fn fee(kind: FeeKind) -> Command {
    let fees = vec![FeeLine::free("Lệ phí", 50_000, kind)];
    Command::RequestPayment(Asking { fees, ..Asking::default() })
}

/// Paid in cash.
pub(super) fn pay() -> Command {
    Command::RecordPayment(Paying::all(PaymentMethod::Cash))
}

/// Stops with a reason.
pub(super) fn stop() -> Command {
    Command::Stop { reason: "lý do".to_owned(), decision_number: None }
}

/// A favourable result.
pub(super) fn finish() -> Command {
    Command::Finish {
        favourable: true,
        name: "Giấy khai sinh".to_owned(),
        number: Some("12/2026".to_owned()),
        reason: None,
        form: None,
        collect_reason: None,
        attachments: Vec::new(),
    }
}

/// Lays a dossier before the approver without a draft.
pub(super) fn submit_for_approval() -> Command {
    Command::SubmitForApproval { draft: None, attachments: Vec::new() }
}

/// A file that belongs to no component.
pub(super) fn file(is_result: bool) -> Attachment {
    Attachment {
        id: AttachmentId([9; 16]),
        component: None,
        name: "van-ban.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size: 1,
        sha256: [1; 32],
        cipher_sha256: [2; 32],
        key: None,
        is_result,
        added_at: Timestamp::UNIX_EPOCH,
        origin: None,
    }
}

/// A file for the first paper.
pub(super) fn paper_file() -> Attachment {
    Attachment { component: Some("tp1".into()), ..file(false) }
}

/// Hands the result over.
pub(super) fn deliver(channel: Channel) -> Command {
    Command::Deliver(Delivery::by(channel))
}

/// Papers of these procedures with their fees, paid in cash and signed by the department's approver.
pub(super) fn order(papers: &[(&str, u64)]) -> CertificationOrder {
    let paper = |(position, (procedure, fee)): (usize, &(&str, u64))| CertifiedPaper {
        procedure: (*procedure).into(),
        name: format!("Giấy {position}"),
        pages: 2,
        copies: 1,
        fee: *fee,
        basis: None,
    };
    CertificationOrder {
        papers: papers.iter().enumerate().map(paper).collect(),
        signer: UserName::new(format!("approver@{DEPARTMENT}")),
        exemption: None,
        payment: Some((PaymentMethod::Cash, None)),
    }
}

/// Certifies one paper that costs nothing.
pub(super) fn certify() -> Command {
    Command::Certify { order: Some(order(&[(CERTIFIED, 0)])), numbers: vec![1] }
}
