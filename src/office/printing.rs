//! Printing: from a dossier and its log to the papers of the one-stop section.
//!
//! A paper is set from the event that it certifies, so that a reprint says what the first print
//! said; it names that event's place in the agency's log.

mod facts;
mod words;

use unicode_normalization::UnicodeNormalization;

use super::tracking::Proof;
use super::{Caller, Office, no_dossier};
use crate::documents::papers::{
    Anchor, Contact, Lookup, PaperFault, PaperSize, PersonLines, Receipt as ReceiptPaper,
    ReceptionRefusal, Sheet, SubmissionSlip, SupplementItem as SupplementLine, SupplementRequest,
};
use crate::domain::agency::Agency;
use crate::domain::calendar::local;
use crate::domain::calendar::words::{capitalised, date_long};
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{
    Directory, Dossier, Event, Receipt, SupplementItem, explain, words as dossier_words,
};
use crate::domain::ids::{AgencyCode, DossierCode, DossierId};
use crate::domain::person::Person;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::{Lang, Message};
use crate::store::engine::{Fault, FaultKind};
use crate::store::event_log::Header;
use crate::store::ledger::Failure;

/// A paper by its deed; the rule pack gives its number and title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt,
    /// What a citizen prints after filing online.
    SubmissionSlip,
    /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    SupplementRequest,
    /// Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    ReceptionRefusal,
}

impl Deed {
    /// Every paper.
    pub const ALL: [Self; 4] =
        [Self::Receipt, Self::SubmissionSlip, Self::SupplementRequest, Self::ReceptionRefusal];

    /// The name in rule packs and addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::SubmissionSlip => "submission_slip",
            Self::SupplementRequest => "supplement_request",
            Self::ReceptionRefusal => "reception_refusal",
        }
    }

    /// The paper with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.id() == id)
    }

    /// What people call it.
    pub const fn name(self) -> Message {
        match self {
            Self::Receipt => words::RECEIPT,
            Self::SubmissionSlip => words::SLIP,
            Self::SupplementRequest => words::SUPPLEMENT,
            Self::ReceptionRefusal => words::REFUSAL,
        }
    }

    /// Whether a dossier in this state has the paper.
    pub fn is_of(self, dossier: &Dossier) -> bool {
        match self {
            Self::Receipt => dossier.received_at.is_some(),
            Self::SubmissionSlip => dossier.channel == Channel::Online,
            Self::SupplementRequest => dossier.supplements_asked != (0, 0),
            Self::ReceptionRefusal => dossier.status == crate::domain::dossier::Status::NotReceived,
        }
    }

    /// The ending of the paper's number, such as `TNHS` in `0012/TNHS`.
    const fn kind(self) -> &'static str {
        match self {
            Self::Receipt => "TNHS",
            Self::SubmissionSlip => "",
            Self::SupplementRequest => "HDHS",
            Self::ReceptionRefusal => "TCHS",
        }
    }

    fn of_event(self, event: &Event) -> bool {
        matches!(
            (self, event),
            (Self::Receipt, Event::Received(_))
                | (Self::SubmissionSlip, Event::Submitted(_))
                | (Self::SupplementRequest, Event::SupplementRequested { .. })
                | (Self::ReceptionRefusal, Event::Refused { .. })
        )
    }
}

/// A paper as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its name: the deed and the code, without a person's name.
    pub file_name: String,
}

/// What every paper of a dossier is set from.
struct Source<'a> {
    dossier: &'a Dossier,
    world: &'a super::world::World,
    agency: &'a Agency,
    header: Header,
    hash: [u8; 32],
    event: Event,
    deed: Deed,
    base: &'a str,
    is_demo: bool,
}

/// A name of Vietnamese words for a file: without diacritics, which old computers garble.
fn plain(name: &str) -> String {
    let letters = name.to_lowercase().replace('đ', "d");
    let letters: String =
        letters.nfd().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect();
    letters.split_whitespace().collect::<Vec<_>>().join("-")
}

impl Office {
    /// A paper of a dossier, for the desk. `base` is the public address, such as
    /// `https://motcua.example.vn`, for the QR code. Takes 10 to 50 ms: call it on a blocking pool.
    ///
    /// # Errors
    /// The dossier is not the caller's to see, or has no such paper.
    pub fn print(
        &self,
        caller: &Caller,
        code: &DossierCode,
        deed: Deed,
        base: &str,
    ) -> Result<Pdf, Failure> {
        let dossier = self.dossier(caller, code)?;
        self.print_of(dossier.id, deed, base)
    }

    /// A paper of a dossier, for its applicant. As [`Office::print`].
    ///
    /// # Errors
    /// The proof is wrong, or the dossier has no such paper.
    pub fn print_for_applicant(
        &self,
        code: &DossierCode,
        proof: &Proof,
        deed: Deed,
        base: &str,
    ) -> Result<Pdf, Failure> {
        let tracked = self.track(code, proof)?;
        self.print_of(tracked.dossier.id, deed, base)
    }

    fn print_of(&self, id: DossierId, deed: Deed, base: &str) -> Result<Pdf, Failure> {
        let reader = self.ledger.reader()?;
        let stored = reader.dossier(id)?.ok_or_else(no_dossier)?;
        let none = || Refusal::new(RefusalKind::NotFound, super::words::PAPER_NONE);
        let history = reader.history(&stored)?;
        let last = history.into_iter().rev().find(|(_, _, event)| deed.of_event(event));
        let (logged, _, event) = last.ok_or_else(none)?;
        let world = self.world();
        let dossier = &stored.dossier;
        let agency = world.agency(&dossier.receiving_agency).ok_or_else(|| {
            let values = [("agency", dossier.receiving_agency.as_str())];
            Refusal::new(RefusalKind::NotFound, dossier_words::UNKNOWN_AGENCY.text(&values))
        })?;
        let source = Source {
            dossier,
            world: world.as_ref(),
            agency,
            header: logged.header,
            hash: logged.hash,
            event,
            deed,
            base: base.trim_end_matches('/'),
            is_demo: self.is_demo,
        };
        let bytes = source.render().map_err(|fault| {
            Failure::from(Fault::new(FaultKind::Misuse, "setting a paper", fault.to_string()))
        })?;
        let file_name = format!("{}-{}.pdf", plain(deed.name().vi), dossier.code);
        Ok(Pdf { bytes, file_name })
    }
}

impl Source<'_> {
    fn render(&self) -> Result<Vec<u8>, PaperFault> {
        match &self.event {
            Event::Received(receipt) => self.receipt(receipt).render(),
            Event::SupplementRequested { items, due_at } => {
                self.supplement(items, *due_at).render()
            }
            Event::Refused { reason } => self.refusal(reason).render(),
            _ => self.slip().render(),
        }
    }

    fn sheet(&self) -> Sheet {
        let pack = self.world.rules(&self.dossier.rule_pack);
        let form = pack.paper(self.deed.id());
        let circular = pack.sources.iter().find(|source| source.starts_with("Thông tư"));
        let form_number = match (form, circular) {
            (Some(form), Some(circular)) => {
                words::FORM_NUMBER.fill(Lang::Vi, &[("number", &form.number), ("source", circular)])
            }
            _ => String::new(),
        };
        let serial = self.dossier.code.as_str().rsplit('-').next().unwrap_or_default();
        let kind = self.deed.kind();
        Sheet {
            paper: match form.map(|form| form.size.as_str()) {
                Some("A4") => PaperSize::A4,
                Some("A5 landscape") => PaperSize::A5Landscape,
                _ => PaperSize::A5,
            },
            form_number,
            title: form.map_or(self.deed.name().vi.to_owned(), |form| form.title.clone()),
            superior: Some(self.agency.superior.clone()).filter(|name| !name.is_empty()),
            agency: self.agency.name.clone(),
            section: Some(self.agency.one_stop.clone()).filter(|name| !name.is_empty()),
            number: (!kind.is_empty()).then(|| format!("{serial}/{kind}")),
            place: self.agency.place.clone(),
            issued: local(self.header.at),
            dossier_code: Some(self.dossier.code.to_string()),
            training: self.is_demo.then(|| words::TRAINING.vi.to_owned()),
        }
    }

    fn receipt(&self, receipt: &Receipt) -> ReceiptPaper {
        let dossier = self.dossier;
        let competent = Some(&dossier.competent_agency).filter(|c| **c != self.agency.code);
        ReceiptPaper {
            sheet: self.sheet(),
            received_at_section: self.section(),
            person: person(&dossier.owner),
            procedure: dossier.procedure_name.clone(),
            competent_agency: competent.map(|code| self.agency_name(code)),
            components: facts::components(&receipt.components, dossier, self.header.at),
            sets: 1,
            duration: receipt.duration.map(facts::duration).unwrap_or_default(),
            received: local(self.header.at),
            due: receipt.due_at.map(local),
            hand_over: facts::hand_over(dossier, self.agency),
            fee: facts::fee(dossier, self.world.procedure(&dossier.procedure)),
            book: None,
            note: self.changed_since(receipt),
            lookup: Some(self.lookup()),
            anchor: self.anchor(),
            submitter: dossier.submitter.name.clone(),
            officer: self.officer(),
        }
    }

    /// On a reprint: the date that holds now, when it is another than the printed one.
    fn changed_since(&self, receipt: &Receipt) -> Option<String> {
        let now = self.dossier.clock.due_at.filter(|due| Some(*due) != receipt.due_at)?;
        Some(words::DUE_NOW.fill(Lang::Vi, &[("date", &date_long(now, Lang::Vi))]))
    }

    fn slip(&self) -> SubmissionSlip {
        let dossier = self.dossier;
        let answer_due = match &self.event {
            Event::Submitted(submitted) => submitted.answer_due_at,
            _ => None,
        };
        let papers = match &self.event {
            Event::Submitted(submitted) => submitted.components.as_slice(),
            _ => &[],
        };
        let answer = answer_due.map(|at| {
            let values = [("section", self.section()), ("date", date_long(at, Lang::Vi))];
            words::ANSWER.fill(Lang::Vi, &values.each_ref().map(|(k, v)| (*k, v.as_str())))
        });
        let owner = (dossier.owner != dossier.submitter).then(|| dossier.owner.name.clone());
        SubmissionSlip {
            sheet: self.sheet(),
            subtitle: words::NOT_A_RECEIPT.vi.to_owned(),
            person: person(&dossier.submitter),
            owner,
            procedure: dossier.procedure_name.clone(),
            sent: local(self.header.at),
            answer: answer.unwrap_or_default(),
            hand_over: facts::hand_over(dossier, self.agency),
            fee: facts::fee(dossier, self.world.procedure(&dossier.procedure)),
            components: facts::components(papers, dossier, self.header.at),
            lookup: Some(self.lookup()),
            anchor: self.anchor(),
        }
    }

    fn supplement(
        &self,
        items: &[SupplementItem],
        due_at: Option<jiff::Timestamp>,
    ) -> SupplementRequest {
        let dossier = self.dossier;
        SupplementRequest {
            sheet: self.sheet(),
            person: person(&dossier.owner),
            procedure: dossier.procedure_name.clone(),
            items: items.iter().map(|item| self.supplement_line(item)).collect(),
            reason: None,
            until: due_at.map(|at| date_long(at, Lang::Vi)),
            clock: Some(self.paused_clock()),
            contact: self.contact(),
            lookup: Some(self.lookup()),
            anchor: self.anchor(),
            officer: self.officer(),
        }
    }

    fn supplement_line(&self, item: &SupplementItem) -> SupplementLine {
        let asked = item
            .component
            .as_ref()
            .and_then(|id| self.world.procedure(&self.dossier.procedure)?.component(id.as_str()));
        let paper = item.component.as_ref().and_then(|id| self.dossier.paper(id));
        let name = asked.map(|asked| &asked.name).or(paper.map(|paper| &paper.name)).cloned();
        SupplementLine {
            name: name.unwrap_or_else(|| words::OTHER_ITEM.vi.to_owned()),
            originals: asked.map_or(0, |asked| asked.originals),
            certified: 0,
            photocopies: asked.map_or(0, |asked| asked.copies),
            reason: item.reason.clone(),
        }
    }

    /// What happens to the deadline meanwhile; how much remains only while this pause lasts.
    fn paused_clock(&self) -> String {
        let dossier = self.dossier;
        let calendar = self.world.calendar(&dossier.competent_agency);
        let rules = self.world.rules(&dossier.rule_pack);
        let deadline = dossier
            .received_at
            .and_then(|from| explain(&dossier.clock, from, calendar, rules).ok().flatten());
        match deadline.and_then(|deadline| deadline.remaining) {
            Some(left) => {
                words::PAUSED_WITH.fill(Lang::Vi, &[("left", &capitalised(&left.say(Lang::Vi)))])
            }
            None => words::PAUSED.vi.to_owned(),
        }
    }

    fn refusal(&self, reason: &str) -> ReceptionRefusal {
        let dossier = self.dossier;
        let reasons = reason.lines().map(str::trim).filter(|line| !line.is_empty());
        ReceptionRefusal {
            sheet: self.sheet(),
            received_at_section: self.section(),
            person: person(&dossier.owner),
            procedure: dossier.procedure_name.clone(),
            reasons: reasons.map(str::to_owned).collect(),
            basis: None,
            contact: self.contact(),
            lookup: Some(self.lookup()),
            anchor: self.anchor(),
            submitter: dossier.submitter.name.clone(),
            officer: self.officer(),
        }
    }

    fn section(&self) -> String {
        match self.agency.one_stop.as_str() {
            "" => self.agency.name.clone(),
            section => section.to_owned(),
        }
    }

    fn agency_name(&self, code: &AgencyCode) -> String {
        self.world.agency(code).map_or_else(|| code.to_string(), |agency| agency.name.clone())
    }

    fn contact(&self) -> Contact {
        let phone = Some(self.agency.phone.clone()).filter(|phone| !phone.is_empty());
        Contact { name: self.section(), phone }
    }

    /// The name of whoever did what the paper certifies; the section's when it is no account.
    fn officer(&self) -> String {
        let staff = self.world.staff(&self.header.actor.as_str().into());
        staff.map(|staff| staff.full_name.clone()).unwrap_or_default()
    }

    fn lookup(&self) -> Lookup {
        let dossier = self.dossier;
        let host = self.base.split_once("://").map_or(self.base, |(_, host)| host);
        Lookup {
            qr: tracking_address(self.base, &dossier.code, &dossier.lookup_secret),
            address: format!("{host}/tra-cuu"),
            secret: Some(dossier.lookup_secret.clone()),
        }
    }

    fn anchor(&self) -> Option<Anchor> {
        Some(Anchor { sequence: self.header.sequence, chain_hash: self.hash })
    }
}

/// The address that the QR code holds: the tracking page exchanges the secret for a cookie at once.
pub fn tracking_address(base: &str, code: &DossierCode, secret: &str) -> String {
    format!("{}/tra-cuu/{code}?ma={secret}", base.trim_end_matches('/'))
}

fn person(person: &Person) -> PersonLines {
    PersonLines {
        name: person.name.clone(),
        address: person.address.clone(),
        phone: person.phone.clone(),
        email: person.email.clone(),
    }
}
