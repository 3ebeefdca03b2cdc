//! A ledger at work without an instance around it: submissions and actions that the rules allow, on
//! whatever engine.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use motcua::domain::agency::{Agency, Role, Staff, Unit};
use motcua::domain::calendar::{Calendar, local};
use motcua::domain::catalogue::{
    Channel, Component, DurationUnit, Level, Procedure, SubmissionWay,
};
use motcua::domain::deadline::PausePolicy;
use motcua::domain::dossier::linking::Follower;
use motcua::domain::dossier::{
    Actor, Asking, CodeFormat, Command, Context, Delivery, Directory, Dossier, FeeKind, FeeLine,
    FormValue, Intake, MissingItem, Names, Paying, PaymentMethod, Request, Submission,
    SubmittedPaper, decide, lookup_secret, submit,
};
use motcua::domain::fee::Schedule;
use motcua::domain::ids::{
    AgencyCode, ComponentId, DossierCode, DossierId, ProcedureCode, UnitCode, UserName,
};
use motcua::domain::person::Person;
use motcua::domain::refusal::{Refusal, RefusalKind};
use motcua::domain::rules::{ExtensionRules, Reception, RulePack, SupplementRules};
use motcua::domain::words::Text;
use motcua::env::Env;
use motcua::store::engine::Engine;
use motcua::store::keyring::SealKey;
use motcua::store::ledger::{Failure, Ledger};

/// The key under which all keyrings of tests are wrapped.
pub const WRAPPING: [u8; 32] = [7; 32];

/// A clock that tests turn, and randomness that never repeats in a test.
#[derive(Clone)]
pub struct Turning {
    now: Arc<AtomicI64>,
    drawn: Arc<AtomicU64>,
}

impl Turning {
    /// A clock that stands at a Monday morning.
    pub fn new() -> Self {
        let begin: Timestamp = "2026-11-23T01:00:00Z".parse().unwrap();
        Self {
            now: Arc::new(AtomicI64::new(begin.as_microsecond())),
            drawn: Arc::new(AtomicU64::new(0)),
        }
    }

    /// Turns the clock.
    pub fn turn(&self, by: SignedDuration) {
        self.now.fetch_add(i64::try_from(by.as_micros()).unwrap(), Ordering::Relaxed);
    }

    /// The environment.
    pub fn env(&self) -> Env {
        let (now, drawn) = (self.now.clone(), self.drawn.clone());
        let clock = move || Timestamp::from_microsecond(now.load(Ordering::Relaxed)).unwrap();
        Env::new(clock, move |bytes| {
            for chunk in bytes.chunks_mut(32) {
                let hash = blake3::hash(&drawn.fetch_add(1, Ordering::Relaxed).to_be_bytes());
                chunk.copy_from_slice(&hash.as_bytes()[..chunk.len()]);
            }
        })
    }
}

/// A ledger on an engine.
pub fn ledger(engine: impl Engine, env: Env) -> Ledger {
    Ledger::start(Arc::new(engine), SealKey::from_bytes(WRAPPING), env).unwrap()
}

/// Two agencies, one procedure, one person for every role.
pub struct Workshop {
    agencies: Vec<Agency>,
    staff: HashMap<UserName, Staff>,
    procedure: Procedure,
    calendar: Calendar,
    rules: RulePack,
}

impl Directory for Workshop {
    fn agency(&self, code: &AgencyCode) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.code == *code)
    }

    fn staff(&self, name: &UserName) -> Option<&Staff> {
        self.staff.get(name)
    }

    fn procedure(&self, code: &ProcedureCode) -> Option<&Procedure> {
        (self.procedure.code == *code).then_some(&self.procedure)
    }

    fn calendar(&self, _: &AgencyCode) -> &Calendar {
        &self.calendar
    }

    fn rules(&self, _: &str) -> &RulePack {
        &self.rules
    }

    fn fees(&self, _: &AgencyCode, _: &ProcedureCode) -> Schedule {
        Schedule::default()
    }

    fn is_open(&self, _: &AgencyCode) -> bool {
        true
    }

    fn has_role(&self, agency: &AgencyCode, _: Option<&UnitCode>, role: Role) -> bool {
        self.staff.values().any(|staff| staff.agency == *agency && staff.is(role))
    }

    fn followers(&self, _: &ProcedureCode) -> &[Follower] {
        &[]
    }

    fn intake(&self, _: &AgencyCode, _: &ProcedureCode) -> Intake {
        Intake::Own
    }
}

/// What is done to a dossier next; any number is some action.
#[derive(Clone, Copy, Debug)]
pub struct Deed(pub u8);

impl Workshop {
    /// The only one there is.
    pub fn new() -> Arc<Self> {
        let agencies = vec![agency("H1.01"), agency("H1.02")];
        let staff = agencies
            .iter()
            .map(|agency| {
                let name = UserName::new(format!("nv-{}", agency.code.as_str().to_lowercase()));
                let staff = Staff {
                    name: name.clone(),
                    full_name: "Nguyễn Văn Thử".to_owned(),
                    roles: Role::ALL.to_vec(),
                    agency: agency.code.clone(),
                    unit: Some(UnitCode::from("mot-cua")),
                    enabled: true,
                    stands_in_for: None,
                };
                (name, staff)
            })
            .collect();
        Arc::new(Self {
            agencies,
            staff,
            procedure: procedure(),
            calendar: Calendar::office_hours(),
            rules: rules(),
        })
    }

    fn desk(&self, agency: &AgencyCode) -> Actor {
        let found = self.staff.values().find(|staff| staff.agency == *agency);
        Actor::Staff(found.expect("every agency has its desk").clone())
    }

    /// What somebody files; an even number online at one agency, an odd one over the counter.
    pub fn submission(&self, number: u64) -> Submission {
        let agency = &self.agencies[(number / 2 % 2) as usize].code;
        let form = (0..5).map(|field| {
            (format!("truong_{field}"), FormValue::Text(format!("giá trị {number} {field}")))
        });
        Submission {
            procedure: self.procedure.code.clone(),
            receiving_agency: agency.clone(),
            competent_agency: self.agencies[(number % 3 % 2) as usize].code.clone(),
            channel: if number.is_multiple_of(2) { Channel::Online } else { Channel::Counter },
            return_channel: Channel::Counter,
            owner: None,
            applicant: Person { name: format!("Trần Thị Số {number}"), ..Person::default() },
            mandate: None,
            form: form.collect(),
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

    /// Files a dossier durably; its code, and its version: 2 when it was received at once.
    pub fn file(
        self: &Arc<Self>,
        ledger: &Ledger,
        number: u64,
    ) -> Result<(DossierCode, u64), Failure> {
        let (own, submission) = (self.clone(), self.submission(number));
        let done = ledger.run_blocking(move |txn| {
            let now = txn.now();
            let agency = &submission.receiving_agency;
            let day = local(now).date();
            let new = txn.new_key(DossierId(txn.env().bytes()));
            let names = Names {
                id: new.id,
                code: CodeFormat::default().code(agency, day, txn.next_number(agency, day)?),
                lookup_secret: lookup_secret(txn.env().bytes()),
            };
            let actor = match submission.channel {
                Channel::Online => Actor::Applicant,
                _ => own.desk(agency),
            };
            let ctx = Context { now, actor: &actor, rules: &own.rules, directory: own.as_ref() };
            let events = submit(&submission, names, &ctx)?;
            let dossier = txn.create(new, &events, &actor.label())?;
            Ok((dossier.code, dossier.version))
        })?;
        Ok(done.value)
    }

    /// Does something to a dossier durably, if the rules allow it; its version after it.
    pub fn act(
        self: &Arc<Self>,
        ledger: &Ledger,
        code: &DossierCode,
        deed: Deed,
    ) -> Result<u64, Failure> {
        let (own, code) = (self.clone(), code.clone());
        let done = ledger.run_blocking(move |txn| {
            let id = txn.find(&code)?;
            let stored = match id {
                Some(id) => txn.dossier(id)?,
                None => None,
            };
            let missing = || Refusal::new(RefusalKind::NotFound, Text::from(NOTHING));
            let stored = stored.ok_or_else(missing)?;
            let (actor, command) = own.deed(&stored.dossier, deed, txn.now());
            let version = stored.dossier.version;
            let request = Request { version, command, note: None };
            let ctx = Context {
                now: txn.now(),
                actor: &actor,
                rules: &own.rules,
                directory: own.as_ref(),
            };
            let events = decide(&stored.dossier, &request, &ctx)?;
            Ok(txn.append(stored, &events, &actor.label())?.version)
        })?;
        Ok(done.value)
    }

    fn deed(&self, dossier: &Dossier, deed: Deed, now: Timestamp) -> (Actor, Command) {
        let (receiving, competent) = (&dossier.receiving_agency, &dossier.competent_agency);
        let reason = || format!("lý do {}", deed.0);
        let desk = |agency| self.desk(agency);
        match deed.0 % 20 {
            0 | 1 => (desk(receiving), Command::Accept { components: Vec::new() }),
            2 | 3 => {
                let unit = Some(UnitCode::from("mot-cua"));
                (desk(competent), Command::Assign { to: None, unit })
            }
            4 | 5 => (
                desk(competent),
                Command::SubmitForApproval { draft: None, attachments: Vec::new() },
            ),
            6 | 7 => (desk(competent), Command::Approve),
            8 | 9 => (desk(competent), finish(deed)),
            10 => (desk(receiving), Command::Deliver(Delivery::by(Channel::Counter))),
            11 => {
                let items = vec![MissingItem { component: None, reason: reason() }];
                (desk(receiving), Command::RequestSupplement { items, due_at: None })
            }
            12 => {
                let text = Some(reason());
                (
                    Actor::Applicant,
                    Command::Supplement { attachments: Vec::new(), text, promised: Vec::new() },
                )
            }
            13 => {
                let agency = self.agencies.iter().find(|agency| agency.code != *competent);
                let agency = agency.expect("there are two").code.clone();
                (desk(receiving), Command::Transfer { agency, reason: reason() })
            }
            14 => {
                let fees = vec![FeeLine::free("Phí", 20_000, FeeKind::Obligation)];
                let asked = Asking { fees, ..Asking::default() };
                (desk(competent), Command::RequestPayment(asked))
            }
            15 => {
                let paid = Paying::all(PaymentMethod::Cash);
                (desk(competent), Command::RecordPayment(paid))
            }
            16 => (Actor::Applicant, Command::RequestWithdrawal { reason: reason() }),
            17 => (desk(competent), Command::RejectWithdrawal { reason: reason() }),
            18 => (desk(receiving), Command::Refuse { reason: reason() }),
            _ => {
                let due_at = now + SignedDuration::from_hours(48);
                let agency = self.agencies.iter().find(|agency| agency.code != *competent);
                let command = Command::Consult {
                    agency: agency.map(|agency| agency.code.clone()),
                    unit: None,
                    question: reason(),
                    due_at,
                    shares: Vec::new(),
                };
                (desk(competent), command)
            }
        }
    }
}

const NOTHING: motcua::domain::words::Message =
    motcua::domain::words::Message { vi: "Không có hồ sơ.", en: "There is no dossier." };

fn finish(deed: Deed) -> Command {
    Command::Finish {
        favourable: true,
        name: format!("Giấy xác nhận {}", deed.0),
        number: None,
        reason: None,
        form: None,
        collect_reason: None,
        attachments: Vec::new(),
    }
}

fn agency(code: &str) -> Agency {
    Agency {
        code: AgencyCode::from(code),
        name: format!("UBND xã Thử {code}"),
        superior: String::new(),
        place: "Thử".to_owned(),
        level: Level::Commune,
        one_stop: "Trung tâm".to_owned(),
        address: String::new(),
        phone: String::new(),
        units: vec![Unit { code: UnitCode::from("mot-cua"), name: "Một cửa".to_owned() }],
    }
}

fn procedure() -> Procedure {
    let way = |channel| SubmissionWay {
        channel,
        duration: Some(3),
        unit: Some(DurationUnit::WorkingDay),
        fee_vnd: Some(0),
        fee_text: "Không".to_owned(),
    };
    Procedure {
        code: ProcedureCode::from("1.000001"),
        name: "Thủ tục thử".to_owned(),
        decision: String::new(),
        levels: vec![Level::Commune],
        kind: String::new(),
        field: "Thử".to_owned(),
        subjects: Vec::new(),
        issuer: String::new(),
        agency: String::new(),
        coordinating_agency: String::new(),
        submission: vec![way(Channel::Online), way(Channel::Counter)],
        steps: String::new(),
        components: vec![Component {
            id: ComponentId::from("tp1"),
            group: String::new(),
            name: "Đơn".to_owned(),
            originals: 1,
            copies: 0,
            mandatory: true,
        }],
        requirements: String::new(),
        results: Vec::new(),
        legal_basis: Vec::new(),
    }
}

fn rules() -> RulePack {
    RulePack {
        id: "thu".to_owned(),
        pack: "thu".to_owned(),
        amendments: Vec::new(),
        code_format: CodeFormat::default(),
        name: Text::from(NOTHING),
        sources: vec!["Thử".to_owned()],
        valid_from: jiff::civil::date(2025, 7, 1),
        to_verify: Vec::new(),
        retention: Vec::new(),
        valid_to: None,
        reception: Reception {
            answer_working_hours: 8,
            same_day_cutoff: jiff::civil::time(15, 0, 0, 0),
            transfer_cutoff: jiff::civil::time(15, 0, 0, 0),
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
        rule_sources: Vec::new(),
        papers: Vec::new(),
        certification: Vec::new(),
    }
}

/// What clients were told, by dossier: the version that is durable.
#[derive(Clone, Default)]
pub struct Told(Arc<Mutex<HashMap<DossierCode, u64>>>);

impl Told {
    /// A dossier has been filed.
    pub fn filed(&self, (code, version): (DossierCode, u64)) {
        self.note(&code, version);
    }

    /// A dossier has reached a version.
    pub fn note(&self, code: &DossierCode, version: u64) {
        self.0.lock().unwrap().insert(code.clone(), version);
    }

    /// Everything told until now.
    pub fn now(&self) -> HashMap<DossierCode, u64> {
        self.0.lock().unwrap().clone()
    }

    /// The dossiers so far, in order of codes.
    pub fn codes(&self) -> Vec<DossierCode> {
        let mut codes: Vec<_> = self.now().into_keys().collect();
        codes.sort();
        codes
    }
}

/// Whether a ledger has everything that was told.
pub fn keeps(ledger: &Ledger, told: &HashMap<DossierCode, u64>) -> Result<(), String> {
    let reader = ledger.reader().map_err(|error| error.to_string())?;
    for (code, version) in told {
        let id = reader.find(code).map_err(|error| error.to_string())?;
        let head = match id {
            Some(id) => reader.head(id).map_err(|error| error.to_string())?,
            None => None,
        };
        if head.is_none_or(|head| head.version < *version) {
            return Err(format!("{code} had reached version {version}"));
        }
    }
    Ok(())
}
