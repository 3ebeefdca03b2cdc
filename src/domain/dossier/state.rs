//! What is known of a dossier after its events.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::certification::Certification;
use super::event::Change;
use super::evidence::Evidence;
use super::link::{Leader, Link};
use super::money::{Declared, Fee, Taking};
use super::status::{Stage, Status};
use crate::domain::agency::Staff;
use crate::domain::catalogue::Channel;
use crate::domain::deadline::{Duration, Pause, PausePolicy};
use crate::domain::form::FormVersion;
use crate::domain::ids::{
    AgencyCode, AttachmentId, ComponentId, DossierCode, DossierId, ProcedureCode, UnitCode,
    UserName,
};
use crate::domain::person::{Mandate, MandateKind, Person};
use crate::domain::personal::Origin;
use crate::domain::process::Run;

/// One dossier (hồ sơ).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// Immutable internal id.
    pub id: DossierId,
    /// The code on paper, given at submission.
    pub code: DossierCode,
    /// Numbers that other systems gave it.
    pub external_codes: Vec<String>,
    /// The secret that opens the whole of it to its applicant.
    pub lookup_secret: String,
    /// Number of events; each command names the version that it saw.
    pub version: u64,
    /// The national status.
    pub status: Status,
    /// Where it stands inside Processing.
    pub stage: Stage,
    /// The status to which a pause returns.
    pub before_pause: Status,
    /// The status in which a withdrawal was asked for; a rejected one returns to it.
    pub before_withdrawal: Option<Status>,
    /// Its procedure, by code and by the name at that time.
    pub procedure: ProcedureCode,
    /// The procedure's name when it was filed.
    pub procedure_name: String,
    /// The procedure's field.
    pub field: String,
    /// Takes it in and hands it back.
    pub receiving_agency: AgencyCode,
    /// Decides; owns the log, the calendar and the clock.
    pub competent_agency: AgencyCode,
    /// Agencies that had it before a transfer; they may still look.
    pub past_agencies: Vec<AgencyCode>,
    /// The way in.
    pub channel: Channel,
    /// The way out that the applicant chose.
    pub return_channel: Channel,
    /// Whose matter it is.
    pub owner: Person,
    /// Who filed it.
    pub submitter: Person,
    /// By what right, when they are not the same person.
    pub mandate: Option<Mandate>,
    /// The answers of the electronic form.
    pub form: Form,
    /// Papers, by component.
    pub components: Vec<Paper>,
    /// Files, of components and of the result.
    pub attachments: Vec<Attachment>,
    /// The rule pack under which it was received.
    pub rule_pack: String,
    /// Who holds it at the desk.
    pub holder: Holder,
    /// Its clock.
    pub clock: Clock,
    /// When it was filed.
    pub submitted_at: Timestamp,
    /// When it was received.
    pub received_at: Option<Timestamp>,
    /// When its settlement ended.
    pub ended_at: Option<Timestamp>,
    /// When its result was handed over.
    pub returned_at: Option<Timestamp>,
    /// What must be added, while a supplement is required; with the date.
    pub supplement: Option<Supplement>,
    /// Supplements asked for before and after reception.
    pub supplements_asked: (u32, u32),
    /// Fee lines and how they were paid.
    pub fees: Vec<Fee>,
    /// Consultations of other agencies and units.
    pub consultations: Vec<Consultation>,
    /// Number and date that the clerk gave the decision.
    pub number: Option<(String, Date)>,
    /// What was laid before the approver, oldest first.
    pub drafts: Vec<Draft>,
    /// The result, once there is one.
    pub outcome: Option<Settlement>,
    /// Why it was refused, stopped, voided or asked back: the applicant reads it.
    pub reason: Option<String>,
    /// Entered by mistake: its number stays used, statistics leave it out.
    pub voided: bool,
    /// How many times the due date was put off with an apology.
    pub extensions: u32,
    /// Who took the result and how.
    pub delivery: Option<Delivery>,
    /// Where it stands in the process that it began with; none for the usual one, which follows
    /// from its events alone.
    pub run: Option<Run>,
    /// What is certified, or to be.
    pub certification: Option<Certification>,
    /// Files that an officer compared with the paper, and who.
    pub confirmed_files: Vec<(AttachmentId, String)>,
    /// Who took the dossier over from the section, and when; none until it is acknowledged.
    pub taken_over: Option<(String, Timestamp)>,
    /// Money that came in, oldest first, with what was reversed.
    pub takings: Vec<Taking>,
    /// What the applicant says to have transferred, until the cashier has seen it or not.
    pub declared: Option<Declared>,
    /// What the applicant asked to have put right and the section has not answered yet.
    pub correction: Option<CorrectionRequest>,
    /// Its parts in other agencies, planned or open.
    pub links: Vec<Link>,
    /// The dossier whose part it is.
    pub led_by: Option<Leader>,
    /// The desk helped to file it online.
    pub is_assisted: bool,
    /// The declared form that the answers belong to.
    pub form_version: Option<FormVersion>,
}

/// What an applicant asks to have put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionRequest {
    /// Field, value at that time, value wanted.
    pub changes: Vec<Change>,
    /// Why.
    pub reason: String,
    /// When it was asked for.
    pub at: Timestamp,
}

/// Answers of a form by field name, in order of names. Copies share them until one is changed: they
/// go unchanged from the command into the event, the state and the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form(Arc<BTreeMap<String, FormValue>>);

impl Deref for Form {
    type Target = BTreeMap<String, FormValue>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Form {
    fn deref_mut(&mut self) -> &mut Self::Target {
        Arc::make_mut(&mut self.0)
    }
}

impl From<BTreeMap<String, FormValue>> for Form {
    fn from(answers: BTreeMap<String, FormValue>) -> Self {
        Self(Arc::new(answers))
    }
}

impl FromIterator<(String, FormValue)> for Form {
    fn from_iter<I: IntoIterator<Item = (String, FormValue)>>(answers: I) -> Self {
        BTreeMap::from_iter(answers).into()
    }
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormValue {
    /// Left empty.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number as written, so that nothing is rounded.
    Number(String),
    /// Text.
    Text(String),
    /// Repeated rows or several choices.
    List(Vec<FormValue>),
    /// A group of answers.
    Group(Form),
}

/// A component as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The procedure's component.
    pub component: ComponentId,
    /// Its name at that time.
    pub name: String,
    /// Originals handed in.
    pub originals: u32,
    /// Copies handed in.
    pub copies: u32,
    /// Promised on paper at the counter.
    pub on_paper: bool,
    /// Checked off by a receptionist.
    pub checked: bool,
    /// Its form, number, date and issuer.
    pub evidence: Evidence,
}

/// A file of a dossier; its bytes lie in a blob of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Names the blob.
    pub id: AttachmentId,
    /// The component that it digitises, or none for a result.
    pub component: Option<ComponentId>,
    /// The sender's file name, cleaned.
    pub name: String,
    /// By content, not by name.
    pub media_type: String,
    /// Plaintext bytes.
    pub size: u64,
    /// SHA-256 of the plaintext.
    pub sha256: [u8; 32],
    /// SHA-256 of the blob as it lies on the disk.
    pub cipher_sha256: [u8; 32],
    /// Whether it belongs to the result.
    pub is_result: bool,
    /// When it became part of the dossier.
    pub added_at: Timestamp,
    /// Where it comes from, when it is a copy of one of the person's own papers.
    pub origin: Option<Origin>,
    /// Opens the blob; none when the key of the folder does, as in files from before format 6.
    pub key: Option<FileKey>,
}

/// Opens one file, and no other: it lies in the sealed part of the file's dossier or of its person, so
/// that destroying their key disposes of the file too, wherever a copy of it lies. Says nothing of itself.
#[derive(Clone, PartialEq, Eq)]
pub struct FileKey(String);

impl FileKey {
    /// A key from its secret text.
    pub fn new(secret: String) -> Self {
        Self(secret)
    }

    /// The secret text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileKey(…)")
    }
}

/// Who holds a dossier at the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holder {
    /// The unit.
    pub unit: Option<UnitCode>,
    /// The person.
    pub user: Option<UserName>,
}

/// The clock of a dossier: what the due date is computed from, never patched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// From when it counts: the receipt; before it, the arrival at the section that answers.
    pub since: Timestamp,
    /// The published duration, if there is one; before reception none, the pack sets it.
    pub duration: Option<Duration>,
    /// Intervals in which it stood still; the last one may be open.
    pub pauses: Vec<Pause>,
    /// What a pause does to the deadline.
    pub policy: PausePolicy,
    /// A new date given with an apology.
    pub extended_to: Option<Timestamp>,
    /// When the result, or before reception the answer, is due; none while paused or ended.
    pub due_at: Option<Timestamp>,
    /// When it was due when it ended: what it was early or late against stays what it was, whatever
    /// becomes of the calendar.
    pub ended_due_at: Option<Timestamp>,
}

/// What the applicant must add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplement {
    /// Every missing thing.
    pub items: Vec<SupplementItem>,
    /// Until when, if a date was set.
    pub due_at: Option<Timestamp>,
    /// What is still missing is to be brought on paper to the counter: so the applicant has said.
    pub is_promised: bool,
}

/// One missing thing and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplementItem {
    /// The component, when it is about one.
    pub component: Option<ComponentId>,
    /// What is wrong and how to repair it.
    pub reason: String,
}

/// A question to another agency or unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consultation {
    /// Counts from 1 within the dossier.
    pub number: u32,
    /// The agency asked.
    pub agency: AgencyCode,
    /// The unit asked, when it is one of the same agency.
    pub unit: Option<UnitCode>,
    /// What is asked.
    pub question: String,
    /// Until when.
    pub due_at: Timestamp,
    /// The answer and when it came.
    pub answer: Option<(String, Timestamp)>,
    /// The dossier's files that go with the question.
    pub shares: Vec<AttachmentId>,
    /// The answer's files. Only the desk sees them.
    pub files: Vec<Attachment>,
}

impl Consultation {
    /// Whether it asks this account's agency, or its unit when it names one.
    pub fn asks(&self, staff: &Staff) -> bool {
        staff.agency == self.agency
            && self.unit.as_ref().is_none_or(|unit| staff.unit.as_ref() == Some(unit))
    }

    /// Whether there is an answer, and it came after its deadline.
    pub fn was_late(&self) -> bool {
        self.answer.as_ref().is_some_and(|(_, at)| *at > self.due_at)
    }

    /// Whether the answer came, or is still missing, after its deadline.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.answer.as_ref().map_or(now, |(_, at)| *at) > self.due_at
    }
}

/// How a dossier was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// Granted, or refused with a reason.
    pub favourable: bool,
    /// The result document's name.
    pub name: String,
    /// Its number.
    pub number: Option<String>,
    /// The reason of a refusal.
    pub reason: Option<String>,
    /// Why it must be fetched on paper, when the applicant wanted it online.
    pub collect_reason: Option<String>,
    /// The receiving section has the paper.
    pub at_section: bool,
}

/// What a result consists of, when the processor says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultForm {
    /// Tệp điện tử: at least one file comes with it.
    File,
    /// Bản giấy: a paper, known by its number.
    Paper,
}

/// What the processor proposes to the approver. Only the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its words.
    pub text: Option<String>,
    /// Its files.
    pub files: Vec<Attachment>,
}

/// In what capacity somebody takes a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taker {
    /// Chủ hồ sơ.
    Owner,
    /// Người được ủy quyền, or a legal representative: by a paper that says so.
    Mandated,
    /// Người nộp, đại diện theo pháp luật của chủ hồ sơ: as the dossier has it since it was filed.
    Representative,
}

/// How a result was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The way out.
    pub channel: Channel,
    /// Who took it.
    pub received_by: Option<String>,
    /// In what capacity, when it was said.
    pub taker: Option<Taker>,
    /// The paper that gives the right to take it: number, date, issuer, in words.
    pub mandate_paper: Option<String>,
    /// The receipt was lost, and that was noted.
    pub receipt_lost: bool,
    /// The postal operator's number of the item.
    pub tracking_number: Option<String>,
}

impl Delivery {
    /// A delivery on this way, of which no more is said.
    pub const fn by(channel: Channel) -> Self {
        Self {
            channel,
            received_by: None,
            taker: None,
            mandate_paper: None,
            receipt_lost: false,
            tracking_number: None,
        }
    }
}

impl Dossier {
    /// The component as handed in.
    pub fn paper(&self, component: &ComponentId) -> Option<&Paper> {
        self.components.iter().find(|paper| paper.component == *component)
    }

    /// The attachment with this id.
    pub fn attachment(&self, id: AttachmentId) -> Option<&Attachment> {
        self.attachments.iter().find(|attachment| attachment.id == id)
    }

    /// The file of the dossier or of a draft with this id: what the desk may open.
    pub fn desk_file(&self, id: AttachmentId) -> Option<&Attachment> {
        self.files().find(|file| file.id == id)
    }

    /// Who compared a file with its paper, if somebody did.
    pub fn confirmed_by(&self, file: AttachmentId) -> Option<&str> {
        let found = self.confirmed_files.iter().find(|(known, _)| *known == file);
        found.map(|(_, by)| by.as_str())
    }

    /// Every file, those of drafts and of answers last.
    pub fn files(&self) -> impl Iterator<Item = &Attachment> {
        let inside = self.drafts.iter().map(|draft| &draft.files);
        let inside = inside.chain(self.consultations.iter().map(|asked| &asked.files));
        self.attachments.iter().chain(inside.flatten())
    }

    /// Whether this agency takes part: it receives, decides, or is consulted.
    pub fn concerns(&self, agency: &AgencyCode) -> bool {
        self.agencies().any(|known| known == agency)
    }

    /// Whether this agency works on the dossier, or did: more than that its opinion was asked.
    pub fn is_of(&self, agency: &AgencyCode) -> bool {
        [&self.receiving_agency, &self.competent_agency]
            .into_iter()
            .chain(&self.past_agencies)
            .any(|known| known == agency)
    }

    /// The agencies that take part or took part, perhaps more than once.
    pub fn agencies(&self) -> impl Iterator<Item = &AgencyCode> {
        [&self.receiving_agency, &self.competent_agency]
            .into_iter()
            .chain(&self.past_agencies)
            .chain(self.consultations.iter().map(|consultation| &consultation.agency))
    }

    /// Whether the submitter is the owner's legal representative: a parent, guardian or head.
    pub fn has_legal_representative(&self) -> bool {
        self.mandate.as_ref().is_some_and(|m| m.kind == MandateKind::LegalRepresentative)
    }

    /// Whether the declared form was filled in on this portal: then every question that it asks was
    /// answered. Over the counter it is on paper, and other portals have forms of their own.
    pub fn is_filled_in_here(&self) -> bool {
        let is_ours = !self.is_assisted && self.external_codes.is_empty();
        self.form_version.is_some() && self.channel == Channel::Online && is_ours
    }

    /// Whether the reception clock, not the settlement clock, is the one that counts.
    pub fn is_before_reception(&self) -> bool {
        self.received_at.is_none()
    }

    /// Whether the result is where it is handed over: the section has the paper, or it is a file
    /// for an applicant who wants it online.
    pub fn can_be_handed_over(&self) -> bool {
        let at_section = self.outcome.as_ref().is_some_and(|outcome| outcome.at_section);
        at_section
            || (self.return_channel == Channel::Online && self.result_files().next().is_some())
    }
}
